"""The graph of the cost as a picture whose places are found once; later only its numbers and heat cells change."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from ..drawing.cards import face_of
from ..drawing.composing import MARGIN, composed
from ..drawing.palette import STEPS, heat_name, shade
from ..drawing.reading import view_of
from ..drawing.scene import Curve, Item, Mark, Scene, Shape, Text, moved
from ..drawing.svg import svg_of
from ..drawing.view import CONSTANT, INPUT, Card, View
from .looking import Examples

NUMBER = re.compile(r"-?\d+(\.\d*)?(e[+-]\d+)?|~0")
WIDEST = "-8.88e-88"
"""Room for any number: cards do not grow while they are watched."""

PARTS = ("value", "gradient")
LETTERS = {heat_name(step / STEPS): chr(ord("i") + step) for step in range(-STEPS, STEPS + 1)}
"""A letter for each shade of heat: a is the coldest, q the warmest, i is 0; x stands for what is not finite."""

SHADES = [shade(step) for step in range(-STEPS, STEPS + 1)]


@dataclass(frozen=True)
class Numbers:
    """What changes on a card.

    Attributes
    ----------
    texts : tuple of two tuples of str
        The rows of the value, and those of the gradient.
    heats : tuple of two str
        The cells of both small pictures, a letter each; see LETTERS.
    words : tuple of str
        What is wrong: ``gradient nan``, ``vanishing``.
    """

    texts: tuple[tuple[str, ...], ...]
    heats: tuple[str, ...]
    words: tuple[str, ...] = ()


def view_of_cost(cost: Any, examples: Examples) -> View:
    """What is in the picture of the cost of some examples."""
    return view_of({"cost": cost}, inputs={"X": examples.x, "y": examples.y}, edges="none")


def numbers_on(view: View) -> list[Numbers | None]:
    """What each card shows; None for data, which stay as they are."""
    return [None if card.role in (INPUT, CONSTANT) else numbers_of(card) for card in view.cards]


def numbers_of(card: Card) -> Numbers:
    """What a card shows, as it is drawn."""
    marks = face_of(card).marks
    return Numbers(
        tuple(tuple(m.text for m in marks if isinstance(m, Text) and m.part == part) for part in PARTS),
        tuple(
            "".join(LETTERS.get(m.fill, "x") for m in marks if isinstance(m, Shape) and m.part == f"heat-{part}")
            for part in PARTS
        ),
        tuple(m.text for m in marks if isinstance(m, Text) and m.part == "alarm"),
    )


class Picture:
    """The picture of a cost.

    Parameters
    ----------
    view : View
        At the beginning.

    Attributes
    ----------
    names : list of str
        Of the cards.
    """

    def __init__(self, view: View) -> None:
        self.names = [card.name for card in view.cards]
        self._scene = cropped(composed(roomy(view)))

    def fits(self, numbers: list[Numbers | None]) -> bool:
        """True if the numbers belong to this picture: a model may have been changed while it was trained."""
        return len(numbers) == len(self.names)

    def svg(self, numbers: list[Numbers | None]) -> str:
        """The picture with these numbers, its colours left to the page."""
        items = tuple(
            with_numbers(item, numbers[int(item.id[1:])]) if item.kind == "card" else item for item in self._scene.items
        )
        return svg_of(replace(self._scene, items=items), "page", style=False)


def roomy(view: View) -> View:
    """The view with the widest numbers, and without what is wrong at the moment: for a layout that fits all."""
    return replace(view, cards=tuple(roomy_card(card) for card in view.cards))


def roomy_card(card: Card) -> Card:
    if card.role in (INPUT, CONSTANT):
        return card
    rows = tuple(replace(row, text=NUMBER.sub(WIDEST, row.text)) for row in card.rows)
    return replace(card, rows=rows, alarm="", warnings=(), changed=False)


def cropped(scene: Scene) -> Scene:
    """The scene without the words above and below, which the page has itself."""
    items = [item for item in scene.items if item.kind not in ("title", "caption")]
    spans = [span(mark) for item in items for mark in item.marks]
    top, bottom = min(low for low, _ in spans) - MARGIN / 2, max(high for _, high in spans) + MARGIN / 2
    kept = tuple(replace(item, marks=tuple(moved(mark, 0, -top) for mark in item.marks)) for item in items)
    return replace(scene, items=kept, height=bottom - top)


def span(mark: Mark) -> tuple[float, float]:
    """How far a mark reaches up and down."""
    if isinstance(mark, Curve):
        heights = [y for _, y in mark.points]
        return min(heights), max(heights)
    return (mark.y, mark.y + mark.height) if isinstance(mark, Shape) else (mark.y - mark.size, mark.y)


def with_numbers(item: Item, numbers: Numbers | None) -> Item:
    """A card with other numbers in it."""
    if numbers is None:
        return item
    texts = {part: iter(found) for part, found in zip(PARTS, numbers.texts, strict=True)}
    marks = tuple(
        replace(mark, text=next(texts[mark.part], "")) if isinstance(mark, Text) and mark.part in PARTS else mark
        for mark in item.marks
    )
    return replace(item, marks=marks, words="")
