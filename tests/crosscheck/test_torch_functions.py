"""The rows of the rules' tests in PyTorch, for its functions of the same meaning: values and gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from .rows import Lacking, Peer, Room, assert_same, operands, ours, refused, runnable

torch = pytest.importorskip("torch")
pytest.importorskip("scipy")

FEWEST = 100
"""How many functions are compared at least."""


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
# fmt: on
PEER = Peer(
    Room(torch, **NAMES, fft=Room(torch.fft, **FOURIER), linalg=Room(torch.linalg)),
    Room(special=Room(torch.special, **SPECIAL)),
    Room(torch, softmax=soft(torch.softmax, -1), log_softmax=soft(torch.log_softmax, -1)),
)

UNLIKE: dict[str, str] = {
    "np.fft.irfftn": "a length of -1 means another one",
    "np.fft.irfft2": "a length of -1 means another one",
}
"""Functions of the same name with another meaning, and which."""

NAN_THERE: dict[str, str] = {}
"""Functions whose gradient PyTorch answers with nan at some places."""

REFUSALS: dict[str, str] = {
    "unexpected keyword argument": "NumPy's settings that PyTorch does not have",
    "invalid combination of arguments": "NumPy's settings, and numbers that are no tensors",
    "must be Tensor": "numbers that are no tensors",
    "expected Tensor as element": "numbers that are no tensors",
    "FFT dims must be unique": "an axis twice",
    "must be int, not tuple": "several axes at once",
    "must be tuple of ints": "shapes and axes as one number",
    "takes 1 positional argument": "settings by their place",
    "complex": "functions that PyTorch knows for real numbers",
    "Complex": "the same",
    "imag is not implemented": "the imaginary part of real numbers",
    "1D tensors expected": "np.dot of anything but vectors",
    "Expected 1-D argument": "np.outer of anything but vectors",
    "expected condition to be a boolean tensor": "np.where with numbers for its mask",
    "derivative for aten::": "PyTorch has the value alone",
    "step must be greater than zero": "x[::-1]",
    "object is not callable": "NumPy's dtypes, which are classes",
    "argument 'size' failed to unpack": "np.zeros(n, int)",
    "only integer tensors of a single element": "lists of numbers",
}
"""Words of PyTorch where it refuses a call that works here, and what such a call is."""

ROWS = runnable(PEER, UNLIKE)
COMPARED: set[str] = set()


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


@pytest.mark.parametrize("name", ROWS)
def test_values_and_gradients_are_those_of_pytorch(name: str) -> None:
    cases = [(case, call, False) for case, call in ROWS[name]]
    cases += [(case, call, True) for case, call in ROWS[name] if case.complex]
    for case, call, complex in cases:
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
