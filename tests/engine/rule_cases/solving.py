"""Rows: inverses, determinants, systems of equations, norms."""

from typing import Any

import numpy as np

from autograd_lite.engine.rules.norms import singular_values
from autograd_lite.engine.rules.solving import cofactors, cofactors_slope, least_squares, pseudoinverse, sign_and_log

from .table import ANY, FAR, Shape, row

inf = np.inf


def regular(generator: np.random.Generator, shape: Shape) -> np.ndarray:
    """Matrices whose eigenvalues (singular values) are different, and far from 0: about 3, 6, 9."""
    return generator.uniform(-0.4, 0.4, shape) + np.eye(*shape[-2:]) * 3 * (1 + np.arange(shape[-1]))


def singular(generator: np.random.Generator, shape: Shape) -> np.ndarray:
    """Matrices whose rank is less than their sides: the last row is the first one again."""
    drawn = generator.uniform(-1, 1, shape)
    drawn[..., -1, :] = drawn[..., 0, :]
    return drawn


def hermitian(a: Any) -> Any:
    """What `regular` draws, made Hermitian."""
    return (a + np.swapaxes(np.conj(a), -1, -2)) / 2


def of_rank_two(a: Any) -> Any:
    """Matrices of rank 2, whatever a is."""
    return a[..., :2] @ a[..., :2, :]


def fitted(a: Any, b: Any, **settings: Any) -> tuple[Any, ...]:
    """The results of a fit, but for the rank, which is a whole number."""
    x, residuals, _, s = np.linalg.lstsq(a, b, **settings)
    return x, residuals, s


VECTORS = (None, 2, 3, 1, inf, -inf, -1, 0.5, 0)
MATRICES = (None, "fro", "nuc", 1, -1, 2, -2, inf, -inf)

# fmt: off
for shapes in ("II", "bII", "b00"):
    for function in (np.linalg.inv, np.linalg.det, np.linalg.slogdet, sign_and_log):
        row(function, shapes, regular, complex=True)
row(np.linalg.slogdet,     "22",     regular,  lambda a: np.linalg.slogdet(-a), lambda a: np.linalg.slogdet(a[::-1]),
                                               complex=True)
row(np.linalg.det,         "33",     singular, complex=True, orders=2)  # the third order needs an inverse
row(cofactors,             "b33",    regular,  complex=True)
row(cofactors,             "b00",    regular)
row(cofactors_slope,       "33,33",  (ANY, regular), complex=True)
row(cofactors_slope,       "b33,33", (ANY, regular), complex=True)
for shapes in ("II,I", "II,Ik", "bII,Ik", "II,bIk", "bII,bIk", "bII,I", "1II,bIk", "00,0"):
    row(np.linalg.solve, shapes, (regular, ANY), complex=True)
row(np.linalg.tensorinv,   "66",     regular,  lambda a: np.linalg.tensorinv(np.reshape(a, (2, 3, 3, 2))),
                                               lambda a: np.linalg.tensorinv(np.reshape(a, (6, 2, 3)), ind=1),
                                               lambda a: np.linalg.tensorinv(np.reshape(a, (3, 2, 6)), 2), complex=True)
row(np.linalg.tensorsolve, "66,23",  (regular, ANY), lambda a, b: np.linalg.tensorsolve(np.reshape(a, (2, 3, 6)), b),
                                     lambda a, b: np.linalg.tensorsolve(np.reshape(a, (2, 3, 3, 2)), b), complex=True)
row(np.linalg.tensorsolve, "66,6",   (regular, ANY), lambda a, b: np.linalg.tensorsolve(
                                     np.moveaxis(np.reshape(a, (6, 2, 3)), 1, 0), b, axes=(0, 2)), complex=True)
for shapes in ("42", "b23", "II", "b32", "b00"):
    row(np.linalg.pinv, shapes, regular, complex=True)
row(np.linalg.pinv,        "33",     regular,  lambda a: np.linalg.pinv(of_rank_two(a), 1e-5), complex=True)
row(np.linalg.pinv,        "b33",    regular,  lambda a: np.linalg.pinv(a, 0.5), lambda a: np.linalg.pinv(a, rtol=0.5),
                                               lambda a: np.linalg.pinv(a, rcond=1e-9),
                                               lambda a: np.linalg.pinv(hermitian(a), hermitian=True),
                                               lambda a: np.linalg.pinv(hermitian(a), 0.5, True), complex=True)
row(np.linalg.pinv,        "233",    regular,  lambda a: np.linalg.pinv(a, np.array([1e-9, 0.5])), complex=True)
row(pseudoinverse,         "33",     regular,  lambda a: pseudoinverse(of_rank_two(a), rcond=1e-5), pseudoinverse,
                                               complex=True)
row(pseudoinverse,         "22",     regular,  lambda a: pseudoinverse(hermitian(a), hermitian=True), complex=True)
for shapes in ("42,4k", "42,4", "24,2k", "24,2", "33,3", "02,0", "20,2", "00,0k"):
    row(np.linalg.lstsq, shapes, (regular, ANY), fitted, complex=True)
row(np.linalg.lstsq,       "33,3k",  (regular, ANY), lambda a, b: fitted(of_rank_two(a), b, rcond=1e-5),
                                     lambda a, b: fitted(a, b, rcond=0.5), lambda a, b: fitted(a, b, rcond=-1),
                                     complex=True)
row(least_squares,         "42,4k",  (regular, ANY), complex=True)
row(least_squares,         "23,2",   (regular, ANY), lambda a, b: least_squares(a, b, rcond=1e-9), complex=True)
for p in VECTORS:
    row(np.linalg.norm,        "3",   FAR, lambda x, p=p: np.linalg.norm(x, p), complex=True)
    row(np.linalg.norm,        "bI",  FAR, lambda x, p=p: np.linalg.norm(x, p, axis=-1), complex=True)
    row(np.linalg.norm,        "Ib",  FAR, lambda x, p=p: np.linalg.norm(x, ord=p, axis=0, keepdims=True), complex=True)
    p = 2 if p is None else p
    row(np.linalg.vector_norm, "IbJ", FAR, lambda x, p=p: np.linalg.vector_norm(x, axis=(0, -1), ord=p), complex=True)
    row(np.linalg.vector_norm, "IJ",  FAR, lambda x, p=p: np.linalg.vector_norm(x, keepdims=True, ord=p),
                                           lambda x, p=p: np.linalg.vector_norm(x, axis=1, ord=p), complex=True)
row(np.linalg.norm,        "*",      FAR,      np.linalg.norm, complex=True)
row(np.linalg.norm,        "ijk",    FAR,      lambda x: np.linalg.norm(x, keepdims=True),
                                               lambda x: np.linalg.norm(x, axis=(0, 2)), complex=True)
row(np.linalg.vector_norm, "*",      FAR,      complex=True)
for p in MATRICES:
    row(np.linalg.norm,        "IJ",   regular, lambda x, p=p: np.linalg.norm(x, p),
                                                lambda x, p=p: np.linalg.norm(x.T, p, keepdims=True), complex=True)
    row(np.linalg.norm,        "bIJ",  regular, lambda x, p=p: np.linalg.norm(x, p, axis=(-2, -1)),
                                                lambda x, p=p: np.linalg.norm(x, p, axis=(2, 1), keepdims=True),
                                                lambda x, p=p: np.linalg.norm(np.moveaxis(x, 0, 1), ord=p, axis=(0, 2)),
                                                complex=True)
    row(np.linalg.cond,        "bII",  regular, lambda x, p=p: np.linalg.cond(x, p), complex=True)
    p = "fro" if p is None else p
    row(np.linalg.matrix_norm, "bIJ",  regular, lambda x, p=p: np.linalg.matrix_norm(x, ord=p),
                                                lambda x, p=p: np.linalg.matrix_norm(x, keepdims=True, ord=p),
                                                complex=True)
row(np.linalg.norm,        "00",     regular,  lambda x: np.linalg.norm(x, "nuc"), lambda x: np.linalg.norm(x, 2),
                                               np.linalg.norm)
row(np.linalg.cond,        "bIJ",    regular,  complex=True)
row(np.linalg.cond,        "32",     regular,  lambda x: np.linalg.cond(x, -2), complex=True)
for shapes in ("IJ", "bIJ", "b02"):
    row(np.linalg.svdvals, shapes, regular, complex=True)
    row(singular_values,   shapes, regular, complex=True)
row(singular_values,       "b33",    regular,  lambda a: singular_values(hermitian(a), hermitian=True), complex=True)
# fmt: on
