"""Slopes: what a gradient is multiplied by on its way back along an arrow, and what adds up where gradients meet.

The numbers are those of the engine's own rules, asked with the gradient 1.
"""

from __future__ import annotations

import math
from itertools import islice
from typing import Any

import numpy as np

from ..engine import Operation, softmax_crossentropy
from ..engine.backprop import applied, fitted
from ..engine.recording import raw_of
from ..engine.rules.guard import nothing_from_nothing
from ..engine.rules.indexing import is_basic, item
from .graph import Graph
from .numerals import brief
from .symbols import factor, rule_of_arrays
from .text import clean
from .view import MINUS

NAME_IN_FORMULA = 10
SHOWN_TERMS = 4
"""Sums of up to this many gradients are written out."""

FAILURES = (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What a rule of a user may raise that was not made for such a gradient: then there is no slope to show."""


def sent_back(v: Any, position: int, g: Any) -> Any:
    """What a Value sends back to one of its operands if its own gradient is g, by the engine's rules.

    Parameters
    ----------
    v : Value
        It was computed.
    position : int
        Of the operand.
    g : float or ndarray
        Of the shape of v.

    Returns
    -------
    float or ndarray of the operand's shape, or None if nothing is sent back

    Examples
    --------
    >>> from autograd_lite import Value
    >>> x = Value(3.0)
    >>> sent_back(x * x, 0, 1.0), sent_back(x**2, 0, 1.0)
    (3.0, 6.0)
    """
    op, operands = v.op, v.args
    a = operands[position]
    if not v.carries_gradient or not isinstance(a, type(v)) or not a.carries_gradient:
        return None
    rule = next(islice(iter(op.rules), position, None), None)
    if rule is None:
        return None
    with np.errstate(all="ignore"):
        try:
            back = applied(rule, g, raw_of(v), [raw_of(x) for x in operands], op)
            if op.elementwise and back is not g:
                back = nothing_from_nothing(g, back)
            return fitted(back, a, op, g)
        except FAILURES:
            return None


def local_slope(v: Any, position: int) -> Any:
    """The derivative of one number with respect to one of its operands; None where it is no single number.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> w, x = Value(0.5), Value(3.0)
    >>> local_slope(w * x, 0), local_slope(w * x, 1), local_slope(np.sum(Value([1.0])), 0)
    (3.0, 0.5, None)
    """
    a = v.args[position]
    if v.ndim or np.ndim(raw_of(a)) or not isinstance(a, type(v)) or v.dtype.kind != a.dtype.kind:
        return None
    slope = sent_back(v, position, 1.0 if v.dtype.kind != "c" else 1.0 + 0j)
    if slope is None or v.dtype.kind != "c":
        return slope
    turned = sent_back(v, position, 1j)  # of a conjugate, say, no number is the slope
    return slope if turned is not None and np.isclose(turned, 1j * slope, equal_nan=True) else None


def said_of_arrow(
    graph: Graph, head: int, position: int, names: list[str], result: str, precision: int
) -> tuple[str, str]:
    """The number and the formula beside an arrow, each empty where there is none.

    Parameters
    ----------
    graph : Graph
    head : int
        The node that uses the operand.
    position : int
        Of the operand.
    names : list of str
        What the operands are called on their cards.
    result : str
        What the node is called.
    precision : int
    """
    op, operand = graph.ops[head], graph.operands[head][position]
    if op is None or not graph.carries_gradient(operand) or not graph.carries_gradient(head):
        return "", ""
    constants = [graph.is_constant[i] and not graph.shape(i) for i in graph.operands[head]]
    short = [
        signed(name) if is_number else clean(name, NAME_IN_FORMULA)
        for name, is_number in zip(names, constants, strict=True)
    ]
    result = clean(result, NAME_IN_FORMULA)
    if graph.shape(head) or graph.shape(operand):
        return "", rule_with_sum(graph, op, head, position, short, result)
    formula = truthful(graph, op, head, position, factor(op, position, short, result))
    partial = f"∂{result}/∂{short[position]}"
    if graph.operands[head].count(operand) > 1:  # v = x * x: the derivative is what all its uses send together
        slope = f"part of {partial}: {formula}" if formula else ""
    else:
        slope = f"{partial} = {formula}" if formula else ""
    if graph.blank or graph.batch is not None:
        return "", slope
    number = local_slope(graph.things[head], position)
    return "" if number is None else f"× {signed(brief(number, precision))}", slope


def rule_with_sum(graph: Graph, op: Operation, head: int, position: int, names: list[str], result: str) -> str:
    """The rule of an operation on arrays; with a word for the sum over what was broadcast."""
    operand = graph.operands[head][position]
    shape, out = graph.shape(operand), graph.shape(head)
    entries = math.prod(shape) // max(math.prod(out), 1)
    if op.func is softmax_crossentropy and has_class_numbers(graph, head):
        names = [names[0], f"onehot({names[1]})"]
    rule = truthful(graph, op, head, position, rule_of_arrays(op, position, names, result, entries))
    repeated = shape != out if rule.startswith("×") else op.func is np.matmul and 1 < len(shape) < len(out)
    return f"{rule}, summed" if repeated else rule


# ------------------------------------------------------------------------------- what a formula does not say by itself


def has_class_numbers(graph: Graph, head: int) -> bool:
    """True if the labels of a cross-entropy are numbers of classes, and not rows of probabilities."""
    scores, labels = (np.ndim(raw_of(graph.things[i])) for i in graph.operands[head][:2])
    return labels < scores


def truthful(graph: Graph, op: Operation, head: int, position: int, formula: str) -> str:
    """The formula with what it leaves out: ties, entries that were taken twice, other denominators.

    Where a picture shows no numbers, it is said what happens if there is a tie.
    """
    if not formula:
        return ""
    if op.func in (np.maximum, np.minimum):
        return with_ties(graph, head, formula)
    if op.func is np.var and op.settings.get("ddof"):
        return formula.replace(" / ", " / (") + f" − {op.settings['ddof']})"
    if op.func in (np.max, np.min):
        shares = unit_sent_back(graph, head, position)
        if shares is None or np.any((shares != 0) & (shares != 1)):
            return formula.replace("G where", "G shared where")
    if op.func is item and not is_basic(op.settings.get("index", ())):
        times = unit_sent_back(graph, head, position)
        if times is None or np.any(times > 1):
            return "G summed there, 0 elsewhere"
    return formula


def with_ties(graph: Graph, head: int, formula: str) -> str:
    """``[a > b]``, and who gets the gradient where they are equal."""
    if graph.blank or graph.batch is not None:
        return f"{formula}, ½ at a tie"
    x, y = (np.asarray(raw_of(graph.things[i])) for i in graph.operands[head][:2])
    ties = x == y
    if not np.any(ties):
        return formula
    if ties.ndim:
        return f"{formula}, ½ at a tie"
    return "½, at a tie"


def unit_sent_back(graph: Graph, head: int, position: int) -> Any:
    """What every entry of an operand gets if the gradient is 1 everywhere; None if a picture shows no numbers."""
    if graph.blank or graph.batch is not None:
        return None
    v = graph.things[head]
    return sent_back(v, position, np.ones(v.shape, v.dtype) if v.ndim else 1.0)


def signed(text: str) -> str:
    """With the sign that is as wide as a plus."""
    return text.replace("-", MINUS)


def total(graph: Graph, i: int, precision: int) -> str:
    """Where gradients meet: ``(−0.2) + 0.5 = 0.3``, if that is what back-propagation found; else empty.

    Gradients of different calls of ``backward`` may be in one graph: then they do not add up, and nothing is said.
    """
    gradient = graph.gradient(i)
    if gradient is None or graph.blank or not graph.carries_gradient(i):
        return ""
    found = [back for back in parts_of_gradient(graph, i) if back is not None]
    if len(found) < 2 or not adds_up(found, gradient):
        return ""
    if np.ndim(gradient):
        return f"{len(found)} gradients meet"
    terms = [brief(part, precision) for part in found]
    if len(terms) > SHOWN_TERMS:
        terms = [*terms[: SHOWN_TERMS - 1], f"… {len(terms) - SHOWN_TERMS + 1} more"]
    written = [f"({term})" if term.startswith("-") or "j" in term else term for term in terms]
    return signed(f"{' + '.join(written)} = {brief(gradient, precision)}")


def parts_of_gradient(graph: Graph, i: int) -> list[Any]:
    """What each use of a node sends back to it."""
    parts: list[Any] = []
    for user in dict.fromkeys(graph.users[i]):
        g = graph.gradient(user)
        for position, operand in enumerate(graph.operands[user]):
            if operand == i and g is not None:
                parts.append(sent_back(graph.things[user], position, g))
    return parts


def adds_up(parts: list[Any], gradient: Any) -> bool:
    """True if the parts have this sum, up to rounding."""
    with np.errstate(all="ignore"):
        total = sum(parts[1:], parts[0])
        size = sum((np.abs(part) for part in parts[1:]), np.abs(parts[0]))
        close = np.abs(total - gradient) <= 1e-5 * size + 1e-300
    same = (total == gradient) | (np.isnan(total) & np.isnan(gradient))
    return bool(np.all(close | same))
