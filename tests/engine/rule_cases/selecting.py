"""Rows: choosing entries."""

import numpy as np

from autograd_lite.engine.rules.selecting import chosen, where

from .table import ANY, FAR, row

NUMBERS = np.array([[0, 2, 1], [2, 2, 0]])
MASK = np.array([True, False, True])

# fmt: off
row(np.take_along_axis, "34", ANY,
    lambda x: np.take_along_axis(x, np.array([[0, 0, 3], [1, 2, -1], [3, 3, 3]]), axis=1),
    lambda x: np.take_along_axis(x, NUMBERS[:, :1], 0), lambda x: np.take_along_axis(x, NUMBERS[0], None),
    lambda x: np.take_along_axis(x, np.argmax(x, axis=0, keepdims=True), axis=0), complex=True)
row(chosen,     "23,23,23", ANY, lambda x, y, z: chosen(x, y, z, NUMBERS), complex=True)
row(np.choose,  "23,3,", ANY, lambda x, y, z: np.choose(NUMBERS, [x, y, z]),
                              lambda x, y, z: np.choose(NUMBERS - 1, (x, y, z), mode="wrap"),
                              lambda x, y, z: np.choose(NUMBERS + 1, (x, y, z), mode="clip"), complex=True)
row(np.choose,  "3i",    ANY, lambda x: np.choose(np.argmax(x, axis=0), x))
row(where,      "34",    FAR, lambda x: x[np.where(x > 0)])
row(np.compress, "3j",   ANY, lambda x: np.compress(MASK, x, axis=0), lambda x: np.compress([0, 1], x, 0),
                              lambda x: np.compress([], x, axis=-1), complex=True)
row(np.compress, "34",   ANY, lambda x: np.compress(MASK, x), lambda x: np.compress(x[0] > 0, x, axis=1))
row(np.extract,  "34",   ANY, lambda x: np.extract(np.arange(12) % 3 == 0, x), lambda x: np.extract(x > 0, x),
                              complex=True)
row(np.select,   "3,3,3", FAR, lambda x, y, z: np.select([MASK, np.arange(3) > 1], [x, y * z]),
                               lambda x, y, z: np.select([MASK], [x * y * z], 5.0), complex=True)
row(np.select,   "3,23",  FAR, lambda x, y: np.select([x > 0, y > 0], [x * y, y]),
                               lambda x, y: np.select((y > 0, MASK), (y**2, x), default=7))
row(np.piecewise, "23",   FAR, lambda x: np.piecewise(x, [x < 0, x > 0], [np.square, np.log]),
                               lambda x: np.piecewise(x, [x < 0], [-1.0, np.sqrt]),
                               lambda x: np.piecewise(x, [MASK & np.ones((2, 1), bool)], [lambda v: v**3]))
row(np.piecewise, "3",    FAR,
    lambda x: np.piecewise(x, [MASK, x > -9], [lambda v, k, by: k - by * v, lambda v, k, by: by * v**k], 2, by=3.0),
    lambda x: np.piecewise(x, x > 0, [np.log, np.square]))
row(np.piecewise, "",     FAR, lambda x: np.piecewise(x, [x < 0, x >= 0], [x**3, lambda v: v * v]))
row(np.select,    "3",    FAR, lambda x: np.select([MASK], [x**2], default=x[0]))
row(np.piecewise, "3",    ANY, lambda x: np.piecewise(x, [MASK], [np.square, np.exp]), complex=True)
row(np.append,   "ij,k",  ANY, np.append, complex=True)
row(np.append,   "ij,kj", ANY, lambda x, y: np.append(x, y, axis=0), complex=True)
row(np.append,   "i",     ANY, lambda x: np.append(x, [1.0, 2.0]), lambda x: np.append(0.5, x))
row(np.delete,   "34",    ANY, lambda x: np.delete(x, 1), lambda x: np.delete(x, [0, -1], axis=1),
                               lambda x: np.delete(x, slice(None, None, 2), 0), lambda x: np.delete(x, MASK, axis=0),
                               lambda x: np.delete(x, [], axis=-1), complex=True)
row(np.insert,   "3,2",   ANY, lambda x, y: np.insert(x, 1, y), lambda x, y: np.insert(x, [0, 3], y),
                               lambda x, y: np.insert(x, [2, -3], y), lambda x, y: np.insert(x, [1, 1], y),
                               lambda x, y: np.insert(x, [1], y), lambda x, y: np.insert(x, slice(0, 3, 2), y),
                               lambda x, y: np.insert(x, MASK, y))
row(np.insert,   "24,2",  ANY, lambda x, y: np.insert(x, 1, y, axis=1), lambda x, y: np.insert(x, 3, y),
                               lambda x, y: np.insert(x, [0, 4], y, axis=-1))
row(np.insert,   "24,",   ANY, lambda x, y: np.insert(x, -1, y, axis=0),
                               lambda x, y: np.insert(x, [0, 1, 2], y, axis=0))
row(np.insert,   "24,34", ANY, lambda x, y: np.insert(x, [1], y, axis=0))
row(np.insert,   "34",    ANY, lambda x: np.insert(x, 1, x[0], axis=0), lambda x: np.insert(x, [0, 2], x[:2], axis=0),
                               lambda x: np.insert(x, 5, x[0]), lambda x: np.insert(x, [], [], axis=1), complex=True)
row(np.insert,   "3",     ANY, lambda x: np.insert(x, 1, 5.0), lambda x: np.insert(np.ones(2), 1, x))
row(np.trim_zeros, "3",   FAR, lambda x: np.trim_zeros(np.pad(x, (2, 1))), lambda x: np.trim_zeros(np.pad(x, 1), "f"),
                               lambda x: np.trim_zeros(np.pad(x, 1), trim="B"), complex=True)
row(np.trim_zeros, "23",  FAR, lambda x: np.trim_zeros(np.pad(x, 1)), lambda x: np.trim_zeros(np.pad(x, 1), axis=-1),
                               lambda x: np.trim_zeros(0 * x, "f", axis=(0, 1)))
row(np.ix_,      "34",    ANY, lambda x: x[np.ix_([0, 2], [1, 1, 3])], lambda x: x[np.ix_(MASK, [0])],
                               lambda x: x[np.ix_(np.argmax(x, axis=0), [0, 1])],
                               lambda x: x[np.ix_(x[:, 0] > -9, [0])])
row(np.diag_indices_from, "33", ANY, lambda x: x[np.diag_indices_from(x)])
row(np.tril_indices_from, "34", ANY, lambda x: x[np.tril_indices_from(x)], lambda x: x[np.tril_indices_from(x, k=-1)])
row(np.triu_indices_from, "34", ANY, lambda x: x[np.triu_indices_from(x, 1)])
# fmt: on
