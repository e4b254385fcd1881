"""Rows: real and imaginary part, conjugate, angle."""
