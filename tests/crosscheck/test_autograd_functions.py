"""The rows of the rules' tests in HIPS autograd: the same values, and the same gradients, real and complex."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from .rows import Peer, Room, compare, runnable, smooth

autograd = pytest.importorskip("autograd")
pytest.importorskip("scipy")

import autograd.numpy as autograd_numpy  # noqa: E402

FEWEST_FUNCTIONS, FEWEST_ROWS = 165, 900
"""How many are compared at least."""


def is_sequence(result: Any) -> bool:
    """True for what stands for a list or tuple there."""
    return isinstance(getattr(result, "_value", None), list | tuple)


def theirs(call: Callable[..., Any], arrays: list[np.ndarray], gradients: list[np.ndarray]) -> tuple[Any, Any]:
    """The values of HIPS autograd and what arrives: part by part of the result, operand by operand."""

    def parts(*xs: Any) -> tuple[Any, ...]:
        result = call(*xs)
        return smooth([result[i] for i in range(len(result))] if is_sequence(result) else result)

    return parts(*arrays), [gradient_of(parts, i, arrays, gradients) for i in range(len(arrays))]


def gradient_of(parts: Callable[..., Any], i: int, arrays: list[np.ndarray], gradients: list[np.ndarray]) -> Any:
    """What arrives at one operand."""
    total = np.zeros_like(arrays[i])
    for j, g in enumerate(gradients):
        pull, _ = autograd.make_vjp(lambda *xs, j=j: parts(*xs)[j], i)(*arrays)
        total = total + pull(g)
    return total


UNLIKE: dict[str, str] = {
    "np.fft.rfft": "the gradient with n= or norm= is another than finite differences give",
    "np.fft.irfft": "the gradient with n= or norm= is another than finite differences give",
    "np.transpose": "negative axes are undone as if they were not",
    "np.array_split": "cuts that overlap are not undone",
    "np.tile": "the gradient of fewer repetitions than axes is that of others",
    "np.kron": "the gradient of operands with different numbers of axes is that of others",
    "np.full_like": "the number that fills is a constant",
    "np.linalg.eig": "the gradient of vectors as if their length were free",
    "ag.summed": "the gradient takes no notice of where= and initial=",
    "ag.multiplied": "the gradient takes no notice of where= and initial=",
    "ag.mean": "the gradient takes no notice of where=",
    "ag.variance": "the gradient takes no notice of where=",
    "ag.deviation": "the gradient takes no notice of where=",
    "ag.largest": "the gradient takes no notice of where= and initial=",
    "ag.smallest": "the gradient takes no notice of where= and initial=",
    "ag.scipy.linalg.solve_triangular": "the gradient takes no notice of unit_diagonal= and of trans=2",
    "ag.scipy.linalg.solve_banded": "the gradient has entries in the corners that are not read",
}
UNLIKE_COMPLEX: dict[str, str] = {
    "np.linalg.slogdet": "the sign as a constant",
    "np.linalg.pinv": "the conjugate is missing",
    "np.linalg.cholesky": "the conjugate is missing",
    "ag.scipy.linalg.sqrtm": "the real part alone",
}
NAN_THERE = {
    "np.prod": "entries that are 0",
    "np.linalg.norm": "entries that are 0",
}

REFUSED = {
    "no derivative there": """
        ag.scipy.linalg.block_diag ag.scipy.linalg.cho_factor ag.scipy.linalg.cho_solve ag.scipy.linalg.cholesky
        ag.scipy.linalg.expm ag.scipy.linalg.solve ag.scipy.linalg.toeplitz np.apply_along_axis
        np.apply_over_axes np.average np.bincount np.block np.broadcast_arrays np.cbrt np.choose np.clip
        np.compress np.concatenate np.convolve np.copy np.copysign np.corrcoef np.correlate np.cov np.cumprod
        np.cumulative_prod np.cumulative_sum np.delete np.diag_indices_from np.diagflat np.divmod np.ediff1d
        np.extract np.fft.hfft np.fft.ihfft np.flip np.float_power np.fmod np.frexp np.geomspace np.heaviside
        np.histogram np.i0 np.insert np.interp np.intersect1d np.ldexp np.lexsort np.linalg.cond np.linalg.cross
        np.linalg.diagonal np.linalg.eigvals np.linalg.eigvalsh np.linalg.lstsq np.linalg.matmul
        np.linalg.matrix_norm np.linalg.matrix_power np.linalg.matrix_transpose np.linalg.outer np.linalg.qr
        np.linalg.svdvals np.linalg.tensordot np.linalg.tensorinv np.linalg.tensorsolve np.linalg.trace
        np.linalg.vecdot np.linalg.vector_norm np.logspace np.matrix_transpose np.matvec np.median np.meshgrid
        np.modf np.nancumprod np.nancumsum np.nanmax np.nanmean np.nanmedian np.nanmin np.nanpercentile
        np.nanprod np.nanquantile np.nanstd np.nansum np.nanvar np.nextafter np.percentile np.piecewise np.poly
        np.polyadd np.polyder np.polyfit np.polyint np.polymul np.polysub np.polyval np.positive np.ptp
        np.quantile np.resize np.roots np.setdiff1d np.setxor1d np.sort_complex np.take np.take_along_axis
        np.trapezoid np.tril_indices_from np.triu_indices_from np.union1d np.unique np.unique_all
        np.unique_counts np.unique_inverse np.unique_values np.unstack np.unwrap np.vander np.vdot np.vecdot
        np.vecmat
        """,
    "a derivative of some forms alone": """
        ag.scipy.special.logsumexp ag.scipy.stats.pmf np.atleast_1d np.atleast_2d np.atleast_3d np.broadcast_to
        np.diagonal np.einsum np.fft.irfft np.fft.irfft2 np.fft.irfftn np.fft.rfft np.fft.rfft2 np.fft.rfftn
        np.gradient np.linalg.norm np.linalg.svd np.pad np.partition np.repeat np.rollaxis np.sort
        """,
    "settings that it does not know": """
        np.angle np.astype np.diff np.hstack np.linalg.cholesky np.linalg.pinv np.linspace np.nan_to_num
        np.real_if_close np.rot90 np.stack np.trace np.trim_zeros np.vstack
        """,
    "like=, by which NumPy asks a Value": """
        np.arange np.array np.asanyarray np.asarray np.ascontiguousarray np.asfortranarray np.empty np.eye
        np.fromfunction np.fromiter np.full np.identity np.ones np.tri np.zeros
        """,
    "shapes and axes that its derivative does not know": """
        ag.deviation ag.item ag.largest ag.multiplied ag.scipy.integrate.odeint ag.scipy.multivariate.entropy
        ag.scipy.signal.convolve ag.smallest ag.variance np.array_split np.diag np.dstack np.hsplit
        np.linalg.eig np.linalg.multi_dot np.linalg.solve np.outer np.roll np.tile np.transpose
        """,
}
STRETCHED = frozenset(
    ["np.where", "np.outer", "np.sort", "np.cross", "np.tril", "np.triu", "np.linalg.solve", "np.linalg.norm"]
)

SCIPY = {
    room: Room(importlib.import_module(f"autograd.scipy.{room}"))
    for room in ("special", "linalg", "signal", "stats", "integrate")
}
PEER = Peer(
    Room(autograd_numpy), Room(**SCIPY), Room(), theirs,
    unlike=UNLIKE, unlike_complex=UNLIKE_COMPLEX, nan_there=NAN_THERE, refused=REFUSED, stretched=STRETCHED,
)  # fmt: skip
ROWS = runnable(PEER)
COMPARED: dict[str, int] = {}


@pytest.mark.parametrize("name", ROWS)
def test_values_and_gradients_are_those_of_hips_autograd(name: str) -> None:
    COMPARED[name] = compare(PEER, name, ROWS[name])


def test_no_fewer_functions_and_rows_are_compared_than_before() -> None:
    """The second half after all tests above, in one process."""
    assert len(ROWS) >= FEWEST_FUNCTIONS
    if len(COMPARED) == len(ROWS):
        assert sum(map(bool, COMPARED.values())) >= FEWEST_FUNCTIONS
        assert sum(COMPARED.values()) >= FEWEST_ROWS
