"""Program: a recorded computation, written out as NumPy source, and run as what is written."""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..engine import trees
from .costs import Cost, cost_of
from .listing import BACKWARD, Listing, interpreted
from .passes import simplified
from .passes.guards import GUARDS
from .recording.recorder import Recording, Slot, recording_of
from .scalars.chunks import Chunks, chunks_of
from .scalars.forms import LEAST, fastest
from .scalars.level_graph import of_numbers
from .scalars.levels import Levels, levels_of
from .writing.lines import Lines
from .writing.names import identifier
from .writing.saving import check_alone, save_source

FORMS = ("lines", "chunks", "levels")
LONG = 400
"""Lines of source that ``print`` shows."""


class Program:
    """A function that was recorded: straight-line NumPy source, with its memory allocated once.

    Made by `record`. Call it as the function was called; ``print(program)`` shows what runs.

    Parameters
    ----------
    recording : Recording
    form : {"lines", "chunks", "levels"}, optional
        How it runs: as one function; or, if it is made of plain numbers alone, as several functions (chunks), or by
        levels, all numbers of one depth by one call of NumPy. By itself it takes what is fastest: lines, and for
        more than 1,500 operations on numbers levels or chunks. Complex numbers have lines alone.

    Attributes
    ----------
    name : str
        The name of the recorded function, and of the function in the source.
    source : str
        The program: a module with one function.
    recorded, listing : Listing
        Its operations as they were recorded, and after all passes. Both can be printed.
    form : str

    Notes
    -----
    It computes bit for bit what the function computes eagerly; by levels it adds in another order, and agrees to
    rounding. Results are copies, and are yours. A program has its memory to itself: calls from several threads
    wait for each other.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> program = ag.record(lambda x, w: np.sum(x * w), np.ones(3), np.ones(3))
    >>> program(np.array([1.0, 2.0, 3.0]), np.array([1.0, 10.0, 100.0]))
    321.0
    """

    def __init__(self, recording: Recording, form: str | None = None, listing: Listing | None = None) -> None:
        self._lock = threading.RLock()
        self._load(recording, form, listing)

    def _load(self, recording: Recording, form: str | None, listing: Listing | None = None) -> None:
        """Simplify, write and load what was recorded."""
        self.name = function_name(recording.f)
        self.recorded = recording.listing
        self.listing = listing or simplified(recording.listing)
        self._recording, self._form = recording, form
        self._run: Lines | Chunks | Levels = loaded(self.listing, self.name, form)
        self.form = type(self._run).__name__.lower()
        self.name = self._run.written.function if isinstance(self._run, Lines) else self.name
        self._must_bind = bool(recording.tree[1])
        self._has_settings = not all(a.is_numeric or a.is_generator for a in recording.arguments)
        self._has_numbers = any(i.out.is_number for i in self.listing.instructions)
        self._may_be_nan = guards_of(self.listing) < guards_of(self.recorded)
        self._quiet = {"invalid": "ignore"} if any(i.part == BACKWARD for i in self.listing.instructions) else {}

    def in_form(self, form: str) -> Program:
        """The same program in another form: ``"lines"``, ``"chunks"`` or ``"levels"``.

        Raises
        ------
        ValueError
            If there is no such form, or the program works on arrays, which have lines alone.

        Examples
        --------
        >>> import autograd_lite as ag
        >>> print(ag.record(lambda x, y: x * y + x, 1.0, 2.0).in_form("levels")(3.0, 4.0))
        15.0
        """
        return Program(self._recording, form, self.listing)

    # ------------------------------------------------------------------ running it

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result for these arguments, which must have the shapes and dtypes of the examples.

        Raises
        ------
        TypeError, ValueError
            If an argument is not what the program was recorded for.
        """
        with self._lock:
            if self._recording.born and self._recording.is_outdated:
                self._load(self._recording.again(), self._form)
            inputs = self._inputs(args, kwargs)
            with np.errstate(**self._quiet):  # type: ignore[arg-type]
                outputs = list(map(owned, self._outputs(inputs)))
            result = self._recording.result
        return trees.mapped(lambda part: outputs[part.number] if isinstance(part, Slot) else owned(part), result)

    def _inputs(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
        """The arguments of a call, checked, and the numbers of the Values from outside."""
        recording = self._recording
        if kwargs or self._must_bind or len(args) != len(recording.tree[0]):
            args, kwargs = self._bound(args, kwargs)
        if recording.is_flat and len(args) == len(recording.arguments) and not any(map(trees.is_container, args)):
            given: Sequence[Any] = args
        else:
            given = self._taken_apart(args, kwargs)
        fitted = [a.fitted(x) for a, x in zip(recording.arguments, given, strict=True)]
        if self._has_settings:
            fitted = [x for a, x in zip(recording.arguments, fitted, strict=True) if a.is_numeric or a.is_generator]
        return fitted + [v.data_to_record() for v in recording.outside]

    def _bound(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The arguments in the form that the recording has them."""
        signature = self._recording.signature
        if signature is None:
            return args, kwargs
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{self.name}{signature}: {error}.") from None
        return bound.args, bound.kwargs

    def _taken_apart(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
        """Every part of nested arguments."""
        if not trees.same_shape((args, kwargs), self._recording.tree):
            raise TypeError(
                f"{self.name}() was recorded for arguments that are nested otherwise, or for another number of them: "
                f"{', '.join(f'{a.name}: {a.described()}' for a in self._recording.arguments)}."
            )
        return list(trees.parts_like((args, kwargs), self._recording.tree))

    def _outputs(self, inputs: list[Any]) -> Sequence[Any]:
        """What the source computes; where plain numbers met a pole, what NumPy says there."""
        states = [x.bit_generator.state if isinstance(x, np.random.Generator) else None for x in inputs]
        try:
            outputs: Sequence[Any] = list(self._run(inputs))
        except (ArithmeticError, ValueError) as error:
            self._explain(error)
            if not self._has_numbers:
                raise
        except BaseException as error:
            self._explain(error)
            raise
        else:
            if self.form == "levels":
                outputs = [kinds[v.dtype.kind](x) for v, x in zip(self.listing.outputs, outputs, strict=True)]
            if not (self._may_be_nan and any(map(has_nan, outputs))):
                return outputs
        for x, state in zip(inputs, states, strict=True):
            if state is not None:
                x.bit_generator.state = state  # the same draws again
        return interpreted(self.recorded, inputs)[0]

    def _explain(self, error: BaseException) -> None:
        if not isinstance(self._run, Levels):  # a level is a thousand operations
            self._run.explain(error)

    # ------------------------------------------------------------------ looking at it

    @property
    def source(self) -> str:
        """The program as straight-line source, also where it runs by levels, whose source is ``levels``."""
        if self.form == "levels":
            return chunks_of(self.listing, self.name).source
        return self._run.source

    @property
    def levels(self) -> str:
        """The source by levels, for programs that are made of plain numbers alone."""
        made = self._run if isinstance(self._run, Levels) else levels_of(self.listing, self.name)
        return str(made)

    def save(self, path: str | Path) -> Path:
        """Write the program to a file that NumPy alone can run; with SciPy, if it calls functions of SciPy's.

        Parameters
        ----------
        path : str or Path
            ``"train_step.py"``. Large constant arrays go into a file beside it that ends in ``.npz``.

        Returns
        -------
        Path

        Raises
        ------
        ValueError
            If it calls a function of your own that cannot be copied, because its source does not say all.
        """
        if isinstance(self._run, Lines):
            return save_source(self._run.written, path)
        check_alone(self._run.given)
        Path(path).write_text(self._run.source, encoding="utf-8")
        return Path(path)

    def cost(self) -> Cost:
        """Operations, floating-point operations, and bytes of buffers beside those that eager allocates."""
        if isinstance(self._run, Lines):
            return cost_of(self.recorded, self.listing, *self._run.layouts)
        return cost_of(self.recorded, self.listing, vector=self._run.size if isinstance(self._run, Levels) else 0)

    def __str__(self) -> str:
        lines = self.source.splitlines()
        if len(lines) > LONG:
            runs = ", which runs by levels: print(program.levels)" if self.form == "levels" else ""
            lines = [*lines[:LONG], f"# ... and {len(lines) - LONG:,} lines more, see program.source{runs}"]
        return "\n".join(lines) + "\n"

    def __repr__(self) -> str:
        arguments = ", ".join(f"{a.name}: {a.described()}" for a in self._recording.arguments)
        return f"<Program {self.name}({arguments}), {len(self.listing.instructions)} operations; print it to read it>"

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(str(self))}</pre>"

    def __reduce__(self) -> Any:
        raise TypeError(
            "A Program belongs to its process. Save its source, program.save('step.py'), or record it again."
        )


def owned(x: Any) -> Any:
    """A result that nothing else refers to."""
    return np.array(x) if isinstance(x, np.ndarray) else x


def guards_of(listing: Listing) -> int:
    """How often a listing looks for nan where no gradient came in."""
    return sum(i.op.func in GUARDS for i in listing.instructions)


def has_nan(x: Any) -> bool:
    if isinstance(x, np.ndarray):
        return x.dtype.kind in "fc" and bool(np.isnan(np.vdot(x, x))) and bool(np.any(np.isnan(x)))
    return bool(x != x)


kinds: dict[str, Callable[[Any], Any]] = {"f": float, "b": bool, "i": int}


def loaded(listing: Listing, name: str, form: str | None) -> Lines | Chunks | Levels:
    """A listing in the form that was asked for, or in the fastest one."""
    if form not in (None, *FORMS):
        raise ValueError(f"A program runs as one of {', '.join(FORMS)}; form={form!r} was given.")
    numbers = of_numbers(listing) and bool(listing.instructions)
    if form in ("chunks", "levels") and not numbers:
        raise ValueError(
            "Chunks and levels are for programs of plain real numbers alone; this one has arrays or complex numbers."
        )
    if form == "lines" or not numbers or (form is None and len(listing.instructions) < LEAST):
        return Lines(listing, name)
    if form is None:
        return fastest(listing, name)
    return levels_of(listing, name) if form == "levels" else chunks_of(listing, name)


def function_name(f: Callable[..., Any]) -> str:
    """A function's name as an identifier; ``program`` for a lambda."""
    name = getattr(f, "__name__", "program")
    return identifier(name) if name.isidentifier() else "program"


def record(f: Callable[..., Any], *examples: Any, **named_examples: Any) -> Program:
    """Record a function as a program.

    The function runs once, on Values that stand for its arguments; every operation on them is noted.

    Parameters
    ----------
    f : callable
        Written with NumPy and Python's operators; it may call `grad`, `value_and_grad` or ``backward()``.
    *examples, **named_examples
        Arguments as they will come: their shapes and dtypes are the program's. Numbers, arrays, and nested lists,
        tuples and dicts of them are variables; a `numpy.random.Generator` is drawn from anew in every run; anything
        else (text, None, True) is part of the program.

    Returns
    -------
    Program

    Raises
    ------
    RecordingError
        If a replay with other numbers could be wrong: an ``if`` on a Value (use ``np.where``), ``v.data``, an
        assignment to a Value, a draw from a generator that is no argument, nothing returned.

    Notes
    -----
    What f does besides computing (printing, appending to a list) happens once, while it is recorded. A plain
    array from outside is a constant, as it was then; a Value from outside is looked up in every run.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> slope = ag.record(ag.grad(lambda x: x**3), 1.0)
    >>> slope(2.0)
    12.0
    """
    return Program(recording_of(f, examples, named_examples))
