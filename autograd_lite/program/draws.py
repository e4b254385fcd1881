"""Random draws: what stands for a generator while a function is recorded, so that each run draws anew."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..engine import Operation, RecordingError, Value
from ..engine.recording import node


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


def check_no_hidden_draws(f: Any, before: dict[str, Any]) -> None:
    """Raise if a function drew from a generator that it was not given: each run would repeat the same numbers.

    Parameters
    ----------
    f : callable
    before : dict
        `states` of the generators, before f ran.
    """
    for name, state in states(f).items():
        if name in before and before[name] != state:
            raise RecordingError(
                f"While it was recorded, {getattr(f, '__name__', 'f')}() drew random numbers from {name}. A program "
                f"would repeat these same numbers in every run. Give the generator as an argument: def f(x, rng), "
                f"record(f, x, np.random.default_rng())."
            )


def states(f: Any) -> dict[str, Any]:
    """The state of every generator that a function can reach from outside, by a name for messages."""
    found = {"NumPy's global generator, np.random": repr(np.random.get_state(legacy=False))}
    inner = getattr(f, "__wrapped__", f)
    cells = zip(inner.__code__.co_freevars, inner.__closure__ or (), strict=True) if hasattr(inner, "__code__") else ()
    reachable = {name: cell_contents(cell) for name, cell in cells}
    if hasattr(inner, "__code__"):
        reachable |= {name: inner.__globals__.get(name) for name in inner.__code__.co_names}
    for name, thing in reachable.items():
        if isinstance(thing, np.random.Generator):
            found[f"the generator {name}, which is none of its arguments"] = repr(thing.bit_generator.state)
    return found


def cell_contents(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not assigned yet
        return None
