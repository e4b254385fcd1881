"""Cards: what is said of one node, and of several that are folded into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .alarms import Alarms, is_zero
from .formulas import INFIX, LIMIT, PREFIX, formula
from .graph import Graph, changed_nodes, symbol_of
from .heat import bright_heat_of
from .names import NAME_LIMIT, Names
from .numerals import (
    Row,
    barred,
    constant,
    mean_and_std,
    not_finite,
    number,
    rows_of_gradient,
    rows_of_value,
    statistics,
)
from .quotient import CHAIN, CONE, LAYER, NEURON, REGION, SUM, Fold, Quotient
from .slopes import total
from .summaries import Summary, summary_of
from .symbols import badge
from .text import ELLIPSIS, clean
from .view import CONSTANT, FOLDED, INPUT, LOSS, OPERATION, RESULT, STARTS, VARIABLE, Card

WRITTEN_OUT = 4
"""Up to so many operations that are folded into one card are written as one formula."""


class Describer:
    """Makes the cards of a graph.

    Parameters
    ----------
    graph : Graph
    precision : int
        Decimals of the numbers.
    """

    def __init__(self, graph: Graph, precision: int) -> None:
        self.graph = graph
        self.precision = precision
        self.names = Names.of(graph)
        self.alarms = Alarms(graph)
        self.changed = changed_nodes(graph)
        self.name_of: dict[int, str] = {}
        """What the nodes are called that have a card, or are the only result of one."""
        self.card_of: dict[int, str] = {}
        """What the card is called that other nodes are folded into."""

    # ------------------------------------------------------------------ one node

    def card(self, i: int, id: str) -> Card:
        """The card of a node."""
        graph, op = self.graph, self.graph.ops[i]
        name, named = self.name(i)
        data = graph.data(i)
        big = data if np.ndim(data) else None
        gradient = graph.gradient(i)
        written = formula(op, [self.say(a) for a in graph.operands[i]]) if op else ""
        found = summary_of([big]) if big is not None else None
        each = self.each(i, found)
        return Card(
            id=id,
            name=name,
            named=named,
            formula=written,
            role=self.role(i),
            shape=graph.shape_text(i),
            dtype=graph.dtype_text(i),
            rows=each or self.rows(i, data, gradient),
            carries_gradient=graph.carries_gradient(i),
            alarm=self.alarms.words.get(i, ""),
            changed=i in self.changed,
            badge=badge(op),
            warnings=tuple(self.alarms.warnings.get(i, ())),
            heat=None if each else bright_heat_of(big),
            gradient_heat=bright_heat_of(gradient),
            statistics=statistics(found, self.precision) if found is not None else "",
            total=total(graph, i, self.precision) if len(graph.users[i]) > 1 else "",
        )

    def each(self, i: int, found: Summary | None) -> tuple[Row, ...]:
        """The row of a constant array whose entries are all the same; nothing of any other node."""
        if found is None or not self.graph.is_constant[i] or not found.count == found.finite > 1:
            return ()
        same = found.low == found.high and not found.lengths
        return (Row("each", number(found.low, self.precision), "value"),) if same else ()

    def name(self, i: int) -> tuple[str, bool]:
        """The name on the card of a node, and whether it is a user's; a number is its own name."""
        graph, given = self.graph, self.graph.name(i)
        if not graph.is_constant[i] or given:
            self.name_of[i] = self.names.named(given)
        else:
            data = graph.data(i)
            if data is None:  # a Fraction, an integer of fifty digits: nothing that NumPy counts as a number
                self.name_of[i] = clean(str(graph.things[i]), NAME_LIMIT)
            elif np.ndim(data) == 0:
                self.name_of[i] = constant(data, self.precision)
            else:
                self.name_of[i] = self.names.numbered("c{}")
        return self.name_of[i], bool(given)

    def role(self, i: int) -> str:
        """What part a node plays; an input and a parameter look alike to the engine, unless somebody said it."""
        graph = self.graph
        if i in graph.roles:
            return graph.roles[i]
        if i in graph.root_set and graph.ops[i] is not None:
            number = not graph.shape(i) or int(np.prod(graph.shape(i))) == 1
            is_loss = number and graph.carries_gradient(i) and len(graph.roots) == 1 and not graph.blank
            return LOSS if is_loss else RESULT
        if graph.ops[i] is not None:
            return OPERATION
        if graph.is_constant[i]:
            return INPUT if graph.shape(i) else CONSTANT
        return VARIABLE if graph.carries_gradient(i) else CONSTANT

    def rows(self, i: int, data: Any, gradient: Any) -> tuple[Row, ...]:
        """The numbers of a node: none of a model or program without data, one row less of what has no gradient."""
        graph = self.graph
        if graph.is_constant[i]:
            return rows_of_value(data, self.precision) if np.ndim(data) else ()
        if data is None:
            return ()
        if not graph.carries_gradient(i):
            return (*rows_of_value(data, self.precision), Row("", "no gradient", "quiet"))
        return rows_of_value(data, self.precision) + rows_of_gradient(gradient, self.precision)

    def say(self, i: int) -> str:
        """A node by its name, also where it is folded away."""
        if i in self.name_of:
            return self.name_of[i]
        data = self.graph.data(i) if self.graph.is_constant[i] else None
        if data is not None and not np.ndim(data):
            return constant(data, self.precision)
        name = self.graph.name(i)
        return clean(name, NAME_LIMIT) if name else self.card_of.get(i, "array" if data is not None else "·")

    # ------------------------------------------------------------------ several nodes

    def folded_card(self, parts: Quotient, part: int, id: str) -> Card:
        """The card of several nodes."""
        graph, members, fold = self.graph, parts.members[part], parts.folds[part]
        exits = parts.exits(part)
        values = [i for i in members if not graph.is_constant[i]]
        leaf = all(graph.ops[i] is None for i in members)
        single = exits[0] if len(exits) == 1 and not leaf and fold.kind in (SUM, NEURON, CHAIN, CONE) else None
        name, named = self.name(single) if single is not None else (self.name_of_several(parts, part), False)
        written, holds = self.formula(parts, part, exits)
        self.card_of.update(dict.fromkeys(members, name))
        return Card(
            id=id,
            name=name,
            named=named,
            formula=clean(written, LIMIT) if written else "",
            role=self.role_of_several(members, leaf),
            shape=graph.shape_text(single) if single is not None else "",
            dtype=graph.dtype_text(single) if single is not None else "",
            rows=self.rows_of_several(members, exits, single),
            carries_gradient=any(graph.carries_gradient(i) for i in members),
            alarm=self.alarm_inside(members),
            changed=any(i in self.changed for i in members),
            badge=self.badge(fold, exits),
            warnings=self.warnings_inside(members),
            heat=bright_heat_of(self.shown(graph.data, members, exits)),
            gradient_heat=bright_heat_of(self.shown(graph.gradient, members, exits)),
            statistics=self.statistics(members),
            total=total(graph, single, self.precision) if single is not None and len(graph.users[single]) > 1 else "",
            folds=len(values) or len(members),
            holds=holds and bool(written),
        )

    def name_of_several(self, parts: Quotient, part: int) -> str:
        """``w1 … w36``, ``36 neurons``, ``dense``."""
        graph, members, fold = self.graph, parts.members[part], parts.folds[part]
        if fold.name:
            return self.names.made(fold.name)
        if all(graph.ops[i] is None for i in members):
            first, last = graph.name(members[0]), graph.name(members[-1])
            if first and last:
                return self.names.made(f"{clean(first, 11)} … {clean(last, 11)}")
            return self.names.made(f"{len(members):,} {self.role_of_several(members, True)}s")
        return self.names.numbered("part {}")

    def role_of_several(self, members: Sequence[int], leaf: bool) -> str:
        """The role that all of them have, or that of what was asked for; else "folded"."""
        roots = [i for i in members if i in self.graph.root_set]
        if roots:
            return self.role(roots[-1])
        roles = {self.role(i) for i in members} if leaf else set()
        return roles.pop() if len(roles) == 1 else FOLDED

    def formula(self, parts: Quotient, part: int, exits: list[int]) -> tuple[str, bool]:
        """What the parts of a card compute, in short, and whether it rather says what is in it."""
        graph, members, fold = self.graph, parts.members[part], parts.folds[part]
        if fold.text:
            return (f"{fold.text}, × {fold.times}" if fold.times > 1 else fold.text), True
        last = exits[-1] if exits else members[-1]
        if fold.kind in (SUM, NEURON, LAYER):
            return self.affine(set(members), last, own=fold.kind != LAYER), False
        computed = [i for i in members if graph.ops[i] is not None]
        few = 0 < len(computed) <= WRITTEN_OUT and len(exits) == 1
        if few and (nested := self.nested(computed)):
            return nested, False
        return (self.census(computed) if few or fold.kind in (CHAIN, CONE, REGION) else ""), True

    def nested(self, computed: Sequence[int]) -> str:
        """A few operations written in one another, ``1 - (v3 * v3)``; empty if that is long."""
        graph, written = self.graph, dict[int, str]()
        for i in computed:
            operands = [written.get(a) or self.say(a) for a in graph.operands[i]]
            bracketed = [
                f"({text})" if " " in text and a in written else text
                for a, text in zip(graph.operands[i], operands, strict=True)
            ]
            written[i] = formula(graph.ops[i], bracketed if symbol_of(graph, i) in INFIX | PREFIX.keys() else operands)  # type: ignore[arg-type]
        last = written[computed[-1]]
        return "" if ELLIPSIS in last or len(last) >= LIMIT else last

    def affine(self, inside: set[int], last: int, own: bool) -> str:
        """``tanh(Σ wᵢxᵢ + b)``, with the names of this one (own), or of one that stands for many."""
        graph, head, around = self.graph, last, ("", "")
        if symbol_of(graph, head) not in ("+", "*", "@"):
            around, head = (f"{clean(symbol_of(graph, head), 10)}(", ")"), graph.operands[head][0]
        products, others, waiting = list[int](), list[int](), [head]
        while waiting:
            i = waiting.pop()
            symbol = symbol_of(graph, i) if i in inside or i == head else ""
            if symbol == "+" and (i == head or (symbol_of(graph, i) and len(graph.users[i]) == 1)):
                waiting += reversed(graph.operands[i])
            elif symbol in ("*", "@"):
                products.append(i)
            elif not is_zero(graph, i):
                others.append(i)
        return f"{around[0]}{self.sum_text(products, others, own)}{around[1]}"

    def sum_text(self, products: list[int], others: list[int], own: bool) -> str:
        """``Σ wᵢxᵢ + b, n = 36``; a single product with its own names."""
        graph, terms = self.graph, list[str]()
        if len(products) == 1 and own:
            i = products[0]
            terms.append(f" {symbol_of(graph, i)} ".join(self.say(a) for a in graph.operands[i]))
        elif products:
            terms.append("Σ wᵢxᵢ" if len(products) > 1 else "w x")
        if len(others) == 1:
            terms.append(self.say(others[0]) if own and self.say(others[0]) != "·" else "b")
        elif others:
            terms.append("Σ vᵢ")
        n = max(len(products), len(others))
        return " + ".join(terms) + (f", n = {n:,}" if n > 1 else "")

    def census(self, members: Sequence[int]) -> str:
        """How often each operation is in it: ``2,100 of ×, 80 of +``."""
        counts: dict[str, int] = {}
        for i in members:
            sign = badge(self.graph.ops[i])
            counts[sign] = counts.get(sign, 0) + 1
        often = sorted(counts.items(), key=lambda item: -item[1])
        return ", ".join(f"{n:,} of {sign}" for sign, n in often[:4]) + (", …" if len(often) > 4 else "")

    def badge(self, fold: Fold, exits: list[int]) -> str:
        if fold.times > 1:
            return f"× {fold.times:,}"
        if fold.kind == SUM:
            return "Σ"
        if fold.kind in (NEURON, LAYER) and exits:
            sign = badge(self.graph.ops[exits[-1]])
            return "Σ" if sign == "+" else sign
        return ""

    def rows_of_several(
        self, members: Sequence[int], exits: Sequence[int], single: int | None
    ) -> tuple[Row, ...]:  # fmt: skip
        """The numbers of the only result; else mean and spread of the weights, of the results, or of all inside."""
        graph, precision = self.graph, self.precision
        if single is not None:
            return self.rows(single, graph.data(single), graph.gradient(single))
        label, members = self.counted(members, exits)
        found = summary_of(x for i in members if (x := graph.data(i)) is not None)
        if not found.count:
            return ()
        bad = not_finite(found)
        rows = [Row(barred(label, found), bad or mean_and_std(found, precision), "alarm" if bad else "value")]
        if not bad and found.low == found.high and not found.lengths:
            rows = [Row("each", number(found.low, precision), "value")]
        carrying = [i for i in members if graph.carries_gradient(i)]
        gradients = [x for i in carrying if (x := graph.gradient(i)) is not None]
        if not carrying:
            return (
                (*rows, Row("", "no gradient", "quiet")) if any(not graph.is_constant[i] for i in members) else (*rows,)
            )
        if not gradients:
            return (*rows, *rows_of_gradient(None, precision))
        found = summary_of(gradients)
        bad = not_finite(found)
        return (
            *rows,
            Row(barred("gradient", found), bad or mean_and_std(found, precision), "alarm" if bad else "gradient"),
        )

    def statistics(self, members: Sequence[int]) -> str:
        """All numbers inside in a sentence."""
        graph, facts = self.graph, []
        for what, look in (("values", graph.data), ("gradients", graph.gradient)):
            found = summary_of(x for i in members if (x := look(i)) is not None)
            if found.count:
                facts.append(f"{found.count:,} {what}: {statistics(found, self.precision)}")
        return "; ".join(facts)

    def shown(self, look: Any, members: Sequence[int], exits: Sequence[int]) -> Any:
        """What the small picture of a folded card shows: the largest weights, else its results if they are numbers."""
        graph = self.graph
        weights = self.weights(members)
        if weights:
            return look(max(weights, key=lambda i: (int(np.prod(graph.shape(i))), -i)))
        numbers = [x for i in exits if not graph.shape(i) and (x := look(i)) is not None]
        return np.array(numbers) if len(numbers) == len(exits) > 1 else None

    def weights(self, members: Sequence[int]) -> list[int]:
        """The arrays among them that were given, and are no constants."""
        graph = self.graph
        return [i for i in members if graph.ops[i] is None and not graph.is_constant[i] and graph.shape(i)]

    def counted(self, members: Sequence[int], exits: Sequence[int]) -> tuple[str, Sequence[int]]:
        """Of what a folded card shows mean and spread, and their label: of its weights, its results, or everything."""
        if weights := self.weights(members):
            return "weights", weights
        numbers = len(exits) > 1 and all(not self.graph.shape(i) for i in exits)
        return "mean ± std", exits if numbers else members

    def alarm_inside(self, members: Sequence[int]) -> str:
        """The first alarm of the values inside, of the gradients else; where one starts, that."""
        words = [self.alarms.words[i] for i in members if i in self.alarms.words]
        words.sort(key=lambda word: (word.startswith("gradient"), not word.endswith(STARTS)))
        return words[0] if words else ""

    def warnings_inside(self, members: Sequence[int]) -> tuple[str, ...]:
        """How many inside have each warning; that of one as it is."""
        words: dict[str, int] = {}
        for i in members:
            for word in self.alarms.warnings.get(i, ()):
                words[word] = words.get(word, 0) + 1
        return tuple(word if n == 1 else f"{n:,} {word}" for word, n in words.items())
