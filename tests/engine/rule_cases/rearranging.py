"""Rows: more functions that move entries."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from autograd_lite.engine.rules.creating import FROM_PLAIN_NUMBERS
from autograd_lite.engine.rules.padding import framed
from autograd_lite.engine.rules.rearranging import on_diagonal

from .table import ANY, APART, POS, row

# fmt: off
row(np.flip,     "*",   ANY, complex=True)
row(np.flip,     "ijk", ANY, lambda x: np.flip(x, 1), lambda x: np.flip(x, (0, -1)), complex=True)
row(np.fliplr,   "ij",  ANY, complex=True)
row(np.flipud,   "ijk", ANY, complex=True)
row(np.roll,     "ijk", ANY, lambda x: np.roll(x, 2), lambda x: np.roll(x, -1, axis=1),
                             lambda x: np.roll(x, (1, -2), (0, -1)), lambda x: np.roll(x, (1, 2), axis=0),
                             lambda x: np.roll(x, 1, (0, 2)), lambda x: np.roll(x, np.array([4, 1]), (0, 0)),
                             complex=True)
row(np.roll,     "",    ANY, lambda x: np.roll(x, 1))
row(np.rot90,    "ij",  ANY, np.rot90, lambda x: np.rot90(x, -1), lambda x: np.rot90(x, 2), complex=True)
row(np.rot90,    "ijk", ANY, lambda x: np.rot90(x, 3, (2, 0)), lambda x: np.rot90(x, k=5, axes=(-1, 1)), complex=True)
row(np.rollaxis, "ijk", ANY, lambda x: np.rollaxis(x, 2), lambda x: np.rollaxis(x, 0, 3),
                             lambda x: np.rollaxis(x, -1, 1), lambda x: np.rollaxis(x, 1, -1), complex=True)
row(np.tril,     "ij",  ANY, np.tril, lambda x: np.tril(x, -1), lambda x: np.tril(x, k=1), complex=True)
row(np.triu,     "kij", ANY, np.triu, lambda x: np.triu(x, 1), lambda x: np.triu(x, k=-1), complex=True)
row(np.tril,     "i",   ANY)
row(np.triu,     "i",   ANY)
row(np.tile,     "ij",  ANY, lambda x: np.tile(x, 2), lambda x: np.tile(x, (2, 1)), lambda x: np.tile(x, (3, 1, 2)),
                             lambda x: np.tile(x, (0, 2)), lambda x: np.tile(x, reps=[2]), lambda x: np.tile(x, ()),
                             complex=True)
row(np.tile,     "",    ANY, lambda x: np.tile(x, 3), lambda x: np.tile(x, (2, 2)))
row(np.repeat,   "ijk", ANY, lambda x: np.repeat(x, 2), lambda x: np.repeat(x, 3, axis=1),
                             lambda x: np.repeat(x, [2], -1), lambda x: np.repeat(x, 0, 0), complex=True)
row(np.repeat,   "3j",  ANY, lambda x: np.repeat(x, [2, 0, 1], axis=0), lambda x: np.repeat(x, np.array([1, 1, 3]), -2),
                             complex=True)
row(np.repeat,   "3",   ANY, lambda x: np.repeat(x, (0, 2, 1)))
row(np.repeat,   "",    ANY, lambda x: np.repeat(x, 2))
row(np.resize,   "IJ",  ANY, lambda x: np.resize(x, (4, 5)), lambda x: np.resize(x, 2), lambda x: np.resize(x, (0, 3)),
                             complex=True)
row(np.resize,   "0",   ANY, lambda x: np.resize(x, (2, 2)))
row(np.diagonal, "ij",  ANY, np.diagonal, lambda x: np.diagonal(x, 1), lambda x: np.diagonal(x, -1), complex=True)
row(np.diagonal, "ijkl", ANY, lambda x: np.diagonal(x, 0, 2, 1), lambda x: np.diagonal(x, offset=-1, axis1=-1, axis2=0),
                              complex=True)
row(on_diagonal, "k2",  ANY, lambda x: on_diagonal(x, shape=(3, len(x), 3), offset=1, axis1=2, axis2=0), complex=True)
row(np.diag,     "i",   ANY, np.diag, lambda x: np.diag(x, 1), lambda x: np.diag(x, k=-2), complex=True)
row(np.diag,     "ij",  ANY, np.diag, lambda x: np.diag(x, -1), lambda x: np.diag(x, k=1), complex=True)
row(np.diagflat, "ij",  ANY, np.diagflat, lambda x: np.diagflat(x, 1), complex=True)
row(np.diagflat, "",    ANY)
row(np.trace,    "ij",  ANY, np.trace, lambda x: np.trace(x, 1), complex=True)
row(np.trace,    "ijk", ANY, lambda x: np.trace(x, -1, 2, 0, x.dtype), complex=True)
row(np.kron,     "ij,kl", ANY, np.kron, complex=True)
row(np.kron,     "i,jkl", ANY, np.kron, complex=True)
row(np.kron,     ",ij",   ANY, np.kron)
row(np.vander,   "i",   ANY, np.vander, lambda x: np.vander(x, 4), lambda x: np.vander(x, 3, increasing=True),
                             complex=True)
row(np.matrix_transpose, "kij", ANY, complex=True)
row(sliding_window_view, "35",  ANY, lambda x: sliding_window_view(x, (2, 3)),
                                     lambda x: sliding_window_view(x, 2, axis=1),
                                     lambda x: sliding_window_view(x, (2, 2), (1, 1)), complex=True)

row(np.atleast_3d, "*", ANY, complex=True)
row(np.atleast_3d, ",i,ijkl", ANY, np.atleast_3d)
row(np.unstack,    "3ij", ANY, np.unstack, complex=True)
row(np.unstack,    "i2",  ANY, lambda x: np.unstack(x, axis=-1))
row(np.broadcast_arrays, "*,*", ANY, np.broadcast_arrays, complex=True)
row(np.broadcast_arrays, "1i,j1", ANY, lambda x, y: np.broadcast_arrays(x, y, 1.0, subok=True)[:2])
row(np.meshgrid,   "i,j", ANY, np.meshgrid, lambda x, y: np.meshgrid(x, y, indexing="ij"),
                               lambda x, y: np.meshgrid(x, y, sparse=True),
                               lambda x, y: np.meshgrid(x, y, copy=False, sparse=True, indexing="ij"), complex=True)
row(np.meshgrid,   "i,j,k", ANY, np.meshgrid, lambda x, y, z: np.meshgrid(x, y, z, indexing="ij"))
row(np.meshgrid,   "i", ANY, np.meshgrid)
row(np.dstack,     "i,i",     ANY, lambda x, y: np.dstack([x, y]), complex=True)
row(np.dstack,     "ij,ijk",  ANY, lambda x, y: np.dstack((x, y)))
row(np.block,      "ij,ik,lj,lk", ANY, lambda a, b, c, d: np.block([[a, b], [c, d]]), complex=True)
row(np.block,      ",i",      ANY, lambda x, y: np.block([x, 1.0, y]), lambda x, y: np.block([[x, y], [y, x]]))
row(np.block,      "KIj,j",   ANY, lambda x, y: np.block([[x[:1, :1]], [y]]))
row(np.block,      "ij",      ANY, np.block)
row(np.hsplit,     "i4",  ANY, lambda x: np.hsplit(x, 2), lambda x: np.hsplit(x, [1, 3]), complex=True)
row(np.hsplit,     "4",   ANY, lambda x: np.hsplit(x, 2))
row(np.vsplit,     "4i",  ANY, lambda x: np.vsplit(x, 2), lambda x: np.vsplit(x, [3]), complex=True)
row(np.dsplit,     "ij2", ANY, lambda x: np.dsplit(x, 2), complex=True)

row(np.apply_along_axis, "Ij2", ANY, lambda x: np.apply_along_axis(np.sum, 1, x),
    lambda x: np.apply_along_axis(lambda v: v[::-1] ** 2, -1, x) if x.size else np.sum(x), complex=True)
row(np.apply_along_axis, "2",   ANY, lambda x: np.apply_along_axis(np.outer, 0, x, [1.0, 2.0]))
row(np.apply_along_axis, "2I",  ANY, lambda x: np.apply_along_axis(lambda v, by: [v, by * v], 0, x, by=2.0))
row(np.apply_over_axes,  "ijk", ANY, lambda x: np.apply_over_axes(np.sum, x, (0, 2)),
                                     lambda x: np.apply_over_axes(np.cumsum, x, -1), complex=True)

# ------------------------------------------------------------------------- padding

row(framed, "ij", ANY, lambda x: framed(x, widths=[(1, 0), (2, 1)], values=3.0), complex=True)
row(np.pad, "ij", ANY, lambda x: np.pad(x, 1), lambda x: np.pad(x, (1, 2)),
                       lambda x: np.pad(x, ((0, 1), (2, 0)), constant_values=(3, -1)),
                       lambda x: np.pad(x, [[1], [0]], "constant", constant_values=[[1], [2]]),
                       lambda x: np.pad(x, {-1: (1, 2)}), complex=True)
row(np.pad, "ij", ANY, lambda x: np.pad(x, (1, 2), constant_values=np.sum(x)),
                       lambda x: np.pad(x, (2, 1), constant_values=np.stack([np.sum(x), 1.0])), complex=True)
for mode in ("edge", "wrap", "reflect", "symmetric", "mean", "linear_ramp"):
    row(np.pad, "IJ", ANY, lambda x, mode=mode: np.pad(x, 1, mode),
                           lambda x, mode=mode: np.pad(x, ((2, 0), (0, 3)), mode=mode),
                           lambda x, mode=mode: np.pad(x, (7, 8), mode), complex=True)
    row(np.pad, "0J", ANY, lambda x, mode=mode: np.pad(x, ((0, 0), (1, 1)), mode))
for mode in ("reflect", "symmetric"):
    row(np.pad, "IJ", ANY, lambda x, mode=mode: np.pad(x, ((1, 2), (3, 1)), mode, reflect_type="odd"),
                           lambda x, mode=mode: np.pad(x, (3, 4), mode, reflect_type="odd"), complex=True)
for mode in ("maximum", "minimum", "median"):
    row(np.pad, "IJ", APART[:1], lambda x, mode=mode: np.pad(x, 1, mode),
                                 lambda x, mode=mode: np.pad(x, ((2, 0), (0, 3)), mode))
    row(np.pad, "35", APART[:1], lambda x, mode=mode: np.pad(x, 2, mode, stat_length=(2, 1)))
row(np.pad, "35", ANY, lambda x: np.pad(x, 2, "mean", stat_length=((2, 1), (9, 4))), complex=True)
row(np.pad, "IJ", ANY, lambda x: np.pad(x, 2, "linear_ramp", end_values=((1, 2), (3, 4))), complex=True)
row(np.pad, "I", ANY, lambda x: np.pad(x, 2, "linear_ramp", end_values=x[0] ** 2))

# ------------------------------------------------------------------------- making arrays

row(np.astype,     "i",   ANY, lambda x: np.astype(x, np.float64, device="cpu"))
row(np.astype,     "ij",  ANY, lambda x: np.real(np.astype(np.astype(x, np.complex128), np.complex128, copy=False)))
row(np.array,      "ij",  ANY, lambda x: np.array([x, 2 * x], like=x),
                               lambda x: np.array([[np.sum(x), 1.0]], like=x, ndmin=3),
                               lambda x: np.array(x, dtype=x.dtype, like=x), complex=True)
for func in (np.asarray, np.asanyarray):
    row(func, "ij", ANY, lambda x, func=func: func(x, None, "F", device="cpu", copy=True, like=x))
for func in (np.asarray, np.asanyarray, np.ascontiguousarray, np.asfortranarray):
    row(func, "ij", ANY, lambda x, func=func: func(x, like=x), lambda x, func=func: func([x, x], dtype=x.dtype, like=x),
                         complex=True)
    row(func, "1",  ANY, lambda x, func=func: func(x[0], dtype=x.dtype, like=x))
row(np.full,      "1",  ANY, lambda x: np.full((2, 3), x[0], x.dtype, like=x),
                             lambda x: np.full(2, x, dtype=x.dtype, like=x), complex=True)
row(np.full,      "1",  ANY, lambda x: np.full((2, 3), x, order="F", device="cpu", like=x))
row(np.full,      "i",  ANY, lambda x: np.full((2, len(x)), x, like=x), lambda x: x * np.full(len(x), 3.0, like=x))
row(np.full_like, "ij", ANY, lambda x: np.full_like(x, np.sum(x)), lambda x: np.full_like(x, np.sum(x), shape=(2, 2)),
                             lambda x: x * np.full_like(x, 3.0), complex=True)
row(np.full_like, "ij", ANY, lambda x: np.full_like(x, np.sum(x), np.float64, "F", False, device="cpu"))
MADE = {np.eye: 3, np.identity: 2, np.tri: 2, np.fromfunction: (np.add, (2, 3)), np.fromiter: ([1, 2], float)}
for func in FROM_PLAIN_NUMBERS:
    made = MADE.get(func, 3)
    arguments = made if isinstance(made, tuple) else (made,)
    row(func, "1", ANY,
        lambda x, func=func, arguments=arguments: x * (1.0 + 0.0 * np.nan_to_num(func(*arguments, like=x))))
row(np.linspace,  ",",     ANY, lambda x, y: np.linspace(x, y, 5),
                                lambda x, y: np.linspace(x, y, num=4, endpoint=False),
                                lambda x, y: np.linspace(x, y, 1), lambda x, y: np.linspace(x, y, 0),
                                lambda x, y: np.linspace(x, y, 3, retstep=True), complex=True)
row(np.linspace,  ",",     ANY, lambda x, y: np.linspace(x, y, 3, dtype=float, device="cpu"))
row(np.linspace,  "ij,j",  ANY, lambda x, y: np.linspace(x, y, 3), lambda x, y: np.linspace(x, y, 4, axis=-1),
                                lambda x, y: np.linspace(y, x, 3, axis=1), complex=True)
row(np.linspace,  "i",     ANY, lambda x: np.linspace(0.0, x, 3), lambda x: np.linspace(x, [1.0] * len(x), 3))
row(np.logspace,  ",",     ANY, lambda x, y: np.logspace(x, y, 4),
                                lambda x, y: np.logspace(x, y, 3, endpoint=False, base=2.0), complex=True)
row(np.logspace,  ",",     ANY, lambda x, y: np.logspace(x, y, 4, dtype=float))
row(np.logspace,  "i,i,",  (ANY, ANY, POS), lambda x, y, b: np.logspace(x, y, 3, base=b, axis=-1))
row(np.logspace,  "I,I,2", (ANY, ANY, POS), lambda x, y, b: np.logspace(x[:1], y[:1], 3, base=b))
row(np.geomspace, ",",     POS, lambda x, y: np.geomspace(x, y, 5),
                                lambda x, y: np.geomspace(-x, -y, 4, endpoint=False),
                                lambda x, y: np.geomspace(x, y, 2), lambda x, y: np.geomspace(x, 3.0 * y, 3),
                                complex=True)
row(np.geomspace, "",      POS, lambda x: np.geomspace(x, 3.0, 1), lambda x: np.geomspace(2.0, x, 3, dtype=float))
row(np.geomspace, "ij,j",  POS, lambda x, y: np.geomspace(x, y, 3, axis=-1), complex=True)
# fmt: on
