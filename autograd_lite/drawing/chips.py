"""Slopes beside arrows: what a gradient is multiplied by, in a pill on the arrow, and the formula of it above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .curves import point_at, polyline
from .layout.plan import Placed, Point
from .scene import Mark, Shape, Text
from .view import Arrow
from .widths import width_of

NUMBER, FORMULA, RULE, HEIGHT = 12.5, 11.5, 12.0, 22.0
LONGEST = 150.0
CORNER = 12.0
"""From the corner of a card to its first arrow."""

PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)
"""Parts of an arrow's length at which its slope may stand, the best first."""

MANY, LINE = 150, 60.0
"""Arrows up to which slopes keep clear of other arrows too; what a point of another arrow counts, in pixels."""


@dataclass(frozen=True)
class Chip:
    """The marks of a slope, around (0, 0), which lies on the arrow.

    Attributes
    ----------
    width, above, below : float
        How far it reaches: in all across, and up and down from the arrow.
    marks : tuple of Mark
    """

    width: float
    above: float
    below: float
    marks: tuple[Mark, ...]


def chip_of(arrow: Arrow, ground: str = "paper") -> Chip | None:
    """What stands beside an arrow on a ground of that colour; None if nothing does."""
    if not (arrow.local or arrow.slope):
        return None
    pill = arrow.local or arrow.slope
    font, size = ("mono", NUMBER) if arrow.local else ("sans", RULE)
    text_width = min(width_of(pill, size, font, bold=bool(arrow.local)), LONGEST)
    width, above = text_width + 18, HEIGHT / 2
    marks: list[Mark] = [
        Shape(-width / 2, -HEIGHT / 2, width, HEIGHT, HEIGHT / 2, "card", "slope", 1.2, part="pill"),
        Text(0, 4.4, pill, size, "slope", "middle", font, bool(arrow.local), length=text_width, part="local"),
    ]
    if arrow.local and arrow.slope:
        formula = min(width_of(arrow.slope, FORMULA), LONGEST)
        marks += [
            Shape(-formula / 2 - 3, -HEIGHT / 2 - 16, formula + 6, 15, 4, ground, part="veil"),
            Text(0, -HEIGHT / 2 - 4.5, arrow.slope, FORMULA, "muted", "middle", length=formula, part="slope"),
        ]
        width, above = max(width, formula + 6), above + 16
    return Chip(width, above, HEIGHT / 2, tuple(marks))


def beside_each_other(arrows: Sequence[Arrow]) -> list[tuple[int, int]]:
    """For each arrow which it is of those between the same two cards, and how many these are.

    Examples
    --------
    >>> beside_each_other([Arrow(0, 1, 0), Arrow(0, 1, 1), Arrow(0, 2, 0)])
    [(0, 2), (1, 2), (0, 1)]
    """
    counts = Counter((arrow.tail, arrow.head) for arrow in arrows)
    seen = Counter[tuple[int, int]]()
    found = []
    for arrow in arrows:
        ends = arrow.tail, arrow.head
        found.append((seen[ends], counts[ends]))
        seen[ends] += 1
    return found


def queues_of(
    chips: Sequence[Chip | None], arrows: Sequence[Arrow], sides: Sequence[float], along: bool
) -> list[tuple[int, int]]:
    """For each arrow which slope its own is, and of how many, that must stand one behind the other.

    Parameters
    ----------
    sides : sequence of float
        How long the side of each card is where arrows leave and reach it.
    along : bool
        Arrows run to the right or to the left, as text does.
    """
    found = []
    for arrow, chip, (which, of) in zip(arrows, chips, beside_each_other(arrows), strict=True):
        side = min(sides[arrow.tail], sides[arrow.head]) - 2 * CORNER
        abreast = chip is None or (of - 1) * size_of(chip, along)[1] <= side
        found.append((0, 1) if abreast else (which, of))
    return found


def size_of(chip: Chip | None, along: bool) -> tuple[float, float]:
    """How much room it needs along its arrow, and across."""
    if chip is None:
        return 0.0, 0.0
    width, height = chip.width + 10, chip.above + chip.below + 6
    return (width, height) if along else (height, width)


Area = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def placed_chips(
    chips: Sequence[Chip | None], queues: Sequence[tuple[int, int]], found: Placed, words: Sequence[Area] = ()
) -> dict[int, tuple[Chip, Point]]:
    """For each arrow with a slope a place on it where it covers the least, of cards, words and other arrows."""
    taken = [*words]
    taken += [(box.x, box.y, box.x + box.width, box.y + box.height) for box in found.boxes]
    lines = [polyline(points) for points in found.edges] if len(chips) <= MANY else []
    places: dict[int, tuple[Chip, Point]] = {}
    for i, (chip, (which, of)) in enumerate(zip(chips, queues, strict=True)):
        if chip is None:
            continue
        line = polyline(found.edges[i])
        parts = PLACES if of == 1 else ((which + 0.5) / of, *PLACES)
        others = [point for k, other in enumerate(lines) if k != i for point in other]
        spots = [point_at(line, part) for part in parts]
        best = min((covered(chip, spot, taken, others), k) for k, spot in enumerate(spots))
        x, y = spots[best[1]]
        places[i] = chip, (x, y)
        taken.append((x - chip.width / 2, y - chip.above, x + chip.width / 2, y + chip.below))
    return places


def covered(chip: Chip, place: Point, taken: list[Area], others: list[Point]) -> float:
    """How much a slope would lie over what is there already, and over other arrows."""
    x, y = place
    left, top, right, bottom = x - chip.width / 2 - 4, y - chip.above - 2, x + chip.width / 2 + 4, y + chip.below + 2
    crossed = LINE * sum(left <= a <= right and top <= b <= bottom for a, b in others)
    areas = (max(0.0, min(right, d) - max(left, b)) * max(0.0, min(bottom, e) - max(top, c)) for b, c, d, e in taken)
    return crossed + sum(areas)
