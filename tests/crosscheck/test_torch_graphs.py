"""The same random expressions in autograd_lite and in PyTorch: values, gradients, second derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from engine.random_graphs import NUMPY, Operations, Recipe, random_recipe, result

import autograd_lite as ag

torch = pytest.importorskip("torch")

SEEDS = range(100)


def reduced(name: str) -> Any:
    """A reduction of PyTorch with NumPy's settings; its own names and rules differ from one to the next."""

    def reduce(x: Any, axis: int | None, keepdims: bool) -> Any:
        axes = tuple(range(x.ndim)) if axis is None else axis
        if name == "prod":  # it takes one axis
            whole = x.reshape(-1).prod() if axis is None else x.prod(dim=axis, keepdim=keepdims)
            return whole.reshape((1,) * x.ndim) if axis is None and keepdims else whole
        if name in ("var", "std"):
            variance = torch.var(x, dim=axes, correction=0, keepdim=keepdims)
            return variance if name == "var" else torch.sqrt(0.1 + variance)
        function = {"max": torch.amax, "min": torch.amin}.get(name) or getattr(torch, name)
        return function(x, dim=axes, keepdim=keepdims)

    return reduce


# fmt: off
TORCH: Operations = {
    **{name: getattr(torch, name) for name in (
        "sin", "cos", "tanh", "arctan", "sigmoid", "relu", "abs", "square", "negative", "expm1", "sinh", "softmax",
        "log_softmax", "add", "subtract", "multiply", "maximum", "minimum", "logaddexp", "matmul")},
    **{name: reduced(name) for name in ("sum", "mean", "max", "min", "prod", "var", "std")},
    "exp":         lambda x: torch.exp(-torch.abs(x)),
    "log":         lambda x: torch.log(1.5 + x * x),
    "log1p":       lambda x: torch.log1p(x**2),
    "sqrt":        lambda x: torch.sqrt(0.3 + torch.square(x)),
    "reciprocal":  lambda x: 1 / (2 + torch.cos(x)),
    "cube":        lambda x: x**3,
    "clip":        lambda x: torch.clip(x, -0.7, 0.9),
    "softmax":     lambda x, axis: torch.softmax(x, dim=axis),
    "log_softmax": lambda x, axis: torch.log_softmax(x, dim=axis),
    "divide":      lambda x, y: x / (1 + y * y),
    "power":       lambda x, y: (0.5 + x * x) ** torch.tanh(y),
    "where":       lambda x, y: torch.where(x > y, x, torch.sin(y)),
    "reshape":     lambda x, shape: torch.reshape(x, shape),
    "transpose":   lambda x, axes: torch.permute(x, axes),
    "expand":      lambda x, axis: torch.unsqueeze(x, axis),
    "item":        lambda x, index: x[index],
    "concatenate": lambda x, y, axis: torch.cat([x, y], dim=axis),
    "stack":       lambda x, y: torch.stack([x, y, x]),
    "einsum":      lambda x, y: torch.einsum("...i,...i->...", x, y),
}
# fmt: on


def tensors(arrays: Sequence[np.ndarray]) -> list[Any]:
    return [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in arrays]


def torch_gradients(outcome: Any, leaves: list[Any], **settings: Any) -> list[Any]:
    gradients = torch.autograd.grad(outcome, leaves, allow_unused=True, **settings)
    return [torch.zeros_like(x) if g is None else g for x, g in zip(leaves, gradients, strict=True)]


def assert_close(found: Sequence[Any], expected: Sequence[Any], rel: float) -> None:
    """Every entry within a part of the largest entry of all."""
    scale = max(float(np.max(np.abs(e), initial=0.0)) for e in expected)
    for i, (f, e) in enumerate(zip(found, expected, strict=True)):
        assert np.shape(f) == np.shape(e)
        np.testing.assert_allclose(f, e, rtol=0, atol=rel * max(scale, 1e-6), err_msg=f"leaf {i}")


def test_pytorch_has_every_operation_of_the_random_expressions() -> None:
    assert set(TORCH) == set(NUMPY)


@pytest.mark.parametrize("seed", SEEDS)
def test_values_and_gradients_of_a_random_expression_agree(seed: int) -> None:
    recipe = random_recipe(seed)
    values, leaves = [ag.Value(x) for x in recipe.leaves], tensors(recipe.leaves)
    ours, theirs = result(recipe, NUMPY, values), result(recipe, TORCH, leaves)
    assert ours.item() == pytest.approx(theirs.item(), rel=1e-10)
    ours.backward()
    expected = [g.numpy() for g in torch_gradients(theirs, leaves)]
    assert_close([v.grad for v in values], expected, rel=1e-10)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_second_derivatives_of_a_random_expression_agree(seed: int) -> None:
    recipe = random_recipe(seed, most=30)
    generator = np.random.default_rng(seed)
    directions = [generator.uniform(-1, 1, x.shape) for x in recipe.leaves]
    expected = torch_product_with_hessian(recipe, directions)
    found = our_product_with_hessian(recipe, directions)
    assert_close(found, expected, rel=1e-10)


def our_product_with_hessian(recipe: Recipe, directions: list[np.ndarray]) -> tuple[Any, ...]:
    every = tuple(range(len(recipe.leaves)))

    def slope(*leaves: Any) -> Any:
        gradients = ag.grad(lambda *inner: result(recipe, NUMPY, inner), every)(*leaves)
        return sum(np.sum(g * u) for g, u in zip(gradients, directions, strict=True))

    return ag.grad(slope, every)(*recipe.leaves)


def torch_product_with_hessian(recipe: Recipe, directions: list[np.ndarray]) -> list[np.ndarray]:
    leaves = tensors(recipe.leaves)
    gradients = torch_gradients(result(recipe, TORCH, leaves), leaves, create_graph=True)
    slope = sum(torch.sum(g * torch.tensor(u)) for g, u in zip(gradients, directions, strict=True))
    return [g.numpy() for g in torch_gradients(slope, leaves)]


@pytest.mark.parametrize(
    ("ours", "theirs", "at"),
    [
        (np.abs, torch.abs, [0.0]),
        (ag.relu, torch.relu, [0.0]),
        (np.maximum, torch.maximum, [1.0, 1.0]),
        (np.minimum, torch.minimum, [1.0, 1.0]),
        (np.max, torch.amax, [[2.0, 1.0, 2.0]]),
        (np.min, torch.amin, [[1.0, 1.0, 2.0, 1.0]]),
        (lambda x: np.clip(x, -1, 1), lambda x: torch.clip(x, -1, 1), [[-1.0, 1.0, 2.0]]),
        (np.prod, torch.prod, [[0.0, 2.0, 3.0]]),
        (np.prod, torch.prod, [[0.0, 0.0, 3.0]]),
        (lambda x: x**0, lambda x: x**0, [0.0]),
        (lambda x: x**2, lambda x: x**2, [0.0]),
        (ag.sigmoid, torch.sigmoid, [[-800.0, 0.0, 800.0]]),
    ],
)
def test_slopes_at_kinks_and_ties_are_those_of_pytorch(ours: Any, theirs: Any, at: list[Any]) -> None:
    arrays = [np.array(x) for x in at]
    values, leaves = [ag.Value(x) for x in arrays], tensors(arrays)
    np.sum(ours(*values)).backward()
    for v, expected in zip(values, torch_gradients(torch.sum(theirs(*leaves)), leaves), strict=True):
        np.testing.assert_allclose(v.grad, expected.numpy(), rtol=0, atol=1e-300)
