"""Gradients of every row in every form of use: dtypes, layouts in memory, constants, operands used twice."""

from __future__ import annotations

from typing import Any

import numpy as np

import autograd_lite as ag

from .rule_cases import CASES, Case
from .rule_checks import (
    SEEDS,
    assert_close,
    every_case,
    every_case_of_several,
    every_complex_case,
    every_elementwise_case,
    for_each,
    gradients,
    number,
    number_of,
    operands_of,
    parts,
    taken_by_numpy,
)


def assert_dtype_and_shape(case: Case, operands: list[Any]) -> list[Any]:
    found = gradients(case, operands)
    for x, gradient in zip(operands, found, strict=True):
        assert np.shape(gradient) == np.shape(x)
        if np.ndim(x):
            assert gradient.dtype == x.dtype
        else:
            assert type(gradient) is (complex if np.iscomplexobj(x) else float)
    return found


def assert_single_precision_agrees(case: Case, seed: int, double: type, single: type) -> None:
    exact, rounded = assert_dtype_and_shape(case, operands_of(case, seed, double)), operands_of(case, seed, single)
    if taken_by_numpy(case, rounded):
        for gradient, expected in zip(assert_dtype_and_shape(case, rounded), exact, strict=True):
            assert_close(gradient, expected, rounding=2e-4)


@every_case
def test_a_gradient_has_the_shape_and_the_dtype_of_its_operand(case: Case) -> None:
    for seed in SEEDS:
        assert_single_precision_agrees(case, seed, np.float64, np.float32)


@every_complex_case
def test_a_complex_gradient_has_the_shape_and_the_dtype_of_its_operand(case: Case) -> None:
    for seed in SEEDS:
        assert_single_precision_agrees(case, seed, np.complex128, np.complex64)


@every_complex_case
def test_a_real_operand_has_a_real_gradient_also_beside_complex_ones(case: Case) -> None:
    for i in range(case.operands):
        mixed = operands_of(case, 0, np.complex128)
        mixed[i] = operands_of(case, 0)[i]
        if taken_by_numpy(case, mixed):
            assert_dtype_and_shape(case, mixed)


# ------------------------------------------------------------------------- layouts in memory


def fortran(x: Any) -> Any:
    """The Value in Fortran order."""
    return np.transpose(ag.Value(np.transpose(x)))


def every_other(x: Any) -> Any:
    """The Value as every other entry of a larger one, the last first."""
    return ag.Value(np.repeat(x[..., ::-1], 2, axis=-1))[..., ::-2] if np.ndim(x) else ag.Value(x)


def upside_down(x: Any) -> Any:
    """The Value stored backwards along every axis."""
    mirror = tuple(slice(None, None, -1) for _ in np.shape(x))
    return ag.Value(x[mirror])[mirror] if mirror else ag.Value(x)


@for_each(CASES, one_in=2)
def test_the_layout_in_memory_makes_no_difference(case: Case) -> None:
    for seed in SEEDS:
        operands = operands_of(case, seed)
        expected = gradients(case, operands)
        for stored in (fortran, every_other, upside_down):
            for gradient, other in zip(expected, gradients(case, list(map(stored, operands))), strict=True):
                assert_close(other, gradient)


@every_case
def test_a_gradient_that_comes_in_may_have_any_layout(case: Case) -> None:
    """A sum sends one number back for all entries, a transpose a gradient that lies in memory the other way."""
    operands = operands_of(case, seed=0)

    def found(turned: Any) -> list[Any]:
        values = list(map(ag.Value, operands))
        results = [part for part in parts(case.call(*values)) if isinstance(part, ag.Value) and part.carries_gradient]
        total: Any = 0.0
        for part in results:
            total = total + np.sum(np.real(turned(part)))
        total.backward()
        return [v.grad for v in values]

    def weighted(part: Any) -> Any:
        return np.ones(np.shape(part)) * part

    def backwards(part: Any) -> Any:
        return np.transpose(part)[::-1] if np.ndim(part) else part

    expected = found(weighted)
    for turned in (lambda part: part, backwards):
        for gradient, other in zip(expected, found(turned), strict=True):
            assert_close(other, gradient)


# ------------------------------------------------------------------------- use


@every_case
def test_a_gradient_may_be_changed_in_place_and_changes_nothing_else(case: Case) -> None:
    for seed in SEEDS[:2]:
        operands = operands_of(case, seed)
        values = list(map(ag.Value, operands))
        result = number_of(case)(*values)
        result.backward()
        reached = [v for v in values if v.grad is not None]
        expected = [np.array(v.grad) for v in reached]
        for v in reached:
            if v.ndim:
                v.grad[...] = np.nan
        for x, v in zip(operands, values, strict=True):
            np.testing.assert_array_equal(v.data, x)
        result.backward()
        for v, gradient in zip(reached, expected, strict=True):
            np.testing.assert_array_equal(v.grad, gradient)


@every_case_of_several
def test_a_constant_operand_changes_no_other_gradient(case: Case) -> None:
    for seed in SEEDS[:2]:
        operands = operands_of(case, seed)
        for i, expected in enumerate(gradients(case, operands)):
            v = ag.Value(operands[i])
            number(case.call(*(v if j == i else x for j, x in enumerate(operands)))).backward()
            assert_close(v.grad, expected, rounding=1e-13)


@every_case_of_several
def test_an_operand_that_is_used_twice_gets_both_gradients(case: Case) -> None:
    shapes = case.with_lengths({c: 2 for c in case.shapes if c.isalpha()})
    if case.elementwise:
        shapes = ((2, 2),) * case.operands
    if len(set(shapes)) > 1 or len(set(case.domains)) > 1:
        return  # it cannot be called with the same operand twice
    x = case.arrays(shapes, seed=5)[0]
    v = ag.Value(x)
    number(case.call(*[v] * case.operands)).backward()
    expected: Any = sum(map(np.asarray, gradients(case, [x] * case.operands)))
    assert_close(v.grad, expected)


@every_elementwise_case
def test_python_floats_and_arrays_of_one_entry_agree(case: Case) -> None:
    for seed in SEEDS:
        arrays = case.arrays(((),) * case.operands, seed)
        as_floats = [ag.Value(float(x)) for x in arrays]
        as_arrays = [ag.Value(x.reshape(1)) for x in arrays]
        results = number(case.call(*as_floats)), number(case.call(*as_arrays))
        np.testing.assert_allclose(results[0].item(), results[1].item(), rtol=1e-14)
        for result in results:
            result.backward()
        for v, w in zip(as_floats, as_arrays, strict=True):
            assert type(v.data) is type(v.grad) is float
            np.testing.assert_allclose(v.grad, w.grad.item(), rtol=1e-13, atol=1e-15)


@every_elementwise_case
def test_broadcasting_goes_both_ways(case: Case) -> None:
    if case.operands != 2:
        return
    for shapes in [((3,), (2, 3)), ((2, 3), (3,)), ((2, 1), (1, 3)), ((), (2, 2)), ((1, 1), (3,)), ((0, 2), (1, 1))]:
        arrays = case.arrays(shapes, seed=3)
        stretched = np.broadcast_arrays(*arrays)
        for x, gradient, whole in zip(arrays, gradients(case, arrays), gradients(case, stretched), strict=True):
            added = tuple(range(whole.ndim - x.ndim))
            summed = whole.sum(added).sum(tuple(i for i, n in enumerate(x.shape) if n == 1), keepdims=True)
            assert_close(gradient, summed.reshape(x.shape))
