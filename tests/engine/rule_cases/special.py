"""Rows: SciPy's special functions."""

import numpy as np
from scipy import special as sp

import autograd_lite.scipy.special
from autograd_lite.engine.rules import special

from .table import ANY, FAR, POS, along_axes, between, off_zero, row

UNIT = between(0.1, 0.9)
ABOVE = between(1.2, 4)

# fmt: off
for ufunc in (sp.expit, sp.log_expit, sp.exp2, sp.exp10, sp.cosm1, sp.exprel, sp.erfcx, sp.ndtr,
              sp.log_ndtr):
    row(ufunc, "*", ANY)
for ufunc in (sp.expm1, sp.erf, sp.erfc, sp.erfi, sp.dawsn, sp.wofz):
    row(ufunc, "*", between(-1, 1), complex=True)
row(sp.log1p,        "*",   between(-0.6, 2), complex=True)
row(sp.logit,        "*",   UNIT)
row(sp.cbrt,         "*",   FAR)
for ufunc in (sp.sindg, sp.cosdg):
    row(ufunc, "*", ANY, lambda x, f=ufunc: f(60 * x))
row(sp.tandg,        "*",   between(-1, 1), lambda x: sp.tandg(60 * x))
row(sp.cotdg,        "*",   between(0.6, 2), lambda x: sp.cotdg(60 * x))
row(sp.radian,       "*,*", ANY, lambda x, y: sp.radian(60 * x, 3600 * y, 2e5 * x * y))
row(sp.powm1,        "*,*", POS)
for ufunc in (sp.boxcox, sp.boxcox1p):
    row(ufunc, "*,*", (POS, ANY))
    row(ufunc, "*",   POS, lambda x, f=ufunc: f(x, 0.0), lambda x, f=ufunc: f(x, 1))
for ufunc in (sp.inv_boxcox, sp.inv_boxcox1p):
    row(ufunc, "*,*", (between(0.2, 0.9), between(-0.9, 0.9)))
    row(ufunc, "*",   UNIT, lambda x, f=ufunc: f(x, 1))
row(sp.huber,        "*,*", (between(0.5, 0.9), off_zero(0.1, 0.4)), sp.huber, lambda x, y: sp.huber(x, 10 * y))
row(sp.pseudo_huber, "*,*", (POS, ANY))
row(sp.xlogy,        "*,*", (ANY, POS), sp.xlogy, lambda x, y: sp.xlogy(0.0 * x, y), complex=True)
row(sp.xlog1py,      "*,*", (ANY, POS), complex=True)
row(sp.entr,         "*",   POS)
row(sp.rel_entr,     "*,*", POS)
row(sp.kl_div,       "*,*", POS)

row(sp.erfinv,       "*",   between(-0.8, 0.8))
row(sp.erfcinv,      "*",   between(0.2, 1.8))
row(sp.ndtri,        "*",   UNIT)
row(sp.ndtri_exp,    "*",   between(-3, -0.2))
row(sp.owens_t,      "*,*", ANY)
row(special.repeated_erfcx, "*", between(-1, 1.9), lambda x: special.repeated_erfcx(1, x))
row(special.repeated_erfcx, "*", between(2.1, 9),  lambda x: special.repeated_erfcx(2, x))

for ufunc in (sp.gamma, sp.gammaln, sp.rgamma, sp.psi):
    row(ufunc, "*", POS)
    row(ufunc, "*", between(-1.8, -1.2))
row(sp.loggamma,     "*",   POS)
row(sp.poch,         "*,*", POS)
row(sp.binom,        "*,*", (between(3, 5), POS))
row(sp.beta,         "*,*", POS)
row(sp.betaln,       "*,*", POS)
for ufunc in (sp.betainc, sp.betaincc, sp.betaincinv):
    row(ufunc, "*", UNIT, lambda x, f=ufunc: f(0.8, 2.5, x), lambda x, f=ufunc: f(2, 1.0, x))
for ufunc in (sp.gammainc, sp.gammaincc):
    row(ufunc, "*", POS, lambda x, f=ufunc: f(0.8, x), lambda x, f=ufunc: f(1, x), lambda x, f=ufunc: f(5.5, x))
for ufunc in (sp.gammaincinv, sp.gammainccinv):
    row(ufunc, "*", UNIT, lambda x, f=ufunc: f(0.8, x), lambda x, f=ufunc: f(2, x))
row(sp.stdtr,        "*",   ANY, lambda x: sp.stdtr(2.5, x), lambda x: sp.stdtr(4, x))
row(sp.pdtr,         "*",   POS, lambda x: sp.pdtr(2, x), lambda x: sp.pdtr(0, x))
row(special.polygamma, "*", POS, lambda x: special.polygamma(0, x), lambda x: special.polygamma(2, x))
row(special.zeta,    "*",   POS, lambda x: special.zeta(2.5, x))

for ufunc in (sp.j0, sp.j1, sp.i0, sp.i1):
    row(ufunc, "*", ANY)
for ufunc in (sp.i0e, sp.i1e):
    row(ufunc, "*", FAR)
for ufunc in (sp.y0, sp.y1, sp.k0, sp.k1, sp.k0e, sp.k1e):
    row(ufunc, "*", POS)
for ufunc in (sp.jv, sp.yv, sp.iv, sp.kv, sp.kve, sp.hankel1, sp.hankel2):
    row(ufunc, "*", POS, lambda x, f=ufunc: f(1.5, x), lambda x, f=ufunc: f(2, x), lambda x, f=ufunc: f(0, x),
        complex=True)
row(sp.jv,           "*",   ANY, lambda x: sp.jv(0, x), lambda x: sp.jn(3, x), complex=True)
row(sp.ive,          "*",   POS, lambda x: sp.ive(1.5, x))
row(sp.ive,          "*",   FAR, lambda x: sp.ive(2, x))
row(sp.yn,           "*",   POS, lambda x: sp.yn(0, x), lambda x: sp.yn(3, x))
row(sp.kn,           "*",   POS, lambda x: sp.kn(0, x), lambda x: sp.kn(3, x))
for ufunc in (sp.struve, sp.modstruve):
    row(ufunc, "*", POS, lambda x, f=ufunc: f(1, x), lambda x, f=ufunc: f(0.5, x))

for ufunc in (sp.exp1, sp.expi):
    row(ufunc, "*", POS, complex=True)
row(sp.expi,         "*",   between(-2, -0.3))
row(sp.expn,         "*",   POS, lambda x: sp.expn(0, x), lambda x: sp.expn(1, x), lambda x: sp.expn(4, x))
row(sp.spence,       "*",   POS, complex=True)
row(sp.spence,       "*",   between(0.9, 1.1))
row(sp.ellipk,       "*",   between(-0.9, 0.8))
row(sp.ellipe,       "*",   between(-0.9, 0.8))
row(sp.ellipkm1,     "*",   between(0.2, 1.5))
row(sp.hyp0f1,       "*",   ANY, lambda x: sp.hyp0f1(1.5, x), complex=True)
row(sp.hyp1f1,       "*",   ANY, lambda x: sp.hyp1f1(0.5, 1.5, x), lambda x: sp.hyp1f1(-2, 3, x), complex=True)
row(sp.hyp2f1,       "*",   between(-0.6, 0.6), lambda x: sp.hyp2f1(0.5, 1, 1.5, x))
row(sp.hyperu,       "*",   POS, lambda x: sp.hyperu(0.5, 1.5, x))
row(special.lambertw, "*",  POS, special.lambertw, lambda x: special.lambertw(x, k=-1),
    lambda x: special.lambertw(x, 1), complex=True)
row(special.lambertw, "*",  between(-0.3, -0.1), lambda x: np.real(special.lambertw(x, -1)), special.lambertw)
# fmt: on


# ------------------------------------------------------------------------- functions that are no ufuncs

ours = autograd_lite.scipy.special
SIGNED = (ANY, off_zero(0.5, 0.6))

# fmt: off
row(special.log_sum_exp, "IJ", ANY, special.log_sum_exp, lambda x: special.log_sum_exp(x, axis=0), complex=True)
row(special.multigammaln, "*", ABOVE, lambda x: special.multigammaln(x, d=3))
along_axes(ours.logsumexp, ANY, "IJK", complex=True)
row(ours.logsumexp,   "IJ,IJ", (ANY, POS), lambda x, b: ours.logsumexp(x, axis=0, b=b),
    lambda x, b: ours.logsumexp(x, b=b, keepdims=True), complex=True)
row(ours.logsumexp,   "I,KI", (ANY, POS), lambda x, b: ours.logsumexp(x, axis=0, b=b), complex=True)
row(ours.logsumexp,   "3,3",  (ANY, POS), lambda x, b: ours.logsumexp(x, b=-b, return_sign=True),
    lambda x, b: ours.logsumexp(x + b, return_sign=True))
row(ours.logsumexp,   "I1",   ANY, lambda x: ours.logsumexp(x, axis=1, b=2.0))
for softened in (ours.softmax, ours.log_softmax):
    row(softened, "IJ", ANY, softened, lambda x, f=softened: f(x, axis=0), lambda x, f=softened: f(x, (0, -1)))
    row(softened, "", ANY)
row(ours.softplus,    "*",   ANY)
row(ours.polygamma,   "*",   POS, lambda x: ours.polygamma(1, x))
row(ours.multigammaln, "*",  ABOVE, lambda x: ours.multigammaln(x, 2))
row(ours.zeta,        "*",   POS, lambda x: ours.zeta(3, x))
row(ours.lambertw,    "*",   POS, lambda x: ours.lambertw(x, k=-1, tol=1e-12), complex=True)
# fmt: on
