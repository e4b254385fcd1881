"""Guards: back-propagation looks whether 0 times an infinite slope made nan. Where it cannot, it need not look."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...engine import (
    log_softmax,
    relu,
    sigmoid,
    sigmoid_crossentropy,
    softmax,
    softmax_crossentropy,
)
from ...engine.customizing import stop_gradient
from ...engine.rules.guard import nothing_where_nothing, unless_nothing
from ...engine.rules.indexing import item, item_at, put, put_at
from ...engine.rules.linalg import contract
from ...engine.rules.reductions import product_of_others
from ...engine.rules.shapes import cast, join
from ...engine.variables import alias
from ..listing import Instruction, Listing, Variable, replaced, rewritten
from ..recording.draws import draw

FLAT: set[Any] = {np.add, np.subtract, np.negative, np.positive, np.maximum, np.minimum, np.where, relu}
"""Functions whose slope is 1, -1, 1/2 or 0, whatever their operands are."""

BOUNDED: set[Any] = {
    np.abs, np.fabs, np.sin, np.cos, np.tanh, np.arctan, np.hypot, np.logaddexp, sigmoid, sigmoid_crossentropy,
}  # fmt: skip
"""Functions whose slope is a finite number wherever their operands are."""

POLES: set[Any] = {
    np.divide, np.power, np.reciprocal, np.floor_divide, np.remainder, np.log, np.log2, np.log10, np.log1p, np.sqrt,
    np.tan, np.exp, np.exp2, np.expm1, np.sinh, np.cosh,
}  # fmt: skip
"""Functions that make inf or nan of some finite numbers."""

CHOOSING: set[Any] = {np.where, item, item_at, put, put_at}
"""Functions that may leave out what is nan, so that the result does not show it; and their derivatives."""

BETWEEN: set[Any] = {np.sin, np.cos, np.tanh, np.arctan, np.sign, sigmoid, softmax}
"""Functions whose values lie between two bounds."""

GUARDS: set[Any] = {nothing_where_nothing, unless_nothing}

TAME: set[Any] = {
    *FLAT, *BOUNDED, *CHOOSING, *BETWEEN, *GUARDS, log_softmax, softmax_crossentropy, product_of_others, join, cast,
    alias, stop_gradient, contract, draw, np.multiply, np.square, np.matmul, np.sum, np.mean, np.prod, np.max, np.min,
    np.var, np.std, np.argmax, np.argmin, np.any, np.all, np.count_nonzero, np.allclose, np.isclose, np.array_equal,
    np.floor, np.ceil, np.trunc, np.rint, np.round, np.isnan, np.isinf, np.isfinite, np.signbit, np.greater,
    np.greater_equal, np.less, np.less_equal, np.equal, np.not_equal, np.logical_and, np.logical_or, np.logical_xor,
    np.logical_not, np.bitwise_and, np.bitwise_or, np.bitwise_xor, np.invert, np.reshape, np.expand_dims, np.squeeze,
    np.transpose, np.swapaxes, np.moveaxis, np.broadcast_to, np.copy, np.conjugate, np.real, np.imag,
}  # fmt: skip
"""Functions that make finite numbers of finite ones. Any that is not named here may have poles, and may choose."""

WILD_IF_COMPLEX: set[Any] = {*BETWEEN, *BOUNDED, log_softmax, softmax_crossentropy} - {np.abs, np.fabs}
"""Functions that are tame on the real line, and grow beyond all bounds off it."""


def guards(listing: Listing) -> Listing:
    """Leave out guards of slopes that are finite, of gradients that are not 0, and of numbers.

    A guard of a plain number costs as much as the number itself. A program without those looks once, at its
    results: if one is nan, the listing with all guards is interpreted (see `Program`).
    """
    guarding = [i for i in listing.instructions if i.op.func in GUARDS]
    if not guarding:
        return listing
    wild = set() if all(i.out.is_number for i in guarding) else wild_ones(listing)
    by: dict[Variable, Variable] = {}
    kept: list[Instruction] = []
    made_by: dict[Variable, Instruction] = {}
    for i in listing.instructions:
        i = replaced(i, by) if by else i
        if i.op.func in GUARDS and needless(i, made_by, wild):
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


def wild_ones(listing: Listing) -> set[Variable]:
    """What may be inf or nan though all inputs are finite, in a listing that can leave such a thing out again.

    As in ``np.where(x > 0, np.tanh(np.log(x)), 0)``: where x is not positive the slope of tanh is nan, and nothing
    comes in. Where nothing is left out, the result is nan as well.
    """
    wild: set[Variable] = set()
    if any(may_choose(i) or nothing_comes_in(i) for i in listing.instructions):
        for i in listing.instructions:
            if has_pole(i) or any(v in wild for v in i.operands):
                wild.add(i.out)
    return wild


def may_choose(i: Instruction) -> bool:
    """True if the result may be finite though an operand is nan."""
    return i.op.func in CHOOSING or not (i.op.func in TAME or i.op.func in POLES)


def nothing_comes_in(i: Instruction) -> bool:
    """True for a guard where it is known that some of what comes in is 0: a choice that was made already."""
    return i.op.func in GUARDS and i.operands[0].is_constant and not bool(np.all(i.operands[0].value))


def has_pole(i: Instruction) -> bool:
    """True if the result may be inf or nan though the operands are finite."""
    func = i.op.func
    if func is np.divide and i.operands[1].is_constant:
        return not bool(np.all(i.operands[1].value))
    if func is np.power and type(i.operands[1].value) in (int, float):
        exponent = i.operands[1].value
        return bool(exponent < 0 or exponent != int(exponent))
    return func not in TAME or (func in WILD_IF_COMPLEX and of_complex(i))


def of_complex(i: Instruction) -> bool:
    return any(v.dtype.kind == "c" for v in i.operands)


def needless(i: Instruction, made_by: dict[Variable, Instruction], wild: set[Variable]) -> bool:
    """True if the gradient cannot be nan where nothing came in."""
    slope_of = i.op.settings.get("slope_of")
    if i.out.is_number or slope_of in FLAT:
        return True
    came, gradient = i.operands[:2]
    if came.is_constant and bool(np.all(came.value != 0)):
        return True
    maker = made_by.get(gradient)
    slopes = [v for v in maker.operands if v is not came] if maker is not None else [gradient]
    bounded = slope_of in BOUNDED and not (slope_of in WILD_IF_COMPLEX and of_complex(i))
    if bounded and not any(v in wild for v in slopes):
        return True
    if maker is None or maker.op.func not in (np.multiply, np.divide):
        return False
    if maker.op.func is np.multiply:
        return all(finite(v, made_by) and v not in wild for v in slopes)
    return all(v.is_constant and bool(np.all(np.isfinite(v.value) & (v.value != 0))) for v in slopes)


def finite(v: Variable, made_by: dict[Variable, Instruction]) -> bool:
    """True if a variable is a finite number wherever what it was computed from is."""
    if v.is_constant:
        return bool(np.all(np.isfinite(v.value)))
    return v in made_by and made_by[v].op.func in BETWEEN and v.dtype.kind != "c"
