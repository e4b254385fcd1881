"""Experiments: wrong code is asked again, with simpler arguments. Is it right then, what was simplified is to blame.

Nothing is guessed; what is said was tried.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .authoring import AnswerFailed, Probe
from .comparing import parts_of, same
from .exercise import Exercise
from .running.child import ChildEnded, answer_here
from .simpler import Change, experiments_with, has_negative, is_label, is_scalable, others

Asking = Callable[[Probe], Any]

SECONDS, LONGEST = 0.4, 3.0
"""So much processor time it may take here, and so long in all, whatever else the computer does."""

CASES = 3
"""In so many cases an experiment must come out the same."""

TELLING, UNIFORM = 0.5, 0.75
"""An experiment tells something if at least this share of the wrong answers with a name stays wrong in it."""

CLOSE = 1e-6


def experience(exercise: Exercise, probes: Sequence[Probe], ask: Asking) -> tuple[str, str]:
    """What experiments show, and what to look at; two empty texts where they show nothing.

    Parameters
    ----------
    exercise : Exercise
    probes : sequence of Probe
        Of the same question, all answered wrong.
    ask : callable
        Asks the student's code.
    """
    probes = [probe for probe in probes if probe.returns == probes[0].returns and probe.needs_same_twice][:CASES]
    if not probes or not exercise.mistakes:
        return "", ""
    alike = [probe for probe in exercise.probes() if probe.returns == probes[0].returns]
    trial = Trial(exercise, ask, alike)
    try:
        return (trial.unused(probes) or trial.doubled(probes, True) or trial.right_when(probes)
                or trial.doubled(probes, False) or trial.far_out(probes) or ("", ""))  # fmt: skip
    except ChildEnded:  # no answer is owed to arguments of ours
        return "", ""


@dataclass
class Trial:
    """The experiments on one wrong answer."""

    exercise: Exercise
    ask: Asking
    alike: Sequence[Probe]

    def __post_init__(self) -> None:
        self.reference = self.exercise.names()
        self.until = time.process_time() + SECONDS, time.perf_counter() + LONGEST
        self.known: dict[int, tuple[Any, Any] | None] = {}
        values = {name: [probe.arguments.get(name) for probe in self.alike] for name in self.alike[0].arguments}
        self.labels = {name for name, found in values.items() if all(map(is_label, found))}
        self.signed = {name for name, found in values.items() if any(map(has_negative, found))}

    def floats(self, arguments: Mapping[str, Any]) -> list[str]:
        """The arguments that are numbers on a scale, and no labels."""
        return [name for name, value in arguments.items() if is_scalable(value) and name not in self.labels]

    def before(self, probe: Probe) -> tuple[Any, Any] | None:
        """The two answers to the probe as it is."""
        if id(probe) not in self.known:
            self.known[id(probe)] = self.both(probe, probe.arguments)
        return self.known[id(probe)]

    def both(self, probe: Probe, arguments: Mapping[str, Any] | None) -> tuple[Any, Any] | None:
        """What the student's code and the reference give for other arguments; None if either gives nothing."""
        if arguments is None or time.process_time() > self.until[0] or time.perf_counter() > self.until[1]:
            return None
        asked = replace(probe, arguments=arguments)
        right = answer_here(self.reference, asked)
        if not right.has_value or not is_finite(right.value):
            return None
        try:
            return self.ask(asked), right.value
        except AnswerFailed:
            return None

    # ------------------------------------------------------------------ an argument that is not used

    def unused(self, probes: Sequence[Probe]) -> tuple[str, str] | None:
        """An argument, or one end of it, that changes nothing in the student's answer, and should."""
        for what, changes in others(probes[0].arguments, self.labels):
            first = self.unmoved(probes[0], changes[0])
            if first and all(self.unmoved(probe, change) == first for probe in probes for change in changes):
                return (
                    f"Tried with another {what}, your {first.removeprefix('the ')} is the same.",
                    "Where should that come in?",
                )
        return None

    def unmoved(self, probe: Probe, change: Change) -> str:
        """The first part that does not change with the arguments, and should."""
        before, after = self.before(probe), self.both(probe, change(probe.arguments))
        if before is None or after is None:
            return ""
        for old, new in zip(*(parts_of(*pair, probe.parts) for pair in (before, after)), strict=False):
            if not old.is_right and same(old.given, new.given) and not same(old.right, new.right):
                return str(old.name)
        return ""

    # ------------------------------------------------------------------ right for simpler arguments

    def right_when(self, probes: Sequence[Probe]) -> tuple[str, str] | None:
        """The most telling of the experiments in which the answer is right."""
        best, found = 0.0, None
        for experiment in experiments_with(probes[0], self.labels, self.signed):
            simpler = [(probe, change(probe.arguments)) for probe in probes for change in experiment.changes]
            if not all((pair := self.both(*one)) is not None and same(*pair) for one in simpler):
                continue
            limit = self.limit(simpler)
            share = self.still_wrong(simpler) if limit < 1 else 0.0
            if share >= limit and share > best + 0.05:
                best, found = share, (f"Tried with {experiment.tried}, your code is right.", experiment.look)
        return found

    def limit(self, simpler: Sequence[tuple[Probe, Mapping[str, Any] | None]]) -> float:
        """How telling it must be: more so if the answers are uniform; never enough if they are 0 or whole numbers."""
        limit = TELLING
        for probe, arguments in simpler:
            if arguments is None or (before := self.before(probe)) is None:
                return 1.0
            right = answer_here(self.reference, replace(probe, arguments=arguments)).value
            wrong = [part.name for part in parts_of(*before, probe.parts) if not part.is_right]
            for part in parts_of(right, right, probe.parts):
                x = np.asarray(part.right) if part.is_numeric else np.zeros(0)
                if part.name in wrong and (x.dtype.kind != "f" or not x.any()):
                    return 1.0
                if part.name in wrong and x.ndim and len(x) > 1 and np.max(np.ptp(x, axis=0)) == 0:
                    limit = UNIFORM
        return limit

    def still_wrong(self, simpler: Sequence[tuple[Probe, Mapping[str, Any] | None]]) -> float:
        """The share of the wrong answers with a name that are wrong for the simpler arguments too."""
        asked = [replace(probe, arguments=arguments) for probe, arguments in simpler if arguments is not None]
        right = [answer_here(self.reference, probe).value for probe in asked]
        wrong = before = 0
        for mistake in self.exercise.mistakes:
            if not any(self.differs(mistake.change, probe) for probe, _ in simpler):
                continue
            names = self.exercise.names(mistake.change)
            answers = [answer_here(names, probe) for probe in asked]
            before += 1
            wrong += not all(a.has_value and same(a.value, b) for a, b in zip(answers, right, strict=True))
        return wrong / before if before else 0.0

    def differs(self, change: Any, probe: Probe) -> bool:
        a, b = self.exercise.answer(change, probe), self.exercise.answer(None, probe)
        return not (a.has_value and b.has_value and same(a.value, b.value))

    # ------------------------------------------------------------------ twice as much

    def doubled(self, probes: Sequence[Probe], as_factor: bool) -> tuple[str, str] | None:
        """An argument that should come in as a factor, or not, and does otherwise: as another factor, or not as one."""
        for name in self.floats(probes[0].arguments):
            if (found := self.in_all(probes, name)) and (found[2] is not None) == as_factor:
                part, right, given = found
                ends = becomes(given) if given is not None else "does not"
                return (f"With {name} twice as large, {part} should {should(right)}. Yours {ends}.",
                        f"How often does {name} come in as a factor?")  # fmt: skip
        return None

    def in_all(self, probes: Sequence[Probe], name: str) -> tuple[str, float, float | None] | None:
        """The part that scales otherwise than it should, in the same way for all probes."""
        first = self.scaled(probes[0], name)
        if first is None or any(self.scaled(probe, name) != first for probe in probes[1:]):
            return None
        return first if all(self.should_scale(probe, name, first) for probe in self.alike) else None

    def should_scale(self, probe: Probe, name: str, found: tuple[str, float, float | None]) -> bool:
        """True if the right answer scales so in this case too: not only for large numbers, say."""
        twice = answer_here(
            self.reference, replace(probe, arguments={**probe.arguments, name: 2 * probe.arguments[name]})
        )
        once = self.exercise.answer(None, probe)
        if not (once.has_value and twice.has_value):
            return False
        return any(part.name == found[0] and ratio(part.given, part.right) == found[1]
                   for part in parts_of(twice.value, once.value, probe.parts))  # fmt: skip

    def scaled(self, probe: Probe, name: str) -> tuple[str, float, float | None] | None:
        twice = {**probe.arguments, name: 2 * probe.arguments[name]}
        before, after = self.before(probe), self.both(probe, twice)
        if before is None or after is None:
            return None
        for old, new in zip(*(parts_of(*pair, probe.parts) for pair in (before, after)), strict=False):
            if old.is_right or not (old.is_numeric and new.is_numeric):
                continue
            right, given = ratio(new.right, old.right), ratio(new.given, old.given)
            if right is not None and right != given:
                return old.name, right, given
        return None

    # ------------------------------------------------------------------ very large numbers

    def far_out(self, probes: Sequence[Probe]) -> tuple[str, str] | None:
        """A function of one argument that is right for very large numbers."""
        names = self.floats(probes[0].arguments)
        if len(names) != 1 or np.ndim(probes[0].arguments[names[0]]) == 0:
            return None
        name = names[0]
        for probe in probes:
            pair = self.both(probe, {**probe.arguments, name: 100 * probe.arguments[name] + 37})
            if pair is None or not same(*pair):
                return None
        return (
            f"Tried with very large numbers in {name}, your code is right.",
            f"What counts only where {name} is near 0?",
        )


# ------------------------------------------------------------------------------- numbers


def is_finite(value: Any) -> bool:
    """True for an answer with numbers that are all finite, not all of them 0."""
    numbers = [np.asarray(part.right) for part in parts_of(value, value) if part.is_numeric]
    return all(np.isfinite(x).all() for x in numbers) and (not numbers or any(x.any() for x in numbers))


def ratio(new: Any, old: Any) -> float | None:
    """By how much numbers have grown, if all by the same factor."""
    a, b = np.ravel(np.asarray(new, float)), np.ravel(np.asarray(old, float))
    if a.shape != b.shape or not b.any() or not (np.isfinite(a).all() and np.isfinite(b).all()):
        return None
    factor = float(a @ b / (b @ b))
    return round(factor, 6) if np.max(np.abs(a - factor * b)) <= CLOSE * np.max(np.abs(b)) else None


def becomes(factor: float) -> str:
    return "stays the same" if factor == 1 else f"becomes {factor:.4g} times what it was"


def should(factor: float) -> str:
    return "stay the same" if factor == 1 else f"become {factor:.4g} times what it was"
