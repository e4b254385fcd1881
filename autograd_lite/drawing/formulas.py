"""How a Value was computed, as a learner would write it: ``w * x``, ``mean(e, axis=0)``, ``x[2:5]``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..engine import Operation
from ..engine.rules.indexing import Place
from .text import ELLIPSIS, clean

LIMIT = 36
"""The longest formula in a card; longer ones lose letters of their names, then the names."""

INFIX = frozenset({
    "+", "-", "*", "/", "//", "%", "**", "@", ">", ">=", "<", "<=", "==", "!=", "and", "or", "xor", "&", "|", "^", "<<",
    ">>",
})  # fmt: skip
PREFIX = {"neg": "-", "pos": "+", "~": "~", "not": "not "}
ITEM, ALIAS = "[ ]", "="

SHOWN_IN_FULL = 3
"""Index arrays of up to this many entries are written out."""

NOTES_OF_THE_ENGINE = frozenset({"begins", "run", "slope_of"})
"""Settings that nobody typed: the engine wrote them down for its rules."""

INSIDE = {tuple: ELLIPSIS, np.ndarray: "array", list: "array"}
"""What stands for these inside a tuple of settings."""


def formula(op: Operation, operands: Sequence[str]) -> str:
    """The operation written with the names of its operands, short enough for a card.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> w = Value([1.0, 2.0, 3.0], name="w")
    >>> formula((w * 2).op, ["w", "2"]), formula(w[1:].op, ["w"]), formula(w.sum(axis=0).op, ["w"])
    ('w * 2', 'w[1:]', 'sum(w, axis=0)')
    """
    text = written(op, operands)
    if len(text) > LIMIT:
        text = written(op, [clean(operand, 10) for operand in operands])
    if len(text) > LIMIT and len(operands) > 2:
        text = written(op, [f"{len(operands)} operands"])
    return clean(text, LIMIT)


def written(op: Operation, operands: Sequence[str]) -> str:
    """The operation in full, with these operands."""
    symbol = clean(op.symbol, 20)
    if symbol in INFIX and len(operands) == 2:
        return f"{bracketed(operands[0])} {symbol} {bracketed(operands[1])}"
    if symbol in PREFIX and len(operands) == 1:
        return f"{PREFIX[symbol]}{bracketed(operands[0])}"
    if symbol == ITEM and operands:
        return f"{operands[0]}[{index_text(op.settings.get('index', ()), operands[1:])}]"
    if symbol == ALIAS and len(operands) == 1:
        return operands[0]
    said = {key: value for key, value in op.settings.items() if value is not None and value is not False}
    settings = [
        f"{clean(key, 20)}={setting_text(value)}" for key, value in said.items() if key not in NOTES_OF_THE_ENGINE
    ]
    return f"{symbol}({', '.join([*operands, *settings])})"


def bracketed(operand: str) -> str:
    """A negative number in brackets: ``x * (-2)``."""
    return f"({operand})" if operand.startswith("-") else operand


def index_text(index: Any, places: Sequence[str] = ()) -> str:
    """What stood between the brackets: ``:, 2:5``; places are the operands that stand there."""
    parts = [index] if not isinstance(index, tuple) or isinstance(index, Place) else index
    return ", ".join(part_text(part, places) for part in parts)


def part_text(part: Any, places: Sequence[str]) -> str:
    if isinstance(part, Place) and part.number < len(places):
        return places[part.number]
    return array_text(part) if isinstance(part, np.ndarray | list) else setting_text(part)


def array_text(index: np.ndarray | list) -> str:
    """An array or a list between the brackets: a few numbers in full, ``[0, 2]``; else ``array``."""
    entries = np.asarray(index)
    if entries.ndim == 1 and entries.size <= SHOWN_IN_FULL and entries.dtype.kind in "iub":
        return str(entries.tolist())
    return "array"


def setting_text(value: Any) -> str:
    """A setting as it is written in Python; arrays and anything unknown by their kind alone."""
    if isinstance(value, slice):
        start, stop, step = (
            "" if part is None else setting_text(part) for part in (value.start, value.stop, value.step)
        )
        return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"
    if isinstance(value, tuple):
        inner = [INSIDE.get(type(part)) or setting_text(part) for part in value]
        return f"({', '.join(inner)}{',' if len(inner) == 1 else ''})"
    if isinstance(value, str):
        return f"'{clean(value, 20)}'"
    if value is Ellipsis:
        return "..."
    if isinstance(value, np.dtype | type):
        return np.dtype(value).name if isinstance(value, np.dtype) else clean(value.__name__, 20)
    if isinstance(value, np.ndarray | list):
        return f"array of shape {np.shape(value)}"
    if value is None or isinstance(value, bool | int | float | complex | np.generic):
        return str(value)[:20]
    return clean(type(value).__name__, 20)
