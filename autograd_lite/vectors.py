"""All weights as one vector, for updates that run in place; and how the weights and the vector stay the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .engine import RecordingError, Value
from .program import InPlace, update_of


class Vectors:
    """The vectors of an optimizer: weights, gradient, and what it remembers.

    An update is one for all weights, written in place. The weights that people see are copies, made by
    `publish`: an array that was handed out, or that a graph holds, never changes under them.

    Parameters
    ----------
    variables : list of Value
        Arrays of one dtype; see `fit_together`.
    update : InPlace
    """

    def __init__(self, variables: Sequence[Value], update: InPlace) -> None:
        self.update = update
        self._variables = list(variables)
        self._published: list[Any] = [None] * len(self._variables)
        self._weights: list[np.ndarray] = []
        begin = 0
        for v in self._variables:
            part = slice(begin, begin + v.size)
            self._weights.append(shaped(update.weights[part], v))
            begin += v.size

    @property
    def namespace(self) -> dict[str, Any]:
        """The vectors by name, for programs that share them."""
        return self.update.namespace

    @property
    def gradient(self) -> np.ndarray:
        return self.update.gradient

    def remember(self, others: Vectors) -> None:
        """Take over what was remembered under the same names."""
        for name, vector in self.namespace.items():
            if name in self.update.update.vectors and name in others.namespace:
                vector[...] = others.namespace[name]

    def load(self) -> None:
        """Read the weights that somebody has changed since they were published."""
        for v, part, published in zip(self._variables, self._weights, self._published, strict=True):
            if v._data is not published or v._snapshot is not None:
                part[...] = v.data_to_record()

    def publish(self) -> None:
        """Give the weights their new numbers."""
        now, begin = self.update.weights.copy(), 0
        for at, v in enumerate(self._variables):
            end = begin + v.size
            self._published[at] = shaped(now[begin:end], v)
            v.replace(self._published[at])
            begin = end

    def collect(self, gradients: Sequence[np.ndarray]) -> np.ndarray:
        """All gradients in their vector."""
        np.concatenate([laid(g, v) for g, v in zip(gradients, self._variables, strict=True)], out=self.gradient)
        return self.gradient

    def step(self, learning_rate: float, t: int) -> None:
        """Update the published weights by the gradient."""
        self.load()
        self.update(learning_rate, float(t))
        self.publish()


def lies_in_columns(v: Value) -> bool:
    """True for a matrix whose columns lie one after the other in memory."""
    data = v._data
    return bool(data.ndim == 2 and data.flags.f_contiguous and not data.flags.c_contiguous)


def shaped(part: np.ndarray, v: Value) -> np.ndarray:
    """A part of a vector in the shape of its weights, and in their order in memory."""
    return part.reshape(v.shape[::-1]).T if lies_in_columns(v) else part.reshape(v.shape)


def laid(gradient: np.ndarray, v: Value) -> np.ndarray:
    """The reverse of `shaped`."""
    return gradient.T.reshape(-1) if lies_in_columns(v) else gradient.reshape(-1)


def fit_together(variables: Sequence[Value]) -> bool:
    """True if one vector can hold all of these."""
    return len({v.dtype for v in variables}) == 1 and all(isinstance(v._data, np.ndarray) for v in variables)


def vectors_of(formula: Any, remembers: Sequence[str], variables: Sequence[Value]) -> Vectors | None:
    """Vectors for these variables; None if they do not fit together, or the formula cannot be recorded."""
    if not fit_together(variables):
        return None
    try:
        update = update_of(formula, remembers, sum(v.size for v in variables), variables[0].dtype)
    except RecordingError:
        return None
    return Vectors(variables, InPlace(update))
