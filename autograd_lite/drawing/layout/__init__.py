"""Where the cards of a picture lie: Graphviz, or a layout of our own, behind one question.

`plan` is the question and the answer. `graphviz_text` and `graphviz_answer` translate for Graphviz, `worker` and
`process` run it, `layered` is the layout that needs no Graphviz.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from time import monotonic

from .errors import INSTALL, DrawingFailed, DrawingTimeout, GraphvizNotFound, too_slow
from .graphviz_answer import placed_by_graphviz
from .graphviz_text import plan_text
from .layered import ENGINE as BUILT_IN
from .layered import laid_out
from .plan import DIRECTIONS, Box, Edge, Frame, Placed, Plan, Point, Rectangle
from .process import answered
from .worker import WORKERS, WorkerBroke, folder

__all__ = [
    "ENGINES",
    "Box",
    "DrawingFailed",
    "DrawingTimeout",
    "Edge",
    "Frame",
    "GraphvizNotFound",
    "Placed",
    "Plan",
    "Point",
    "Rectangle",
    "available",
    "placed",
]

ENGINES = ("pygraphviz", "dot", BUILT_IN)
"""The engines, in the order in which they are tried."""

SMALL = 100
"""Boxes up to which the built-in layout is tried first: it needs a tenth of a second, its arrows and frames run
straighter than Graphviz', and a small picture lies alike on every machine."""


def placed(plan: Plan, engine: str = "auto", timeout: float = 20.0) -> Placed:
    """Where everything of a plan lies.

    Parameters
    ----------
    plan : Plan
    engine : {"auto", "pygraphviz", "dot", "built-in"}
        ``auto`` takes the built-in one for up to 100 boxes, else the first that is installed and works.
    timeout : float
        Seconds after which the layout is stopped.

    Returns
    -------
    Placed

    Raises
    ------
    GraphvizNotFound
        If the engine that was asked for is not installed.
    DrawingFailed
        If that engine broke.
    DrawingTimeout
        If the layout takes longer; ``auto`` tries no other then.
    ValueError
        If there is no such engine, or no such plan can be laid out.

    Examples
    --------
    >>> found = placed(Plan((Box(150, 84), Box(150, 84)), (Edge(0, 1),)), engine="built-in")
    >>> found.boxes[1]
    Rectangle(x=210.0, y=0.0, width=150.0, height=84.0)
    """
    if engine not in ("auto", *ENGINES):
        raise ValueError(
            f"There is no engine {engine!r} to lay out a picture: it must be 'auto' (the first that works), "
            f"{', '.join(map(repr, ENGINES))}."
        )
    check_plan(plan)
    until = monotonic() + timeout
    for name in in_order(plan) if engine == "auto" else (engine,):
        try:
            return RUN[name](plan, until)
        except TimeoutError:
            raise too_slow(len(plan.boxes), timeout) from None
        except (GraphvizNotFound, DrawingFailed):
            if engine != "auto":
                raise
    raise AssertionError("the built-in engine is always there")


def available() -> tuple[str, ...]:
    """The engines that are installed, the one to prefer first."""
    return tuple(name for name in ENGINES if name == BUILT_IN or (folder() if name == "pygraphviz" else dot_program()))


def in_order(plan: Plan) -> tuple[str, ...]:
    """The engines in the order in which they are tried for a plan."""
    return (BUILT_IN,) if len(plan.boxes) <= SMALL else ENGINES


def check_plan(plan: Plan) -> None:
    """Raise ValueError, with the reason, if the plan makes no sense."""
    count = len(plan.boxes)
    if plan.direction not in DIRECTIONS:
        raise ValueError(f"The direction {plan.direction!r} is none of {', '.join(DIRECTIONS)}.")
    sizes = [size for box in plan.boxes for size in (box.width, box.height)]
    sizes += [size for frame in plan.frames for size in (frame.title_height, frame.title_width)]
    sizes += [size for edge in plan.edges for size in (edge.room, edge.across)]
    for size in (*sizes, plan.between_ranks, plan.between_boxes):
        if not (math.isfinite(size) and size >= 0):
            raise ValueError(f"A length of a layout is a finite number of pixels, not {size}.")
    numbers = [end for edge in plan.edges for end in (edge.tail, edge.head)]
    framed = [box for frame in plan.frames for box in frame.boxes]
    if any(not 0 <= number < count for number in (*numbers, *framed)):
        raise ValueError(f"An edge or a frame names a box that is not there: there are boxes 0 to {count - 1}.")
    if len(set(framed)) < len(framed) or not all(frame.boxes for frame in plan.frames):
        raise ValueError("A box is in one frame at most, and every frame has a box.")


def by_pygraphviz(plan: Plan, until: float) -> Placed:
    if not folder():
        raise GraphvizNotFound(
            "The engine 'pygraphviz' was asked for, and the package pygraphviz is not installed: "
            "`pip install pygraphviz`, or leave the choice to engine='auto'."
        )
    try:
        return placed_by_graphviz(plan, WORKERS.ask(plan_text(plan).encode("ascii"), until), "pygraphviz")
    except TimeoutError:
        raise
    except (WorkerBroke, RuntimeError, OSError, ValueError) as problem:  # RuntimeError: no new thread at exit
        raise failed("pygraphviz", problem) from None


def by_dot(plan: Plan, until: float) -> Placed:
    program = dot_program()
    if not program:
        raise GraphvizNotFound(
            f"The engine 'dot' was asked for, and there is no program 'dot' on the PATH. Install {INSTALL}; "
            "or leave the choice to engine='auto'."
        )
    try:
        answer, said, status = answered([program, "-Tjson0"], plan_text(plan).encode("ascii"), until)
        if status:
            raise ValueError(said or f"exit status {status}")
        return placed_by_graphviz(plan, answer, "dot")
    except TimeoutError:
        raise
    except (OSError, ValueError) as problem:
        raise failed("dot", problem) from None


def by_ourselves(plan: Plan, until: float) -> Placed:
    def check() -> None:
        if monotonic() > until:
            raise TimeoutError

    return laid_out(plan, check)


RUN: dict[str, Callable[[Plan, float], Placed]] = {
    "pygraphviz": by_pygraphviz,
    "dot": by_dot,
    BUILT_IN: by_ourselves,
}


def dot_program() -> str:
    return shutil.which("dot") or ""


def failed(engine: str, problem: Exception) -> DrawingFailed:
    return DrawingFailed(
        f"The engine {engine!r} was asked for the places of boxes and gave none:\n{problem}\n"
        "engine='auto' takes the next one where one breaks; engine='built-in' needs no Graphviz."
    )
