"""Where each node lies across its layer: nothing overlaps, and long arrows and the path of the data run straight."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import ceil

from .network import Network
from .simplex import Arc, positions

FRAME_GAP = 16.0
"""Between two frames, and between a frame and a node outside."""
SHORT, END, INNER = 1, 2, 8
"""How straight an arrow wants to be: between two boxes, from a box to a dummy, between two dummies."""
STRAIGHT = 12
"""How much straighter the path of the data wants to be."""
COMPACT = 3
"""How much a frame resists being stretched."""


def place_across(network: Network, between_boxes: float, check: Callable[[], None]) -> None:
    """Fill in ``place`` and ``spans``."""
    count = len(network.along)
    arcs = separations(network, between_boxes)
    for number, size in enumerate(network.sizes):
        top = count + 2 * number
        arcs.append((top, top + 1, ceil(size.least_across), COMPACT))
    total = count + 2 * len(network.frames)
    for (tail, head), weight in alignments(network).items():
        # A node of its own that is before both pulls at them with this weight: so much their distance costs.
        arcs += [(total, tail, 0, weight), (total, head, 0, weight)]
        total += 1
    found = [float(place) for place in positions(total, arcs, check=check)]
    network.place = found[:count]
    ends = found[count : count + 2 * len(network.frames)]
    network.spans = list(zip(ends[::2], ends[1::2], strict=True))


def separations(network: Network, between_boxes: float) -> list[Arc]:
    """The least distances: of neighbours in a layer, and of nodes and the borders of frames."""
    arcs: dict[tuple[int, int], int] = {}

    def apart(first: int, second: int, distance: float) -> None:
        pair = first, second
        arcs[pair] = max(arcs.get(pair, 0), ceil(distance))

    count = len(network.along)
    half = [size / 2 for size in network.across]
    ends = {node: (link.tail, link.head) for link in network.links for node in link.chain[1:-1]}
    for layer in network.layers:
        for node in layer:
            if (frame := network.frame_of[node]) >= 0:
                apart(count + 2 * frame, node, network.sizes[frame].before + half[node])
                apart(node, count + 2 * frame + 1, network.sizes[frame].after + half[node])
        for first, second in pairwise(layer):
            before, after = network.frame_of[first], network.frame_of[second]
            if before == after:
                boxes = first < network.boxes and second < network.boxes
                full = boxes or (ends.get(first, first) == ends.get(second, second))
                apart(first, second, half[first] + half[second] + between_boxes / (1 if full else 2))
            elif before >= 0 and after >= 0:
                apart(count + 2 * before + 1, count + 2 * after, FRAME_GAP)
            elif before >= 0:
                apart(count + 2 * before + 1, second, FRAME_GAP + half[second])
            else:
                apart(first, count + 2 * after, FRAME_GAP + half[first])
    return [(first, second, distance, 0) for (first, second), distance in arcs.items()]


def alignments(network: Network) -> dict[tuple[int, int], int]:
    """How much each pair of nodes in neighbouring layers wants to be on one line."""
    weights: dict[tuple[int, int], int] = {}
    for link in network.links:
        for pair in pairwise(link.chain):
            dummies = (pair[0] >= network.boxes) + (pair[1] >= network.boxes)
            weight = (SHORT, END, INNER)[dummies] * (STRAIGHT if link.straight else 1)
            weights[pair] = weights.get(pair, 0) + weight
    return weights
