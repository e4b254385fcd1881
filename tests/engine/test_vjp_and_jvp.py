"""The two products with the matrix of all derivatives: vjp sends gradients back, jvp pushes a step forward."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import StaleGraph, Value

X = np.array([0.5, -1.0, 2.0])
A = np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]])


class Pair(NamedTuple):
    w: Any
    b: Any


def f(x: Any) -> Any:
    return np.tanh(A @ x) * np.sum(x**2)


def jacobian_of_f() -> np.ndarray:
    t = np.tanh(A @ X)
    return (1 - t**2)[:, None] * A * np.sum(X**2) + t[:, None] * 2 * X


# ---------------------------------------------------------------------------------- what comes out


def test_vjp_is_the_product_with_the_transposed_jacobian() -> None:
    value, pull = ag.vjp(f, X)
    np.testing.assert_array_equal(value, f(X))
    for g in (np.array([1.0, 0.0]), np.array([0.3, -2.0])):  # as often as one likes
        (gradient,) = pull(g)
        np.testing.assert_allclose(gradient, g @ jacobian_of_f(), rtol=1e-13)


def test_jvp_is_the_product_with_the_jacobian() -> None:
    step = np.array([1.0, 0.5, -0.5])
    value, tangent = ag.jvp(f, X, step)
    np.testing.assert_array_equal(value, f(X))
    np.testing.assert_allclose(tangent, jacobian_of_f() @ step, rtol=1e-13)
    value, tangent = ag.jvp(f, (X,), (step,))
    np.testing.assert_allclose(tangent, jacobian_of_f() @ step, rtol=1e-13)


def test_numbers_come_out_as_numbers_and_arrays_as_arrays_of_their_own() -> None:
    value, pull = ag.vjp(lambda x, y: x * y, 2.0, 3)
    assert (type(value), value, pull(1), pull(2.0)) == (float, 6.0, (3.0, 2.0), (6.0, 4.0))
    assert ag.jvp(lambda x, y: x * y, (2, 3.0), (1, 0)) == (6.0, 3.0)
    value, tangent = ag.jvp(lambda x: x, X, X)
    assert type(tangent) is np.ndarray
    tangent[:] = 9.0
    assert X.tolist() == [0.5, -1.0, 2.0]
    seed = np.ones(3)
    _, pull = ag.vjp(lambda x, y: x + y, X, X)
    first, second = pull(seed)
    first[:] = 9.0
    assert (second.tolist(), seed.tolist(), pull(seed)[0].tolist()) == ([1.0] * 3, [1.0] * 3, [1.0] * 3)


def test_float32_stays_float32_and_integers_are_floats() -> None:
    x = X.astype(np.float32)
    value, pull = ag.vjp(f, x)
    assert (value.dtype, pull(np.ones(2))[0].dtype) == (np.float64, np.float32)  # A is in double precision
    assert ag.jvp(np.square, x, np.ones(3))[1].dtype == np.float32
    assert ag.vjp(np.square, np.array([1, 2]))[1](np.array([1, 1]))[0].tolist() == [2.0, 4.0]
    assert ag.jvp(np.square, [1, 2], [1, 1])[1].tolist() == [2.0, 4.0]


def test_empty_arrays_have_empty_gradients() -> None:
    empty = np.zeros((0, 2))
    value, pull = ag.vjp(lambda x: np.sum(x, axis=1), empty)
    assert (value.shape, pull(np.zeros(0))[0].shape) == ((0,), (0, 2))
    assert ag.jvp(np.sum, empty, empty) == (0.0, 0.0)
    assert ag.jvp(lambda x: x[:0], X, X)[1].shape == (0,)


def test_aux_is_handed_through_as_numbers() -> None:
    def with_aux(x: Any) -> Any:
        return x * x, {"double": 2 * x, "name": "x", "none": None}

    value, pull, aux = ag.vjp(with_aux, 3.0, has_aux=True)
    assert (value, pull(1.0), aux) == (9.0, (6.0,), {"double": 6.0, "name": "x", "none": None})
    assert ag.jvp(with_aux, 3.0, 1.0, has_aux=True) == (9.0, 6.0, {"double": 6.0, "name": "x", "none": None})
    assert ag.grad(with_aux, has_aux=True)(3.0) == (6.0, {"double": 6.0, "name": "x", "none": None})
    assert ag.value_and_grad(with_aux, has_aux=True)(3.0)[0] == (9.0, {"double": 6.0, "name": "x", "none": None})


def test_aux_depends_on_the_variable_of_the_derivative_outside() -> None:
    def of(inner: Callable[[Any], Any]) -> float:
        return ag.grad(lambda w: inner(w)[-1])(2.0)

    for f in (lambda x, w: (x, w * w), lambda x, w: (x * w, w * w), lambda x, w: (x * w, w)):
        expected = 4.0 if f(0.0, 3.0)[1] == 9.0 else 1.0
        assert of(lambda w, f=f: ag.vjp(lambda x: f(x, w), 1.0, has_aux=True)) == expected
        assert of(lambda w, f=f: ag.jvp(lambda x: f(x, w), 1.0, 1.0, has_aux=True)) == expected
        assert of(lambda w, f=f: ag.grad(lambda x: f(x, w), has_aux=True)(1.0)) == expected


# ---------------------------------------------------------------------------------- nested arguments and results


def test_arguments_and_results_may_be_nested() -> None:
    def layer(p: Pair, inputs: list[Any]) -> dict[str, Any]:
        return {"out": [p.w * x + p.b for x in inputs], "size": (np.sum(p.w**2),)}

    p, inputs = Pair(np.array([1.0, 2.0]), 3.0), [4.0, np.array([5.0, 6.0])]
    value, pull = ag.vjp(layer, p, inputs)
    assert value["out"][1].tolist() == [8.0, 15.0]
    assert value["size"] == (5.0,)
    g = {"size": (10.0,), "out": [np.array([1.0, 0.0]), np.array([0.0, 1.0])]}  # in any order of the keys
    gradient, of_inputs = pull(g)
    assert type(gradient) is Pair
    assert (gradient.w.tolist(), gradient.b) == ([4.0 + 20.0, 6.0 + 40.0], 2.0)
    assert (of_inputs[0], of_inputs[1].tolist()) == (1.0, [0.0, 2.0])
    steps = (Pair(np.array([1.0, 0.0]), 0.5), [0.0, np.array([0.0, 1.0])])
    _, tangent = ag.jvp(layer, (p, inputs), steps)
    assert [t.tolist() for t in tangent["out"]] == [[4.5, 0.5], [5.5, 2.5]]
    assert tangent["size"] == (2.0,)


def test_a_list_of_numbers_is_sent_back_to_a_list_of_results() -> None:
    _, pull = ag.vjp(lambda x: [x, (2 * x, [3 * x])], 3.0)
    assert pull([1.0, (1.0, [1.0])]) == (6.0,)
    assert ag.vjp(lambda x: [x, 2 * x], 3.0)[1]([1.0, 10.0]) == (21.0,)
    assert ag.jvp(lambda p: p[0] * p[1], [Value(2.0), 3.0], [1.0, 0.0])[1].data == 3.0


def test_results_that_do_not_depend_on_the_arguments_have_slope_zero() -> None:
    def constant(x: Any) -> Any:
        return {"x": x, "one": np.ones(2), "mask": x > 0, "word": "sum", "none": None, "i": 1j}

    value, tangent = ag.jvp(constant, 2.0, 1.0)
    assert (value["x"], value["mask"], value["word"], value["none"]) == (2.0, True, "sum", None)
    assert (tangent["x"], tangent["one"].tolist(), tangent["i"]) == (1.0, [0.0, 0.0], 0j)
    assert not tangent["mask"]
    _, pull = ag.vjp(constant, 2.0)
    assert pull({"x": 5.0, "one": np.ones(2), "mask": 0.0, "word": "", "none": None, "i": 0}) == (5.0,)
    assert ag.vjp(lambda x: np.ones(2), X)[1](np.ones(2))[0].tolist() == [0.0] * 3
    assert ag.jvp(lambda x, y: x, (1.0, 2.0), (0.0, 1.0)) == (1.0, 0.0)


# ---------------------------------------------------------------------------------- nesting


def orders(f: Callable[[Any], Any]) -> list[Callable[[Any], Any]]:
    """The derivative of f by either mode."""
    return [ag.grad(f), lambda x: ag.jvp(f, x, 1.0)[1], lambda x: ag.vjp(f, x)[1](1.0)[0], ag.jacobian(f)]


def test_derivatives_nest_in_any_order() -> None:
    for first in orders(lambda x: np.exp(2 * x) * x):
        for second in orders(first):
            for third in orders(second):
                assert third(0.3) == pytest.approx((8 * 0.3 + 12) * np.exp(0.6), rel=1e-13)


def test_an_inner_variable_is_not_confused_with_an_outer_one_in_any_mode() -> None:
    """d/dx (x * d/dy (x + y)) is 1, d/dx (x * d/dy (x * y)) is 2 x, and d/dx d/dy (y² x at y = x) is 4 x."""
    for derivative in range(4):

        def d(f: Callable[[Any], Any], kind: int = derivative) -> Callable[[Any], Any]:
            return orders(f)[kind]

        for other in range(4):

            def e(f: Callable[[Any], Any], kind: int = other) -> Callable[[Any], Any]:
                return orders(f)[kind]

            assert d(lambda x: x * e(lambda y: x + y)(1.0))(3.0) == 1.0
            assert d(lambda x: x * e(lambda y: x * y)(2.0))(3.0) == 6.0
            assert d(lambda x: e(lambda y: y**2 * x)(x))(3.0) == 12.0
            assert d(lambda x: x * e(lambda y: y**3)(x))(2.0) == pytest.approx(36.0)
            assert d(lambda x: x + e(lambda y: x)(2.0))(3.0) == 1.0
            assert d(lambda x: e(lambda y: x)(2.0))(3.0) == 0.0
            assert d(lambda x: e(lambda y: 5.0 + 0 * y)(x))(3.0) == 0.0


def test_the_tangent_of_a_product_of_matrices_has_a_gradient() -> None:
    """Forward over backward and backward over forward are the same Hessian."""

    def loss(w: Any) -> Any:
        return np.sum(np.tanh(w @ X) ** 2)

    step = np.arange(6.0).reshape(2, 3)
    forward = ag.jvp(ag.grad(loss), A, step)[1]
    backward = ag.grad(lambda w: ag.jvp(loss, w, step)[1])(A)
    np.testing.assert_allclose(forward, backward, rtol=1e-12)
    np.testing.assert_allclose(forward, ag.hvp(loss, A, step), rtol=1e-13)


# ---------------------------------------------------------------------------------- Values outside


def test_results_that_depend_on_a_value_outside_are_values() -> None:
    w = Value(2.0)
    value, pull = ag.vjp(lambda x: w * x**2, 3.0)
    (slope,) = pull(1.0)
    assert (value.data, slope.data) == (18.0, 12.0)
    slope.backward()
    assert w.grad == 6.0
    value, tangent = ag.jvp(lambda x: w * x**2, 3.0, 1.0)
    assert (value.data, tangent.data) == (18.0, 12.0)
    (value + tangent).backward()
    assert w.grad == 15.0
    assert ag.jvp(lambda x: x * 2, 3.0, 1.0) == (6.0, 2.0)


def test_the_value_and_the_slope_carry_the_gradient_of_the_derivative_outside() -> None:
    assert ag.grad(lambda w: ag.vjp(lambda x: w * x, 3.0)[0])(2.0) == 3.0
    assert ag.grad(lambda w: ag.jvp(lambda x: w * x, 3.0, 1.0)[0])(2.0) == 3.0
    assert ag.grad(lambda w: w * w + ag.jvp(lambda x: w, 3.0, 1.0)[0])(2.0) == 5.0
    assert ag.grad(lambda w: w * w + ag.vjp(lambda x: w, 3.0)[0])(2.0) == 5.0
    assert ag.grad(lambda w: ag.vjp(lambda x: w, 3.0)[1](1.0)[0])(2.0) == 0.0
    assert ag.grad(lambda w: ag.vjp(lambda x: x**2, 3.0)[1](w)[0])(2.0) == 6.0  # through the gradient sent back
    assert ag.grad(lambda w: ag.jvp(lambda x: x**2, 3.0, w)[1])(2.0) == 6.0  # through the step


def test_a_value_as_argument_gives_values() -> None:
    x = Value(X)
    value, pull = ag.vjp(f, x)
    (gradient,) = pull(np.ones(2))
    assert isinstance(value, Value)
    np.sum(gradient).backward()
    np.testing.assert_allclose(x.grad, ag.hvp(lambda x: np.sum(f(x)), X, np.ones(3)), rtol=1e-12)


def test_inside_no_grad_numbers_come_out() -> None:
    x = Value(3.0)
    with ag.no_grad():
        assert ag.jvp(np.square, x, 1.0) == (9.0, 6.0)
        value, pull = ag.vjp(np.square, x)
        assert (value, pull(1.0)) == (9.0, (6.0,))
        assert (ag.jacobian(np.square)(x), ag.hessian(np.square)(x), ag.hvp(np.square, x, 1.0)) == (6.0, 2.0, 2.0)
        assert ag.grad(lambda x: ag.grad(np.square)(x))(x) == 2.0
        assert ag.elementwise_grad(np.square)(x) == 6.0
    assert pull(1.0) == (6.0,)
    _, pull = ag.vjp(np.square, x)
    with ag.no_grad():
        assert pull(1.0) == (6.0,)
    assert isinstance(pull(1.0)[0], Value)


def test_no_grad_inside_makes_constants() -> None:
    def f(x: Any) -> Any:
        with ag.no_grad():
            factor = x * x
        return factor * x

    assert ag.grad(f)(3.0) == 9.0
    assert ag.jvp(f, 3.0, 1.0) == (27.0, 9.0)
    assert ag.vjp(f, 3.0)[1](1.0) == (9.0,)
    assert ag.jacobian(f)(3.0) == 9.0


# ---------------------------------------------------------------------------------- complex numbers


def test_a_real_number_of_a_complex_one_has_the_gradient_of_its_parts() -> None:
    z = 1.0 + 2.0j
    assert ag.grad(lambda z: np.abs(z) ** 2)(z) == pytest.approx(2 * np.conj(z))
    assert ag.vjp(lambda z: np.imag(z), z)[1](1.0) == (-1j,)
    for f in (lambda z: np.abs(z) ** 2, lambda z: np.real(z * z), np.angle):
        gradient = ag.grad(f)(z)
        for step in (1.0, 1j, 0.3 - 2j):
            assert ag.jvp(f, z, step)[1] == pytest.approx((gradient * step).real)


def test_a_function_with_a_complex_derivative_moves_by_it() -> None:
    z, step = np.array([1 + 2j, 0.5 - 1j]), np.array([1j, 2.0 + 0j])
    _, tangent = ag.jvp(np.exp, z, step)
    np.testing.assert_allclose(tangent, np.exp(z) * step, rtol=1e-14)
    np.testing.assert_allclose(ag.vjp(np.exp, z)[1](step)[0], np.exp(z) * step, rtol=1e-14)
    assert ag.jvp(lambda x: x * 1j, 2.0, 1.0) == (2j, 1j)
    assert ag.vjp(lambda x: x * 1j, 2.0)[1](1j) == (-1.0,)
    assert ag.vjp(np.square, Value(1 + 2j))[1](Value(1.0))[0].data == 2 + 4j
    assert ag.jvp(np.square, z.astype(np.complex64), np.ones(2))[1].dtype == np.complex64


def test_real_and_complex_results_side_by_side_keep_their_kinds() -> None:
    value, pull = ag.vjp(lambda x, z: (x * z, x * x, np.abs(z)), 2.0, 3.0 + 4.0j)
    assert value == (6 + 8j, 4.0, 5.0)
    gradient, of_z = pull((1.0, 10.0, 0.0))
    assert (gradient, type(gradient), of_z) == (3.0 + 40.0, float, 2 + 0j)
    _, tangent = ag.jvp(lambda x, z: (x * z, x * x, np.abs(z)), (2.0, 3.0 + 4.0j), (1.0, 1j))
    assert tangent == (3 + 6j, 4.0, pytest.approx(0.8))
    assert list(map(type, tangent)) == [complex, float, float]


# ---------------------------------------------------------------------------------- changes meanwhile


def test_a_change_of_what_was_computed_from_is_noticed() -> None:
    w = Value(2.0)
    _, pull = ag.vjp(lambda x: w * x, 3.0)
    assert pull(1.0)[0].data == 2.0
    w.data = 5.0
    with pytest.raises(StaleGraph, match="was changed after"):
        pull(1.0)

    def changes(x: Any) -> Any:
        product = w * x
        w.data = 7.0
        return product

    with pytest.raises(StaleGraph, match="was changed after"):
        ag.jvp(changes, 3.0, 1.0)
    with pytest.raises(StaleGraph, match="was changed after"):
        ag.jacobian(changes, mode="forward")(3.0)


def test_threads_may_pull_the_same_value_back() -> None:
    _, pull = ag.vjp(lambda x: np.sum(np.sin(x) * x), np.ones(50))
    wrong: list[float] = []

    def often(g: float) -> None:
        expected = g * (np.cos(1.0) + np.sin(1.0))
        wrong.extend(p for p in (pull(g)[0][0] for _ in range(100)) if abs(p - expected) > 1e-12 * abs(expected))

    threads = [threading.Thread(target=often, args=(g,)) for g in (1.0, 10.0, 100.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


# ---------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: ag.vjp(3.0, X), TypeError, r"A function is differentiated.*3\.0 was given"),
        (lambda: ag.jvp(None, X, X), TypeError, "A function is differentiated"),
        (lambda: ag.vjp(f), TypeError, r"f\(\) was given nothing to differentiate"),
        (lambda: ag.vjp(f, []), TypeError, "given nothing to differentiate.*empty list or dict"),
        (lambda: ag.jvp(f, {}, {}), TypeError, "given nothing to differentiate"),
        (lambda: ag.vjp(f, "x"), TypeError, "holds numbers; these data are text"),
        (lambda: ag.vjp(f, None), TypeError, "holds numbers"),
        (lambda: ag.vjp(f, Value(X) > 0), TypeError, "made by >.* carries no gradient.*v.data"),
        (lambda: ag.vjp(f, X)[1](np.ones(3)), ValueError, r"The gradient to send back.*has shape \(3,\)"),
        (lambda: ag.vjp(f, X)[1]((1.0, 1.0)), TypeError, r"must have the form of the result, \(2,\); it has"),
        (
            lambda: ag.vjp(lambda x: (x, x), X)[1](X),
            TypeError,
            r"form of the result, \(\(3,\), \(3,\)\); it has \(3,\)",
        ),
        (lambda: ag.vjp(lambda x: {"a": x}, X)[1]({"b": X}), TypeError, "form of the result, {'a': .*it has {'b'"),
        (lambda: ag.vjp(lambda x: {"a": x}, X)[1]([X]), TypeError, "form of the result"),
        (lambda: ag.vjp(lambda x: [x], X)[1]({0: X}), TypeError, "form of the result"),
        (lambda: ag.vjp(lambda x: [x], X)[1]([X, X]), TypeError, "form of the result"),
        (lambda: ag.vjp(f, X)[1](np.ones(2) * 1j), TypeError, "The gradient to send back .* is real, is complex"),
        (lambda: ag.vjp(f, X)[1](None), TypeError, "holds numbers"),
        (lambda: ag.vjp(f, X, has_aux=True), TypeError, r"has_aux=True f\(\) must return a pair.*returned Value"),
        (lambda: ag.jvp(lambda x: (x, x, x), X, X, has_aux=True), TypeError, "must return a pair.*returned tuple"),
        (lambda: ag.jvp(f, X, np.ones(2)), ValueError, r"The tangent of .* has shape \(2,\)"),
        (lambda: ag.jvp(f, X, (X,)), TypeError, "The tangents must have the form of the arguments"),
        (
            lambda: ag.jvp(f, (X,), (X, X)),
            TypeError,
            r"form of the arguments, \(\(3,\),\); they have \(\(3,\), \(3,\)\)",
        ),
        (lambda: ag.jvp(f, {"w": X}, {"v": X}), TypeError, "form of the arguments"),
        (lambda: ag.jvp(f, X, X * 1j), TypeError, "The tangent of .* which is real, is complex"),
    ],
)
def test_what_does_not_fit_is_named(call: Callable[[], Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()
