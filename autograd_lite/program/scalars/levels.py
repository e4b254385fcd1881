"""Levels: a listing of plain numbers, computed many at a time.

A network written number by number is a hundred thousand operations, of which each waits for Python.
But all that have the same depth in the graph are independent of each other: one call of NumPy
computes those of one kind. Chains of additions become sums of many terms; products that only such a
sum reads become dot products; and dot products that are every row by every column become what they
were all the time: a product of matrices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from ...engine import relu
from ..listing import Listing
from ..writing.calling import is_imported, modules_in, path_of
from ..writing.copying import Library, text_alone
from ..writing.literals import setting_text
from ..writing.numbers import constant_text
from .level_graph import graph_of, of_numbers, settings_of
from .level_patterns import View
from .level_steps import Plan, Read, Step, plan_of

SHOWN = 12
"""Entries of an array that are shown to a reader; the whole source has them all."""

STEPS_A_FUNCTION = 500
RESERVED = {"np", "math", "v", "take", "each", "grid", "inputs", *"abcdefgh", *(f"i{n}" for n in range(1000))}
WIDTH = 100
COMMENTS_AT = 76


class Levels:
    """A listing of numbers by levels. Made by `levels_of`.

    Attributes
    ----------
    source : str
        The whole module, which runs by itself with NumPy. ``str(levels)`` is the same with long arrays cut short.
    calls : int
        How many levels, that is, calls of NumPy, one run takes; each costs about a microsecond besides its work.
    size : int
        Numbers in the vector that everything lies in.
    given : dict
        Functions that it calls and that cannot be copied.

    Notes
    -----
    The order of additions is not that of the listing, so results agree with the interpreter's not to the last
    bit but to rounding. All runs use one vector: two threads must not run the same levels at once.
    """

    def __init__(self, plan: Plan, function: str = "program") -> None:
        self.function = function
        self._plan = plan
        self._writer = Writer(plan, function)
        self._body = self._writer.body()
        self.given = self._writer.library.given
        self.calls = len(plan.steps)
        self.size = plan.size
        self.namespace = self._writer.namespace()
        exec(compile(self._body, f"<levels: {function}>", "exec"), self.namespace)
        self._run: Callable[[Any], np.ndarray] = self.namespace[function]

    def __call__(self, inputs: Sequence[float] | np.ndarray) -> np.ndarray:
        """The outputs, as a new vector of float64; True and False are 1.0 and 0.0.

        Parameters
        ----------
        inputs : sequence of float, or float64 array of shape (inputs,)
        """
        return self._run(inputs)

    @property
    def source(self) -> str:
        return self._writer.head(shown=None) + self._body

    def __str__(self) -> str:
        return self._writer.head(shown=SHOWN) + self._body


def levels_of(listing: Listing, function: str = "program") -> Levels:
    """Compute a listing in which everything is a plain number by levels.

    Parameters
    ----------
    listing : Listing
        See `of_numbers`.
    function : str
        What the source calls the computation.

    Returns
    -------
    Levels
        Called with the inputs, it returns the vector of outputs.

    Raises
    ------
    ValueError
        If something in the listing is an array.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> from autograd_lite.program.recording.recorder import recording_of
    >>> listing = recording_of(lambda x, y: (x * y + 1.0, x * x), (1.0, 1.0), {}).listing
    >>> levels = levels_of(listing)
    >>> levels([3.0, 4.0])
    array([13.,  9.])
    """
    if not of_numbers(listing):
        raise ValueError("Levels are made of plain numbers, and in this listing there are arrays. Use ag.record.")
    return Levels(plan_of(graph_of(listing)), function)


class Writer:
    """Writes the source of a plan."""

    def __init__(self, plan: Plan, function: str) -> None:
        self.plan = plan
        self.function = function
        self.views: dict[str, View] = {}
        self.indices: dict[str, np.ndarray] = {}
        self.scratch: dict[str, tuple[str, tuple[int, ...]]] = {}
        kinds = [step.kind for step in plan.steps if step.kind is not None]
        self.uses_each = any(kind.how == "each" for kind in kinds)
        self.called = dict.fromkeys(kind.op.func for kind in kinds if kind.how != "copy")
        self.library = Library({function, *RESERVED}).add(
            f for f in self.called if not is_imported(f) and f is not relu
        )

    # ------------------------------------------------------------------ operands

    def view(self, view: View) -> str:
        self.views[view.name] = view
        return view.name

    def index(self, places: np.ndarray) -> str:
        name = f"i{len(self.indices)}"
        self.indices[name] = places
        return name

    def room(self, letter: str, shape: tuple[int, ...]) -> str:
        """A part of the scratch memory of this letter."""
        name = f"{letter}_{'x'.join(map(str, shape))}"
        self.scratch[name] = (letter, shape)
        return name

    def read(self, read: Read, letter: str) -> str:
        """An operand: a view, or numbers that are gathered into scratch memory."""
        if isinstance(read, View):
            return self.view(read)
        return f'take({self.index(read.places)}, None, {self.room(letter, read.shape)}, "clip")'

    # ------------------------------------------------------------------ steps

    def body(self) -> str:
        """The functions."""
        steps = self.plan.steps
        names: list[str] = []
        parts: list[str] = []
        for at in range(0, len(steps), STEPS_A_FUNCTION) if len(steps) > STEPS_A_FUNCTION else ():
            names.append(f"{self.function}_part_{len(names) + 1}")
            lines = [line for step in steps[at : at + STEPS_A_FUNCTION] for line in self.lines(step)]
            parts.append("\n".join([f"def {names[-1]}():", *lines, "", "", ""]))
        lines = [f"    {name}()" for name in names] or [line for step in steps for line in self.lines(step)]
        outputs = self.index(self.plan.outputs)
        inputs = [f"    v[:{self.plan.graph.inputs}] = inputs"] if self.plan.graph.inputs else []
        return "\n".join([*parts, f"def {self.function}(inputs):", *inputs, *lines, f"    return take({outputs})", ""])

    def lines(self, step: Step) -> Iterator[str]:
        """The source of a step: one line, or two."""
        comment = described(step)
        for code in self.statements(step):
            yield f"    {code:{COMMENTS_AT}}  # {comment}" if comment else f"    {code}"
            comment = ""

    def statements(self, step: Step) -> list[str]:
        operands = [self.read(read, letter) for read, letter in zip(step.reads, "abcdefgh", strict=False)]
        out = self.view(step.out)
        if step.what == "call":
            return self.call(step, operands, out)
        if step.what == "matrix product":
            return [f"np.matmul({operands[0]}, {operands[1]}, out={out})"]
        if len(operands) == 2:
            room = self.room("a", step.reads[0].shape)
            operands = [f"np.multiply({operands[0]}, {operands[1]}, out={room})"]
        if step.starts is not None:
            return [f"np.add.reduceat({operands[0]}, {self.index(step.starts)}, out={out})"]
        return [f"np.add.reduce({operands[0]}, axis={step.axis}, out={out})"]

    def call(self, step: Step, operands: list[str], out: str) -> list[str]:
        """One function of many numbers at once."""
        assert step.kind is not None
        op, how = step.kind.op, step.kind.how
        if op.func is relu:
            return [f"np.maximum({operands[0]}, 0, out={out})"]
        if step.kind.of_bools:
            operands = [f"({operand} != 0)" for operand in operands]
        name = self.library.called(op.func)
        if how == "ufunc" and len(operands) == op.operands:
            return [f"{name}({', '.join(operands)}, out={out})"]
        if how == "ufunc":  # a sum of some terms
            first = f"{name}({operands[0]}, {operands[1]}, out={out})"
            return [first, *(f"{name}({out}, {operand}, out={out})" for operand in operands[2:])]
        if how == "copy":
            return [f"{out}[...] = {operands[0]}"]
        settings = "".join(f", {key}={setting_text(value)}" for key, value in settings_of(op).items())
        if how == "function":
            return [f"{out}[...] = {name}({', '.join(operands)}{settings})"]
        return [f"{out}[...] = each(lambda *x: {name}(*x{settings}), {', '.join(operands)})"]

    # ------------------------------------------------------------------ what they need

    def namespace(self) -> dict[str, Any]:
        """What the head of the source defines, without the detour by text."""
        v = np.zeros(self.plan.size)
        first = self.plan.graph.inputs
        v[first : first + len(self.plan.graph.constants)] = self.plan.graph.constants
        sizes = self.scratch_sizes()
        rooms = {letter: np.empty(size) for letter, size in sizes.items()}
        return {
            "np": np,
            "v": v,
            "take": v.take,
            **self.functions(),
            **({"each": each} if self.uses_each else {}),
            **{name: view.of(v) for name, view in self.views.items()},
            **self.indices,
            **{name: rooms[at][: int(np.prod(shape))].reshape(shape) for name, (at, shape) in self.scratch.items()},
        }

    def functions(self) -> dict[str, Any]:
        """What is called that NumPy does not have."""
        found: dict[str, Any] = dict(self.library.given)
        exec("\n".join([*self.imports(), *self.library.texts.values()]), found)
        return found

    def imports(self) -> list[str]:
        modules = self.library.modules | modules_in(map(path_of, self.called))
        return [*(f"import {module}" for module in sorted(modules)), "import numpy as np"]

    def scratch_sizes(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for letter, shape in self.scratch.values():
            sizes[letter] = max(sizes.get(letter, 0), int(np.prod(shape)))
        return sizes

    def head(self, shown: int | None) -> str:
        """Memory, views and indices, as source; long arrays only as far as they are shown."""
        graph = self.plan.graph
        lines = [*self.imports(), ""]
        texts = [*self.library.texts.values(), *([text_alone(each)] if self.uses_each else [])]
        if any(view.source.startswith("grid") for view in self.views.values()):
            texts.append(text_alone(grid))
        for text in texts:
            lines += ["", *text.splitlines(), ""]
        lines += [f"# everything lies in one vector: {graph.inputs} inputs, {len(graph.constants)} constants, results"]
        lines += [f"v = np.zeros({self.plan.size})", "take = v.take"]
        if graph.constants:
            first = graph.inputs
            values = [constant_text(x).source for x in graph.constants]
            lines += listed(f"v[{first}:{first + len(values)}] = ", values, shown)
        lines += [f"{name} = {view.source}" for name, view in self.views.items()]
        lines += [f"{letter} = np.empty({size})" for letter, size in self.scratch_sizes().items()]
        for name, (letter, shape) in self.scratch.items():
            lines.append(f"{name} = {letter}[:{int(np.prod(shape))}].reshape({shape})")
        for name, places in self.indices.items():
            end = f", np.intp).reshape({places.shape})" if places.ndim > 1 else ", np.intp)"
            lines += listed(f"{name} = np.array(", list(map(str, places.ravel().tolist())), shown, end)
        return "\n".join([*lines, "", "", ""])


def described(step: Step) -> str:
    """What a step computes, for the reader: ``depth 4: 1600 +``."""
    if step.kind is not None:
        return f"depth {step.depth}: {step.count} {step.kind.op.symbol}"
    if step.starts is not None:
        return f"depth {step.depth}: {step.count} {step.what}s"
    terms = step.reads[0].shape[1 if step.what == "matrix product" else step.axis]
    what = "matrix product" if step.what == "matrix product" else f"{step.what}s"
    return f"depth {step.depth}: {step.count} {what if step.count > 1 else step.what} of {terms}"


def listed(start: str, words: list[str], shown: int | None, end: str = "") -> list[str]:
    """A list as source, in lines that are not too long."""
    if shown is not None and len(words) > shown:
        return [f"{start}[{', '.join(words[:shown])}, ...]{end}  # {len(words)} of them"]
    lines, line = [], f"{start}["
    for word in words:
        if len(line) + len(word) > WIDTH - 2:
            lines.append(line.rstrip())
            line = "    "
        line += f"{word}, "
    return [*lines, f"{line.rstrip(', ')}]{end}"]


def grid(start: int, shape: tuple[int, ...], steps: tuple[int, ...]) -> Any:
    """Entry (r, c) is ``v[start + r * steps[0] + c * steps[1]]``."""
    return np.lib.stride_tricks.as_strided(v[start:], shape, [8 * step for step in steps])  # type: ignore[name-defined] # noqa: F821


def each(func: Callable[..., Any], *vectors: Any) -> list[Any]:
    """The function of each number, for functions that do not take vectors."""
    return [np.asarray(func(*row)).item() for row in zip(*(vector.tolist() for vector in vectors), strict=True)]
