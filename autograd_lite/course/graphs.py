"""A student's own graph as a picture: the cards whose gradient is not right are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..drawing.drawing import Drawing
from ..drawing.numerals import brief, rows_of_gradient, rows_of_value
from ..drawing.text import clean
from ..drawing.view import OPERATION, RESULT, VARIABLE, Arrow, Card, View
from .authoring import Probe
from .comparing import same

MOST = 200
"""Nodes of a graph that is drawn."""

VALUE, ARROWS, GRADIENT = "value wrong", "arrows wrong", "gradient wrong"
SIGNS = {"*": "×", "+": "+", "-": "−", "/": "÷", "**": "^"}

WALK = """
def __nodes__(named):
    names = {id(value): name for name, value in named.items()}
    waiting, found, places = list(named.values()), [], {}
    while waiting and len(found) < 1000:
        value = waiting.pop(0)
        if id(value) not in places:
            places[id(value)] = len(found)
            parents = [] if isinstance(value, (int, float)) else list(getattr(value, "parents", None) or ())
            found.append((value, parents))
            waiting += parents
    return [
        {
            "name": names.get(id(value), ""), "op": str(getattr(value, "op", "")),
            "data": getattr(value, "data", value), "grad": getattr(value, "grad", None),
            "parents": [places[id(parent)] for parent in parents if id(parent) in places],
        }
        for value, parents in found
    ]
"""
"""Runs beside the student's code: lists the Values that are named, and all that they were computed from."""


class BadGraph(Exception):
    """What was reported is no graph; ``str`` says why."""


@dataclass(frozen=True)
class Node:
    """One node of a graph.

    Attributes
    ----------
    name, op : str
        ``x`` and nothing; ``a`` and ``+``; for a number the number.
    data, grad : number or array
        Grad is None where Values have none yet.
    parents : tuple of int
        The numbers of the nodes that it was computed from, which come before it.
    named : bool
        Whether the program has a name for it.
    """

    name: str
    op: str
    data: Any
    grad: Any
    parents: tuple[int, ...]
    named: bool = True


@dataclass(frozen=True)
class Row:
    """A node in words; ``wrong`` is empty, or says what is wrong with it."""

    formula: str
    value: str
    gradient: str
    wrong: str


@dataclass(frozen=True)
class Graph:
    """A drawing, and the same in words."""

    drawing: Drawing
    rows: tuple[Row, ...]
    summary: str


def listing(probe: Probe) -> Probe:
    """An exercise's ``GRAPH``, whose value is a dict of names and Values, as a question for a list of all nodes."""
    return replace(probe, setup=f"{probe.setup}\n{WALK}", returns=f"__nodes__({probe.returns})")


def nodes_of(value: Any) -> list[Node]:
    """The nodes from the answer to a `listing`.

    Raises
    ------
    BadGraph
    """
    if not isinstance(value, list | tuple) or not value:
        raise BadGraph("no nodes were found.")
    if len(value) > MOST:
        raise BadGraph(f"it has {len(value)} nodes, which is too many for a picture.")
    return in_order([node_of(entry, k, len(value)) for k, entry in enumerate(value)])


def node_of(entry: Mapping[str, Any], k: int, count: int) -> Node:
    data, gradient, parents = entry["data"], entry["grad"], entry["parents"]
    called = entry["name"] or f"node {k}"
    if not is_number(data) or not (gradient is None or is_number(gradient)):
        raise BadGraph(f"{called} holds {data!r} and the gradient {gradient!r}: numbers were expected."[:200])
    name = entry["name"] or (f"v{k}" if parents else short(data))
    return Node(
        name, clean(str(entry["op"]), 20) if entry["op"] else "", data, gradient, tuple(parents), bool(entry["name"])
    )


def is_number(x: Any) -> bool:
    return isinstance(x, int | float | np.number) or (isinstance(x, np.ndarray) and x.dtype.kind in "fiub")


def in_order(nodes: list[Node]) -> list[Node]:
    """Parents before what is computed from them.

    Raises
    ------
    BadGraph
        If a node is computed from itself.
    """
    order: list[int] = []
    waiting = list(range(len(nodes)))
    while waiting:
        ready = [k for k in waiting if all(p in order for p in nodes[k].parents)]
        if not ready:
            raise BadGraph(f"{nodes[waiting[0]].name} is computed from itself: the arrows go round in a circle.")
        order += ready
        waiting = [k for k in waiting if k not in ready]
    at = {old: new for new, old in enumerate(order)}
    return [replace(n, parents=tuple(at[p] for p in n.parents)) for n in (nodes[k] for k in order)]


def drawn(nodes: Sequence[Node], right: Sequence[Node], subject: str) -> Graph:
    """A picture of a graph, in which what is not as in the right one is marked."""
    wanted = {described(right, node): node for node in right} | {node.name: node for node in right}
    marks = [mark_of(nodes, node, right, wanted) for node in nodes]
    cards = tuple(card_of(nodes, k, mark) for k, mark in enumerate(marks))
    arrows = tuple(
        Arrow(parent, k, position) for k, node in enumerate(nodes) for position, parent in enumerate(node.parents)
    )
    summary = summed_up(nodes, marks)
    rows = tuple(
        Row(card.definition, short(node.data), "" if node.grad is None else short(node.grad), mark)
        for card, node, mark in zip(cards, nodes, marks, strict=True)
    )
    return Graph(Drawing(View(cards, arrows, subject=subject, remarks=(summary,))), rows, summary)


def described(nodes: Sequence[Node], node: Node) -> str:
    """How a node was computed, in which nodes without a name of their own are written out."""
    own = [nodes[p].name if nodes[p].named else described(nodes, nodes[p]) for p in node.parents]
    return f"({f' {node.op} '.join(own) if len(own) > 1 else f'{node.op} {own[0]}'})" if own else short(node.data)


def mark_of(nodes: Sequence[Node], node: Node, right: Sequence[Node], wanted: Mapping[str, Node]) -> str:
    """What is wrong with a node; empty if nothing is, or if the right graph has no such node."""
    other = wanted.get(node.name if node.named else described(nodes, node))
    if other is None:
        return ""
    if not same(node.data, other.data):
        return VALUE
    if described(nodes, node) != described(right, other):
        return ARROWS
    return "" if other.grad is None or same_gradient(node.grad, other.grad) else GRADIENT


def same_gradient(given: Any, right: Any) -> bool:
    """True for equal gradients; one that is missing is as good as 0."""
    return same(0.0 if given is None else given, right)


def summed_up(nodes: Sequence[Node], marks: Sequence[str]) -> str:
    """Where it begins: values go wrong on the way forward, gradients on the way back."""
    first = {mark: node.name for node, mark in reversed(list(zip(nodes, marks, strict=True)))}
    last = {mark: node.name for node, mark in zip(nodes, marks, strict=True)}
    if VALUE in first:
        return f"Values are computed from the beginning to the end. The first that is wrong is that of {first[VALUE]}."
    if ARROWS in first:
        return f"Its values are right. The arrows that lead to {first[ARROWS]} are not: from what was it computed?"
    if GRADIENT in last:
        return f"Gradients flow from the end to the beginning. The first that is wrong is that of {last[GRADIENT]}."
    return "Everything in it is right."


def card_of(nodes: Sequence[Node], k: int, mark: str) -> Card:
    node = nodes[k]
    role = RESULT if k == len(nodes) - 1 else OPERATION if node.parents else VARIABLE
    gradient = () if node.grad is None else rows_of_gradient(plain(node.grad), 4)
    rows = (*rows_of_value(plain(node.data), 4), *gradient)
    badge = SIGNS.get(node.op, node.op)
    return Card(f"n{k}", node.name, True, formula_of(nodes, node), role, "", "", rows, True, mark, badge=badge)


def formula_of(nodes: Sequence[Node], node: Node) -> str:
    """``a * b``; ``tanh(a)``; empty for what was given."""
    names = [nodes[p].name for p in node.parents]
    if len(names) == 2 and node.op in SIGNS:
        return f"{names[0]} {node.op} {names[1]}"
    return f"{node.op or '?'}({', '.join(names)})" if names else ""


def plain(x: Any) -> Any:
    return x if isinstance(x, np.ndarray) else float(x)


def short(x: Any) -> str:
    return (
        np.array2string(x, precision=4, threshold=4, edgeitems=2).replace("\n", " ")
        if isinstance(x, np.ndarray)
        else brief(float(x), 4)
    )
