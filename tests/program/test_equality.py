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
from engine.rule_checks import SEEDS as SHAPES
from engine.rule_checks import for_each, number, taken_by_numpy

import autograd_lite as ag
from autograd_lite.engine.customizing import recomputed
from autograd_lite.engine.rules.table import full_name
from autograd_lite.program.recording.recorder import Slot

from .comparing import assert_close, assert_same, by_itself, eager, moves_axes, outputs_of, parts, poison

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

NO_PROGRAM = {
    "np.argwhere", "np.flatnonzero", "np.nonzero", "np.extract", "np.compress", "np.trim_zeros", "np.unique",
    "np.unique_all", "np.unique_counts", "np.unique_inverse", "np.unique_values", "np.union1d", "np.intersect1d",
    "np.setdiff1d", "np.setxor1d", "np.ix_", "np.roots", "np.real_if_close", "np.lib.scimath.sqrt",
    "np.lib.scimath.log", "np.lib.scimath.log2", "np.lib.scimath.log10", "np.lib.scimath.logn", "np.lib.scimath.power",
    "np.lib.scimath.arccos", "np.lib.scimath.arcsin", "np.lib.scimath.arctanh", "ag.where", "ag.item", "ag.item_at",
    "ag.roots_of", "ag.scipy.integrate.odeint", "ag.scipy.integrate.solution",
}  # fmt: skip
"""Functions of which some calls have as many entries as a mask, or a type that depends on the numbers, or call back."""

KINDS = [(0, np.float64), (1, np.float32), (0, np.complex128), (2, np.complex64)]
"""Shapes without short axes, with axes of length 1, and with an empty one, and what is in them."""


def everything(case: Case, order: int) -> Any:
    """A row's result, its gradients, and the product of the second derivatives with some numbers, in one program."""
    every = tuple(range(case.operands))

    def total(*x: Any) -> Any:
        found = number(case.call(*x))
        return found if isinstance(found, ag.Value) else found + 0 * np.sum(np.real(x[0]))  # of an empty result

    def slope(*x: Any) -> Any:
        return number(ag.grad(total, every)(*x))

    def f(*x: Any) -> Any:
        found = [case.call(*x), ag.value_and_grad(total, every)(*x)]
        return [*found, ag.grad(slope, every)(*x)] if order > 1 else found

    return f


def operands_of(case: Case, shapes: int, seed: int, dtype: Any) -> list[Any]:
    """Operands of some shapes, as a user would give them: numbers are Python's."""
    drawn = case.arrays(case.drawn_shapes(shapes), seed, np.dtype(dtype).kind == "c")
    return [x.astype(dtype) if x.ndim else x.item() for x in drawn]


def check_row(case: Case, shapes: int, dtype: Any) -> None:
    """A program of this row computes what the functions compute, also alone, and after other numbers.

    To the last bit; but the engine rounds gradients of numbers beside float32 later at times, and adds up in another
    order where it computes a part again.
    """
    in_double = dtype in (np.float64, np.complex128)
    same = assert_same if in_double and case.func is not recomputed else assert_close
    f = everything(case, order=min(case.orders, 2) if in_double else 1)
    examples, x = (operands_of(case, shapes, seed, dtype) for seed in (shapes, shapes + len(SHAPES)))
    if not (taken_by_numpy(case, x) and taken_by_numpy(case, examples)):
        return
    expected = eager(f, *x)
    try:
        program = ag.record(f, *examples)
    except ag.RecordingError:
        assert full_name(case.func) in NO_PROGRAM
        return
    found = program(*x)
    same(found, expected)
    poison(program)
    assert_same(program(*x), found)
    inputs = [*x, *(v.data for v in program._recording.outside)]
    slots = parts(program._recording.result)  # the others are the same in every run
    computed = [part for part, slot in zip(parts(found), slots, strict=True) if isinstance(slot, Slot)]
    same = assert_close if moves_axes(program.recorded) else assert_same
    same(computed, outputs_of(program.recorded, inputs))
    assert_same(by_itself(program, *inputs), computed)


@for_each(CASES, heavy=True)
@np.errstate(all="ignore")
def test_programs_of_a_row_of_the_table_compute_what_the_functions_compute(case: Case) -> None:
    kinds = KINDS if case.complex else KINDS[:2]
    single = kinds[1 + 2 * (case.complex and CASES.index(case) % 2)]
    for shapes, dtype in (kinds[0], single, *kinds[2:3]):
        check_row(case, shapes, dtype)
