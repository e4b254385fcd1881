"""What the rows of linear algebra cannot say: results with names, errors, and where NumPy's LAPACK has its own way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

linalg = np.linalg
LinAlgError = np.linalg.LinAlgError
generator = np.random.default_rng(0)
SQUARE = generator.normal(size=(3, 3))
OBLONG = generator.normal(size=(2, 3))


# ------------------------------------------------------------------------- results


@pytest.mark.parametrize("call", [linalg.eigh, linalg.eig, linalg.svd, linalg.qr, linalg.slogdet])
def test_several_results_have_the_names_that_numpy_gives_them(call: Callable[..., Any]) -> None:
    expected, found = call(SQUARE), call(ag.Value(SQUARE))
    assert found._fields == expected._fields
    assert type(found).__name__ == type(expected).__name__
    for name in expected._fields:
        np.testing.assert_array_equal(getattr(found, name).data, getattr(expected, name))


def test_a_rank_is_a_whole_number_without_a_gradient() -> None:
    rank = linalg.matrix_rank(ag.Value(SQUARE))
    assert rank.data == 3
    assert not rank.carries_gradient
    for a, b in ((SQUARE, SQUARE[0]), (OBLONG, OBLONG), (np.ones((4, 2)), np.ones(4))):
        found, expected = linalg.lstsq(ag.Value(a), b)[2], linalg.lstsq(a, b)[2]
        assert type(found.data) is int
        assert found.data == expected
        assert not found.carries_gradient


def test_the_path_of_an_einsum_is_answered() -> None:
    a, b, c = (generator.normal(size=shape) for shape in ((2, 3), (3, 4), (4, 2)))
    expected = np.einsum_path("ij,jk,kl", a, b, c)
    assert np.einsum_path("ij,jk,kl", ag.Value(a), b, ag.Value(c)) == expected
    assert np.einsum_path(ag.Value(a), [0, 1], b, [1, 2], c, [2, 3])[0] == expected[0]


@pytest.mark.filterwarnings("ignore:Arrays of 2-dimensional vectors:DeprecationWarning")
@pytest.mark.parametrize("shapes", [((2,), (2,)), ((2,), (3,)), ((4, 3), (2,)), ((4, 2), (2,))])
def test_vectors_of_the_plane_are_crossed_as_far_as_numpy_does_it(shapes: tuple[tuple[int, ...], ...]) -> None:
    a, b = (generator.normal(size=shape) for shape in shapes)
    try:
        np.cross(a, b)
    except ValueError:  # a NumPy to come
        with pytest.raises(ValueError, match="vector"):
            np.cross(ag.Value(a), b)
        return
    assert ag.check_grad(np.cross, a, b, order=2)


# ------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    "call",
    [
        linalg.inv, linalg.det, linalg.slogdet, linalg.eigh, linalg.eigvalsh, linalg.eig, linalg.eigvals,
        linalg.cholesky, lambda a: linalg.solve(a, np.ones(2)), lambda a: linalg.matrix_power(a, 2),
        lambda a: linalg.cond(a, 1), lambda a: linalg.tensorinv(a, ind=1), lambda a: linalg.tensorsolve(a, np.ones(2)),
    ],
)  # fmt: skip
def test_a_matrix_that_is_not_square_is_refused_as_by_numpy(call: Callable[..., Any]) -> None:
    for a in (OBLONG, ag.Value(OBLONG)):
        with pytest.raises(LinAlgError):
            call(a)


@pytest.mark.parametrize(
    "call",
    [
        linalg.inv, lambda a: linalg.solve(a, np.ones(3)), lambda a: linalg.matrix_power(a, -1),
        lambda a: linalg.cholesky(a - 1),
    ],
)  # fmt: skip
def test_a_singular_matrix_is_refused_as_by_numpy(call: Callable[..., Any]) -> None:
    for a in (np.zeros((3, 3)), ag.Value(np.zeros((3, 3)))):
        with pytest.raises(LinAlgError):
            call(a)


@pytest.mark.parametrize(
    "call",
    [
        lambda a: np.tensordot(a, a, axes=1),
        lambda a: np.tensordot(a, a, axes=([0], [1])),
        lambda a: np.tensordot(a, a, axes=([0, 1], [0])),
        lambda a: np.tensordot(a, a, axes=([2], [0])),
        lambda a: np.tensordot(a, a, axes=3),
        lambda a: np.einsum("ij,jk", a),
        lambda a: np.einsum("ijk", a),
        lambda a: np.einsum("...ijk", a),
        lambda a: np.einsum("ij->ik", a),
        lambda a: np.einsum("ij->ii", a),
        lambda a: np.einsum("...i->i", a),
        lambda a: np.einsum(a, [0, 52]),
        lambda a: np.einsum(a, [0, -1]),
        lambda a: np.vdot(a, a[0]),
        lambda a: np.cross(a, a[:, :1]),
        lambda a: linalg.cross(a[:, :2], a[:, :2]),
        lambda a: linalg.outer(a, a),
        lambda a: linalg.diagonal(a[0]),
        lambda a: linalg.trace(a[0]),
        lambda a: linalg.matrix_transpose(a[0]),
        lambda a: linalg.multi_dot([a]),
        lambda a: linalg.multi_dot([a, a, a]),
        lambda a: linalg.multi_dot([a, a[0], a]),
        lambda a: linalg.matrix_power(a[:, :2], 1.5),
        lambda a: linalg.norm(a, "nuc", axis=0),
        lambda a: linalg.norm(a, 3, axis=(0, 1)),
        lambda a: linalg.norm(a, axis=(0, 0)),
        lambda a: linalg.norm(a, axis=2),
        lambda a: linalg.norm(a[None], 2),
        lambda a: linalg.vector_norm(a, axis=(0, 2)),
        lambda a: linalg.matrix_norm(a[0]),
        lambda a: linalg.svd(a[0]),
        lambda a: linalg.qr(a[0]),
        lambda a: linalg.qr(a, "half"),
        lambda a: linalg.tensorinv(a, ind=0),
        lambda a: linalg.lstsq(a, np.ones(3)),
        lambda a: linalg.pinv(a, 1e-9, rtol=1e-9),
    ],
)
def test_what_numpy_refuses_is_refused(call: Callable[..., Any]) -> None:
    """With an exception of the same kind, or of one that NumPy's is a case of."""
    with pytest.raises((ValueError, TypeError, IndexError)) as refused:
        call(OBLONG)
    with pytest.raises((ValueError, TypeError, IndexError)) as found:
        call(ag.Value(OBLONG))
    assert issubclass(refused.type, found.type)


def test_the_raw_form_of_qr_has_no_gradient_and_says_so() -> None:
    with pytest.raises(ValueError, match="'reduced', 'complete' or 'r'"):
        linalg.qr(ag.Value(SQUARE), mode="raw")


def test_the_gradient_of_a_logarithm_of_nothing_is_refused() -> None:
    """The slope of log|det| is infinite at a singular matrix; NumPy's inverse says why."""
    sign, log = linalg.slogdet(ag.Value(np.zeros((2, 2))))
    assert (sign.data, log.data) == (0.0, -np.inf)
    with pytest.raises(LinAlgError):
        log.backward()


# ------------------------------------------------------------------------- LAPACK's own ways


def test_eigenvalues_keep_their_order_where_lapack_finds_them_in_another_with_the_vectors() -> None:
    """In large matrices it does."""
    a = np.random.default_rng(0).normal(size=(200, 200)) / 14
    w, v = linalg.eig(a)
    assert not np.allclose(linalg.eigvals(a), w)
    weights = np.random.default_rng(1).normal(size=200)
    found = ag.grad(lambda a: np.sum(weights * np.real(linalg.eigvals(a))))(a)
    order = [int(np.argmin(np.abs(w - one))) for one in linalg.eigvals(a)]
    of_w = np.zeros(200)
    of_w[order] = weights
    np.testing.assert_allclose(found, np.real(linalg.solve(v.T, of_w[:, None] * v.T)), atol=1e-10)


@pytest.mark.parametrize("uplo", ["L", "U"])
@pytest.mark.parametrize("dtype", [float, complex])
def test_the_gradient_of_eigh_is_hermitian_whichever_triangle_is_read(uplo: Any, dtype: Any) -> None:
    a = SQUARE if dtype is float else SQUARE + 1j * generator.normal(size=(3, 3))
    a = a + np.conj(a.T)
    gradient = ag.grad(lambda a: np.sum(np.abs(linalg.eigh(a, uplo)[1][:2]) ** 2 * [[1, 2, 3]]))(a)
    np.testing.assert_allclose(gradient, np.conj(gradient.T), atol=1e-12)


@pytest.mark.parametrize("upper", [False, True])
def test_the_gradient_of_cholesky_is_symmetric_whichever_triangle_is_read(upper: bool) -> None:
    gradient = ag.grad(lambda a: np.sum(linalg.cholesky(a, upper=upper)))(SQUARE @ SQUARE.T + np.eye(3))
    np.testing.assert_allclose(gradient, gradient.T, atol=1e-12)


def test_a_pseudoinverse_with_a_threshold_is_that_of_the_matrix_without_what_lies_below() -> None:
    """Not of one whose small singular values are 0: they bend its slope."""
    u, _, vh = linalg.svd(SQUARE)
    a = u @ np.diag([3.0, 2.0, 0.5]) @ vh
    assert ag.check_grad(lambda a: linalg.pinv(a, 0.4), a, order=2)
    assert ag.check_grad(lambda a: linalg.lstsq(a, SQUARE, 0.4)[0], a, order=2)


def test_the_vectors_beyond_the_square_are_differentiated_as_the_space_that_they_span() -> None:
    a = generator.normal(size=(4, 2))
    for beyond in (lambda a: linalg.svd(a).U[:, 2:], lambda a: linalg.qr(a, "complete").Q[:, 2:]):
        assert ag.check_grad(lambda a, of=beyond: of(a) @ of(a).T, a, order=2)
