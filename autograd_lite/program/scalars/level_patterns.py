"""Patterns: numbers that lie in a vector at regular places can be read as a view, and need not be gathered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .level_graph import Integers


@dataclass(frozen=True)
class View:
    """Entry (r, c) lies at ``start + r * steps[0] + c * steps[1]``; one dimension fewer for a vector."""

    start: int
    shape: tuple[int, ...]
    steps: tuple[int, ...]

    @property
    def name(self) -> str:
        """As the source calls it: ``v_120_16x100``."""
        shape, steps = self.shape, self.steps
        if len(shape) == 1:
            if shape[0] == 1:
                return f"v_{self.start}"
            last = self.start + (shape[0] - 1) * steps[0]
            return f"v_{self.start}_{last + 1}" if steps[0] == 1 else f"v_{self.start}_{last}_by_{word(steps[0])}"
        if steps == (shape[1], 1):
            return f"v_{self.start}_{shape[0]}x{shape[1]}"
        if steps == (1, shape[0]):
            return f"v_{self.start}_{shape[1]}x{shape[0]}_T"
        return f"v_{self.start}_{shape[0]}x{shape[1]}_by_{word(steps[0])}_{word(steps[1])}"

    @property
    def source(self) -> str:
        """The expression that makes it."""
        start, shape, steps = self.start, self.shape, self.steps
        if len(shape) == 1 and steps[0] > 0:
            stop = start + (shape[0] - 1) * steps[0] + 1
            return f"v[{start}:{stop}]" if steps[0] == 1 else f"v[{start}:{stop}:{steps[0]}]"
        if len(shape) == 2 and steps == (shape[1], 1):
            return f"v[{start}:{start + shape[0] * shape[1]}].reshape({shape[0]}, {shape[1]})"
        if len(shape) == 2 and steps == (1, shape[0]):
            return f"v[{start}:{start + shape[0] * shape[1]}].reshape({shape[1]}, {shape[0]}).T"
        return f"grid({start}, {shape}, {steps})"

    def of(self, v: np.ndarray) -> np.ndarray:
        """The view itself."""
        return np.lib.stride_tricks.as_strided(v[self.start :], self.shape, [step * v.itemsize for step in self.steps])

    @property
    def suits_blas(self) -> bool:
        """True if a matrix product can read it as it lies."""
        if 1 in self.shape:
            return 0 not in self.steps
        by_row, by_column = self.steps
        return (by_column == 1 and by_row >= self.shape[1]) or (by_row == 1 and by_column >= self.shape[0])


def word(step: int) -> str:
    return str(step) if step >= 0 else f"minus_{-step}"


def matrix_view(places: Integers) -> View | None:
    """A matrix of places as a view, if they are regular."""
    rows, columns = places.shape
    start = int(places[0, 0])
    across = int(places[0, 1]) - start if columns > 1 else 1
    down = int(places[1, 0]) - start if rows > 1 else columns * across
    if places[-1, -1] != start + (rows - 1) * down + (columns - 1) * across:
        return None
    if not np.array_equal(places, start + down * np.arange(rows)[:, None] + across * np.arange(columns)):
        return None
    return View(start, (rows, columns), (down, across))


def vector_view(places: Integers) -> View | None:
    """A vector of places as a view; a single entry if all are the same place."""
    found = matrix_view(places[None, :])
    if found is None:
        return None
    step = found.steps[1]
    return View(found.start, (len(places),) if step else (1,), (step or 1,))


def columns_of(places: Integers) -> int | None:
    """The length of the rows, if a vector of places is a regular matrix, row by row, and no regular vector."""
    steps = np.diff(places)
    breaks = np.flatnonzero(steps != steps[0]) if len(steps) else steps
    if not len(breaks):
        return None
    columns = int(breaks[0]) + 1
    if len(places) % columns or matrix_view(places.reshape(-1, columns)) is None:
        return None
    return columns


def common_shape(operands: list[Integers]) -> tuple[int, ...]:
    """The shape in which most operands of an elementwise operation are views: a vector, or a matrix."""
    count = len(operands[0])
    for places in operands:
        columns = columns_of(places)
        if columns is not None and columns > 1:
            return (count // columns, columns)
    return (count,)


def view_of(places: Integers, shape: tuple[int, ...]) -> View | None:
    """A vector of places as a view of this shape."""
    if len(shape) == 1:
        return vector_view(places)
    found = matrix_view(places.reshape(shape))
    if found is not None and found.steps == (0, 0):
        return View(found.start, (1,), (1,))
    return found


def distinct_rows(places: Integers) -> tuple[Integers, Integers]:
    """The first of each set of equal rows, and for each row the number of its set.

    Rows are told apart by a sum with random weights, and compared afterwards.
    """
    weights = np.random.default_rng(0).integers(1, 2**62, places.shape[1])
    with np.errstate(over="ignore"):
        marks = (places * weights).sum(axis=1)
    _, first, number = np.unique(marks, return_index=True, return_inverse=True)
    if not np.array_equal(places, places[first[number]]):
        _, first, number = np.unique(places, axis=0, return_index=True, return_inverse=True)
    return first, number.reshape(-1)


def grids(left: Integers, right: Integers, least_terms: int) -> list[Integers]:
    """Which dot products, together, are the entries of a matrix product.

    Parameters
    ----------
    left, right : arrays of shape (dots, terms)
        The places of the factors.
    least_terms : int
        A matrix product of fewer is not worth a call of its own.

    Returns
    -------
    list of arrays
        The numbers of the dot products of each: every left row that occurs in it meets every right row, once.
    """
    _, row = distinct_rows(left)
    _, column = distinct_rows(right)
    label = row
    for _ in range(3):  # a grid is connected within two rounds
        least = np.full(column.max() + 1, len(row))
        np.minimum.at(least, column, label)
        label_of_row = np.full(row.max() + 1, len(row))
        np.minimum.at(label_of_row, row, least[column])
        label = label_of_row[row]
    order = np.argsort(label, kind="stable")
    found = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    large = [some for some in found if len(some) * left.shape[1] >= least_terms]
    return [some for some in large if is_grid(row[some], column[some])]


def is_grid(row: Integers, column: Integers) -> bool:
    rows, columns = len(np.unique(row)), len(np.unique(column))
    return len(row) == rows * columns == len(np.unique(row * (int(column.max()) + 1) + column))
