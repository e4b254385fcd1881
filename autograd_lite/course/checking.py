"""Checking: a student's file against an exercise, and what is said about it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from .authoring import AnswerFailed, Finding, Probe
from .comparing import is_right, parts_of, same
from .contract import FORM, RAISED, broken, missing_file, not_python, raised, same_code, same_form, undefined
from .diagnosis import (
    CONSISTENT,
    EXPERIMENT,
    LAYER,
    NAMED,
    PAIR,
    SEVERAL,
    SMALLEST,
    STRUCTURE,
    Case,
    Diagnosis,
    diagnosed,
    of_finding,
)  # fmt: skip
from .exercise import SEED, Exercise
from .running.child import Answer, Child, ChildEnded, Failure

PASSED, WRONG, NOT_STARTED, ENDED = "passed", "wrong", "not started", "ended"

GUESSED = (STRUCTURE, CONSISTENT, LAYER, EXPERIMENT, SMALLEST)
"""Where the form of an answer says more."""

Checks = tuple[tuple[str, bool], ...]

ROUNDED = "Right, up to the rounding of float32. Compute in float64, NumPy's default, where nothing speaks against it."


@dataclass(frozen=True)
class Report:
    """What came of a check.

    Attributes
    ----------
    exercise : Exercise
    state : {"passed", "wrong", "form", "raised", "not started", "ended"}
    checks : tuple of (str, bool)
        What was asked, and whether it was right.
    diagnosis : Diagnosis or None
        Of a state that is not "passed".
    notes : tuple of str
        Remarks on what is right and could be better.
    printed : str
        The beginning of what the code printed.
    line : int or None
        The line of the student's file that the message is about.
    """

    exercise: Exercise
    state: str
    checks: Checks = ()
    diagnosis: Diagnosis | None = None
    notes: tuple[str, ...] = ()
    printed: str = ""
    line: int | None = None

    @property
    def passed(self) -> bool:
        return self.state == PASSED


class Student(Protocol):
    """Whoever answers: a process with a student's code in it, or code of ours."""

    source: str

    def load(self) -> Answer: ...

    def ask(self, probe: Probe, seconds: float | None = None) -> Answer: ...


def checked(exercise: Exercise, source: str, file: str = "", folder: Path | None = None, seed: int = SEED) -> Report:
    """Check a student's code.

    Parameters
    ----------
    exercise : Exercise
    source : str
        The student's file.
    file : str
        Its name.
    folder : Path, optional
        Where the student's other exercises are. Without it, the references stand in for those that this one imports.
    seed : int
        Of the probes.
    """
    file = file or f"{exercise.slug}.py"
    if (unread := not_python(source, file)) is not None:
        return Report(exercise, RAISED, diagnosis=unread[0], line=unread[1])
    try:
        with beside(exercise, folder) as place, Child(source, file, place, exercise.seconds) as child:
            return Check(exercise, child, seed).report()
    except ChildEnded as ended:
        return Report(exercise, ENDED, diagnosis=Diagnosis(ENDED, ended.state, ended.says))


@contextmanager
def beside(exercise: Exercise, folder: Path | None) -> Iterator[Path | None]:
    """A folder with the files that an exercise imports."""
    if folder is not None or not exercise.needed:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="autograd_lite_") as room:
        for name, source in exercise.needed.items():
            (Path(room) / f"{name}.py").write_text(source, encoding="utf-8")
        yield Path(room)


@dataclass
class Check:
    """One check in progress."""

    exercise: Exercise
    student: Student
    seed: int
    checks: Checks = ()
    printed: list[str] = field(default_factory=list)

    def report(self) -> Report:
        """Everything, in the order in which a student should hear of it."""
        loaded = self.student.load()
        self.note(loaded)
        if absent := missing_file(self.exercise.needed, loaded.failure):
            return self.done(FORM, absent)
        if loaded.failure:
            return self.stopped(loaded.failure, "The file stops while it is read")
        if missing := [name for name in self.exercise.defines if name not in (loaded.value or ())]:
            return self.done(FORM, undefined(missing, loaded.value or []))
        cases = self.cases()
        self.checks = tuple((case.probe.says or case.probe.returns, is_good(case)) for case in cases)
        if problem := self.contract(cases):
            return problem
        if not all(map(is_good, cases)):
            found = diagnosed(self.exercise, cases, self.ask)
            wrong = next(case for case in cases if not is_good(case))
            by_chance = None if found.kind in (NAMED, PAIR, SEVERAL) else self.chance(wrong, "The answer is wrong, and")
            return by_chance or self.done(WRONG, found)
        first = self.chance(cases[0], "The first answer is right;") if cases else None
        return first or self.judged(cases)

    # ------------------------------------------------------------------ asking

    def cases(self) -> list[Case]:
        """Every probe, answered by the student and by the reference."""
        probes = self.exercise.probes(self.seed)
        return [Case(probe, self.asked(probe), self.exercise.answer(None, probe)) for probe in probes]

    def note(self, answer: Answer) -> None:
        if answer.printed and len(self.printed) < 3:
            self.printed.append(answer.printed)

    def asked(self, probe: Probe) -> Answer:
        answer = self.student.ask(probe)
        self.note(answer)
        return answer

    def ask(self, probe: Probe) -> Any:
        """The value of the student's answer, for judges."""
        answer = self.asked(probe)
        if answer.failure:
            at = f" (line {answer.failure.line})" if answer.failure.line else ""
            raise AnswerFailed(f"{answer.failure.error}: {answer.failure.says}{at}")
        if answer.unreadable:
            raise AnswerFailed(f"it gives {answer.unreadable}")
        return answer.value

    # ------------------------------------------------------------------ what comes before the numbers

    def contract(self, cases: Sequence[Case]) -> Report | None:
        """Answers that are not of the form that was asked for, unless a wrong answer with a name has that form."""
        if not all(map(is_good, cases)) and same_code(self.student.source, self.exercise.stub):
            says = "Fill in what is marked TODO, and check again."
            return self.done(NOT_STARTED, Diagnosis(NOT_STARTED, "stub", "Nothing is written here yet.", (), says))
        for case in cases:
            failure = case.given.failure
            if failure is not None and not case.right.failure:
                found = diagnosed(self.exercise, cases, self.ask)
                if found.kind in (NAMED, PAIR, SEVERAL):
                    return self.done(WRONG, found, failure.line)
                return self.stopped(failure, f"It raises an error where {case.probe.says or case.probe.returns}")
            problem = broken(case)
            if problem is not None and problem.name == "form" and self.is_named(case):
                found = diagnosed(self.exercise, cases, self.ask)
                return self.done(*((FORM, problem) if found.kind in GUESSED else (WRONG, found)))
            if problem is not None:
                return self.done(FORM, problem)
        return None

    def is_named(self, case: Case) -> bool:
        """True if a wrong answer with a name has just this form: its message says more."""
        for mistake in self.exercise.mistakes:
            answer = self.exercise.answer(mistake.change, case.probe)
            if answer.has_value and same_form(answer.value, case.given.value):
                return True
        return False

    def stopped(self, failure: Failure, where: str) -> Report:
        return self.done(RAISED, raised(failure, where, self.student.source), failure.line)

    # ------------------------------------------------------------------ what comes after

    def chance(self, case: Case, so_far: str) -> Report | None:
        """An answer that is another one when it is asked for again."""
        if not case.probe.needs_same_twice or not case.given.has_value:
            return None
        again = self.asked(case.probe)
        if again.has_value and same(again.value, case.given.value):
            return None
        headline = f"{so_far} asked the same thing again, your code gives another one."
        says = "It keeps something from call to call, or draws random numbers."
        return self.done(WRONG, Diagnosis("structure", "not the same twice", headline, (), says))

    def judged(self, cases: Sequence[Case]) -> Report:
        """What only a judge can say."""
        findings = self.findings()
        self.checks = (*self.checks, *((finding.check, finding.passed) for finding in findings))
        if failed := next((finding for finding in findings if not finding.passed), None):
            return self.done(WRONG, of_finding(self.exercise, failed))
        parts = [part for case in cases for part in parts_of(case.given.value, case.right.value)]
        rounded = (ROUNDED,) if any(part.is_right_in_float32 for part in parts) else ()
        return self.done(PASSED, notes=(*rounded, *self.remarks()))

    def remarks(self) -> list[str]:
        """Notes on what a right answer may do otherwise. That the process ends over such a question is a note, too."""
        found: list[str] = []
        for remark in self.exercise.remarks:
            try:
                good = is_good(Case(remark.probe, self.asked(remark.probe), self.exercise.answer(None, remark.probe)))
            except ChildEnded:
                return [*found, remark.says]
            found += [] if good else [remark.says]
        return found

    def findings(self) -> list[Finding]:
        """What the exercise's judge finds."""
        found: list[Finding] = []
        try:
            judge = self.exercise.judge
            for finding in judge(self.ask, np.random.default_rng(self.seed)) if judge else ():
                found.append(finding)  # one by one: what was found before an error stays
        except AnswerFailed as problem:
            found.append(Finding(False, "it runs", f"Your code stopped: {problem}."))
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:  # no judge expects it
            says = f"What your code returns is of another form than it should be ({type(error).__name__}: {error})."
            found.append(Finding(False, "the answers have the right form", says))
        return found

    def done(
        self, state: str, diagnosis: Diagnosis | None = None, line: int | None = None, notes: tuple[str, ...] = ()
    ) -> Report:
        return Report(self.exercise, state, self.checks, diagnosis, notes, "".join(self.printed), line)


def is_good(case: Case) -> bool:
    return case.given.has_value and case.right.has_value and is_right(case.given.value, case.right.value)
