"""A program computes what its function computes, to the last bit: random expressions, and every rule."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine.random_graphs import NUMPY, Recipe, random_recipe, result
from engine.rule_cases import CASES, Case
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import autograd_lite as ag

from .comparing import assert_close, assert_same, by_itself, eager, moves_axes, outputs_of, parts

SEEDS = range(30)
few = settings(max_examples=2, phases=[Phase.explicit, Phase.generate], report_multiple_bugs=False)
every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


# ------------------------------------------------------------------------- random expressions


def leaves_of(recipe: Recipe, dtype: Any, seed: int | None = None) -> list[Any]:
    """The leaves that a recipe was tried out on, or others of their shapes."""
    generator = np.random.default_rng(seed)
    arrays = recipe.leaves if seed is None else [generator.uniform(-1.5, 1.5, x.shape) for x in recipe.leaves]
    return [x.astype(dtype) if x.ndim else float(x) for x in arrays]


def value_of(recipe: Recipe) -> Any:
    return lambda *x: result(recipe, NUMPY, x)


def gradient_of(recipe: Recipe) -> Any:
    return ag.value_and_grad(value_of(recipe), tuple(range(len(recipe.leaves))))


def product_with_hessian_of(recipe: Recipe) -> Any:
    every = tuple(range(len(recipe.leaves)))

    def slope(*x: Any) -> Any:
        gradients = ag.grad(value_of(recipe), every)(*x)
        return sum(np.sum(g * (0.5 + i)) for i, g in enumerate(gradients))

    return ag.grad(slope, every)


FUNCTIONS = {"value": value_of, "gradient": gradient_of, "product with the Hessian": product_with_hessian_of}


@pytest.mark.parametrize("kind", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("seed", SEEDS)
@np.errstate(all="ignore")
def test_a_program_of_a_random_expression_computes_what_the_function_computes(
    seed: int, dtype: Any, kind: str
) -> None:
    recipe = random_recipe(seed, most=25 if kind == "product with the Hessian" else 45)
    f = FUNCTIONS[kind](recipe)
    program = ag.record(f, *leaves_of(recipe, dtype))
    for again in (1, 2, 1, None):  # buffers of one run must not show in the next
        x = leaves_of(recipe, dtype, again)
        expected = eager(f, *x) if kind == "value" else f(*x)
        assert_same(program(*x), expected)
        assert_same(by_itself(program, *x), parts(expected))
        same = assert_close if moves_axes(program.recorded) else assert_same
        same(outputs_of(program.recorded, x), parts(expected))


@np.errstate(all="ignore")
def test_programs_of_random_expressions_saved_to_files_compute_the_same_in_a_fresh_interpreter(tmp_path: Path) -> None:
    names, expected = [], []
    for seed in SEEDS[:12]:
        recipe = random_recipe(seed)
        dtype = (np.float64, np.float32)[seed % 2]
        f = (value_of, gradient_of, product_with_hessian_of)[seed % 3](recipe)
        program = ag.record(f, *leaves_of(recipe, dtype))
        x = leaves_of(recipe, dtype, seed + 50)
        assert program.save(tmp_path / f"program_{seed}.py") == tmp_path / f"program_{seed}.py"
        np.savez(tmp_path / f"inputs_{seed}.npz", *map(np.asarray, x))
        names.append((seed, program.name))
        expected += parts(program(*x))
    code = f"""
import sys, runpy
import numpy as np
found = []
for seed, name in {names}:
    namespace = runpy.run_path(rf"{tmp_path}/program_{{seed}}.py")
    inputs = np.load(rf"{tmp_path}/inputs_{{seed}}.npz")
    inputs = [x if x.ndim else x.item() for x in (inputs[f"arr_{{i}}"] for i in range(len(inputs.files)))]
    result = namespace[name](*inputs)
    found += result if isinstance(result, tuple) else [result]
assert not any(m.startswith("autograd_lite") for m in sys.modules)
np.savez(rf"{tmp_path}/found.npz", *found)
"""
    subprocess.run([sys.executable, "-I", "-c", code], check=True, capture_output=True, timeout=60)
    with np.load(tmp_path / "found.npz") as found:
        for i, e in enumerate(expected):
            assert_same(found[f"arr_{i}"], np.asarray(e))
    assert len(expected) > 20


# ------------------------------------------------------------------------- every rule


def number(found: Any) -> Any:
    """A result as one number: each entry times a weight of its own."""
    total: Any = 0.0
    for i, part in enumerate(found if isinstance(found, list | tuple) else [found]):
        total = total + np.sum(part * np.random.default_rng(i).uniform(0.5, 1.5, np.shape(part)))
    return total


def drawn(case: Case, data: st.DataObject, dtype: Any = np.float64) -> tuple[list[Any], list[Any]]:
    """Two sets of operands of the same shapes."""
    shapes, seed = data.draw(case.draw_shapes()), data.draw(st.integers(0, 2**16))
    return tuple(  # type: ignore[return-value]
        [x.astype(dtype) if x.ndim else float(x) for x in case.arrays(shapes, s)] for s in (seed, seed + 1)
    )


def compare(f: Any, examples: list[Any], others: list[Any], eagerly: Any) -> None:
    """The program computes the same; of a function whose result has as many entries as a mask, there is none."""
    try:
        program = ag.record(f, *examples)
    except ag.RecordingError as error:
        assert "mask" in str(error)
        return
    for x in (others, examples):
        expected, found = eagerly(f, *x), program(*x)
        inputs = [*x, *(v.data for v in program._recording.outside)]
        same = assert_close if moves_axes(program.recorded) else assert_same
        same(parts(found), outputs_of(program.recorded, inputs))
        assert_same(by_itself(program, *inputs), parts(found))
        if all(np.asarray(part).dtype == np.float64 for part in x):
            assert_same(found, expected)
        else:
            assert_close(found, expected)  # the engine's gradients of numbers beside float32 are sometimes rounded later


@every_case
@few
@given(data=st.data())
@np.errstate(all="ignore")
def test_a_program_of_a_function_with_a_rule_computes_what_the_function_computes(
    case: Case, data: st.DataObject
) -> None:
    for dtype in (np.float64, np.float32):
        compare(case.call, *drawn(case, data, dtype), eagerly=eager)


@every_case
@few
@given(data=st.data())
@np.errstate(all="ignore")
def test_a_program_of_a_gradient_computes_the_gradient(case: Case, data: st.DataObject) -> None:
    gradient = ag.value_and_grad(lambda *x: number(case.call(*x)), tuple(range(case.operands)))
    for dtype in (np.float64, np.float32):
        compare(gradient, *drawn(case, data, dtype), eagerly=lambda f, *x: f(*x))


@every_case
@few
@given(data=st.data())
@np.errstate(all="ignore")
def test_a_program_of_a_second_derivative_computes_it(case: Case, data: st.DataObject) -> None:
    every = tuple(range(case.operands))

    def slope(*x: Any) -> Any:
        return number(ag.grad(lambda *x: number(case.call(*x)), every)(*x)) + 0 * sum(np.sum(part) for part in x)

    compare(ag.grad(slope, every), *drawn(case, data), eagerly=lambda f, *x: f(*x))
