"""Rows: more functions of one entry, or of two that stand at the same place."""

import numpy as np

from autograd_lite.engine.rules.transcendental import fraction, i0_slope, sinc_slope

from .table import ANY, APART, FAR, POS, between, grid, inside_a_period, off_zero, row

INSIDE, BEYOND = between(-0.7, 0.7), between(1.2, 3)
ORDER = np.array([1, 0, -2])

# fmt: off
for ufunc in (np.arcsin, np.arccos, np.arctanh):
    row(ufunc,       "*",     INSIDE, complex=True)
row(np.arcsinh,      "*",     INSIDE, complex=True)
row(np.arcsinh,      "*",     ANY)
row(np.arccosh,      "*",     BEYOND, complex=True)
row(np.arctan2,      "*,*",   (ANY, FAR))
row(np.arctan2,      "*,*",   (FAR, ANY))
for ufunc in (np.deg2rad, np.radians, np.rad2deg, np.degrees):
    row(ufunc,       "*",     ANY)
row(np.cbrt,         "*",     FAR)
row(np.float_power,  "*,*",   POS,  complex=True)
row(np.float_power,  "*",     FAR,  lambda x: np.float_power(x, 2), lambda x: np.float_power(x, -1), complex=True)
row(np.logaddexp2,   "*,*",   ANY)
row(np.fmax,         "*,*",   APART, complex=True)
row(np.fmin,         "*,*",   APART, complex=True)
row(np.fmax,         "*",     FAR,  lambda x: np.fmax(np.nan, x), lambda x: np.fmax(x, np.nan), lambda x: np.fmin(x, 0))
row(np.fmod,         "*,*",   (inside_a_period, off_zero(0.99, 1.01)))
row(np.copysign,     "*",     FAR,  lambda x: np.copysign(x, -1.0), lambda x: np.copysign(x, x),
                                    lambda x: np.copysign(2, x) * x)
row(np.ldexp,        "*",     ANY,  lambda x: np.ldexp(x, 3), lambda x: np.ldexp(x, -1))
row(np.ldexp,        "i3",    ANY,  lambda x: np.ldexp(x, ORDER))
row(np.heaviside,    "*",     ANY,  lambda x: np.heaviside(0.0, x) * x, lambda x: np.heaviside(x - x, x),
                                    lambda x: np.heaviside(1.0, x) * x)
row(np.nextafter,    "*",     ANY,  lambda x: np.nextafter(x, 9), lambda x: np.nextafter(x, -np.inf) * x)
row(np.frexp,        "*",     grid(0.13), lambda x: np.frexp(x)[0], lambda x: np.frexp(x)[0] * x + np.frexp(x)[1])
row(np.modf,         "*",     inside_a_period, lambda x: np.modf(x)[0], lambda x: np.modf(x)[0] * x + np.modf(x)[1])
row(np.modf,         "ij",    inside_a_period)
row(fraction,        "*",     inside_a_period, fraction)
row(np.divmod,       "*,*",   (inside_a_period, off_zero(0.99, 1.01)),
                                    lambda x, y: np.divmod(x, y)[1] + np.divmod(x, y)[0])
row(np.sinc,         "*",     ANY,  complex=True)
row(np.sinc,         "*",     between(-1e-3, 1e-3))
row(np.sinc,         "*",     between(3, 9))
row(sinc_slope,      "*",     ANY,  lambda x: sinc_slope(x, order=1), lambda x: sinc_slope(x, order=4), complex=True)
row(np.i0,           "*",     ANY)
row(np.i0,           "*",     between(-9, 9), lambda x: np.i0(x) / 1e3)
row(i0_slope,        "*",     ANY,  lambda x: i0_slope(x, order=1), lambda x: i0_slope(x, order=2))
row(np.nan_to_num,   "*",     ANY,  lambda x: np.nan_to_num(x) * x, lambda x: np.nan_to_num(x, nan=1.0), complex=True)
row(np.nan_to_num,   "3",     ANY,  lambda x: np.nan_to_num(x * [1, np.nan, np.inf], True, 1.0, posinf=2.0, neginf=3.0))
row(np.unwrap,       "iJ",    between(-9, 9), np.unwrap, lambda x: np.unwrap(x, period=1.7) * x,
                                    lambda x: np.unwrap(x, 4.0))
row(np.unwrap,       "Ij",    between(-9, 9), lambda x: np.unwrap(x, axis=0), lambda x: np.unwrap(x, None, 0))
for function in (np.emath.sqrt, np.emath.log, np.emath.log2, np.emath.log10):
    row(function,    "*",     POS,  complex=True)
for function in (np.emath.arcsin, np.emath.arccos, np.emath.arctanh):
    row(function,    "*",     INSIDE, complex=True)
row(np.emath.logn,   "*,*",   (between(1.5, 3), POS), complex=True)
row(np.emath.power,  "*,*",   POS,  complex=True)
row(np.emath.sqrt,   "I",     between(-2, -0.5), lambda x: np.real(np.emath.sqrt(x) * (1 - 2j)))
row(np.emath.arccos, "I",     between(-3, -2), lambda x: np.real(np.emath.arccos(x) * (1 - 2j)))
# fmt: on
