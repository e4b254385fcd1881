"""A graph whose nodes are put together in parts, so that no cycle arises: what folding works on."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .graph import Graph

ONE, SUM, NEURON, LAYER, EQUAL, CHAIN, CONE, REGION, KEY = (
    "one", "sum", "neuron", "layer", "equal", "chain", "cone", "region", "key",
)  # fmt: skip


@dataclass(frozen=True)
class Fold:
    """What a part of several nodes is.

    Attributes
    ----------
    kind : str
        One of the words above.
    name : str
        A name for its card, if it has several results.
    form : hashable
        Equal for parts of one form.
    text : str
        Its formula, where the members alone do not say it.
    times : int
        How many equal ones are in it.
    """

    kind: str = ONE
    name: str = ""
    form: Hashable = ""
    text: str = ""
    times: int = 1


SINGLE = Fold()


class Quotient:
    """The parts of a graph, those that are used before those that use them.

    Attributes
    ----------
    graph : Graph
    members : list of list of int
        The nodes of each part, in order.
    folds : list of Fold
    before, after : list of list of int
        The parts that each part uses, and those that use it, each once.
    """

    def __init__(self, graph: Graph, members: list[list[int]], folds: list[Fold], before: list[list[int]]) -> None:
        self.graph = graph
        self.members = members
        self.folds = folds
        self.before = before
        self.after: list[list[int]] = [[] for _ in members]
        for part, used in enumerate(before):
            for other in used:
                self.after[other].append(part)

    @classmethod
    def of(cls, graph: Graph) -> Quotient:
        """Every node a part of its own."""
        n = len(graph)
        before = [list(dict.fromkeys(operands)) for operands in graph.operands]
        return cls(graph, [[i] for i in range(n)], [SINGLE] * n, before)

    def __len__(self) -> int:
        return len(self.members)

    @cached_property
    def _leaves(self) -> list[bool]:
        ops = self.graph.ops
        return [
            not used and all(ops[i] is None for i in members)
            for used, members in zip(self.before, self.members, strict=True)
        ]

    @cached_property
    def _rooted(self) -> list[bool]:
        roots = self.graph.root_set
        return [not roots.isdisjoint(members) for members in self.members]

    def node(self, part: int) -> int:
        """The only node of a part; -1 if it has several, or is not to be looked into."""
        return self.members[part][0] if self.folds[part] is SINGLE else -1

    def is_leaf(self, part: int) -> bool:
        """True if nothing in it was computed."""
        return self._leaves[part]

    def has_root(self, part: int) -> bool:
        """True if something in it was asked for."""
        return self._rooted[part]

    def exits(self, part: int) -> list[int]:
        """The nodes of a part that are used outside, or were asked for."""
        inside = set(self.members[part])
        graph = self.graph
        return [
            i for i in self.members[part]
            if i in graph.root_set or not inside.issuperset(graph.users[i]) or not graph.users[i]
        ]  # fmt: skip

    def merged(self, labels: Sequence[Hashable], folds: Mapping[Any, Fold]) -> Quotient:
        """Parts of one label put together, wherever that makes no cycle.

        Parameters
        ----------
        labels : sequence
            A label for each part.
        folds : mapping from labels
            What the new parts are; a part that stays alone stays what it was, unless it has an entry here.
        """
        order, labels = self.in_order(labels)
        if len(order) == len(self):
            return self
        place = {label: number for number, label in enumerate(order)}
        parts: list[list[int]] = [[] for _ in order]
        for part, label in enumerate(labels):
            parts[place[label]].append(part)
        members = [sorted(i for part in group for i in self.members[part]) for group in parts]
        before = []
        for number, group in enumerate(parts):
            used = dict.fromkeys(place[labels[other]] for part in group for other in self.before[part])
            used.pop(number, None)
            before.append(list(used))
        new = []
        for label, group in zip(order, parts, strict=True):
            name = label[0] if isinstance(label, Stage) else label
            new.append(self.folds[group[0]] if len(group) == 1 else folds[name])
        return Quotient(self.graph, members, new, before)

    def in_order(self, labels: Sequence[Hashable]) -> tuple[list[Hashable], Sequence[Hashable]]:
        """The labels in an order in which each comes after those that it uses; some split if there is none."""
        order, left = self.sorted_labels(labels)
        if left:
            stages = self.stages(labels)
            labels = [Stage((label, stages[part])) if label in left else label for part, label in enumerate(labels)]
            order, left = self.sorted_labels(labels)
        return order, labels

    def sorted_labels(self, labels: Sequence[Hashable]) -> tuple[list[Hashable], set[Hashable]]:
        """The labels in order, and those that lie on a cycle, or between cycles."""
        after: dict[Hashable, set[Hashable]] = {label: set() for label in labels}
        last: dict[Hashable, int] = {}
        for part, label in enumerate(labels):
            last[label] = max(last.get(label, -1), self.members[part][-1])
            for other in self.before[part]:
                if labels[other] != label:
                    after[labels[other]].add(label)
        waits = dict.fromkeys(after, 0)
        for following in after.values():
            for label in following:
                waits[label] += 1
        free = [label for label, n in waits.items() if not n]
        ready = [(last[label], k, label) for k, label in enumerate(free)]  # labels themselves need not have an order
        heapq.heapify(ready)
        order, count = [], len(ready)
        while ready:
            _, _, label = heapq.heappop(ready)
            order.append(label)
            for following_label in sorted(after[label], key=last.__getitem__):
                waits[following_label] -= 1
                if not waits[following_label]:
                    count += 1
                    heapq.heappush(ready, (last[following_label], count, following_label))
        left = set(after) - set(order)
        return order, without_ends(left, after)

    def stages(self, labels: Sequence[Hashable]) -> list[int]:
        """A number for each part that grows along every arrow between different labels, and never shrinks.

        Parts of one label and one stage make no cycle. Leaves lie where they can be together with what uses them.
        """
        stages = [0] * len(self)
        for part, used in enumerate(self.before):
            stages[part] = max(
                (stages[u] + (labels[u] != labels[part]) for u in used if not self.is_leaf(u)), default=0
            )
        for part in range(len(self)):
            if self.is_leaf(part) and self.after[part]:
                least = min(stages[u] - (labels[u] != labels[part]) for u in self.after[part])
                joins = any(labels[u] == labels[part] and stages[u] == least for u in self.after[part])
                stages[part] = least if joins else -1
        return stages


class Stage(tuple[Hashable, int]):
    """A label that was split, and which part of it."""

    __slots__ = ()


def without_ends(left: set[Hashable], after: Mapping[Hashable, set[Hashable]]) -> set[Hashable]:
    """Labels without those that only come behind a cycle."""
    before: dict[Hashable, list[Hashable]] = {label: [] for label in left}
    count = {}
    for label in left:
        following = after[label] & left
        count[label] = len(following)
        for other in following:
            before[other].append(label)
    ends = [label for label, n in count.items() if not n]
    while ends:
        label = ends.pop()
        left.discard(label)
        for other in before[label]:
            count[other] -= 1
            if not count[other]:
                ends.append(other)
    return left


def resolved(labels: list[int]) -> list[int]:
    """Labels that point at parts which point at others, each pointing at the last one."""
    for part in range(len(labels)):
        end = part
        while labels[end] != end:
            end = labels[end]
        while labels[part] != end:
            labels[part], part = end, labels[part]
    return labels
