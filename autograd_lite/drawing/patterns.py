"""What can be folded: sums, neurons, layers, what has the same form, chains, and in the end regions.

Each function takes the parts that there are and puts some of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from ..engine import Operation
from .groups import Members
from .quotient import CHAIN, CONE, EQUAL, KEY, LAYER, NEURON, ONE, REGION, SINGLE, SUM, Fold, Quotient, resolved
from .symbols import badge

ACTIVATIONS = frozenset({"softmax", "log_softmax", "sigmoid", "relu"})
SEVERAL = {"+": "sums", "−": "differences", "×": "products", "÷": "quotients", "^": "powers"}
"""What many operations of one kind are called."""
NO_ACTIVATIONS = frozenset({"neg", "pos", "="})


class Folder:
    """Folds a graph step by step.

    Parameters
    ----------
    parts : Quotient
    groups : sequence of Members
        Nothing is folded across the border of a group, unless there is no other way.
    """

    def __init__(self, parts: Quotient, groups: Sequence[Members]) -> None:
        self.parts = parts
        self.graph = parts.graph
        self.groups = [group for group in groups if group.kind == LAYER]
        self.zone = [0] * len(self.graph)
        for number, group in enumerate(groups, start=1):
            for i in group.nodes:
                self.zone[i] = number
        self.in_layer = {i for group in self.groups for i in group.nodes}

    def same_zone(self, a: int, b: int) -> bool:
        """True if two parts lie in the same group, or both in none."""
        return self.zone[self.parts.members[a][-1]] == self.zone[self.parts.members[b][-1]]

    def merge(self, labels: Sequence[Hashable], fold_of: Callable[[Hashable, list[int]], Fold]) -> None:
        """Put parts of one label together; ``fold_of`` says what they are, given the label and the old parts."""
        parts: dict[Hashable, list[int]] = {}
        for part, label in enumerate(labels):
            parts.setdefault(label, []).append(part)
        if len(parts) < len(labels):
            first = {part: group[0] for group in parts.values() for part in group}  # numbers are faster than labels
            folds = {group[0]: fold_of(label, group) for label, group in parts.items() if len(group) > 1}
            self.parts = self.parts.merged([first[part] for part in range(len(labels))], folds)

    # ------------------------------------------------------------------ sums and neurons

    def op(self, part: int) -> Operation | None:
        """The operation of a part that is one node; None for any other."""
        node = self.parts.node(part)
        return self.graph.ops[node] if node >= 0 else None

    def is_op(self, part: int, *symbols: str) -> bool:
        op = self.op(part)
        return op is not None and op.symbol in symbols and not op.settings

    def serves_only(self, part: int, user: int, uses: int = 1) -> bool:
        """True if nothing but this user needs the part: then they can be one."""
        return (
            self.parts.after[part] == [user] and not self.parts.has_root(part) and self.same_zone(part, user)
            and len(self.graph.users[self.parts.members[part][-1]]) == uses
        )  # fmt: skip

    def sums(self) -> None:
        """A chain of additions with the products that it adds, if it has more than two terms."""
        parts, labels = self.parts, list(range(len(self.parts)))
        additions = [0] * len(labels)
        for part in reversed(range(len(labels))):
            if not self.is_op(part, "+"):
                continue
            additions[labels[part]] += 1
            for used in parts.before[part]:
                node = parts.node(used)
                inner = self.is_op(used, "+", "*", "@") and not self.graph.name(node)
                if inner and self.serves_only(used, part):
                    labels[used] = labels[part]
        labels = [label if additions[label] > 1 else part for part, label in enumerate(labels)]
        self.merge(labels, lambda label, group: Fold(SUM, form=SUM))

    def neurons(self) -> None:
        """A sum of products with its activation, and with the weights that nothing else uses."""
        parts, labels = self.parts, list(range(len(self.parts)))
        affine = set()
        for part in range(len(labels)):
            if self.parts.folds[part].kind == SUM:
                affine.add(part)
            elif self.is_op(part, "+") and parts.node(part) not in self.in_layer:
                products = [u for u in parts.before[part] if self.is_op(u, "*", "@") and self.serves_only(u, part)]
                for product in products:
                    labels[product] = part
                    affine.add(part)
        signs: dict[int, str] = {}
        for part in range(len(labels)):
            argument = self.argument(part)
            if argument is None or not self.serves_only(argument, part):
                continue
            if argument in affine or (self.is_op(argument, "*", "@") and labels[argument] == argument):
                labels[argument] = part
                signs[part] = badge(self.op(part))
        labels = self.with_private_leaves(resolved(labels), affine | set(signs))
        self.merge(labels, lambda label, group: Fold(NEURON, form=(NEURON, signs.get(label, ""))))  # type: ignore[call-overload]
        self.mark_sums()

    def argument(self, part: int) -> int | None:
        """The part that an activation is applied to; None if it is no activation, or in a layer already."""
        op = self.op(part)
        if op is None or self.parts.node(part) in self.in_layer or op.symbol in NO_ACTIVATIONS:
            return None
        if not (op.symbol in ACTIVATIONS or (op.elementwise and op.operands == 1)):
            return None
        used = self.parts.before[part]
        return used[0] if len(used) == 1 else None

    def with_private_leaves(self, labels: list[int], takers: set[int]) -> list[int]:
        """Labels that take weights and numbers along which one part alone uses. Arrays of data stay outside."""
        found = list(labels)
        for part in range(len(labels)):
            if not self.parts.is_leaf(part) or self.parts.has_root(part) or self.parts.folds[part] is not SINGLE:
                continue
            node = self.parts.node(part)
            users = {labels[user] for user in self.parts.after[part]}
            data = self.graph.is_constant[node] and self.graph.shape(node)
            if len(users) == 1 and not data and users & takers and self.same_zone(part, next(iter(users))):
                found[part] = users.pop()
        return found

    def mark_sums(self) -> None:
        """Sums that found no activation are neurons without one."""
        self.parts.folds = [Fold(NEURON, form=(NEURON, "")) if fold.kind == SUM else fold for fold in self.parts.folds]

    # ------------------------------------------------------------------ layers, and what has the same form

    def layers(self) -> None:
        """Each layer one card: those with weights of their own, and neurons of one form at one depth."""
        group_of = {i: number for number, group in enumerate(self.groups) for i in group.nodes}
        labels: list[Hashable] = []
        for part, members in enumerate(self.parts.members):
            numbers = {group_of.get(i, -1) for i in members}
            inside = len(numbers) == 1 and -1 not in numbers and self.parts.folds[part].kind != KEY
            labels.append(("layer", numbers.pop()) if inside else part)
        self.merge(labels, lambda label, _: self.fold_of_layer(self.groups[label[1]]))  # type: ignore[index]
        self.equal(only=(NEURON,))

    def fold_of_layer(self, group: Members) -> Fold:
        return Fold(LAYER, group.name, (LAYER, group.form), group.form)

    def equal(self, only: tuple[str, ...] = ()) -> None:
        """What is computed in the same way from the same, or from what has the same form: one card."""
        labels = self.classes(only)
        found: dict[Hashable, list[int]] = {}
        for part, label in enumerate(labels):
            found.setdefault(label, []).append(part)
        merged: list[Hashable] = [
            ("class", label) if len(found[label]) > 1 else part for part, label in enumerate(labels)
        ]
        merged = self.leaves_by_users(merged, only)
        self.merge(merged, self.fold_of_equal)

    def classes(self, only: tuple[str, ...]) -> list[int]:
        """For each part a number: equal for those of one form that are computed from parts of one form.

        Parts of one class are equally deep, so that they can be put together without a cycle.
        """
        numbers: dict[Hashable, int] = {}
        classes: list[int] = []
        parts, graph = self.parts, self.graph
        for part in range(len(parts)):
            fold, node = parts.folds[part], parts.node(part)
            zone = self.zone[parts.members[part][-1]]
            key: Hashable
            if parts.is_leaf(part):
                key = ("leaf", *self.kind_of_leaf(part))
            elif parts.has_root(part) or fold.kind in (KEY, REGION, CHAIN) or (only and fold.kind not in only):
                key = ("own", part)
            elif node >= 0:
                op = graph.ops[node]
                operands = (len(graph.operands[node]), *(classes[u] for u in parts.before[part]))
                key = (op.symbol if op else "", str(op.settings)[:200] if op else "", zone, operands)
            else:
                key = (fold.kind, fold.form, zone, frozenset(classes[u] for u in parts.before[part]))
            classes.append(numbers.setdefault(key, len(numbers)))
        return [-1 - part if parts.is_leaf(part) else label for part, label in enumerate(classes)]

    def kind_of_leaf(self, part: int) -> tuple[Hashable, ...]:
        """What leaves must have in common to be one card."""
        node, graph = self.parts.members[part][0], self.graph
        return (
            graph.is_constant[node], graph.carries_gradient(node), graph.roles.get(node, ""), len(graph.shape(node)),
            self.zone[node],
        )  # fmt: skip

    def leaves_by_users(self, labels: list[Hashable], only: tuple[str, ...]) -> list[Hashable]:
        """Labels that put leaves of one kind together which are used by the same."""
        counts: dict[Hashable, int] = {}
        for label in labels:
            counts[label] = counts.get(label, 0) + 1
        found = list(labels)
        for part in range(len(labels)):
            if not self.parts.is_leaf(part) or self.parts.has_root(part) or self.parts.folds[part].kind == KEY:
                continue
            users = frozenset(labels[user] for user in self.parts.after[part])
            if only and not any(counts[user] > 1 or self.kind_of(user) in only for user in users):
                continue
            found[part] = ("leaves", self.kind_of_leaf(part), users)
        return found

    def kind_of(self, label: Hashable) -> str:
        return self.parts.folds[label].kind if isinstance(label, int) else ONE

    def fold_of_equal(self, label: Hashable, group: list[int]) -> Fold:
        """What parts of one form are together."""
        first, n = group[0], sum(self.parts.folds[part].times for part in group)
        fold = self.parts.folds[first]
        if self.parts.is_leaf(first):
            return Fold(EQUAL, form=("leaves", self.kind_of_leaf(first)), times=len(group))
        if fold.kind == NEURON:
            return Fold(LAYER, f"{n:,} neurons", (LAYER, fold.form, n), times=n)
        sign = badge(self.op(first)) or fold.name or fold.kind
        return Fold(EQUAL, f"{n:,} {SEVERAL.get(sign, f'of {sign}')}", (EQUAL, fold.form, sign, n), times=n)

    def repeats(self, least: int = 2) -> None:
        """Equal layers that follow each other: one card, × their number."""
        parts = self.parts
        labels = list(range(len(parts)))
        for part in range(len(labels)):
            previous = [u for u in parts.before[part] if not parts.is_leaf(u)]
            if parts.folds[part].kind != LAYER or len(previous) != 1 or parts.has_root(part):
                continue
            other = previous[0]
            if parts.folds[other].form == parts.folds[part].form and parts.after[other] == [part]:
                labels[part] = labels[other]
        lengths: dict[int, int] = {}
        for label in labels:
            lengths[label] = lengths.get(label, 0) + 1
        long = {label for label, length in lengths.items() if length >= least}
        labels = [label if label in long else part for part, label in enumerate(labels)]
        for part in range(len(labels)):
            users = {labels[user] for user in parts.after[part]}
            if parts.is_leaf(part) and len(users) == 1 and users <= long and not parts.has_root(part):
                labels[part] = users.pop()
        self.merge(labels, self.fold_of_repeat)

    def fold_of_repeat(self, label: Hashable, group: list[int]) -> Fold:
        folds = [self.parts.folds[part] for part in group if self.parts.folds[part].kind == LAYER]
        if len(folds) < 2:
            return folds[0]
        name = f"{folds[0].name} … {folds[-1].name}" if folds[0].text else f"{len(folds)} × {folds[0].name}"
        return Fold(LAYER, name, ("repeat", folds[0].form), folds[0].text, len(folds))

    # ------------------------------------------------------------------ whatever is left

    def private_leaves(self) -> None:
        """What is given and used by one part alone goes into it."""
        labels = list(range(len(self.parts)))
        for part in range(len(labels)):
            users = self.parts.after[part]
            if self.parts.is_leaf(part) and len(users) == 1 and not self.parts.has_root(part):
                labels[part] = users[0]
        self.merge(labels, self.fold_of_user)

    def fold_of_user(self, label: Hashable, group: list[int]) -> Fold:
        fold = self.parts.folds[label]  # type: ignore[call-overload]
        return Fold(CHAIN, form=CHAIN) if fold.kind == ONE else fold

    def chains(self) -> None:
        """Operations that follow each other, with nothing else between them."""
        parts, labels = self.parts, list(range(len(self.parts)))
        for part in reversed(range(len(labels))):
            used = [u for u in parts.before[part] if not parts.is_leaf(u)]
            if len(used) != 1 or parts.has_root(part) or parts.has_root(used[0]):
                continue
            kinds = {parts.folds[part].kind, parts.folds[used[0]].kind}
            if parts.after[used[0]] == [part] and not kinds & {LAYER, KEY} and self.same_zone(part, used[0]):
                labels[used[0]] = labels[part]
        self.merge(labels, lambda label, group: Fold(CHAIN, form=CHAIN))

    def cones(self, most: int) -> None:
        """What serves nothing else than one part goes into it, as long as it has no more nodes than that."""
        parts, labels = self.parts, list(range(len(self.parts)))
        sizes = [len(members) for members in parts.members]
        for part in reversed(range(len(labels))):
            users = {labels[user] for user in parts.after[part]}
            head = users.pop() if len(users) == 1 else part
            apart = head == part or parts.has_root(part) or parts.has_root(head)
            if apart or {parts.folds[part].kind, parts.folds[head].kind} & {LAYER, KEY}:
                continue
            if sizes[head] + sizes[part] <= most and self.same_zone(part, head):
                labels[part] = head
                sizes[head] += sizes[part]
        self.merge(labels, lambda label, group: Fold(CONE, form=CONE))
