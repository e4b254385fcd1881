"""The order of the nodes in each layer: few crossings, and the nodes of a frame beside each other.

Barycentres: each node moves to the mean of its neighbours in the layer before, then in the layer after, to and fro;
then neighbours change places where that saves crossings. The best order seen is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from .crossings import crossings, gain
from .network import Network
from .sides import Passing

SWEEPS = 24
PATIENCE = 6
"""Sweeps without an improvement after which a search ends."""
LARGE = 2000
"""Nodes from which on the search takes fewer sweeps."""


def order_layers(network: Network, check: Callable[[], None]) -> None:
    """Fill in ``layers``."""
    best: tuple[int, list[list[int]]] | None = None
    for backward in (True, False):
        order = Order(network)
        order.begin(backward)
        found = order.improved(SWEEPS if len(network.along) < LARGE else 8, check)
        if best is None or found[0] < best[0]:
            best = found
        if not best[0]:
            break
    assert best is not None
    network.layers = best[1]


class Order:
    """An order of the nodes in each layer, and what moves it.

    Attributes
    ----------
    layers : list of list of int
    index : list of int
        Where each node is in its layer.
    above, below : list of list of int
        The neighbours of each node in the layer before and after; one for each arrow.
    height : list of float
        For each frame a number by which frames are ordered wherever they share a layer.
    """

    def __init__(self, network: Network) -> None:
        count = len(network.along)
        self.frame_of = network.frame_of
        self.frames = len(network.frames)
        self.above: list[list[int]] = [[] for _ in range(count)]
        self.below: list[list[int]] = [[] for _ in range(count)]
        for link in network.links:
            for tail, head in pairwise(link.chain):
                self.below[tail].append(head)
                self.above[head].append(tail)
        self.layers: list[list[int]] = [[] for _ in range(1 + max(network.layer))]
        for node, layer in enumerate(network.layer):
            self.layers[layer].append(node)
        self.index = [0] * count
        self.height = [0.0] * self.frames
        self.network = network
        self.passing = [Passing(network, frame, extent, self.below) for frame, extent in enumerate(network.extents())]

    # ------------------------------------------------------------------ the order to begin with

    def begin(self, backward: bool) -> None:
        """The order in which a walk meets the nodes, from the last ones backward, or from the first ones onward.

        A tree is drawn without a crossing that way.
        """
        follow = self.above if backward else self.below
        ends = self.below if backward else self.above
        met: dict[int, int] = {}
        for root in (node for node in range(len(follow)) if not ends[node]):
            stack = [root]
            while stack:
                node = stack.pop()
                if node not in met:
                    met[node] = len(met)
                    stack.extend(reversed(follow[node]))
        for layer in self.layers:
            layer.sort(key=met.__getitem__)
        self.measure_frames()
        for layer in self.layers:
            self.arrange(layer, [float(met[node]) for node in layer])

    def measure_frames(self) -> None:
        sums, counts = [0.0] * self.frames, [0] * self.frames
        for layer in self.layers:
            for place, node in enumerate(layer):
                frame = self.frame_of[node]
                if frame >= 0:
                    sums[frame] += (place + 0.5) / len(layer)
                    counts[frame] += 1
        self.height = [total / count for total, count in zip(sums, counts, strict=True)]

    def use(self, layers: list[list[int]]) -> None:
        """Go on from a copy of these layers."""
        self.layers = [list(layer) for layer in layers]
        for layer in self.layers:
            for place, node in enumerate(layer):
                self.index[node] = place

    # ------------------------------------------------------------------ moving

    def arrange(self, layer: list[int], keys: Sequence[float | None]) -> None:
        """Sort a layer by keys: frames stay together and keep their order, and what has no key keeps its place."""
        items: dict[int, list[tuple[float | None, int]]] = {}
        for node, key in zip(layer, keys, strict=True):
            frame = self.frame_of[node]
            items.setdefault(-1 - node if frame < 0 else frame, []).append((key, node))
        means: list[tuple[float | None, int]] = []
        for name, members in items.items():
            known = [key for key, _ in members if key is not None]
            means.append((sum(known) / len(known) if known else None, name))
        names = sorted_around(means)
        slots = [place for place, name in enumerate(names) if name >= 0]
        if len(slots) > 1:
            ordered = sorted((names[place] for place in slots), key=lambda name: (self.height[name], name))
            for place, name in zip(slots, ordered, strict=True):
                names[place] = name
        layer[:] = [node for name in names for node in sorted_around(items[name])]
        for place, node in enumerate(layer):
            self.index[node] = place

    def sweep(self, onward: bool) -> None:
        """Move every node to the mean of its neighbours in the layer that was moved before."""
        near = self.above if onward else self.below
        index = self.index
        for layer in self.layers if onward else reversed(self.layers):
            places = [[index[other] for other in near[node]] for node in layer]
            self.arrange(layer, [sum(place) / len(place) if place else None for place in places])

    def exchange(self) -> bool:
        """Let neighbours change places where that saves crossings; whether any did."""
        changed = False
        for layer in self.layers:
            ends = {
                node: (
                    sorted(self.index[other] for other in self.above[node]),
                    sorted(self.index[other] for other in self.below[node]),
                )
                for node in layer
            }
            for place in range(len(layer) - 1):
                first, second = layer[place], layer[place + 1]
                if self.frame_of[first] != self.frame_of[second]:
                    continue
                if gain(ends[first][0], ends[second][0]) + gain(ends[first][1], ends[second][1]) > 0:
                    layer[place], layer[place + 1] = second, first
                    self.index[first], self.index[second] = place + 1, place
                    changed = True
        return changed

    def take_sides(self) -> None:
        """Let what passes a frame stay on one side of it; what one frame asks may undo what another did: two rounds."""
        for _ in range(2):
            moved = [passing.take_sides(self.network, self.layers, self.index) for passing in self.passing]
            if not any(moved):
                break

    def crossings(self) -> int:
        index, below = self.index, self.below
        return sum(crossings([[index[other] for other in below[node]] for node in layer]) for layer in self.layers[:-1])

    def improved(self, sweeps: int, check: Callable[[], None]) -> tuple[int, list[list[int]]]:
        """The fewest crossings that were found, and the order that has them."""
        self.take_sides()
        best, since = (self.crossings(), [list(layer) for layer in self.layers]), 0
        for turn in range(sweeps):
            if not best[0] or since >= PATIENCE:
                break
            check()
            self.sweep(onward=turn % 2 == 0)
            self.take_sides()
            for _ in range(4):
                if not self.exchange():
                    break
            count = self.crossings()
            since += 1
            if count < best[0]:
                best, since = (count, [list(layer) for layer in self.layers]), 0
        return best


def sorted_around(items: Sequence[tuple[float | None, int]]) -> list[int]:
    """The names of some items, sorted by their keys, around those without a key, which stay where they are.

    Examples
    --------
    >>> sorted_around([(3.0, 7), (None, 8), (1.0, 9)])
    [9, 8, 7]
    """
    moving = iter(sorted(((key, place) for place, (key, _) in enumerate(items) if key is not None)))
    return [name if key is None else items[next(moving)[1]][1] for key, name in items]
