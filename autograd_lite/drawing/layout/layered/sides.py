"""What passes a frame stays on one side of it: arrows that change sides would run through it."""

from __future__ import annotations

from .network import Network

BEFORE, AFTER = 0, 1


class Passing:
    """What lies beside one frame, in the layers that it spans, in groups that arrows join.

    Attributes
    ----------
    frame : int
    groups : list of list of int
        The nodes that must be on one side together.
    """

    def __init__(self, network: Network, frame: int, extent: tuple[int, int], below: list[list[int]]) -> None:
        self.frame = frame
        self.extent = extent
        first, last = extent
        layer, frame_of = network.layer, network.frame_of
        beside = [node for node in range(len(layer)) if first <= layer[node] <= last and frame_of[node] != frame]
        parent = {node: node for node in beside}
        leaders: dict[int, int] = {}  # the nodes of another frame are on one side anyway

        def root(node: int) -> int:
            while parent[node] != node:
                parent[node] = node = parent[parent[node]]
            return node

        for node in beside:
            if frame_of[node] >= 0:
                parent[root(node)] = root(leaders.setdefault(frame_of[node], node))
            for other in below[node]:
                if other in parent:
                    parent[root(other)] = root(node)
        groups: dict[int, list[int]] = {}
        for node in beside:
            groups.setdefault(root(node), []).append(node)
        self.groups = list(groups.values())

    def take_sides(self, network: Network, layers: list[list[int]], index: list[int]) -> bool:
        """Move the smaller part of each group to the side of the larger; whether any was moved.

        A group with a frame in it goes where that frame is; one with frames on both sides is left alone.
        """
        frame_of, changed = network.frame_of, False
        for group in self.groups:
            sides = {node: self.side(network, layers, index, node) for node in group}
            held = {side for node, side in sides.items() if frame_of[node] >= 0}
            after = sum(sides.values())
            if len(held) > 1 or after in (0, len(group)):
                continue
            goal = held.pop() if held else (AFTER if 2 * after > len(group) else BEFORE)
            for node in group:
                if sides[node] != goal:
                    self.move(layers[network.layer[node]], frame_of, index, node, goal)
                    changed = True
        return changed

    def side(self, network: Network, layers: list[list[int]], index: list[int], node: int) -> int:
        layer = layers[network.layer[node]]
        start = next(place for place, other in enumerate(layer) if network.frame_of[other] == self.frame)
        return AFTER if index[node] > start else BEFORE

    def move(self, layer: list[int], frame_of: list[int], index: list[int], node: int, goal: int) -> None:
        """Put a node right before or after the frame."""
        layer.remove(node)
        own = [place for place, other in enumerate(layer) if frame_of[other] == self.frame]
        layer.insert(own[-1] + 1 if goal == AFTER else own[0], node)
        for place, other in enumerate(layer):
            index[other] = place
