"""What can be drawn: Values, several of them, a model, a layer, a program.

Models, layers and programs are known by what they have (``layers``, ``weights`` and ``call``, ``instructions``): the
rooms that they come from lie above this one, and nothing here imports them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..engine import Value, trees
from ..engine.recording import resumed
from .graph import Graph, computed_behind, graph_of_values
from .groups import KnownLayer, Members, known_layers, layers_by_name
from .listings import graph_of_listing
from .text import clean
from .view import INPUT, LOSS

FILL = 0.5
"""What stands in the place of data that nobody has given."""


@dataclass
class Subject:
    """What a picture is to show.

    Attributes
    ----------
    graph : Graph
    groups : list of Members
        Layers, or the parts of a program.
    title : str
        See `View.subject`.
    remarks : list of str
    """

    graph: Graph
    groups: list[Members] = field(default_factory=list)
    title: str = ""
    remarks: list[str] = field(default_factory=list)


def subject_of(thing: Any) -> Subject:
    """What there is to draw of a thing.

    Raises
    ------
    TypeError
        If it is nothing that can be drawn.
    ValueError
        If it is a model or layer that has no weights yet.
    """
    if isinstance(thing, Value):
        return subject_of_values([thing], {})
    if isinstance(thing, list | tuple | dict):
        parts = list(trees.leaves(thing)) if thing else []
        if parts and all(isinstance(part, Value) for _, part in parts):
            names = {k: name for k, (name, _) in enumerate(parts)} if isinstance(thing, Mapping) else {}
            return subject_of_values([part for _, part in parts], names)
        raise TypeError(not_drawable(thing))
    if not isinstance(thing, type):
        listing = thing if hasattr(thing, "instructions") else getattr(thing, "listing", None)
        if hasattr(listing, "instructions"):
            return subject_of_program(listing, str(getattr(thing, "name", "")), getattr(thing, "update", None))
        if isinstance(getattr(thing, "layers", None), list) and callable(thing):
            return subject_of_model(thing)
        if isinstance(getattr(thing, "weights", None), list) and callable(getattr(thing, "call", None)):
            return subject_of_layers([thing], f"Layer {clean(str(thing.name or type(thing).__name__), 40)}", None)
    raise TypeError(not_drawable(thing))


def subject_of_values(roots: Sequence[Value], names: Mapping[int, str]) -> Subject:
    graph = graph_of_values(roots, names)
    return Subject(graph, layers_by_name(graph))


# ------------------------------------------------------------------------------- models and layers


def subject_of_model(model: Any) -> Subject:
    """The graph of a model on a batch of any size; and of its cost, if it is compiled."""
    if not model.layers:
        raise ValueError("draw(model) was given a model without layers: there is nothing to draw. Add layers to it.")
    try:
        loss = model.loss
    except RuntimeError:  # it is not compiled
        loss = None
    return subject_of_layers(model.layers, f"Model {clean(str(getattr(model, 'name', '')), 40)}".rstrip(), loss)


def subject_of_layers(layers: Sequence[Any], title: str, loss: Any) -> Subject:
    """Layers that follow each other, called on a batch of a size that stands for any."""
    unbuilt = [layer for layer in layers if not getattr(layer, "built", True)]
    features = None if unbuilt else features_of(layers[0])
    if features is None:
        named = clean(str(getattr((unbuilt or layers)[0], "name", None) or type(layers[0]).__name__), 40)
        raise ValueError(
            f"draw() was given {title}, and it is not known how many features an example has: {named} has no weights "
            f"yet. Put Input(shape=(features,)) before it or call it on data first; or draw what it computes, "
            f"draw(model(X))."
        )
    batch = unused_size([np.shape(w) for layer in layers for w in layer.weights] + [(features,)])
    x: Any = given((batch, features))
    data, known, before = x, [], set[Value]()
    with resumed(), np.errstate(all="ignore"):
        for layer in layers:
            x = layer(x)
            values = set(computed_behind([x])) if isinstance(x, Value) else set()
            known.append(KnownLayer(*title_of_layer(layer), values - before, layer.weights))
            before |= values
        labels, cost = cost_of(loss, x)
    roots = [part for part in (x, cost) if isinstance(part, Value)]
    if not roots:
        raise ValueError(f"draw() was given {title}, which has no weights: nothing in it can be learnt or drawn.")
    graph = graph_of_values(roots, {1: "cost"})
    graph.batch = batch
    if len(roots) > 1:
        graph.roles[graph.roots[-1]] = LOSS
    name_inputs(graph, {"x": data, "y": labels})
    remark = "m is the number of examples. There are no data here: draw(model(X)) shows the numbers of a batch."
    return Subject(graph, known_layers(graph, known), title, [remark])


def features_of(layer: Any) -> int | None:
    """How many features the first layer takes; None if it does not say."""
    declared = getattr(getattr(layer, "input", None), "shape", None)
    if declared:
        return int(declared[0])
    weights = [np.shape(w) for w in layer.weights]
    return int(weights[0][0]) if weights and len(weights[0]) == 2 else None


def unused_size(shapes: Sequence[tuple[int, ...]]) -> int:
    """A number of examples that is no other length in the model, so that its axis can be told."""
    taken = {n for shape in shapes for n in shape}
    return next(n for n in range(2, len(taken) + 4) if n not in taken)


def given(shape: tuple[int, ...]) -> np.ndarray:
    """Data that are none."""
    data = np.full(shape, FILL)
    data.flags.writeable = False
    return data


def title_of_layer(layer: Any) -> tuple[str, str]:
    """``dense: 64 → 25, sigmoid``, and ``dense``."""
    name = clean(str(layer.name or type(layer).__name__.lower()), 24)
    shapes = [np.shape(w) for w in layer.weights]
    facts = [f"{shapes[0][0]} → {shapes[0][1]}"] if shapes and len(shapes[0]) == 2 else []
    activation = str(getattr(getattr(layer, "activation", None), "__name__", ""))
    if activation and activation != "linear":
        facts.append(clean(activation, 16))
    return (f"{name}: {', '.join(facts)}" if facts else name), name


def cost_of(loss: Any, outputs: Any) -> tuple[Any, Any]:
    """Blank labels and the cost of outputs, if the loss can judge them without data."""
    if loss is None or not isinstance(outputs, Value):
        return None, None
    try:
        labels = loss.blank_labels(outputs.shape, outputs.dtype)
        labels.flags.writeable = False
        return labels, loss.cost(labels, outputs)
    except (ValueError, TypeError, AttributeError):  # it wants other labels than blank ones
        return None, None


def name_inputs(graph: Graph, inputs: Mapping[str, Any]) -> None:
    """Say which nodes are inputs, and what they are called: Values by themselves, arrays by their numbers."""
    by_value = {v: i for i, v in enumerate(graph.things) if isinstance(v, Value)}
    arrays = [i for i in range(len(graph)) if graph.is_constant[i] and graph.shape(i)]
    for name, given in inputs.items():
        if isinstance(given, Value):
            nodes = [by_value[given]] if given in by_value else []
        elif given is None:
            continue
        else:
            array = np.asarray(given)
            nodes = [i for i in arrays if i not in graph.names and same_numbers(graph.things[i], array)]
        for i in nodes:
            graph.roles[i] = INPUT
            if name:
                graph.names[i] = name


def same_numbers(a: np.ndarray, b: np.ndarray) -> bool:
    """True for arrays of one shape with the same entries."""
    if a is b:
        return True
    both_floats = a.dtype.kind in "fc" and b.dtype.kind in "fc"
    return a.shape == b.shape and b.dtype.kind in "fciub" and bool(np.array_equal(a, b, equal_nan=both_floats))


# ------------------------------------------------------------------------------- programs


def subject_of_program(listing: Any, name: str, update: Any) -> Subject:
    """The operations of a program, without numbers, in the parts forward, backward and update."""
    graph, groups, remarks = graph_of_listing(listing, update)
    title = f"Program {clean(name, 40)}" if name else "Program"
    return Subject(graph, groups if len(groups) > 1 else [], title, remarks)


# ------------------------------------------------------------------------------- what cannot be drawn


def not_drawable(thing: Any) -> str:
    """Why it cannot be drawn, and what to draw instead."""
    kind = type(thing).__name__
    if thing is None:
        what = "None; did you write draw(loss.backward())? backward() returns nothing"
        remedy = "Call loss.backward() first and then draw(loss)."
    elif isinstance(thing, int | float | complex | np.generic | np.ndarray):
        shape = f" of shape {np.shape(thing)}" if np.ndim(thing) else ""
        what = f"a plain {kind}{shape}, which does not remember how it was computed"
        remedy = "Wrap what you compute with, w = Value(0.5, name='w'), compute the loss from it, and draw(loss)."
    elif isinstance(thing, list | tuple | dict | set):
        what = f"a {kind} of {len(thing)}" + odd_part(thing)
        remedy = "Draw one Value, draw(loss), or a list of nothing but Values, draw([loss, accuracy])."
    elif callable(thing):
        what = f"the {'class' if isinstance(thing, type) else 'function'} {getattr(thing, '__name__', kind)}"
        remedy = (
            "Draw what it returns for some Values: y = f(Value(2.0, name='x')), then draw(y); or draw(loss); or its "
            "program, draw(ag.record(f, x))."
        )
    else:
        what = f"an object of type {kind}"
        remedy = "Draw a Value, for example the loss that you call backward() on: draw(loss)."
    return f"draw() shows how a Value was computed; it was given {what}. {remedy}"


def odd_part(thing: Any) -> str:
    """Which part of a container is no Value."""
    if isinstance(thing, set) or not thing:
        return ""
    odd = next((part for _, part in trees.leaves(thing) if not isinstance(part, Value)), None)
    return f" with a {type(odd).__name__} in it" if odd is not None else ""
