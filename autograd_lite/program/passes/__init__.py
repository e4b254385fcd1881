"""Passes: small rewritings of a listing, each from listing to listing, each exact to the last bit.

Each can be read alone, and printed before and after: ``print(listing); print(common(listing))``.
"""

from collections.abc import Callable

from ..listing import Listing
from ..recording.collecting import without_collecting
from .algebra import algebra
from .common import common
from .constants import constants
from .dead import dead
from .guards import guards

Pass = Callable[[Listing], Listing]

PASSES: tuple[Pass, ...] = (constants, algebra, guards, constants, algebra, guards, common, dead)
"""In this order: what one leaves is what the next can simplify."""


def simplified(listing: Listing) -> Listing:
    """The listing after all passes."""
    with without_collecting():
        for each in PASSES:
            listing = each(listing)
    return listing


__all__ = ["PASSES", "Pass", "algebra", "common", "constants", "dead", "guards", "simplified"]
