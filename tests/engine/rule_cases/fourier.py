"""Rows: Fourier transforms."""

import numpy as np

from .table import ANY, row

fft = np.fft

# fmt: off
for f in (fft.fft, fft.ifft):
    row(f, "I", ANY, f, lambda x, f=f: f(x, 2), lambda x, f=f: f(x, n=5, norm="ortho"), complex=True)
    row(f, "Ij", ANY, lambda x, f=f: f(x, axis=0), lambda x, f=f: f(x, 4, 0, "forward"), complex=True)
    row(f, "iJ1", ANY, lambda x, f=f: f(x, axis=-2, norm="backward"), lambda x, f=f: f(x, 1, -2), complex=True)
for f in (fft.rfft, fft.ihfft):
    row(f, "I", ANY, f, lambda x, f=f: f(x, 2), lambda x, f=f: f(x, n=5, norm="ortho"), lambda x, f=f: f(x, 6))
    row(f, "Ij", ANY, lambda x, f=f: f(x, axis=0), lambda x, f=f: f(x, 4, 0, "forward"))
    row(f, "iJ1", ANY, lambda x, f=f: f(x, axis=-2, norm="backward"), lambda x, f=f: f(x, 1, -2))
for f in (fft.irfft, fft.hfft):
    row(f, "4", ANY, f, lambda x, f=f: f(x, 7), lambda x, f=f: f(x, 3), complex=True)
    row(f, "I", ANY, lambda x, f=f: f(x, 2), lambda x, f=f: f(x, n=5, norm="ortho"), lambda x, f=f: f(x, 6),
        complex=True)
    row(f, "3j", ANY, lambda x, f=f: f(x, axis=0), lambda x, f=f: f(x, 4, 0, "forward"), complex=True)
    row(f, "i2k", ANY, lambda x, f=f: f(x, axis=-2, norm="backward"), lambda x, f=f: f(x, 1, -2), complex=True)
for f in (fft.fftn, fft.ifftn, fft.fft2, fft.ifft2):
    row(f, "IJ", ANY, f, lambda x, f=f: f(x, norm="ortho"), lambda x, f=f: f(x, s=(3, 2), axes=(0, 1)), complex=True)
    row(f, "IJK", ANY, lambda x, f=f: f(x, axes=(2, 0)), lambda x, f=f: f(x, (2, -1), (0, -1), "forward"),
        complex=True)
    row(f, "IJ", ANY, lambda x, f=f: f(x, axes=(1, 1, 0)), complex=True)
for f in (fft.rfftn, fft.rfft2):
    row(f, "IJ", ANY, f, lambda x, f=f: f(x, norm="ortho"), lambda x, f=f: f(x, s=(3, 2), axes=(0, 1)))
    row(f, "IJK", ANY, lambda x, f=f: f(x, axes=(2, 0)), lambda x, f=f: f(x, (2, -1), (0, -1), "forward"))
for f in (fft.irfftn, fft.irfft2):
    row(f, "I3", ANY, f, lambda x, f=f: f(x, norm="ortho"), lambda x, f=f: f(x, s=(3, 2), axes=(0, 1)), complex=True)
    row(f, "3JK", ANY, lambda x, f=f: f(x, axes=(2, 0)), lambda x, f=f: f(x, (2, -1), (2, 0), "forward"),
        complex=True)
for f in (fft.fftn, fft.ifftn):
    row(f, "IJK", ANY, f, complex=True)
row(fft.rfftn, "IJK", ANY)
row(fft.irfftn, "IJ2", ANY, complex=True)
for f in (fft.fftshift, fft.ifftshift):
    row(f, "ijk", ANY, f, lambda x, f=f: f(x, axes=1), lambda x, f=f: f(x, (0, -1)), lambda x, f=f: f(x, axes=-1),
        complex=True)
    row(f, "i", ANY, f)
# fmt: on
