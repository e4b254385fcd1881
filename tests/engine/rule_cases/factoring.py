"""Rows: factors of matrices, eigenvalues.

Of complex matrices only what does not depend on the phase of their vectors is differentiated: LAPACK chooses it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograd_lite.engine.rules.factoring import eig_pack, eigh_pack, qr_pack, svd_pack

from .solving import hermitian, regular
from .table import ANY, Shape, row


def turning(generator: np.random.Generator, shape: Shape) -> np.ndarray:
    """Real matrices with complex eigenvalues: about 2 + i, 2 - i, 6."""
    drawn = generator.uniform(-0.2, 0.2, shape)
    return drawn + np.array([[2, -1, 0], [1, 2, 0], [0, 0, 6]])


def halves(*results: Any) -> list[Any]:
    """Real and imaginary parts: the eigenvalues of real matrices may be complex."""
    return [half(x) for x in results for half in (np.real, np.imag)]


def sizes(vectors: Any) -> Any:
    return np.abs(vectors) ** 2


def adjoint(x: Any) -> Any:
    return np.swapaxes(np.conj(x), -1, -2)


def projector(vectors: Any) -> Any:
    """Onto the space of the columns: it depends neither on their phases nor on which ones span it."""
    return vectors @ adjoint(vectors)


def without_phases(a: Any, **settings: Any) -> list[Any]:
    """What the results of an SVD determine: sizes of entries, products, and the spaces of what is beyond the square."""
    u, s, vh = np.linalg.svd(a, **settings)
    k = np.shape(s)[-1]
    first, last = u[..., :k], vh[..., :k, :]
    product = (first * np.expand_dims(np.sqrt(s), -2)) @ last
    return [s, sizes(first), sizes(last), product, projector(u[..., k:]), projector(adjoint(vh[..., k:, :]))]


def complete_qr(a: Any) -> list[Any]:
    """What the complete QR determines: the last columns of Q are any that span what is left."""
    q, r = np.linalg.qr(a, mode="complete")
    n = min(np.shape(a)[-2:])
    return [q[..., :n], projector(q[..., n:]), r]


def positive(a: Any) -> Any:
    """A positive definite matrix."""
    return a @ adjoint(a) + np.eye(np.shape(a)[-1])


def of_hermitian(f: Callable[..., Any], **settings: Any) -> Callable[..., Any]:
    return lambda a: f(hermitian(a), **settings)


# fmt: off
for shapes in ("II", "bII", "b00"):
    row(np.linalg.eigh,     shapes, regular, of_hermitian(np.linalg.eigh), of_hermitian(np.linalg.eigh, UPLO="U"))
    row(np.linalg.eigh,     shapes, regular, lambda a: [*map(sizes, np.linalg.eigh(hermitian(a)))],
                                             lambda a: np.linalg.eigh(hermitian(a), UPLO="U")[0], complex=True)
    row(np.linalg.eigvalsh, shapes, regular, of_hermitian(np.linalg.eigvalsh),
                                             of_hermitian(np.linalg.eigvalsh, UPLO="U"), complex=True)
    row(np.linalg.eig,      shapes, regular, complex=True)
    row(np.linalg.eigvals,  shapes, regular, complex=True)
    row(np.linalg.cholesky, shapes, ANY,     lambda a: np.linalg.cholesky(positive(a)),
                                             lambda a: np.linalg.cholesky(positive(a), upper=True), complex=True)
row(eigh_pack,         "b33",  regular, of_hermitian(eigh_pack), of_hermitian(eigh_pack, UPLO="U"))
row(np.linalg.eig,     "33",   turning, lambda a: halves(*np.linalg.eig(a)), complex=True)
row(np.linalg.eig,     "b33",  turning, lambda a: halves(np.linalg.eig(a).eigenvectors), complex=True)
row(np.linalg.eigvals, "b33",  turning, lambda a: halves(np.linalg.eigvals(a)), complex=True)
row(eig_pack,          "b33",  turning, lambda a: halves(eig_pack(a)), complex=True)
for shapes in ("II", "bII", "b00"):
    row(np.linalg.svd, shapes, regular, np.linalg.svd)
for shapes in ("42", "b23", "b32", "b02"):
    row(np.linalg.svd, shapes, regular, lambda a: np.linalg.svd(a, full_matrices=False))
for shapes in ("b33", "42", "b23", "b32", "b11"):
    row(np.linalg.svd, shapes, regular, without_phases, lambda a: without_phases(a, full_matrices=False), complex=True)
    row(np.linalg.svd, shapes, regular, lambda a: np.linalg.svd(a, compute_uv=False), complex=True)
row(np.linalg.svd,     "b33",  regular, lambda a: np.linalg.svd(hermitian(a), compute_uv=False, hermitian=True),
                                        lambda a: without_phases(hermitian(a), hermitian=True), complex=True)
row(svd_pack,          "33",   regular, svd_pack, lambda a: svd_pack(hermitian(a), hermitian=True))
row(svd_pack,          "32",   regular, lambda a: svd_pack(a, full_matrices=False))
for shapes in ("33", "42", "b23", "b32", "b11", "b00", "b02"):
    row(np.linalg.qr,  shapes, regular, np.linalg.qr, lambda a: np.linalg.qr(a, "r"), complete_qr, complex=True)
row(qr_pack,           "b33",  regular, qr_pack, lambda a: qr_pack(a, mode="complete"), complex=True)
row(qr_pack,           "23",   regular, complex=True)
# fmt: on
