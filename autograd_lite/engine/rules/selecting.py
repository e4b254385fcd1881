"""Choosing entries: take_along_axis, choose, select, compress, insert, delete."""
