"""Metrics: numbers that people read, beside the cost that is made small. Names are Keras'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .engine import Value
from .naming import free_name, named

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


def as_numpy(y: Any) -> np.ndarray:
    """Labels or predictions as a plain array."""
    array: np.ndarray = y.data if isinstance(y, Value) else np.asarray(y)
    return array


def column(y: Any) -> np.ndarray:
    """A column of shape (m, 1) as the vector of shape (m,) that it is."""
    array = as_numpy(y)
    return array.reshape(-1) if array.ndim == 2 and array.shape[1] == 1 else array


def pair(y_true: Any, y_pred: Any) -> tuple[np.ndarray, np.ndarray]:
    """Both as arrays of one shape; never broadcast against each other."""
    y_true, y_pred = column(y_true), column(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError(f"A metric compares like with like; labels {y_true.shape}, predictions {y_pred.shape}.")
    return y_true, y_pred


def difference(y_true: Any, y_pred: Any) -> np.ndarray:
    """Prediction minus target, in floats: that of unsigned integers would wrap around."""
    targets, values = pair(y_true, y_pred)
    distance: np.ndarray = np.subtract(values, targets, dtype=float)
    return distance


def check_labels(y_true: Any, units: int) -> None:
    """Raise if the labels are no classes, so that there is no right and wrong to count.

    Parameters
    ----------
    y_true : ndarray
        Labels of one output, or class numbers or rows of K outputs.
    units : int
        How many outputs there are.

    Examples
    --------
    >>> check_labels(np.array([0, 1, 1]), units=1)
    """
    y = column(y_true)
    if units == 1:
        classes, right = "0 and 1", (y == 0) | (y == 1)
    elif y.ndim == 1:
        classes, right = f"0..{units - 1}", (y == np.floor(y)) & (y >= 0) & (y < units)
    else:
        classes, right = "rows of numbers from 0 that sum to 1", (y >= 0) & np.isclose(y.sum(-1, keepdims=True), 1)
    if not np.all(right):
        several = y.ndim > 1 and bool(np.all((y == 0) | (y == 1)))
        remedy = (
            "For labels that do not exclude each other use 'binary_accuracy'."
            if several
            else ("For numbers use the mean distance, metrics=['mae'], or the mean squared distance, 'mse'.")
        )
        raise ValueError(
            f"Accuracy counts right decisions, so labels must be classes, {classes}; a label is "
            f"{y[~np.broadcast_to(right, y.shape)][0]:g}. {remedy}"
        )


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
    check_labels(y_true, units=1)
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
    y_pred = classes(y_pred)
    check_labels(column(y_true), units=y_pred.shape[-1])
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
    y_true, y_pred = pair(classes(y_true), classes(y_pred))
    check_labels(y_true, units=y_pred.shape[-1])
    return accuracy(np.argmax(y_true, axis=-1), np.argmax(y_pred, axis=-1))


def classes(y: Any) -> np.ndarray:
    """Rows with a number for each class."""
    rows = as_numpy(y)
    if rows.ndim < 2 or rows.shape[-1] == 1:
        raise ValueError(
            f"A categorical accuracy compares several classes, one column for each; it was given shape {rows.shape}. "
            f"With one output use binary_accuracy."
        )
    return rows


def accuracy(y_true: Any, y_pred: Any) -> float:
    """The part of decisions that equal the label.

    Parameters
    ----------
    y_true, y_pred : array_like of labels, shape (m,) or (m, 1)

    Raises
    ------
    ValueError
        If the shapes differ, or the predictions are probabilities and no decisions.

    Examples
    --------
    >>> accuracy([0, 1, 2], [0, 1, 1])
    0.6666666666666666
    """
    y_true, y_pred = pair(y_true, y_pred)
    if y_pred.dtype.kind == "f" and np.any(undecided := y_pred != np.floor(y_pred)):
        raise ValueError(
            f"accuracy compares decisions with labels, but a prediction is {y_pred[undecided][0]:.6g}. For "
            f"probabilities use binary_accuracy (one output) or sparse_categorical_accuracy (one output a class)."
        )
    return float(np.mean(y_true == y_pred))


def mean_squared_error(y_true: Any, y_pred: Any) -> float:
    """The mean of (f - y)².

    Examples
    --------
    >>> mean_squared_error([1.0, 2.0], [1.0, 4.0])
    2.0
    """
    return float(np.mean(difference(y_true, y_pred) ** 2))


def mean_absolute_error(y_true: Any, y_pred: Any) -> float:
    """The mean distance of predictions from targets.

    Examples
    --------
    >>> mean_absolute_error([1.0, 2.0], [1.0, 4.0])
    1.0
    """
    return float(np.mean(np.abs(difference(y_true, y_pred))))


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


def get_all(identifiers: Any) -> list[tuple[str, Metric | None]]:
    """Several metrics, each under a name of its own; "loss" is the cost's name.

    Raises
    ------
    TypeError
        If they are no list.

    Examples
    --------
    >>> [name for name, _ in get_all([lambda y, f: 0.0, lambda y, f: 1.0])]
    ['<lambda>', '<lambda>_1']
    """
    if isinstance(identifiers, str) or not isinstance(identifiers, list | tuple | None):
        raise TypeError(f"metrics is a list, such as ['accuracy']; {identifiers!r} was given.")
    found: dict[str, Metric | None] = {}
    for identifier in identifiers or ():
        name, metric = get(identifier)
        found[free_name(name, {"loss", *found})] = metric
    return list(found.items())
