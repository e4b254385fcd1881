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

    Complex numbers have no order: of them it says how far from 0 they are.

    Attributes
    ----------
    count, nans, infinities, zeros : int
    low, high, mean, std : float
    scale : float
        The largest distance of a finite entry from 0.
    rounding : float
        A mean that is smaller than this part of the scale is nothing but rounding.
    lengths : bool
        Some numbers are complex.
    """

    count: int = 0
    nans: int = 0
    infinities: int = 0
    zeros: int = 0
    low: float = 0.0
    high: float = 0.0
    mean: float = 0.0
    std: float = 0.0
    scale: float = 0.0
    rounding: float = 1e-12
    lengths: bool = False

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
    low, high, scale, mean, rounding = np.inf, -np.inf, 0.0, 0.0, 1e-12
    kept = gathered(data)
    lengths = any(array.dtype.kind == "c" for array in kept)
    for piece in pieces(kept):
        finite = np.isfinite(piece)
        good = piece if finite.all() else piece[finite]
        count += piece.size
        nans += int(np.count_nonzero(np.isnan(piece)))
        infinities += int(np.count_nonzero(np.isinf(piece)))
        zeros += int(np.count_nonzero(piece == 0))
        if good.size:
            low, high = min(low, float(good.min())), max(high, float(good.max()))
            scale = max(scale, abs(low), abs(high))
            rounding = max(rounding, 1e-6 if piece.dtype.kind in "fc" and piece.dtype.itemsize < 8 else 0)
    if not scale:
        found = 0.0 if count > nans + infinities else np.nan
        return Summary(count, nans, infinities, zeros, found, found, found, found, lengths=lengths)
    with np.errstate(under="ignore"):
        squares = 0.0
        for piece in pieces(kept):
            good = piece.astype(np.float64, copy=False)[np.isfinite(piece)] / scale  # so that no square overflows
            if good.size:
                own = float(good.mean())
                squares += float(np.sum((good - own) ** 2))
                squares += (own - mean) ** 2 * n * good.size / (n + good.size)
                mean = mean + (own - mean) * (good.size / (n + good.size))
                n += good.size
    return Summary(
        count, nans, infinities, zeros, low, high, mean * scale, float(np.sqrt(squares / n)) * scale, scale,
        rounding, lengths,
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
            piece = flat[start : start + PIECE]
            with np.errstate(over="ignore"):
                yield np.abs(piece) if piece.dtype.kind == "c" else piece
