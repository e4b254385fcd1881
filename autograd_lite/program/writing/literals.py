"""Literals: numbers, arrays and settings as source that Python makes the same object of."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...engine import RecordingError


def setting_text(value: Any) -> str:
    """A setting as source.

    Raises
    ------
    RecordingError
        If it is nothing that can be written down: a function, an object of a class.

    Examples
    --------
    >>> setting_text((0, None)), setting_text(np.dtype(np.float32)), setting_text([np.inf, 1 - 2j])
    ('(0, None)', 'np.float32', '[np.inf, (1-2j)]')
    """
    if isinstance(value, np.ndarray):
        return array_text(value)
    if isinstance(value, np.dtype):
        return f"np.{value.name}"
    if isinstance(value, type) and issubclass(value, np.generic):
        return f"np.{value.__name__}"
    if isinstance(value, np.generic) and value.dtype.kind in "fciub":
        return setting_text(value.item())
    if value is Ellipsis:
        return "..."
    if isinstance(value, slice):
        return f"slice({', '.join(map(setting_text, (value.start, value.stop, value.step)))})"
    if type(value) is float:
        return float_text(value)
    if type(value) is complex:
        return complex_text(value)
    if type(value) in (tuple, list, set, frozenset, dict):
        return several_text(value)
    if value is None or type(value) in (int, bool, str, bytes, range):
        return repr(value)
    if any(value is kind for kind in (int, float, complex, bool)):
        return str(value.__name__)
    raise RecordingError(
        f"{value!r}, a {type(value).__name__}, was given as a setting, and a program cannot write it down: it takes "
        f"numbers, text, None, arrays, and lists, tuples and dicts of them. Define the function with it inside."
    )


def several_text(value: Any) -> str:
    """A tuple, list, set or dict of settings."""
    if type(value) is dict:
        return f"{{{', '.join(f'{setting_text(k)}: {setting_text(v)}' for k, v in value.items())}}}"
    inside = ", ".join(map(setting_text, value))
    if type(value) is tuple:
        return f"({inside}{',' if len(value) == 1 else ''})"
    if type(value) is list:
        return f"[{inside}]"
    whole = f"{{{inside}}}" if value else "()"
    return f"frozenset({whole})" if type(value) is frozenset else whole if value else "set()"


def array_text(array: np.ndarray) -> str:
    """A constant array, with all its entries."""
    if array.dtype.kind not in "fciub":
        raise RecordingError(f"An array of {array.dtype} was given as a setting; a program writes down numbers alone.")
    if array.size == 0:
        return f"np.empty({array.shape}, {setting_text(array.dtype)})"
    return f"np.array({setting_text(array.tolist())}, {setting_text(array.dtype)})"


def float_text(value: float) -> str:
    """A float; ``nan`` and ``inf`` have no literal."""
    if math.isfinite(value):
        return repr(value)
    return f"-np.{-value}" if value < 0 else f"np.{value}"


def complex_text(value: complex) -> str:
    """A complex number, so that Python finds the very zeros, signs and infinities again.

    Examples
    --------
    >>> complex_text(2j), complex_text(1 + 0j), complex_text(complex(-0.0, 1)), complex_text(complex(0, -1))
    ('2j', '(1+0j)', 'complex(-0.0, 1.0)', 'complex(0.0, -1.0)')
    """
    real, imag = value.real, value.imag
    finite = math.isfinite(real) and math.isfinite(imag)
    if finite and (imag or math.copysign(1, imag) > 0) and (real or (math.copysign(1, real) > 0 and imag >= 0)):
        return repr(value)  # the literals of the others would be sums, and lose the sign of a zero
    return f"complex({float_text(real)}, {float_text(imag)})"
