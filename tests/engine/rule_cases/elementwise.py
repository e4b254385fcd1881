"""Rows: functions of one entry, or of two that stand at the same place."""

import numpy as np

import autograd_lite as ag
from autograd_lite.engine.rules.shapes import cast
from autograd_lite.engine.variables import alias

from .table import ANY, APART, FAR, POS, between, grid, inside_a_period, off_zero, row

MASK = np.array([True, False, True])

# fmt: off
for ufunc in (np.add, np.subtract, np.multiply):
    row(ufunc, "*,*", ANY, complex=True)
for ufunc in (np.logaddexp, np.hypot):
    row(ufunc, "*,*", ANY)
for ufunc in (np.negative, np.positive, np.square, np.exp, np.exp2, np.expm1, np.sin, np.cos, np.sinh, np.cosh):
    row(ufunc, "*", ANY, complex=True)
for ufunc in (np.tanh, np.arctan):
    row(ufunc, "*", between(-0.7, 0.7), complex=True)
for ufunc in (np.tanh, np.arctan, ag.sigmoid):
    row(ufunc, "*", ANY)
for ufunc in (np.sqrt, np.log, np.log2, np.log10):
    row(ufunc, "*", POS, complex=True)
for ufunc in (np.abs, np.reciprocal):
    row(ufunc, "*", FAR, complex=True)
for ufunc in (np.fabs, ag.relu):
    row(ufunc, "*", FAR)
row(np.abs,        "*",     FAR,    lambda x: np.abs(x * x) ** 3, lambda x: x * abs(x), complex=True)
row(np.log1p,      "*",     between(-0.6, 2), complex=True)
row(np.tan,        "*",     between(-1.2, 1.2), complex=True)
row(np.divide,     "*,*",   (ANY, FAR), complex=True)
row(np.power,      "*,*",   POS, complex=True)
row(np.power,      "*",     FAR,  lambda x: x**2, lambda x: x**3, lambda x: x**1, lambda x: x**0, lambda x: x**-2,
                                  complex=True)
row(np.power,      "*",     POS,  lambda x: x**0.5, lambda x: x**-1.5, lambda x: 2.0**x, lambda x: 0.5**-x,
                                  complex=True)
row(np.power,      "*",     POS,  lambda x: np.real(x ** (1 - 2j)), lambda x: np.real((1 - 2j) ** x), complex=True)
row(np.power,      "*",     off_zero(0.5, 2), lambda x: np.real(x ** (2 + 1j)), lambda x: x**np.array(0.0))
row(np.remainder,  "*,*",   (inside_a_period, off_zero(0.99, 1.01)))
row(np.maximum,    "*,*",   APART, complex=True)
row(np.minimum,    "*,*",   APART, complex=True)
row(np.where,      "*,*",   APART, lambda x, y: np.where(x > y, x * y, x + y), complex=True)
row(np.where,      "*",     FAR,   lambda x: np.where(x > 0, x, 0.0), lambda x: np.where(x > 0, 0.0, x * x),
                                   complex=True)
row(np.where,      "i3,13", ANY,   lambda x, y: np.where(MASK, x, y), lambda x, y: np.where(MASK, x, np.real(y)),
                                   complex=True)
row(np.where,      ",i",    ANY,   lambda x, y: np.where(np.arange(len(y)) % 2, x * y, y), complex=True)
row(np.clip,       "*",     grid(0.05), lambda x: np.clip(x, -0.2, 0.2), lambda x: np.clip(x, None, 0.2),
                                        lambda x: np.clip(x, min=0.0), lambda x: np.clip(x, 0.0, None), complex=True)
row(np.clip,       "*,*",   APART, lambda x, y: np.clip(x, y, y + 0.5), lambda x, y: np.clip(x, max=y), complex=True)
row(ag.engine.sigmoid_crossentropy, "*,*", ANY)
row(alias,         "*",     ANY,  complex=True)
row(cast,          "*",     ANY,  lambda x: cast(x, dtype=np.float64))
row(cast,          "*",     ANY,  lambda x: np.imag(cast(x, dtype=np.complex128) * (1 + 2j)), complex=True)
# fmt: on
