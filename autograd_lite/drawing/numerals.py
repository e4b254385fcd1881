"""Numbers and arrays as short text: what stands in the rows of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .summaries import Summary, summary_of

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
    >>> number(1.5, 4), number(1.5e-7, 4), number(0.0, 4), number(-1234567.0, 4)
    ('1.5000', '1.50e-07', '0.0000', '-1.23e+06')
    >>> number(1 - 2j, 1)
    '1.0-2.0j'
    """
    if isinstance(x, bool | np.bool_):
        return str(bool(x))
    if isinstance(x, complex | np.complexfloating):
        imaginary = number(x.imag, precision)
        return f"{number(x.real, precision)}{'' if imaginary.startswith('-') else '+'}{imaginary}j"
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
    >>> constant(2.0, 4), constant(-0.5, 4), constant(1 / 3, 4)
    ('2', '-0.5', '0.3333')
    """
    if isinstance(x, float) and x.is_integer() and abs(x) < FIXED_BELOW:
        return str(int(x))
    exact = repr(x)
    return exact if len(exact) <= precision + 3 else number(x, precision)


def brief(x: Any, precision: int) -> str:
    """A number without zeros at its end, for places where there is little room.

    Examples
    --------
    >>> brief(1.5, 4), brief(-2.0, 4), brief(1 / 3, 4), brief(1.5e-7, 4), brief(1j, 4)
    ('1.5', '-2', '0.3333', '1.50e-07', '0+1j')
    """
    if isinstance(x, complex | np.complexfloating):
        imaginary = brief(x.imag, precision)
        return f"{brief(x.real, precision)}{'' if imaginary.startswith('-') else '+'}{imaginary}j"
    text = number(x, precision)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def is_alarming(data: Any) -> bool:
    """True if there is a nan or an infinity among the numbers."""
    if type(data) is float:  # most often, and much faster
        return data - data != 0
    return not bool(np.all(np.isfinite(data)))


def rows_of_value(data: Any, precision: int) -> tuple[Row, ...]:
    """The rows that say what a number or an array holds."""
    kind = "alarm" if is_alarming(data) else "value"
    if np.size(data) <= SHOWN_WHOLE:
        return written_out("value", data, kind, precision)
    if data.dtype.kind == "b":
        return (Row("True", f"{np.count_nonzero(data)} of {data.size}", kind),)
    found = summary_of([data])
    bad = not_finite(found)
    if not found.finite:
        return (Row("value", bad, kind),)
    span = f"{number(found.low, precision)} … {number(found.high, precision)}"
    if data.dtype.kind in "iu":
        span = f"{int(found.low)} … {int(found.high)}"
    if bad:
        return (Row("value", bad, kind), Row(barred("the finite", found), span, "value"))
    return (
        Row(barred("mean ± std", found), mean_and_std(found, precision), "value"),
        Row(barred("min … max", found), span, "value"),
    )


def barred(label: str, found: Summary) -> str:
    """A label between bars where it is that of distances from 0: of complex numbers."""
    return f"|{label}|" if found.lengths else label


def rows_of_gradient(gradient: Any, precision: int) -> tuple[Row, ...]:
    """The rows that say what the gradient is; ``·`` while nobody has computed it."""
    if gradient is None:
        return (Row("gradient", "·", "quiet"),)
    kind = "alarm" if is_alarming(gradient) else "gradient"
    if np.size(gradient) <= SHOWN_WHOLE:
        return written_out("gradient", gradient, kind, precision)
    found = summary_of([gradient])
    return (Row(barred("gradient", found), not_finite(found) or mean_and_std(found, precision), kind),)


def written_out(label: str, data: Any, kind: str, precision: int) -> tuple[Row, ...]:
    """Every entry; the rows of a matrix on lines of their own."""
    if np.ndim(data) == 0:
        return (Row(label, number(data, precision), kind),)
    if np.size(data) == 0:
        return (Row(label, "no entries", "quiet"),)
    matrix = np.reshape(data, (-1, data.shape[-1]))
    first, *others = [f"[{', '.join(number(x, precision) for x in row)}]" for row in matrix]
    return (Row(label, first, kind), *(Row("", line, kind, continued=True) for line in others))


def not_finite(found: Summary) -> str:
    """``3 nan, 1 inf of 32``, or nothing."""
    counts = {"nan": found.nans, "inf": found.infinities}
    bad = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return f"{bad} of {found.count:,}" if bad else ""


def mean_and_std(found: Summary, precision: int) -> str:
    """``-0.0900 ± 0.8400``; ``~0`` for a mean that is only the rounding of a sum of opposites."""
    if not found.scale:
        return f"{number(0.0, precision)} ± {number(0.0, precision)}"
    least = found.rounding * found.scale
    mean = "~0" if 0 < abs(found.mean) < least else number(found.mean, precision)
    return f"{mean} ± {number(found.std if found.std > least else 0.0, precision)}"


def statistics(found: Summary, precision: int) -> str:
    """The numbers of an array in one sentence: ``min -1.2000, max 3.4000, mean … , std …, 12 % zero``.

    Examples
    --------
    >>> statistics(summary_of([np.array([0.0, 1.0, -1.0, 2.0])]), 2)
    'min -1.00, max 2.00, mean 0.50, std 1.12, 25 % zero'
    """
    if not found.count:
        return "no entries"
    if not found.finite:
        return not_finite(found)
    mean, std = mean_and_std(found, precision).split(" ± ")
    facts = [
        f"{'lengths: ' if found.lengths else ''}min {number(found.low, precision)}",
        f"max {number(found.high, precision)}",
        f"mean {mean}",
        f"std {std}",
    ]
    part = 100 * found.zeros / found.count
    facts.append(f"{part:.0f} % zero" if part >= 1 or not part else "under 1 % zero")
    return ", ".join(facts + ([not_finite(found)] if found.finite < found.count else []))
