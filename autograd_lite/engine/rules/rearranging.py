"""More functions that move entries without changing them: roll, flip, tile, blocks, diagonals, triangles."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.lib.stride_tricks import sliding_window_view

from .creating import typed
from .indexing import put
from .shapes import joined, nested_array, no_out
from .table import composite, primitive, rule


def negated(shift: Any) -> Any:
    """The shifts that undo a roll."""
    return -shift if np.ndim(shift) == 0 else tuple(-s for s in shift)


def put_back(g: Any, shape: tuple[int, ...], func: Callable[..., Any], *settings: Any) -> Any:
    """The reverse of a function that copies entries: each gradient goes back to where its entry came from."""
    size = math.prod(shape)
    if not size:
        return np.reshape(np.ravel(g)[:0], shape)
    places = func(np.arange(size).reshape(shape), *settings)
    return np.reshape(put(g, index=places, shape=(size,)), shape)


def copies_added(g: Any, shape: tuple[int, ...], reps: Any) -> Any:
    """The reverse of ``np.tile``: the tiles lie on top of each other and are added up."""
    reps = tuple(reps) if np.ndim(reps) else (reps,)
    longest = max(len(reps), len(shape))
    counts = (1,) * (longest - len(reps)) + reps
    lengths = (1,) * (longest - len(shape)) + shape
    tiles = np.reshape(g, [n for pair in zip(counts, lengths, strict=True) for n in pair])
    return np.sum(tiles, axis=tuple(range(0, 2 * longest, 2)))


def repeats_added(g: Any, shape: tuple[int, ...], repeats: Any, axis: int | None) -> Any:
    """The reverse of ``np.repeat``: the copies of an entry stand side by side and are added up."""
    if np.size(repeats) != 1:
        return put_back(g, shape, np.repeat, repeats, axis)
    times = int(np.ravel(repeats)[0])
    if axis is None:
        return np.sum(np.reshape(g, (*shape, times)), axis=-1)
    after = axis % len(shape) + 1
    return np.sum(np.reshape(g, (*shape[:after], times, *shape[after:])), axis=after)


@primitive
def on_diagonal(x: Any, shape: tuple[int, ...] = (), offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """Zeros of a shape with x along the diagonal of two of its axes: the reverse of ``np.diagonal``."""
    out = np.zeros(shape, x.dtype)
    rows_last = np.moveaxis(out, (axis1, axis2), (-2, -1))
    i = np.arange(x.shape[-1])
    rows_last[..., i + max(-offset, 0), i + max(offset, 0)] = x
    return out


# fmt: off
rule(np.flip,     lambda g, ans, x, axis=None: np.flip(g, axis))
rule(np.fliplr,   lambda g, ans, x: np.fliplr(g))
rule(np.flipud,   lambda g, ans, x: np.flipud(g))
rule(np.roll,     lambda g, ans, x, shift=0, axis=None: np.roll(g, negated(shift), axis))
rule(np.rot90,    lambda g, ans, x, k=1, axes=(0, 1): np.rot90(g, -k, axes))
rule(np.tril,     lambda g, ans, x, k=0: np.tril(g, k))
rule(np.triu,     lambda g, ans, x, k=0: np.triu(g, k))
rule(np.tile,     lambda g, ans, x, reps=(): copies_added(g, np.shape(x), reps))
rule(np.repeat,   lambda g, ans, x, repeats=1, axis=None: repeats_added(g, np.shape(x), repeats, axis))
rule(np.resize,   lambda g, ans, x, new_shape=(): put_back(g, np.shape(x), np.resize, new_shape))
rule(np.diagonal, lambda g, ans, x, offset=0, axis1=0, axis2=1:
                  on_diagonal(g, shape=np.shape(x), offset=offset, axis1=axis1, axis2=axis2))
rule(on_diagonal, lambda g, ans, x, shape=(), offset=0, axis1=0, axis2=1: np.diagonal(g, offset, axis1, axis2))
rule(np.matrix_transpose, lambda g, ans, x: np.matrix_transpose(g))
rule(sliding_window_view, lambda g, ans, x, window_shape=(), axis=None:
                          put_back(g, np.shape(x), sliding_window_view, window_shape, axis), symbol="windows")
# fmt: on


# ---------------------------------------------------------------------------------- axes


@composite(np.rollaxis)
def rollaxis(a: Any, axis: int, start: int = 0) -> Any:
    """``np.rollaxis``: an axis is moved to stand before another."""
    axis = normalize_axis_index(axis, np.ndim(a))
    start += np.ndim(a) if start < 0 else 0
    if not 0 <= start <= np.ndim(a):
        raise np.exceptions.AxisError(start, np.ndim(a))
    return np.moveaxis(a, axis, start - (axis < start))


@composite(np.atleast_3d)
def atleast_3d(*arys: Any) -> Any:
    """``np.atleast_3d``: of several arguments, a tuple."""
    found = [np.reshape(a, (*(1, 1)[np.ndim(a) :], *np.shape(a), 1)) if np.ndim(a) < 3 else a for a in arys]
    return found[0] if len(found) == 1 else tuple(found)


@composite(np.unstack)
def unstack(x: Any, /, *, axis: int = 0) -> tuple[Any, ...]:
    """``np.unstack``: the slices along an axis."""
    if np.ndim(x) == 0:
        raise ValueError("Input array must be at least 1-d.")
    return tuple(np.moveaxis(x, axis, 0))


@composite(np.broadcast_arrays)
def broadcast_arrays(*args: Any, subok: bool = False) -> tuple[Any, ...]:
    """``np.broadcast_arrays``: all of the shape that they have together."""
    shape = np.broadcast_shapes(*map(np.shape, args))
    return tuple(np.broadcast_to(a, shape) for a in args)


@composite(np.meshgrid)
def meshgrid(*xi: Any, copy: bool = True, sparse: bool = False, indexing: str = "xy") -> tuple[Any, ...]:
    """``np.meshgrid``: the coordinates of every point of a grid."""
    if indexing not in ("xy", "ij"):
        raise ValueError(f"np.meshgrid takes indexing='xy' or 'ij', not {indexing!r}.")
    places = list(range(len(xi)))
    if indexing == "xy" and len(xi) > 1:
        places[:2] = 1, 0
    found = [
        np.reshape(x, [-1 if j == place else 1 for j in range(len(xi))]) for x, place in zip(xi, places, strict=True)
    ]
    return tuple(found) if sparse else broadcast_arrays(*found)


# ---------------------------------------------------------------------------------- joining and splitting


@composite(np.dstack)
def dstack(tup: Sequence[Any]) -> Any:
    """``np.dstack``: behind each other, along the third axis."""
    return joined([np.atleast_3d(a) for a in tup], 2)


def blocks(part: Any, depth: int = 0) -> Iterator[tuple[Any, int]]:
    """Each array in nested lists, and how deep it lies."""
    if isinstance(part, tuple):
        raise TypeError("np.block takes lists of lists of arrays; it was given a tuple.")
    if not isinstance(part, list):
        yield part, depth
        return
    if not part:
        raise ValueError("np.block was given an empty list.")
    for inner in part:
        yield from blocks(inner, depth + 1)


def laid_out(part: Any, ndim: int, axis: int) -> Any:
    """The arrays in nested lists, joined along the axis, those further inside along the axes behind it."""
    if not isinstance(part, list):
        return np.reshape(part, (1,) * (ndim - np.ndim(part)) + np.shape(part))
    return joined([laid_out(inner, ndim, axis + 1) for inner in part], axis)


@composite(np.block)
def block(arrays: Any) -> Any:
    """``np.block``: nested lists of blocks, put together as they stand."""
    found = list(blocks(arrays))
    if len(depths := {depth for _, depth in found}) > 1:
        raise ValueError(f"np.block needs lists that are equally deep everywhere; here are arrays at depths {depths}.")
    depth = found[0][1]
    return laid_out(arrays, max(depth, *(np.ndim(a) for a, _ in found)), -depth)


def split_along(func: Callable[..., Any], axis: int, least: int) -> None:
    """Write a split along a fixed axis with ``np.split``."""

    @composite(func)
    def split(ary: Any, indices_or_sections: Any) -> list[Any]:
        if np.ndim(ary) < least:
            raise ValueError(f"np.{func.__name__} only works on arrays of {least} or more dimensions.")
        return np.split(ary, indices_or_sections, axis if np.ndim(ary) > axis else 0)


split_along(np.hsplit, 1, 1)
split_along(np.vsplit, 0, 2)
split_along(np.dsplit, 2, 3)


# ---------------------------------------------------------------------------------- diagonals and products


@composite(np.diag)
def diag(v: Any, k: int = 0) -> Any:
    """``np.diag``: a matrix with this diagonal, or the diagonal of this matrix."""
    if np.ndim(v) not in (1, 2):
        raise ValueError("np.diag takes a vector or a matrix.")
    if np.ndim(v) == 2:
        return np.diagonal(v, k)
    return on_diagonal(v, shape=(len(v) + abs(k),) * 2, offset=k)


@composite(np.diagflat)
def diagflat(v: Any, k: int = 0) -> Any:
    """``np.diagflat``: a matrix with all entries on its diagonal."""
    return diag(np.ravel(v), k)


@composite(np.trace)
def trace(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None, out: Any = None) -> Any:
    """``np.trace``: the sum along a diagonal."""
    no_out(np.trace, out)
    return typed(np.sum(np.diagonal(a, offset, axis1, axis2), axis=-1), dtype)


@composite(np.kron)
def kron(a: Any, b: Any) -> Any:
    """``np.kron``: every entry of a times all of b, as blocks."""
    ndim = max(np.ndim(a), np.ndim(b))
    outer = (1,) * (ndim - np.ndim(a)) + np.shape(a)
    inner = (1,) * (ndim - np.ndim(b)) + np.shape(b)
    product = np.reshape(a, [n for m in outer for n in (m, 1)]) * np.reshape(b, [n for m in inner for n in (1, m)])
    return np.reshape(product, [m * n for m, n in zip(outer, inner, strict=True)])


@composite(np.vander)
def vander(x: Any, N: int | None = None, increasing: bool = False) -> Any:
    """``np.vander``: the powers of each entry, in a row."""
    if np.ndim(x) != 1:
        raise ValueError("np.vander takes a vector.")
    x = typed(x, np.promote_types(x.dtype, int))
    columns: list[Any] = [np.ones(np.shape(x), x.dtype)]
    for _ in range(1, len(x) if N is None else N):
        columns.append(columns[-1] * x)
    kept = columns[: len(x) if N is None else N]
    return np.stack(kept if increasing else kept[::-1], axis=-1) if kept else np.ones((len(x), 0), x.dtype)


# ---------------------------------------------------------------------------------- functions of slices


@composite(np.apply_along_axis)
def apply_along_axis(func1d: Callable[..., Any], axis: int, arr: Any, *args: Any, **kwargs: Any) -> Any:
    """``np.apply_along_axis``: a function of every vector along an axis."""
    axis = normalize_axis_index(axis, np.ndim(arr))
    vectors = np.moveaxis(arr, axis, -1)
    others = np.shape(vectors)[:-1]
    if 0 in others:
        raise ValueError("Cannot apply_along_axis when any iteration dimensions are 0")
    found = nested_array([func1d(vectors[place], *args, **kwargs) for place in np.ndindex(others)])
    of_one = np.shape(found)[1:]
    if not of_one and found.dtype.kind == arr.dtype.kind:
        found = typed(found, arr.dtype)  # a Value that is a number does not know single precision
    there = range(len(others), len(others) + len(of_one))
    return np.moveaxis(np.reshape(found, others + of_one), there, range(axis, axis + len(of_one)))


@composite(np.apply_over_axes)
def apply_over_axes(func: Callable[..., Any], a: Any, axes: Any) -> Any:
    """``np.apply_over_axes``: a reduction over one axis after the other, which keeps the axes."""
    for axis in np.atleast_1d(axes):
        found = func(a, int(axis) % np.ndim(a))
        if np.ndim(found) not in (np.ndim(a), np.ndim(a) - 1):
            raise ValueError("function is not returning an array of the correct shape")
        a = found if np.ndim(found) == np.ndim(a) else np.expand_dims(found, int(axis))
    return a
