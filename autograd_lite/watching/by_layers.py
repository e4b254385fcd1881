"""The graph of a cost with one card for what a layer computes: its weights, and what comes out of it."""

from __future__ import annotations

import re
from dataclasses import replace

from ..drawing.text import clean
from ..drawing.view import OPERATION, Arrow, Card, View

LONGEST = 60


def by_layers(view: View) -> View:
    """The view without the steps inside of layers and of the loss, which are written as one formula.

    A view without layers, or one that is folded already, stays as it is.

    Examples
    --------
    >>> import numpy as np
    >>> from autograd_lite.layers import Dense
    >>> from autograd_lite.drawing.reading import view_of
    >>> a = Dense(3, activation="tanh", name="hidden")(np.ones((4, 2)))
    >>> [
    ...     f"{card.name} = {card.formula}"
    ...     for card in by_layers(view_of(np.mean(a), inputs={"X": np.ones((4, 2))})).cards
    ... ]
    ['X = ', 'hidden_W = ', 'hidden_b = ', 'hidden_a = tanh(X @ hidden_W + hidden_b)', 'v2 = mean(hidden_a)']
    """
    if not view.groups or any(card.folds for card in view.cards):
        return view
    kept = [i for i in range(len(view.cards)) if is_kept(view, i)]
    place = {i: k for k, i in enumerate(kept)}
    arrows, cards = list[Arrow](), list[Card]()
    for i in kept:
        tails, formula = behind(view, i, place)
        arrows += [Arrow(place[tail], place[i], position) for position, tail in enumerate(tails)]
        cards.append(
            replace(view.cards[i], id=f"n{place[i]}", formula=clean(formula, LONGEST) if formula else "", total="")
        )
    # Without the frames of the layers: they push the cards apart into a staircase, and each formula names its layer.
    return replace(
        view, cards=tuple(cards), arrows=tuple(arrows), groups=(),
        values=tuple(view.values[i] for i in kept), results=tuple(place[i] for i in view.results if i in place),
    )  # fmt: skip


def is_kept(view: View, i: int) -> bool:
    """True for what is given, for what comes out of a layer, and for the cost."""
    card = view.cards[i]
    if not card.formula:
        return bool(card.shape) or card.carries_gradient
    return card.role != OPERATION or leaves_its_layer(view, i)


def leaves_its_layer(view: View, i: int) -> bool:
    group = next((group for group in view.groups if i in group.cards), None)
    return group is not None and any(arrow.tail == i and arrow.head not in group.cards for arrow in view.arrows)


def behind(view: View, i: int, kept: dict[int, int]) -> tuple[list[int], str]:
    """The kept cards that a card is computed from, and its formula in their names."""
    tails, formula = list[int](), view.cards[i].formula
    waiting = [i]
    while waiting:
        head = waiting.pop()
        for arrow in view.arrows:
            if arrow.head != head:
                continue
            if arrow.tail in kept:
                tails.append(arrow.tail)
            elif (tail := view.cards[arrow.tail]).formula:
                formula = plugged_in(formula, tail)
                waiting.append(arrow.tail)
    return sorted(set(tails)), formula


def plugged_in(formula: str, part: Card) -> str:
    """A formula with the formula of a part of it in the place of the part's name.

    Examples
    --------
    >>> from types import SimpleNamespace as Part
    >>> plugged_in("tanh(z)", Part(name="z", formula="v + b")), plugged_in("z * 2", Part(name="z", formula="v + b"))
    ('tanh(v + b)', '(v + b) * 2')
    """

    def written(found: re.Match[str]) -> str:
        before, after = formula[: found.start()], formula[found.end() :]
        alone = (not before or before.endswith(("(", ", "))) and (not after or after.startswith((")", ", ")))
        product = " @ " in part.formula and after.startswith(" + ")
        return part.formula if alone or product or part.formula.endswith(")") else f"({part.formula})"

    return re.sub(rf"(?<!\w){re.escape(part.name)}(?!\w)", written, formula)
