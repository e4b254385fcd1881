"""Reading: from a Value, a model or a program to the cards, arrows and groups of a `View`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..engine import Value
from .describing import Describer
from .folding import READABLE, Collapse, GraphTooLarge, folded, sentences
from .graph import Graph, symbol_of
from .groups import Members, gradient_graphs
from .names import own_name
from .quotient import SINGLE, Quotient
from .slopes import said_of_arrow
from .subjects import name_inputs, subject_of
from .text import clean
from .view import Arrow, Card, Group, View, some

__all__ = ["GraphTooLarge", "view_of"]

Inputs = Mapping[str, Any] | Iterable[Value | str]


def view_of(
    thing: Any,
    precision: int = 4,
    max_nodes: int | None = None,
    *,
    detail: str = "auto",
    inputs: Inputs = (),
    collapse: Collapse | None = None,
    edges: str = "local",
    gradients: Mapping[Value, Any] | None = None,
) -> View:
    """What a picture of a thing shows, with the numbers that it holds now.

    Parameters
    ----------
    thing, precision, max_nodes, detail, inputs, collapse, edges
        See `draw`.
    gradients : mapping from Values to gradients, optional
        In the place of those that the Values hold; a Value that is not in it has none.

    Raises
    ------
    TypeError, ValueError
        If it cannot be drawn.
    GraphTooLarge
        If everything is to be shown and is too much.

    Examples
    --------
    >>> x = Value(3.0, name="x")
    >>> [card.formula for card in view_of(x * x).cards]
    ['', 'x * x']
    """
    subject = subject_of(thing)
    graph = subject.graph
    graph.gradients = gradients
    say_inputs(graph, inputs)
    groups = apart([*subject.groups, *gradient_graphs(graph)])
    parts = folded(graph, groups, detail, max_nodes, collapse)
    describer = Describer(graph, precision)
    cards = tuple(
        describer.card(members[0], f"n{part}")
        if parts.folds[part] is SINGLE
        else describer.folded_card(parts, part, f"n{part}")
        for part, members in enumerate(parts.members)
    )
    place = {i: part for part, members in enumerate(parts.members) for i in members}
    numbers = edges == "local" and len(parts) <= READABLE
    return View(
        cards,
        arrows_of(parts, place, describer, numbers, {i for g in groups if g.kind in WITHOUT_SLOPES for i in g.nodes}),
        groups_of(parts, groups),
        sentences(parts, detail),
        tuple(values_of(parts, part) for part in range(len(parts))),
        tuple(sorted({place[root] for root in graph.roots})),
        subject.title,
        (*culprit(describer, cards, place), *earlier_gradients(graph), *subject.remarks),
    )


def say_inputs(graph: Graph, inputs: Inputs) -> None:
    """Give the role of an input to what a user says is one: Values, names, or names with Values or arrays."""
    if isinstance(inputs, Mapping):
        name_inputs(graph, inputs)
        return
    given = [inputs] if isinstance(inputs, Value | str) else list(inputs)
    for part in given:
        if isinstance(part, Value):
            name_inputs(graph, {str(part.name or ""): part})
        elif isinstance(part, str):
            named = [i for i in range(len(graph)) if graph.ops[i] is None and graph.name(i) == part]
            if not named:
                given_names = [name for i in range(len(graph)) if graph.ops[i] is None and (name := graph.name(i))]
                raise ValueError(
                    f"inputs= was given the name {part!r}, and nothing in this graph that was given is called so. "
                    f"{f'There is {some(given_names, 6)}.' if given_names else 'Nothing in it has a name.'}"
                )
            graph.roles.update(dict.fromkeys(named, "input"))
        else:
            raise TypeError(
                f"inputs= was given a {type(part).__name__}. It takes Values or their names, inputs=[x, 'y'], or names "
                f"for arrays, inputs={{'X': X}}."
            )


def apart(groups: Iterable[Members]) -> list[Members]:
    """The groups, no node in two of them: the first one has it."""
    taken: set[int] = set()
    for group in (groups := list(groups)):
        group.nodes -= taken
        taken |= group.nodes
    return [group for group in groups if group.nodes]


WITHOUT_SLOPES = ("backward", "update")
"""The parts of a program that no gradient flows back through."""


def arrows_of(
    parts: Quotient, place: dict[int, int], describer: Describer, numbers: bool, quiet: set[int]
) -> tuple[Arrow, ...]:
    """An arrow for each use; one for all uses between two cards if one of them is folded."""
    graph, arrows = parts.graph, list[Arrow]()
    for head, members in enumerate(parts.members):
        between: dict[int, int] = {}
        for i in members:
            for position, operand in enumerate(graph.operands[i]):
                tail = place[operand]
                if parts.folds[head] is SINGLE and parts.folds[tail] is SINGLE:
                    said = ("", "")
                    if numbers and i not in quiet:
                        names = [describer.say(a) for a in graph.operands[i]]
                        said = said_of_arrow(graph, i, position, names, describer.say(i), describer.precision)
                    arrows.append(Arrow(tail, head, position, *said))
                elif tail != head:
                    between[tail] = between.get(tail, 0) + 1
        position = len(graph.operands[members[0]]) if parts.folds[head] is SINGLE else 0
        arrows += [Arrow(tail, head, position + k, count=n) for k, (tail, n) in enumerate(between.items())]
    return tuple(arrows)


def groups_of(parts: Quotient, groups: Iterable[Members]) -> tuple[Group, ...]:
    """The groups as cards: those that lie in a group with all that is in them. A folded layer needs no frame."""
    found = []
    for group in groups:
        inside = [part for part, members in enumerate(parts.members) if group.nodes.issuperset(members)]
        if inside and not (len(inside) == 1 and group.kind == "layer"):
            found.append(Group(group.title, group.kind, tuple(inside)))
    return tuple(found)


def values_of(parts: Quotient, part: int) -> Any:
    """The Value of a card, or all of them; None for a constant and for a variable of a program."""
    graph, members = parts.graph, parts.members[part]
    if parts.folds[part] is SINGLE:
        return graph.things[members[0]] if graph.is_value(members[0]) else None
    return tuple(graph.things[i] for i in members if graph.is_value(i))


def earlier_gradients(graph: Graph) -> list[str]:
    """That the gradients shown are not those of this graph, if no ``backward()`` has gone through it."""
    if graph.blank or graph.batch is not None or graph.gradients is not None:
        return []
    here = [i for i in range(len(graph)) if graph.gradient(i) is not None]
    if not here or any(graph.ops[i] is not None for i in here) or not any(graph.ops):
        return []
    names = some([own_name(graph.name(i)) or "a Value without a name" for i in here], 4)
    one = len(here) == 1
    return [
        f"{'The gradient' if one else 'The gradients'} of {names} {'is that' if one else 'are those'} of an earlier "
        f"backward(): none has gone through this graph yet."
    ]


def culprit(describer: Describer, cards: tuple[Card, ...], place: dict[int, int]) -> list[str]:
    """Where the first number that is not finite comes from, in a sentence."""
    i = describer.alarms.culprit
    if i is None:
        return []
    card, word = cards[place[i]], describer.alarms.words[i]
    name = describer.graph.name(i)
    where = card.definition
    if card.folds:
        symbol = symbol_of(describer.graph, i)
        what = clean(name, 24) if name else f"an operation {clean(symbol, 12)}" if symbol else "what was given"
        where = what if what == card.name else f"{what}, in {card.name}"
    if word.startswith("gradient"):
        return [f"The first {word.split()[1]} on the way back is in the gradient of {where}."]
    first = word.split()[0]
    nan = next((k for k, other in sorted(describer.alarms.words.items()) if other == "nan"), None)
    if first == "inf" and nan is not None and place[nan] != place[i]:
        return [f"The first inf is in {where}, the first nan in {cards[place[nan]].definition}."]
    return [f"The first {first} is in {where}."]
