"""Rows: more products of vectors and matrices."""

import numpy as np

from .solving import regular
from .table import ANY, row

# fmt: off
for shapes in ("i,i", "ij,ij", "11,", ","):
    row(np.vdot, shapes, ANY, complex=True)
row(np.vdot,           "ij,ij", ANY, lambda x, y: np.vdot(x.T, y), complex=True)
for shapes in ("i,i", "bi,i", "i,bi", "1bi,c1i"):
    row(np.vecdot,        shapes, ANY, complex=True)
    row(np.linalg.vecdot, shapes, ANY, complex=True)
row(np.vecdot,         "ib,ib", ANY, lambda x, y: np.vecdot(x, y, axis=0), lambda x, y: np.vecdot(x, y, axis=-2),
                                     lambda x, y: np.vecdot(x, y, axis=0, keepdims=True), complex=True)
row(np.vecdot,         "i,ib",  ANY, lambda x, y: np.vecdot(x, y, axis=0), lambda x, y: np.vecdot(y, x, axis=0),
                                     complex=True)
row(np.linalg.vecdot,  "ib,ib", ANY, lambda x, y: np.linalg.vecdot(x, y, axis=0), complex=True)
if hasattr(np, "matvec"):  # NumPy 2.2
    for shapes in ("ij,j", "bij,j", "ij,bj", "1bij,c1j"):
        row(np.matvec, shapes, ANY, complex=True)
    for shapes in ("i,ij", "i,bij", "bi,ij", "1bi,c1ij"):
        row(np.vecmat, shapes, ANY, complex=True)
for shapes in ("3,3", "b3,3", "3,b3", "1b3,c13"):
    row(np.cross,        shapes, ANY, complex=True)
    row(np.linalg.cross, shapes, ANY, complex=True)
row(np.cross,          "3b,3b", ANY, lambda x, y: np.cross(x, y, axis=0), complex=True)
row(np.cross,          "3b,b3", ANY, lambda x, y: np.cross(x, y, axisa=0), lambda x, y: np.cross(x, y, 0, 1, axisc=0),
                                     lambda x, y: np.cross(y, x, axisb=-2), complex=True)
row(np.cross,          "3,c3b", ANY, lambda x, y: np.cross(x, y, axisb=1, axisc=1), complex=True)
row(np.linalg.cross,   "3b,3b", ANY, lambda x, y: np.linalg.cross(x, y, axis=0), complex=True)
row(np.linalg.outer,     "i,j",     ANY, complex=True)
row(np.linalg.matmul,    "ij,jk",   ANY, complex=True)
row(np.linalg.matmul,    "bij,j",   ANY, complex=True)
row(np.linalg.tensordot, "ijk,jkl", ANY, complex=True)
row(np.linalg.tensordot, "ijk,kl",  ANY, lambda x, y: np.linalg.tensordot(x, y, axes=1), complex=True)
row(np.linalg.matrix_transpose, "bij", ANY, complex=True)
row(np.linalg.matrix_transpose, "ij",  ANY, complex=True)
for function in (np.linalg.diagonal, np.linalg.trace):
    for shapes in ("ij", "bij"):
        row(function, shapes, ANY, function, lambda x, f=function: f(x, offset=1),
            lambda x, f=function: f(x, offset=-2), complex=True)
for n in (0, 1, 2, 3, 4, 7, -1, -2):
    row(np.linalg.matrix_power, "II",  regular, lambda x, n=n: np.linalg.matrix_power(x / 6, n), complex=True)
row(np.linalg.matrix_power,     "bII", regular, lambda x: np.linalg.matrix_power(x / 6, 5), complex=True)
row(np.linalg.matrix_power,     "b00", ANY,     lambda x: np.linalg.matrix_power(x, 3))
row(np.linalg.multi_dot, "ij,jk",       ANY, lambda *x: np.linalg.multi_dot(x), complex=True)
row(np.linalg.multi_dot, "i2,23,3",     ANY, lambda *x: np.linalg.multi_dot(x), complex=True)
row(np.linalg.multi_dot, "2,23,3",      ANY, lambda *x: np.linalg.multi_dot(list(x)), complex=True)
row(np.linalg.multi_dot, "i3,31,14,4k", ANY, lambda *x: np.linalg.multi_dot(x), complex=True)
row(np.linalg.multi_dot, "2,23,31,1",   ANY, lambda *x: np.linalg.multi_dot(x), complex=True)
# fmt: on
