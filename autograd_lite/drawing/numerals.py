"""Numbers and arrays as short text: what stands in the rows of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

SHOWN_WHOLE = 4
"""Arrays of up to this many entries are written out; of larger ones the mean and the range (|z|, if complex)."""

FIXED_BELOW = 1e6


@dataclass(frozen=True)
class Row:
    """One line of a card: ``value  1.2000``.

    Attributes
    ----------
    label : str
        What the number is: ``value``, ``mean ± std``, ``gradient``.
    text : str
        The number, as text.
    kind : str
        ``value``, ``gradient``, ``quiet`` (nothing to show), or ``alarm`` (not a finite number).
    continued : bool
        True for the second and later lines of a matrix.
    """

    label: str
    text: str
    kind: str
    continued: bool = False


def number(x: Any, precision: int) -> str:
    """A number with so many decimals; only a zero is written as zero.

    Examples
    --------
    >>> number(1.5, 4), number(1.5e-7, 4), number(0.0, 4), number(-1234567.0, 4), number(1 - 2j, 2)
    ('1.5000', '1.50e-07', '0.0000', '-1.23e+06', '1.00-2.00j')
    """
    if np.iscomplexobj(x):
        imaginary = number(x.imag, precision)
        return f"{number(x.real, precision)}{'' if imaginary.startswith('-') else '+'}{imaginary}j"
    if isinstance(x, bool | np.bool_):
        return str(bool(x))
    if isinstance(x, int | np.integer) and abs(int(x)) < 1e15:
        return str(int(x))
    x = float(x)
    if not np.isfinite(x):
        return str(x)
    if x == 0:
        return f"{0:.{precision}f}"
    if 10.0**-precision <= abs(x) < FIXED_BELOW:
        return f"{x:.{precision}f}"
    return f"{x:.{max(precision - 2, 1)}e}"


def constant(x: Any, precision: int) -> str:
    """A number as somebody would have typed it: ``2``, ``0.5``.

    Examples
    --------
    >>> constant(2.0, 4), constant(-0.5, 4), constant(1 / 3, 4), constant(2j, 4)
    ('2', '-0.5', '0.3333', '2j')
    """
    if isinstance(x, float) and x.is_integer() and abs(x) < FIXED_BELOW:
        return str(int(x))
    exact = repr(x)
    return exact if len(exact) <= precision + 3 else number(x, precision)


def is_alarming(data: Any) -> bool:
    """True if there is a nan or an infinity among the numbers."""
    return not bool(np.all(np.isfinite(data)))


def rows_of_value(data: Any, precision: int) -> tuple[Row, ...]:
    """The rows that say what a number or an array holds."""
    kind = "alarm" if is_alarming(data) else "value"
    if np.size(data) <= SHOWN_WHOLE:
        return written_out("value", data, kind, precision)
    if data.dtype.kind == "b":
        return (Row("True", f"{np.count_nonzero(data)} of {data.size}", kind),)
    bad, finite = not_finite(data), sizes(data[np.isfinite(data)])
    if not finite.size:
        return (Row("value", bad, kind),)
    span = f"{number(finite.min(), precision)} … {number(finite.max(), precision)}"
    bars = "|{}|" if np.iscomplexobj(data) else "{}"
    if bad:
        return (Row("value", bad, kind), Row(bars.format("the finite"), span, "value"))
    return (
        Row(bars.format("mean ± std"), mean_and_std(sizes(data), precision), "value"),
        Row(bars.format("min … max"), span, "value"),
    )


def sizes(data: np.ndarray) -> np.ndarray:
    """Numbers that have an order: of complex ones how far from 0 they are."""
    return np.abs(data) if np.iscomplexobj(data) else data


def rows_of_gradient(gradient: Any, precision: int) -> tuple[Row, ...]:
    """The rows that say what the gradient is; ``·`` while nobody has computed it."""
    if gradient is None:
        return (Row("gradient", "·", "quiet"),)
    kind = "alarm" if is_alarming(gradient) else "gradient"
    if np.size(gradient) <= SHOWN_WHOLE:
        return written_out("gradient", gradient, kind, precision)
    label = "|gradient|" if np.iscomplexobj(gradient) else "gradient"
    return (Row(label, not_finite(gradient) or mean_and_std(sizes(gradient), precision), kind),)


def written_out(label: str, data: Any, kind: str, precision: int) -> tuple[Row, ...]:
    """Every entry; the rows of a matrix on lines of their own."""
    if np.ndim(data) == 0:
        return (Row(label, number(data, precision), kind),)
    if np.size(data) == 0:
        return (Row(label, "no entries", "quiet"),)
    matrix = np.reshape(data, (-1, data.shape[-1]))
    first, *others = [f"[{', '.join(number(x, precision) for x in row)}]" for row in matrix]
    return (Row(label, first, kind), *(Row("", line, kind, continued=True) for line in others))


def not_finite(data: np.ndarray) -> str:
    """``3 nan, 1 inf of 32``, or nothing."""
    counts = {"nan": int(np.isnan(data).sum()), "inf": int(np.isinf(data).sum())}
    bad = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"{bad} of {data.size}" if bad else ""


def mean_and_std(data: np.ndarray, precision: int) -> str:
    """``-0.0900 ± 0.8400``; ``~0`` for a mean that is only the rounding of a sum of opposites."""
    scale = float(np.max(np.abs(data)))
    if scale == 0 or not np.isfinite(scale):
        return f"{number(scale, precision)} ± {number(0.0, precision)}"
    with np.errstate(under="ignore"):
        scaled = data.astype(np.float64) / scale  # so that no square overflows
        mean, std = float(scaled.mean()), float(scaled.std())
    rounding = 1e-6 if data.dtype.itemsize < 8 else 1e-12
    shown = "~0" if 0 < abs(mean) < rounding else number(mean * scale, precision)
    return f"{shown} ± {number(std * scale if std > rounding else 0.0, precision)}"
