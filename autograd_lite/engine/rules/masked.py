"""Reductions that leave entries out, ``where=`` or nan, begin with a number, ``initial=``, or have a ``dtype=``.

A reduction with ``where=`` is the plain one after what is left out became its neutral entry; one that leaves
out nan is the same with a mask of its own. Nothing flows back to what was left out.
"""

from typing import Any

import numpy as np

from .reductions import Axis, count
from .shapes import no_out, of_dtype
from .table import composite, full_name, no_gradient, with_settings

# ---------------------------------------------------------------------------------- where, initial, dtype


def left_out(x: Any, where: Any, neutral: Any) -> Any:
    """The entries, with a neutral one where the mask is False."""
    if where is True:
        return x
    if np.broadcast_shapes(np.shape(where), np.shape(x)) != np.shape(x):
        raise ValueError(f"where= of shape {np.shape(where)} does not fit entries of shape {np.shape(x)}.")
    return np.where(where, x, neutral)


def number_left(x: Any, axis: Axis, keepdims: bool, where: Any) -> Any:
    """How many entries the mask leaves, as a number to divide them by."""
    dtype = np.finfo(np.result_type(x)).dtype
    return np.sum(np.broadcast_to(where, np.shape(x)), axis=axis, keepdims=keepdims, dtype=dtype)


def start(x: Any, initial: Any) -> Any:
    """What a reduction starts with: one number, and no complex one where the entries are real."""
    if np.ndim(initial):
        raise ValueError(f"initial= is one number; it was given an array of shape {np.shape(initial)}.")
    if np.iscomplexobj(initial) and not np.iscomplexobj(x):
        raise TypeError("initial= is complex, and the entries are real.")
    return initial


@with_settings(np.sum, "dtype", "initial", "where")
def summed(
    a: Any, axis: Axis = None, dtype: Any = None, out: None = None, keepdims: bool = False, initial: Any = None,
    where: Any = True,
) -> Any:  # fmt: skip
    """``np.sum`` with a dtype, a mask, or a number to begin with."""
    no_out(np.sum, out)
    x = of_dtype(a, dtype)
    total = np.sum(left_out(x, where, 0), axis=axis, keepdims=keepdims)
    return total if initial is None else total + start(x, initial)


@with_settings(np.prod, "dtype", "initial", "where")
def multiplied(
    a: Any, axis: Axis = None, dtype: Any = None, out: None = None, keepdims: bool = False, initial: Any = None,
    where: Any = True,
) -> Any:  # fmt: skip
    """``np.prod`` with a dtype, a mask, or a number to begin with."""
    no_out(np.prod, out)
    x = of_dtype(a, dtype)
    product = np.prod(left_out(x, where, 1), axis=axis, keepdims=keepdims)
    return product if initial is None else product * start(x, initial)


@with_settings(np.mean, "dtype", "where")
def mean(
    a: Any, axis: Axis = None, dtype: Any = None, out: None = None, keepdims: bool = False, *, where: Any = True
) -> Any:
    """``np.mean`` with a dtype or a mask."""
    no_out(np.mean, out)
    x = of_dtype(a, dtype)
    if where is True:
        return np.mean(x, axis=axis, keepdims=keepdims)
    return np.sum(left_out(x, where, 0), axis=axis, keepdims=keepdims) / number_left(x, axis, keepdims, where)


@with_settings(np.var, "dtype", "where", "mean", "correction")
def variance(
    a: Any, axis: Axis = None, dtype: Any = None, out: None = None, ddof: float = 0, keepdims: bool = False, *,
    where: Any = True, mean: Any = None, correction: float | None = None,
) -> Any:  # fmt: skip
    """``np.var`` with a dtype, a mask, a mean that is known, or a correction, which is another name of ddof."""
    no_out(np.var, out)
    if correction is not None and ddof:
        raise ValueError("ddof= and correction= are two names of one number: give one of them.")
    ddof, x = ddof if correction is None else correction, of_dtype(a, dtype)
    if where is True and mean is None:
        return of_dtype(np.var(x, axis=axis, ddof=ddof, keepdims=keepdims), dtype)
    kept = left_out(x, where, 0)
    if mean is None:
        mean = np.sum(kept, axis=axis, keepdims=True) / number_left(x, axis, True, where)
    deviation = left_out(kept - mean, where, 0)
    squares = np.real(deviation) ** 2 + np.imag(deviation) ** 2 if np.iscomplexobj(deviation) else deviation**2
    left = number_left(x, axis, keepdims, where)
    return of_dtype(np.sum(squares, axis=axis, keepdims=keepdims) / np.maximum(left - ddof, 0), dtype)


@with_settings(np.std, "dtype", "where", "mean", "correction")
def deviation(
    a: Any, axis: Axis = None, dtype: Any = None, out: None = None, ddof: float = 0, keepdims: bool = False, *,
    where: Any = True, mean: Any = None, correction: float | None = None,
) -> Any:  # fmt: skip
    """``np.std`` with what `variance` takes; where that is 0 its slope is 0, in every order."""
    squared = variance(a, axis, dtype, out, ddof, keepdims, where=where, mean=mean, correction=correction)
    return np.where(squared == 0, 0, np.sqrt(np.where(squared == 0, 1, squared)))


def extreme(reduction: Any, pairwise: Any, a: Any, axis: Axis, keepdims: bool, initial: Any, where: Any) -> Any:
    """A maximum or minimum that begins with a number; at a tie that number gets half of the gradient."""
    if initial is None:
        raise ValueError(f"{full_name(reduction)} of some entries (where=) needs initial=, the answer for none.")
    kept = left_out(a, where, start(a, initial))
    if count(kept, axis) == 0:  # nothing but the number
        return np.sum(kept, axis=axis, keepdims=keepdims) + initial
    return pairwise(reduction(kept, axis=axis, keepdims=keepdims), initial)


@with_settings(np.max, "initial", "where")
def largest(
    a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, initial: Any = None, where: Any = True
) -> Any:
    """``np.max`` with a mask and a number to begin with."""
    no_out(np.max, out)
    return extreme(np.max, np.maximum, a, axis, keepdims, initial, where)


@with_settings(np.min, "initial", "where")
def smallest(
    a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, initial: Any = None, where: Any = True
) -> Any:
    """``np.min`` with a mask and a number to begin with."""
    no_out(np.min, out)
    return extreme(np.min, np.minimum, a, axis, keepdims, initial, where)


@with_settings(np.any, "where")
def any_of(a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, *, where: Any = True) -> Any:
    """``np.any`` with a mask."""
    no_out(np.any, out)
    return np.any(left_out(a != 0, where, False), axis=axis, keepdims=keepdims)


@with_settings(np.all, "where")
def all_of(a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, *, where: Any = True) -> Any:
    """``np.all`` with a mask."""
    no_out(np.all, out)
    return np.all(left_out(a != 0, where, True), axis=axis, keepdims=keepdims)


# ---------------------------------------------------------------------------------- what leaves out nan


def present(a: Any, where: Any = True) -> Any:
    """True where an entry is a number, and the mask is True."""
    numbers = np.logical_not(np.isnan(a))
    return numbers if where is True else np.logical_and(numbers, where)


def without_nan(func: Any, plain: Any) -> None:
    """``np.nansum`` and the like: the function without the prefix, where there are numbers."""

    @composite(func)
    def written(a: Any, *args: Any, where: Any = True, **settings: Any) -> Any:
        return plain(a, *args, where=present(a, where), **settings)

    written.__doc__ = f"``{full_name(func)}``: ``{full_name(plain)}`` of the entries that are not nan."


without_nan(np.nansum, np.sum)
without_nan(np.nanprod, np.prod)
without_nan(np.nanmean, np.mean)


def nan_without_freedom(func: Any, plain: Any) -> None:
    """``np.nanvar`` and ``np.nanstd``: nan where there are no more numbers than ddof."""

    @composite(func)
    def written(
        a: Any, axis: Axis = None, dtype: Any = None, out: None = None, ddof: float = 0, keepdims: bool = False, *,
        where: Any = True, mean: Any = None, correction: float | None = None,
    ) -> Any:  # fmt: skip
        mask = present(a, where)
        left = number_left(a, axis, keepdims, mask)
        found = plain(a, axis, dtype, out, ddof, keepdims, where=mask, mean=mean, correction=correction)
        return np.where(left > (ddof if correction is None else correction), found, np.nan)

    written.__doc__ = f"``{full_name(func)}``: ``{full_name(plain)}`` of the entries that are not nan."


nan_without_freedom(np.nanvar, variance)
nan_without_freedom(np.nanstd, deviation)


def extreme_without_nan(func: Any, reduction: Any, pairwise: Any, last: float) -> None:
    """``np.nanmax`` and ``np.nanmin``: nan where there is nothing else."""

    @composite(func)
    def written(
        a: Any, axis: Axis = None, out: None = None, keepdims: bool = False, initial: Any = None, where: Any = True
    ) -> Any:
        no_out(func, out)
        if initial is not None or where is not True:
            return extreme(reduction, pairwise, a, axis, keepdims, initial, present(a, where))
        if count(a, axis) == 0:
            return reduction(a, axis=axis, keepdims=keepdims)  # says that it has no answer
        mask = present(a)
        found = reduction(np.where(mask, a, last), axis=axis, keepdims=keepdims)
        return np.where(np.any(mask, axis=axis, keepdims=keepdims), found, np.nan)

    written.__doc__ = f"``{full_name(func)}``: ``{full_name(reduction)}`` of the entries that are not nan."


extreme_without_nan(np.nanmax, np.max, np.maximum, -np.inf)
extreme_without_nan(np.nanmin, np.min, np.minimum, np.inf)


@composite(np.nancumsum)
def nancumsum(a: Any, axis: int | None = None, dtype: Any = None, out: None = None) -> Any:
    """``np.nancumsum``: nan counts as 0."""
    no_out(np.nancumsum, out)
    return np.cumsum(left_out(of_dtype(a, dtype), present(a), 0), axis=axis)


@composite(np.nancumprod)
def nancumprod(a: Any, axis: int | None = None, dtype: Any = None, out: None = None) -> Any:
    """``np.nancumprod``: nan counts as 1."""
    no_out(np.nancumprod, out)
    return np.cumprod(left_out(of_dtype(a, dtype), present(a), 1), axis=axis)


no_gradient(np.nanargmax, 1, "axis", "keepdims")
no_gradient(np.nanargmin, 1, "axis", "keepdims")
