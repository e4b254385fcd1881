"""Needed: which helpers a listing calls, and their source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...engine import relu
from ...engine.rules.guard import nothing_where_nothing
from ...engine.rules.indexing import item, item_at, put, put_at
from ...engine.rules.linalg import contract
from ...engine.rules.shapes import cast, join
from ..listing import Instruction, Listing
from ..recording.draws import draw
from .helpers import (
    IN_PLACE_SOURCE,
    OF_NUMBERS,
    general_source,
    helper_of,
    in_place_source,
    of_number_source,
    source_of,
    with_what_they_call,
)  # fmt: skip
from .memory import is_view
from .statements import is_numpys

WITH_NOTATION = {draw, item, item_at, join, cast, contract}


def helpers_used(listing: Listing) -> Iterable[Instruction]:
    """Instructions whose function NumPy does not have, and which have no notation of their own."""
    for i in listing.instructions:
        if not is_numpys(i.op.func) and i.op.func not in WITH_NOTATION and not is_view(i):
            yield i


def of_numbers(i: Instruction) -> bool:
    return all(v.is_number for v in (*i.operands, i.out))


def written_in_python(listing: Listing) -> list[Callable[..., Any]]:
    """Helpers that are copied from where they are defined, those that are called first."""
    return with_what_they_call(
        i.op.func
        for i in helpers_used(listing)
        if helper_of(i) not in (OF_NUMBERS if of_numbers(i) else IN_PLACE_SOURCE) and not is_inline(i)
    )


def is_inline(i: Instruction) -> bool:
    """True for what is written without a helper."""
    return of_numbers(i) and i.op.func in (relu, nothing_where_nothing, put, put_at)


def helper_names(listing: Listing) -> list[str]:
    """What the source calls besides NumPy."""
    named = [helper_of(i).__name__ for i in helpers_used(listing)]
    return [*named, *(f.__name__ for f in written_in_python(listing))]


def helper_sources(listing: Listing) -> list[tuple[str, Any]]:
    """The source of every helper, and the dtype that it is used with."""
    found: dict[str, tuple[str, Any]] = {}
    for i in helpers_used(listing):
        func = helper_of(i)
        if not of_numbers(i) and func in IN_PLACE_SOURCE:
            written = in_place_source(i), i.out.dtype
            same = found.setdefault(func.__name__, written) == written
            found[func.__name__] = written if same else (general_source(func), None)
    for i in helpers_used(listing):
        if of_numbers(i) and i.op.func in OF_NUMBERS:
            in_place, dtype = found.get(i.op.func.__name__, (None, None))
            if in_place is None or "is float" not in in_place:
                found[i.op.func.__name__] = of_number_source(i.op.func, in_place), dtype
    for func in written_in_python(listing):
        if (text := source_of(func)) is not None:
            found.setdefault(func.__name__, (text, None))
    return list(found.values())


def without_source(listing: Listing) -> list[str]:
    """Names of helpers whose source Python does not know."""
    return [func.__name__ for func in written_in_python(listing) if source_of(func) is None]
