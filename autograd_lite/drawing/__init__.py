"""Pictures of computation graphs: ``draw(loss)``.

`reading` finds what is in a picture (a `View`), `layout` where it lies, `cards` and `composing` how it looks (a
`Scene`); `svg`, `raster`, `tikz`, `html`, `dot` and `mermaid` write it. Nothing below this folder knows that it exists.
"""

from __future__ import annotations

from typing import Any

from .dot import DIRECTIONS
from .drawing import Drawing
from .folding import DETAILS, Collapse
from .layout import ENGINES, DrawingFailed, DrawingTimeout, GraphvizNotFound
from .palette import THEMES
from .reading import GraphTooLarge, Inputs, view_of

__all__ = ["Drawing", "DrawingFailed", "DrawingTimeout", "GraphTooLarge", "GraphvizNotFound", "draw"]

EDGES = ("local", "none")


def draw(
    value: Any,
    *,
    direction: str = "auto",
    detail: str = "auto",
    max_nodes: int | None = None,
    collapse: Collapse | None = None,
    inputs: Inputs = (),
    edges: str = "local",
    precision: int = 4,
    timeout: float = 20.0,
    engine: str = "auto",
    theme: str = "auto",
) -> Drawing:
    """Draw how a Value was computed: a card for each Value and constant, an arrow for each use.

    Parameters
    ----------
    value : Value, list or dict of Values, model, layer or program
        What the picture ends in: usually the loss, after ``loss.backward()``. A model or layer is shown on a batch
        of any size, and a program by its operations: without numbers.
    direction : {"auto", "LR", "TB", "RL", "BT"}
        Where the arrows lead: from left to right, top to bottom, … "auto" is left to right, or top to bottom where the
        picture would be much wider than a page.
    detail : {"auto", "full", "neuron", "layer"}
        By itself a graph of more than 60 cards is folded until it can be read: sums first, then neurons, layers, what
        has the same form, and in the end regions. "full" shows every Value, "neuron" sums of products with their
        activation and weights as one card, "layer" layers.
    max_nodes : int, optional
        The largest number of cards: 60, or 1,000 if you say which detail you want.
    collapse : callable, optional
        From a Value to a key: Values of one key are folded into one card, those of None are not.
    inputs : list of Values or names, or dict, optional
        What is data and no parameter: ``[x, "y"]``; or names for arrays, ``{"X": X}``.
    edges : {"local", "none"}
        Whether arrows say what a gradient is multiplied by on its way back.
    precision : int
        Decimals of the numbers, 1 to 15.
    timeout : float
        Seconds after which the layout is stopped.
    engine : {"auto", "pygraphviz", "dot", "built-in"}
        What lays out the cards. "auto" takes the built-in one for up to 100 cards, so that small pictures look alike
        everywhere; for more the first that is installed and works.
    theme : {"auto", "light", "dark"}
        The colours. "auto" follows the reader's setting where the format can, and is light elsewhere.

    Returns
    -------
    Drawing
        It shows itself in a notebook; ``.save("graph.svg")`` writes a file (also .png, .pdf, .html, .dot, .mmd for
        Mermaid, .tex for TikZ); ``.describe()`` lists the graph in words. The numbers are those of this moment; a
        Value that was changed after others were computed from it is marked "changed since".

    Raises
    ------
    TypeError
        If it is given something that cannot be drawn.
    ValueError
        If an option is out of range, or a model has no weights yet.
    GraphTooLarge
        With ``detail="full"``, if there are more than ``max_nodes`` cards.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from autograd_lite.drawing import draw
    >>> w, x = ag.Value(0.5, name="w"), ag.Value(3.0, name="x")
    >>> loss = (w * x - 1) ** 2
    >>> loss.backward()
    >>> print(draw(loss).describe())
    Computation graph of v3: 5 Values, 2 constants, 6 arrows
    w: variable, value 0.5000, gradient 3.0000
    x: variable, value 3.0000, gradient 0.5000
    v1 = w * x: operation, value 1.5000, gradient 1.0000; ∂v1/∂w = x = 3; ∂v1/∂x = w = 0.5
    1: constant
    v2 = v1 - 1: operation, value 0.5000, gradient 1.0000; ∂v2/∂v1 = 1
    2: constant
    v3 = v2 ** 2: loss, value 0.2500, gradient 1.0000; ∂v3/∂v2 = 2 · v2 = 1
    """
    for name, option, known in (
        ("direction", direction, ("auto", *DIRECTIONS)), ("detail", detail, DETAILS), ("edges", edges, EDGES),
        ("engine", engine, ("auto", *ENGINES)), ("theme", theme, THEMES),
    ):  # fmt: skip
        if option not in known:
            raise ValueError(f"draw() was given {name}={option!r}; it must be one of {', '.join(known)}.")
    if not (isinstance(precision, int) and 1 <= precision <= 15):
        raise ValueError(f"draw() was given precision={precision!r}; it must be a number of decimals from 1 to 15.")
    if max_nodes is not None and not (isinstance(max_nodes, int) and max_nodes >= 1):
        raise ValueError(f"draw() was given max_nodes={max_nodes!r}; it must be a number of cards, 1 or more.")
    if collapse is not None and not callable(collapse):
        raise TypeError(f"draw() was given collapse={collapse!r}; it must be a function from a Value to a key or None.")
    if not timeout > 0:
        raise ValueError(f"draw() was given timeout={timeout!r}; it must be a number of seconds above 0.")
    view = view_of(value, precision, max_nodes, detail=detail, inputs=inputs, collapse=collapse, edges=edges)
    return Drawing(view, direction, timeout, engine, theme)
