"""Numbers: how one operation on plain Python numbers is written.

A text comes with its precedence, so that no parenthesis is written that is not needed, and none left
out: Python must evaluate in the order that was recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from ...engine import (
    Operation,
    log_softmax,
    relu,
    sigmoid,
    sigmoid_crossentropy,
    softmax,
    softmax_crossentropy,
)
from ...engine.customizing import stop_gradient
from ...engine.rules.guard import nothing_where_nothing
from ...engine.rules.indexing import item, item_at
from ...engine.rules.linalg import contract
from ...engine.rules.shapes import cast
from ...engine.variables import alias
from ..listing import Instruction, Variable
from .calling import Naming, called
from .literals import complex_text, setting_text

CHOICE, NOT, COMPARISON, BITS, SUM, PRODUCT, NEGATIVE, POWER, ATOM = range(9)


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
    np.floor_divide: ("//", PRODUCT),
    np.remainder: ("%", PRODUCT),
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
    np.abs: "abs({0})", np.fabs: "abs({0})",
    sigmoid: "sigmoid({0})", sigmoid_crossentropy: "sigmoid_crossentropy({0}, {1})",
}  # fmt: skip
"""Functions of numbers, as `Operation.scalar` computes them; ours are among a program's helpers."""

COMPARISONS = {func for func, (_, precedence) in INFIX.items() if precedence == COMPARISON}

LOGIC: dict[Any, str] = {
    np.logical_and: "&", np.logical_or: "|", np.logical_xor: "^", np.logical_not: "not",
    np.bitwise_and: "&", np.bitwise_or: "|", np.bitwise_xor: "^", np.invert: "~",
}  # fmt: skip

MOVED: set[Any] = {
    alias, stop_gradient, item, np.positive, np.copy, np.reshape, np.squeeze, np.transpose, np.broadcast_to,
}  # fmt: skip
"""Functions that move entries around: of a number there is one."""

UNCHANGED: set[Any] = {*MOVED, np.sum, np.mean, np.prod, np.max, np.min}
"""Functions that give a number back; perhaps as a float, or a mask as 1 or 0."""

FROM_ZERO: set[Any] = {np.sum, np.mean}
"""Functions that make 0.0 of -0.0, because a sum begins with 0."""


def constant_text(value: Any, digits: int | None = None) -> Text:
    """A constant number, in full or to so many digits. ``nan`` and ``inf`` have no literal."""
    if isinstance(value, complex):
        return Text(f"({value:.{digits}g})" if digits is not None else complex_text(value))
    if digits is not None and isinstance(value, float) and np.isfinite(value):
        return Text(f"{value:.{digits}g}", ATOM if value >= 0 else NEGATIVE)
    if isinstance(value, float) and not np.isfinite(value):
        return Text(f"float({str(value)!r})")
    return Text(repr(value), ATOM if value >= 0 and str(value)[0] != "-" else NEGATIVE)


def number_text(i: Instruction, operands: list[Text], naming: Naming = called) -> Text:
    """The source of an instruction whose operands and result are plain numbers: of the same value and type.

    Where a short form would differ from NumPy for some number, NumPy is called.

    Parameters
    ----------
    operands : list of Text
    naming : callable
        What the program calls a function.
    """
    func, kinds = i.op.func, {v.dtype.kind for v in i.operands}
    if "c" in kinds or i.out.dtype.kind == "c":
        return of_complex(i, operands) or called_text(i, operands, naming)
    if func in UNCHANGED:
        same = of_kind(operands[0], i.operands[0], i.out)
        return Text(f"{same.within(SUM)} + 0.0", SUM) if func in FROM_ZERO and kinds == {"f"} else same
    if func is np.where:
        mask, x, y = (text.within(NOT) for text in (operands[0], *branches(i, operands)))
        return Text(f"{x} if {mask} else {y}", CHOICE)
    if func is nothing_where_nothing:
        return Text(f"nothing_where_nothing({operands[0].source}, {operands[1].source})")
    if func is cast:
        return Text(f"np.asarray({operands[0].source}).astype(np.{np.dtype(i.op.settings.get('dtype')).name}).item()")
    if i.op.settings:
        return called_text(i, operands, naming)
    if func in LOGIC:
        return logic(i, operands) or called_text(i, operands, naming)
    if func in COMPARISONS:
        return infix(i.op, operands)
    if kinds <= {"f", "i"}:
        return of_floats(i, operands) or called_text(i, operands, naming)
    return with_masks(i, operands) or called_text(i, operands, naming)


def of_floats(i: Instruction, operands: list[Text]) -> Text | None:
    """An instruction of floats and whole numbers; None where only NumPy computes it exactly."""
    func = i.op.func
    if func in (np.floor_divide, np.remainder):
        return infix(i.op, operands) if i.operands[0].dtype.kind == "f" else None
    if i.op.scalar is None:
        return written_twice(i, operands)
    kinds = {v.dtype.kind for v in i.operands[: 1 if func is np.power else None]}
    if kinds == {"i"}:  # the engine computes with floats
        operands = [as_float(operands[0]), *operands[1:]]
    if func in INFIX:
        return infix(i.op, operands)
    if func is np.negative:
        return Text(f"-{operands[0].within(POWER)}", NEGATIVE)
    if func is relu:
        x = operands[0].within(BITS)
        return Text(f"0.0 if {x} <= 0 else {x}", CHOICE)
    return Text(CALLS[func].format(*(x.source for x in operands))) if func in CALLS else None


def written_twice(i: Instruction, operands: list[Text]) -> Text | None:
    """Short forms that name an operand twice, so that they are for names and literals; ties and nan are NumPy's."""
    func, several = i.op.func, ", ".join(x.source for x in operands)
    texts = [as_float(x) if v.is_constant else x for v, x in zip(i.operands, operands, strict=True)]
    if func is np.reciprocal and i.operands[0].dtype.kind == "f":
        return Text(f"1.0 / {texts[0].within(PRODUCT + 1)}", PRODUCT)
    if func not in TWICE or not all(is_simple(x) for x in texts) or i.out.dtype.kind != "f":
        return None
    if any(v.dtype.kind != "f" and not v.is_constant for v in i.operands):
        return None
    x, *rest = (text.within(BITS) for text in texts)
    if func is np.square:
        return Text(f"{texts[0].within(PRODUCT)} * {texts[0].within(PRODUCT + 1)}", PRODUCT)
    if func is np.sign:
        return Text(f"1.0 if {x} > 0 else -1.0 if {x} < 0 else np.sign({several}).item()", CHOICE)
    first, second = (">", "<") if func is np.maximum else ("<", ">")
    y = rest[0]
    return Text(f"{x} if {x} {first} {y} else {y} if {x} {second} {y} else {called(func)}({several}).item()", CHOICE)


TWICE = {np.square, np.sign, np.maximum, np.minimum, relu}
"""Functions whose short form names an operand twice."""


def with_masks(i: Instruction, operands: list[Text]) -> Text | None:
    """An instruction that True or False take part in. Among them + is "or" and * is "and"."""
    func = i.op.func
    if all(v.dtype.kind == "b" for v in i.operands) and func in (np.add, np.multiply):
        return bits("|" if func is np.add else "&", operands)
    if func is relu:
        return Text(f"int({operands[0].source})")
    if func is sigmoid:
        return Text(f"sigmoid({operands[0].source})")
    if func is sigmoid_crossentropy:
        z, y = (x.source for x in operands)
        return Text(f"(np.logaddexp(0, {z}) - np.multiply({y}, {z})).item()")
    return infix(i.op, operands) if func in (np.add, np.subtract, np.multiply, np.divide) else None


def logic(i: Instruction, operands: list[Text]) -> Text | None:
    """``and``, ``or``, ``not`` of whatever counts as true: anything but 0."""
    func = i.op.func
    if func is np.logical_not or (func is np.invert and i.out.dtype.kind == "b"):
        return Text(f"not {operands[0].within(NOT)}", NOT)
    if func is np.invert:
        return Text(f"~{operands[0].within(POWER)}", NEGATIVE)
    if func in (np.logical_and, np.logical_or, np.logical_xor):
        pairs = zip(i.operands, operands, strict=True)
        operands = [x if v.dtype.kind == "b" else Text(f"bool({x.source})") for v, x in pairs]
    return bits(LOGIC[func], operands)


def bits(sign: str, operands: list[Text]) -> Text:
    """``x & y``; & | ^ are not written one after the other without parentheses, which few could read."""
    left, right = operands
    return Text(f"{left.within(SUM)} {sign} {right.within(SUM)}", BITS)


def of_complex(i: Instruction, operands: list[Text]) -> Text | None:
    """An instruction that complex numbers take part in; None where only NumPy computes it exactly.

    Python multiplies, divides and mixes them with real numbers in a way of its own, which rounds otherwise.
    """
    func, all_complex = i.op.func, all(v.dtype.kind == "c" for v in i.operands)
    if func in MOVED:
        return of_kind(operands[0], i.operands[0], i.out)
    if func is np.where:
        mask, x, y = (text.within(NOT) for text in (operands[0], *branches(i, operands)))
        return Text(f"{x} if {mask} else {y}", CHOICE) if i.operands[0].dtype.kind != "c" else None
    if func is cast:
        return Text(f"np.asarray({operands[0].source}).astype(np.{np.dtype(i.op.settings.get('dtype')).name}).item()")
    if func is np.negative:
        return Text(f"-{operands[0].within(POWER)}", NEGATIVE)
    short = func in (np.add, np.subtract, np.equal, np.not_equal) and all_complex and not i.op.settings
    return infix(i.op, operands) if short else None


def called_text(i: Instruction, operands: list[Text], naming: Naming) -> Text:
    """A call of NumPy's function, or of our own by its name alone: its source is in the program."""
    func = i.op.func
    settings = "".join(f", {key}={setting_text(value)}" for key, value in i.op.settings.items() if key != "slope_of")
    if func in (softmax, log_softmax):  # of a whole number, too
        operands = [of_kind(operands[0], i.operands[0], i.out)]
    call = f"{naming(func)}({', '.join(x.source for x in operands)}{settings})"
    return Text(f"{call}.item()" if has_item(func) else f"np.asarray({call}).item()")


WITH_ITEM: set[Any] = {
    np.sum, np.mean, np.max, np.min, np.prod, np.var, np.std, np.argmax, np.argmin, np.any, np.all, np.round, np.where,
    np.isclose, np.reshape, np.squeeze, np.transpose, np.broadcast_to, np.copy, np.expand_dims, np.swapaxes,
    np.moveaxis, item, item_at, cast, contract, softmax_crossentropy,
}  # fmt: skip
"""Functions besides the ufuncs whose results have ``item``; others may return Python's numbers, which have none."""


def has_item(func: Any) -> bool:
    return isinstance(func, np.ufunc) or func in WITH_ITEM


# ------------------------------------------------------------------------------- kinds of numbers


def branches(i: Instruction, operands: list[Text]) -> Iterator[Text]:
    """What a choice is between, each as what NumPy makes of both."""
    for v, x in zip(i.operands[1:], operands[1:], strict=True):
        yield of_kind(x, v, i.out)


def of_kind(x: Text, v: Variable, out: Variable) -> Text:
    """A number as a float (or complex) if the result is one; True and False as 1 and 0 if it is a whole number."""
    if v.dtype.kind == out.dtype.kind:
        return x
    if out.dtype.kind == "c":
        return Text(f"complex({x.source})")
    return as_float(x) if out.dtype.kind == "f" else Text(f"int({x.source})")


def as_float(x: Text) -> Text:
    """A whole number or a mask as a float; a literal remains one."""
    if is_literal(x):
        return Text(f"{x.source}.0", x.precedence) if x.source.lstrip("-").isdigit() else x
    return Text(f"float({x.source})")


def is_literal(x: Text) -> bool:
    return LITERAL.fullmatch(x.source) is not None


def is_simple(x: Text) -> bool:
    """True for what costs nothing to evaluate twice: a name or a literal."""
    return x.source.isidentifier() or is_literal(x)


LITERAL = re.compile(r"-?(\d+(\.\d*)?(e[+-]?\d+)?|float\('-?\w+'\))")
WHOLE = re.compile(r"-?\d+(\.0)?")


def infix(op: Operation, operands: list[Text]) -> Text:
    """``x + y``: the left side may hold as loosely as the operator itself, the right side may not."""
    sign, precedence = INFIX[op.func]
    left, right = operands
    if op.func is np.power:
        if not WHOLE.fullmatch(right.source):
            return Text(f"math.pow({left.source}, {right.source})")  # ** would make a complex number of a root
        right = Text(right.source.removesuffix(".0"), right.precedence)
        return Text(f"{left.within(ATOM)}**{right.within(NEGATIVE)}", POWER)
    loosely = precedence + 1 if precedence == COMPARISON else precedence
    return Text(f"{left.within(loosely)} {sign} {right.within(precedence + 1)}", precedence)
