"""Scalars: long listings of plain numbers, in chunks of Python or by levels of NumPy."""
