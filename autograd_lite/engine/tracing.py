"""Tracing: what is watched while a function is recorded, so that a replay with other numbers is right.

A recording is one run of the function. Whatever would freeze the numbers of that run into it (an
``if`` on a Value, ``v.data``, an assignment) raises; and back-propagation notes which gradient it
computed from which, so that a program can say so. The engine fills a `Trace` and never reads it.
"""

from __future__ import annotations

import threading
from typing import Any

REMEDIES = {
    "bool": "if, while, and, or and not decide once, while recording. Use np.where(condition, a, b), which decides "
    "anew in every run, entry by entry.",
    "data": "Its numbers are those of the examples, and would stay in the program as constants. Compute with the Value "
    "itself: NumPy's functions and operators take it.",
    "change": "A program computes from its arguments and changes nothing: return what is new, and assign it outside.",
}


class Trace:
    """What was noted while a function was recorded.

    Attributes
    ----------
    since : int
        The moment at which the recording began: Values made later belong to it.
    inputs : set of Value
        What stands for the function's arguments.
    factors : list of (Value, Value, Value)
        ``(gradient, v, a)``: this gradient is dL/dv times dv/da, what v sends back to its operand a.
    walks : list of (Value, list of (Value, gradient))
        What each back-propagation started from, and every gradient that it found.
    gradients : list of (Value, gradient)
        What ``grad`` was before the recording, to be put back.
    """

    def __init__(self, since: int) -> None:
        self.since = since
        self.inputs: set[Any] = set()
        self.factors: list[tuple[Any, Any, Any]] = []
        self.walks: list[tuple[Any, list[tuple[Any, Any]]]] = []
        self.gradients: list[tuple[Any, Any]] = []

    def is_constant(self, v: Any) -> bool:
        """True for a Value that the function itself wrapped: its numbers are the same in every run."""
        return v.op is None and v not in self.inputs and moment_of(v) >= self.since


def moment_of(v: Any) -> int:
    """When a Value was made."""
    index: int = v.index
    return index if index >= 0 else ~index


traces: dict[int, Trace] = {}
"""The recording that runs in each thread."""


def current_trace() -> Trace | None:
    """The recording that runs in this thread."""
    return traces.get(threading.get_ident()) if traces else None


def refuse_if_traced(v: Any, what: str, remedy: str) -> None:
    """Raise if a Value is used, while a function is recorded, in a way that a replay could not repeat."""
    trace = current_trace()
    if trace is not None and not trace.is_constant(v):
        raise RecordingError(
            f"While a function is recorded, {what} of {v.described()} cannot be had. {REMEDIES[remedy]}"
        )


class RecordingError(TypeError):
    """A function cannot be recorded as a program, because a replay with other numbers would be wrong."""
