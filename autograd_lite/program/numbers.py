"""Numbers: how one operation on plain Python numbers is written.

A text comes with its precedence, so that no parenthesis is written that is not needed, and none left
out: Python must evaluate in the order that was recorded.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..engine import Operation, relu, sigmoid, sigmoid_crossentropy
from ..engine.rules.guard import nothing_where_nothing
from ..engine.rules.table import full_name
from .listing import Instruction

CHOICE, COMPARISON, SUM, PRODUCT, NEGATIVE, POWER, ATOM = range(7)


class Text(NamedTuple):
    """A piece of source, and how tightly it holds together."""

    source: str
    precedence: int = ATOM

    def within(self, precedence: int) -> str:
        """In parentheses, if something that binds as tightly as this would tear it apart."""
        return self.source if self.precedence >= precedence else f"({self.source})"


INFIX: dict[Any, tuple[str, int]] = {
    np.add: ("+", SUM),
    np.subtract: ("-", SUM),
    np.multiply: ("*", PRODUCT),
    np.divide: ("/", PRODUCT),
    np.power: ("**", POWER),
    np.greater: (">", COMPARISON),
    np.greater_equal: (">=", COMPARISON),
    np.less: ("<", COMPARISON),
    np.less_equal: ("<=", COMPARISON),
    np.equal: ("==", COMPARISON),
    np.not_equal: ("!=", COMPARISON),
}

CALLS: dict[Any, str] = {
    np.exp: "math.exp({0})", np.log: "math.log({0})", np.sqrt: "math.sqrt({0})", np.tanh: "math.tanh({0})",
    np.sin: "math.sin({0})", np.cos: "math.cos({0})", np.expm1: "math.expm1({0})", np.log1p: "math.log1p({0})",
    np.abs: "abs({0})", np.fabs: "abs({0})", np.positive: "{0}", np.sum: "{0}", np.mean: "{0}",
    sigmoid: "sigmoid({0})", sigmoid_crossentropy: "sigmoid_crossentropy({0}, {1})",
}  # fmt: skip
"""Functions of numbers, as `Operation.scalar` computes them; ours are among a program's helpers."""


def constant_text(value: Any, digits: int | None = None) -> Text:
    """A constant number, in full or to so many digits. ``nan`` and ``inf`` have no literal."""
    if digits is not None and isinstance(value, float) and np.isfinite(value):
        return Text(f"{value:.{digits}g}", ATOM if value >= 0 else NEGATIVE)
    if isinstance(value, float) and not np.isfinite(value):
        return Text(f"float({str(value)!r})")
    return Text(repr(value), ATOM if value >= 0 and str(value)[0] != "-" else NEGATIVE)


def number_text(i: Instruction, operands: list[Text]) -> Text:
    """The source of an instruction whose operands and result are plain numbers."""
    op = i.op
    if not op.settings or op.func in (np.sum, np.mean):
        if op.func in INFIX:
            return infix(op, operands)
        if op.func is np.negative:
            return Text(f"-{operands[0].within(POWER)}", NEGATIVE)
        if op.func in CALLS:
            return Text(CALLS[op.func].format(*(x.source for x in operands)))
    if op.func is relu:
        x = operands[0].within(SUM)
        return Text(f"0.0 if {x} <= 0 else {x}", CHOICE)
    if op.func is np.where:
        mask, x, y = (as_float(x).within(COMPARISON) for x in operands)
        return Text(f"{x} if {operands[0].within(COMPARISON)} else {y}", CHOICE)
    if op.func is nothing_where_nothing:
        return Text(f"nothing_where_nothing({operands[0].source}, {operands[1].source})")
    settings = "".join(f", {key}={value!r}" for key, value in op.settings.items())
    return Text(f"{full_name(op.func)}({', '.join(x.source for x in operands)}{settings}).item()")


def as_float(x: Text) -> Text:
    """A literal whole number as a float: NumPy makes a float of ``where(mask, x, 0)``."""
    return Text(f"{x.source}.0", x.precedence) if x.source.lstrip("-").isdigit() else x


def infix(op: Operation, operands: list[Text]) -> Text:
    """``x + y``: the left side may hold as loosely as the operator itself, the right side may not."""
    sign, precedence = INFIX[op.func]
    left, right = operands
    if op.func is np.power:
        if right.source.endswith(".0"):
            right = Text(right.source[:-2], right.precedence)
        if not right.source.lstrip("-").isdigit():
            return Text(f"math.pow({left.source}, {right.source})")  # ** would make a complex number of a root
        return Text(f"{left.within(ATOM)}**{right.within(NEGATIVE)}", POWER)
    loosely = precedence + 1 if precedence == COMPARISON else precedence
    return Text(f"{left.within(loosely)} {sign} {right.within(precedence + 1)}", precedence)
