"""Making arrays of Values: ``np.full``, ``np.array`` and their kind with ``like=``, and evenly spaced numbers."""

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from .shapes import cast, joined, nested_array
from .table import composite
from .values import bare, is_value

FROM_PLAIN_NUMBERS = (
    np.zeros, np.ones, np.empty, np.eye, np.identity, np.tri, np.arange, np.fromfunction, np.fromiter,
)  # fmt: skip
"""They take no Values, and reach them through ``like=v`` alone: they answer with a plain array."""


def arrayed(x: Any) -> Any:
    """A list as an array; a number, an array or a Value as it is."""
    return np.asarray(x) if isinstance(x, list | tuple) else x


def dtype_of(x: Any) -> np.dtype[Any]:
    """The type of the entries of anything."""
    return x.dtype if hasattr(x, "dtype") else np.asarray(x).dtype  # type: ignore[no-any-return]


def typed(x: Any, dtype: Any) -> Any:
    """A Value with entries of another type; None: as it is."""
    if dtype is None or dtype_of(x) == dtype:
        return x
    return cast(x, dtype=np.dtype(dtype)) if np.issubdtype(dtype, np.inexact) else x.astype(dtype)  # which says why not


@composite(np.astype)
def astype(x: Any, dtype: Any, /, *, copy: bool = True, device: Any = None) -> Any:
    """``np.astype``, between floating-point types."""
    return typed(x, dtype)


def from_plain_numbers(func: Callable[..., Any]) -> None:
    """Let ``func(..., like=v)`` be ``func(...)``."""
    composite(func)(lambda *args, **settings: func(*args, **settings))


for func in FROM_PLAIN_NUMBERS:
    from_plain_numbers(func)


@composite(np.array)
def array(object: Any, dtype: Any = None, *, ndmin: int = 0, **layout: Any) -> Any:
    """``np.array(..., like=v)``: nested lists that hold Values, as one Value."""
    found = nested_array(object)
    if isinstance(found, np.ndarray):
        return np.array(found, dtype, ndmin=ndmin, **layout)
    if ndmin > np.ndim(found):
        found = np.reshape(found, (1,) * (ndmin - np.ndim(found)) + np.shape(found))
    return typed(found, dtype)


@composite(np.asarray)
@composite(np.asanyarray)
def asarray(a: Any, dtype: Any = None, order: Any = None, **settings: Any) -> Any:
    """``np.asarray(..., like=v)``: how a Value lies in memory, and on which device, is no matter."""
    return array(a, dtype)


@composite(np.ascontiguousarray)
@composite(np.asfortranarray)
def ascontiguousarray(a: Any, dtype: Any = None) -> Any:
    """``np.ascontiguousarray(..., like=v)``: with one axis at least."""
    return array(a, dtype, ndmin=1)


def filled(x: Any, shape: Any, dtype: Any) -> Any:
    """A Value stretched to a shape, as a type."""
    return typed(np.broadcast_to(x, shape), dtype)


@composite(np.full)
def full(shape: Any, fill_value: Any, dtype: Any = None, order: Any = "C", *, device: Any = None) -> Any:
    """``np.full(..., like=v)``: the same number, or the same numbers, everywhere."""
    if is_value(fill_value):
        return filled(fill_value, shape, dtype)
    return np.full(shape, fill_value, dtype, order)


@composite(np.full_like)
def full_like(
    a: Any,
    fill_value: Any,
    dtype: Any = None,
    order: Any = "K",
    subok: bool = True,
    shape: Any = None,
    *,
    device: Any = None,
) -> Any:
    """``np.full_like``: of a's shape and dtype, unless others are named."""
    if is_value(fill_value):
        return filled(fill_value, np.shape(a) if shape is None else shape, a.dtype if dtype is None else dtype)
    return np.full_like(bare(a), fill_value, dtype, order, subok, shape)


# ---------------------------------------------------------------------------------- evenly spaced


def with_ends(start: Any, between: Any, stop: Any) -> Any:
    """An array along its first axis, with its first and last entries replaced; None: stays."""
    shape = (1, *np.shape(between)[1:])
    parts = [between[int(start is not None) : len(between) - int(stop is not None)]]
    if start is not None:
        parts.insert(0, np.broadcast_to(start, shape))
    if stop is not None:
        parts.append(np.broadcast_to(stop, shape))
    return joined(parts, 0)


@composite(np.linspace)
def linspace(
    start: Any,
    stop: Any,
    num: int = 50,
    endpoint: bool = True,
    retstep: bool = False,
    dtype: Any = None,
    axis: int = 0,
    *,
    device: Any = None,
) -> Any:
    """``np.linspace``: from start to stop in equal steps."""
    num = operator.index(num)
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    steps = num - 1 if endpoint else num
    start, stop = arrayed(start), arrayed(stop)
    distance = stop - start
    step = distance / steps if steps > 0 else distance
    numbers = np.arange(num, dtype=dtype_of(distance))
    found = np.reshape(numbers, (-1,) + (1,) * np.ndim(distance)) * step + start
    if endpoint and num > 1:
        found = with_ends(None, found, stop)
    found = typed(np.moveaxis(found, 0, axis) if axis else found, dtype)
    return (found, step if steps > 0 else np.nan) if retstep else found


@composite(np.logspace)
def logspace(
    start: Any, stop: Any, num: int = 50, endpoint: bool = True, base: Any = 10.0, dtype: Any = None, axis: int = 0
) -> Any:
    """``np.logspace``: the base to the power of evenly spaced exponents."""
    if np.ndim(base):
        ndim = len(np.broadcast_shapes(np.shape(start), np.shape(stop), np.shape(base)))
        start, stop, base = (np.reshape(a, (1,) * (ndim - np.ndim(a)) + np.shape(a)) for a in (start, stop, base))
        base = np.expand_dims(base, axis)
    return typed(np.power(base, np.linspace(start, stop, num, endpoint, axis=axis)), dtype)


@composite(np.geomspace)
def geomspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, dtype: Any = None, axis: int = 0) -> Any:
    """``np.geomspace``: each entry is the one before times the same factor, on a straight path or a spiral."""
    start, stop = arrayed(start), arrayed(stop)
    if np.any(bare(start) == 0) or np.any(bare(stop) == 0):
        raise ValueError("Geometric sequence cannot include zero")
    common = np.result_type(dtype_of(start), dtype_of(stop), np.float64 if dtype is None else dtype)
    shape = np.broadcast_shapes(np.shape(start), np.shape(stop))
    start, stop = (np.broadcast_to(typed(a, common), shape) for a in (start, stop))
    direction = start / np.abs(start) if np.iscomplexobj(start) else np.sign(start)
    start, stop = start / direction, stop / direction
    found = np.logspace(np.log10(start), np.log10(stop), num, endpoint)
    if num > 0:
        found = with_ends(start, found, stop if num > 1 and endpoint else None)
    found = found * direction
    return typed(np.moveaxis(found, 0, axis) if axis else found, dtype)
