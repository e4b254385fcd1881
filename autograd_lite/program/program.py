"""Program: a recorded computation, written out as NumPy source, and run as what is written."""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..engine import Value
from ..engine.rules.guard import nothing_where_nothing
from . import trees
from .costs import Cost, cost_of
from .draws import is_draw
from .emission import source_of_program
from .helpers import with_what_they_call
from .listing import BACKWARD, Listing, interpreted
from .loading import Loaded
from .passes import simplified
from .recorder import Recording, Slot, recording_of
from .saving import save_source


class Program:
    """A function that was recorded: straight-line NumPy source, with its memory allocated once.

    Made by `record`. Call it as the function was called; ``print(program)`` shows what runs.

    Attributes
    ----------
    name : str
        The name of the recorded function.
    source : str
        The program: a module with one function.
    recorded, listing : Listing
        Its operations as they were recorded, and after all passes. Both can be printed.

    Notes
    -----
    It computes bit for bit what the function computes eagerly. Results are copies, and are yours. A
    program has its buffers to itself: calls from several threads wait for each other.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> program = ag.record(lambda x, w: np.sum(x * w), np.ones(3), np.ones(3))
    >>> program(np.array([1.0, 2.0, 3.0]), np.array([1.0, 10.0, 100.0]))
    321.0
    """

    def __init__(self, recording: Recording) -> None:
        self.name = function_name(recording.f)
        self.recorded = recording.listing
        self.listing = simplified(recording.listing)
        self._recording = recording
        self._source = source_of_program(self.listing, self.name)
        known = {f.__name__: f for f in with_what_they_call(i.op.func for i in self.listing.instructions)}
        self._loaded = Loaded(self._source.text, self.name, self._source.constants, known)
        self._run = self._loaded.function(self.name)
        self._lock = threading.Lock()
        self._may_be_nan = any(
            i.op.func is nothing_where_nothing and i.out.is_number for i in self.recorded.instructions
        )
        self._quiet = {"invalid": "ignore"} if any(i.part == BACKWARD for i in self.listing.instructions) else {}

    # ------------------------------------------------------------------ running it

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result for these arguments, which must have the shapes and dtypes of the examples.

        Raises
        ------
        TypeError, ValueError
            If an argument is not what the program was recorded for.
        """
        inputs = self._inputs(args, kwargs)
        with self._lock, np.errstate(**self._quiet):  # type: ignore[arg-type]
            outputs = self._outputs(inputs)
            outputs = [np.array(x) if isinstance(x, np.ndarray) else x for x in outputs]
        return trees.mapped(
            lambda part: outputs[part.number] if isinstance(part, Slot) else part, self._recording.result
        )

    def _inputs(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
        """The arguments of a call, checked, and the numbers of the Values from outside."""
        recording = self._recording
        if recording.signature is not None:
            try:
                bound = recording.signature.bind(*args, **kwargs)
            except TypeError as error:
                raise TypeError(f"{self.name}{recording.signature}: {error}.") from None
            args, kwargs = bound.args, bound.kwargs
        if not trees.same_shape((args, kwargs), recording.tree):
            raise TypeError(
                f"{self.name}() was recorded for arguments that are nested otherwise, or for another number of them: "
                f"{', '.join(f'{a.name}: {a.described()}' for a in recording.arguments)}."
            )
        given = [leaf for _, leaf in trees.leaves((args, kwargs))]
        fitted = [a.fitted(x) for a, x in zip(recording.arguments, given, strict=True)]
        inputs = [x for a, x in zip(recording.arguments, fitted, strict=True) if a.is_numeric or a.is_generator]
        return inputs + [v.data_to_record() for v in recording.outside]

    def _outputs(self, inputs: list[Any]) -> Sequence[Any]:
        """What the source computes; where plain numbers met a pole, what NumPy says there."""
        states = [x.bit_generator.state if isinstance(x, np.random.Generator) else None for x in inputs]
        try:
            found = self._run(*inputs)
        except (ArithmeticError, ValueError) as error:
            self._loaded.explain(error, self._source.lines)
            if not any(v.out.is_number for v in self.listing.instructions):
                raise
        except BaseException as error:
            self._loaded.explain(error, self._source.lines)
            raise
        else:
            outputs = found if len(self.listing.outputs) > 1 else (found,)
            if not (self._may_be_nan and any(np.any(np.isnan(x)) for x in outputs)):
                return outputs  # type: ignore[no-any-return]
        for x, state in zip(inputs, states, strict=True):
            if state is not None:
                x.bit_generator.state = state  # the same draws again
        return interpreted(self.recorded, inputs)[0]

    # ------------------------------------------------------------------ looking at it

    @property
    def source(self) -> str:
        return self._source.text

    def save(self, path: str | Path) -> Path:
        """Write the program to a file that NumPy alone can run.

        Parameters
        ----------
        path : str or Path
            ``"train_step.py"``. Large constant arrays go into a file beside it that ends in ``.npz``.

        Returns
        -------
        Path
        """
        return save_source(self._source, path)

    def cost(self) -> Cost:
        """Operations, floating-point operations, and bytes of buffers beside those that eager allocates."""
        return cost_of(self.recorded, self.listing, *self._source.layouts)

    def __str__(self) -> str:
        return self.source

    def __repr__(self) -> str:
        arguments = ", ".join(f"{a.name}: {a.described()}" for a in self._recording.arguments)
        return f"<Program {self.name}({arguments}), {len(self.listing.instructions)} operations; print it to read it>"

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.source)}</pre>"

    def __reduce__(self) -> Any:
        raise TypeError(
            "A Program belongs to its process. Save its source, program.save('step.py'), or record it again."
        )


def function_name(f: Callable[..., Any]) -> str:
    """A function's name as an identifier; ``program`` for a lambda."""
    name = getattr(f, "__name__", "program")
    return name if name.isidentifier() else "program"


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


__all__ = ["Listing", "Program", "Value", "is_draw", "record"]
