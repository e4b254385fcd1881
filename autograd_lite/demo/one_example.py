"""Back-propagation on a single example, number by number, and the same slope by finite differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..engine import Value
from .three_steps import g, loss

H = 1e-5
"""How far b is moved to each side: far enough that rounding does not drown the difference."""


@dataclass(frozen=True)
class OneExample:
    """The numbers on the way forward, the gradients on the way back, and the check of one of them."""

    y: int
    z: float
    f: float
    L: float
    slope_z: float
    """dL/dz; so are the next two, with respect to f and b."""
    slope_f: float
    slope_b: float
    by_differences: float
    """dL/db again, from two values of L."""


def before_the_first_step(x: np.ndarray, y: int) -> OneExample:
    """Forward and back through logistic regression at w = 0, b = 0.

    Parameters
    ----------
    x : ndarray, shape (features,)
    y : {0, 1}

    Examples
    --------
    >>> before_the_first_step(np.array([1.0, 0.5]), y=1).slope_b
    -0.5
    """
    w, b = Value(np.zeros(len(x)), name="w"), Value(0.0, name="b")
    z: Any = x @ w + b
    f = g(z)
    L = loss(f, y)
    L.backward()

    def loss_at(moved: float) -> float:
        return float(loss(g(x @ w.data + moved), y))

    by_differences = (loss_at(b.data + H) - loss_at(b.data - H)) / (2 * H)
    return OneExample(int(y), z.item(), f.item(), L.item(), z.grad, f.grad, b.grad, by_differences)
