"""Emission: a listing as NumPy source that a student can read, and that is what runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...engine.rules.shapes import inverse_permutation
from ..listing import BACKWARD, FORWARD, UPDATE, Instruction, Listing, Variable, uses
from ..recording.draws import draw
from ..recording.reading import Factor
from .calling import modules_in, path_of, tells_integers
from .constant_arrays import constant_word, is_large, regular_text
from .copying import Library
from .helpers import lowest
from .literals import setting_text
from .memory import Block, Layout, is_view, layout_of
from .names import Names, free_name
from .needed import fixed_sources, library_of, of_numbers, wished_names
from .notes import note_text
from .numbers import TWICE, Text, constant_text
from .statements import constant_source, formula_text, statement

RESERVED = ("np", "math", "constants", "Path", "abs", "max", "float", "range", "slice", "FloatingPointError")
COMMENTS_AT = 72
LONGEST_STEP = 72
WIDEST = 132
NUMBER_WORDS = {"0": "zero", "-0.0": "minus_zero", "1": "one", "2": "two", "0.5": "half", "-1": "minus_one"}
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
    function : str
        The name of the function in it.
    constants : dict
        Large arrays that the text takes from ``constants`` by name.
    lines : dict
        Which instruction stands on which line.
    layouts : tuple of Layout
        Where its arrays lie.
    given : dict
        Functions that it calls and that cannot be copied, by name: it runs in this process alone.
    """

    text: str
    function: str
    constants: dict[str, np.ndarray]
    lines: dict[int, Instruction]
    layouts: tuple[Layout, ...]
    given: dict[str, Callable[..., Any]]


class Writer:
    """Writes the body of one function, and the head that it needs.

    Parameters
    ----------
    listing : Listing
    layout : Layout
    taken : set of str
        Names that are taken already.
    before : Writer, optional
        What was written before in the same module: names and constants are shared with it.
    own : collection of str
        Names that are taken by this very listing's inputs.
    """

    def __init__(
        self,
        listing: Listing,
        layout: Layout,
        taken: set[str],
        before: Writer | None = None,
        own: Collection[str] = (),
    ) -> None:
        self.listing = listing
        self.layout = layout
        self.taken: set[str] = before.taken if before else {*RESERVED, *taken}
        self.library: Library = library_of(listing, self.taken, before.library if before else None)
        self.names = Names(listing, layout.of, self.taken, own)
        self.listings: list[Listing] = before.listings if before else []
        self.listings.append(listing)
        self.constants: dict[Variable, str] = before.constants if before else {}
        self.scalars: dict[tuple[str, str], str] = before.scalars if before else {}
        self.counts = uses(listing)
        self.results = set(listing.results)
        self.inlined: dict[Variable, Text] = {}
        self.formulas: dict[Variable, Text] = {}
        self.formula_before: dict[Variable, Text] = {}
        self.rows: list[Row] = []
        self.shapes_shown = True

    # ------------------------------------------------------------------ the function's body

    def free(self, wish: str) -> str:
        return free_name(wish, self.taken)

    def text_of(self, v: Variable) -> Text:
        """How an operand is written."""
        if v in self.inlined:
            return self.inlined[v]
        if v.is_constant:
            if isinstance(v.value, np.ndarray) and v not in self.constants:
                self.constants[v] = self.free(v.name or constant_word(v.value))
            return constant_source(v, self.constants)
        return Text(self.names[v])

    def formula_of(self, v: Variable) -> Text:
        """How an operand is written in the formula beside the code."""
        if v in self.formulas:
            return self.formulas[v]
        return constant_text(v.value, digits=6) if v.is_number and v.is_constant else self.text_of(v)

    def write(self, i: Instruction) -> None:
        """One instruction: a row of its own, or a part of the row that reads it."""
        block = None if is_view(i) else self.layout.of.get(i.out)
        for v in i.operands if i.op.func in TWICE else ():
            if v in self.inlined and i.out.is_number:
                self.row_of_its_own(v)  # it is written twice: once to compare, once to return
        self.take_over_rows(i)
        texts = [self.scalar(v, i) or self.text_of(v) for v in i.operands]
        formula = formula_text(i, [self.formula_of(v) for v in i.operands])
        name = self.names[i.out]
        written = statement(i, texts, name, block, self.library.called)
        if isinstance(written, str):
            self.rows.append((written, self.comment(i, formula), i))
        elif self.may_inline(i, written):
            self.inlined[i.out], self.formulas[i.out] = written, formula
        else:
            comment = "" if i.out.is_number else self.comment(i, formula)
            self.rows.append((f"{name} = {written.source}", comment or self.note(i), i))

    def take_over_rows(self, i: Instruction) -> None:
        """Let steps on the way, written just before, become part of the line that reads them.

        From the last operand to the first, so that what is computed is computed in the same order.
        """
        for v in reversed(i.operands):
            code, _, maker = self.rows[-1] if self.rows else ("", "", None)
            if maker is None or maker.out is not v or maker.part != i.part or not self.is_step(v):
                continue
            too_long = len(code) + len(self.names[i.out]) > LONGEST_STEP
            if is_view(i) or is_view(maker) or not code.endswith(f"out={self.names[v]})") or too_long:
                continue
            self.rows.pop()
            self.inlined[v], self.formulas[v] = Text(code), self.formula_before[v]
            i.note = i.note or maker.note

    def is_step(self, v: Variable) -> bool:
        """True for what nobody named and one instruction reads: a step on the way to something."""
        return not v.name and self.counts[v] == 1 and v not in self.results and v in self.layout.of

    def may_inline(self, i: Instruction, written: Text) -> bool:
        """True for what reads better where it is used: a transpose, a number that is used once."""
        if i.op.func is draw or i.out in self.results:
            return False
        if i.op.func is np.transpose and i.op.settings.get("axes") is None:
            return True
        # What is read from an array is read at once: another result may lie there when the number is used.
        return of_numbers(i) and self.counts[i.out] == 1 and not i.out.name and len(written.source) < 90

    def row_of_its_own(self, v: Variable) -> None:
        """Write an expression that was kept for where it is read."""
        self.rows.append((f"{self.names[v]} = {self.inlined.pop(v).source}", "", None))
        self.formulas.pop(v, None)

    def scalar(self, v: Variable, i: Instruction) -> Text | None:
        """A constant number beside arrays, as a 0-d array: NumPy takes it in half the time."""
        arrays = [w for w in i.operands if not w.is_number]
        if not (isinstance(i.op.func, np.ufunc) and v.is_number and v.is_constant and arrays):
            return None
        if type(v.value) is int and tells_integers(i.op.func):
            return None
        dtype = arrays[0].dtype
        if dtype.kind != "f" or any(w.dtype != dtype for w in arrays) or isinstance(v.value, bool | complex):
            return None
        return Text(self.scalar_name(v.value, dtype))

    def scalar_name(self, value: Any, dtype: Any, wish: str = "") -> str:
        text = setting_text(float(value))
        key = text.removesuffix(".0") if text != "-0.0" else text, str(dtype)
        if key not in self.scalars:
            self.scalars[key] = self.free(wish or NUMBER_WORDS.get(key[0], f"c_{value:g}"))
        return self.scalars[key]

    # ------------------------------------------------------------------ comments

    def comment(self, i: Instruction, formula: Text) -> str:
        """The shape, and what the line computes: forward its formula, backward the factor of the chain rule."""
        self.formula_before[i.out] = formula
        shape = "" if i.out.is_number or not self.shapes_shown else str(i.out.shape)
        what = self.note(i) or formula.source
        return f"{shape:10} {what}".strip()

    def note(self, i: Instruction) -> str:
        return note_text(i.note, self.names.get) if isinstance(i.note, Factor) else ""

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
        helpers = [self.with_scalars(text, dtype) for text, dtype in fixed_sources(*self.listings)]
        helpers += self.library.texts.values()
        lines = [*self.scalar_lines(), *(self.constant_line(v, name) for v, name in self.constants.items())]
        lines += self.memory()
        for text in helpers:
            lines += ["", *text.strip("\n").splitlines()]
        return lines

    def memory(self) -> list[str]:
        """The arrays that are allocated once, those of one kind on a line; then what lies in the same memory."""
        kinds: dict[str, list[str]] = {}
        same: list[tuple[str, str]] = []
        for block in self.layout.blocks:
            if not block.given:
                first, *rest = dict.fromkeys(self.names[v] for v in block.tenants)
                kinds.setdefault(empty_text(block), []).append(first)
                same += [(name, first) for name in rest]
        lines = [line for kind, names in kinds.items() for line in allocations(kind, names)]
        for at in range(0, len(same), 5):
            names, firsts = zip(*same[at : at + 5], strict=True)
            lines.append(f"{', '.join(names)} = {', '.join(firsts)}  # in the same memory")
        return lines

    def with_scalars(self, text: str, dtype: Any) -> str:
        """A helper's source with the names of the constants that it reads."""
        for mark, value, wish in (("{lowest}", lowest, "lowest"), ("{one}", 1.0, ""), ("{zero}", 0.0, "")):
            if mark in text:
                number = value(dtype) if callable(value) else value
                text = text.replace(mark, self.scalar_name(number, dtype, wish))
        return text

    def scalar_lines(self) -> list[str]:
        """Constant numbers as 0-d arrays, those of one dtype on a line."""
        lines = []
        for dtype in dict.fromkeys(dtype for _, dtype in self.scalars):
            numbers = [text for text, d in self.scalars if d == dtype]
            names = [name for (_, d), name in self.scalars.items() if d == dtype]
            if len(names) == 1:
                lines.append(f"{names[0]} = np.array({numbers[0]}, np.{dtype})")
            else:
                lines.append(f"{', '.join(names)} = (np.array(c, np.{dtype}) for c in ({', '.join(numbers)}))")
        return lines

    def constant_line(self, v: Variable, name: str) -> str:
        if (text := regular_text(v.value)) is not None:
            return f"{name} = {text}"
        if is_large(v.value):
            return with_comment(f'{name} = constants["{name}"]', str(v.shape))
        return f"{name} = {setting_text(v.value)}"


def empty_text(block: Block) -> str:
    """``np.empty((32, 25))``; one that lies column by column is the transpose of one that lies row by row."""
    dtype = "" if block.dtype == np.float64 else f", {setting_text(block.dtype)}"
    if block.axes is None:
        return f"np.empty({block.shape}{dtype})"
    back = inverse_permutation(block.axes)
    way = ".T" if back == tuple(reversed(range(len(back)))) else f".transpose({back})"
    return f"np.empty({tuple(block.shape[a] for a in block.axes)}{dtype}){way}"


def allocations(kind: str, names: list[str]) -> Iterable[str]:
    """``z, d_z = (np.empty((32, 25)) for _ in range(2))``."""
    for at in range(0, len(names), 6):
        some = names[at : at + 6]
        many = f"({kind} for _ in range({len(some)}))"
        yield f"{', '.join(some)} = {many if len(some) > 1 else kind}"


def with_comment(code: str, comment: str, column: int = COMMENTS_AT) -> str:
    """A line with its comment where the others are; of a formula that is too long the shape alone."""
    whole = f"{code:{column}}  # {comment}"
    if len(whole) > WIDEST and "∂" not in comment:
        whole = f"{code:{column}}  # {comment.partition(')')[0]})"
    return whole if comment else code


def source_of_program(listing: Listing, function: str) -> Source:
    """Write a listing as a module with one function."""
    function = free_name(function, {*RESERVED, *wished_names(listing)})
    writer = Writer(listing, layout_of(listing), {function})
    writer.body()
    writer.returned(listing.outputs)
    parameters = ", ".join(writer.names[v] for v in listing.inputs)
    return assembled(writer.head(), function, parameters, writer.rows, [writer])


def assembled(head: list[str], function: str, parameters: str, rows: list[Row], writers: list[Writer]) -> Source:
    """The whole text: imports, head, function."""
    definition = f"def {function}({parameters}):"
    column = min(COMMENTS_AT, max((len(code) for code, comment, _ in rows if comment), default=0) + 4)
    body = [(with_comment(f"    {code}", comment, column), i) for code, comment, i in rows]
    needed = modules_used(writers)
    if any("math." in line for line in (*head, *(code for code, _ in body))):
        needed.add("math")
    imports = [f"import {module}" for module in sorted(needed)]
    before, after = [m for m in imports if m < "import numpy"], [m for m in imports if m > "import numpy"]
    text = [*before, "import numpy as np", *after, "", *head, "", definition]
    lines = {len(text) + at + 1: i for at, (_, i) in enumerate(body) if i is not None}
    source = "\n".join([*text, *(code for code, _ in body)]) + "\n"
    large = {name: v.value for w in writers for v, name in w.constants.items() if is_large(v.value)}
    given = {name: func for w in writers for name, func in w.library.given.items()}
    return Source(source, function, large, lines, tuple(w.layout for w in writers), given)


def modules_used(writers: Iterable[Writer]) -> set[str]:
    """What the source imports besides NumPy."""
    used = {module for w in writers for module in w.library.modules}
    functions = {i.op.func for w in writers for i in w.listing.instructions}
    return used | modules_in(map(path_of, functions))
