"""What the steps of the layered layout hand on: boxes as nodes, in layers, with dummies where long arrows pass.

``along`` is the way the arrows lead, ``across`` the other: whether that is right, left, up or down is decided at the
very end. Each step fills in more.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Link:
    """An arrow, as the layout sees it: always from a lower layer to a higher one.

    Attributes
    ----------
    edge : int
        Its number in the plan.
    tail, head : int
    straight : bool
    room, across : float
        See `plan.Edge`.
    turned : bool
        The arrow leads the other way: it was turned to open a circle.
    chain : list of int
        The nodes that it passes, tail and head included, one in each layer.
    """

    edge: int
    tail: int
    head: int
    straight: bool = False
    room: float = 0.0
    across: float = 0.0
    turned: bool = False
    chain: list[int] = field(default_factory=list)


@dataclass
class FrameSize:
    """The room that a frame needs: beyond its boxes at each side, and in all.

    Attributes
    ----------
    before, after : float
        Across.
    start, end : float
        Along.
    least_across, least_along : float
    """

    before: float
    after: float
    start: float
    end: float
    least_across: float
    least_along: float


@dataclass
class Network:
    """A part of a plan that hangs together.

    Attributes
    ----------
    along, across : list of float
        The size of each node; dummies come behind the boxes.
    links : list of Link
    frames : list of list of int
        The boxes of each frame.
    sizes : list of FrameSize
    frame_of : list of int
        The frame of each node, -1 for none; dummies of an arrow can be in a frame too.
    layer : list of int
    layers : list of list of int
        The nodes of each layer, in order.
    place : list of float
        The centre of each node, across.
    spans : list of (float, float)
        Of each frame: where it begins and ends, across.
    """

    along: list[float]
    across: list[float]
    links: list[Link]
    frames: list[list[int]]
    sizes: list[FrameSize]
    frame_of: list[int]
    layer: list[int] = field(default_factory=list)
    layers: list[list[int]] = field(default_factory=list)
    place: list[float] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)
    boxes: int = 0

    def __post_init__(self) -> None:
        self.boxes = len(self.along)

    def add_dummy(self, layer: int, frame: int, across: float = 0.0) -> int:
        """A node where an arrow passes a layer; as large across as what stands on the arrow there."""
        self.along.append(0.0)
        self.across.append(across)
        self.frame_of.append(frame)
        self.layer.append(layer)
        return len(self.along) - 1

    def extents(self) -> list[tuple[int, int]]:
        """The first and the last layer of each frame."""
        return [(min(self.layer[box] for box in boxes), max(self.layer[box] for box in boxes)) for boxes in self.frames]
