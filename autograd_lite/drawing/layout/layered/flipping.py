"""On which side of a frame to pass it: crossings do not say, so both are tried and the flatter picture is kept."""

from __future__ import annotations

from collections.abc import Callable

from .coordinates import alignments, place_across
from .network import Network
from .ordering import Order
from .sides import AFTER, BEFORE

SMALL = 150
"""Nodes up to which it is tried."""
TRIALS = 30
HEIGHT = 10
"""How much a pixel of height weighs against a pixel of an arrow that is not straight."""


def flip_sides(network: Network, between_boxes: float, check: Callable[[], None]) -> None:
    """Move what passes a frame to its other side where that makes the picture flatter and adds no crossing.

    Everything must have its place already.
    """
    if not network.frames or len(network.along) > SMALL:
        return
    order = Order(network)
    trials = 0
    for passing in order.passing:
        for group in passing.groups:
            if any(network.frame_of[node] >= 0 for node in group) or trials >= TRIALS:
                continue
            check()
            trials += 1
            before = cost(network), network.layers, network.place, network.spans
            order.use(network.layers)
            crossings = order.crossings()
            goal = BEFORE if passing.side(network, order.layers, order.index, group[0]) == AFTER else AFTER
            for node in group:
                passing.move(order.layers[network.layer[node]], network.frame_of, order.index, node, goal)
            if order.crossings() > crossings:
                continue
            network.layers = [list(layer) for layer in order.layers]
            place_across(network, between_boxes, check)
            if cost(network) >= before[0]:
                _, network.layers, network.place, network.spans = before


def cost(network: Network) -> float:
    """How high the picture is, and how far its arrows are from straight."""
    ends = [end for span in network.spans for end in span] + network.place
    bends = sum(abs(network.place[a] - network.place[b]) * weight for (a, b), weight in alignments(network).items())
    return HEIGHT * (max(ends) - min(ends)) + bends
