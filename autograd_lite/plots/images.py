"""Rows of numbers as images: digits that were read wrongly, and what the units of a layer look for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..data_checks import as_array, whole_number
from .decisions import both, class_names, outputs
from .figures import diverging, figure_or_new, grid, message

CELL, TITLE, LONGEST = 1.5, 0.3, 2.5
"""Inches of an image's width, and of its title; and how much higher than wide it is drawn at most."""


def misclassified(
    model_or_predictions: Any, X: Any, y: Any, image_shape: Sequence[int] | None = None, max_images: int = 25, *,
    labels: Sequence[Any] | None = None, fig: Any = None,
) -> np.ndarray:  # fmt: skip
    """Draw the images that were decided wrongly, the surest mistakes first.

    Parameters
    ----------
    model_or_predictions : Sequential, function, or array_like
        A model, or what it predicted: class numbers, or probabilities (of which 0.5, or the largest, decides).
    X : array_like, shape (m, features) or (m, rows, columns)
    y : array_like
        Class numbers or one-hot rows.
    image_shape : (rows, columns), optional
        A square by default: 64 features are 8×8 pixels, 400 are 20×20.
    max_images : int
        No more than these.
    labels : list, optional
        Names of the classes 0, 1, 2 …
    fig : matplotlib Figure or SubFigure, optional
        Where to draw; else a new figure of pyplot.

    Returns
    -------
    ndarray of Axes
        One an image; a single one with a sentence if nothing is wrong.

    Raises
    ------
    TypeError, ValueError
        If predictions, labels and images do not fit together, or images are no squares and ``image_shape`` is missing.
    ImportError
        If matplotlib is not installed.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from matplotlib.figure import Figure
    >>> X, y = ag.datasets.digits(classes=(0, 1))
    >>> p = np.where(np.arange(len(y)) == 3, 0.1, y)
    >>> axes = misclassified(p, X, y, fig=Figure())
    >>> [ax.get_title() for ax in axes]
    ['true 1, said 0 (0.90)']
    """
    most = whole_number(max_images, "max_images")
    array = as_array(X, "X")
    shape = shape_of_images(array.shape[1:], image_shape, "X")
    flat = array.reshape(len(array), -1)
    is_model = hasattr(model_or_predictions, "predict") or callable(model_or_predictions)
    answers = outputs(model_or_predictions, flat) if is_model else model_or_predictions
    true, said = both(y, answers, "y", "The answer of the model" if is_model else "predictions")
    if len(array) != len(true.classes):
        raise ValueError(f"X holds {len(array)} images, y {len(true.classes)} labels; there must be one for each.")
    names = class_names(labels, max(true.known, said.known))
    wrong = np.flatnonzero(true.classes != said.classes)
    if said.sureness is not None:
        wrong = wrong[np.argsort(-said.sureness[wrong], kind="stable")]
    titles = [f"true {names[true.classes[i]]}, said {names[said.classes[i]]}" for i in wrong[:most]]
    if said.sureness is not None:
        titles = [f"{title} ({said.sureness[i]:.2f})" for title, i in zip(titles, wrong, strict=False)]
    return draw_mistakes(flat[wrong[:most]].reshape(-1, *shape), titles, len(wrong), array, fig)


def draw_mistakes(images: np.ndarray, titles: Sequence[str], mistakes: int, X: np.ndarray, fig: Any) -> np.ndarray:
    """The images on a common scale, or a sentence if there are none."""
    rows, columns = rows_and_columns(len(images))
    height = TITLE + CELL * min(images.shape[1] / images.shape[2], LONGEST)
    fig = figure_or_new(fig, CELL * max(columns, 3), height * rows + TITLE)
    if not len(images):
        ax = fig.subplots()
        message(ax, f"No mistake: all {len(X)} examples are decided correctly.")
        return np.array([ax], dtype=object)
    axes = grid(fig, rows, columns, len(images))
    for ax, image, title in zip(axes, images, titles, strict=True):
        ax.imshow(image, cmap="gray_r", vmin=np.nanmin(X), vmax=np.nanmax(X), interpolation="nearest")
        ax.set_title(title, fontsize="small")
    sure = " the surest first" if "(" in titles[0] else ""
    shown = f"; {len(images)} are shown," if len(images) < mistakes else "," if sure else ""
    fig.suptitle(f"{mistakes} of {len(X)} wrong{shown}{sure}".rstrip(","), fontsize="medium")
    return axes


def weights(
    layer_or_model: Any, image_shape: Sequence[int] | None = None, max_images: int = 100, *, fig: Any = None
) -> np.ndarray:
    """Draw the weights of the first layer as images, one a unit: what each unit looks for.

    All on one scale, symmetric about 0: blue pixels speak against the unit, brown ones for it.

    Parameters
    ----------
    layer_or_model : Sequential, Dense, or array_like of shape (features, units)
        Of a model, its first layer that has a kernel.
    image_shape : (rows, columns), optional
        A square by default.
    max_images : int
        No more than the first of these.
    fig : matplotlib Figure or SubFigure, optional
        Where to draw; else a new figure of pyplot.

    Returns
    -------
    ndarray of Axes
        One a unit; the title says which part of the kernel W it is.

    Raises
    ------
    ValueError
        If there are no weights yet, or they form no squares and ``image_shape`` is missing.
    ImportError
        If matplotlib is not installed.

    Examples
    --------
    >>> from autograd_lite.layers import Dense
    >>> from matplotlib.figure import Figure
    >>> layer = Dense(3, input_dim=64)
    >>> layer.build(64)
    >>> [ax.get_title() for ax in weights(layer, fig=Figure())]
    ['W[:, 0]', 'W[:, 1]', 'W[:, 2]']
    """
    most = whole_number(max_images, "max_images")
    W = kernel_of(layer_or_model)
    shape = shape_of_images(W.shape[:1], image_shape, "The kernel W")
    units = min(W.shape[1], most)
    rows, columns = rows_and_columns(units)
    width = 0.75 * CELL
    height = TITLE + width * min(shape[0] / shape[1], LONGEST)
    fig = figure_or_new(fig, (width + 0.06) * columns + 0.9, max(height * rows, 1.4))
    axes = grid(fig, rows, columns, units)
    finite = W[np.isfinite(W)]
    largest = float(np.max(np.abs(finite), initial=0)) or 1.0
    colours = diverging()
    for k, ax in enumerate(axes):
        image = np.ma.masked_invalid(W[:, k].reshape(shape))
        drawn = ax.imshow(image, cmap=colours, vmin=-largest, vmax=largest, interpolation="nearest")
        odd = " not finite" if np.ma.is_masked(image) else ""
        ax.set_title(f"W[:, {k}]{odd}", fontsize="small")
    fig.colorbar(drawn, ax=list(axes), label="weight", format=signed(), aspect=max(8 * height * rows, 10))
    if units < W.shape[1]:
        fig.suptitle(f"the first {units} of {W.shape[1]} units", fontsize="medium")
    return axes


def signed() -> Any:
    """Numbers with their sign, and 0 without."""
    from matplotlib.ticker import FuncFormatter

    return FuncFormatter(lambda x, _: f"{x:+.3g}".replace("-", "−") if abs(x) > 1e-12 else "0")


def kernel_of(owner: Any) -> np.ndarray:
    """The kernel of a layer, or of a model's first layer that has one; an array is taken as it is."""
    for layer in getattr(owner, "layers", [owner]):
        if hasattr(layer, "kernel"):
            if layer.kernel is None:
                layer.check_built()
            return as_array(layer.kernel, "The kernel W").astype(float)
    if hasattr(owner, "layers") or callable(owner):
        raise ValueError(f"Weights are drawn of a layer with a kernel, such as Dense; {owner!r} has none.")
    W = as_array(owner, "The kernel W")
    if W.ndim != 2 or W.size == 0 or W.dtype.kind not in "fiub":
        raise ValueError(f"The kernel W must be numbers of shape (features, units); it has shape {W.shape}.")
    return W.astype(float)


def shape_of_images(pixels: tuple[int, ...], image_shape: Sequence[int] | None, what: str) -> tuple[int, int]:
    """Rows and columns of an image of so many pixels.

    Examples
    --------
    >>> shape_of_images((400,), None, "X")
    (20, 20)
    """
    count = math.prod(pixels)
    if image_shape is None and len(pixels) == 2:
        return pixels[0], pixels[1]
    if len(pixels) not in (1, 2) or count == 0:
        raise ValueError(f"{what} must hold images as rows, shape (m, features); an image has shape {pixels}.")
    if image_shape is None:
        side = math.isqrt(count)
        if side * side != count:
            raise ValueError(
                f"{what} has {count} features, which form no square image: give image_shape=(rows, columns), two whole "
                f"numbers whose product is {count}."
            )
        return side, side
    shape = tuple(np.atleast_1d(np.asarray(image_shape, dtype=object)))
    whole = all(isinstance(n, int | np.integer) and n > 0 for n in shape)
    if len(shape) != 2 or not whole or math.prod(shape) != count:
        raise ValueError(
            f"image_shape=(rows, columns) are two whole numbers whose product is the number of features, {count}; "
            f"image_shape={image_shape!r} was given."
        )
    return int(shape[0]), int(shape[1])


def rows_and_columns(count: int) -> tuple[int, int]:
    """A grid for so many images, rather wide than high.

    Examples
    --------
    >>> rows_and_columns(25), rows_and_columns(6), rows_and_columns(0)
    ((5, 5), (2, 3), (1, 1))
    """
    rows = max(math.ceil(count / max(math.ceil(math.sqrt(count)), 5)), 1)
    return rows, max(math.ceil(count / rows), 1)
