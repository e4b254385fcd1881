"""Which classes are taken for which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..colours import COLD, INK, MUTED, WARM, rgb
from .decisions import both, class_names
from .figures import axes_or_new

STRONGEST = 0.7
"""Of a cell's colour: numbers stay readable on it."""


def confusion_counts(y_true: Any, y_pred: Any, classes: int | None = None) -> np.ndarray:
    """How often class i was taken for class j: the numbers of `confusion_matrix`.

    Parameters
    ----------
    y_true : array_like
        Class numbers, shape (m,) or (m, 1), or one-hot rows, (m, K).
    y_pred : array_like
        Class numbers, or probabilities: of class 1, shape (m,) or (m, 1), where 0.5 or more decides for class 1; or of
        all classes, (m, K), where the largest decides.
    classes : int, optional
        At least so many, if the last ones may not occur.

    Returns
    -------
    ndarray of int, shape (K, K)
        ``counts[i, j]``: the examples of class i that were taken for class j.

    Raises
    ------
    TypeError, ValueError
        If they do not fit together, hold nan, or are logits.

    Examples
    --------
    >>> confusion_counts([0, 0, 1, 1], [0.1, 0.6, 0.8, 0.9])
    array([[1, 1],
           [0, 2]])
    """
    true, said = both(y_true, y_pred)
    count = max(true.known, said.known, classes or 0)
    pairs = true.classes * count + said.classes
    return np.bincount(pairs, minlength=count * count).reshape(count, count)


def confusion_matrix(
    y_true: Any, y_pred: Any, labels: Sequence[Any] | None = None, ax: Any = None, normalize: bool = False
) -> Any:
    """Draw which classes are taken for which: a row a true class, a column a decision.

    Right decisions are on the diagonal, in blue and bold; mistakes are brown, the most frequent the darkest.

    Parameters
    ----------
    y_true, y_pred : array_like
        As for `confusion_counts`, which gives the numbers alone.
    labels : list, optional
        Names of the classes 0, 1, 2 …
    ax : matplotlib Axes, optional
        Where to draw; else in a new figure of pyplot.
    normalize : bool
        Per cent of each true class instead of counts.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    TypeError, ValueError
        If labels and predictions do not fit together, hold nan, or are logits.
    ImportError
        If matplotlib is not installed.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = confusion_matrix([0, 0, 1, 1], [0.1, 0.6, 0.8, 0.9], ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts]
    ['1', '1', '0', '2']
    """
    counts = confusion_counts(y_true, y_pred, None if labels is None else len(labels))
    names = class_names(labels, len(counts))
    size = 2.0 + 0.48 * len(counts)
    ax = axes_or_new(ax, size, size)
    shown = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1) if normalize else counts
    ax.imshow(tints(shown))
    cell = ax.get_window_extent().width * 72 / ax.figure.dpi / len(counts)
    for i, j in np.ndindex(counts.shape):
        text = f"{100 * shown[i, j]:.0f}" if normalize else str(counts[i, j])
        ax.text(
            j, i, text, ha="center", va="center", fontsize=min(max(0.35 * cell, 3), 11),
            color=INK if counts[i, j] else MUTED, fontweight="bold" if i == j else "normal",
        )  # fmt: skip
    places = np.arange(len(counts))
    turned = 45 if max(map(len, names)) > 3 else 0
    ax.set_xticks(places, names, rotation=turned, ha="right" if turned else "center", rotation_mode="anchor")
    ax.set_yticks(places, names)
    ax.tick_params(length=0)
    ax.set(xlabel="decided", ylabel="true class, 100 % a row" if normalize else "true class")
    right, total = int(np.trace(counts)), int(counts.sum())
    ax.set_title(f"{right} of {total} right: {100 * right / total:.1f} %", fontsize="medium")
    separate(ax, len(counts))
    return ax


def separate(ax: Any, count: int) -> None:
    """White lines between the cells, and none around them."""
    edges = np.arange(count + 1) - 0.5
    ax.set_xticks(edges, minor=True)
    ax.set_yticks(edges, minor=True)
    ax.grid(which="minor", color="white", linewidth=2)
    ax.grid(which="major", visible=False)
    ax.tick_params(which="minor", length=0)
    ax.spines[:].set_visible(False)


def tints(shown: np.ndarray) -> np.ndarray:
    """The colours of the cells, shape (K, K, 3): the diagonal and the rest each from white to its darkest."""
    diagonal = np.eye(len(shown), dtype=bool)
    darkness = np.zeros(shown.shape)
    for cells in (diagonal, ~diagonal):
        darkness[cells] = shown[cells] / max(np.max(shown[cells], initial=0), 1e-300)
    paper, right, wrong = np.array([0xF4] * 3), np.array(rgb(COLD)), np.array(rgb(WARM))
    full = np.where(diagonal[..., None], right, wrong)
    mixed: np.ndarray = paper + STRONGEST * darkness[..., None] * (full - paper)
    return mixed / 255
