"""Where a number that is not finite came from, in words: also for complex numbers, which have no order."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from autograd_lite import Value
from autograd_lite.nonfinite import bad_gradient, culprit, finite

Z = np.array([1 - 1j, 0, 2j, -3])

SAID = {
    "logarithm": (lambda z: np.log(z), Z, ["no finite logarithm", "of modulus 0 … 3"]),
    "negative power": (lambda z: z ** (-2), Z, ["0 no negative power"]),
    "quotient": (lambda z: 1 / z, Z, ["a denominator is 0"]),
    "root beyond all bounds": (lambda z: np.sqrt(z), np.full(4, np.inf + 0j), ["hold inf or nan"]),
    "overflow": (lambda z: np.exp(z * 1000), Z, ["steps that are too long"]),
    "real root": (lambda x: np.sqrt(x), Z.real, ["no real square root", "-3 … 1"]),
    "real angle": (lambda x: np.arcsin(x), Z.real, ["no real angle has a sine beyond 1"]),
    "complex angle": (lambda z: np.arcsin(z) / 0, Z, ["made by /"]),
}


@pytest.mark.parametrize("name", SAID)
@np.errstate(all="ignore")
def test_the_operation_is_named_with_what_it_cannot_do(name: str) -> None:
    f, numbers, words = SAID[name]
    said = culprit(np.sum(np.abs(f(Value(numbers, name="weights")))), 0.1)
    assert all(word in said for word in words), said


@pytest.mark.parametrize("numbers", [Z, Z.real, Z.astype(np.complex64)], ids=["complex", "real", "complex64"])
def test_every_entry_is_looked_at(numbers: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert finite(numbers)
        for wrong in (np.nan, np.inf):
            assert not finite(np.append(numbers, numbers.dtype.type(wrong)))
    assert "(nan" in bad_gradient([Z + complex(np.nan, 0)], [Value(Z, name="w")])
