"""Rectangles, curves and their borders: what every engine's answer passes through."""

from __future__ import annotations

from collections.abc import Sequence

from .plan import Placed, Point, Rectangle


def centre(box: Rectangle) -> Point:
    return box.x + box.width / 2, box.y + box.height / 2


def around(centre: Point, width: float, height: float) -> Rectangle:
    """The rectangle of a size around its centre."""
    return Rectangle(centre[0] - width / 2, centre[1] - height / 2, width, height)


def on_border(point: Point, box: Rectangle) -> Point:
    """The point of a rectangle's border that is nearest.

    Examples
    --------
    >>> on_border((9.0, 5.0), Rectangle(0, 0, 10, 10))
    (10, 5.0)
    >>> on_border((12.0, 14.0), Rectangle(0, 0, 10, 10))
    (10, 10)
    """
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    x, y = min(max(point[0], left), right), min(max(point[1], top), bottom)
    gaps = (x - left, right - x, y - top, bottom - y)
    nearest = gaps.index(min(gaps))
    return ((left, y), (right, y), (x, top), (x, bottom))[nearest]


def line(start: Point, end: Point) -> list[Point]:
    """A straight piece of a curve, without its start."""
    (a, b), (c, d) = start, end
    return [(a + (c - a) / 3, b + (d - b) / 3), (a + 2 * (c - a) / 3, b + 2 * (d - b) / 3), end]


def straight(tail: Rectangle, head: Rectangle) -> tuple[Point, ...]:
    """The straight arrow between two boxes, on the line between their centres."""
    start, end = leaving(tail, centre(head)), leaving(head, centre(tail))
    return (start, *line(start, end))


def leaving(box: Rectangle, towards: Point) -> Point:
    """Where the line from a box's centre to a point leaves the box."""
    x, y = centre(box)
    dx, dy = towards[0] - x, towards[1] - y
    scales = [size / (2 * abs(way)) for size, way in ((box.width, dx), (box.height, dy)) if way]
    scale = min(scales, default=0.0)
    return on_border((x + scale * dx, y + scale * dy), box)


def from_origin(
    boxes: Sequence[Rectangle], edges: Sequence[Sequence[Point]], frames: Sequence[Rectangle], engine: str
) -> Placed:
    """Everything moved so that it begins at (0, 0), and its size; curves count by their control points."""
    points = [point for edge in edges for point in edge]
    for box in (*boxes, *frames):
        points += [(box.x, box.y), (box.x + box.width, box.y + box.height)]
    left = min((x for x, _ in points), default=0.0)
    top = min((y for _, y in points), default=0.0)

    def moved(box: Rectangle) -> Rectangle:
        return Rectangle(round(box.x - left, 3), round(box.y - top, 3), box.width, box.height)

    return Placed(
        tuple(map(moved, boxes)),
        tuple(tuple((round(x - left, 3), round(y - top, 3)) for x, y in edge) for edge in edges),
        tuple(map(moved, frames)),
        round(max((x for x, _ in points), default=0.0) - left, 3),
        round(max((y for _, y in points), default=0.0) - top, 3),
        engine,
    )
