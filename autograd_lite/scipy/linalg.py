"""``scipy.linalg`` for Values: systems of equations, factors and functions of matrices, matrices from parts."""

from typing import Any, NoReturn

import numpy as np

from ..engine.rules import scipy_linalg as rules
from .offering import missing, offered

__all__ = [
    "block_diag", "cho_factor", "cho_solve", "cholesky", "expm", "solve", "solve_banded", "solve_sylvester",
    "solve_triangular", "sqrtm", "toeplitz",
]  # fmt: skip


def __getattr__(name: str) -> NoReturn:
    missing(__name__, name, __all__)


def as_array(x: Any) -> Any:
    """A list as an array; anything else as it is."""
    return np.asarray(x) if isinstance(x, list | tuple) else x


# ---------------------------------------------------------------------------------- systems of equations


@offered
def solve_triangular(a: Any, b: Any, trans: int | str = 0, lower: bool = False, unit_diagonal: bool = False) -> Any:
    """The solution x of a triangular system a x = b.

    Parameters
    ----------
    a : array_like or Value, shape (n, n)
        One triangle of it is read, and gets a gradient.
    b : array_like or Value, shape (n,) or (n, k)
    trans : 0, 1, 2, "N", "T" or "C"
        Solve a x = b, aᵀ x = b, or aᴴ x = b.
    lower : bool
        Read the lower triangle.
    unit_diagonal : bool
        Take the diagonal as 1, and read none.

    Returns
    -------
    ndarray or Value, the shape of b

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import solve_triangular
    >>> solve_triangular([[2.0, 9.0], [1.0, 1.0]], [2.0, 3.0], lower=True)
    array([1., 2.])
    """
    transposed = {"N": 0, "T": 1, "C": 2}.get(trans, trans) if isinstance(trans, str) else trans
    if transposed not in (0, 1, 2):
        raise ValueError(f"trans is 0, 1, 2, 'N', 'T' or 'C', not {trans!r}.")
    a, b = as_array(a), as_array(b)
    if transposed == 2:
        a, transposed = rules.conjugate(a), 1
    return rules.solve_triangular(a, b, trans=transposed, lower=lower, unit_diagonal=unit_diagonal)  # type: ignore[arg-type]


@offered
def solve(a: Any, b: Any, *, assume_a: str | None = None, transposed: bool = False) -> Any:
    """The solution x of a system a x = b, or of aᵀ x = b.

    Parameters
    ----------
    a : array_like or Value, shape (n, n)
    b : array_like or Value, shape (n,) or (n, k)
    assume_a : str, optional
        What SciPy may rely on; it changes the way, not the solution, and is not needed here.
    transposed : bool

    Returns
    -------
    ndarray or Value, the shape of b

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import solve
    >>> solve([[2.0, 0.0], [0.0, 4.0]], [2.0, 2.0])
    array([1. , 0.5])
    """
    a = as_array(a)
    return np.linalg.solve(np.swapaxes(a, -1, -2) if transposed else a, as_array(b))


@offered
def solve_banded(l_and_u: tuple[int, int], ab: Any, b: Any) -> Any:
    """The solution x of a x = b, the matrix a given by its diagonals.

    Parameters
    ----------
    l_and_u : (int, int)
        The number of diagonals below and above the main one.
    ab : array_like or Value, shape (l + u + 1, n)
        ``ab[u + i - j, j] == a[i, j]``. What lies outside a is not read.
    b : array_like or Value, shape (n,) or (n, k)

    Returns
    -------
    ndarray or Value, the shape of b

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import solve_banded
    >>> solve_banded((1, 0), [[2.0, 1.0], [1.0, 0.0]], [2.0, 3.0])
    array([1., 2.])
    """
    ab, b = as_array(ab), as_array(b)
    if np.ndim(ab) != 2 or np.ndim(b) not in (1, 2):
        raise ValueError(
            f"solve_banded takes one system: ab of two axes, b of one or two, not {np.ndim(ab)}, {np.ndim(b)}."
        )
    return rules.solve_banded(ab, b, l_and_u=tuple(l_and_u))  # type: ignore[arg-type]


@offered
def cholesky(a: Any, lower: bool = False) -> Any:
    """The triangular factor of a positive definite matrix: a = Uᴴ U, or a = L Lᴴ.

    Parameters
    ----------
    a : array_like or Value, shape (n, n)
        Symmetric, or Hermitian; its gradient is, too.
    lower : bool
        Return L instead of U.

    Returns
    -------
    ndarray or Value, shape (n, n)

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import cholesky
    >>> cholesky([[4.0, 2.0], [2.0, 2.0]])
    array([[2., 1.],
           [0., 1.]])
    """
    return rules.cholesky(as_array(a), lower=lower)


@offered
def cho_factor(a: Any, lower: bool = False) -> tuple[Any, bool]:
    """The factor of `cholesky` for `cho_solve`, and whether it is the lower one.

    Parameters
    ----------
    a : array_like or Value, shape (n, n)
    lower : bool

    Returns
    -------
    c, lower : ndarray or Value, and bool
        The other triangle of c is 0; SciPy leaves anything there.

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import cho_factor, cho_solve
    >>> cho_solve(cho_factor([[4.0, 0.0], [0.0, 2.0]]), [4.0, 4.0])
    array([1., 2.])
    """
    return cholesky(a, lower), lower


@offered
def cho_solve(c_and_lower: tuple[Any, bool], b: Any) -> Any:
    """The solution x of a x = b, a given by its Cholesky factor.

    Parameters
    ----------
    c_and_lower : (array_like or Value, bool)
        As `cho_factor` returns it.
    b : array_like or Value, shape (n,) or (n, k)

    Returns
    -------
    ndarray or Value, the shape of b

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import cho_solve
    >>> cho_solve(([[2.0, 0.0], [0.0, 1.0]], True), [4.0, 2.0])
    array([1., 2.])
    """
    c, lower = c_and_lower
    first, then = (0, 2) if lower else (2, 0)
    return solve_triangular(c, solve_triangular(c, b, trans=first, lower=lower), trans=then, lower=lower)


@offered
def solve_sylvester(a: Any, b: Any, q: Any) -> Any:
    """The solution x of a x + x b = q.

    Parameters
    ----------
    a : array_like or Value, shape (n, n)
    b : array_like or Value, shape (m, m)
    q : array_like or Value, shape (n, m)

    Returns
    -------
    ndarray or Value, shape (n, m)

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import solve_sylvester
    >>> solve_sylvester([[1.0]], [[1.0]], [[6.0]])
    array([[3.]])
    """
    return rules.solve_sylvester(as_array(a), as_array(b), as_array(q))


# ---------------------------------------------------------------------------------- functions of matrices


@offered
def sqrtm(a: Any) -> Any:
    """The square root of a matrix: the x with x x = a.

    Parameters
    ----------
    a : array_like or Value, shape (n, n)

    Returns
    -------
    ndarray or Value, shape (n, n)
        Complex if it has to be.

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import sqrtm
    >>> sqrtm([[4.0, 0.0], [0.0, 9.0]])
    array([[2., 0.],
           [0., 3.]])
    """
    return rules.sqrtm(as_array(a))


@offered
def expm(a: Any) -> Any:
    """The exponential of a matrix, I + a + a²/2 + a³/6 + …

    Parameters
    ----------
    a : array_like or Value, shape (..., n, n)

    Returns
    -------
    ndarray or Value, the shape of a

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import expm
    >>> expm([[0.0, 1.0], [0.0, 0.0]])
    array([[1., 1.],
           [0., 1.]])
    """
    return rules.expm(as_array(a))


# ---------------------------------------------------------------------------------- matrices from parts


@offered
def block_diag(*arrs: Any) -> Any:
    """Matrices along the diagonal of a larger one, and zeros beside them.

    Parameters
    ----------
    *arrs : array_like or Value
        Matrices; a vector is one row, a number a matrix of one entry.

    Returns
    -------
    ndarray or Value

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import block_diag
    >>> block_diag([1.0, 2.0], 3.0)
    array([[1., 2., 0.],
           [0., 0., 3.]])
    """
    blocks = [np.reshape(a, (1, -1)) if np.ndim(a) < 2 else as_array(a) for a in map(as_array, arrs or ([],))]
    width, before, rows = sum(np.shape(a)[1] for a in blocks), 0, []
    for a in blocks:
        height, own = np.shape(a)
        rows.append(np.concatenate([np.zeros((height, before)), a, np.zeros((height, width - before - own))], axis=1))
        before += own
    return np.concatenate(rows, axis=0)


@offered
def toeplitz(c: Any, r: Any = None) -> Any:
    """A matrix that is constant along each diagonal.

    Parameters
    ----------
    c : array_like or Value, shape (n,)
        The first column.
    r : array_like or Value, shape (m,), optional
        The first row; its first entry is not read. Without it, the conjugate of c.

    Returns
    -------
    ndarray or Value, shape (n, m)

    Examples
    --------
    >>> from autograd_lite.scipy.linalg import toeplitz
    >>> toeplitz([1.0, 2.0], [1.0, 5.0, 6.0])
    array([[1., 5., 6.],
           [2., 1., 5.]])
    """
    c = as_array(c)
    r = rules.conjugate(c) if r is None else as_array(r)
    if np.ndim(c) != 1 or np.ndim(r) != 1:
        raise ValueError(f"toeplitz takes a column and a row, not arrays of {np.ndim(c)} and {np.ndim(r)} axes.")
    n, m = len(c), len(r)
    return np.concatenate([c[::-1], r[1:]])[n - 1 - np.arange(n)[:, None] + np.arange(m)]
