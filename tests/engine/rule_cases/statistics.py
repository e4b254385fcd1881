"""Rows: averages, medians, quantiles, covariances, counts."""

import numpy as np

from autograd_lite.engine.rules.quantiles import POSITIONS, probability
from autograd_lite.engine.rules.statistics import not_zero, sums_in_bins, weights_of_observations

from .masked import with_holes
from .table import ANY, APART, POS, along_axes, between, grid, row

# fmt: off
along_axes(np.ptp, grid(0), "IJK", complex=True)

row(not_zero, "ij", POS, complex=True)
row(np.average, "23",     ANY, np.average, lambda x: np.average(x, axis=0), lambda x: np.average(x, -1, keepdims=True),
                               lambda x: np.average(x, (0, 1)), lambda x: np.average(x, 1, [1, 2, 3]), complex=True)
row(np.average, "23,23",  (ANY, POS), lambda x, w: np.average(x, weights=w), lambda x, w: np.average(x, 0, w),
                               lambda x, w: np.average(x, axis=-1, weights=w, keepdims=True),
                               lambda x, w: np.average(x, axis=0, weights=w, returned=True), complex=True)
row(np.average, "23,3",   (ANY, POS), lambda x, w: np.average(x, axis=1, weights=w),
                               lambda x, w: np.average(x, 1, w, keepdims=True, returned=True), complex=True)
row(np.average, "234,42", (ANY, POS), lambda x, w: np.average(x, axis=(2, 0), weights=w), complex=True)
row(np.average, ",",      (ANY, POS), lambda x, w: np.average(x, weights=w, returned=True), complex=True)

for f, domain in ((np.median, grid(0)), (np.nanmedian, with_holes(grid(0)))):
    row(f, "232", domain, f, lambda x, f=f: f(x, axis=1), lambda x, f=f: f(x, axis=(0, -1), keepdims=True),
                          lambda x, f=f: f(x, (2, 1)), complex=True)
    row(f, "34",  domain, f, lambda x, f=f: f(x, axis=-1, keepdims=True), complex=True)
    row(f, "",    domain, f)
    row(f, "Ij",  grid(0), lambda x, f=f: f(x, axis=0), lambda x, f=f: f(x, axis=-2, keepdims=True))
    row(f, "I",   grid(0), lambda x, f=f: f(x + 0, overwrite_input=True, keepdims=True))
for f, domain, whole in ((np.quantile, grid(0), 1), (np.nanquantile, with_holes(grid(0)), 1),
                         (np.percentile, grid(0), 100), (np.nanpercentile, with_holes(grid(0)), 100)):
    several = whole * np.array([0.0, 0.3, 0.3, 0.55, 1.0])
    row(f, "232", domain, lambda x, f=f, q=0.4 * whole: f(x, q), lambda x, f=f, q=several: f(x, q, axis=1),
                          lambda x, f=f, q=several: f(x, q, (-1, 0)),
                          lambda x, f=f, q=several: f(x, q, 2, keepdims=True))
    row(f, "34",  domain, lambda x, f=f, q=whole: f(x, q, keepdims=True), lambda x, f=f, q=0: f(x, q, axis=0))
    row(f, "",    domain, lambda x, f=f, q=0.3 * whole: f(x, q), lambda x, f=f, q=several: f(x, q))
    row(f, "IJ",  grid(0), lambda x, f=f, q=several: f(x, q, axis=0))
row(np.quantile, "34", grid(0), lambda x: np.quantile(x, [[0.2, 0.7]], axis=0), lambda x: np.quantile(x, [[0.2], [1]]))
row(np.quantile, "3j", grid(0), lambda x: np.quantile(x, [0.2, 0.3, 0.7], axis=0, keepdims=True))
for method in POSITIONS:
    for f, domain in ((np.quantile, grid(0)), (np.nanquantile, with_holes(grid(0)))):
        row(f, "34", domain, lambda x, f=f, m=method: f(x, 0.37, axis=-1, method=m),
                             lambda x, f=f, m=method: f(x, [0.1, 0.9, 0.0, 1.0, 0.5], 0, method=m))
for f, domain in ((np.quantile, grid(0)), (np.nanquantile, with_holes(grid(0)))):
    row(f, "34", domain,
        lambda x, f=f: f(x + 0, [0.2, 0.7, 1], 1, None, True, "inverted_cdf", weights=np.eye(3, 4) + 0.2),
        lambda x, f=f: f(x, 0.3, weights=np.arange(12).reshape(3, 4) % 5, method="inverted_cdf", keepdims=True))
row(np.quantile, "34", grid(0), lambda x: np.quantile(x, 0.4, axis=1, weights=[1, 0, 2, 3], method="inverted_cdf"))
row(probability, "i", between(0.1, 0.9))
for f in (np.quantile, np.nanquantile):
    row(f, "34,2", (grid(0), between(0.58, 0.62)), lambda x, q, f=f: f(x, q, axis=0), lambda x, q, f=f: f(x, q))
    row(f, "34,",  (grid(0), between(0.58, 0.62)), lambda x, q, f=f: f(x, q, axis=1, method="hazen"))

row(np.cov, "34",     ANY, np.cov, lambda x: np.cov(x, rowvar=False), lambda x: np.cov(x, bias=True),
                           lambda x: np.cov(x, ddof=2), lambda x: np.cov(x, fweights=[1, 2, 0, 3]), complex=True)
row(np.cov, "4",      ANY, np.cov, lambda x: np.cov(x, aweights=[0.3, 0.2, 1.0, 2.0]), complex=True)
row(np.cov, "34,24",  ANY, np.cov, lambda x, y: np.cov(x, y, bias=True), lambda x, y: np.cov(x.T, y.T, False),
                           complex=True)
row(np.cov, "34",     ANY, lambda x: np.cov(x, dtype=float))
row(np.corrcoef, "34", ANY, lambda x: np.corrcoef(x, dtype=float))
row(np.cov, "4,4",    ANY, np.cov, lambda x, y: np.cov(x, y, rowvar=False, ddof=0), complex=True)
row(np.cov, "34,4",   (ANY, POS), lambda x, w: np.cov(x, aweights=w), lambda x, w: np.cov(x, aweights=w, ddof=0),
                           lambda x, w: np.cov(x, fweights=[1, 2, 1, 3], aweights=w))
row(weights_of_observations, "i", POS)
row(np.corrcoef, "34",  ANY, np.corrcoef, lambda x: np.corrcoef(x, rowvar=False), complex=True)
row(np.corrcoef, "5,5", ANY, np.corrcoef, complex=True)
row(np.corrcoef, "4",   ANY, np.corrcoef)

row(np.bincount,  "4", ANY, lambda w: np.bincount([1, 0, 3, 1], w), lambda w: np.bincount([2, 2, 2, 2], w, 5))
row(np.bincount,  "4,4", APART, lambda x, w: np.bincount(np.digitize(x, [-0.25, 0.35]), weights=w, minlength=4) + 0 * x)
row(sums_in_bins, "3", ANY, lambda w: sums_in_bins(np.array([0, 2, 0]), w, minlength=4))
row(np.histogram, "23", ANY, lambda w: np.histogram([[0, 1, 1], [0, 2, 3]], bins=3, weights=w)[0],
                             lambda w: np.histogram([[0, 1, 1], [0, 2, 3]], [0, 0.5, 2], weights=w)[0])
row(np.histogram, "23", POS, lambda w: np.histogram([[0, 1, 1], [0, 2, 3]], 4, (-1, 2), True, w)[0])
# fmt: on
