"""Rows: inverses, determinants, systems of equations, norms."""
