"""check_grad is a tester, so it is tested: it must find every planted mistake, and say where and which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import GradientMismatch, Value

pytestmark = pytest.mark.usefixtures("own_rules")


def planted(compute: Callable[..., Any], *rules: Any) -> Callable[..., Any]:
    """A new function with these rules, right or wrong."""

    def f(*xs: Any) -> Any:
        return compute(*xs)

    f.__name__ = "student"
    made = ag.primitive(f)
    ag.rule(made, *rules)
    return made


def report_of(f: Callable[..., Any], *args: Any, **settings: Any) -> str:
    with pytest.raises(GradientMismatch) as caught:
        ag.check_grad(f, *args, **settings)
    return str(caught.value)


vector, matrix = np.array([0.5, -1.0, 2.0]), np.array([[0.5, -1.0, 1.5], [2.0, 1.0, 0.3], [-0.7, 0.2, 1.1]])

MISTAKES: dict[str, tuple[Callable[..., Any], Callable[..., Any], Any, str]] = {
    # what is computed, the wrong rule, where, and what the message must say
    "factor 2 too many": (lambda x: x**2, lambda g, ans, x: 4 * g * x, vector, "a factor 2 too many"),
    "factor 2 missing": (lambda x: x**2, lambda g, ans, x: g * x, vector, "a factor 2 is missing"),
    "another factor": (lambda x: x**3, lambda g, ans, x: g * x**2, vector, "0.333333 times"),
    "sign": (np.cos, lambda g, ans, x: g * np.sin(x), vector, "the sign is wrong"),
    "not divided": (lambda x: np.mean(x), lambda g, ans, x: g * np.ones(3), vector, "not divided by the 3"),
    "divided": (lambda x: np.sum(x), lambda g, ans, x: g * np.ones(3) / 3, vector, "divided by the 3"),
    "transposed": (lambda x: x.T * 1.0, lambda g, ans, x: g, matrix, "transposed"),
    "reversed": (lambda x: x[::-1] * 1.0, lambda g, ans, x: g, vector, "reverse"),
    "missing term": (lambda x: x**2 + x, lambda g, ans, x: g * 2 * x, vector, ""),
    "zero": (np.sin, lambda g, ans, x: 0 * g, vector, "Every entry is 0"),
    "NaN": (np.sin, lambda g, ans, x: g * np.nan, vector, "not finite"),
    "infinite": (np.sin, lambda g, ans, x: g * np.array([1.0, np.inf, 1.0]), vector, "not finite"),
    "one entry": (np.sin, lambda g, ans, x: g * np.cos(x) + np.array([0, 0, 0.1]), vector, "1 of 3 entries"),
    "forgot the chain": (lambda x: x**2, lambda g, ans, x: 2 * x, vector, ""),
    "scalar, factor 2": (lambda x: x**2, lambda g, ans, x: 4 * g * x, 1.5, "a factor 2 too many"),
    "scalar, zero": (lambda x: x**2, lambda g, ans, x: 0.0, 1.5, "Every entry is 0"),
    "scalar, NaN": (lambda x: x**2, lambda g, ans, x: float("nan"), 1.5, "not finite"),
    "small and wrong": (lambda x: x * 1e-3, lambda g, ans, x: g * 2e-3, vector, "a factor 2 too many"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_planted_mistake_is_found_and_named(mistake: str) -> None:
    compute, rule, at, says = MISTAKES[mistake]
    report = report_of(planted(compute, rule), at)
    assert "student() does not agree" in report
    assert "argument 0" in report
    assert says in report


def test_the_report_gives_the_index_and_both_numbers() -> None:
    wrong = planted(lambda x: x * np.array([1.0, 2.0, 3.0]), lambda g, ans, x: g * np.array([1.0, 2.0, 4.0]))
    report = report_of(lambda x: np.sum(wrong(x)), np.ones(3))
    found, measured = (float(line.split()[-1]) for line in report.splitlines() if "by " in line)
    assert "x[2]" in report
    assert found / measured == pytest.approx(4 / 3, rel=1e-6)
    assert "1 of 3 entries differ" in report


def test_the_index_of_a_matrix_has_two_numbers() -> None:
    factors = np.ones((2, 3))
    wrong_factors = factors + 5.0 * (np.arange(6).reshape(2, 3) == 5)
    report = report_of(planted(lambda x: x * factors, lambda g, ans, x: g * wrong_factors), np.ones((2, 3)))
    assert "x[1][2]" in report or "x[1, 2]" in report


def test_the_argument_that_is_wrong_is_named_and_the_right_ones_agree() -> None:
    wrong = planted(lambda x, y: x * y, lambda g, ans, x, y: g * y, lambda g, ans, x, y: -g * x)
    report = report_of(wrong, vector, vector + 1)
    assert "argument 0: agree" in report
    assert "argument 1: 3 of 3 entries differ" in report
    assert "the sign is wrong" in report


def test_two_mistakes_that_cancel_in_a_sum_are_found() -> None:
    wrong = planted(lambda x: x * 1.0, lambda g, ans, x: g[::-1])
    assert "x[" in report_of(wrong, np.arange(4.0))


def test_a_rule_that_is_right_once_and_wrong_twice_is_found_at_second_order() -> None:
    hidden = planted(np.sin, lambda g, ans, x: g * np.cos(x.data if isinstance(x, Value) else x))
    assert ag.check_grad(hidden, vector, order=1)
    assert "derivative of order 2" in report_of(hidden, vector)


def test_a_wrong_rule_deep_in_a_function_is_found() -> None:
    wrong = planted(np.tanh, lambda g, ans, x: g * (1 - ans))
    report_of(lambda w: np.mean((wrong(w @ matrix) - 1) ** 2), vector)


def test_a_kink_is_told_apart_from_a_mistake() -> None:
    assert "kink" in report_of(ag.relu, 0.0)
    assert "kink" in report_of(lambda x: np.clip(x, -1, 1), np.array([0.0, 1.0]))
    assert "kink" not in report_of(planted(np.sin, lambda g, ans, x: g), vector)


def test_agreement_is_true_and_reads_well() -> None:
    report = ag.check_grad(lambda x, y: np.tanh(x @ y), matrix, vector, order=2)
    assert report
    text = str(report)
    assert "agrees with finite differences" in text
    assert text.count("agree (largest difference") == 4
    assert text.count("derivative of order 2") == 2


def test_only_floating_point_arguments_are_checked() -> None:
    def f(x: Any, n: int, kind: str, flag: bool, nothing: None, index: Any) -> Any:
        assert (n, kind, flag, nothing) == (3, "a", True, None)
        return x[index] ** n

    assert len(ag.check_grad(f, vector, 3, "a", True, None, np.array([0, 2]), order=1).comparisons) == 1
    with pytest.raises(TypeError, match="no floating-point argument"):
        ag.check_grad(lambda n: n * 2, 3)
    with pytest.raises(TypeError, match="plain numbers"):
        ag.check_grad(np.sin, Value(1.0))


def test_results_of_any_form_are_checked() -> None:
    wrong = planted(np.sin, lambda g, ans, x: g)
    for f in (lambda x: [x, wrong(x)], lambda x: (wrong(x), x), lambda x: wrong(x)[None]):
        report_of(f, vector)
    assert ag.check_grad(lambda x: (x, np.sum(x)), vector)


def test_arrays_without_entries_agree() -> None:
    assert ag.check_grad(np.sin, np.zeros((0, 3)), order=2)


def test_large_and_small_numbers_are_checked_at_their_own_scale() -> None:
    assert ag.check_grad(np.square, np.array([1e6, -1e6]))
    assert ag.check_grad(np.log, np.array([1e-3, 1e3]))
    report_of(planted(np.square, lambda g, ans, x: 2.01 * g * x), np.array([1e6, 1e5]))


@pytest.mark.parametrize("entry", [0, 17, 39])
@pytest.mark.parametrize("every_entry", [False, True])
def test_an_error_of_a_part_in_ten_thousand_in_one_of_many_entries_is_found(entry: int, every_entry: bool) -> None:
    factors = np.where(np.arange(40) == entry, 1 + 1e-4, 1.0)
    wrong = planted(np.exp, lambda g, ans, x: g * ans * factors)
    report = report_of(wrong, np.random.default_rng(0).uniform(-1, 1, 40), every_entry=every_entry)
    assert f"1 of 40 entries differ, most at x[{entry}]" in report


@pytest.mark.parametrize("off", [1 + 1e-4, 1 - 1e-4])
@pytest.mark.parametrize("order", [1, 2])
def test_a_rule_that_is_off_by_a_part_in_ten_thousand_is_found(off: float, order: int) -> None:
    def slope(x: Any) -> Any:
        return np.cos(x) * off if order == 1 else right_once(x)

    right_once = planted(np.cos, lambda g, ans, x: -g * np.sin(x) * off)
    report = report_of(planted(np.sin, lambda g, ans, x: g * slope(x)), vector)
    assert report.index("entries differ") > report.index("order 2" if order == 2 else "argument 0")


def test_a_rule_that_is_not_linear_in_g_breaks_forward_mode_and_that_is_said() -> None:
    bent = planted(np.square, lambda g, ans, x: g * g * 2 * x)
    report = report_of(lambda x: bent(x).sum(), vector, order=1)
    assert "not linear in g" in report
    assert "by forward mode" in report


def test_every_entry_can_be_asked_for() -> None:
    report = ag.check_grad(np.exp, matrix, every_entry=True)
    assert str(report).count("over 9 entries") == 2
    assert "over 9 entries" not in str(ag.check_grad(np.exp, matrix))


def test_nested_arguments_are_checked_leaf_by_leaf_and_named() -> None:
    wrong = planted(np.sin, lambda g, ans, x: g)
    layers = {"W": matrix, "b": [vector, 0.5]}
    assert len(ag.check_grad(lambda p: p["W"] @ p["b"][0] + p["b"][1], layers, order=1).comparisons) == 3
    report = report_of(lambda p: p["W"] @ wrong(p["b"][0]) + p["b"][1], layers, order=1)
    assert "argument 0['b'][0]: 3 of 3 entries differ" in report
    assert "argument 0['W']: agree" in report


def test_complex_arguments_are_checked_in_both_parts() -> None:
    z = np.array([0.5 + 1j, -1.0 + 0.3j])
    assert ag.check_grad(lambda z: np.exp(z) * np.conj(z), z)
    assert ag.check_grad(lambda z: np.abs(z), z, every_entry=True)
    wrong = (lambda g, ans, z: np.conj(g * ans), lambda g, ans, z: g * np.conj(ans), lambda g, ans, z: 1j * g * ans)
    for rule in wrong:
        assert "entries differ" in report_of(planted(np.exp, rule), z, order=1)


def test_the_arguments_are_left_alone() -> None:
    x = vector.copy()
    ag.check_grad(np.sin, x, order=2)
    np.testing.assert_array_equal(x, vector)
