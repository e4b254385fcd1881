"""The rows of the rules' tests in JAX: the same values, and the same gradients, real and complex."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from .rows import Peer, Room, compare, runnable, smooth, spread

jax = pytest.importorskip("jax")
import jax.numpy as jnp  # noqa: E402
import jax.scipy as jsp  # noqa: E402

FEWEST_FUNCTIONS, FEWEST_ROWS = 150, 0
"""How many are compared at least."""

ROWS_OF_ONE = 4
"""How many rows of one function are compared at most: each is compiled."""

LOOKS_AT_NUMBERS = (
    jax.errors.ConcretizationTypeError,
    jax.errors.NonConcreteBooleanIndexError,
    jax.errors.TracerIntegerConversionError,
)


def theirs(call: Callable[..., Any], arrays: list[np.ndarray], gradients: list[np.ndarray]) -> tuple[Any, Any]:
    """JAX's values and what arrives; without compilation where a call looks at numbers."""

    def both(arrays: list[Any], gradients: list[Any]) -> tuple[Any, Any]:
        values, pull = jax.vjp(lambda *xs: smooth(call(*xs)), *arrays)
        return values, pull(tuple(jnp.asarray(g, v.dtype) for g, v in zip(gradients, values, strict=True)))

    try:
        return jax.jit(both)(arrays, gradients)
    except LOOKS_AT_NUMBERS:
        return both([jnp.asarray(x) for x in arrays], gradients)


UNLIKE: dict[str, str] = {}
REFUSED: dict[str, str] = {}
NAN_THERE = {
    "np.std": "the slope of equal entries, which is 0 here",
    "scipy.special.expn": "some finite slopes",
    "scipy.special.spence": "some finite slopes",
}
UNLIKE_COMPLEX: dict[str, str] = {}

PLAIN = ("ndim", "shape", "size", "random", "float64", "newaxis", "pi", "arange", "eye", "zeros", "ones", "array")
PEER = Peer(
    Room(jnp, **{name: getattr(np, name) for name in PLAIN}), Room(jsp), Room(jax.nn), theirs,
    unlike=UNLIKE, unlike_complex=UNLIKE_COMPLEX, nan_there=NAN_THERE, refused=REFUSED,
)  # fmt: skip
ROWS = runnable(PEER)
COMPARED: dict[str, int] = {}


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


@pytest.mark.parametrize("name", ROWS)
def test_values_and_gradients_are_those_of_jax(name: str) -> None:
    COMPARED[name] = compare(PEER, name, spread(ROWS[name], ROWS_OF_ONE))


def test_no_fewer_functions_and_rows_are_compared_than_before() -> None:
    """After all tests above; by itself it has nothing to count."""
    if len(COMPARED) == len(ROWS):
        assert sum(map(bool, COMPARED.values())) >= FEWEST_FUNCTIONS
        assert sum(COMPARED.values()) >= FEWEST_ROWS
