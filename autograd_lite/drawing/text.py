"""Text that comes from users, made harmless: cleaned, shortened, escaped for DOT and for HTML."""

from __future__ import annotations

import html
import re
import unicodedata

ELLIPSIS = "…"
REPLACEMENT = "\ufffd"

# What XML forbids, what Graphviz cannot read, and what turns the direction of the text around it.
HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]"
)

UNSEEN = ("Cf", "Mn", "Me", "Zs", "Zl", "Zp")
"""Categories of signs that show nothing by themselves: joiners, accents, blanks. Some letters are blank, too."""

BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"


def clean(text: str, limit: int = 60) -> str:
    r"""One line of text that can be shown anywhere, at most ``limit`` characters long.

    Examples
    --------
    >>> clean("  two\n lines ")
    'two lines'
    >>> clean("a very long name indeed", limit=10)
    'a very lo…'
    """
    text = text[: 20 * limit]  # a name of a million characters need not be cleaned to its end
    text = HARMFUL.sub(REPLACEMENT, " ".join(text.split()))
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + ELLIPSIS
    return text if any(map(is_seen, text)) else "·"


def is_seen(c: str) -> bool:
    return unicodedata.category(c) not in UNSEEN and c not in BLANK_LETTERS


def for_html_label(text: str) -> str:
    r"""Text inside a label of the form ``<...>``, so that Graphviz shows it letter by letter.

    A backslash is written as two entities: Graphviz reads the entities first and ``\N`` afterwards.
    A bracket is one, because Graphviz 2.43 takes a text of "]" alone for the end of something.
    """
    return html.escape(text).replace("\\", "&#92;&#92;").replace("]", "&#93;")


def columns(text: str) -> int:
    """How many columns of a fixed-width font a text takes; an East Asian character or an emoji takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)
