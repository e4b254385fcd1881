"""Colours that graphs and plots share; told apart also by readers who do not see red, green or blue."""

from __future__ import annotations

COLD, ZERO, WARM = "#2166ac", "#f7f7f7", "#b25809"
"""Below 0, at 0, above it: blue over white to brown."""

TRAINING, VALIDATION = "#1559c4", "#b4410e"
"""What a model has learnt from, and what it has not seen."""

TRAINING_ON_DARK, VALIDATION_ON_DARK = "#7fb2ff", "#ff9e64"

CLASSES = ("#0072b2", "#d55e00", "#009e73", "#aa4499", "#b8860b", "#332288", "#4d4d4d", "#44aadd")
"""One a class; plots give each a marker of its own, too."""

INK, MUTED, HAIR = "#1d2330", "#5d6675", "#c3c9d4"
"""Text, text that stands back, and thin lines around things."""


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of ``#rrggbb``, each from 0 to 255.

    Examples
    --------
    >>> rgb("#2166ac")
    (33, 102, 172)
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue
