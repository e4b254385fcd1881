"""Rows: median, quantiles, averages, what leaves out nan."""
