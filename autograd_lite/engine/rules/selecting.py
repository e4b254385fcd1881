"""Choosing entries: take_along_axis, choose, select, compress, insert, delete."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index, normalize_axis_tuple

from ..tracing import current_trace
from .creating import arrayed, dtype_of, typed
from .deciding import settled
from .indexing import as_places, entries, put, within
from .shapes import joined, no_out
from .table import composite, full_name, primitive, rule_each, with_settings
from .values import is_value

# ---------------------------------------------------------------------------------- by places


def before_axis(axis: int) -> tuple[slice, ...]:
    """The beginning of an index along one axis."""
    return (slice(None),) * axis


@composite(np.take_along_axis)
def take_along_axis(arr: Any, indices: Any, axis: int | None = -1) -> Any:
    """``np.take_along_axis``: places along one axis, others for each place along the rest."""
    if axis is None:
        arr, axis = np.ravel(arr), 0
    axis = normalize_axis_index(axis, np.ndim(arr))
    if np.ndim(indices) != np.ndim(arr):
        raise ValueError("`indices` and `arr` must have the same number of dimensions")
    if dtype_of(indices).kind not in "iu":
        raise IndexError("`indices` must be an integer array")
    index = [
        np.reshape(np.arange(n), [-1 if i == j else 1 for j in range(np.ndim(arr))])
        for i, n in enumerate(np.shape(arr))
    ]
    return entries(arr, (*index[:axis], indices, *index[axis + 1 :]))


@primitive
def chosen(*operands: Any, mode: str = "raise") -> Any:
    """``np.choose`` with its choices as operands of their own, so that each is seen, and the numbers last."""
    return np.choose(operands[-1], operands[:-1], mode=mode)  # type: ignore[call-overload]


def where_chosen(number: int, operands: tuple[Any, ...], mode: str) -> Any:
    """Where the choice of this number was taken."""
    numbers = operands[-1]
    return (numbers if mode == "raise" else within(numbers, length=len(operands) - 1, mode=mode)) == number


rule_each(
    chosen,
    lambda i, g, ans, *operands, mode="raise": np.where(where_chosen(i, operands, mode), g, 0),
    symbol="choose",
)


@composite(np.choose)
def choose(a: Any, choices: Sequence[Any], out: Any = None, mode: str = "raise") -> Any:
    """``np.choose``: at each place the entry of the array that the number there names."""
    no_out(np.choose, out)
    return chosen(*choices, a, mode=mode)


# ---------------------------------------------------------------------------------- by masks


@with_settings(np.where)
def where(condition: Any, *one_of_two: Any) -> tuple[Any, ...]:
    """``np.where`` of a mask alone: the places where it is true."""
    if one_of_two:
        raise ValueError("either both or neither of x and y should be given")
    found: tuple[Any, ...] = np.nonzero(condition)
    return found


@composite(np.compress)
def compress(condition: Any, a: Any, axis: int | None = None, out: Any = None) -> Any:
    """``np.compress``: the slices along an axis for which the condition is true."""
    no_out(np.compress, out)
    condition = np.asarray(settled(condition, "np.compress"))
    if condition.ndim != 1:
        raise ValueError("condition must be a 1-d array")
    return np.take(a, np.flatnonzero(condition), axis)


@composite(np.extract)
def extract(condition: Any, arr: Any) -> Any:
    """``np.extract``: the entries for which the condition is true."""
    return np.take(arr, np.flatnonzero(settled(condition, "np.extract")))


@composite(np.select)
def select(condlist: Sequence[Any], choicelist: Sequence[Any], default: Any = 0) -> Any:
    """``np.select``: at each place the choice of the first condition that is true."""
    if len(condlist) != len(choicelist) or not len(condlist):
        raise ValueError("np.select needs as many choices as conditions, and at least one.")
    for i, condition in enumerate(condlist):
        if dtype_of(condition).kind != "b":
            raise TypeError(f"invalid entry {i} in condlist: should be boolean ndarray")
    found = default
    for condition, choice in zip(reversed(condlist), reversed(choicelist), strict=True):
        found = np.where(condition, choice, found)
    return found


def of_entries(func: Callable[..., Any], x: Any, mask: Any) -> Any:
    """A function of the entries of x under a mask, at their places.

    A program's shapes do not depend on a mask, so while one is recorded the function gets all entries.
    """
    if is_value(mask) and current_trace() is not None:
        return func(x)
    mask = settled(mask, "np.piecewise")
    if not np.any(mask):
        return 0
    found = func(x[mask])
    return put(np.broadcast_to(found, np.shape(x[mask])), index=mask, shape=np.shape(x))


@composite(np.piecewise)
def piecewise(x: Any, condlist: Any, funclist: Sequence[Any], *args: Any, **kw: Any) -> Any:
    """``np.piecewise``: at each place what the function of the last condition that is true makes of it."""
    x = arrayed(x)
    if not isinstance(condlist, list | tuple):
        condlist = arrayed(condlist)
    alone = not isinstance(condlist, list | tuple) and np.ndim(condlist) == 0
    if alone or (np.ndim(x) and np.ndim(condlist[0]) == 0):
        condlist = [condlist]
    masks = [np.asarray(c, bool) if not is_value(c) else c for c in condlist]
    if len(masks) == len(funclist) - 1:
        masks.append(~np.any(np.stack(np.broadcast_arrays(*masks)), axis=0))
    if len(masks) != len(funclist):
        raise ValueError(
            f"with {len(masks)} condition(s), either {len(masks)} or {len(masks) + 1} functions are expected"
        )
    found: Any = np.zeros(np.shape(x), x.dtype)
    for mask, func in zip(masks, funclist, strict=True):
        part = of_entries(lambda v, f=func: f(v, *args, **kw), x, mask) if callable(func) else func
        found = np.where(mask, part, found)
    return typed(found, x.dtype)


# ---------------------------------------------------------------------------------- more and fewer entries


@composite(np.append)
def append(arr: Any, values: Any, axis: int | None = None) -> Any:
    """``np.append``: values behind an array."""
    if axis is None:
        arr, values, axis = np.ravel(arr), np.ravel(values), 0
    return np.concatenate([arr, values], axis=axis)


@composite(np.delete)
def delete(arr: Any, obj: Any, axis: int | None = None) -> Any:
    """``np.delete``: all entries but those at some places."""
    if axis is None:
        arr, axis = np.ravel(arr), 0
    length = np.shape(arr)[normalize_axis_index(axis, np.ndim(arr))]
    return np.take(arr, np.delete(np.arange(length), settled(obj, "np.delete")), axis)


@composite(np.insert)
def insert(arr: Any, obj: Any, values: Any, axis: int | None = None) -> Any:
    """``np.insert``: values before the entries at some places."""
    if axis is None:
        arr, axis = np.ravel(arr), 0
    axis = normalize_axis_index(axis, np.ndim(arr))
    obj = settled(obj, "np.insert")
    length, shape = np.shape(arr)[axis], list(np.shape(arr))
    indices = np.arange(*obj.indices(length)) if isinstance(obj, slice) else np.asarray(obj)
    if indices.dtype.kind == "b":
        indices = np.flatnonzero(indices)
    if indices.size == 1:  # values for one place may be a whole stretch
        values = np.reshape(values, (1,) * (np.ndim(arr) - np.ndim(values)) + np.shape(values))
        if indices.ndim == 0:
            values = np.moveaxis(values, 0, axis)
        shape[axis] = np.shape(values)[axis]
    else:
        shape[axis] = indices.size
    # The numbers of the entries, with those of the values inserted: NumPy says in which order they stand.
    order = np.insert(np.arange(length), obj, length + np.arange(shape[axis]))
    return np.take(joined([arr, typed_like(np.broadcast_to(values, shape), arr)], axis), order, axis)


def typed_like(x: Any, other: Any) -> Any:
    """With entries of the type of another's."""
    dtype = dtype_of(other)
    return typed(x, dtype) if is_value(x) else np.asarray(x).astype(dtype)


@composite(np.trim_zeros)
def trim_zeros(filt: Any, trim: str = "fb", axis: Any = None) -> Any:
    """``np.trim_zeros``: without the zeros at the ends."""
    if sorted(trim.lower()) not in (["b", "f"], ["b"], ["f"]):
        raise ValueError(f"unexpected character(s) in `trim`: {trim!r}")
    ndim = np.ndim(filt)
    places = np.argwhere(settled(filt, "np.trim_zeros"))
    starts, stops = (places.min(axis=0), places.max(axis=0) + 1) if len(places) else (np.zeros(ndim, int),) * 2
    trimmed = range(ndim) if axis is None else normalize_axis_tuple(axis, ndim)
    index: list[slice] = [slice(None)] * ndim
    for i in trimmed:
        front = "f" in trim.lower() or not len(places)
        back = "b" in trim.lower() or not len(places)
        index[i] = slice(int(starts[i]) if front else None, int(stops[i]) if back else None)
    return filt[tuple(index)]


# ---------------------------------------------------------------------------------- indices


@composite(np.ix_)
def ix_(*args: Any) -> tuple[Any, ...]:
    """``np.ix_``: indices that stand for all their combinations."""
    found = []
    for i, places in enumerate(args):
        if np.ndim(places) != 1:
            raise ValueError("Cross index must be 1 dimensional")
        if dtype_of(places).kind == "b":
            places = np.flatnonzero(settled(places, "np.ix_"))
        found.append(np.reshape(as_places(places), [-1 if i == j else 1 for j in range(len(args))]))
    return tuple(found)


def of_shape_alone(func: Callable[..., Any]) -> None:
    """Answer a question about an array's shape."""
    composite(func)(lambda arr, *args, **kwargs: func(np.broadcast_to(0, np.shape(arr)), *args, **kwargs))


for func in (np.diag_indices_from, np.tril_indices_from, np.triu_indices_from):
    of_shape_alone(func)


# ---------------------------------------------------------------------------------- writing in place

WRITES: dict[Callable[..., Any], str] = {
    np.copyto: "np.where(mask, new, v)",
    np.place: "np.where(mask, new, v)",
    np.putmask: "np.where(mask, new, v)",
    np.put: "np.where(mask, new, v), or np.concatenate([v[:3], new, v[4:]])",
    np.put_along_axis: "np.where(np.arange(v.shape[-1]) == indices, new, v)",
    np.fill_diagonal: "np.where(np.eye(len(v), dtype=bool), new, v)",
}
"""Functions that write into an array, and what to write in their place."""


def refuse(func: Callable[..., Any], remedy: str) -> None:
    """Say why a function cannot work on Values."""

    @composite(func)
    def refused(*args: Any, **kwargs: Any) -> Any:
        raise TypeError(
            f"{full_name(func)} writes into an array. A Value cannot be changed, because what was computed from it "
            f"would no longer be true, and a plain array cannot hold one. Write {remedy}."
        )


for func, remedy in WRITES.items():
    refuse(func, remedy)
