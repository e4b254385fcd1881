"""Rows: SciPy's linear algebra."""

from typing import Any

import numpy as np

import autograd_lite.scipy.linalg
from autograd_lite.engine.rules import scipy_linalg as rules

from .table import ANY, between, row

ours = autograd_lite.scipy.linalg
SMALL = between(-0.5, 0.5)


def regular(x: Any) -> Any:
    """A matrix with a strong diagonal."""
    return x + 4 * np.eye(np.shape(x)[-1])


def positive(x: Any) -> Any:
    """A symmetric, or Hermitian, positive definite matrix."""
    across = np.swapaxes(x, -1, -2)
    return x @ (np.conjugate(across) if np.iscomplexobj(x) else across) + np.eye(np.shape(x)[-1])


# fmt: off
for settings in ({}, {"lower": True}, {"trans": 1}, {"trans": 1, "lower": True, "unit_diagonal": True}):
    for shapes in ("II,I", "II,IJ"):
        row(rules.solve_triangular, shapes, SMALL, lambda a, b, s=settings: rules.solve_triangular(regular(a), b, **s),
            complex=True)
for settings in ({}, {"lower": True}, {"trans": "T"}, {"trans": 2, "lower": True}, {"unit_diagonal": True}):
    row(ours.solve_triangular, "II,IJ", SMALL, lambda a, b, s=settings: ours.solve_triangular(regular(a), b, **s),
        complex=True)
for f in (rules.cholesky, ours.cholesky):
    row(f, "II", SMALL, lambda x, f=f: f(positive(x)), lambda x, f=f: f(positive(x), lower=True), complex=True)
for lower in (True, False):
    row(ours.cho_factor, "II", SMALL, lambda x, lower=lower: ours.cho_factor(positive(x), lower)[0])
    for shapes in ("II,I", "II,IJ"):
        row(ours.cho_solve, shapes, SMALL,
            lambda x, b, lower=lower: ours.cho_solve(ours.cho_factor(positive(x), lower), b), complex=True)
for shapes in ("II,I", "II,IJ"):
    row(ours.solve, shapes, SMALL, lambda a, b: ours.solve(regular(a), b),
        lambda a, b: ours.solve(regular(a), b, assume_a="gen", transposed=True), complex=True)
for lower, upper in ((1, 1), (0, 1), (2, 1), (0, 0), (1, 0)):
    one = np.arange(lower + upper + 1)[:, None] == upper
    both = (lower, upper)
    for shapes in (f"{lower + upper + 1}4,4", f"{lower + upper + 1}4,4J"):
        row(rules.solve_banded, shapes, SMALL,
            lambda a, b, one=one, both=both: rules.solve_banded(a + 4 * one, b, l_and_u=both), complex=True)
    row(ours.solve_banded, f"{lower + upper + 1}3,3", SMALL,
        lambda a, b, one=one, both=both: ours.solve_banded(both, a + 4 * one, b))
for f in (rules.solve_sylvester, ours.solve_sylvester):
    row(f, "II,JJ,IJ", SMALL, lambda a, b, q, f=f: f(regular(a), regular(b), q), complex=True)
for f in (rules.sqrtm, ours.sqrtm):
    row(f, "II", SMALL, lambda a, f=f: f(regular(a)), complex=True)
row(ours.sqrtm,      "22",  SMALL, lambda a: ours.sqrtm(a - 4 * np.diag([1.0, 2.0])))
for f in (rules.expm, ours.expm):
    row(f, "II", SMALL, complex=True)
row(ours.expm,       "2II", SMALL)
row(ours.block_diag, "ij,k,", ANY, ours.block_diag, lambda a, b, c: ours.block_diag(c, a, b, a), complex=True)
row(ours.toeplitz,   "I,J", ANY, complex=True)
row(ours.toeplitz,   "I",   ANY, complex=True)
# fmt: on
