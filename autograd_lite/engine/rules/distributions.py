"""SciPy's distributions: densities and their integrals."""
