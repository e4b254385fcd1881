"""Rows: reductions that leave out nan. (Those with where= and initial= are beside the plain ones, in reductions.)"""

import numpy as np

from .table import ANY, Domain, Shape, along_axes, grid, row


def with_holes(domain: Domain) -> Domain:
    """Every third entry is nan, at other places in each row: no two neighbours are."""

    def drawn(generator: np.random.Generator, shape: Shape) -> np.ndarray:
        return np.where(
            np.sum(np.indices(shape), axis=0) % 3 == 0 if shape else False, np.nan, domain(generator, shape)
        )

    return drawn


HOLES = with_holes(ANY)
MASK = np.array([[True], [True], [False], [True], [True]])

# fmt: off
along_axes(np.nansum, HOLES, "232", complex=True)
along_axes(np.nanprod, HOLES, "232", complex=True)
for f in (np.nanmean, np.nanvar, np.nanstd):
    domain = with_holes(grid(0))
    row(f, "232", domain, f, lambda x, f=f: f(x, axis=1), lambda x, f=f: f(x, (0, -1), keepdims=True), complex=True)
    row(f, "54",  domain, lambda x, f=f: f(x, axis=0, where=MASK), lambda x, f=f: f(x, 0, dtype=x.dtype),
                          lambda x, f=f: f(x, where=np.real(x) > -0.5), complex=True)
    row(f, "",    domain, f, complex=True)
for f in (np.nanvar, np.nanstd):
    row(f, "54",  with_holes(grid(0)), lambda x, f=f: f(x, ddof=1), lambda x, f=f: f(x, axis=0, correction=1.5),
                                       lambda x, f=f: f(x, axis=0, ddof=1, keepdims=True, where=MASK), complex=True)
    row(f, "54,", with_holes(grid(0)), lambda x, m, f=f: f(x + 0 * m, mean=m + 3), complex=True)
for f in (np.nanmax, np.nanmin):
    row(f, "232", with_holes(grid(0)), f, lambda x, f=f: f(x, axis=1), lambda x, f=f: f(x, (0, -1), keepdims=True),
                                       complex=True)
    row(f, "54,", (with_holes(grid(0)), grid(0.1)), lambda x, y, f=f: f(x + 0 * y, axis=0, initial=y),
                                       lambda x, y, f=f: f(x + 0 * y, axis=0, initial=y, where=MASK), complex=True)
    row(f, "",    ANY, f, complex=True)
row(np.nansum,  "54,", HOLES, lambda x, y: np.nansum(x + 0 * y, 0, initial=y, where=MASK, keepdims=True), complex=True)
row(np.nansum,  "23",  HOLES, lambda x: np.nansum(x, 0, float))
row(np.nanprod, "54,", HOLES, lambda x, y: np.nanprod(x + 0 * y, axis=1, initial=y, where=MASK), complex=True)
for f in (np.nancumsum, np.nancumprod):
    row(f, "23", HOLES, f, lambda x, f=f: f(x, axis=0), complex=True)
    row(f, "23", HOLES, lambda x, f=f: f(x, -1, float))
    row(f, "i",  HOLES, f)
    row(f, "",   ANY, f)
# fmt: on
