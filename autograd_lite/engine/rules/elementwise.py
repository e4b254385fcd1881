"""Functions of one entry, or of two that stand at the same place: + - * / ** exp log tanh …

Notation: ``g`` the gradient of the loss with respect to the output, ``ans`` the output,
``x`` and ``y`` the operands. Where g is 0 the walk makes 0 of nan, so a rule need not care for
poles where nothing flows back. Conventions at kinks and poles: docs/conventions.md.
"""

import math
import operator
from typing import Any

import numpy as np

from .shapes import no_out
from .table import RULES, composite, no_gradient, rule


def is_complex(x: Any) -> bool:
    """``np.iscomplexobj`` of numbers, arrays and Values, in a fifth of its time."""
    dtype = getattr(x, "dtype", None)
    return type(x) is complex if dtype is None else dtype.kind == "c"


def power_less_one(g: Any, x: Any, y: Any) -> Any:
    """``x ** (y - 1)``, with x moved off 0 where the pole has no say: where nothing flows back, or y = 0.

    (The derivative of x**0 is 0, also at x = 0.)
    """
    if type(y) not in (int, float):
        return np.where((x == 0) & ((g == 0) | (y == 0)), 1, x) ** (y - 1)
    exponent = y - (y != 0)
    if exponent >= 0:
        return x**exponent
    if type(x) is float and type(g) is float:
        return (x if x or g else 1.0) ** exponent
    return np.where((g == 0) & (x == 0), 1, x) ** exponent


def log_of_base(x: Any, y: Any) -> Any:
    """The logarithm of the base of ``x ** y``, 0 for 0; complex if the power is."""
    base = np.where(x == 0, 1, x)
    return np.log(base + 0j if is_complex(y) and not is_complex(x) else base)


def sign_of_real(x: Any) -> Any:
    """``np.sign``; a complex number turns with its sign, so that has a slope, and is written otherwise."""
    if is_complex(x):
        raise TypeError("np.sign of a complex Value has a slope, unlike that of a real one: write z / np.abs(z).")
    return np.sign(x)


def direction(x: Any) -> Any:
    """The slope of ``np.abs``: the sign of a real number, x̄/|x| of a complex one; 0 at 0."""
    return np.conjugate(x) / no_zero(np.abs(x)) if is_complex(x) else np.sign(x)


def no_zero(length: Any) -> Any:
    """A length to divide by: what has none has no direction, so that 0 has the slope 0, and the slope of that is 0."""
    return np.where(length == 0, np.inf, length)


def share(x: Any, y: Any, ans: Any) -> Any:
    """The part of x in ``logaddexp(x, y)``: e^x / (e^x + e^y), and a half of two equal infinities."""
    return np.where((x == y) & np.isinf(x), 0.5, np.exp(x - ans))


def first_wins(x: Any, y: Any) -> Any:
    """1 where x is larger, 1/2 at a tie, 0 where y is larger: who gets the gradient of a maximum."""
    if type(x) is complex or type(y) is complex:  # which NumPy orders, and Python does not
        return np.greater(x, y) + 0.5 * (x == y)
    return (x > y) + 0.5 * (x == y)


def arctan_slope(x: Any) -> Any:
    """``1 / (1 + x²)``, without overflow."""
    return 1 / (x - 1j) / (x + 1j) if is_complex(x) else 1 / np.hypot(1, x) / np.hypot(1, x)


# fmt: off
rule(np.add,       lambda g, ans, x, y: g,      lambda g, ans, x, y: g,      scalar=operator.add, symbol="+")
rule(np.subtract,  lambda g, ans, x, y: g,      lambda g, ans, x, y: -g,     scalar=operator.sub, symbol="-")
rule(np.multiply,  lambda g, ans, x, y: g * y,  lambda g, ans, x, y: g * x,  scalar=operator.mul, symbol="*")
rule(np.divide,    lambda g, ans, x, y: g / y,
                   lambda g, ans, x, y: -g * ans / y,                        scalar=operator.truediv, symbol="/")
rule(np.power,     lambda g, ans, x, y: g * y * power_less_one(g, x, y),
                   lambda g, ans, x, y: g * ans * log_of_base(x, y),         scalar=math.pow, symbol="**")
rule(np.negative,  lambda g, ans, x: -g,                         scalar=operator.neg, symbol="neg")
rule(np.positive,  lambda g, ans, x: g,                          scalar=operator.pos, symbol="pos")
rule(np.abs,       lambda g, ans, x: g * direction(x),           scalar=abs, symbol="abs")
rule(np.fabs,      lambda g, ans, x: g * np.sign(x),             scalar=abs, symbol="abs")
rule(np.square,    lambda g, ans, x: 2 * g * x)
rule(np.sqrt,      lambda g, ans, x: 0.5 * g / ans,              scalar=math.sqrt)
rule(np.reciprocal, lambda g, ans, x: -g * ans * ans)
rule(np.exp,       lambda g, ans, x: g * ans,                    scalar=math.exp)
rule(np.exp2,      lambda g, ans, x: g * ans * math.log(2))
rule(np.expm1,     lambda g, ans, x: g * (ans + 1),              scalar=math.expm1)
rule(np.log,       lambda g, ans, x: g / x,                      scalar=math.log)
rule(np.log2,      lambda g, ans, x: g / (x * math.log(2)))
rule(np.log10,     lambda g, ans, x: g / (x * math.log(10)))
rule(np.log1p,     lambda g, ans, x: g / (1 + x),                scalar=math.log1p)
rule(np.sin,       lambda g, ans, x: g * np.cos(x),              scalar=math.sin)
rule(np.cos,       lambda g, ans, x: -g * np.sin(x),             scalar=math.cos)
rule(np.tan,       lambda g, ans, x: g * (1 + ans * ans))
rule(np.sinh,      lambda g, ans, x: g * np.cosh(x))
rule(np.cosh,      lambda g, ans, x: g * np.sinh(x))
rule(np.tanh,      lambda g, ans, x: g * (1 - ans * ans),        scalar=math.tanh)
rule(np.arctan,    lambda g, ans, x: g * arctan_slope(x))
rule(np.hypot,     lambda g, ans, x, y: g * (x / no_zero(ans)),  lambda g, ans, x, y: g * (y / no_zero(ans)))
rule(np.maximum,   lambda g, ans, x, y: g * first_wins(x, y),    lambda g, ans, x, y: g * first_wins(y, x))
rule(np.minimum,   lambda g, ans, x, y: g * first_wins(y, x),    lambda g, ans, x, y: g * first_wins(x, y))
rule(np.logaddexp, lambda g, ans, x, y: g * share(x, y, ans),    lambda g, ans, x, y: g * share(y, x, ans))
rule(np.where,     None,
                   lambda g, ans, mask, x, y: np.where(mask, g, 0),
                   lambda g, ans, mask, x, y: np.where(mask, 0, g))

no_gradient(np.greater,       2, symbol=">")
no_gradient(np.greater_equal, 2, symbol=">=")
no_gradient(np.less,          2, symbol="<")
no_gradient(np.less_equal,    2, symbol="<=")
no_gradient(np.equal,         2, symbol="==")
no_gradient(np.not_equal,     2, symbol="!=")
no_gradient(np.logical_and,   2, symbol="and")
no_gradient(np.logical_or,    2, symbol="or")
no_gradient(np.logical_xor,   2, symbol="xor")
no_gradient(np.logical_not,   1, symbol="not")
no_gradient(np.bitwise_and,   2, symbol="&")
no_gradient(np.bitwise_or,    2, symbol="|")
no_gradient(np.bitwise_xor,   2, symbol="^")
no_gradient(np.invert,        1, symbol="~")
no_gradient(np.floor_divide,  2, symbol="//")
# fmt: on

PLUS, TIMES = RULES[np.add].rules, RULES[np.multiply].rules  # known to the walk over scalars, until others are taught

for function in (np.sign, np.floor, np.ceil, np.trunc, np.rint, np.isnan, np.isinf, np.isfinite, np.signbit):
    no_gradient(function)
no_gradient(np.round, 1, "decimals")
RULES[np.sign].compute = sign_of_real

rule(
    np.remainder,
    lambda g, ans, x, y: g,
    lambda g, ans, x, y: -g * np.floor_divide(x, y),
    symbol="%",
)


def limited(a: Any, bound: Any, beyond: np.ufunc) -> Any:
    """``a``, or the bound where a is beyond it. A bound that is nan makes nan, as in NumPy."""
    outside = beyond(a, bound)
    if type(bound) not in (int, float) or bound != bound:
        outside = outside | np.not_equal(bound, bound)
    return np.where(outside, bound, a)


@composite(np.clip)
def clip(a: Any, a_min: Any = None, a_max: Any = None, out: Any = None, *, min: Any = None, max: Any = None) -> Any:
    """``np.clip`` as a choice: its slope is 1 in the closed interval, 0 outside."""
    no_out(np.clip, out)
    low, high = (min if a_min is None else a_min), (max if a_max is None else a_max)
    if low is not None:
        a = limited(a, low, np.less)
    return a if high is None else limited(a, high, np.greater)
