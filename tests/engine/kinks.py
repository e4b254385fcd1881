"""What the tests of conventions share: the gradient of a sum, and numbers that are no numbers."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

import autograd_lite as ag

inf, nan = float("inf"), float("nan")
TINY = 1e-300  # as good as 0


def gradient(f: Callable[..., Any], *args: Any) -> Any:
    """The gradient with respect to every argument; one alone is not put into a tuple."""
    gradients = ag.grad(lambda *xs: np.sum(f(*xs)), tuple(range(len(args))))(*args)
    return gradients[0] if len(args) == 1 else gradients


def quiet(f: Callable[[], Any]) -> Any:
    """Where the forward pass itself divides by 0, NumPy warns; here only the slope matters."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return f()
