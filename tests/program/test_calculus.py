"""Functions that differentiate inside: forward mode, Jacobians, Hessians and all, recorded with their derivatives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_close, assert_same, by_itself, eager, parts

X = np.array([[0.3, -0.7, 1.2], [0.5, 0.9, -1.1]])
U = np.array([[0.1, 0.2, -0.3], [1.0, -0.5, 0.4]])
W = ag.Value(np.full((2, 3), 0.5), name="W")


def matrix(x: Any) -> Any:
    return np.tanh(x @ x.T) * np.sum(x)


def number(x: Any) -> Any:
    return np.sum(np.abs(x @ x.T) ** 2)


@ag.custom(lambda g, ans, x: g * np.cos(x))
def sine(x: Any) -> Any:
    return np.sin(x)


@ag.checkpoint
def layer(x: Any, w: Any) -> Any:
    return np.sin(x) * w


FUNCTIONS = {
    "jvp": lambda x, u: ag.jvp(matrix, x, u),
    "jvp of jvp": lambda x, u: ag.jvp(lambda x: ag.jvp(matrix, x, u)[1], x, u),
    "jvp of grad": lambda x, u: ag.jvp(ag.grad(number), x, u),
    "grad of jvp": lambda x, u: ag.grad(lambda x: np.real(np.sum(ag.jvp(matrix, x, u)[1])))(x),
    "jvp with aux": lambda x, u: ag.jvp(lambda x: (matrix(x), np.sum(x)), x, u, has_aux=True),
    "jvp of a nest": lambda x, u: ag.jvp(lambda p: {"a": p[0] * p[1], "b": [np.sum(p[0])]}, ([x, u],), ([u, x],)),
    "jvp with a weight": lambda x, u: ag.jvp(lambda x: matrix(x * W), x, u),
    "hvp": lambda x, u: ag.hvp(number, x, u),
    "jacobian": lambda x, u: ag.jacobian(matrix)(x),
    "jacobian, forward": lambda x, u: ag.jacobian(matrix, mode="forward")(x),
    "jacobian, reverse": lambda x, u: ag.jacobian(matrix, mode="reverse")(x),
    "jacobian of a number": lambda x, u: ag.jacobian(lambda t: np.stack([t * t, np.sin(t)]))(x[0, 0]),
    "hessian": lambda x, u: ag.hessian(number)(x),
    "vjp": lambda x, u: ag.vjp(matrix, x)[1](matrix(x)),
    "vjp, twice": lambda x, u: [ag.vjp(lambda x: x * u, x)[1](v)[0] for v in (x, u)],
    "elementwise_grad": lambda x, u: ag.elementwise_grad(np.tanh)(x),
    "elementwise_grad of itself": lambda x, u: ag.elementwise_grad(ag.elementwise_grad(np.sin))(x),
    "value_and_grad": lambda x, u: ag.value_and_grad(lambda x, u: number(x * W * u), (0, 1))(x, u),
    "stop_gradient": lambda x, u: ag.grad(lambda x: number(x * ag.stop_gradient(x) + ag.stop_gradient(u)))(x),
    "custom": lambda x, u: ag.value_and_grad(lambda x: number(sine(x)))(x),
    "custom, forward": lambda x, u: ag.jvp(sine, x, u),
    "custom, second order": lambda x, u: ag.hvp(lambda x: number(sine(x)), x, u),
    "forward mode of functions with a room of their own": lambda x, u: ag.jvp(
        lambda x: np.sort(np.linalg.inv(x @ x.T + 2 * np.eye(2)), axis=0) * np.real(np.fft.fft(x)[:, :2]), x, u
    ),
}
DTYPES = [np.float64, np.complex128, np.float32, np.complex64]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_program_of_derivatives_computes_them(name: str, dtype: Any) -> None:
    is_complex = np.dtype(dtype).kind == "c"
    x, u = ((a + 1j * b).astype(dtype) if is_complex else a.astype(dtype) for a, b in ((X, U), (U, X[::-1])))
    f = FUNCTIONS[name]
    program = ag.record(f, u, x)  # with other numbers than it runs with
    same = assert_same if dtype in (np.float64, np.complex128) else assert_close
    same(program(x, u), eager(f, x, u))
    inputs = [x, u, *(v.data for v in program._recording.outside)]
    assert_same(by_itself(program, *inputs), parts(program(x, u)))


@pytest.mark.parametrize("dtype", [np.float64, np.complex128])
def test_a_checkpointed_part_is_written_out_in_a_program(dtype: Any) -> None:
    def f(x: Any, w: Any) -> Any:
        return number(layer(layer(x, w), w))

    gradient = ag.value_and_grad(f, (0, 1))
    program = ag.record(gradient, X.astype(dtype), U.astype(dtype))
    assert_close(program(U.astype(dtype), X.astype(dtype)), gradient(U.astype(dtype), X.astype(dtype)))
    assert "recomputed" not in program.source


def test_numbers_go_forward_too() -> None:
    program = ag.record(lambda t, s: ag.jvp(lambda t: np.exp(t * t) / t, t, s), 1.0, 1.0)
    assert_same(program(0.5, 2.0), ag.jvp(lambda t: np.exp(t * t) / t, 0.5, 2.0))
    with np.errstate(all="ignore"):  # a pole, where the interpreter takes over
        assert_same(program(0.0, 1.0), eager(lambda t, s: ag.jvp(lambda t: np.exp(t * t) / t, t, s), 0.0, 1.0))
