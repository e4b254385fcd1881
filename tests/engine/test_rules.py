"""Every derivative rule, held against NumPy and finite differences in every form in which it can be called.

One test a row and property; `rule_cases` has the rows. How gradients may be used is in `test_rules_in_use`,
forward mode in `test_rules_forward`, and programs are in ``tests/program/test_equality.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite.engine.rules.table import RULES, Each, Together, full_name

from .rule_cases import CASES, DIFFERENTIABLE, WRITTEN_WITH_OTHERS, Case
from .rule_checks import (
    ORDERS,
    SEEDS,
    assert_close,
    assert_derivatives_agree_with_differences,
    complex_cases,
    every_case,
    every_complex_case,
    for_each,
    in_single,
    operands_of,
    parts,
    taken_by_numpy,
)

# ------------------------------------------------------------------------- the table


def test_every_function_of_the_package_with_a_derivative_has_a_row() -> None:
    tested = {case.func for case in CASES}
    missing = [full_name(f) for f in [*DIFFERENTIABLE, *WRITTEN_WITH_OTHERS] if f not in tested]
    assert not missing, f"add a row to a file of tests/engine/rule_cases for each of {missing}"


def test_no_row_is_for_a_function_without_a_derivative() -> None:
    assert {case.func for case in CASES} <= {*DIFFERENTIABLE, *WRITTEN_WITH_OTHERS}


# ------------------------------------------------------------------------- values


IN_DOUBLE: dict[Any, str] = {
    np.interp: "float32 stays float32",
    np.polyfit: "float32 stays float32",
    np.vander: "float32 stays float32",
    np.geomspace: "float32 stays float32",
}
"""What NumPy computes in double precision whatever it is given, and what is done here."""


def assert_values_are_those_of_numpy(case: Case, operands: list[Any]) -> None:
    """Of float32 and complex64 they may be rounded otherwise; and single numbers are double here, as Python's are."""
    expected, found = parts(case.call(*operands)), parts(case.call(*map(ag.Value, operands)))
    assert len(found) == len(expected)
    single = any(map(in_single, operands))
    exact = case.func not in WRITTEN_WITH_OTHERS and all(x.dtype == np.float64 for x in operands)
    own_dtype = single and (case.func in IN_DOUBLE or any(np.ndim(x) == 0 for x in operands))
    for part, plain in zip(found, map(np.asarray, expected), strict=True):
        data = part.data if isinstance(part, ag.Value) else part  # a number of entries is no Value
        assert np.shape(data) == plain.shape
        assert isinstance(data, np.ndarray | np.generic if plain.ndim else type(plain.item()))  # numbers are Python's
        if plain.ndim and not own_dtype:
            assert data.dtype == plain.dtype
        if plain.ndim and exact:
            np.testing.assert_array_equal(data, plain)
        else:  # Python's math module, or a sum in another order, may round the last digits another way
            assert_close(data, plain, rounding=1e-6 if single else 1e-14)


@every_case
def test_a_value_computes_what_numpy_computes(case: Case) -> None:
    for seed in SEEDS:
        assert_values_are_those_of_numpy(case, operands_of(case, seed))
        if taken_by_numpy(case, rounded := operands_of(case, seed, np.float32)):
            assert_values_are_those_of_numpy(case, rounded)


@every_complex_case
def test_a_complex_value_computes_what_numpy_computes(case: Case) -> None:
    for seed in SEEDS:
        for dtype in (np.complex128, np.complex64):
            assert_values_are_those_of_numpy(case, operands_of(case, seed, dtype))


# ------------------------------------------------------------------------- derivatives


@for_each(CASES, heavy=True)
def test_derivatives_agree_with_differences_to_third_order(case: Case) -> None:
    for seed, orders in zip(SEEDS, ORDERS, strict=True):
        assert_derivatives_agree_with_differences(case, operands_of(case, seed), min(orders, case.orders))


@for_each(complex_cases, heavy=True)
def test_derivatives_agree_with_differences_along_complex_directions(case: Case) -> None:
    for seed, orders in zip(SEEDS, (2, 1, 1), strict=True):
        operands = operands_of(case, seed, np.complex128)
        assert_derivatives_agree_with_differences(case, operands, min(orders, case.orders))


@for_each(complex_cases, heavy=True)
def test_a_real_operand_beside_complex_ones_has_its_own_derivative(case: Case) -> None:
    for i in range(case.operands if case.operands > 1 else 0):
        mixed = operands_of(case, 0, np.complex128)
        mixed[i] = operands_of(case, 0)[i]
        if taken_by_numpy(case, mixed):
            assert_derivatives_agree_with_differences(case, mixed, min(case.orders, 2))


# ------------------------------------------------------------------------- the test is tested

PART = 1e-4
"""The error that is planted: a part in ten thousand."""


def too_large(gradient: Any) -> Any:
    return gradient * (1 + PART)


def too_steep(gradient: Any) -> Any:
    """The right gradient, but its own derivative is too large, by a part in a thousand."""
    return gradient + 10 * PART * (gradient - ag.stop_gradient(gradient))


def with_planted_error(rules: Any, position: int, planted: Callable[[Any], Any]) -> Any:
    """The rules of an operation with an error in that of one operand."""
    if isinstance(rules, Each):
        each = rules.rule
        return Each(lambda i, *a, **s: planted(each(i, *a, **s)) if i == position else each(i, *a, **s))
    if isinstance(rules, Together):
        together = rules.rule
        return Together(
            lambda *a, **s: tuple(planted(g) if i == position else g for i, g in enumerate(together(*a, **s)))
        )
    rule = rules[position]
    return (*rules[:position], lambda *a, **s: planted(rule(*a, **s)), *rules[position + 1 :])


def fails(case: Case) -> bool:
    try:
        for dtype in (np.float64, np.complex128) if case.complex else (np.float64,):
            assert_derivatives_agree_with_differences(case, operands_of(case, 0, dtype), min(case.orders, 2))
    except AssertionError:
        return True
    return False


def positions_of(func: Any) -> list[int]:
    """The operands of a function that have a rule which gives one; of a function that takes any number, the first."""
    rules = RULES[func].rules
    if not isinstance(rules, tuple):
        return [0]
    return [i for i, rule in enumerate(rules) if rule is not None and not hasattr(rule, "refuses")]


with_rules = [func for func in dict.fromkeys(case.func for case in CASES) if func in RULES]


@pytest.mark.parametrize("planted", [too_large, too_steep])
@pytest.mark.parametrize("func", with_rules, ids=full_name)
def test_a_small_error_in_a_rule_is_noticed(own_rules: None, func: Any, planted: Callable[[Any], Any]) -> None:
    right = RULES[func].rules
    for i in positions_of(func):
        RULES[func].rules = with_planted_error(right, i, planted)
        assert any(fails(case) for case in CASES if case.func is func), f"in the rule of operand {i}"
