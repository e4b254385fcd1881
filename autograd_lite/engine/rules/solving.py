"""Inverses, determinants, systems of equations.

Notation: ``Aᵀ`` is the transpose, ``Aᴴ`` the conjugate transpose, ``Ā`` the conjugate. The differential of a real loss
is ``Re Σ G dA``, so the rule of a function with a complex derivative has transposes only.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from .linalg import adjoint, conj, hermitian_part, real, swap
from .products import as_column, as_row
from .table import composite, no_gradient, primitive, rule, rule_together


def over_matrices(x: Any) -> Any:
    """A number for each matrix in a stack, made to broadcast against the matrices."""
    return np.expand_dims(x, (-2, -1))


def sum_of_products(x: Any, y: Any) -> Any:
    """``tr(XᵀY)`` of each pair of matrices, made to broadcast against them."""
    return np.sum(x * y, axis=(-2, -1), keepdims=True)


# ---------------------------------------------------------------------------------- inverse, systems


def solve_gradients(g: Any, ans: Any, a: Any, b: Any) -> tuple[Any, Any]:
    """Both gradients of ``X = A⁻¹B``: ``dL/dB = A⁻ᵀG`` and ``dL/dA = -dL/dB Xᵀ``."""
    if np.ndim(b) != 1:
        of_b = np.linalg.solve(swap(a), g)
        return -of_b @ swap(ans), of_b
    column = np.linalg.solve(swap(a), as_column(g))
    return -column * as_row(ans), column[..., 0]


@composite(np.linalg.tensorinv)
def tensorinv(a: Any, ind: int = 2) -> Any:
    """``np.linalg.tensorinv``: the inverse of a matrix whose rows are the first ``ind`` axes."""
    if ind <= 0:
        raise ValueError(f"np.linalg.tensorinv takes a positive ind, not {ind}.")
    rows, columns = np.shape(a)[:ind], np.shape(a)[ind:]
    return np.reshape(np.linalg.inv(np.reshape(a, (math.prod(columns), -1))), columns + rows)


@composite(np.linalg.tensorsolve)
def tensorsolve(a: Any, b: Any, axes: Any = None) -> Any:
    """``np.linalg.tensorsolve``: a system whose unknowns are an array; its axes are the last ones of a."""
    order = [i for i in range(np.ndim(a)) if i not in (axes or ())]
    for axis in axes or ():
        order.insert(np.ndim(a), axis)
    moved = a if axes is None else np.transpose(a, order)
    shape = np.shape(moved)[np.ndim(b) :]
    size = math.prod(shape)
    if np.size(a) != size**2:
        raise np.linalg.LinAlgError(
            f"np.linalg.tensorsolve takes as many equations as unknowns; a has shape {np.shape(a)}, b {np.shape(b)}."
        )
    return np.reshape(np.linalg.solve(np.reshape(moved, (size, size)), np.ravel(b)), shape)


# ---------------------------------------------------------------------------------- determinants


@primitive
def cofactors(a: Any) -> Any:
    """The gradient of the determinant, ``det(A) A⁻ᵀ``, and its limit where A has no inverse."""
    u, s, vh = svd_or_nan(a)
    left_out = np.where(np.eye(s.shape[-1], dtype=bool), 1, s[..., None, :])
    return determinant_of(u, vh) * ((conj(u) * np.prod(left_out, axis=-1)[..., None, :]) @ conj(vh))


def svd_or_nan(a: Any) -> Any:
    """``np.linalg.svd``, which refuses what is not finite; here nan is there to be seen."""
    finite = np.isfinite(a).all(axis=(-2, -1), keepdims=True)
    u, s, vh = np.linalg.svd(np.where(finite, a, 0))
    return u, np.where(finite[..., 0], s, np.nan).astype(s.dtype), vh


def determinant_of(u: Any, vh: Any) -> Any:
    """The determinant of ``U Vᴴ``: 1 or -1, or a complex number of size 1."""
    return over_matrices(np.linalg.det(u) * np.linalg.det(vh))


@primitive
def cofactors_slope(h: Any, a: Any) -> Any:
    """The gradient of ``tr(Hᵀ C)``, where C are the cofactors of A: the second derivative of the determinant.

    With ``A = U S Vᴴ``, and p_ij the product of all singular values but s_i and s_j, the second differential of
    ``det S`` is ``Σ_ij p_ij (H_ii K_jj - H_ij K_ji)``: a polynomial, which needs no inverse.
    """
    u, s, vh = svd_or_nan(a)
    same = np.eye(s.shape[-1], dtype=bool)
    kept = ~(same[:, None, :] | same[None, :, :])
    p = np.where(same, 0, np.prod(np.where(kept, s[..., None, None, :], 1), axis=-1)).astype(s.dtype)
    turned = adjoint(u) @ h @ adjoint(vh)
    on_diagonal = (p @ np.diagonal(turned, axis1=-2, axis2=-1)[..., None]) * same
    return determinant_of(u, vh) * (conj(u) @ (on_diagonal - p * swap(turned)) @ conj(vh))


def third_slope(g: Any, h: Any, a: Any) -> Any:
    """The gradient of `cofactors_slope` with respect to A, which needs an inverse."""
    inverse = swap(np.linalg.inv(a))
    of_g, of_h = inverse @ swap(g) @ inverse, inverse @ swap(h) @ inverse
    trace_g, trace_h = sum_of_products(g, inverse), sum_of_products(h, inverse)
    straight = (trace_g * trace_h - sum_of_products(g, of_h)) * inverse - trace_h * of_g - trace_g * of_h
    crossed = of_h @ swap(g) @ inverse + of_g @ swap(h) @ inverse
    return over_matrices(np.linalg.det(a)) * (straight + crossed)


class SlogdetResult(NamedTuple):
    """What ``np.linalg.slogdet`` returns."""

    sign: Any
    logabsdet: Any


@primitive
def sign_and_log(a: Any) -> Any:
    """``np.linalg.slogdet`` with both results side by side along the last axis."""
    return np.stack(np.broadcast_arrays(*np.linalg.slogdet(a)), axis=-1)


def sign_and_log_gradient(g: Any, ans: Any, a: Any) -> Any:
    """``d log det A = tr(A⁻¹ dA)``: its real part moves the logarithm, its imaginary part turns the sign."""
    weight = real(g[..., 1])
    if np.iscomplexobj(a):
        weight = weight + 1j * np.imag(g[..., 0] * ans[..., 0])
    return over_matrices(weight) * swap(np.linalg.inv(a))


@composite(np.linalg.slogdet)
def slogdet(a: Any) -> SlogdetResult:
    """``np.linalg.slogdet``: the sign and the logarithm of the size of the determinant."""
    both = sign_and_log(a)
    return SlogdetResult(both[..., 0], real(both[..., 1]))


# ---------------------------------------------------------------------------------- least squares


@primitive
def pseudoinverse(a: Any, rcond: Any = None, hermitian: bool = False, rtol: Any = np._NoValue) -> Any:  # type: ignore[attr-defined]
    """``np.linalg.pinv`` of a matrix whose other singular values are rounding errors."""
    return np.linalg.pinv(a, rcond, hermitian, rtol=rtol)


def pseudoinverse_gradient(g: Any, p: Any, a: Any, hermitian: bool = False) -> Any:
    """dL/dA of ``P = A⁺``, where the rank does not change.

    ``dP = -P dA P + P Pᴴ dAᴴ (I - A P) + (I - P A) dAᴴ Pᴴ P`` (Golub & Pereyra 1973, SIAM J. Numer. Anal. 10).
    """
    back, at = swap(p) @ g, adjoint(g)
    rows = conj(p) @ swap(p)
    columns = swap(p) @ conj(p)
    outside = at @ rows - conj(a) @ (conj(p) @ (at @ rows))
    inside = columns @ at - columns @ at @ conj(p) @ conj(a)
    found = outside + inside - back @ swap(p)
    return hermitian_part(found) if hermitian else found


def truncated(a: Any, threshold: Any, hermitian: bool = False) -> Any:
    """A without its singular values up to threshold times the largest."""
    _, s, vh = np.linalg.svd(a, full_matrices=False, hermitian=hermitian)
    kept = s > np.asarray(threshold)[..., None] * s[..., :1]
    return a @ (adjoint(vh) @ (np.expand_dims(kept, -1) * vh))


@composite(np.linalg.pinv)
def pinv(a: Any, rcond: Any = None, hermitian: bool = False, **rtol: Any) -> Any:
    """``np.linalg.pinv``; where a threshold is given, what lies below may be more than rounding errors."""
    threshold = rtol.get("rtol") if rcond is None else rcond
    if threshold is not None:
        a = truncated(a, threshold, hermitian)
    given = rtol if rcond is None else {"rcond": rcond, **rtol}
    return pseudoinverse(a, **given, **({"hermitian": True} if hermitian else {}))


@primitive
def least_squares(a: Any, b: Any, rcond: float | None = None) -> Any:
    """The solution and the residuals of ``np.linalg.lstsq``, end to end."""
    x, residuals, _, _ = np.linalg.lstsq(a, b, rcond)
    return np.concatenate([np.ravel(x), residuals])


def least_squares_gradients(g: Any, ans: Any, a: Any, b: Any, rcond: float | None) -> tuple[Any, Any]:
    """Both gradients of ``X = A⁺B`` and of the residuals ``Σ |B - AX|²``, on which X has no influence."""
    columns = np.shape(b)[1:] or (1,)
    shape = (np.shape(a)[1], *columns)
    size = math.prod(shape)
    right, x, of_x = (
        np.reshape(b, (np.shape(a)[0], *columns)),
        np.reshape(ans[:size], shape),
        np.reshape(g[:size], shape),
    )
    given: Any = {"rcond": rcond} if rcond is not None and rcond > 0 else {"rtol": None}
    p = np.linalg.pinv(a, **given)
    of_a, of_b = pseudoinverse_gradient(of_x @ swap(right), p, a), swap(p) @ of_x
    if np.shape(g)[0] > size:
        slope = 2 * real(g[size:]) * conj(right - a @ x)
        of_a, of_b = of_a - slope @ swap(x), of_b + slope
    return of_a, np.reshape(of_b, np.shape(b))


@primitive
def rank_found(a: Any, b: Any, rcond: float | None = None) -> Any:
    """The rank that ``np.linalg.lstsq`` finds."""
    return np.linalg.lstsq(a, b, rcond)[2]


@composite(np.linalg.lstsq)
def lstsq(a: Any, b: Any, rcond: float | None = None) -> tuple[Any, Any, Any, Any]:
    """``np.linalg.lstsq``: the solution, the residuals, the rank, the singular values."""
    given = {} if rcond is None else {"rcond": rcond}
    rank = rank_found(a, b, **given)
    used = truncated(a, rcond) if rcond is not None and rcond > 0 else a
    both = least_squares(used, b, **given)
    shape = (np.shape(a)[1], *np.shape(b)[1:])
    size = math.prod(shape)
    return np.reshape(both[:size], shape), real(both[size:]), rank, np.linalg.svdvals(a)


# fmt: off
rule(np.linalg.inv, lambda g, ans, a: -swap(ans) @ g @ swap(ans))
rule(np.linalg.det, lambda g, ans, a: over_matrices(g) * cofactors(a))
rule(cofactors,     lambda g, ans, a: cofactors_slope(g, a))
rule(cofactors_slope, lambda g, ans, h, a: cofactors_slope(g, a), lambda g, ans, h, a: third_slope(g, h, a))
rule(sign_and_log,  lambda g, ans, a: sign_and_log_gradient(g, ans, a), symbol="slogdet")
rule(pseudoinverse, lambda g, ans, a, rcond=None, hermitian=False, rtol=None:
                    pseudoinverse_gradient(g, ans, a, hermitian), symbol="pinv")
# fmt: on

rule_together(np.linalg.solve, lambda g, ans, a, b: solve_gradients(g, ans, a, b))
rule_together(
    least_squares, lambda g, ans, a, b, rcond=None: least_squares_gradients(g, ans, a, b, rcond), symbol="lstsq"
)  # fmt: skip
no_gradient(rank_found, 2, "rcond")
no_gradient(np.linalg.matrix_rank, 1, "tol", "hermitian", "rtol")
