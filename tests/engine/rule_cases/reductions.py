"""Rows: functions that make many entries one, and those of networks along an axis."""

import numpy as np

import autograd_lite as ag
from autograd_lite.engine import softmax_crossentropy
from autograd_lite.engine.rules.reductions import product_of_others

from .table import ANY, along_axes, grid, row, with_zeros

# fmt: off
along_axes(np.sum, ANY)
along_axes(np.prod, ANY)
along_axes(np.prod, with_zeros)
along_axes(np.mean, ANY, "IJK")
along_axes(np.var, ANY, "IJK")
along_axes(np.var, ANY, "322", ddof=0.5)
along_axes(np.std, grid(0), "342")
row(np.std, "32", grid(0), lambda x: np.std(x, axis=0, ddof=1), lambda x: np.std(x, ddof=1.5, keepdims=True))
for reduction in (np.max, np.min, np.amax, np.amin):
    along_axes(reduction, grid(0), "IJK")
row(product_of_others, "ij",  ANY, product_of_others, lambda x: product_of_others(x, axis=0),
                                   lambda x: product_of_others(x, axis=-1), lambda x: product_of_others(x, axis=(0, 1)))
row(product_of_others, "ijk", with_zeros, lambda x: product_of_others(x, axis=(0, 2)))
row(softmax_crossentropy, "I,I", ANY)
row(softmax_crossentropy, "mI,mI", ANY)
row(softmax_crossentropy, "34", ANY, lambda z: softmax_crossentropy(z, np.array([0, 3, 1])))
row(ag.softmax,     "iJ", ANY, ag.softmax)
row(ag.softmax,     "Ij", ANY, lambda x: ag.softmax(x, axis=0))
row(ag.log_softmax, "iJ", ANY, ag.log_softmax)
row(ag.log_softmax, "Ij", ANY, lambda x: ag.log_softmax(x, axis=0))
# fmt: on
