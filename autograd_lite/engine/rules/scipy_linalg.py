"""SciPy's linear algebra, as functions that a Value can see.

The way back of a solution x of A x = b is a solution too: of the transposed system, with the gradient on the right.
What a matrix of SciPy does not read (one triangle of two, the corners of a band) gets no gradient.
"""

from typing import Any

import numpy as np
import scipy.linalg

from .linalg import swap
from .table import primitive, rule


def triangle(x: Any, lower: bool, diagonal: bool = True) -> Any:
    """One triangle of each square matrix in a stack, with its diagonal or without, and zeros beside it."""
    inside = np.tri(np.shape(x)[-1], k=0 if diagonal else -1, dtype=bool)
    return np.where(inside if lower else inside.T, x, 0)


def outer(x: Any, y: Any, vectors: bool) -> Any:
    """``x yᵀ`` of two columns, or the sum over all columns of two matrices."""
    return np.expand_dims(x, -1) * np.expand_dims(y, -2) if vectors else x @ swap(y)


# ---------------------------------------------------------------------------------- triangular systems


@primitive
def solve_triangular(a: Any, b: Any, trans: int = 0, lower: bool = False, unit_diagonal: bool = False) -> Any:
    """The solution of a triangular system, or of its transpose (trans=1)."""
    return scipy.linalg.solve_triangular(a, b, trans, lower, unit_diagonal)


def triangle_gradient(down: Any, ans: Any, trans: int, lower: bool, unit_diagonal: bool) -> Any:
    """dL/dA of a triangular system, from dL/db."""
    rows, columns = (ans, down) if trans else (down, ans)
    return triangle(-outer(rows, columns, np.ndim(ans) == 1), lower, not unit_diagonal)


rule(
    solve_triangular,
    lambda g, ans, a, b, trans=0, lower=False, unit_diagonal=False: triangle_gradient(
        solve_triangular(a, g, trans=1 - trans, lower=lower, unit_diagonal=unit_diagonal),
        ans, trans, lower, unit_diagonal,
    ),
    lambda g, ans, a, b, trans=0, lower=False, unit_diagonal=False:
        solve_triangular(a, g, trans=1 - trans, lower=lower, unit_diagonal=unit_diagonal),
)  # fmt: skip


# ---------------------------------------------------------------------------------- banded systems


@primitive
def solve_banded(ab: Any, b: Any, l_and_u: tuple[int, int] = (0, 0)) -> Any:
    """The solution of a banded system, its matrix given by diagonals."""
    return scipy.linalg.solve_banded(l_and_u, ab, b)


def band(l_and_u: tuple[int, int], n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The row and the column of each entry of the diagonals of an n×n matrix, and which of them are inside it."""
    lower, upper = l_and_u
    columns = np.arange(n)
    rows = columns + np.arange(-upper, lower + 1)[:, None]
    return np.clip(rows, 0, max(n - 1, 0)), columns, (rows >= 0) & (rows < n)


def transposed_band(ab: Any, l_and_u: tuple[int, int]) -> Any:
    """The diagonals of the transposed matrix: in the opposite order, each moved along."""
    lower, upper = l_and_u
    columns, _, inside = band((upper, lower), np.shape(ab)[-1])
    return np.where(inside, ab[np.arange(lower + upper, -1, -1)[:, None], columns], 0)


def band_gradient(down: Any, ans: Any, l_and_u: tuple[int, int]) -> Any:
    """dL/dA of a banded system by diagonals, from dL/db."""
    rows, _, inside = band(l_and_u, np.shape(ans)[0])
    products = down[rows] * ans
    return -np.where(inside, products if np.ndim(ans) == 1 else np.sum(products, axis=-1), 0)


rule(
    solve_banded,
    lambda g, ans, ab, b, l_and_u=(0, 0): band_gradient(
        solve_banded(transposed_band(ab, l_and_u), g, l_and_u=l_and_u[::-1]), ans, l_and_u
    ),
    lambda g, ans, ab, b, l_and_u=(0, 0): solve_banded(transposed_band(ab, l_and_u), g, l_and_u=l_and_u[::-1]),
)


# ---------------------------------------------------------------------------------- factors


@primitive
def cholesky(a: Any, lower: bool = False) -> Any:
    """The triangular L with a = L Lᴴ, or U with a = Uᴴ U."""
    return scipy.linalg.cholesky(a, lower)


def conjugate(x: Any) -> Any:
    """The conjugate of complex numbers; real ones as they are."""
    return np.conjugate(x) if np.iscomplexobj(x) else x


def cholesky_gradient(g: Any, factor: Any, lower: bool) -> Any:
    """dL/dA = L⁻ᵀ Φ(Lᵀ G) L̄⁻¹, made symmetric; Φ takes the lower triangle and half the diagonal.

    I. Murray, Differentiation of the Cholesky decomposition, arXiv:1602.07527.
    """
    if not lower:
        g, factor = conjugate(swap(g)), conjugate(swap(factor))
    inner = triangle(swap(factor) @ g, lower=True)
    inner = inner - 0.5 * inner * np.eye(np.shape(factor)[-1])
    half = solve_triangular(factor, inner, trans=1, lower=True)
    whole = swap(solve_triangular(conjugate(factor), swap(half), trans=1, lower=True))
    return 0.5 * (whole + conjugate(swap(whole)))


rule(cholesky, lambda g, ans, a, lower=False: cholesky_gradient(g, ans, lower))


# ---------------------------------------------------------------------------------- functions of matrices


@primitive
def solve_sylvester(a: Any, b: Any, q: Any) -> Any:
    """The solution x of a x + x b = q. (SciPy mistakes a real matrix beside a complex one.)"""
    dtype = np.result_type(a, b, q)
    a, b, q = (np.asarray(x, dtype) for x in (a, b, q))
    return scipy.linalg.solve_sylvester(a, b, q)


@primitive
def sqrtm(a: Any) -> Any:
    """The square root of a matrix."""
    return scipy.linalg.sqrtm(a)


@primitive
def expm(a: Any) -> Any:
    """The exponential of a matrix."""
    return scipy.linalg.expm(a)


def expm_gradient(g: Any, a: Any) -> Any:
    """dL/dA: the upper right corner of exp [[Aᵀ, G], [0, Aᵀ]] (Higham, Functions of Matrices, theorem 3.6)."""
    n, across = np.shape(a)[-1], swap(a)
    upper = np.concatenate([across, g], axis=-1)
    lower = np.concatenate([0 * across, across], axis=-1)
    return expm(np.concatenate([upper, lower], axis=-2))[..., :n, n:]


# fmt: off
rule(solve_sylvester, lambda g, ans, a, b, q: -solve_sylvester(swap(a), swap(b), g) @ swap(ans),
                      lambda g, ans, a, b, q: -swap(ans) @ solve_sylvester(swap(a), swap(b), g),
                      lambda g, ans, a, b, q: solve_sylvester(swap(a), swap(b), g))
rule(sqrtm,           lambda g, ans, a: solve_sylvester(swap(ans), swap(ans), g))
rule(expm,            lambda g, ans, a: expm_gradient(g, a))
# fmt: on
