"""Needed: which helpers a listing calls, and their source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...engine import relu
from ...engine.customizing import stop_gradient
from ...engine.rules.guard import nothing_where_nothing
from ...engine.rules.indexing import item, item_at, put, put_at
from ...engine.rules.linalg import contract
from ...engine.rules.shapes import cast, join
from ...engine.variables import alias
from ..listing import Instruction, Listing
from ..recording.draws import draw
from .calling import is_imported
from .copying import Library
from .helpers import (
    IN_PLACE_SOURCE,
    OF_NUMBERS,
    general_source,
    helper_of,
    in_place_source,
    of_number_source,
)  # fmt: skip

WITH_NOTATION = {alias, stop_gradient, draw, item, item_at, join, cast, contract}


def has_notation(i: Instruction) -> bool:
    """True for what is written without a function: ``x[1:]``."""
    func, first_is_number = i.op.func, bool(i.operands) and i.operands[0].is_number
    if func is join:
        return not any(v.is_number for v in i.operands)
    if func in (item, item_at, cast) and first_is_number and not i.out.is_number:
        return False
    return func in WITH_NOTATION


def helpers_used(*listings: Listing) -> Iterable[Instruction]:
    """Instructions whose function NumPy does not have, and which have no notation of their own."""
    for i in (i for listing in listings for i in listing.instructions):
        if not has_notation(i) and not is_imported(helper_of(i)):
            yield i


def of_numbers(i: Instruction) -> bool:
    return all(v.is_number for v in (*i.operands, i.out))


def is_fixed(i: Instruction) -> bool:
    """True for a helper whose source stands in `helpers`, or that is written without one."""
    if not of_numbers(i):
        return helper_of(i) in IN_PLACE_SOURCE
    real = all(v.dtype.kind != "c" for v in (*i.operands, i.out))
    return i.op.func in (put, put_at) or (real and i.op.func in (*OF_NUMBERS, relu, nothing_where_nothing))


def fixed_names(listing: Listing) -> list[str]:
    """The names of helpers whose source stands in `helpers`."""
    return [helper_of(i).__name__ for i in helpers_used(listing) if is_fixed(i)]


def to_copy(listing: Listing) -> list[Callable[..., Any]]:
    """Helpers that are copied from where they are defined."""
    return list(dict.fromkeys(helper_of(i) for i in helpers_used(listing) if not is_fixed(i)))


def wished_names(listing: Listing) -> list[str]:
    """What the source calls besides NumPy, as it was called where it was defined."""
    return [*fixed_names(listing), *(func.__name__ for func in to_copy(listing))]


def library_of(listing: Listing, taken: set[str], before: Library | None = None) -> Library:
    """The helpers of a listing that are copied, with those of another one before it in the same module."""
    taken.update(fixed_names(listing))
    return (before or Library(taken)).add(to_copy(listing))


def fixed_sources(*listings: Listing) -> list[tuple[str, Any]]:
    """The source of every helper that is not copied, and the dtype that it is used with."""
    found: dict[str, tuple[str, Any]] = {}
    for i in helpers_used(*listings):
        func = helper_of(i)
        if not of_numbers(i) and func in IN_PLACE_SOURCE:
            written = in_place_source(i), i.out.dtype
            same = found.setdefault(func.__name__, written) == written
            found[func.__name__] = written if same else (general_source(func), None)
    for i in helpers_used(*listings):
        if of_numbers(i) and is_fixed(i) and i.op.func in OF_NUMBERS:
            in_place, dtype = found.get(i.op.func.__name__, (None, None))
            if in_place is None or "is float" not in in_place:
                found[i.op.func.__name__] = of_number_source(i.op.func, in_place), dtype
    return list(found.values())
