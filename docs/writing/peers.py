"""What the peers differentiate, counted by docs/count_functions.py into peers.json."""

from __future__ import annotations

from .entries import Entry


def summary(public: list[Entry]) -> str:
    """A table for the index."""
    return ""
