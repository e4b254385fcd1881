"""Polynomials by their coefficients, the highest power first, as NumPy writes them: polyval, polymul, roots."""

from typing import Any

import numpy as np

from ..tracing import RecordingError, current_trace
from .creating import arrayed, typed
from .shapes import joined
from .table import composite, primitive, rule


@composite(np.polyval)
def polyval(p: Any, x: Any) -> Any:
    """``np.polyval``, by Horner's scheme."""
    found: Any = np.zeros(np.shape(x), np.result_type(x))
    for coefficient in p:
        found = found * x + coefficient
    return found


def added(a1: Any, a2: Any) -> tuple[Any, Any]:
    """Two polynomials with zeros in front, so that they are equally long."""
    a1, a2 = np.atleast_1d(a1), np.atleast_1d(a2)
    longest = max(len(a1), len(a2))
    return tuple(np.pad(a, (longest - len(a), 0)) if len(a) < longest else a for a in (a1, a2))  # type: ignore[return-value]


@composite(np.polyadd)
def polyadd(a1: Any, a2: Any) -> Any:
    """``np.polyadd``: the sum of two polynomials."""
    return np.add(*added(a1, a2))


@composite(np.polysub)
def polysub(a1: Any, a2: Any) -> Any:
    """``np.polysub``: the difference of two polynomials."""
    return np.subtract(*added(a1, a2))


@composite(np.polymul)
def polymul(a1: Any, a2: Any) -> Any:
    """``np.polymul``, but zeros in front are kept: a coefficient of 0 has a gradient, too."""
    return np.convolve(a1, a2)


@composite(np.polyder)
def polyder(p: Any, m: int = 1) -> Any:
    """``np.polyder``: the derivative, m times."""
    if m < 0:
        raise ValueError("Order of derivative must be positive (see polyint)")
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return p


@composite(np.polyint)
def polyint(p: Any, m: int = 1, k: Any = None) -> Any:
    """``np.polyint``: the integral, m times, with its constants."""
    if m < 0:
        raise ValueError("Order of integral must be positive (see polyder)")
    constants = np.atleast_1d(0.0 if k is None else k)
    if len(constants) == 1 < m:
        constants = np.broadcast_to(constants, (m,))
    if len(constants) < m:
        raise ValueError("k must be a scalar or a rank-1 array of length 1 or >m.")
    for i in range(m):
        p = joined([p / np.arange(len(p), 0, -1), constants[i : i + 1]], 0)
    return p


@composite(np.poly)
def poly(seq_of_zeros: Any) -> Any:
    """``np.poly``: the polynomial with these zeros, or the characteristic polynomial of a matrix.

    Of complex zeros its coefficients stay complex, also if the zeros come in conjugate pairs.
    """
    zeros = np.atleast_1d(seq_of_zeros)
    if np.ndim(zeros) == 2 and np.shape(zeros)[0] == np.shape(zeros)[1] != 0:
        zeros = np.linalg.eigvals(zeros)
    elif np.ndim(zeros) != 1:
        raise ValueError("input must be 1d or non-empty square 2d array.")
    found: Any = np.ones(1)
    for zero in zeros:
        found = np.convolve(found, np.stack([1.0, -zero]))
    return typed(found, zeros.dtype) if len(zeros) else 1.0


@primitive
def roots_of(p: Any) -> Any:
    """``np.roots``."""
    return np.roots(p)


# Along p(r) = 0 a coefficient of r^k moves the root by -r^k / p'(r).
rule(roots_of, lambda g, ans, p: np.matmul(-g / np.polyval(np.polyder(p), ans), np.vander(ans, len(p))), symbol="roots")


@composite(np.roots)
def roots(p: Any) -> Any:
    """``np.roots``: the zeros of a polynomial."""
    if current_trace() is not None:
        raise RecordingError(
            "np.roots gives real or complex numbers, and as many as the leading coefficients say that are not 0 (a "
            "mask of them), which differs from run to run; a program's types and shapes do not."
        )
    return roots_of(p)


@composite(np.polyfit)
def polyfit(x: Any, y: Any, deg: int, rcond: float | None = None, *, w: Any = None) -> Any:
    """``np.polyfit``: the polynomial that lies closest to the points, in the sense of least squares."""
    if deg < 0:
        raise ValueError("expected deg >= 0")
    if np.ndim(x) != 1 or not len(x) or np.ndim(y) not in (1, 2) or len(x) != len(y):
        raise TypeError("np.polyfit needs a vector x, and y with as many entries or rows.")
    x, y = arrayed(x), arrayed(y)
    powers = np.vander(x, deg + 1)
    if w is not None:
        if np.shape(w) != np.shape(x):
            raise TypeError("np.polyfit needs a weight for each point.")
        powers = powers * np.reshape(w, (-1, 1))
        y = y * np.reshape(w, (-1,) + (1,) * (np.ndim(y) - 1))
    scale = np.sqrt(np.sum(powers * powers, axis=0))
    if rcond is None and x.dtype in (np.float32, np.complex64):
        rcond = len(x) * float(np.finfo(x.dtype).eps)  # their powers are doubles: np.linalg.lstsq could not know
    found = np.linalg.lstsq(powers / scale, y, rcond)[0]
    return found / np.reshape(scale, (-1,) + (1,) * (np.ndim(y) - 1))
