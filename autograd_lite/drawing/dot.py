"""A view in the DOT language: each card a label of the form ``<...>``, each arrow an edge, each group a cluster.

Text that comes from users becomes a `Run`, escaped between tags, and appears nowhere else;
every attribute, id and colour below is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import graphviz

from .numerals import Row
from .text import columns, for_html_label
from .view import (
    CHANGED,
    CONSTANT,
    FOLDED,
    INPUT,
    LOSS,
    OPERATION,
    PARAMETER,
    RESULT,
    STARTS,
    VARIABLE,
    Arrow,
    Card,
    Group,
    View,
)  # fmt: skip

# The one font of which every Graphviz and every browser agree how wide a text is.
FONT = "Courier"
EM = 0.6025  # the width of a character of the widest such font, in its size
SMALL, LARGE = 11, 15

PADDING, BORDER, BORDER_OF_NOTE = 4, 1, 2

INK, MUTED, PAPER, ARROW = "#1d2330", "#5d6675", "#ffffff", "#5d6675"
ALARM = "#b000b0"
ROLE_COLOURS = {
    VARIABLE: ("#1f7a4d", "#e7f5ed"),
    PARAMETER: ("#1f7a4d", "#e7f5ed"),
    OPERATION: ("#5d6675", "#eef0f4"),
    FOLDED: ("#5d6675", "#eef0f4"),
    INPUT: ("#2f6fb0", "#eaf2fb"),
    CONSTANT: ("#2f6fb0", "#eaf2fb"),
    LOSS: ("#7a2fe0", "#f3ebff"),
    RESULT: ("#7a2fe0", "#f3ebff"),
}
"""For each role the colour of its border and word, and the tint behind its name."""

SLOPE, FRAME, GRADIENT = "#0b7285", "#f1f4f9", "#b4410e"
ROW_COLOURS = {"value": INK, "gradient": GRADIENT, "quiet": MUTED, "alarm": ALARM}

DIRECTIONS = ("LR", "TB", "RL", "BT")

PATIENT_UNTIL, HURRIED_FROM = 300, 1000
"""Numbers of cards from which the layout is given less time to improve itself."""


def dot_source(view: View, direction: str = "LR") -> str:
    """The DOT source of a picture.

    Parameters
    ----------
    view : View
    direction : {"LR", "TB", "RL", "BT"}
        Where the arrows lead: to the right, down, to the left, up.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> from autograd_lite.drawing.reading import view_of
    >>> x = Value(3.0, name="x")
    >>> dot_source(view_of(x * x)).count("n0 -> n1")
    2
    """
    graph = graphviz.Digraph(
        graph_attr={
            "rankdir": direction, "bgcolor": PAPER, "fontname": FONT, "pad": "0.2",
            "nodesep": "0.25", "ranksep": "0.45", **haste(len(view.cards)),
        },
        node_attr={"shape": "plain", "fontname": FONT, "fontsize": "13", "fontcolor": INK},
        edge_attr={"fontname": FONT, "color": ARROW, "arrowsize": "0.8", "penwidth": "1.2"},
    )  # fmt: skip
    if view.folded or view.notes:
        lines = "".join(f'{Run(note, MUTED).html}<BR ALIGN="LEFT"/>' for note in (*view.folded, *view.notes))
        graph.attr(label=f"<{lines}>", labelloc="b", labeljust="l")
    framed = {number for group in view.groups for number in group.cards}
    for number, group in enumerate(view.groups):
        graph.subgraph(frame_of(view, number, group))
    for number, card in enumerate(view.cards):
        if number not in framed:
            graph.node(card.id, label=f"<{label_of(card)}>")
    for arrow in view.arrows:
        tail, head = view.cards[arrow.tail], view.cards[arrow.head]
        weight = "8" if tail.formula else None  # the path of the data runs straight
        graph.edge(tail.id, head.id, label=slope_of(arrow), weight=weight)
    return str(graph.source)


def frame_of(view: View, number: int, group: Group) -> graphviz.Digraph:
    """The cards of a group in a frame with its title."""
    colour = GRADIENT if group.kind == "gradient" else MUTED
    frame = graphviz.Digraph(name=f"cluster{number}")
    frame.attr(labeljust="l", labelloc="t", style="rounded,dashed,filled", color=colour, fillcolor=FRAME, margin="12")
    frame.attr(label=f"<{Run(group.title, colour).html}>")
    for i in group.cards:
        frame.node(view.cards[i].id, label=f"<{label_of(view.cards[i])}>")
    return frame


def slope_of(arrow: Arrow) -> str | None:
    """What a gradient is multiplied by along an arrow, below the formula of it; nothing in large pictures."""
    if not arrow.local:
        return f"<{Run(arrow.slope, SLOPE, SMALL).html}>" if arrow.slope else None
    formula = f"{Run(arrow.slope, MUTED, SMALL).html}<BR/>" if arrow.slope else ""
    return f"<{formula}{Run(arrow.local, SLOPE, bold=True).html}>"


def haste(cards: int) -> dict[str, str]:
    """Attributes that keep the layout of a large graph short, at the price of some crossings."""
    if cards <= PATIENT_UNTIL:
        return {}
    if cards <= HURRIED_FROM:
        return {"nslimit": "1"}
    return {"nslimit": "0.1", "mclimit": "0.5", "splines": "line"}


@dataclass(frozen=True)
class Run:
    """Some letters of one colour and size; text from users enters a label here and nowhere else."""

    text: str
    colour: str
    size: int = 13
    bold: bool = False

    @property
    def html(self) -> str:
        escaped = for_html_label(self.text)
        escaped = f"<B>{escaped}</B>" if self.bold else escaped
        return f'<FONT COLOR="{self.colour}" POINT-SIZE="{self.size}">{escaped}</FONT>'

    @property
    def width(self) -> float:
        """How wide a browser will draw it; the engine's own measure is rounded to whole pixels."""
        return EM * self.size * columns(self.text)


def label_of(card: Card) -> str:
    """A card: its name and formula on a tint, its role and shape, and a row for each number."""
    colour, tint = ROLE_COLOURS[card.role]
    shape = f"{card.shape} {card.dtype}".strip()
    rows = [title_of(card, tint), two_cells(Run(card.role, colour, SMALL), Run(shape, MUTED, SMALL) if shape else None)]
    if card.alarm.endswith(STARTS):
        rows.append(one_cell([Run(card.alarm, ALARM, bold=True)]))
    if card.changed:
        rows.append(one_cell([Run(CHANGED, ALARM, bold=True)]))
    rows += [row_of(row) for row in card.rows]
    striking = card.alarm or card.changed
    width = BORDER_OF_NOTE if card.role in (LOSS, RESULT) or striking else BORDER
    dashes = "" if card.carries_gradient else ' STYLE="DASHED"'
    return (
        f'<TABLE BORDER="{width}" COLOR="{ALARM if striking else colour}" BGCOLOR="{PAPER}" CELLBORDER="0" '
        f'CELLSPACING="0" CELLPADDING="{PADDING}"{dashes}>{"".join(rows)}</TABLE>'
    )


def title_of(card: Card, tint: str) -> str:
    """What the card is called, and how it was computed; names that nobody gave are grey."""
    is_own = card.named or card.role == CONSTANT
    runs = [Run(card.name, INK, LARGE, bold=True) if is_own else Run(card.name, MUTED)]
    if card.formula:
        runs.append(
            Run(f"\u00a0{':' if card.holds else '='} {card.formula}", INK)
        )  # a plain blank in front would be dropped in SVG
    return one_cell(runs, f' BGCOLOR="{tint}"')


def row_of(row: Row) -> str:
    """A line of a card: what the number is on the left, the number on the right."""
    return two_cells(Run(row.label, MUTED) if row.label else None, Run(row.text, ROW_COLOURS[row.kind], bold=True))


def one_cell(runs: list[Run], attributes: str = "") -> str:
    inside = cell(runs, f'COLSPAN="2" ALIGN="LEFT"{attributes}')
    return f"<TR>{inside}</TR>"


def two_cells(left: Run | None, right: Run | None) -> str:
    cells = cell([left] if left else [], 'ALIGN="LEFT"') + cell([right] if right else [], 'ALIGN="RIGHT"')
    return f"<TR>{cells}</TR>"


def cell(runs: list[Run], attributes: str) -> str:
    width = ceil(sum(run.width for run in runs)) + 2 * PADDING
    return f'<TD WIDTH="{width}" {attributes}>{"".join(run.html for run in runs)}</TD>'
