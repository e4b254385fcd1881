"""Reading: the graph of Values that a recording left behind, as a `Listing`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..engine import Operation, Value
from ..engine.calculus import alias
from ..engine.tracing import Trace, moment_of
from .listing import BACKWARD, FORWARD, Instruction, Listing, Variable


@dataclass(frozen=True, slots=True)
class Factor:
    """What a backward line multiplies by: the derivative of ``v = op(*operands)`` with respect to one of them."""

    op: Operation
    operands: tuple[Variable, ...]
    v: Variable
    to: Variable


class Reader:
    """Makes variables of Values: one for each, and one for each constant."""

    def __init__(self, inputs: Sequence[Value]) -> None:
        self.variables: dict[Any, Variable] = {v: Variable.like(v._data, v.name or "") for v in inputs}
        self._constants: dict[Any, Variable] = {}
        self._kept: list[Any] = []  # so that no other constant gets the address of one that died

    def of(self, thing: Any) -> Variable:
        """The variable of a Value or of a constant operand."""
        if isinstance(thing, Value):
            if thing not in self.variables:
                made = Variable.like(thing._data)
                made.name = thing.name or ""
                self.variables[thing] = made
            return self.variables[thing]
        key = id(thing) if isinstance(thing, np.ndarray) else (type(thing), repr(thing))
        if key not in self._constants:
            self._constants[key] = Variable.constant(thing)
            self._kept.append(thing)
        return self._constants[key]


def everything_behind(roots: Iterable[Value]) -> list[Value]:
    """Every Value that these were computed from, in the order in which they were made."""
    found = set(roots)
    todo = list(found)
    while todo:
        for a in todo.pop().args:
            if isinstance(a, Value) and a not in found:
                found.add(a)
                todo.append(a)
    return sorted(found, key=moment_of)


def listing_of(
    inputs: Sequence[Value], outputs: Sequence[Value], trace: Trace, effects: Sequence[Value] = ()
) -> Listing:
    """The computation of outputs from inputs.

    Parameters
    ----------
    inputs : sequence of Value
        The arguments, then the Values from outside whose numbers each run looks up anew.
    outputs : sequence of Value
    trace : Trace
        What was noted while they were computed.
    effects : sequence of Value
        What is computed in any case: random draws.
    """
    reader = Reader(inputs)
    given = set(inputs)
    backward = set(behind_gradients(trace))
    instructions = []
    for v in everything_behind([*outputs, *effects]):
        if v.op is not None and v not in given:
            part = BACKWARD if v in backward else FORWARD
            instructions.append(Instruction(v.op, tuple(map(reader.of, v.args)), reader.of(v), part))
    name_gradients(trace, reader)
    note_factors(trace, reader, {i.out: i for i in instructions})
    return Listing(tuple(map(reader.of, inputs)), tuple(instructions), tuple(map(reader.of, outputs)))


def behind_gradients(trace: Trace) -> list[Value]:
    """Everything that only back-propagation computed: behind a gradient, and not behind what was differentiated."""
    if not trace.walks:
        return []
    forward = set(everything_behind([trace.walks[0][0]]))
    gradients = [g for _, totals in trace.walks for _, g in totals if isinstance(g, Value)]
    return [v for v in everything_behind(gradients) if v not in forward]


def name_gradients(trace: Trace, reader: Reader) -> None:
    """Call the gradient of ``dense_z`` ``d_dense_z``."""
    for _, totals in trace.walks:
        for v, gradient in totals:
            while v.op is not None and v.op.func is alias:
                v = v.args[0]
            if isinstance(gradient, Value) and gradient in reader.variables and v.name:
                variable = reader.variables[gradient]
                if gradient.op is not None:
                    variable.name = variable.name or f"d_{v.name}"


def note_factors(trace: Trace, reader: Reader, made_by: dict[Variable, Instruction]) -> None:
    """Write beside each gradient which factor of the chain rule it brought in."""
    for gradient, v, a in trace.factors:
        if isinstance(gradient, Value) and v.op.func is not alias and gradient in reader.variables:
            instruction = made_by.get(reader.variables[gradient])
            if instruction is not None and instruction.note is None:
                instruction.note = Factor(v.op, tuple(map(reader.of, v.args)), reader.of(v), reader.of(a))
