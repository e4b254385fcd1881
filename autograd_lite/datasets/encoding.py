"""Class numbers as rows of zeros with a single 1."""

from __future__ import annotations

from typing import Any

import numpy as np

from .checks import rows, whole

MANY = 10_000  # columns; more are surely no classes, but years, prices or identifiers


def one_hot(y: Any, classes: int | None = None) -> np.ndarray:
    """Each label as a row of zeros with a single 1, in the column of its class.

    Parameters
    ----------
    y : array_like of whole numbers 0 … K-1, shape (m,) or (m, 1)
    classes : int, optional
        K, the number of classes. If left out, it is the largest label + 1: give it whenever some
        class may be absent, as in a test set.

    Returns
    -------
    ndarray of float64, shape (m, K)

    Raises
    ------
    TypeError
        If the labels are not numbers, or ``classes`` is no whole number.
    ValueError
        If a label is negative, not a whole number, or K or more; if there are no labels, or not one
        for each example.

    Examples
    --------
    >>> one_hot([0, 2, 1])
    array([[1., 0., 0.],
           [0., 0., 1.],
           [0., 1., 0.]])
    """
    labels = one_a_row(rows(y, "y"))
    if classes is not None:
        classes = whole(classes, "classes", 1)
    check_labels(labels, classes)
    labels = labels.astype(np.intp)  # floats that are whole numbers, too
    K = int(labels.max()) + 1 if classes is None else classes
    encoded = np.zeros((len(labels), K))
    encoded[np.arange(len(labels)), labels] = 1
    return encoded


def one_a_row(y: np.ndarray) -> np.ndarray:
    """Labels of shape (m,), if they are numbers and one for each example."""
    if y.dtype.kind not in "fiub":
        raise TypeError(
            f"one_hot takes labels that are whole numbers; it was given {y.dtype} (first label: {y.ravel()[:1]}). "
            f"To number classes: names, y = np.unique(y, return_inverse=True)"
        )
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if y.ndim != 1:
        hint = " These seem to be one-hot rows already." if y.ndim == 2 and np.all(y.sum(axis=1) == 1) else ""
        raise ValueError(f"one_hot takes one label for each example, shape (m,); y has shape {y.shape}.{hint}")
    return y.astype(np.intp) if y.dtype.kind == "b" else y


def check_labels(y: np.ndarray, classes: int | None) -> None:
    """Raise if a label is not one of 0 … classes-1."""
    wrong = (y < 0) | (y != np.floor(y)) | ~np.isfinite(y)
    if np.any(wrong):
        at = int(np.argmax(wrong))
        hint = " Labels -1 and 1 become 0 and 1 by (y + 1) // 2." if set(np.unique(y)) == {-1, 1} else ""
        raise ValueError(f"Labels are whole numbers 0, 1, 2, …; label {at} is {y[at]}.{hint}")
    largest = y.max()
    if y.dtype.kind == "u" and largest == np.iinfo(y.dtype).max and (classes is None or largest >= classes):
        raise ValueError(
            f"Label {np.argmax(y)} is {largest}. It looks like 0 - 1 in {y.dtype.name}, which has no negative numbers: "
            f"use y.astype(int) - 1. If it is meant, say classes={int(largest) + 1}."
        )
    if classes is not None and largest >= classes:
        hint = f" Labels 1..{classes} become 0..{classes - 1} by y - 1." if largest == classes and y.min() > 0 else ""
        raise ValueError(
            f"With classes={classes} the labels are 0..{classes - 1}; label {np.argmax(y)} is {largest}.{hint}"
        )
    if classes is None and largest >= MANY:
        raise ValueError(
            f"The largest label is {largest}, so that one_hot would make as many columns. If these are classes, "
            f"number them: names, y = np.unique(y, return_inverse=True); or say classes=…"
        )
