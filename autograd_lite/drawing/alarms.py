"""Alarms: numbers that are not finite and where they start, gradients that are next to nothing or huge, dead units."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..engine import relu
from .graph import Graph
from .numerals import is_alarming
from .view import STARTS

VANISHING = 1e-7
"""A gradient whose largest entry is smaller than this part of the largest in the graph vanishes."""

EXPLODING = 1e3
"""A gradient with an entry beyond this explodes."""


class Alarms:
    """What is wrong in a graph, node by node.

    Attributes
    ----------
    words : dict from nodes to str
        ``nan``, ``inf``, ``gradient nan``, ``gradient inf``; with ``starts here`` behind it if no operand (for a
        gradient: nothing that uses this one) has any. A value that is not finite passes that on to whatever uses it;
        a gradient, to the operands.
    warnings : dict from nodes to list of str
        ``vanishing``, ``exploding``, ``3 of 25 units dead``.
    """

    def __init__(self, graph: Graph) -> None:
        self.words: dict[int, str] = {}
        self.warnings: dict[int, list[str]] = {}
        values = {i: word for i in range(len(graph)) if (word := alarm(graph.data(i)))}
        gradients = {i: word for i in range(len(graph)) if (word := alarm(graph.gradient(i)))}
        passed_back = {operand for i in (*gradients, *values) for operand in graph.operands[i]}
        for i, word in gradients.items():
            self.words[i] = f"gradient {word}" if i in passed_back else f"gradient {word} {STARTS}"
        for i, word in values.items():
            passed_on = any(operand in values for operand in graph.operands[i])
            self.words[i] = word if passed_on else f"{word} {STARTS}"
        self.of_gradients(graph)
        for i, op in enumerate(graph.ops):
            if op is not None and (dead := dead_units(op, graph, i)):
                self.warnings.setdefault(i, []).append(dead)

    def of_gradients(self, graph: Graph) -> None:
        """Find gradients that are very small or very large."""
        sizes = {i: size for i in range(len(graph)) if (size := largest(graph.gradient(i))) is not None}
        largest_of_all = max(sizes.values(), default=0.0)
        for i, size in sizes.items():
            if 0 < size < VANISHING * largest_of_all:
                self.warnings[i] = ["vanishing"]
            elif size > EXPLODING:
                self.warnings[i] = ["exploding"]

    @property
    def culprit(self) -> int | None:
        """Where the first number that is not finite comes from: of values the first node, of gradients the last."""
        begins = [i for i, word in self.words.items() if word.endswith(STARTS)]
        values = [i for i in begins if not self.words[i].startswith("gradient")]
        return min(values) if values else max(begins, default=None)


def alarm(data: Any) -> str:
    """``nan`` or ``inf`` if such a number is among the data."""
    if data is None or not is_alarming(data):
        return ""
    return "nan" if np.any(np.isnan(data)) else "inf"


def largest(gradient: Any) -> float | None:
    """The length of the largest entry; None if there is no gradient, or not all of it is finite."""
    if type(gradient) is float:
        return abs(gradient) if gradient - gradient == 0 else None
    if gradient is None or not np.size(gradient):
        return None
    size = float(np.max(np.abs(gradient)))
    return size if np.isfinite(size) else None


def dead_units(op: Any, graph: Graph, i: int) -> str:
    """``3 of 25 units dead``, if a relu of several examples gives 0 for all of them in some columns."""
    is_relu = op.func is relu or (op.func is np.maximum and any(is_zero(graph, a) for a in graph.operands[i]))
    data = graph.data(i) if is_relu and len(graph.shape(i)) > 1 else None
    if data is None or len(data) < 2:
        return ""
    alive = np.any(data != 0, axis=tuple(range(data.ndim - 1)))
    dead = alive.size - int(np.count_nonzero(alive))
    return f"{dead} of {alive.size} units dead" if dead else ""


def is_zero(graph: Graph, i: int) -> bool:
    """True for the constant 0."""
    return graph.is_constant[i] and np.ndim(graph.things[i]) == 0 and bool(graph.things[i] == 0)
