"""How the cost and the metrics went, epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..colours import MUTED, TRAINING, TRAINING_ON_DARK, VALIDATION, VALIDATION_ON_DARK
from ..data_checks import as_array
from ..engine import Value
from ..naming import named
from .figures import axes_or_new, bare, is_dark, pyplot

APART = 12.0
"""Points between the labels of two curves."""


def training_curves(history: Any, ax: Any = None, metrics: str | Sequence[str] | None = None, log: bool = False) -> Any:
    """Draw the cost and the metrics of a training against the epoch; `History.plot` calls this.

    Training is a blue line, validation a dashed brown one, each with its name and its last number at its end. Epochs
    are counted from 1. Where a number was nan or infinite, the line has a gap, and a note says so.

    Parameters
    ----------
    history : History, or dict of str to list of float
        What ``fit`` returns, or its ``history``.
    ax : matplotlib Axes, or a sequence of them, optional
        Where to draw; else in a new figure of pyplot, with a panel for each quantity. Into one Axes goes one quantity,
        the first.
    metrics : str or list of str, optional
        Which, such as ``"loss"`` or ``["loss", "accuracy"]``; all by default.
    log : bool
        A logarithmic axis for the cost and for distances; accuracies keep theirs.

    Returns
    -------
    matplotlib Axes, or ndarray of Axes
        One Axes if ``ax`` is one or ``metrics`` is one name; else an array of them, a panel each.

    Raises
    ------
    ValueError
        If there are no epochs yet, or there is no curve of that name.
    ImportError
        If matplotlib is not installed.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = training_curves({"loss": [0.7, 0.4, 0.3]}, ax=Figure().subplots())
    >>> ax.lines[0].get_xdata()
    array([1, 2, 3])
    """
    curves = series(history)
    epochs = epochs_of(history, curves)
    single = isinstance(metrics, str) or hasattr(ax, "plot")
    names = chosen(curves, metrics)
    if hasattr(ax, "plot"):
        if metrics is not None and len(names) > 1:
            raise ValueError(f"One Axes takes one quantity; {names} were asked for. Give as many Axes, or one name.")
        names = names[:1]
    for name, panel in zip(names, axes := panels(ax, len(names)), strict=True):
        draw_panel(panel, name, epochs, curves, log)
    return axes[0] if single else axes


def series(history: Any) -> dict[str, np.ndarray]:
    """The numbers by name, as arrays of floats."""
    table = getattr(history, "history", history)
    if not isinstance(table, Mapping):
        raise TypeError(f"Curves are drawn of what fit returns, or of its history; {history!r} was given.")
    curves = {}
    for name, values in table.items():
        plain = [v.data if isinstance(v, Value) else v for v in values] if isinstance(values, list | tuple) else values
        curves[str(name)] = as_array(plain, str(name)).astype(float).reshape(-1)
    if not curves or not max(map(len, curves.values())):
        raise ValueError("There is no epoch to draw yet: model.fit(X, y, epochs=...) fills its history.")
    return curves


def epochs_of(history: Any, curves: Mapping[str, np.ndarray]) -> np.ndarray:
    """The epochs, counted from 1."""
    lengths = {name: len(values) for name, values in curves.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"Each curve needs a number for each epoch; there are {lengths}.")
    count = next(iter(lengths.values()))
    counted = getattr(history, "epoch", ())
    return np.asarray(counted) + 1 if len(counted) == count else np.arange(1, count + 1)


def base(name: str) -> str:
    """The quantity of a curve: ``loss`` of ``val_loss``."""
    return name.removeprefix("val_")


def chosen(curves: Mapping[str, np.ndarray], metrics: str | Sequence[str] | None) -> list[str]:
    """The quantities to draw, each once."""
    there = dict.fromkeys(base(name) for name in curves)
    if metrics is None:
        return list(there)
    asked = [metrics] if isinstance(metrics, str) else list(metrics)
    return list(dict.fromkeys(named(base(name), {k: k for k in there}, "curve") for name in asked))


def panels(ax: Any, count: int) -> np.ndarray:
    """The axes, one a quantity."""
    if ax is None:
        size = (5.6 * count, 3.6)
        made: np.ndarray = pyplot().subplots(1, count, figsize=size, layout="constrained", squeeze=False)[1][0]
        return made
    given = np.asarray([ax] if hasattr(ax, "plot") else ax, dtype=object).reshape(-1)
    if len(given) != count:
        raise ValueError(f"There are {count} quantities to draw, and {len(given)} Axes were given for them.")
    return np.array([axes_or_new(one, 0, 0) for one in given], dtype=object)


def draw_panel(ax: Any, name: str, epochs: np.ndarray, curves: Mapping[str, np.ndarray], log: bool) -> None:
    """One quantity, of training and of validation."""
    blue, brown = (TRAINING_ON_DARK, VALIDATION_ON_DARK) if is_dark(ax) else (TRAINING, VALIDATION)
    solid, dashed = {"linestyle": "-", "marker": "o"}, {"linestyle": (0, (5, 2)), "marker": "s", "fillstyle": "none"}
    looks = ((name, "training", blue, solid), (f"val_{name}", "validation", brown, dashed | {"markersize": 10}))
    ends, logarithm = [], log and "accuracy" not in name
    for key, words, colour, style in looks:
        if key not in curves:
            continue
        values = np.where(np.isfinite(curves[key]), curves[key], np.nan)
        marker = {} if lonely(values) else {"marker": ""}
        ax.plot(epochs, values, color=colour, linewidth=2, label=words, **(style | marker))
        finite = np.isfinite(values)
        on_axis = np.flatnonzero(values > 0 if logarithm else finite).tolist()
        if on_axis:
            text = f"{words} {values[finite][-1]:{'.3f' if 'accuracy' in name else '.4g'}}"
            ends.append((epochs[on_axis[-1]], values[on_axis[-1]], text, colour))
        if not np.all(finite):
            note_gap(ax, words, epochs[~finite], curves[key][~finite], colour)
    if logarithm:
        logarithmic(ax, name, curves)
    ax.xaxis.set_major_locator(epoch_ticks())
    ax.set(xlabel="epoch", ylabel="cost J, the mean loss" if name == "loss" else name.replace("_", " "))
    ax.margins(x=0.02, y=0.12)
    ax.grid(alpha=0.3)
    bare(ax)
    label_ends(ax, ends)


def epoch_ticks() -> Any:
    """Ticks at the first epoch and at round ones: there is no epoch 0."""
    from matplotlib.ticker import MaxNLocator

    class EpochTicks(MaxNLocator):
        def tick_values(self, vmin: float, vmax: float) -> Any:
            found = np.asarray(super().tick_values(vmin, vmax))
            step = found[1] - found[0] if len(found) > 1 else 0
            return np.concatenate([[1], found[(found > 1) & (found > 0.7 * step)]])

    return EpochTicks(integer=True, min_n_ticks=1)


def lonely(values: np.ndarray) -> bool:
    """True if some number has no neighbour, so that no line would show it."""
    there = np.pad(np.isfinite(values), 1)
    return bool(np.any(there[1:-1] & ~there[:-2] & ~there[2:]))


def note_gap(ax: Any, words: str, epochs: np.ndarray, values: np.ndarray, colour: str) -> None:
    """Crosses on the axis of epochs, and the first of them in words."""
    from matplotlib.transforms import blended_transform_factory

    place = blended_transform_factory(ax.transData, ax.transAxes)
    height = 0.04 if words == "training" else 0.12
    ax.plot(
        epochs, np.full(len(epochs), height), "x", color=colour, transform=place, scalex=True, scaley=False, zorder=3
    )
    ax.annotate(
        f"{words}: {values[0]:g} in epoch {epochs[0]}", (epochs[0], height), xycoords=place, textcoords="offset points",
        xytext=(7, 0), va="center", color=colour, fontsize="small",
        bbox={"facecolor": ax.get_facecolor(), "edgecolor": "none", "pad": 1, "alpha": 0.8},
    )  # fmt: skip


def logarithmic(ax: Any, name: str, curves: Mapping[str, np.ndarray]) -> None:
    """A logarithmic axis with numbers as people write them."""
    from matplotlib.ticker import LogLocator, NullFormatter

    values = np.concatenate([curves[key] for key in (name, f"val_{name}") if key in curves])
    positive = values[np.isfinite(values) & (values > 0)]
    if not positive.size:
        raise ValueError(f"A logarithmic axis needs numbers above 0; {name} has none. Leave log=True out.")
    ax.set_yscale("log", nonpositive="mask")
    if np.max(positive) / np.min(positive) < 300:
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.yaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_minor_formatter(NullFormatter())


def label_ends(ax: Any, ends: list[tuple[Any, Any, str, str]]) -> None:
    """Name and last number at the end of each curve, apart from each other."""
    heights = np.array([ax.transData.transform((x, y))[1] for x, y, _, _ in ends]) * 72 / ax.figure.dpi
    shifts = np.zeros(len(ends))
    if len(ends) == 2 and abs(gap := heights[1] - heights[0]) < APART:
        upwards = 1 if gap >= 0 else -1
        shifts = np.array([-1, 1]) * upwards * (APART - abs(gap)) / 2
    for (x, y, words, colour), shift in zip(ends, shifts, strict=True):
        ax.annotate(
            words, (x, y), xytext=(8, shift), textcoords="offset points", va="center", color=colour,
            annotation_clip=False, fontsize="small",
        )  # fmt: skip
    if not ends:
        ax.text(0.5, 0.5, "no finite number", transform=ax.transAxes, ha="center", va="center", color=MUTED)
