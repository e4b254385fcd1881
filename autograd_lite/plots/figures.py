"""Where a plot is drawn: into what the caller gives, or into a new figure of pyplot.

pyplot, because a notebook shows its figures by themselves and ``plt.show()`` shows them elsewhere; it is imported for
a new figure only. A plot that is drawn into axes or a figure of the caller's needs none, and no screen.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..colours import COLD, HAIR, MUTED, WARM, ZERO, rgb
from ..extras import needs_matplotlib


def pyplot() -> Any:
    """The module pyplot of matplotlib.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    """
    try:
        from matplotlib import pyplot as plt
    except ImportError as problem:
        raise needs_matplotlib("A plot was asked for") from problem
    return plt


def axes_or_new(ax: Any, width: float, height: float) -> Any:
    """The caller's axes, or those of a new figure of this size, in inches."""
    if ax is None:
        return pyplot().subplots(figsize=(width, height), layout="constrained")[1]
    if not hasattr(ax, "plot"):
        raise TypeError(f"ax must be one of matplotlib's Axes, as plt.subplots()[1] is; {ax!r} was given.")
    return ax


def figure_or_new(fig: Any, width: float, height: float) -> Any:
    """The caller's figure, or a new one of this size, in inches."""
    if fig is None:
        return pyplot().figure(figsize=(width, height), layout="constrained")
    if not hasattr(fig, "subplots"):
        raise TypeError(f"fig must be a Figure of matplotlib, as plt.figure() is; {fig!r} was given.")
    return fig


def grid(fig: Any, rows: int, columns: int, count: int) -> np.ndarray:
    """So many axes of a figure, row by row, without ticks; places of the last row may stay empty."""
    axes = fig.subplots(rows, columns, squeeze=False).reshape(-1)
    for ax in axes[count:]:
        ax.remove()
    for ax in axes[:count]:
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_color(HAIR)
    kept: np.ndarray = axes[:count]
    return kept


def is_dark(ax: Any) -> bool:
    """True of axes with a dark ground, as some styles of matplotlib have."""
    from matplotlib.colors import to_rgba

    ground = np.ones(3)
    for ours in (to_rgba(ax.figure.get_facecolor()), to_rgba(ax.get_facecolor())):
        ground = ground + ours[3] * (np.array(ours[:3]) - ground)
    return float(ground @ (0.3, 0.6, 0.1)) < 0.4


def bare(ax: Any) -> None:
    """Axes without the lines above and at the right."""
    ax.spines[["top", "right"]].set_visible(False)


def diverging(strength: float = 1.0) -> Any:
    """Blue below 0, white at 0, brown above, as strong as is said; nan is black."""
    from matplotlib.colors import LinearSegmentedColormap

    zero = np.array(rgb(ZERO)) / 255
    cold, warm = (zero + strength * (np.array(rgb(end)) / 255 - zero) for end in (COLD, WARM))
    return LinearSegmentedColormap.from_list("cold_warm", [cold, zero, warm]).with_extremes(bad="black")


def message(ax: Any, text: str) -> None:
    """Axes that hold a sentence only."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center", fontsize="large", color=MUTED)
