"""The methods of ufuncs: ``np.add.reduce(v)``, ``np.multiply.outer(v, w)``, ``np.maximum.accumulate(v)``.

Each is written with the ufunc itself, so that every ufunc with a rule has them; those that NumPy has under a
name of its own (``np.sum``) go that way, which is faster. What does not work in NumPy does not work here: NumPy is
asked first, on zeros of the same shape.
"""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from .table import METHODS, full_name

NOTHING: Any = np._NoValue  # type: ignore[attr-defined]  # NumPy's own "not given"

REDUCED: dict[np.ufunc, tuple[Callable[..., Any], Any]] = {
    np.add: (np.sum, 0), np.multiply: (np.prod, 1), np.maximum: (np.max, -np.inf), np.minimum: (np.min, np.inf),
    np.logical_and: (np.all, True), np.logical_or: (np.any, False),
}  # fmt: skip
"""NumPy's own names for reductions, and the entry that changes nothing."""

ACCUMULATED: dict[np.ufunc, Callable[..., Any]] = {np.add: np.cumsum, np.multiply: np.cumprod}
"""NumPy's own names for running results."""


def asked(method: Callable[..., Any], array: Any, *args: Any, dtype: Any, **settings: Any) -> tuple[np.ndarray, Any]:
    """What NumPy makes of zeros, or the error that it raises; and the array with the dtype that it computes with."""
    zeros = np.broadcast_to(np.zeros((), array.dtype), array.shape)
    settings = {key: getattr(setting, "_data", setting) for key, setting in settings.items()}
    with np.errstate(all="ignore"):
        like = np.asarray(method(zeros, *args, dtype=dtype, **settings))
    if dtype is not None:
        array = array.astype(dtype)
    return like, np.not_equal(array, 0) if like.dtype.kind == "b" else array


def of_dtype(found: Any, like: np.ndarray) -> Any:
    """A result with NumPy's dtype: numbers that were taken out of a float32 array one by one are double."""
    return found.astype(like.dtype) if found.ndim and found.dtype.kind in "fc" and found.dtype != like.dtype else found


def in_rows(x: Any, axes: tuple[int, ...]) -> Any:
    """The axes as one, which comes first."""
    rest = tuple(n for i, n in enumerate(np.shape(x)) if i not in axes)
    return np.reshape(np.moveaxis(x, axes, range(len(axes))), (math.prod(np.shape(x)[a] for a in axes), *rest))


def one_by_one(ufunc: np.ufunc, rows: Any, start: Any = None, marks: Any = None) -> Any:
    """The rows that are marked, one after the other; those that are not may be nan, and are computed with as 1."""
    if not len(rows):
        return (np.any if rows.dtype.kind == "b" else np.sum)(rows, axis=0) + start  # zeros of the shape of a row
    rows = rows if marks is None else np.where(marks, rows, 1)
    found = start
    for i in range(len(rows)):
        more = rows[i] if found is None else ufunc(found, rows[i])
        found = more if marks is None else np.where(marks[i], more, found)
    return found


def reduce(
    ufunc: np.ufunc,
    array: Any,
    axis: Any = 0,
    dtype: Any = None,
    out: None = None,
    keepdims: bool = False,
    initial: Any = NOTHING,
    where: Any = True,
) -> Any:
    """``ufunc.reduce``: over the first axis, unless another, several, or None for all are named."""
    func, neutral = REDUCED.get(ufunc, (None, None))
    if func and dtype is None and initial is NOTHING and where is True:
        return func(array, axis=axis, keepdims=keepdims)
    settings = {"axis": axis, "keepdims": keepdims, "where": where}
    settings |= {} if initial is NOTHING else {"initial": initial}
    like, array = asked(ufunc.reduce, array, dtype=dtype, **settings)
    axes = tuple(range(array.ndim)) if axis is None or not array.ndim else axis if isinstance(axis, tuple) else (axis,)
    axes = tuple(a % array.ndim for a in axes)
    if func and math.prod(array.shape[a] for a in axes):
        found = func(array if where is True else np.where(where, array, neutral), axis=axes)
        found = found if initial is NOTHING or initial is None else ufunc(initial, found)
    else:
        start = ufunc.identity if initial is NOTHING else initial
        start = bool(start) if like.dtype.kind == "b" else start
        marks = None if where is True else in_rows(np.broadcast_to(where, array.shape), axes)
        found = one_by_one(ufunc, in_rows(array, axes), start, marks)
    return of_dtype(np.reshape(found, like.shape), like)


def accumulate(ufunc: np.ufunc, array: Any, axis: Any = 0, dtype: Any = None, out: None = None) -> Any:
    """``ufunc.accumulate``: the running results along an axis."""
    like, array = asked(ufunc.accumulate, array, axis=axis, dtype=dtype)
    axis = axis[0] if isinstance(axis, tuple) else axis or 0
    if ufunc in ACCUMULATED:
        return ACCUMULATED[ufunc](array, axis=axis)
    rows = np.moveaxis(array, axis, 0)
    steps: list[Any] = []
    for i in range(len(rows)):
        steps.append(ufunc(steps[-1], rows[i]) if steps else rows[i])
    return of_dtype(np.stack(steps, axis=axis), like) if steps else array


def outer(ufunc: np.ufunc, a: Any, b: Any, **settings: Any) -> Any:
    """``ufunc.outer``: every entry of a with every entry of b."""
    if ufunc.nin != 2 or ufunc.signature is not None:
        return ufunc.outer(0.0, 0.0)  # raises, and says why
    return ufunc(np.reshape(a, np.shape(a) + (1,) * np.ndim(b)), b, **settings)


def reduceat(ufunc: np.ufunc, array: Any, indices: Any, axis: Any = 0, dtype: Any = None, out: None = None) -> Any:
    """``ufunc.reduceat``: from each index to the next, or the entry itself where the next is not larger."""
    starts = np.asarray(indices)
    like, array = asked(ufunc.reduceat, array, starts, axis=axis, dtype=dtype)
    axis = axis[0] if isinstance(axis, tuple) else axis or 0
    rows, func, parts = np.moveaxis(array, axis, 0), REDUCED.get(ufunc, (None,))[0], []
    for start, end in pairwise([*starts.tolist(), len(rows)]):
        part = rows[start : max(end, start + 1)]
        parts.append(func(part, axis=0) if func else one_by_one(ufunc, part))
    return of_dtype(np.stack(parts, axis=axis), like) if parts else np.moveaxis(rows[:0], 0, axis)


def at(ufunc: np.ufunc, *args: Any) -> Any:
    """``ufunc.at`` writes into its array, which a Value does not allow."""
    raise TypeError(
        f"{full_name(ufunc)}.at changes an array in place, and a Value cannot be changed: what was computed from it "
        f"would no longer be true. To add up entries of v by their numbers, multiply by the matrix that says which go "
        f"where, (np.arange(n)[:, None] == numbers) @ v; to replace entries use np.where(mask, new, v)."
    )


METHODS.update(reduce=reduce, accumulate=accumulate, outer=outer, reduceat=reduceat, at=at)
