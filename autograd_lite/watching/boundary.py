"""The decision boundary of a model of two inputs: what it says at each point of a grid."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from ..engine import Value, no_grad

SIDE = 40
"""Points along each side of the grid."""

POINTS, MARGIN = 300, 0.08
MOST_CLASSES = 10
LEVELS = 24
"""Of several classes the winner and how sure it is are in one byte: so many steps of the second."""


class Boundary:
    """The grid over the data of a model of two inputs, and what the model says there.

    Parameters
    ----------
    model : a compiled model
    x, y : ndarray
        The data that lie in the picture.
    outputs : int
        How many the model has.

    Attributes
    ----------
    facts : dict
        What does not change, for the page: ``kind`` is ``probability`` (of the second of two classes), ``classes``
        (the likeliest of several) or ``value`` (of a regression).
    """

    def __init__(self, model: Any, x: np.ndarray, y: np.ndarray, outputs: int) -> None:
        self._model = model
        span = np.ptp(x, axis=0)
        span[span == 0] = 1.0
        low, high = x.min(axis=0) - MARGIN * span, x.max(axis=0) + MARGIN * span
        sides = [np.linspace(low[i], high[i], SIDE) for i in (0, 1)]
        across, up = np.meshgrid(*sides)
        self._grid = np.column_stack([across.ravel(), up.ravel()]).astype(x.dtype)
        labels = classes_of(y, outputs)
        self.kind = "classes" if outputs > 1 else "probability" if set(np.unique(labels)) <= {0, 1} else "value"
        self._span = (float(np.min(y)), float(np.max(y))) if self.kind == "value" else (0.0, 1.0)
        self.facts = {
            "kind": self.kind, "side": SIDE, "classes": outputs, "levels": LEVELS,
            "low": [rounded(v) for v in low], "high": [rounded(v) for v in high],
            "values": [rounded(v) for v in self._span], "points": points_of(x, labels),
        }  # fmt: skip

    def seen(self) -> str:
        """What the model says now: a byte a point, row by row from below, in base 64."""
        with no_grad(), np.errstate(all="ignore"):
            outputs = self._model(self._grid)
            found = self._model.loss.probabilities(outputs)
        values = np.asarray(found.data if isinstance(found, Value) else found, dtype=np.float64)
        with np.errstate(invalid="ignore"):
            middle = sum(self._span) / 2
            return base64.b64encode(self._bytes(np.nan_to_num(values, True, middle, middle, middle)).tobytes()).decode(
                "ascii"
            )

    def _bytes(self, values: np.ndarray) -> np.ndarray:
        if self.kind == "classes":
            winner = np.argmax(values, axis=1)
            sure = np.clip(np.max(values, axis=1), 0, 1)
            return np.asarray(winner * LEVELS + np.round(sure * (LEVELS - 1)), np.uint8)
        low, high = self._span
        return np.asarray(np.clip((values.ravel() - low) / ((high - low) or 1.0) * 255, 0, 255).round(), np.uint8)


def boundary_of(model: Any, x: np.ndarray, y: np.ndarray) -> Boundary | None:
    """The boundary, if the model has two inputs, and one output or a few classes."""
    if x.ndim != 2 or x.shape[1] != 2 or not np.all(np.isfinite(x)) or y.dtype.kind not in "fiub":
        return None
    with no_grad(), np.errstate(all="ignore"):
        shape = np.shape(model(x[:1]))
    outputs = shape[1] if len(shape) == 2 else 1
    if len(shape) > 2 or not 1 <= outputs <= MOST_CLASSES or np.size(y) not in (len(x), len(x) * outputs):
        return None
    return Boundary(model, x, y, outputs)


def classes_of(y: np.ndarray, outputs: int) -> np.ndarray:
    """The label of each example as one number: of rows of 0 and 1 the place of the 1."""
    return np.argmax(y, axis=1) if outputs > 1 and y.ndim == 2 and y.shape[1] == outputs else y.reshape(len(y))


def points_of(x: np.ndarray, labels: np.ndarray) -> list[list[float]]:
    """Some of the data: both features and the label."""
    chosen = np.linspace(0, len(x) - 1, min(len(x), POINTS)).round().astype(int)
    return [[rounded(a), rounded(b), rounded(c)] for (a, b), c in zip(x[chosen], labels[chosen], strict=True)]


def rounded(x: Any) -> float:
    """A number with four digits, which is more than a picture shows."""
    return float(f"{float(x):.4g}")
