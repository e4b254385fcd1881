"""Rows: choosing entries."""
