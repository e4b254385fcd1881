"""Whole numbers on a line, as near to each other as their least distances allow: the network simplex method.

Given arcs with a least length and a weight, it finds positions that keep every length and make the sum of weight times
length least. A layout asks this twice: which layer each box is in, and where it lies across its layer.
After Gansner, Koutsofios, North and Vo, "A technique for drawing directed graphs" (1993).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable

Arc = tuple[int, int, int, int]
"""Tail, head, the least distance from one to the other, and the weight of that distance."""

SEARCHED = 30
"""So many arcs that could leave the tree are compared, not all: the paper's choice."""


def positions(
    count: int,
    arcs: list[Arc],
    start: list[int] | None = None,
    work: int = 3_000_000,
    check: Callable[[], None] = lambda: None,
) -> list[int]:
    """The best positions of ``count`` nodes that hang together.

    Parameters
    ----------
    count : int
    arcs : list of Arc
        Without a cycle.
    start : list of int, optional
        Positions to begin with, which keep all lengths.
    work : int
        About so many nodes may be touched; the best positions until then are returned, which keep all lengths.
    check : callable
        Called now and then; it may raise to end the search.

    Returns
    -------
    list of int
        The least is 0.

    Examples
    --------
    >>> positions(3, [(0, 1, 1, 1), (1, 2, 1, 1), (0, 2, 1, 1)])
    [0, 1, 2]
    >>> positions(3, [(0, 1, 1, 1), (1, 2, 1, 1), (2, 0, -5, 0)])
    [0, 1, 2]
    """
    if not count:
        return []
    search = Search(count, arcs, longest_paths(count, arcs) if start is None else list(start))
    search.grow_tree()
    search.measure_cuts()
    search.improve(work, check)
    search.balance()
    least = min(search.place)
    return [place - least for place in search.place]


def longest_paths(count: int, arcs: list[Arc]) -> list[int]:
    """For each node the least position behind all that it must lie behind; arcs of negative length may close cycles."""
    place = [0] * count
    leaving: list[list[Arc]] = [[] for _ in range(count)]
    waiting = [0] * count
    for arc in arcs:
        if arc[2] >= 0:
            leaving[arc[0]].append(arc)
            waiting[arc[1]] += 1
    ready = [node for node in range(count) if not waiting[node]]
    for node in ready:
        for _, head, length, _ in leaving[node]:
            place[head] = max(place[head], place[node] + length)
            waiting[head] -= 1
            if not waiting[head]:
                ready.append(head)
    return place


class Search:
    """A spanning tree of arcs that are as short as they may be, and its exchange of arcs for better ones.

    Attributes
    ----------
    place : list of int
        Where each node lies now.
    cut : list of int
        For an arc of the tree: by how much the sum falls, if negative, for each step that its two sides part.
    """

    def __init__(self, count: int, arcs: list[Arc], place: list[int]) -> None:
        self.place = place
        self.tails = [arc[0] for arc in arcs]
        self.heads = [arc[1] for arc in arcs]
        self.lengths = [arc[2] for arc in arcs]
        self.weights = [arc[3] for arc in arcs]
        self.touching: list[list[int]] = [[] for _ in range(count)]
        for number, arc in enumerate(arcs):
            self.touching[arc[0]].append(number)
            self.touching[arc[1]].append(number)
        self.tree: list[int] = []
        self.branches: list[list[int]] = [[] for _ in range(count)]  # the tree's arcs at each node
        self.parent_arc = [-1] * count
        self.cut = [0] * len(arcs)

    def other_end(self, arc: int, node: int) -> int:
        return self.heads[arc] + self.tails[arc] - node

    def slack(self, arc: int) -> int:
        return self.place[self.heads[arc]] - self.place[self.tails[arc]] - self.lengths[arc]

    def grow_tree(self) -> None:
        """Grow a tree from node 0: shift it, the way that does not raise the sum, until it touches another node."""
        place, tails, heads, lengths = self.place, self.tails, self.heads, self.lengths
        inside = [False] * len(place)
        shift = 0  # of all nodes inside, whose places are kept as if it were 0
        backward: list[tuple[int, int]] = []  # arcs from outside: (slack when shift is 0, arc)
        forward: list[tuple[int, int]] = []  # arcs to outside
        pull = [0, 0]  # the weights of these

        def join(node: int) -> None:
            inside[node] = True
            place[node] -= shift
            for arc in self.touching[node]:
                tail, head = tails[arc], heads[arc]
                inner = inside[tail] and inside[head]
                side = int(tail == node) ^ int(inner)
                pull[side] += -self.weights[arc] if inner else self.weights[arc]
                if not inner:
                    gap = place[head] - place[tail] - lengths[arc]
                    heapq.heappush(forward if side else backward, (gap, arc))

        join(0)
        for _ in range(len(place) - 1):
            for heap in (backward, forward):
                while heap and inside[tails[heap[0][1]]] and inside[heads[heap[0][1]]]:
                    heapq.heappop(heap)
            down = bool(backward) and (pull[0] > pull[1] or not forward)
            gap, arc = heapq.heappop(backward if down else forward)
            shift += -(gap + shift) if down else gap - shift
            self.tree.append(arc)
            self.branches[tails[arc]].append(arc)
            self.branches[heads[arc]].append(arc)
            join(tails[arc] if down else heads[arc])
        for node in range(len(place)):
            place[node] += shift

    def measure_cuts(self) -> None:
        """The cut of every arc of the tree; arcs inside one side cancel, so it is a sum over the nodes of a side."""
        supply = [0] * len(self.place)
        for tail, head, weight in zip(self.tails, self.heads, self.weights, strict=True):
            supply[tail] += weight
            supply[head] -= weight
        order, stack = [], [0]
        while stack:
            node = stack.pop()
            order.append(node)
            for arc in self.branches[node]:
                if arc != self.parent_arc[node]:
                    child = self.other_end(arc, node)
                    self.parent_arc[child] = arc
                    stack.append(child)
        for node in reversed(order[1:]):
            arc = self.parent_arc[node]
            self.cut[arc] = supply[node] if self.tails[arc] == node else -supply[node]
            supply[self.other_end(arc, node)] += supply[node]

    def improve(self, work: int, check: Callable[[], None]) -> None:
        """Exchange arcs until no cut is negative, or the work is done."""
        start = 0
        while work > 0:
            leaving, start = self.worst_from(start)
            if leaving < 0:
                return
            side, of_tail = self.smaller_side(self.tree[leaving])
            work -= 4 * len(side) + 40
            entering = self.nearest(side, of_tail)
            if entering < 0:
                return  # nothing holds the two sides: only with arcs of no weight
            self.shift(side, self.slack(entering) * (-1 if of_tail else 1))
            self.exchange(leaving, entering)
            check()

    def worst_from(self, start: int) -> tuple[int, int]:
        """Where in the tree the most negative cut is, of the next that are negative, and where to look on."""
        best, found, least = -1, 0, 0
        tree, cut, size = self.tree, self.cut, len(self.tree)
        for step in range(size):
            index = start + step if start + step < size else start + step - size
            value = cut[tree[index]]
            if value < 0:
                found += 1
                if value < least:
                    best, least = index, value
                if found >= SEARCHED:
                    return best, (index + 1) % size
        return best, start

    def smaller_side(self, arc: int) -> tuple[set[int], bool]:
        """The nodes on the smaller side of an arc of the tree, and whether its tail is among them."""
        sides = ({self.tails[arc]}, {self.heads[arc]})
        stacks = ([self.tails[arc]], [self.heads[arc]])
        while True:
            for turn in (0, 1):
                side, stack = sides[turn], stacks[turn]
                if not stack:
                    return side, turn == 0
                node = stack.pop()
                for other in self.branches[node]:
                    if other != arc:
                        far = self.other_end(other, node)
                        if far not in side:
                            side.add(far)
                            stack.append(far)

    def nearest(self, side: set[int], of_tail: bool) -> int:
        """The arc of least slack that leads from the head's side to the tail's; -1 if there is none."""
        near, far = (self.heads, self.tails) if of_tail else (self.tails, self.heads)
        place, lengths = self.place, self.lengths
        best, least = -1, 0
        for node in side:
            for arc in self.touching[node]:
                if near[arc] == node and far[arc] not in side:
                    slack = abs(place[near[arc]] - place[far[arc]] - (lengths[arc] if of_tail else -lengths[arc]))
                    if best < 0 or slack < least or (slack == least and arc < best):
                        best, least = arc, slack
        return best

    def shift(self, side: set[int], by: int) -> None:
        if by:
            for node in side:
                self.place[node] += by

    def exchange(self, leaving: int, entering: int) -> None:
        """Put one arc into the tree for another, and bring the cuts on the circle that they close up to date."""
        old = self.tree[leaving]
        change = self.cut[old]
        self.follow(self.tails[entering], self.heads[entering], change)
        self.cut[entering], self.cut[old] = -change, 0
        for node in (self.tails[old], self.heads[old]):
            self.branches[node].remove(old)
            if self.parent_arc[node] == old:
                root = node
        for node in (self.tails[entering], self.heads[entering]):
            self.branches[node].append(entering)
        self.tree[leaving] = entering
        self.hang(root, entering)

    def follow(self, tail: int, head: int, change: int) -> None:
        """Add to the cuts on the way in the tree from the tail of the new arc to its head."""
        up, down = self.ancestry(tail), self.ancestry(head)
        while up and down and up[-1] == down[-1]:
            up.pop()
            down.pop()
        for ways, sign in ((up, 1), (down, -1)):
            for arc, from_tail in ways:
                self.cut[arc] += change if (sign > 0) == from_tail else -change

    def ancestry(self, node: int) -> list[tuple[int, bool]]:
        """The arcs from a node to the root, and whether each is walked from its tail."""
        found = []
        while (arc := self.parent_arc[node]) >= 0:
            from_tail = self.tails[arc] == node
            found.append((arc, from_tail))
            node = self.other_end(arc, node)
        return found

    def hang(self, root: int, entering: int) -> None:
        """Hang the part that was cut off, whose root was ``root``, on the new arc."""
        node = walk = self.tails[entering]
        while walk != root and self.parent_arc[walk] >= 0:
            walk = self.other_end(self.parent_arc[walk], walk)
        if walk != root:
            node = self.heads[entering]
        arc = entering
        while True:
            above, self.parent_arc[node] = self.parent_arc[node], arc
            if node == root:
                return
            arc, node = above, self.other_end(above, node)

    def balance(self) -> None:
        """Where moving one side changes nothing, put it midway between what holds it; the last use of the tree."""
        for index, arc in enumerate(list(self.tree)):
            if self.cut[arc] == 0 and self.tree[index] == arc:
                side, of_tail = self.smaller_side(arc)
                entering = self.nearest(side, of_tail)
                if entering >= 0 and (room := self.slack(entering)) > 1:
                    self.shift(side, (room // 2) * (-1 if of_tail else 1))
