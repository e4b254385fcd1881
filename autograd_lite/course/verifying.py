"""Verifying exercises: what an author promises, tried on many seeds.

Stubs fail, references and variants pass, in float32 too; every wrong answer is rejected and explained as itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .checking import NOT_STARTED, Check, Report
from .diagnosis import agrees
from .exercise import SEED, Exercise
from .running.child import Answer
from .running.here import Here

SEEDS = 20
SPOILER = 18
"""A line of the reference that is so long and stands in a text gives the answer away."""


@dataclass(frozen=True)
class Verified:
    """What came of verifying one exercise.

    Attributes
    ----------
    exercise : Exercise
    mistakes : int
        How many wrong answers were tried.
    problems : tuple of str
    """

    exercise: Exercise
    mistakes: int
    problems: tuple[str, ...]


def verified(exercise: Exercise, seeds: int = SEEDS) -> Verified:
    """Try everything that an exercise promises."""
    seeds = min(seeds, exercise.seeds)
    try:
        problems = [*texts(exercise), *right_answers(exercise, seeds), *wrong_answers(exercise, seeds)]
    except Exception as error:
        problems = [f"{type(error).__name__}: {error}"]
    return Verified(exercise, len(exercise.mistakes), tuple(problems))


def report_here(exercise: Exercise, source: str, seed: int = SEED, in_float32: bool = False) -> Report:
    """The report on a source of the author's."""
    return Check(exercise, Here(source, f"{exercise.slug}.py", in_float32, exercise.needed), seed).report()


# ------------------------------------------------------------------------------- texts


def texts(exercise: Exercise) -> Iterator[str]:
    """What is wrong with the text, the stub and the hints."""
    if not exercise.title or not exercise.text:
        yield "text.md begins with a title (# …), and says what to do"
    if len(exercise.hints) != 3:
        yield f"hints.md has {len(exercise.hints)} hints under ##; there are three"
    if not exercise.defines:
        yield "DEFINES is empty: what does the student write?"
    if "TODO" not in exercise.stub:
        yield "stub.py marks nothing with TODO"
    own = {line.strip() for line in exercise.reference.splitlines()} - {
        line.strip() for line in exercise.stub.splitlines()
    }
    secrets = {
        squeezed(line)
        for line in own
        if len(squeezed(line)) >= SPOILER and not line.startswith(("import", "def", "class", '"""', "#"))
    }
    for name, text in (
        ("text.md", exercise.text),
        ("stub.py", exercise.stub),
        ("the first hint", exercise.hints[0][1] if exercise.hints else ""),
    ):
        found = squeezed(text)
        yield from (
            f"{name} gives a line of the answer away: {secret}" for secret in sorted(secrets) if secret in found
        )
    for mistake in exercise.mistakes:
        if mistake.says.rstrip().endswith(".") or (
            mistake.says[:1].isupper()
            and not mistake.says.split()[0][:2].isupper()
            and mistake.says.split()[0] not in ("J", "X", "W", "A", "Z")
        ):
            yield f"what {mistake.name!r} says goes on after 'when', so it begins small and has no full stop"
    names = [mistake.name for mistake in exercise.mistakes]
    yield from (f"two wrong answers are called {name!r}" for name in sorted({n for n in names if names.count(n) > 1}))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# ------------------------------------------------------------------------------- right answers


def right_answers(exercise: Exercise, seeds: int) -> Iterator[str]:
    """Stubs that pass, and right answers that do not."""
    stub = report_here(exercise, exercise.stub)
    if stub.state != NOT_STARTED:
        yield f"the stub is reported as {stub.state!r}: {stub.diagnosis and stub.diagnosis.headline}"
    sources = [
        ("reference", exercise.reference),
        *((v.name, v.change.of(exercise.reference)) for v in exercise.variants),
    ]
    for name, source in sources:
        for seed in range(seeds):
            report = report_here(exercise, source, SEED + seed)
            if not report.passed:
                yield f"{name!r} does not pass (seed {seed}): {report.diagnosis}"
                break
    if exercise.judge is None and not (report := report_here(exercise, exercise.reference, in_float32=True)).passed:
        yield f"the reference does not pass in float32: {report.diagnosis and report.diagnosis.headline}"


# ------------------------------------------------------------------------------- wrong answers


def wrong_answers(exercise: Exercise, seeds: int) -> Iterator[str]:
    """Wrong answers that pass, or are taken for others."""
    sources = [(mistake, mistake.change.of(exercise.reference)) for mistake in exercise.mistakes]
    for seed in range(seeds):
        probes = exercise.probes(SEED + seed)
        right = [exercise.answer(None, probe) for probe in probes]
        given = []
        for mistake, _ in sources:
            given.append([exercise.answer(mistake.change, probe) for probe in probes])
            if all(map(agrees, given[-1], right)) and exercise.judge is None:
                yield f"{mistake.name!r} is not rejected (seed {seed})"
        yield from confused(exercise, given, right, seed)
    for seed in range(1 if exercise.judge is None else seeds):
        for mistake, source in sources:
            found = report_here(exercise, source, SEED + seed).diagnosis
            if found is None or found.kind != "named" or found.name != mistake.name:
                what = f"{found.kind}: {found.name}: {found.headline}" if found else "right"
                yield f"{mistake.name!r} is explained as {what!r}"


def confused(
    exercise: Exercise, given: Sequence[Sequence[Answer]], right: Sequence[Answer], seed: int
) -> Iterator[str]:
    """Wrong answers that no probe tells apart, save those that are for the judge.

    Only those that fail the same probes need to be compared.
    """
    fails = [[not agrees(a, b) for a, b in zip(answers, right, strict=True)] for answers in given]
    for k, first in enumerate(exercise.mistakes):
        for other in range(k):
            if any(fails[k]) and fails[k] == fails[other] and all(map(agrees, given[k], given[other])):
                yield f"{first.name!r} and {exercise.mistakes[other].name!r} give the same on every probe (seed {seed})"
