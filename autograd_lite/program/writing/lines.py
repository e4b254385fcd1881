"""Lines: a listing as one function, a line an operation: what is shown to read, and what runs unless it is long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..listing import Listing
from .emission import Source, source_of_program
from .loading import Loaded
from .memory import Layout


class Lines:
    """A listing as straight-line source that was loaded.

    Attributes
    ----------
    written : Source
    """

    def __init__(self, listing: Listing, function: str) -> None:
        self.written: Source = source_of_program(listing, function)
        self._loaded = Loaded(self.written.text, function, self.written.constants, self.written.given)
        self._run = self._loaded.function(self.written.function)
        self._several = len(listing.outputs) > 1

    def __call__(self, inputs: Sequence[Any]) -> Sequence[Any]:
        """The outputs; arrays among them are the program's own memory."""
        found = self._run(*inputs)
        return found if self._several else (found,)

    def explain(self, error: BaseException) -> None:
        """Say beside an error which operation it happened in."""
        self._loaded.explain(error, self.written.lines)

    @property
    def source(self) -> str:
        return self.written.text

    @property
    def layouts(self) -> tuple[Layout, ...]:
        return self.written.layouts
