"""Reading: the graph of Values that a recording left behind, as a `Listing`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...engine import Operation, Value
from ...engine.tracing import Trace, moment_of
from ...engine.variables import alias
from ..listing import BACKWARD, FORWARD, Instruction, Listing, Variable


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
            found = self.variables.get(thing)
            if found is None:
                found = Variable.like(thing._data) if thing.op is not None else Variable.constant(thing._data)
                found.name = thing.name or ""
                self.variables[thing] = found
            return found
        key = id(thing) if isinstance(thing, np.ndarray) else (type(thing), repr(thing))
        found = self._constants.get(key)
        if found is None:
            found = self._constants[key] = Variable.constant(thing)
            self._kept.append(thing)
        return found


def behind(roots: Iterable[Value]) -> set[Value]:
    """Every Value that these were computed from, and they themselves."""
    found = set(roots)
    todo = list(found)
    while todo:
        v = todo.pop()
        if v.op is None:
            continue
        left = v.left  # not v.args, which makes a tuple of both: graphs of numbers have 100,000 Values
        for a in left if type(left) is tuple else (left, v.right):
            if isinstance(a, Value) and a not in found:
                found.add(a)
                todo.append(a)
    return found


def everything_behind(roots: Iterable[Value]) -> list[Value]:
    """Every Value that these were computed from, in the order in which they were made."""
    return sorted(behind(roots), key=moment_of)


def listing_of(inputs: Sequence[Value], outputs: Sequence[Value], trace: Trace, everything: Sequence[Value]) -> Listing:
    """The computation of outputs from inputs.

    Parameters
    ----------
    inputs : sequence of Value
        The arguments, then the Values from outside whose numbers each run looks up anew.
    outputs : sequence of Value
    trace : Trace
        What was noted while they were computed.
    everything : sequence of Value
        What is to be computed, in this order: `everything_behind` the outputs and the random draws.
    """
    reader = Reader(inputs)
    given = set(inputs)
    backward = behind_gradients(trace)
    instructions = []
    for v in everything:
        if v.op is not None and v not in given:
            part = BACKWARD if v in backward else FORWARD
            instructions.append(Instruction(v.op, tuple(map(reader.of, v.args)), reader.of(v), part))
    name_gradients(trace, reader)
    note_factors(trace, reader, {i.out: i for i in instructions})
    return Listing(tuple(map(reader.of, inputs)), tuple(instructions), tuple(map(reader.of, outputs)))


def behind_gradients(trace: Trace) -> set[Value]:
    """Everything that only back-propagation computed: behind a gradient, and not behind what was differentiated."""
    if not trace.walks:
        return set()
    gradients = [g for _, totals in trace.walks for _, g in totals if isinstance(g, Value)]
    return behind(gradients) - behind([trace.walks[0][0]])


def name_gradients(trace: Trace, reader: Reader) -> None:
    """Call the gradient of ``dense_z`` ``d_dense_z``."""
    for _, totals in trace.walks:
        for v, gradient in totals:
            while v.op is not None and v.op.func is alias:
                v = v.args[0]
            if v.name and isinstance(gradient, Value) and gradient.op is not None:
                variable = reader.variables.get(gradient)
                if variable is not None:
                    variable.name = variable.name or f"d_{v.name}"


def note_factors(trace: Trace, reader: Reader, made_by: dict[Variable, Instruction]) -> None:
    """Write beside each gradient which factor of the chain rule it brought in."""
    variables = reader.variables
    for gradient, v, a in trace.factors:
        variable = variables.get(gradient) if isinstance(gradient, Value) and v.op.func is not alias else None
        instruction = made_by.get(variable) if variable is not None else None
        if instruction is not None and instruction.note is None:
            instruction.note = Factor(v.op, tuple(map(reader.of, v.args)), reader.of(v), reader.of(a))
