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
from ..engine import Operation, softmax_crossentropy
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
    """The place of the largest finite entry, in size; of an array that has entries."""
    sizes = np.abs(np.where(np.isfinite(data), data, 0))
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(sizes)), np.shape(data)))


def subscripts(index: Index) -> str:
    """``2, 1``: counted from 1, as mathematics does."""
    return ", ".join(str(i + 1) for i in index)


def added(terms: Sequence[str], count: int) -> str:
    """Terms of a sum, the first few of so many."""
    some = terms if count <= SHOWN_TERMS + 1 else [*terms[:SHOWN_TERMS], m.words(f"… {count - SHOWN_TERMS:,} more")]
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
    if not np.size(result):
        return None
    if op.func is np.matmul and max(a.ndim for a in arrays) <= 2:
        return product_entry(play, arrays, result)
    if op.func is softmax_crossentropy:
        return crossentropy_entry(play, arrays, np.asarray(result))
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


def product_entry(play: Play, arrays: list[np.ndarray], result: Any) -> Entry:
    """An entry of a product: a row times a column; a vector has one of them alone."""
    index = largest(result) if np.ndim(result) else ()
    x, y = arrays
    row = x[index[0]] if x.ndim == 2 else x
    column = y[:, index[-1]] if y.ndim == 2 else y
    return Entry(index, products(play, row, column))


def crossentropy_entry(play: Play, arrays: list[np.ndarray], result: np.ndarray) -> Entry | None:
    """The loss of one example: −log of the part that the right class has in the sum of the powers of e."""
    scores, labels = arrays
    if scores.ndim != 2 or result.ndim != 1:
        return None
    index = largest(result)
    right = class_of(labels[index], scores.shape[1])
    if right is None:
        return None
    own = scores[index]
    powers = [power_of_e(play, own[k]) for k in leading(own - own.min())]  # the largest powers of e
    inner = m.fraction(power_of_e(play, own[right]), added(powers, len(own)))
    return Entry(index, m.row(m.sign("−"), m.element("mi", "log"), inner), (index, None))


def power_of_e(play: Play, x: Any) -> str:
    return m.power(m.element("mi", "e"), play.number(x.item()).mathml)


def class_of(label: Any, classes: int) -> int | None:
    """The right class of an example, from its number or from a row of 0 and one 1."""
    if np.ndim(label) == 0:
        return int(label)
    is_one = np.sum(label == 1) == 1 and np.sum(label != 0) == 1 and classes == len(label)
    return int(np.argmax(label)) if is_one else None


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
    if not np.size(back):
        return None
    index, g = largest(back), np.asarray(g)
    if op.func is np.matmul and max(a.ndim for a in operands) <= 2:
        return product_back(play, operands, position, g, index)
    if op.func is softmax_crossentropy and position == 0 and back.ndim == 2 and g.ndim == 1:
        return crossentropy_back(play, operands, g, index)
    if op.func in (np.sum, np.mean) and g.ndim == 0:
        upstream = play.number(g.item(), "upstream")
        if op.func is np.sum:
            return Entry(index, upstream.mathml)
        part = m.fraction(m.number("1"), m.number(str(operands[0].size)))
        return Entry(index, m.row(upstream.tight, m.sign("·"), m.row(part, kind="local")))
    if op.elementwise:
        return elementwise_entry(play, v, position, g, back, index)
    return None


def product_back(play: Play, operands: list[np.ndarray], position: int, g: np.ndarray, index: Index) -> Entry:
    """An entry of a factor's gradient: the gradients of what it was used in, times what it was multiplied by."""
    x, y = operands
    if position == 0:
        gs, factors = g[index[0]] if x.ndim == 2 else g, y[index[-1]]
        return Entry(index, products(play, np.atleast_1d(gs), np.atleast_1d(factors), ("upstream", "local")))
    gs = g[..., index[-1]] if y.ndim == 2 else g
    factors = x[:, index[0]] if x.ndim == 2 else x[index[0]]
    return Entry(index, products(play, np.atleast_1d(factors), np.atleast_1d(gs), ("local", "upstream")))


def crossentropy_back(play: Play, operands: list[np.ndarray], g: np.ndarray, index: Index) -> Entry | None:
    """An entry of the scores' gradient: gradient times probability, minus 1 at the right class."""
    scores, labels = operands
    right = class_of(labels[index[0]], scores.shape[1])
    if right is None:
        return None
    powers = np.exp(scores[index[0]] - np.max(scores[index[0]]))
    probability = play.number((powers / powers.sum())[index[1]].item()).mathml
    slope = m.row(probability, m.sign("−"), m.number("1")) if index[1] == right else probability
    local = m.row(m.in_brackets(slope) if index[1] == right else slope, kind="local")
    return Entry(index, m.row(play.number(g[index[0]].item(), "upstream").tight, m.sign("·"), local), (index[:1],))


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
