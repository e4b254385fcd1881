"""Forward mode: from the variables on to the result, by the same rules.

A rule says how a gradient g of the output becomes one of an operand: a linear function of g, the transpose of
the derivative. What a small step t of the operand does to the output is the transpose of that again, and
back-propagation through the rule itself transposes it. Where every entry of the output depends on
its own place alone, the derivative is a diagonal and its own transpose: the rule is called with t for g.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .backprop import StaleGraph, applied, back_propagate, fitted, guarded, stale_message, tape


def push_forward(root: Any, tangents: dict[Any, Any], since: int = 0, recorded: bool | None = None) -> bool:
    """Write into ``tangents`` what a step of the variables does to everything between them and root.

    Parameters
    ----------
    root : Value
        The result.
    tangents : dict
        The step of each variable, of its shape and dtype. Gets an entry for every Value that moves.
    since, recorded
        As in `back_propagate`.

    Returns
    -------
    recorded : bool
        True if the tangents are Values with a graph.

    Raises
    ------
    StaleGraph
        If a Value was changed after something was computed from it.
    """
    found = tape(root, since)
    if (stale := found.stale()) is not None:
        raise StaleGraph(stale_message(*stale))
    if recorded is None:
        recorded = bool(found.outside)
    with np.errstate(invalid="ignore"):
        for v in reversed(found.computed):
            moved = pushed(v, tangents, recorded)
            if moved is not None:
                tangents[v] = moved
    return recorded


def pushed(v: Any, tangents: dict[Any, Any], recorded: bool) -> Any:
    """What the steps of its operands do to v; None if none of them moves."""
    op, operands, total = v.op, v.args, None
    ans = v if recorded else v._data
    inputs = operands if recorded else tuple([getattr(a, "_data", a) for a in operands])
    for a, rule in zip(operands, op.rules):  # noqa: B905  `Each` has a rule for every operand
        step = tangents.get(a) if isinstance(a, type(v)) and rule is not None else None
        if step is None:
            continue
        if op.elementwise:
            whole = step if np.shape(step) == v.shape else np.broadcast_to(step, v.shape)
            moved = guarded(whole, applied(rule, whole, ans, inputs, op), op, recorded)
        else:
            moved = transposed(rule, v, ans, inputs, a, step, recorded)
        if moved is not None:
            moved = fitted(moved, v, op, step)
            total = moved if total is None else total + moved
    return total


def transposed(rule: Any, v: Any, ans: Any, inputs: tuple[Any, ...], a: Any, step: Any, recorded: bool) -> Any:
    """The transpose of ``g -> rule(g, ...)`` at a step, by back-propagation through the rule."""
    g = type(v)(np.ones_like(v._data))  # any number but 0 would do: the rule is linear in it
    back = applied(rule, g, ans, inputs, v.op)
    if not isinstance(back, type(v)) or not back.carries_gradient:
        return None
    back_propagate(fitted(back, a, v.op, g), step, since=g.index, recorded=recorded)
    return g.grad
