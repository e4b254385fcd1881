"""Of arrays: one entry, worked out with its numbers; and small pictures of the arrays that it comes from.

The entry is the largest one, so that there is something to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..drawing.heat import COLUMNS, ROWS, bright_heat_of, steps
from ..drawing.slopes import FAILURES
from ..engine import Operation
from ..engine.backprop import applied
from ..engine.recording import raw_of
from . import mathml as m
from .lesson import VALUE, Array
from .operations import WORDS
from .playing import Play
from .templates import Piece, filled

SHOWN_TERMS = 3
"""Sums of up to one more than this are written out."""

Index = tuple[int, ...]


@dataclass(frozen=True)
class Entry:
    """One entry, worked out.

    Attributes
    ----------
    index : tuple of int
        Its place in the result.
    formula : str
        What follows behind the first sign of equality, with numbers.
    places : tuple of (tuple of int or None)
        For each operand the place of the entry that it is computed from, if it is a single one.
    """

    index: Index
    formula: str
    places: tuple[Index | None, ...] = ()


def largest(data: Any) -> Index:
    """The place of the largest finite entry, in size."""
    sizes = np.abs(np.where(np.isfinite(data), data, 0))
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(sizes)), np.shape(data)))


def subscripts(index: Index) -> str:
    """``2, 1``: counted from 1, as mathematics does."""
    return ", ".join(str(i + 1) for i in index)


def added(terms: Sequence[str], count: int) -> str:
    """Terms of a sum, the first few of so many."""
    some = terms if count <= SHOWN_TERMS + 1 else [*terms[:SHOWN_TERMS], m.words(f"… {count - SHOWN_TERMS:,} smaller")]
    return m.row(*[part for term in some for part in (m.sign("+"), term)][1:])


def leading(sizes: np.ndarray) -> list[int]:
    """The places of the terms that are written: all, or the largest ones."""
    if len(sizes) <= SHOWN_TERMS + 1:
        return list(range(len(sizes)))
    largest_first = np.argsort(-np.abs(np.nan_to_num(sizes)), kind="stable")
    return [int(k) for k in largest_first[:SHOWN_TERMS]]


def numbers_added(play: Play, numbers: np.ndarray, kind: str = "") -> str:
    """A sum of numbers."""
    return added([play.number(numbers[k].item(), kind).tight for k in leading(numbers)], len(numbers))


def products(play: Play, left: np.ndarray, right: np.ndarray, kinds: tuple[str, str] = ("", "")) -> str:
    """A sum of products, with numbers."""
    with np.errstate(all="ignore"):
        some = leading(left * right)
    terms = [
        m.row(play.number(left[k].item(), kinds[0]).tight, m.sign("·"), play.number(right[k].item(), kinds[1]).tight)
        for k in some
    ]
    return added(terms, len(left))


# ------------------------------------------------------------------------------- forward


def forward_entry(play: Play, op: Operation, operands: list[Any], result: Any) -> Entry | None:
    """The largest entry of a result, worked out; None for operations that are not that simple."""
    arrays = [np.asarray(x) for x in operands]
    words = WORDS.get(op.func)
    if op.func is np.matmul and all(a.ndim == 2 for a in arrays):
        i, j = index = largest(result)
        return Entry(index, products(play, arrays[0][i], arrays[1][:, j]), ((i, 0), (0, j)))
    if op.elementwise and words and words.formula and np.ndim(result) and len(arrays) <= 2:
        index = largest(result)
        places = [place_in(a.shape, index) for a in arrays]
        numbers = [a[place].item() for a, place in zip(arrays, places, strict=True)]
        template = words.written_out or words.formula
        pieces = {letter: play.number(x) for letter, x in zip("xy", numbers, strict=False)}
        return Entry(index, filled(template, pieces).mathml, tuple(places))
    if op.func in (np.sum, np.mean) and arrays[0].ndim:
        return added_up(play, op, arrays[0], result)
    return None


def added_up(play: Play, op: Operation, x: np.ndarray, result: Any) -> Entry | None:
    """An entry of a sum or an average along one axis, or of all."""
    axis = op.settings.get("axis")
    if axis is not None and not isinstance(axis, int):
        return None
    index = largest(result) if np.ndim(result) else ()
    kept = tuple(i for i in index) if not op.settings.get("keepdims") or axis is None else index
    if axis is None:
        terms = np.ravel(x)
    else:
        place = tuple(i for d, i in enumerate(kept) if not (op.settings.get("keepdims") and d == axis % x.ndim))
        terms = np.moveaxis(x, axis, -1)[place]
    written = numbers_added(play, terms)
    if op.func is np.mean:
        part = m.fraction(m.number("1"), m.number(str(len(terms))))
        written = m.row(part, m.in_brackets(written)) if len(terms) > 1 else written
    return Entry(index, written)


def place_in(shape: tuple[int, ...], index: Index) -> Index:
    """Where an entry of a result comes from in an operand that was broadcast.

    Examples
    --------
    >>> place_in((1, 3), (4, 2)), place_in((3,), (4, 2)), place_in((), (4, 2))
    ((0, 2), (2,), ())
    """
    own = index[len(index) - len(shape) :] if shape else ()
    return tuple(0 if n == 1 else i for n, i in zip(shape, own, strict=True))


# ------------------------------------------------------------------------------- backward


def backward_entry(play: Play, v: Any, position: int, g: Any, back: np.ndarray) -> Entry | None:
    """The largest entry of what travels back to an operand, worked out from the gradient that comes in."""
    op, operands = v.op, [np.asarray(raw_of(x)) for x in v.args]
    index, g = largest(back), np.asarray(g)
    if op.func is np.matmul and all(a.ndim == 2 for a in operands):
        i, j = index
        if position == 0:
            return Entry(index, products(play, g[i], operands[1][j], ("upstream", "local")), ((i, 0), (j, 0)))
        return Entry(index, products(play, operands[0][:, i], g[:, j], ("local", "upstream")), ((0, i), (0, j)))
    if op.func in (np.sum, np.mean) and g.ndim == 0:
        upstream = play.number(g.item(), "upstream")
        if op.func is np.sum:
            return Entry(index, upstream.mathml)
        part = m.fraction(m.number("1"), m.number(str(operands[0].size)))
        return Entry(index, m.row(upstream.tight, m.sign("·"), m.row(part, kind="local")))
    if op.elementwise:
        return elementwise_entry(play, v, position, g, back, index)
    return None


def elementwise_entry(play: Play, v: Any, position: int, g: np.ndarray, back: np.ndarray, index: Index) -> Entry | None:
    """An entry of an operand: gradient times slope, added up over all entries that it was broadcast to."""
    slopes = slopes_of_entries(v, position)
    if slopes is None:
        return None
    numbered = np.arange(back.size).reshape(back.shape)
    uses = np.broadcast_to(numbered, v.shape) == numbered[index]
    gs = np.broadcast_to(g, v.shape)[uses]
    own = slopes[uses]
    if np.all(own == 1):  # nothing is multiplied
        formula = numbers_added(play, gs, "upstream")
    else:
        formula = products(play, gs, own, ("upstream", "local"))
    return Entry(index, formula, (index if back.shape == v.shape else None,))


def slopes_of_entries(v: Any, position: int) -> np.ndarray | None:
    """For each entry of a result its slope by its own entry of an operand."""
    rule = tuple(v.op.rules)[position] if isinstance(v.op.rules, tuple) else None
    if rule is None or v.dtype.kind != "f":
        return None
    with np.errstate(all="ignore"):
        try:
            found = applied(rule, np.ones(v.shape, v.dtype), raw_of(v), [raw_of(x) for x in v.args], v.op)
            return np.broadcast_to(found, v.shape)
        except FAILURES:
            return None


# ------------------------------------------------------------------------------- small pictures


def picture(caption: Piece, data: Any, kind: str = VALUE, entry: Index | None = None) -> Array | None:
    """The small picture of an array, with the cell of an entry; None of a number."""
    heat = bright_heat_of(data)
    if heat is None:
        return None
    shape = " × ".join(map(str, np.shape(data)))
    return Array(m.inline(caption.mathml), shape, heat, cell_of(np.shape(data), entry), kind)


def cell_of(shape: tuple[int, ...], index: Index | None) -> tuple[int, int] | None:
    """In which cell of its small picture an entry lies."""
    if index is None or len(index) != len(shape):
        return None
    flat = int(np.ravel_multi_index(index, shape))
    row, column = divmod(flat, shape[-1])
    rows, columns = steps(int(np.prod(shape[:-1])), ROWS), steps(shape[-1], COLUMNS)
    return within(rows, row), within(columns, column)


def within(bounds: list[int], i: int) -> int:
    """The part between two bounds in which a number lies."""
    return int(np.searchsorted(bounds, i, side="right")) - 1
