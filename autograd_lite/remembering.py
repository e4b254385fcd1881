"""What a program back-propagated last, with the numbers of that moment: its weights may have been changed since."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

import numpy as np

from .engine import Value, backprop
from .engine.tracing import current_trace

__all__ = ["Moment", "Moments", "every_backward_noted"]

PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "")
KEPT = 3
"""So many losses are remembered, and their graphs with them: programs have several, of a generator and a critic."""


@dataclass(frozen=True)
class Moment:
    """A call of ``backward()``.

    Attributes
    ----------
    loss : Value
    leaves : tuple of (Value, data, int)
        What it was computed from, its numbers then, and when they had been changed.
    names : dict of str to Value or ndarray
        What they were called where ``backward()`` was called.
    """

    loss: Value
    leaves: tuple[tuple[Value, Any, int], ...]
    names: dict[str, Any]

    @contextmanager
    def restored(self) -> Iterator[None]:
        """While this lasts, the numbers are those of then."""
        now = [(v, v.data, v.changed) for v, _, changed in self.leaves if v.changed != changed]
        try:
            for v, data, changed in self.leaves:
                if v.changed != changed:
                    v.data, v.changed = data, changed
            yield
        finally:
            for v, data, changed in now:
                v.data, v.changed = data, changed


class Moments:
    """The last calls of ``backward()`` on single numbers, the latest one last."""

    def __init__(self) -> None:
        self.kept: deque[Moment] = deque(maxlen=KEPT)

    @property
    def last(self) -> Moment | None:
        return self.kept[-1] if self.kept else None

    @property
    def names(self) -> dict[str, Any]:
        """All names of Values and arrays where ``backward()`` was called; what is called so later hides the earlier."""
        return {name: thing for moment in self.kept for name, thing in moment.names.items()}

    def of(self, loss: Value) -> Moment | None:
        """The last call of this Value's ``backward()``."""
        return next((moment for moment in reversed(self.kept) if moment.loss is loss), None)

    def forget(self) -> None:
        self.kept.clear()

    def note(self, loss: Value, names: dict[str, Any]) -> None:
        """Nothing is copied: the engine's graphs hold arrays that nobody can write into."""
        leaves = tuple((v, v.data_to_record(), v.changed) for v in backprop.tape(loss, 0).watched)
        kept = {name: thing for name, thing in names.items() if isinstance(thing, Value | np.ndarray)}
        self.kept.append(Moment(loss, leaves, kept))


@contextmanager
def every_backward_noted() -> Iterator[Moments]:
    """While this lasts, each ``backward()`` of a single number is remembered, but for those that ``fit`` makes.

    Yields
    ------
    Moments

    Examples
    --------
    >>> w = Value(1.0)
    >>> with every_backward_noted() as moments:
    ...     loss = w * w
    ...     loss.backward()
    ...     w.data -= 0.5 * w.grad
    >>> with moments.last.restored():
    ...     print(w.data, moments.last.loss is loss)
    1.0 True
    >>> w.data
    0.0
    """
    moments, backward = Moments(), Value.backward

    @wraps(backward)
    def noting(loss: Value, seed: Any = None, accumulate: bool = False) -> None:
        backward(loss, seed, accumulate)
        caller = sys._getframe(1)
        own = caller.f_code.co_filename.startswith(PACKAGE)
        if not own and loss.op is not None and loss.size == 1 and current_trace() is None:
            moments.note(loss, caller.f_locals)

    Value.backward = noting  # type: ignore[method-assign, assignment]
    try:
        yield moments
    finally:
        Value.backward = backward  # type: ignore[method-assign]
