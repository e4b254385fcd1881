"""Losses: step 2 of the three. The *loss* L(f(x), y) is that of one example; the *cost* J is its mean.

A loss called on a whole batch gives the cost; ``reduction="none"`` gives the loss of each example.
The names and formulas are Keras'. Where a prediction came from a sigmoid or a softmax, the
cross-entropies go back to its logit z and use a form that is exact for any z, where Keras clips
the probability at 1e-7.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .engine import Value, log_softmax, sigmoid, sigmoid_crossentropy, softmax
from .naming import named, snake_case

__all__ = [
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "Loss",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "SparseCategoricalCrossentropy",
    "get",
]

EPSILON = 1e-7  # Keras' clip of probabilities, for predictions that are no sigmoid's or softmax' output

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
        """
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

    def check_output(self, units: int, activation: str) -> None:
        """Raise if a model with this last layer cannot be trained with this loss."""

    def __repr__(self) -> str:
        settings = [f"{k}={v!r}" for k, v in vars(self).items() if v not in ("sum_over_batch_size", False)]
        return f"{type(self).__name__}({', '.join(settings)})"


def numbers(y: Any, loss: Loss) -> np.ndarray:
    """Labels as an array of numbers."""
    if isinstance(y, Value):
        y = y.data
    array = np.asarray(y)
    if array.dtype.kind not in "fiub":
        first = array.ravel()[0] if array.size else None
        raise TypeError(
            f"{type(loss).__name__} takes labels that are numbers; it was given {array.dtype} (first label: {first!r})."
        )
    if array.size == 0:
        raise ValueError(f"{type(loss).__name__} was given no labels (shape {array.shape}).")
    if array.dtype.kind == "f" and not np.all(np.isfinite(array)):
        at = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"The labels hold {array[at]} at index {at}; a label is a finite number.")
    return array


def logits_behind(y_pred: Any, link: Any) -> Any:
    """The z of predictions that are ``link(z)``; None if they are something else."""
    if isinstance(y_pred, Value) and y_pred.op is not None and y_pred.op.func is link:
        return y_pred.args[0]
    return None


def clipped(p: Any) -> Any:
    """Probabilities, moved off 0 and 1 as Keras does, so that their logarithm is finite."""
    return np.clip(p, EPSILON, 1 - EPSILON)


def check_probabilities(p: Any, loss: Loss, link: str) -> None:
    data = p.data if isinstance(p, Value) else np.asarray(p)
    wrong = (data < 0) | (data > 1)
    if np.any(wrong):
        value = data if np.ndim(data) == 0 else data[wrong][0]
        raise ValueError(
            f"{type(loss).__name__} takes probabilities in 0..1, but a prediction is {value:.6g}. Give the output "
            f"layer activation={link!r}, or, if these are logits, say so: {type(loss).__name__}(from_logits=True)."
        )


class MeanSquaredError(Loss):
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


class MeanAbsoluteError(Loss):
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


class BinaryCrossentropy(Loss):
    """The lecture's loss for labels 0 and 1: L(f, y) = -y log f - (1 - y) log(1 - f).

    Parameters
    ----------
    from_logits : bool
        The predictions are z and not f = sigmoid(z).
    reduction : str or None
        See `Loss`.

    Notes
    -----
    From a logit, L = log(1 + e^z) - y z: the same number, exact for any z. It is used whenever
    the predictions are a sigmoid's output. Its derivative is dL/dz = f - y.

    Examples
    --------
    >>> BinaryCrossentropy()([1, 0], [0.5, 0.5])
    0.6931471805599453
    """

    def __init__(self, from_logits: bool = False, reduction: str | None = "sum_over_batch_size") -> None:
        super().__init__(reduction)
        self.from_logits = bool(from_logits)

    def valid(self, y_true: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        wrong = (y_true != 0) & (y_true != 1)
        if np.any(wrong):
            found = ", ".join(f"{v:g}" for v in np.unique(y_true)[:6])
            raise ValueError(
                f"BinaryCrossentropy takes labels 0 and 1; these labels hold {found}. For labels -1 and 1 use "
                f"(y + 1) / 2; for more than two classes SparseCategoricalCrossentropy with one output a class."
            )
        return y_true.astype(float)

    def check_predictions(self, y_pred: Any) -> None:
        if not self.from_logits:
            check_probabilities(y_pred, self, "sigmoid")

    def losses(self, y_true: np.ndarray, y_pred: Any) -> Any:
        z = y_pred if self.from_logits else logits_behind(y_pred, sigmoid)
        if z is not None:
            return sigmoid_crossentropy(z, y_true)
        f = clipped(y_pred)
        return -(y_true * np.log(f) + (1 - y_true) * np.log(1 - f))

    def probabilities(self, y_pred: Any) -> Any:
        return sigmoid(y_pred) if self.from_logits else y_pred

    def check_output(self, units: int, activation: str) -> None:
        check_link(self, self.from_logits, activation, "sigmoid")


class CategoricalCrossentropy(Loss):
    """The loss for K classes with labels as rows of one 1 and zeros: L(f, y) = -Σ y_j log f_j.

    Parameters
    ----------
    from_logits : bool
        The predictions are z and not f = softmax(z).
    reduction : str or None
        See `Loss`.

    Examples
    --------
    >>> CategoricalCrossentropy()([[0, 1]], [[0.5, 0.5]])
    0.6931471805599453
    """

    def __init__(self, from_logits: bool = False, reduction: str | None = "sum_over_batch_size") -> None:
        super().__init__(reduction)
        self.from_logits = bool(from_logits)

    def labels(self, y_true: Any, shape: tuple[int, ...]) -> np.ndarray:
        y_true = numbers(y_true, self)
        if y_true.shape != shape:
            hint = ""
            if y_true.shape in (shape[:-1], shape[:-1] + (1,)):
                hint = " Labels that are class numbers go with SparseCategoricalCrossentropy."
            raise ValueError(
                f"{type(self).__name__} takes one row of {shape[-1] if shape else 0} numbers for each example, the "
                f"shape of the predictions {shape}; the labels have shape {y_true.shape}.{hint}"
            )
        return self.valid(y_true, shape)

    def valid(self, y_true: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        sums = np.sum(y_true, axis=-1)
        if np.any(y_true < 0) or not np.allclose(sums, 1):
            at = int(np.argmax(np.any(y_true < 0, axis=-1) | ~np.isclose(sums, 1)))
            raise ValueError(
                f"Each row of labels must be probabilities that sum to 1, such as [0, 1, 0]; row {at} is "
                f"{y_true.reshape(-1, shape[-1])[at].tolist()}."
            )
        return y_true

    def check_predictions(self, y_pred: Any) -> None:
        if not self.from_logits:
            check_probabilities(y_pred, self, "softmax")

    def log_probabilities(self, y_pred: Any) -> Any:
        """Log f of each class, from the logits where they are known."""
        z = y_pred if self.from_logits else logits_behind(y_pred, softmax)
        return log_softmax(z) if z is not None else np.log(clipped(y_pred))

    def losses(self, y_true: np.ndarray, y_pred: Any) -> Any:
        return -np.sum(y_true * self.log_probabilities(y_pred), axis=-1)

    def probabilities(self, y_pred: Any) -> Any:
        return softmax(y_pred) if self.from_logits else y_pred

    def check_output(self, units: int, activation: str) -> None:
        if units == 1:
            raise ValueError(
                f"{type(self).__name__} needs one output for each class, but the last layer has 1 unit. For two "
                f"classes use Dense(1, activation='sigmoid') with BinaryCrossentropy."
            )
        check_link(self, self.from_logits, activation, "softmax")


class SparseCategoricalCrossentropy(CategoricalCrossentropy):
    """The loss for K classes with labels 0 … K-1: L(f, y) = -log f_y.

    Parameters
    ----------
    from_logits : bool
        The predictions are z and not f = softmax(z).
    reduction : str or None
        See `Loss`.

    Examples
    --------
    >>> SparseCategoricalCrossentropy()([1], [[0.5, 0.5]])
    0.6931471805599453
    """

    def labels(self, y_true: Any, shape: tuple[int, ...]) -> np.ndarray:
        y_true = numbers(y_true, self)
        if y_true.shape == shape[:-1] + (1,) and shape[-1] != 1:
            y_true = y_true[..., 0]
        if y_true.shape != shape[:-1]:
            hint = " Labels that are rows of 0 and 1 go with CategoricalCrossentropy." if y_true.shape == shape else ""
            raise ValueError(
                f"SparseCategoricalCrossentropy takes one class number for each example, shape {shape[:-1]}; the "
                f"labels have shape {y_true.shape}.{hint}"
            )
        return self.valid(y_true, shape)

    def valid(self, y_true: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        classes = shape[-1]
        wrong = (y_true < 0) | (y_true >= classes) | (y_true != np.floor(y_true))
        if np.any(wrong):
            label = y_true[wrong].ravel()[0]
            hint = ""
            if label == classes and not np.any(y_true == 0):
                hint = f" Labels 1..{classes} become 0..{classes - 1} by y - 1."
            elif y_true.dtype.kind == "u" and label == np.iinfo(y_true.dtype).max:
                hint = f" It looks like 0 - 1 in {y_true.dtype}, which has no negative numbers: use y.astype(int) - 1."
            raise ValueError(
                f"With {classes} outputs the labels are whole numbers 0..{classes - 1}; a label is {label}.{hint}"
            )
        return y_true.astype(np.intp)

    def losses(self, y_true: np.ndarray, y_pred: Any) -> Any:
        log_f = self.log_probabilities(y_pred)
        if np.ndim(log_f) == 1:
            return -log_f[int(y_true)]
        return -log_f[np.arange(len(y_true)), y_true]


def check_link(loss: Loss, from_logits: bool, activation: str, link: str) -> None:
    """Raise if a loss and the last layer would apply the link function twice, or not at all."""
    name = type(loss).__name__
    if from_logits and activation in ("sigmoid", "softmax"):
        raise ValueError(
            f"{name}(from_logits=True) applies the {link} itself, but the last layer has activation={activation!r}: "
            f"it would be applied twice. Use activation='linear' in the last layer, or leave from_logits out."
        )
    if not from_logits and activation in ("linear", "tanh"):
        raise ValueError(
            f"{name} takes probabilities, but the last layer has activation={activation!r}, whose outputs are not "
            f"confined to 0..1. Use activation={link!r} in the last layer, or {name}(from_logits=True) with 'linear'."
        )


LOSSES = {
    snake_case(cls.__name__): cls
    for cls in (
        BinaryCrossentropy, CategoricalCrossentropy, MeanAbsoluteError, MeanSquaredError, SparseCategoricalCrossentropy,
    )
}  # fmt: skip
LOSSES |= {"bce": BinaryCrossentropy, "mse": MeanSquaredError, "mae": MeanAbsoluteError}


def get(identifier: str | Loss) -> Loss:
    """A loss by Keras' name, or as an object.

    Raises
    ------
    ValueError
        If no loss has that name.
    TypeError
        If it is neither a name nor a Loss.

    Examples
    --------
    >>> get("binary_crossentropy")
    BinaryCrossentropy()
    """
    if isinstance(identifier, str):
        made: Loss = named(identifier, LOSSES, "loss")()
        return made
    if isinstance(identifier, Loss):
        return identifier
    example = f" Did you mean {identifier.__name__}()?" if isinstance(identifier, type) else ""
    raise TypeError(f"A loss is a name such as 'mse' or a Loss; {identifier!r} was given.{example}")
