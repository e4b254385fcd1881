"""Taking entries out, ``x[index]``, and its reverse: putting gradients back where they came from."""

import itertools
from typing import Any, NamedTuple

import numpy as np

from .shapes import no_out
from .table import composite, no_gradient, primitive, rule, rule_each
from .values import is_value


def is_basic(index: Any) -> bool:
    """True for slices, whole numbers, ``...`` and ``None``: no entry can be taken twice."""
    parts = index if isinstance(index, tuple) else (index,)
    return all(p is None or p is Ellipsis or isinstance(p, slice | int | np.integer) for p in parts)


@primitive
def put(g: Any, index: Any = (), shape: tuple[int, ...] = ()) -> Any:
    """Zeros of a shape with ``g`` added at an index: an entry taken twice gets both gradients."""
    out = np.zeros(shape, np.asarray(g).dtype)
    if is_basic(index):
        out[index] = g
    else:
        np.add.at(out, index, g)
    return out


@primitive
def item(x: Any, index: Any = ()) -> Any:
    """``x[index]``, as a function."""
    return np.asarray(x)[index]  # a scalar takes v[()], v[...] and v[None]


rule(item, lambda g, ans, x, index=(): put(g, index=index, shape=np.shape(x)), symbol="[ ]")
rule(put, lambda g, ans, x, index=(), shape=(): item(g, index=index))  # a scalar has no g[index]


class Place(NamedTuple):
    """Where the operand of this number stands in an index; see `item_at`."""

    number: int


def template(index: Any, kind: type) -> tuple[Any, ...]:
    """An index with a `Place` for each part that is of a kind: those are operands, and the rest stays.

    Examples
    --------
    >>> template((slice(None), 1.5), float)
    (slice(None, None, None), Place(number=0))
    """
    numbers = itertools.count()
    parts = index if isinstance(index, tuple) else (index,)
    return tuple(Place(next(numbers)) if isinstance(part, kind) else part for part in parts)


def filled(index: tuple[Any, ...], places: tuple[Any, ...]) -> tuple[Any, ...]:
    """The reverse of `template`."""
    return tuple(places[part.number] if isinstance(part, Place) else part for part in index)


@primitive
def item_at(x: Any, *places: Any, index: Any = ()) -> Any:
    """``x[index]`` where parts of the index were computed: those are operands, so that they are recorded."""
    return np.asarray(x)[filled(index, places)]


@primitive
def put_at(g: Any, *places: Any, index: Any = (), shape: tuple[int, ...] = ()) -> Any:
    """Zeros of a shape with ``g`` added at a computed index."""
    out = np.zeros(shape, np.asarray(g).dtype)
    np.add.at(out, filled(index, places), g)
    return out


# Only the first operand has a gradient: what is computed to choose carries none.
rule_each(
    item_at,
    lambda i, g, ans, x, *places, index=(): put_at(g, *places, index=index, shape=np.shape(x)),
    symbol="[ ]",
)
rule_each(put_at, lambda i, g, ans, x, *places, index=(), shape=(): item_at(g, *places, index=index))


def entries(a: Any, index: Any) -> Any:
    """``a[index]``, also of a plain array at places that were computed."""
    parts = index if isinstance(index, tuple) else (index,)
    places = [part for part in parts if is_value(part)]
    if is_value(a):
        return a[index]
    if not places:
        return np.asarray(a)[index]
    return item_at(a, *places, index=template(index, type(places[0])))


@primitive
def within(places: Any, length: int = 1, mode: str = "raise") -> Any:
    """Places along an axis of a length, wrapped around or moved to the ends where they lie outside."""
    if mode == "wrap":
        return np.mod(places, length)
    if mode == "clip":
        return np.clip(places, 0, length - 1)
    raise ValueError(f"A mode is 'raise', 'wrap' or 'clip', not {mode!r}.")


no_gradient(within, 1, "length", "mode")


def as_places(indices: Any) -> Any:
    """Indices as ``np.take`` reads them: True is 1, a tuple is a list, and anything but whole numbers is an error."""
    if type(indices) is int or is_value(indices):
        return indices
    places = np.asarray(indices)
    if places.dtype.kind in "iu":
        return places
    if places.dtype.kind != "b" and (places.size or places is indices):  # an empty list has no whole numbers
        raise TypeError(f"np.take needs whole numbers for indices; these are {places.dtype}.")
    return places.astype(np.intp)


@composite(np.take)
def take(a: Any, indices: Any, axis: int | None = None, out: Any = None, mode: str = "raise") -> Any:
    """``np.take``: by a flat index, or along one axis."""
    no_out(np.take, out)
    indices, ndim = as_places(indices), np.ndim(a)
    if axis is None or ndim == 0:
        a, axis, ndim = np.ravel(a), 0, 1
    elif not -ndim <= axis < ndim:
        raise np.exceptions.AxisError(axis, ndim)
    if mode != "raise":
        indices = within(indices, length=np.shape(a)[axis], mode=mode)
    return entries(a, (*(slice(None),) * (axis % ndim), indices))
