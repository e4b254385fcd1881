"""Norms of vectors and matrices, singular values, the condition number.

The zero vector has no direction: its norm sends back 0. Equal winners of a largest or smallest share equally.
A singular value that is 0 up to rounding, as `np.linalg.matrix_rank` decides, sends back 0, as ``abs`` does at 0.
"""

from typing import Any

import numpy as np

from .elementwise import direction
from .linalg import conj, hermitian_part, swap
from .reductions import Axis, spread
from .table import composite, primitive, rule


def shared(scores: Any, best: Any, axis: Axis = -1) -> Any:
    """1/n for each of the n entries that are the best, 0 for the others."""
    winners = scores == best
    return winners / np.maximum(np.sum(winners, axis=axis, keepdims=True), 1)


# ---------------------------------------------------------------------------------- of vectors


def vector_slope(ans: Any, x: Any, p: Any, axis: Axis) -> Any:
    """The gradient of the p-norm of vectors along the axes; ``ans`` broadcasts against x."""
    if p is None or p == 2:
        return conj(np.where(ans == 0, 0, x)) / np.where(ans == 0, 1, ans)
    if p == 0:
        return np.zeros(np.shape(x))
    if p == 1:
        return direction(x)
    size = np.abs(x)
    if np.isinf(p):
        return direction(x) * shared(size, ans, axis)
    return direction(x) * (np.where(size == 0, 1, size) / np.where(ans == 0, 1, ans)) ** (p - 1)


# ---------------------------------------------------------------------------------- of matrices


def sum_slope(x: Any, p: float, row: int, column: int) -> Any:
    """The gradient of the largest (smallest, p < 0) sum of sizes in a column (p = ±1) or a row (p = ±inf)."""
    along, across = (row, column) if abs(p) == 1 else (column, row)
    sums = np.sum(np.abs(x), axis=along, keepdims=True)
    best = (np.max if p > 0 else np.min)(sums, axis=across, keepdims=True)
    return direction(x) * shared(sums, best, across)


def rounding(s: Any, shape: tuple[int, ...]) -> Any:
    """How far a singular value may be from 0 by rounding alone: the default of `np.linalg.matrix_rank`."""
    return s[..., :1] * (max(shape[-2:]) * float(np.finfo(s.dtype).eps))


def weighted(x: Any, weights: Any, hermitian: bool = False) -> Any:
    """The gradient of a function of singular values: ``Ū W Vᵀ`` for weights W of them (a function of themselves)."""
    u, s, vh = np.linalg.svd(x, full_matrices=False, hermitian=hermitian)
    weight = np.where(s > rounding(s, np.shape(x)), weights(s) if callable(weights) else weights, 0)
    found = conj(u * np.expand_dims(weight, -2)) @ conj(vh)
    return hermitian_part(found) if hermitian else found


def extreme(s: Any, largest: bool) -> Any:
    """1/n for each of the n largest (smallest) singular values; equal up to rounding is equal."""
    best = s[..., :1] if largest else s[..., -1:]
    return shared(np.abs(s - best) <= 10 * rounding(s, np.shape(s)[-1:]), True)


def singular_slope(x: Any, p: Any, row: int, column: int) -> Any:
    """The gradient of a norm that is made of singular values: 2, -2 or "nuc"."""
    of_matrices = np.moveaxis(x, (row, column), (-2, -1))
    found = weighted(of_matrices, np.ones_like if p == "nuc" else lambda s: extreme(s, p > 0))
    return np.moveaxis(found, (-2, -1), (row, column))


def matrix_slope(ans: Any, x: Any, p: Any, axes: tuple[int, int]) -> Any:
    """The gradient of a matrix norm along two axes; ``ans`` broadcasts against x."""
    if p is None or p in ("fro", "f"):
        return vector_slope(ans, x, 2, axes)
    if p == "nuc" or abs(p) == 2:
        return singular_slope(x, p, *axes)
    return sum_slope(x, p, *axes)


def norm_gradient(g: Any, ans: Any, x: Any, ord: Any = None, axis: Axis = None, keepdims: bool = False) -> Any:
    """dL/dx of ``np.linalg.norm``: of all entries, of vectors along an axis, of matrices along two."""
    if axis is None and ord is not None:
        axis = tuple(range(np.ndim(x)))
    g, ans = spread(g, x, axis, keepdims), spread(ans, x, axis, keepdims)
    if isinstance(axis, tuple) and len(axis) == 2:
        return g * matrix_slope(ans, x, ord, axis)
    return g * vector_slope(ans, x, ord, axis)


def matrix_norm_gradient(g: Any, ans: Any, x: Any, keepdims: bool = False, ord: Any = "fro") -> Any:
    """dL/dx of ``np.linalg.matrix_norm``: of matrices along the last two axes."""
    return norm_gradient(g, ans, x, ord, (-2, -1), keepdims)


def vector_norm_gradient(g: Any, ans: Any, x: Any, axis: Axis = None, keepdims: bool = False, ord: Any = 2) -> Any:
    """dL/dx of ``np.linalg.vector_norm``: the entries along any number of axes are one vector."""
    return spread(g, x, axis, keepdims) * vector_slope(spread(ans, x, axis, keepdims), x, ord, axis)


# ---------------------------------------------------------------------------------- condition number


def ratio_slope(s: Any, p: float) -> Any:
    """The gradient of the largest singular value over the smallest, or of the reverse (p = -2)."""
    largest, smallest = s[..., :1], s[..., -1:]
    ratio = largest / smallest if p > 0 else smallest / largest
    return (ratio if p > 0 else -ratio) * (extreme(s, True) / largest - extreme(s, False) / smallest)


def cond_gradient(g: Any, x: Any, p: Any) -> Any:
    """dL/dx of ``np.linalg.cond``: of singular values, or of a norm of x times that of its inverse."""
    if p in (None, 2, -2):
        return np.expand_dims(g, (-2, -1)) * weighted(x, lambda s: ratio_slope(s, 2 if p is None else p))
    inverse, axes = np.linalg.inv(x), (-2, -1)
    sizes = [np.linalg.norm(y, p, axis=axes, keepdims=True) for y in (x, inverse)]
    slopes = [matrix_slope(size, y, p, axes) for size, y in zip(sizes, (x, inverse), strict=True)]
    through_inverse = swap(inverse) @ slopes[1] @ swap(inverse)
    return np.expand_dims(g, (-2, -1)) * (sizes[1] * slopes[0] - sizes[0] * through_inverse)


# ---------------------------------------------------------------------------------- singular values


@primitive
def singular_values(a: Any, hermitian: bool = False) -> Any:
    """The singular values of each matrix in a stack, the largest first."""
    return np.linalg.svd(a, compute_uv=False, hermitian=hermitian)


@composite(np.linalg.svdvals)
def svdvals(x: Any) -> Any:
    """``np.linalg.svdvals``: the singular values, the largest first."""
    return singular_values(x)


# fmt: off
rule(np.linalg.norm,        norm_gradient)
rule(np.linalg.vector_norm, vector_norm_gradient)
rule(np.linalg.matrix_norm, matrix_norm_gradient)
rule(np.linalg.cond,        lambda g, ans, x, p=None: cond_gradient(g, x, p))
rule(singular_values,       lambda g, ans, a, hermitian=False: weighted(a, g, hermitian), symbol="svdvals")
# fmt: on
