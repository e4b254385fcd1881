"""``autograd-lite explain script.py``: a script is run, and the back-propagation of its loss becomes a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np

from .callbacks import Callback
from .engine import Value
from .models import Sequential
from .scripts import every_fit_told, run_script
from .stepping import Steps, steps

USUAL = ("loss", "cost", "L", "J", "error", "e", "total")
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
        In words: ``loss, line by line``.
    """

    steps: Steps
    what: str


class Fits(Callback):
    """Notes what the last ``fit`` was given."""

    sees_weights = False
    data: tuple[Any, Any] | None = None

    def set_data(self, x: Any, y: Any) -> None:
        self.data = x, y


def explained(path: str, arguments: Sequence[str] = (), of: str = "", **options: Any) -> Explained:
    """Run a script, and play the back-propagation of its loss.

    Parameters
    ----------
    path, arguments
        See `run_script`.
    of : str
        The name of the loss in the script. If it is not given: the Value that is called ``loss``, ``cost``, ``L``, …;
        the last single number that was computed; or the cost of the model that was trained last.
    **options
        See `steps`.

    Raises
    ------
    NothingToExplain
        If there is no such loss.
    SystemExit
        If the script ends itself, or an error ends it.
    """
    fits = Fits()
    with every_fit_told(Sequential, lambda: [fits]):
        names = run_script(path, arguments)
    for name, v in names.items():
        if isinstance(v, Value) and not v.name and not name.startswith("_"):
            v.name = name
    found = loss_called(names, of) if of else likeliest_loss(names)
    data = {name: array for name, array in names.items() if isinstance(array, np.ndarray)}
    if found is not None:
        return Explained(steps(found, inputs=data, **options), f"how {found.name} was computed")
    if fits.data and not of:
        return of_a_model(fits, options)
    raise NothingToExplain(nothing(names))


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


def likeliest_loss(names: Mapping[str, Any]) -> Value | None:
    """A single number that was computed from Values: one that is called like a loss, or the one made last."""
    found = {n: v for n, v in names.items() if isinstance(v, Value) and v.op and v.size == 1 and v.carries_gradient}
    for name in USUAL:
        if name in found:
            return found[name]
    return max(found.values(), key=lambda v: v.index, default=None)


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
        f"loss = (w * x - y) ** 2 with w = ag.Value(0.5), or fit a model."
    )
