"""Random draws: what stands for a generator while a function is recorded, so that each run draws anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from types import FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from ...engine import Operation, RecordingError, Value
from ...engine.recording import node


def draw(generator: np.random.Generator, method: str = "random", args: tuple[Any, ...] = (), **settings: Any) -> Any:
    """Call a generator's method: an operation of its own, never merged with another and never left out."""
    return getattr(generator, method)(*args, **settings)


class Draws:
    """Stands for a `numpy.random.Generator`: its methods draw, and the draw is recorded.

    Parameters
    ----------
    generator : Generator
        A copy: the caller's own is not advanced by a recording.
    stand_in : Value
        What the draws are operations on.
    """

    def __init__(self, generator: np.random.Generator, stand_in: Value) -> None:
        self._generator = generator
        self._stand_in = stand_in
        self.drawn: list[Value] = []

    def __getattr__(self, method: str) -> Any:
        if not callable(getattr(self._generator, method)):
            raise RecordingError(f"generator.{method} is not known while a function is recorded; draw from it.")

        def drawing(*args: Any, **settings: Any) -> Any:
            if any(isinstance(x, Value) for x in (*args, *settings.values())):
                raise RecordingError(
                    f"generator.{method} was given a Value, and no gradient flows through a draw. Draw standard "
                    f"numbers and compute with them: mean + deviation * generator.standard_normal(shape)."
                )
            if method in ("shuffle", "spawn") or settings.get("out") is not None:
                raise RecordingError(
                    f"generator.{method} changes what it is given; a program returns. Use generator.permutation(n), "
                    f"and no out=."
                )
            op = Operation(draw, (), 1, symbol=f"draw {method}")
            op.settings = {"method": method, "args": args, **settings}
            numbers = draw(self._generator, method, args, **settings)
            drawn: Value = node(Value, np.asarray(numbers), op, (self._stand_in,), carries=False)
            self.drawn.append(drawn)
            return drawn

        return drawing


def is_draw(op: Operation) -> bool:
    """True for an operation that gives other numbers each time."""
    return op.func is draw


class Hidden:
    """The generators that a function can reach from outside, and what they were about to draw.

    Parameters
    ----------
    f : callable
        Before it runs.
    """

    def __init__(self, f: Any) -> None:
        self._name = getattr(f, "__name__", "f")
        self._generators = [
            (f"the generator {name}, which is none of its arguments", generator)
            for name, generator in generators_behind(f)
        ]
        self._before = self._states()

    def _states(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "NumPy's global generator, np.random": comparable(np.random.get_state(legacy=False)),
            "Python's global generator, random": random.getstate(),
        }
        return found | {name: comparable(generator.bit_generator.state) for name, generator in self._generators}

    def check(self) -> None:
        """Raise if the function drew from one of them: each run of the program would repeat the same numbers."""
        for name, state in self._states().items():
            if self._before[name] != state:
                raise RecordingError(
                    f"While it was recorded, {self._name}() drew random numbers from {name}. A program would repeat "
                    f"these same numbers in every run. Give the generator as an argument: def f(x, rng), "
                    f"record(f, x, np.random.default_rng())."
                )


def comparable(state: Any) -> Any:
    """The state of a generator as something that is equal to the same state."""
    if isinstance(state, dict):
        return {key: comparable(part) for key, part in state.items()}
    return state.tobytes() if isinstance(state, np.ndarray) else state


def generators_behind(f: Any) -> Iterator[tuple[str, np.random.Generator]]:
    """Generators that f may draw from: in what it refers to, and in the attributes and parts of that."""
    seen: set[int] = set()
    todo = [("", f, 0)]
    while todo and len(seen) < AT_MOST:
        name, thing, depth = todo.pop()
        if id(thing) in seen or isinstance(thing, np.ndarray | str | bytes | Value | type | ModuleType):
            continue
        seen.add(id(thing))
        if isinstance(thing, np.random.Generator):
            yield name.lstrip("."), thing
        elif depth < DEEPEST:
            todo += [(f"{name}{part}", x, depth + 1) for part, x in parts_of(thing)]


AT_MOST = 5_000  # things that are looked into
DEEPEST = 6
ENGINE = Value.__module__.rpartition(".")[0]


def parts_of(thing: Any) -> Iterator[tuple[str, Any]]:
    """What a thing refers to, with how to write it: a function's closure and globals, attributes, entries."""
    if isinstance(thing, MethodType | partial):
        yield "", thing.__func__ if isinstance(thing, MethodType) else thing.func
        if isinstance(thing, MethodType):
            yield ".self", thing.__self__
    elif isinstance(thing, FunctionType):
        yield "", getattr(thing, "__wrapped__", None)
        yield ".default", (thing.__defaults__, thing.__kwdefaults__)
        for name, cell in zip(thing.__code__.co_freevars, thing.__closure__ or (), strict=True):
            yield f".{name}", cell_contents(cell)
        for name in () if is_engine(thing) else thing.__code__.co_names:
            yield f".{name}", thing.__globals__.get(name)
    elif isinstance(thing, dict):
        yield from ((f"[{key!r}]", part) for key, part in thing.items())
    elif isinstance(thing, list | tuple):
        yield from ((f"[{at}]", part) for at, part in enumerate(thing[:1000]))
    elif hasattr(thing, "__dict__"):
        yield from ((f".{name}", part) for name, part in vars(thing).items())
        if callable(thing) and isinstance(getattr(type(thing), "call", None), FunctionType):
            yield "", type(thing).call
        if callable(thing) and isinstance(type(thing).__call__, FunctionType):
            yield "", type(thing).__call__


def is_engine(function: FunctionType) -> bool:
    """True for the engine's own functions, whose globals are its tables and nobody's generators."""
    return str(function.__globals__.get("__name__")).startswith(ENGINE)


def cell_contents(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not assigned yet
        return None
