"""Averages, covariances, counts in bins."""

import warnings
from typing import Any

import numpy as np

from .indexing import Place, item_at
from .reductions import Axis, count, weights_beside
from .shapes import no_out, of_dtype
from .table import composite, no_gradient, primitive, rule

# ---------------------------------------------------------------------------------- averages


@composite(np.ptp)
def ptp(a: Any, axis: Axis = None, out: None = None, keepdims: bool = False) -> Any:
    """``np.ptp``: from the smallest to the largest."""
    no_out(np.ptp, out)
    return np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)


@primitive
def not_zero(total: Any) -> Any:
    """The sum of weights, if one can divide by it."""
    if np.any(np.equal(total, 0)):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    return +total


rule(not_zero, lambda g, ans, total: g)


@composite(np.average)
def average(a: Any, axis: Axis = None, weights: Any = None, returned: bool = False, *, keepdims: bool = False) -> Any:
    """``np.average``: a mean with weights; with ``returned`` also their sum."""
    if weights is None:
        found: Any = np.mean(a, axis=axis, keepdims=keepdims)
        total: Any = float(count(a, axis))
    else:
        beside = weights_beside(a, weights, axis)
        total = not_zero(np.sum(beside, axis=axis, keepdims=keepdims))
        found = np.sum(a * beside, axis=axis, keepdims=keepdims) / total
    return (found, np.copy(np.broadcast_to(total, np.shape(found)))) if returned else found


# ---------------------------------------------------------------------------------- covariances


@primitive
def weights_of_observations(weights: Any, whole: bool = False) -> Any:
    """Weights for ``np.cov``: none is negative, and those that count observations are whole."""
    if whole and np.any(weights != np.round(weights)):
        raise TypeError("fweights must be integer")
    if np.any(np.less(weights, 0)):
        raise ValueError("Weights of observations cannot be negative")
    return np.array(weights, float)


rule(weights_of_observations, lambda g, ans, weights, whole=False: g)


def fitting(weights: Any, observations: int, whole: bool) -> Any:
    """The weights, if there is one for each observation."""
    if np.shape(weights) != (observations,):
        raise RuntimeError(f"Weights of shape {np.shape(weights)} do not fit {observations} observations.")
    return weights_of_observations(weights, whole=whole)


def as_rows(x: Any, turned: bool, dtype: Any) -> Any:
    """Observations as a matrix with a row for each variable."""
    if np.ndim(x) > 2:
        raise ValueError(f"np.cov takes vectors and matrices; it was given an array of shape {np.shape(x)}.")
    x = of_dtype(x, np.result_type(x, np.float64) if dtype is None else dtype)
    x = np.reshape(x, (1, np.size(x))) if np.ndim(x) < 2 else x
    return np.transpose(x) if turned else x


def degrees_of_freedom(n: int, w: Any, aweights: Any, ddof: int) -> Any:
    """What ``np.cov`` divides by: the observations, weighed, less those that the mean takes."""
    if w is None:
        return n - ddof
    total = np.sum(w)
    if ddof == 0:
        return total
    return total - ddof if aweights is None else total - ddof * np.sum(w * aweights) / total


@composite(np.cov)
def cov(
    m: Any, y: Any = None, rowvar: bool = True, bias: bool = False, ddof: int | None = None, fweights: Any = None,
    aweights: Any = None, *, dtype: Any = None,
) -> Any:  # fmt: skip
    """``np.cov``: products of the deviations from the mean, averaged."""
    if ddof is not None and ddof != int(ddof):
        raise ValueError("ddof must be integer")
    ddof = (0 if bias else 1) if ddof is None else ddof
    x = as_rows(m, not rowvar and np.ndim(m) == 2, dtype)
    if y is not None:
        x = np.concatenate([x, as_rows(y, not rowvar and np.ndim(y) == 2 and np.shape(y)[0] != 1, dtype)], axis=0)
    n = np.shape(x)[1]
    fweights = None if fweights is None else fitting(fweights, n, whole=True)
    aweights = None if aweights is None else fitting(aweights, n, whole=False)
    w = fweights if aweights is None else aweights if fweights is None else fweights * aweights
    deviations = x - np.average(x, axis=1, weights=w, keepdims=True)
    weighed = deviations if w is None else deviations * w
    freedom = degrees_of_freedom(n, w, aweights, ddof)
    if isinstance(freedom, int | float) and freedom <= 0:
        warnings.warn("Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=2)
    products = deviations @ np.transpose(np.conjugate(weighed) if np.iscomplexobj(weighed) else weighed)
    return np.squeeze(products / np.maximum(freedom, 0.0))


@composite(np.corrcoef)
def corrcoef(x: Any, y: Any = None, rowvar: bool = True, *, dtype: Any = None) -> Any:
    """``np.corrcoef``: covariances over the standard deviations of both."""
    c = cov(x, y, rowvar, dtype=dtype)
    if np.ndim(c) == 0:
        return c / c
    each = np.arange(len(c))
    spread = np.sqrt(np.real(c[each, each]))
    found = c / spread[:, None] / spread[None, :]
    if not np.iscomplexobj(found):
        return np.clip(found, -1, 1)
    return np.clip(np.real(found), -1, 1) + 1j * np.clip(np.imag(found), -1, 1)


# ---------------------------------------------------------------------------------- counts


@primitive
def sums_in_bins(x: Any, weights: Any, minlength: int = 0) -> Any:
    """``np.bincount`` with weights."""
    return np.bincount(x, weights, minlength)


@primitive
def numbers_in_bins(x: Any, minlength: int = 0) -> Any:
    """``np.bincount`` without weights."""
    return np.bincount(x, minlength=minlength)


@primitive
def bin_of(x: Any, edges: Any) -> Any:
    """The number of the bin of ``np.histogram`` that each entry falls into; one past the last for none of them."""
    n = len(edges) - 1
    bins = np.searchsorted(edges, x, side="right") - 1
    bins = np.where(x == edges[-1], n - 1, bins)  # the last bin has both its edges
    return np.where(bins < 0, n, np.minimum(bins, n))


rule(sums_in_bins, None, lambda g, ans, x, weights, minlength=0: item_at(g, x, index=(Place(0),)), symbol="bincount")
no_gradient(numbers_in_bins, 1, "minlength", symbol="bincount")
no_gradient(bin_of, 2)
no_gradient(np.digitize, 2, "right")
no_gradient(np.histogram_bin_edges, 1, "bins", "range")


@composite(np.bincount)
def bincount(x: Any, weights: Any = None, minlength: int = 0) -> Any:
    """``np.bincount``: how many entries have each number, or the sum of their weights."""
    if weights is None:
        return numbers_in_bins(x, minlength=minlength)
    return sums_in_bins(x, weights, minlength=minlength)


@composite(np.histogram)
def histogram(a: Any, bins: Any = 10, range: Any = None, density: Any = None, weights: Any = None) -> tuple[Any, Any]:
    """``np.histogram``: its edges and its counts are flat in the entries; the sums follow the weights."""
    if weights is not None and np.shape(weights) != np.shape(a):
        raise ValueError("weights should have the same shape as a.")
    edges = np.histogram_bin_edges(a, bins=bins, range=range)
    n = len(edges) - 1
    numbers = bin_of(np.ravel(a), edges)
    inside = bincount(numbers, None if weights is None else np.ravel(weights), minlength=n + 1)[:n]
    inside = inside if weights is None else of_dtype(inside, np.result_type(weights, np.float16))
    return (inside / (edges[1:] - edges[:-1]) / np.sum(inside) if density else inside), edges
