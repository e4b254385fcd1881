"""A view in Mermaid's language: a box for each card, an arrow for each use."""

from __future__ import annotations

import re

from .palette import COLOURS, ROLES
from .view import Card, View

NEWLINE = "<br/>"
PLAIN = frozenset(" .,:_=")
"""What needs no code besides letters and digits."""

READ_INSIDE = re.compile(r"\$(?=\$)|fa[bklrs]?:(?=fa-)|ﬂ(?=°)|¶(?=ß)")
"""What it looks for in a label that it has read: formulas, ``$$x$$``; icons, ``fa:fa-ban``; its own signs for codes."""

NOTHING = "\u200b"
"""A blank without width."""


def mermaid_of(view: View, direction: str = "LR") -> str:
    """The source of a flowchart.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> from autograd_lite.drawing.reading import view_of
    >>> x = Value(3.0, name="x")
    >>> print(mermaid_of(view_of(x * x)).splitlines()[3])
      n0["x<br/>variable<br/>value 3.0000<br/>gradient ·"]:::variable
    """
    group_of = {card: i for i, group in enumerate(view.groups) for card in group.cards}
    lines = [f"flowchart {direction}", f"  accTitle: {escaped(view.title)}"]
    lines += [f"  accDescr: {escaped(' '.join((*view.folded, *view.notes)) or view.title)}"]
    lines += [f"  {box(i, card)}" for i, card in enumerate(view.cards) if i not in group_of]
    frames = []
    for i, group in enumerate(view.groups):
        lines.append(f'  subgraph g{i}["{escaped(group.title)}"]')
        lines += [f"    {box(k, view.cards[k])}" for k in group.cards]
        lines.append("  end")
        stroke, ink = ("gradient" if group.kind == "gradient" else "line"), COLOURS["ink"][0]
        frames.append(f"  style g{i} fill:{COLOURS['frame'][0]},stroke:{COLOURS[stroke][0]},color:{ink}")
    for arrow in view.arrows:
        said = ", ".join(escaped(part) for part in (arrow.local, arrow.slope) if part)
        lines.append(f"  n{arrow.tail} -->" + (f'|"{said}"| ' if said else " ") + f"n{arrow.head}")
    for role in dict.fromkeys(card.role for card in view.cards):
        stroke, fill = (COLOURS[name][0] for name in ROLES[role])
        lines.append(f"  classDef {role} fill:{fill},stroke:{stroke},color:{COLOURS['ink'][0]}")
    return "\n".join([*lines, *frames]) + "\n"


def box(i: int, card: Card) -> str:
    """A card in one line."""
    head = card.definition
    lines = [head, f"{card.role} {card.shape} {card.dtype}".rstrip()]
    lines += [f"{row.label} {row.text}".strip() for row in card.rows]
    lines += [word for word in (card.alarm, *card.warnings) if word]
    if card.changed:
        lines.append("changed since")
    return f'n{i}["{NEWLINE.join(map(escaped, lines))}"]:::{card.role}'


def escaped(text: str) -> str:
    """Text as Mermaid shows it letter by letter: every sign of ASCII by its number."""
    text = READ_INSIDE.sub(rf"\g<0>{NOTHING}", text)
    return "".join(c if c.isalnum() or c in PLAIN or (ord(c) > 127 and c != NOTHING) else f"#{ord(c)};" for c in text)
