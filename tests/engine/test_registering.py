"""Teaching a new function: what `rule` and `primitive` accept, and what they say to what they do not."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value

pytestmark = pytest.mark.usefixtures("own_rules")

v = Value(2.0, name="v")


@pytest.mark.parametrize("error", [np.linalg.LinAlgError, UnicodeError, KeyError, ZeroDivisionError, ValueError])
def test_an_error_inside_a_primitive_keeps_its_type_and_its_words(error: type[Exception]) -> None:
    @ag.primitive
    def broken(x: Any) -> Any:
        raise error("of its own")

    ag.rule(broken, lambda g, ans, x: g)
    with pytest.raises(error, match="of its own") as caught:
        broken(v)
    assert caught.type is error


def test_a_rule_for_each_operand_is_demanded() -> None:
    @ag.primitive
    def product(x: Any, y: Any) -> Any:
        return x * y

    with pytest.raises(TypeError, match=r"1 rule\(s\).*2 operand"):
        ag.rule(product, lambda g, ans, x, y: g * y)
    with pytest.raises(TypeError, match="at least one"):
        ag.rule(product, None, None)
    with pytest.raises(TypeError, match=r"g, ans"):
        ag.rule(product, lambda x: x, lambda y: y)


class Slopes:
    """A rule may be a method, a function with fixed arguments, or anything else that can be called."""

    def of_the_square(self, g: Any, ans: Any, x: Any) -> Any:
        return 2 * g * x

    def __call__(self, g: Any, ans: Any, x: Any) -> Any:
        return 2 * g * x


def times(factor: float, g: Any, ans: Any, x: Any) -> Any:
    return factor * g * x


@pytest.mark.parametrize("slope", [Slopes().of_the_square, functools.partial(times, 2.0), Slopes()])
def test_a_rule_may_be_anything_that_can_be_called_or_says_what_it_must_be(slope: Any) -> None:
    @ag.primitive
    def squared(x: Any) -> Any:
        return x * x

    try:
        ag.rule(squared, slope)
    except TypeError as error:
        if "function" not in str(error):
            raise
    else:
        assert ag.grad(squared)(3.0) == 6.0


def test_an_operand_may_have_no_rule_with_and_without_a_scalar_form() -> None:
    for scalar in (None, lambda x, y: x * y):

        @ag.primitive
        def scaled(x: Any, y: Any) -> Any:
            return x * y

        ag.rule(scaled, None, lambda g, ans, x, y: g * x, scalar=scalar)
        x, y = Value(2.0), Value(3.0)
        scaled(x, y).backward()
        assert (x.grad, y.grad) == (None, 2.0)


def test_a_scalar_form_serves_any_number_of_operands() -> None:
    @ag.primitive
    def fused(x: Any, y: Any, z: Any) -> Any:
        return x * y + z

    rules = (lambda g, ans, x, y, z: g * y, lambda g, ans, x, y, z: g * x, lambda g, ans, x, y, z: g)
    ag.rule(fused, *rules, scalar=lambda x, y, z: x * y + z)
    values = [Value(2.0), Value(3.0), Value(5.0)]
    result = fused(*values)
    result.backward()
    assert result.args == tuple(values)
    assert [x.grad for x in values] == [3.0, 2.0, 1.0]


def test_a_scalar_form_does_not_forget_the_settings() -> None:
    @ag.primitive
    def leaky(x: Any, slope: float = 0.1) -> Any:
        return np.where(np.greater(x, 0), x, slope * x)

    ag.rule(leaky, lambda g, ans, x, slope=0.1: g * np.where(x > 0, 1, slope), scalar=lambda x: x if x > 0 else 0.1 * x)
    x = Value(-2.0)
    y = leaky(x, slope=0.5)
    y.backward()
    assert (y.data, x.grad) == (-1.0, 0.5)


def test_a_rule_that_is_given_anew_holds_for_the_operator_and_the_method_too() -> None:
    ag.rule(np.tanh, lambda g, ans, x: 7 * g)
    ag.rule(np.multiply, lambda g, ans, x, y: 10 * g, lambda g, ans, x, y: 20 * g)
    for f in (np.tanh, lambda x: x.tanh()):
        assert ag.grad(f)(0.3) == 7.0
    for f in (np.multiply, lambda x, y: x * y):
        assert ag.grad(f, (0, 1))(2.0, 3.0) == (10.0, 20.0)
        assert ag.grad(lambda x, f=f: np.sum(f(x, 2.0)))(np.ones(2)).tolist() == [10.0, 10.0]


def test_a_gradient_of_an_impossible_shape_is_traced_to_its_rule() -> None:
    @ag.primitive
    def tripled(x: Any) -> Any:
        return x * 3

    ag.rule(tripled, lambda g, ans, x: np.ones((4, 5)))
    with pytest.raises(ValueError, match="tripled"):
        ag.grad(lambda x: np.sum(tripled(x)))(np.ones((2, 3)))
