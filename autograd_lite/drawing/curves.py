"""Points on the curves of arrows."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from .layout.plan import Point

PIECES = 8
"""Straight lines that a cubic piece is taken for, to measure it."""


def polyline(points: tuple[Point, ...]) -> list[Point]:
    """A curve of cubic pieces as points that follow each other closely."""
    found = [points[0]]
    for i in range(1, len(points) - 2, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[i - 1 : i + 3]
        for k in range(1, PIECES + 1):
            t = k / PIECES
            u = 1 - t
            a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            found.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return found


def point_at(line: list[Point], part: float) -> Point:
    """The point after a part of a line's length, 0 to 1.

    Examples
    --------
    >>> point_at([(0.0, 0.0), (4.0, 0.0), (4.0, 4.0)], 0.75)
    (4.0, 2.0)
    """
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)]
    left = part * sum(lengths)
    for (a, b), length in zip(pairwise(line), lengths, strict=True):
        if left <= length and length:
            return a[0] + (b[0] - a[0]) * left / length, a[1] + (b[1] - a[1]) * left / length
        left -= length
    return line[-1]


TIP, TIP_WIDTH = 10.0, 7.0


def tip(points: tuple[Point, ...], scale: float = 1.0) -> tuple[tuple[Point, Point, Point], Point]:
    """The triangle at the end of a curve, and where the line should end so that it does not show beside it."""
    x, y = points[-1]
    fx, fy = next(((a, b) for a, b in reversed(points[:-1]) if hypot(x - a, y - b) > 0.01), (x - 1.0, y))
    length = hypot(x - fx, y - fy)
    dx, dy = (x - fx) / length, (y - fy) / length
    back, side = TIP * scale, TIP_WIDTH * scale / 2
    bx, by = x - back * dx, y - back * dy
    triangle = ((x, y), (bx - side * dy, by + side * dx), (bx + side * dy, by - side * dx))
    return triangle, (x - 0.6 * back * dx, y - 0.6 * back * dy)
