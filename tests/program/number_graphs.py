"""Listings of plain numbers for tests: random ones, a network written number by number, long chains."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

import autograd_lite as ag
from autograd_lite.engine.rules.table import RULES
from autograd_lite.program.listing import Instruction, Listing, Variable
from autograd_lite.program.recording.recorder import recording_of

# Every operation keeps numbers near 1, and away from poles.
OF_ONE: list[Callable[[Any], Any]] = [
    np.tanh, np.sin, np.abs, np.negative, np.square, ag.sigmoid, ag.relu, np.sum, np.arctan,
    lambda x: np.exp(-np.abs(x)), lambda x: np.tanh(x) ** 3, lambda x: (2 + np.cos(x)) ** -1,
    lambda x: np.sqrt(1 + x * x),    lambda x: x * (x > 0), lambda x: np.log(1.5 + x**2), lambda x: 0.5 * x + 1,
    lambda x: 1 - x, lambda x: np.round(x, 1),
]  # fmt: skip
OF_TWO: list[Callable[[Any, Any], Any]] = [
    np.add, np.subtract, np.multiply, np.multiply, np.maximum, np.minimum, np.add,
    lambda x, y: x / (1 + y * y), lambda x, y: np.where(x > y, x, np.sin(y)), lambda x, y: (0.5 + x * x) ** np.tanh(y),
    lambda x, y: np.where(np.logical_not(x > y) | (x < 0.5), x, y), lambda x, y: (x > 0.2) * (y < 0.1) + x,
    lambda x, y: np.where(True, x * y, 0), lambda x, y: ag.engine.sigmoid_crossentropy(x, y),
]  # fmt: skip


def random_function(seed: int, inputs: int, operations: int) -> Callable[..., Any]:
    """A function of so many numbers: (value, some intermediate results, all gradients)."""

    def cost(*x: Any) -> Any:
        generator = np.random.default_rng(seed)
        values = list(x)
        for _ in range(operations):
            i, j = (int(len(values) * np.sqrt(generator.uniform())) for _ in range(2))
            choice = generator.integers(4)
            if choice == 0:
                values.append(OF_ONE[generator.integers(len(OF_ONE))](values[i]))
            elif choice == 1:  # a dot product, or a sum
                k = int(generator.integers(2, 9))
                terms = [values[m] for m in generator.integers(0, len(values), k)]
                factors = [values[m] for m in generator.integers(0, len(values), k)]
                products = [a * b for a, b in zip(terms, factors, strict=True)]
                values.append(np.tanh(sum(products if generator.integers(2) else terms, values[i])))
            else:
                values.append(OF_TWO[generator.integers(len(OF_TWO))](values[i], values[j]))
            if len(values) % 7 == 0:
                values[-1] = np.tanh(values[-1])
        return sum((np.sin(v) for v in values[inputs:]), values[0])

    return ag.value_and_grad(cost, argnums=tuple(range(inputs)))


def random_listing(seed: int, inputs: int = 4, operations: int = 40) -> tuple[Listing, list[float]]:
    """The recording of a random function, and numbers to try it with."""
    x = np.random.default_rng(seed + 1).uniform(-1.5, 1.5, inputs).tolist()
    recording = recording_of(random_function(seed, inputs, operations), tuple(x), {})
    return recording.listing, [*x, *(v.data for v in recording.outside)]


def network_listing(sizes: tuple[int, ...] = (2, 6, 6, 1), points: int = 20) -> tuple[Listing, list[float]]:
    """Cost and gradients of a network of relu units on some points, number by number, and its first weights."""
    generator = np.random.default_rng(0)
    X, y = generator.normal(size=(points, sizes[0])).tolist(), np.sign(generator.normal(size=points)).tolist()
    weights = generator.uniform(-1, 1, sum((n + 1) * units for n, units in pairwise(sizes))).tolist()

    def score(x: list[Any], parameters: list[Any]) -> Any:
        rest = iter(parameters)
        for n, units in pairwise(sizes):
            layer = [([next(rest) for _ in range(n)], next(rest)) for _ in range(units)]
            x = [sum((wi * xi for wi, xi in zip(w, x, strict=True)), b) for w, b in layer]
            x = [ag.relu(z) for z in x] if units > 1 else x
        return x[0]

    def cost(*parameters: Any) -> Any:
        losses = [ag.relu(1 + -yi * score(x, list(parameters))) for x, yi in zip(X, y, strict=True)]
        return sum(losses) * (1 / points) + 1e-4 * sum(p * p for p in parameters)

    f = ag.value_and_grad(cost, argnums=tuple(range(len(weights))))
    return recording_of(f, tuple(weights), {}).listing, weights


def chain(func: Any, length: int, *more: Variable) -> Listing:
    """``x = func(x, *more)`` again and again."""
    x = made = Variable(None, np.dtype(float), "x")
    instructions = []
    for _ in range(length):
        out = Variable(None, np.dtype(float))
        instructions.append(Instruction(RULES[func], (made, *more), out))
        made = out
    return Listing((x,), tuple(instructions), (made,))
