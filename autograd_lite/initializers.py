"""Initializers: the numbers that the weights of a layer start from.

The names and the formulas are Keras'. ``fan_in`` is the number of inputs of a unit, ``fan_out``
the number of units: Glorot & Bengio (2010), He et al. (2015).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .naming import named, snake_case

__all__ = [
    "Constant",
    "GlorotNormal",
    "GlorotUniform",
    "HeNormal",
    "HeUniform",
    "Initializer",
    "Ones",
    "RandomNormal",
    "RandomUniform",
    "Zeros",
    "get",
]

Shape = tuple[int, ...]


class Initializer:
    """Draws the first weights of a layer.

    Parameters
    ----------
    seed : int, optional
        For the same numbers each time. Without it the model's own generator is used.

    Examples
    --------
    >>> GlorotUniform(seed=0)((2, 3)).shape
    (2, 3)
    """

    def __init__(self, seed: int | None = None) -> None:
        self.seed = seed

    def __call__(
        self, shape: Shape, dtype: Any = np.float64, generator: np.random.Generator | None = None
    ) -> np.ndarray:
        """Numbers of a shape, from the seed, else from the generator, else from fresh randomness."""
        if self.seed is not None or generator is None:
            generator = np.random.default_rng(self.seed)
        return np.asarray(self.draw(shape, generator), dtype)

    def draw(self, shape: Shape, generator: np.random.Generator) -> np.ndarray:
        """The numbers; each initializer has its own formula."""
        raise NotImplementedError

    def __repr__(self) -> str:
        settings = ", ".join(f"{k}={v!r}" for k, v in vars(self).items() if v is not None)
        return f"{type(self).__name__}({settings})"


class Constant(Initializer):
    """The same number everywhere."""

    def __init__(self, value: float = 0.0) -> None:
        super().__init__()
        self.value = value

    def draw(self, shape: Shape, generator: np.random.Generator) -> np.ndarray:
        return np.full(shape, self.value)


class Zeros(Constant):
    """Zeros: right for biases; a layer of weights that all start at 0 learns one unit many times."""

    def __init__(self) -> None:
        super().__init__(0.0)


class Ones(Constant):
    """Ones."""

    def __init__(self) -> None:
        super().__init__(1.0)


class RandomNormal(Initializer):
    """Normally distributed numbers."""

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: int | None = None) -> None:
        super().__init__(seed)
        self.mean, self.stddev = mean, stddev

    def draw(self, shape: Shape, generator: np.random.Generator) -> np.ndarray:
        return generator.normal(self.mean, self.stddev, shape)


class RandomUniform(Initializer):
    """Evenly distributed numbers."""

    def __init__(self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None) -> None:
        super().__init__(seed)
        self.minval, self.maxval = minval, maxval

    def draw(self, shape: Shape, generator: np.random.Generator) -> np.ndarray:
        return generator.uniform(self.minval, self.maxval, shape)


class GlorotUniform(Initializer):
    """Uniform within ±sqrt(6 / (fan_in + fan_out)): keeps the size of signals from layer to layer."""

    def draw(self, shape: Shape, generator: np.random.Generator) -> np.ndarray:
        limit = np.sqrt(6 / (fan_in(shape) + fan_out(shape)))
        return generator.uniform(-limit, limit, shape)


class GlorotNormal(Initializer):
    """Normal with variance 2 / (fan_in + fan_out), cut off at two standard deviations."""

    def draw(self, shape: Shape, generator: np.random.Generator) -> np.ndarray:
        return truncated_normal(np.sqrt(2 / (fan_in(shape) + fan_out(shape))), shape, generator)


class HeUniform(Initializer):
    """Uniform within ±sqrt(6 / fan_in): for relu."""

    def draw(self, shape: Shape, generator: np.random.Generator) -> np.ndarray:
        limit = np.sqrt(6 / fan_in(shape))
        return generator.uniform(-limit, limit, shape)


class HeNormal(Initializer):
    """Normal with variance 2 / fan_in, cut off at two standard deviations: for relu."""

    def draw(self, shape: Shape, generator: np.random.Generator) -> np.ndarray:
        return truncated_normal(np.sqrt(2 / fan_in(shape)), shape, generator)


def fan_in(shape: Shape) -> int:
    return shape[0] if shape else 1


def fan_out(shape: Shape) -> int:
    return shape[-1] if shape else 1


def truncated_normal(stddev: float, shape: Shape, generator: np.random.Generator) -> np.ndarray:
    """Normal numbers, drawn again beyond two standard deviations; of the given spread after the cut."""
    numbers = generator.normal(size=shape)
    while np.any(outside := np.abs(numbers) > 2):
        numbers = np.where(outside, generator.normal(size=shape), numbers)
    return numbers * stddev / 0.87962566103423978  # the spread of a normal that is cut off at ±2


INITIALIZERS = {
    snake_case(cls.__name__): cls
    for cls in (
        Constant, GlorotNormal, GlorotUniform, HeNormal, HeUniform, Ones, RandomNormal, RandomUniform, Zeros,
    )
}  # fmt: skip


def get(identifier: str | Initializer | Callable[..., Any]) -> Callable[..., np.ndarray]:
    """An initializer by Keras' name, or as a function that is called as Keras does, f(shape, dtype=dtype).

    Raises
    ------
    ValueError
        If no initializer has that name.
    TypeError
        If it is neither a name nor callable, or a class that was not called.

    Examples
    --------
    >>> get("zeros")((2,))
    array([0., 0.])
    """
    if isinstance(identifier, str):
        made: Initializer = named(identifier, INITIALIZERS, "initializer")()
        return made
    if callable(identifier) and not isinstance(identifier, type):
        return identifier
    raise TypeError(f"An initializer is a name such as 'glorot_uniform' or an Initializer; {identifier!r} was given.")


def drawn(
    initializer: Callable[..., Any], shape: Shape, dtype: Any = np.float64, generator: np.random.Generator | None = None
) -> np.ndarray:
    """What an initializer makes of a shape. Those of this library draw from the generator.

    Raises
    ------
    ValueError
        If it makes another shape.

    Examples
    --------
    >>> drawn(lambda shape, dtype: np.full(shape, 0.5, dtype), (2,))
    array([0.5, 0.5])
    """
    if isinstance(initializer, Initializer):
        made = initializer(shape, dtype=dtype, generator=generator)
    else:
        made = np.asarray(initializer(shape, dtype=dtype), dtype)
    if made.shape != shape:
        raise ValueError(f"The initializer {initializer!r} was asked for shape {shape}; it made shape {made.shape}.")
    return made
