"""Loading: source becomes a function, registered so that tracebacks and debuggers show its very lines."""

from __future__ import annotations

import linecache
import weakref
from collections import deque
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import numpy as np

from ..listing import Instruction

numbers = count(1)
forgotten: deque[str] = deque()
"""Files of programs that nobody holds any more. The next program takes them off the register: the garbage collector
may find them while `linecache` walks through it."""


def register(owner: Any, filename: str, lines: list[str]) -> None:
    """Let `linecache` know the lines of a file that is none, as long as its owner lives."""
    while forgotten:
        linecache.cache.pop(forgotten.popleft(), None)
    linecache.cache[filename] = (len(lines), None, lines, filename)
    weakref.finalize(owner, forgotten.append, filename)


class Loaded:
    """A module that was compiled from text.

    Attributes
    ----------
    filename : str
        Unique, or a later program's lines would be shown for an earlier one's.
    namespace : dict
        The module's globals: its function, helpers and memory.
    """

    def __init__(self, text: str, name: str, constants: Mapping[str, np.ndarray], known: Mapping[str, Any]) -> None:
        self.filename = f"<program {next(numbers)}: {name}>"
        self.namespace: dict[str, Any] = {"__name__": f"program_{name}", "constants": dict(constants), **known}
        register(self, self.filename, text.splitlines(keepends=True))
        exec(compile(text, self.filename, "exec"), self.namespace)

    def function(self, name: str) -> Callable[..., Any]:
        found: Callable[..., Any] = self.namespace[name]
        return found

    def explain(self, error: BaseException, lines: Mapping[int, Instruction]) -> None:
        """Say beside an error which operation of the user's function it happened in."""
        explain(error, self.filename, lines.get)


def explain(error: BaseException, filename: str, made_on: Callable[[int], Instruction | None]) -> None:
    """Say beside an error which operation it happened in, if it went through a line of this file that is one."""
    traceback = error.__traceback__
    while traceback is not None:
        line = traceback.tb_lineno
        if traceback.tb_frame.f_code.co_filename == filename and (i := made_on(line)) is not None:
            what = f", on the way to {i.out.name}" if i.out.name else ""
            error.add_note(f"It happened in {i.op.symbol}{what}: line {line} of {filename}.")
            return
        traceback = traceback.tb_next
