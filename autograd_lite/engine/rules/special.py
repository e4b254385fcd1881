"""SciPy's special functions, which are ufuncs like NumPy's own.

Where a derivative has a removable hole (``(e^x - 1) / x`` at 0) or is the small difference of large numbers, it is
written with hypergeometric functions: they have no hole, and their derivatives are of their own kind. Formulas by
number: NIST Digital Library of Mathematical Functions, https://dlmf.nist.gov.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import special as sp

from .neural import softmax
from .reductions import Axis, spread
from .table import RULES, MissingRule, Rule, full_name, no_gradient, parameters, primitive, register, rule

ROOT_PI = math.sqrt(math.pi)
ROOT_2 = math.sqrt(2)
ROOT_2_PI = math.sqrt(2 * math.pi)
DEGREE = math.pi / 180


# ---------------------------------------------------------------------------------- operands without a rule


def refusal(func: Callable[..., Any], name: str) -> Rule:
    """A rule that says that there is none: a gradient of 0 would be a lie."""

    def refuse(g: Any, ans: Any, *operands: Any) -> Any:
        raise MissingRule(
            f"{full_name(func)} has no derivative rule for its operand {name}, which is a Value that carries a "
            f"gradient here. Give it as a plain number, {name}.data, if no gradient is wanted."
        )

    refuse.refuses = True  # type: ignore[attr-defined]
    return refuse


def rule_for_last(func: Callable[..., Any], last: Rule) -> None:
    """Teach the derivative in the last operand of a function, and to say so where that in another is wanted."""
    *others, _ = names = parameters(last, skip=2)[0]
    register(func, (*[refusal(func, name) for name in others], last), len(names), (), None, None)


# ---------------------------------------------------------------------------------- helpers


def quotient(x: Any, y: Any) -> Any:
    """``x / y``; 0 of two zeros."""
    return x / np.where((x == 0) & (y == 0), 1, y)


def log_unless(x: Any, y: Any) -> Any:
    """``log(y)``; 0 where both are 0."""
    return np.log(np.where((x == 0) & (y == 0), 1, y))


def log_quotient(x: Any, y: Any) -> Any:
    """``log(x / y)``; 0 of two zeros."""
    return np.log(np.where((x == 0) & (y == 0), 1, quotient(x, y)))


def log_over_distance(z: Any) -> Any:
    """``log(z) / (z - 1)``, without a hole at 1."""
    near = np.abs(z - 1) < 0.5
    away = np.where(near, 2, z)
    return np.where(near, sp.hyp2f1(1, 1, 2, np.where(near, 1 - z, 0)), np.log(away) / (away - 1))


def exprel_slope(x: Any) -> Any:
    """The derivative of (e^x - 1) / x, without a hole at 0."""
    return 0.5 * sp.hyp1f1(2, 3, x)


def side(func: Callable[..., Any], x: Any) -> Any:
    """The sign of a real number: the slope of ``|x|`` in functions that are scaled by ``exp(-|x|)``."""
    if np.iscomplexobj(x):
        raise MissingRule(f"{full_name(func)} has a derivative rule for real numbers, not for complex ones.")
    return np.sign(x)


def struve_term(v: Any, x: Any) -> Any:
    """What the recurrences of Struve's functions have beside their neighbours (DLMF 11.4.23 and 11.4.25)."""
    return np.power(0.5 * x, v) * sp.rgamma(v + 1.5) / ROOT_PI


def rgamma_slope(x: Any, ans: Any) -> Any:
    """The derivative of 1/Γ(x); left of 1/2 by reflection, Γ(1 - x) sin(πx) / π, which is finite at the poles of Γ."""
    left = sp.gamma(1 - x) * (np.cos(math.pi * x) - sp.psi(1 - x) * np.sin(math.pi * x) / math.pi)
    return np.where(np.real(x) < 0.5, left, -sp.psi(x) * ans)


def lower_expn(n: Any, x: Any) -> Any:
    """The generalized exponential integral of order n - 1: the order -1 is elementary, and SciPy begins at 0."""
    return np.where(n < 1, np.exp(-x) * (1 + 1 / x) / x, sp.expn(np.maximum(n - 1, 0), x))


def beta_density(a: Any, b: Any, x: Any) -> Any:
    """The derivative of ``betainc``."""
    return np.exp(sp.xlogy(a - 1, x) + sp.xlog1py(b - 1, -x) - sp.betaln(a, b))


def gamma_density(a: Any, x: Any) -> Any:
    """The derivative of ``gammainc``."""
    return np.exp(sp.xlogy(a - 1, x) - x - sp.gammaln(a))


def t_density(df: Any, x: Any) -> Any:
    """The derivative of ``stdtr``: Student's density."""
    scale = sp.gammaln((df + 1) / 2) - sp.gammaln(df / 2) - 0.5 * np.log(df * math.pi)
    return np.exp(scale - (df + 1) / 2 * np.log1p(x * x / df))


def pseudo_huber_slope(delta: Any, r: Any) -> Any:
    """The derivative of ``pseudo_huber`` in delta: δ (s - 1)² / s, with s = √(1 + (r/δ)²)."""
    s = np.hypot(1, r / delta)
    return delta * np.square((r / delta) ** 2 / (s + 1)) / s


# ---------------------------------------------------------------------------------- functions for the rules


@primitive
def polygamma(n: Any, x: Any) -> Any:
    """The n-th derivative of the digamma function."""
    return sp.polygamma(n, x)


@primitive
def zeta(x: Any, q: Any) -> Any:
    """The zeta function of Hurwitz."""
    return sp.zeta(x, q)


@primitive
def lambertw(z: Any, k: int = 0, tol: float = 1e-8) -> Any:
    """The solution w of w e^w = z, in the branch k."""
    return sp.lambertw(z, k, tol)


@primitive
def repeated_erfcx(n: Any, x: Any) -> Any:
    """The n-fold repeated integral of ``erfc``, times e^(x²); its derivative is -2 (n + 1) times the next.

    Up to x = 2 by the recurrence DLMF 7.18.7, beyond, where that cancels, by the same as a continued fraction.
    """
    low, high = np.minimum(x, 2), np.maximum(x, 2)
    before, found = 2 / ROOT_PI, sp.erfcx(low)
    for k in range(1, n + 1):
        before, found = found, (before - 2 * low * found) / (2 * k)
    ratio, beyond = 0.0 * high, sp.erfcx(high)
    for k in range(60 + n, 0, -1):
        ratio = 1 / (2 * high + 2 * (k + 1) * ratio)
        beyond = beyond * ratio if k <= n else beyond
    return np.where(x < 2, found, beyond)


# fmt: off
rule_for_last(polygamma,      lambda g, ans, n, x: g * polygamma(n + 1, x))
rule_for_last(zeta,           lambda g, ans, x, q: -g * x * zeta(x + 1, q))
rule_for_last(repeated_erfcx, lambda g, ans, n, x: -2 * (n + 1) * g * repeated_erfcx(n + 1, x))
rule(lambertw,                lambda g, ans, z, k=0, tol=1e-8: g * np.exp(-ans) / (1 + ans))
for function in (polygamma, zeta, repeated_erfcx):
    RULES[function].elementwise = True


# ---------------------------------------------------------------------------------- elementary functions

rule(sp.expit,        lambda g, ans, x: g * ans * sp.expit(-x))
rule(sp.logit,        lambda g, ans, x: g / (x * (1 - x)))
rule(sp.log_expit,    lambda g, ans, x: g * sp.expit(-x))
rule(sp.cbrt,         lambda g, ans, x: g / (3 * ans * ans))
rule(sp.exp2,         lambda g, ans, x: g * ans * math.log(2))
rule(sp.exp10,        lambda g, ans, x: g * ans * math.log(10))
rule(sp.expm1,        lambda g, ans, x: g * np.exp(x))
rule(sp.log1p,        lambda g, ans, x: g / (1 + x))
rule(sp.cosm1,        lambda g, ans, x: -g * np.sin(x))
rule(sp.exprel,       lambda g, ans, x: g * exprel_slope(x))
rule(sp.powm1,        lambda g, ans, x, y: g * y * np.power(x, y - 1),
                      lambda g, ans, x, y: g * np.power(x, y) * np.log(np.where(x == 0, 1, x)))
rule(sp.sindg,        lambda g, ans, x: DEGREE * g * sp.cosdg(x))
rule(sp.cosdg,        lambda g, ans, x: -DEGREE * g * sp.sindg(x))
rule(sp.tandg,        lambda g, ans, x: DEGREE * g * (1 + ans * ans))
rule(sp.cotdg,        lambda g, ans, x: -DEGREE * g * (1 + ans * ans))
rule(sp.radian,       lambda g, ans, d, m, s: DEGREE * g,
                      lambda g, ans, d, m, s: DEGREE / 60 * g,
                      lambda g, ans, d, m, s: DEGREE / 3600 * g)
rule(sp.boxcox,       lambda g, ans, x, lam: g * np.power(x, lam - 1),
                      lambda g, ans, x, lam: g * np.log(x) ** 2 * exprel_slope(lam * np.log(x)))
rule(sp.boxcox1p,     lambda g, ans, x, lam: g * np.exp((lam - 1) * np.log1p(x)),
                      lambda g, ans, x, lam: g * np.log1p(x) ** 2 * exprel_slope(lam * np.log1p(x)))
rule(sp.inv_boxcox,   lambda g, ans, y, lam: g * ans / (1 + lam * y),
                      lambda g, ans, y, lam: -0.5 * g * ans * y * y * sp.hyp2f1(2, 2, 3, -lam * y))
rule(sp.inv_boxcox1p, lambda g, ans, y, lam: g * (1 + ans) / (1 + lam * y),
                      lambda g, ans, y, lam: -0.5 * g * (1 + ans) * y * y * sp.hyp2f1(2, 2, 3, -lam * y))
rule(sp.huber,        lambda g, ans, delta, r: g * np.maximum(np.abs(r) - delta, 0),
                      lambda g, ans, delta, r: g * np.clip(r, -delta, delta))
rule(sp.pseudo_huber, lambda g, ans, delta, r: g * pseudo_huber_slope(delta, r),
                      lambda g, ans, delta, r: g * r / np.hypot(1, r / delta))

# ---------------------------------------------------------------------------------- x log y, entropies

rule(sp.xlogy,        lambda g, ans, x, y: g * log_unless(x, y),    lambda g, ans, x, y: g * quotient(x, y))
rule(sp.xlog1py,      lambda g, ans, x, y: g * np.log1p(np.where((x == 0) & (y == -1), 0, y)),
                      lambda g, ans, x, y: g * quotient(x, 1 + y))
rule(sp.entr,         lambda g, ans, x: -g * (np.log(x) + 1))
rule(sp.rel_entr,     lambda g, ans, x, y: g * (log_quotient(x, y) + 1), lambda g, ans, x, y: -g * quotient(x, y))
rule(sp.kl_div,       lambda g, ans, x, y: g * log_quotient(x, y),
                      lambda g, ans, x, y: g * (1 - quotient(x, y)))

# ---------------------------------------------------------------------------------- error functions

rule(sp.erf,          lambda g, ans, x: 2 / ROOT_PI * g * np.exp(-x * x))
rule(sp.erfc,         lambda g, ans, x: -2 / ROOT_PI * g * np.exp(-x * x))
rule(sp.erfcx,        lambda g, ans, x: -2 * g * repeated_erfcx(1, x))
rule(sp.erfi,         lambda g, ans, x: 2 / ROOT_PI * g * np.exp(x * x))
rule(sp.erfinv,       lambda g, ans, x: ROOT_PI / 2 * g * np.exp(ans * ans))
rule(sp.erfcinv,      lambda g, ans, x: -ROOT_PI / 2 * g * np.exp(ans * ans))
rule(sp.ndtr,         lambda g, ans, x: g * np.exp(-0.5 * x * x) / ROOT_2_PI)
rule(sp.log_ndtr,     lambda g, ans, x: math.sqrt(2 / math.pi) * g / sp.erfcx(-x / ROOT_2))
rule(sp.ndtri,        lambda g, ans, p: ROOT_2_PI * g * np.exp(0.5 * ans * ans))
rule(sp.ndtri_exp,    lambda g, ans, y: ROOT_2_PI * g * np.exp(y + 0.5 * ans * ans))
rule(sp.dawsn,        lambda g, ans, x: g * (1 - 2 * x * ans))
rule(sp.wofz,         lambda g, ans, z: g * (2j / ROOT_PI - 2 * z * ans))
rule(sp.owens_t,      lambda g, ans, h, a: -0.5 / ROOT_2_PI * g * np.exp(-0.5 * h * h) * sp.erf(a * h / ROOT_2),
                      lambda g, ans, h, a: g * np.exp(-0.5 * h * h * (1 + a * a)) / (2 * math.pi * (1 + a * a)))

# ---------------------------------------------------------------------------------- gamma and beta

rule(sp.gamma,        lambda g, ans, x: g * ans * sp.psi(x))
rule(sp.gammaln,      lambda g, ans, x: g * sp.psi(x))
rule(sp.loggamma,     lambda g, ans, z: g * sp.psi(z))
rule(sp.rgamma,       lambda g, ans, x: g * rgamma_slope(x, ans))
rule(sp.psi,          lambda g, ans, x: g * polygamma(1, x))
rule(sp.poch,         lambda g, ans, z, m: g * ans * (sp.psi(z + m) - sp.psi(z)),
                      lambda g, ans, z, m: g * ans * sp.psi(z + m))
rule(sp.binom,        lambda g, ans, n, k: g * ans * (sp.psi(n + 1) - sp.psi(n - k + 1)),
                      lambda g, ans, n, k: g * ans * (sp.psi(n - k + 1) - sp.psi(k + 1)))
rule(sp.beta,         lambda g, ans, a, b: g * ans * (sp.psi(a) - sp.psi(a + b)),
                      lambda g, ans, a, b: g * ans * (sp.psi(b) - sp.psi(a + b)))
rule(sp.betaln,       lambda g, ans, a, b: g * (sp.psi(a) - sp.psi(a + b)),
                      lambda g, ans, a, b: g * (sp.psi(b) - sp.psi(a + b)))
rule_for_last(sp.betainc,     lambda g, ans, a, b, x: g * beta_density(a, b, x))
rule_for_last(sp.betaincc,    lambda g, ans, a, b, x: -g * beta_density(a, b, x))
rule_for_last(sp.betaincinv,  lambda g, ans, a, b, y: g / beta_density(a, b, ans))
rule_for_last(sp.gammainc,    lambda g, ans, a, x: g * gamma_density(a, x))
rule_for_last(sp.gammaincc,   lambda g, ans, a, x: -g * gamma_density(a, x))
rule_for_last(sp.gammaincinv, lambda g, ans, a, y: g / gamma_density(a, ans))
rule_for_last(sp.gammainccinv, lambda g, ans, a, y: -g / gamma_density(a, ans))
rule_for_last(sp.stdtr,       lambda g, ans, df, t: g * t_density(df, t))
rule_for_last(sp.pdtr,        lambda g, ans, k, m: -g * gamma_density(np.floor(k) + 1, m))
no_gradient(sp.gammasgn)
no_gradient(sp.round)

# ---------------------------------------------------------------------------------- Bessel functions and Struve's

rule(sp.j0,           lambda g, ans, x: -g * sp.j1(x))
rule(sp.j1,           lambda g, ans, x: 0.5 * g * (sp.j0(x) - sp.jv(2, x)))
rule(sp.y0,           lambda g, ans, x: -g * sp.y1(x))
rule(sp.y1,           lambda g, ans, x: 0.5 * g * (sp.y0(x) - sp.yv(2, x)))
rule(sp.i0,           lambda g, ans, x: g * sp.i1(x))
rule(sp.i1,           lambda g, ans, x: 0.5 * g * (sp.i0(x) + sp.iv(2, x)))
rule(sp.i0e,          lambda g, ans, x: g * (sp.i1e(x) - side(sp.i0e, x) * ans))
rule(sp.i1e,          lambda g, ans, x: g * (0.5 * (sp.i0e(x) + sp.ive(2, x)) - side(sp.i1e, x) * ans))
rule(sp.k0,           lambda g, ans, x: -g * sp.k1(x))
rule(sp.k1,           lambda g, ans, x: -0.5 * g * (sp.k0(x) + sp.kv(2, x)))
rule(sp.k0e,          lambda g, ans, x: g * (ans - sp.k1e(x)))
rule(sp.k1e,          lambda g, ans, x: g * (ans - 0.5 * (sp.k0e(x) + sp.kve(2, x))))
rule_for_last(sp.jv,  lambda g, ans, v, z: 0.5 * g * (sp.jv(v - 1, z) - sp.jv(v + 1, z)))
rule_for_last(sp.yv,  lambda g, ans, v, z: 0.5 * g * (sp.yv(v - 1, z) - sp.yv(v + 1, z)))
rule_for_last(sp.yn,  lambda g, ans, n, x: 0.5 * g * (sp.yv(n - 1, x) - sp.yv(n + 1, x)))
rule_for_last(sp.iv,  lambda g, ans, v, z: 0.5 * g * (sp.iv(v - 1, z) + sp.iv(v + 1, z)))
rule_for_last(sp.ive, lambda g, ans, v, z: g * (0.5 * (sp.ive(v - 1, z) + sp.ive(v + 1, z)) - side(sp.ive, z) * ans))
rule_for_last(sp.kv,  lambda g, ans, v, z: -0.5 * g * (sp.kv(v - 1, z) + sp.kv(v + 1, z)))
rule_for_last(sp.kn,  lambda g, ans, n, x: -0.5 * g * (sp.kv(n - 1, x) + sp.kv(n + 1, x)))
rule_for_last(sp.kve, lambda g, ans, v, z: g * (ans - 0.5 * (sp.kve(v - 1, z) + sp.kve(v + 1, z))))
rule_for_last(sp.hankel1,   lambda g, ans, v, z: 0.5 * g * (sp.hankel1(v - 1, z) - sp.hankel1(v + 1, z)))
rule_for_last(sp.hankel2,   lambda g, ans, v, z: 0.5 * g * (sp.hankel2(v - 1, z) - sp.hankel2(v + 1, z)))
rule_for_last(sp.struve,    lambda g, ans, v, x:
                            0.5 * g * (sp.struve(v - 1, x) - sp.struve(v + 1, x) + struve_term(v, x)))
rule_for_last(sp.modstruve, lambda g, ans, v, x:
                            0.5 * g * (sp.modstruve(v - 1, x) + sp.modstruve(v + 1, x) + struve_term(v, x)))

# ---------------------------------------------------------------------------------- integrals, hypergeometric functions

rule(sp.exp1,         lambda g, ans, x: -g * np.exp(-x) / x)
rule(sp.expi,         lambda g, ans, x: g * np.exp(x) / x)
rule_for_last(sp.expn, lambda g, ans, n, x: -g * lower_expn(n, x))
rule(sp.spence,       lambda g, ans, z: -g * log_over_distance(z))
rule(sp.ellipk,       lambda g, ans, m: math.pi / 8 * g * sp.hyp2f1(0.5, 0.5, 2, m) / (1 - m))
rule(sp.ellipkm1,     lambda g, ans, p: -math.pi / 8 * g * sp.hyp2f1(0.5, 0.5, 2, 1 - p) / p)
rule(sp.ellipe,       lambda g, ans, m: -math.pi / 8 * g * sp.hyp2f1(0.5, 1.5, 2, m))
rule_for_last(sp.hyp0f1, lambda g, ans, b, z: g * sp.hyp0f1(b + 1, z) / b)
rule_for_last(sp.hyp1f1, lambda g, ans, a, b, z: g * a / b * sp.hyp1f1(a + 1, b + 1, z))
rule_for_last(sp.hyp2f1, lambda g, ans, a, b, c, z: g * a * b / c * sp.hyp2f1(a + 1, b + 1, c + 1, z))
rule_for_last(sp.hyperu, lambda g, ans, a, b, x: -g * a * sp.hyperu(a + 1, b + 1, x))
# fmt: on


# ---------------------------------------------------------------------------------- functions that are no ufuncs


@primitive
def log_sum_exp(a: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """``log(sum(exp(a)))`` without overflow."""
    return sp.logsumexp(a, axis=axis, keepdims=keepdims)


def shares(ans: Any, a: Any, axis: Axis, keepdims: bool) -> Any:
    """The part of each entry in the sum of e^a; equal infinities have equal parts."""
    total = spread(ans, a, axis, keepdims)
    finite = np.where(np.isinf(total), np.where(a == total, 0, -math.inf), a)
    return softmax(finite, axis=axis)  # type: ignore[arg-type]


@primitive
def peak(a: Any, axis: Axis = None) -> Any:
    """The largest real part along the axes, which is subtracted before e^a is taken; 0 where it is infinite."""
    largest = np.max(np.real(a), axis=axis, keepdims=True)
    return np.where(np.isfinite(largest), largest, 0)


@primitive
def multigammaln(a: Any, d: int = 1) -> Any:
    """The logarithm of the gamma function of d dimensions."""
    return sp.multigammaln(a, d)


no_gradient(peak, 1, "axis")
rule(
    log_sum_exp,
    lambda g, ans, a, axis=None, keepdims=False: spread(g, a, axis, keepdims) * shares(ans, a, axis, keepdims),
)
rule(multigammaln, lambda g, ans, a, d=1: g * np.sum(sp.psi(np.expand_dims(a, -1) - np.arange(d) / 2), axis=-1))
