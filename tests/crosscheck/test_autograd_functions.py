"""The rows of the rules' tests in HIPS autograd: the same values, and the same gradients, real and complex."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from .rows import Peer, Room, assert_same, operands, ours, refused, runnable, smooth

autograd = pytest.importorskip("autograd")
pytest.importorskip("scipy")

import autograd.numpy as autograd_numpy  # noqa: E402

SCIPY = {
    room: Room(importlib.import_module(f"autograd.scipy.{room}"))
    for room in ("special", "linalg", "signal", "stats", "integrate")
}
PEER = Peer(Room(autograd_numpy), Room(**SCIPY), Room())

FEWEST = 150
"""How many functions are compared at least."""

UNLIKE: dict[str, str] = {
    "np.where": "the gradient of an operand that was stretched is not summed back",
    "np.outer": "the gradient of a number has an axis, and matrices are not flattened",
    "np.array_split": "cuts that overlap are not undone",
    "np.transpose": "negative axes are undone as if they were not",
    "np.fft.rfft": "the gradient with n= or norm= is another number than finite differences give",
    "np.fft.irfft": "the gradient with n= or norm= is another number than finite differences give",
}
"""Functions that mean something else in HIPS autograd, and how."""

NAN_THERE = {
    "np.prod": "entries that are 0",
}
"""Functions whose gradient HIPS autograd answers with nan at some places."""

REFUSALS: dict[str, str] = {
    "not defined": "functions that NumPy has and HIPS autograd has no gradient of",
    "unexpected keyword argument": "settings that it does not know",
    "takes 2 positional arguments but 3": "settings that it does not know",
    "Real FFT gradient for odd lengthed": "an odd number of entries",
    "includes output subscript": "letters twice in np.einsum",
    "Can't handle extra leading dims": "new axes in np.broadcast_to",
    "tuple indices must be integers": "np.concatenate with axis=None",
    "no callable exp method": "numbers without axes in logsumexp",
    "cannot reshape array": "numbers without axes in logsumexp",
}
"""Words of HIPS autograd where it refuses a call that works here, and what such a call is."""

ROWS = runnable(PEER, UNLIKE)
COMPARED: set[str] = set()


def is_sequence(result: Any) -> bool:
    """True for what stands for a list or tuple there."""
    return isinstance(getattr(result, "_value", None), list | tuple)


def theirs(call: Callable[..., Any], arrays: list[np.ndarray], gradients: list[np.ndarray]) -> tuple[Any, Any]:
    """The values of HIPS autograd and what arrives: part by part of the result, operand by operand."""

    def parts(*xs: Any) -> tuple[Any, ...]:
        result = call(*xs)
        return smooth([result[i] for i in range(len(result))] if is_sequence(result) else result)

    with np.errstate(all="ignore"):
        return parts(*arrays), [gradient_of(parts, i, arrays, gradients) for i in range(len(arrays))]


def gradient_of(parts: Callable[..., Any], i: int, arrays: list[np.ndarray], gradients: list[np.ndarray]) -> Any:
    """What arrives at one operand."""
    total = np.zeros_like(arrays[i])
    for j, g in enumerate(gradients):
        pull, _ = autograd.make_vjp(lambda *xs, j=j: parts(*xs)[j], i)(*arrays)
        total = total + pull(g)
    return total


@pytest.mark.parametrize("name", ROWS)
def test_values_and_gradients_are_those_of_hips_autograd(name: str) -> None:
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
