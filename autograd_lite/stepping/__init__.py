"""Back-propagation as a page that plays, step by step: ``steps(loss)``.

`writing` makes a `Lesson` of a loss: its graph, every number, a sentence and a formula for each step. `page` shows it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..drawing import DrawingFailed, DrawingTimeout, GraphTooLarge, GraphvizNotFound
from ..drawing.dot import DIRECTIONS
from ..drawing.folding import DETAILS, Collapse
from ..drawing.layout import ENGINES
from ..drawing.palette import THEMES
from ..drawing.reading import Inputs
from ..engine import Value
from ..optimizers import Optimizer
from .lesson import Lesson, Step
from .steps import Steps
from .writing import lesson_of

__all__ = [
    "DrawingFailed",
    "DrawingTimeout",
    "GraphTooLarge",
    "GraphvizNotFound",
    "Lesson",
    "Step",
    "Steps",
    "steps",
]

WAYS = ("auto", "arrow", "card")


def steps(
    loss: Value,
    *,
    learning_rate: float | None = 0.1,
    optimizer: Optimizer | None = None,
    by: str = "auto",
    inputs: Inputs = (),
    detail: str = "auto",
    max_nodes: int | None = None,
    collapse: Collapse | None = None,
    precision: int = 4,
    direction: str = "LR",
    engine: str = "auto",
    theme: str = "auto",
    timeout: float = 20.0,
) -> Steps:
    """Play back-propagation through the graph of a loss: forward, backward, and a step of gradient descent.

    Parameters
    ----------
    loss : Value
        One number, computed from other Values. ``loss.backward()`` need not have been called; nothing is changed.
    learning_rate : float or None
        α of the update that the page ends with; None for a page without one.
    optimizer : Optimizer, optional
        What makes the update instead of plain gradient descent: its first step, ``Adam(learning_rate=0.1)``.
    by : {"auto", "arrow", "card"}
        On the way back, one multiplication a step, or everything that comes back to a card at once. By itself a page
        of up to 40 steps goes arrow by arrow.
    inputs, detail, max_nodes, collapse, precision, engine, theme, timeout
        As for `draw`. What is an input is not changed by the update.
    direction : {"LR", "TB", "RL", "BT"}
        Where the arrows lead: the page scrolls to the right.

    Returns
    -------
    Steps
        ``.save("backprop.html")`` writes one file that needs no network; in a notebook it shows itself; ``.describe()``
        tells the steps in words.

    Raises
    ------
    TypeError
        If it is given something that is no Value.
    ValueError
        If the Value is not one number, was not computed from others, or an option is out of range.
    StaleGraph
        If a Value was changed after the loss was computed from it.
    GraphTooLarge
        With ``detail="full"``, if there are more than ``max_nodes`` cards.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> w, x = ag.Value(0.5, name="w"), ag.Value(3.0, name="x")
    >>> error = w * x - 1
    >>> error.name = "error"
    >>> print(ag.steps(error**2, inputs=[x]).describe().splitlines()[5])
    5. Start at v2. Back-propagation asks of every number: if it grew a little, how much would v2 grow? For v2 itself \
the answer is 1. (v2: gradient 1.0000)
    """
    check_loss(loss)
    for name, option, known in (
        ("by", by, WAYS), ("detail", detail, DETAILS), ("direction", direction, DIRECTIONS),
        ("engine", engine, ("auto", *ENGINES)), ("theme", theme, THEMES),
    ):  # fmt: skip
        if option not in known:
            raise ValueError(f"steps() was given {name}={option!r}; it must be one of {', '.join(known)}.")
    if not (isinstance(precision, int) and 1 <= precision <= 15):
        raise ValueError(f"steps() was given precision={precision!r}; it must be a number of decimals from 1 to 15.")
    if not timeout > 0:
        raise ValueError(f"steps() was given timeout={timeout!r}; it must be a number of seconds above 0.")
    if learning_rate is not None and not (isinstance(learning_rate, int | float) and learning_rate > 0):
        raise ValueError(
            f"steps() was given learning_rate={learning_rate!r}; it must be a number above 0, or None for a page "
            f"without an update."
        )
    if optimizer is not None and not isinstance(optimizer, Optimizer):
        raise TypeError(f"steps() was given optimizer={optimizer!r}; it takes one such as SGD(learning_rate=0.1).")
    lesson = lesson_of(
        loss, learning_rate=learning_rate, optimizer=optimizer, by=by, precision=precision, detail=detail,
        max_nodes=max_nodes, inputs=inputs, collapse=collapse,
    )  # fmt: skip
    return Steps(lesson, theme=theme, direction=direction, engine=engine, timeout=timeout)


def check_loss(loss: Any) -> None:
    """Raise if back-propagation cannot start from it."""
    if not isinstance(loss, Value):
        kind = f"a plain {type(loss).__name__}" if isinstance(loss, int | float | np.ndarray) else repr(loss)[:60]
        what = "None; backward() returns nothing" if loss is None else kind
        raise TypeError(
            f"steps() plays how a Value was computed and differentiated; it was given {what}. Give it the loss, the "
            f"Value that you call backward() on: steps(loss)."
        )
    if loss.size != 1:
        raise ValueError(
            f"Back-propagation starts from one number, and {loss.described()} has {loss.size:,}. Take their mean, the "
            f"cost: steps(np.mean(losses))."
        )
    if loss.op is None:
        raise ValueError(
            f"{loss.described()} was given and not computed, so there is nothing to step through. Compute a loss from "
            f"it: steps((w * x - y) ** 2)."
        )
