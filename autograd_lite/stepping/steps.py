"""`Steps`: back-propagation through one graph, to be played on a page."""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

from ..drawing import Drawing, DrawingFailed, DrawingTimeout, GraphvizNotFound
from ..drawing.embedding import asked_for, framed
from ..drawing.html import image_of
from ..drawing.saving import written
from .lesson import Lesson, Step
from .page import page_of

HEIGHT = 860
"""Of the page in a notebook, in pixels."""

UNTRUSTED = (
    "This is the graph alone. The page that plays it is shown when the notebook is trusted: run the cell, or choose "
    "File, Trust Notebook. A file of its own is written by .save(&quot;backprop.html&quot;)."
)


class Steps:
    """The steps of back-propagation through one graph, with the numbers that it held when ``steps`` was called.

    In a notebook it shows itself as a page that plays. Nothing is laid out before that, or before it is saved.

    Attributes
    ----------
    lesson : Lesson
        The steps as data.
    html : str
        The page: one file, without anything from the network.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> w = ag.Value(0.5, name="w")
    >>> loss = (w * 3.0) ** 2
    >>> len(ag.steps(loss))
    7
    """

    def __init__(self, lesson: Lesson, **look: Any) -> None:
        self.lesson = lesson
        self._look = look

    def __len__(self) -> int:
        return len(self.lesson.steps)

    @cached_property
    def html(self) -> str:
        """The page."""
        return page_of(self.lesson, **self._look)

    def describe(self) -> str:
        """All steps in words: a line each, with what is found."""
        count = len(self)
        lines = [f"{self.lesson.title}: {count} steps"]
        for at, step in enumerate(self.lesson.steps):
            lines.append(f"{at + 1}. {step.title}. {step.sentence}{self._found(step)}")
        return "\n".join([*lines, *self.lesson.notes])

    def _found(self, step: Step) -> str:
        """The numbers that a step finds, in words."""
        if step.phase == "start":
            return ""
        names = [card.name for card in self.lesson.view.cards]
        found = [f"{names[c.card]}: {c.what} {' '.join(c.rows)}" for c in step.changes]
        return f" ({'; '.join(found)})" if found else ""

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page to a file.

        Parameters
        ----------
        path : str or path
            Ends in ``.html``. Written to a temporary file beside it and renamed.

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
        """
        if Path(path).suffix.lower() not in (".html", ".htm"):
            raise ValueError(
                f"Steps are saved as a page: {Path(path).name!r} must end in .html. A picture of the graph in another "
                f"format is made by draw(loss).save({Path(path).name!r})."
            )
        return written(path, self.html)

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        """What a notebook shows: the page in a frame of its own, and the steps in words.

        A notebook that is not trusted takes the frame away and keeps what is in it: the graph, and what to do.
        """
        bundle = {"text/plain": self.describe()}
        try:
            title = f"{self.lesson.title}, {self.lesson.view.title}"
            drawing = Drawing(self.lesson.view, **self._look)
            still = image_of(drawing.scene, drawing.svg)
            bundle["text/html"] = framed(self.html, title, HEIGHT, f"{still}<p>{UNTRUSTED}</p>")
        except (GraphvizNotFound, DrawingTimeout, DrawingFailed) as problem:
            bundle["text/plain"] += f"\n\nNo page: {problem}"
        return asked_for(bundle, include, exclude)
