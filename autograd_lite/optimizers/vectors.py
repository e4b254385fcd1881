"""All weights as one vector, for updates that run in place; and how the weights and the vector stay the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..engine import RecordingError, Value
from ..program import InPlace, update_of


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
        self._parts: list[tuple[slice, tuple[int, ...], bool]] = []  # where each lies, its shape, whether in columns
        begin = 0
        for v in self._variables:
            columns = lies_in_columns(v)
            shape = v.shape[::-1] if columns else v.shape
            self._parts.append((slice(begin, begin + v.size), shape, columns))
            begin += v.size
        self._weights = self._in(update.weights)

    @property
    def namespace(self) -> dict[str, Any]:
        """The vectors by name, for programs that share them."""
        return self.update.namespace

    @property
    def columns(self) -> list[bool]:
        """Which weights lie column by column."""
        return [columns for _, _, columns in self._parts]

    @property
    def gradient(self) -> np.ndarray:
        return self.update.gradient

    def _in(self, vector: np.ndarray) -> list[np.ndarray]:
        """The weights that lie in a vector, each in its shape."""
        return [
            vector[part].reshape(shape).T if columns else vector[part].reshape(shape)
            for part, shape, columns in self._parts
        ]

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
        self._published = self._in(self.update.weights.copy())
        for v, weights in zip(self._variables, self._published, strict=True):
            v.replace(weights)

    def copies(self) -> list[np.ndarray]:
        """Copies of all vectors."""
        return [self.namespace[name].copy() for name in self.update.update.vectors]

    def put_back(self, copies: list[np.ndarray]) -> None:
        """Write copies back."""
        for name, copy in zip(self.update.update.vectors, copies, strict=True):
            self.namespace[name][...] = copy

    def collect(self, gradients: Sequence[np.ndarray]) -> np.ndarray:
        """All gradients in their vector."""
        flat = [g.T if columns else g for g, (_, _, columns) in zip(gradients, self._parts, strict=True)]
        with np.errstate(over="ignore"):  # what becomes inf is refused
            return np.concatenate(flat, axis=None, out=self.gradient, casting="unsafe")

    def step(self, learning_rate: float, t: int) -> None:
        """Update the published weights by the gradient."""
        self.load()
        self.update(learning_rate, float(t))
        self.publish()


def lies_in_columns(v: Value) -> bool:
    """True for a matrix whose columns lie one after the other in memory."""
    data = v._data
    return bool(data.ndim == 2 and data.flags.f_contiguous and not data.flags.c_contiguous)


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
