"""Random expressions, written down as recipes that any array library can follow.

A recipe is a list of steps; each names an operation, the earlier results that it uses, and its
settings. ``result(recipe, operations, leaves)`` follows it with a dictionary of operations: `NUMPY`
is the one for plain arrays and for Values; another library gets a dictionary of its own with the
same names (see tests/crosscheck). The result is one number.

Recipes are made so that every number stays near 1, away from poles and kinks: each step is tried
out on plain arrays before it is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import autograd_lite as ag

Operations = dict[str, Callable[..., Any]]

# fmt: off
NUMPY: Operations = {
    # of one operand
    "sin": np.sin, "cos": np.cos, "tanh": np.tanh, "arctan": np.arctan, "sigmoid": ag.sigmoid, "relu": ag.relu,
    "abs": np.abs, "square": np.square, "negative": np.negative, "expm1": np.expm1, "sinh": np.sinh,
    "exp":         lambda x: np.exp(-np.abs(x)),
    "log":         lambda x: np.log(1.5 + x * x),
    "log1p":       lambda x: np.log1p(x**2),
    "sqrt":        lambda x: np.sqrt(0.3 + np.square(x)),
    "reciprocal":  lambda x: 1 / (2 + np.cos(x)),
    "cube":        lambda x: x**3,
    "clip":        lambda x: np.clip(x, -0.7, 0.9),
    "softmax":     lambda x, axis: ag.softmax(x, axis=axis),
    "log_softmax": lambda x, axis: ag.log_softmax(x, axis=axis),
    # of two that broadcast
    "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "maximum": np.maximum, "minimum": np.minimum,
    "logaddexp": np.logaddexp,
    "divide":      lambda x, y: x / (1 + y * y),
    "power":       lambda x, y: (0.5 + x * x) ** np.tanh(y),
    "where":       lambda x, y: np.where(x > y, x, np.sin(y)),
    # reductions
    "sum":  lambda x, axis, keepdims: np.sum(x, axis=axis, keepdims=keepdims),
    "mean": lambda x, axis, keepdims: np.mean(x, axis=axis, keepdims=keepdims),
    "max":  lambda x, axis, keepdims: np.max(x, axis=axis, keepdims=keepdims),
    "min":  lambda x, axis, keepdims: np.min(x, axis=axis, keepdims=keepdims),
    "prod": lambda x, axis, keepdims: np.prod(x, axis=axis, keepdims=keepdims),
    "var":  lambda x, axis, keepdims: np.var(x, axis=axis, keepdims=keepdims),
    "std":  lambda x, axis, keepdims: np.sqrt(0.1 + np.var(x, axis=axis, keepdims=keepdims)),
    # shapes
    "reshape":     lambda x, shape: np.reshape(x, shape),
    "transpose":   lambda x, axes: np.transpose(x, axes),
    "expand":      lambda x, axis: np.expand_dims(x, axis),
    "item":        lambda x, index: x[index],
    "concatenate": lambda x, y, axis: np.concatenate([x, y], axis=axis),
    "stack":       lambda x, y: np.stack([x, y, x]),
    # products
    "matmul": np.matmul,
    "einsum": lambda x, y: np.einsum("...i,...i->...", x, y),
}
# fmt: on

REDUCTIONS = ["sum", "mean", "max", "min", "prod", "var", "std"]
OF_TWO = ["add", "subtract", "multiply", "maximum", "minimum", "logaddexp", "divide", "power", "where"]
OF_ONE = [
    "sin", "cos", "tanh", "arctan", "sigmoid", "relu", "abs", "square", "negative", "expm1", "sinh", "exp", "log",
    "log1p", "sqrt", "reciprocal", "cube", "clip",
]  # fmt: skip
FAMILIES = ["one", "two", "two", "two", "reduction", "shape", "product", "join", "item", "softmax"]
SHAPES = [(), (3,), (2, 3), (3, 1), (1, 3), (3, 2), (2, 1, 3), (3, 3)]


@dataclass(frozen=True)
class Step:
    """One operation on earlier results, which are counted from the leaves on."""

    name: str
    operands: tuple[int, ...]
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass
class Recipe:
    """A random expression, with the leaves that it was tried out on."""

    leaves: list[np.ndarray]
    steps: list[Step] = field(default_factory=list)


def result(recipe: Recipe, operations: Operations, leaves: Sequence[Any]) -> Any:
    """The number that a recipe makes of its leaves."""
    values = list(leaves)
    for step in recipe.steps:
        values.append(operations[step.name](*(values[i] for i in step.operands), **step.settings))
    return values[-1]


def random_recipe(seed: int, least: int = 5, most: int = 60) -> Recipe:
    """A recipe of so many operations; every leaf and nearly every step is used in the result."""
    generator = np.random.default_rng(seed)
    shapes = [SHAPES[i] for i in generator.integers(0, len(SHAPES), generator.integers(2, 5))]
    recipe = Recipe([generator.uniform(-1.5, 1.5, shape) for shape in shapes])
    values: list[Any] = list(recipe.leaves)
    wanted = int(generator.integers(least, most + 1))
    while len(recipe.steps) < wanted:
        step = random_step(generator, values)
        if step is not None:
            take_if_tame(recipe, step, values)
    gather(recipe, values)
    return recipe


def take_if_tame(recipe: Recipe, step: Step, values: list[Any]) -> bool:
    """Take a step if its shapes fit and its numbers are near 1 and not all 0."""
    try:
        value = NUMPY[step.name](*(values[i] for i in step.operands), **step.settings)
    except ValueError:
        return False
    size = np.max(np.abs(value), initial=0.0)
    if not 1e-3 < size < 6 or np.size(value) > 60 or np.ndim(value) > 4:
        return False
    recipe.steps.append(step)
    values.append(value)
    return True


def gather(recipe: Recipe, values: list[Any]) -> None:
    """Add up the means of all results that nothing has used yet."""
    used = {i for step in recipe.steps for i in step.operands}
    total = None
    for i in [i for i in range(len(values)) if i not in used]:
        for step in (Step("sin", (i,)), Step("mean", (len(values),), {"axis": None, "keepdims": False})):
            recipe.steps.append(step)
            values.append(NUMPY[step.name](*(values[j] for j in step.operands), **step.settings))
        if total is not None:
            recipe.steps.append(Step("add", (total, len(values) - 1)))
            values.append(values[total] + values[-1])
        total = len(values) - 1


def random_step(generator: np.random.Generator, values: list[Any]) -> Step | None:
    """A step whose operands may not fit: None, or a ValueError when it is tried."""
    i = newer(generator, len(values))
    j = newer(generator, len(values))
    ndim = np.ndim(values[i])
    family = generator.choice(FAMILIES)
    if family == "one":
        return Step(str(generator.choice(OF_ONE)), (i,))
    if family == "two":
        return Step(str(generator.choice(OF_TWO)), (i, j))
    if ndim == 0:
        return None
    axis = int(generator.integers(-ndim, ndim))
    if family == "reduction":
        name, keepdims = str(generator.choice(REDUCTIONS)), bool(generator.integers(2))
        return Step(name, (i,), {"axis": [axis, None][int(generator.integers(4) == 0)], "keepdims": keepdims})
    if family == "softmax":
        return Step(str(generator.choice(["softmax", "log_softmax"])), (i,), {"axis": axis})
    if family == "product":
        return Step(str(generator.choice(["matmul", "einsum"])), (i, j))
    if family == "join":
        return Step("stack", (i, j)) if generator.integers(3) == 0 else Step("concatenate", (i, j), {"axis": axis})
    if family == "item":
        return Step("item", (i,), {"index": random_index(generator, np.shape(values[i]))})
    return random_reshaping(generator, i, np.shape(values[i]), axis)


def newer(generator: np.random.Generator, n: int) -> int:
    """One of n results, the later ones more often: graphs become deep, and early results are used again."""
    return int(n * np.sqrt(generator.uniform()))


def random_reshaping(generator: np.random.Generator, i: int, shape: tuple[int, ...], axis: int) -> Step:
    kind = generator.integers(3)
    if kind == 0:
        return Step("transpose", (i,), {"axes": tuple(int(a) for a in generator.permutation(len(shape)))})
    if kind == 1:
        return Step("expand", (i,), {"axis": axis})
    return Step("reshape", (i,), {"shape": (-1,) if generator.integers(2) else (shape[-1], -1)})


def random_index(generator: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """A whole number, a slice, or entries in an order of their own, some of them twice."""
    kind, n = generator.integers(3), shape[0]
    if kind == 0:
        return int(generator.integers(-n, n))
    if kind == 1:
        return (Ellipsis, slice(int(generator.integers(2)), None))
    return [int(k) for k in generator.integers(0, n, 3)]
