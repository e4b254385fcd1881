"""Rows: sorting, partitioning, distinct entries."""

import numpy as np

from autograd_lite.engine.rules.ordering import known_as, shared_by_equals

from .table import ANY, APART, grid, row

FIRST = np.array([[True, False, True, False, False], [True, True, False, True, True]])

# fmt: off
row(np.sort, "ijk", grid(0), np.sort, lambda x: np.sort(x, axis=0), lambda x: np.sort(x, -2, "stable"),
                             lambda x: np.sort(x, axis=None), complex=True)
row(np.sort, "i",   grid(0), np.sort, lambda x: np.sort(x, stable=True), complex=True)
row(np.sort, "",    grid(0), lambda x: np.sort(x, axis=None))
row(np.partition, "34", grid(0), lambda x: np.partition(x, 2), lambda x: np.partition(x, [0, -1], axis=0),
                             lambda x: np.partition(x, kth=(1, 3)), lambda x: np.partition(x, 5, None, "introselect"),
                             complex=True)
row(np.partition, "Ij", grid(0), lambda x: np.partition(x, 0, 0), complex=True)
row(np.sort_complex, "iJ", grid(0), lambda x: np.real(np.sort_complex(x)), complex=True)
row(np.lexsort, "3", grid(0), lambda x: x[np.lexsort((x,))])
row(np.lexsort, "23", grid(0), lambda x: x[:, np.lexsort(x, axis=0)], lambda x: x[:, np.lexsort((x[0], x[1]))])
row(shared_by_equals, "25", ANY, lambda g: shared_by_equals(g, FIRST), complex=True)
row(known_as, "25", ANY, lambda x: shared_by_equals(known_as(x, FIRST), FIRST), complex=True)

row(np.unique, "ij", grid(0), np.unique, lambda x: np.unique(x, axis=0), lambda x: np.unique(x, axis=-1), complex=True)
row(np.unique, "IJk", grid(0), lambda x: np.unique(x, axis=1))
row(np.unique, "",   grid(0), np.unique)
row(np.unique, "5",  grid(0), lambda x: np.unique(x // 1 + 0 * x, True, True, True, equal_nan=False)[0],
                             lambda x: np.sort(np.unique(x, sorted=False)))
for f in (np.unique_all, np.unique_counts, np.unique_inverse):
    row(f, "Ij", grid(0), lambda x, f=f: f(x).values, complex=True)
row(np.unique_values, "Ij", grid(0), lambda x: np.sort(np.unique_values(x)), complex=True)
row(np.union1d, "3,22", APART, np.union1d, complex=True)
row(np.setxor1d, "3,22", APART, np.setxor1d, lambda x, y: np.setxor1d(x, y, True), complex=True)
row(np.setdiff1d, "3", grid(0), lambda x: np.setdiff1d(x, x[1:2]), lambda x: np.setdiff1d(x, [5.0], True), complex=True)
row(np.intersect1d, "32,3", APART, lambda x, y: np.intersect1d(x, np.concatenate([y, x[0]])),
                             lambda x, y: np.intersect1d(x, np.concatenate([y, x[0]]), True),
                             lambda x, y: np.intersect1d(x, np.concatenate([y, x[0]]), return_indices=True)[0],
                             complex=True)

row(np.flatnonzero, "ij", ANY, lambda x: np.ravel(x)[np.flatnonzero(x > 0)])
row(np.nonzero,     "ij", ANY, lambda x: x[np.nonzero(x > 0)])
row(np.nonzero,     "i",  ANY, lambda x: x[np.nonzero(x)])
row(np.argwhere,    "Ij", ANY, lambda x: x[np.argwhere(x > 0)[:, 0], 0] if np.size(x) else x)
# fmt: on
