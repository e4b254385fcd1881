"""SciPy's convolution."""
