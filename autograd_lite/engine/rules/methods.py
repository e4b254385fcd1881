"""The methods of ufuncs: ``np.add.reduce(v)``, ``np.multiply.outer(v, w)``, ``np.maximum.accumulate(v)``.

Each is written with the ufunc itself, so that every ufunc with a rule has them; those that NumPy has under a
name of its own (``np.sum``) go that way, which is faster.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from .table import METHODS, full_name

REDUCED: dict[np.ufunc, Callable[..., Any]] = {
    np.add: np.sum, np.multiply: np.prod, np.maximum: np.max, np.minimum: np.min,
    np.logical_and: np.all, np.logical_or: np.any,
}  # fmt: skip
"""NumPy's own names for reductions."""

ACCUMULATED: dict[np.ufunc, Callable[..., Any]] = {np.add: np.cumsum, np.multiply: np.cumprod}
"""NumPy's own names for running results."""


def in_turn(ufunc: np.ufunc, x: Any, axis: int) -> list[Any]:
    """The running results along the axis, entry by entry."""
    if np.ndim(x) == 0 or not -np.ndim(x) <= axis < np.ndim(x):
        raise np.exceptions.AxisError(axis, np.ndim(x))
    before = (slice(None),) * (axis % np.ndim(x))
    found: list[Any] = []
    for i in range(np.shape(x)[axis]):
        entry = x[(*before, i)]
        found.append(ufunc(found[-1], entry) if found else entry)
    return found


def reduce(
    ufunc: np.ufunc, array: Any, axis: Any = 0, dtype: Any = None, out: None = None, keepdims: bool = False, **rest: Any
) -> Any:
    """``ufunc.reduce``: over the first axis, unless another, several, or None for all are named."""
    if ufunc in REDUCED:
        settings = {"dtype": dtype} if dtype is not None else {}
        return REDUCED[ufunc](array, axis=axis, keepdims=keepdims, **settings, **rest)
    if dtype is not None or rest:
        raise TypeError(f"{full_name(ufunc)}.reduce on a Value knows axis and keepdims, not {['dtype', *rest]}.")
    axes = range(np.ndim(array)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    found = array
    for a in sorted((a % np.ndim(array) for a in axes), reverse=True):
        steps = in_turn(ufunc, found, a)
        if not steps and ufunc.identity is None:
            raise ValueError(f"{full_name(ufunc)}.reduce of nothing has no answer: the axis {a} has length 0.")
        shape = np.shape(found)[:a] + np.shape(found)[a + 1 :]
        found = steps[-1] if steps else np.full(shape, ufunc.identity, float)
        found = np.expand_dims(found, a) if keepdims else found
    return found


def accumulate(ufunc: np.ufunc, array: Any, axis: int = 0, dtype: Any = None, out: None = None) -> Any:
    """``ufunc.accumulate``: the running results along an axis."""
    if dtype is not None:
        array = array.astype(dtype)
    if ufunc in ACCUMULATED:
        return ACCUMULATED[ufunc](array, axis=axis)
    steps = in_turn(ufunc, array, axis)
    return np.stack(steps, axis=axis) if steps else array


def outer(ufunc: np.ufunc, a: Any, b: Any, **settings: Any) -> Any:
    """``ufunc.outer``: every entry of a with every entry of b."""
    return ufunc(np.reshape(a, np.shape(a) + (1,) * np.ndim(b)), b, **settings)


def reduceat(ufunc: np.ufunc, array: Any, indices: Any, axis: int = 0, dtype: Any = None, out: None = None) -> Any:
    """``ufunc.reduceat``: a reduction from each index to the next, or the entry itself where the next is not larger."""
    if dtype is not None:
        array = array.astype(dtype)
    before, length = (slice(None),) * (axis % np.ndim(array)), np.shape(array)[axis]
    places = [int(i) for i in np.asarray(indices)]
    ends = [*places[1:], length]
    parts = [
        array[(*before, start)] if start >= end else ufunc.reduce(array[(*before, slice(start, end))], axis=axis)
        for start, end in zip(places, ends, strict=True)
    ]
    return np.stack(parts, axis=axis)


def at(ufunc: np.ufunc, *args: Any) -> Any:
    """``ufunc.at`` writes into its array, which a Value does not allow."""
    raise TypeError(
        f"{full_name(ufunc)}.at changes an array in place, and a Value cannot be changed: what was computed from it "
        f"would no longer be true. To add up entries of v by their numbers, multiply by the matrix that says which go "
        f"where, (np.arange(n)[:, None] == numbers) @ v; to replace entries use np.where(mask, new, v)."
    )


METHODS.update(reduce=reduce, accumulate=accumulate, outer=outer, reduceat=reduceat, at=at)
