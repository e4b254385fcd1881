"""The rows of the rules' tests in PyTorch, for its functions of the same meaning: values and gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from .rows import Lacking, Peer, Room, compare, runnable

torch = pytest.importorskip("torch")
pytest.importorskip("scipy")

FEWEST_FUNCTIONS, FEWEST_ROWS = 180, 1200
"""How many are compared at least."""


def over_axes(func: Callable[..., Any], **settings: str) -> Callable[..., Any]:
    """A reduction with NumPy's names; PyTorch takes () for all axes, and some take no None."""

    def reduce(x: Any, axis: Any = None, keepdims: bool = False, **rest: Any) -> Any:
        if axis == ():
            raise Lacking("axis=()")
        unknown = rest.keys() - settings.keys()
        if unknown:
            raise Lacking(", ".join(unknown))
        axes = tuple(range(x.ndim)) if axis is None else axis
        return func(x, dim=axes, keepdim=keepdims, **{settings[key]: value for key, value in rest.items()})

    return reduce


def product(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """PyTorch's takes one axis."""
    if axis is None and not keepdims:
        return torch.prod(x)
    if not isinstance(axis, int):
        raise Lacking("axes of prod")
    return torch.prod(x, dim=axis, keepdim=keepdims)


def spread_out(func: Callable[..., Any]) -> Callable[..., Any]:
    """A variance or standard deviation; PyTorch divides by n - 1 unless it is told."""
    reduce = over_axes(func, ddof="correction")
    return lambda x, axis=None, keepdims=False, ddof=0: reduce(x, axis, keepdims, ddof=ddof)


def concatenated(arrays: Any, axis: int | None = 0) -> Any:
    """PyTorch's flattens nothing."""
    return torch.cat([torch.ravel(a) for a in arrays] if axis is None else list(arrays), dim=axis or 0)


def with_axes(func: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose axes are called dim."""
    return lambda x, *args, axes=None, **rest: func(x, *args, **rest, **({} if axes is None else {"dim": axes}))


def soft(func: Callable[..., Any], default: int | None) -> Callable[..., Any]:
    """A softmax along one axis."""

    def along(x: Any, axis: Any = default) -> Any:
        if not isinstance(axis, int):
            raise Lacking("axes of a softmax")
        return func(x, dim=axis)

    return along


# fmt: off
NAMES: dict[str, Any] = {
    "sum": over_axes(torch.sum), "mean": over_axes(torch.mean), "prod": product,
    "amax": over_axes(torch.amax), "amin": over_axes(torch.amin),
    "max": over_axes(torch.amax), "min": over_axes(torch.amin),
    "var": spread_out(torch.var), "std": spread_out(torch.std),
    "nansum": over_axes(torch.nansum), "nanmean": over_axes(torch.nanmean),
    "concatenate": concatenated, "conjugate": torch.conj, "power": torch.pow, "fabs": torch.abs,
    "transpose": lambda x, axes=None: torch.permute(x, tuple(axes or range(x.ndim)[::-1])),
    "expand_dims": torch.unsqueeze, "repeat": torch.repeat_interleave,
    "degrees": torch.rad2deg, "radians": torch.deg2rad, "copy": torch.clone,
    "split": torch.tensor_split, "array_split": torch.tensor_split, "i0": torch.special.i0,
    "permute_dims": torch.permute, "newaxis": None, "pi": np.pi,
}
FOURIER = {name: with_axes(getattr(torch.fft, name)) for name in (
    "fftn", "ifftn", "fft2", "ifft2", "rfftn", "rfft2", "irfftn", "irfft2", "fftshift", "ifftshift")}
SPECIAL = {
    "softmax": soft(torch.softmax, None), "log_softmax": soft(torch.log_softmax, None),
    "logsumexp": over_axes(torch.logsumexp),
}
LINALG: dict[str, Any] = {}
# fmt: on


def theirs(call: Callable[..., Any], arrays: list[np.ndarray], gradients: list[np.ndarray]) -> tuple[Any, Any]:
    """PyTorch's values and what arrives. Its gradient of complex numbers is the conjugate of ours."""
    leaves = [torch.tensor(x, requires_grad=True) for x in arrays]
    result = call(*leaves)
    parts = list(result) if isinstance(result, list | tuple) else [result]
    parts = [part for part in parts if part.is_floating_point() or part.is_complex()]
    seeds = [torch.tensor(np.conjugate(g)) for g in gradients]
    arrived = torch.autograd.grad(parts, leaves, seeds, allow_unused=True)
    zeros = [np.zeros_like(x) for x in arrays]
    found = [z if g is None else np.conjugate(g.resolve_conj().numpy()) for g, z in zip(arrived, zeros, strict=True)]
    return [part.detach().resolve_conj().numpy() for part in parts], found


UNLIKE: dict[str, str] = {
    "np.fft.irfftn": "a length of -1 means another one",
    "np.fft.irfft2": "a length of -1 means another one",
    "np.linalg.pinv": "the gradient takes no notice of the threshold",
    "np.linalg.svd": "the sign of a vector that belongs to no singular value is open",
    "np.median": "the lower of the two in the middle",
    "np.nanmedian": "the lower of the two in the middle",
    "ag.item": "x[0, :, [1, 2]] has its axes in another order",
}
UNLIKE_COMPLEX: dict[str, str] = {}
NAN_THERE: dict[str, str] = {}

REFUSED = {
    "complex numbers": """
        ag.largest ag.multiplied ag.smallest ag.summed np.amax np.amin np.clip np.fmax np.fmin np.imag
        np.linalg.cond np.linalg.eig np.linalg.eigvals np.linspace np.max np.maximum np.median np.min np.minimum
        np.nan_to_num np.nanmean np.nanmedian np.nansum np.sort np.unique np.vander np.where scipy.special.erf
        scipy.special.erfc scipy.special.xlog1py scipy.special.xlogy
        """,
    "no derivative there": """
        ag.scipy.stats.pmf np.heaviside np.linalg.lstsq np.linalg.norm np.logspace
        """,
    "settings that PyTorch does not have, or has by name": """
        ag.all_of ag.any_of ag.deviation ag.item ag.variance np.angle np.arange np.asarray np.broadcast_to
        np.concatenate np.copy np.copysign np.corrcoef np.cov np.cross np.cumprod np.cumsum np.diag np.diagonal
        np.einsum np.empty np.eye np.flip np.gradient np.histogram np.hstack np.linalg.svd np.linalg.tensorsolve
        np.meshgrid np.nanquantile np.ones np.quantile np.ravel np.repeat np.roll np.rot90 np.stack np.take
        np.tensordot np.tile np.trace np.trapezoid np.tril np.triu np.vstack np.zeros
        """,
    "numbers, lists and arrays among tensors": """
        ag.item_at ag.scipy.multivariate.entropy np.bincount np.diff np.expand_dims np.full np.full_like
        np.ldexp np.nextafter np.select scipy.special.gammainc scipy.special.gammaincc
        """,
    "fewer axes, or more than one at once": """
        np.dot np.fft.fft2 np.fft.fftn np.fft.ifft2 np.fft.ifftn np.linalg.cross np.linalg.qr np.linalg.slogdet
        np.nonzero np.outer np.vdot
        """,
}

PEER = Peer(
    Room(torch, **NAMES, fft=Room(torch.fft, **FOURIER), linalg=Room(torch.linalg, **LINALG)),
    Room(special=Room(torch.special, **SPECIAL)),
    Room(torch, softmax=soft(torch.softmax, -1), log_softmax=soft(torch.log_softmax, -1)),
    theirs,
    unlike=UNLIKE, unlike_complex=UNLIKE_COMPLEX, nan_there=NAN_THERE, refused=REFUSED,
)  # fmt: skip
ROWS = runnable(PEER)
COMPARED: dict[str, int] = {}


@pytest.mark.parametrize("name", ROWS)
def test_values_and_gradients_are_those_of_pytorch(name: str) -> None:
    COMPARED[name] = compare(PEER, name, ROWS[name])


def test_no_fewer_functions_and_rows_are_compared_than_before() -> None:
    """The second half after all tests above, in one process."""
    assert len(ROWS) >= FEWEST_FUNCTIONS
    if len(COMPARED) == len(ROWS):
        assert sum(map(bool, COMPARED.values())) >= FEWEST_FUNCTIONS
        assert sum(COMPARED.values()) >= FEWEST_ROWS
