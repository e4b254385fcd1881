"""Factors of matrices: eigenvalues, singular values, QR, Cholesky.

Every factorization is one operation, whose results lie end to end in one array (`packed`), and one rule. The rules
follow from the differential of ``A = U S Vᴴ`` and its like, where ``Ω = Uᴴ dU`` is anti-Hermitian (Giles 2008, An
extended collection of matrix derivative results; Walter & Lehmann 2010, Algorithmic differentiation of linear algebra
functions; Wan & Zhang 2019, Automatic differentiation for complex valued SVD).

Eigenvectors and singular vectors are unique up to a factor of size 1. A loss that does not depend on it has the
gradient that is returned; others have none. Equal eigenvalues leave more freedom: what turns their vectors into each
other counts as 0 (``1/0 → 0``), and equal means equal up to rounding.

`eigh` and `cholesky` read one triangle; the gradient is that of the same function of ``(A + Aᴴ)/2``: Hermitian, and
right for every loss that goes through Hermitian matrices.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from .linalg import adjoint, conj, hermitian_part, real, swap
from .norms import rounding, singular_values
from .products import as_column, as_row
from .table import composite, no_gradient, primitive, rule

Shape = tuple[int, ...]


class EighResult(NamedTuple):
    """What ``np.linalg.eigh`` returns."""

    eigenvalues: Any
    eigenvectors: Any


class EigResult(NamedTuple):
    """What ``np.linalg.eig`` returns."""

    eigenvalues: Any
    eigenvectors: Any


class QRResult(NamedTuple):
    """What ``np.linalg.qr`` returns."""

    Q: Any
    R: Any


class SVDResult(NamedTuple):
    """What ``np.linalg.svd`` returns."""

    U: Any
    S: Any
    Vh: Any


# ---------------------------------------------------------------------------------- several results in one array


def packed(parts: Sequence[Any], ndims: Sequence[int]) -> Any:
    """Stacks of vectors (1) and matrices (2), end to end along the last axis."""
    lengths = [math.prod(np.shape(p)[np.ndim(p) - n :]) for p, n in zip(parts, ndims, strict=True)]
    stack = np.shape(parts[0])[: np.ndim(parts[0]) - ndims[0]]
    return np.concatenate([np.reshape(p, (*stack, n)) for p, n in zip(parts, lengths, strict=True)], axis=-1)


def unpacked(pack: Any, *shapes: Shape) -> list[Any]:
    """The reverse of `packed`: parts of these shapes."""
    parts, begin = [], 0
    for shape in shapes:
        end = begin + math.prod(shape)
        parts.append(np.reshape(pack[..., begin:end], np.shape(pack)[:-1] + shape))
        begin = end
    return parts


def inverse_or_0(x: Any, scale: Any) -> Any:
    """1/x, and 0 where x is 0 up to ten roundings of a number of the size of scale."""
    nothing = np.abs(x) <= scale * (10 * float(np.finfo(x.dtype).eps))
    return np.where(nothing, 0, 1 / np.where(nothing, 1, x))


def total(w: Any) -> Any:
    """The sum of sizes, as a vector of one entry."""
    return np.sum(np.abs(w), axis=-1, keepdims=True)


def inverse_gaps(w: Any) -> Any:
    """``1/(w_j - w_i)`` at place i, j; 0 on the diagonal and for equal entries."""
    return inverse_or_0(as_row(w) - as_column(w), as_row(total(w)))


def on_diagonal(w: Any) -> Any:
    """Diagonal matrices with these entries."""
    return as_column(w) * np.eye(np.shape(w)[-1], dtype=np.result_type(w))


def half_triangle(x: Any, upper: bool = False) -> Any:
    """The lower (upper) triangle with half of its diagonal; with its adjoint it makes a Hermitian matrix again."""
    real = np.finfo(x.dtype).dtype
    half = np.tri(np.shape(x)[-1], dtype=real) - np.eye(np.shape(x)[-1], dtype=real) / 2
    return x * (half.T if upper else half)


# ---------------------------------------------------------------------------------- eigenvalues


@primitive
def eigh_pack(a: Any, UPLO: Any = "L") -> Any:
    """``np.linalg.eigh``, the eigenvalues and the eigenvectors in one array."""
    return packed(np.linalg.eigh(a, UPLO), (1, 2))


def eigh_gradient(g: Any, ans: Any, a: Any) -> Any:
    """``dw = diag K`` and ``dV = V (F∘K)`` with ``K = Vᴴ dA V``, ``F_ij = 1/(w_j - w_i)``."""
    n = np.shape(a)[-1]
    (w, v), (of_w, of_v) = unpacked(ans, (n,), (n, n)), unpacked(g, (n,), (n, n))
    middle = on_diagonal(real(of_w)) + inverse_gaps(real(w)) * (swap(v) @ of_v)
    return hermitian_part(conj(v) @ middle @ swap(v))


@composite(np.linalg.eigh)
def eigh(a: Any, UPLO: Any = "L") -> EighResult:
    """``np.linalg.eigh``: the eigenvalues in ascending order and the eigenvectors, in columns."""
    n = np.shape(a)[-1:]
    w, v = unpacked(eigh_pack(a, UPLO=UPLO), n, n + n)
    return EighResult(real(w), v)


def eigvalsh_gradient(g: Any, a: Any, UPLO: Any) -> Any:
    """``dw = diag(Vᴴ dA V)``."""
    _, v = np.linalg.eigh(a, UPLO)
    return hermitian_part(conj(v) @ (as_column(g) * swap(v)))


@primitive
def eig_pack(a: Any) -> Any:
    """``np.linalg.eig``, the eigenvalues and the eigenvectors in one array."""
    return packed(np.linalg.eig(a), (1, 2))


def eig_gradient(g: Any, ans: Any, a: Any) -> Any:
    """``dw = diag K`` and ``dV = V (F∘K) + V C`` with ``K = V⁻¹ dA V``; C keeps the columns as LAPACK scales them.

    That is to length 1, and so that the largest entry is real: ``c = -Re(vᴴu) - i Im(u_k)/v_k`` for a column u of
    ``V (F∘K)``. For eigenvalues that are not simple V may have no inverse.
    """
    n = np.shape(a)[-1]
    (w, v), (of_w, of_v) = unpacked(ans, (n,), (n, n)), unpacked(g, (n,), (n, n))
    along = np.sum(of_v * v, axis=-2, keepdims=True)
    of_u = of_v - real(along) * conj(v)
    if np.iscomplexobj(v) and n:
        largest = np.expand_dims(np.argmax(np.abs(v), axis=-2), -2) == np.arange(n)[:, None]
        of_u = of_u - 1j * np.imag(along) * largest / np.sum(largest * np.real(v), axis=-2, keepdims=True)
    middle = on_diagonal(of_w) + inverse_gaps(w) * (swap(v) @ of_u)
    return np.linalg.solve(swap(v), middle @ swap(v))


@composite(np.linalg.eig)
def eig(a: Any) -> EigResult:
    """``np.linalg.eig``: the eigenvalues and the eigenvectors, in columns; complex where an eigenvalue is."""
    n = np.shape(a)[-1:]
    return EigResult(*unpacked(eig_pack(a), n, n + n))


@primitive
def order_as(wanted: Any, found: Any) -> Any:
    """Matrices of 0 and 1 that put numbers in the order of others, each beside the nearest one that is left."""
    distance = np.abs(as_column(found) - as_row(wanted))
    order = np.zeros(distance.shape, found.real.dtype)
    for i in np.ndindex(distance.shape[:-2]):
        for j in range(distance.shape[-1]):
            nearest = np.argmin(distance[i][:, j])
            distance[i][nearest] = np.inf
            order[i][nearest, j] = 1
    return order


def eigvals_gradient(g: Any, ans: Any, a: Any) -> Any:
    """``dw = diag(V⁻¹ dA V)``; LAPACK may find the eigenvalues in another order when it looks for vectors, too."""
    w, v = np.linalg.eig(a)
    return np.linalg.solve(swap(v), (order_as(ans, w) @ as_column(g)) * swap(v))


# ---------------------------------------------------------------------------------- singular values


@primitive
def svd_pack(a: Any, full_matrices: bool = True, hermitian: bool = False) -> Any:
    """``np.linalg.svd``, all three results in one array."""
    return packed(np.linalg.svd(a, full_matrices, hermitian=hermitian), (2, 1, 2))


def svd_shapes(a: Any, full_matrices: bool) -> tuple[Shape, Shape, Shape]:
    """The shapes of U, S and Vᴴ."""
    m, n = np.shape(a)[-2:]
    k = min(m, n)
    return (m, m if full_matrices else k), (k,), (n if full_matrices else k, n)


def of_first_columns(g: Any, q: Any, count: int) -> tuple[Any, Any]:
    """The first columns of a unitary matrix and their gradient; the others turn as they do: ``Ω₁₂ = -Ω₂₁ᴴ``."""
    first, rest = q[..., :count], q[..., count:]
    of_first, of_rest = g[..., :count], g[..., count:]
    if np.shape(rest)[-1]:
        of_first = of_first - conj(rest) @ (adjoint(of_rest) @ conj(first))
    return of_first, first


def svd_gradient(g: Any, ans: Any, a: Any, full_matrices: bool, hermitian: bool) -> Any:
    """With ``K = Uᴴ dA V``, its Hermitian part H and the rest N: ``dS = diag H``, and on either side the vectors turn.

    ``Ω_U = H∘E + N∘D`` and ``Ω_V = H∘E - N∘D`` with ``E_ij = 1/(s_j - s_i)`` and ``D_ij = 1/(s_i + s_j)``. E belongs to
    what equal singular values leave free; the diagonal of D is the phase of U against V.
    """
    shapes = svd_shapes(a, full_matrices)
    (u, s, vh), (of_u, of_s, of_vh) = unpacked(ans, *shapes), unpacked(g, *shapes)
    k, s, of_s = shapes[1][0], real(s), real(of_s)
    of_u, u = of_first_columns(of_u, u, k)
    of_v, v = of_first_columns(adjoint(of_vh), adjoint(vh), k)
    on_u, on_v = swap(u) @ of_u, swap(v) @ of_v
    turn = hermitian_part((on_u + on_v) * inverse_gaps(s))
    against = (on_u - on_v) * inverse_or_0(as_row(s) + as_column(s), as_row(total(s)))
    middle = on_diagonal(np.where(s > rounding(s, np.shape(a)), of_s, 0)) + turn + (against - adjoint(against)) / 2
    found = conj(u) @ middle @ swap(v)
    inverse = as_row(inverse_or_0(s, total(s)))
    if np.shape(a)[-2] > k:  # what turns the columns of U out of their space
        found = found + ((of_u - conj(u) @ on_u) * inverse) @ swap(v)
    if np.shape(a)[-1] > k:
        found = found + (conj(u) * inverse) @ adjoint(of_v - conj(v) @ on_v)
    return hermitian_part(found) if hermitian else found


@composite(np.linalg.svd)
def svd(a: Any, full_matrices: bool = True, compute_uv: bool = True, hermitian: bool = False) -> Any:
    """``np.linalg.svd``: U, the singular values and Vᴴ, or the singular values alone."""
    if not compute_uv:
        return singular_values(a, hermitian=hermitian)
    pack = svd_pack(a, full_matrices=full_matrices, hermitian=hermitian)
    u, s, vh = unpacked(pack, *svd_shapes(a, full_matrices))
    return SVDResult(u, real(s), vh)


# ---------------------------------------------------------------------------------- QR, Cholesky


@primitive
def qr_pack(a: Any, mode: Any = "reduced") -> Any:
    """``np.linalg.qr``, Q and R in one array."""
    return packed(np.linalg.qr(a, mode), (2, 2))


def qr_shapes(a: Any, mode: Any) -> tuple[Shape, Shape]:
    """The shapes of Q and R."""
    m, n = np.shape(a)[-2:]
    k = m if mode == "complete" else min(m, n)
    return (m, k), (k, n)


def qr_gradient(g: Any, ans: Any, a: Any, mode: Any) -> Any:
    """dL/dA of ``A = QR``. The columns that A has beyond a square are ``Y = Q V``, so ``V = Qᴴ Y``."""
    shapes, (m, n) = qr_shapes(a, mode), np.shape(a)[-2:]
    (q, r), (of_q, of_r) = unpacked(ans, *shapes), unpacked(g, *shapes)
    if m >= n:
        of_q, q = of_first_columns(of_q, q, n)
        return tall_qr_gradient(of_q, of_r[..., :n, :], q, r[..., :n, :])
    y, of_v = a[..., m:], of_r[..., m:]
    of_x = tall_qr_gradient(of_q + conj(y) @ adjoint(of_v), of_r[..., :m], q, r[..., :m])
    return np.concatenate([of_x, conj(q) @ of_v], axis=-1)


def tall_qr_gradient(of_q: Any, of_r: Any, q: Any, r: Any) -> Any:
    """With ``K = Qᴴ dA R⁻¹`` and T the upper triangle of ``K + Kᴴ``: ``dR = T R`` and ``dQ = dA R⁻¹ - Q T``.

    The diagonal of R is real, so that of T is, too: half of what ``K + Kᴴ`` has there.
    """
    upper = half_triangle(of_r @ swap(r) - swap(q) @ of_q, upper=True)
    return swap(np.linalg.solve(r, swap(of_q + conj(q) @ (upper + adjoint(upper)))))


@composite(np.linalg.qr)
def qr(a: Any, mode: Any = "reduced") -> Any:
    """``np.linalg.qr``: Q and R, or R alone."""
    if mode not in ("reduced", "complete", "r"):
        raise ValueError(f"np.linalg.qr of a Value takes mode 'reduced', 'complete' or 'r', not {mode!r}.")
    kind = "complete" if mode == "complete" else "reduced"
    q, r = unpacked(qr_pack(a, mode=kind), *qr_shapes(a, kind))
    return r if mode == "r" else QRResult(q, r)


def cholesky_gradient(g: Any, ans: Any, upper: bool) -> Any:
    """``dL = L Φ(L⁻¹ dA L⁻ᴴ)``, where Φ takes the lower triangle with half of its diagonal (Murray 2016)."""
    factor, of_factor = (adjoint(ans), adjoint(g)) if upper else (ans, g)
    inverse = np.linalg.inv(factor)
    return hermitian_part(swap(inverse) @ half_triangle(swap(factor) @ of_factor) @ conj(inverse))


# fmt: off
rule(eigh_pack, lambda g, ans, a, UPLO="L": eigh_gradient(g, ans, a), symbol="eigh")
rule(eig_pack,  lambda g, ans, a: eig_gradient(g, ans, a), symbol="eig")
rule(svd_pack,  lambda g, ans, a, full_matrices=True, hermitian=False:
                svd_gradient(g, ans, a, full_matrices, hermitian), symbol="svd")
rule(qr_pack,   lambda g, ans, a, mode="reduced": qr_gradient(g, ans, a, mode), symbol="qr")
rule(np.linalg.eigvalsh, lambda g, ans, a, UPLO="L": eigvalsh_gradient(g, a, UPLO))
rule(np.linalg.eigvals,  lambda g, ans, a: eigvals_gradient(g, ans, a))
rule(np.linalg.cholesky, lambda g, ans, a, upper=False: cholesky_gradient(g, ans, upper))
# fmt: on

no_gradient(order_as, 2)
