"""Rows: more functions that move entries."""
