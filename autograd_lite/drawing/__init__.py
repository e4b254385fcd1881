"""Pictures of computation graphs: ``draw(loss)``.

`view` says what is in a picture, `dot` writes it in the DOT language, `render` asks Graphviz,
`svg` finishes what it returns. Nothing below this folder knows that it exists.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..engine import Value
from .dot import DIRECTIONS
from .drawing import Drawing
from .reading import GraphTooLarge, view_of
from .render import DrawingFailed, DrawingTimeout, GraphvizNotFound

__all__ = ["Drawing", "DrawingFailed", "DrawingTimeout", "GraphTooLarge", "GraphvizNotFound", "draw"]


def draw(
    value: Any, *, direction: str = "LR", precision: int = 4, max_nodes: int = 1000, timeout: float = 20.0
) -> Drawing:
    """Draw how a Value was computed: a card for each Value and constant, an arrow for each use.

    Parameters
    ----------
    value : Value
        What the picture ends in: usually the loss, after ``loss.backward()``.
    direction : {"LR", "TB", "RL", "BT"}
        Where the arrows lead: from left to right, top to bottom, …
    precision : int
        Decimals of the numbers, 1 to 15.
    max_nodes : int
        The largest number of Values in a picture.
    timeout : float
        Seconds after which Graphviz is stopped.

    Returns
    -------
    Drawing
        It shows itself in a notebook; ``.save("graph.svg")`` writes a file (also .png, .pdf,
        .dot); ``.describe()`` lists the graph in words. The numbers are those of this moment; a
        Value that was changed after others were computed from it is marked "changed since".

    Raises
    ------
    TypeError
        If it is given something that is not a Value.
    ValueError
        If an option is out of range.
    GraphTooLarge
        If the graph has more than ``max_nodes`` Values.

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
    v1 = w * x: operation, value 1.5000, gradient 1.0000
    1: constant
    v2 = v1 - 1: operation, value 0.5000, gradient 1.0000
    2: constant
    v3 = v2 ** 2: loss, value 0.2500, gradient 1.0000
    """
    if not isinstance(value, Value):
        raise TypeError(not_a_value(value))
    if direction not in DIRECTIONS:
        raise ValueError(f"draw() was given direction={direction!r}; it must be one of {', '.join(DIRECTIONS)}.")
    if not (isinstance(precision, int) and 1 <= precision <= 15):
        raise ValueError(f"draw() was given precision={precision!r}; it must be a number of decimals from 1 to 15.")
    if not timeout > 0:
        raise ValueError(f"draw() was given timeout={timeout!r}; it must be a number of seconds above 0.")
    return Drawing(view_of(value, precision, max_nodes), direction, timeout)


def not_a_value(given: Any) -> str:
    """Why it cannot be drawn, and what to draw instead."""
    kind = type(given).__name__
    if given is None:
        what = "None; did you write draw(loss.backward())? backward() returns nothing"
        remedy = "Call loss.backward() first and then draw(loss)."
    elif isinstance(given, int | float | np.generic | np.ndarray):
        shape = f" of shape {np.shape(given)}" if np.ndim(given) else ""
        what = f"a plain {kind}{shape}, which does not remember how it was computed"
        remedy = "Wrap what you compute with, w = Value(0.5, name='w'), compute the loss from it, and draw(loss)."
    elif isinstance(given, list | tuple | dict | set):
        what = f"a {kind} of {len(given)}"
        remedy = "Draw one Value; the loss shows everything that it was computed from: draw(loss)."
    elif callable(given):
        what = f"the {'class' if isinstance(given, type) else 'function'} {getattr(given, '__name__', kind)}"
        remedy = "Draw what it returns for some Values: y = f(Value(2.0, name='x')), then draw(y); or draw(loss)."
    else:
        what = f"an object of type {kind}"
        remedy = "Draw a Value, for example the loss that you call backward() on: draw(loss)."
    return f"draw() shows how a Value was computed; it was given {what}. {remedy}"
