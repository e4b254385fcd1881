"""Rows: SciPy's convolution."""
