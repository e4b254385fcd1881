"""Rows: SciPy's linear algebra."""
