"""Rows: SciPy's convolution."""

import autograd_lite.scipy.signal
from autograd_lite.engine.rules import signal as rules

from .table import ANY, row

ours = autograd_lite.scipy.signal

# fmt: off
row(rules.convolve_full,  "I,J",  ANY, complex=True)
row(rules.convolve_full,  "23,JI", ANY, lambda x, y: rules.convolve_full(x, y, method="direct"))
row(rules.convolve_valid, "4,I",  ANY, complex=True)
row(rules.convolve_valid, "43,IJ", ANY, lambda x, y: rules.convolve_valid(x, y, method="fft"))
for f in (ours.convolve, ours.correlate, ours.fftconvolve):
    for shapes in ("I,J", "IJ,JK", "4,2", "2,4"):
        row(f, shapes, ANY, f, lambda x, y, f=f: f(x, y, "same"), complex=True)
    for shapes in ("4,I", "I,3", "33,IJ", "IJ,44"):
        row(f, shapes, ANY, lambda x, y, f=f: f(x, y, mode="valid"), complex=True)
    row(f, ",", ANY, complex=True)
for f in (ours.convolve, ours.correlate):
    row(f, "3,I", ANY, lambda x, y, f=f: f(x, y, method="direct"))
row(ours.fftconvolve, "2I,2J", ANY, lambda x, y: ours.fftconvolve(x, y, axes=1), complex=True)
row(ours.fftconvolve, "I1,J2", ANY, lambda x, y: ours.fftconvolve(x, y, "same", axes=[0]))
row(ours.fftconvolve, "4J,23", ANY, lambda x, y: ours.fftconvolve(y, x[:, :1], "valid", axes=-2))
# fmt: on
