"""Colours by name, each with a light and a dark value: a scene knows the names, writers the values."""

from __future__ import annotations

from ..colours import COLD, WARM, ZERO, rgb
from .view import CONSTANT, FOLDED, INPUT, LOSS, OPERATION, PARAMETER, RESULT, VARIABLE

LIGHT, DARK = "light", "dark"
THEMES = ("auto", LIGHT, DARK)

COLOURS: dict[str, tuple[str, str]] = {
    "paper": ("#fbfbfd", "#12151c"),
    "card": ("#ffffff", "#1b202b"),
    "ink": ("#1d2330", "#e8ebf2"),
    "muted": ("#5d6675", "#9aa4b5"),
    "line": ("#7d8798", "#6f7b95"),
    "hair": ("#dfe3ea", "#333b4b"),
    "input": ("#2f6fb0", "#6db3f2"),
    "input-tint": ("#eaf2fb", "#172a3d"),
    "parameter": ("#1f7a4d", "#58c98f"),
    "parameter-tint": ("#e7f5ed", "#15301f"),
    "operation": ("#7a8291", "#98a2b5"),
    "folded-tint": ("#eef0f4", "#232936"),
    "loss": ("#7a2fe0", "#b794ff"),
    "loss-tint": ("#f3ebff", "#2a2040"),
    "gradient": ("#b4410e", "#ff9e64"),
    "slope": ("#0b7285", "#4dd0e1"),
    "alarm": ("#b000b0", "#ff7bff"),
    "frame": ("#f1f4f9", "#171c26"),
    "nan": ("#000000", "#000000"),
    "nan-mark": ("#ff5cff", "#ff5cff"),
    "halo": ("#ffd9a8", "#5a3413"),
    "forward": ("#1559c4", "#7fb2ff"),
}

ROLES = {
    VARIABLE: ("parameter", "parameter-tint"),
    PARAMETER: ("parameter", "parameter-tint"),
    INPUT: ("input", "input-tint"),
    CONSTANT: ("input", "input-tint"),
    OPERATION: ("operation", "card"),
    FOLDED: ("operation", "folded-tint"),
    LOSS: ("loss", "loss-tint"),
    RESULT: ("loss", "loss-tint"),
}
"""For each role the colour of its strip and border, and that of its card."""

ROWS = {"value": "ink", "gradient": "gradient", "quiet": "muted", "alarm": "alarm"}

STEPS = 8
"""Shades of heat on each side of 0."""


def heat_name(x: float) -> str:
    """The name of the colour of a number between -1 and 1: ``heat-8`` … ``heat0`` … ``heat8``.

    Examples
    --------
    >>> heat_name(-1.0), heat_name(0.26)
    ('heat-8', 'heat2')
    """
    return f"heat{round(x * STEPS)}"


def shade(step: int) -> str:
    """The colour of a step of heat, from blue over white to brown."""
    end, part = rgb(WARM if step > 0 else COLD), abs(step) / STEPS
    return "#" + "".join(f"{round(zero + (full - zero) * part):02x}" for zero, full in zip(rgb(ZERO), end, strict=True))


COLOURS |= {f"heat{step}": (shade(step), shade(step)) for step in range(-STEPS, STEPS + 1)}


def colour(name: str, theme: str = LIGHT) -> str:
    """The value of a colour, ``#rrggbb``; of a theme that follows the reader's ("auto") the light one."""
    return COLOURS[name][theme == DARK]


def variables(theme: str) -> str:
    """The colours that differ between light and dark as declarations of CSS: ``--ink:#1d2330;…``."""
    return ";".join(f"--{name}:{colour(name, theme)}" for name, (light, dark) in COLOURS.items() if light != dark)
