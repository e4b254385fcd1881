"""SciPy's linear algebra."""
