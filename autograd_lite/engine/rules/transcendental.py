"""More functions of one entry, or of two that stand at the same place: arcsin arctan2 cbrt fmax sinc modf …

Notation as in `elementwise`. A complex number may lie on a branch cut: the slope is that of the side on which
NumPy's answer lies, which is why some rules say ``-(x - 1)`` where real numbers would do with ``1 - x``: a part
that is 0 keeps its sign.
"""

import math
from typing import Any

import numpy as np

from .elementwise import first_wins, is_complex, log_of_base, power_less_one
from .table import composite, no_gradient, primitive, rule

LOG_2 = math.log(2)

# ------------------------------------------------------------------------- what the rules need


def root_of_one_less(x: Any) -> Any:
    """``√(1 - x²)``, exact near ±1."""
    return np.sqrt(-(x - 1) * (x + 1)) if is_complex(x) else np.sqrt((1 - x) * (1 + x))


def root_of_one_more(x: Any) -> Any:
    """``√(1 + x²)``, without overflow."""
    return np.sqrt(1j * x + 1) * np.sqrt(-(1j * x - 1)) if is_complex(x) else np.hypot(1, x)


def turning(side: Any, y: Any, x: Any) -> Any:
    """``side / (x² + y²)``, the slope of an angle; 0 at the origin, which has no direction, and at infinity."""
    length = np.hypot(y, x)
    level = (length == 0) | np.isinf(length)
    length = np.where(level, 1, length)
    return np.where(level, 0, side) / length / length


def share_of_two(x: Any, y: Any, ans: Any) -> Any:
    """The part of x in ``logaddexp2(x, y)``: 2^x / (2^x + 2^y), and a half of two equal infinities."""
    return np.where((x == y) & np.isinf(x), 0.5, np.exp2(x - ans))


def first_counts(x: Any, y: Any, larger: bool) -> Any:
    """The part of x in the gradient of fmax or fmin: as for a maximum, but all where y is nan, half of two nan."""
    wins = first_wins(x, y) if larger else first_wins(y, x)
    return np.where(np.isnan(y), 1 - 0.5 * np.isnan(x), wins)


# fmt: off
rule(np.arcsin,      lambda g, ans, x: g / root_of_one_less(x))
rule(np.arccos,      lambda g, ans, x: -g / root_of_one_less(x))
rule(np.arcsinh,     lambda g, ans, x: g / root_of_one_more(x))
rule(np.arccosh,     lambda g, ans, x: g / np.sqrt(x - 1) / np.sqrt(x + 1))
rule(np.arctanh,     lambda g, ans, x: g / (1 - x) / (1 + x))
rule(np.arctan2,     lambda g, ans, y, x: g * turning(x, y, x),      lambda g, ans, y, x: -g * turning(y, y, x))
rule(np.deg2rad,     lambda g, ans, x: np.deg2rad(g))
rule(np.radians,     lambda g, ans, x: np.deg2rad(g))
rule(np.rad2deg,     lambda g, ans, x: np.rad2deg(g))
rule(np.degrees,     lambda g, ans, x: np.rad2deg(g))
rule(np.cbrt,        lambda g, ans, x: g / (3 * ans * ans))
rule(np.float_power, lambda g, ans, x, y: g * y * power_less_one(g, x, y),
                     lambda g, ans, x, y: g * ans * log_of_base(x, y))
rule(np.logaddexp2,  lambda g, ans, x, y: g * share_of_two(x, y, ans), lambda g, ans, x, y: g * share_of_two(y, x, ans))
rule(np.fmax,        lambda g, ans, x, y: g * first_counts(x, y, larger=True),
                     lambda g, ans, x, y: g * first_counts(y, x, larger=True))
rule(np.fmin,        lambda g, ans, x, y: g * first_counts(x, y, larger=False),
                     lambda g, ans, x, y: g * first_counts(y, x, larger=False))
rule(np.fmod,        lambda g, ans, x, y: g,                           lambda g, ans, x, y: -g * np.rint((x - ans) / y))
rule(np.copysign,    lambda g, ans, x, y: g * np.sign(x) * np.sign(ans), None)
rule(np.ldexp,       lambda g, ans, x, exponent: np.ldexp(g, exponent),  None)
rule(np.heaviside,   None,                                             lambda g, ans, x, y: np.where(x == 0, g, 0))
rule(np.nextafter,   lambda g, ans, x, y: g, None)  # x, and one unit of its last digit
rule(np.unwrap,      lambda g, ans, p, discont=None, axis=-1, period=None: g)  # p, and whole periods

no_gradient(np.around,      1, "decimals")
no_gradient(np.spacing)
no_gradient(np.fix)
no_gradient(np.isneginf)
no_gradient(np.isposinf)
no_gradient(np.isnat)
no_gradient(np.bitwise_count)
no_gradient(np.gcd,         2)
no_gradient(np.lcm,         2)
no_gradient(np.left_shift,  2, symbol="<<")
no_gradient(np.right_shift, 2, symbol=">>")
# fmt: on


# ------------------------------------------------------------------------- sinc and i0: all their derivatives


@primitive
def sinc_slope(x: Any, order: int = 1) -> Any:
    """The derivative of ``np.sinc`` of this order, as accurate near 0 as elsewhere.

    sin t / t = f means t f = sin t. The n-th derivative of that, t f⁽ⁿ⁾ + n f⁽ⁿ⁻¹⁾ = sin⁽ⁿ⁾ t, leads from one
    derivative to the next; near 0, where it would divide by next to nothing, the power series is summed.
    """
    t = np.pi * x
    near = np.abs(t) < 1 + order / 2
    far = np.where(near, 1 + order / 2, t)
    waves = np.sin(far), np.cos(far), -np.sin(far), -np.cos(far)
    found = waves[0] / far
    for n in range(1, order + 1):
        found = (waves[n % 4] - n * found) / far
    return np.pi**order * np.where(near, sinc_series(np.where(near, t, 0), order), found)


def sinc_series(t: Any, order: int) -> Any:
    """A derivative of sin t / t as a power series: the sum of (-1)ᵏ tᵐ / (2k + 1) / m! over m = 2k - order."""
    odd, total = order % 2, 0.0 * t
    for m in range(26 + odd, -1, -2):
        k = (m + order) // 2
        total = total * t * t + (-1) ** k / ((2 * k + 1) * math.factorial(m))
    return total * t if odd else total


@primitive
def i0_slope(x: Any, order: int = 1) -> Any:
    """The derivative of ``np.i0`` of this order.

    I₀(x) is the mean of exp(x cos θ) over the circle (Digital Library of Mathematical Functions, 10.32.1), which is
    that of cosh(x cos θ) over a quarter. The trapezoidal rule is exact to the last digits for a periodic function
    as smooth as this: 64 parts suffice as far as the exponential function reaches.
    """
    wave, parts, total = (np.sinh if order % 2 else np.cosh), 64, 0.0 * x
    for i in range(parts):  # the last point, where cos θ = 0, adds nothing to a derivative
        cosine = math.cos(math.pi / 2 * i / parts)
        total = total + (0.5 if i == 0 else 1.0) / parts * cosine**order * wave(x * cosine)
    return total


# fmt: off
rule(np.sinc,    lambda g, ans, x: g * sinc_slope(x, order=1))
rule(sinc_slope, lambda g, ans, x, order=1: g * sinc_slope(x, order=order + 1), symbol="slope of sinc")
rule(np.i0,      lambda g, ans, x: g * i0_slope(x, order=1))
rule(i0_slope,   lambda g, ans, x, order=1: g * i0_slope(x, order=order + 1),   symbol="slope of i0")
# fmt: on


# ------------------------------------------------------------------------- two answers from one number


@primitive
def exponent(x: Any, sign: int = 1) -> Any:
    """The whole number e of ``x = m * 2**e`` with 1/2 <= |m| < 1, or ``-e``."""
    return sign * np.frexp(x)[1]


@primitive
def fraction(x: Any) -> Any:
    """What stands behind the point, with the sign of x."""
    return np.modf(x)[0]


no_gradient(exponent, 1, "sign")
rule(fraction, lambda g, ans, x: g)


@composite(np.frexp)
def frexp(x: Any) -> tuple[Any, Any]:
    """``np.frexp``: the mantissa, which has a slope as long as the exponent stays, and the exponent."""
    return np.ldexp(x, exponent(x, sign=-1)), exponent(x)


@composite(np.modf)
def modf(x: Any) -> tuple[Any, Any]:
    """``np.modf``: what stands behind the point and what before it, both with the sign of x."""
    return fraction(x), np.trunc(x)


@composite(np.divmod)
def divmod(x: Any, y: Any) -> tuple[Any, Any]:
    """``np.divmod``: the quotient, rounded down, and the remainder."""
    return np.floor_divide(x, y), np.remainder(x, y)


# ------------------------------------------------------------------------- written with others


@composite(np.nan_to_num)
def nan_to_num(x: Any, copy: bool = True, nan: Any = 0.0, posinf: Any = None, neginf: Any = None) -> Any:
    """``np.nan_to_num``: a finite number keeps its slope, what is replaced has none."""
    if not copy:
        raise TypeError("np.nan_to_num(v, copy=False) would change a Value in place. Leave copy=False out.")
    if np.iscomplexobj(x):
        real, imag = (nan_to_num(part, True, nan, posinf, neginf) for part in (np.real(x), np.imag(x)))
        return real + 1j * imag
    if x.dtype.kind != "f":
        return x
    limits = np.finfo(x.dtype)
    x = np.where(np.isnan(x), nan, x)
    x = np.where(np.isposinf(x), limits.max if posinf is None else posinf, x)
    return np.where(np.isneginf(x), limits.min if neginf is None else neginf, x)


def complex_if_negative(x: Any) -> Any:
    """What ``np.emath`` takes the root or logarithm of: complex numbers, if some real one is negative."""
    return x if np.iscomplexobj(x) or not np.any(np.less(x, 0)) else np.add(x, 0j)


def complex_beyond_one(x: Any) -> Any:
    """The same for an arcsine: complex numbers, if some real one is larger than 1."""
    return x if np.iscomplexobj(x) or not np.any(np.abs(x) > 1) else np.add(x, 0j)


# fmt: off
composite(np.emath.sqrt)(lambda x: np.sqrt(complex_if_negative(x)))
composite(np.emath.log)(lambda x: np.log(complex_if_negative(x)))
composite(np.emath.log2)(lambda x: np.log2(complex_if_negative(x)))
composite(np.emath.log10)(lambda x: np.log10(complex_if_negative(x)))
composite(np.emath.logn)(lambda n, x: np.log(complex_if_negative(x)) / np.log(complex_if_negative(n)))
composite(np.emath.power)(lambda x, p: np.power(complex_if_negative(x), p))
composite(np.emath.arcsin)(lambda x: np.arcsin(complex_beyond_one(x)))
composite(np.emath.arccos)(lambda x: np.arccos(complex_beyond_one(x)))
composite(np.emath.arctanh)(lambda x: np.arctanh(complex_beyond_one(x)))
# fmt: on
