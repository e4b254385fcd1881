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
from engine.rule_checks import for_each, kind, weights_of

import autograd_lite as ag

from .comparing import assert_close, assert_same, by_itself, eager, moves_axes, outputs_of, parts

SEEDS = range(20)


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
def test_a_program_of_a_random_expression_computes_what_the_function_computes(seed: int, dtype: Any, kind: str) -> None:
    recipe = random_recipe(seed, most=25 if kind == "product with the Hessian" else 45)
    f = FUNCTIONS[kind](recipe)
    program = ag.record(f, *leaves_of(recipe, dtype))
    expected = []
    for seed_of_data in (1, 2, None):
        x = leaves_of(recipe, dtype, seed_of_data)
        expected.append(eager(f, *x) if kind == "value" else f(*x))
        assert_same(program(*x), expected[-1])
    x = leaves_of(recipe, dtype, 1)
    assert_same(program(*x), expected[0])  # nothing of the runs between is left in a buffer
    assert_same(by_itself(program, *x), parts(expected[0]))
    same = assert_close if moves_axes(program.recorded) else assert_same
    same(outputs_of(program.recorded, x), parts(expected[0]))


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
    """A result as one real number: each entry times a weight of its own."""
    total: Any = 0.0
    for i, part in enumerate(parts(found)):
        if kind(part) in "fc":
            weighted = np.sum(part * weights_of(part, i))
            total = total + (np.real(weighted) if kind(part) == "c" else weighted)
    return total


ANY_SHAPES = [(2, 3), (3,), (), (2, 1, 3), (0, 2), (1, 3), (4, 0), (1,)]
PLACES = {id(case): at for at, case in enumerate(CASES)}
every_case = for_each(CASES, heavy=True)


def shapes_of(case: Case, variant: int) -> tuple[tuple[int, ...], ...]:
    """Shapes that fit; which ones depends on the case. Variant 0 has no empty axes, variant 1 may."""
    at = PLACES[id(case)]
    if case.elementwise:
        shape = ANY_SHAPES[at % 4] if variant == 0 else ANY_SHAPES[at % len(ANY_SHAPES)]
        others = [shape, shape[1:], tuple(1 for _ in shape), ()]
        return (*[shape] * (case.operands - 1), others[at % 3 if variant == 0 else -1 - at % 4])
    letters = sorted({c for c in case.shapes if c.isalpha()})
    lengths = {c: 1 + (at + 2 * i) % 3 for i, c in enumerate(letters)}
    if variant:
        lengths = {c: max((at + i) % 4, int(c.isupper())) for i, c in enumerate(letters)}
    return case.with_lengths(lengths)


def drawn(case: Case, variant: int, dtype: Any = np.float64) -> tuple[list[Any], list[Any]]:
    """Two sets of operands of the same shapes."""
    is_complex = np.dtype(dtype).kind == "c"
    one, other = (case.arrays(shapes_of(case, variant), seed, is_complex) for seed in (2 * variant, 2 * variant + 1))
    return [as_leaf(x, dtype) for x in one], [as_leaf(x, dtype) for x in other]


def as_leaf(x: np.ndarray, dtype: Any) -> Any:
    return x.astype(dtype) if x.ndim else x.item()


def in_turn(case: Case, *choices: Any) -> Any:
    """Another one for each row, so that each function meets all of them."""
    return choices[PLACES[id(case)] % len(choices)]


def recorded(f: Any, examples: list[Any]) -> ag.Program | None:
    try:
        return ag.record(f, *examples)
    except ag.RecordingError:
        return None


def compare(f: Any, examples: list[Any], others: list[Any], eagerly: Any) -> None:
    """The program computes the same; of a function whose result has as many entries as a mask, there is none."""
    program = recorded(f, examples)
    if program is None:
        with pytest.raises(ag.RecordingError, match="mask"):
            ag.record(f, *examples)
        return
    for x in (others, examples):
        expected, found = eagerly(f, *x), program(*x)
        if all(np.asarray(part).dtype in (np.float64, np.complex128) for part in x):
            assert_same(found, expected)
        else:  # the engine's gradients of numbers beside float32 are sometimes rounded later
            assert_close(found, expected)
    inputs = [*examples, *(v.data for v in program._recording.outside)]
    same = assert_close if moves_axes(program.recorded) else assert_same
    same(parts(found), outputs_of(program.recorded, inputs))
    assert_same(by_itself(program, *inputs), parts(found))


def run(f: Any, *x: Any) -> Any:
    return f(*x)


def gradient_of_number(call: Any, operands: int) -> Any:
    return ag.value_and_grad(lambda *x: number(call(*x)), tuple(range(operands)))


def second_derivative(call: Any, operands: int) -> Any:
    every = tuple(range(operands))
    gradient = ag.grad(lambda *x: number(call(*x)), every)
    return ag.grad(lambda *x: number(gradient(*x)) + 0 * sum(np.sum(np.real(part)) for part in x), every)


@every_case
@np.errstate(all="ignore")
def test_a_program_of_a_function_with_a_rule_computes_what_the_function_computes(case: Case) -> None:
    variant, dtype = in_turn(case, (0, np.float64), (1, np.float32), (1, np.float64), (0, np.float32))
    compare(case.call, *drawn(case, variant, dtype), eagerly=eager)


@every_case
@np.errstate(all="ignore")
def test_a_program_of_a_gradient_computes_the_gradient(case: Case) -> None:
    gradient = gradient_of_number(case.call, case.operands)
    compare(gradient, *drawn(case, 0), eagerly=run)
    compare(gradient, *drawn(case, 1, in_turn(case, np.float32, np.float32, np.float64)), eagerly=run)


@every_case
@np.errstate(all="ignore")
def test_a_program_of_a_second_derivative_computes_it(case: Case) -> None:
    compare(second_derivative(case.call, case.operands), *drawn(case, in_turn(case, 0, 1)), eagerly=run)


@for_each([case for case in CASES if case.complex], heavy=True)
@np.errstate(all="ignore")
def test_a_program_with_complex_operands_computes_value_gradient_and_second_derivative(case: Case) -> None:
    f = in_turn(case, gradient_of_number, second_derivative, gradient_of_number)(case.call, case.operands)
    compare(f, *drawn(case, 0, in_turn(case, np.complex128, np.complex128, np.complex128, np.complex64)), eagerly=run)


def test_the_rows_are_tried_with_numbers_empty_arrays_and_arrays_that_broadcast() -> None:
    shapes = {s for case in CASES for variant in (0, 1) for s in shapes_of(case, variant)}
    assert {(), (3,), (2, 3), (2, 1, 3)} <= shapes
    assert sum(0 in s for s in shapes) > 10
    assert any(len(set(shapes_of(case, 1))) > 1 for case in CASES if case.elementwise)
