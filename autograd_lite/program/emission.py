"""Emission: a listing as NumPy source that a student can read, and that is what runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..engine import relu
from ..engine.rules.indexing import item, item_at
from ..engine.rules.table import full_name
from .draws import draw
from .helpers import IN_PLACE_SOURCE, OF_NUMBERS, lowest, source_of, with_what_they_call
from .listing import BACKWARD, FORWARD, UPDATE, Instruction, Listing, Variable, uses
from .memory import Layout, is_view, layout_of
from .names import Names, free_name
from .notes import note_text
from .numbers import Text
from .reading import Factor
from .statements import LARGE, constant_source, is_numpys, setting_text, statement

RESERVED = ("np", "math", "constants", "Path")
COMMENTS_AT = 64
NUMBER_WORDS = {0.0: "zero", 1.0: "one", 2.0: "two", 0.5: "half", -1.0: "minus_one"}
HEADINGS = {
    FORWARD: "forward: from the inputs to the result",
    BACKWARD: "backward: the chain rule, from the result to the inputs",
    UPDATE: "update: a step against the gradient",
}


Row = tuple[str, str, Instruction | None]
"""A line of code, its comment, and the instruction that it is."""


@dataclass(frozen=True)
class Source:
    """The text of a program, and what it needs to run.

    Attributes
    ----------
    text : str
    constants : dict
        Large arrays that the text takes from ``constants`` by name.
    lines : dict
        Which instruction stands on which line.
    layouts : tuple of Layout
        Where its arrays lie.
    """

    text: str
    constants: dict[str, np.ndarray]
    lines: dict[int, Instruction]
    layouts: tuple[Layout, ...]


class Writer:
    """Writes the body of one function, and the head that it needs.

    Parameters
    ----------
    listing : Listing
    layout : Layout
    taken : set of str
        Names that are taken already.
    before : Writer, optional
        What was written before in the same module: names, constants and helpers are shared with it.
    """

    def __init__(self, listing: Listing, layout: Layout, taken: set[str], before: Writer | None = None) -> None:
        self.listing = listing
        self.layout = layout
        self.taken = before.taken if before else {*RESERVED, *taken}
        self.taken.update(helper_names(listing))
        self.names = Names(listing, layout.of, self.taken)
        self.constants: dict[Variable, str] = before.constants if before else {}
        self.scalars: dict[tuple[float, str], str] = before.scalars if before else {}
        self.counts = uses(listing)
        self.results = set(listing.results)
        self.inlined: dict[Variable, Text] = {}
        self.rows: list[Row] = []

    # ------------------------------------------------------------------ the function's body

    def free(self, wish: str) -> str:
        return free_name(wish, self.taken)

    def text_of(self, v: Variable) -> Text:
        """How an operand is written."""
        if v in self.inlined:
            return self.inlined[v]
        if v.is_constant:
            if isinstance(v.value, np.ndarray) and v not in self.constants:
                self.constants[v] = self.free(v.name or "table")
            return constant_source(v, self.constants)
        return Text(self.names[v])

    def write(self, i: Instruction) -> None:
        """One instruction: a row of its own, or a part of the row that reads it."""
        block = None if is_view(i) else self.layout.of.get(i.out)
        if i.op.func is relu and i.operands[0] in self.inlined:
            self.row_of_its_own(i.operands[0])  # it is written twice: once to compare, once to return
        texts = [self.scalar(v, i) or self.text_of(v) for v in i.operands]
        name = self.names[i.out]
        written = statement(i, texts, name, block)
        if isinstance(written, str):
            self.row(written, i)
        elif self.may_inline(i, written):
            self.inlined[i.out] = written
        else:
            self.row(f"{name} = {written.source}", i)

    def row_of_its_own(self, v: Variable) -> None:
        """Write an expression that was kept for where it is read."""
        self.rows.append((f"{self.names[v]} = {self.inlined.pop(v).source}", "", None))

    def scalar(self, v: Variable, i: Instruction) -> Text | None:
        """A constant number beside arrays, as a 0-d array: NumPy takes it in half the time."""
        arrays = [w for w in i.operands if not w.is_number]
        if not (isinstance(i.op.func, np.ufunc) and v.is_number and v.is_constant and arrays):
            return None
        dtype = arrays[0].dtype
        if dtype.kind != "f" or any(w.dtype != dtype for w in arrays) or isinstance(v.value, bool):
            return None
        return Text(self.scalar_name(v.value, dtype))

    def scalar_name(self, value: Any, dtype: Any, wish: str = "") -> str:
        key = float(value), str(dtype)
        if key not in self.scalars:
            self.scalars[key] = self.free(wish or NUMBER_WORDS.get(float(value), "number"))
        return self.scalars[key]

    def may_inline(self, i: Instruction, written: Text) -> bool:
        """True for what reads better where it is used: a transpose, a number that is used once."""
        if i.op.func is draw or i.out in self.results:
            return False
        if i.op.func is np.transpose and i.op.settings.get("axes") is None:
            return True
        return i.out.is_number and self.counts[i.out] == 1 and not i.out.name and len(written.source) < 60

    def row(self, code: str, i: Instruction) -> None:
        shape = "" if i.out.is_number else str(i.out.shape)
        note = note_text(i.note, self.names.get) if isinstance(i.note, Factor) else ""
        self.rows.append((code, f"{shape:10} {note}".strip(), i))

    # ------------------------------------------------------------------ the whole

    def body(self) -> None:
        """All instructions, under a heading for each part."""
        part = None
        parts = {i.part for i in self.listing.instructions}
        for i in self.listing.instructions:
            before = len(self.rows)
            self.write(i)
            if i.part != part and len(self.rows) > before and len(parts) > 1:
                self.rows.insert(before, (f"# {HEADINGS[i.part]}", "", None))
                part = i.part
        for old, new in self.listing.stores:
            if self.layout.of.get(new) is None or self.layout.of[new] is not self.layout.of.get(old):
                self.rows.append((f"np.copyto({self.names[old]}, {self.text_of(new).source})", "", None))

    def returned(self, outputs: Iterable[Variable]) -> None:
        """The last line."""
        self.rows.append((f"return {', '.join(self.text_of(v).source for v in outputs)}", "", None))

    def head(self) -> list[str]:
        """Constants, memory and helpers."""
        helpers = [self.with_scalars(text, dtype) for text, dtype in helper_sources(self.listing)]
        lines: list[str] = []
        if self.constants or self.scalars:
            lines += ["# constants"]
            lines += [self.scalar_line(*key, name) for key, name in self.scalars.items()]
            lines += [*(self.constant_line(v, name) for v, name in self.constants.items()), ""]
        if any(not b.given for b in self.layout.blocks):
            lines += ["# memory: allocated once, written anew in every run"]
            lines += [self.block_line(b) for b in self.layout.blocks if not b.given] + [""]
        for text in helpers:
            lines += ["", *text.strip("\n").splitlines(), ""]
        return lines

    def with_scalars(self, text: str, dtype: Any) -> str:
        """A helper's source with the names of the constants that it reads."""
        if "{lowest}" not in text:
            return text
        smallest = self.scalar_name(lowest(dtype), dtype, "lowest")
        return text.replace("{lowest}", smallest).replace("{one}", self.scalar_name(1.0, dtype))

    def scalar_line(self, value: float, dtype: str, name: str) -> str:
        number = repr(int(value)) if value.is_integer() else repr(value)
        return f"{name} = np.array({number}, np.{dtype})"

    def constant_line(self, v: Variable, name: str) -> str:
        if v.value.size > LARGE:
            return with_comment(f'{name} = constants["{name}"]', str(v.shape))
        return f"{name} = {setting_text(v.value)}"

    def block_line(self, block: Any) -> str:
        """``z = a = np.empty((32, 25))``: every name of one array."""
        names = list(dict.fromkeys(self.names[v] for v in block.tenants))
        dtype = "" if block.dtype == np.float64 else f", {setting_text(block.dtype)}"
        return f"{' = '.join(names)} = np.empty({block.shape}{dtype})"


def with_comment(code: str, comment: str, column: int = COMMENTS_AT) -> str:
    """A line with its comment where the others are."""
    return f"{code:{column}}  # {comment}" if comment else code


def source_of_program(listing: Listing, function: str) -> Source:
    """Write a listing as a module with one function."""
    writer = Writer(listing, layout_of(listing), {function})
    writer.body()
    writer.returned(listing.outputs)
    parameters = ", ".join(writer.names[v] for v in listing.inputs)
    return assembled(writer.head(), f"def {function}({parameters}):", writer.rows, [writer])


def assembled(head: list[str], definition: str, rows: list[Row], writers: list[Writer]) -> Source:
    """The whole text: imports, head, function."""
    column = min(COMMENTS_AT, max((len(code) for code, comment, _ in rows if comment), default=0) + 4)
    body = [(with_comment(f"    {code}", comment, column), i) for code, comment, i in rows]
    needs_math = any("math." in line for line in (*head, *(code for code, _ in body)))
    text = [*(["import math", ""] if needs_math else []), "import numpy as np", "", *head, "", definition]
    lines = {len(text) + at + 1: i for at, (_, i) in enumerate(body) if i is not None}
    source = "\n".join([*text, *(code for code, _ in body)]) + "\n"
    large = {name: v.value for w in writers for v, name in w.constants.items() if v.value.size > LARGE}
    return Source(source, large, lines, tuple(w.layout for w in writers))


# ------------------------------------------------------------------------------- helpers


def helpers_used(listing: Listing) -> Iterable[Instruction]:
    """Instructions whose function NumPy does not have, and which have no notation of their own."""
    for i in listing.instructions:
        if not is_numpys(i.op.func) and i.op.func not in (draw, item, item_at) and not is_view(i):
            yield i


def helper_names(listing: Listing) -> list[str]:
    functions = [i.op.func for i in helpers_used(listing)]
    return [f.__name__ for f in with_what_they_call(functions)]


def helper_sources(listing: Listing) -> list[tuple[str, Any]]:
    """The source of every helper, and the dtype that it is used with."""
    found: dict[str, tuple[str, Any]] = {}
    plain = []
    for i in helpers_used(listing):
        of_numbers = all(v.is_number for v in (*i.operands, i.out))
        if of_numbers and i.op.func in OF_NUMBERS:
            found[i.op.func.__name__] = (OF_NUMBERS[i.op.func], i.out.dtype)
        elif not of_numbers and i.op.func in IN_PLACE_SOURCE:
            found[i.op.func.__name__] = (IN_PLACE_SOURCE[i.op.func], i.out.dtype)
        elif not of_numbers or full_name(i.op.func) not in ("ag.relu",):
            plain.append(i.op.func)
    for func in with_what_they_call(plain):
        text = source_of(func)
        if text is not None and func.__name__ not in found:
            found[func.__name__] = (text, None)
    return list(found.values())


