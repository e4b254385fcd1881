"""Constant arrays: how they are written at a program's head."""

from __future__ import annotations

import numpy as np

from .literals import setting_text

LARGE = 16
"""Arrays with more entries are not written out, unless they are regular."""


def regular_text(array: np.ndarray) -> str | None:
    """An array of equal entries, or of 0, 1, 2 …, as NumPy makes it; None for any other.

    Examples
    --------
    >>> regular_text(np.ones(3)), regular_text(np.arange(4)), regular_text(np.array([2.0, 5.0]))
    ('np.ones((3,), np.float64)', 'np.arange(4)', None)
    """
    if array.size < 2:
        return None
    kind = setting_text(array.dtype)
    if np.all(array == array.flat[0]) and not has_negative_zeros(array):
        value = array.flat[0].item()
        if value in (0, 1) and array.dtype.kind in "fc":
            return f"np.{'ones' if value else 'zeros'}({array.shape}, {kind})"
        return f"np.full({array.shape}, {setting_text(value)}, {kind})" if np.isfinite(value) else None
    if array.dtype == np.intp and array.ndim == 1 and np.array_equal(array, np.arange(array.size)):
        return f"np.arange({array.size})"
    return None


def has_negative_zeros(array: np.ndarray) -> bool:
    parts = (array.real, array.imag) if array.dtype.kind == "c" else (array,)
    return any(bool(np.any(np.signbit(part) & (part == 0))) for part in parts)


def is_large(array: np.ndarray) -> bool:
    """True for what stands in a file beside the source."""
    return array.size > LARGE and regular_text(array) is None


def constant_word(array: np.ndarray) -> str:
    """What to call a constant array that has no name."""
    text = regular_text(array) or ""
    return "ones" if text.startswith("np.ones") else "rows" if text.startswith("np.arange") else "table"
