"""`Drawing`: a picture of a graph, made when somebody asks for it."""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import cached_property
from pathlib import Path

from .composing import composed, direction_for
from .directions import AUTO
from .dot import dot_source
from .embedding import asked_for
from .html import image_of, page_of
from .layout.errors import DrawingFailed, DrawingTimeout, GraphvizNotFound
from .mermaid import mermaid_of
from .palette import DARK, LIGHT
from .raster import raster
from .saving import written
from .scene import Scene
from .svg import svg_of
from .tikz import document_of, tikz_of
from .view import View

FORMATS = (".svg", ".png", ".pdf", ".html", ".dot", ".mmd", ".tex")


class Drawing:
    """A picture of a graph, with the numbers that it held when ``draw`` was called.

    In a notebook it shows itself. Nothing is laid out before that, or before one of the attributes below is asked for.

    Attributes
    ----------
    view : View
        What is in the picture.
    direction : {"LR", "TB", "RL", "BT"}
        Where the arrows lead.
    scene : Scene
        Where everything lies.
    svg, html : str
        The picture as SVG, and as a page of its own with the listing in words.
    dot, mermaid, tikz : str
        The source in the languages of Graphviz, of Mermaid, and of LaTeX's TikZ.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from autograd_lite.drawing import draw
    >>> x = ag.Value(3.0, name="x")
    >>> y = x * x
    >>> y.backward()
    >>> draw(y)
    Computation graph of v1: 2 Values, 0 constants, 2 arrows
    x: variable, value 3.0000, gradient 6.0000 = 3 + 3
    v1 = x * x: loss, value 9.0000, gradient 1.0000; part of ∂v1/∂x: x = 3; part of ∂v1/∂x: x = 3
    """

    def __init__(
        self, view: View, direction: str = AUTO, timeout: float = 20.0, engine: str = "auto", theme: str = "auto"
    ) -> None:
        self.view = view
        self._direction = direction
        self._timeout = timeout
        self._engine = engine
        self._theme = theme

    @cached_property
    def direction(self) -> str:
        """Where the arrows lead; of itself to the right, or down where the picture would be too wide."""
        return direction_for(self.view) if self._direction == AUTO else self._direction

    @cached_property
    def scene(self) -> Scene:
        """Where everything lies; raises DrawingTimeout, and GraphvizNotFound if that engine was asked for."""
        return composed(self.view, self.direction, self._engine, self._timeout)

    @cached_property
    def svg(self) -> str:
        """The picture as SVG, which follows the reader's light or dark theme."""
        return svg_of(self.scene, self._theme)

    @cached_property
    def html(self) -> str:
        """A page of its own: the picture, and the listing in words. It needs no network and runs no script."""
        return page_of(self.scene, self._theme)

    @cached_property
    def dot(self) -> str:
        """The source in the DOT language."""
        return dot_source(self.view, self.direction)

    @cached_property
    def mermaid(self) -> str:
        """The source in Mermaid's language, which many wikis and README files show as a picture."""
        return mermaid_of(self.view, self.direction)

    @cached_property
    def tikz(self) -> str:
        r"""A ``tikzpicture`` for LaTeX; needs ``\usepackage{tikz,amssymb}``, and XeLaTeX or LuaLaTeX."""
        return tikz_of(self.scene, DARK if self._theme == DARK else LIGHT)

    def describe(self) -> str:
        """The graph in words: one line for each card, operands before what uses them."""
        return self.view.listing

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture to a file; its suffix says in which format.

        Parameters
        ----------
        path : str or path
            Ends in ``.svg``, ``.png``, ``.pdf``, ``.html``, ``.dot``, ``.mmd`` (Mermaid) or ``.tex`` (TikZ). Written
            to a temporary file beside it and renamed, so that there is never half a picture.

        Returns
        -------
        Path

        Raises
        ------
        ValueError
            For another suffix.
        FileNotFoundError
            If there is no such folder.
        DrawingTimeout
            If the layout takes too long.
        ImportError
            For ``.png`` and ``.pdf``, if matplotlib is not installed.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in FORMATS:
            raise ValueError(
                f"A drawing cannot be saved as {path.name!r}: the suffix says the format, and it must be one of "
                f"{', '.join(FORMATS)}."
            )
        return written(path, self._content(suffix))

    def _content(self, suffix: str) -> bytes:
        if suffix in (".png", ".pdf"):
            return raster(self.scene, suffix[1:], DARK if self._theme == DARK else LIGHT)
        if suffix == ".tex":
            return document_of(self.tikz).encode("utf-8")
        attribute = {".svg": "svg", ".html": "html", ".dot": "dot", ".mmd": "mermaid"}[suffix]
        return str(getattr(self, attribute)).encode("utf-8")

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: an image that cannot run anything, and the listing in words."""
        bundle = {"text/plain": self.describe()}
        try:
            bundle["text/html"] = image_of(self.scene, self.svg)
        except (GraphvizNotFound, DrawingTimeout, DrawingFailed) as problem:
            bundle["text/plain"] += f"\n\nNo picture: {problem}"
        return asked_for(bundle, include, exclude)
