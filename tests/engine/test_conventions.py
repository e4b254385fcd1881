"""What a slope is where there is none: conventions at kinks and poles, and never NaN where a finite choice exists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import autograd_lite as ag

from .kinks import TINY, gradient, inf, nan, quiet

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


# ---------------------------------------------------------------------------------- more functions of single entries


def test_fmax_and_fmin_share_at_a_tie_and_leave_out_nan() -> None:
    for f in (np.fmax, np.fmin):
        assert gradient(f, 2.0, 2.0) == (0.5, 0.5)
        assert gradient(f, nan, 2.0) == (0.0, 1.0)
        assert gradient(f, 2.0, nan) == (1.0, 0.0)
        assert gradient(f, nan, nan) == (0.5, 0.5)
        gx, gy = gradient(f, np.array([1.0, nan, 3.0, 1.0]), np.array([nan, 1.0, 3.0, 1.0]))
        assert (gx.tolist(), gy.tolist()) == ([1, 0, 0.5, 0.5], [0, 1, 0.5, 0.5])


@pytest.mark.parametrize("x", [0.0, -0.0, np.zeros(2)], ids=repr)
def test_what_has_no_direction_has_slope_zero_to_any_order(x: Any) -> None:
    assert np.all(gradient(lambda v: np.copysign(v, -1.0), x) == 0)
    assert np.all(gradient(lambda v: np.abs(v + 0j), x) == 0)
    for f in (np.arctan2, np.hypot, lambda y, x: np.abs(x + 1j * y), lambda y, x: np.angle(x + 1j * y)):
        for g in gradient(f, x, x):
            assert np.all(g == 0)
        second = ag.grad(lambda a, f=f: np.sum(ag.grad(lambda v: np.sum(f(v, 0.0 * x)))(a)))(x)
        assert np.all(second == 0)


def test_an_angle_at_infinity_does_not_turn() -> None:
    for y, x in ((inf, 1.0), (1.0, inf), (-inf, -inf), (1.0, -inf)):
        assert gradient(np.arctan2, y, x) == (0.0, 0.0)
    assert gradient(np.arctan2, 1e-200, 1e-200) == (pytest.approx(5e199), pytest.approx(-5e199))
    assert gradient(np.arctan2, 1e200, 1e200) == (pytest.approx(5e-201), pytest.approx(-5e-201))


def test_sinc_is_as_smooth_at_zero_as_elsewhere() -> None:
    derivative = [np.sinc]
    for _ in range(4):
        derivative.append(ag.grad(derivative[-1]))
    for x in (0.0, 1e-12):
        values = [f(x) for f in derivative]
        expected = [1, 0, -(np.pi**2) / 3, 0, np.pi**4 / 5]
        np.testing.assert_allclose(values, expected, rtol=1e-14, atol=1e-9)
    for x in (1e-9, 1e-4, 0.3, 0.8, 0.9, 1.5):  # the slopes of sin t / t, with 40 terms of their series
        t, k = np.pi * x, np.arange(40)
        terms = (-1.0) ** k * np.cumprod([1.0, *(t * t / ((2 * k[1:]) * (2 * k[1:] + 1)))])
        assert derivative[1](x) == pytest.approx(np.sum(terms * 2 * k) / x, rel=1e-13)


def test_i0_has_accurate_slopes_as_far_as_it_reaches() -> None:
    """The published values of I1 and of (I0 + I2) / 2: Abramowitz and Stegun, table 9.8."""
    for x, e_i1, e_i0 in (
        (0.1, 0.0452984468, 0.9071009258),
        (1.0, 0.2079104154, 0.4657596077),
        (5.0, 0.1639722669, 0.1835408126),
    ):
        assert gradient(np.i0, x) * np.exp(-x) == pytest.approx(e_i1, abs=1e-10)
        second = e_i0 - e_i1 / x  # Bessel's equation
        assert ag.grad(ag.grad(np.i0))(x) * np.exp(-x) == pytest.approx(second, abs=1e-8)
    assert gradient(np.i0, 0.0) == 0.0
    assert gradient(np.i0, 1e-8) == pytest.approx(5e-9, rel=1e-14)
    assert gradient(np.i0, -700.0) == -gradient(np.i0, 700.0) == pytest.approx(-np.i0(700.0) * (1 - 1 / 1400), rel=1e-5)


def test_poles_of_inverse_functions_are_infinite_with_the_sign_of_their_side() -> None:
    for f, x, slope in (
        (np.arcsin, 1.0, inf), (np.arcsin, -1.0, inf), (np.arccos, 1.0, -inf), (np.arccosh, 1.0, inf),
        (np.arctanh, 1.0, inf), (np.arctanh, -1.0, inf), (np.cbrt, 0.0, inf),
    ):  # fmt: skip
        assert quiet(lambda f=f, x=x: gradient(f, x)) == slope
        assert quiet(lambda f=f, x=x: gradient(f, np.array([x]))).tolist() == [slope]
        guarded = lambda v, f=f: np.where(np.abs(v) == 0.5, f(v), 0.0)  # noqa: E731
        assert quiet(lambda g=guarded, x=x: gradient(g, x)) == 0.0


def test_inverse_functions_do_not_overflow_far_out() -> None:
    for far in (1e160, 1e308):
        for x in (far, np.array([far]), 1j * far, far + 0j):
            for f in (np.arcsinh, np.arctan):
                assert np.all(np.abs(gradient(lambda v, f=f: np.real(f(v)), x)) < 1e-150)
        assert gradient(np.arccosh, far) == pytest.approx(1 / far)
        assert gradient(np.hypot, far / 2, 0.0) == (1.0, 0.0)


@pytest.mark.parametrize("f", [np.arcsin, np.arccos, np.arcsinh, np.arccosh, np.arctanh, np.arctan, np.sqrt, np.log])
def test_slopes_on_a_branch_cut_belong_to_the_side_of_the_answer(f: Callable[[Any], Any]) -> None:
    along = 1j if f in (np.arcsinh, np.arctan) else 1.0
    for z in (2.0 * along + 0j, -2.0 * along + 0j):
        measured = (f(z + 1e-6 * along) - f(z - 1e-6 * along)) / (2e-6 * along)
        found = gradient(lambda v: np.real(f(v)), z)
        np.testing.assert_allclose(found, measured, rtol=1e-8)


def test_the_logarithm_of_a_base_on_the_branch_cut_is_that_of_its_side() -> None:
    """-1.7 - 0j lies below the cut."""
    x, y, h = np.array([complex(-1.7, -0.0), complex(-1.7, 0.0)]), np.full(2, 0.2 + 0.8j), 1e-6
    measured = (x ** (y + h) - x ** (y - h)) / (2 * h)
    np.testing.assert_allclose(gradient(lambda v: np.real(x**v), y), measured, rtol=1e-8)


def test_logaddexp2_is_stable_and_shares_between_equal_infinities() -> None:
    assert gradient(np.logaddexp2, -inf, -inf) == (0.5, 0.5)
    assert gradient(np.logaddexp2, 1e4, -1e4) == (1.0, 0.0)
    assert gradient(np.logaddexp2, 2000.0, 2000.0) == (0.5, 0.5)


def test_what_is_replaced_has_no_slope() -> None:
    x = np.array([1.0, nan, inf, -inf])
    assert gradient(np.nan_to_num, x).tolist() == [1, 0, 0, 0]
    z = np.array([complex(1, nan), complex(inf, 2)])
    found = ag.grad(lambda v: np.sum(np.real(np.nan_to_num(v)) + np.imag(np.nan_to_num(v))))(z)
    assert found.tolist() == [1, -1j]


def test_fmod_steps_where_numpy_steps() -> None:
    assert gradient(lambda y: np.fmod(1.0, y), 0.1) == -9.0
    assert gradient(np.fmod, -7.0, 2.0) == (1.0, 3.0)
    assert gradient(np.fmod, 1.0, inf) == (1.0, 0.0)


def test_heaviside_follows_its_answer_at_zero() -> None:
    gx, gy = gradient(np.heaviside, np.array([-1.0, 0.0, 1.0]), np.array([0.5, 0.5, 0.5]))
    assert (gx.tolist(), gy.tolist()) == ([0, 0, 0], [0, 1, 0])


def test_mixed_derivatives_of_a_power_with_exponent_zero_are_exact() -> None:
    """The slope of x**y along x is y x**(y - 1), and that along y is 1/x where y = 0."""
    for power in (np.power, np.float_power):
        mixed = ag.grad(lambda y, f=power: ag.grad(lambda x: f(x, y))(2.0))
        assert mixed(0.0) == 0.5
        assert gradient(power, 0.0, 0.0) == (0.0, 0.0)


@pytest.mark.parametrize("z", [0j, np.zeros(2, complex)], ids=["scalar", "vector"])
def test_a_complex_pole_gives_what_numpy_gives(z: Any) -> None:
    for f in (lambda v: 1 / v, lambda v: v**-1, np.reciprocal, np.log, np.sqrt):
        slope = quiet(lambda f=f: gradient(lambda v: np.real(f(v)), z))
        assert not np.any(np.isfinite(slope))
    assert np.all(gradient(lambda v: np.real(v**2), z) == 0)
    assert np.all(gradient(lambda v: np.abs(v) ** 2, z) == 0)
