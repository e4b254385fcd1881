"""Writes docs/functions.md and docs/functions/: the reference of derivative rules, read from the engine's tables."""
