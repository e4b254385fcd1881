"""Rows: functions of one entry, or of two that stand at the same place."""

import numpy as np

import autograd_lite as ag
from autograd_lite.engine.rules.shapes import cast
from autograd_lite.engine.variables import alias

from .table import ANY, APART, FAR, POS, between, grid, inside_a_period, off_zero, row

MASK = np.array([True, False, True])

# fmt: off
for ufunc in (np.add, np.subtract, np.multiply, np.logaddexp, np.hypot):
    row(ufunc, "*,*", ANY)
for ufunc in (np.negative, np.positive, np.square, np.exp, np.exp2, np.expm1, np.sin, np.cos, np.sinh, np.cosh,
              np.tanh, np.arctan, ag.sigmoid):
    row(ufunc, "*", ANY)
for ufunc in (np.sqrt, np.log, np.log2, np.log10):
    row(ufunc, "*", POS)
for ufunc in (np.abs, np.fabs, np.reciprocal, ag.relu):
    row(ufunc, "*", FAR)
row(np.log1p,      "*",     between(-0.6, 2))
row(np.tan,        "*",     between(-1.2, 1.2))
row(np.divide,     "*,*",   (ANY, FAR))
row(np.power,      "*,*",   POS)
row(np.power,      "*",     FAR,  lambda x: x**2, lambda x: x**3, lambda x: x**1, lambda x: x**0, lambda x: x**-2)
row(np.power,      "*",     POS,  lambda x: x**0.5, lambda x: x**-1.5, lambda x: 2.0**x, lambda x: 0.5**-x)
row(np.remainder,  "*,*",   (inside_a_period, off_zero(0.99, 1.01)))
row(np.maximum,    "*,*",   APART)
row(np.minimum,    "*,*",   APART)
row(np.where,      "*,*",   APART, lambda x, y: np.where(x > y, x * y, x + y))
row(np.where,      "*",     FAR,   lambda x: np.where(x > 0, x, 0.0), lambda x: np.where(x > 0, 0.0, x * x))
row(np.where,      "i3,13", ANY,   lambda x, y: np.where(MASK, x, y))
row(np.where,      ",i",    ANY,   lambda x, y: np.where(np.arange(len(y)) % 2, x * y, y))
row(np.clip,       "*",     grid(0.05), lambda x: np.clip(x, -0.2, 0.2), lambda x: np.clip(x, None, 0.2),
                                        lambda x: np.clip(x, min=0.0), lambda x: np.clip(x, 0.0, None))
row(np.clip,       "*,*",   APART, lambda x, y: np.clip(x, y, y + 0.5), lambda x, y: np.clip(x, max=y))
row(ag.engine.sigmoid_crossentropy, "*,*", ANY)
row(alias,         "*",     ANY)
row(cast,          "*",     ANY,  lambda x: cast(x, dtype=np.float64))
# fmt: on
