"""`Drawing`: a picture of a graph, made when somebody asks for it."""

from __future__ import annotations

import base64
import html
import os
import secrets
from collections.abc import Collection
from functools import cached_property
from pathlib import Path

from .dot import dot_source
from .render import DrawingFailed, DrawingTimeout, GraphvizNotFound, rendered
from .svg import finished
from .view import View

FORMATS = (".svg", ".png", ".pdf", ".dot")


class Drawing:
    """A picture of a graph, with the numbers that it held when ``draw`` was called.

    In a notebook it shows itself. Nothing is rendered before that, or before one of the attributes
    below is asked for; ``dot`` and ``describe()`` need no Graphviz.

    Attributes
    ----------
    dot : str
        The source in the DOT language.
    svg : str
        The picture, as SVG.

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
    v1 = x * x: loss, value 9.0000, gradient 1.0000; ∂v1/∂x = x = 3; ∂v1/∂x = x = 3
    """

    def __init__(self, view: View, direction: str, timeout: float) -> None:
        self.view = view
        self._direction = direction
        self._timeout = timeout

    @cached_property
    def dot(self) -> str:
        """The source in the DOT language."""
        return dot_source(self.view, self._direction)

    @cached_property
    def svg(self) -> str:
        """The picture as SVG; raises GraphvizNotFound, DrawingTimeout or DrawingFailed."""
        return finished(rendered(self.dot, "svg", self._timeout), self.view, self.describe())

    def describe(self) -> str:
        """The graph in words: one line for each card, operands before what uses them."""
        return self.view.listing

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture to a file; its suffix says in which format.

        Parameters
        ----------
        path : str or path
            Ends in ``.svg``, ``.png``, ``.pdf`` or ``.dot``. Written to a temporary file beside it
            and renamed, so that there is never half a picture.

        Returns
        -------
        Path

        Raises
        ------
        ValueError
            For another suffix.
        FileNotFoundError
            If there is no such folder.
        GraphvizNotFound, DrawingTimeout, DrawingFailed
            If it cannot be rendered.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix not in FORMATS:
            raise ValueError(
                f"A drawing cannot be saved as {path.name!r}: the suffix says the format, and it must be one of "
                f"{', '.join(FORMATS)}."
            )
        if not path.parent.is_dir():
            raise FileNotFoundError(f"{path.name!r} cannot be saved: there is no folder {str(path.parent)!r}.")
        content = self._content(suffix)
        temporary = path.with_name(f".{secrets.token_hex(8)}{suffix}")
        try:
            temporary.write_bytes(content)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        return path

    def _content(self, suffix: str) -> bytes:
        if suffix == ".dot":
            return self.dot.encode("utf-8")
        if suffix == ".svg":
            return self.svg.encode("utf-8")
        return rendered(self.dot, suffix[1:], self._timeout)

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: an image that cannot run anything, and the listing in words."""
        bundle = {"text/plain": self.describe()}
        try:
            image = base64.b64encode(self.svg.encode("utf-8")).decode("ascii")
            bundle["text/html"] = (
                f'<img alt="{html.escape(self.view.title)}" src="data:image/svg+xml;base64,{image}" '
                f'style="max-width:100%;height:auto">'
            )
        except (GraphvizNotFound, DrawingTimeout, DrawingFailed) as problem:
            bundle["text/plain"] += f"\n\nNo picture: {problem}"
        return {
            kind: content
            for kind, content in bundle.items()
            if (not include or kind in include) and not (exclude and kind in exclude)
        }
