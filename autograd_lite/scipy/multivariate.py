"""Distributions of vectors, for `stats`."""

import math
from typing import Any

import numpy as np
from scipy import special as sp

from ..engine.rules import distributions as rules
from ..engine.rules import scipy_linalg as linalg
from .offering import offered


class Dirichlet:
    """The distribution of the parts of a whole."""

    @offered
    def logpdf(self, x: Any, alpha: Any) -> Any:
        """The logarithm of the density.

        Parameters
        ----------
        x : array_like or Value, shape (K,), (K, N), (K - 1,) or (K - 1, N)
            Parts that sum to 1 along the first axis; the last one may be left out.
        alpha : array_like or Value, shape (K,)

        Returns
        -------
        ndarray, float or Value, shape () or (N,)

        Examples
        --------
        >>> from autograd_lite.scipy.stats import dirichlet
        >>> f"{dirichlet.logpdf([0.2, 0.8], [2.0, 2.0]):.4f}"
        '-0.0408'
        """
        x, alpha = (np.asarray(a, float) if isinstance(a, list | tuple) else a for a in (x, alpha))
        whole = np.shape(x)[0] == np.shape(alpha)[0]
        if np.shape(x)[0] + 1 == np.shape(alpha)[0]:
            x = np.concatenate([x, np.expand_dims(1 - np.sum(x, axis=0), 0)])
        if np.ndim(alpha) != 1 or np.shape(x)[0] != np.shape(alpha)[0]:
            raise ValueError(f"alpha of shape {np.shape(alpha)} does not fit parts of shape {np.shape(x)}.")
        powers = np.reshape(alpha, (-1,) + (1,) * (np.ndim(x) - 1)) - 1
        scale = np.sum(sp.gammaln(alpha)) - sp.gammaln(np.sum(alpha))
        return np.sum(sp.xlogy(powers, rules.on_simplex(x, summed=whole)), axis=0) - scale

    @offered
    def pdf(self, x: Any, alpha: Any) -> Any:
        """The density; arguments as in `logpdf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import dirichlet
        >>> f"{dirichlet.pdf([0.5, 0.5], [2.0, 2.0]):.1f}"
        '1.5'
        """
        return np.exp(self.logpdf(x, alpha))


class MultivariateNormal:
    """The normal distribution of vectors."""

    @offered
    def logpdf(self, x: Any, mean: Any = None, cov: Any = 1.0) -> Any:
        """The logarithm of the density.

        Parameters
        ----------
        x : array_like or Value, shape (..., d)
            One vector, or many.
        mean : array_like or Value, shape (d,), optional
        cov : array_like or Value, shape (d, d), (d,) or ()
            Positive definite; its diagonal, or one number for all variances, will do. Its gradient is symmetric.

        Returns
        -------
        ndarray, float or Value

        Examples
        --------
        >>> import autograd_lite as ag
        >>> from autograd_lite.scipy.stats import multivariate_normal
        >>> ag.grad(multivariate_normal.logpdf)([2.0, 3.0], [0.0, 0.0], [1.0, 2.0])
        array([-2. , -1.5])
        """
        mean, factor = mean_and_factor(mean, cov)
        d = np.shape(mean)[0]
        x = np.asarray(x, float) if isinstance(x, list | tuple) else x
        x = np.reshape(x, (-1, 1) if d == 1 else (1, -1)) if np.ndim(x) < 2 else x
        if np.shape(x)[-1] != d:
            raise ValueError(f"x of shape {np.shape(x)} does not fit a distribution of {d} dimensions.")
        columns = np.transpose(np.reshape(x - mean, (-1, d)))
        squares = np.sum(np.square(linalg.solve_triangular(factor, columns, lower=True)), axis=0)
        found = -0.5 * squares - 0.5 * d * math.log(2 * math.pi) - half_log_det(factor)
        return np.reshape(found, tuple(n for n in np.shape(x)[:-1] if n != 1)) if np.size(x) != d else found[0]

    @offered
    def pdf(self, x: Any, mean: Any = None, cov: Any = 1.0) -> Any:
        """The density; arguments as in `logpdf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import multivariate_normal
        >>> f"{multivariate_normal.pdf([0.0, 0.0], [0.0, 0.0]):.4f}"
        '0.1592'
        """
        return np.exp(self.logpdf(x, mean, cov))

    @offered
    def entropy(self, mean: Any = None, cov: Any = 1.0) -> Any:
        """The differential entropy, which does not depend on the mean; arguments as in `logpdf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import multivariate_normal
        >>> f"{multivariate_normal.entropy([0.0, 0.0]):.4f}"
        '2.8379'
        """
        mean, factor = mean_and_factor(mean, cov)
        return 0.5 * np.shape(mean)[0] * (1 + math.log(2 * math.pi)) + half_log_det(factor)


def mean_and_factor(mean: Any, cov: Any) -> tuple[Any, Any]:
    """The mean as a vector, and the lower Cholesky factor of the covariance as a matrix."""
    mean, cov = (np.asarray(a, float) if isinstance(a, list | tuple) else a for a in (mean, cov))
    d = np.size(mean) if mean is not None else np.shape(cov)[-1] if np.ndim(cov) == 2 else 1
    mean = np.zeros(d) if mean is None else np.reshape(mean, (d,))
    cov = np.reshape(cov, (-1,)) * np.eye(d) if np.ndim(cov) < 2 else cov
    # A list of variances needs a mean that says how many there are, as SciPy has it.
    if np.shape(cov) != (d, d):
        raise ValueError(f"A covariance of shape {np.shape(cov)} does not fit a mean of {d} entries.")
    return mean, linalg.cholesky(cov, lower=True)


def half_log_det(factor: Any) -> Any:
    """Half the logarithm of the determinant of the covariance."""
    places = np.arange(np.shape(factor)[0])
    return np.sum(np.log(factor[places, places]))


dirichlet = Dirichlet()
multivariate_normal = MultivariateNormal()
