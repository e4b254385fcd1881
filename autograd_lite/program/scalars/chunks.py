"""Chunks: a large listing of plain numbers as straight-line Python, one function a chunk.

One function of 100,000 lines takes Python's compiler hundreds of megabytes; functions of some
thousand lines, compiled one by one, take as much time and hardly any memory. A chunk is called with
what it reads from earlier ones and returns what later ones read; within it everything is a local
variable, which is the fastest that Python has.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np

from ...engine import relu
from ..listing import Instruction, Listing, Variable, uses
from ..writing.calling import is_imported, modules_in, path_of
from ..writing.copying import Library
from ..writing.helpers import OF_NUMBERS, of_number_source
from ..writing.literals import setting_text
from ..writing.loading import explain, register
from ..writing.numbers import CALLS, INFIX, TWICE, Text, constant_text, number_text
from .level_graph import UNCHANGED, settings_of

SIZE = 10_000
"""Instructions a chunk: larger ones run little faster, and take the compiler memory."""

WIDTH = 100
"""Columns; what is longer goes on in the next line, or gets a name of its own."""

INDENT = "    "
RESERVED = {"np", "math", "abs", "max", "min", "float", "inputs"}
"""Functions whose source names an operand twice, which must not be computed twice."""

unique = count(1)


class Chunks:
    """Straight-line source of a listing of numbers, compiled chunk by chunk. Made by `chunks_of`.

    Attributes
    ----------
    source : str
        The whole module; it runs by itself.
    function : str
        The name of its last function, which takes the inputs and returns the outputs.
    filename : str
        Under which tracebacks and debuggers find the source; no two are the same.
    namespace : dict
        The module's globals.
    given : dict
        Functions among them that cannot be copied.
    """

    def __init__(self, pieces: Sequence[Piece], function: str, known: dict[str, Any]) -> None:
        self.function = function
        self.given = known
        self.filename = f"<chunks {next(unique)}: {function}>"
        self.namespace: dict[str, Any] = {"__name__": f"program_{function}", **known, "np": np}
        self._lines = [line for piece in pieces for line in piece.text.splitlines(keepends=True)]
        self._made: list[Instruction | None] = []
        for piece in pieces:
            # Empty lines above it, so that the lines of a traceback are those of the whole source.
            exec(compile("\n" * len(self._made) + piece.text, self.filename, "exec"), self.namespace)
            self._made += [piece.lines.get(line + 1) for line in range(piece.text.count("\n"))]
        self._run: Callable[..., Any] = self.namespace[function]
        register(self, self.filename, self._lines)

    @property
    def source(self) -> str:
        return "".join(self._lines)

    def made_on(self, line: int) -> Instruction | None:
        """The instruction whose result stands on a line, counted from 1: where an error comes from."""
        return self._made[line - 1] if 0 < line <= len(self._made) else None

    def explain(self, error: BaseException) -> None:
        """Say beside an error which operation it happened in."""
        explain(error, self.filename, self.made_on)

    def __call__(self, inputs: Iterable[Any]) -> list[Any]:
        """The outputs, as the interpreter computes them.

        Raises
        ------
        ArithmeticError, ValueError
            At a pole, where NumPy gives inf or nan and Python's numbers raise.
        """
        found = self._run(*inputs)
        return list(found) if type(found) is tuple else [found]

    def __str__(self) -> str:
        return self.source


@dataclass
class Piece:
    """Some functions of the source, which are compiled together."""

    text: str
    lines: dict[int, Instruction] = field(default_factory=dict)


def chunks_of(listing: Listing, function: str = "program", size: int = SIZE) -> Chunks:
    """Write a listing in which everything is a plain number as Python source, and compile it.

    Parameters
    ----------
    listing : Listing
        Of numbers alone; its stores are not written.
    function : str
        What the source calls the whole computation.
    size : int
        Instructions a chunk.

    Returns
    -------
    Chunks
        Called with the inputs it returns the list of outputs: bit for bit what `interpreted` computes, wherever
        Python's numbers do not raise.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from autograd_lite.program.recording.recorder import recording_of
    >>> double = chunks_of(recording_of(lambda x: x + x, (1.0,), {}).listing, "double")
    >>> double([4.0])
    [8.0]
    """
    used = dict.fromkeys(i.op.func for i in listing.instructions)
    own = [f for f in used if not is_imported(f) and f not in UNCHANGED and f is not relu]
    fixed = [f for f in own if f in OF_NUMBERS]
    taken = {function, *RESERVED, *(f.__name__ for f in fixed)}
    library = Library(taken).add(f for f in own if f not in OF_NUMBERS)
    bodies = list(Writer(listing, function, size, taken, library).pieces())
    texts = [*library.texts.values(), *(of_number_source(f, None) for f in fixed)]
    texts += [f"# {name} is given" for name in library.given]
    helpers = "".join("\n\n{}\n".format(text.strip("\n")) for text in texts)
    modules = library.modules | modules_in(map(path_of, used))
    for module, word in (("math", "math."), ("numpy as np", "np.")):
        if word in helpers or any(word in body.text for body in bodies):
            modules.add(module)
    heads = "".join(f"import {module}\n" for module in sorted(modules))
    return Chunks([Piece(heads + helpers), *bodies], function, library.given)


# ------------------------------------------------------------------------------- writing


class Writer:
    """Writes the functions of a listing; see `chunks_of`."""

    def __init__(self, listing: Listing, function: str, size: int, taken: Iterable[str], library: Library) -> None:
        self.listing = listing
        self.library = library
        self.function = function
        self.size = size
        self.parts = [listing.instructions[at : at + size] for at in range(0, len(listing.instructions), size)] or [()]
        functions = [f"{function}_part_{n + 1}" for n in range(len(self.parts))]
        self.names = names_of(listing, {*functions, *taken})
        self.functions = functions if len(functions) > 1 else [function]
        self.uses = uses(listing)
        self.passed = passed_on(listing, self.parts)
        self.read_twice = {v for i in listing.instructions if i.op.func in TWICE for v in i.operands}
        self.constants: dict[Variable, Text] = {}

    def pieces(self) -> Iterator[Piece]:
        """A piece for each chunk, and the function that calls them all."""
        calls: list[str] = []
        if len(self.parts) == 1:
            yield self.single()
            return
        for name, part in zip(self.functions, self.parts, strict=True):
            chunk = Body(self)
            rows = [chunk.row(i) for i in part]
            taken = [self.names[v] for v in chunk.read]
            given = [self.names[i.out] for i in part if i.out in self.passed]
            head = flowed(f"def {name}(", taken, "):")
            yield piece(head, rows, flowed(f"{INDENT}return (", given, ",)" if given else ")"))
            calls += called_with(given, name, taken)
        inputs = [self.names[v] for v in self.listing.inputs]
        yield Piece(
            "\n".join(["", "", *flowed(f"def {self.function}(", inputs, "):"), *calls, *self.returned(Body(self)), ""])
        )

    def single(self) -> Piece:
        """The whole listing as one function."""
        body = Body(self)
        rows = [body.row(i) for i in self.parts[0]]
        inputs = [self.names[v] for v in self.listing.inputs]
        return piece(flowed(f"def {self.function}(", inputs, "):"), rows, self.returned(body))

    def returned(self, body: Body) -> list[str]:
        """The last lines: one result, or a tuple of them."""
        results = [body.text(v).source for v in self.listing.outputs]
        if len(results) == 1:
            return [f"{INDENT}return {results[0]}"]
        return flowed(f"{INDENT}return (", results, ")")


class Body:
    """Writes the lines of one chunk."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.own: set[Variable] = set()
        self.read: dict[Variable, None] = {}
        """What comes from outside, in the order in which it is read."""
        self.inlined: dict[Variable, Text] = {}

    def row(self, i: Instruction) -> tuple[str, Instruction] | None:
        """The line of an instruction; None if it becomes a part of the line that reads it."""
        texts = [self.text(v) for v in i.operands]
        written = text_of(i, texts, self.writer.library)
        name = self.writer.names[i.out]
        if self.may_inline(i, written):
            self.inlined[i.out] = written
            return None
        self.own.add(i.out)
        return f"{INDENT}{name} = {written.source}", i

    def text(self, v: Variable) -> Text:
        """How an operand is written."""
        found = self.inlined.pop(v, None)
        if found is not None:
            return found
        if v.value is not None:
            constants = self.writer.constants
            if v not in constants:
                constants[v] = constant_text(v.value) if not isinstance(v.value, bool) else Text(repr(v.value))
            return constants[v]
        if v not in self.own:
            self.read[v] = None
        return Text(self.writer.names[v])

    def may_inline(self, i: Instruction, written: Text) -> bool:
        """True for a nameless number that one line of this chunk reads, once."""
        return (
            self.writer.uses.get(i.out) == 1
            and not i.out.name
            and len(written.source) < WIDTH - 40
            and i.out not in self.writer.passed
            and i.out not in self.writer.read_twice
        )


def text_of(i: Instruction, texts: list[Text], library: Library) -> Text:
    """One instruction as source."""
    func = i.op.func
    if func in UNCHANGED:
        return texts[0]
    of_bools = func in INFIX and all(v.dtype.kind == "b" for v in i.operands)  # True + True is True to NumPy
    if func in WRITTEN and not of_bools:
        return number_text(i, texts, library.called)
    operands = ", ".join(text.source for text in texts)
    settings = "".join(f", {key}={setting_text(value)}" for key, value in settings_of(i.op).items())
    return Text(f"np.asarray({library.called(func)}({operands}{settings})).item()")


WRITTEN = {*INFIX, *CALLS, relu, np.negative, np.where}
"""Functions that have a notation, or that Python has itself."""


def passed_on(listing: Listing, parts: Sequence[Sequence[Instruction]]) -> set[Variable]:
    """What a chunk returns: results, and what later chunks read."""
    made_in = {i.out: number for number, part in enumerate(parts) for i in part}
    read_later = {
        v for number, part in enumerate(parts) for i in part for v in i.operands if made_in.get(v, number) != number
    }
    return read_later | {v for v in listing.outputs if v in made_in}


# ------------------------------------------------------------------------------- names and lines


def names_of(listing: Listing, taken: set[str]) -> dict[Variable, str]:
    """A name for every variable: the user's, or t1, t2 and so on in the order in which they are computed."""
    names: dict[Variable, str] = {}
    counts: dict[str, int] = {}

    def free(wish: str) -> str:
        name = re.sub(r"\W+", "_", wish).strip("_") or "x"
        name = f"x{name}" if name[0].isdigit() else f"{name}_" if keyword.iskeyword(name) else name
        found = name
        while found in taken:
            counts[name] = counts.get(name, 1) + 1
            found = f"{name}_{counts[name]}"
        taken.add(found)
        return found

    for v in listing.inputs:
        names[v] = free(v.name or "x")
    for i in listing.instructions:
        if i.out.name:
            names[i.out] = free(i.out.name)
    temporary = count(1)
    for i in listing.instructions:
        if i.out not in names:
            name = f"t{next(temporary)}"
            names[i.out] = name if name not in taken else free(f"{name}_")
    return names


def flowed(start: str, words: Sequence[str], end: str) -> list[str]:
    """``start a, b, c end`` in as many lines as it takes."""
    lines, line = [], start
    for at, word in enumerate(words):
        word += ", " if at + 1 < len(words) else ""
        if len(line) + len(word) > WIDTH and line.strip():
            lines.append(line.rstrip())
            line = INDENT * 2
        line += word
    return [*lines, line + end]


def called_with(given: Sequence[str], name: str, taken: Sequence[str]) -> list[str]:
    """``(a, b,) = part_1(x, y)``."""
    if not given:
        return flowed(f"{INDENT}{name}(", taken, ")")
    left = flowed(f"{INDENT}(", given, f",) = {name}(")
    return [*left[:-1], *flowed(left[-1], taken, ")")]


def piece(head: list[str], rows: Iterable[tuple[str, Instruction] | None], end: list[str]) -> Piece:
    """A function, with the number of the line of every instruction."""
    lines, at = ["", "", *head], {}
    for row in rows:
        if row is not None:
            lines.append(row[0])
            at[len(lines)] = row[1]
    return Piece("\n".join([*lines, *end, ""]), at)
