"""What every loss does: labels put beside predictions, checked, and the losses made one cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..data_checks import as_array, first_odd
from ..engine import Value

MEANS = ("sum_over_batch_size", "mean")
REDUCTIONS = (*MEANS, "sum", "none", None)


class Loss:
    """What a model is trained to make small.

    Parameters
    ----------
    reduction : {"sum_over_batch_size", "mean", "sum", "none", None}
        How the losses of the examples become one number: their mean (the first two), their sum,
        or not at all.

    Raises
    ------
    ValueError
        If the reduction is none of these.
    """

    def __init__(self, reduction: str | None = "sum_over_batch_size") -> None:
        if not isinstance(reduction, str | None):
            raise TypeError(asked_too_early(self, "reduction", "a name", reduction))
        if reduction not in REDUCTIONS:
            known = ", ".join(repr(r) for r in REDUCTIONS)
            raise ValueError(f"{type(self).__name__} takes a reduction that is one of {known}; not {reduction!r}.")
        self.reduction = reduction

    def __call__(self, y_true: Any, y_pred: Any) -> Any:
        """The cost of predictions, after checking that labels and predictions belong together.

        Parameters
        ----------
        y_true : array_like, shape (m,), (m, units), or () for one number
            The labels.
        y_pred : Value or array_like, shape (m, units), (m,) or ()
            The predictions. Labels of shape (m,) are the same column as predictions of shape (m, 1).

        Returns
        -------
        Value or float; with ``reduction="none"`` one entry for each example

        Raises
        ------
        TypeError
            If labels or predictions are no numbers.
        ValueError
            If they do not belong together, or are not what this loss is for.
        """
        y_pred = predictions(y_pred, self)
        y_true = self.labels(y_true, np.shape(y_pred))
        self.check_predictions(y_pred)
        cost = self.cost(y_true, y_pred)
        return cost.item() if isinstance(cost, np.generic) else cost

    def labels(self, y_true: Any, shape: tuple[int, ...]) -> np.ndarray:
        """The labels as numbers, in the shape that predictions of this shape need."""
        y_true = numbers(y_true, self)
        if y_true.shape == shape:
            return self.valid(y_true, shape)
        if {y_true.shape, shape} == {(y_true.size,), (y_true.size, 1)}:
            return self.valid(y_true.reshape(shape), shape)
        raise ValueError(
            f"{type(self).__name__} was given labels of shape {y_true.shape} and predictions of shape {shape}. They "
            f"must have one shape, or differ only in a last axis of length 1; other shapes would be broadcast "
            f"against each other in silence, every label with every prediction."
        )

    def valid(self, y_true: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        """The labels, if they are what this loss is for."""
        return y_true

    def check_predictions(self, y_pred: Any) -> None:
        """Raise if the predictions cannot be what this loss is for."""

    def judges(self, y_pred: Any) -> bool:
        """True if `check_predictions` must look at the numbers of such predictions each time."""
        return False

    def blank_labels(self, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
        """Labels for predictions of this shape and dtype, as `labels` would return them, all 0."""
        return np.zeros(shape, dtype)

    def losses(self, y_true: np.ndarray, y_pred: Any) -> Any:
        """L for each output of each example, or for each example. The arguments have been checked."""
        raise NotImplementedError

    def cost(self, y_true: np.ndarray, y_pred: Any) -> Any:
        """The losses of a batch, reduced as this loss was told to. The arguments have been checked."""
        losses = self.losses(y_true, y_pred)
        if self.reduction in MEANS:  # the mean of the examples' means is the mean of all
            return np.mean(losses)
        if losses.ndim > 1:
            losses = np.mean(losses, axis=-1)
        return np.sum(losses) if self.reduction == "sum" else losses

    def probabilities(self, y_pred: Any) -> Any:
        """What the predictions mean as probabilities (or values): metrics ask the loss, which knows about logits."""
        return y_pred

    def check_output(self, units: int | None, activation: str) -> None:
        """Raise if a model cannot be trained with this loss.

        Parameters
        ----------
        units : int or None
            How many outputs the model has, if that is known.
        activation : str
            The name of the last layer's activation; "" where it is none of the library's own. Then
            `check_predictions` judges by the outputs.
        """

    def __repr__(self) -> str:
        settings = [f"{k}={v!r}" for k, v in vars(self).items() if v not in ("sum_over_batch_size", False)]
        return f"{type(self).__name__}({', '.join(settings)})"


class FunctionLoss(Loss):
    """A function ``f(y_true, y_pred)`` of your own as a loss: one number for each example or output, as in Keras."""

    def __init__(self, function: Callable[[Any, Any], Any]) -> None:
        super().__init__()
        self._function = function

    def losses(self, y_true: np.ndarray, y_pred: Any) -> Any:
        return self._function(y_true, y_pred)

    def __repr__(self) -> str:
        return getattr(self._function, "__name__", repr(self._function))


def numbers(y: Any, loss: Loss) -> np.ndarray:
    """Labels as an array of numbers."""
    array = as_array(y, "y_true")
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{type(loss).__name__} takes labels that are numbers; {first_odd(array, remedy_for_text)}")
    if array.size == 0:
        raise ValueError(f"{type(loss).__name__} was given no labels (shape {array.shape}).")
    if array.dtype.kind == "f" and not np.all(np.isfinite(array)):
        at = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"The labels hold {array[at]} at index {at}; a label is a finite number.")
    return array


def remedy_for_text(label: Any) -> str:
    """How names of classes become numbers."""
    return " Names become numbers by classes, y = np.unique(y, return_inverse=True)." if type(label) is str else ""


def predictions(y_pred: Any, loss: Loss) -> Any:
    """Predictions as a Value or an array of floats: the difference of unsigned integers would wrap around."""
    array = as_array(y_pred, "y_pred")
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{type(loss).__name__} takes predictions that are numbers; {first_odd(array)}")
    if np.any(np.isnan(array)):
        at = tuple(int(i) for i in np.argwhere(np.isnan(array))[0])
        where = f" at index {at}" if at else ""
        raise ValueError(f"The predictions hold nan{where}: look for where it arose, inf - inf, 0 / 0, log(-1).")
    return y_pred if isinstance(y_pred, Value) else as_floats(array)


def as_floats(array: np.ndarray) -> np.ndarray:
    """Integers and booleans as floats; floats as they are."""
    return array if array.dtype.kind == "f" else array.astype(float)


def asked_too_early(loss: Loss, setting: str, expected: str, given: Any) -> str:
    """What to say to ``MeanSquaredError(y)``, where ``MeanSquaredError()(y, f)`` was meant."""
    name, what = type(loss).__name__, f"an array of shape {np.shape(given)}" if np.ndim(given) else repr(given)
    return (
        f"{name} takes {setting}, which is {expected}; {what} was given. To compute a cost, make the loss first: "
        f"{name}()(y_true, y_pred)."
    )
