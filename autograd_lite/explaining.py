"""``autograd-lite explain script.py``: a script is run, and the back-propagation of its loss becomes a page."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np

from .callbacks import Callback
from .engine import StaleGraph, Value
from .models import Sequential
from .remembering import Moments, every_backward_noted
from .scripts import every_fit_told, run_script
from .stepping import Steps, steps

USUAL = ("loss", "cost", "L", "J")
"""What a loss is called, the likeliest name first."""

EXAMPLES = 32
"""Of a model that a script trains, so many examples are shown."""


class NothingToExplain(ValueError):
    """A script left no loss behind."""


@dataclass(frozen=True)
class Explained:
    """What a page shows.

    Attributes
    ----------
    steps : Steps
    what : str
        In words: ``how loss was computed``.
    """

    steps: Steps
    what: str


@dataclass(frozen=True)
class Left:
    """What a script leaves behind.

    Attributes
    ----------
    names : dict of str to Any
        At its top level.
    moments : Moments
        Its last calls of ``backward()``, those in ``fit`` left out.
    fit : Fits
        What its last ``fit`` was given.
    ended : SystemExit or None
        If it ended itself, or an error ended it.
    """

    names: dict[str, Any]
    moments: Moments
    fit: Fits
    ended: SystemExit | None = None


class Fits(Callback):
    """Notes what the last ``fit`` was given."""

    sees_weights = False
    data: tuple[Any, Any] | None = None

    def __init__(self, moments: Moments) -> None:
        self._moments = moments

    def set_data(self, x: Any, y: Any) -> None:
        self.data = x, y
        self._moments.forget()  # what was trained last is explained


def explained(path: str | os.PathLike[str], arguments: Sequence[str] = (), of: str = "", **options: Any) -> Explained:
    """Run a script, and play the back-propagation of its loss: see `left_by` and `explanation`."""
    return explanation(left_by(path, arguments), of, **options)


def left_by(path: str | os.PathLike[str], arguments: Sequence[str] = ()) -> Left:
    """Run a script, and look at what it leaves behind, however it ends.

    Parameters
    ----------
    path, arguments
        See `run_script`.
    """
    names: dict[str, Any] = {}
    ended = None
    with every_backward_noted() as moments:
        fits = Fits(moments)
        with every_fit_told(Sequential, lambda: [fits]):
            try:
                run_script(path, arguments, names)
            except SystemExit as stopped:
                ended = stopped
    return Left(names, moments, fits, ended)


def explanation(left: Left, of: str = "", **options: Any) -> Explained:
    """Play the back-propagation of the loss that a script left.

    Parameters
    ----------
    left : Left
    of : str
        The name of the loss. If it is not given: the Value that is called ``loss``,
        ``cost``, ``L``, …; what ``backward()`` was called on last, also in a function; the last single number that was
        computed; or the cost of the model that was trained last.
    **options
        See `steps`.

    Raises
    ------
    NothingToExplain
        If there is no such loss, or its numbers are gone.
    """
    names, moments = left.names, left.moments
    found = loss_called({**moments.names, **names}, of) if of else loss_by_name(names)
    if found is None:
        found = moments.last.loss if moments.last else latest_number(names)
    if found is None and left.fit.data and not of:
        return of_a_model(left.fit, options)
    if found is None:
        raise NothingToExplain(nothing(names))
    moment = moments.of(found)
    names = {**(moment.names if moment else {}), **names}
    for name, v in names.items():
        if isinstance(v, Value) and not v.name and not name.startswith("_"):
            v.name = name
    data = {name: array for name, array in names.items() if isinstance(array, np.ndarray)}
    what = f"how {found.name} was computed" if found.name else "how the loss of the last backward() was computed"
    try:
        with moment.restored() if moment else nullcontext():
            return Explained(steps(found, inputs=data, **options), what)
    except StaleGraph:
        raise NothingToExplain(gone(found)) from None


def of_a_model(fit: Fits, options: Mapping[str, Any]) -> Explained:
    """The cost of a trained model on the first examples of its data, with its own optimizer."""
    x, y = (part[:EXAMPLES] for part in fit.data or ())
    cost = fit.model.loss.cost(y, fit.model(x))
    cost.name = "J"
    made = steps(cost, inputs={"X": x, "Y": y}, **{"optimizer": fit.model.optimizer, **options})
    return Explained(made, f"the cost J of {fit.model.name} on {len(x)} examples, after training")


def loss_called(names: Mapping[str, Any], of: str) -> Value:
    """The Value of that name."""
    if of not in names:
        near = get_close_matches(of, [name for name, v in names.items() if isinstance(v, Value)], n=3, cutoff=0.0)
        raise NothingToExplain(
            f"The script leaves no {of!r} behind." + (f" Its Values are called {', '.join(near)}." if near else "")
        )
    v = names[of]
    if not isinstance(v, Value):
        raise NothingToExplain(
            f"{of} is a {type(v).__name__}, which does not remember how it was computed. It must be a Value: compute "
            f"it from Values, w = ag.Value(0.5)."
        )
    return v


def losses(names: Mapping[str, Any]) -> dict[str, Value]:
    """The single numbers that were computed from Values and carry a gradient."""
    return {n: v for n, v in names.items() if isinstance(v, Value) and v.op and v.size == 1 and v.carries_gradient}


def loss_by_name(names: Mapping[str, Any]) -> Value | None:
    """A single number that is called like a loss."""
    found = losses(names)
    return next((found[name] for name in USUAL if name in found), None)


def latest_number(names: Mapping[str, Any]) -> Value | None:
    """The single number that was computed last, of those that have a name at the top level."""
    return max(losses(names).values(), key=lambda v: v.index, default=None)


def gone(loss: Value) -> str:
    """Why a loss cannot be shown any more, and what would mend it."""
    name = loss.name or "loss"
    return (
        f"{name} was computed from numbers that the script has changed since, so they are not there to be shown. Call "
        f"{name}.backward() before the weights are changed: then they are remembered. Or compute {name} once more at "
        f"the end of the script."
    )


def nothing(names: Mapping[str, Any]) -> str:
    """Why there is nothing to explain, and what would mend it."""
    values = [name for name, v in names.items() if isinstance(v, Value)]
    has = (
        f"Its Values are {', '.join(values[:6])}, and none of them is a single number that was computed from others"
        if values
        else "It leaves no Value behind and trains no model"
    )
    return (
        f"There is nothing to explain in this script. {has}. Let it compute a loss at its top level, for example "
        f"loss = (w * x - y) ** 2 with w = ag.Value(0.5), or call backward() on one, or fit a model."
    )
