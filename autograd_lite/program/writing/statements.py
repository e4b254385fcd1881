"""Statements: how each instruction on arrays is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ...engine.customizing import stop_gradient
from ...engine.rules.indexing import Place, item, item_at, put, put_at
from ...engine.rules.linalg import contract
from ...engine.rules.shapes import cast, join
from ...engine.variables import alias
from ..listing import Instruction, Variable
from ..recording.draws import draw
from .calling import Naming, called
from .helpers import helper_of
from .literals import setting_text
from .memory import HELPED, Block
from .numbers import ATOM, INFIX, NEGATIVE, POWER, PRODUCT, Text, constant_text, has_item, infix, number_text

REDUCTIONS: dict[Callable[..., Any], str] = {
    np.sum: "np.add", np.max: "np.maximum", np.min: "np.minimum", np.prod: "np.multiply",
}  # fmt: skip
"""NumPy's functions that only call a ufunc's reduce, which takes half the time."""


def index_text(index: Any, places: list[str]) -> str:
    """An index as people write it: ``:, 1:3``."""
    if isinstance(index, tuple) and not index:
        return "()"
    parts = index if isinstance(index, tuple) else (index,)
    return ", ".join(part_text(part, places) for part in parts)


def part_text(part: Any, places: list[str]) -> str:
    if isinstance(part, Place):
        return places[part.number]
    if isinstance(part, slice):
        start, stop, step = ("" if x is None else setting_text(x) for x in (part.start, part.stop, part.step))
        return f"{start}:{stop}" + (f":{step}" if step else "")
    return setting_text(part)


def settings_text(i: Instruction, *without: str) -> str:
    """``, axis=0, keepdims=True``."""
    without += ("slope_of",)  # for a pass, and no number of its own
    return "".join(f", {k}={setting_text(v)}" for k, v in i.op.settings.items() if k not in without)


def statement(i: Instruction, texts: list[Text], name: str, block: Block | None, naming: Naming = called) -> Text | str:
    """An instruction as source: a whole statement that writes into a block, or an expression to be assigned.

    Parameters
    ----------
    texts : list of Text
        The operands.
    name : str
        What the result is called.
    block : Block or None
        Where it lies, if it is written into an array that exists.
    naming : callable
        What the program calls a function.
    """
    if i.out.is_number:
        of_numbers = texts and all(v.is_number for v in i.operands) and i.op.func not in (put, put_at, draw)
        return number_text(i, texts, naming) if of_numbers else number_of_arrays(i, texts, naming)
    out = f", out={name}" if block is not None else ""
    func = i.op.func
    if func in REDUCTIONS:
        axis = f", axis={setting_text(i.op.settings.get('axis'))}"
        text = f"{REDUCTIONS[func]}.reduce({texts[0].source}{axis}{settings_text(i, 'axis')}{out})"
    elif func is join and not any(v.is_number for v in i.operands):
        axis = setting_text(i.op.settings.get("axis", 0))
        text = f"np.concatenate([{', '.join(t.source for t in texts)}], axis={axis}{out})"
    elif func is np.copy:
        return f"np.copyto({name}, {texts[0].source})"
    elif func is np.matmul and by_dot(i, block):
        text = f"np.dot({', '.join(t.source for t in texts)}{out})"
    elif func in (put, put_at) and block is not None:
        index = index_text(i.op.settings["index"], [t.source for t in texts[1:]])
        return f"{helper_of(i).__name__}({texts[0].source}, np.s_[{index}], out={name})"
    elif func in HELPED and block is not None:
        return f"{func.__name__}({', '.join(t.source for t in texts)}, out={name}{settings_text(i)})"
    else:
        return special(i, texts) or plain_call(i, texts, out, block, naming)
    return text if block is not None else Text(text)


def by_dot(i: Instruction, block: Block | None) -> bool:
    """True where ``np.dot`` computes the same product, with half a microsecond less around it."""
    few = all(v.shape is not None and 1 <= len(v.shape) <= 2 for v in i.operands)
    return few and (block is None or block.axes is None)


def formula_text(i: Instruction, texts: list[Text]) -> Text:
    """An instruction as a formula, for the comment beside its code."""
    func = i.op.func
    if func in INFIX and len(texts) == 2:
        return infix(i.op, texts)
    if func is np.matmul:
        return Text(f"{texts[0].within(PRODUCT)} @ {texts[1].within(PRODUCT + 1)}", PRODUCT)
    if func is np.negative:
        return Text(f"-{texts[0].within(POWER)}", NEGATIVE)
    if func is np.square:
        return Text(f"{texts[0].within(ATOM)}**2", POWER)
    if func is np.transpose:
        return Text(f"{texts[0].within(ATOM)}.T")
    return Text(f"{func.__name__}({', '.join(t.source for t in texts)})")


def plain_call(i: Instruction, texts: list[Text], out: str, block: Block | None, naming: Naming) -> Text | str:
    """``np.add(x, y, out=z)``."""
    text = f"{naming(i.op.func)}({', '.join(t.source for t in texts)}{settings_text(i)}{out})"
    return text if block is not None else Text(text)


def special(i: Instruction, texts: list[Text]) -> Text | None:
    """What has a notation of its own: transposes, indices, draws."""
    x = texts[0].within(ATOM) if texts else ""
    if i.op.func in (alias, stop_gradient):
        return texts[0]
    if i.op.func is np.transpose:
        axes = i.op.settings.get("axes")
        return Text(f"{x}.T" if axes is None else f"{x}.transpose({setting_text(axes)})")
    if i.op.func is np.reshape and not i.operands[0].is_number and i.op.settings.keys() <= {"shape"}:
        return Text(f"{x}.reshape({setting_text(i.out.shape)})")
    if i.op.func in (item, item_at) and i.operands[0].is_number:
        x = f"np.asarray({texts[0].source})"  # a number takes v[None], too
    if i.op.func is item:
        return Text(f"{x}[{index_text(i.op.settings.get('index', ()), [])}]")
    if i.op.func is item_at:
        return Text(f"{x}[{index_text(i.op.settings['index'], [t.source for t in texts[1:]])}]")
    if i.op.func is cast and not i.operands[0].is_number:
        return Text(f"{x}.astype({setting_text(i.op.settings.get('dtype'))})")
    if i.op.func is contract:
        operands = ", ".join(t.source for t in texts)
        return Text(f"np.einsum({i.op.settings['subscripts']!r}, {operands}{settings_text(i, 'subscripts')})")
    if i.op.func is draw:
        args = [setting_text(a) for a in i.op.settings["args"]]
        args += [f"{k}={setting_text(v)}" for k, v in i.op.settings.items() if k not in ("method", "args")]
        return Text(f"{x}.{i.op.settings['method']}({', '.join(args)})")
    return None


def number_of_arrays(i: Instruction, texts: list[Text], naming: Naming) -> Text:
    """A number that is computed from arrays: NumPy's scalar made Python's, as the engine does."""
    func, x = i.op.func, texts[0].source if texts else ""
    if func in (put, put_at):  # of one number into one number
        return texts[0] if i.operands[0].is_number else Text(f"np.add.reduce({x}, axis=None).item()")
    if func in (np.mean, *REDUCTIONS) and i.op.settings.keys() <= {"axis"}:
        axis = f", axis={setting_text(i.op.settings.get('axis'))}"
        if func is np.mean and i.op.settings.get("axis") is None and i.operands[0].dtype.kind != "c":
            count = int(np.prod(i.operands[0].shape or (), dtype=int))
            return Text(f"(np.add.reduce({x}, axis=None) / {count}).item()")
        if func in REDUCTIONS:
            return Text(f"{REDUCTIONS[func]}.reduce({x}{axis}).item()")
    written = special(i, texts)
    if written is None:
        written = Text(f"{naming(func)}({', '.join(t.source for t in texts)}{settings_text(i)})")
    return Text(f"{written.source}.item()" if has_item(func) else f"np.asarray({written.source}).item()")


def constant_source(v: Variable, names: Mapping[Variable, str]) -> Text:
    """A constant operand: a literal, or the name of an array at the program's head."""
    if isinstance(v.value, np.ndarray):
        return Text(names[v])
    if isinstance(v.value, int | float | complex) and not isinstance(v.value, bool):
        return constant_text(v.value)
    return Text(repr(v.value))
