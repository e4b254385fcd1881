"""Averages, medians and quantiles, and what leaves out nan."""
