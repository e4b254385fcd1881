"""Constants: what depends on no input is computed now and not in every run."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..listing import Instruction, Listing, Variable, computed, replaced, rewritten, with_operands
from ..recording.draws import is_draw


def constants(listing: Listing) -> Listing:
    """Compute instructions of constants alone; write arrays of equal entries as one number where it broadcasts."""
    by: dict[Variable, Variable] = {}
    kept = []
    for i in listing.instructions:
        i = replaced(i, by) if by else i
        if of_constants(i) and not is_draw(i.op):
            by[i.out] = folded(i)
            continue
        kept.append(i if i.out.shape is None else with_numbers(i))
    return rewritten(listing, kept, by)


def of_constants(i: Instruction) -> bool:
    """True if all operands are constants, and there are some."""
    for v in i.operands:  # a plain loop: this is asked of every instruction, and the first operand says no
        if v.value is None:
            return False
    return bool(i.operands)


def folded(i: Instruction) -> Variable:
    """The constant that an instruction computes."""
    with np.errstate(all="ignore"):
        made = Variable.constant(computed(i, [v.value for v in i.operands]))
    made.name = i.out.name
    return made


def with_numbers(i: Instruction) -> Instruction:
    """The same elementwise instruction, with numbers for arrays that hold the same number everywhere."""
    if not i.op.elementwise or i.op.settings or not any(isinstance(v.value, np.ndarray) for v in i.operands):
        return i
    rest = [v for v in i.operands if not is_uniform(v, i.out)]
    # The result must not change: neither its shape nor its dtype may come from the constant.
    if not any(v.shape == i.out.shape for v in rest) or any(v.dtype != w.dtype for v in i.operands for w in rest):
        return i
    return with_operands(
        i, tuple(Variable.constant(v.value.flat[0].item()) if is_uniform(v, i.out) else v for v in i.operands)
    )


def is_uniform(v: Variable, out: Variable) -> bool:
    """True for a constant array of floats that are all the same."""
    array: Any = v.value
    return (
        isinstance(array, np.ndarray)
        and array.dtype.kind == "f"
        and array.size > 0
        and bool(np.all(array == array.flat[0]))
    )
