"""Forward mode, which follows from the same rules, against back-propagation: every row, to second order."""

from __future__ import annotations

from typing import Any

import numpy as np

import autograd_lite as ag

from .rule_cases import CASES, Case
from .rule_checks import (
    SEEDS,
    along,
    along_forward,
    assert_close,
    complex_cases,
    directions_of,
    dot,
    every_case,
    every_complex_case,
    for_each,
    in_single,
    number_of,
    operands_of,
    parts,
    seeds_of,
    taken_by_numpy,
)


def assert_forward_mode_agrees(case: Case, operands: list[Any]) -> None:
    """The step of each part of the result has its form and dtype, and moves a number of it as its gradient says."""
    steps = directions_of(operands, order=1)
    value, tangent = ag.jvp(case.call, tuple(operands), tuple(steps))
    for part, moved in zip(parts(value), parts(tangent), strict=True):
        assert np.shape(moved) == np.shape(part)
        assert np.asarray(moved).dtype == np.asarray(part).dtype or np.asarray(part).dtype.kind not in "fc"
    expected = along(number_of(case), steps)(*operands)
    single = any(map(in_single, operands))
    assert_close(dot(seeds_of(value), parts(tangent)), expected, rounding=1e-4 if single else 1e-12)


@every_case
def test_a_step_forward_agrees_with_back_propagation(case: Case) -> None:
    for seed in SEEDS:
        assert_forward_mode_agrees(case, operands_of(case, seed))
        if taken_by_numpy(case, rounded := operands_of(case, seed, np.float32)):
            assert_forward_mode_agrees(case, rounded)


@every_complex_case
def test_a_complex_step_forward_agrees_with_back_propagation(case: Case) -> None:
    for seed in SEEDS:
        for dtype in (np.complex128, np.complex64):
            assert_forward_mode_agrees(case, operands_of(case, seed, dtype))


def assert_second_orders_agree(case: Case, operands: list[Any]) -> None:
    """Backward twice, forward over backward, backward over forward, and forward twice."""
    f, first, second = number_of(case), directions_of(operands, 1), directions_of(operands, 2)
    expected = along(along(f, first), second)(*operands)
    for outer, inner in ((along_forward, along), (along, along_forward), (along_forward, along_forward)):
        assert_close(outer(inner(f, first), second)(*operands), expected, rounding=1e-11)


@for_each([case for case in CASES if case.orders > 1], heavy=True, one_in=2)
def test_forward_and_backward_agree_in_every_order(case: Case) -> None:
    assert_second_orders_agree(case, operands_of(case, 0))


@for_each([case for case in complex_cases if case.orders > 1], heavy=True, one_in=2)
def test_forward_and_backward_agree_in_every_order_in_complex_numbers(case: Case) -> None:
    assert_second_orders_agree(case, operands_of(case, 0, np.complex128))
