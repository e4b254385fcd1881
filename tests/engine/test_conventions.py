"""What a slope is where there is none: conventions at kinks and poles, and never NaN where a finite choice exists."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import autograd_lite as ag

inf, nan = float("inf"), float("nan")
TINY = 1e-300  # as good as 0


def gradient(f: Callable[..., Any], *args: Any) -> Any:
    """The gradient with respect to every argument; one alone is not put into a tuple."""
    gradients = ag.grad(lambda *xs: np.sum(f(*xs)), tuple(range(len(args))))(*args)
    return gradients[0] if len(args) == 1 else gradients


def quiet(f: Callable[[], Any]) -> Any:
    """Where the forward pass itself divides by 0, NumPy warns; here only the slope matters."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return f()


# ---------------------------------------------------------------------------------- kinks


@pytest.mark.parametrize("f", [np.abs, np.fabs, abs, ag.relu, lambda x: x**0, lambda x: np.power(x, 0)])
def test_the_slope_at_zero_is_zero(f: Callable[[Any], Any]) -> None:
    assert gradient(f, 0.0) == 0.0
    assert gradient(f, np.zeros((2, 2))).tolist() == [[0.0, 0.0]] * 2
    assert gradient(f, -0.0) == 0.0


@pytest.mark.parametrize("f", [np.maximum, np.minimum])
def test_a_tie_of_two_gives_each_a_half(f: Callable[..., Any]) -> None:
    assert gradient(f, 2.0, 2.0) == (0.5, 0.5)
    for g in gradient(f, np.array([1.0, 2.0]), np.array([1.0, 2.0])):
        assert g.tolist() == [0.5, 0.5]
    assert gradient(lambda x: f(x, 0.0), 0.0) == 0.5
    assert gradient(lambda x: f(x, x), 3.0) == 1.0


@pytest.mark.parametrize("f", [np.max, np.min, np.amax, np.amin])
def test_a_tie_of_n_gives_each_one_nth(f: Callable[..., Any]) -> None:
    for n in (1, 2, 3, 4):
        assert gradient(f, np.ones(n)).tolist() == [1 / n] * n
    assert gradient(lambda x: f(x, axis=0), np.array([[1.0, 1.0], [1.0, 1.0]])).tolist() == [[0.5, 0.5]] * 2
    assert gradient(lambda x: f(x, axis=1, keepdims=True), np.array([[3.0, 3.0]])).tolist() == [[0.5, 0.5]]
    assert gradient(np.max, np.array([1.0, 2.0, 2.0])).tolist() == [0.0, 0.5, 0.5]


def test_clip_has_slope_one_in_the_closed_interval() -> None:
    x = np.array([-1.5, -1.0, 0.0, 1.0, 1.5])
    assert gradient(lambda v: np.clip(v, -1, 1), x).tolist() == [0, 1, 1, 1, 0]
    assert gradient(lambda v: np.clip(v, -1, None), x).tolist() == [0, 1, 1, 1, 1]
    assert gradient(lambda v: np.clip(v, max=1.0), x).tolist() == [1, 1, 1, 1, 0]
    assert [gradient(lambda v: v.clip(-1, 1), float(p)) for p in x] == [0, 1, 1, 1, 0]


def test_the_standard_deviation_of_equal_entries_has_slope_zero() -> None:
    assert gradient(np.std, np.full(3, 2.0)).tolist() == [0, 0, 0]
    assert gradient(lambda x: np.std(x, axis=1), np.array([[1.0, 1.0], [1.0, 3.0]])).tolist() == [[0, 0], [-0.5, 0.5]]
    assert gradient(np.std, 2.0) == 0.0
    second = ag.grad(lambda x: np.sum(ag.grad(np.std)(x) ** 2))(np.full(3, 2.0))
    assert np.all(np.isfinite(second))


@given(x=hnp.arrays(float, st.integers(1, 6), elements=st.integers(-2, 2).map(float)))
def test_the_slope_of_a_product_is_exact_with_any_number_of_zeros(x: np.ndarray) -> None:
    others = [np.prod(np.delete(x, i)) for i in range(len(x))]
    assert gradient(np.prod, x).tolist() == others
    if len(x) > 1:  # the second derivative leaves out two
        without = ag.grad(lambda v: ag.grad(np.prod)(v)[0])(x)
        assert without.tolist() == [0.0, *(np.prod(np.delete(x, [0, i])) for i in range(1, len(x)))]


def test_powers_at_zero() -> None:
    assert [gradient(lambda x, n=n: x**n, 0.0) for n in (0, 1, 2, 3)] == [0, 1, 0, 0]
    assert gradient(lambda x: x ** np.array([0.0, 1.0, 2.0]), np.zeros(3)).tolist() == [0, 1, 0]
    assert gradient(lambda y: 0.0**y, 2.0) == 0.0
    assert gradient(np.power, 0.0, 1.0) == (1.0, 0.0)
    for n, second in ((1, 0.0), (2, 2.0), (3, 0.0)):
        assert ag.grad(ag.grad(lambda x, n=n: x**n))(0.0) == second
    assert gradient(lambda x: x ** np.array([1.0, 2.0]), 0.0) == 1.0  # a scalar base, several exponents


@pytest.mark.parametrize("x", [0.0, np.zeros(2)], ids=["scalar", "vector"])
def test_the_slope_of_the_square_root_at_zero_is_infinite_with_numpys_warning(x: Any) -> None:
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        assert np.all(gradient(np.sqrt, x) == inf)


def test_where_follows_the_branch_that_is_taken() -> None:
    assert gradient(lambda x: np.where(x > 0, x * 2, x * 3), np.array([-1.0, 0.0, 1.0])).tolist() == [3, 3, 2]


def test_the_remainder_steps_where_numpy_steps() -> None:
    """1 % 0.1 is 1 - 9 * 0.1 in floating point: the quotient of two floats may round up to 10."""
    assert gradient(lambda y: 1.0 % y, 0.1) == -9.0
    assert gradient(lambda y: np.remainder(np.array([1.0, 7.0]), y), np.array([0.1, 2.0])).tolist() == [-9, -3]


# ---------------------------------------------------------------------------------- branches not taken


@pytest.mark.parametrize(
    ("guarded", "outside"),
    [
        (lambda x: np.where(x > 0, np.log(x), 0.0), [0.0, -1.0]),
        (lambda x: np.where(x > 0, np.log2(x), 0.0), [0.0, -1.0]),
        (lambda x: np.where(x > 0, np.log10(x), 0.0), [0.0, -1.0]),
        (lambda x: np.where(x > -1, np.log1p(x), 0.0), [-1.0, -2.0]),
        (lambda x: np.where(x > 0, np.sqrt(x), 0.0), [0.0, -1.0]),
        (lambda x: np.where(x > 0, x**0.5, 0.0), [0.0, -1.0]),
        (lambda x: np.where(x > 0, x**-1.5, 0.0), [0.0, -1.0]),
        (lambda x: np.where(x != 0, 1 / x, 0.0), [0.0]),
        (lambda x: np.where(x != 0, np.reciprocal(x), 0.0), [0.0]),
        (lambda x: np.where(x != 0, np.sin(x) / x, 1.0), [0.0]),
        (lambda x: np.where(x > 0, x * np.log(x), 0.0), [0.0, -1.0]),
        (lambda x: np.where(x > 0, x**x, 1.0), [0.0, -0.5]),
        (lambda x: np.where(x < 100, np.exp(x), 0.0), [1000.0]),
        (lambda x: np.where(x < 100, np.expm1(x), 0.0), [1000.0]),
        (lambda x: np.where(x < 100, np.sinh(x) + np.cosh(x), 0.0), [1000.0]),
        (lambda x: np.where(x < 100, np.exp(x) * x, 0.0), [1000.0]),
        (lambda x: np.where(x < 100, np.exp2(x), 0.0), [2000.0]),
        (lambda x: np.where(x < 100, x**200, 0.0), [1e200]),
        (lambda x: np.where(np.isfinite(x), x * x, 0.0), [inf, nan]),
        (lambda x: np.where(np.isfinite(x), np.sin(x), 0.0), [inf, nan]),
        (lambda x: np.where(np.isfinite(x), ag.sigmoid(x), 0.0), [inf, nan]),
        (lambda x: np.where(np.isfinite(x), ag.relu(x), 0.0), [inf, nan]),
        (lambda x: np.where(np.isfinite(x), ag.engine.sigmoid_crossentropy(x, 0.5), 0.0), [nan]),
    ],
)
def test_a_branch_not_taken_gives_zero_even_where_its_slope_is_infinite(
    guarded: Callable[[Any], Any], outside: list[float]
) -> None:
    inside = gradient(guarded, 0.7)
    assert np.isfinite(inside)
    for x in outside:
        assert quiet(lambda x=x: gradient(guarded, x)) == 0.0, f"a scalar at {x}"
        both = quiet(lambda x=x: gradient(guarded, np.array([x, 0.7])))
        np.testing.assert_allclose(both, [0.0, inside], rtol=1e-15, err_msg=f"an array at {x}")
        second = quiet(lambda x=x: ag.grad(ag.grad(guarded))(x))
        assert second == 0.0, f"the second derivative at {x}"


def test_a_guarded_division_gives_zero_to_both_operands() -> None:
    for x, y in ((2.0, 0.0), (0.0, 0.0)):
        assert quiet(lambda x=x, y=y: gradient(lambda a, b: np.where(b != 0, a / b, 0.0), x, y)) == (0.0, 0.0)
    x, y = np.array([2.0, 0.0, 3.0]), np.array([0.0, 0.0, 2.0])
    gx, gy = quiet(lambda: gradient(lambda a, b: np.where(b != 0, a / b, 0.0), x, y))
    assert (gx.tolist(), gy.tolist()) == ([0, 0, 0.5], [0, 0, -0.75])


def test_a_scalar_at_a_pole_of_an_array_gives_what_numpy_gives() -> None:
    """The rules must not ask for the truth value of an array of gradients."""
    x = np.array([1.0, -2.0])
    assert quiet(lambda: gradient(lambda v: v / 0.0, x)).tolist() == [inf, inf]
    assert quiet(lambda: gradient(lambda v: np.abs(x) / v, 0.0)) == -inf
    gx, gy = quiet(lambda: gradient(lambda a, b: np.where(False, a / b, 1.0), x, 0.0))
    assert (gx.tolist(), gy) == ([0.0, 0.0], 0.0)
    assert gradient(lambda v: v ** np.array([1.0, 2.0, 3.0]), 0.0) == 1.0


# ---------------------------------------------------------------------------------- far out


@pytest.mark.parametrize("far", [800.0, -800.0, 1e5, -1e5, inf, -inf])
@pytest.mark.parametrize("f", [ag.sigmoid, np.tanh, np.arctan, ag.relu])
def test_functions_that_level_off_have_finite_slopes_far_out(f: Callable[[Any], Any], far: float) -> None:
    for slope in (gradient(f, far), gradient(f, np.array([far]))[0]):
        assert slope == pytest.approx(1.0 if f is ag.relu and far > 0 else 0.0, abs=1e-5)


@pytest.mark.parametrize("far", [1e160, 1e200, 1e308])
def test_no_rule_overflows_where_the_function_does_not(far: float) -> None:
    """NumPy's overflow warnings are errors here."""
    for x in (far, np.array([far, -far])):
        assert np.all(np.abs(gradient(np.arctan, x)) < TINY)
        assert np.all(np.abs(gradient(lambda v: 1.0 / v, x)) < TINY)
        assert np.all(np.abs(gradient(np.reciprocal, x)) < TINY)
        assert np.all(np.abs(gradient(np.tanh, x)) < TINY)
        assert np.all(np.abs(gradient(ag.sigmoid, x)) < TINY)


@pytest.mark.parametrize("near", [1e-160, 1e-200, 1e-300])
def test_no_rule_underflows_to_nan_near_a_pole(near: float) -> None:
    for y in (near, np.array([near])):
        assert np.all(gradient(lambda v: 0.0 / v, y) == 0)
        np.testing.assert_allclose(gradient(lambda v: near**2 / v, y), 0.0, atol=2.0)
    assert gradient(lambda v: 1e-155 / v, 1e-155) == pytest.approx(-1e155, rel=1e-12)


def test_soft_functions_are_stable_for_large_logits() -> None:
    z = np.array([1000.0, 0.0, -1000.0])
    assert gradient(lambda v: ag.log_softmax(v)[0], z).tolist() == [0.0, 0.0, 0.0]
    assert gradient(lambda v: ag.log_softmax(v)[2], z).tolist() == [-1.0, 0.0, 1.0]
    assert gradient(lambda v: ag.softmax(v)[0], z).tolist() == [0.0, 0.0, 0.0]
    assert np.all(np.isfinite(gradient(lambda v: ag.softmax(v) ** 2, np.array([-inf, 0.0, 1.0]))))
    gx, gy = gradient(np.logaddexp, np.array([1e4, -1e4]), np.array([-1e4, 1e4]))
    np.testing.assert_allclose([gx, gy], [[1, 0], [0, 1]], atol=TINY)
    for far, slope in ((-1e4, -1.0), (1e4, 0.0)):
        for label in (0.0, 1.0):
            found = gradient(lambda v, y=label: ag.engine.sigmoid_crossentropy(v, y), far)
            assert found == pytest.approx(slope + 1 - label, abs=TINY)


@pytest.mark.parametrize("at", [-inf, inf])
def test_logaddexp_of_two_equal_infinities_shares_the_gradient(at: float) -> None:
    """As for a maximum: each gets a half. -inf stands for a probability of 0."""
    assert gradient(np.logaddexp, at, at) == (0.5, 0.5)
    np.testing.assert_allclose(gradient(np.logaddexp, -inf, 1.0), (0.0, 1.0), atol=TINY)


def test_infinite_and_missing_entries_do_not_spoil_their_neighbours() -> None:
    x = np.array([1.0, inf, 2.0])
    assert gradient(np.max, x).tolist() == [0, 1, 0]
    assert gradient(np.sum, x).tolist() == [1, 1, 1]
    slopes = gradient(lambda v: v * v, np.array([1.0, nan, 2.0]))
    assert (slopes[0], slopes[2]) == (2.0, 4.0)


@pytest.mark.parametrize("shapes", [((2, 3), (3, 4)), ((3, 3), (3, 3)), ((3,), (3, 2)), ((2, 2, 3), (3, 3))])
def test_a_missing_number_in_a_matrix_spreads_as_far_as_the_product_says(shapes: tuple[tuple[int, ...], ...]) -> None:
    """No entry that depends on it may look finite, and no other may be spoilt: nan is there to be seen."""
    generator = np.random.default_rng(0)
    w, x = (generator.normal(size=shape) for shape in shapes)
    x[0, -1] = nan
    seed = generator.normal(size=(w @ x).shape)
    seed[..., 0] = 0.0  # zeros among the gradients do not hide it
    v = ag.Value(w)
    (v @ x).backward(seed)
    np.testing.assert_array_equal(v.grad, seed @ x.T)
