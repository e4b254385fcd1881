"""The program of a graph: the loss, its gradients and the update as NumPy source, and which line does what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from keyword import iskeyword
from typing import Any

import numpy as np

from ..drawing.graph import computed_behind
from ..drawing.names import NAME_LIMIT
from ..drawing.text import clean
from ..engine import RecordingError, Value
from ..engine.calculus import value_and_grad
from ..engine.recording import raw_of, resumed
from ..engine.recording import record as recorded_again
from ..program.listing import BACKWARD, FORWARD, UPDATE, Listing, interpreted
from ..program.passes import simplified
from ..program.recording.recorder import recording_of
from ..program.writing.emission import source_of_program
from .playing import Play

LONGEST = 600
"""Operations of the longest graph whose program is written: nobody reads a longer one."""

NOT_IN_NAMES = re.compile(r"\W+")


@dataclass(frozen=True)
class Source:
    """The program of a graph.

    Attributes
    ----------
    lines : tuple of str
    forward, backward, update : dict
        For each Value the lines, from 0, on which it, its gradient, its new number is computed.
    listing : Listing or None
        Its operations as they were recorded.
    leaves : tuple
        What it is given: Values, and arrays that are no Values.
    """

    lines: tuple[str, ...] = ()
    forward: Mapping[Value, tuple[int, ...]] = field(default_factory=dict)
    backward: Mapping[Value, tuple[int, ...]] = field(default_factory=dict)
    update: Mapping[Value, tuple[int, ...]] = field(default_factory=dict)
    listing: Listing | None = None
    leaves: tuple[Any, ...] = ()

    def loss_at(self, numbers: Mapping[Value, Any]) -> Any:
        """The loss with other numbers for some leaves; None if there is no program."""
        if self.listing is None:
            return None
        given = [numbers.get(v, raw_of(v)) if isinstance(v, Value) else v for v in self.leaves]
        return interpreted(self.listing, given)[0][0]


def source_of(play: Play, loss: Value, learning_rate: float | None) -> Source:
    """The program of the graph behind a loss, with a step of gradient descent if a learning rate is given.

    The operations are made once more on stand-ins for the leaves, as whenever a function is recorded. A graph that
    cannot be recorded, or is too long to be read, has no program: then nothing is shown.
    """
    computed = computed_behind([loss])
    if not computed or len(computed) > LONGEST or not loss.carries_gradient:
        return Source()
    leaves = leaves_of(computed)
    names = names_of(play, [*leaves, *computed])
    learnt = [k for k, v in enumerate(leaves) if isinstance(v, Value) and v in set(learnt_values(play))]
    try:
        listing = listing_of(computed, leaves, learnt, names, learning_rate)
        written = source_of_program(simplified(listing), "step" if learning_rate else "loss_and_gradients")
    except (RecordingError, TypeError, ValueError, NotImplementedError):
        return Source()
    return located(written, listing, leaves, computed, names)


def leaves_of(computed: Sequence[Value]) -> list[Any]:
    """The Values and the arrays of floats that a graph begins with, each once."""
    operands = [a for v in computed for a in v.args]
    found = [a for a in operands if (a.op is None if isinstance(a, Value) else is_data(a))]
    return list({key(a): a for a in found}.values())


def is_data(x: Any) -> bool:
    return isinstance(x, np.ndarray) and x.dtype.kind == "f" and x.ndim > 0


def key(x: Any) -> Any:
    """What tells operands apart: Values themselves, arrays by where they are."""
    return x if isinstance(x, Value) else id(x)


def learnt_values(play: Play) -> list[Value]:
    return [v for i in play.learnt for v in play.learnt_on(i)]


def names_of(play: Play, things: Sequence[Any]) -> dict[Any, str]:
    """A name for each Value and array that can stand in a program: that of its card, if it has one to itself."""
    wished: dict[Any, str] = {}
    for i, card in enumerate(play.cards):
        data = play.value(i) if play.view.values[i] is not None else play.data(i)
        if isinstance(data, Value) or is_data(data):
            wished[key(data)] = card.name
    taken: set[str] = set()
    names = {}
    for k, thing in enumerate(things):
        own = thing.name or "" if isinstance(thing, Value) else ""
        name = NOT_IN_NAMES.sub("_", clean(wished.get(key(thing), own), NAME_LIMIT)).strip("_")
        name = name if name.isidentifier() and not iskeyword(name) else f"v{k}"
        while name in taken:
            name += "_"
        taken.add(name)
        names[key(thing)] = name
    return names


def listing_of(
    computed: Sequence[Value], leaves: Sequence[Any], learnt: Sequence[int], names: Mapping[Any, str],
    learning_rate: float | None,
) -> Listing:  # fmt: skip
    """The operations of the graph, its gradients, and a step against them."""
    parameters = [names[key(v)] for v in leaves]

    def again(*stand_ins: Any) -> Any:
        now: dict[Any, Any] = dict(zip(map(key, leaves), stand_ins, strict=True))
        for v in computed:
            now[v] = recorded_again(v.op, tuple(now.get(key(a), a) for a in v.args))  # type: ignore[arg-type]
            now[v].name = names[v]
        return now[computed[-1]]

    def step(*stand_ins: Any) -> Any:
        for v, name in zip(stand_ins, parameters, strict=True):
            v.name = name
        if not learnt:
            return again(*stand_ins)
        loss, gradients = value_and_grad(again, argnums=tuple(learnt))(*stand_ins)
        news = []
        for k, gradient in zip(learnt, gradients, strict=True) if learning_rate else ():
            news.append(stand_ins[k] - learning_rate * gradient)
            news[-1].name = f"new_{parameters[k]}"
        return (loss, *gradients, *news)

    with resumed():
        listing = recording_of(step, tuple(raw_of(v) if isinstance(v, Value) else v for v in leaves), {}).listing
    news = set(listing.outputs[1 + len(learnt) :])
    for v, name in zip(listing.inputs, parameters, strict=False):
        v.name = name
    steps = {v for i in listing.instructions if i.out in news for v in i.operands} - set(listing.outputs)
    for i in listing.instructions:
        if i.out in news or i.out in steps:
            i.part = UPDATE
    return listing


def located(written: Any, listing: Listing, leaves: Sequence[Any], computed: Sequence[Value], names: Any) -> Source:
    """Which Value is computed on which line, by the names in it."""
    lines: dict[str, dict[str, list[int]]] = {FORWARD: {}, BACKWARD: {}, UPDATE: {}}
    for number, i in written.lines.items():
        lines[i.part].setdefault(i.out.name, []).append(number - 1)

    def of(part: str, prefix: str) -> dict[Value, tuple[int, ...]]:
        values = [v for v in (*leaves, *computed) if isinstance(v, Value)]
        return {v: tuple(found) for v in values if (found := lines[part].get(prefix + names[v]))}

    return Source(
        tuple(written.text.rstrip().splitlines()), of(FORWARD, ""), of(BACKWARD, "d_"), of(UPDATE, "new_"), listing,
        tuple(leaves),
    )  # fmt: skip
