"""Optimizers: what gradient descent does with the gradient. Formulas and defaults are Keras'.

All weights are one long vector to an optimizer: its formula is written once, for that vector, and
each weight gets its part of the step.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .engine import Value
from .naming import named_or_made, snake_case

__all__ = ["SGD", "Adam", "Optimizer", "RMSprop", "get"]


class Optimizer:
    """Changes weights against their gradient. `SGD`, `RMSprop` and `Adam` are optimizers.

    Parameters
    ----------
    learning_rate : float
        α, the length of the step.

    Attributes
    ----------
    iterations : int
        How many steps have been made.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> w = Value(3.0)
    >>> (w * w).backward()
    >>> SGD(learning_rate=0.1).apply([w.grad], [w])
    >>> w.data
    2.4
    """

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate
        self.iterations = 0
        self._variables: list[Value] = []

    @property
    def learning_rate(self) -> float:
        """α; it may be assigned to between steps."""
        return self._learning_rate

    @learning_rate.setter
    def learning_rate(self, learning_rate: float) -> None:
        self._learning_rate = number(self, "learning_rate", learning_rate, above=0.0)

    def apply(self, gradients: Iterable[Any], variables: Iterable[Value]) -> None:
        """Make one step: every variable is changed against its gradient.

        Parameters
        ----------
        gradients : list of float or ndarray
            One for each variable, of its shape: ``[w.grad for w in variables]``.
        variables : list of Value
            The same ones in the same order at each step, for what is remembered belongs to them.

        Raises
        ------
        ValueError
            If a gradient is missing (None), or the variables are others than before.
        """
        gradients, variables = list(gradients), list(variables)
        self._check(gradients, variables)
        flat = np.concatenate(gradients, axis=None)
        if not self._variables:
            self._variables = variables
            self.start(flat)
        self.iterations += 1
        step, at = self.step(flat), 0
        for v in variables:
            data = v._data
            if type(data) is float:
                v.replace(data - float(step[at]))
                at += 1
            else:
                v.replace(data - step[at : at + data.size].reshape(data.shape))
                at += data.size

    def apply_gradients(self, gradients_and_variables: Iterable[tuple[Any, Value]]) -> None:
        """Keras' other way to say `apply`: ``apply_gradients(zip(gradients, variables))``."""
        pairs = list(gradients_and_variables)
        self.apply([g for g, _ in pairs], [v for _, v in pairs])

    def start(self, gradient: np.ndarray) -> None:
        """Make what is remembered from step to step, for gradients of this length."""

    def step(self, gradient: np.ndarray) -> np.ndarray:
        """What is subtracted from the weights, for a gradient of shape (number of weights,)."""
        raise NotImplementedError

    def _check(self, gradients: Sequence[Any], variables: Sequence[Value]) -> None:
        if len(gradients) != len(variables) or not variables:
            raise ValueError(
                f"{type(self).__name__}.apply needs one gradient for each variable; it was given "
                f"{len(gradients)} gradients and {len(variables)} variables."
            )
        for g, v in zip(gradients, variables, strict=True):
            if type(g) is np.ndarray and g.shape == v.shape:
                continue
            if g is None:
                raise ValueError(
                    f"{v.described()} has no gradient (None): the loss does not depend on it, or backward() was "
                    f"not called. Compute the loss with it and call loss.backward() first."
                )
            if np.shape(g) != v.shape:
                raise ValueError(
                    f"{v.described()} was given a gradient of shape {np.shape(g)}; a gradient has the shape of its "
                    f"variable."
                )
        if self._variables and not all(map(operator.is_, self._variables, variables)):
            raise ValueError(
                f"This {type(self).__name__} has made {self.iterations} step(s) on other variables, and what it "
                f"remembers belongs to those. Make a new optimizer for new variables."
            )

    def __repr__(self) -> str:
        settings = {"learning_rate": self.learning_rate} | {k: v for k, v in vars(self).items() if k in self._settings}
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in settings.items())})"

    _settings: tuple[str, ...] = ()


class SGD(Optimizer):
    """Gradient descent, w ← w - α g, with momentum if wanted.

    Parameters
    ----------
    learning_rate : float
        α.
    momentum : float
        β in 0..1: the step is v ← β v - α g, w ← w + v (Polyak 1964).
    nesterov : bool
        Look ahead along v: w ← w + β v - α g (Nesterov 1983; Sutskever et al. 2013).

    Examples
    --------
    >>> SGD(learning_rate=0.1)
    SGD(learning_rate=0.1, momentum=0.0, nesterov=False)
    """

    _settings = ("momentum", "nesterov")

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.0, nesterov: bool = False) -> None:
        super().__init__(learning_rate)
        self.momentum = number(self, "momentum", momentum, least=0.0, below=1.0)
        self.nesterov = bool(nesterov)
        self._velocity: Any = 0.0

    def step(self, gradient: np.ndarray) -> np.ndarray:
        alpha, beta = self.learning_rate, self.momentum
        if not beta:
            return alpha * gradient
        self._velocity = beta * self._velocity - alpha * gradient
        velocity: np.ndarray = self._velocity
        return alpha * gradient - beta * velocity if self.nesterov else -velocity


class RMSprop(Optimizer):
    """Steps of a size of their own for each weight: α g / sqrt(v + ε), v the mean of g² (Hinton 2012).

    It is what Keras' ``compile(loss=...)`` alone means.

    Parameters
    ----------
    learning_rate : float
        α.
    rho : float
        How long the mean remembers: v ← ρ v + (1 - ρ) g².
    momentum : float
        Of the step, as in `SGD`.
    epsilon : float
        ε, against division by 0.

    Examples
    --------
    >>> RMSprop()
    RMSprop(learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-07)
    """

    _settings = ("rho", "momentum", "epsilon")

    def __init__(
        self, learning_rate: float = 0.001, rho: float = 0.9, momentum: float = 0.0, epsilon: float = 1e-7
    ) -> None:
        super().__init__(learning_rate)
        self.rho = number(self, "rho", rho, least=0.0, below=1.0)
        self.momentum = number(self, "momentum", momentum, least=0.0, below=1.0)
        self.epsilon = number(self, "epsilon", epsilon, above=0.0)

    def start(self, gradient: np.ndarray) -> None:
        self._mean_square = np.zeros_like(gradient)
        self._velocity: Any = 0.0

    def step(self, gradient: np.ndarray) -> np.ndarray:
        v = self._mean_square
        v += (1 - self.rho) * (gradient * gradient - v)
        step = self.learning_rate * gradient / np.sqrt(v + self.epsilon)
        if not self.momentum:
            return step
        self._velocity = self.momentum * self._velocity + step
        velocity: np.ndarray = self._velocity
        return velocity


class Adam(Optimizer):
    """The running mean of g over the root of the running mean of g², both freed of their start at 0.

    Kingma & Ba (2015), in Keras' form: the corrections are in the step's length,
    α sqrt(1 - β₂ᵗ) / (1 - β₁ᵗ), and ε is added after them.

    Parameters
    ----------
    learning_rate : float
        α.
    beta_1, beta_2 : float
        How long the mean of g, and that of g², remember.
    epsilon : float
        ε, against division by 0.

    Examples
    --------
    >>> Adam(learning_rate=0.01)
    Adam(learning_rate=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-07)
    """

    _settings = ("beta_1", "beta_2", "epsilon")

    def __init__(
        self, learning_rate: float = 0.001, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-7
    ) -> None:
        super().__init__(learning_rate)
        self.beta_1 = number(self, "beta_1", beta_1, least=0.0, below=1.0)
        self.beta_2 = number(self, "beta_2", beta_2, least=0.0, below=1.0)
        self.epsilon = number(self, "epsilon", epsilon, above=0.0)

    def start(self, gradient: np.ndarray) -> None:
        self._mean = np.zeros_like(gradient)
        self._mean_square = np.zeros_like(gradient)

    def step(self, gradient: np.ndarray) -> np.ndarray:
        m, v, t = self._mean, self._mean_square, self.iterations
        m += (1 - self.beta_1) * (gradient - m)
        v += (1 - self.beta_2) * (gradient * gradient - v)
        alpha = self.learning_rate * math.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        step: np.ndarray = alpha * m / (np.sqrt(v) + self.epsilon)
        return step


def number(
    owner: Optimizer,
    name: str,
    value: Any,
    above: float | None = None,
    least: float | None = None,
    below: float | None = None,
) -> float:
    """A setting as a float, if it is in its range."""
    limits = [
        f"{word} {limit:g}"
        for word, limit in (("greater than", above), ("at least", least), ("less than", below))
        if limit is not None
    ]
    expected = f"{type(owner).__name__} takes a {name} that is a number {' and '.join(limits)}; {value!r} was given."
    if isinstance(value, bool | str) or not isinstance(value, int | float | np.number):
        raise TypeError(expected)
    fits = (
        np.isfinite(value)
        and (above is None or value > above)
        and (least is None or value >= least)
        and (below is None or value < below)
    )
    if not fits:
        raise ValueError(expected)
    return float(value)


OPTIMIZERS = {snake_case(cls.__name__): cls for cls in (SGD, RMSprop, Adam)}


def get(identifier: str | Optimizer) -> Optimizer:
    """An optimizer by Keras' name, with its default settings, or as an object.

    Raises
    ------
    ValueError
        If no optimizer has that name.
    TypeError
        If it is neither a name nor an Optimizer.

    Examples
    --------
    >>> get("adam")
    Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07)
    """
    found: Optimizer = named_or_made(identifier, OPTIMIZERS, Optimizer, "optimizer", "adam")
    return found
