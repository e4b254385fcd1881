"""``scipy.stats`` for Values: densities and distribution functions, such as ``norm.logpdf(x, loc, scale)``.

A distribution is a line of a table: the logarithm of its standard density, and SciPy's special functions for the area
under it. They take plain numbers and arrays as well. Impossible parameters (a negative scale) give nan.
"""

import math
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from scipy import special as sp

from .multivariate import dirichlet, multivariate_normal
from .offering import missing, offered

__all__ = ["beta", "chi2", "dirichlet", "gamma", "multivariate_normal", "norm", "poisson", "t"]

Density = Callable[..., Any]


def __getattr__(name: str) -> NoReturn:
    missing(__name__, name, __all__)


class Continuous:
    """A distribution with a density, which can be moved (``loc``) and stretched (``scale``).

    Parameters
    ----------
    shapes : str
        The names of its other parameters, which are positive.
    log_density : callable
        ``log_density(z, *shapes)``, for loc 0 and scale 1.
    below, above : callable
        The area under the density below and above z: ``below(z, *shapes)``.
    log_below, log_above : callable, optional
        Their logarithms, where there is a better way than to take them.
    support : (float, float)
        Where the density is positive.
    """

    def __init__(
        self,
        shapes: str,
        log_density: Density,
        below: Density,
        above: Density,
        *,
        log_below: Density | None = None,
        log_above: Density | None = None,
        support: tuple[float, float] = (-math.inf, math.inf),
    ) -> None:
        self.names = (*shapes.split(), "loc", "scale")
        self.log_density = log_density
        self.below, self.above = below, above
        self.log_below = log_below or logarithm(below, above)
        self.log_above = log_above or logarithm(above, below)
        self.low, self.high = support

    def standard(self, x: Any, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """The standardized number, the shapes, the scale, and whether the parameters are possible."""
        values = given(self.names, {"loc": 0.0, "scale": 1.0}, args, named)
        *shapes, loc, scale = [as_array(value) for value in values]
        possible = scale > 0
        for shape in shapes:
            possible = np.logical_and(possible, shape > 0)
        scale = np.where(scale > 0, scale, 1.0)
        return (as_array(x) - loc) / scale, [np.where(s > 0, s, 1.0) for s in shapes], scale, possible

    def area(self, function: Density, x: Any, args: tuple[Any, ...], named: dict[str, Any], ends: Any) -> Any:
        """An area under the density, and what it is at both ends of the support."""
        z, shapes, _, possible = self.standard(x, args, named)
        inside = (z > self.low) & (z < self.high)
        found = function(np.where(inside, z, self.middle), *shapes)
        return number(possible, np.where(inside, found, np.where(z <= self.low, *ends)), np.nan)

    @property
    def middle(self) -> float:
        """A number inside the support."""
        return 0.5 if self.low == 0 else 0.0

    @offered
    def logpdf(self, x: Any, *args: Any, **named: Any) -> Any:
        """The logarithm of the density.

        Parameters
        ----------
        x : array_like or Value
        *args, **named : array_like or Value
            The parameters: the distribution's own, then loc and scale.

        Returns
        -------
        ndarray, float or Value

        Examples
        --------
        >>> import autograd_lite as ag
        >>> from autograd_lite.scipy.stats import norm
        >>> ag.grad(norm.logpdf)(3.0, loc=1.0)
        -2.0
        """
        z, shapes, scale, possible = self.standard(x, args, named)
        inside = (z >= self.low) & (z <= self.high)
        found = self.log_density(np.where(inside, z, self.middle), *shapes) - np.log(scale)
        return number(possible, np.where(inside, found, -np.inf), np.nan)

    @offered
    def pdf(self, x: Any, *args: Any, **named: Any) -> Any:
        """The density; parameters as in `logpdf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import gamma
        >>> f"{gamma.pdf(1.0, 2.0):.4f}"
        '0.3679'
        """
        return np.exp(self.logpdf(x, *args, **named))

    @offered
    def cdf(self, x: Any, *args: Any, **named: Any) -> Any:
        """The probability of a number up to x; parameters as in `logpdf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import t
        >>> float(t.cdf(0.0, df=3))
        0.5
        """
        return self.area(self.below, x, args, named, (0.0, 1.0))

    @offered
    def sf(self, x: Any, *args: Any, **named: Any) -> Any:
        """The probability of a number beyond x, 1 - cdf; parameters as in `logpdf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import norm
        >>> f"{norm.sf(9.0):.3e}"
        '1.129e-19'
        """
        return self.area(self.above, x, args, named, (1.0, 0.0))

    @offered
    def logcdf(self, x: Any, *args: Any, **named: Any) -> Any:
        """The logarithm of `cdf`; parameters as in `logpdf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import norm
        >>> f"{norm.logcdf(-50.0):.3f}"
        '-1254.831'
        """
        return self.area(self.log_below, x, args, named, (-math.inf, 0.0))

    @offered
    def logsf(self, x: Any, *args: Any, **named: Any) -> Any:
        """The logarithm of `sf`; parameters as in `logpdf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import norm
        >>> f"{norm.logsf(50.0):.3f}"
        '-1254.831'
        """
        return self.area(self.log_above, x, args, named, (0.0, -math.inf))


class Poisson:
    """The distribution of the number of events, ``mu`` of them on average."""

    @staticmethod
    def standard(k: Any, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, Any, Any]:
        """The number of events, their mean, and whether there may be such a mean."""
        mu, loc = map(as_array, given(("mu", "loc"), {"loc": 0}, args, named))
        return as_array(k) - loc, np.where(mu >= 0, mu, 1.0), mu >= 0

    @offered
    def logpmf(self, k: Any, *args: Any, **named: Any) -> Any:
        """The logarithm of the probability of k events.

        Parameters
        ----------
        k : int, or array_like of int
            It has no derivative; numbers that are not whole have probability 0.
        mu : array_like or Value
        loc : int, optional

        Returns
        -------
        ndarray, float or Value

        Examples
        --------
        >>> import autograd_lite as ag
        >>> from autograd_lite.scipy.stats import poisson
        >>> ag.grad(poisson.logpmf, 1)(3, 2.0)
        0.5
        """
        k, mu, possible = self.standard(k, args, named)
        events = whole(k)
        found = sp.xlogy(events, mu) - sp.gammaln(events + 1) - mu
        return number(possible, np.where(events == k, found, -np.inf), np.nan)

    @offered
    def pmf(self, k: Any, *args: Any, **named: Any) -> Any:
        """The probability of k events; parameters as in `logpmf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import poisson
        >>> f"{poisson.pmf(0, 1.0):.4f}"
        '0.3679'
        """
        return np.exp(self.logpmf(k, *args, **named))

    @offered
    def cdf(self, k: Any, *args: Any, **named: Any) -> Any:
        """The probability of at most k events; parameters as in `logpmf`.

        Examples
        --------
        >>> from autograd_lite.scipy.stats import poisson
        >>> f"{poisson.cdf(1, 1.0):.4f}"
        '0.7358'
        """
        k, mu, possible = self.standard(k, args, named)
        found = sp.pdtr(whole(k), mu)
        return number(possible, np.where(k >= 0, found, 0.0), np.nan)


def logarithm(area: Density, rest: Density) -> Density:
    """The logarithm of an area, from what is missing to 1 where that is the smaller part."""

    def log_area(z: Any, *shapes: Any) -> Any:
        found, other = area(z, *shapes), rest(z, *shapes)
        small = found < 0.5
        return np.where(small, np.log(np.where(small, found, 1.0)), np.log1p(-np.where(small, 0.0, other)))

    return log_area


def number(possible: Any, found: Any, otherwise: float) -> Any:
    """What was found, and nan for impossible parameters; a number where SciPy returns one."""
    chosen = np.where(possible, found, otherwise)
    return chosen[()] if isinstance(chosen, np.ndarray) else chosen


def whole(k: Any) -> Any:
    """The next lower number of events; of a Python number one of Python's, which leaves float32 what it is."""
    events = np.maximum(np.floor(k), 0)
    return float(events) if isinstance(events, np.generic) else events


def given(
    names: tuple[str, ...], defaults: dict[str, Any], args: tuple[Any, ...], named: dict[str, Any]
) -> tuple[Any, ...]:
    """The parameters in their order, however they were given."""
    found = defaults | dict(zip(names, args, strict=False)) | named
    twice = [name for name in names[: len(args)] if name in named]
    if len(args) > len(names) or twice or set(found) != set(names):
        raise TypeError(
            f"The parameters are {', '.join(names)}; there were {len(args)} without a name, and {list(named)}."
        )
    return tuple(found[name] for name in names)


def as_array(x: Any) -> Any:
    """A list as an array; anything else as it is."""
    return np.asarray(x, float) if isinstance(x, list | tuple) else x


HALF_LINE = (0.0, math.inf)

# fmt: off
norm = Continuous(
    "",
    lambda z: -0.5 * z * z - 0.5 * math.log(2 * math.pi),
    lambda z: sp.ndtr(z),      lambda z: sp.ndtr(-z),
    log_below=lambda z: sp.log_ndtr(z), log_above=lambda z: sp.log_ndtr(-z),
)
t = Continuous(
    "df",
    lambda z, df: -sp.betaln(0.5, df / 2) - 0.5 * np.log(df) - (df + 1) / 2 * np.log1p(z * z / df),
    lambda z, df: sp.stdtr(df, z), lambda z, df: sp.stdtr(df, -z),
)
gamma = Continuous(
    "a",
    lambda z, a: sp.xlogy(a - 1, z) - z - sp.gammaln(a),
    lambda z, a: sp.gammainc(a, z), lambda z, a: sp.gammaincc(a, z), support=HALF_LINE,
)
chi2 = Continuous(
    "df",
    lambda z, df: sp.xlogy(df / 2 - 1, z / 2) - z / 2 - sp.gammaln(df / 2) - math.log(2),
    lambda z, df: sp.gammainc(df / 2, z / 2), lambda z, df: sp.gammaincc(df / 2, z / 2), support=HALF_LINE,
)
beta = Continuous(
    "a b",
    lambda z, a, b: sp.xlogy(a - 1, z) + sp.xlog1py(b - 1, -z) - sp.betaln(a, b),
    lambda z, a, b: sp.betainc(a, b, z), lambda z, a, b: sp.betaincc(a, b, z), support=(0.0, 1.0),
)
poisson = Poisson()
# fmt: on
