"""What can go wrong with a picture."""

from __future__ import annotations


class GraphvizNotFound(RuntimeError):
    """Neither pygraphviz nor the program ``dot`` is installed."""


class DrawingFailed(RuntimeError):
    """Graphviz could not make the picture; the message holds what it said."""


class DrawingTimeout(TimeoutError):
    """The layout was not finished in the time that it was given."""


INSTALL = "`pip install pygraphviz` (it brings Graphviz along), or the program from https://graphviz.org/download"


def too_slow(boxes: int, timeout: float) -> DrawingTimeout:
    """The error of a layout that ran out of time, with what can be done."""
    return DrawingTimeout(
        f"The layout of {boxes:,} boxes was not finished in {timeout:g} s and was stopped. Draw a smaller part of the "
        f"graph, let more of it be folded, or allow more time: draw(value, timeout={3 * timeout:g})."
    )
