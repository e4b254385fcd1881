"""Collecting: Python's garbage collector rests while a large graph is read and rewritten."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

lock = threading.Lock()
resting: list[bool] = []
"""For everyone who works without the collector now: whether it was on before. Only the first turned it off."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Work without the garbage collector, and leave it as it was.

    It looks at all objects again and again while their number grows. For a graph of 100,000 numbers that takes half of
    the time and finds nothing, because nothing is thrown away meanwhile. Several threads may be in here together.

    Examples
    --------
    >>> import gc
    >>> with without_collecting():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    with lock:
        resting.append(gc.isenabled() or any(resting))
        gc.disable()
    try:
        yield
    finally:
        with lock:
            if resting.pop() and not resting:
                gc.enable()
