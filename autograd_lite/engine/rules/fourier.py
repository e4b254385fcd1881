"""Fourier transforms.

The matrix of the discrete transform is symmetric, entry jk the same as kj: the way back of ``np.fft.fft`` is
``np.fft.fft`` itself, with the same scale. The transform of real numbers keeps one half of the spectrum, since the
other mirrors it: an entry of the half stands for two, but for the first and, of an even length, the last.
All others are compositions of these four.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from .indexing import put
from .table import composite, rule

Lengths = Sequence[int] | None
MIRRORED = {None: "forward", "backward": "forward", "ortho": "ortho", "forward": "backward"}
"""Where the scale goes when a transform is written with the other direction's."""


def resized(x: Any, length: int, axis: int) -> Any:
    """Cut off at this length, or filled up with zeros: its own way back."""
    shape = list(np.shape(x))
    before, found = (slice(None),) * (axis % len(shape)), shape[axis]
    if found > length:
        return x[(*before, slice(length))]
    shape[axis] = length
    return put(x, index=(*before, slice(found)), shape=tuple(shape)) if found < length else x


def of_its_kind(gradient: Any, a: Any) -> Any:
    """The real part, for a real operand of a transform that makes complex numbers of it."""
    return gradient if np.iscomplexobj(a) else np.real(gradient)


def stands_for(length: int, axis: int, x: Any) -> np.ndarray:
    """How many entries of a spectrum of this length each of the kept half stands for: 1 2 2 … 2, and 1 if even."""
    twice = np.full(length // 2 + 1, 2, x.dtype.char.lower())
    twice[0] = 1
    if length % 2 == 0:
        twice[-1] = 1
    return twice.reshape([-1 if i == axis % np.ndim(x) else 1 for i in range(np.ndim(x))])


def half_from_real(g: Any, a: Any, n: int | None, axis: int, norm: Any) -> Any:
    """The way back of ``rfft``."""
    length = np.shape(a)[axis] if n is None else n
    return resized(np.fft.hfft(g / stands_for(length, axis, g), length, axis, norm), np.shape(a)[axis], axis)


def real_from_half(g: Any, a: Any, axis: int, norm: Any) -> Any:
    """The way back of ``irfft``."""
    length = np.shape(g)[axis]
    half = np.fft.ihfft(g, length, axis, norm) * stands_for(length, axis, g)
    return of_its_kind(resized(half, np.shape(a)[axis], axis), a)


# fmt: off
rule(np.fft.fft,   lambda g, ans, a, n=None, axis=-1, norm=None:
                   resized(np.fft.fft(g, None, axis, norm), np.shape(a)[axis], axis))
rule(np.fft.ifft,  lambda g, ans, a, n=None, axis=-1, norm=None:
                   resized(np.fft.ifft(g, None, axis, norm), np.shape(a)[axis], axis))
rule(np.fft.rfft,  lambda g, ans, a, n=None, axis=-1, norm=None: half_from_real(g, a, n, axis, norm))
rule(np.fft.irfft, lambda g, ans, a, n=None, axis=-1, norm=None: real_from_half(g, a, axis, norm))
rule(np.fft.fftshift,  lambda g, ans, x, axes=None: np.fft.ifftshift(g, axes))
rule(np.fft.ifftshift, lambda g, ans, x, axes=None: np.fft.fftshift(g, axes))
# fmt: on


@composite(np.fft.hfft)
def hfft(a: Any, n: int | None = None, axis: int = -1, norm: Any = None) -> Any:
    """``np.fft.hfft``: half a spectrum's real transform, ``irfft`` in the other direction."""
    return np.fft.irfft(np.conjugate(a), n, axis, mirrored(norm))


@composite(np.fft.ihfft)
def ihfft(a: Any, n: int | None = None, axis: int = -1, norm: Any = None) -> Any:
    """``np.fft.ihfft``: ``rfft`` in the other direction."""
    return np.conjugate(np.fft.rfft(a, n, axis, mirrored(norm)))


def mirrored(norm: Any) -> Any:
    """The norm with which the other direction scales in the same way."""
    if norm not in MIRRORED:
        raise ValueError(f'Invalid norm value {norm}; should be "backward", "ortho" or "forward".')
    return MIRRORED[norm]


# ---------------------------------------------------------------------------------- along several axes


def each_axis(a: Any, s: Lengths, axes: Sequence[int] | None) -> list[tuple[int, int]]:
    """The length and the number of each axis to transform; -1 is the length that it has."""
    if axes is None:
        axes = range(-len(s), 0) if s is not None else range(np.ndim(a))
    lengths = [-1] * len(axes) if s is None else s
    if len(lengths) != len(axes):
        raise ValueError("Shape and axes have different lengths.")
    return [(np.shape(a)[axis] if n == -1 else n, axis) for n, axis in zip(lengths, axes, strict=True)]


def one_by_one(transform: Any, a: Any, along: list[tuple[int, int]], norm: Any) -> Any:
    """One transform after the other, from the last axis to the first, as NumPy does it."""
    for n, axis in reversed(along):
        a = transform(a, n, axis, norm)
    return a


@composite(np.fft.fftn)
def fftn(a: Any, s: Lengths = None, axes: Sequence[int] | None = None, norm: Any = None) -> Any:
    """``np.fft.fftn``: ``fft`` along each axis."""
    return one_by_one(np.fft.fft, a, each_axis(a, s, axes), norm)


@composite(np.fft.ifftn)
def ifftn(a: Any, s: Lengths = None, axes: Sequence[int] | None = None, norm: Any = None) -> Any:
    """``np.fft.ifftn``: ``ifft`` along each axis."""
    return one_by_one(np.fft.ifft, a, each_axis(a, s, axes), norm)


@composite(np.fft.rfftn)
def rfftn(a: Any, s: Lengths = None, axes: Sequence[int] | None = None, norm: Any = None) -> Any:
    """``np.fft.rfftn``: ``rfft`` along the last axis, then ``fft`` along the others."""
    *others, last = each_axis(a, s, axes)
    return one_by_one(np.fft.fft, np.fft.rfft(a, *last, norm), others, norm)


@composite(np.fft.irfftn)
def irfftn(a: Any, s: Lengths = None, axes: Sequence[int] | None = None, norm: Any = None) -> Any:
    """``np.fft.irfftn``: ``ifft`` along all axes but the last, from the first on, then ``irfft`` along that."""
    *others, (n, axis) = each_axis(a, s, axes)
    return np.fft.irfft(one_by_one(np.fft.ifft, a, others[::-1], norm), None if s is None else n, axis, norm)


@composite(np.fft.fft2)
def fft2(a: Any, s: Lengths = None, axes: Sequence[int] | None = (-2, -1), norm: Any = None) -> Any:
    """``np.fft.fft2``: `fftn` along the last two axes."""
    return fftn(a, s, axes, norm)


@composite(np.fft.ifft2)
def ifft2(a: Any, s: Lengths = None, axes: Sequence[int] | None = (-2, -1), norm: Any = None) -> Any:
    """``np.fft.ifft2``: `ifftn` along the last two axes."""
    return ifftn(a, s, axes, norm)


@composite(np.fft.rfft2)
def rfft2(a: Any, s: Lengths = None, axes: Sequence[int] | None = (-2, -1), norm: Any = None) -> Any:
    """``np.fft.rfft2``: `rfftn` along the last two axes."""
    return rfftn(a, s, axes, norm)


@composite(np.fft.irfft2)
def irfft2(a: Any, s: Lengths = None, axes: Sequence[int] | None = (-2, -1), norm: Any = None) -> Any:
    """``np.fft.irfft2``: `irfftn` along the last two axes."""
    return irfftn(a, s, axes, norm)
