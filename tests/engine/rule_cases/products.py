"""Rows: more products of vectors and matrices."""
