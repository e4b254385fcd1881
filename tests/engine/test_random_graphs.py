"""Random expressions of 5 to 60 operations, and what gathers them into one number, against finite differences."""

from collections import Counter

import numpy as np
import pytest

import autograd_lite as ag

from .random_graphs import NUMPY, random_recipe, result
from .rule_checks import slope

SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradient_of_a_random_expression_agrees_with_finite_differences(seed: int) -> None:
    recipe = random_recipe(seed)
    values = [ag.Value(x) for x in recipe.leaves]
    outcome = result(recipe, NUMPY, values)
    assert outcome.item() == pytest.approx(float(result(recipe, NUMPY, recipe.leaves)), rel=1e-14)
    outcome.backward()
    for i, x in enumerate(recipe.leaves):
        u = np.random.default_rng(i).uniform(-1, 1, x.shape)

        def along(t: float, i: int = i, u: np.ndarray = u) -> float:
            moved = [y + t * u if j == i else y for j, y in enumerate(recipe.leaves)]
            return float(result(recipe, NUMPY, moved))

        found, measured = float(np.sum(values[i].grad * u)), slope(along, h=1e-4)
        assert found == pytest.approx(measured, rel=1e-6, abs=1e-7), f"leaf {i}"


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_the_second_derivative_of_a_random_expression_agrees_with_finite_differences(seed: int) -> None:
    recipe = random_recipe(seed, most=25)
    directions = [np.random.default_rng(i).uniform(-1, 1, x.shape) for i, x in enumerate(recipe.leaves)]

    def along(t: float) -> float:
        return result(recipe, NUMPY, [x + t * u for x, u in zip(recipe.leaves, directions, strict=True)])

    first = ag.grad(along)
    assert first(0.0) == pytest.approx(slope(along, h=1e-4), rel=1e-6, abs=1e-7)
    assert ag.grad(first)(0.0) == pytest.approx(slope(first, h=1e-4), rel=1e-6, abs=1e-7)


def test_the_random_expressions_use_every_operation_and_are_of_every_length() -> None:
    recipes = [random_recipe(seed) for seed in SEEDS]
    used = Counter(step.name for recipe in recipes for step in recipe.steps)
    assert set(used) == set(NUMPY)
    lengths = [len(recipe.steps) for recipe in recipes]
    assert min(lengths) < 20
    assert max(lengths) > 60


def test_a_recipe_depends_on_its_seed_alone() -> None:
    for seed in SEEDS[:5]:
        assert random_recipe(seed).steps == random_recipe(seed).steps
    assert random_recipe(0).steps != random_recipe(1).steps
