"""Rows: Fourier transforms."""
