"""``scipy.special`` for Values: its Python functions written anew, and its ufuncs as they are."""

from typing import Any

import numpy as np
import scipy.special

from ..engine.rules import neural
from ..engine.rules import special as rules
from ..engine.rules.reductions import Axis
from .offering import missing, offered

__all__ = [
    "lambertw", "log_softmax", "logsumexp", "multigammaln", "polygamma", "sinc", "softmax", "softplus", "zeta",
]  # fmt: skip

sinc = np.sinc


def __getattr__(name: str) -> Any:
    """SciPy's own ufunc of this name."""
    found = getattr(scipy.special, name, None)
    if isinstance(found, np.ufunc):
        return found
    return missing(__name__, name, [*__all__, "all of its ufuncs"])


def __dir__() -> list[str]:
    return [*__all__, *(name for name in dir(scipy.special) if isinstance(getattr(scipy.special, name), np.ufunc))]


@offered
def logsumexp(a: Any, axis: Axis = None, b: Any = None, keepdims: bool = False, return_sign: bool = False) -> Any:
    """The logarithm of a sum of exponentials, log Σ b e^a, without overflow.

    Parameters
    ----------
    a : array_like or Value, any shape
    axis : int, tuple of int or None
        What is summed; None: all.
    b : array_like or Value, optional
        A weight for each entry, of any sign.
    keepdims : bool
        Keep the summed axes, with length 1.
    return_sign : bool
        Return log |Σ b e^a| and the sign of the sum. Without it, the logarithm of a negative sum is nan.

    Returns
    -------
    ndarray, float or Value, or a pair of them
        Its derivative with respect to a is `softmax`. Equal infinite entries share it equally.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from autograd_lite.scipy.special import logsumexp
    >>> ag.grad(logsumexp)([1000.0, 1000.0])
    array([0.5, 0.5])
    """
    a = as_array(a)
    if np.iscomplexobj(a) and return_sign:
        raise TypeError("logsumexp of complex numbers has a direction, not a sign: leave return_sign out.")
    if b is None:
        found = rules.log_sum_exp(a, axis=axis, keepdims=keepdims)
        return (found, np.sign(np.exp(found))) if return_sign else found
    a = np.broadcast_to(a, np.broadcast_shapes(np.shape(a), np.shape(b)))
    largest = rules.peak(a, axis=axis)
    total = np.sum(as_array(b) * np.exp(a - largest), axis=axis, keepdims=True)
    with np.errstate(divide="ignore"):
        if np.iscomplexobj(total):
            found, sign = np.log(total) + largest, total
        else:
            found, sign = np.log(np.abs(total)) + largest, np.sign(total)
            found = found if return_sign else np.where(sign < 0, np.nan, found)
    if not keepdims:
        found, sign = squeezed(found, axis), squeezed(sign, axis)
    return (found, sign) if return_sign else found


def as_array(x: Any) -> Any:
    """A list as an array; anything else as it is."""
    return np.asarray(x) if isinstance(x, list | tuple) else x


def squeezed(x: Any, axis: Axis) -> Any:
    """The numbers without the axes that were summed."""
    return x if np.ndim(x) == 0 else np.sum(x, axis=axis)


@offered
def softmax(x: Any, axis: Axis = None) -> Any:
    """Probabilities e^x / Σ e^x, which sum to 1 along the axis; the largest entry is subtracted first.

    Parameters
    ----------
    x : array_like or Value, any shape
    axis : int, tuple of int or None
        What is summed; None: all.

    Returns
    -------
    ndarray or Value, the shape of x

    Examples
    --------
    >>> from autograd_lite.scipy.special import softmax
    >>> softmax([0.0, 0.0])
    array([0.5, 0.5])
    """
    return neural.softmax(as_array(x), axis=axis)  # type: ignore[arg-type]


@offered
def log_softmax(x: Any, axis: Axis = None) -> Any:
    """The logarithm of `softmax`, exact where a probability would round to 0 or 1.

    Parameters
    ----------
    x : array_like or Value, any shape
    axis : int, tuple of int or None
        What is summed; None: all.

    Returns
    -------
    ndarray or Value, the shape of x

    Examples
    --------
    >>> from autograd_lite.scipy.special import log_softmax
    >>> log_softmax([1000.0, 0.0])
    array([    0., -1000.])
    """
    return neural.log_softmax(as_array(x), axis=axis)  # type: ignore[arg-type]


@offered
def softplus(x: Any) -> Any:
    """log(1 + e^x), for any x.

    Parameters
    ----------
    x : array_like or Value, any shape

    Returns
    -------
    ndarray, float or Value, the shape of x

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from autograd_lite.scipy.special import softplus
    >>> ag.grad(softplus)(0.0)
    0.5
    """
    return np.logaddexp(0, x)


@offered
def polygamma(n: Any, x: Any) -> Any:
    """The n-th derivative of the digamma function.

    Parameters
    ----------
    n : int or array_like of int
        The order; it has no derivative.
    x : array_like or Value
        Real numbers.

    Returns
    -------
    ndarray, float or Value

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from autograd_lite.scipy.special import polygamma
    >>> f"{polygamma(1, 1.0):.5f} {ag.grad(polygamma, 1)(1, 1.0):.5f}"
    '1.64493 -2.40411'
    """
    return rules.polygamma(n, x)


@offered
def multigammaln(a: Any, d: int) -> Any:
    """The logarithm of the gamma function of d dimensions.

    Parameters
    ----------
    a : array_like or Value
        Larger than (d - 1) / 2.
    d : int
        The dimension.

    Returns
    -------
    ndarray, float or Value, the shape of a

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from autograd_lite.scipy.special import digamma, multigammaln
    >>> ag.grad(multigammaln)(2.0, 1) == digamma(2.0)
    np.True_
    """
    return rules.multigammaln(a, d=d)


@offered
def zeta(x: Any, q: Any = 1.0) -> Any:
    """The zeta function of Hurwitz, Σ 1 / (k + q)^x over k = 0, 1, 2, …; of Riemann with q = 1.

    Parameters
    ----------
    x : float or array_like
        The exponent; it has no derivative.
    q : array_like or Value
        Where the sum begins.

    Returns
    -------
    ndarray, float or Value

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from autograd_lite.scipy.special import zeta
    >>> f"{zeta(2.0):.5f} {ag.grad(zeta, 1)(2.0, 1.0):.5f}"
    '1.64493 -2.40411'
    """
    return rules.zeta(x, 1.0 if q is None else q)


@offered
def lambertw(z: Any, k: int = 0, tol: float = 1e-8) -> Any:
    """The solution w of w e^w = z, a complex number.

    Parameters
    ----------
    z : array_like or Value
    k : int
        The branch.
    tol : float
        When the search for w ends.

    Returns
    -------
    ndarray, complex or Value

    Examples
    --------
    >>> import autograd_lite as ag, numpy as np
    >>> from autograd_lite.scipy.special import lambertw
    >>> ag.grad(lambda z: np.real(lambertw(z)))(0.0)
    1.0
    """
    return rules.lambertw(z, k=k, tol=tol)
