"""Arrays as a few cells: means of blocks, all blocks at once, because a training is looked at often."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from ..drawing.heat import COLUMNS, ROUNDING, ROWS, steps
from ..drawing.palette import STEPS


def coarse(data: Any, rows: int, columns: int) -> np.ndarray:
    """The means of blocks, at most so many rows and columns of them; of complex numbers those of their lengths.

    Examples
    --------
    >>> coarse(np.arange(8.0), 4, 2)
    array([[1.5, 5.5]])
    """
    matrix = np.reshape(np.abs(data) if np.iscomplexobj(data) else data, (-1, np.shape(data)[-1])).astype(float)
    down, across = steps(matrix.shape[0], rows), steps(matrix.shape[1], columns)
    with np.errstate(all="ignore"):
        sums = np.add.reduceat(np.add.reduceat(matrix, down[:-1], axis=0), across[:-1], axis=1)
        return np.asarray(sums / np.outer(np.diff(down), np.diff(across)))


def scale_of(data: Any) -> float:
    """The largest distance from 0 among the finite entries; 1 if there is none."""
    sizes = np.abs(data)
    return float(np.max(sizes, initial=0.0, where=np.isfinite(sizes))) or 1.0


def letters(data: Any) -> str:
    """The cells of the small picture on a card, a letter each: a is the coldest, i is 0, q the warmest, x not finite.

    Examples
    --------
    >>> letters(np.array([1.0, -1.0, 0.0, np.nan]))
    'qaix'
    """
    with np.errstate(all="ignore"):
        means = coarse(data, ROWS, COLUMNS).ravel()
        whole, bright = scale_of(data), scale_of(means)
        is_cut = means.size < np.size(data) and bright >= ROUNDING * whole  # as `bright_heat_of` has it
        cells = means / (bright if is_cut else whole) * STEPS
    return "".join(
        "x" if not np.isfinite(c) else chr(ord("i") + round(max(-STEPS, min(STEPS, c)))) for c in cells.tolist()
    )


def bytes_of(data: Any, rows: int, columns: int) -> tuple[str, float]:
    """The cells of a larger picture in base 64, 1 … 255 from −scale to scale (128 is 0, 0 is not finite); the scale."""
    cells = coarse(data, rows, columns)
    scale = scale_of(cells)
    with np.errstate(all="ignore"):
        steps_from_zero = np.where(np.isfinite(cells), np.round(cells / scale * 127) + 128, 0)
    return base64.b64encode(steps_from_zero.astype(np.uint8).tobytes()).decode("ascii"), float(f"{scale:.4g}")
