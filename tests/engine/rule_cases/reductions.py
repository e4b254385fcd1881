"""Rows: functions that make many entries one, and those of networks along an axis."""

import numpy as np

import autograd_lite as ag
from autograd_lite.engine import softmax_crossentropy
from autograd_lite.engine.rules import masked
from autograd_lite.engine.rules.reductions import product_of_others

from .table import ANY, along_axes, grid, row, with_zeros

# fmt: off
along_axes(np.sum, ANY, complex=True)
along_axes(np.prod, ANY, complex=True)
along_axes(np.prod, with_zeros)
along_axes(np.mean, ANY, "IJK", complex=True)
along_axes(np.var, ANY, "IJK", complex=True)
along_axes(np.var, ANY, "322", ddof=0.5)
along_axes(np.std, grid(0), "342", complex=True)
row(np.std, "32", grid(0), lambda x: np.std(x, axis=0, ddof=1), lambda x: np.std(x, ddof=1.5, keepdims=True))
for reduction in (np.max, np.min, np.amax, np.amin):
    along_axes(reduction, grid(0), "IJK", complex=True)
row(product_of_others, "ij",  ANY, product_of_others, lambda x: product_of_others(x, axis=0),
                                   lambda x: product_of_others(x, axis=-1), lambda x: product_of_others(x, axis=(0, 1)))
row(product_of_others, "ijk", with_zeros, lambda x: product_of_others(x, axis=(0, 2)))

MASK, ROWS, SOME = np.array([[True, False], [True, True]]), np.array([[True], [False]]), np.array([True, False, True])
row(masked.summed,     "22",  ANY, lambda x: np.sum(x, where=MASK), lambda x: np.sum(x, axis=0, where=ROWS, initial=2),
                                   lambda x: np.sum(x, 1, None, None, True, 0.5), lambda x: np.sum(x, where=x > 0),
                                   complex=True)
row(masked.summed,     "i,",  ANY, lambda x, y: np.sum(x + 0 * y, initial=y), complex=True)
row(masked.summed,     "i,",  ANY, lambda x, y: np.sum(x + 0 * y, dtype=float, initial=y))
row(masked.summed,     "",    ANY, lambda x: np.sum(x, initial=2), complex=True)
row(masked.summed,     "",    ANY, lambda x: np.sum(x, where=x > 0))
row(masked.multiplied, "22",  ANY, lambda x: np.prod(x, where=MASK), lambda x: np.prod(x, 0, where=ROWS, initial=2),
                                   lambda x: np.prod(x, (0, 1), where=x > 0),
                                   lambda x: np.real(np.prod(x, dtype=complex)), complex=True)
row(masked.multiplied, "3,",  with_zeros, lambda x, y: np.prod(x + 0 * y, initial=y, where=SOME), complex=True)
row(masked.mean,       "22",  ANY, lambda x: np.mean(x, where=MASK), lambda x: np.mean(x, axis=-1, where=MASK),
                                   lambda x: np.real(np.mean(x, (), dtype=complex)), complex=True)
row(masked.mean,       "22",  ANY, lambda x: np.mean(x, dtype=float))
row(masked.mean,       "322", ANY, lambda x: np.mean(x, axis=(0, 1), where=ROWS, keepdims=True), complex=True)
row(masked.variance,   "22",  ANY, lambda x: np.var(x, where=MASK), lambda x: np.var(x, axis=-1, where=MASK),
                                   lambda x: np.var(x, axis=0, ddof=0.5, where=ROWS, keepdims=True),
                                   lambda x: np.var(x, correction=1), complex=True)
row(masked.variance,   "22",  ANY, lambda x: np.var(x, dtype=float))
row(masked.variance,   "ij,i1", ANY, lambda x, m: np.var(x + 0 * m, axis=1, mean=m, correction=-1), complex=True)
row(masked.variance,   "3,1", ANY, lambda x, m: np.var(x + 0 * m, mean=m, where=SOME), complex=True)
row(masked.deviation,  "32",  grid(0), lambda x: np.std(x, axis=0, where=SOME[:, None]),
                                   lambda x: np.std(x, correction=1),
                                   lambda x: np.std(x, where=SOME[:, None], keepdims=True, ddof=1), complex=True)
row(masked.deviation,  "32",  grid(0), lambda x: np.std(x, axis=0, dtype=float))
row(masked.deviation,  "3,1", (grid(0), ANY), lambda x, m: np.std(x + 0 * m, mean=m + 3), complex=True)
for flat, written in ((np.any, masked.any_of), (np.all, masked.all_of)):
    row(written, "22", ANY, lambda x, f=flat: x * f(x > 0, where=MASK), lambda x, f=flat: x * f(x > 0, 1, where=x > 1))
for extreme, written in ((np.max, masked.largest), (np.min, masked.smallest)):
    for start in (-0.03, 0.31, -5.0, 5.0):
        row(written, "22", grid(0), lambda x, f=extreme, s=start: f(x, where=MASK, initial=s),
                                    lambda x, f=extreme, s=start: f(x, axis=1, where=ROWS, initial=s),
                                    lambda x, f=extreme, s=start: f(x, 0, initial=s, keepdims=True), complex=True)
    row(written, "ij,", (grid(0), grid(0.1)), lambda x, y, f=extreme: f(x + 0 * y, axis=0, initial=y),
                                    lambda x, y, f=extreme: f(x + 0 * y, initial=y, where=x > 0.1), complex=True)
row(softmax_crossentropy, "I,I", ANY)
row(softmax_crossentropy, "mI,mI", ANY)
row(softmax_crossentropy, "34", ANY, lambda z: softmax_crossentropy(z, np.array([0, 3, 1])))
row(ag.softmax,     "iJ", ANY, ag.softmax)
row(ag.softmax,     "Ij", ANY, lambda x: ag.softmax(x, axis=0))
row(ag.log_softmax, "iJ", ANY, ag.log_softmax)
row(ag.log_softmax, "Ij", ANY, lambda x: ag.log_softmax(x, axis=0))
# fmt: on
