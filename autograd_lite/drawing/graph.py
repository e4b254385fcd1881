"""A graph as numbered nodes: what is read, folded and shown, whether it comes from Values or from a program.

Nodes are numbers, operands smaller than what uses them. A constant is a node of its own wherever it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ..engine import Operation, Value
from ..engine.recording import raw_of


@dataclass
class Graph:
    """The nodes of a graph, operands before what uses them.

    Attributes
    ----------
    things : list
        For each node a Value, a variable of a program, or the data of a constant.
    ops : list of Operation or None
        What made it; None for what was given.
    operands : list of tuple of int
        Every use, so that ``x * x`` has the same one twice.
    is_constant : list of bool
        It is an operand that is no Value.
    roots : list of int
        What was asked for.
    names : dict
        Names of nodes whose things do not know them, or not those.
    roles : dict
        Roles of nodes that somebody has said.
    batch : int or None
        Of a model without data: how many examples stand for any number of them. Only what was given has numbers then.
    blank : bool
        No node but the constants has numbers: a program.
    gradients : mapping from Values, or None
        Gradients to show in the place of those that the Values hold.
    """

    things: list[Any] = field(default_factory=list)
    ops: list[Operation | None] = field(default_factory=list)
    operands: list[tuple[int, ...]] = field(default_factory=list)
    is_constant: list[bool] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    batch: int | None = None
    blank: bool = False
    gradients: Mapping[Value, Any] | None = None

    def __len__(self) -> int:
        return len(self.things)

    def add(self, thing: Any, op: Operation | None = None, operands: Iterable[int] = (), constant: bool = False) -> int:
        """A new node; its number."""
        self.things.append(thing)
        self.ops.append(op)
        self.operands.append(tuple(operands))
        self.is_constant.append(constant)
        return len(self.things) - 1

    @cached_property
    def users(self) -> list[list[int]]:
        """For each node those that use it, one for each use."""
        found: list[list[int]] = [[] for _ in self.things]
        for i, operands in enumerate(self.operands):
            for operand in operands:
                found[operand].append(i)
        return found

    @cached_property
    def root_set(self) -> frozenset[int]:
        return frozenset(self.roots)

    def is_value(self, i: int) -> bool:
        """True for a Value, False for a constant and for the variables of a program."""
        return not self.blank and not self.is_constant[i]

    def name(self, i: int) -> str:
        """What a user calls it, as given; empty if nobody named it."""
        if i in self.names:
            return self.names[i]
        name = "" if self.is_constant[i] else self.things[i].name
        return str(name) if name else ""

    def data(self, i: int) -> Any:
        """The numbers of a node; None where there are none to show."""
        if self.is_constant[i]:
            return numbers_in(self.things[i]) if self.batch is None or i not in self.roles else None
        if self.blank or (self.batch is not None and self.ops[i] is not None):
            return None
        return raw_of(self.things[i])

    def gradient(self, i: int) -> Any:
        """The gradient of a node; None if nobody has computed it."""
        if self.blank or self.is_constant[i] or (self.batch is not None and self.ops[i] is not None):
            return None
        v = self.things[i]
        gradient = v.grad if self.gradients is None else self.gradients.get(v)
        return None if gradient is None else numbers_in(gradient)

    def carries_gradient(self, i: int) -> bool:
        if self.is_constant[i]:
            return False
        return True if self.blank else bool(self.things[i].carries_gradient)

    def shape(self, i: int) -> tuple[int, ...]:
        """The shape; () for a number."""
        thing = self.things[i]
        shape = getattr(thing, "shape", None)
        return shape or ()

    def shape_text(self, i: int) -> str:
        """``(8, 4)``; empty for a number; ``(m, 4)`` for a batch of any size."""
        shape = self.shape(i)
        if not shape:
            return ""
        if self.batch is not None and shape[0] == self.batch:
            return f"(m, {', '.join(map(str, shape[1:]))})" if len(shape) > 1 else "(m,)"
        return str(shape)

    def dtype_text(self, i: int) -> str:
        """``float64``; empty for a number."""
        dtype = getattr(self.things[i], "dtype", None)
        return str(getattr(dtype, "name", "")) if self.shape(i) else ""


def numbers_in(data: Any) -> Any:
    """A number, or an array of numbers; None where there are none."""
    if type(data) is float:
        return data
    array = np.asarray(raw_of(data))
    if array.dtype.kind not in "fciub":
        return None
    return array if array.ndim else array.item()


def graph_of_values(roots: Sequence[Value], names: Mapping[int, str] | None = None) -> Graph:
    """What some Values were computed from, each leaf and constant just before its first use.

    The order does not depend on when a leaf was last assigned to.

    Parameters
    ----------
    roots : sequence of Value
    names : mapping from positions among the roots, optional
        What roots that have no names of their own are called.

    Examples
    --------
    >>> x = Value(3.0, name="x")
    >>> graph_of_values([x * x + 1]).operands
    [(), (0, 0), (), (1, 2)]
    """
    graph, place = Graph(), dict[Value, int]()
    for v in computed_behind(roots):
        operands = []
        for a in v.args:
            if not isinstance(a, Value):
                operands.append(graph.add(a, constant=True))
            elif a in place:
                operands.append(place[a])
            else:
                place[a] = graph.add(a)
                operands.append(place[a])
        place[v] = graph.add(v, v.op, operands)
    for position, root in enumerate(roots):
        if root not in place:
            place[root] = graph.add(root)
        if place[root] not in graph.roots:
            graph.roots.append(place[root])
        if names and not root.name and position in names:
            graph.names.setdefault(place[root], names[position])
    return graph


def computed_behind(roots: Sequence[Value]) -> list[Value]:
    """Every Value behind the roots (and they themselves) that an operation made, in the order of their making."""
    found = set(roots)
    todo = list(found)
    for v in todo:
        for a in v.args:
            if isinstance(a, Value) and a not in found:
                found.add(a)
                todo.append(a)
    return sorted((v for v in todo if v.op is not None), key=moment)


def symbol_of(graph: Graph, i: int) -> str:
    """The symbol of the operation that made a node; empty for what was given."""
    op = graph.ops[i]
    return "" if op is None else op.symbol


def moment(v: Value) -> int:
    """When a Value was made."""
    return v.index if v.index >= 0 else ~v.index


def changed_nodes(graph: Graph) -> set[int]:
    """The leaves whose numbers are no longer those that a Value of the graph was computed from."""
    if graph.blank or len(graph) < 2:
        return set()
    leaves = [i for i, v in enumerate(graph.things) if graph.ops[i] is None and not graph.is_constant[i]]
    found = {i for i in leaves if graph.things[i].changed_in_place()}
    for i in leaves:
        changed = graph.things[i].changed
        if changed >= 0 and any(changed > moment(graph.things[user]) for user in graph.users[i]):
            found.add(i)
    return found
