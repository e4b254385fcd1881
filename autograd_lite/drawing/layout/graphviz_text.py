"""A plan as text for Graphviz: boxes by number and size, and nothing else.

One pixel is one of Graphviz' points.
"""

from __future__ import annotations

from math import ceil

from .frames import framed, successions
from .plan import FRAME_MARGIN, Frame, Plan

POINTS = 72.0
"""Graphviz' sizes are in inches."""

FRAMED = 500
"""Boxes up to which there are frames: beyond, they make Graphviz several times slower."""

TUNED = ((1000, " nslimit=0.1 mclimit=0.5 splines=line"), (300, " nslimit=1"))
"""Beyond so many boxes the best places are not searched to the end: measured, it is 3 to 10 times faster."""

TITLE_PADDING = 8
"""Graphviz makes a title so much higher by itself."""

STRAIGHT = 20
"""The weight of an arrow on the path of the data."""


def plan_text(plan: Plan) -> str:
    """The text; arrows have ids, ``e0``, so that several between two boxes can be told apart.

    Examples
    --------
    >>> from autograd_lite.drawing.layout.plan import Box, Edge
    >>> print(plan_text(Plan((Box(72, 36), Box(72, 36)), (Edge(0, 1),))))
    digraph {
    graph [rankdir=LR ranksep=0.8333 nodesep=0.3333]
    node [shape=box fixedsize=true label="" penwidth=0]
    edge [dir=none]
    n0 [width=1.0000 height=0.5000]
    n1 [width=1.0000 height=0.5000]
    n0 -> n1 [id=e0]
    }
    """
    tuning = next((attributes for boxes, attributes in TUNED if len(plan.boxes) > boxes), "")
    # With newrank the unseen arrows between frames are obeyed, not only considered.
    ranking = " newrank=true" if has_frames(plan) else ""
    between_ranks = max(plan.between_ranks, *(edge.room for edge in plan.edges), 0.0)  # it knows one distance alone
    gaps = f"ranksep={inches(between_ranks)} nodesep={inches(plan.between_boxes)}"
    lines = [
        "digraph {",
        f"graph [rankdir={plan.direction} {gaps}{ranking}{tuning}]",
        'node [shape=box fixedsize=true label="" penwidth=0]',
        "edge [dir=none]",  # curves reach to the boxes then; whoever draws them adds the tips
    ]
    for number, box in enumerate(plan.boxes):
        lines.append(f"n{number} [width={inches(box.width)} height={inches(box.height)}]")
    if has_frames(plan):
        lines += [cluster(number, frame, plan.direction) for number, frame in enumerate(plan.frames)]
    for number, edge in enumerate(plan.edges):
        weight = f" weight={STRAIGHT}" if edge.straight else ""
        lines.append(f"n{edge.tail} -> n{edge.head} [id=e{number}{weight}]")
    if has_frames(plan):
        lines += [f"n{tail} -> n{head} [style=invis weight=0]" for tail, head in in_rows(plan)]
    return "\n".join([*lines, "}"])


def has_frames(plan: Plan) -> bool:
    return bool(plan.frames) and len(plan.boxes) <= FRAMED


def inches(pixels: float) -> str:
    return f"{pixels / POINTS:.4f}"


def cluster(number: int, frame: Frame, direction: str) -> str:
    """A frame; an empty cell of a table, of a fixed size, keeps the room for its title."""
    height = max(1, ceil(frame.title_height - TITLE_PADDING))
    room = f'width="{ceil(frame.title_width)}" height="{height}"'
    cell = f'<td fixedsize="true" {room}></td>'
    title = f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="0"><tr>{cell}</tr></table>>'
    top = "labelloc=b" if direction == "BT" else "labelloc=t"  # Graphviz turns the frame round with the rest
    boxes = "; ".join(f"n{box}" for box in frame.boxes)
    return f"subgraph cluster{number} {{ margin={FRAME_MARGIN:g}; {top}; labeljust=l; label={title}; {boxes} }}"


def in_rows(plan: Plan) -> list[tuple[int, int]]:
    """Arrows that nobody sees, from one frame to what begins the next, so that these stand in a row.

    From the boxes that lead on to the next frame or are the last of theirs, to those that nothing leads to.
    """
    pairs = [(edge.tail, edge.head) for edge in plan.edges]
    boxes = [frame.boxes for frame in plan.frames]
    frame_of = framed(len(plan.boxes), boxes)
    has_operands = {head for _, head in pairs}
    goes_on = {tail for tail, head in pairs if frame_of[tail] == frame_of[head]}
    return [
        (tail, head)
        for before, after in successions(len(plan.boxes), pairs, boxes)
        for tail in boxes[before]
        if tail not in goes_on
        for head in boxes[after]
        if head not in has_operands
    ]
