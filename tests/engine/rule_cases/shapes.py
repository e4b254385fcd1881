"""Rows: functions that move entries without changing them."""

import numpy as np

from autograd_lite.engine.rules.shapes import join

from .table import ANY, row

# fmt: off
row(np.reshape,      "ijk", ANY, lambda x: np.reshape(x, (-1,) if x.size else (0,)), lambda x: np.reshape(x, x.size))
row(np.reshape,      "23",  ANY, lambda x: np.reshape(x, (3, 2)), lambda x: np.reshape(x, [1, -1]))
row(np.reshape,      "",    ANY, lambda x: np.reshape(x, (1, 1)))
row(np.reshape,      "11",  ANY, lambda x: np.reshape(x, ()))
row(np.ravel,        "*",   ANY)
row(np.ravel,        "ijk", ANY, lambda x: np.ravel(x, order="F"), lambda x: np.ravel(x, "C"))
row(np.expand_dims,  "ij",  ANY, lambda x: np.expand_dims(x, 0), lambda x: np.expand_dims(x, axis=-1),
                                 lambda x: np.expand_dims(x, (0, 2)))
row(np.expand_dims,  "",    ANY, lambda x: np.expand_dims(x, 0))
row(np.squeeze,      "1i1", ANY, lambda x: np.squeeze(x, 0), lambda x: np.squeeze(x, axis=(0, -1)))
row(np.squeeze,      "1i",  ANY, np.squeeze)
row(np.squeeze,      "11",  ANY, np.squeeze)
row(np.transpose,    "*",   ANY)
row(np.transpose,    "ijk", ANY, lambda x: np.transpose(x, (2, 0, 1)), lambda x: np.transpose(x, axes=[1, 0, 2]),
                                 lambda x: np.transpose(x, (-1, 0, 1)))
row(np.transpose,    "33",  ANY, lambda x: np.transpose(x, (-1, -2)), lambda x: np.transpose(x, (-1, 0)))
row(np.swapaxes,     "ijk", ANY, lambda x: np.swapaxes(x, 0, 2), lambda x: np.swapaxes(x, -1, 1))
row(np.moveaxis,     "ijk", ANY, lambda x: np.moveaxis(x, 0, -1), lambda x: np.moveaxis(x, [0, 1], [-1, 0]))
row(np.broadcast_to, "1i",  ANY, lambda x: np.broadcast_to(x, (2, x.shape[1])), lambda x: np.broadcast_to(x, x.shape))
row(np.broadcast_to, "",    ANY, lambda x: np.broadcast_to(x, (2, 3)), lambda x: np.broadcast_to(x, (0,)))
row(np.copy,         "*",   ANY)
row(join,            "i,j", ANY, join)
row(join,            "ik,jk", ANY, lambda x, y: join(x, y, axis=0))
row(join,            "ki,kj", ANY, lambda x, y: join(x, y, x, axis=-1))
row(np.concatenate,  "ik,jk", ANY, lambda x, y: np.concatenate([x, y]), lambda x, y: np.concatenate((x, y), axis=None))
row(np.concatenate,  "ki,kj", ANY, lambda x, y: np.concatenate([x, y, np.ones((len(x), 2))], axis=-1))
row(np.stack,        "ij,ij", ANY, lambda x, y: np.stack([x, y]), lambda x, y: np.stack([x, y, x], axis=-1),
                                   lambda x, y: np.stack((x, y), axis=1))
row(np.stack,        ",",     ANY, lambda x, y: np.stack([x, 1.0, y]))
row(np.vstack,       "I,I",   ANY, lambda x, y: np.vstack([x, y]))
row(np.vstack,       "Ij,j",  ANY, lambda x, y: np.vstack([x, y]))
row(np.vstack,       ",",     ANY, lambda x, y: np.vstack([x, y]))
row(np.hstack,       "i,j",   ANY, lambda x, y: np.hstack([x, y]))
row(np.hstack,       "ij,ik", ANY, lambda x, y: np.hstack([x, y]))
row(np.hstack,       ",i",    ANY, lambda x, y: np.hstack([x, y]))
row(np.column_stack, "i,i",   ANY, lambda x, y: np.column_stack([x, y]))
row(np.column_stack, "ij,i",  ANY, lambda x, y: np.column_stack([x, y]))
row(np.array_split,  "5",     ANY, lambda x: np.array_split(x, 3), lambda x: np.array_split(x, [1, 3, 7]))
row(np.array_split,  "i5",    ANY, lambda x: np.array_split(x, 2, axis=-1), lambda x: np.array_split(x, [3, 1], 1))
row(np.split,        "6",     ANY, lambda x: np.split(x, 3), lambda x: np.split(x, [2, 3]))
row(np.split,        "4i",    ANY, lambda x: np.split(x, 2), lambda x: np.split(x, [-1]),
                                   lambda x: np.split(x, [1, -1]))
row(np.atleast_1d,   "*",     ANY)
row(np.atleast_2d,   "*",     ANY)
# fmt: on
