"""The rows of the rules' tests in JAX: the same values, and the same gradients, real and complex."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from .rows import Peer, Room, assert_same, operands, ours, refused, runnable, smooth, spread

jax = pytest.importorskip("jax")
import jax.numpy as jnp  # noqa: E402
import jax.scipy as jsp  # noqa: E402

PLAIN = ("ndim", "shape", "size", "random", "float64", "newaxis", "pi", "arange", "eye", "zeros", "ones", "array")
PEER = Peer(
    Room(jnp, **{name: getattr(np, name) for name in PLAIN}),
    Room(jsp),
    Room(jax.nn),
)

FEWEST, ROWS_OF_ONE = 150, 6
"""How many functions are compared at least, and how many rows of one function at most: each is compiled."""

UNLIKE: dict[str, str] = {}
"""Functions that mean something else in JAX, and how."""

NAN_THERE = {
    "np.std": "the slope of equal entries, which is 0 here",
    "scipy.special.expn": "some finite slopes",
    "scipy.special.spence": "some finite slopes",
}
"""Functions whose gradient JAX answers with nan at some places."""

REFUSALS = {
    "complex": "functions of complex numbers that JAX knows for real ones",
    "Reverse-mode differentiation does not work for lax.while_loop": "JAX has the value alone",
    "take requires ndarray": "lists of indices",
    "Sizes passed to split must be nonnegative": "cuts that overlap",
    "and 'list'": "lists of numbers",
    "Using a non-tuple sequence": "lists of indices",
    "Called multiply with a float0 array": "whole numbers as parameters",
    "does not support repeated axes": "an axis twice",
    "Shape should be positive": "lengths of -1, which mean the whole axis",
    "softmax() takes 1 positional": "the axis by its place",
    "Differentiation rule for 'nextafter'": "JAX has the value alone",
}
"""Words of JAX where it refuses a call that works here, and what such a call is."""

LOOKS_AT_NUMBERS = (
    jax.errors.ConcretizationTypeError,
    jax.errors.NonConcreteBooleanIndexError,
    jax.errors.TracerIntegerConversionError,
)
ROWS = runnable(PEER, UNLIKE)
COMPARED: set[str] = set()


@pytest.fixture(autouse=True, scope="module")
def double_precision() -> Iterator[None]:
    """In float64, and compiled without care: it takes longer than to run once."""
    wanted = {"jax_enable_x64": True, "jax_disable_most_optimizations": True}
    before = {name: jax.config.values[name] for name in wanted}
    for name, value in wanted.items():
        jax.config.update(name, value)
    yield
    for name, value in before.items():
        jax.config.update(name, value)


def theirs(call: Callable[..., Any], arrays: list[np.ndarray], gradients: list[np.ndarray]) -> tuple[Any, Any]:
    """JAX's values and what arrives; without compilation where a call looks at numbers."""

    def both(arrays: list[Any], gradients: list[Any]) -> tuple[Any, Any]:
        values, pull = jax.vjp(lambda *xs: smooth(call(*xs)), *arrays)
        return values, pull(tuple(jnp.asarray(g, v.dtype) for g, v in zip(gradients, values, strict=True)))

    try:
        return jax.jit(both)(arrays, gradients)
    except LOOKS_AT_NUMBERS:
        return both([jnp.asarray(x) for x in arrays], gradients)


@pytest.mark.parametrize("name", ROWS)
def test_values_and_gradients_are_those_of_jax(name: str) -> None:
    cases = [(case, call, False) for case, call in ROWS[name]]
    cases += [(case, call, True) for case, call in ROWS[name] if case.complex]
    for case, call, complex in spread(cases, ROWS_OF_ONE):
        arrays = operands(case, complex)
        found, gradients, back = ours(case.call, arrays)
        try:
            values, expected = theirs(call, arrays, gradients)
        except Exception as error:
            if refused(error, REFUSALS):
                continue
            raise
        assert_same(found, values, f"{case!r}, value", 1e-9, name in NAN_THERE)
        assert_same(back, expected, f"{case!r}, gradient", 1e-7, name in NAN_THERE)
        COMPARED.add(name)


def test_as_many_functions_as_before_are_compared() -> None:
    """After the tests above; by itself it says how many there are rows for."""
    assert len(COMPARED or ROWS) >= FEWEST, sorted(COMPARED)
