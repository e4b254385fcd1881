"""Rows: SciPy's distributions."""

from typing import Any

import numpy as np

from autograd_lite.engine.rules import distributions as rules
from autograd_lite.scipy import multivariate, stats
from autograd_lite.scipy.stats import beta, chi2, dirichlet, gamma, multivariate_normal, norm, poisson, t

from .table import ANY, POS, between, row

Continuous, Poisson = stats.Continuous, stats.Poisson
UNIT = between(0.1, 0.9)


def positive(x: Any) -> Any:
    """A symmetric positive definite matrix."""
    return x @ np.swapaxes(x, -1, -2) + np.eye(np.shape(x)[-1])


# fmt: off
for name in ("pdf", "logpdf", "cdf", "logcdf", "sf", "logsf"):
    f = getattr(Continuous, name)
    of_norm, of_t, of_gamma, of_chi2, of_beta = (getattr(d, name) for d in (norm, t, gamma, chi2, beta))
    row(f, "*",   ANY,   of_norm, lambda x, f=of_t: f(x, 2.5), lambda x, f=of_norm: f(x, 0.5, 2.0))
    row(f, "*,*", (ANY, POS), lambda x, s, f=of_norm: f(x, s, s), lambda x, s, f=of_norm: f(x, scale=s),
        lambda x, s, f=of_t: f(x, 3, loc=x * s, scale=s))
    row(f, "*",   UNIT,  lambda x, f=of_beta: f(x, 2.5, 1.5), lambda x, f=of_beta: f(x, a=1, b=0.5, scale=1.5))
    row(f, "*",   POS,   lambda x, f=of_gamma: f(x, 1.5), lambda x, f=of_gamma: f(x, 1, -0.5, 2.0),
        lambda x, f=of_chi2: f(x, 3), lambda x, f=of_chi2: f(x, df=2, scale=2.0))
for name in ("pdf", "logpdf"):
    f = getattr(Continuous, name)
    for distribution in (t, gamma, chi2):
        row(f, "*,*", POS, getattr(distribution, name))
    of_beta = getattr(beta, name)
    row(f, "*,*", (UNIT, POS), lambda x, a, f=of_beta: f(x, a, 2 * a), lambda x, a, f=of_beta: f(x, 2.0, a))
for name in ("pmf", "logpmf", "cdf"):
    of_poisson = getattr(poisson, name)
    row(getattr(Poisson, name), "*", POS, lambda m, f=of_poisson: f(3, m), lambda m, f=of_poisson: f(0, m),
        lambda m, f=of_poisson: f(4, mu=m, loc=1))
row(Poisson.pmf, "I", POS, lambda m: poisson.pmf(np.arange(4)[:, None], m))
row(rules.on_simplex, "2J", between(0.1, 0.4), lambda x: rules.on_simplex(np.vstack([x, 1 - np.sum(x, axis=0)])))
for name in ("pdf", "logpdf"):
    f = getattr(multivariate.Dirichlet, name)
    row(f, "2,3",  (between(0.1, 0.4), POS), getattr(dirichlet, name))
    row(f, "2J,3", (between(0.1, 0.4), POS), getattr(dirichlet, name))
    of_parts = getattr(dirichlet, name)
    row(f, "3,3",  POS, lambda x, a, f=of_parts: f(x / np.sum(x), a))
    f, of_many = getattr(multivariate.MultivariateNormal, name), getattr(multivariate_normal, name)
    row(f, "I,I,II",   ANY, lambda x, m, c, f=of_many: f(x, m, positive(c)))
    row(f, "IJ,J,JJ",  ANY, lambda x, m, c, f=of_many: f(x, m, positive(c)))
    row(f, "2IJ,JJ",   ANY, lambda x, c, f=of_many: f(x, cov=positive(c)))
    row(f, "I,I,",     (ANY, ANY, POS), of_many)
    row(f, "I,",       (ANY, POS), lambda x, c, f=of_many: f(x, cov=c))
    row(f, "I,I",      (ANY, POS), lambda x, c, f=of_many: f(x, 0 * x, c))
    row(f, "I",        ANY, of_many)
    row(f, ",,",       (ANY, ANY, POS), of_many)
row(multivariate.MultivariateNormal.entropy, "II", ANY, lambda c: multivariate_normal.entropy(cov=positive(c)))
row(multivariate.MultivariateNormal.entropy, "",   POS, lambda c: multivariate_normal.entropy(np.zeros(2), c))
# fmt: on
