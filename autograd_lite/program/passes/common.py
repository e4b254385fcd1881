"""Common subexpressions: what was computed once is not computed again."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np

from ..draws import is_draw
from ..listing import Instruction, Listing, Variable, substituted

COMMUTATIVE = {np.add, np.multiply, np.maximum, np.minimum, np.equal, np.not_equal}


def common(listing: Listing) -> Listing:
    """Let every instruction that repeats another one give way to it."""
    first: dict[Hashable, Instruction] = {}
    by: dict[Variable, Variable] = {}
    kept = []
    for i in listing.instructions:
        operands = tuple(by.get(v, v) for v in i.operands)
        before = None if is_draw(i.op) else first.setdefault(key(i, operands), i)
        if before is None or before is i:
            kept.append(i)
            continue
        by[i.out] = before.out
        before.out.name = before.out.name or i.out.name
        before.note = before.note or i.note
    return substituted(listing, kept, by)


def key(i: Instruction, operands: tuple[Variable, ...]) -> Hashable:
    """Equal for two instructions that compute the same."""
    marks = [mark(v) for v in operands]
    if i.op.func in COMMUTATIVE:
        marks.sort(key=repr)
    return i.op.func, tuple(marks), frozen(i.op.settings) if i.op.settings else ()


def mark(v: Variable) -> Hashable:
    """A variable is itself; a constant is its numbers."""
    return ("constant", *frozen(v.value)) if v.value is not None else id(v)


def frozen(setting: Any) -> tuple[Hashable, ...]:
    """A setting as something that can be compared and hashed."""
    if isinstance(setting, np.ndarray):
        return ("array", setting.shape, setting.dtype.str, setting.tobytes())
    if isinstance(setting, dict):
        return ("dict", *((k, frozen(v)) for k, v in setting.items()))
    if isinstance(setting, tuple | list):
        return (type(setting).__name__, *map(frozen, setting))
    return (type(setting).__name__, repr(setting))
