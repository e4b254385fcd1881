"""The weights of a network that is too large for a line each: every kernel and its gradient as a small picture."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..engine import Value
from .coarse import bytes_of
from .looking import names_of

MOST_ROWS, MOST_COLUMNS, MOST_MAPS = 26, 32, 6


class Maps:
    """Kernels as pictures: a row for each unit, a column for each of its inputs.

    Attributes
    ----------
    facts : list of dict
        ``name``, ``shape`` (as text), ``rows`` and ``columns`` of cells.
    """

    def __init__(self, kernels: list[Value], names: list[str]) -> None:
        self._kernels = kernels
        self.facts = [
            {"name": name, "units": w.shape[1], "inputs": w.shape[0],
             "rows": min(w.shape[1], MOST_ROWS), "columns": min(w.shape[0], MOST_COLUMNS)}
            for w, name in zip(kernels, names, strict=True)
        ]  # fmt: skip

    def seen(self) -> list[list[Any]]:
        """For each kernel: its cells and their scale, those of its gradient and theirs."""
        return [
            [*bytes_of(w.data.T, MOST_ROWS, MOST_COLUMNS),
             *bytes_of(np.zeros(w.shape).T if w.grad is None else w.grad.T, MOST_ROWS, MOST_COLUMNS)]
            for w in self._kernels
        ]  # fmt: skip


def maps_of(model: Any) -> Maps | None:
    """The pictures of the model's kernels, if it has any that are matrices."""
    found = [(w, name) for w, name in zip(model.weights, names_of(model), strict=True) if w.ndim == 2 and w.data.size]
    return Maps([w for w, _ in found[:MOST_MAPS]], [name for _, name in found[:MOST_MAPS]]) if found else None
