"""Every derivative rule, held against finite differences in every form in which it can be called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite.engine.rules.table import full_name

from .rule_cases import CASES, DIFFERENTIABLE, WRITTEN_WITH_OTHERS, Case

every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
elementwise = [case for case in CASES if case.elementwise]
every_elementwise_case = pytest.mark.parametrize("case", elementwise, ids=[case.name for case in elementwise])
several_operands = [case for case in CASES if case.operands > 1]
every_case_of_several = pytest.mark.parametrize("case", several_operands, ids=[case.name for case in several_operands])

every_seed = pytest.mark.parametrize("seed", range(3))


def parts(result: Any) -> list[Any]:
    return list(result) if isinstance(result, list | tuple) else [result]


def number(result: Any) -> Any:
    """A result as one number: each entry times a weight of its own, so that no two mistakes cancel."""
    total: Any = 0.0
    for i, part in enumerate(parts(result)):
        weights = np.random.default_rng(i).uniform(0.5, 1.5, np.shape(part))
        total = total + np.sum(part * weights)
    return total


def gradients(case: Case, arrays: list[Any], wrapped: Callable[[Any], Any] = ag.Value) -> list[Any]:
    """What ``backward()`` writes for each operand."""
    values = [wrapped(x) for x in arrays]
    number(case.call(*values)).backward()
    return [v.grad for v in values]


def slope(f: Callable[[float], float], h: float = 1e-3) -> float:
    """The derivative of f at 0, measured at four points: the error shrinks with h to the power of 4."""
    return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)


def test_every_function_of_the_package_with_a_derivative_has_a_row() -> None:
    tested = {case.func for case in CASES}
    missing = [full_name(f) for f in [*DIFFERENTIABLE, *WRITTEN_WITH_OTHERS] if f not in tested]
    assert not missing, f"add a row to tests/engine/rule_cases.py for each of {missing}"


def test_no_row_is_for_a_function_without_a_derivative() -> None:
    assert {case.func for case in CASES} <= {*DIFFERENTIABLE, *WRITTEN_WITH_OTHERS}


@every_case
@every_seed
def test_a_value_computes_what_numpy_computes(case: Case, seed: int) -> None:
    arrays = case.arrays(case.drawn_shapes(seed), seed)
    expected, found = parts(case.call(*arrays)), parts(case.call(*map(ag.Value, arrays)))
    assert len(found) == len(expected)
    for part, plain in zip(found, expected, strict=True):
        assert part.shape == np.shape(plain)
        assert part.dtype == np.float64
        if case.func in WRITTEN_WITH_OTHERS:  # its sums may be added up in another order
            np.testing.assert_allclose(part.data, plain, rtol=1e-15, atol=1e-15)
        elif part.ndim:
            np.testing.assert_array_equal(part.data, plain)
        else:  # one number: Python's math module may round its last digit another way than NumPy
            assert type(part.data) is float
            np.testing.assert_allclose(part.data, plain, rtol=4e-16)


@every_case
@every_seed
def test_first_and_second_derivatives_agree_with_check_grad(case: Case, seed: int) -> None:
    arrays = case.arrays(case.drawn_shapes(seed), seed)
    assert ag.check_grad(case.call, *arrays, order=2)


@every_case
@every_seed
def test_derivatives_along_a_line_agree_with_differences_to_third_order(case: Case, seed: int) -> None:
    arrays = case.arrays(case.drawn_shapes(seed), seed)
    generator = np.random.default_rng(7)
    directions = [generator.uniform(-1, 1, x.shape) for x in arrays]

    def along(t: Any) -> Any:
        return number(case.call(*(x + t * u for x, u in zip(arrays, directions, strict=True))))

    lower: Callable[[Any], Any] = along  # on plain floats this is NumPy alone
    for order in (1, 2, 3):
        derivative = ag.grad(lower)
        measured = slope(lambda t, f=lower: float(f(t)))
        np.testing.assert_allclose(derivative(0.0), measured, rtol=1e-7, atol=1e-8, err_msg=f"order {order}")
        lower = derivative


@every_case
@every_seed
def test_a_gradient_has_the_shape_and_the_dtype_of_its_operand(case: Case, seed: int) -> None:
    arrays = case.arrays(case.drawn_shapes(seed), seed)
    exact = gradients(case, arrays)
    rounded = gradients(case, [x.astype(np.float32) for x in arrays])
    for x, gradient, in_single in zip(arrays, exact, rounded, strict=True):
        assert np.shape(gradient) == np.shape(in_single) == x.shape
        if x.ndim == 0:  # scalars are Python floats, whatever they came from
            assert type(gradient) is type(in_single) is float
        else:
            assert (gradient.dtype, in_single.dtype) == (np.float64, np.float32)
        np.testing.assert_allclose(in_single, gradient, rtol=2e-4, atol=2e-4)


def layouts(x: np.ndarray) -> list[np.ndarray]:
    """The same array in Fortran order, as every other entry of a larger one, and stored backwards."""
    every_other = np.repeat(x[..., None], 2, axis=-1)[..., 0]
    mirror = tuple(slice(None, None, -1) for _ in x.shape)
    return [np.copy(x, order="F"), every_other, np.copy(x[mirror], order="C")[mirror]]


@every_case
@every_seed
def test_the_layout_in_memory_makes_no_difference(case: Case, seed: int) -> None:
    arrays = case.arrays(case.drawn_shapes(seed), seed)
    expected = gradients(case, arrays)
    for same in zip(*map(layouts, arrays), strict=True):
        for gradient, other in zip(expected, gradients(case, list(same)), strict=True):
            np.testing.assert_allclose(other, gradient, rtol=1e-12, atol=1e-12)


@every_case
@every_seed
def test_a_gradient_may_be_changed_in_place_and_changes_nothing_else(case: Case, seed: int) -> None:
    arrays = case.arrays(case.drawn_shapes(seed), seed)
    values = [ag.Value(x) for x in arrays]
    result = number(case.call(*values))
    result.backward()
    expected = [np.array(v.grad) for v in values]
    for v in values:
        if v.ndim:
            v.grad[...] = np.nan
    for x, v in zip(arrays, values, strict=True):
        np.testing.assert_array_equal(v.data, x)
    result.backward()
    for v, gradient in zip(values, expected, strict=True):
        np.testing.assert_array_equal(v.grad, gradient)


@every_case_of_several
@every_seed
def test_a_constant_operand_changes_no_other_gradient(case: Case, seed: int) -> None:
    arrays = case.arrays(case.drawn_shapes(seed), seed)
    for i, expected in enumerate(gradients(case, arrays)):
        v = ag.Value(arrays[i])
        number(case.call(*(v if j == i else x for j, x in enumerate(arrays)))).backward()
        np.testing.assert_allclose(v.grad, expected, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize(
    "case", [c for c in several_operands if c.func is not np.remainder], ids=lambda case: case.name
)
def test_an_operand_that_is_used_twice_gets_both_gradients(case: Case) -> None:
    shapes = case.with_lengths({c: 2 for c in case.shapes if c.isalpha()})
    if case.elementwise:
        shapes = ((2, 2),) * case.operands
    if len(set(shapes)) > 1:
        return  # it cannot be called with the same operand twice
    domain = case.domains[0] if case.func is np.power else case.domains[-1]
    x = domain(np.random.default_rng(5), shapes[0])
    u = np.random.default_rng(6).uniform(-1, 1, x.shape)
    v = ag.Value(x)
    number(case.call(*[v] * case.operands)).backward()
    measured = slope(lambda t: float(number(case.call(*[x + t * u] * case.operands))))
    np.testing.assert_allclose(np.sum(v.grad * u), measured, rtol=1e-7, atol=1e-8)


@every_elementwise_case
@every_seed
def test_python_floats_and_arrays_of_one_entry_agree(case: Case, seed: int) -> None:
    arrays = case.arrays(((),) * case.operands, seed)
    as_floats = [ag.Value(float(x)) for x in arrays]
    as_arrays = [ag.Value(x.reshape(1)) for x in arrays]
    results = case.call(*as_floats), case.call(*as_arrays)
    assert np.size(results[1].data) == 1
    np.testing.assert_allclose(results[0].item(), results[1].item(), rtol=1e-15)
    for result in results:
        result.backward(np.ones(result.shape))
    for v, w in zip(as_floats, as_arrays, strict=True):
        assert type(v.data) is type(v.grad) is float
        np.testing.assert_allclose(v.grad, w.grad.item(), rtol=1e-13, atol=1e-15)


@every_elementwise_case
def test_an_array_without_entries_has_a_gradient_without_entries(case: Case) -> None:
    arrays = case.arrays(((0, 2),) * case.operands, seed=0)
    for gradient in gradients(case, arrays):
        assert gradient.shape == (0, 2)


@pytest.mark.parametrize("shapes", [((3,), (2, 3)), ((2, 3), (3,)), ((2, 1), (1, 3)), ((), (2, 2)), ((1, 1), (3,))])
@pytest.mark.parametrize("case", [c for c in elementwise if c.operands == 2], ids=lambda case: case.name)
def test_broadcasting_goes_both_ways(case: Case, shapes: tuple[tuple[int, ...], ...]) -> None:
    arrays = case.arrays(shapes, seed=3)
    stretched = np.broadcast_arrays(*arrays)
    for x, gradient, whole in zip(arrays, gradients(case, arrays), gradients(case, stretched), strict=True):
        added = tuple(range(whole.ndim - x.ndim))
        summed = whole.sum(added).sum(tuple(i for i, n in enumerate(x.shape) if n == 1), keepdims=True)
        np.testing.assert_allclose(gradient, summed.reshape(x.shape), rtol=1e-12, atol=1e-13)
