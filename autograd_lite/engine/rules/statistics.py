"""Averages, medians and quantiles, covariances, counts in bins."""

import math
import warnings
from typing import Any

import numpy as np

from .indexing import Place, item_at
from .reductions import Axis, count, no_out
from .shapes import of_dtype
from .table import composite, no_gradient, primitive, rule

# ---------------------------------------------------------------------------------- averages


@composite(np.ptp)
def ptp(a: Any, axis: Axis = None, out: None = None, keepdims: bool = False) -> Any:
    """``np.ptp``: from the smallest to the largest."""
    no_out(out)
    return np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)


@primitive
def not_zero(total: Any) -> Any:
    """The sum of weights, if one can divide by it."""
    if np.any(np.equal(total, 0)):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    return +total


rule(not_zero, lambda g, ans, total: g)


def weights_beside(a: Any, weights: Any, axis: Axis) -> Any:
    """Weights that broadcast against what they weigh: one for each entry, or one for each place along the axes."""
    shape = np.shape(a)
    if np.shape(weights) == shape:
        return weights
    if axis is None:
        raise TypeError(f"Weights of shape {np.shape(weights)} for entries of shape {shape} need an axis.")
    axes = np.lib.array_utils.normalize_axis_tuple(axis, len(shape))
    if np.shape(weights) != tuple(shape[i] for i in axes):
        raise ValueError(f"Weights of shape {np.shape(weights)} do not fit the axes {axes} of the shape {shape}.")
    in_order = np.transpose(weights, tuple(int(i) for i in np.argsort(axes)))
    return np.reshape(in_order, tuple(n if i in axes else 1 for i, n in enumerate(shape)))


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


# ---------------------------------------------------------------------------------- medians and quantiles


def reduced_last(x: Any, axis: Axis) -> Any:
    """The reduced axes as one, which is the last."""
    if axis is None:
        return np.reshape(x, (np.size(x),))
    shape = np.shape(x)
    axes = np.lib.array_utils.normalize_axis_tuple(axis, len(shape))
    kept = tuple(i for i in range(len(shape)) if i not in axes)
    return np.reshape(np.transpose(x, kept + axes), (*(shape[i] for i in kept), math.prod(shape[i] for i in axes)))


def with_ones(x: Any, axis: Axis) -> tuple[int, ...]:
    """The shape of a reduction that keeps its axes."""
    shape = np.shape(x)
    axes = range(len(shape)) if axis is None else np.lib.array_utils.normalize_axis_tuple(axis, len(shape))
    return tuple(1 if i in axes else n for i, n in enumerate(shape))


def numbers_first(a: Any, axis: Axis) -> tuple[Any, Any]:
    """Sorted rows, in which nan comes last, and how many numbers each has."""
    ordered = np.sort(reduced_last(a, axis), axis=-1)
    n = np.sum(np.logical_not(np.isnan(ordered)), axis=-1, keepdims=True)
    return (ordered if np.shape(ordered)[-1] else np.full(np.shape(n), np.nan)), n


@composite(np.median)
def median(a: Any, axis: Axis = None, out: None = None, overwrite_input: bool = False, keepdims: bool = False) -> Any:
    """``np.median``: the entry in the middle, or the mean of the two there; nan if there is one."""
    no_out(out)
    ordered = np.sort(reduced_last(a, axis), axis=-1)
    n = np.shape(ordered)[-1]
    found = np.mean(ordered[..., (n - 1) // 2 : n // 2 + 1] if n else ordered, axis=-1)
    found = np.where(np.isnan(ordered[..., -1]), np.nan, found) if n else found
    return np.reshape(found, with_ones(a, axis)) if keepdims else found


@composite(np.nanmedian)
def nanmedian(
    a: Any, axis: Axis = None, out: None = None, overwrite_input: bool = False, keepdims: bool = False
) -> Any:
    """``np.nanmedian``: the median of the entries that are numbers."""
    no_out(out)
    ordered, n = numbers_first(a, axis)
    low, high = np.maximum(n - 1, 0) // 2, np.minimum(n // 2, np.maximum(n - 1, 0))
    found = np.where(n == 0, np.nan, 0.5 * at(ordered, low) + 0.5 * at(ordered, high))
    return np.reshape(found, with_ones(a, axis)) if keepdims else np.squeeze(found, axis=-1)


def between(n: Any, q: Any, alpha: float, beta: float) -> Any:
    """The position of a quantile that grows with q: Hyndman & Fan, Sample quantiles in statistical packages."""
    return n * q + (alpha + q * (1 - alpha - beta)) - 1


# fmt: off
POSITIONS = {
    "linear":                    lambda n, q: (n - 1) * q,
    "interpolated_inverted_cdf": lambda n, q: between(n, q, 0, 1),
    "hazen":                     lambda n, q: between(n, q, 1 / 2, 1 / 2),
    "weibull":                   lambda n, q: between(n, q, 0, 0),
    "median_unbiased":           lambda n, q: between(n, q, 1 / 3, 1 / 3),
    "normal_unbiased":           lambda n, q: between(n, q, 3 / 8, 3 / 8),
    "midpoint":                  lambda n, q: (np.floor((n - 1) * q) + np.ceil((n - 1) * q)) / 2,
    "averaged_inverted_cdf":     lambda n, q: (np.floor(n * q - 1) + np.ceil(n * q - 1) + 1) / 2,
    "lower":                     lambda n, q: np.floor((n - 1) * q),
    "higher":                    lambda n, q: np.ceil((n - 1) * q),
    "nearest":                   lambda n, q: np.round((n - 1) * q),
    "inverted_cdf":              lambda n, q: np.ceil(n * q - 1),
    "closest_observation":       lambda n, q: np.round(n * q) - 1,
}
# fmt: on
"""Where the quantile q of n entries stands in their order: at 1.25 a quarter of the way from entry 1 to entry 2."""

ENTRIES = ("lower", "higher", "nearest", "inverted_cdf", "closest_observation")
"""Methods whose quantiles are entries."""


@primitive
def probability(q: Any) -> Any:
    """What may be asked of a quantile: numbers from 0 to 1."""
    if not np.all(np.less_equal(0, q) & np.less_equal(q, 1)):
        raise ValueError("Quantiles must be in the range [0, 1]")
    return +q


@primitive
def whole(position: Any) -> Any:
    """The place of the entry at a position or before it."""
    return np.floor(position).astype(np.intp) if np.ndim(position) else int(position)


rule(probability, lambda g, ans, q: g)
no_gradient(whole)


def at(ordered: Any, places: Any) -> Any:
    """Entries along the last axis, the same of every row, or of each row its own."""
    shape = np.shape(ordered)
    if np.ndim(places) < 2:
        return item_at(ordered, places, index=(..., Place(0)))
    rows = shape[-1] * np.arange(math.prod(shape[:-1])).reshape(*shape[:-1], 1)
    return item_at(np.ravel(ordered), places + rows, index=(Place(0),))


def quantiles(ordered: Any, n: Any, q: Any, method: str) -> Any:
    """The quantiles of sorted rows, of which n entries count; those of a row beside each other."""
    if method not in POSITIONS:
        raise ValueError(f"{method!r} is not a valid method. Use one of: {', '.join(POSITIONS)}.")
    last = np.maximum(n - 1, 0)
    position = np.clip(POSITIONS[method](n, probability(np.reshape(q, (-1,)))), 0, last)
    below = whole(position)
    if method in ENTRIES:
        return at(ordered, below)
    part = position - below
    part = part if np.ndim(q) else of_dtype(part, ordered.dtype)
    return at(ordered, below) * (1 - part) + at(ordered, np.minimum(below + 1, last)) * part


def of_rows(ordered: Any, n: Any, nothing: Any, q: Any, method: str, shape: tuple[int, ...], weights: Any) -> Any:
    """The quantiles of sorted rows, nan for some rows, as NumPy arranges them: those of one q together."""
    if weights is not None:
        raise TypeError("Quantiles with weights= are not written for Values.")
    if np.iscomplexobj(ordered):
        raise TypeError("Quantiles are between real numbers: complex ones have no order in which to interpolate.")
    if np.ndim(q) > 2:
        raise ValueError("q must be a scalar or 1d")
    found = np.where(nothing, np.nan, quantiles(ordered, n, q, method))
    return np.reshape(np.moveaxis(found, -1, 0) if np.ndim(q) else found, np.shape(q) + shape)


@composite(np.quantile)
def quantile(
    a: Any, q: Any, axis: Axis = None, out: None = None, overwrite_input: bool = False, method: str = "linear",
    keepdims: bool = False, *, weights: None = None,
) -> Any:  # fmt: skip
    """``np.quantile``, by any of its methods; nan if there is one."""
    no_out(out)
    ordered = np.sort(reduced_last(a, axis), axis=-1)
    shape = with_ones(a, axis) if keepdims else np.shape(ordered)[:-1]
    return of_rows(ordered, np.shape(ordered)[-1], np.isnan(ordered[..., -1:]), q, method, shape, weights)


@composite(np.nanquantile)
def nanquantile(
    a: Any, q: Any, axis: Axis = None, out: None = None, overwrite_input: bool = False, method: str = "linear",
    keepdims: bool = False, *, weights: None = None,
) -> Any:  # fmt: skip
    """``np.nanquantile``: the quantiles of the entries that are numbers."""
    no_out(out)
    if np.ndim(q) > 1:
        raise ValueError("q must be a scalar or 1d")
    ordered, n = numbers_first(a, axis)
    shape = with_ones(a, axis) if keepdims else np.shape(ordered)[:-1]
    return of_rows(ordered, n, n == 0, q, method, shape, weights)


@composite(np.percentile)
def percentile(a: Any, q: Any, *args: Any, **settings: Any) -> Any:
    """``np.percentile``: quantiles by hundredths."""
    return quantile(a, np.divide(q, 100), *args, **settings)


@composite(np.nanpercentile)
def nanpercentile(a: Any, q: Any, *args: Any, **settings: Any) -> Any:
    """``np.nanpercentile``: the percentiles of the entries that are numbers."""
    return nanquantile(a, np.divide(q, 100), *args, **settings)


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
    return (inside / (edges[1:] - edges[:-1]) / np.sum(inside) if density else inside), edges
