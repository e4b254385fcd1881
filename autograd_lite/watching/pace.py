"""How much of the time of a training may go into watching it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE, SHARE = 1.0, 0.1
"""Watching may take one second, and a tenth of the time that training has taken so far."""

BETWEEN_WRITES = 0.5


class Pace:
    """A clock that knows what part of the time went into watching.

    Attributes
    ----------
    spent : float
        Seconds of watching.
    """

    def __init__(self, between: float = BETWEEN_WRITES) -> None:
        self._begun, self._written, self._between = time.perf_counter(), -1e9, between
        self.spent = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.perf_counter() - self._begun

    def allows(self) -> bool:
        """True while there is time for another look."""
        return self.spent < AT_ONCE + SHARE * (self.elapsed - self.spent)

    def allows_writing(self) -> bool:
        """True if the last page is old enough for another one."""
        return time.perf_counter() - self._written >= self._between and self.allows()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """What is done inside counts as watching."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.spent += time.perf_counter() - begun

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The same for a page."""
        with self.watching():
            yield
        self._written = time.perf_counter()
