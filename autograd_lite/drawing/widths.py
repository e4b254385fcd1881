"""How wide a text may become: measured with the widest of the fonts that pictures name.

Nobody knows which font a reader has. Cards are made for DejaVu, which is wider than nearly all; a writer squeezes what
is wider still.
"""

from __future__ import annotations

import unicodedata

# Of the characters from the blank to the tilde, in hundredths of the size.
SANS = (
    "32 40 46 84 64 95 78 27 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 100 68 69 "
    "70 77 63 58 77 75 29 29 66 56 86 75 79 60 79 69 63 61 73 68 99 69 61 69 39 34 39 84 50 50 61 63 55 63 62 35 "
    "63 63 28 28 58 28 97 63 61 63 63 41 52 39 63 59 82 59 59 52 64 34 64 84"
)
SANS_BOLD = (
    "35 46 52 84 70 100 87 31 46 46 52 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 58 100 77 76 "
    "73 83 68 68 82 84 37 37 77 64 100 84 85 73 85 77 72 68 81 77 110 77 72 73 46 37 46 84 50 50 67 72 59 72 68 "
    "44 72 71 34 34 67 34 104 71 69 72 72 49 60 48 71 65 92 65 65 58 71 37 71 84"
)
SERIF = (
    "35 44 52 84 70 95 90 31 47 47 52 84 35 42 35 37 70 70 70 70 70 70 70 70 70 70 37 37 84 84 84 59 100 78 85 "
    "80 87 76 71 85 94 47 47 87 70 111 91 87 75 87 83 72 74 87 78 112 78 71 73 47 37 47 84 50 50 65 70 61 70 64 "
    "43 70 73 38 36 69 38 106 73 67 70 70 53 56 46 73 58 86 60 58 57 64 36 64 84"
)
MONO = 0.6025
OTHERS = dict(zip("∂×−…±·→σΣᵀ₁²≤", (53, 84, 84, 100, 84, 35, 84, 74, 71, 47, 44, 44, 84), strict=True))
WIDE, OTHER = 105, 90
"""East Asian characters and emoji; whatever else is not in the tables."""

TABLES = {
    name: {chr(32 + i): int(width) for i, width in enumerate(table.split())}
    for name, table in (("sans", SANS), ("sans bold", SANS_BOLD), ("serif", SERIF))
}


def width_of(text: str, size: float, font: str = "sans", bold: bool = False) -> float:
    """The width of a text in pixels, rather too large than too small.

    Examples
    --------
    >>> width_of("1.2000", 10, "mono"), width_of("Wide", 10)
    (36.15, 25.2)
    """
    mono = font == "mono"
    table = TABLES["sans bold" if font == "sans" and bold else "serif" if font == "serif" else "sans"]
    total = 0.0
    for c in text:
        if unicodedata.combining(c):
            continue
        if unicodedata.east_asian_width(c) in "WF":
            total += 2 * 100 * MONO if mono else WIDE
        else:
            total += 100 * MONO if mono else table.get(c) or OTHERS.get(c, OTHER)
    return round(total * size / 100, 3)


def may_be_too_wide(text: str, length: float, size: float, font: str, bold: bool) -> bool:
    """True if a text is wider than it may be, or nobody knows how wide it is; no length is no limit."""
    return bool(length) and (width_of(text, size, font, bold) > length + 0.1 or not is_measured(text))


def is_measured(text: str) -> bool:
    """True if all its characters are in the tables: no font of the picture is wider."""
    return all(" " <= c <= "~" or c in OTHERS for c in text)
