"""What is in a picture: a graph as cards, arrows and groups, plain data that knows nothing of any engine.

A card is a Value, a constant, or several Values folded into one; an arrow is one use. Whatever shows a graph (SVG, DOT,
a listing in words, a page to step through) reads this and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .numerals import Row

VARIABLE, PARAMETER, INPUT, OPERATION, CONSTANT = "variable", "parameter", "input", "operation", "constant"
LOSS, RESULT, FOLDED = "loss", "result", "folded"

STARTS = "starts here"
CHANGED = "changed since"


@dataclass(frozen=True)
class Heat:
    """A small picture of an array: rows of cells between -1 and 1, by the largest entry that is finite.

    A cell is None for nan, and infinite for an infinity. Larger arrays are averaged block by block.

    Attributes
    ----------
    cells : tuple of tuple of float or None
    cut : bool
        The array has more entries than cells.
    """

    cells: tuple[tuple[float | None, ...], ...]
    cut: bool = False


@dataclass(frozen=True)
class Card:
    """One Value, one use of a constant, or several Values folded into one.

    Attributes
    ----------
    id : str
        ``n0``, ``n1``, … in the order in which they were computed.
    name : str
        What the user calls it, or a name made up for the picture; for a scalar constant the number.
    named : bool
        True if the name is the user's.
    formula : str
        How it was computed, ``w * x``; empty for what was given.
    role : str
        ``variable`` (a Value that somebody wrapped), ``parameter`` (a weight of a layer), ``input`` (data: an array that
        is no Value, or a Value that is said to be one), ``operation``, ``constant``, ``folded``, and for the Value that
        was asked for ``loss``, or ``result`` if it is not one number with a gradient.
    shape, dtype : str
        ``(8, 4)`` and ``float64``; empty for scalars.
    rows : tuple of Row
        The value and the gradient as text.
    carries_gradient : bool
        False for constants, comparisons, roundings.
    alarm : str
        Empty, or ``nan``, ``inf``, ``gradient nan``, … if such a number is on the card; with
        ``starts here`` behind it if no operand (for a gradient: no card that uses this one) has any.
    changed : bool
        True for a variable whose numbers were changed after another card was computed from them.
    badge : str
        The operation in a sign or a short word: ``×``, ``+``, ``σ``, ``BCE``; empty for what was given.
    warnings : tuple of str
        Short words for what is finite and yet no good: ``vanishing``, ``exploding``, ``87 % zero``.
    heat, gradient_heat : Heat or None
        Small pictures of an array and of its gradient.
    statistics : str
        Of an array: least, largest, mean, standard deviation, part of zeros, in words.
    total : str
        Where gradients meet: the sum, with its numbers, ``(−0.2) + 0.5 = 0.3``.
    folds : int
        How many Values stand behind a folded card; 0 for any other.
    """

    id: str
    name: str
    named: bool
    formula: str
    role: str
    shape: str
    dtype: str
    rows: tuple[Row, ...]
    carries_gradient: bool
    alarm: str
    changed: bool = False
    badge: str = ""
    warnings: tuple[str, ...] = ()
    heat: Heat | None = None
    gradient_heat: Heat | None = None
    statistics: str = ""
    total: str = ""
    folds: int = 0

    @property
    def sentence(self) -> str:
        """The card in words, on one line: ``m = w * x: operation, value 1.2000, gradient -0.3100``."""
        what = f"{self.name} = {self.formula}" if self.formula else self.name
        facts = [self.role]
        if self.shape:
            facts.append(f"shape {self.shape} {self.dtype}")
        for row in self.rows:
            if row.continued:
                facts[-1] += f" {row.text}"
            else:
                facts.append(f"{row.label} {row.text}".strip())
        if self.alarm:
            facts.append(self.alarm.upper())
        if self.changed:
            facts.append(CHANGED.upper())
        return f"{what}: {', '.join(facts)}"


@dataclass(frozen=True)
class Arrow:
    """One use: card number ``tail`` is operand number ``position`` (from 0) of card number ``head``.

    Attributes
    ----------
    local : str
        On the arrows of a small graph of numbers: what a gradient is multiplied by on the way back, ``× 1.5000``.
    slope : str
        The same as a formula: ``∂m/∂w = x``; of arrays the rule alone, ``G · Yᵀ``.
    count : int
        How many arrows between Values stand behind it, where Values are folded.
    """

    tail: int
    head: int
    position: int
    local: str = ""
    slope: str = ""
    count: int = 1


@dataclass(frozen=True)
class Group:
    """Cards that belong together: a layer, the graph of a gradient.

    Attributes
    ----------
    title : str
        ``dense: 2 → 4, tanh``; cleaned.
    kind : {"layer", "gradient"}
    cards : tuple of int
    """

    title: str
    kind: str
    cards: tuple[int, ...]


@dataclass(frozen=True)
class View:
    """The cards, operands before what uses them, and the arrows, in the order of the operands.

    Attributes
    ----------
    cards : tuple of Card
    arrows : tuple of Arrow
    groups : tuple of Group
        No card is in two of them.
    folded : tuple of str
        What was folded, and how to see it: a sentence each.
    values : tuple
        For each card the Value that it shows, or the Values, or None for a constant. For pages that play.
    """

    cards: tuple[Card, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...] = ()
    folded: tuple[str, ...] = ()
    values: tuple[Any, ...] = field(default=(), compare=False, repr=False)

    @property
    def title(self) -> str:
        """The picture in one sentence."""
        constants = sum(card.role == CONSTANT for card in self.cards)
        counts = [
            counted(len(self.cards) - constants, "Value"), counted(constants, "constant"),
            counted(len(self.arrows), "arrow"),
        ]  # fmt: skip
        return f"Computation graph of {self.cards[-1].name}: {', '.join(counts)}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What a learner may stumble over, a sentence each."""
        notes = []
        changed, last = [card.name for card in self.cards if card.changed], self.cards[-1].name
        if changed:
            named = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")
            notes.append(f"The numbers of {named} were changed after {last} was computed: compute {last} again.")
        if any(row.label == "gradient" and row.kind == "quiet" for card in self.cards for row in card.rows):
            notes.append("gradient ·  means: not computed yet; it is there after backward()")
        return tuple(notes)


def counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
