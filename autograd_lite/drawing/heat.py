"""Small pictures of arrays: a few cells between -1 and 1."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from .summaries import summary_of
from .view import Heat

ROWS, COLUMNS = 4, 8

ROUNDING = 1e-9
"""A mean that is a smaller part of the largest entry is that of opposites."""


def heat_of(data: Any) -> Heat | None:
    """The small picture of an array, at most 4 rows of 8 cells; None of a number or an empty array.

    Of complex numbers it shows the lengths.

    Examples
    --------
    >>> heat_of(np.array([1.0, -2.0, np.nan])).cells
    ((0.5, -1.0, None),)
    >>> heat_of(np.array([8.0] * 8 + [4.0] * 8)).cells, heat_of(np.ones(16)).cut
    (((1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5),), True)
    """
    if data is None or np.ndim(data) == 0 or np.size(data) == 0:
        return None
    matrix = np.reshape(data, (-1, np.shape(data)[-1]))
    scale = summary_of([matrix]).scale or 1.0
    rows, columns = steps(matrix.shape[0], ROWS), steps(matrix.shape[1], COLUMNS)
    cells = tuple(
        tuple(cell(matrix[top:bottom, left:right], scale) for left, right in pairwise(columns))
        for top, bottom in pairwise(rows)
    )
    cut = matrix.size > len(cells) * len(cells[0])
    return Heat(cells, cut)


def bright_heat_of(data: Any) -> Heat | None:
    """The same, but the largest mean of a block has the full colour: large arrays of both signs would be white else.

    Examples
    --------
    >>> bright_heat_of(np.array([4.0, -2.0] * 3 + [0.0] * 10)).cells
    ((1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0),)
    """
    heat = heat_of(data)
    if heat is None or not heat.cut:
        return heat
    largest = max((abs(x) for row in heat.cells for x in row if x is not None and np.isfinite(x)), default=0.0)
    if largest < ROUNDING:
        return heat
    brightened = (tuple(None if x is None else x / largest for x in row) for row in heat.cells)
    return Heat(tuple(brightened), True)


def steps(length: int, most: int) -> list[int]:
    """Where each of at most so many parts of a length begins, and where the last one ends."""
    parts = min(length, most)
    return [round(i * length / parts) for i in range(parts + 1)]


def cell(block: np.ndarray, scale: float) -> float | None:
    """The mean of a block over the scale; None if there is a nan in it, infinite if there is an infinity."""
    if block.dtype.kind == "c":
        block = np.abs(block)
    with np.errstate(invalid="ignore", under="ignore"):  # opposite infinities
        total = float(np.sum(block / scale))
    if np.isnan(total):
        return None
    return total / block.size if np.isinf(total) else max(-1.0, min(1.0, total / block.size))
