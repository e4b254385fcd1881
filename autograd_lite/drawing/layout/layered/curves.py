"""Along the arrows: where each layer begins, and the curves through the gaps between the boxes.

A curve crosses a layer on a straight line, where the order of its nodes has made room for it, and bends between two
layers, where there are no boxes: so it never runs through one.
"""

from __future__ import annotations

from itertools import pairwise

from ..geometry import line
from ..plan import Point
from .coordinates import FRAME_GAP
from .network import Link, Network
from .ports import ports

BEND = 0.3
"""Where the controls of a bend lie, of the way between two layers."""
LOOP = 30.0
"""How far an arrow from a box to itself reaches out."""

Span = tuple[float, float]


def place_along(network: Network, between_ranks: float) -> tuple[list[Span], list[Span]]:
    """Where each layer begins and ends, and each frame.

    A frame whose title is wider than its layers reaches on behind them.
    """
    extents = network.extents()
    thick = [max(network.along[node] for node in layer) for layer in network.layers]
    rooms = [0.0] * (len(thick) + 1)  # behind each layer, for what stands on the arrows
    for link in network.links:
        if network.layer[link.head] == network.layer[link.tail] + 1:
            rooms[network.layer[link.tail]] = max(rooms[network.layer[link.tail]], link.room)
    layers: list[Span] = []
    frames: list[Span] = [(0.0, 0.0)] * len(extents)
    begin = 0.0
    for layer, size in enumerate(thick):
        layers.append((begin, begin + size))
        behind = before = 0.0
        for number, (first, last) in enumerate(extents):
            room = network.sizes[number]
            if last == layer:
                start = layers[first][0] - room.start
                end = max(layers[layer][1] + room.end, start + room.least_along)
                frames[number] = start, end
                behind = max(behind, end - layers[layer][1])
            if first == layer + 1:
                before = max(before, room.start)
        needed = behind + before + FRAME_GAP * bool(behind or before)
        begin += size + max(between_ranks, needed, rooms[layer])
    return layers, frames


def curves(network: Network, layers: list[Span], between_boxes: float) -> dict[int, list[Point]]:
    """For each edge of the plan its curve, as (along, across)."""
    found = {}
    ends = ports(network, between_boxes)
    for number, link in enumerate(network.links):
        points = curve(network, link, layers, ends[number, False], ends[number, True])
        found[link.edge] = points[::-1] if link.turned else points
    return found


def curve(network: Network, link: Link, layers: list[Span], leaves: float, reaches: float) -> list[Point]:
    """The curve of one link, from its tail to its head."""
    start, end = layers[network.layer[link.tail]], layers[network.layer[link.head]]
    at = sum(start) / 2 + network.along[link.tail] / 2, leaves
    goal = sum(end) / 2 - network.along[link.head] / 2, reaches
    stops = [at, (start[1], leaves)]
    for dummy in link.chain[1:-1]:
        begin, finish = layers[network.layer[dummy]]
        stops += [(begin, network.place[dummy]), (finish, network.place[dummy])]
    stops += [(end[0], reaches), goal]
    points = [at]
    for one, two in pairwise(stops):
        if one == two:
            continue
        if one[1] == two[1]:
            points += line(one, two)
        else:
            reach = BEND * (two[0] - one[0])
            points += [(one[0] + reach, one[1]), (two[0] - reach, two[1]), two]
    return points


def loop(end: float, place: float, across: float) -> list[Point]:
    """The curve of an arrow from a box to itself, at the side where arrows leave it."""
    half = min(across / 4, LOOP / 2)
    return [(end, place + half), (end + LOOP, place + 2 * half), (end + LOOP, place - 2 * half), (end, place - half)]
