"""Reading a graph: from a Value and what is behind it to the cards and arrows of a `View`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from ..engine import Value, reachable
from ..engine.recording import raw_of
from .formulas import formula
from .numerals import Row, constant, is_alarming, rows_of_gradient, rows_of_value
from .text import clean
from .view import CONSTANT, LOSS, OPERATION, RESULT, STARTS, VARIABLE, Arrow, Card, View

NAME_LIMIT = 24


class GraphTooLarge(ValueError):
    """The graph has more Values than a picture can show."""


def view_of(root: Value, precision: int = 4, max_nodes: int = 1000) -> View:
    """The graph behind a Value, with the numbers that it holds now.

    Parameters
    ----------
    root : Value
    precision : int
        Decimals of the numbers.
    max_nodes : int
        The largest number of Values to show.

    Raises
    ------
    GraphTooLarge
        If the graph has more Values than that.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> x = Value(3.0, name="x")
    >>> [card.formula for card in view_of(x * x).cards]
    ['', 'x * x']
    """
    values = reachable(root)
    if len(values) > max_nodes:
        raise GraphTooLarge(too_large(root, len(values), max_nodes))
    names, words, changed = Names(values), alarms(values), changed_since(values)
    cards: list[Card] = []
    arrows: list[Arrow] = []
    place: dict[Value, int] = {}
    for v in in_reading_order(values):
        tails = []
        for operand in v.args:
            if isinstance(operand, Value):
                tails.append(place[operand])
            else:
                tails.append(len(cards))
                cards.append(card_of_constant(operand, f"n{len(cards)}", names, precision))
        place[v] = here = len(cards)
        written = formula(v.op, [cards[tail].name for tail in tails]) if v.op else ""
        card = card_of_value(v, f"n{here}", names.of(v), written, role_of(v, root), words[v], precision)
        cards.append(replace(card, changed=v in changed))
        arrows += [Arrow(tail, here, position) for position, tail in enumerate(tails)]
    return View(tuple(cards), tuple(arrows))


def in_reading_order(values: list[Value]) -> Iterator[Value]:
    """Each leaf just before its first use, so that the order does not depend on when it was last assigned to."""
    placed: set[Value] = set()
    for v in values:
        if v.op is None:
            continue
        for operand in v.args:
            if isinstance(operand, Value) and operand.op is None and operand not in placed:
                placed.add(operand)
                yield operand
        yield v
    if len(values) == 1:
        yield values[0]


def changed_since(values: list[Value]) -> set[Value]:
    """The variables whose numbers are no longer those that a Value of the graph was computed from."""
    found = {v for v in values if v.op is None and v.changed_in_place() and len(values) > 1}
    for v in values:
        made = v.index if v.index >= 0 else ~v.index  # stored as ~moment where no gradient is carried
        found |= {a for a in v.args if isinstance(a, Value) and a.op is None and a.changed > made}
    return found


class Names:
    """A name for each card: the user's, or one that no user has taken; none is given twice."""

    def __init__(self, values: list[Value]) -> None:
        self.users = {own_name(v) for v in values if v.name}
        self.given: set[str] = set()
        self.count: dict[str, int] = {}

    def of(self, v: Value) -> str:
        """The user's name, with a number behind it from the second time on; or ``v1``, ``v2``, …"""
        if not v.name:
            return self.numbered("v{}")
        name = own_name(v)
        if name in self.given:
            return self.numbered(f"{name.replace('{', '{{').replace('}', '}}')} ({{}})", start=2)
        self.given.add(name)
        return name

    def numbered(self, pattern: str, start: int = 1) -> str:
        """The pattern with the first number that makes it a new name."""
        while True:
            n = self.count.get(pattern, start)
            self.count[pattern] = n + 1
            name = pattern.format(n)
            if name not in self.users and name not in self.given:
                self.given.add(name)
                return name


def own_name(v: Value) -> str:
    return clean(str(v.name), NAME_LIMIT)


def role_of(v: Value, root: Value) -> str:
    """What part a Value plays; an input and a parameter look alike to the engine: both are variables."""
    if v.op is None:
        return VARIABLE if v.carries_gradient else CONSTANT
    if v is not root:
        return OPERATION
    return LOSS if v.size == 1 and v.carries_gradient else RESULT


def card_of_value(v: Value, id: str, name: str, written: str, role: str, word: str, precision: int) -> Card:
    data, gradient = raw_of(v), numbers_in(v.grad)
    no_gradient = (Row("", "no gradient", "quiet"),)
    rows = rows_of_gradient(gradient, precision) if v.carries_gradient else no_gradient
    return Card(
        id=id,
        name=name,
        named=bool(v.name),
        formula=written,
        role=role,
        shape=str(v.shape) if v.ndim else "",
        dtype=v.dtype.name if v.ndim else "",
        rows=rows_of_value(data, precision) + rows,
        carries_gradient=v.carries_gradient,
        alarm=word,
    )


def card_of_constant(operand: Any, id: str, names: Names, precision: int) -> Card:
    """A number or an array among the operands; a number is its own name and needs no row."""
    data = numbers_in(operand)
    shape, dtype, rows = "", "", ()  # type: tuple[str, str, tuple[Row, ...]]
    if data is None:  # a Fraction, an integer of fifty digits: nothing that NumPy counts as a number
        name = clean(str(operand), NAME_LIMIT)
    elif np.ndim(data) == 0:
        name = constant(data, precision)
    else:
        name = names.numbered("c{}")
        shape, dtype, rows = str(data.shape), data.dtype.name, rows_of_value(data, precision)
    word = alarm(data)
    return Card(id, name, False, "", CONSTANT, shape, dtype, rows, False, f"{word} {STARTS}" if word else "")


def numbers_in(data: Any) -> Any:
    """A number, or an array of numbers; None where there are none."""
    array = np.asarray(raw_of(data))
    if array.dtype.kind not in "fciub":
        return None
    return array if array.ndim else array.item()


def alarms(values: list[Value]) -> dict[Value, str]:
    """For each Value the word for a nan or an infinity in it, and whether it starts there.

    A value that is not finite passes that on to whatever uses it; a gradient, to the operands.
    """
    words = {v: alarm(raw_of(v)) for v in values}
    gradient_words = {v: alarm(numbers_in(v.grad)) for v in values}
    passed_back = {operand for v in values if gradient_words[v] for operand in v.args if isinstance(operand, Value)}
    found = {}
    for v in values:
        word = words[v]
        passed_on = any(words[a] if isinstance(a, Value) else alarm(numbers_in(a)) for a in v.args) if word else False
        if not word and gradient_words[v]:
            word, passed_on = f"gradient {gradient_words[v]}", v in passed_back
        found[v] = f"{word} {STARTS}" if word and not passed_on else word
    return found


def alarm(data: Any) -> str:
    """``nan`` or ``inf`` if such a number is among the data."""
    if data is None or not is_alarming(data):
        return ""
    return "nan" if np.any(np.isnan(data)) else "inf"


def too_large(root: Value, count: int, limit: int) -> str:
    return (
        f"The graph of {clean(root.described(), 80)} has {count} Values; draw() shows at most max_nodes={limit}, "
        f"because a larger picture takes long to lay out and cannot be read. Draw a smaller part (one of the Values "
        f"on the way), compute the loss on one example instead of a batch, use arrays instead of many scalars, "
        f"or raise the limit: draw(value, max_nodes={count})."
    )
