"""A student's own graph as a picture: the cards whose gradient is not right are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..drawing.drawing import Drawing
from ..drawing.numerals import brief, rows_of_gradient, rows_of_value
from ..drawing.view import OPERATION, RESULT, VARIABLE, Arrow, Card, View
from .comparing import same

KEYS = ("name", "op", "data", "grad", "parents")
MOST = 200
"""Nodes of a graph that is drawn."""

WRONG = "gradient wrong"
SIGNS = {"*": "×", "+": "+", "-": "−", "/": "÷", "**": "^"}


class BadGraph(Exception):
    """What was reported is no graph; ``str`` says why."""


@dataclass(frozen=True)
class Node:
    """One node of a graph.

    Attributes
    ----------
    name, op : str
        ``x`` and nothing; ``a`` and ``+``.
    data, grad : number or array
        Grad is None where there is none.
    parents : tuple of int
        The numbers of the nodes that it was computed from, which come before it.
    """

    name: str
    op: str
    data: Any
    grad: Any
    parents: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """A node in words; ``wrong`` is empty, or says what is wrong with its gradient."""

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


def nodes_of(value: Any) -> list[Node]:
    """The nodes from what an exercise's ``GRAPH`` returned: dictionaries with ``KEYS``, or tuples in that order.

    Raises
    ------
    BadGraph
    """
    if not isinstance(value, list | tuple) or not value:
        raise BadGraph("no nodes were found.")
    if len(value) > MOST:
        raise BadGraph(f"it has {len(value)} nodes, which is too many for a picture.")
    return in_order([node_of(entry, k, len(value)) for k, entry in enumerate(value)])


def node_of(entry: Any, k: int, count: int) -> Node:
    fields = (
        [entry.get(key) for key in KEYS]
        if isinstance(entry, Mapping)
        else list(entry)
        if isinstance(entry, list | tuple)
        else []
    )
    if len(fields) != len(KEYS):
        raise BadGraph(f"node {k} is {entry!r}."[:200])
    name, op, data, grad, parents = fields
    if not isinstance(parents, list | tuple) or not all(isinstance(p, int) and 0 <= p < count for p in parents):
        raise BadGraph(f"the parents of node {k} are {parents!r}."[:200])
    if not is_number(data) or not (grad is None or is_number(grad)):
        raise BadGraph(f"node {k} holds {data!r} and the gradient {grad!r}: numbers were expected."[:200])
    return Node(str(name or f"v{k}")[:40], str(op or "")[:20], data, grad, tuple(parents))


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
    return [Node(n.name, n.op, n.data, n.grad, tuple(at[p] for p in n.parents)) for n in (nodes[k] for k in order)]


def drawn(nodes: Sequence[Node], right: Sequence[Node], subject: str) -> Graph:
    """A picture of a graph, in which gradients are marked that are not those of the right one."""
    fits = [node.parents for node in nodes] == [node.parents for node in right]
    pairs = zip(nodes, right if fits else nodes, strict=True)
    wrong = [not same_gradient(mine.grad, other.grad) for mine, other in pairs]
    cards = tuple(card_of(nodes, k, is_wrong) for k, is_wrong in enumerate(wrong))
    arrows = tuple(
        Arrow(parent, k, position) for k, node in enumerate(nodes) for position, parent in enumerate(node.parents)
    )
    summary = summed_up(nodes, wrong, fits)
    rows = tuple(
        Row(
            card.definition,
            short(node.data),
            "none yet" if node.grad is None else short(node.grad),
            "wrong" if is_wrong else "",
        )
        for card, node, is_wrong in zip(cards, nodes, wrong, strict=True)
    )
    return Graph(Drawing(View(cards, arrows, subject=subject, remarks=(summary,))), rows, summary)


def same_gradient(given: Any, right: Any) -> bool:
    """True for equal gradients; one that is missing is as good as 0."""
    return same(0.0 if given is None else given, 0.0 if right is None else right)


def summed_up(nodes: Sequence[Node], wrong: Sequence[bool], fits: bool) -> str:
    if not fits:
        return "Its nodes and arrows are not those of the program, so gradients cannot be compared: look at the arrows."
    names = [node.name for node, is_wrong in zip(nodes, wrong, strict=True) if is_wrong]
    if not names:
        return "Every gradient in it is right."
    return f"Gradients flow from the end to the beginning. The first that is wrong on this way is that of {names[-1]}."


def card_of(nodes: Sequence[Node], k: int, is_wrong: bool) -> Card:
    node = nodes[k]
    role = RESULT if k == len(nodes) - 1 else OPERATION if node.parents else VARIABLE
    gradient = None if node.grad is None else plain(node.grad)
    rows = (*rows_of_value(plain(node.data), 4), *rows_of_gradient(gradient, 4))
    alarm = WRONG if is_wrong else ""
    badge = SIGNS.get(node.op, node.op)
    return Card(f"n{k}", node.name, True, formula_of(nodes, node), role, "", "", rows, True, alarm, badge=badge)


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
