"""Costs: how much a program computes, and how much memory it takes beside the eager engine."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from .listing import Instruction, Listing, Variable
from .writing.memory import Layout, is_view


@dataclass(frozen=True)
class Cost:
    """What one run costs.

    Attributes
    ----------
    operations : int
        Instructions that compute; a transpose or a reshape only looks at memory in another way.
    flops : int
        Floating-point operations: one for each entry of an elementwise result or of what is reduced, 2 k for each
        entry of a matrix product that sums over k.
    buffer_bytes : int
        Arrays that are allocated once, when the program is made.
    eager_bytes : int
        Arrays that the eager engine allocates in every run of the same computation.
    """

    operations: int
    flops: int
    buffer_bytes: int
    eager_bytes: int

    def __add__(self, other: Cost) -> Cost:
        return Cost(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __str__(self) -> str:
        return (
            f"{self.operations} operations, {self.flops:,} floating-point operations, {self.buffer_bytes:,} bytes of "
            f"buffers (the eager engine allocates {self.eager_bytes:,} bytes in every run)"
        )


def cost_of(recorded: Listing, listing: Listing, *layouts: Layout, vector: int = 0) -> Cost:
    """The cost of a listing, beside that of the recording that it was made from; vector: numbers that it keeps."""
    working = [i for i in listing.instructions if not is_view(i)]
    return Cost(
        operations=len(working),
        flops=sum(map(flops, working)),
        buffer_bytes=8 * vector + sum(block.bytes for layout in layouts for block in layout.blocks if not block.given),
        eager_bytes=sum(nbytes(i.out) for i in recorded.instructions if not is_view(i)),
    )


def size(v: Variable) -> int:
    return int(np.prod(v.shape or (), dtype=int))


def nbytes(v: Variable) -> int:
    return 0 if v.is_number else size(v) * v.dtype.itemsize


def flops(i: Instruction) -> int:
    """Floating-point operations of one instruction."""
    if i.op.func is np.matmul:
        return 2 * size(i.out) * (i.operands[0].shape or (1,))[-1]
    return max(size(v) for v in (i.out, *i.operands))
