"""Where in the plane of two features a model changes its decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..colours import CLASSES, COLD, INK, WARM, rgb
from ..data_checks import features, same_length, whole_number
from .decisions import THRESHOLD, Decisions, class_names, decided, outputs, true_classes
from .figures import axes_or_new, bare, diverging, is_dark

MARKERS = "os^DvPX<>*"
"""One a class, so that colour need not tell them apart."""


def decision_boundary(
    model: Any, X: Any, y: Any, ax: Any = None, resolution: int = 200, *, labels: Sequence[Any] | None = None
) -> Any:
    """Draw what a model of two features answers everywhere, where its decision changes, and the examples.

    One output: its probability of class 1 as colour, and a line where it is 0.5. Several: the region of each class,
    the paler the less sure. A model whose loss has ``from_logits=True`` is asked for probabilities through that loss.
    Examples on the wrong side have a black ring.

    Parameters
    ----------
    model : Sequential, or function of an array of shape (m, 2)
    X : array_like, shape (m, 2)
    y : array_like
        Class numbers or one-hot rows.
    ax : matplotlib Axes, optional
        Where to draw; else in a new figure of pyplot.
    resolution : int
        Points an axis at which the model is asked.
    labels : list, optional
        Names of the classes 0, 1, 2 …

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If there are not two features, or the answers are neither probabilities nor classes.
    ImportError
        If matplotlib is not installed.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from matplotlib.figure import Figure
    >>> X, y = ag.datasets.moons(50)
    >>> ax = decision_boundary(lambda X: ag.sigmoid(X[:, 0] - 2 * X[:, 1]), X, y, ax=Figure().subplots(), resolution=20)
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('x₁', 'x₂')
    """
    steps = whole_number(resolution, "resolution", least=2)
    points, true = features(X), true_classes(y, "y")
    if points.shape[1] != 2:
        raise ValueError(
            f"A plane has two features; X has {points.shape[1]}. Choose two columns, and a model that was trained on "
            f"them alone: X[:, :2]."
        )
    same_length(points, true.classes)
    said = decided(outputs(model, points), "The answer of the model")
    x1, x2 = (axis_of(points[:, k], steps) for k in (0, 1))
    plane = np.column_stack([axis.reshape(-1) for axis in np.meshgrid(x1, x2)])
    everywhere = decided(outputs(model, plane), "The answer of the model")
    count = max(true.known, said.known, everywhere.known)
    names = class_names(labels, count)
    ax = axes_or_new(ax, 6.2, 4.6)
    draw = probability if is_binary(everywhere) else regions
    draw(ax, x1, x2, everywhere, names)
    scatter(ax, points, true.classes, true.classes != said.classes, names)
    name_regions(ax, everywhere.classes.reshape(steps, steps), x1, x2, points, names)
    ax.set(xlabel="x₁", ylabel="x₂", xlim=(x1[0], x1[-1]), ylim=(x2[0], x2[-1]))
    bare(ax)
    return ax


def axis_of(column: np.ndarray, steps: int) -> np.ndarray:
    """Values of a feature from a little below its smallest to a little above its largest."""
    low, high = float(np.min(column)), float(np.max(column))
    margin = 0.1 * (high - low) or 1.0
    return np.linspace(low - margin, high + margin, steps)


def is_binary(everywhere: Decisions) -> bool:
    return everywhere.probabilities is not None and everywhere.known == 2


def probability(ax: Any, x1: np.ndarray, x2: np.ndarray, everywhere: Decisions, names: Sequence[str]) -> None:
    """The probability of class 1, and a line where it is 0.5."""
    assert everywhere.probabilities is not None
    p = everywhere.probabilities[:, 1].reshape(len(x2), len(x1))
    filled = ax.contourf(x1, x2, p, levels=np.linspace(0, 1, 11), cmap=diverging(0.75))
    bar = ax.figure.colorbar(filled, ax=ax, label=f"probability of {said_of(names[1])}", ticks=[0, 0.25, 0.5, 0.75, 1])
    bar.ax.axhline(THRESHOLD, color=INK, linewidth=1.5)
    border(ax, x1, x2, p - THRESHOLD)


def regions(ax: Any, x1: np.ndarray, x2: np.ndarray, everywhere: Decisions, names: Sequence[str]) -> None:
    """The region of each class, white where all classes are equally probable, and lines between them."""
    p = everywhere.probabilities
    if p is None:
        p = np.eye(len(names))[everywhere.classes]
    sure = (np.max(p, axis=1) - 1 / p.shape[1]) / (1 - 1 / p.shape[1]) if p.shape[1] > 1 else np.ones(len(p))
    full = np.array([rgb(colour_of(k, len(names))) for k in range(p.shape[1])])[np.argmax(p, axis=1)] / 255
    mixed = 1 - (0.08 + 0.42 * sure[:, None]) * (1 - full)
    extent = (x1[0], x1[-1], x2[0], x2[-1])
    image = mixed.reshape(len(x2), len(x1), 3)
    ax.imshow(image, extent=extent, origin="lower", aspect="auto", interpolation="bilinear")
    for k in range(p.shape[1]):
        lead = p[:, k] - np.max(np.delete(p, k, axis=1), axis=1, initial=-1.0)
        border(ax, x1, x2, lead.reshape(len(x2), len(x1)))


def border(ax: Any, x1: np.ndarray, x2: np.ndarray, height: np.ndarray) -> None:
    """A line where the height is 0, if there is such a place."""
    if np.min(height) < 0 < np.max(height):
        ax.contour(x1, x2, height, levels=[0], colors=INK, linewidths=1.5)


def scatter(ax: Any, points: np.ndarray, classes: np.ndarray, wrong: np.ndarray, names: Sequence[str]) -> None:
    """The examples: a marker and a colour a class, a black ring around those on the wrong side."""
    size = 30 if len(points) <= 300 else 14
    for k in np.unique(classes).tolist():
        own = classes == k
        ax.scatter(
            *points[own].T, s=size, marker=MARKERS[k % len(MARKERS)], color=colour_of(k, len(names)),
            edgecolors="white", linewidths=0.7, label=said_of(names[k]), zorder=3,
        )  # fmt: skip
    if np.any(wrong):
        ax.scatter(
            *points[wrong].T, s=size * 3.5, facecolors="none", edgecolors="black", linewidths=1.2,
            label=f"{np.count_nonzero(wrong)} of {len(points)} wrong", zorder=4,
        )  # fmt: skip
    entries = len(ax.get_legend_handles_labels()[1])
    ax.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=entries if entries <= 6 else 5, fontsize="small",
        frameon=is_dark(ax), facecolor="white", labelcolor=INK if is_dark(ax) else None,
        borderaxespad=0.2, handletextpad=0.2, columnspacing=1.2,
    )  # fmt: skip


def colour_of(k: int, classes: int) -> str:
    """The colour of a class."""
    return (COLD, WARM)[k] if classes == 2 else CLASSES[k % len(CLASSES)]


def name_regions(
    ax: Any, winners: np.ndarray, x1: np.ndarray, x2: np.ndarray, points: np.ndarray, names: Sequence[str]
) -> None:
    """The name of each class in its region, as far as may be from examples, other regions and the frame."""
    every = -(-len(x1) // 40)
    winners = winners[::every, ::every]
    u, v = np.meshgrid(*(np.linspace(0, 1, n) for n in winners.shape[::-1]))
    width, height = x1[-1] - x1[0], x2[-1] - x2[0]
    examples = (points[:: 1 + len(points) // 500] - (x1[0], x2[0])) / (width, height)
    for k in np.unique(winners).tolist():
        own = winners == k
        here = np.column_stack([u[own], v[own]])
        others = np.concatenate([examples, np.column_stack([u[~own], v[~own]])])
        away = np.min(np.hypot(*(here[:, None] - others).transpose(2, 0, 1)), axis=1)
        x, y = here[np.argmax(np.minimum(away, np.min(np.minimum(here, 1 - here), axis=1)))]
        ax.text(
            x1[0] + x * width, x2[0] + y * height, said_of(names[k]), ha="center", va="center", color=INK, zorder=5,
            fontsize="small", bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.6, "pad": 1.5},
        )  # fmt: skip


def said_of(name: str) -> str:
    """``class 1`` where a name is a number, else the name."""
    return f"class {name}" if name.isdigit() else name
