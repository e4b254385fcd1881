"""What a lesson is made from: the graph as cards, and every number in it, also those that a picture does not show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..drawing.heat import bright_heat_of
from ..drawing.numerals import constant, number, rows_of_gradient, rows_of_value
from ..drawing.slopes import sent_back
from ..drawing.text import clean
from ..drawing.view import CONSTANT, FOLDED, INPUT, MINUS, PARAMETER, VARIABLE, Arrow, Card, View, counted
from ..engine import Operation, Value, backprop
from ..engine.recording import raw_of
from . import mathml as m
from .lesson import VALUE, Change
from .operations import Words, words_of
from .templates import ATOM, PRODUCT, SUM, Piece

UNKNOWN = "·"


def gradients_behind(loss: Value) -> dict[Value, Any]:
    """The gradient of everything that a loss was computed from, by back-propagation; no Value is changed.

    Raises
    ------
    StaleGraph
        If a Value was changed after something was computed from it.
    """
    with backprop.one_at_a_time:
        found = backprop.tape(loss, 0)
        everything = list(dict.fromkeys([*found.computed, *found.leaves, *found.flat, loss]))
        before = [(v, v.grad) for v in everything]
        try:
            loss.backward()
            return {v: v.grad for v in everything if v.grad is not None}
        finally:
            for v, gradient in before:
                v.grad = gradient


@dataclass(frozen=True)
class Play:
    """A graph with all its numbers.

    Attributes
    ----------
    view : View
        With gradients.
    gradients : mapping from Values to gradients
    precision : int
        Decimals.
    """

    view: View
    gradients: Mapping[Value, Any]
    precision: int

    # ------------------------------------------------------------------ the cards

    @property
    def cards(self) -> tuple[Card, ...]:
        return self.view.cards

    @property
    def arrows(self) -> tuple[Arrow, ...]:
        return self.view.arrows

    @cached_property
    def into(self) -> list[list[int]]:
        """For each card the arrows that lead to it, in the order of the operands."""
        found: list[list[int]] = [[] for _ in self.cards]
        for k, arrow in enumerate(self.arrows):
            found[arrow.head].append(k)
        return [sorted(arrows, key=lambda k: self.arrows[k].position) for arrows in found]

    @cached_property
    def out_of(self) -> list[list[int]]:
        """For each card the arrows that lead away from it, the latest use first."""
        found: list[list[int]] = [[] for _ in self.cards]
        for k, arrow in enumerate(self.arrows):
            found[arrow.tail].append(k)
        return [sorted(arrows, key=lambda k: (-self.arrows[k].head, self.arrows[k].position)) for arrows in found]

    @cached_property
    def root(self) -> int:
        """The card of the loss."""
        return self.view.results[0] if self.view.results else len(self.cards) - 1

    @cached_property
    def learnt(self) -> list[int]:
        """The cards that gradient descent changes: variables and parameters that a gradient reaches."""
        return [i for i in range(len(self.cards)) if self.learnt_on(i)]

    def learnt_on(self, i: int) -> list[Value]:
        """The variables and parameters of a card that a gradient reaches."""
        given = self.cards[i].role not in (VARIABLE, PARAMETER, FOLDED)
        return [v for v in self.members(i) if not given and v.op is None and self.gradients.get(v) is not None]

    def is_given(self, i: int) -> bool:
        """True for what nothing in the graph computes."""
        computes = any(v.op is not None for v in self.members(i)) or bool(self.into[i])
        return self.cards[i].role in (VARIABLE, PARAMETER, INPUT, CONSTANT) or not computes

    def names_inside(self, i: int) -> list[str]:
        """What is learnt on a card, by name: the card itself, or what is folded into it."""
        if self.value(i) is not None:
            return [self.cards[i].name]
        names = [clean(v.name, 24) for v in self.learnt_on(i) if v.name]
        unnamed = len(self.learnt_on(i)) - len(names)
        return [*names, *([counted(unnamed, "unnamed variable")] if unnamed else [])]

    def members(self, i: int) -> tuple[Value, ...]:
        """The Values of a card."""
        found = self.view.values[i]
        if isinstance(found, Value):
            return (found,)
        return tuple(v for v in found or () if isinstance(v, Value))

    def value(self, i: int) -> Value | None:
        """The Value of a card that shows one; None for constants and for what is folded."""
        found = self.view.values[i]
        return found if isinstance(found, Value) else None

    def operation(self, i: int) -> Operation:
        """What made the one Value of a card."""
        v = self.value(i)
        if v is None or v.op is None:
            raise LookupError(f"card {i} shows no Value that was computed")
        return v.op

    def words(self, i: int) -> Words:
        """What is said of what made the one Value of a card."""
        operands = self.operands(i)
        is_complex = any(np.iscomplexobj(x) for x in (*operands, self.data(i)))
        return words_of(self.operation(i), tuple(np.shape(x) for x in operands), is_complex)

    def place(self, k: int) -> str:
        """Which operand an arrow is, where one card is several operands of another: ``1st``; else empty."""
        arrow = self.arrows[k]
        beside = [j for j in self.into[arrow.head] if self.arrows[j].tail == arrow.tail]
        return ("1st", "2nd", "3rd", *(f"{n}th" for n in range(4, 100)))[beside.index(k)] if len(beside) > 1 else ""

    def has_gradient(self, i: int) -> bool:
        """True if back-propagation reaches a card."""
        return any(self.gradients.get(v) is not None for v in self.members(i))

    def tails(self, i: int) -> list[int]:
        """For each operand of a card that shows one computed Value the card that it is on, or is folded into."""
        v = self.value(i)
        arrows = [self.arrows[k] for k in self.into[i]]
        single = {a.position: a.tail for a in arrows if not self.cards[a.tail].folds}
        folded = [a.tail for a in arrows if self.cards[a.tail].folds]
        found = []
        for position, operand in enumerate(v.args if v is not None else ()):
            inside = [t for t in folded if isinstance(operand, Value) and operand in self.member_sets[t]]
            constants = [t for t in folded if not self.member_sets[t]]
            found.append(single[position] if position in single else (inside or constants or folded)[0])
        return found

    @cached_property
    def member_sets(self) -> list[frozenset[Any]]:
        """The Values of each card."""
        return [frozenset(self.members(i)) for i in range(len(self.cards))]

    # ------------------------------------------------------------------ its numbers

    def operands(self, i: int) -> list[Any]:
        """The numbers that a card was computed from."""
        v = self.value(i)
        return [raw_of(a) for a in v.args] if v is not None else []

    def data(self, i: int) -> Any:
        """The number or the array of a card; None for what is folded."""
        if (v := self.value(i)) is not None:
            return raw_of(v)
        for k in self.out_of[i]:
            user = self.value(self.arrows[k].head)
            if self.view.values[i] is None and user is not None:
                return raw_of(user.args[self.arrows[k].position])
        return None

    def gradient(self, i: int) -> Any:
        v = self.value(i)
        return None if v is None else self.gradients.get(v)

    def sent(self, k: int) -> Any:
        """What travels back along an arrow; None where nothing does, or where a card is folded."""
        arrow = self.arrows[k]
        head, tail = self.value(arrow.head), self.value(arrow.tail)
        g = None if head is None else self.gradients.get(head)
        if head is None or tail is None or g is None or not tail.carries_gradient:
            return None
        return sent_back(head, arrow.position, g)

    # ------------------------------------------------------------------ what a card shows

    def shown(self, i: int, what: str, numbers: Any = None) -> Change:
        """The rows of a card, of these numbers or of those of the end."""
        rows = rows_of_card(self.cards[i], what)
        heat = self.cards[i].heat if what == VALUE else self.cards[i].gradient_heat
        if numbers is not None:
            written = rows_of_value if what == VALUE else rows_of_gradient
            rows = [row.text for row in written(numbers, self.precision)]
            heat = bright_heat_of(numbers) if np.ndim(numbers) else None
        return Change(i, what, tuple(text.replace("-", MINUS) for text in rows), heat)

    def unknown(self, i: int, what: str) -> Change:
        """The rows of a card while nobody knows its numbers."""
        rows = rows_of_card(self.cards[i], what)
        return Change(i, what, tuple(UNKNOWN for _ in rows))

    # ------------------------------------------------------------------ what a formula shows

    def symbol(self, i: int) -> Piece:
        """A card by its name; a constant number by itself."""
        card = self.cards[i]
        if card.role == CONSTANT and not card.shape:
            return self.number(self.data(i), exact=True)
        return Piece(m.name(card.name), SUM if " " in card.name else ATOM)

    def number(self, x: Any, kind: str = "", exact: bool = False) -> Piece:
        """A number in a formula."""
        text = constant(x, self.precision) if exact and x is not None else self.text(x)
        inner = m.number(text)
        level = SUM if text.startswith("-") or "j" in text else PRODUCT if "e" in text else ATOM
        return Piece(m.row(inner, kind=kind) if kind else inner, level)

    def plugged(self, i: int, position: int) -> Piece:
        """The number of an operand; a constant as it was typed: x ** 2."""
        v = self.value(i)
        operand = v.args[position] if v is not None else None
        return self.number(raw_of(operand), exact=not isinstance(operand, Value))

    def text(self, x: Any) -> str:
        """A number as the cards write it."""
        return UNKNOWN if x is None else number(x, self.precision)

    def by(self, i: int) -> str:
        """∂L/∂card."""
        return m.partial(self.symbol(self.root).mathml, self.symbol(i).mathml)

    @cached_property
    def loss_name(self) -> str:
        return self.cards[self.root].name


def rows_of_card(card: Card, what: str) -> list[str]:
    """The texts of a card's rows that hold its value, or its gradient."""
    place = next((i for i, row in enumerate(card.rows) if "gradient" in row.label), len(card.rows))
    rows = card.rows[:place] if what == VALUE else card.rows[place:]
    return [row.text for row in rows if row.text != "no gradient"]


def is_number(x: Any) -> bool:
    return x is not None and np.ndim(x) == 0
