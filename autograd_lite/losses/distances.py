"""Losses for numbers: how far a prediction is from its target."""

from __future__ import annotations

from typing import Any

import numpy as np

from .base import Loss, as_floats


class Distance(Loss):
    """What the distances share: a label is any number."""

    def valid(self, y_true: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        return as_floats(y_true)


class MeanSquaredError(Distance):
    """The squared distance of each output from its target, averaged over the outputs: (f - y)².

    Parameters
    ----------
    reduction : str or None
        See `Loss`.

    Examples
    --------
    >>> MeanSquaredError()([1.0, 2.0], [1.0, 4.0])
    2.0
    >>> MeanSquaredError(reduction="none")([[1.0], [2.0]], [[1.0], [4.0]])
    array([0., 4.])
    """

    def losses(self, y_true: np.ndarray, y_pred: Any) -> Any:
        return np.square(y_pred - y_true)


class MeanAbsoluteError(Distance):
    """The distance of each output from its target, averaged over the outputs: |f - y|.

    Parameters
    ----------
    reduction : str or None
        See `Loss`.

    Examples
    --------
    >>> MeanAbsoluteError()([1.0, 2.0], [1.0, 4.0])
    1.0
    """

    def losses(self, y_true: np.ndarray, y_pred: Any) -> Any:
        return np.abs(y_pred - y_true)
