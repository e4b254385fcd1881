"""Rows: sorting and partitioning."""
