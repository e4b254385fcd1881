"""Losses for classes: how little probability a prediction gave to what was true."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..engine import Value, sigmoid, sigmoid_crossentropy, softmax, softmax_crossentropy
from .base import Loss, asked_too_early, numbers, predictions

EPSILON = 1e-7  # Keras' clip of probabilities, for predictions that are no sigmoid's or softmax' output


class Crossentropy(Loss):
    """What the cross-entropies share: they know the link function between a logit and a probability.

    Parameters
    ----------
    from_logits : bool
        The predictions are logits z and not probabilities.
    reduction : str or None
        See `Loss`.
    """

    link: Any
    logit_activations: tuple[str, ...] = ("linear",)
    elsewhere: dict[str, str] = {}  # activations that belong to another loss, and to which

    def __init__(self, from_logits: bool = False, reduction: str | None = "sum_over_batch_size") -> None:
        if not isinstance(from_logits, bool | np.bool_):
            raise TypeError(asked_too_early(self, "from_logits", "True or False", from_logits))
        super().__init__(reduction)
        self.from_logits = bool(from_logits)

    def logits(self, y_pred: Any) -> Any:
        """The z behind the predictions, where it is known; else None."""
        if self.from_logits:
            return y_pred
        if isinstance(y_pred, Value) and y_pred.op is not None and y_pred.op.func is self.link:
            settings = y_pred.op.settings
            if not settings or settings.get("axis", -1) in (-1, y_pred.ndim - 1):
                return y_pred.args[0]
        return None

    def judges(self, y_pred: Any) -> bool:
        return self.logits(y_pred) is None

    def probable(self, y_pred: Any) -> Any:
        """Probabilities of unknown origin, which were checked: moved off 0 and 1 so that their logarithm is finite."""
        return np.clip(y_pred, EPSILON, 1 - EPSILON)

    def probabilities(self, y_pred: Any) -> Any:
        return self.link(y_pred) if self.from_logits else y_pred

    def check_predictions(self, y_pred: Any) -> None:
        if self.logits(y_pred) is not None:
            return
        data = y_pred.data if isinstance(y_pred, Value) else np.asarray(y_pred)
        wrong = (data < 0) | (data > 1)
        if np.any(wrong):
            name, value = type(self).__name__, data if np.ndim(data) == 0 else data[wrong][0]
            raise ValueError(
                f"{name} takes probabilities in 0..1, but a prediction is {value:.6g}. Give the output layer "
                f"activation={self.link.__name__!r}, or, if these are logits, say so: {name}(from_logits=True)."
            )

    def check_output(self, units: int | None, activation: str) -> None:
        name, link = type(self).__name__, self.link.__name__
        takes = self.logit_activations if self.from_logits else (link,)
        if not activation or activation in takes:
            return
        if not self.from_logits:
            other = f" {activation!r} goes with {self.elsewhere[activation]}." if activation in self.elsewhere else ""
            raise ValueError(
                f"{name} takes probabilities, those of a {link}, but the last layer has activation={activation!r}, "
                f"whose outputs are not that. Use activation={link!r} in the last layer, or {name}(from_logits=True) "
                f"with 'linear'.{other}"
            )
        why = "it would be applied twice" if activation in ("sigmoid", "softmax") else "logits can be any numbers"
        raise ValueError(
            f"{name}(from_logits=True) applies the {link} itself, but the last layer has activation={activation!r}: "
            f"{why}. Use activation='linear' in the last layer, or {link!r} there and leave from_logits out."
        )


class BinaryCrossentropy(Crossentropy):
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

    link = staticmethod(sigmoid)
    elsewhere = {"softmax": "CategoricalCrossentropy or SparseCategoricalCrossentropy"}

    def __call__(self, y_true: Any, y_pred: Any) -> Any:
        """The cost, as `Loss` says it; labels and predictions that changed places are told apart."""
        if zeros_and_ones(predictions(y_pred, self)) and not zeros_and_ones(numbers(y_true, self)):
            raise ValueError(
                "BinaryCrossentropy was given predictions that are all 0 or 1, and labels that are not. The labels "
                "come first: loss(y_true, y_pred). (Labels -1 and 1 become 0 and 1 by (y + 1) / 2.)"
            )
        return super().__call__(y_true, y_pred)

    def valid(self, y_true: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        if not zeros_and_ones(y_true):
            found = ", ".join(f"{v:g}" for v in np.unique(y_true)[:6])
            raise ValueError(
                f"BinaryCrossentropy takes labels 0 and 1; these labels hold {found}. For labels -1 and 1 use "
                f"(y + 1) / 2; for more than two classes SparseCategoricalCrossentropy with one output a class."
            )
        return y_true.astype(float)

    def losses(self, y_true: np.ndarray, y_pred: Any) -> Any:
        z = self.logits(y_pred)
        if z is not None:
            return sigmoid_crossentropy(z, y_true)
        f = self.probable(y_pred)
        return -(y_true * np.log(f) + (1 - y_true) * np.log(1 - f))


def zeros_and_ones(y: Any) -> bool:
    """True if nothing but 0 and 1 is in it."""
    data = y.data if isinstance(y, Value) else y
    return bool(np.all((data == 0) | (data == 1)))


class CategoricalCrossentropy(Crossentropy):
    """The loss for K classes with labels as rows of one 1 and zeros: L(f, y) = -Σ y_j log f_j.

    The predictions of an example must sum to 1. Keras divides them by their sum, and so trains
    outputs that are no probabilities; here they are refused.

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

    link = staticmethod(softmax)
    logit_activations = ("linear", "log_softmax")  # log f is a logit of f
    elsewhere = {"sigmoid": "BinaryCrossentropy, for one output or for labels that do not exclude each other"}

    def labels(self, y_true: Any, shape: tuple[int, ...]) -> np.ndarray:
        y_true = numbers(y_true, self)
        self.check_classes(shape[-1] if shape else 1)
        if y_true.shape != shape:
            hint = ""
            if y_true.shape in (shape[:-1], shape[:-1] + (1,)):
                hint = " Labels that are class numbers go with SparseCategoricalCrossentropy."
            raise ValueError(
                f"{type(self).__name__} takes one row of {shape[-1]} numbers for each example, the "
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

    def losses(self, y_true: np.ndarray, y_pred: Any) -> Any:
        z = self.logits(y_pred)
        if z is not None:
            return softmax_crossentropy(z, y_true)
        return -np.sum(y_true * np.log(self.probable(y_pred)), axis=-1)

    def check_predictions(self, y_pred: Any) -> None:
        super().check_predictions(y_pred)
        if self.logits(y_pred) is not None:
            return
        sums = np.sum(y_pred.data if isinstance(y_pred, Value) else y_pred, axis=-1)
        wrong = np.abs(sums - 1) > 1e-3
        if np.any(wrong):
            raise ValueError(
                f"{type(self).__name__} takes the probabilities of all classes, which sum to 1, but those of an "
                f"example sum to {np.extract(wrong, sums)[0]:.6g}. Give the output layer activation='softmax' (over "
                f"its last axis), or divide each row by its sum."
            )

    def check_classes(self, outputs: int) -> None:
        """Raise if there is no choice of classes."""
        if outputs == 1:
            raise ValueError(
                f"{type(self).__name__} needs one output for each class, but there is 1 output. For two classes use "
                f"Dense(1, activation='sigmoid') with BinaryCrossentropy."
            )

    def check_output(self, units: int | None, activation: str) -> None:
        if units is not None:
            self.check_classes(units)
        super().check_output(units, activation)


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
        self.check_classes(shape[-1] if shape else 1)
        if y_true.shape == shape[:-1] + (1,):
            y_true = y_true[..., 0]
        if y_true.shape != shape[:-1]:
            hint = " Labels that are rows of 0 and 1 go with CategoricalCrossentropy." if y_true.shape == shape else ""
            raise ValueError(
                f"SparseCategoricalCrossentropy takes one class number for each example, shape {shape[:-1]}; the "
                f"labels have shape {y_true.shape}.{hint}"
            )
        return self.valid(y_true, shape)

    def blank_labels(self, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
        return np.zeros(shape[:-1], np.intp)

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
        z = self.logits(y_pred)
        if z is not None:
            return softmax_crossentropy(z, y_true)
        log_f = np.log(self.probable(y_pred))
        if np.ndim(log_f) == 1:
            return -log_f[int(y_true)]
        return -log_f[np.arange(len(y_true)), y_true]
