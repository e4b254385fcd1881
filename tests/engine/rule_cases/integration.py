"""Rows: SciPy's solver of differential equations."""
