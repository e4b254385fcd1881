"""Rows: the methods of ufuncs."""
