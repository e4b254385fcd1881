"""Rows: real and imaginary part, conjugate, angle."""

import numpy as np

from .table import ANY, FAR, row

# fmt: off
row(np.conjugate,     "*", ANY, np.conjugate, lambda x: np.conjugate(x) * x, lambda x: x * x * np.conj(x), complex=True)
row(np.real,          "*", ANY, np.real, lambda x: np.real(x) * x, lambda x: np.real(x * x) ** 2,          complex=True)
row(np.imag,          "*", ANY, np.imag, lambda x: np.imag(x) * x, lambda x: np.imag(x * x) * np.real(x),  complex=True)
row(np.angle,         "*", FAR, np.angle, lambda x: np.angle(x, deg=True), lambda x: np.angle(x * x) * x,  complex=True)
row(np.real_if_close, "*", ANY, lambda x: np.real_if_close(x * x), lambda x: np.real_if_close(x * np.conj(x), 50),
                                                                                                           complex=True)
# fmt: on
