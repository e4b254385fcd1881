"""Rows: taking entries out and putting them back."""

import numpy as np

from autograd_lite.engine.rules.guard import nothing_where_nothing, unless_nothing
from autograd_lite.engine.rules.indexing import Place, item, item_at, put, put_at

from .table import ANY, row

MASK = np.array([True, False, True])

# fmt: off
row(item, "I",  ANY, lambda x: item(x, index=0), lambda x: x[-1], lambda x: x[1:], lambda x: x[::-1], lambda x: x[::2],
                     lambda x: x[np.intp(0)], lambda x: x[[0]], lambda x: x[-1,], lambda x: x[True],
                     lambda x: x[None, 0], complex=True)
row(item, "",   ANY, lambda x: np.square(x)[()], lambda x: np.square(x)[...], lambda x: np.square(x)[None],
                     lambda x: np.square(x)[..., None], lambda x: np.square(x)[None, None],
                     lambda x: np.square(x)[True], complex=True)
row(item, "34", ANY, lambda x: x[1], lambda x: x[:, 2], lambda x: x[..., -1], lambda x: x[1, 2], lambda x: x[:, None],
                     lambda x: x[2:0:-1, ::2], lambda x: x[...], lambda x: x[3:], lambda x: x[None, ..., None],
                     lambda x: x[-3, -4], lambda x: x[0, ..., 1], lambda x: x[-1:-9:-2], lambda x: x[1:1],
                     lambda x: x[()], lambda x: x[..., 1:3], complex=True)
row(item, "34", ANY, lambda x: x[[0, 0, 2]], lambda x: x[:, [1, 1]], lambda x: x[MASK], lambda x: x[MASK, 1:],
                     lambda x: x[[0, 0, 1], [1, 1, 3]], lambda x: x[np.array([[0, 1], [0, -1]])], lambda x: x[x > 0],
                     lambda x: x[np.zeros(0, int)], lambda x: x[np.ones((3, 4), bool)], lambda x: x[np.array(1)],
                     lambda x: x[[2, 0], :, None], lambda x: x[np.int64(1)])
row(item, "34", ANY, lambda x: x[[-1, 2, 0, -3]], lambda x: x[[True, False, True]], lambda x: x[MASK, [0, 3]],
                     lambda x: x[:, [True, False, False, True]], lambda x: x[(0, 2), (1, 1)],
                     lambda x: x[[[0], [2]], [1, 3]], lambda x: x[MASK, None], lambda x: x[1, [0, 0]],
                     lambda x: x[[], 1:], lambda x: x[np.zeros((3, 4), bool)],
                     lambda x: x[np.uint8(2), np.array([3, -1], np.int16)], complex=True)
row(item, "3k4", ANY, lambda x: x[[0, 0, 2], :, [1, 1, 3]], lambda x: x[1, :, [0, 2]], lambda x: x[..., [3, 3]],
                      lambda x: x[:, None, :, 1:3], lambda x: x[MASK, :, -1], lambda x: x[[[1, 1]], ..., 0],
                      lambda x: x[::2, ..., [1, 0]], lambda x: x[None, [0], ..., None], complex=True)
row(item_at, "34", ANY, lambda x: x[np.argmax(x[:, 0])], lambda x: x[np.arange(3), np.argmax(x, axis=1)],
                        lambda x: x[:, np.argmax(x, axis=0)], lambda x: x[x > -9],
                        lambda x: x[np.argmin(x, axis=0), :2][:1], lambda x: x[..., np.argmax(x[0]), None])
row(item_at, "34", ANY, lambda x: x[np.argmax(np.abs(x) + [[0], [9], [0]], axis=0)], lambda x: x[np.abs(x) > 0],
                        complex=True)
row(put_at, "3", ANY, lambda x: put_at(x, np.argmax(x[:1]), index=(Place(0),), shape=(2, 3)))
row(unless_nothing, "3", ANY, lambda x: unless_nothing(1.0, 1.0, x))
row(nothing_where_nothing, "3", ANY, lambda x: nothing_where_nothing(1.0, x))
row(put,  "2",  ANY, lambda x: put(x, index=slice(1, 3), shape=(4,)), lambda x: put(x, index=[1, 1], shape=(3,)))
row(put,  "22", ANY, lambda x: put(x, index=(slice(None), [0, 0]), shape=(2, 3)))
row(put,  "",   ANY, lambda x: put(x, index=(1, 0), shape=(2, 2)))
row(np.take, "34", ANY, lambda x: np.take(x, [0, 0, 5]), lambda x: np.take(x, [2, -1, 2], axis=0),
                        lambda x: np.take(x, [[0, 1], [1, 1]], axis=-1), lambda x: np.take(x, 1, axis=1),
                        lambda x: np.take(x, 3), lambda x: np.take(x, (0, 1), 0),
                        lambda x: np.take(x, [True, False, True]), lambda x: np.take(x, []),
                        lambda x: np.take(x, np.zeros((0, 2), int), axis=0),
                        complex=True)
row(np.take, "34", ANY, lambda x: np.take(x, [0, 7, -5], axis=1, mode="wrap"),
                        lambda x: np.take(x, [0, 7, -5], 1, mode="clip"),
                        lambda x: np.take(x, [[13, -20]], mode="wrap"), lambda x: np.take(x, -1, axis=0, mode="clip"),
                        lambda x: np.take(x, 2, 1, None, "raise"), complex=True)
row(np.take, "34", ANY, lambda x: np.take(x, np.argmax(x, axis=1)), lambda x: np.take(x, np.argmax(x), mode="wrap"))
row(np.take, "",   ANY, lambda x: np.take(x, [0, 0]), lambda x: np.take(x, 0))
# fmt: on
