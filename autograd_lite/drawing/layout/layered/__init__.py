"""A layered layout in plain Python, for where there is no Graphviz: after Sugiyama, and Gansner and others.

`layers` says which layer each box is in, `ordering` in which order within it, `coordinates` where exactly, `curves`
draws the arrows. `network` is what they hand on; `simplex` is the one algorithm that two of them use.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from math import sqrt

from ..frames import framed
from ..geometry import from_origin
from ..plan import FRAME_MARGIN, Frame, Placed, Plan, Point, Rectangle
from .coordinates import FRAME_GAP, place_across
from .curves import Span, curves, loop, place_along
from .flipping import flip_sides
from .layers import add_dummies, assign_layers, open_circles
from .network import FrameSize, Link, Network
from .ordering import order_layers

ENGINE = "built-in"

Area = tuple[Span, Span]
"""From where to where it reaches, along and across."""


def laid_out(plan: Plan, check: Callable[[], None] = lambda: None) -> Placed:
    """Where a layered layout puts a plan; parts that do not hang together come one beside the other.

    Parameters
    ----------
    plan : Plan
    check : callable
        Called now and then; it may raise to end the layout.

    Returns
    -------
    Placed

    Examples
    --------
    >>> from autograd_lite.drawing.layout.plan import Box, Edge
    >>> laid_out(Plan((Box(50, 20), Box(50, 20)), (Edge(0, 1),))).boxes
    (Rectangle(x=0.0, y=0.0, width=50.0, height=20.0), Rectangle(x=110.0, y=0.0, width=50.0, height=20.0))
    """
    boxes: dict[int, Area] = {}
    edges: dict[int, list[Point]] = {}
    frames: dict[int, Area] = {}
    found = [Part(plan, part, check) for part in parts(plan)]
    for part, (along, across) in zip(found, corners(found, plan), strict=True):
        by = along - part.area[0][0], across - part.area[1][0]
        boxes |= {number: moved(area, by) for number, area in part.boxes.items()}
        frames |= {number: moved(area, by) for number, area in part.frames.items()}
        edges |= {number: [(x + by[0], y + by[1]) for x, y in points] for number, points in part.edges.items()}
    turn = TURNS[plan.direction]
    return from_origin(
        [rectangle(turn, boxes[number]) for number in range(len(plan.boxes))],
        [[turn(point) for point in edges[number]] for number in range(len(plan.edges))],
        [rectangle(turn, frames[number]) for number in range(len(plan.frames))],
        ENGINE,
    )


ROOMY = 3.0
"""How much room many parts get, of what they fill, before their rows become longer than the longest of them."""

TURNS: dict[str, Callable[[Point], Point]] = {
    "LR": lambda point: point,
    "RL": lambda point: (-point[0], point[1]),
    "TB": lambda point: (point[1], point[0]),
    "BT": lambda point: (point[1], -point[0]),
}
"""From (along, across) to (x, y)."""


def moved(area: Area, by: Point) -> Area:
    (a, b), (c, d) = area
    return (a + by[0], b + by[0]), (c + by[1], d + by[1])


def rectangle(turn: Callable[[Point], Point], area: Area) -> Rectangle:
    (a, b), (c, d) = (turn((along, across)) for along, across in zip(*area, strict=True))
    return Rectangle(min(a, c), min(b, d), abs(c - a), abs(d - b))


def parts(plan: Plan) -> list[list[int]]:
    """The boxes that hang together by edges or frames, the parts in the order of their first box."""
    parent = list(range(len(plan.boxes)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    pairs = [(edge.tail, edge.head) for edge in plan.edges]
    pairs += [(frame.boxes[0], box) for frame in plan.frames for box in frame.boxes]
    for one, two in pairs:
        one, two = sorted((root(one), root(two)))
        parent[two] = one
    found: dict[int, list[int]] = {}
    for node in range(len(parent)):
        found.setdefault(root(node), []).append(node)
    return list(found.values())


def corners(found: list[Part], plan: Plan) -> list[Point]:
    """Where each part begins: one behind the other as far as the longest reaches, then in a new row."""
    sizes = [(end - begin, most - least) for (begin, end), (least, most) in (part.area for part in found)]
    longest = max((length for length, _ in sizes), default=0.0)
    limit = max(longest, sqrt(ROOMY * sum(length * breadth for length, breadth in sizes)))
    places: list[Point] = []
    along = across = breadest = 0.0
    for length, breadth in sizes:
        if along and along + length > limit:
            along, across, breadest = 0.0, across + breadest + max(plan.between_boxes, FRAME_GAP), 0.0
        places.append((along, across))
        along += length + plan.between_ranks
        breadest = max(breadest, breadth)
    return places


def frame_size(frame: Frame, direction: str) -> FrameSize:
    """The room that a frame needs; its title stands at its top, wherever the arrows lead."""
    margin, titled = FRAME_MARGIN, FRAME_MARGIN + frame.title_height
    width = frame.title_width + 2 * FRAME_MARGIN
    if direction in ("LR", "RL"):
        return FrameSize(titled, margin, margin, margin, 0.0, width)
    start, end = (titled, margin) if direction == "TB" else (margin, titled)
    return FrameSize(margin, margin, start, end, width, 0.0)


class Part:
    """A part of a plan, laid out: the areas of boxes and frames, the curves of edges, by their numbers, and its own."""

    def __init__(self, plan: Plan, part: list[int], check: Callable[[], None]) -> None:
        local = {box: number for number, box in enumerate(part)}
        flat = plan.direction in ("LR", "RL")
        sizes = [(plan.boxes[box].width, plan.boxes[box].height) for box in part]
        kept = [number for number, frame in enumerate(plan.frames) if frame.boxes[0] in local]
        frames = [[local[box] for box in plan.frames[number].boxes] for number in kept]
        inner = [(number, edge) for number, edge in enumerate(plan.edges) if edge.tail in local]
        self.network = network = Network(
            along=[width if flat else height for width, height in sizes],
            across=[height if flat else width for width, height in sizes],
            links=[
                Link(number, local[edge.tail], local[edge.head], edge.straight, edge.room, edge.across)
                for number, edge in inner
                if edge.tail != edge.head
            ],
            frames=frames,
            sizes=[frame_size(plan.frames[number], plan.direction) for number in kept],
            frame_of=framed(len(part), frames),
        )
        self.lay_out(plan, check)
        layers, spans = place_along(network, plan.between_ranks)
        self.boxes = {box: self.spans_of(node, layers[network.layer[node]]) for box, node in local.items()}
        self.frames = {number: (spans[place], network.spans[place]) for place, number in enumerate(kept)}
        self.edges = curves(network, layers, plan.between_boxes)
        for number, edge in inner:
            if edge.tail == edge.head:
                along, across = self.boxes[edge.tail]
                self.edges[number] = loop(along[1], sum(across) / 2, across[1] - across[0])
        ends = [*self.boxes.values(), *self.frames.values()]
        points = [*(point for area in ends for point in zip(*area, strict=True)), *chain(*self.edges.values())]
        self.area: Area = (
            (min(x for x, _ in points), max(x for x, _ in points)),
            (
                min(y for _, y in points),
                max(y for _, y in points),
            ),
        )

    def lay_out(self, plan: Plan, check: Callable[[], None]) -> None:
        open_circles(self.network.boxes, self.network.links)
        assign_layers(self.network, check)
        add_dummies(self.network)
        order_layers(self.network, check)
        place_across(self.network, plan.between_boxes, check)
        flip_sides(self.network, plan.between_boxes, check)

    def spans_of(self, node: int, layer: Span) -> Area:
        middle, place = sum(layer) / 2, self.network.place[node]
        along, across = self.network.along[node] / 2, self.network.across[node] / 2
        return (middle - along, middle + along), (place - across, place + across)
