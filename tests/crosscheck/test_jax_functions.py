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

FEWEST_FUNCTIONS, FEWEST_ROWS = 290, 850
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


UNLIKE = {
    "np.linalg.pinv": "the gradient takes no notice of the threshold",
    **dict.fromkeys(
        ("np.unique", "np.unique_all", "np.unique_counts", "np.unique_inverse", "np.unique_values", "np.union1d",
         "np.setxor1d", "np.setdiff1d", "np.intersect1d"), "the gradient is 0"),
}  # fmt: skip
REFUSED = {
    "complex numbers": """
        np.clip np.median np.nanmedian np.partition np.take_along_axis scipy.special.dawsn scipy.special.erf
        scipy.special.erfc scipy.special.exp1 scipy.special.expi scipy.special.hyp1f1 scipy.special.spence
        """,
    "no derivative there": """
        ag.scipy.linalg.solve_sylvester ag.scipy.linalg.sqrtm np.gradient np.linalg.eig np.linalg.lstsq
        np.linalg.svd np.nextafter scipy.special.loggamma
        """,
    "settings that JAX does not have": """
        ag.reduce ag.scipy.linalg.solve ag.scipy.special.log_softmax ag.scipy.special.softmax np.arange np.array
        np.array_split np.asarray np.astype np.broadcast_arrays np.concatenate np.cumulative_prod
        np.cumulative_sum np.empty np.eye np.fft.fft2 np.fft.ifft2 np.full np.hstack np.identity np.insert
        np.meshgrid np.nanstd np.nanvar np.ones np.pad np.split np.take np.tri np.tril np.triu np.vecdot
        np.vstack np.zeros
        """,
    "lists and arrays of NumPy's": """
        ag.item ag.item_at ag.scipy.multivariate.entropy ag.scipy.stats.pmf np.append np.apply_along_axis
        np.bincount np.compress np.delete np.ediff1d np.histogram np.interp np.ix_ np.nan_to_num np.nanquantile
        np.polyadd np.polyint np.repeat np.setdiff1d np.sort np.tensordot
        """,
    "shapes, axes and places that JAX does not take": """
        np.apply_over_axes np.copy np.fft.fftn np.fft.ifftn np.fft.irfft2 np.fft.irfftn np.fft.rfft2
        np.fft.rfftn np.fromfunction np.fromiter np.linalg.det np.logspace np.piecewise np.polymul np.quantile
        scipy.special.hyp2f1
        """,
}
NAN_THERE = {
    "np.nanstd": "the slope of equal entries, which is 0 here",
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
def compiled_without_care() -> Iterator[None]:
    """To optimize a call takes longer than to run it once."""
    jax.config.update("jax_disable_most_optimizations", True)
    yield
    jax.config.update("jax_disable_most_optimizations", False)
    jax.clear_caches()  # not for the tests after these


def test_jax_computes_in_float64() -> None:
    assert jnp.ones(1).dtype == np.float64


@pytest.mark.parametrize("name", ROWS)
def test_values_and_gradients_are_those_of_jax(name: str) -> None:
    COMPARED[name] = compare(PEER, name, spread(ROWS[name], ROWS_OF_ONE))


def test_no_fewer_functions_and_rows_are_compared_than_before() -> None:
    """The second half after all tests above, in one process."""
    assert len(ROWS) >= FEWEST_FUNCTIONS
    if len(COMPARED) == len(ROWS):
        assert sum(map(bool, COMPARED.values())) >= FEWEST_FUNCTIONS
        assert sum(COMPARED.values()) >= FEWEST_ROWS
