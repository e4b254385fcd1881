"""Fusion: chains of additions become sums of many terms, and products that only a sum reads become its own.

The partial sums of ``w1 * x1 + w2 * x2 + b`` are used nowhere else, so the whole is two dot products
with one term more, whatever the order in which it was written.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .level_graph import Graph, Integers

FEWEST = 2
"""Products of one depth in one sum, from which on they are a dot product."""


@dataclass(frozen=True, eq=False)
class Ragged:
    """Rows of different lengths, one after the other: row r is ``entries[starts[r]:starts[r + 1]]``.

    Attributes
    ----------
    out : array of shape (rows,)
        The id of each row's result.
    depth : array of shape (rows,)
    starts : array of shape (rows + 1,)
    entries : array
    """

    out: Integers
    depth: Integers
    starts: Integers
    entries: Integers

    @property
    def lengths(self) -> Integers:
        return np.diff(self.starts)

    def rows(self, which: Integers, length: int) -> Integers:
        """These rows, which all have this length, as a matrix."""
        found: Integers = self.entries[self.starts[which][:, None] + np.arange(length)]
        return found

    def flat(self, which: Integers) -> tuple[Integers, Integers]:
        """These rows one after the other, and where each starts."""
        lengths = self.lengths[which]
        starts = np.cumsum(lengths) - lengths
        return self.entries[np.arange(lengths.sum()) + np.repeat(self.starts[which] - starts, lengths)], starts


@dataclass(frozen=True, eq=False)
class Fused:
    """What remains to be computed.

    Attributes
    ----------
    single : array
        Instructions that stay as they are.
    depth : array of shape (ids,)
        One more than the depth of what it is computed from; 0 for inputs and constants.
    sums : Ragged
        Its entries are the ids of the terms.
    dots : Ragged
        Its entries are the instructions that multiply.
    count : int
        How many ids there are: those of the graph, and those of dot products that are a part of a sum.
    """

    single: Integers
    depth: Integers
    sums: Ragged
    dots: Ragged
    count: int


def fused(graph: Graph) -> Fused:
    """The sums and dot products of a graph."""
    n = len(graph.kind)
    outs = graph.inputs + np.arange(n)
    adds, products = graph.is_kind(np.add), graph.is_kind(np.multiply)
    used, reader = readers(graph)
    read_by_add = (used[outs] == 1) & (reader[outs] >= 0) & adds[reader[outs]]
    absorbed = adds & read_by_add
    root = roots(np.where(absorbed, reader[outs], np.arange(n)))
    depth = depths(graph, absorbed)

    pairs = np.flatnonzero(adds)
    term, total = graph.operands[pairs, :2].ravel(), np.repeat(root[pairs], 2)
    made = (term >= graph.inputs) & (term < graph.inputs + n)
    maker = np.where(made, term - graph.inputs, 0)
    kept = ~(made & absorbed[maker])
    term, total, made, maker = term[kept], total[kept], made[kept], maker[kept]
    inner = made & (products & read_by_add)[maker]
    dots, dot_total = dot_products(graph, depth, maker[inner], total[inner])
    in_dots = np.zeros(n, bool)
    in_dots[dots.entries] = True
    plain = ~(made & in_dots[maker])

    terms = np.concatenate([term[plain], dots.out])
    totals = np.concatenate([total[plain], dot_total])
    lengths = np.bincount(totals, minlength=n)
    alone = lengths[dot_total] == 1  # the dot product is the whole sum
    dots.out[alone] = graph.inputs + dot_total[alone]
    order = np.argsort(totals, kind="stable")
    order = order[lengths[totals[order]] > 1]
    whole = np.flatnonzero(lengths > 1)
    starts = np.concatenate([[0], np.cumsum(lengths[whole])])
    sums = Ragged(graph.inputs + whole, depth[graph.inputs + whole], starts, terms[order])
    return Fused(np.flatnonzero(~adds & ~in_dots), depth, sums, dots, graph.count + len(dots.out))


def readers(graph: Graph) -> tuple[Integers, Integers]:
    """How often each id is read, and the instruction that reads it (the last one; -1: none)."""
    read = graph.operands.ravel()
    there = read >= 0
    used = np.bincount(np.concatenate([read[there], graph.outputs]), minlength=graph.count)
    reader = np.full(graph.count, -1)
    reader[read[there]] = np.repeat(np.arange(len(graph.kind)), graph.operands.shape[1])[there]
    return used, reader


def roots(parent: Integers) -> Integers:
    """The last of each chain of parents, by doubling: a chain of a million takes twenty rounds."""
    while True:
        further = parent[parent]
        if np.array_equal(further, parent):
            return parent
        parent = further


def depths(graph: Graph, absorbed: np.ndarray) -> Integers:
    """How many steps each id is away from the inputs; a partial sum is no step."""
    depth = [0] * (graph.count + 1)  # the last is that of "no operand", -1
    deepest = depth.__getitem__
    steps = (~absorbed).astype(int).tolist()
    columns = graph.operands.T.tolist()  # by columns: a list for each instruction keeps the garbage collector busy
    for n, (step, *row) in enumerate(zip(steps, *columns, strict=True), graph.inputs):
        depth[n] = max(map(deepest, row)) + step
    return np.array(depth[:-1], np.intp)


def dot_products(graph: Graph, depth: Integers, product: Integers, total: Integers) -> tuple[Ragged, Integers]:
    """Products of one sum and one depth, together; and the sum that each belongs to.

    Those of one depth, because a gradient that comes from many places in the network is as many matrix products.
    """
    level = depth[graph.inputs + product]
    key = total * (int(depth.max(initial=0)) + 1) + level
    order = np.argsort(key, kind="stable")
    _, starts, counts = np.unique(key[order], return_index=True, return_counts=True)
    many = counts >= FEWEST
    entries = product[order][np.repeat(many, counts)]
    first = order[starts[many]]
    out = graph.count + np.arange(len(first))
    return Ragged(out, level[first], np.concatenate([[0], np.cumsum(counts[many])]), entries), total[first]
