"""Common subexpressions: what was computed once is not computed again."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np

from ..listing import Instruction, Listing, Variable, replaced, rewritten
from ..recording.draws import is_draw

COMMUTATIVE = {np.add, np.multiply, np.equal, np.not_equal}
"""Not the maximum: of 0.0 and -0.0 it is the one or the other, as they stand. Nor products of complex numbers, which
some processors round in the order of the factors."""


def common(listing: Listing) -> Listing:
    """Let every instruction that repeats another one give way to it."""
    first: dict[Hashable, Instruction] = {}
    by: dict[Variable, Variable] = {}
    marks = Marks()
    kept = []
    for i in listing.instructions:
        i = replaced(i, by) if by else i
        before = i if is_draw(i.op) else first.setdefault(key(i, marks), i)
        if before is i:
            kept.append(i)
            continue
        by[i.out] = before.out
        before.out.name = before.out.name or i.out.name
        before.note = before.note or i.note
    return rewritten(listing, kept, by)


def key(i: Instruction, marks: Marks) -> Hashable:
    """Equal for two instructions that compute the same, and lay it out in memory alike."""
    op, operands = i.op, [marks[v] for v in i.operands]
    if op.func in COMMUTATIVE and i.out.dtype.kind != "c":
        operands.sort()
    return op.func, i.out.axes, *operands, frozen(op.settings) if op.settings else ()


class Marks(dict[Variable, int]):
    """A number for each variable; the same one for constants that hold the same numbers."""

    def __init__(self) -> None:
        self._constants: dict[Hashable, int] = {}

    def __missing__(self, v: Variable) -> int:
        number = len(self)
        if v.value is not None:
            number = self._constants.setdefault((v.axes, *frozen(v.value)), number)
        self[v] = number
        return number


def frozen(setting: Any) -> tuple[Hashable, ...]:
    """A setting as something that can be compared and hashed."""
    if isinstance(setting, np.ndarray):
        return ("array", setting.shape, setting.dtype.str, setting.tobytes())
    if isinstance(setting, dict):
        return ("dict", *((k, frozen(v)) for k, v in setting.items()))
    if isinstance(setting, tuple | list):
        return (type(setting).__name__, *map(frozen, setting))
    return (type(setting).__name__, repr(setting))
