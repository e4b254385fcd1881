"""The recorder: run a function once on Values that stand for its arguments, and keep what it computed."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...engine import RecordingError, Value, trees
from ...engine.recording import next_index, pausing_threads
from ...engine.tracing import Trace, moment_of, traces
from ..listing import Listing
from .arguments import Argument, stand_in
from .collecting import without_collecting
from .draws import Draws, Hidden
from .reading import everything_behind, listing_of


@dataclass(frozen=True)
class Recording:
    """What was recorded.

    Attributes
    ----------
    f : callable
        The function.
    signature : inspect.Signature or None
        Where its arguments have their names from.
    tree : (args, kwargs)
        The examples: how the arguments are nested.
    arguments : tuple of Argument
        Its arguments, taken apart.
    outside : tuple of Value
        Values that f used without being given them: weights. Each run looks their numbers up anew.
    born : tuple of Value
        Values that f wrapped while it was recorded. They are constants, as long as nobody changes them.
    listing : Listing
        Its inputs are the numeric arguments and generators, then the Values from outside.
    result : nested tuple, list or dict
        How the outputs are put together; see `Slot`.
    """

    f: Callable[..., Any]
    signature: inspect.Signature | None
    tree: Any
    arguments: tuple[Argument, ...]
    outside: tuple[Value, ...]
    born: tuple[Value, ...]
    listing: Listing
    result: Any

    @property
    def is_outdated(self) -> bool:
        """True if a Value was changed that was made while recording, such as the weights of a model that was built."""
        return any(v.changed != -1 or v._snapshot is not None for v in self.born)

    def again(self) -> Recording:
        """The same function recorded for the same examples; what was made then is from outside now."""
        args, kwargs = self.tree
        return recording_of(self.f, args, kwargs)

    @property
    def is_flat(self) -> bool:
        """True if no argument is nested, and none was given by keyword."""
        args, kwargs = self.tree
        return not kwargs and not any(map(trees.is_container, args))


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of an output in the result; anything else in the result is the same in every run."""

    number: int


@contextmanager
def traced() -> Iterator[Trace]:
    """Watch what is computed in this thread; afterwards every ``grad`` is what it was before."""
    thread = threading.get_ident()
    around = traces.get(thread)
    trace = traces[thread] = Trace(next_index())
    paused = thread in pausing_threads
    pausing_threads.discard(thread)
    try:
        yield trace
    finally:
        if around is None:
            del traces[thread]
        else:
            traces[thread] = around
        if paused:
            pausing_threads.add(thread)
        for v, gradient in reversed(trace.gradients):
            v.grad = gradient


def recording_of(
    f: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], constant: Sequence[str] = ()
) -> Recording:
    """Run f once on stand-ins for these examples.

    Parameters
    ----------
    constant : sequence of str
        Names of arguments with respect to which nothing is differentiated.

    Raises
    ------
    RecordingError
        If a replay could not be right: f branches on a Value, assigns to one, draws from a generator of its own,
        or returns nothing that depends on its arguments.
    """
    if not callable(f):
        raise TypeError(f"A function is recorded: record(f, *examples). {f!r} was given in its place.")
    signature, args, kwargs = bound(f, args, kwargs)
    named = named_leaves(signature, args, kwargs)
    examples = [leaf for _, leaf in named]
    arguments = tuple(Argument.of(name, leaf) for name, leaf in named)
    with traced() as trace, np.errstate(all="ignore"):  # the examples' numbers are of no interest
        inputs: list[Value] = []
        drawers: list[Draws] = []
        given: list[Any] = []
        for argument, example in zip(arguments, examples, strict=True):
            if not argument.is_numeric and not argument.is_generator:
                given.append(example)
                continue
            v = stand_in(example, argument, argument.name not in constant)
            inputs.append(v)
            trace.inputs.add(v)
            if argument.is_generator:
                drawers.append(Draws(v._data, v))
                given.append(drawers[-1])
            else:
                given.append(v)
        parts = iter(given)
        new_args, new_kwargs = trees.mapped(lambda _: next(parts), (args, kwargs))
        hidden = Hidden(f)
        found = f(*new_args, **new_kwargs)
        hidden.check()
        outputs, result = taken_apart(found, f)
        effects = [v for drawer in drawers for v in drawer.drawn]
        with without_collecting():
            everything = everything_behind([*outputs, *effects])
            leaves = [v for v in everything if v.op is None and v not in trace.inputs]
            outside = tuple(v for v in leaves if moment_of(v) < trace.since)
            born = tuple(v for v in leaves if moment_of(v) >= trace.since)
            listing = listing_of([*inputs, *outside], outputs, trace, everything)
    return Recording(f, signature, (args, kwargs), arguments, outside, born, listing, result)


def bound(
    f: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[inspect.Signature | None, tuple[Any, ...], dict[str, Any]]:
    """The signature of f, and the arguments in the form that it prefers: by position where they may be."""
    try:
        signature = inspect.signature(f)
    except ValueError:  # a function in C that does not tell
        return None, args, kwargs
    arguments = signature.bind(*args, **kwargs)
    return signature, arguments.args, arguments.kwargs


def named_leaves(
    signature: inspect.Signature | None, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> list[tuple[str, Any]]:
    """Every part of the arguments with a name: that of the parameter, and where it is inside it."""
    names: list[str] = []
    for name, parameter in signature.parameters.items() if signature else ():
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            names += [f"{name}_{i}" for i in range(len(args) - len(names))]
        elif parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            names.append(name)
    names += [f"x{i}" for i in range(len(names), len(args))]
    named = [part for name, arg in zip(names, args, strict=False) for part in trees.leaves(arg, name)]
    return named + [part for name, arg in kwargs.items() for part in trees.leaves(arg, name)]


def taken_apart(found: Any, f: Callable[..., Any]) -> tuple[list[Value], Any]:
    """The Values among what f returned, and the rest with a `Slot` in place of each."""
    outputs: list[Value] = []

    def slot(part: Any) -> Any:
        if isinstance(part, Value):
            outputs.append(part)
            return Slot(len(outputs) - 1)
        return part

    result = trees.mapped(slot, found)
    if not outputs:
        name = getattr(f, "__name__", "f")
        what = "nothing (None): is a return missing?" if found is None else f"{found!r} ({type(found).__name__})."
        raise RecordingError(
            f"{name}() returned {what} A recorded function returns what it computes from its arguments, as a number, "
            f"an array, or a list, tuple or dict of them."
        )
    return outputs, result
