"""Derivatives of functions: grad and value_and_grad, nested, mixed, with respect to several arguments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite import Value

numbers = st.floats(-2, 2).map(lambda x: round(x, 3))


# ---------------------------------------------------------------------------------- what comes out


def test_the_gradient_of_a_number_is_a_float_and_that_of_an_array_an_array() -> None:
    assert type(ag.grad(lambda x: x * x)(3.0)) is float
    assert type(ag.grad(lambda x: x * x)(3)) is float
    gradient = ag.grad(lambda x: np.sum(x * x))(np.array([1.0, 2.0]))
    assert type(gradient) is np.ndarray
    assert gradient.tolist() == [2.0, 4.0]
    assert ag.grad(lambda x: np.sum(x * x))([1.0, 2.0]).tolist() == [2.0, 4.0]
    assert ag.grad(lambda x: np.sum(x * x))(np.ones(2, np.float32)).dtype == np.float32


def test_the_value_comes_with_its_gradient() -> None:
    value, gradient = ag.value_and_grad(lambda x: np.sum(x**3))(np.array([1.0, 2.0]))
    assert type(value) is float
    assert value == 9.0
    assert gradient.tolist() == [3.0, 12.0]


def test_a_gradient_belongs_to_the_caller() -> None:
    x = np.array([1.0, 2.0])
    gradient = ag.grad(lambda v: np.sum(v * 1.0))(x)
    gradient[:] = 9.0
    assert x.tolist() == [1.0, 2.0]
    first, second = ag.grad(lambda v, w: np.sum(v + w), (0, 1))(x, x)
    first[:] = 9.0
    assert second.tolist() == [1.0, 1.0]


def test_the_arguments_of_the_caller_are_left_alone() -> None:
    x = Value([1.0, 2.0])
    np.sum(x * x).backward()
    before = x.grad.copy()
    ag.grad(lambda v: np.sum(v**3))(x)
    assert x.grad.tolist() == before.tolist()
    assert ag.grad(lambda v, w: np.sum(v * x * w))(np.ones(2), np.ones(2)).data.tolist() == [1.0, 2.0]
    assert x.grad.tolist() == before.tolist()


def test_the_derivative_keeps_the_name_and_the_words_of_its_function() -> None:
    def cost(w: Any) -> Any:
        """What a step costs."""
        return w * w

    assert ag.grad(cost).__name__ == "cost"
    assert ag.grad(cost).__doc__ == "What a step costs."


def test_other_arguments_may_be_anything() -> None:
    def f(w: Any, kind: str, power: int, *, scale: float, options: dict[str, Any]) -> Any:
        assert (kind, options) == ("sum", {"a": None})
        return scale * np.sum(w**power)

    assert ag.grad(f)(np.ones(2), "sum", 3, scale=2.0, options={"a": None}).tolist() == [6.0, 6.0]


# ---------------------------------------------------------------------------------- argnums


def test_argnums_choose_the_arguments_and_their_order() -> None:
    def f(x: Any, y: Any, z: Any) -> Any:
        return x * y**2 * z**3

    at = (2.0, 3.0, 5.0)
    assert ag.grad(f, 1)(*at) == 2 * 2 * 3 * 125
    assert ag.grad(f, (2, 0))(*at) == (2 * 9 * 3 * 25, 9 * 125)
    assert ag.grad(f, (1,))(*at) == (2 * 2 * 3 * 125,)
    value, gradients = ag.value_and_grad(f, (0, 1))(*at)
    assert value == f(*at)
    assert gradients == (9 * 125, 2 * 2 * 3 * 125)


def test_one_argument_may_be_asked_for_twice() -> None:
    assert ag.grad(lambda x, y: x * y, (0, 0))(2.0, 3.0) == (3.0, 3.0)


@pytest.mark.parametrize("argnums", [1, -2, 5, (0, 1)])
def test_an_argument_that_was_not_given_is_named(argnums: Any) -> None:
    with pytest.raises(ValueError, match=r"argument (1|-2|5).*1 positional"):
        ag.grad(lambda x: x * x, argnums)(2.0)


@pytest.mark.parametrize("argnums", [(), "0", 0.5, None, (0.5,)])
def test_argnums_are_whole_numbers(argnums: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="argnums"):
        ag.grad(lambda x: x * x, argnums)(2.0)


# ---------------------------------------------------------------------------------- nested


def test_derivatives_of_a_polynomial_to_beyond_its_degree() -> None:
    f = lambda x: 2 * x**3 - x**2 + 5 * x  # noqa: E731
    derivatives = [f]
    for _ in range(6):
        derivatives.append(ag.grad(derivatives[-1]))
    assert [d(2.0) for d in derivatives] == [22.0, 25.0, 22.0, 12.0, 0.0, 0.0, 0.0]


@given(x=numbers)
def test_every_derivative_of_the_exponential_is_itself(x: float) -> None:
    f: Any = np.exp
    for _ in range(5):
        f = ag.grad(f)
        assert f(x) == pytest.approx(np.exp(x), rel=1e-13)


@given(x=numbers)
def test_the_fourth_derivative_of_the_sine_is_the_sine(x: float) -> None:
    fourth = ag.grad(ag.grad(ag.grad(ag.grad(np.sin))))
    assert fourth(x) == pytest.approx(np.sin(x), abs=1e-14)


@given(x=numbers, y=numbers)
def test_mixed_derivatives_may_be_taken_in_either_order(x: float, y: float) -> None:
    def f(x: Any, y: Any) -> Any:
        return np.sin(x * y) + np.exp(x - y) * y**2

    xy = ag.grad(ag.grad(f, 0), 1)(x, y)
    yx = ag.grad(ag.grad(f, 1), 0)(x, y)
    exact = np.cos(x * y) - x * y * np.sin(x * y) + np.exp(x - y) * (2 * y - y**2)
    assert xy == pytest.approx(exact, abs=1e-12)
    assert yx == pytest.approx(exact, abs=1e-12)


def test_a_hessian_is_the_derivative_of_each_entry_of_the_gradient() -> None:
    a = np.array([[2.0, 1.0, 0.5], [0.0, 3.0, -1.0], [1.0, 0.0, 1.0]])
    gradient = ag.grad(lambda x: x @ a @ x)
    hessian = [ag.grad(lambda x, i=i: gradient(x)[i])(np.array([1.0, -2.0, 0.5])) for i in range(3)]
    np.testing.assert_allclose(hessian, a + a.T, rtol=1e-14)


def test_a_derivative_inside_a_loss_is_differentiated_with_it() -> None:
    """As in a network that is fitted to a differential equation: the loss contains du/dx."""

    def loss(w: Any) -> Any:
        slope = ag.grad(lambda x: np.tanh(w[0] * x) * w[1])(0.3)
        return (slope - 1.0) ** 2

    assert ag.check_grad(loss, np.array([0.7, 1.3]), order=2)


# ---------------------------------------------------------------------------------- perturbation confusion


def test_an_inner_variable_is_not_confused_with_an_outer_one() -> None:
    """d/dx (x * d/dy (x + y)) is 1, and d/dx (x * d/dy (x * y)) is 2 x."""
    assert ag.grad(lambda x: x * ag.grad(lambda y: x + y)(1.0))(3.0) == 1.0
    assert ag.grad(lambda x: x * ag.grad(lambda y: x * y)(2.0))(3.0) == 6.0
    assert ag.grad(lambda x: ag.grad(lambda y: x * x * y)(x) * x)(3.0) == 27.0


def test_an_inner_derivative_may_be_taken_at_the_outer_variable() -> None:
    # d/dx of (d/dy y**2 x at y = x) = d/dx 2 x**2
    assert ag.grad(lambda x: ag.grad(lambda y: y**2 * x)(x))(3.0) == 12.0
    # the same variable, differentiated inside and used outside
    assert ag.grad(lambda x: x * ag.grad(lambda y: y**3)(x))(2.0) == pytest.approx(9 * 4.0)


def test_what_was_computed_from_the_outer_variable_is_constant_inside() -> None:
    def f(x: Any) -> Any:
        outside = x * x
        return ag.grad(lambda y: outside * y**2)(x)  # 2 x**3

    assert ag.grad(f)(2.0) == 24.0
    assert ag.grad(ag.grad(f))(2.0) == 24.0


def test_three_levels_of_variables_stay_apart() -> None:
    def f(x: Any) -> Any:
        def g(y: Any) -> Any:
            return y * ag.grad(lambda z: x * y * z**2)(y)  # 2 x y**3

        return x * ag.grad(g)(x)  # x * 6 x * x**2 = 6 x**4

    assert ag.grad(f)(2.0) == pytest.approx(24 * 8.0)


# ---------------------------------------------------------------------------------- Values outside


def test_a_value_outside_makes_the_result_a_value() -> None:
    a = Value(5.0)
    slope = ag.grad(lambda x: a * x**2)(3.0)
    assert isinstance(slope, Value)
    assert slope.data == 30.0
    slope.backward()
    assert a.grad == 6.0


def test_a_value_as_the_argument_gives_a_value_that_can_be_differentiated() -> None:
    x = Value(2.0)
    slope = ag.grad(lambda v: v**3)(x)
    slope.backward()
    assert (slope.data, x.grad) == (12.0, 12.0)
    for f in (lambda v: v * 3.0, lambda v: v + 1.0):  # also where the slope does not depend on it
        assert isinstance(ag.grad(f)(x), Value)


def test_computed_values_may_be_arguments() -> None:
    a = Value(2.0)
    slope = ag.grad(lambda v: v**2)(a * 3)  # 2 * 3 a
    slope.backward()
    assert a.grad == 6.0


def test_a_second_derivative_works_through_value_and_grad() -> None:
    def f(x: Any) -> Any:
        value, slope = ag.value_and_grad(np.sin)(x)
        return value**2 + slope**2

    assert ag.grad(f)(0.4) == pytest.approx(0.0, abs=1e-15)


# ---------------------------------------------------------------------------------- zero


def test_an_argument_that_the_result_does_not_use_has_gradient_zero() -> None:
    gx, gy = ag.grad(lambda x, y: np.sum(x), (0, 1))(np.ones(2), np.ones((2, 3), np.float32))
    assert gx.tolist() == [1.0, 1.0]
    assert gy.tolist() == [[0.0] * 3] * 2
    assert gy.dtype == np.float32
    assert ag.grad(lambda x, y: x * x, (1, 0))(2.0, 3.0) == (0.0, 4.0)


def test_an_argument_that_is_only_compared_has_gradient_zero() -> None:
    assert ag.grad(lambda x, y: x * (y > 0), (0, 1))(2.0, 3.0) == (1.0, 0.0)
    assert ag.grad(lambda x: np.where(x > 0, x * x, 0.0) + (x > 1))(2.0) == 4.0


def test_a_function_that_returns_an_outer_variable_has_slope_zero() -> None:
    assert ag.grad(lambda x: x + ag.grad(lambda y: x)(2.0))(3.0) == 1.0
    assert ag.grad(lambda x: ag.grad(lambda y: x)(2.0))(3.0) == 0.0
    assert ag.grad(ag.grad(lambda x, y: x, 1), 0)(1.0, 2.0) == 0.0
    w = Value([1.0, 2.0])
    value, slope = ag.value_and_grad(lambda x: w[0])(3.0)
    assert (value.data, getattr(slope, "data", slope)) == (1.0, 0.0)


# ---------------------------------------------------------------------------------- errors


def test_a_result_that_is_not_one_number_is_refused() -> None:
    with pytest.raises(ValueError, match=r"shape \(2,\).*np\.sum"):
        ag.grad(lambda x: x * x)(np.ones(2))
    assert ag.grad(lambda x: x * x)(np.array([3.0])).tolist() == [6.0]


@pytest.mark.parametrize(
    "f",
    [
        lambda x: 5.0,
        lambda x: x.data * 2.0,
        lambda x: x.item() ** 2,
        lambda x: x > 0,
        np.floor,
        lambda x: None,
        lambda x: [x],
        lambda x: (x, x),
    ],
)
def test_a_cut_graph_is_noticed(f: Any) -> None:
    with pytest.raises(TypeError, match=r"returned .*(no gradient|one number)"):
        ag.grad(f)(2.0)


def test_a_derivative_may_be_taken_while_recording_is_paused() -> None:
    """grad needs its own graph; what no_grad pauses is the graph around it."""
    with ag.no_grad():
        assert ag.grad(lambda x: x * x)(3.0) == 6.0
    w = Value(2.0)
    with ag.no_grad():
        slope = ag.grad(lambda x: x * x * w)(3.0)
    assert getattr(slope, "data", slope) == 12.0


def test_arguments_that_are_no_numbers_are_refused() -> None:
    for x in ("2", None, {"w": 1.0}, 2j):
        with pytest.raises(TypeError):
            ag.grad(lambda v: v)(x)


def test_an_exception_inside_the_function_is_passed_on_and_leaves_nothing_behind() -> None:
    w = Value(2.0)

    def f(x: Any) -> Any:
        raise KeyError(f"inside {(x * w).shape}")

    with pytest.raises(KeyError, match="inside"):
        ag.grad(f)(1.0)
    assert w.grad is None
    assert ag.grad(lambda x: x * x)(1.0) == 2.0
