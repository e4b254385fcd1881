"""Folding: a graph that is too large to be read becomes one of fewer cards, step by step until it can.

Sums first, with the products that they add; then neurons; then layers, and equal layers that follow each other; then
whatever has the same form; then chains; and in the end regions, which any graph has.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

from .graph import Graph
from .groups import Members
from .patterns import Folder
from .quotient import CHAIN, CONE, EQUAL, KEY, LAYER, NEURON, ONE, REGION, SUM, Fold, Quotient
from .regions import regions
from .text import clean
from .view import counted

AUTO, FULL, DETAILS = "auto", "full", ("auto", "full", "neuron", "layer")

READABLE = 60
"""So many cards can be read; ``detail="auto"`` folds until there are no more."""

ARROWS_A_CARD = 3
"""With more arrows than this between folded cards nobody can follow one."""

CONES = (2, 4)
"""How large what serves one thing alone may become, before regions are made: so many times the average of all parts."""

MOST_NODES = 1000
"""So many can be laid out in good time."""

Collapse = Callable[[Any], Hashable]


class GraphTooLarge(ValueError):
    """The graph has more Values than a picture can show."""


def folded(
    graph: Graph, groups: Sequence[Members], detail: str = AUTO, max_nodes: int | None = None,
    collapse: Collapse | None = None,
) -> Quotient:  # fmt: skip
    """The parts that a picture shows, a card each.

    Parameters
    ----------
    graph : Graph
    groups : sequence of Members
        Its layers, and the graphs of gradients in it.
    detail : {"auto", "full", "neuron", "layer"}
    max_nodes : int, optional
        The largest number of cards: 60 if the detail is "auto", else 1,000.
    collapse : callable, optional
        From a Value to a key: Values of one key are one card; None for those that stay alone.

    Raises
    ------
    GraphTooLarge
        With ``detail="full"``, if there are more.
    """
    limit = max_nodes or (READABLE if detail == AUTO else MOST_NODES)
    most_arrows = ARROWS_A_CARD * limit if detail == AUTO else None
    folder = Folder(Quotient.of(graph), groups)
    if collapse is not None:
        by_keys(folder, collapse)
    if detail == FULL:
        if len(folder.parts) > limit:
            raise GraphTooLarge(too_large(graph, len(folder.parts), limit))
        return folder.parts
    steps: list[Callable[[], None]] = [
        folder.sums, folder.neurons, folder.layers, folder.equal, folder.repeats, folder.private_leaves, folder.chains,
        *(partial(folder.cones, most=factor * len(graph) // limit) for factor in CONES),
    ]  # fmt: skip
    wanted = {"neuron": 2, "layer": 3}.get(detail, 0)
    for step in steps[:wanted]:
        step()
    if detail == "layer":
        folder.repeats(least=3)
    for step in steps[wanted:]:
        if fits(folder.parts, limit, most_arrows):
            return folder.parts
        step()
    if len(folder.parts) > limit:
        regions(folder, limit)
    return folder.parts


def fits(parts: Quotient, limit: int, most_arrows: int | None) -> bool:
    """True if so many cards and arrows can be shown."""
    if len(parts) > limit:
        return False
    return most_arrows is None or sum(map(len, parts.before)) <= most_arrows


def by_keys(folder: Folder, collapse: Collapse) -> None:
    """Put Values of one key into one part."""
    graph = folder.graph
    labels: list[Hashable] = []
    for part in range(len(folder.parts)):
        i = folder.parts.members[part][0]
        key = None if graph.is_constant[i] else collapse(graph.things[i])
        try:
            hash(key)
        except TypeError:
            raise TypeError(
                f"collapse= returned a {type(key).__name__}, which cannot be a key. Return a text or a number for "
                f"Values that belong together, and None for those that stay alone."
            ) from None
        labels.append(part if key is None else ("key", key))
    for part, users in enumerate(folder.parts.after):  # a constant goes where it is used
        if graph.is_constant[folder.parts.members[part][0]] and len(users) == 1:
            labels[part] = labels[users[0]] if isinstance(labels[users[0]], tuple) else part
    folder.merge(labels, lambda label, group: Fold(KEY, clean(str(label[1]), 24), label))  # type: ignore[index]


SAID = {
    KEY: "Values to which collapse= gives one key",
    SUM: "a sum with the products that it adds",
    NEURON: "a neuron with its weights",
    LAYER: "a layer",
    EQUAL: "Values that are given or computed alike",
    CHAIN: "operations that follow each other",
    CONE: "everything that serves one result alone",
    REGION: "a stretch of the graph, from its beginning to its end",
}
"""What stands behind one card."""


def sentences(parts: Quotient, detail: str) -> tuple[str, ...]:
    """What was folded, and how to see it."""
    graph, kinds = parts.graph, dict[str, int]()
    for fold in parts.folds:
        if fold.kind != ONE:
            kinds[fold.kind] = kinds.get(fold.kind, 0) + 1
    if not kinds:
        return ()
    values = len(graph) - sum(graph.is_constant)
    what = ", ".join(f"{SAID[kind]} ({counted(n, 'card')})" for kind, n in sorted(kinds.items(), key=order_of))
    remedies = []
    if len(graph) <= MOST_NODES:
        remedies.append('detail="full" shows every Value')
    elif detail == AUTO:
        remedies.append('detail="neuron" folds less, into up to 1,000 cards')
    remedies.append("a picture of one of the Values on the way shows what that was computed from")
    return (
        f"Folded: {counted(values, 'Value')} and {counted(len(graph) - values, 'constant')} into "
        f"{counted(len(parts), 'card')}. A card with others behind it stands for several Values: {what}.",
        f"To see more: {', or '.join(remedies)}.",
    )


def order_of(kind: tuple[str, int]) -> int:
    return list(SAID).index(kind[0])


def too_large(graph: Graph, cards: int, limit: int) -> str:
    root = graph.roots[-1]
    name = clean(graph.name(root), 40) if graph.name(root) else "this Value"
    values = len(graph) - sum(graph.is_constant)
    return (
        f"The graph of {name} has {counted(values, 'Value')} and {counted(len(graph) - values, 'constant')}, so "
        f'{cards} cards; with detail="full" at most max_nodes={limit} are shown, because a larger picture takes '
        f'long to lay out and cannot be read. Let it be folded, detail="auto" or "neuron"; take a smaller part '
        f"(one of the Values on the way, or the loss of one example instead of a batch); or raise the limit: "
        f'detail="full", max_nodes={cards}.'
    )
