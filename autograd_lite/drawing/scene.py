"""A scene: a picture as boxes, texts, curves and marks with their places, before it is written in any format.

SVG, PNG, PDF and TikZ are written from this one description, so that they look alike; a page that plays or changes a
picture finds its parts by their ids. Colours are names (see `palette`), never values: light and dark are one scene.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .layout.plan import Point


@dataclass(frozen=True)
class Shape:
    """A rectangle with round corners.

    Attributes
    ----------
    fill, stroke : str
        Names of colours; empty for none.
    dashes : str
        Lengths of dashes and gaps, such as ``"5 4"``; empty for a full line.
    part : str
        What it is within its card (``border``, ``strip``, ``heat`` …), for pages that change it.
    """

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    fill: str = ""
    stroke: str = ""
    line: float = 1.0
    dashes: str = ""
    part: str = ""


@dataclass(frozen=True)
class Text:
    """One line of text, cleaned (see `text`), not yet escaped.

    Attributes
    ----------
    x, y : float
        The anchor, on the base line.
    anchor : {"start", "middle", "end"}
    font : {"sans", "mono", "serif"}
    length : float
        If not 0, the widest it may become: a writer squeezes it where its font is wider.
    """

    x: float
    y: float
    text: str
    size: float = 13.0
    colour: str = "ink"
    anchor: str = "start"
    font: str = "sans"
    bold: bool = False
    italic: bool = False
    length: float = 0.0
    part: str = ""


@dataclass(frozen=True)
class Curve:
    """A line of cubic Bézier pieces; see `Placed.edges` for its points.

    Attributes
    ----------
    arrow : bool
        A tip at the end.
    """

    points: tuple[Point, ...]
    stroke: str = "line"
    line: float = 1.5
    dashes: str = ""
    arrow: bool = True
    part: str = ""


Mark = Shape | Text | Curve


@dataclass(frozen=True)
class Item:
    """Some marks that belong together: a card, an arrow, a frame.

    Attributes
    ----------
    id : str
        ``n3`` for card 3, ``e5`` for arrow 5, ``s5`` for the slope beside it, ``g1`` for frame 1, ``title`` and
        ``caption``: never a user's text.
    kind : {"card", "arrow", "slope", "frame", "title", "caption"}
    marks : tuple of Mark
    words : str
        The item in words, for tooltips and for those who cannot see it.
    """

    id: str
    kind: str
    marks: tuple[Mark, ...]
    words: str = ""


@dataclass(frozen=True)
class Scene:
    """A picture.

    Attributes
    ----------
    width, height : float
    items : tuple of Item
        Those behind come first.
    title, description : str
        In one sentence, and in full.
    """

    width: float
    height: float
    items: tuple[Item, ...]
    title: str
    description: str = field(repr=False)


def moved(mark: Mark, x: float, y: float) -> Mark:
    """The mark at another place."""
    if isinstance(mark, Curve):
        return replace(mark, points=tuple((a + x, b + y) for a, b in mark.points))
    return replace(mark, x=mark.x + x, y=mark.y + y)
