"""What Graphviz answers (its format ``json0``), as places: pixels, with y downwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from math import isfinite

from .geometry import around, from_origin, on_border, straight
from .graphviz_text import has_frames
from .plan import Placed, Plan, Point, Rectangle


def placed_by_graphviz(plan: Plan, answer: bytes, engine: str) -> Placed:
    """Where Graphviz put a plan.

    Raises
    ------
    ValueError
        If the answer is not one to this plan.
    """
    try:
        found = json.loads(answer)
        objects = {entry["name"]: entry for entry in found.get("objects", ())}
        centres = [point(objects[f"n{number}"]["pos"]) for number in range(len(plan.boxes))]
        boxes = [around(at, box.width, box.height) for at, box in zip(centres, plan.boxes, strict=True)]
        frames = [border(objects[f"cluster{number}"]["bb"]) for number in range(len(plan.frames) * has_frames(plan))]
        curves = {entry["id"]: entry.get("pos", "") for entry in found.get("edges", ()) if "id" in entry}
        edges = [arrow(boxes, edge.tail, edge.head, curves[f"e{number}"]) for number, edge in enumerate(plan.edges)]
        part_parallels(plan, edges)
        numbers = [
            *chain(*centres, *chain(*edges)),
            *(size for frame in frames for size in (frame.width, frame.height)),
        ]
        if not all(map(isfinite, numbers)):
            raise ValueError("Graphviz' answer has numbers that are not finite")
    except (KeyError, IndexError, TypeError, AttributeError) as problem:
        raise ValueError(f"Graphviz' answer lacks {problem}") from None
    return from_origin(boxes, edges, frames, engine)


def point(text: str) -> Point:
    x, y = text.split(",")[-2:]
    return float(x), -float(y)


def border(text: str) -> Rectangle:
    """A rectangle that is given by its lower left and upper right corner, y upwards."""
    left, low, right, high = map(float, text.split(","))
    return Rectangle(left, -high, right - left, high - low)


def arrow(boxes: Sequence[Rectangle], tail: int, head: int, text: str) -> tuple[Point, ...]:
    """The points of an arrow's curve, its ends exactly on the borders; a straight one where Graphviz found none."""
    tips: dict[str, Point] = {}
    points: list[Point] = []
    for word in text.split(";")[0].split():
        if word[:2] in ("s,", "e,"):
            tips[word[0]] = point(word)
        else:
            points.append(point(word))
    if len(points) < 4 or len(points) % 3 != 1:
        return straight(boxes[tail], boxes[head])
    points[0], points[-1] = tips.get("s", points[0]), tips.get("e", points[-1])
    return (on_border(points[0], boxes[tail]), *points[1:-1], on_border(points[-1], boxes[head]))


def part_parallels(plan: Plan, edges: list[tuple[Point, ...]]) -> None:
    """Bend short arrows between the same two boxes until their middles are apart: Graphviz leaves half the distance."""
    groups: dict[tuple[int, int], list[int]] = {}
    for number, edge in enumerate(plan.edges):
        if edge.tail != edge.head and len(edges[number]) == 4:
            groups.setdefault((edge.tail, edge.head), []).append(number)
    way = 1 if plan.direction in ("LR", "RL") else 0
    for numbers in groups.values():
        middles = {number: middle(edges[number])[way] for number in numbers}
        numbers.sort(key=lambda number: (middles[number], number))
        whole = sum(middles.values()) / len(numbers)
        apart = max(plan.between_boxes, *(plan.edges[number].across for number in numbers))
        for place, number in enumerate(numbers):
            goal = whole + (place - (len(numbers) - 1) / 2) * apart
            shift = (goal - middles[number]) * 4 / 3
            if len(numbers) > 1 and shift * (goal - whole) > 0:  # apart, never nearer
                start, *controls, end = edges[number]
                moved = [(x + shift * (1 - way), y + shift * way) for x, y in controls]
                edges[number] = (start, *moved, end)


def middle(points: Sequence[Point]) -> Point:
    """Halfway on a cubic Bézier piece."""
    (a, b), (c, d), (e, f), (g, h) = points
    return (a + 3 * c + 3 * e + g) / 8, (b + 3 * d + 3 * f + h) / 8
