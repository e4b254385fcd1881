"""Dead code: what nothing reads is not computed."""

from __future__ import annotations

from ..listing import Instruction, Listing
from ..recording.draws import is_draw


def dead(listing: Listing) -> Listing:
    """Leave out instructions that no result depends on; a random draw stays, for the next one comes after it."""
    wanted = set(listing.results)
    kept: list[Instruction] = []
    for i in reversed(listing.instructions):
        if i.out in wanted or is_draw(i.op):
            kept.append(i)
            wanted.update(i.operands)
    return listing.but(instructions=tuple(reversed(kept)))
