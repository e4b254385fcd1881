"""Programs as graphs: nodes for instructions, and of a training step its update behind the gradients."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..engine import Operation
from .graph import Graph
from .groups import Members
from .view import INPUT, PARAMETER

JOIN = Operation(np.concatenate, (), None, symbol="concatenate")
"""Stands for the memory in which all gradients lie, one behind the other."""


def graph_of_listing(listing: Any, update: Any = None) -> tuple[Graph, list[Members], list[str]]:
    """A program as a graph without numbers, its parts forward, backward and update, and what to say of it.

    Parameters
    ----------
    listing : Listing
    update : Update, optional
        Of a training step: the formula that changes the weights, which stand in one vector.
    """
    graph, place = Graph(blank=True), dict[Any, int]()
    members: dict[str, set[int]] = {}
    changed = {v for v, _ in listing.stores}
    if update is not None:
        gradients = {v.name for v in listing.outputs}
        changed |= {v for v in listing.inputs if v.name and f"d_{v.name}" in gradients}
    add_instructions(graph, listing, place, members, changed)
    graph.roots = list(dict.fromkeys(place[v] for v in results_of(listing, update) if v in place)) or [len(graph) - 1]
    remarks = list[str]()
    if update is not None:
        add_update(graph, listing, update, place, members)
        remarks.append(
            "In the update, weights is one vector of all parameters, and gradient one of all their gradients."
        )
    groups = [Members(part, part, nodes) for part, nodes in members.items()]
    return graph, groups, remarks


def results_of(listing: Any, update: Any) -> list[Any]:
    """What a program is drawn for: all that it returns; of a training step the cost alone, gradients are used."""
    return list(listing.results if update is None else listing.outputs[:1])


def add_instructions(
    graph: Graph, listing: Any, place: dict[Any, int], members: dict[str, set[int]], changed: set[Any]
) -> None:
    """Nodes for the instructions of a listing and for what they need."""
    for i in listing.instructions:
        operands = []
        for v in i.operands:
            if v.is_constant:
                operands.append(graph.add(v.value, constant=True))
            elif v in place:
                operands.append(place[v])
            else:
                operands.append(add_given(graph, v, place, v in changed))
        place[i.out] = graph.add(i.out, i.op, operands)
        members.setdefault(i.part, set()).update([place[i.out], *(a for a in operands if graph.is_constant[a])])
    for v in listing.results:
        if not v.is_constant and v not in place:
            add_given(graph, v, place, False)


def add_given(graph: Graph, v: Any, place: dict[Any, int], changes: bool) -> int:
    """A node for what a program is given; a parameter, if it changes it."""
    place[v] = node = graph.add(v)
    graph.roles[node] = PARAMETER if changes else INPUT
    return node


def add_update(
    graph: Graph, listing: Any, update: Any, place: dict[Any, int], members: dict[str, set[int]]
) -> None:  # fmt: skip
    """The update of a training step, behind the gradients that it needs."""
    weights, gradient, *_ = inputs = update.listing.inputs
    before = len(graph)
    named = [place[v] for v in listing.outputs if v in place and v.name.startswith("d_")]
    place[gradient] = graph.add(gradient, JOIN, named)
    add_given(graph, weights, place, True)
    add_instructions(graph, update.listing, place, members, set(inputs) & {v for v, _ in update.listing.stores})
    for old, new in update.listing.stores:
        if new in place:
            graph.roots.append(place[new])
            graph.names[place[new]] = f"new {old.name}"
    part = next(reversed(members))
    members[part] |= {place[gradient], *(i for i in range(before, len(graph)) if graph.ops[i] is None)}
