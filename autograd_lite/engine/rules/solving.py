"""Inverses, determinants, systems of equations, norms."""
