"""What is in a picture: a graph as cards and arrows, plain data that knows nothing of Graphviz.

A card is a Value or a constant, an arrow is one use of it. Whatever shows a graph (DOT, a listing
in words, a page to step through) reads this and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from .numerals import Row

VARIABLE, OPERATION, CONSTANT, LOSS, RESULT = "variable", "operation", "constant", "loss", "result"

STARTS = "starts here"
CHANGED = "changed since"


@dataclass(frozen=True)
class Card:
    """One Value, or one use of a constant.

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
        ``variable`` (a Value that somebody wrapped: an input or a parameter), ``operation``,
        ``constant``, and for the Value that was asked for ``loss``, or ``result`` if it is not
        one number with a gradient.
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
    """One use: card number ``tail`` is operand number ``position`` (from 0) of card number ``head``."""

    tail: int
    head: int
    position: int


@dataclass(frozen=True)
class View:
    """The cards, operands before what uses them, and the arrows, in the order of the operands."""

    cards: tuple[Card, ...]
    arrows: tuple[Arrow, ...]

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
