"""Rows: SciPy's special functions."""
