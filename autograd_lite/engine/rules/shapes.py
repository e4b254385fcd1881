"""Functions that move entries without changing them: reshape, transpose, concatenate, split …"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .table import composite, full_name, primitive, rule, rule_each, with_settings
from .values import is_value


def inverse_permutation(axes: Any) -> Any:
    """The axes that undo a transpose; None undoes None (both reverse the order)."""
    return None if axes is None else tuple(int(i) for i in np.argsort([a % len(axes) for a in axes]))


def beginnings(arrays: Sequence[Any], axis: int) -> tuple[int, ...]:
    """Where each array begins in the concatenation of all, and where the last one ends."""
    return (0, *(int(n) for n in np.cumsum([np.shape(a)[axis] for a in arrays])))


def own_slice(position: int, begins: tuple[int, ...], ndim: int, axis: int) -> tuple[slice, ...]:
    """Where the array at this position lies in the concatenation of all."""
    return (*(slice(None),) * (axis % ndim), slice(begins[position], begins[position + 1]))


@primitive
def join(*arrays: Any, axis: int = 0, begins: tuple[int, ...] | None = None) -> Any:
    """``np.concatenate`` with its arrays as operands of their own, so that each is seen."""
    return np.concatenate(arrays, axis=axis)


def joined(arrays: Sequence[Any], axis: int) -> Any:
    """The arrays along an axis, with a note of where each begins."""
    arrays = list(arrays)
    if len({np.ndim(a) for a in arrays}) > 1:
        raise ValueError(
            f"Arrays can be joined if they have the same number of axes; these have shapes "
            f"{[np.shape(a) for a in arrays]}."
        )
    try:
        begins = beginnings(arrays, axis)
    except IndexError:
        raise np.exceptions.AxisError(axis, np.ndim(arrays[0])) from None
    return join(*arrays, axis=axis, begins=begins)


def no_out(func: Callable[..., Any], out: Any) -> None:
    """Refuse ``out=``, which writes into an array."""
    if out is not None:
        raise TypeError(
            f"{full_name(func)} of Values cannot write into an array (out=): how it was computed would be lost."
        )


@primitive
def cast(x: Any, dtype: Any = np.float64) -> Any:
    """``x.astype(dtype)`` between floating-point types."""
    return np.asarray(x).astype(dtype)


def of_dtype(x: Any, dtype: Any) -> Any:
    """The entries as numbers of this dtype, if one is named."""
    if dtype is None or getattr(x, "dtype", None) == dtype:
        return x
    if np.dtype(dtype).kind not in "fc":
        raise TypeError(f"dtype={np.dtype(dtype).name} would leave a Value without a gradient: only floats have one.")
    if np.iscomplexobj(x) and np.dtype(dtype).kind != "c":
        raise TypeError(f"dtype={np.dtype(dtype).name} would drop imaginary parts: take np.real(v) first.")
    return cast(x, dtype=np.dtype(dtype))


# fmt: off
rule(np.reshape,      lambda g, ans, x, shape=None: np.reshape(g, np.shape(x)))
rule(np.expand_dims,  lambda g, ans, x, axis=0: np.reshape(g, np.shape(x)))
rule(np.squeeze,      lambda g, ans, x, axis=None: np.reshape(g, np.shape(x)))
rule(np.transpose,    lambda g, ans, x, axes=None: np.transpose(g, inverse_permutation(axes)))
rule(np.swapaxes,     lambda g, ans, x, axis1=0, axis2=1: np.swapaxes(g, axis1, axis2))
rule(np.moveaxis,     lambda g, ans, x, source=0, destination=0: np.moveaxis(g, destination, source))
rule(np.broadcast_to, lambda g, ans, x, shape=None, subok=False: g)  # summed back to the shape of x by the walk
rule(np.copy,         lambda g, ans, x, order="K", subok=False: g)
rule(cast,            lambda g, ans, x, dtype=None: g, symbol="astype")  # cast back by the walk
rule_each(join,       lambda i, g, ans, *arrays, axis=0, begins=None:
                      g[own_slice(i, begins or beginnings(arrays, axis), g.ndim, axis)],
          symbol="concatenate")
# fmt: on


def retyped(x: Any, dtype: Any, casting: str) -> Any:
    """Joined arrays as another type of numbers, if that is allowed; None: as they are."""
    if dtype is None or x.dtype == dtype:
        return x
    if not np.can_cast(x.dtype, dtype, casting):  # type: ignore[arg-type]
        raise TypeError(f"Cannot cast array data from {x.dtype} to {np.dtype(dtype)} according to the rule {casting!r}")
    return cast(x, dtype=np.dtype(dtype)) if np.issubdtype(dtype, np.inexact) else x.astype(dtype)


@with_settings(np.reshape, "order", "copy")
def reshape(a: Any, /, shape: Any, order: str = "C", *, copy: bool | None = None) -> Any:
    """``np.reshape`` column by column ("F"); a Value is never changed, so a copy of it makes no difference."""
    if order not in ("C", "F"):
        raise ValueError(
            f"np.reshape of a Value takes order='C' or 'F'; order={order!r} depends on the memory's layout."
        )
    if order == "C":
        return np.reshape(a, shape)
    lengths = tuple(shape) if np.ndim(shape) else (shape,)
    return np.transpose(np.reshape(np.transpose(a), lengths[::-1]))


@composite(np.ravel)
def ravel(a: Any, order: str = "C") -> Any:
    """``np.ravel`` row by row ("C") or column by column ("F")."""
    if order not in ("C", "F"):
        raise ValueError(f"np.ravel of a Value takes order='C' or 'F'; order={order!r} depends on the memory's layout.")
    return np.reshape(a if order == "C" else np.transpose(a), (-1,))


@composite(np.concatenate)
def concatenate(
    arrays: Sequence[Any], axis: int | None = 0, out: Any = None, *, dtype: Any = None, casting: str = "same_kind"
) -> Any:
    """``np.concatenate``; ``axis=None`` flattens first, as NumPy does."""
    no_out(np.concatenate, out)
    if axis is None:
        arrays, axis = [np.ravel(a) for a in arrays], 0
    return retyped(joined(arrays, axis), dtype, casting)


@composite(np.stack)
def stack(
    arrays: Sequence[Any], axis: int = 0, out: Any = None, *, dtype: Any = None, casting: str = "same_kind"
) -> Any:
    """``np.stack``: a new axis for each array, then side by side along it."""
    no_out(np.stack, out)
    return retyped(joined([np.expand_dims(a, axis) for a in arrays], axis), dtype, casting)


@composite(np.vstack)
def vstack(arrays: Sequence[Any], *, dtype: Any = None, casting: str = "same_kind") -> Any:
    """``np.vstack``: rows under rows."""
    return retyped(joined([atleast_2d(a) for a in arrays], 0), dtype, casting)


@composite(np.hstack)
def hstack(arrays: Sequence[Any], *, dtype: Any = None, casting: str = "same_kind") -> Any:
    """``np.hstack``: columns beside columns, or vectors end to end."""
    arrays = [np.reshape(a, (1,)) if np.ndim(a) == 0 else a for a in arrays]
    return retyped(joined(arrays, 0 if np.ndim(arrays[0]) == 1 else 1), dtype, casting)


@composite(np.column_stack)
def column_stack(arrays: Sequence[Any]) -> Any:
    """``np.column_stack``: vectors become columns."""
    return joined([np.reshape(a, (-1, 1)) if np.ndim(a) < 2 else a for a in arrays], 1)


def plain_sections(indices_or_sections: Any) -> Any:
    """Where an array is cut, if it is plain numbers: they decide about shapes."""
    if is_value(indices_or_sections):
        raise TypeError("An array is cut at plain numbers; np.split was given a Value for the places of the cuts.")
    return indices_or_sections


@composite(np.array_split)
def array_split(ary: Any, indices_or_sections: Any, axis: int = 0) -> list[Any]:
    """``np.array_split``: the slices that NumPy would cut."""
    length = np.shape(ary)[axis]
    if np.ndim(plain_sections(indices_or_sections)):
        bounds = [0, *indices_or_sections, length]
    else:
        sizes = [len(part) for part in np.array_split(np.arange(length), indices_or_sections)]
        bounds = [0, *(int(n) for n in np.cumsum(sizes))]
    before = (slice(None),) * (axis % np.ndim(ary))
    return [ary[(*before, slice(a, b))] for a, b in pairwise(bounds)]


@composite(np.split)
def split(ary: Any, indices_or_sections: Any, axis: int = 0) -> list[Any]:
    """``np.split``: as `array_split`, in equal parts or not at all."""
    length = np.shape(ary)[axis]
    if np.ndim(plain_sections(indices_or_sections)) == 0 and length % indices_or_sections:
        raise ValueError(f"np.split cannot cut {length} entries in {indices_or_sections} equal parts.")
    return list(array_split(ary, indices_or_sections, axis))


@composite(np.atleast_1d)
def atleast_1d(*arys: Any) -> Any:
    """``np.atleast_1d``: of several arguments, a tuple."""
    if len(arys) != 1:
        return tuple(map(atleast_1d, arys))
    return np.reshape(arys[0], (1,)) if np.ndim(arys[0]) == 0 else arys[0]


@composite(np.atleast_2d)
def atleast_2d(*arys: Any) -> Any:
    """``np.atleast_2d``: of several arguments, a tuple."""
    if len(arys) != 1:
        return tuple(map(atleast_2d, arys))
    return np.reshape(arys[0], (1, -1)) if np.ndim(arys[0]) < 2 else arys[0]


def nested_array(parts: Any) -> Any:
    """Nested lists of numbers, arrays and Values as one array: `autograd_lite.array`."""
    if not holds_value(parts):
        return np.asarray(parts)
    if is_value(parts):
        return parts
    rows = [nested_array(part) for part in parts]
    shapes = {np.shape(row) for row in rows}
    if len(shapes) > 1:
        raise ValueError(f"ag.array needs parts of one shape in a list; it was given parts of shapes {sorted(shapes)}.")
    return np.stack(rows)


def holds_value(parts: Any) -> bool:
    """True for a Value, and for nested lists with one in them."""
    return is_value(parts) or (isinstance(parts, list | tuple) and any(map(holds_value, parts)))
