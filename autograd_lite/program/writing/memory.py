"""Memory: which arrays a program allocates once, and what is written into which of them.

A block is free again after the last instruction that reads what is in it. An elementwise
instruction may write over an operand that nobody reads afterwards. A result may be a view of an operand: then it
lives in that operand's block. Of a function that is not known to make an array of its own, that is assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
from ...engine.rules.indexing import is_basic, item, put, put_at
from ...engine.rules.reductions import product_of_others
from ...engine.rules.shapes import cast, join
from ...engine.variables import alias
from ..listing import Instruction, Listing, Variable
from ..recording.draws import draw

VIEWS: set[Callable[..., Any]] = {
    alias, stop_gradient, np.reshape, np.expand_dims, np.squeeze, np.transpose, np.swapaxes, np.moveaxis,
    np.broadcast_to, np.flip, np.fliplr, np.flipud, np.rot90, np.rollaxis, np.matrix_transpose, np.diagonal,
    np.linalg.matrix_transpose, np.linalg.diagonal, np.real,
}  # fmt: skip
"""Functions whose result lies in their first operand's memory, or may."""

FRESH: set[Callable[..., Any]] = {
    np.where, np.var, np.std, np.round, np.argmax, np.argmin, np.any, np.all, np.count_nonzero, np.isclose, np.allclose,
    np.array_equal, cast, product_of_others, unless_nothing, draw,
}  # fmt: skip
"""Functions that allocate their result; those that write it where they are told do as well."""

IN_PLACE: set[Callable[..., Any]] = {sigmoid, relu, softmax, log_softmax, nothing_where_nothing}
"""Functions of our own that a program's helpers write into a given array, which may be their operand."""

HELPED: set[Callable[..., Any]] = {put, put_at, sigmoid_crossentropy, softmax_crossentropy, *IN_PLACE}
"""Functions of our own that a program's helpers write into a given array."""

TAKES_OUT: set[Callable[..., Any]] = {np.matmul, np.sum, np.mean, np.max, np.min, np.prod, np.copy, join, *HELPED}
"""Functions besides NumPy's ufuncs that write their result into a given array."""


@dataclass(eq=False, slots=True)
class Block:
    """One array that is allocated once.

    Attributes
    ----------
    shape, dtype
    owner : Variable
        The first that lies in it.
    given : bool
        It belongs to the caller, who passes it in: a vector of weights, or a part of it.
    axes : tuple of int, or None
        How it lies in memory; see `Variable`.
    tenants : list of Variable
        All that lie in it, one after the other.
    """

    shape: tuple[int, ...]
    dtype: np.dtype
    owner: Variable
    given: bool = False
    axes: tuple[int, ...] | None = None
    tenants: list[Variable] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        return int(np.prod(self.shape, dtype=int)) * self.dtype.itemsize


@dataclass(frozen=True)
class Layout:
    """Where every array of a listing lies.

    Attributes
    ----------
    blocks : list of Block
    of : dict
        The block of each variable that has one. Others are views of inputs, or allocated in every run.
    """

    blocks: list[Block]
    of: dict[Variable, Block]


def is_view(i: Instruction) -> bool:
    """True if the result lies in the first operand's memory (or may: a reshape sometimes copies)."""
    if i.op.func is item:
        return is_basic(i.op.settings.get("index", ()))
    return i.op.func in VIEWS


def takes_out(i: Instruction) -> bool:
    """True if the instruction can write into an array that it is given."""
    func = i.op.func
    return not i.out.is_number and (func in TAKES_OUT or (isinstance(func, np.ufunc) and func.nout == 1))


def lies_in(i: Instruction) -> tuple[Variable, ...]:
    """The operands in whose memory the result may lie."""
    if i.out.is_number or takes_out(i) or i.op.func in FRESH or (i.op.func is item and not is_view(i)):
        return ()
    return i.operands[:1] if is_view(i) else tuple(v for v in i.operands if not v.is_number)


def may_overwrite(i: Instruction, v: Variable) -> bool:
    """True if the result may be written over this operand."""
    if i.op.func is nothing_where_nothing and v is not i.operands[1]:
        return False
    if i.op.func is np.multiply and i.out.dtype.kind == "c":  # of one complex number NumPy then rounds otherwise
        return False
    safe = (isinstance(i.op.func, np.ufunc) and i.op.func.signature is None) or i.op.func in IN_PLACE
    return safe and v.shape == i.out.shape and v.dtype == i.out.dtype and v.axes == i.out.axes


class Lifetimes:
    """How long the memory of each variable is needed.

    A view lies in the memory of its root, which is needed as long as the view is. There may be several of which
    it is not known in which of them it lies, or whether.
    """

    def __init__(self, listing: Listing) -> None:
        self._roots: dict[Variable, tuple[Variable, ...]] = {}
        self.last: dict[Variable, int] = {}
        for at, i in enumerate(listing.instructions):
            if viewed := lies_in(i):
                self._roots[i.out] = tuple(dict.fromkeys(r for v in viewed for r in self.roots(v)))
            for v in (*i.operands, i.out):
                self._touch(v, at)
        for v in listing.results:
            self._touch(v, len(listing.instructions))

    def _touch(self, v: Variable, at: int) -> None:
        for r in self._roots.get(v, ()) or (v,):
            self.last[r] = at

    def roots(self, v: Variable) -> tuple[Variable, ...]:
        """The variables in whose memory v lies, or may lie; v itself, if it has its own."""
        return self._roots.get(v, (v,))

    def ending(self, at: int, i: Instruction) -> list[Variable]:
        """The roots that this instruction is the last to touch."""
        touched = dict.fromkeys(r for v in (*i.operands, i.out) for r in self.roots(v))
        return [r for r in touched if self.last[r] == at]


def layout_of(listing: Listing, given: Mapping[Variable, Block] | None = None) -> Layout:
    """A block for every array that an instruction can write into one.

    Parameters
    ----------
    given : dict, optional
        Blocks that are decided already, by what is to be written into them.
    """
    lives = Lifetimes(listing)
    of: dict[Variable, Block] = dict(given or {})
    blocks = list(dict.fromkeys(of.values()))
    free: list[Block] = []
    for at, i in enumerate(listing.instructions):
        ending = lives.ending(at, i)
        if is_view(i):
            (root, *others) = lives.roots(i.out)
            if root in of and not others:
                of[i.out] = of[root]
        elif takes_out(i):
            if i.out not in of:
                of[i.out] = overwritten(i, ending, lives, of) or free_block(free, i.out) or new_block(i.out, blocks)
            of[i.out].tenants.append(i.out)
        for r in ending:
            if r in of and not of[r].given and (r is i.out or of[r] is not of.get(i.out)):
                free.append(of[r])
    return Layout(blocks, of)


def overwritten(i: Instruction, ending: list[Variable], lives: Lifetimes, of: dict[Variable, Block]) -> Block | None:
    """The block of an operand that is read for the last time, if the result may lie there."""
    for v in sorted(i.operands, key=lambda v: bool(v.name)):  # a step on the way rather than what has a name
        if v in ending and v in of and not of[v].given and may_overwrite(i, v):
            same_memory = [w for w in i.operands if v in lives.roots(w)]
            if all(w is v for w in same_memory):
                return of[v]
    return None


def free_block(free: list[Block], v: Variable) -> Block | None:
    """A block of this shape and dtype that nobody needs any more."""
    for block in free:
        if block.shape == v.shape and block.dtype == v.dtype and block.axes == v.axes:
            free.remove(block)
            return block
    return None


def new_block(v: Variable, blocks: list[Block]) -> Block:
    """Another block, for this variable first."""
    assert v.shape is not None, "numbers need no block"
    blocks.append(Block(v.shape, v.dtype, v, axes=v.axes))
    return blocks[-1]
