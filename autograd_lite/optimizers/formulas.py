"""The formulas: how each optimizer makes new weights of old ones and their gradient. Defaults are Keras'."""

from __future__ import annotations

import math
from typing import Any, Never

import numpy as np

from .base import Optimizer, number


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

    def __init__(
        self, learning_rate: float = 0.01, momentum: float = 0.0, nesterov: bool = False, **unknown: Never
    ) -> None:
        super().__init__(learning_rate, **unknown)
        self.momentum = number(self, "momentum", momentum, least=0.0, below=1.0)
        self.nesterov = bool(nesterov)

    @property
    def remembers(self) -> tuple[str, ...]:
        return ("velocity",) if self.momentum else ()

    def update(self, w: Any, g: Any, *memory: Any, learning_rate: Any, t: Any) -> Any:
        if not self.momentum:
            return w - learning_rate * g
        v = self.momentum * memory[0] - learning_rate * g
        return w + (self.momentum * v - learning_rate * g if self.nesterov else v), v


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
        self,
        learning_rate: float = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = 1e-7,
        **unknown: Never,
    ) -> None:
        super().__init__(learning_rate, **unknown)
        self.rho = number(self, "rho", rho, least=0.0, below=1.0)
        self.momentum = number(self, "momentum", momentum, least=0.0, below=1.0)
        self.epsilon = number(self, "epsilon", epsilon, above=0.0)

    @property
    def remembers(self) -> tuple[str, ...]:
        return ("mean_square", "velocity") if self.momentum else ("mean_square",)

    def update(self, w: Any, g: Any, *memory: Any, learning_rate: Any, t: Any) -> Any:
        v, *velocity = memory
        v = v + (1 - self.rho) * (g * g - v)
        step = learning_rate * g / np.sqrt(v + self.epsilon)
        if not self.momentum:
            return w - step, v
        step = self.momentum * velocity[0] + step
        return w - step, v, step


class Adam(Optimizer):
    """The running mean of g over the root of the running mean of g², both freed of their start at 0.

    Kingma & Ba (2015), in Keras' form: the corrections are in the step's length,
    α sqrt(1 - β₂ᵗ) / (1 - β₁ᵗ), and ε is added after them. What is remembered are the two moments
    without their factors, m ← β₁ m + g and v ← β₂ v + g²; the factors 1 - β₁ and 1 - β₂ are in the
    step's length and in ε: the same numbers with two operations fewer.

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
        self,
        learning_rate: float = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        **unknown: Never,
    ) -> None:
        super().__init__(learning_rate, **unknown)
        self.beta_1 = number(self, "beta_1", beta_1, least=0.0, below=1.0)
        self.beta_2 = number(self, "beta_2", beta_2, least=0.0, below=1.0)
        self.epsilon = number(self, "epsilon", epsilon, above=0.0)

    @property
    def remembers(self) -> tuple[str, ...]:
        return ("moment_1", "moment_2")

    def update(self, w: Any, g: Any, *memory: Any, learning_rate: Any, t: Any) -> Any:
        m, v = memory
        m = self.beta_1 * m + g
        v = self.beta_2 * v + g * g
        alpha = learning_rate * np.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        alpha = alpha * ((1 - self.beta_1) / math.sqrt(1 - self.beta_2))
        return w - m / (np.sqrt(v) + self.epsilon / math.sqrt(1 - self.beta_2)) * alpha, m, v
