"""Sorting, and what is found by it: partitions, orders, distinct entries; places where there is something.

A sort moves entries, and its gradient moves back. Entries that are equal could stand in either order, so they share:
each gets the mean of what comes back to them all, as for a maximum.
"""

from typing import Any, NamedTuple

import numpy as np

from .indexing import Place, item_at, put_at
from .shapes import cast
from .table import composite, no_gradient, primitive, rule

# ---------------------------------------------------------------------------------- the way back of a sort


@primitive
def begins(ordered: Any) -> Any:
    """True where another number begins, in sorted rows."""
    first = np.ones(np.shape(ordered), bool)
    first[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    return first


@primitive
def shared_by_equals(g: Any, first: Any) -> Any:
    """The mean over each run of equal entries, which begin where ``first`` is True."""
    if first.all():
        return g.copy()
    starts = np.flatnonzero(first)
    lengths = np.diff(starts, append=first.size)
    return np.repeat(np.add.reduceat(g.ravel(), starts) / lengths.astype(g.real.dtype), lengths).reshape(g.shape)


no_gradient(begins)
rule(shared_by_equals, lambda g, ans, x, first: shared_by_equals(g, first), None)


def flat_places(order: Any) -> Any:
    """Places along the last axis as places in the flat array."""
    shape = np.shape(order)
    rows = int(np.prod(shape[:-1]))
    return order if rows == 1 else order + shape[-1] * np.arange(rows).reshape(*shape[:-1], 1)


def in_order(x: Any, order: Any) -> Any:
    """The entries of each row in an order."""
    return item_at(np.ravel(x), flat_places(order), index=(Place(0),))


def back_from_order(g: Any, order: Any) -> Any:
    """The reverse: each entry where it was before."""
    return np.reshape(put_at(g, flat_places(order), index=(Place(0),), shape=(np.size(g),)), np.shape(g))


def from_sorted(g: Any, ans: Any, x: Any) -> Any:
    """The gradient of rows from that of the sorted rows."""
    return back_from_order(shared_by_equals(g, begins(ans)), np.argsort(x, axis=-1))


def from_rearranged(g: Any, ans: Any, x: Any) -> Any:
    """The gradient of rows from that of the same entries in any order."""
    order = np.argsort(ans, axis=-1)
    return from_sorted(in_order(g, order), in_order(ans, order), x)


def along(way_back: Any, g: Any, ans: Any, x: Any, axis: int | None) -> Any:
    """A way back of rows, for another axis, or None for all entries as one row."""
    if axis is None:
        return np.reshape(way_back(g, ans, np.ravel(x)), np.shape(x))
    if axis % np.ndim(x) == np.ndim(x) - 1:
        return way_back(g, ans, x)
    return np.swapaxes(way_back(*(np.swapaxes(v, axis, -1) for v in (g, ans, x))), axis, -1)


rule(np.sort, lambda g, ans, x, axis=-1, kind=None, stable=None: along(from_sorted, g, ans, x, axis))
rule(
    np.partition,
    lambda g, ans, x, kth=0, axis=-1, kind="introselect": along(from_rearranged, g, ans, x, axis),
)

no_gradient(np.argsort, 1, "axis", "kind", "order", "stable")
no_gradient(np.argpartition, 1, "kth", "axis", "kind", "order")
no_gradient(np.searchsorted, 2, "side", "sorter")
no_gradient(np.isin, 2, "assume_unique", "invert", "kind")


@composite(np.sort_complex)
def sort_complex(a: Any) -> Any:
    """``np.sort_complex``: sorted along the last axis, and complex."""
    ordered = np.sort(a, axis=-1)
    return ordered if np.iscomplexobj(ordered) else cast(ordered, dtype=np.dtype(complex))


@primitive
def order_of_keys(keys: Any, axis: int = -1) -> Any:
    """``np.lexsort`` of keys in one array."""
    return np.lexsort(keys, axis=axis)


no_gradient(order_of_keys, 1, "axis", symbol="lexsort")


@composite(np.lexsort)
def lexsort(keys: Any, axis: int = -1) -> Any:
    """``np.lexsort``: the order by the last key, entries that are equal there by the one before, and so on."""
    return order_of_keys(np.stack(keys) if isinstance(keys, list | tuple) else keys, axis=axis)


# ---------------------------------------------------------------------------------- distinct entries


@primitive
def known_as(ordered: Any, first: Any) -> Any:
    """Columns in an order, of which equal ones share their gradient."""
    return ordered.copy()


@primitive
def part_of_unique(x: Any, part: int = 1, axis: int | None = None, equal_nan: bool = True) -> Any:
    """What ``np.unique`` returns beside the entries: where they were first, their numbers, their counts."""
    return np.unique(x, True, True, True, axis, equal_nan=equal_nan)[part]


rule(known_as, lambda g, ans, ordered, first: shared_by_equals(g, np.broadcast_to(first, np.shape(g))), None)
no_gradient(part_of_unique, 1, "part", "axis", "equal_nan", symbol="unique")


def distinct(x: Any, equal_nan: bool) -> Any:
    """The distinct entries of a vector, sorted."""
    ordered = np.sort(x)
    first = begins(ordered)
    if equal_nan and np.size(x):
        missing = np.isnan(ordered)
        again = np.concatenate([np.zeros(1, bool), np.logical_and(missing[1:], missing[:-1])])
        first = np.logical_and(first, np.logical_not(again))
    return ordered[first]


def distinct_along(x: Any, axis: int) -> Any:
    """The distinct parts along an axis, sorted by their first entry, then by their second, and so on."""
    moved = np.moveaxis(x, axis, 0)
    n, *rest = np.shape(moved)
    if np.size(x) == 0:  # all parts are equal
        return np.moveaxis(moved[:1], 0, axis)
    columns = np.transpose(np.reshape(moved, (n, np.size(x) // n)))
    ordered = columns[:, np.lexsort(columns[::-1])]
    first = np.any(begins(ordered), axis=0)
    found = np.transpose(known_as(ordered, first)[:, first])
    return np.moveaxis(np.reshape(found, (len(found), *rest)), 0, axis)


@composite(np.unique)
def unique(
    ar: Any, return_index: bool = False, return_inverse: bool = False, return_counts: bool = False,
    axis: int | None = None, *, equal_nan: bool = True, sorted: bool = True,
) -> Any:  # fmt: skip
    """``np.unique``: equal entries share the gradient of the one that stands for them."""
    values = distinct(np.ravel(ar), equal_nan) if axis is None else distinct_along(ar, axis)
    wanted = [part for part, asked in enumerate((return_index, return_inverse, return_counts), 1) if asked]
    if not wanted:
        return values
    return (values, *(part_of_unique(ar, part=part, axis=axis, equal_nan=equal_nan) for part in wanted))


class UniqueAllResult(NamedTuple):
    """What ``np.unique_all`` returns."""

    values: Any
    indices: Any
    inverse_indices: Any
    counts: Any


class UniqueCountsResult(NamedTuple):
    """What ``np.unique_counts`` returns."""

    values: Any
    counts: Any


class UniqueInverseResult(NamedTuple):
    """What ``np.unique_inverse`` returns."""

    values: Any
    inverse_indices: Any


@composite(np.unique_all)
def unique_all(x: Any) -> UniqueAllResult:
    """``np.unique_all``: ``np.unique`` with all that it knows, and nan differs from nan."""
    return UniqueAllResult(*unique(x, True, True, True, equal_nan=False))


@composite(np.unique_counts)
def unique_counts(x: Any) -> UniqueCountsResult:
    """``np.unique_counts``: the distinct entries, and how often each is there."""
    return UniqueCountsResult(*unique(x, return_counts=True, equal_nan=False))


@composite(np.unique_inverse)
def unique_inverse(x: Any) -> UniqueInverseResult:
    """``np.unique_inverse``: the distinct entries, and the number of each entry among them."""
    return UniqueInverseResult(*unique(x, return_inverse=True, equal_nan=False))


@composite(np.unique_values)
def unique_values(x: Any) -> Any:
    """``np.unique_values``: the distinct entries, here in their order."""
    return unique(x, equal_nan=False)


# ---------------------------------------------------------------------------------- sets of numbers


@primitive
def first_places(x: Any, values: Any) -> Any:
    """Where each of the values is first in the flat array."""
    entries, places = np.unique(x, return_index=True)
    return places[np.searchsorted(entries, values)]


no_gradient(first_places, 2)


def both_sets(ar1: Any, ar2: Any, assume_unique: bool) -> Any:
    """The distinct entries of each, in one order: what is in both stands there twice."""
    sets = (ar1, ar2) if assume_unique else (np.unique(ar1), np.unique(ar2))
    return np.sort(np.concatenate(sets, axis=None))


@composite(np.union1d)
def union1d(ar1: Any, ar2: Any) -> Any:
    """``np.union1d``: what is in either. What is in both shares its gradient."""
    return np.unique(np.concatenate((ar1, ar2), axis=None))


@composite(np.intersect1d)
def intersect1d(ar1: Any, ar2: Any, assume_unique: bool = False, return_indices: bool = False) -> Any:
    """``np.intersect1d``: what is in both, which share its gradient; and where it was in each."""
    ordered = both_sets(ar1, ar2, assume_unique)
    values = ordered[:-1][ordered[1:] == ordered[:-1]]
    return (values, first_places(ar1, values), first_places(ar2, values)) if return_indices else values


@composite(np.setxor1d)
def setxor1d(ar1: Any, ar2: Any, assume_unique: bool = False) -> Any:
    """``np.setxor1d``: what is in one of them alone."""
    ordered = both_sets(ar1, ar2, assume_unique)
    end, changes = np.ones(min(1, np.size(ordered)), bool), ordered[1:] != ordered[:-1]
    return ordered[np.concatenate([end, changes]) & np.concatenate([changes, end])]


@composite(np.setdiff1d)
def setdiff1d(ar1: Any, ar2: Any, assume_unique: bool = False) -> Any:
    """``np.setdiff1d``: what is in the first and not in the second."""
    entries = np.ravel(ar1) if assume_unique else np.unique(ar1)
    return entries[np.isin(entries, ar2, invert=True)]


# ---------------------------------------------------------------------------------- where there is something


@composite(np.flatnonzero)
def flatnonzero(a: Any) -> Any:
    """``np.flatnonzero``: the places in the flat array that are not 0."""
    mask = np.ravel(a) != 0
    return np.where(mask, np.arange(np.size(a)), 0)[mask]


@composite(np.nonzero)
def nonzero(a: Any) -> tuple[Any, ...]:
    """``np.nonzero``: the same places, an array for each axis."""
    if np.ndim(a) == 0:
        raise ValueError("Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.")
    flat, found = flatnonzero(a), []
    for n in reversed(np.shape(a)):
        found.append(flat % max(n, 1))
        flat = flat // max(n, 1)
    return tuple(reversed(found))


@composite(np.argwhere)
def argwhere(a: Any) -> Any:
    """``np.argwhere``: the same places, a row for each."""
    return np.stack(nonzero(np.atleast_1d(a)), axis=-1)[:, : np.ndim(a)]
