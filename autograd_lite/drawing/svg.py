"""The SVG that Graphviz writes, checked and finished: nothing in it runs, and everything has words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from .render import DrawingFailed
from .view import View

# Fonts as wide as the one that the layout was measured with.
FONTS = "Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', 'Courier New', Courier, monospace"

NAMESPACE = "http://www.w3.org/2000/svg"
TAGS = frozenset({"svg", "g", "title", "desc", "polygon", "polyline", "path", "ellipse", "rect", "line", "text"})


def finished(svg: bytes, view: View, description: str) -> str:
    """The SVG with a title, a description and a tooltip for each card and arrow, in fonts that fit.

    Parameters
    ----------
    svg : bytes
        What Graphviz wrote for the view.
    view : View
    description : str
        For those who cannot see the picture.

    Raises
    ------
    DrawingFailed
        If there is an element, a link or a script in it that a picture of a graph never needs.
    """
    root = ET.fromstring(svg)
    check(root)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        element.attrib.pop("id", None)  # two pictures in one page would share their ids
        element.attrib.pop("font-family", None)  # said once for all, below
    tooltips = tooltips_of(view)
    for group in root.iter("g"):
        say(group, tooltips)
        if group.get("class") == "node":
            set_flush_right(group)
    for tag, text in (("desc", description), ("title", view.title)):
        words = ET.Element(tag)
        words.text, words.tail = text, "\n"
        root.insert(0, words)
    root.attrib.update({"xmlns": NAMESPACE, "role": "img", "font-family": FONTS})
    return ET.tostring(root, encoding="unicode")


def check(root: ET.Element) -> None:
    """Refuse what does not belong in a picture."""
    for element in root.iter():
        tag = str(element.tag).removeprefix(f"{{{NAMESPACE}}}")
        foreign = [name for name in element.attrib if name.lower().startswith("on") or "href" in name.lower()]
        if tag not in TAGS or foreign:
            what = f"<{tag}>" + (f" with {', '.join(foreign)}" if foreign else "")
            raise DrawingFailed(f"The picture was thrown away: it holds {what}, which no picture of a graph needs.")


def tooltips_of(view: View) -> dict[str, str]:
    """What to say of each element, under the title that Graphviz gives it."""
    cards = view.cards
    said = {card.id: card.sentence for card in cards}
    for arrow in view.arrows:
        tail, head = cards[arrow.tail], cards[arrow.head]
        said[f"{tail.id}->{head.id}"] = f"{tail.name} is used in {head.name} = {head.formula}"
    return said


def say(group: ET.Element, tooltips: dict[str, str]) -> None:
    """Put words in the place of Graphviz' own title, which a browser shows as a tooltip."""
    title = group.find("title")
    if title is not None:
        title.text = tooltips.get(title.text or "")
        if not title.text:
            group.remove(title)


def set_flush_right(card: ET.Element) -> None:
    """Fix the numbers of a card by their right end.

    Graphviz fixes them by their left end, at a width that is rounded to whole pixels; where a
    browser draws them a little wider they would reach over the edge.
    """
    corners = [
        float(point.split(",")[0]) for polygon in card.iter("polygon") for point in polygon.get("points", "").split()
    ]
    texts = list(card.iter("text"))
    left, title_line = float(texts[0].get("x", 0)), texts[0].get("y")
    right = max(corners) - (left - min(corners))
    for text in texts:
        if text.get("y") != title_line and float(text.get("x", 0)) > left + 1:
            text.attrib.update({"text-anchor": "end", "x": f"{right:g}"})
