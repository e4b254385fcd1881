"""Functions along an axis whose order matters: running sums, differences, convolutions."""

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index, normalize_axis_tuple

from .creating import arrayed, dtype_of, typed
from .indexing import entries, put
from .shapes import joined
from .table import composite, no_gradient, primitive, rule, with_settings

# ---------------------------------------------------------------------------------- slices along an axis


def part(x: Any, axis: int, start: int | None, stop: int | None = None) -> Any:
    """A stretch along an axis."""
    return x[(*(slice(None),) * (axis % np.ndim(x)), slice(start, stop))]


def beside(number: Any, x: Any, axis: int) -> Any:
    """One slice along an axis for x, from a number; anything else must fit as it is."""
    if np.ndim(number):
        return number
    return np.broadcast_to(number, [1 if i == axis % np.ndim(x) else n for i, n in enumerate(np.shape(x))])


def delayed(x: Any, axis: int, first: float = 0.0) -> Any:
    """Each entry one place later along the axis, with a number at the first place."""
    if not np.shape(x)[axis]:
        return x
    return joined([beside(np.asarray(first, x.dtype), x, axis), part(x, axis, None, -1)], axis)


# ---------------------------------------------------------------------------------- running sums and products


def sums_from_behind(g: Any, x: Any, axis: int | None) -> Any:
    """The gradient of a running sum: what entry i adds to is everything from i on."""
    along = 0 if axis is None else axis
    return np.reshape(np.flip(np.cumsum(np.flip(g, along), along), along), np.shape(x))


@primitive
def recurrence(x: Any, w: Any, axis: int = 0) -> Any:
    """The solution of r[i] = x[i] + w[i] r[i-1], r[-1] = 0, along an axis."""
    out = np.array(np.moveaxis(x, axis, 0), np.result_type(x, w))
    weights = np.moveaxis(w, axis, 0)
    for i in range(1, len(out)):
        out[i] += weights[i] * out[i - 1]
    return np.moveaxis(out, 0, axis)


def from_behind(g: Any, w: Any, axis: int) -> Any:
    """The solution of s[i] = g[i] + w[i+1] s[i+1], which is the transpose of a recurrence."""
    return np.flip(recurrence(np.flip(g, axis), delayed(np.flip(w, axis), axis), axis=axis), axis)


def running_product_slope(g: Any, ans: Any, x: Any, axis: int | None) -> Any:
    """The gradient of a running product, exact also where entries are 0.

    Entry i changes the products from i on: what stands before it, times the sum of g[j] x[i+1] ... x[j] over those j.
    """
    if axis is None or np.ndim(x) == 0:
        return np.reshape(running_product_slope(g, ans, np.ravel(x), 0), np.shape(x))
    return delayed(ans, axis, 1.0) * from_behind(g, x, axis)


# fmt: off
rule(np.cumsum,  lambda g, ans, x, axis=None: sums_from_behind(g, x, axis))
rule(np.cumprod, lambda g, ans, x, axis=None: running_product_slope(g, ans, x, axis))
rule(recurrence, lambda g, ans, x, w, axis=0: from_behind(g, w, axis),
                 lambda g, ans, x, w, axis=0: from_behind(g, w, axis) * delayed(ans, axis))
# fmt: on


@with_settings(np.cumsum, "dtype")
def cumsum(a: Any, axis: int | None = None, dtype: Any = None) -> Any:
    """``np.cumsum`` with another type of numbers."""
    return np.cumsum(typed(a, dtype), axis)


@with_settings(np.cumprod, "dtype")
def cumprod(a: Any, axis: int | None = None, dtype: Any = None) -> Any:
    """``np.cumprod`` with another type of numbers."""
    return np.cumprod(typed(a, dtype), axis)


def cumulative(x: Any, running: Any, start: float, axis: int | None, dtype: Any, include_initial: bool) -> Any:
    """A running sum or product, with or without the start of it."""
    if axis is None and np.ndim(x) > 1:
        raise ValueError("For arrays which have more than one dimension ``axis`` argument is required.")
    x, axis = np.atleast_1d(x), 0 if axis is None else axis
    found = running(typed(x, dtype), axis=axis)
    return joined([beside(np.asarray(start, found.dtype), found, axis), found], axis) if include_initial else found


@composite(np.cumulative_sum)
def cumulative_sum(x: Any, /, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False) -> Any:
    """``np.cumulative_sum``: running sums, and the 0 that they start with."""
    return cumulative(x, np.cumsum, 0.0, axis, dtype, include_initial)


@composite(np.cumulative_prod)
def cumulative_prod(x: Any, /, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False) -> Any:
    """``np.cumulative_prod``: running products, and the 1 that they start with."""
    return cumulative(x, np.cumprod, 1.0, axis, dtype, include_initial)


# ---------------------------------------------------------------------------------- differences


@composite(np.diff)
def diff(a: Any, n: int = 1, axis: int = -1, prepend: Any = None, append: Any = None) -> Any:
    """``np.diff``: each entry less the one before, n times."""
    if n == 0:
        return a
    a = arrayed(a)
    if n < 0:
        raise ValueError(f"order must be non-negative but got {n!r}")
    if np.ndim(a) == 0:
        raise ValueError("diff requires input that is at least one dimensional")
    axis = normalize_axis_index(axis, np.ndim(a))
    before, behind = ([] if x is None else [beside(x, a, axis)] for x in (prepend, append))
    if before or behind:
        a = np.concatenate([*before, a, *behind], axis)
    for _ in range(n):
        a = part(a, axis, 1) - part(a, axis, None, -1)
    return a


@composite(np.ediff1d)
def ediff1d(ary: Any, to_end: Any = None, to_begin: Any = None) -> Any:
    """``np.ediff1d``: the differences of all entries, with others before and behind."""
    ary = np.ravel(ary)
    for ends in (to_begin, to_end):
        if ends is not None and not np.can_cast(dtype_of(ends), ary.dtype, "same_kind"):
            raise TypeError("The dtype of to_begin and to_end must be compatible with ary under the 'same_kind' rule.")
    before, behind = ([] if x is None else [np.ravel(x)] for x in (to_begin, to_end))
    return typed(np.concatenate([*before, ary[1:] - ary[:-1], *behind]), ary.dtype)


# ---------------------------------------------------------------------------------- np.gradient


def spacing_along(given: Any, length: int) -> Any:
    """The distance from each point to the next: one number, or one for each pair."""
    if np.ndim(given) == 0:
        return given
    if np.ndim(given) != 1:
        raise ValueError("distances must be either scalars or 1d")
    if np.shape(given)[0] != length:
        raise ValueError("when 1d, distances must match the length of the corresponding dimension")
    steps = np.diff(given)
    plain = isinstance(steps, np.ndarray)  # what was computed has a slope for each step
    return steps[0] if plain and np.all(steps == steps[0]) else steps


def weighted(f: Any, axis: int, begins: tuple[int, ...], length: int, weights: tuple[Any, ...]) -> Any:
    """The sum of stretches of f along an axis, each times a weight for every place."""
    shape = [-1 if i == axis else 1 for i in range(np.ndim(f))]
    total: Any = None
    for begin, weight in zip(begins, weights, strict=True):
        term = part(f, axis, begin, begin + length) * (np.reshape(weight, shape) if np.ndim(weight) else weight)
        total = term if total is None else total + term
    return total


def parabola_slopes(h: Any, k: Any) -> tuple[tuple[Any, Any, Any], ...]:
    """The slope of the parabola through three points at distances h and k, at each of them, by their heights."""
    return (
        (-(2 * h + k) / (h * (h + k)), (h + k) / (h * k), -h / (k * (h + k))),
        (-k / (h * (h + k)), (k - h) / (h * k), h / (k * (h + k))),
        (k / (h * (h + k)), -(k + h) / (h * k), (2 * k + h) / (k * (h + k))),
    )


def slope_along(f: Any, axis: int, steps: Any, edge_order: int) -> Any:
    """The slope along one axis: that of a parabola inside, and of a line or a parabola at both ends."""
    n = np.shape(f)[axis]
    if n < edge_order + 1:
        raise ValueError("np.gradient needs at least (edge_order + 1) entries along an axis.")
    even = np.ndim(steps) == 0
    h, k, first, last = (steps,) * 4 if even else (steps[:-1], steps[1:], steps[0], steps[-1])
    if even:
        inside = (part(f, axis, 2) - part(f, axis, None, -2)) / (2.0 * h)
    else:
        inside = weighted(f, axis, (0, 1, 2), n - 2, parabola_slopes(h, k)[1])
    if edge_order == 1:
        ends = [(part(f, axis, i + 1, i + 2) - part(f, axis, i, i + 1)) / d for i, d in ((0, first), (n - 2, last))]
    else:
        pairs = ((first, steps if even else steps[1]), (steps if even else steps[-2], last))
        left, right = parabola_slopes(*pairs[0])[0], parabola_slopes(*pairs[1])[2]
        ends = [weighted(f, axis, (i, i + 1, i + 2), 1, w) for i, w in ((0, left), (n - 3, right))]
    found = joined([ends[0], inside, ends[1]], axis)
    return typed(found, f.dtype) if f.dtype.kind in "fc" else found


@composite(np.gradient)
def gradient(f: Any, *varargs: Any, axis: Any = None, edge_order: int = 1) -> Any:
    """``np.gradient``: the slope at every point of a grid, measured from its neighbours."""
    f = arrayed(f)
    axes = range(np.ndim(f)) if axis is None else normalize_axis_tuple(axis, np.ndim(f))
    if edge_order not in (1, 2):
        raise ValueError("'edge_order' greater than 2 not supported")
    if not varargs or (len(varargs) == 1 and np.ndim(varargs[0]) == 0):
        steps = list(varargs or (1.0,)) * len(axes)
    elif len(varargs) == len(axes):
        steps = [spacing_along(given, np.shape(f)[a]) for given, a in zip(varargs, axes, strict=True)]
    else:
        raise TypeError("invalid number of arguments")
    found = [slope_along(f, a, step, edge_order) for a, step in zip(axes, steps, strict=True)]
    return found[0] if len(found) == 1 else tuple(found)


# ---------------------------------------------------------------------------------- integrals, interpolation


@composite(np.trapezoid)
def trapezoid(y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    """``np.trapezoid``: the area under a line through the points."""
    y, widths = arrayed(y), dx
    axis = normalize_axis_index(axis, np.ndim(y))
    if x is not None:
        widths = np.diff(x) if np.ndim(x) == 1 else np.diff(x, axis=axis)
        if np.ndim(x) == 1:
            widths = np.reshape(widths, [-1 if i == axis else 1 for i in range(np.ndim(y))])
    return np.sum(widths * (part(y, axis, 1) + part(y, axis, None, -1)) / 2.0, axis=axis)


@primitive
def interval(x: Any, xp: Any, end: int = 0) -> Any:
    """The number of the node at the left (right: end=1) of the interval in which x lies, or that it is nearest to."""
    return np.clip(np.searchsorted(xp, x, side="right") - 1, 0, len(xp) - 2) + end


no_gradient(interval, 2, "end")


def around(x: Any, xp: Any, fp: Any, period: float) -> tuple[Any, Any, Any]:
    """The nodes of one period in ascending order, and one more at each end."""
    if period == 0:
        raise ValueError("period must be a non-zero value")
    period = abs(period)
    x, xp = x % period, xp % period
    order = np.argsort(xp)
    xp, fp = entries(xp, order), entries(fp, order)
    return x, np.concatenate([xp[-1:] - period, xp, xp[:1] + period]), np.concatenate([fp[-1:], fp, fp[:1]])


def in_double(x: Any) -> Any:
    """In double precision, in which NumPy interpolates."""
    x = arrayed(x)
    return typed(x, np.result_type(dtype_of(x), np.float64))


@composite(np.interp)
def interp(x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: float | None = None) -> Any:
    """``np.interp``: the height at x of a line through nodes; at a node, the slope is that at its right."""
    x, xp, fp = map(in_double, (x, xp, fp))
    if np.ndim(xp) != 1 or np.shape(xp) != np.shape(fp):
        raise ValueError("fp and xp are not of the same length.")
    if not len(xp):
        raise ValueError("array of sample points is empty")
    if period is not None:
        left, right = None, None
        x, xp, fp = around(x, xp, fp, period)
    left, right = (fp[0] if left is None else left), (fp[-1] if right is None else right)
    if len(xp) == 1:
        inside = fp[0] + 0 * x
    else:
        i, j = interval(x, xp), interval(x, xp, end=1)
        slope = (entries(fp, j) - entries(fp, i)) / (entries(xp, j) - entries(xp, i))
        inside = slope * (x - entries(xp, i)) + entries(fp, i)
    return np.where(x < xp[0], left, np.where(x > xp[-1], right, inside))


# ---------------------------------------------------------------------------------- convolutions


def in_full(g: Any, x: Any, y: Any, mode: Any) -> Any:
    """The gradient of a part of a convolution as that of the whole of it."""
    longer, shorter = sorted((np.size(x), np.size(y)))[::-1]
    start = {"s": (shorter - 1) // 2, "v": shorter - 1}.get(str(mode)[:1], 0)
    if len(g) == longer + shorter - 1:
        return g
    return put(g, index=slice(start, start + len(g)), shape=(longer + shorter - 1,))


def sliding(g: Any, x: Any, y: Any, other: Any, mode: Any) -> Any:
    """The gradient of one operand of a convolution: the other slides over g, the other way round."""
    return np.convolve(in_full(g, x, y, mode), np.flip(np.ravel(other)), "valid")


rule(
    np.convolve,
    lambda g, ans, x, y, mode="full": sliding(g, x, y, y, mode),
    lambda g, ans, x, y, mode="full": sliding(g, x, y, x, mode),
)


@composite(np.correlate)
def correlate(a: Any, v: Any, mode: Any = "valid") -> Any:
    """``np.correlate``: a convolution with v the other way round, and conjugated."""
    if np.size(v) > np.size(a):
        return reversed_conjugate(np.correlate(v, a, mode))
    return np.convolve(a, reversed_conjugate(v), mode)


def reversed_conjugate(x: Any) -> Any:
    """The other way round, and conjugated."""
    turned = np.flip(np.ravel(x))
    return np.conjugate(turned) if np.iscomplexobj(x) else turned
