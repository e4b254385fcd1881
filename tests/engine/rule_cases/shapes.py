"""Rows: functions that move entries without changing them."""

import numpy as np

from autograd_lite.engine.rules.shapes import cast, join, reshape

from .table import ANY, row

# fmt: off
row(np.reshape,      "ijk", ANY, lambda x: np.reshape(x, (-1,) if x.size else (0,)), lambda x: np.reshape(x, x.size),
                                 complex=True)
row(np.reshape,      "23",  ANY, lambda x: np.reshape(x, (3, 2)), lambda x: np.reshape(x, [1, -1]),
                                 lambda x: np.reshape(x, shape=(6,), order="C"))
row(np.reshape,      "",    ANY, lambda x: np.reshape(x, (1, 1)))
row(np.reshape,      "11",  ANY, lambda x: np.reshape(x, ()))
row(reshape,         "23",  ANY, lambda x: np.reshape(x, (3, 2), "F"), lambda x: np.reshape(x, (1, -1, 2), order="F"),
                                 lambda x: np.reshape(x, -1, order="F"), lambda x: np.reshape(x, (3, 2), copy=True),
                                 lambda x: np.reshape(x, shape=[6, 1], order="F", copy=None), complex=True)
row(reshape,         "",    ANY, lambda x: np.reshape(x, (1, 1), order="F"))
row(reshape,         "ijk", ANY, lambda x: np.reshape(x, x.shape[::-1], order="F"))
row(np.ravel,        "*",   ANY, complex=True)
row(np.ravel,        "ijk", ANY, lambda x: np.ravel(x, order="F"), lambda x: np.ravel(x, "C"), complex=True)
row(np.expand_dims,  "ij",  ANY, lambda x: np.expand_dims(x, 0), lambda x: np.expand_dims(x, axis=-1),
                                 lambda x: np.expand_dims(x, (0, 2)), lambda x: np.expand_dims(x, [-1, 0]),
                                 lambda x: np.expand_dims(x, ()), complex=True)
row(np.expand_dims,  "",    ANY, lambda x: np.expand_dims(x, 0), lambda x: np.expand_dims(x, (0, 1)))
row(np.squeeze,      "1i1", ANY, lambda x: np.squeeze(x, 0), lambda x: np.squeeze(x, axis=(0, -1)),
                                 lambda x: np.squeeze(x, ()), complex=True)
row(np.squeeze,      "1i",  ANY, np.squeeze)
row(np.squeeze,      "11",  ANY, np.squeeze, lambda x: np.squeeze(x, axis=-1))
row(np.squeeze,      "",    ANY, np.squeeze)
row(np.transpose,    "*",   ANY, complex=True)
row(np.transpose,    "",    ANY, lambda x: np.transpose(x, ()), lambda x: np.transpose(x, axes=None))
row(np.transpose,    "ijk", ANY, lambda x: np.transpose(x, (2, 0, 1)), lambda x: np.transpose(x, axes=[1, 0, 2]),
                                 lambda x: np.transpose(x, (-1, 0, 1)), lambda x: np.permute_dims(x, (2, 1, 0)),
                                 complex=True)
row(np.transpose,    "33",  ANY, lambda x: np.transpose(x, (-1, -2)), lambda x: np.transpose(x, (-1, 0)))
row(np.swapaxes,     "ijk", ANY, lambda x: np.swapaxes(x, 0, 2), lambda x: np.swapaxes(x, -1, 1), complex=True)
row(np.moveaxis,     "ijk", ANY, lambda x: np.moveaxis(x, 0, -1), lambda x: np.moveaxis(x, [0, 1], [-1, 0]),
                                 lambda x: np.moveaxis(x, (2, 0), (0, 1)), lambda x: np.moveaxis(x, [], []),
                                 complex=True)
row(np.broadcast_to, "1i",  ANY, lambda x: np.broadcast_to(x, (2, x.shape[1])), lambda x: np.broadcast_to(x, x.shape),
                                 complex=True)
row(np.broadcast_to, "",    ANY, lambda x: np.broadcast_to(x, (2, 3)), lambda x: np.broadcast_to(x, (0,)),
                                 lambda x: np.broadcast_to(x, ()))
row(np.broadcast_to, "i",   ANY, lambda x: np.broadcast_to(x, shape=(2, 1, len(x)), subok=True))
row(np.copy,         "*",   ANY, np.copy, lambda x: np.copy(x, order="F", subok=True), complex=True)
row(cast,            "*",   ANY, lambda x: cast(x, dtype=np.float64))
row(cast,            "ij",  ANY, lambda x: np.real(cast(x, dtype=np.complex128) ** 2), complex=True)
row(join,            "i,j", ANY, join, complex=True)
row(join,            "ik,jk", ANY, lambda x, y: join(x, y, axis=0))
row(join,            "ki,kj", ANY, lambda x, y: join(x, y, x, axis=-1), complex=True)
row(np.concatenate,  "ik,jk", ANY, lambda x, y: np.concatenate([x, y]), lambda x, y: np.concatenate((x, y), axis=None),
                                   complex=True)
row(np.concatenate,  "ik,jk", ANY, lambda x, y: np.concatenate([x, y], dtype=np.result_type(x), casting="safe"))
row(np.concatenate,  "ki,kj", ANY, lambda x, y: np.concatenate([x, y, np.ones((len(x), 2))], axis=-1))
row(np.concatenate,  "3ij",   ANY, lambda x: np.concatenate(x), lambda x: np.concat(x, axis=1), complex=True)
row(np.stack,        "ij,ij", ANY, lambda x, y: np.stack([x, y]), lambda x, y: np.stack([x, y, x], axis=-1),
                                   lambda x, y: np.stack((x, y), axis=1), complex=True)
row(np.stack,        "ij,ij", ANY, lambda x, y: np.stack([x, y], dtype=np.result_type(x), casting="equiv"))
row(np.stack,        ",",     ANY, lambda x, y: np.stack([x, 1.0, y]))
row(np.stack,        "3ij",   ANY, lambda x: np.stack(x, axis=-1))
row(np.vstack,       "I,I",   ANY, lambda x, y: np.vstack([x, y]), complex=True)
row(np.vstack,       "I,I",   ANY, lambda x, y: np.vstack((x, y), dtype=np.result_type(x), casting="safe"))
row(np.vstack,       "Ij,j",  ANY, lambda x, y: np.vstack([x, y]))
row(np.vstack,       "kij,lij", ANY, lambda x, y: np.vstack([x, y]))
row(np.vstack,       ",",     ANY, lambda x, y: np.vstack([x, y]))
row(np.hstack,       "i,j",   ANY, lambda x, y: np.hstack([x, y]), complex=True)
row(np.hstack,       "i,j",   ANY, lambda x, y: np.hstack([x, y], dtype=np.result_type(x), casting="no"))
row(np.hstack,       "ij,ik", ANY, lambda x, y: np.hstack([x, y]))
row(np.hstack,       ",i",    ANY, lambda x, y: np.hstack([x, y]))
row(np.hstack,       "3ij",   ANY, lambda x: np.hstack(x))
row(np.column_stack, "i,i",   ANY, lambda x, y: np.column_stack([x, y]), complex=True)
row(np.column_stack, "ij,i",  ANY, lambda x, y: np.column_stack([x, y]))
row(np.column_stack, ",",     ANY, lambda x, y: np.column_stack([x, y]))
row(np.array_split,  "5",     ANY, lambda x: np.array_split(x, 3), lambda x: np.array_split(x, [1, 3, 7]), complex=True)
row(np.array_split,  "i5",    ANY, lambda x: np.array_split(x, 2, axis=-1), lambda x: np.array_split(x, [3, 1], 1))
row(np.split,        "6",     ANY, lambda x: np.split(x, 3), lambda x: np.split(x, [2, 3]), complex=True)
row(np.split,        "4i",    ANY, lambda x: np.split(x, 2), lambda x: np.split(x, [-1]),
                                   lambda x: np.split(x, [1, -1]))
row(np.atleast_1d,   "*",     ANY, complex=True)
row(np.atleast_1d,   ",ij",   ANY, np.atleast_1d)
row(np.atleast_2d,   "*",     ANY, complex=True)
row(np.atleast_2d,   ",i,kij", ANY, np.atleast_2d)
# fmt: on
