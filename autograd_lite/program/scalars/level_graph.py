"""The graph of a listing of numbers as arrays of integers, which NumPy can sort and group.

Everything that is read has a number, its id: first the inputs, then the results of the instructions,
then the constants.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...engine import Operation
from ...engine.rules.guard import nothing_where_nothing, unless_nothing
from ...engine.rules.table import RULES
from ...engine.variables import alias
from ..listing import Instruction, Listing, Variable
from ..passes.common import frozen
from ..writing.calling import tells_integers

Integers = np.ndarray[Any, np.dtype[np.intp]]

UNCHANGED: set[Callable[..., Any]] = {
    alias, np.positive, np.sum, np.mean, np.prod, np.max, np.min, np.copy, np.reshape, np.squeeze, np.transpose,
    np.broadcast_to,
}  # fmt: skip
"""Functions that give a number back as it is."""

ELEMENTWISE: set[Callable[..., Any]] = {np.where, np.round, nothing_where_nothing, unless_nothing}
"""Functions that compute each entry by itself, besides those that say so (`Operation.elementwise`)."""

LOGIC: set[Callable[..., Any]] = {np.bitwise_and, np.bitwise_or, np.bitwise_xor, np.invert}
"""Functions that do not take floats."""


@dataclass(frozen=True, eq=False)
class Kind:
    """Instructions that one call can compute together.

    Attributes
    ----------
    op : Operation
    how : {"ufunc", "function", "copy", "each"}
        A ufunc writes its result where it is told; a function's result is copied there; "each" is called for
        each number, because nothing is known about vectors.
    of_bools : bool
        All operands are True or False, which lie in the vector as 1.0 and 0.0: what counts is whether they are 0.
    """

    op: Operation
    how: str
    of_bools: bool


@dataclass(frozen=True, eq=False)
class Graph:
    """A listing as arrays.

    Attributes
    ----------
    inputs : int
        How many there are; instruction k has the id ``inputs + k``.
    kinds : list of Kind
    kind : array of shape (instructions,)
        The kind of each instruction.
    operands : array of shape (instructions, most operands)
        Their ids; -1 where an instruction has fewer.
    constants : list of float
    outputs : array
        The ids of the results.
    """

    inputs: int
    kinds: list[Kind]
    kind: Integers
    operands: Integers
    constants: list[float]
    outputs: Integers

    @property
    def count(self) -> int:
        """How many ids there are."""
        return self.inputs + len(self.kind) + len(self.constants)

    def is_kind(self, func: Callable[..., Any]) -> np.ndarray:
        """Which instructions call this function on floats, without settings."""
        kinds = [k.op.func is func and not k.op.settings and not k.of_bools for k in self.kinds]
        found: np.ndarray = np.array(kinds, bool)[self.kind] if kinds else np.zeros(0, bool)
        return found


def of_numbers(listing: Listing) -> bool:
    """True if everything in a listing is a real number, so that it can be written in levels or chunks.

    Examples
    --------
    >>> import numpy as np
    >>> from autograd_lite.program.recording.recorder import recording_of
    >>> of_numbers(recording_of(lambda x: x + x, (1.0,), {}).listing)
    True
    >>> of_numbers(recording_of(lambda x: x + x, (np.ones(3),), {}).listing)
    False
    """
    there = {*listing.inputs, *listing.outputs, *(v for i in listing.instructions for v in (i.out, *i.operands))}
    return not listing.stores and all(map(is_plain, there)) and not any(map(needs_integers, listing.instructions))


def needs_integers(i: Instruction) -> bool:
    """True for whole numbers in a function that does not take floats for them, such as a shift or ``&``."""
    if i.op.func in LOGIC:
        return any(v.dtype.kind != "b" for v in i.operands)
    return isinstance(i.op.func, np.ufunc) and tells_integers(i.op.func)


def is_plain(v: Variable) -> bool:
    return v.shape is None and v.dtype.kind in "fib"


def graph_of(listing: Listing) -> Graph:
    """The arrays of a listing."""
    instructions, first = listing.instructions, len(listing.inputs)
    read = [v for i in instructions for v in i.operands]
    ids: dict[Variable, int] = {v: n for n, v in enumerate(listing.inputs)}
    ids.update((i.out, n) for n, i in enumerate(instructions, first))
    is_bool = [v.dtype.kind == "b" for v in (*listing.inputs, *(i.out for i in instructions))]
    constants: dict[tuple[float, str, bool], int] = {}  # equal ones share an id
    for v in dict.fromkeys((*read, *listing.outputs)):
        if v.value is not None:
            key = (float(v.value), repr(float(v.value)), v.dtype.kind == "b")  # 0.0 == -0.0
            ids[v] = constants.setdefault(key, first + len(instructions) + len(constants))
    is_bool += [of_bool for *_, of_bool in constants]
    operands = matrix(list(map(ids.__getitem__, read)), [len(i.operands) for i in instructions])
    ops = [i.op for i in instructions]
    for n, i in enumerate(instructions):
        if i.op.func is np.power and i.operands[1].value in SIMPLER:
            ops[n], operands[n, 1] = SIMPLER[i.operands[1].value], -1
    of_bools: np.ndarray = np.all(np.array([*is_bool, True])[operands], axis=1)
    kinds, kind = kinds_of(ops, of_bools)
    outputs = np.array([ids[v] for v in listing.outputs], np.intp)
    return Graph(first, kinds, kind, operands, [value for value, *_ in constants], outputs)


def matrix(flat: list[int], counts: list[int]) -> Integers:
    """Rows of these lengths, padded with -1."""
    lengths = np.array(counts, np.intp)
    padded: Integers = np.full((len(counts), int(lengths.max(initial=1))), -1)
    padded[np.arange(padded.shape[1]) < lengths[:, None]] = flat
    return padded


def kinds_of(ops: list[Operation], of_bools: np.ndarray) -> tuple[list[Kind], Integers]:
    """The different kinds, and the number of each instruction's."""
    functions: dict[Any, int] = {}
    number = {op: functions.setdefault((op.func, frozen(settings_of(op))), len(functions)) for op in dict.fromkeys(ops)}
    first = {n: op for op, n in reversed(number.items())}
    numbers = 2 * np.array([number[op] for op in ops], np.intp) + of_bools
    different, kind = np.unique(numbers, return_inverse=True)
    kinds = [Kind(first[n // 2], how_computed(first[n // 2]), bool(n % 2)) for n in different.tolist()]
    return kinds, kind.reshape(-1)


def settings_of(op: Operation) -> dict[str, Any]:
    """The settings that change a result; whose slope a guard guards does not."""
    return {} if op.func in (nothing_where_nothing, unless_nothing) else op.settings


SIMPLER = {2: RULES[np.square], -1: RULES[np.reciprocal]}
"""Powers that NumPy computes much faster under another name."""


def how_computed(op: Operation) -> str:
    """See `Kind`."""
    if isinstance(op.func, np.ufunc) and op.func.signature is None and not op.settings:
        return "copy" if op.func is np.positive else "ufunc"
    if op.func in UNCHANGED:
        return "copy"
    return "function" if op.elementwise or op.func in ELEMENTWISE else "each"
