"""Consistency: whether a student's slope is right for the value that the student computes, be that right or wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .authoring import AnswerFailed, Consistency, Probe
from .comparing import same
from .exercise import Exercise
from .running.child import answer_here

H = 1e-5
CLOSE = 1e-4
MOST = 60
"""So many entries are moved."""


@dataclass(frozen=True)
class Words:
    """What was found."""

    name: str
    headline: str
    says: str
    look: str = ""


def inconsistent(exercise: Exercise, probe: Probe, ask: Callable[[Probe], Any]) -> Words | None:
    """What a value and its slope, both the student's, say about each other; None where nothing can be said."""
    for pair in exercise.consistency:
        if pair.by not in probe.arguments:
            continue
        try:
            found = looked_at(exercise, pair, probe, ask)
        except AnswerFailed:
            continue
        if found is not None:
            return found
    return None


def looked_at(exercise: Exercise, pair: Consistency, probe: Probe, ask: Callable[[Probe], Any]) -> Words | None:
    value, slope = (replace(probe, returns=text, parts=()) for text in (pair.value, pair.slope))
    reference = exercise.names()
    value_right = same(ask(value), answer_here(reference, value).value)
    slope_right = same(ask(slope), answer_here(reference, slope).value)
    if slope_right and value_right:
        return None
    own = differences(pair, probe, ask)
    given = np.asarray(ask(slope), float)
    if given.shape != own.shape or not (np.isfinite(own).all() and np.isfinite(given).all()):
        return None
    consistent = bool(np.max(np.abs(given - own)) <= CLOSE * max(1e-3, float(np.max(np.abs(own)))))
    v, s = pair.value_says, pair.slope_says
    if consistent and not value_right:
        return Words(
            "slope right for its own value",
            f"Your {s} is the slope of your own {v}: the two fit together.",
            f"The derivative is right for the {v} that you wrote. It is the {v} that is not what was asked for.",
            f"Look at {v} first.",
        )
    if slope_right and not value_right:
        return Words("slope right, value wrong", f"Your {s} is right, but your {v} is not.",
                     f"{s} is the slope of the {v} that was asked for. So the mistake is in {v} alone.",
                     f"Look at {v}.")  # fmt: skip
    if value_right and not slope_right and not consistent:
        ratio = ratio_to(given, own)
        whose = "Your " if pair.value.partition("(")[0] in exercise.defines else ""
        return Words(
            "value right, slope wrong",
            f"{whose}{v} is right, but your {s} is not its slope{ratio}.",
            f"The mistake is in what leads to {s}: in what it starts from, or on the way back.",
        )
    return None


def differences(pair: Consistency, probe: Probe, ask: Callable[[Probe], Any]) -> np.ndarray:
    """The slope of the student's value by central differences."""
    x = np.array(probe.arguments[pair.by], float)
    if x.size > MOST:
        raise AnswerFailed("too many entries")
    found = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        sides = []
        for step in (H, -H):
            moved = x.copy()
            moved[place] += step
            argument = moved if x.ndim else float(moved)
            arguments = {**probe.arguments, pair.by: argument}
            sides.append(float(np.sum(ask(replace(probe, returns=pair.value, arguments=arguments, parts=())))))
        found[place] = (sides[0] - sides[1]) / (2 * H)
    return found


def ratio_to(given: np.ndarray, own: np.ndarray) -> str:
    """By how much a slope is off, if by a constant."""
    size = float(np.sum(own * own))
    ratio = float(np.sum(given * own)) / size if size else 0.0
    if (
        size
        and own.size > 2
        and np.max(np.abs(given - ratio * own)) <= CLOSE * np.max(np.abs(own)) * max(1, abs(ratio))
    ):
        return f" (it is {ratio:.4g} times that)"
    return ""
