"""A scene as PNG or PDF, by matplotlib: it brings its own fonts, and needs no Graphviz and no browser.

A figure of its own, without pyplot: nothing that a program draws elsewhere is touched.
"""

from __future__ import annotations

import io
import warnings
from functools import cache
from typing import Any

from ..extras import needs_matplotlib
from .curves import tip
from .palette import LIGHT, colour
from .scene import Curve, Scene, Shape, Text
from .widths import may_be_too_wide

DPI, POINTS = 144, 72.0
"""Pixels of a PNG, and pixels of a scene, for an inch: a PNG has two for each of the scene's."""

MOST_PIXELS, MOST_AREA = 30_000, 60e6
"""The longest side of a PNG, and all its pixels: larger pictures have fewer pixels for each of the scene's."""

COMPRESSION = 3
"""Of a PNG, 0 to 9: more takes several times as long, and flat colours are small anyway."""

FAMILIES = {"sans": "DejaVu Sans", "mono": "DejaVu Sans Mono", "serif": "DejaVu Serif"}

MORE_SIGNS = ("Noto Sans CJK JP", "Noto Sans CJK SC", "Hiragino Sans", "Yu Gothic", "Microsoft YaHei", "PingFang SC",
              "Noto Emoji", "Segoe UI Symbol", "Symbola")  # fmt: skip
"""Fonts with signs that DejaVu lacks, taken where they are installed."""


def raster(scene: Scene, fmt: str, theme: str = LIGHT) -> bytes:
    """The picture as PNG or PDF.

    Parameters
    ----------
    scene : Scene
    fmt : {"png", "pdf"}
    theme : {"light", "dark"}

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.backends.backend_pdf import FigureCanvasPdf
        from matplotlib.figure import Figure
    except ImportError as problem:
        without = "Without it, .svg, .html, .dot, .mmd and .tex can be saved."
        raise needs_matplotlib(f"A picture was to be saved as .{fmt}", without) from problem
    finest = min(MOST_PIXELS / max(scene.width, scene.height), (MOST_AREA / (scene.width * scene.height)) ** 0.5)
    dpi = max(min(DPI, int(POINTS * finest)), 1)
    figure = Figure((scene.width / POINTS, scene.height / POINTS), dpi=dpi, facecolor=colour("paper", theme))
    figure.set_layout_engine("none")
    figure.patch.set(sketch_params=None, path_effects=[])
    drawer = Drawer(figure, scene, theme)
    for item in scene.items:
        for mark in item.marks:
            drawer.draw(mark)
    buffer = io.BytesIO()
    canvas: Any = (FigureCanvasAgg if fmt == "png" else FigureCanvasPdf)(figure)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign that no font has is shown as a box
        if fmt == "png":
            canvas.print_png(buffer, metadata={"Title": scene.title}, pil_kwargs={"compress_level": COMPRESSION})
        else:
            canvas.print_pdf(buffer, metadata={"Title": scene.title, "CreationDate": None})
    return buffer.getvalue()


class Drawer:
    """Puts the marks of a scene into a figure."""

    def __init__(self, figure: Any, scene: Scene, theme: str) -> None:
        from matplotlib.transforms import Affine2D

        self.figure, self.theme, self.order = figure, theme, 0.0
        self.places = (
            Affine2D().scale(1 / POINTS, -1 / POINTS).translate(0, scene.height / POINTS) + figure.dpi_scale_trans
        )

    def draw(self, mark: Shape | Text | Curve) -> None:
        if isinstance(mark, Shape):
            self.shape(mark)
        elif isinstance(mark, Text):
            self.text(mark)
        else:
            self.curve(mark)

    def add(self, artist: Any) -> None:
        """Behind everything that comes later; whatever a program has set for all artists does not count."""
        self.order += 1
        artist.set(zorder=self.order, transform=self.places, sketch_params=None, path_effects=[], clip_on=False)
        self.figure.add_artist(artist, clip=False)

    def colour(self, name: str) -> str:
        return colour(name, self.theme) if name else "none"

    def shape(self, mark: Shape) -> None:
        from matplotlib.patches import FancyBboxPatch

        radius = min(mark.radius, mark.width / 2, mark.height / 2)
        style = f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0"
        self.add(
            FancyBboxPatch(
                (mark.x, mark.y), mark.width, mark.height, boxstyle=style, mutation_aspect=1, mutation_scale=1,
                facecolor=self.colour(mark.fill), edgecolor=self.colour(mark.stroke), hatch=None, antialiased=True,
                linewidth=mark.line if mark.stroke else 0, linestyle=dashed(mark.dashes, mark.line),
            )
        )  # fmt: skip

    def curve(self, mark: Curve) -> None:
        from matplotlib.patches import PathPatch, Polygon
        from matplotlib.path import Path

        points = list(mark.points)
        if mark.arrow:
            triangle, points[-1] = tip(mark.points, max(1.0, mark.line / 1.8))
            self.add(Polygon(triangle, closed=True, facecolor=self.colour(mark.stroke), linewidth=0, antialiased=True))
        path = Path(points, [Path.MOVETO, *[Path.CURVE4] * (len(points) - 1)])
        self.add(
            PathPatch(
                path, fill=False, edgecolor=self.colour(mark.stroke), linewidth=mark.line, antialiased=True,
                linestyle=dashed(mark.dashes, mark.line), capstyle="butt",
            )
        )  # fmt: skip

    def text(self, mark: Text) -> None:
        from matplotlib.font_manager import FontProperties
        from matplotlib.text import Text as Words

        font = FontProperties(
            family=[FAMILIES[mark.font], *installed(MORE_SIGNS)], size=mark.size, stretch="normal", variant="normal",
            weight="bold" if mark.bold else "normal", style="italic" if mark.italic else "normal",
        )  # fmt: skip
        unsure = may_be_too_wide(mark.text, mark.length, mark.size, mark.font, mark.bold)
        if unsure and (wide := width(mark.text, font)) > mark.length:
            font.set_size(mark.size * mark.length / wide)
        alignment: Any = {"start": "left", "middle": "center", "end": "right"}[mark.anchor]
        self.add(
            Words(
                mark.x, mark.y, mark.text, color=self.colour(mark.colour), fontproperties=font, usetex=False,
                parse_math=False, horizontalalignment=alignment, verticalalignment="baseline", antialiased=True,
            )
        )  # fmt: skip


def dashed(dashes: str, line: float) -> Any:
    """Dashes as matplotlib counts them: in widths of the line."""
    return (0, [float(part) / line for part in dashes.split()]) if dashes else "solid"


def width(text: str, font: Any) -> float:
    """How wide matplotlib draws a text, in points."""
    from matplotlib.textpath import text_to_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


@cache
def installed(families: tuple[str, ...]) -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager

    known = set(fontManager.get_font_names())
    return tuple(family for family in families if family in known)
