"""The graph of the cost as a picture whose places are found once; later only its numbers and heat cells change."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..drawing.alarms import alarm
from ..drawing.composing import MARGIN, composed
from ..drawing.html import image_of
from ..drawing.numerals import rows_of_gradient, rows_of_value
from ..drawing.palette import STEPS, shade
from ..drawing.reading import GraphTooLarge, view_of
from ..drawing.scene import Curve, Item, Mark, Scene, Shape, Text, moved
from ..drawing.svg import svg_of
from ..drawing.view import CONSTANT, INPUT, MINUS, Card, View
from ..engine import Value, reachable
from .by_layers import by_layers
from .coarse import letters
from .looking import Examples, length, verdict

NUMBER = re.compile(r"-?\d+(\.\d*)?(e[+-]\d+)?|~0")
WIDEST = "-8.88e-88"
"""Room for any number: cards do not grow while they are watched."""

MOST_VALUES, MOST_CARDS = 600, 100
"""A graph of more Values is not read in full, and a picture of more cards is folded."""

PRECISION = 4
PARTS = ("value", "gradient")
SHADES = [shade(step) for step in range(-STEPS, STEPS + 1)]


@dataclass(frozen=True)
class Numbers:
    """What changes on a card.

    Attributes
    ----------
    texts : tuple of two tuples of str
        The rows of the value, and those of the gradient.
    heats : tuple of two str
        The cells of both small pictures, a letter each (see `coarse.letters`); empty where there is none.
    words : tuple of str
        What is wrong: ``gradient nan``, ``vanishing``.
    """

    texts: tuple[tuple[str, ...], ...]
    heats: tuple[str, ...]
    words: tuple[str, ...] = ()


class Picture:
    """The picture of a cost, layer by layer.

    Parameters
    ----------
    cost : Value
        After ``backward()``.
    examples : Examples
        What it is the cost of.

    Attributes
    ----------
    names : list of str
        Of the cards.
    folded : bool
        Some of them are folded, and have no numbers.
    """

    def __init__(self, cost: Value, examples: Examples) -> None:
        view = view_of_cost(cost, examples)
        self.names = [card.name for card in view.cards]
        words = (
            f"{view.title}. The cards: {', '.join(self.names)}."  # the listing holds the widest numbers, not the true
        )
        self._scene = replace(cropped(composed(roomy(view))), description=words)
        self.folded = any(card.folds for card in view.cards)
        graph = reachable(cost)
        place = {v: k for k, v in enumerate(graph)}
        self._values = len(graph)
        self._places = [place[v] if isinstance(v, Value) and card_moves(card) else None
                        for card, v in zip(view.cards, view.values, strict=True)]  # fmt: skip
        self._has_heat = [(bool(card.heat), bool(card.gradient_heat)) for card in view.cards]

    def numbers(self, cost: Value) -> list[Numbers | None]:
        """What the cards show of a later cost: None for data; nothing at all if the model is not the same any more."""
        graph = reachable(cost)
        if len(graph) != self._values:
            return []
        values = [None if place is None else graph[place] for place in self._places]
        sizes = [length(v.grad) if v is not None and v.op is None else None for v in values]
        most = max((size for size in sizes if size), default=0.0)
        return [
            None if v is None else numbers_of(v, *heats, verdict(size, most))
            for v, heats, size in zip(values, self._has_heat, sizes, strict=True)
        ]

    def svg(self, numbers: list[Numbers | None]) -> str:
        """The picture with these numbers, its colours left to the page."""
        return svg_of(self._with(numbers), "page", style=False)

    def still(self, numbers: list[Numbers | None]) -> str:
        """The picture with these numbers as an image, which every notebook shows."""
        scene = self._with(numbers)
        return image_of(scene, svg_of(scene))

    def _with(self, numbers: list[Numbers | None]) -> Scene:
        items = tuple(
            with_numbers(item, numbers[int(item.id[1:])]) if item.kind == "card" and numbers else item
            for item in self._scene.items
        )
        return replace(self._scene, items=items)


def view_of_cost(cost: Value, examples: Examples) -> View:
    """What is in the picture: layer by layer; of what is too large even so, folded cards without numbers."""
    settings: dict[str, Any] = {"inputs": {"X": examples.x, "y": examples.y}, "edges": "none"}
    try:
        view = by_layers(view_of({"cost": cost}, detail="full", max_nodes=MOST_VALUES, **settings))
        if len(view.cards) <= MOST_CARDS:
            return view
    except GraphTooLarge:
        pass
    view = view_of({"cost": cost}, **settings)
    bare = [replace(card, rows=(), heat=None, gradient_heat=None, alarm="", warnings=(), statistics="") if card.folds
            else card for card in view.cards]  # fmt: skip
    return replace(view, cards=tuple(bare))


def card_moves(card: Card) -> bool:
    return card.role not in (INPUT, CONSTANT) and not card.folds


def numbers_of(v: Value, heat: bool, gradient_heat: bool, warning: str) -> Numbers:
    """The rows and cells of a card, as the drawing writes them."""
    written = np.size(v.data) <= 4  # then every entry stands there, and no picture
    heat, gradient_heat = heat and not written, gradient_heat and not written
    values = [row for row in rows_of_value(v.data, PRECISION) if not (heat and "min … max" in row.label)]
    gradients = rows_of_gradient(v.grad, PRECISION)
    words = [word for word in (alarm(v.data), f"gradient {alarm(v.grad)}") if word.strip() not in ("", "gradient")]
    return Numbers(
        (
            tuple(row.text.replace("-", MINUS) for row in values),
            tuple(row.text.replace("-", MINUS) for row in gradients),
        ),
        (letters(v.data) if heat else "", letters(v.grad) if gradient_heat and v.grad is not None else ""),
        (*words, *([warning] if warning else [])),
    )


# ------------------------------------------------------------------------------- places


def roomy(view: View) -> View:
    """The view with the widest numbers, and without what is wrong at the moment: for a layout that fits all."""
    return replace(view, cards=tuple(roomy_card(card) if card_moves(card) else card for card in view.cards))


def roomy_card(card: Card) -> Card:
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
