"""Looking at a model while it is trained: its cost and gradients on some examples, and nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..drawing.text import clean
from ..engine import Value, reachable
from ..engine.recording import resumed

EXAMPLES = 256
"""Gradients and activations are those of up to so many examples, the same ones all the time."""

VANISHING, EXPLODING = 1e-5, 1e3
"""A weight whose gradient is shorter than this part of the longest is hardly trained; one beyond that leaps about."""


@dataclass(frozen=True)
class Examples:
    """What a model is looked at with.

    Attributes
    ----------
    x, y : ndarray
        As the model and its loss need them.
    of : int
        Out of how many they were taken.
    """

    x: np.ndarray
    y: np.ndarray
    of: int


def examples_of(x: np.ndarray, y: np.ndarray) -> Examples:
    """Some examples, evenly spread over all of them, so that sorted data are no trap.

    Examples
    --------
    >>> examples_of(np.arange(1000.0)[:, None], np.zeros((1000, 1))).x.shape
    (256, 1)
    """
    chosen = np.linspace(0, len(x) - 1, min(len(x), EXAMPLES)).round().astype(int)
    return Examples(frozen(x[chosen]), frozen(y[chosen]), len(x))


def examples_for(model: Any, data: Any) -> Examples:
    """Some of the examples that a user gave, in the form in which ``fit`` would take them.

    Raises
    ------
    TypeError, ValueError
        If they are no pair (X, y), or the model or its loss cannot take them.
    """
    if not isinstance(data, tuple | list) or len(data) != 2:
        raise TypeError(
            f"WatchTraining was given data={type(data).__name__}; it takes the examples to look at and their labels "
            f"as a pair: data=(X, y)."
        )
    x = np.asarray(data[0], getattr(model.layers[0], "dtype", np.float64))
    y = np.asarray(data[1])
    if x.ndim == 0 or x.shape[:1] != y.shape[:1]:
        raise ValueError(
            f"WatchTraining was given data=(X, y) with X of shape {x.shape} and y of shape {y.shape}: the first length "
            f"is the number of examples, and must be the same."
        )
    with np.errstate(all="ignore"):
        outputs = model(x[:1])
    y = model.loss.labels(y, (len(x), *np.shape(outputs)[1:]))
    return examples_of(x, y.astype(outputs.dtype) if y.dtype.kind == "f" else y)


def frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


@contextmanager
def back_propagated(model: Any, examples: Examples) -> Iterator[Value]:
    """The cost of the examples with its graph and all gradients; afterwards the weights have those of before."""
    with resumed(), np.errstate(all="ignore"):
        cost: Value = model.loss.cost(examples.y, model(examples.x))
        before = [(v, v.grad) for v in reachable(cost) if v.op is None]
        try:
            cost.backward()
            yield cost
        finally:
            for v, gradient in before:
                v.grad = gradient


def sizes(weights: list[Value]) -> tuple[list[float | None], list[float | None]]:
    """How large the gradient of each weight is, and the weight itself: the root of the sum of squares."""
    return [length(w.grad) for w in weights], [length(w.data) for w in weights]


def length(array: Any) -> float | None:
    """The Euclidean length; None if it is not finite, or there is nothing.

    Examples
    --------
    >>> length(np.array([3.0, 4.0])), length(np.array([np.inf]))
    (5.0, None)
    """
    if array is None or not np.all(np.isfinite(array)):
        return None
    largest = float(np.max(np.abs(array), initial=0.0))
    return largest * float(np.linalg.norm(np.asarray(array) / largest)) if largest else 0.0


def verdict(size: float | None, most: float) -> str:
    """What is to be said of the gradient of a weight that is so long, where the longest is that long.

    Examples
    --------
    >>> verdict(1e-9, 1.0), verdict(0.5, 1.0), verdict(2e4, 2e4)
    ('vanishing', '', 'exploding')
    """
    if not size:
        return ""
    return "vanishing" if size < VANISHING * most else "exploding" if size > EXPLODING else ""


def names_of(model: Any) -> list[str]:
    """What each weight is called, cleaned."""
    return [clean(str(w.name or f"weight {i}"), 24) for i, w in enumerate(model.weights)]


def description(model: Any, params: dict[str, Any]) -> str:
    """The training in a line: ``64 → 25 → 15 → 1, BinaryCrossentropy, Adam, 1,797 examples, 57 steps an epoch``."""
    shapes = [np.shape(w) for w in model.weights]
    kernels = [shape for shape in shapes if len(shape) == 2]
    facts = [" → ".join(map(str, (kernels[0][0], *(k[1] for k in kernels))))] if kernels else []
    facts += [clean(type(model.loss).__name__, 40), clean(type(model.optimizer).__name__, 40)]
    for key, word in (("samples", "examples"), ("steps", "steps an epoch")):
        if key in params:
            facts.append(f"{params[key]:,} {word}")
    return ", ".join(facts)
