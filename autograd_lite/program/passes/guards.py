"""Guards: back-propagation looks whether 0 times an infinite slope made nan. Where it cannot, it need not look."""

from __future__ import annotations

import numpy as np

from ...engine import relu, sigmoid, sigmoid_crossentropy, softmax
from ...engine.rules.guard import nothing_where_nothing, unless_nothing
from ..listing import Instruction, Listing, Variable, replaced, rewritten

BOUNDED = {
    np.add, np.subtract, np.negative, np.positive, np.abs, np.fabs, np.sin, np.cos, np.tanh, np.arctan, np.hypot,
    np.maximum, np.minimum, np.logaddexp, np.where, np.remainder, relu, sigmoid, sigmoid_crossentropy,
}  # fmt: skip
"""Functions whose slope is a finite number wherever their operands are."""


BETWEEN = {np.sin, np.cos, np.tanh, np.arctan, np.sign, sigmoid, softmax}
"""Functions whose values lie between two bounds."""

GUARDS = {nothing_where_nothing, unless_nothing}


def guards(listing: Listing) -> Listing:
    """Leave out guards of slopes that are finite, of gradients that are not 0, and of numbers.

    A guard of a plain number costs as much as the number itself. A program without those looks once, at its
    results: if one is nan, the listing with all guards is interpreted (see `Program`).
    """
    if not any(i.op.func in GUARDS for i in listing.instructions):
        return listing
    by: dict[Variable, Variable] = {}
    kept: list[Instruction] = []
    made_by: dict[Variable, Instruction] = {}
    for i in listing.instructions:
        i = replaced(i, by) if by else i
        if i.op.func in GUARDS and needless(i, made_by):
            gradient = i.operands[-1]
            by[i.out] = gradient
            gradient.name = gradient.name or i.out.name
            maker = made_by.get(gradient)
            if maker is not None:
                maker.note = maker.note or i.note
            continue
        made_by[i.out] = i
        kept.append(i)
    return rewritten(listing, kept, by)


def needless(i: Instruction, made_by: dict[Variable, Instruction]) -> bool:
    """True if the gradient cannot be nan where nothing came in."""
    if i.out.is_number or i.op.settings.get("slope_of") in BOUNDED:
        return True
    came, gradient = i.operands[:2]
    if came.is_constant and bool(np.all(came.value != 0)):
        return True
    maker = made_by.get(gradient)
    if maker is None or maker.op.func not in (np.multiply, np.divide):
        return False
    other = [v for v in maker.operands if v is not came]
    if maker.op.func is np.multiply:
        return all(finite(v, made_by) for v in other)
    return all(v.is_constant and bool(np.all(np.isfinite(v.value) & (v.value != 0))) for v in other)


def finite(v: Variable, made_by: dict[Variable, Instruction]) -> bool:
    """True if a variable is a finite number wherever what it was computed from is."""
    if v.is_constant:
        return bool(np.all(np.isfinite(v.value)))
    return v in made_by and made_by[v].op.func in BETWEEN
