"""How much of the time of a training may go into watching it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE, SHARE = 0.6, 0.05
"""Looks may take so many seconds, and this part of the time that training takes; the layout comes on top."""

BETWEEN_WRITES, SHARE_OF_WRITES = 0.5, 0.03


class Pace:
    """A clock that knows what part of the time went into watching.

    Parameters
    ----------
    epochs : int
        How long the training is to be.
    between : float
        Seconds between two pages.

    Attributes
    ----------
    spent : float
        Seconds of watching.
    """

    def __init__(self, epochs: int = 1, between: float = BETWEEN_WRITES) -> None:
        self._begun, self._written, self._between = time.perf_counter(), -1e9, between
        self._epochs, self._looks, self._looking = epochs, 0, 0.0
        self._last_look = 0
        self.spent = self.writing_took = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.perf_counter() - self._begun

    def allows(self, epoch: int) -> bool:
        """True if it is time for another look, so that what time there is lasts evenly until the last epoch."""
        training = max(self.elapsed - self.spent, 1e-9)
        expected = training * self._epochs / max(epoch, 1)
        left = AT_ONCE + SHARE * expected - self._looking
        cost = self._looking / max(self._looks, 1)
        affordable = left / cost if cost else float("inf")
        gap = (self._epochs - self._last_look) / max(affordable, 1e-9)
        return epoch - self._last_look >= gap and self._looking < AT_ONCE + SHARE * training

    def allows_writing(self) -> bool:
        """True if the last page is old enough for another one."""
        training = self.elapsed - self.spent
        old = time.perf_counter() - self._written >= self._between
        return old and self.writing_took < 0.1 + SHARE_OF_WRITES * training

    @contextmanager
    def watching(self) -> Iterator[None]:
        """What is done inside counts as watching."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.spent += time.perf_counter() - begun

    @contextmanager
    def looking(self, epoch: float) -> Iterator[None]:
        """The same for a look at the model after an epoch; what the first one takes is no measure for the others."""
        before = self.spent
        with self.watching():
            yield
        self._last_look = int(epoch)
        if epoch:
            self._looks += 1
            self._looking += self.spent - before

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The same for a page."""
        before = self.spent
        with self.watching():
            yield
        self._written = time.perf_counter()
        self.writing_took += self.spent - before
