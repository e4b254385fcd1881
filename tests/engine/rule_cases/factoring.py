"""Rows: factors of matrices, eigenvalues."""
