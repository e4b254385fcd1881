"""Algebra: identities that hold to the last bit. ``x * 1`` is ``x``; two transposes undo each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...engine.customizing import stop_gradient
from ...engine.rules.indexing import item
from ...engine.rules.shapes import cast, inverse_permutation
from ...engine.rules.table import RULES
from ...engine.variables import alias
from ..listing import Instruction, Listing, Variable, replaced, rewritten, with_operands

MadeBy = dict[Variable, Instruction]


def algebra(listing: Listing) -> Listing:
    """Replace what an identity says is the same as something simpler."""
    by: dict[Variable, Variable] = {}
    made_by: MadeBy = {}
    kept = []
    for i in listing.instructions:
        i = replaced(i, by) if by else i
        identity = IDENTITIES.get(i.op.func)
        same = identity(i, made_by) if identity is not None else None
        if same is not None:
            by[i.out] = same
            same.name = same.name or i.out.name
            continue
        if i.out.shape is not None:
            i = as_square(without_broadcasts(i, made_by))
        made_by[i.out] = i
        kept.append(i)
    return rewritten(listing, kept, by)


def itself(i: Instruction, made_by: MadeBy) -> Variable | None:
    """``=x`` is x."""
    return i.operands[0]


def same_kind(i: Instruction, v: Variable) -> bool:
    return v.shape == i.out.shape and v.dtype == i.out.dtype


def lies_alike(i: Instruction, v: Variable, made_by: MadeBy) -> bool:
    """True if v lies in memory like the result that it replaces: a sum adds up in the order of memory."""
    return v.axes == i.out.axes and (v not in made_by or made_by[v].op.func not in SPARSE)


SPARSE = {np.broadcast_to, item}
"""Functions whose result may be a view with gaps, or of one entry many times."""


def if_unchanged(i: Instruction, made_by: MadeBy) -> Variable | None:
    """What is given its own shape is itself."""
    return i.operands[0] if same_kind(i, i.operands[0]) else None


def if_of_this_dtype(i: Instruction, made_by: MadeBy) -> Variable | None:
    """What is cast to its own dtype is itself."""
    x = i.operands[0]
    return x if same_kind(i, x) and lies_alike(i, x, made_by) else None


def times_one(i: Instruction, made_by: MadeBy) -> Variable | None:
    """``x * 1``, ``1 * x``. A complex number times 1 is another one, if a part of it is inf or a negative zero."""
    if i.out.dtype.kind == "c":
        return None
    x, y = i.operands
    for kept, other in ((x, y), (y, x)):
        if is_number(other, 1) and same_kind(i, kept) and lies_alike(i, kept, made_by):
            return kept
    return None


def over_one(i: Instruction, made_by: MadeBy) -> Variable | None:
    """``x / 1``, ``x ** 1`` of real numbers."""
    x, y = i.operands
    if i.out.dtype.kind == "c":
        return None
    return x if is_number(y, 1) and same_kind(i, x) and lies_alike(i, x, made_by) else None


def twice_negative(i: Instruction, made_by: MadeBy) -> Variable | None:
    """``-(-x)``."""
    inner = made_by.get(i.operands[0])
    if inner is None or inner.op.func is not np.negative:
        return None
    x = inner.operands[0]
    return x if same_kind(i, x) and lies_alike(i, x, made_by) else None


def if_real(i: Instruction, made_by: MadeBy) -> Variable | None:
    """The conjugate and the real part of real numbers."""
    x = i.operands[0]
    return x if x.dtype.kind == "f" and same_kind(i, x) and lies_alike(i, x, made_by) else None


def conjugated(i: Instruction, made_by: MadeBy) -> Variable | None:
    """The conjugate of real numbers, and of a conjugate."""
    inner = made_by.get(i.operands[0])
    if inner is None or inner.op.func is not np.conjugate:
        return if_real(i, made_by)
    x = inner.operands[0]
    return x if same_kind(i, x) and lies_alike(i, x, made_by) else None


def transposed_back(i: Instruction, made_by: MadeBy) -> Variable | None:
    """``x.T.T``."""
    inner = made_by.get(i.operands[0])
    if inner is None or inner.op.func is not np.transpose:
        return None
    ndim = len(i.out.shape or ())
    first = inner.op.settings.get("axes") or tuple(reversed(range(ndim)))
    second = i.op.settings.get("axes") or tuple(reversed(range(ndim)))
    return inner.operands[0] if tuple(a % ndim for a in second) == inverse_permutation(first) else None


def is_number(v: Variable, number: float) -> bool:
    return type(v.value) in (int, float) and v.value == number


IDENTITIES: dict[Callable[..., Any], Callable[[Instruction, MadeBy], Variable | None]] = {
    alias: itself,
    stop_gradient: itself,
    np.conjugate: conjugated,
    np.real: if_real,
    np.positive: if_of_this_dtype,
    cast: if_of_this_dtype,
    np.reshape: if_unchanged,
    np.broadcast_to: if_unchanged,
    np.multiply: times_one,
    np.divide: over_one,
    np.power: over_one,
    np.negative: twice_negative,
    np.transpose: transposed_back,
}


def as_square(i: Instruction) -> Instruction:
    """``x ** 2`` of an array of real numbers as its square, which NumPy computes three times as fast."""
    real = i.op.func is np.power and not i.out.is_number and i.out.dtype.kind != "c"
    if real and is_number(i.operands[1], 2) and same_kind(i, i.operands[0]):
        return Instruction(RULES[np.square], i.operands[:1], i.out, i.part, i.note)
    return i


def without_broadcasts(i: Instruction, made_by: MadeBy) -> Instruction:
    """An elementwise instruction broadcasts by itself: an operand that was broadcast before is read as it was."""
    if not i.op.elementwise or i.op.settings:
        return i
    broadcast = [v for v in i.operands if v in made_by and made_by[v].op.func is np.broadcast_to]
    rest = [v for v in i.operands if v not in broadcast]
    if not broadcast or not any(v.shape == i.out.shape and v.dtype == i.out.dtype for v in rest):
        return i
    return with_operands(i, tuple(made_by[v].operands[0] if v in broadcast else v for v in i.operands))
