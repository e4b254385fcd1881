"""Rows: products of vectors and matrices."""

import numpy as np

from autograd_lite.engine.rules.linalg import contract

from .table import ANY, row

PATH = ["einsum_path", (1, 2), (0, 1)]

# fmt: off
for shapes in ("i,i", "ij,j", "i,ij", "ij,jk", "bij,jk", "ij,bjk", "bij,bjk", "1ij,bjk", "i,bij", "bij,j", "2bij,bjk"):
    row(np.matmul, shapes, ANY, complex=True)
for shapes in (",", ",ij", "ij,", "i,i", "ij,j", "i,ij", "ij,jk", "ijk,k", "k,ikj", "ijk,lkm"):
    row(np.dot, shapes, ANY, complex=True)
for shapes in (",", ",ij", "i,i", "ij,kj", "ijk,k", "k,ijk"):
    row(np.inner, shapes, ANY, complex=True)
for shapes in ("i,j", ",i", "ij,k"):
    row(np.outer, shapes, ANY, complex=True)
row(np.tensordot, "i,jk",    ANY, lambda x, y: np.tensordot(x, y, axes=0), lambda x, y: np.tensordot(x, y, 0),
                                  complex=True)
row(np.tensordot, "ij,jk",   ANY, lambda x, y: np.tensordot(x, y, 1), lambda x, y: np.tensordot(x, y, (1, 0)),
                                  lambda x, y: np.tensordot(x, y, ([-1], [0])),
                                  lambda x, y: np.tensordot(x, y, axes=(np.array([1]), 0)), complex=True)
row(np.tensordot, "ijk,jkl", ANY, np.tensordot, complex=True)
row(np.tensordot, "ijk,kli", ANY, lambda x, y: np.tensordot(x, y, axes=([2, 0], [0, -1])), complex=True)
row(np.tensordot, "ij,ij",   ANY, lambda x, y: np.tensordot(x, y), lambda x, y: np.tensordot(x, y, [(0, 1), (0, 1)]),
                                  complex=True)
for subscripts in ("ij,jk->ik", "ij,jk", "i,i->", "i,j->ij", "ij,ij->ij", "ij,kj->", "bij,bjk->bik", "ij,j->ji"):
    row(np.einsum, subscripts.partition("->")[0], ANY, lambda x, y, s=subscripts: np.einsum(s, x, y), complex=True)
for subscripts in ("ii->i", "ii", "ij->ji", "ij->j", "iji->j", "ij->", "iij->ij", "iii->i"):
    row(np.einsum, subscripts.partition("->")[0], ANY, lambda x, s=subscripts: np.einsum(s, x), complex=True)
row(np.einsum, "bij,jk",   ANY, lambda x, y: np.einsum("...ij, ...jk -> ...ik", x, y),
                                lambda x, y: np.einsum("...j,jk", x, y), complex=True)
row(np.einsum, "b1ij,1cjk", ANY, lambda x, y: np.einsum("...ij,...jk", x, y),
                                 lambda x, y: np.einsum("...ij,...jk->...", x, y), complex=True)
row(np.einsum, "ij,jk,ki", ANY, lambda x, y, z: np.einsum("ij,jk,ki->", x, y, z, optimize=True),
                                lambda x, y, z: np.einsum("ij,jk,ki", x, y, z, optimize="greedy"),
                                lambda x, y, z: np.einsum("ij,jk,kl", x, y, z, optimize=PATH),
                                lambda x, y, z: np.einsum("ij,jk,ki->k", x, y, z, order="C", casting="safe"),
                                complex=True)
row(np.einsum, "1j,ij",    ANY, lambda x, y: np.einsum("ij,ij->i", x, y), lambda x, y: np.einsum("ij,ij->j", x, y),
                                complex=True)
row(np.einsum, "bij,jk",   ANY, lambda x, y: np.einsum(x, [0, 1, 2], y, [2, 3], [3, 0, 1]),
                                lambda x, y: np.einsum(x, [Ellipsis, 7], y, [7, 3]),
                                lambda x, y: np.einsum(x, [..., 26], y, [26, 3], [3, ...], optimize=True), complex=True)
row(np.einsum, "ii",       ANY, lambda x: np.einsum(x, [0, 0]), lambda x: np.einsum(x, [1, 0]),
                                lambda x: np.einsum("ii->i", x, dtype=np.float64))
row(contract,  "ij,jk",    ANY, lambda x, y: contract(x, y, subscripts="ij,jk->ki"), complex=True)
row(contract,  "ii,i",     ANY, lambda x, y: contract(x, y, subscripts="ii,i->i"), complex=True)
# fmt: on
