"""Real and imaginary part, conjugate, angle.

The gradient of a real number L with respect to z = x + iy is ∂L/∂x - i ∂L/∂y, the convention of JAX and HIPS autograd.
With it the rule of a function that has a complex derivative reads as in real numbers, g f'(z), without
a conjugate; the functions below have none, and their rules come from the parts.
"""

from typing import Any

import numpy as np

from .table import composite, no_gradient, rule

# fmt: off
rule(np.conjugate, lambda g, ans, x: np.conjugate(g), symbol="conj")
rule(np.real,      lambda g, ans, x: g)  # made complex by the walk
rule(np.imag,      lambda g, ans, x: -1j * g if np.iscomplexobj(x) else 0 * g)
# fmt: on

no_gradient(np.isreal)
no_gradient(np.iscomplex)


@composite(np.angle)
def angle(z: Any, deg: bool = False) -> Any:
    """``np.angle``: the direction of z from 0; it has no slope at 0."""
    turned = np.arctan2(np.imag(z), np.real(z))
    return turned * (180 / np.pi) if deg else turned


@composite(np.real_if_close)
def real_if_close(a: Any, tol: float = 100) -> Any:
    """``np.real_if_close``: the real part, if the imaginary parts are rounding errors."""
    return np.real(a) if np.isrealobj(np.real_if_close(a.data, tol=tol)) else a
