"""Rows: SciPy's distributions."""
