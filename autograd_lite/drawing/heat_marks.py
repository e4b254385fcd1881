"""A small picture of an array as marks: blue below zero, brown above; nan and infinities have marks of their own."""

from __future__ import annotations

import math

from .palette import heat_name
from .scene import Mark, Shape, Text
from .view import Heat

CELL, PITCH, GAP = 9.0, 10.0, 10.0
"""The side of a cell, from one to the next, and from the cells to the numbers."""

CUT = 9.0
"""Room for the sign that there are more entries than cells."""


def heat_size(heat: Heat) -> tuple[float, float]:
    """How wide and how high it is."""
    width, height = PITCH * len(heat.cells[0]) - 1, PITCH * len(heat.cells) - 1
    return width, height + (CUT if heat.cut else 0.0)


def heat_marks(heat: Heat, x: float, y: float, part: str) -> list[Mark]:
    """The cells, from a corner on."""
    marks: list[Mark] = []
    for i, row in enumerate(heat.cells):
        for j, cell in enumerate(row):
            marks += cell_marks(cell, x + PITCH * j, y + PITCH * i, part)
    if heat.cut:
        middle = x + (PITCH * len(heat.cells[0]) - 1) / 2
        width = PITCH * len(heat.cells[0])
        marks.append(
            Text(middle, y + PITCH * len(heat.cells) + 5, "…", 11.0, "muted", "middle", length=width, part="cut")
        )
    return marks


def cell_marks(cell: float | None, x: float, y: float, part: str) -> list[Mark]:
    if cell is not None and math.isfinite(cell):
        return [Shape(x, y, CELL, CELL, 1.0, heat_name(cell), "line", 0.3, part=f"heat-{part}")]
    sign = "×" if cell is None else "▲" if cell > 0 else "▼"
    return [
        Shape(x, y, CELL, CELL, 1.0, "nan", "", part=f"heat-{part}"),
        Text(x + CELL / 2, y + 7.8, sign, 8.5, "nan-mark", "middle", bold=True, length=CELL, part=f"heat-{part}"),
    ]
