"""Metrics: numbers that people read, beside the cost that is made small. Names are Keras'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .naming import named

__all__ = [
    "accuracy",
    "binary_accuracy",
    "categorical_accuracy",
    "get",
    "mean_absolute_error",
    "mean_squared_error",
    "sparse_categorical_accuracy",
]

Metric = Callable[[Any, Any], float]


def column(y: Any) -> Any:
    """A column of shape (m, 1) as the vector of shape (m,) that it is."""
    y = np.asarray(y)
    return y[:, 0] if y.ndim == 2 and y.shape[1] == 1 else y


def pair(y_true: Any, y_pred: Any) -> tuple[np.ndarray, np.ndarray]:
    """Both as arrays of one shape; never broadcast against each other."""
    y_true, y_pred = column(y_true), column(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError(f"A metric compares like with like; labels {y_true.shape}, predictions {y_pred.shape}.")
    return y_true, y_pred


def binary_accuracy(y_true: Any, y_pred: Any, threshold: float = 0.5) -> float:
    """The part of predictions on the right side of the threshold.

    Parameters
    ----------
    y_true : array_like of 0 and 1, shape (m,) or (m, 1)
    y_pred : array_like of probabilities, shape (m,) or (m, 1)
    threshold : float
        At or above it, the decision is 1, as in the lecture.

    Examples
    --------
    >>> binary_accuracy([0, 1, 1], [0.2, 0.9, 0.4])
    0.6666666666666666
    """
    y_true, y_pred = pair(y_true, y_pred)
    return float(np.mean((y_pred >= threshold) == (y_true == 1)))


def sparse_categorical_accuracy(y_true: Any, y_pred: Any) -> float:
    """The part of examples whose largest probability is that of their class.

    Parameters
    ----------
    y_true : array_like of class numbers, shape (m,) or (m, 1)
    y_pred : array_like of probabilities, shape (m, K)

    Examples
    --------
    >>> sparse_categorical_accuracy([1, 0], [[0.2, 0.8], [0.3, 0.7]])
    0.5
    """
    return accuracy(y_true, np.argmax(y_pred, axis=-1))


def categorical_accuracy(y_true: Any, y_pred: Any) -> float:
    """The part of examples whose largest probability is where their label's 1 is.

    Parameters
    ----------
    y_true : array_like of one 1 and zeros a row, shape (m, K)
    y_pred : array_like of probabilities, shape (m, K)

    Examples
    --------
    >>> categorical_accuracy([[0, 1]], [[0.2, 0.8]])
    1.0
    """
    return accuracy(np.argmax(y_true, axis=-1), np.argmax(y_pred, axis=-1))


def accuracy(y_true: Any, y_pred: Any) -> float:
    """The part of decisions that equal the label.

    Parameters
    ----------
    y_true, y_pred : array_like of labels, shape (m,) or (m, 1)

    Examples
    --------
    >>> accuracy([0, 1, 2], [0, 1, 1])
    0.6666666666666666
    """
    y_true, y_pred = pair(y_true, y_pred)
    return float(np.mean(y_true == y_pred))


def mean_squared_error(y_true: Any, y_pred: Any) -> float:
    """The mean of (f - y)².

    Examples
    --------
    >>> mean_squared_error([1.0, 2.0], [1.0, 4.0])
    2.0
    """
    y_true, y_pred = pair(y_true, y_pred)
    return float(np.mean((y_pred - y_true) ** 2))


def mean_absolute_error(y_true: Any, y_pred: Any) -> float:
    """The mean distance of predictions from targets.

    Examples
    --------
    >>> mean_absolute_error([1.0, 2.0], [1.0, 4.0])
    1.0
    """
    y_true, y_pred = pair(y_true, y_pred)
    return float(np.mean(np.abs(y_pred - y_true)))


METRICS: dict[str, Metric] = {
    "binary_accuracy": binary_accuracy,
    "categorical_accuracy": categorical_accuracy,
    "sparse_categorical_accuracy": sparse_categorical_accuracy,
    "mean_squared_error": mean_squared_error,
    "mean_absolute_error": mean_absolute_error,
    "mse": mean_squared_error,
    "mae": mean_absolute_error,
}


def fitting_accuracy(label_shape: tuple[int, ...], units: int) -> Metric:
    """What ``"accuracy"`` means, as in Keras: it depends on the outputs and on how labels are written."""
    if units == 1:
        return binary_accuracy
    return categorical_accuracy if label_shape[1:] == (units,) else sparse_categorical_accuracy


def get(identifier: str | Metric) -> tuple[str, Metric | None]:
    """A metric's name and function; None for ``"accuracy"``, which depends on the labels.

    Raises
    ------
    ValueError
        If no metric has that name.
    TypeError
        If it is neither a name nor a function.

    Examples
    --------
    >>> get("mse")[0]
    'mse'
    """
    if identifier in ("accuracy", "acc"):
        return str(identifier), None
    if isinstance(identifier, str):
        return identifier, named(identifier, METRICS | {"accuracy": accuracy}, "metric")
    if callable(identifier):
        return getattr(identifier, "__name__", "metric"), identifier
    raise TypeError(f"A metric is a name such as 'accuracy' or a function (y_true, y_pred); not {identifier!r}.")
