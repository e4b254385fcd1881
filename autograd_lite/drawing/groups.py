"""Groups: which nodes belong to one layer, and which to the graph of a gradient."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..engine import Value
from ..engine.backprop import walks
from .graph import Graph, moment, symbol_of
from .text import clean
from .view import PARAMETER

KERNEL, BIAS, LOGIT, ACTIVATED = ("_W", "_kernel"), ("_b", "_bias"), "_z", "_a"
"""How the Values of a layer are called: the layer's name, and one of these."""

AT_MOST_IN_AN_ACTIVATION = 100


@dataclass
class Members:
    """Nodes that belong together.

    Attributes
    ----------
    title, kind : str
        See `view.Group`.
    name : str
        A short one for the card of all of them: ``dense``.
    nodes : set of int
    """

    title: str
    kind: str
    nodes: set[int] = field(default_factory=set)
    name: str = ""

    @property
    def form(self) -> str:
        """What stands behind the name; equal for layers of one kind: ``2 → 4, tanh``."""
        return self.title.removeprefix(f"{self.name}: ")


@dataclass
class KnownLayer:
    """A layer that was watched while it computed.

    Attributes
    ----------
    title, name : str
    values : collection of Value
        What it computed.
    weights : collection of Value
    """

    title: str
    name: str
    values: Collection[Value]
    weights: Collection[Value]


def layers_by_name(graph: Graph) -> list[Members]:
    """The layers of a graph, by the names that layers give to their Values and by what is computed from what.

    A group holds the weights, their product with the input, the sum, and whatever leads from there to the activated
    Value. A name alone is not believed: ``dense_z`` must be computed from ``dense_W``.
    """
    named: dict[str, list[int]] = {}
    for i in range(len(graph)):
        if name := graph.name(i):
            named.setdefault(name, []).append(i)
    found: list[Members] = []
    taken: set[int] = set()
    for i in sorted(i for name, nodes in named.items() if name.endswith(LOGIT) for i in nodes):
        prefix = graph.name(i).removesuffix(LOGIT)
        affine = affine_behind(graph, i, prefix)
        if affine is None or i in taken:
            continue
        kernel, nodes = affine
        ends = [a for a in named.get(prefix + ACTIVATED, ()) if a > i]
        activation = next((way for a in ends if (way := way_between(graph, i, a))), set())
        members = nodes | activation
        title, name = titled(graph, prefix, kernel, max(activation, default=None))
        found.append(Members(title, "layer", members - taken, name))
        for node in members & {kernel, *nodes}:
            if graph.ops[node] is None:
                graph.roles.setdefault(node, PARAMETER)
        taken |= members
    return found


def affine_behind(graph: Graph, z: int, prefix: str) -> tuple[int, set[int]] | None:
    """The kernel behind ``z = x @ W + b`` and all nodes of it but x; None if z is not computed like that."""
    nodes, product = {z}, z
    if symbol_of(graph, z) == "+":
        operands = graph.operands[z]
        biases = [i for i in operands if is_weight(graph, i, prefix, BIAS)]
        products = [i for i in operands if symbol_of(graph, i) == "@"]
        if len(biases) != 1 or len(products) != 1:
            return None
        product = products[0]
        nodes |= {product, biases[0]}
    if symbol_of(graph, product) != "@":
        return None
    kernels = [i for i in graph.operands[product] if is_weight(graph, i, prefix, KERNEL)]
    return (kernels[0], nodes | {kernels[0]}) if kernels else None


def is_weight(graph: Graph, i: int, prefix: str, suffixes: tuple[str, ...]) -> bool:
    """True for a leaf with the name of a weight of this layer."""
    return graph.ops[i] is None and graph.name(i) in {prefix + suffix for suffix in suffixes}


def way_between(graph: Graph, start: int, end: int) -> set[int]:
    """Everything that leads from one node to another, if nothing but that and constants does; else nothing."""
    inside, waiting = set[int](), [end]
    while waiting and len(inside) < AT_MOST_IN_AN_ACTIVATION:
        i = waiting.pop()
        if i in inside or i == start:
            continue
        if i < start and not graph.is_constant[i]:
            return set()
        inside.add(i)
        waiting += graph.operands[i]
    reaches = any(start in graph.operands[i] for i in inside)
    return inside if reaches and not waiting else set()


def titled(graph: Graph, prefix: str, kernel: int, activated: int | None) -> tuple[str, str]:
    """``dense: 64 → 25, sigmoid``, and ``dense``; where several operations make the activation, without it."""
    name, shape = clean(prefix, 24), graph.shape(kernel)
    sizes = f"{shape[0]} → {shape[1]}" if len(shape) == 2 else str(shape)
    op = graph.ops[activated] if activated is not None else None
    one_step = (
        activated is not None
        and symbol_of(graph, activated)
        and all(graph.name(i).endswith(LOGIT) or graph.is_constant[i] for i in graph.operands[activated])
    )
    activation = f", {clean(op.symbol, 12)}" if op is not None and one_step else ""
    return f"{name}: {sizes}{activation}", name


def known_layers(graph: Graph, layers: Sequence[KnownLayer]) -> list[Members]:
    """The layers of a model, which were watched while they computed.

    A layer that was used twice keeps its weights in the first group.
    """
    node_of = {v: i for i, v in enumerate(graph.things) if isinstance(v, Value)}
    taken: set[int] = set()
    found = []
    for layer in layers:
        weights = {node_of[w] for w in layer.weights if w in node_of}
        for i in weights:
            graph.roles.setdefault(i, PARAMETER)
        nodes = weights | {node_of[v] for v in layer.values if v in node_of}
        nodes |= {a for i in nodes for a in graph.operands[i] if graph.is_constant[a] and a not in graph.roles}
        found.append(Members(layer.title, "layer", nodes - taken, layer.name))
        taken |= nodes
    return [members for members in found if members.nodes]


def gradient_graphs(graph: Graph) -> list[Members]:
    """What back-propagation itself computed, where it ran on Values (derivatives of derivatives).

    The engine notes from when to when such walks went: what was made in between is a gradient, or leads to one.
    """
    if graph.blank or not walks:
        return []
    moments = {i: moment(v) for i, v in enumerate(graph.things) if not graph.is_constant[i]}
    at = {when: i for i, when in moments.items()}
    spans = sorted(walks)
    begins = np.array([began for began, _, _ in spans])
    last_end = np.maximum.accumulate([ended for _, ended, _ in spans])
    groups: dict[tuple[int, int, int], set[int]] = {}
    for i, when in moments.items():
        place = int(np.searchsorted(begins, when)) - 1
        while place >= 0 and spans[place][1] <= when < last_end[place]:  # one that began earlier went on
            place -= 1
        if place >= 0 and spans[place][1] > when:
            groups.setdefault(spans[place], set()).add(i)
    found = []
    for span, nodes in sorted(groups.items()):
        root = at.get(span[2])
        nodes |= {a for i in nodes for a in graph.operands[i] if graph.is_constant[a]}
        of_gradient = any(began < span[2] < ended for began, ended, _ in groups)
        title = "gradient of a gradient" if of_gradient else "gradient"
        if root is not None and (name := graph.name(root)):
            title = f"gradient of {clean(name, 24)}"
        found.append(Members(title, "gradient", nodes))
    return found
