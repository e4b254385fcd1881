"""Functions that make many entries one, along one axis, several, or all: sum mean max prod var …"""

import math
from typing import Any

import numpy as np

from .table import RULES, composite, no_gradient, primitive, rule

Axis = int | tuple[int, ...] | None


def spread(reduced: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    """A reduced array, made to broadcast against what was reduced: the way back of every reduction."""
    if keepdims or axis is None or not np.ndim(x):
        return reduced
    return np.expand_dims(reduced, axis)


def count(x: Any, axis: Axis) -> int:
    """How many entries of x are reduced to one."""
    if axis is None:
        return int(np.size(x))
    shape = np.shape(x)
    axes = axis if isinstance(axis, tuple) else (axis,)
    return math.prod(shape[a] for a in axes) if shape else 1


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


def shared_among_ties(g: Any, ans: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    """The gradient of a maximum or minimum: n equal winners get 1/n each."""
    winners = x == spread(ans, x, axis, keepdims)
    return spread(g, x, axis, keepdims) * winners / np.sum(winners, axis=axis, keepdims=True)


def deviation(x: Any, axis: Axis) -> Any:
    """Each entry less the mean that it belongs to; of complex ones the conjugate, the slope of half the square."""
    less_mean = x - np.mean(x, axis=axis, keepdims=True)
    return np.conjugate(less_mean) if np.iscomplexobj(x) else less_mean


def std_slope(ans: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    """The deviations over the standard deviation; 0, in every order, where all entries are equal."""
    return deviation(x, axis) / spread(np.where(ans == 0, math.inf, ans), x, axis, keepdims)


@primitive
def product_of_others(x: Any, axis: Axis = None) -> Any:
    """At each place the product of all *other* entries along the axes: exact also where some are 0."""
    axes = tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    last = tuple(range(-len(axes), 0))
    moved = np.moveaxis(x, axes, last)
    rows = moved.reshape(*moved.shape[: x.ndim - len(axes)], count(x, axis))
    ones = np.ones_like(rows[..., :1])
    before = np.cumprod(np.concatenate([ones, rows[..., :-1]], axis=-1), axis=-1)[..., : rows.shape[-1]]
    after = np.cumprod(np.concatenate([ones, rows[..., :0:-1]], axis=-1), axis=-1)[..., : rows.shape[-1]]
    return np.moveaxis((before * after[..., ::-1]).reshape(moved.shape), last, axes)


def products_without_two(g: Any, x: Any, axis: Axis) -> Any:
    """The gradient of `product_of_others`: every pair of places left out, so n² numbers for n."""
    shape = np.shape(x)
    axes = range(len(shape)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    axes = tuple(a % len(shape) for a in axes)
    rest = tuple(a for a in range(len(shape)) if a not in axes)
    order = rest + axes
    row_shape = tuple(shape[a] for a in rest) + (count(x, axis),)
    rows = np.reshape(np.transpose(x, order), row_shape)
    weights = np.reshape(np.transpose(g, order), row_shape)
    # Row i of the square has entry i replaced by 1; the product of its others leaves out i and j.
    without_one = np.where(np.eye(row_shape[-1], dtype=bool), 1, np.expand_dims(rows, -2))
    without_two = product_of_others(without_one, axis=-1)
    off_diagonal = np.where(np.eye(row_shape[-1], dtype=bool), 0, without_two)
    summed = np.sum(np.expand_dims(weights, -1) * off_diagonal, axis=-2)
    inverse = tuple(int(i) for i in np.argsort(order))
    return np.transpose(np.reshape(summed, tuple(shape[a] for a in order)), inverse)


def mean_of_all(x: Any) -> Any:
    """``np.mean(x)`` in a third of its time, which is for arrays that hold no floats, or nothing."""
    floats = type(x) is np.ndarray and x.dtype.char in "fd" and x.size
    return np.add.reduce(x, axis=None) / x.size if floats else np.mean(x)


# fmt: off
rule(np.sum,  lambda g, ans, x, axis=None, keepdims=False: spread(g, x, axis, keepdims))
rule(np.mean, lambda g, ans, x, axis=None, keepdims=False: spread(g, x, axis, keepdims) / count(x, axis))
rule(np.prod, lambda g, ans, x, axis=None, keepdims=False:
              spread(g, x, axis, keepdims) * product_of_others(x, axis=axis) if np.ndim(x) else g)
rule(np.max,  lambda g, ans, x, axis=None, keepdims=False: shared_among_ties(g, ans, x, axis, keepdims))
rule(np.min,  lambda g, ans, x, axis=None, keepdims=False: shared_among_ties(g, ans, x, axis, keepdims))
rule(np.var,  lambda g, ans, x, axis=None, ddof=0, keepdims=False:
              spread(g, x, axis, keepdims) * 2 * deviation(x, axis) / (count(x, axis) - ddof))
rule(np.std,  lambda g, ans, x, axis=None, ddof=0, keepdims=False:
              spread(g, x, axis, keepdims) * std_slope(ans, x, axis, keepdims) / (count(x, axis) - ddof))
rule(product_of_others, lambda g, ans, x, axis=None: products_without_two(g, x, axis), symbol="product of others")
# fmt: on

RULES[np.mean].compute = mean_of_all  # one with settings has an Operation of its own

no_gradient(np.argmax, 1, "axis", "keepdims")
no_gradient(np.argmin, 1, "axis", "keepdims")
no_gradient(np.any, 1, "axis", "keepdims")
no_gradient(np.all, 1, "axis", "keepdims")
no_gradient(np.count_nonzero, 1, "axis", "keepdims")
no_gradient(np.allclose, 2, "rtol", "atol", "equal_nan")
no_gradient(np.isclose, 2, "rtol", "atol", "equal_nan")
no_gradient(np.array_equal, 2, "equal_nan")
no_gradient(np.array_equiv, 2)


@composite(np.amax)
def amax(a: Any, *args: Any, **kwargs: Any) -> Any:
    """``np.amax`` is another name of ``np.max``, though not the same object."""
    return np.max(a, *args, **kwargs)


@composite(np.amin)
def amin(a: Any, *args: Any, **kwargs: Any) -> Any:
    """``np.amin`` is another name of ``np.min``, though not the same object."""
    return np.min(a, *args, **kwargs)
