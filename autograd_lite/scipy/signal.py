"""``scipy.signal`` for Values: convolution and correlation."""

from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np

from ..engine.rules import signal as rules
from .offering import missing, offered

__all__ = ["convolve", "correlate", "fftconvolve"]

MODES = ("full", "same", "valid")
SHORTER = "For 'valid' mode, one must be at least as large as the other in every dimension"


def __getattr__(name: str) -> NoReturn:
    missing(__name__, name, __all__)


@offered
def convolve(in1: Any, in2: Any, mode: str = "full", method: str = "auto") -> Any:
    """The convolution of two arrays with the same number of axes.

    Parameters
    ----------
    in1, in2 : array_like or Value
    mode : "full", "same" or "valid"
        Every entry where the arrays overlap; the middle ones, as many as in1 has; or those where one array lies inside
        the other.
    method : "auto", "direct" or "fft"
        How it is computed.

    Returns
    -------
    ndarray or Value

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> from autograd_lite.scipy.signal import convolve
    >>> convolve([1.0, 2.0], [1.0, 1.0])
    array([1., 3., 2.])
    >>> ag.grad(lambda x: np.sum(convolve(x, [1.0, 2.0], mode="valid")))(np.zeros(3))
    array([2., 3., 1.])
    """
    in1, in2 = checked(in1, in2, mode, "convolve")
    if np.ndim(in1) == 0:
        return in1 * in2
    if mode == "same" and not (np.size(in1) and np.size(in2)):
        return np.zeros(0)
    if mode == "valid":
        if not inside(in2, in1, range(np.ndim(in1))):
            in1, in2 = in2, in1
            if not inside(in2, in1, range(np.ndim(in1))):
                raise ValueError(SHORTER)
        return rules.convolve_valid(in1, in2, method=method)
    found = rules.convolve_full(in1, in2, method=method)
    return found if mode == "full" else centered(found, np.shape(in1))


@offered
def correlate(in1: Any, in2: Any, mode: str = "full", method: str = "auto") -> Any:
    """The correlation of two arrays: the convolution of the first with the second reversed, and conjugated.

    Parameters
    ----------
    in1, in2 : array_like or Value
    mode : "full", "same" or "valid"
        As in `convolve`.
    method : "auto", "direct" or "fft"

    Returns
    -------
    ndarray or Value

    Examples
    --------
    >>> from autograd_lite.scipy.signal import correlate
    >>> correlate([1.0, 2.0, 3.0], [0.0, 1.0], mode="valid")
    array([2., 3.])
    """
    in1, in2 = checked(in1, in2, mode, "correlate")
    if np.ndim(in2):
        in2 = rules.reverse(in2)
    return convolve(in1, np.conjugate(in2) if np.iscomplexobj(in2) else in2, mode, method)


@offered
def fftconvolve(in1: Any, in2: Any, mode: str = "full", axes: int | Sequence[int] | None = None) -> Any:
    """The convolution of two arrays by Fourier transforms; arrays broadcast along the other axes.

    Parameters
    ----------
    in1, in2 : array_like or Value
    mode : "full", "same" or "valid"
        As in `convolve`.
    axes : int, sequence of int or None
        Where to convolve; None: along all axes.

    Returns
    -------
    ndarray or Value

    Examples
    --------
    >>> from autograd_lite.scipy.signal import fftconvolve
    >>> fftconvolve([[1.0, 2.0], [3.0, 4.0]], [[2.0]], axes=1)
    array([[2., 4.],
           [6., 8.]])
    """
    in1, in2 = checked(in1, in2, mode, "fftconvolve")
    ndim = np.ndim(in1)
    if ndim == 0:
        return in1 * in2
    if not np.size(in1) or not np.size(in2):
        return np.zeros(0)
    # As SciPy has it: an axis of length 1 is broadcast, and never counts as one to convolve along.
    named = range(ndim) if axes is None else np.atleast_1d(axes).tolist()
    along = sorted({a % ndim for a in named if 1 not in (np.shape(in1)[a], np.shape(in2)[a])})
    if mode == "valid" and not inside(in2, in1, along):
        in1, in2 = in2, in1
        if not inside(in2, in1, along):
            raise ValueError(SHORTER)
    shape1, shape2 = np.shape(in1), np.shape(in2)
    found = product_of_transforms(in1, in2, [shape1[a] + shape2[a] - 1 for a in along], along) if along else in1 * in2
    if mode == "full":
        return found
    if mode == "same":
        return centered(found, shape1)
    return centered(found, tuple(shape1[a] - shape2[a] + 1 if a in along else n for a, n in enumerate(np.shape(found))))


def product_of_transforms(x: Any, y: Any, lengths: list[int], along: list[int]) -> Any:
    """The convolution along some axes; numbers that are real stay so."""
    imaginary = np.iscomplexobj(x) or np.iscomplexobj(y)
    there, back = (np.fft.fftn, np.fft.ifftn) if imaginary else (np.fft.rfftn, np.fft.irfftn)
    return back(there(x, lengths, along) * there(y, lengths, along), lengths, along)


def checked(in1: Any, in2: Any, mode: str, name: str) -> tuple[Any, Any]:
    """Lists as arrays, of the same number of axes."""
    in1, in2 = (np.asarray(x) if isinstance(x, list | tuple) else x for x in (in1, in2))
    if np.ndim(in1) != np.ndim(in2):
        raise ValueError(
            f"in1 and in2 should have the same dimensionality; {name} got {np.ndim(in1)} and {np.ndim(in2)}."
        )
    if mode not in MODES:
        raise ValueError("acceptable mode flags are 'valid', 'same', or 'full'")
    return in1, in2


def inside(x: Any, y: Any, along: Sequence[int]) -> bool:
    """True if x is not longer than y along these axes."""
    return all(np.shape(x)[a] <= np.shape(y)[a] for a in along)


def centered(x: Any, shape: tuple[int, ...]) -> Any:
    """The middle of an array."""
    begins = [(n - m) // 2 for n, m in zip(np.shape(x), shape, strict=True)]
    return x[tuple(slice(b, b + m) for b, m in zip(begins, shape, strict=True))]
