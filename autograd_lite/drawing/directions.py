"""Which way the arrows of a picture should lead, where nobody says: as one reads, unless it would become too wide."""

from __future__ import annotations

from .layout.plan import Plan

AUTO = "auto"

PAGE = 1400.0
"""A picture that is not wider can be read on a page or in a notebook as it is."""

CLEARLY = 1.5
"""So many times narrower a picture from top to bottom must be, to be preferred to one that is too wide."""


def direction_of(across: Plan, down: Plan) -> str:
    """``LR``, or ``TB`` where that is much narrower and the other wider than a page.

    Parameters
    ----------
    across, down : Plan
        The same boxes and edges, with the distances that they need from left to right and from top to bottom.

    Examples
    --------
    >>> from autograd_lite.drawing.layout.plan import Box, Edge
    >>> chain = lambda n: Plan((Box(150, 84),) * n, tuple(Edge(i, i + 1) for i in range(n - 1)))
    >>> direction_of(chain(4), chain(4)), direction_of(chain(9), chain(9))
    ('LR', 'TB')
    """
    ranks = ranks_of(across)
    long = width_across(across, ranks)
    return "TB" if long > PAGE and CLEARLY * width_down(down, ranks) < long else "LR"


def ranks_of(plan: Plan) -> list[int]:
    """How many arrows behind the beginning each box stands; what nothing leads to stands before what uses it first.

    Edges of the plan lead from a box to a later one.
    """
    ranks = [0] * len(plan.boxes)
    operands: list[list[int]] = [[] for _ in ranks]
    first_use: list[list[int]] = [[] for _ in ranks]
    for edge in plan.edges:
        operands[edge.head].append(edge.tail)
    for box, tails in enumerate(operands):
        ranks[box] = max((ranks[tail] + 1 for tail in tails), default=0)
        for tail in tails:
            first_use[tail].append(ranks[box] - 1)
    return [
        min(uses) if uses and not tails else rank for rank, uses, tails in zip(ranks, first_use, operands, strict=True)
    ]


def width_across(plan: Plan, ranks: list[int]) -> float:
    """About how wide a picture from left to right becomes."""
    widest: dict[int, float] = {}
    for box, rank in zip(plan.boxes, ranks, strict=True):
        widest[rank] = max(widest.get(rank, 0.0), box.width)
    rooms = dict.fromkeys(widest, plan.between_ranks)
    for edge in plan.edges:
        if ranks[edge.head] == ranks[edge.tail] + 1:
            rooms[ranks[edge.tail]] = max(rooms[ranks[edge.tail]], edge.room)
    return sum(widest.values()) + sum(rooms.values()) - plan.between_ranks


def width_down(plan: Plan, ranks: list[int]) -> float:
    """About how wide a picture from top to bottom becomes: with the arrows that pass by."""
    count = max(ranks, default=0) + 1
    widths = [-plan.between_boxes] * count
    passing = [0] * (count + 1)
    for box, rank in zip(plan.boxes, ranks, strict=True):
        widths[rank] += box.width + plan.between_boxes
    for edge in plan.edges:
        if ranks[edge.tail] + 1 < ranks[edge.head]:
            passing[ranks[edge.tail] + 1] += 1
            passing[ranks[edge.head]] -= 1
    most, now = 0.0, 0
    for width, change in zip(widths, passing, strict=False):
        now += change
        most = max(most, width + now * plan.between_boxes / 2)
    return most
