"""Functions that move entries without changing them: reshape, transpose, concatenate, split …"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .table import composite, primitive, rule, rule_each


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
    if len({np.ndim(a) for a in arrays}) > 1:
        raise ValueError(
            f"Arrays can be joined if they have the same number of axes; these have shapes "
            f"{[np.shape(a) for a in arrays]}."
        )
    return join(*arrays, axis=axis, begins=beginnings(arrays, axis))


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
rule(np.broadcast_to, lambda g, ans, x, shape=None: g)  # summed back to the shape of x by the walk
rule(np.copy,         lambda g, ans, x, order="K": g)
rule(cast,            lambda g, ans, x, dtype=None: g, symbol="astype")  # cast back by the walk
rule_each(join,       lambda i, g, ans, *arrays, axis=0, begins=None:
                      g[own_slice(i, begins or beginnings(arrays, axis), g.ndim, axis)],
          symbol="concatenate")
# fmt: on


@composite(np.ravel)
def ravel(a: Any, order: str = "C") -> Any:
    """``np.ravel`` row by row ("C") or column by column ("F")."""
    if order not in ("C", "F"):
        raise ValueError(f"np.ravel of a Value takes order='C' or 'F'; order={order!r} depends on the memory's layout.")
    return np.reshape(a if order == "C" else np.transpose(a), (-1,))


@composite(np.concatenate)
def concatenate(arrays: Sequence[Any], axis: int | None = 0) -> Any:
    """``np.concatenate``; ``axis=None`` flattens first, as NumPy does."""
    if axis is None:
        return joined([np.ravel(a) for a in arrays], 0)
    return joined(arrays, axis)


@composite(np.stack)
def stack(arrays: Sequence[Any], axis: int = 0) -> Any:
    """``np.stack``: a new axis for each array, then side by side along it."""
    return joined([np.expand_dims(a, axis) for a in arrays], axis)


@composite(np.vstack)
def vstack(arrays: Sequence[Any]) -> Any:
    """``np.vstack``: rows under rows."""
    return joined([np.reshape(a, (1, -1)) if np.ndim(a) < 2 else a for a in arrays], 0)


@composite(np.hstack)
def hstack(arrays: Sequence[Any]) -> Any:
    """``np.hstack``: columns beside columns, or vectors end to end."""
    arrays = [np.reshape(a, (1,)) if np.ndim(a) == 0 else a for a in arrays]
    return joined(arrays, 0 if np.ndim(arrays[0]) == 1 else 1)


@composite(np.column_stack)
def column_stack(arrays: Sequence[Any]) -> Any:
    """``np.column_stack``: vectors become columns."""
    return joined([np.reshape(a, (-1, 1)) if np.ndim(a) < 2 else a for a in arrays], 1)


@composite(np.array_split)
def array_split(ary: Any, indices_or_sections: Any, axis: int = 0) -> list[Any]:
    """``np.array_split``: the slices that NumPy would cut."""
    length = np.shape(ary)[axis]
    if np.ndim(indices_or_sections):
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
    if np.ndim(indices_or_sections) == 0 and length % indices_or_sections:
        raise ValueError(f"np.split cannot cut {length} entries in {indices_or_sections} equal parts.")
    return list(array_split(ary, indices_or_sections, axis))


@composite(np.atleast_1d)
def atleast_1d(ary: Any) -> Any:
    """``np.atleast_1d`` of one argument."""
    return np.reshape(ary, (1,)) if np.ndim(ary) == 0 else ary


@composite(np.atleast_2d)
def atleast_2d(ary: Any) -> Any:
    """``np.atleast_2d`` of one argument."""
    return np.reshape(ary, (1, -1)) if np.ndim(ary) < 2 else ary
