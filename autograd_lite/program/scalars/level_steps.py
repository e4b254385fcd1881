"""Steps: the levels of a graph, each a few calls of NumPy on many numbers at once.

Every number has a place in one vector. The results of one call lie side by side, so that it writes
them without scattering; and in an order in which what it reads lies as regularly as can be, so that
most is read as a view and not gathered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...engine.rules.table import RULES
from .level_fusion import Fused, Ragged, fused
from .level_graph import Graph, Integers, Kind
from .level_patterns import View, common_shape, distinct_rows, grids, matrix_view, view_of

SMALL = 400
"""Terms: sums of different lengths with fewer are one call, though a slower one a term."""

WORTH_A_PRODUCT = 256
"""Terms from which on a matrix product is a call of its own."""

MOST_ADDED = 4
"""Terms that are added one after the other, where all are views."""

ADD = Kind(RULES[np.add], "ufunc", False)


@dataclass(frozen=True, eq=False)
class Gather:
    """Numbers that lie anywhere."""

    places: Integers

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.places.shape)


Read = View | Gather


@dataclass(frozen=True, eq=False)
class Step:
    """One level of one kind.

    Attributes
    ----------
    what : {"call", "sum", "dot", "matrix product", "ragged sum", "ragged dot"}
    reads : tuple of View and Gather
    out : View
    count : int
        How many results there are.
    depth : int
    kind : Kind, optional
        Of a call.
    axis : int
        Along which a sum or dot adds up.
    starts : array, optional
        Where the terms of each ragged row start.
    """

    what: str
    reads: tuple[Read, ...]
    out: View
    count: int
    depth: int
    kind: Kind | None = None
    axis: int = 0
    starts: Integers | None = None


@dataclass(frozen=True, eq=False)
class Plan:
    """All steps, and where everything lies.

    Attributes
    ----------
    graph : Graph
    steps : list of Step
    size : int
        The length of the vector: inputs, then constants, then results in the order in which they are computed.
    outputs : array
        The places of the outputs.
    """

    graph: Graph
    steps: list[Step]
    size: int
    outputs: Integers


def plan_of(graph: Graph) -> Plan:
    """The steps of a graph."""
    planner = Planner(graph)
    for depth, family, groups in planner.levels():
        planner.take(depth, family, groups)
    return Plan(graph, planner.steps, planner.size, planner.place[graph.outputs])


class Planner:
    """Goes through the levels and gives every result its place."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.fused: Fused = fused(graph)
        self.steps: list[Step] = []
        self.size = graph.inputs + len(graph.constants)
        self.place = np.full(self.fused.count, -1)
        self.place[: graph.inputs] = np.arange(graph.inputs)
        self.place[graph.inputs + len(graph.kind) : graph.count] = np.arange(graph.inputs, self.size)

    def levels(self) -> Iterator[tuple[int, str, list[Integers]]]:
        """For each depth and family, the groups that one call can compute."""
        single, sums, dots = self.fused.single, self.fused.sums, self.fused.dots
        depth_of_single = self.fused.depth[self.graph.inputs + single]
        together: dict[tuple[int, str], list[Integers]] = {}
        for depth, which in grouped(depth_of_single, self.graph.kind[single]):
            together.setdefault((depth, "single"), []).append(single[which])
        for family, rows in (("dots", dots), ("sums", sums)):
            for depth, which in grouped(rows.depth, rows.lengths):
                together.setdefault((depth, family), []).append(which)
        for depth, family in sorted(together):
            yield depth, family, together[depth, family]

    def take(self, depth: int, family: str, groups: list[Integers]) -> None:
        """Add the steps of one depth and family."""
        if family == "single":
            for which in groups:
                operands = self.graph.operands[which]
                width = int((operands[0] >= 0).sum())
                kind = self.graph.kinds[self.graph.kind[which[0]]]
                self.call(depth, kind, self.place[operands[:, :width]], self.graph.inputs + which)
            return
        rows = self.fused.dots if family == "dots" else self.fused.sums
        small = [which for which in groups if len(which) * rows.lengths[which[0]] < SMALL]
        if len(small) > 1:
            self.ragged(depth, family, rows, np.concatenate(small))
        for which in groups:
            if len(small) < 2 or all(which is not other for other in small):
                matrix = rows.rows(which, int(rows.lengths[which[0]]))
                (self.dots if family == "dots" else self.sums)(depth, matrix, rows.out[which])

    # ------------------------------------------------------------------ one kind each

    def call(self, depth: int, kind: Kind, operands: Integers, out: Integers) -> None:
        """One call for instructions of one kind: operands are places, of shape (instructions, operands)."""
        columns = list(operands.T)
        if kind.how == "each":
            self.add("call", [Gather(np.ascontiguousarray(c)) for c in columns], depth, out, (len(out),), kind=kind)
            return
        order, shape = best_order(columns)
        reads = [read_vector(column[order], shape) for column in columns]
        self.add("call", reads, depth, out[order], shape, kind=kind)

    def sums(self, depth: int, terms: Integers, out: Integers) -> None:
        """Sums of equally many terms."""
        places = np.sort(self.place[terms], axis=1)
        if places.shape[1] == 2:
            self.call(depth, ADD, places, out)
            return
        if places.shape[1] <= MOST_ADDED:
            order, shape = best_order(list(places.T))
            reads = [read_vector(column[order], shape) for column in places.T]
            if all(isinstance(read, View) for read in reads):
                self.add("call", reads, depth, out[order], shape, kind=ADD)
                return
        order = np.lexsort(places.T[::-1])
        read, axis = read_rows(places[order])
        self.add("sum", [read], depth, out[order], (len(out),), axis=axis)

    def dots(self, depth: int, products: Integers, out: Integers) -> None:
        """Dot products of equally many terms: matrix products, and the rest."""
        left, right = self.factors(products)
        rest = np.ones(len(out), bool)
        for some in grids(left, right, WORTH_A_PRODUCT):
            self.matrix_product(depth, left[some], right[some], out[some])
            rest[some] = False
        if not rest.any():
            return
        left, right, out = left[rest], right[rest], out[rest]
        order = np.lexsort((right[:, 0], left[:, 0]))
        by_term = len(out) >= left.shape[1]
        reads = [read_matrix(x[order].T if by_term else x[order]) for x in (left, right)]
        self.add("dot", reads, depth, out[order], (len(out),), axis=0 if by_term else 1)

    def factors(self, products: Integers) -> tuple[Integers, Integers]:
        """The places of both factors, the terms of each dot product in the order in which they lie."""
        pairs = self.graph.operands[products]
        left, right = self.place[pairs[..., 0]], self.place[pairs[..., 1]]
        order = np.argsort(left * (self.size + 1) + right, axis=-1, kind="stable")
        return np.take_along_axis(left, order, -1), np.take_along_axis(right, order, -1)

    def matrix_product(self, depth: int, left: Integers, right: Integers, out: Integers) -> None:
        """Dot products that are all entries of one matrix product."""
        rows, row = sorted_rows(left)
        columns, column = sorted_rows(right)
        order = np.argsort(row * len(columns) + column)
        reads = []
        for places in (rows, columns.T):
            view = matrix_view(places)
            reads.append(view if view is not None and view.suits_blas else Gather(np.ascontiguousarray(places)))
        self.add("matrix product", reads, depth, out[order], (len(rows), len(columns)))

    def ragged(self, depth: int, family: str, rows: Ragged, which: Integers) -> None:
        """Sums or dot products of different lengths."""
        entries, starts = rows.flat(which)
        if family == "sums":
            reads, what = [read_vector(self.place[entries])], "ragged sum"
        else:
            pairs = self.place[self.graph.operands[entries, :2]]
            reads, what = [Gather(np.ascontiguousarray(x)) for x in pairs.T], "ragged dot"
        self.add(what, reads, depth, rows.out[which], (len(which),), starts=starts)

    def add(
        self,
        what: str,
        reads: Sequence[Read],
        depth: int,
        out: Integers,
        shape: tuple[int, ...],
        kind: Kind | None = None,
        axis: int = 0,
        starts: Integers | None = None,
    ) -> None:
        """A step, whose results get the next places."""
        self.place[out] = np.arange(self.size, self.size + len(out))
        view = View(self.size, shape, (shape[1], 1) if len(shape) == 2 else (1,))
        self.size += len(out)
        self.steps.append(Step(what, tuple(reads), view, len(out), depth, kind, axis, starts))


def grouped(depth: Integers, key: Integers) -> Iterator[tuple[int, Integers]]:
    """Each depth, with the entries of one key: which they are."""
    order = np.lexsort((key, depth))
    breaks = np.flatnonzero((np.diff(depth[order]) != 0) | (np.diff(key[order]) != 0)) + 1
    for which in np.split(order, breaks) if len(order) else []:
        yield int(depth[which[0]]), which


def best_order(columns: list[Integers]) -> tuple[Integers, tuple[int, ...]]:
    """An order of the instructions in which most operands are views, and the shape of these."""
    count = len(columns[0])
    if count == 1:
        return np.zeros(1, np.intp), (1,)
    latest_first = sorted(columns, key=lambda column: -int(column.sum()))
    best: tuple[int, Integers, tuple[int, ...]] | None = None
    for main in [*latest_first, np.arange(count)]:
        order = np.lexsort((*reversed(latest_first), main))
        ordered = [column[order] for column in columns]
        shape = common_shape(ordered)
        gathers = sum(view_of(column, shape) is None for column in ordered)
        if best is None or gathers < best[0]:
            best = gathers, order, shape
        if gathers == 0:
            break
    assert best is not None
    return best[1], best[2]


def read_vector(places: Integers, shape: tuple[int, ...] = ()) -> Read:
    """A view of these places if there is one."""
    shape = shape or (len(places),)
    return view_of(places, shape) or Gather(np.ascontiguousarray(places.reshape(shape)))


def read_matrix(places: Integers) -> Read:
    return matrix_view(places) or Gather(np.ascontiguousarray(places))


def read_rows(places: Integers) -> tuple[Read, int]:
    """Rows to be summed, and along which axis: long rows as they are, short ones side by side."""
    view = matrix_view(places)
    if view is not None:
        return view, 1
    by_term = places.shape[0] >= places.shape[1]
    return Gather(np.ascontiguousarray(places.T if by_term else places)), 0 if by_term else 1


def sorted_rows(places: Integers) -> tuple[Integers, Integers]:
    """The different rows, in the order in which they lie, and which of them each row is."""
    first, number = distinct_rows(places)
    order = np.lexsort(places[first].T[::-1])
    rank = np.empty(len(order), np.intp)
    rank[order] = np.arange(len(order))
    return places[first][order], rank[number]


__all__ = ["Gather", "Plan", "Read", "Step", "View", "plan_of"]
