"""Many numbers in a few: how many, how large, their mean and spread, counted piece by piece to keep memory small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

PIECE = 1 << 18
"""Entries that are looked at in one go."""


@dataclass(frozen=True)
class Summary:
    """What is said of an array, or of several. Low, high, mean and spread are those of the finite entries.

    Attributes
    ----------
    count, nans, infinities, zeros : int
    low, high : float
        Of complex numbers, of their lengths.
    mean : float or complex
    std : float
    scale : float
        The largest length of a finite entry.
    rounding : float
        A mean that is smaller than this part of the scale is nothing but rounding.
    """

    count: int = 0
    nans: int = 0
    infinities: int = 0
    zeros: int = 0
    low: float = 0.0
    high: float = 0.0
    mean: complex = 0.0
    std: float = 0.0
    scale: float = 0.0
    rounding: float = 1e-12

    @property
    def finite(self) -> int:
        return self.count - self.nans - self.infinities


def summary_of(data: Iterable[Any]) -> Summary:
    """The summary of some numbers and arrays.

    Parameters
    ----------
    data : iterable of number or ndarray

    Examples
    --------
    >>> found = summary_of([1.0, np.array([3.0, np.nan])])
    >>> found.count, found.nans, found.mean, found.std
    (3, 1, 2.0, 1.0)
    """
    count = nans = infinities = zeros = n = 0
    low, high, scale, mean, rounding = np.inf, -np.inf, 0.0, 0.0, 1e-12  # type: float, float, float, Any, float
    kept = gathered(data)
    for piece in pieces(kept):
        finite = np.isfinite(piece)
        good = piece if finite.all() else piece[finite]
        count += piece.size
        nans += int(np.count_nonzero(np.isnan(piece)))
        infinities += int(np.count_nonzero(np.isinf(piece)))
        zeros += int(np.count_nonzero(piece == 0))
        if good.size:
            sized = np.abs(good) if good.dtype.kind == "c" else good
            low, high = min(low, float(sized.min())), max(high, float(sized.max()))
            scale = max(scale, abs(low), abs(high))
            rounding = max(rounding, 1e-6 if piece.dtype.kind in "fc" and piece.dtype.itemsize < 8 else 0)
    if not scale:
        found = 0.0 if count > nans + infinities else np.nan
        return Summary(count, nans, infinities, zeros, found, found, found, found, 0.0)
    with np.errstate(under="ignore"):
        squares = 0.0
        for piece in pieces(kept):
            wide = piece.astype(np.complex128 if piece.dtype.kind == "c" else np.float64, copy=False)
            good = wide[np.isfinite(piece)] / scale  # so that no square overflows
            if good.size:
                own = good.mean()
                squares += float(np.sum(np.abs(good - own) ** 2))
                squares += float(np.abs(own - mean) ** 2) * n * good.size / (n + good.size)
                mean = mean + (own - mean) * (good.size / (n + good.size))
                n += good.size
    return Summary(
        count, nans, infinities, zeros, low, high, (mean * scale).item(), float(np.sqrt(squares / n)) * scale, scale,
        rounding,
    )  # fmt: skip


def gathered(data: Iterable[Any]) -> list[np.ndarray]:
    """The arrays, and all numbers as one more."""
    arrays: list[np.ndarray] = []
    numbers: list[Any] = []
    for part in data:
        if isinstance(part, np.ndarray):
            arrays.append(part)
        else:
            numbers.append(part)
    if numbers:
        arrays.append(np.array(numbers, complex if any(type(x) is complex for x in numbers) else float))
    return arrays


def pieces(arrays: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    """The entries as vectors that are not too long, without copies where the memory allows it."""
    for array in arrays:
        flat = array.ravel(order="K")
        for start in range(0, flat.size, PIECE):
            yield flat[start : start + PIECE]
