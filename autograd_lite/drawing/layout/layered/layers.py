"""Which layer each box is in: every arrow leads to a later one, and arrows are as short as can be."""

from __future__ import annotations

from collections.abc import Callable

from ..frames import successions
from .network import Link, Network
from .simplex import positions

STRAIGHT = 4
"""How much more the length of an arrow on the path of the data weighs."""


def open_circles(count: int, links: list[Link]) -> None:
    """Turn the arrows that lead back to where a walk along the arrows came from."""
    leaving: list[list[Link]] = [[] for _ in range(count)]
    for link in links:
        leaving[link.tail].append(link)
    state = [0] * count  # 1 while the walk is somewhere behind it, 2 when all behind it has been seen
    for root in range(count):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(leaving[root]))]
        while stack:
            node, rest = stack[-1]
            for link in rest:
                if state[link.head] == 1:
                    link.tail, link.head, link.turned = link.head, link.tail, True
                elif not state[link.head]:
                    state[link.head] = 1
                    stack.append((link.head, iter(leaving[link.head])))
                    break
            else:
                state[node] = 2
                stack.pop()


def assign_layers(network: Network, check: Callable[[], None]) -> None:
    """Fill in ``layer``; frames are kept short, and one that is computed from another begins behind it."""
    count = network.boxes
    arcs = [(link.tail, link.head, 1, STRAIGHT if link.straight else 1) for link in network.links]
    for number, boxes in enumerate(network.frames):
        first, last = count + 2 * number, count + 2 * number + 1
        arcs += [(first, box, 0, 0) for box in boxes] + [(box, last, 0, 0) for box in boxes]
        arcs.append((first, last, 0, 1))
    pairs = successions(count, [(link.tail, link.head) for link in network.links], network.frames)
    arcs += [(count + 2 * before + 1, count + 2 * after, 1, 0) for before, after in pairs]
    network.layer = positions(count + 2 * len(network.frames), arcs, check=check)[:count]
    least = min(network.layer)
    network.layer = [layer - least for layer in network.layer]


def add_dummies(network: Network) -> None:
    """Give every link its chain: in each layer between its ends a dummy, within a frame as long as its ends are."""
    extents = network.extents()
    for link in network.links:
        start, end = network.layer[link.tail], network.layer[link.head]
        link.chain = [link.tail]
        leaves, enters = network.frame_of[link.tail], network.frame_of[link.head]
        for layer in range(start + 1, end):
            frame = -1
            if leaves >= 0 and layer <= extents[leaves][1]:
                frame = leaves
            elif enters >= 0 and layer >= extents[enters][0]:
                frame = enters
            in_the_middle = layer == max((start + end) // 2, start + 1)
            link.chain.append(network.add_dummy(layer, frame, link.across if in_the_middle else 0.0))
        link.chain.append(link.head)
    filled = {(network.frame_of[node], layer) for node, layer in enumerate(network.layer)}
    for number, (first, last) in enumerate(extents):
        for layer in range(first, last + 1):
            if (number, layer) not in filled:
                network.add_dummy(layer, number)  # so that nothing else gets in there
