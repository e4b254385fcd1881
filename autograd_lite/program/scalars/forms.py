"""Forms: how a large listing of plain numbers runs fastest.

A call of NumPy costs about a microsecond, and an operation in Python 25 nanoseconds, so levels pay
where they compute forty numbers each. Networks have thousands; a recurrence of one number has one.
"""

from __future__ import annotations

from ..listing import Listing
from .chunks import Chunks, chunks_of
from .level_graph import graph_of, of_numbers
from .level_steps import plan_of
from .levels import Levels

LEAST = 1500
"""Instructions below which levels do not pay."""

WORTH = 40
"""Instructions a level from which on they do."""


def fastest(listing: Listing, function: str = "program", exact: bool = False) -> Levels | Chunks:
    """The faster form of a listing of numbers.

    Parameters
    ----------
    listing : Listing
        See `of_numbers`.
    function : str
        What the source calls the computation.
    exact : bool
        Chunks in any case: bit for bit what the interpreter computes. Levels add in another order.

    Returns
    -------
    Levels or Chunks
        Both are called with the sequence of inputs, and return the outputs.

    Raises
    ------
    ValueError
        If something in the listing is an array.

    Examples
    --------
    >>> from autograd_lite.program.recording.recorder import recording_of
    >>> type(fastest(recording_of(lambda x: x + x, (1.0,), {}).listing)).__name__
    'Chunks'
    """
    if not of_numbers(listing):
        raise ValueError("Levels and chunks are made of plain numbers, and in this listing there are arrays.")
    if not exact and len(listing.instructions) >= LEAST:
        plan = plan_of(graph_of(listing))
        if len(listing.instructions) >= WORTH * len(plan.steps):
            return Levels(plan, function)
    return chunks_of(listing, function)
