"""Rows: the methods of ufuncs."""

import numpy as np

from autograd_lite.engine.rules.methods import accumulate, outer, reduce, reduceat

from .table import ANY, FAR, POS, grid, row

MARKED = np.array([[True, False, True], [False, False, True]])

# fmt: off
for ufunc in (np.add, np.multiply, np.maximum, np.minimum):  # NumPy has a function for each
    row(reduce, "IJK",  grid(0), ufunc.reduce, lambda x, f=ufunc: f.reduce(x, axis=None),
                                 lambda x, f=ufunc: f.reduce(x, -1, keepdims=True),
                                 lambda x, f=ufunc: f.reduce(x, axis=(0, 2)), lambda x, f=ufunc: f.reduce(x, axis=()))
    row(reduce, "23",   grid(0), lambda x, f=ufunc: f.reduce(x, initial=0.33),
                                 lambda x, f=ufunc: f.reduce(x, dtype=float),
                                 lambda x, f=ufunc: f.reduce(x, 1, where=MARKED, initial=0.33),
                                 lambda x, f=ufunc: f.reduce(x, None, where=MARKED[:1], initial=1.1, keepdims=True))
    row(reduce, "0",    grid(0), lambda x, f=ufunc: f.reduce(x, initial=2.0))
    row(reduce, "",     grid(0), ufunc.reduce, lambda x, f=ufunc: f.reduce(x, None, initial=0.33))
    row(accumulate, "3",  grid(0), ufunc.accumulate)
    row(accumulate, "23", grid(0), lambda x, f=ufunc: f.accumulate(x, axis=-1), lambda x, f=ufunc: f.accumulate(x, 0))
    row(reduceat,   "5",  grid(0), lambda x, f=ufunc: f.reduceat(x, [0, 3, 1, 1, 4]))
    row(outer, "i,jk", (grid(0), grid(0.1)), ufunc.outer)

row(reduce, "ij",  FAR, lambda x: np.add.reduce(x, where=x > 0), lambda x: np.multiply.reduce(x, where=x > 0, axis=1))
row(reduce, "IJK", ANY, np.logaddexp.reduce, lambda x: np.logaddexp.reduce(x, axis=-1, keepdims=True),
                        lambda x: np.logaddexp2.reduce(x, axis=0))
row(reduce, "IJ",  POS, lambda x: np.logaddexp.reduce(x, None), lambda x: np.hypot.reduce(x, axis=(0, -1)),
                        np.subtract.reduce, lambda x: np.divide.reduce(x, initial=2.0))
row(reduce, "23",  FAR, lambda x: np.hypot.reduce(x, where=MARKED, axis=1), lambda x: np.fmax.reduce(x, axis=None),
                        lambda x: np.subtract.reduce(x, 1, initial=1.0, where=MARKED),
                        lambda x: np.logical_and.reduce(x, axis=0) * x, lambda x: np.logical_xor.reduce(x > 0) * x)
row(reduce, "ij",  ANY, np.add.reduce, lambda x: np.multiply.reduce(x, axis=1, initial=2.0),
                        lambda x: np.subtract.reduce(x, axis=-1, initial=1.0), complex=True)

row(accumulate, "23", FAR, np.subtract.accumulate, lambda x: np.hypot.accumulate(x, axis=1), np.divide.accumulate,
                           lambda x: np.logaddexp.accumulate(x, -2, dtype=float))
row(accumulate, "0",  ANY, np.logaddexp.accumulate)

row(reduceat, "42", FAR, lambda x: np.hypot.reduceat(x, [0, 2]), lambda x: np.subtract.reduceat(x, [3, 1]),
                         lambda x: np.logaddexp.reduceat(x, [1, 0], axis=-1),
                         lambda x: np.add.reduceat(x, np.zeros(0, int), axis=0))

row(outer, "*",     FAR, lambda x: np.divide.outer(x, x), lambda x: np.hypot.outer(2.0, x))
row(outer, ",",     FAR, np.subtract.outer, complex=True)
row(outer, "ij,",   FAR, np.multiply.outer, np.divide.outer, complex=True)
row(outer, ",ij",   FAR, np.multiply.outer, np.arctan2.outer)
row(outer, "ij,kl", POS, np.multiply.outer, np.power.outer, lambda x, y: np.add.outer([[1.0, 2.0]], x) * np.sum(y))
# fmt: on
