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
MINUS = "\u2212"


@dataclass(frozen=True)
class Heat:
    """A small picture of an array: rows of cells between -1 and 1, by the largest entry that is finite.

    A cell is None for nan, and infinite for an infinity. Larger arrays are averaged block by block; on a card the cells
    are parts of the largest mean then.

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
        ``variable`` (a Value that somebody wrapped), ``parameter`` (a weight of a layer), ``input`` (data: an array
        that is no Value, or a Value that is said to be one), ``operation``, ``constant``, ``folded``, and for the Value
        that was asked for ``loss``, or ``result`` if it is not one number with a gradient. Several variables,
        parameters, inputs or constants that are folded into one card keep that role; so does what was asked for.
    shape, dtype : str
        ``(8, 4)`` and ``float64``; empty for scalars.
    rows : tuple of Row
        The value and the gradient as text.
    carries_gradient : bool
        False for constants, comparisons, roundings.
    alarm : str
        Empty, or ``nan``, ``inf``, ``gradient nan``, … if such a number is on the card; with
        ``starts here`` behind it if no operand (for a gradient: nothing that uses this one) has any.
    changed : bool
        True for a variable whose numbers were changed after another card was computed from them.
    badge : str
        The operation in a sign or a short word: ``×``, ``+``, ``σ``, ``BCE``; empty for what was given.
    warnings : tuple of str
        Short words for what is finite and yet no good: ``vanishing``, ``exploding``, ``3 of 25 units dead``; on a
        folded card with their number, ``4 vanishing``.
    heat, gradient_heat : Heat or None
        Small pictures of an array and of its gradient.
    statistics : str
        Of an array, or of all that is folded into a card: least, largest, mean, standard deviation, part of zeros.
    total : str
        Where gradients meet: the sum, with its numbers, ``(−0.2) + 0.5 = 0.3``; of arrays ``2 gradients meet``.
    folds : int
        How many Values stand behind a folded card (where it holds constants alone: how many of them); 0 for any other.
    holds : bool
        Of a folded card: the formula says what is in it (``64 → 25, sigmoid``), not how its result was computed.
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
    holds: bool = False

    @property
    def definition(self) -> str:
        """``m = w * x``; ``layer1: 64 → 25, sigmoid``; the name alone of what was given."""
        if not self.formula:
            return self.name
        return f"{self.name}: {self.formula}" if self.holds else f"{self.name} = {self.formula}"

    @property
    def sentence(self) -> str:
        """The card in words, on one line: ``m = w * x: operation, value 1.2000, gradient -0.3100``."""
        facts = [self.role]
        if self.folds:
            facts.append(f"{counted(self.folds, 'constant' if self.role == CONSTANT else 'Value')} in it")
        if self.shape:
            facts.append(f"shape {self.shape} {self.dtype}".rstrip())
        for row in self.rows:
            if row.continued:
                facts[-1] += f" {row.text}"
            else:
                facts.append(f"{row.label} {row.text}".strip())
        if self.total:
            terms, is_sum, _ = self.total.replace(MINUS, "-").rpartition(" = ")
            facts[-1] += f" = {terms}" if is_sum else f" ({self.total})"
        if self.alarm:
            facts.append(self.alarm.upper())
        facts += [warning.upper() for warning in self.warnings]
        if self.changed:
            facts.append(CHANGED.upper())
        return f"{self.definition}{';' if self.holds else ':'} {', '.join(facts)}"


@dataclass(frozen=True)
class Arrow:
    """One use: card number ``tail`` is operand number ``position`` (from 0) of card number ``head``.

    Attributes
    ----------
    local : str
        Between numbers, in a picture that is not too large: what a gradient is multiplied by on the way back,
        ``× 1.5``.
    slope : str
        The same as a formula: ``∂m/∂w = x``, or ``part of ∂m/∂x: x`` of an operand that is used twice; of arrays the
        rule alone, where ``G`` is the gradient that comes in: ``G · Yᵀ``, ``× (1 − a²)``. Empty where there is no
        short way to write it.
    count : int
        How many arrows between Values stand behind it, where Values are folded. Two folded cards have one arrow.
    """

    tail: int
    head: int
    position: int
    local: str = ""
    slope: str = ""
    count: int = 1


@dataclass(frozen=True)
class Group:
    """Cards that belong together: a layer, the graph of a gradient, a part of a program.

    Attributes
    ----------
    title : str
        ``dense: 2 → 4, tanh``; cleaned.
    kind : {"layer", "gradient", "forward", "backward", "update"}
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
        Each leads from a card to a later one.
    groups : tuple of Group
        No card is in two of them.
    folded : tuple of str
        What was folded, and how to see it: a sentence each.
    values : tuple
        For each card the Value that it shows, a tuple of the Values, or None for a constant. For pages that play.
    results : tuple of int
        The cards that were asked for; if empty, the last one.
    subject : str
        What it is a picture of, if not of Values: ``Model sequential``; cleaned.
    remarks : tuple of str
        What was noticed when it was read, a sentence each: where the first nan is.
    """

    cards: tuple[Card, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Group, ...] = ()
    folded: tuple[str, ...] = ()
    values: tuple[Any, ...] = field(default=(), compare=False, repr=False)
    results: tuple[int, ...] = ()
    subject: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The picture in one sentence."""
        constants = sum(card.folds or 1 for card in self.cards if is_constant(card))
        values = sum(card.folds or 1 for card in self.cards if not is_constant(card))
        counts = [counted(values, "Value"), counted(constants, "constant"), counted(len(self.arrows), "arrow")]
        if any(card.folds for card in self.cards):
            cards, arrows = counted(len(self.cards), "card"), counted(len(self.arrows), "arrow")
            counts = [counted(values, "Value"), f"folded into {cards} and {arrows}"]
        return f"{self.subject or f'Computation graph of {self.asked_for}'}: {', '.join(counts)}"

    @property
    def asked_for(self) -> str:
        """The names of the results: ``loss``; ``a, b and 3 more``."""
        return some([self.cards[i].name for i in self.results or (len(self.cards) - 1,)])

    @property
    def notes(self) -> tuple[str, ...]:
        """What a learner may stumble over, a sentence each."""
        notes = list(self.remarks)
        changed = [card.name for card in self.cards if card.changed]
        if changed:
            last = self.asked_for
            notes.append(
                f"The numbers of {some(changed)} were changed after {last} was computed: compute {last} again."
            )
        if any(row.label == "gradient" and row.kind == "quiet" for card in self.cards for row in card.rows):
            notes.append('A gradient "·" is not computed yet: it is there after backward().')
        return tuple(notes)

    @property
    def listing(self) -> str:
        """The picture in words: a line for each card, under the title of its group; then what was folded, and notes."""
        group_of = {card: group for group in self.groups for card in group.cards}
        slopes: dict[int, list[str]] = {}
        for arrow in self.arrows:
            if said := said_of(arrow):
                slopes.setdefault(arrow.head, []).append(said)
        lines, inside, begun = [self.title], None, set()
        for i, card in enumerate(self.cards):
            group = group_of.get(i)
            if group is not inside and group is not None:
                lines.append(f"{group.title}{' (continued)' if group in begun else ''}:")
                begun.add(group)
            inside = group
            lines.append(("  " if group else "") + "; ".join([card.sentence, *slopes.get(i, [])]))
        return "\n".join([*lines, *self.folded, *self.notes])


def is_constant(card: Card) -> bool:
    """True for an operand that is no Value."""
    return card.role == CONSTANT or (card.role == INPUT and not card.carries_gradient)


def said_of(arrow: Arrow) -> str:
    """The slope along an arrow in words: ``∂m/∂w = x = 1.5``."""
    if not arrow.local:
        return arrow.slope if arrow.slope.startswith("∂") else ""
    number = arrow.local.removeprefix("× ").replace(MINUS, "-")
    formula = arrow.slope.replace(MINUS, "-") or "a slope"
    return formula if formula.endswith(f" = {number}") else f"{formula} = {number}"


def some(names: list[str], limit: int = 3) -> str:
    """``a, b, c and 2 more``."""
    return ", ".join(names[:limit]) + (f" and {len(names) - limit} more" if len(names) > limit else "")


def counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
