"""More products of vectors and matrices: vdot, vecdot, cross, powers and chains of matrices, the array API."""

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from .linalg import conj, swap
from .table import composite, rule


def from_the_end(axis: int, x: Any) -> int:
    """An axis of x, counted from the end: there it is also after broadcasting, which adds axes in front."""
    return axis - np.ndim(x) if axis >= 0 else axis


def as_column(v: Any) -> Any:
    """Vectors as matrices of one column."""
    return np.expand_dims(v, -1)


def as_row(v: Any) -> Any:
    """Vectors as matrices of one row."""
    return np.expand_dims(v, -2)


# ---------------------------------------------------------------------------------- of vectors


@composite(np.vdot)
def vdot(a: Any, b: Any) -> Any:
    """``np.vdot``: both as vectors, the first one conjugated."""
    return np.dot(conj(np.ravel(a)), np.ravel(b))


def vecdot_other(g: Any, x: Any, other: Any, axis: int, keepdims: bool) -> Any:
    """The gradient of ``np.vecdot`` times the other operand, with its vectors where x has them."""
    g = np.moveaxis(g, axis, -1) if keepdims else as_column(g)
    return np.moveaxis(g * np.moveaxis(other, axis, -1), -1, from_the_end(axis, x))


def in_space(v: Any, axis: int) -> Any:
    """Vectors of three entries along the last axis; those of the plane get a third one, 0."""
    v = np.moveaxis(v, axis, -1)
    return v if np.shape(v)[-1] == 3 else np.concatenate([v, np.zeros_like(v[..., :1])], axis=-1)


def cross_gradient(left: Any, right: Any, x: Any, axis: int) -> Any:
    """``left × right``, with as many entries as x has, along the same axis."""
    found = np.cross(left, right)[..., : np.shape(x)[axis]]
    return np.moveaxis(found, -1, from_the_end(axis, x))


def cross_operands(
    g: Any, a: Any, b: Any, axisa: int, axisb: int, axisc: int, axis: int | None
) -> tuple[Any, Any, Any, int, int]:
    """g, a and b as vectors in space along the last axis, and the axes of a and b; g points along z in the plane."""
    if axis is not None:
        axisa = axisb = axisc = axis
    if np.shape(a)[axisa] == np.shape(b)[axisb] == 2:
        g = np.stack([np.zeros_like(g), np.zeros_like(g), g], axis=-1)
    else:
        g = np.moveaxis(g, axisc, -1)
    return g, in_space(a, axisa), in_space(b, axisb), axisa, axisb


def cross_left(g: Any, a: Any, b: Any, *axes: Any) -> Any:
    """dL/da of ``a × b``: ``b × g``."""
    g, _, right, axisa, _ = cross_operands(g, a, b, *axes)
    return cross_gradient(right, g, a, axisa)


def cross_right(g: Any, a: Any, b: Any, *axes: Any) -> Any:
    """dL/db of ``a × b``: ``g × a``."""
    g, left, _, _, axisb = cross_operands(g, a, b, *axes)
    return cross_gradient(g, left, b, axisb)


# fmt: off
rule(np.vecdot, lambda g, ans, x, y, axis=-1, keepdims=False: conj(vecdot_other(g, x, y, axis, keepdims)),
                lambda g, ans, x, y, axis=-1, keepdims=False: vecdot_other(g, y, conj(x), axis, keepdims))
rule(np.cross,  lambda g, ans, a, b, axisa=-1, axisb=-1, axisc=-1, axis=None:
                cross_left(g, a, b, axisa, axisb, axisc, axis),
                lambda g, ans, a, b, axisa=-1, axisb=-1, axisc=-1, axis=None:
                cross_right(g, a, b, axisa, axisb, axisc, axis))
if hasattr(np, "matvec"):  # NumPy 2.2
    rule(np.matvec, lambda g, ans, x, y: as_column(g) * as_row(y),      lambda g, ans, x, y: np.matvec(swap(x), g))
    rule(np.vecmat, lambda g, ans, x, y: conj(np.matvec(y, g)),  lambda g, ans, x, y: as_column(conj(x)) * as_row(g))
# fmt: on


# ---------------------------------------------------------------------------------- of matrices


def square(a: Any, name: str) -> int:
    """The length of the sides of square matrices; a LinAlgError, as NumPy's, if they are not."""
    shape = np.shape(a)
    if len(shape) < 2 or shape[-1] != shape[-2]:
        raise np.linalg.LinAlgError(f"{name} takes square matrices along the last two axes, not an array {shape}.")
    return int(shape[-1])


@composite(np.linalg.matrix_power)
def matrix_power(a: Any, n: int) -> Any:
    """``np.linalg.matrix_power``: squared again and again; the inverse's power for a negative exponent."""
    size, power = square(a, "np.linalg.matrix_power"), operator.index(n)
    if power == 0:
        return np.where(np.zeros(np.shape(a), bool), a, np.eye(size, dtype=np.result_type(a)))
    base = np.linalg.inv(a) if power < 0 else a
    if abs(power) == 3:
        return base @ base @ base
    found = base if power % 2 else None
    for bit in reversed(f"{abs(power):b}"[:-1]):
        base = base @ base
        if bit == "1":
            found = base if found is None else found @ base
    return found


@composite(np.linalg.multi_dot)
def multi_dot(arrays: Sequence[Any]) -> Any:
    """``np.linalg.multi_dot``: a chain of products, in the order that takes the fewest multiplications."""
    if len(arrays) < 2:
        raise ValueError("np.linalg.multi_dot takes at least two arrays.")
    first, *middle, last = arrays
    chain = [np.reshape(first, (1, -1)) if np.ndim(first) == 1 else first, *middle]
    chain.append(as_column(last) if np.ndim(last) == 1 else last)
    if any(np.ndim(x) != 2 for x in chain):
        raise np.linalg.LinAlgError(
            f"np.linalg.multi_dot takes matrices, and vectors at the ends; not {[*map(np.shape, arrays)]}."
        )
    outside = np.shape(first)[:-1] + np.shape(last)[1:]
    return np.reshape(chained(chain, *cheapest([np.shape(x)[0] for x in chain] + [np.shape(chain[-1])[1]])), outside)


def cheapest(sizes: Sequence[int]) -> tuple[dict[tuple[int, int], int], int, int]:
    """Where to cut each part of a chain of matrices (Cormen et al., Introduction to Algorithms, 15.2), and its ends."""
    count = len(sizes) - 1
    cost: dict[tuple[int, int], int] = {}
    cut: dict[tuple[int, int], int] = {}
    for length in range(count):
        for i in range(count - length):
            j = i + length
            prices = [
                cost[i, k] + cost[k + 1, j] + sizes[i] * sizes[k + 1] * sizes[j + 1] for k in reversed(range(i, j))
            ]
            cost[i, j] = min(prices, default=0)
            cut[i, j] = j - 1 - prices.index(cost[i, j]) if prices else i
    return cut, 0, count - 1


def chained(chain: Sequence[Any], cut: dict[tuple[int, int], int], i: int, j: int) -> Any:
    """The product of matrices i to j, cut where it is said."""
    if i == j:
        return chain[i]
    k = cut[i, j]
    return chained(chain, cut, i, k) @ chained(chain, cut, k + 1, j)


# ---------------------------------------------------------------------------------- the names of the array API


@composite(np.linalg.cross)
def cross(x1: Any, x2: Any, axis: int = -1) -> Any:
    """``np.linalg.cross``: of vectors in space alone."""
    if np.shape(x1)[axis] != 3 or np.shape(x2)[axis] != 3:
        raise ValueError(
            f"np.linalg.cross takes vectors of 3 entries, not of {np.shape(x1)[axis]}, {np.shape(x2)[axis]}."
        )
    return np.cross(x1, x2, axis=axis)


@composite(np.linalg.outer)
def outer(x1: Any, x2: Any) -> Any:
    """``np.linalg.outer``: of vectors alone."""
    if np.ndim(x1) != 1 or np.ndim(x2) != 1:
        raise ValueError(f"np.linalg.outer takes two vectors, not arrays of shape {np.shape(x1)} and {np.shape(x2)}.")
    return np.outer(x1, x2)


@composite(np.linalg.matmul)
def matmul(x1: Any, x2: Any) -> Any:
    """``np.linalg.matmul``: ``x1 @ x2``."""
    return np.matmul(x1, x2)


@composite(np.linalg.tensordot)
def tensordot(x1: Any, x2: Any, axes: Any = 2) -> Any:
    """``np.linalg.tensordot``: ``np.tensordot``."""
    return np.tensordot(x1, x2, axes=axes)


@composite(np.linalg.vecdot)
def vecdot(x1: Any, x2: Any, axis: Any = -1) -> Any:
    """``np.linalg.vecdot``: ``np.vecdot``."""
    return np.vecdot(x1, x2, axis=axis)  # type: ignore[call-overload]


@composite(np.linalg.matrix_transpose)
def matrix_transpose(x: Any) -> Any:
    """``np.linalg.matrix_transpose``: the transpose of each matrix in a stack."""
    if np.ndim(x) < 2:
        raise ValueError(f"np.linalg.matrix_transpose takes matrices, not an array of shape {np.shape(x)}.")
    return swap(x)


@composite(np.linalg.diagonal)
def diagonal(x: Any, offset: int = 0) -> Any:
    """``np.linalg.diagonal``: the entries on a diagonal of each matrix in a stack."""
    if np.ndim(x) < 2:
        raise ValueError(f"np.linalg.diagonal takes matrices, not an array of shape {np.shape(x)}.")
    rows, columns = np.shape(x)[-2:]
    length = max(0, min(rows + min(offset, 0), columns - max(offset, 0)))
    return x[..., np.arange(length) - min(offset, 0), np.arange(length) + max(offset, 0)]


@composite(np.linalg.trace)
def trace(x: Any, offset: int = 0, dtype: Any = None) -> Any:
    """``np.linalg.trace``: the sum of a diagonal of each matrix in a stack."""
    entries = diagonal(x, offset)
    return np.sum(entries if dtype is None else entries.astype(dtype), axis=-1)
