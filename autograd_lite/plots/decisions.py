"""Labels and predictions as class numbers: what was true, what a model decided, and how sure it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ..data_checks import as_array, first_odd, plain

THRESHOLD = 0.5
"""A probability of class 1 from here on is a decision for it, as in the lecture."""


class Decisions(NamedTuple):
    """A class for each example."""

    classes: np.ndarray
    """Class numbers, int, shape (m,)."""
    probabilities: np.ndarray | None
    """Of all classes, shape (m, K), or None where only decisions are known."""
    known: int
    """How many classes there are, as far as these numbers tell."""

    @property
    def sureness(self) -> np.ndarray | None:
        """The probability of the class that was decided for."""
        return None if self.probabilities is None else np.max(self.probabilities, axis=1)


def numbers(y: Any, what: str) -> np.ndarray:
    """An array of finite numbers, shape (m,) or (m, K); a column (m, 1) is the vector (m,).

    Raises
    ------
    TypeError
        If it holds text, objects or complex numbers.
    ValueError
        If it is empty, has other axes, or holds nan or inf.
    """
    array = as_array(y, what)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{what} must hold numbers: class numbers, one-hot rows or probabilities; {first_odd(array)}")
    if array.ndim not in (1, 2) or array.size == 0:
        raise ValueError(f"{what} must have shape (m,), (m, 1) or (m, classes); it has shape {array.shape}.")
    if not np.all(np.isfinite(array)):
        at = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(
            f"{what} holds {plain(array[at])} in example {at[0]}, which is no class and no probability. "
            f"Leave that example out, or find where it became {plain(array[at])}."
        )
    return array[:, 0] if array.ndim == 2 and array.shape[1] == 1 else array


def true_classes(y: Any, what: str = "y_true") -> Decisions:
    """Labels, class numbers or one-hot, as class numbers.

    Examples
    --------
    >>> true_classes([[0, 1], [1, 0]]).classes
    array([1, 0])
    """
    array = numbers(y, what)
    whole = array == np.floor(array)
    if not np.all(whole):
        odd = float(array[~whole][0])
        swapped = " Are labels and predictions swapped?" if 0 < odd < 1 else ""
        raise ValueError(f"{what} must hold class numbers or one-hot rows; it holds {odd:g}, which is none.{swapped}")
    if array.ndim == 2:
        one_hot = np.all((array == 0) | (array == 1), axis=1) & (np.sum(array, axis=1) == 1)
        if not np.all(one_hot):
            row = int(np.argmin(one_hot))
            raise ValueError(f"{what} has shape {array.shape}, so its rows must be one-hot; row {row} is {array[row]}.")
        return Decisions(np.argmax(array, axis=1), None, array.shape[1])
    return whole_classes(array, what)


def whole_classes(array: np.ndarray, what: str) -> Decisions:
    if np.min(array) < 0:
        raise ValueError(f"{what} must hold class numbers from 0; it holds {plain(np.min(array))}.")
    classes = array.astype(np.int64)
    return Decisions(classes, None, int(np.max(classes)) + 1)


def decided(y: Any, what: str = "y_pred") -> Decisions:
    """Predictions as decisions.

    Class numbers stay what they are; of one probability an example, that of class 1, 0.5 or more decides for class 1;
    of a row of probabilities (or a one-hot row) the largest does.

    Raises
    ------
    ValueError
        If they are neither, such as logits.

    Examples
    --------
    >>> decided([0.2, 0.5, 0.9]).classes
    array([0, 1, 1])
    >>> decided([[0.1, 0.7, 0.2]]).sureness
    array([0.7])
    """
    array = numbers(y, what)
    if array.ndim == 1 and np.all(array == np.floor(array)):
        return whole_classes(array, what)
    if np.min(array) < 0 or np.max(array) > 1:
        odd = float(np.min(array) if np.min(array) < 0 else np.max(array))
        link = "sigmoid" if array.ndim == 1 else "softmax"
        raise ValueError(
            f"{what} must hold class numbers or probabilities; it holds {odd:.4g}. If these are logits z, make "
            f"probabilities of them: ag.{link}(z), or train with a loss that has from_logits=True and give the model."
        )
    if array.ndim == 1:
        p = np.column_stack([1 - array, array])
        return Decisions((array >= THRESHOLD).astype(np.int64), p, 2)
    sums = np.sum(array, axis=1)
    if not np.allclose(sums, 1, atol=1e-3):
        row = int(np.argmax(np.abs(sums - 1)))
        raise ValueError(
            f"{what} has shape {array.shape}, so each row must hold the probabilities of the classes, which sum to 1; "
            f"row {row} sums to {sums[row]:.4g}. Several sigmoids are no choice of one class: plot one column a time."
        )
    return Decisions(np.argmax(array, axis=1), array, array.shape[1])


def both(y_true: Any, y_pred: Any, true_name: str = "y_true", pred_name: str = "y_pred") -> tuple[Decisions, Decisions]:
    """What is true and what was decided, for the same examples and among the same classes."""
    true, said = true_classes(y_true, true_name), decided(y_pred, pred_name)
    if len(true.classes) != len(said.classes):
        shapes = " and ".join(str(as_array(y, what).shape) for y, what in ((y_true, true_name), (y_pred, pred_name)))
        raise ValueError(
            f"{true_name} holds {len(true.classes)} examples, {pred_name} {len(said.classes)}; there must be one "
            f"decision for each. The shapes are {shapes}."
        )
    if said.probabilities is not None and true.known > said.known:
        raise ValueError(
            f"{true_name} holds class {true.known - 1}, but {pred_name} decides between {said.known} classes, 0 to "
            f"{said.known - 1}. Labels are counted from 0; for one class against the rest use (y == 8)."
        )
    return true, said


def class_names(labels: Sequence[Any] | None, count: int) -> list[str]:
    """What the classes are called: 0, 1, 2 …, or as the caller says.

    Raises
    ------
    ValueError
        If there are fewer names than classes.
    """
    if labels is None:
        return [str(k) for k in range(count)]
    names = [str(label) for label in labels]
    if len(names) < count:
        raise ValueError(f"labels names the classes 0 to {count - 1}; there are {len(names)} names: {names}.")
    return names


def outputs(model: Any, X: np.ndarray) -> np.ndarray:
    """What a model answers, as probabilities where its loss knows that it answers logits."""
    answers = model.predict(X) if hasattr(model, "predict") else model(X)
    try:
        loss = model.loss
    except (AttributeError, RuntimeError):  # no model of ours, or one that is not compiled
        loss = None
    if hasattr(loss, "probabilities"):
        answers = loss.probabilities(answers)
    return as_array(answers, "The answer of the model")
