"""Rows: more functions of one entry or two."""
