"""Medians and quantiles: what stands at a place among sorted entries.

Each is written with ``np.sort``, whose gradient equal entries share.
"""

import math
from typing import Any

import numpy as np

from .indexing import Place, item_at
from .reductions import Axis, weights_beside
from .shapes import no_out, of_dtype
from .table import composite, no_gradient, primitive, rule


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
    no_out(np.median, out)
    ordered = np.sort(reduced_last(a, axis), axis=-1)
    n = np.shape(ordered)[-1]
    found = np.mean(ordered[..., (n - 1) // 2 : n // 2 + 1] if n else ordered, axis=-1, keepdims=True)
    found = np.where(np.isnan(ordered[..., -1:]), np.nan, found) if n else found
    return np.reshape(found, with_ones(a, axis)) if keepdims else np.squeeze(found, axis=-1)


@composite(np.nanmedian)
def nanmedian(
    a: Any, axis: Axis = None, out: None = None, overwrite_input: bool = False, keepdims: bool = False
) -> Any:
    """``np.nanmedian``: the median of the entries that are numbers."""
    no_out(np.nanmedian, out)
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
    flat = probability(np.reshape(q, (-1,)))
    length = of_dtype(n, np.result_type(flat, np.float16)) if np.ndim(n) else n
    position = np.clip(POSITIONS[method](length, flat), 0, np.maximum(length - 1, 0))
    below = whole(position)
    if method in ENTRIES:
        return at(ordered, below)
    part = position - np.floor(position)
    part = part if np.ndim(q) else of_dtype(part, ordered.dtype)
    low, high = at(ordered, below), at(ordered, np.minimum(below + 1, np.maximum(n - 1, 0)))
    return np.where(part < 0.5, low + (high - low) * part, high - (high - low) * (1 - part))  # exact at both ends


@primitive
def weighed_places(rows: Any, weights: Any, q: Any) -> Any:
    """Where the sum of the weights, in the order of the entries, reaches q of its whole."""
    if np.any(weights < 0):
        raise ValueError("Weights must be non-negative.")
    ordered = np.take_along_axis(np.broadcast_to(weights, rows.shape), np.argsort(rows, axis=-1), axis=-1)
    reached = np.cumsum(ordered, axis=-1, dtype=float)
    if not np.all((reached[..., -1] > 0) & np.isfinite(reached[..., -1])):
        raise ValueError("Weights included NaN, inf or were all zero.")
    share = np.where(reached == 0, -1, reached / reached[..., -1:])  # what has no weight is no quantile
    return np.minimum(np.sum(share[..., None, :] < np.reshape(q, (-1, 1)), axis=-1), rows.shape[-1] - 1)


no_gradient(weighed_places, 3)


def weighed(a: Any, ordered: Any, n: Any, q: Any, axis: Axis, method: str, weights: Any) -> Any:
    """The quantiles of sorted rows whose entries have weights; nan has none, where there are n numbers."""
    if method != "inverted_cdf":
        raise ValueError(f"Only method 'inverted_cdf' supports weights. Got: {method}.")
    rows, beside = reduced_last(a, axis), np.broadcast_to(weights_beside(a, weights, axis), np.shape(a))
    counted = np.where(np.isnan(rows) & (n > 0), 0, reduced_last(beside, axis))
    return at(ordered, weighed_places(rows, counted, probability(np.reshape(q, (-1,)))))


def arranged(found: Any, q: Any, shape: tuple[int, ...]) -> Any:
    """The quantiles of rows as NumPy arranges them: those of one q together."""
    return np.reshape(np.moveaxis(found, -1, 0) if np.ndim(q) else found, np.shape(q) + shape)


@composite(np.quantile)
def quantile(
    a: Any, q: Any, axis: Axis = None, out: None = None, overwrite_input: bool = False, method: str = "linear",
    keepdims: bool = False, *, weights: Any = None,
) -> Any:  # fmt: skip
    """``np.quantile``, by any of its methods; nan if there is one."""
    no_out(np.quantile, out)
    if np.iscomplexobj(a):
        raise TypeError("a must be an array of real numbers: complex ones have no order in which to interpolate.")
    if np.ndim(q) > 2:
        raise ValueError("q must be a scalar or 1d")
    ordered = np.sort(reduced_last(a, axis), axis=-1)
    n, shape = np.shape(ordered)[-1], np.shape(ordered)[:-1]
    found = quantiles(ordered, n, q, method) if weights is None else weighed(a, ordered, 0, q, axis, method, weights)
    found = np.where(np.isnan(ordered[..., -1:]), np.nan, found)
    return arranged(found, q, with_ones(a, axis) if keepdims else shape)


@composite(np.nanquantile)
def nanquantile(
    a: Any, q: Any, axis: Axis = None, out: None = None, overwrite_input: bool = False, method: str = "linear",
    keepdims: bool = False, *, weights: Any = None,
) -> Any:  # fmt: skip
    """``np.nanquantile``: the quantiles of the entries that are numbers."""
    no_out(np.nanquantile, out)
    if np.iscomplexobj(a):
        raise TypeError("a must be an array of real numbers: complex ones have no order in which to interpolate.")
    if np.ndim(q) > 1:
        raise ValueError("q must be a scalar or 1d")
    ordered, n = numbers_first(a, axis)
    found = quantiles(ordered, n, q, method) if weights is None else weighed(a, ordered, n, q, axis, method, weights)
    found = np.where(n == 0, np.nan, found)
    return arranged(found, q, with_ones(a, axis) if keepdims else np.shape(ordered)[:-1])


@composite(np.percentile)
def percentile(a: Any, q: Any, *args: Any, **settings: Any) -> Any:
    """``np.percentile``: quantiles by hundredths."""
    return quantile(a, np.divide(q, 100), *args, **settings)


@composite(np.nanpercentile)
def nanpercentile(a: Any, q: Any, *args: Any, **settings: Any) -> Any:
    """``np.nanpercentile``: the percentiles of the entries that are numbers."""
    return nanquantile(a, np.divide(q, 100), *args, **settings)
