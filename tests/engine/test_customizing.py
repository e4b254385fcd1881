"""Functions of one's own in the graph: custom rules, stop_gradient, checkpoint."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value

X = np.array([0.5, -1.0, 2.0])


# ---------------------------------------------------------------------------------- custom


def test_a_custom_rule_is_used_in_both_modes_and_to_any_order() -> None:
    calls: list[int] = []

    @ag.custom(lambda g, ans, x: g * ans)
    def exponential(x: Any) -> Any:
        """e to the x."""
        calls.append(1)
        return np.exp(x)

    assert (exponential.__name__, exponential.__doc__) == ("exponential", "e to the x.")
    np.testing.assert_array_equal(exponential(X), np.exp(X))
    np.testing.assert_allclose(ag.elementwise_grad(exponential)(X), np.exp(X))
    np.testing.assert_allclose(ag.jvp(exponential, X, X)[1], X * np.exp(X))
    np.testing.assert_allclose(ag.hessian(lambda x: exponential(x) * 2)(0.3), 2 * np.exp(0.3))
    assert ag.check_grad(lambda x: np.sum(exponential(x * x)), X, order=2)
    assert exponential(Value(1.0)).op.symbol == "exponential"
    assert calls


def test_a_custom_function_has_one_rule_for_each_operand_and_settings() -> None:
    @ag.custom(
        lambda g, ans, x, y, power=1: g * power * x ** (power - 1) * y,
        lambda g, ans, x, y, power=1: g * x**power,
    )
    def scaled(x: Any, y: Any, power: int = 1) -> Any:
        return x**power * y

    assert ag.grad(scaled, (0, 1))(2.0, 3.0) == (3.0, 2.0)
    assert ag.grad(lambda x, y: scaled(x, y, power=3), (0, 1))(2.0, 3.0) == (36.0, 8.0)
    assert ag.grad(lambda x, y: scaled(x, y, 3), (0, 1))(2.0, 3.0) == (36.0, 8.0)
    assert ag.jvp(lambda x, y: scaled(x, y, power=3), (2.0, 3.0), (1.0, 1.0))[1] == 44.0
    assert ag.grad(lambda x: np.sum(scaled(x, X)))(2.0) == pytest.approx(1.5)  # summed to the operand's shape
    with pytest.raises(TypeError, match="factor=, which its derivative rule does not know"):
        scaled(Value(2.0), 3.0, factor=2)


def test_an_operand_without_a_rule_is_a_constant() -> None:
    @ag.custom(lambda g, ans, x, labels: g * labels, None)
    def picked(x: Any, labels: Any) -> Any:
        return x * labels

    assert ag.grad(lambda x, y: np.sum(picked(x, y)), (0, 1))(2.0, 3.0) == (3.0, 0.0)
    assert ag.jvp(picked, (2.0, 3.0), (0.0, 1.0))[1] == 0.0


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ((), "needs at least one derivative rule"),
        ((None,), "needs at least one derivative rule"),
        ((lambda g, ans, x: g, lambda g, ans, x: g), r"was given 2 rule\(s\), but they take 1 operand"),
        ((lambda g, ans, x, y: g,), r"was given 1 rule\(s\), but they take 2 operand"),
        ((3.0,), "A rule is a Python function"),
    ],
)
def test_rules_that_do_not_fit_are_refused(rules: tuple[Any, ...], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        ag.custom(*rules)(lambda x: x)


def test_a_rule_of_the_wrong_shape_is_named() -> None:
    @ag.custom(lambda g, ans, x: np.ones(2))
    def f(x: Any) -> Any:
        return np.sum(x)

    with pytest.raises(
        ValueError, match=r"rule of f returned a gradient of shape \(2,\) for an operand of shape \(3,\)"
    ):
        ag.grad(f)(X)


# ---------------------------------------------------------------------------------- stop_gradient


def test_no_gradient_flows_through_a_stop_in_either_mode() -> None:
    f = lambda x: x * ag.stop_gradient(x * x)  # noqa: E731
    assert ag.grad(f)(3.0) == 9.0
    assert ag.jvp(f, 3.0, 1.0) == (27.0, 9.0)
    assert ag.grad(ag.grad(f))(3.0) == 0.0
    with pytest.raises(TypeError, match="no gradient"):
        ag.grad(ag.stop_gradient)(3.0)
    assert ag.stop_gradient(Value(X)).data.tolist() == X.tolist()
    assert ag.stop_gradient(3.0) == 3.0


def test_a_stop_reaches_into_nested_arguments() -> None:
    assert ag.grad(lambda x: ag.stop_gradient([x, {"a": (x,)}])[1]["a"][0] * x)(3.0) == 3.0
    assert ag.stop_gradient({"a": 1.0}) == {"a": 1.0}


# ---------------------------------------------------------------------------------- checkpoint


def layer(x: Any) -> Any:
    return np.tanh(np.sin(x) + x)


def deep(x: Any, f: Callable[[Any], Any], layers: int = 10) -> Any:
    for _ in range(layers):
        x = f(x)
    return np.sum(x)


def test_a_checkpointed_function_has_the_same_derivatives_to_every_order() -> None:
    plain: Callable[[Any], Any] = lambda x: deep(x, layer)  # noqa: E731
    again: Callable[[Any], Any] = lambda x: deep(x, ag.checkpoint(layer))  # noqa: E731
    assert again(X) == plain(X)
    np.testing.assert_array_equal(ag.grad(again)(X), ag.grad(plain)(X))
    np.testing.assert_allclose(ag.jvp(again, X, X)[1], ag.jvp(plain, X, X)[1], rtol=1e-13)
    np.testing.assert_allclose(ag.hvp(again, X, X), ag.hvp(plain, X, X), rtol=1e-12)
    np.testing.assert_allclose(ag.hessian(again)(X), ag.hessian(plain)(X), rtol=1e-12, atol=1e-14)
    third, expected = (ag.grad(lambda x, f=f: np.sum(ag.hvp(f, x, X)))(X) for f in (again, plain))
    np.testing.assert_allclose(third, expected, rtol=1e-11)


class Parts(NamedTuple):
    total: Any
    rest: Any


def test_arguments_and_results_are_nested_as_they_are() -> None:
    @ag.checkpoint
    def f(p: dict[str, Any], *xs: Any, scale: Any, name: str = "x") -> Parts:
        assert name == "y"
        return Parts(np.sum(p["w"] * xs[0]) * scale, [p["w"] > 0, {"both": xs[1] * p["w"]}, 2.0])

    def number(w: Any, x: Any, scale: Any) -> Any:
        found = f({"w": w}, x, 3.0, scale=scale, name="y")
        assert type(found) is Parts
        mask, nested, constant = found.rest
        assert (np.shape(mask), mask.dtype, constant.item()) == ((3,), bool, 2.0)
        return found.total + np.sum(np.where(mask, nested["both"], 0)) + constant

    of_w, of_x, of_scale = ag.grad(number, (0, 1, 2))(X, X + 1, 2.0)
    np.testing.assert_allclose(of_w, 2 * (X + 1) + 3 * (X > 0))
    np.testing.assert_allclose(of_x, 2 * X)
    assert of_scale == pytest.approx(np.sum(X * (X + 1)))
    assert ag.checkpoint(lambda x: [x * 2, (x * 3, 1.0)])(Value(2.0))[1][0].data == 6.0
    assert ag.grad(lambda x: ag.checkpoint(lambda x: [x * 2, x * 3])(x)[1])(2.0) == 3.0


def test_each_part_of_a_result_keeps_its_dtype() -> None:
    single = Value(X.astype(np.float32))
    found = ag.checkpoint(lambda x: (x * 2, np.ones(3), x > 0))(single)
    assert [part.dtype for part in found] == [np.float32, np.float64, bool]
    real, whole = ag.checkpoint(lambda z: (np.abs(z), z * z))(Value(3 + 4j))
    assert (real.data, whole.data) == (5.0, (3 + 4j) ** 2)
    assert ag.grad(lambda z: ag.checkpoint(lambda z: (np.abs(z), z * z))(z)[0])(3 + 4j) == pytest.approx(0.6 - 0.8j)


def test_a_mask_may_be_an_argument() -> None:
    @ag.checkpoint
    def chosen(x: Any, mask: Any, place: Any) -> Any:
        return np.sum(x[mask] ** 3) * x[place]

    f = lambda x: chosen(x, x > 0, np.argmax(x))  # noqa: E731
    plain = lambda x: np.sum(x[x > 0] ** 3) * x[2]  # noqa: E731
    np.testing.assert_allclose(ag.grad(f)(X), ag.grad(plain)(X))
    np.testing.assert_allclose(ag.hessian(f)(X), ag.hessian(plain)(X))


def test_without_values_or_while_recording_is_paused_it_is_the_function_itself() -> None:
    calls: list[Any] = []

    @ag.checkpoint
    def f(x: Any) -> Any:
        calls.append(x)
        return x * 2

    assert f(3.0) == 6.0
    np.testing.assert_array_equal(f(X), X * 2)
    with ag.no_grad():
        assert not f(Value(3.0)).carries_gradient
    calls.clear()
    assert ag.grad(lambda x: f(x) * x)(3.0) == 12.0
    assert len(calls) == 2  # once to compute, once for the gradient


def test_a_value_that_is_no_argument_is_refused() -> None:
    w = Value(2.0)
    with pytest.raises(TypeError, match="used a Value that is not among its arguments"):
        ag.checkpoint(lambda x: w * x)(Value(3.0))
    with pytest.raises(TypeError, match="used a Value that is not among its arguments"):
        ag.checkpoint(lambda x: (x, w))(Value(3.0))
    with pytest.raises(TypeError, match="used a Value that is not among its arguments"):
        ag.grad(lambda w: ag.checkpoint(lambda x: w * x)(w))(2.0)
    assert ag.checkpoint(lambda x, w: w * x)(Value(3.0), w).data == 6.0


def test_inside_a_program_it_is_recorded_as_a_whole() -> None:
    gradient = ag.grad(lambda x: deep(x, ag.checkpoint(layer), 3))
    program = ag.record(gradient, X)
    np.testing.assert_array_equal(program(X + 0.1), gradient(X + 0.1))
    assert "checkpoint" not in program.source


def peak(f: Callable[[Any], Any], x: np.ndarray) -> int:
    """How much memory the gradient of f takes at most."""
    gradient = ag.grad(f)
    gradient(x[:2])  # what is imported and cached
    tracemalloc.start()
    gradient(x)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_a_deep_chain_of_checkpoints_needs_less_memory() -> None:
    """Twenty layers of ten operations: an array of each layer is kept, and those of one, instead of two hundred."""

    def ten_operations(x: Any) -> Any:
        for _ in range(5):
            x = np.sin(x) + x
        return x

    x = np.ones(20_000)
    both = ten_operations, ag.checkpoint(ten_operations)
    everything, some = (peak(lambda x, f=f: deep(x, f, 20), x) / x.nbytes for f in both)
    assert everything > 200
    assert some < everything / 4
