"""Rows: products of vectors and matrices."""

import numpy as np

from autograd_lite.engine.rules.linalg import contract

from .table import ANY, row

# fmt: off
for shapes in ("i,i", "ij,j", "i,ij", "ij,jk", "bij,jk", "ij,bjk", "bij,bjk", "1ij,bjk", "i,bij", "bij,j", "2bij,bjk"):
    row(np.matmul, shapes, ANY)
for shapes in (",", ",ij", "ij,", "i,i", "ij,j", "i,ij", "ij,jk", "ijk,k", "k,ikj", "ijk,lkm"):
    row(np.dot, shapes, ANY)
for shapes in (",", ",ij", "i,i", "ij,kj", "ijk,k", "k,ijk"):
    row(np.inner, shapes, ANY)
for shapes in ("i,j", ",i", "ij,k"):
    row(np.outer, shapes, ANY)
row(np.tensordot, "i,jk",    ANY, lambda x, y: np.tensordot(x, y, axes=0), lambda x, y: np.tensordot(x, y, 0))
row(np.tensordot, "ij,jk",   ANY, lambda x, y: np.tensordot(x, y, 1), lambda x, y: np.tensordot(x, y, (1, 0)),
                                  lambda x, y: np.tensordot(x, y, ([-1], [0])))
row(np.tensordot, "ijk,jkl", ANY, np.tensordot)
row(np.tensordot, "ijk,kli", ANY, lambda x, y: np.tensordot(x, y, axes=([2, 0], [0, -1])))
for subscripts in ("ij,jk->ik", "ij,jk", "i,i->", "i,j->ij", "ij,ij->ij", "ij,kj->", "bij,bjk->bik", "ij,j->ji"):
    row(np.einsum, subscripts.partition("->")[0], ANY, lambda x, y, s=subscripts: np.einsum(s, x, y))
for subscripts in ("ii->i", "ii", "ij->ji", "ij->j", "iji->j", "ij->", "iij->ij", "iii->i"):
    row(np.einsum, subscripts.partition("->")[0], ANY, lambda x, s=subscripts: np.einsum(s, x))
row(np.einsum, "bij,jk",   ANY, lambda x, y: np.einsum("...ij, ...jk -> ...ik", x, y),
                                lambda x, y: np.einsum("...j,jk", x, y))
row(np.einsum, "ij,jk,ki", ANY, lambda x, y, z: np.einsum("ij,jk,ki->", x, y, z, optimize=True))
row(np.einsum, "1j,ij",    ANY, lambda x, y: np.einsum("ij,ij->i", x, y), lambda x, y: np.einsum("ij,ij->j", x, y))
row(contract,  "ij,jk",    ANY, lambda x, y: contract(x, y, subscripts="ij,jk->ki"))
row(contract,  "ii,i",     ANY, lambda x, y: contract(x, y, subscripts="ii,i->i"))
# fmt: on
