"""A listing: a recorded computation as a list of instructions, one operation each.

Every variable is computed once and by one instruction, so a pass can rewrite a listing without
asking when. `interpreted` is what a listing *means*; all passes keep that, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..engine import Operation

FORWARD, BACKWARD, UPDATE = "forward", "backward", "update"


OF_NUMBERS = {kind: np.dtype(kind) for kind in (float, int, bool, complex)}
OBJECT = np.dtype("O")


class Variable:
    """What an instruction reads or computes.

    Attributes
    ----------
    shape : tuple of int, or None
        None for a number, which is a plain Python number and never a 0-d array.
    dtype : dtype
        Of a number: float64, complex128, int64 or bool.
    name : str
        What a user called it; "" where nobody named it.
    value : number, ndarray or None
        Of a constant.
    axes : tuple of int, or None
        How an array lies in memory, if not row by row: its axes, the one with the longest strides first. A sum
        adds up in the order of memory, so that a program lays its arrays out as the engine did.
    """

    __slots__ = ("axes", "dtype", "name", "shape", "value")

    def __init__(self, shape: tuple[int, ...] | None, dtype: Any, name: str = "", value: Any = None) -> None:
        self.shape = shape
        self.dtype = dtype
        self.name = name
        self.value = value
        self.axes: tuple[int, ...] | None = None

    @classmethod
    def like(cls, data: Any, name: str = "") -> Variable:
        """A variable that can hold these data."""
        if isinstance(data, np.ndarray):
            made = cls(data.shape, data.dtype, name)
            made.axes = axes_of(data)
            return made
        return cls(None, OF_NUMBERS.get(type(data), OBJECT), name)

    @classmethod
    def constant(cls, data: Any) -> Variable:
        """A variable that always holds these data."""
        made = cls.like(data)
        made.value = data
        return made

    @property
    def is_constant(self) -> bool:
        return self.value is not None

    @property
    def is_number(self) -> bool:
        return self.shape is None

    def __repr__(self) -> str:
        kind = "number" if self.shape is None else f"{self.shape} {self.dtype}"
        return f"<{self.name or hex(id(self))}: {kind}{f' = {self.value}' if self.is_constant else ''}>"


def axes_of(array: np.ndarray) -> tuple[int, ...] | None:
    """An array's axes from the longest strides to the shortest; None for the usual order, row by row.

    Examples
    --------
    >>> axes_of(np.zeros((2, 3))), axes_of(np.zeros((3, 2)).T)
    (None, (1, 0))
    """
    if array.flags.c_contiguous:
        return None
    axes = tuple(sorted(range(array.ndim), key=lambda a: -abs(array.strides[a])))
    return None if axes == tuple(range(array.ndim)) else axes


def laid_out(array: np.ndarray, axes: tuple[int, ...] | None) -> np.ndarray:
    """The array, lying in memory in this order of its axes; see `Variable`. A copy if it lay otherwise.

    Examples
    --------
    >>> laid_out(np.zeros((2, 3)), (1, 0)).strides
    (8, 16)
    """
    if axes_of(array) == axes or (axes is not None and len(axes) != array.ndim):
        return array
    if axes is None:
        return np.ascontiguousarray(array)
    back = [axes.index(a) for a in range(array.ndim)]
    return np.ascontiguousarray(array.transpose(axes)).transpose(back)


@dataclass(slots=True, eq=False)
class Instruction:
    """One operation: ``out = op(*operands)``.

    Attributes
    ----------
    part : {"forward", "backward", "update"}
    note : Factor or None
        The factor of the chain rule that it multiplies by, for the reader.
    """

    op: Operation
    operands: tuple[Variable, ...]
    out: Variable
    part: str = FORWARD
    note: Any = None


@dataclass(frozen=True)
class Listing:
    """Instructions in the order in which they run.

    Attributes
    ----------
    inputs : tuple of Variable
        What a run is given, in the order of its arguments.
    instructions : tuple of Instruction
    outputs : tuple of Variable
        What a run returns.
    stores : tuple of (Variable, Variable)
        ``(input, new)``: after the run, the memory of this input holds what was computed as new.
    """

    inputs: tuple[Variable, ...]
    instructions: tuple[Instruction, ...]
    outputs: tuple[Variable, ...]
    stores: tuple[tuple[Variable, Variable], ...] = field(default=())

    def but(self, **changes: Any) -> Listing:
        """The same with some of it replaced."""
        return replace(self, **changes)

    @property
    def results(self) -> Iterator[Variable]:
        """All variables that are wanted in the end."""
        yield from self.outputs
        yield from (new for _, new in self.stores)

    def __str__(self) -> str:
        return "\n".join(text_lines(self))


def rewritten(listing: Listing, instructions: Iterable[Instruction], by: Mapping[Variable, Variable]) -> Listing:
    """The listing with these instructions, whose operands are `replaced` already, and with its results replaced."""
    return listing.but(
        instructions=tuple(instructions),
        outputs=tuple(by.get(v, v) for v in listing.outputs),
        stores=tuple((old, by.get(new, new)) for old, new in listing.stores),
    )


def replaced(i: Instruction, by: Mapping[Variable, Variable]) -> Instruction:
    """The same instruction, reading what took the place of its operands; itself if nothing did."""
    for v in i.operands:
        if v in by:
            return with_operands(i, tuple([by.get(w, w) for w in i.operands]))
    return i


def with_operands(i: Instruction, operands: tuple[Variable, ...]) -> Instruction:
    """The same instruction of other operands."""
    return Instruction(i.op, operands, i.out, i.part, i.note)


def uses(listing: Listing) -> dict[Variable, int]:
    """How often each variable is read, by instructions and as a result."""
    counts: dict[Variable, int] = {}
    for v in (*(v for i in listing.instructions for v in i.operands), *listing.results):
        counts[v] = counts.get(v, 0) + 1
    return counts


# ------------------------------------------------------------------------------- what it means


def computed(i: Instruction, operands: list[Any]) -> Any:
    """The result of one instruction, as the engine computes it: NumPy's answer at poles, numbers as Python's."""
    op = i.op
    if op.scalar is not None and not op.settings and all(type(x) in (float, int) for x in operands):
        numbers = [float(x) for x in operands]
        try:
            return op.scalar(*numbers)
        except (ArithmeticError, ValueError):
            return float(op.func(*map(np.float64, numbers)))
    result = op.compute(*operands, **op.settings)
    if isinstance(result, np.generic) or (type(result) is np.ndarray and result.ndim == 0):
        return result.item()
    return laid_out(result, i.out.axes) if type(result) is np.ndarray else result


def interpreted(listing: Listing, inputs: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Run a listing instruction by instruction: its outputs, and what is to be stored.

    This is the definition of what a listing computes. Programs are faster and give the same.
    """
    values = dict(zip(listing.inputs, inputs, strict=True))
    for i in listing.instructions:
        values[i.out] = computed(i, [v.value if v.is_constant else values[v] for v in i.operands])
    found = [v.value if v.is_constant else values[v] for v in listing.results]
    return found[: len(listing.outputs)], found[len(listing.outputs) :]


# ------------------------------------------------------------------------------- as text


def text_lines(listing: Listing) -> Iterator[str]:
    """A line an instruction, for reading a pass before and after: ``3: add(1, w) (2, 3)``."""
    numbers: dict[Variable, str] = {}
    for v in listing.inputs:
        numbers[v] = v.name or f"in{len(numbers)}"
        yield f"{numbers[v]}: input {'number' if v.is_number else v.shape}"
    for count, i in enumerate(listing.instructions):
        numbers[i.out] = str(count)
        settings = "".join(f", {k}={v!r}" for k, v in i.op.settings.items())
        operands = ", ".join(repr(v.value) if v.is_constant else numbers[v] for v in i.operands)
        shape = "number" if i.out.is_number else i.out.shape
        yield f"{count}: {i.op.symbol}({operands}{settings}) {shape}{f'  [{i.out.name}]' if i.out.name else ''}"
    yield f"returns {', '.join(repr(v.value) if v.is_constant else numbers[v] for v in listing.outputs)}"
    yield from (f"stores {numbers[new]} in {numbers[old]}" for old, new in listing.stores)
