"""Where a function is infinite or not defined a program says what NumPy says, with a warning where eager warns."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_same, eager

FUNCTIONS = {
    "log": np.log, "1/x": lambda x: 1 / x, "x/x": lambda x: x / x, "x**-1": lambda x: x**-1,
    "x**-0.5": lambda x: x**-0.5, "sqrt": np.sqrt, "x**0.5": lambda x: x**0.5, "x**x": lambda x: x**x,
    "exp": lambda x: np.exp(x * 1000),
    "log1p": lambda x: np.log1p(x - 1), "log of log": lambda x: np.log(np.log(x)), "abs": np.abs,
    "masked log": lambda x: np.where(x > 0, np.log(x), 0.0), "masked 1/x": lambda x: np.where(x == 0, 0.0, 1 / x) * x,
    "masked sqrt": lambda x: np.where(x > 0, np.sqrt(x), 0.0), "0*inf": lambda x: x * np.exp(x * 1000) * 0.0,
    "log of 0 times 0": lambda x: 0 * np.log(x), "xlogx": lambda x: x * np.log(np.where(x == 0, 1.0, x)),
    "inf - inf": lambda x: np.log(x) - np.log(x * x), "tan": lambda x: np.tan(x * np.pi / 2),
    "x % 0": lambda x: x % (x * 0), "x // 0": lambda x: x // (0 * x) + x, "reciprocal": np.reciprocal,
    "log2": np.log2, "log10": np.log10,
    "hypot": lambda x: np.hypot(x, x), "sigmoid": lambda x: ag.sigmoid(x * 1e4), "expm1": lambda x: np.expm1(x * 1000),
    "x**3": lambda x: x**3 * 1e200 * 1e200, "x**0": lambda x: x**0, "overflow": lambda x: (x * 1e200) ** 2,
    "tanh of log": lambda x: np.tanh(np.log(np.abs(x))),
    "logaddexp": lambda x: np.logaddexp(np.log(np.abs(x)), -np.inf),
    "nested where": lambda x: np.where(x > 0, np.sqrt(np.where(x > 0, x, 0.0)), x),
}  # fmt: skip
POINTS = [0.0, -0.0, 1.0, -1.0, 2.5, -2.5, np.inf, -np.inf, np.nan, 1e-320, 1e308]


def gradient(f: Any) -> Any:
    return ag.grad(lambda x: np.sum(f(x) * 1.5))


def second(f: Any) -> Any:
    return ag.grad(lambda x: np.sum(ag.grad(lambda y: np.sum(f(y) * 1.5))(x)) + 0.0 * np.sum(x))


def same_bits_but_for_nans_sign(found: Any, expected: Any) -> None:
    assert type(found) is type(expected)
    np.testing.assert_array_equal(found, expected)
    finite = ~np.isnan(np.asarray(expected))
    np.testing.assert_array_equal(np.signbit(found)[finite], np.signbit(expected)[finite])


@pytest.mark.parametrize("name", FUNCTIONS)
@np.errstate(all="ignore")
def test_at_a_pole_a_program_of_a_number_gives_what_eager_gives(name: str) -> None:
    f = FUNCTIONS[name]
    programs = ag.record(f, 0.7), ag.record(gradient(f), 0.7), ag.record(second(f), 0.7)
    for x in POINTS:
        expected = eager(f, x), gradient(f)(x), second(f)(x)
        for program, e in zip(programs, expected, strict=True):
            same_bits_but_for_nans_sign(program(x), e)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@np.errstate(all="ignore")
def test_at_a_pole_a_program_of_an_array_gives_what_eager_gives(name: str, dtype: Any) -> None:
    f = FUNCTIONS[name]
    x = np.array(POINTS, dtype)
    same_bits_but_for_nans_sign(ag.record(f, np.full(len(x), 0.7, dtype))(x), eager(f, x))
    same_bits_but_for_nans_sign(ag.record(gradient(f), np.full(len(x), 0.7, dtype))(x), gradient(f)(x))
    same_bits_but_for_nans_sign(ag.record(second(f), np.full(len(x), 0.7, dtype))(x), second(f)(x))


@pytest.mark.parametrize("example", [0.0, -1.0, np.nan])
@np.errstate(all="ignore")
def test_examples_at_a_pole_record_as_well_as_any(example: float) -> None:
    for name, f in FUNCTIONS.items():
        value, slope = ag.record(f, example), ag.record(gradient(f), example)
        for x in (0.3, 0.0, 2.0):
            same_bits_but_for_nans_sign(value(x), eager(f, x))
            same_bits_but_for_nans_sign(slope(x), gradient(f)(x)), name


def test_recording_does_not_warn_of_its_examples() -> None:
    ag.record(gradient(np.log), np.zeros(3))
    ag.record(gradient(np.log), 0.0)


def warned(f: Any) -> set[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        f()
    return {str(w.message).split(" encountered")[0] for w in caught}


@pytest.mark.parametrize("x", [0.0, np.zeros(3), -1.0, -np.ones(3), np.inf])
@pytest.mark.parametrize("name", ["log", "1/x", "sqrt", "x/x", "exp", "x**-1"])
def test_a_program_warns_where_the_eager_forward_pass_warns(name: str, x: Any) -> None:
    f = FUNCTIONS[name]
    program = ag.record(f, x if isinstance(x, float) else np.ones(3))
    assert warned(lambda: program(x)) == warned(lambda: eager(f, x))


@pytest.mark.parametrize("x", [0.0, np.zeros(3)])
@pytest.mark.parametrize("name", ["log", "1/x", "sqrt", "masked log", "x**0.5"])
def test_a_program_of_a_value_and_its_gradient_warns_where_eager_warns(name: str, x: Any) -> None:
    f = ag.value_and_grad(lambda x: np.sum(FUNCTIONS[name](x)))
    program = ag.record(f, x)
    assert warned(lambda: program(x)) == warned(lambda: f(x))


def test_numbers_beside_arrays_meet_their_poles_too() -> None:
    def f(x: Any, s: Any) -> Any:
        return np.sum(x * np.log(s)) + 1 / s, np.exp(s) * x

    program = ag.record(f, np.ones(3), 1.0)
    with np.errstate(all="ignore"):
        for s in (0.0, -1.0, 1e4, np.nan, np.inf, 2.0):
            assert_same(program(np.arange(3.0), s), eager(f, np.arange(3.0), s))


def test_after_a_pole_the_next_run_is_right() -> None:
    def f(x: Any, s: Any) -> Any:
        y = np.tanh(x) * np.log(s)
        return np.sum(y * y), y

    program = ag.record(f, np.ones(3), 1.0)
    with np.errstate(all="ignore"):
        program(np.ones(3), 0.0)
        assert_same(program(np.arange(3.0), 2.0), eager(f, np.arange(3.0), 2.0))
