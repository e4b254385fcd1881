"""A scene as SVG: nothing in it runs, nothing is fetched, no ids that another picture in a page could share."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from .curves import tip
from .layout.errors import DrawingFailed
from .layout.plan import Point
from .palette import COLOURS, DARK, LIGHT, colour, variables
from .scene import Curve, Item, Mark, Scene, Shape, Text
from .widths import may_be_too_wide

FONTS = {
    "sans": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif",
    "mono": "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', 'Courier New', monospace",
    "serif": "Georgia, 'Times New Roman', 'DejaVu Serif', 'Liberation Serif', serif",
}

NAMESPACE = "http://www.w3.org/2000/svg"
TAGS = frozenset({"svg", "g", "title", "desc", "style", "polygon", "path", "rect", "text"})
ATTRIBUTES = frozenset({
    "xmlns", "role", "viewBox", "width", "height", "class", "data-item", "data-part", "x", "y", "rx", "fill", "stroke",
    "stroke-width", "stroke-dasharray", "d", "points", "font-size", "text-anchor", "font-weight", "font-style",
    "textLength", "lengthAdjust", "font-family", "xml:space", "aria-label",
})  # fmt: skip


def svg_of(scene: Scene, theme: str = "auto", style: bool = True) -> str:
    """The scene as SVG.

    Parameters
    ----------
    scene : Scene
    theme : {"auto", "light", "dark"}
        "auto" follows the reader's, and is light where a program knows no themes.
    style : bool
        Whether the colours are in it; a page that has them itself (`stylesheet`) can change them.

    Raises
    ------
    DrawingFailed
        If there is anything in it that a picture never needs.
    """
    root = ET.Element(
        "svg", {"xmlns": NAMESPACE, "role": "img", "class": f"autograd-lite {theme}", "width": plain(scene.width),
                "height": plain(scene.height), "viewBox": f"0 0 {plain(scene.width)} {plain(scene.height)}",
                "font-family": FONTS["sans"]},
    )  # fmt: skip
    add(root, "title", scene.title)
    add(root, "desc", scene.description)
    if style:
        add(root, "style", stylesheet(theme))
    ground = Shape(0, 0, scene.width, scene.height, fill="paper", part="paper")
    write_shape(root, ground, theme)
    for item in scene.items:
        write_item(root, item, theme)
    check(root)
    return ET.tostring(root, encoding="unicode")


def stylesheet(theme: str = "auto") -> str:
    """The colours of a theme as CSS, for pictures of one theme in a page."""
    here = f".autograd-lite.{theme}"
    colours = [f"{here}{{{variables(DARK if theme == DARK else LIGHT)}}}"]
    if theme == "auto":
        colours.append(f"@media(prefers-color-scheme:dark){{{here}{{{variables(DARK)}}}}}")
    return "".join(colours) + rules(here)


def rules(here: str) -> str:
    """Where the colours and fonts of pictures go, as CSS; what the colours are, a page may say itself."""
    changing = [name for name, (light, dark) in COLOURS.items() if light != dark]
    found = [f"{here} .f-{name}{{fill:var(--{name})}}{here} .s-{name}{{stroke:var(--{name})}}" for name in changing]
    found += [f"{here} .{name}{{font-family:{family}}}" for name, family in FONTS.items() if name != "sans"]
    return "".join(found)


def check(root: ET.Element) -> None:
    """Refuse what does not belong in a picture."""
    for element in root.iter():
        tag = str(element.tag).removeprefix(f"{{{NAMESPACE}}}")
        foreign = [name for name in element.attrib if name not in ATTRIBUTES]
        if tag not in TAGS or foreign:
            what = f"<{tag}>" + (f" with {', '.join(foreign)}" if foreign else "")
            raise DrawingFailed(f"The picture was thrown away: it holds {what}, which no picture of a graph needs.")


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def plain(x: float) -> str:
    """A length with at most two decimals."""
    return f"{round(x, 2):g}" if abs(x) < 1e5 else f"{x:.1f}"


def write_item(root: ET.Element, item: Item, theme: str) -> None:
    """The marks of an item in one group, its words as a tooltip."""
    group = ET.SubElement(root, "g", {"class": item.kind, "data-item": item.id})
    if item.words:
        add(group, "title", item.words)
    for mark in item.marks:
        write(group, mark, theme)


def write(group: ET.Element, mark: Mark, theme: str) -> None:
    if isinstance(mark, Shape):
        write_shape(group, mark, theme)
    elif isinstance(mark, Text):
        write_text(group, mark, theme)
    else:
        write_curve(group, mark, theme)


def painted(theme: str, fill: str, stroke: str = "", line: float = 1.0, dashes: str = "") -> dict[str, str]:
    """Attributes for colours: plain ones for every program, and classes that a theme can change."""
    classes = [f"{kind}-{name}" for kind, name in (("f", fill), ("s", stroke)) if name and not fixed(name)]
    attributes = {"class": " ".join(classes)} if classes else {}
    attributes["fill"] = colour(fill, theme) if fill else "none"
    if stroke:
        attributes |= {"stroke": colour(stroke, theme), "stroke-width": plain(line)}
        if dashes:
            attributes["stroke-dasharray"] = dashes
    return attributes


def fixed(name: str) -> bool:
    light, dark = COLOURS[name]
    return light == dark


def write_shape(group: ET.Element, mark: Shape, theme: str) -> None:
    attributes = {
        "x": plain(mark.x), "y": plain(mark.y), "width": plain(mark.width), "height": plain(mark.height),
    }  # fmt: skip
    if mark.radius:
        attributes["rx"] = plain(mark.radius)
    named = {"data-part": mark.part} if mark.part else {}
    ET.SubElement(
        group, "rect", attributes | painted(theme, mark.fill, mark.stroke, mark.line, mark.dashes) | named
    )  # fmt: skip


def write_text(group: ET.Element, mark: Text, theme: str) -> None:
    attributes = {"x": plain(mark.x), "y": plain(mark.y), "font-size": plain(mark.size)}
    attributes |= painted(theme, mark.colour)
    if mark.font != "sans":
        attributes["class"] = f"{attributes.get('class', '')} {mark.font}".strip()
        attributes["font-family"] = FONTS[mark.font]
    if mark.anchor != "start":
        attributes["text-anchor"] = mark.anchor
    if mark.bold:
        attributes["font-weight"] = "600" if mark.font == "mono" else "bold"
    if mark.italic:
        attributes["font-style"] = "italic"
    if may_be_too_wide(mark.text, mark.length, mark.size, mark.font, mark.bold):
        attributes |= {"textLength": plain(mark.length), "lengthAdjust": "spacingAndGlyphs"}
    if mark.part:
        attributes["data-part"] = mark.part
    add(group, "text", mark.text, **attributes)


def write_curve(group: ET.Element, mark: Curve, theme: str) -> None:
    points = list(mark.points)
    named = {"data-part": mark.part} if mark.part else {}
    if mark.arrow:
        triangle, end = tip(mark.points, max(1.0, mark.line / 1.8))
        corners = " ".join(f"{plain(x)},{plain(y)}" for x, y in triangle)
        points[-1] = end
    line = {"d": path_of(points)} | painted(theme, "", mark.stroke, mark.line, mark.dashes) | named
    ET.SubElement(group, "path", line)
    if mark.arrow:
        ET.SubElement(group, "polygon", {"points": corners} | painted(theme, mark.stroke) | {"data-part": "tip"})


def path_of(points: list[Point]) -> str:
    """A curve in SVG's own notation."""
    said = [f"{plain(x)} {plain(y)}" for x, y in points]
    pieces = [f"C{' '.join(said[i : i + 3])}" for i in range(1, len(said) - 2, 3)]
    return f"M{said[0]}{''.join(pieces)}"
