"""Rows: functions along an axis whose order matters."""

import numpy as np

from autograd_lite.engine.rules.polynomials import roots_of
from autograd_lite.engine.rules.sequences import cumprod, cumsum, recurrence

from .table import ANY, FAR, POS, between, grid, row, with_zeros

UNEVEN = np.array([0.0, 0.3, 1.0, 1.2, 2.0])
CLIMBING = between(0.5, 1)
NODES = np.array([-1.5, -0.4, 0.35, 1.3])
AWAY = grid(0.05)  # between -0.4 and 0.4 for a few entries: never on a node


def climbed(steps):
    """Coordinates in ascending order, from the steps between them."""
    return np.cumsum(steps, axis=-1)


# fmt: off
for func in (np.cumsum, np.cumprod):
    for domain in (ANY, with_zeros):
        row(func, "*",   domain, func, complex=domain is ANY)
        row(func, "ijk", domain, lambda x, func=func: func(x, 0), lambda x, func=func: func(x, axis=-1),
                                 lambda x, func=func: func(x, axis=1), complex=domain is ANY)
row(np.cumprod, "5", with_zeros)
row(cumsum,     "ij", ANY, lambda x: np.cumsum(x, dtype=np.float64), lambda x: np.cumsum(x, axis=1, dtype=float))
row(cumprod,    "ij", ANY, lambda x: np.cumprod(x, dtype=np.float64), lambda x: np.cumprod(x, axis=0, dtype=float))
row(recurrence, "3j,3j", ANY, recurrence, complex=True)
row(recurrence, "ij,ij", ANY, lambda x, w: recurrence(x, w, axis=-1))
for func in (np.cumulative_sum, np.cumulative_prod):
    row(func, "i",  ANY, func, lambda x, func=func: func(x, include_initial=True), complex=True)
    row(func, "ij", ANY, lambda x, func=func: func(x, axis=0),
                         lambda x, func=func: func(x, axis=-1, include_initial=True, dtype=x.dtype), complex=True)
    row(func, "",   ANY, func)

row(np.diff,    "ij",     ANY, np.diff, lambda x: np.diff(x, 2), lambda x: np.diff(x, n=3, axis=0),
                               lambda x: np.diff(x, 0), lambda x: np.diff(x, axis=0, prepend=1.0),
                               lambda x: np.diff(x, append=2), complex=True)
row(np.diff,    "ij,ik",  ANY, lambda x, y: np.diff(x, prepend=y), lambda x, y: np.diff(x, 2, append=y, prepend=0.0),
                               complex=True)
row(np.diff,    "ij,",    ANY, lambda x, y: np.diff(x, prepend=y, append=y, axis=0))
row(np.ediff1d, "ij,,k",  ANY, np.ediff1d)
row(np.ediff1d, "ij,k",   ANY, lambda x, y: np.ediff1d(x, to_begin=y), lambda x, y: np.ediff1d(x, to_end=y))
row(np.ediff1d, "ij",     ANY, lambda x: np.ediff1d(x, x, to_begin=x), complex=True)
row(np.ediff1d, "i",      ANY, np.ediff1d, lambda x: np.ediff1d(x, to_end=[1.0, 2.0], to_begin=0.0))

row(np.gradient, "5",     ANY, np.gradient, lambda x: np.gradient(x, 0.5), lambda x: np.gradient(x, edge_order=2),
                               lambda x: np.gradient(x, UNEVEN), lambda x: np.gradient(x, UNEVEN, edge_order=2),
                               lambda x: np.gradient(x, 2 * np.arange(5.0), edge_order=2), complex=True)
row(np.gradient, "2",     ANY, np.gradient)
row(np.gradient, "35",    ANY, np.gradient, lambda x: np.gradient(x, axis=0),
                               lambda x: np.gradient(x, 0.5, UNEVEN, edge_order=2),
                               lambda x: np.gradient(x, UNEVEN, axis=-1), lambda x: np.gradient(x, 2.0, axis=(1, 0)),
                               complex=True)
row(np.gradient, "5,",    (ANY, FAR), np.gradient, lambda x, h: np.gradient(x, h, edge_order=2))
row(np.gradient, "4,4",   (ANY, CLIMBING), lambda x, h: np.gradient(x, climbed(h)),
                                           lambda x, h: np.gradient(x, climbed(h), edge_order=2))
row(np.gradient, "4",     CLIMBING, lambda h: np.gradient(np.arange(4.0) ** 2, climbed(h)))

row(np.trapezoid, "ij",    ANY, np.trapezoid, lambda y: np.trapezoid(y, dx=0.5, axis=0), complex=True)
row(np.trapezoid, "ij,j",  ANY, np.trapezoid, complex=True)
row(np.trapezoid, "ji,j",  ANY, lambda y, x: np.trapezoid(y, x, axis=0), lambda y, x: np.trapezoid(y, x=x, axis=-2),
                                complex=True)
row(np.trapezoid, "ij,ij", ANY, np.trapezoid, lambda y, x: np.trapezoid(y, x, axis=0), complex=True)
row(np.trapezoid, "3",     ANY, lambda x: np.trapezoid([1.0, 2.0, 4.0], x))

row(np.interp, "ij,4",   (AWAY, ANY), lambda x, f: np.interp(x, NODES, f),
                                      lambda x, f: np.interp(4 * x, NODES, f, left=1.0, right=2.0))
row(np.interp, ",4",     (AWAY, ANY), lambda x, f: np.interp(x, NODES, f))
row(np.interp, "3,4,4",  (AWAY, CLIMBING, ANY), lambda x, h, f: np.interp(x, climbed(h) - 1.33, f))
row(np.interp, "3,4,4",  (AWAY, CLIMBING, ANY), lambda x, h, f: np.interp(x, (climbed(h) - 1.33)[::-1], f, period=4.1))
row(np.interp, "i",      AWAY, lambda x: np.interp(x, NODES, NODES**2),
                               lambda x: np.interp(3 * x, NODES, NODES**2, period=-3.2))
row(np.interp, "i,1",    (AWAY, ANY), lambda x, f: np.interp(x, [5.0], f),
                                      lambda x, f: np.interp(x, [0.01], f, 1.0, 2.0))
row(np.interp, "4",      ANY, lambda f: np.interp([-2.0, 0.1, 0.35, 1.3, 3.0], NODES, f),
                              lambda f: np.interp(0.1, NODES, f), complex=True)

for mode in ("full", "same", "valid"):
    for shapes in ("3,5", "5,2", "4,4", "5,4", "2,5", "1,3"):
        row(np.convolve,  shapes, ANY, lambda x, y, mode=mode: np.convolve(x, y, mode), complex=True)
        row(np.correlate, shapes, ANY, lambda x, y, mode=mode: np.correlate(x, y, mode), complex=True)
row(np.convolve,  "4,3",  ANY, np.convolve)
row(np.convolve,  ",3",   ANY, np.convolve)
row(np.convolve,  "3",    ANY, lambda x: np.convolve([1.0, 2.0], x, mode="same"))
row(np.correlate, "4,3",  ANY, np.correlate)
row(np.correlate, "3",    ANY, lambda x: np.correlate(x, [1.0, 2.0]))

row(np.polyval, "k,ij",  ANY, np.polyval, complex=True)
row(np.polyval, "3,",    ANY, np.polyval, complex=True)
row(np.polyval, "2j,j",  ANY, np.polyval)
row(np.polyadd, "I,J",   ANY, np.polyadd, complex=True)
row(np.polyadd, ",3",    ANY, np.polyadd)
row(np.polysub, "I,J",   ANY, np.polysub, complex=True)
row(np.polymul, "I,J",   FAR, np.polymul, complex=True)
row(np.polymul, ",3",    FAR, np.polymul)
row(np.polyder, "4",     ANY, np.polyder, lambda p: np.polyder(p, 2), lambda p: np.polyder(p, m=4),
                              lambda p: np.polyder(p, 0), complex=True)
row(np.polyint, "i",     ANY, np.polyint, lambda p: np.polyint(p, 2, 3.0), lambda p: np.polyint(p, m=2, k=[1.0, 2.0]),
                              lambda p: np.polyint(p, 0), complex=True)
row(np.polyint, "2",     ANY, lambda p: np.polyint(p, 2, k=p))
row(np.poly,    "I",     ANY, np.poly, complex=True)
row(roots_of,   "3",     POS, lambda p: np.real(roots_of(p * np.array([1.0, 5.0, 1.0]))),
                              lambda p: np.abs(roots_of(p * np.array([1.0, 0.2, 1.0]))))
row(np.roots,   "4",     POS, lambda p: np.abs(np.roots(p * np.array([1.0, 9.0, 20.0, 1.0]))))
row(np.polyfit, "7,7",   (CLIMBING, ANY), lambda x, y: np.polyfit(climbed(x), y, 2),
                                          lambda x, y: np.polyfit(climbed(x), y, 1, w=1 + y**2), orders=2)
row(np.polyfit, "52",    ANY, lambda y: np.polyfit(UNEVEN, y, 1), lambda y: np.polyfit(UNEVEN, y, 1, rcond=1e-9))
# fmt: on
