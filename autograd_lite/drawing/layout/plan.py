"""What a layout is asked, and what it answers: boxes of a fixed size, arrows between them, and where they lie.

No layout sees a name or a number of a user: boxes are numbers, so that every engine gives pictures that look alike,
and nothing has to be escaped. Lengths are pixels; x grows to the right and y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[float, float]

DIRECTIONS = ("LR", "TB", "RL", "BT")

FRAME_MARGIN = 12.0
"""From the border of a frame to the boxes in it."""


@dataclass(frozen=True)
class Box:
    """A box to be placed: its width and height."""

    width: float
    height: float


@dataclass(frozen=True)
class Edge:
    """An arrow from one box to another, by their numbers.

    Attributes
    ----------
    tail, head : int
    straight : bool
        It lies on the path of the data, which should run straight.
    room : float
        The least distance between its boxes, where these are in ranks that follow each other.
    across : float
        How much room what stands on it needs, across.
    """

    tail: int
    head: int
    straight: bool = False
    room: float = 0.0
    across: float = 0.0


@dataclass(frozen=True)
class Frame:
    """A frame around some boxes, with room for a title above them.

    Attributes
    ----------
    boxes : tuple of int
        One at least.
    title_height : float
    title_width : float
        The frame is as wide as that, and its margins, at least.
    """

    boxes: tuple[int, ...]
    title_height: float = 22.0
    title_width: float = 0.0


@dataclass(frozen=True)
class Plan:
    """What is to be laid out.

    Attributes
    ----------
    boxes : tuple of Box
    edges : tuple of Edge
        Several between the same two boxes are several arrows. Circles and arrows from a box to itself are allowed.
    frames : tuple of Frame
        They do not overlap.
    direction : {"LR", "TB", "RL", "BT"}
        Where the arrows lead.
    between_ranks, between_boxes : float
        The least distance along the arrows, and across.
    """

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    frames: tuple[Frame, ...] = ()
    direction: str = "LR"
    between_ranks: float = 60.0
    between_boxes: float = 24.0


@dataclass(frozen=True)
class Rectangle:
    """A rectangle by its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    """Where everything lies.

    Attributes
    ----------
    boxes : tuple of Rectangle
    edges : tuple of tuple of Point
        For each edge the points of a curve: where it begins, then three for each cubic Bézier piece (two controls and
        an end), the last of them where the tip of its arrow touches the head's box.
    frames : tuple of Rectangle
        Empty if Graphviz placed so many boxes that frames would take it minutes (`graphviz_text.FRAMED`).
    width, height : float
        Of the whole, which begins at (0, 0) and has no margin.
    engine : str
        Which engine placed it: ``pygraphviz``, ``dot``, ``built-in``.
    """

    boxes: tuple[Rectangle, ...]
    edges: tuple[tuple[Point, ...], ...]
    frames: tuple[Rectangle, ...]
    width: float
    height: float
    engine: str = field(default="", compare=False)
