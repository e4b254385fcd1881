"""Derivatives with more than one row: jacobian by both modes, hessian, hvp, elementwise_grad."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value

MODES = ("reverse", "forward", "auto")
every_mode = pytest.mark.parametrize("mode", MODES)

X = np.array([0.5, -1.0, 2.0])
A = np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]])


class Layer(NamedTuple):
    w: Any
    b: Any


# ---------------------------------------------------------------------------------- jacobian


@every_mode
def test_a_jacobian_has_the_shape_of_the_result_and_then_that_of_the_argument(mode: str) -> None:
    np.testing.assert_array_equal(ag.jacobian(lambda x: A @ x, mode=mode)(X), A)
    np.testing.assert_array_equal(ag.jacobian(lambda x: A[0] @ x, mode=mode)(X), A[0])
    assert ag.jacobian(lambda x: x**2, mode=mode)(3.0) == 6.0
    np.testing.assert_array_equal(ag.jacobian(lambda x: x * X, mode=mode)(3.0), X)
    found = ag.jacobian(lambda w: w @ X, mode=mode)(A)
    assert found.shape == (2, 2, 3)
    np.testing.assert_array_equal(found, np.eye(2)[:, :, None] * X)
    assert ag.jacobian(np.transpose, mode=mode)(A).shape == (3, 2, 2, 3)


@every_mode
def test_of_several_arguments_there_is_one_for_each(mode: str) -> None:
    def f(w: Any, x: Any, scale: float = 1.0) -> Any:
        return scale * (w @ x)

    of_x, of_w = ag.jacobian(f, (1, 0), mode=mode)(A, X, scale=2.0)
    np.testing.assert_array_equal(of_x, 2 * A)
    assert of_w.shape == (2, 2, 3)
    np.testing.assert_array_equal(ag.jacobian(f, 1, mode=mode)(A, X), A)
    twice = ag.jacobian(f, (1, 1), mode=mode)(A, X)
    assert len(twice) == 2


@every_mode
def test_nested_results_give_a_nest_of_jacobians_and_nested_arguments_a_nest_in_each(mode: str) -> None:
    def f(layer: Layer) -> dict[str, Any]:
        return {"out": layer.w @ X + layer.b, "parts": [np.sum(layer.w), 3.0, np.ones(2)]}

    found = ag.jacobian(f, mode=mode)(Layer(A, 1.0))
    assert type(found["out"]) is Layer
    np.testing.assert_array_equal(found["out"].w, np.eye(2)[:, :, None] * X)
    assert found["out"].b.tolist() == [1.0, 1.0]
    total, constant, ones = found["parts"]
    assert (total.w.tolist(), total.b) == (np.ones((2, 3)).tolist(), 0.0)
    assert (constant.w.tolist(), constant.b) == (np.zeros((2, 3)).tolist(), 0.0)
    assert (ones.w.shape, ones.b.tolist()) == ((2, 2, 3), [0.0, 0.0])


@every_mode
def test_the_dtype_is_that_of_the_argument(mode: str) -> None:
    x = X.astype(np.float32)
    found = ag.jacobian(lambda x: (x * x, x[:0], np.ones(2, np.float32), x > 0), mode=mode)(x)
    assert [j.dtype for j in found[:3]] == [np.float32] * 3
    assert [j.shape for j in found] == [(3, 3), (0, 3), (2, 3), (3, 3)]
    assert not np.any(found[3])
    assert type(ag.jacobian(np.square, mode=mode)(3)) is float


@every_mode
def test_empty_arrays_have_empty_jacobians(mode: str) -> None:
    empty = np.zeros((0, 2))
    assert ag.jacobian(lambda x: np.sum(x, axis=0), mode=mode)(empty).shape == (2, 0, 2)
    assert ag.jacobian(lambda x: x, mode=mode)(empty).shape == (0, 2, 0, 2)
    assert ag.jacobian(lambda x: x[:, :0], mode=mode)(np.ones((2, 2))).shape == (2, 0, 2, 2)
    assert ag.hessian(np.sum)(empty).shape == (0, 2, 0, 2)


def test_the_shorter_way_is_taken_by_itself() -> None:
    passes = {"forward": 0, "reverse": 0}

    @ag.custom(lambda g, ans, x: counted(g, x))
    def f(x: Any) -> Any:
        return np.sum(x) * np.ones(2 if len(x) > 2 else 5)

    def counted(g: Any, x: Any) -> Any:
        passes["forward" if isinstance(g, Value) else "reverse"] += 1
        return np.sum(g) * np.ones(len(x))

    assert ag.jacobian(f)(X).shape == (2, 3)
    assert passes == {"forward": 0, "reverse": 2}
    assert ag.jacobian(f)(X[:2]).shape == (5, 2)
    assert passes == {"forward": 2, "reverse": 2}


@every_mode
def test_a_complex_function_has_its_complex_derivative(mode: str) -> None:
    z = np.array([1 + 2j, -0.5 + 0.1j])
    np.testing.assert_allclose(ag.jacobian(lambda z: z**3, mode=mode)(z), np.diag(3 * z**2), rtol=1e-14)
    assert ag.jacobian(np.exp, mode=mode)(1j) == pytest.approx(np.exp(1j))
    assert ag.jacobian(np.square, mode=mode)(z.astype(np.complex64)).dtype == np.complex64


@every_mode
def test_a_complex_result_of_real_numbers_has_a_complex_jacobian(mode: str) -> None:
    w = np.array([1 + 2j, 3.0, -1j])
    np.testing.assert_allclose(ag.jacobian(lambda x: w * x**2, mode=mode)(X), np.diag(2 * w * X), rtol=1e-14)
    assert ag.jacobian(lambda x: x * (1 + 2j), mode=mode)(3.0) == 1 + 2j
    found = ag.jacobian(np.fft.fft, mode=mode)(X)
    np.testing.assert_allclose(found, np.fft.fft(np.eye(3)), atol=1e-14)


@every_mode
def test_a_real_result_of_complex_numbers_has_the_gradient_in_each_row(mode: str) -> None:
    z = np.array([1 + 2j, -0.5 + 0.1j])
    np.testing.assert_allclose(ag.jacobian(lambda z: np.abs(z) ** 2, mode=mode)(z), np.diag(2 * np.conj(z)), rtol=1e-14)
    assert ag.jacobian(lambda z: np.imag(z), mode=mode)(1 + 2j) == -1j
    real, imaginary = (ag.jacobian(lambda z, p=part: p(z**2), mode=mode)(1 + 2j) for part in (np.real, np.imag))
    assert (real, imaginary) == (2 + 4j, -1j * (2 + 4j))


def test_both_modes_agree_also_where_there_is_no_complex_derivative() -> None:
    def f(z: Any, x: Any) -> Any:
        return {"w": np.conj(z) * z[0] * x + np.abs(z), "r": np.real(z) * x}

    z, x = np.array([1 + 2j, -0.5 + 0.1j]), np.array([2.0, 3.0])
    reverse, forward = (ag.jacobian(f, (0, 1), mode=mode)(z, x) for mode in ("reverse", "forward"))
    for key in "wr":
        for one, other in zip(reverse[key], forward[key], strict=True):
            assert one.dtype == other.dtype
            np.testing.assert_allclose(one, other, rtol=1e-14, atol=1e-15)


# ---------------------------------------------------------------------------------- nesting


@every_mode
def test_a_jacobian_of_a_jacobian_has_all_second_derivatives(mode: str) -> None:
    for inner in MODES:
        found = ag.jacobian(ag.jacobian(lambda x: np.sin(x) * x[0], mode=inner), mode=mode)(X)
        assert found.shape == (3, 3, 3)
        np.testing.assert_allclose(found[1], ag.hessian(lambda x: np.sin(x[1]) * x[0])(X), rtol=1e-13, atol=1e-15)
        third = ag.jacobian(ag.jacobian(ag.jacobian(lambda x: x**3, mode=inner), mode=mode), mode=inner)(X)
        assert third[1, 1, 1, 1] == pytest.approx(6.0)
        assert np.sum(third) == pytest.approx(18.0)


@every_mode
def test_the_gradient_of_something_made_of_a_jacobian(mode: str) -> None:
    def loss(w: Any) -> Any:
        jacobian = ag.jacobian(lambda x: np.tanh(w @ x), mode=mode)(X)
        return np.sum(jacobian**2) + np.linalg.det(jacobian @ jacobian.T)

    assert ag.check_grad(loss, A)


@every_mode
def test_a_result_that_does_not_depend_on_the_variable_is_a_constant_inside(mode: str) -> None:
    assert ag.grad(lambda w: w + ag.jacobian(lambda x: w, mode=mode)(3.0))(2.0) == 1.0
    assert ag.grad(lambda w: ag.jacobian(lambda x: w, mode=mode)(3.0))(2.0) == 0.0
    assert ag.grad(lambda w: np.sum(ag.jacobian(lambda x: 3.0 * np.ones(2), mode=mode)(w)))(2.0) == 0.0
    assert ag.hessian(lambda x: [x * 3, x**2, 4.0])(2.0) == [0.0, 2.0, 0.0]


@every_mode
def test_a_value_outside_makes_the_jacobian_a_value(mode: str) -> None:
    w = Value(A)
    jacobian = ag.jacobian(lambda x: w @ x**2, mode=mode)(X)
    assert isinstance(jacobian, Value)
    np.sum(jacobian).backward()
    np.testing.assert_allclose(w.grad, np.tile(2 * X, (2, 1)))
    assert isinstance(ag.jacobian(np.square, mode=mode)(Value(X)), Value)
    assert type(ag.jacobian(np.square, mode=mode)(X)) is np.ndarray


# ---------------------------------------------------------------------------------- hessian, hvp


def rosenbrock(x: Any) -> Any:
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def test_a_hessian_is_symmetric_and_hvp_is_its_product() -> None:
    hessian = ag.hessian(rosenbrock)(X)
    np.testing.assert_allclose(hessian, hessian.T, rtol=1e-14)
    measured = [(ag.grad(rosenbrock)(X + 1e-6 * e) - ag.grad(rosenbrock)(X - 1e-6 * e)) / 2e-6 for e in np.eye(3)]
    np.testing.assert_allclose(hessian, measured, rtol=1e-6, atol=1e-6)
    for step in np.eye(3):
        np.testing.assert_allclose(ag.hvp(rosenbrock, X, step), hessian @ step, rtol=1e-14, atol=1e-13)


def test_hessians_of_arrays_and_of_several_arguments() -> None:
    assert ag.hessian(lambda x: x**3)(2.0) == 12.0
    assert ag.hessian(lambda x: x**3)(X).shape == (3, 3, 3)
    (xx, xy), (yx, yy) = ag.hessian(lambda x, y: x**2 * np.sum(y**3), (0, 1))(2.0, np.array([1.0, 3.0]))
    assert xx == 56.0
    np.testing.assert_allclose(xy, [12.0, 108.0])
    np.testing.assert_allclose(yx, xy)
    np.testing.assert_allclose(yy, np.diag([24.0, 72.0]))
    nested = ag.hessian(lambda p: p["a"] ** 2 * p["b"])({"a": 1.0, "b": 2.0})
    assert nested == {"a": {"a": 4.0, "b": 2.0}, "b": {"a": 2.0, "b": 0.0}}
    assert ag.hessian(lambda z: z**3)(1 + 2j) == pytest.approx(6 + 12j)


def test_hvp_takes_nested_arguments_and_nests_itself() -> None:
    f = lambda p: p["a"] ** 2 * p["b"]  # noqa: E731
    assert ag.hvp(f, {"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 0.0}) == {"a": 4.0, "b": 2.0}
    assert ag.hvp(lambda x, y: x * x * y, (2.0, 3.0), (1.0, 0.5)) == (8.0, 4.0)
    assert ag.grad(lambda x: ag.hvp(lambda x: x**4, x, 1.0))(2.0) == 48.0
    w = Value(2.0)
    product = ag.hvp(lambda x: w * x**3, 1.0, 1.0)
    product.backward()
    assert (product.data, w.grad) == (12.0, 6.0)
    assert ag.hvp(np.sum, X, X).tolist() == [0.0] * 3


# ---------------------------------------------------------------------------------- elementwise_grad


def test_elementwise_grad_is_the_slope_at_every_entry() -> None:
    np.testing.assert_allclose(ag.elementwise_grad(np.tanh)(X), 1 - np.tanh(X) ** 2, rtol=1e-14)
    second = ag.elementwise_grad(ag.elementwise_grad(np.sin))(A)
    np.testing.assert_allclose(second, -np.sin(A), rtol=1e-14)
    assert ag.elementwise_grad(np.square)(3) == 6.0
    assert ag.elementwise_grad(np.square)(X.astype(np.float32)).dtype == np.float32
    assert ag.elementwise_grad(np.square)(np.zeros((0, 2))).shape == (0, 2)
    of_x, of_y = ag.elementwise_grad(lambda x, y: x * y**2, (0, 1))(X, 2 * X)
    np.testing.assert_allclose((of_x, of_y), (4 * X**2, 4 * X**2))
    np.testing.assert_allclose(ag.elementwise_grad(lambda x: A @ x)(X), A.sum(axis=0))
    assert ag.elementwise_grad(lambda x: {"a": x, "b": (x * 2,)})(3.0) == 3.0


def test_elementwise_grad_of_complex_numbers_is_the_complex_derivative() -> None:
    z = np.array([1 + 2j, -0.5 + 0.1j])
    np.testing.assert_allclose(ag.elementwise_grad(np.exp)(z), np.exp(z), rtol=1e-14)
    np.testing.assert_allclose(ag.elementwise_grad(ag.elementwise_grad(np.exp))(z), np.exp(z), rtol=1e-14)


# ---------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: ag.jacobian(X), TypeError, "A function is differentiated"),
        (lambda: ag.hessian(None), TypeError, "A function is differentiated"),
        (
            lambda: ag.jacobian(np.sin, mode="backward"),
            ValueError,
            "mode='backward' was .*'auto', 'reverse', 'forward'",
        ),
        (lambda: ag.jacobian(np.sin, argnums=True), TypeError, "argnums says which arguments"),
        (lambda: ag.jacobian(np.sin, argnums=1)(X), ValueError, r"sin\(\) .* argument 1, .*1 positional argument"),
        (lambda: ag.jacobian(np.sin)({}), TypeError, r"sin\(\) was given nothing to differentiate"),
        (lambda: ag.hessian(np.sin)("a"), TypeError, "these data are text"),
        (lambda: ag.hvp(np.sin, X, X), ValueError, "a gradient is that of one number"),
        (lambda: ag.hvp(np.sum, X, (X,)), TypeError, "The tangents must have the form of the arguments"),
        (lambda: ag.hvp(np.sum, X, X[:2]), ValueError, r"The tangent of .* has shape \(2,\)"),
        (lambda: ag.elementwise_grad(3.0), TypeError, "A function is differentiated"),
        (lambda: ag.elementwise_grad(lambda x: 2.0)(X), TypeError, "has no gradient"),
        (lambda: ag.elementwise_grad(lambda x: [])(X), TypeError, "has no gradient"),
        (lambda: ag.grad(lambda x: (x, x))(2.0), TypeError, "returned a tuple; a gradient is that of one number"),
        (lambda: ag.grad(lambda x: {"a": x})(2.0), TypeError, "returned a dict; .* use ag.jacobian"),
        (lambda: ag.grad(np.sin)(X), ValueError, r"sin\(\) returned a Value of shape \(3,\).*ag.jacobian"),
        (lambda: ag.grad(lambda z: z * z)(1j), TypeError, r"which is complex; a gradient is that of a real number"),
        (lambda: ag.grad(np.floor)(2.0), TypeError, r"floor\(\) returned a scalar Value made by floor, .*no gradient"),
        (lambda: ag.grad(lambda x: (x, x, x), has_aux=True)(2.0), TypeError, "must return a pair.*returned tuple"),
    ],
)
def test_what_cannot_be_is_named(call: Callable[[], Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()
