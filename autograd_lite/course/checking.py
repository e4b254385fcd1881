"""Checking: a student's file against an exercise, and what is said about it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .authoring import AnswerFailed, Finding, Probe
from .comparing import is_right, parts_of, wrong_form
from .diagnosis import Case, Diagnosis, diagnosed, of_finding
from .exercise import SEED, Exercise
from .running.child import Answer, Child, ChildEnded, Failure, answer_here

PASSED, WRONG, FORM, RAISED, NOT_STARTED, ENDED = "passed", "wrong", "form", "raised", "not started", "ended"


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
    checks: tuple[tuple[str, bool], ...] = ()
    diagnosis: Diagnosis | None = None
    notes: tuple[str, ...] = ()
    printed: str = ""
    line: int | None = None

    @property
    def passed(self) -> bool:
        return self.state == PASSED


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
    if problem := not_python(exercise, source, file):
        return problem
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


def not_python(exercise: Exercise, source: str, file: str) -> Report | None:
    """A report on a file that is no Python; None if it is."""
    try:
        compile(source, file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        shown = source.splitlines()[line - 1].strip() if line and line <= len(source.splitlines()) else ""
        says = getattr(error, "msg", str(error))
        evidence = (f"line {line}:  {shown}",) if line else ()
        return Report(exercise, RAISED, diagnosis=Diagnosis(RAISED, "SyntaxError", f"Python cannot read the file: {says}.",
                      evidence), line=line)  # fmt: skip
    return None


@dataclass
class Check:
    """One check in progress."""

    exercise: Exercise
    child: Child
    seed: int
    printed: list[str] = field(default_factory=list)

    def report(self) -> Report:
        """Everything, in the order in which a student should hear of it."""
        loaded = self.child.load()
        self.note(loaded)
        if absent := missing_file(self.exercise, loaded.failure):
            return self.done(FORM, (), absent)
        if loaded.failure:
            return self.failed(loaded.failure, "The file stops while it is read")
        if missing := [name for name in self.exercise.defines if name not in (loaded.value or ())]:
            return self.without(missing, loaded.value or [])
        probes = self.exercise.probes(self.seed)
        right = self.exercise.names()
        cases = [Case(probe, self.asked(probe), answer_here(right, probe)) for probe in probes]
        checks = tuple((case.probe.says or case.probe.returns, is_good(case)) for case in cases)
        if problem := self.contract(cases, checks):
            return problem
        if not all(good for _, good in checks):
            return self.done(WRONG, checks, diagnosed(self.exercise, cases, self.ask))
        if problem := self.chance(cases, checks):
            return problem
        return self.judged(cases, checks)

    # ------------------------------------------------------------------ asking

    def note(self, answer: Answer) -> None:
        if answer.printed and len(self.printed) < 3:
            self.printed.append(answer.printed)

    def asked(self, probe: Probe) -> Answer:
        answer = self.child.ask(probe)
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

    def without(self, missing: Sequence[str], there: Sequence[str]) -> Report:
        """A file that does not define what it should."""
        from difflib import get_close_matches

        near = get_close_matches(missing[0], there, n=1, cutoff=0.6)
        renamed = f" There is {near[0]}: was it renamed?" if near else " Put it back as it was: course reset."
        headline = f"The file does not define {', '.join(missing)}.{renamed}"
        return self.done(FORM, (), Diagnosis(FORM, "not defined", headline))

    def contract(self, cases: Sequence[Case], checks: tuple[tuple[str, bool], ...]) -> Report | None:
        """Answers that are not of the form that was asked for."""
        if all(is_nothing(case.given) for case in cases) and not all(is_nothing(case.right) for case in cases):
            if same_code(self.child.source, self.exercise.stub):
                says = "Fill in what is marked TODO, save the file, and check again."
                return self.done(NOT_STARTED, checks, Diagnosis(NOT_STARTED, "stub", "Nothing is written here yet.", (), says))
        for case in cases:
            if found := self.problem(case, checks):
                return found
        return None

    def problem(self, case: Case, checks: tuple[tuple[str, bool], ...]) -> Report | None:
        given, right = case.given, case.right
        if given.failure and not right.failure:
            return self.failed(given.failure, f"It raises an error where {case.probe.says or case.probe.returns}", checks, case)
        if given.unreadable:
            says = f"It returns {given.unreadable}; numbers and plain arrays are what can be compared."
            return self.done(FORM, checks, Diagnosis(FORM, "unreadable", says))
        if given.changed and not right.changed:
            names = ", ".join(given.changed)
            says = f"{names} belongs to whoever calls your function, and is changed after the call. Work on a copy: {given.changed[0]}.copy()."
            return self.done(FORM, checks, Diagnosis(FORM, "changed arguments", f"Your code changes its argument {names} in place.", (), says))
        if not given.has_value or not right.has_value:
            return None
        if integers(given.value, right.value):
            headline = "Your answer is made of whole numbers: decimals were cut off."
            return self.done(FORM, checks, Diagnosis(FORM, "integers", headline, (), "An array of integers stays one: begin with np.zeros(...), not with zeros written as 0, and use / and not //."))
        what, remedy = wrong_form(given.value, right.value, case.probe.parts)
        if what and not self.is_named(case):
            evidence = (case.probe.says,) if case.probe.says else ()
            return self.done(FORM, checks, Diagnosis(FORM, "form", what, evidence, remedy))
        return None

    def is_named(self, case: Case) -> bool:
        """True if a wrong answer with a name has just this form: its message says more."""
        for mistake in self.exercise.mistakes:
            try:
                answer = answer_here(self.exercise.names(mistake.change), case.probe)
            except Exception:
                continue
            if answer.has_value and same_form(answer.value, case.given.value):
                return True
        return False

    def failed(self, failure: Failure, where: str, checks: tuple[tuple[str, bool], ...] = (), case: Case | None = None) -> Report:
        """An error in the student's code, unless it is the error of a wrong answer with a name."""
        if case is not None and self.exercise.mistakes:
            cases = [Case(p, self.asked(p), answer_here(self.exercise.names(), p)) for p in self.exercise.probes(self.seed)]
            found = diagnosed(self.exercise, cases, self.ask)
            if found.kind in ("named", "pair"):
                return self.done(WRONG, checks, found, failure.line)
        lines = self.child.source.splitlines()
        evidence = (f"line {failure.line}:  {lines[failure.line - 1].strip()}",) if failure.line and failure.line <= len(lines) else ()
        says = explained(failure)
        return self.done(RAISED, checks, Diagnosis(RAISED, failure.error, f"{where}: {failure.error}: {failure.says}", evidence, says), failure.line)

    # ------------------------------------------------------------------ what comes after

    def chance(self, cases: Sequence[Case], checks: tuple[tuple[str, bool], ...]) -> Report | None:
        """Answers that are others when asked again."""
        case = cases[0] if cases else None
        if case is None or not case.probe.needs_same_twice or not case.given.has_value:
            return None
        again = self.asked(case.probe)
        if again.has_value and is_right(again.value, case.right.value):
            return None
        says = "Asked the same thing twice, your code gives two answers: it keeps something from call to call, or draws random numbers."
        return self.done(WRONG, checks, Diagnosis("structure", "not the same twice", "The first answer is right, the second is not.", (), says))

    def judged(self, cases: Sequence[Case], checks: tuple[tuple[str, bool], ...]) -> Report:
        """What only a judge can say."""
        if self.exercise.judge is not None:
            findings = self.findings()
            checks = (*checks, *((finding.check, finding.passed) for finding in findings))
            if failed := next((finding for finding in findings if not finding.passed), None):
                return self.done(WRONG, checks, of_finding(self.exercise, failed))
        in_float32 = any(part.is_right_in_float32 for case in cases for part in parts_of(case.given.value, case.right.value))
        notes = ("Right, up to the rounding of float32. Compute in float64, NumPy's default, where nothing speaks against it.",)
        return self.done(PASSED, checks, notes=notes if in_float32 else ())

    def findings(self) -> Sequence[Finding]:
        judge: Callable[..., Any] | None = self.exercise.judge
        found: list[Finding] = []
        try:
            for finding in judge(self.ask, np.random.default_rng(self.seed)) if judge else ():
                found.append(finding)  # one by one: what was found before an error stays
        except AnswerFailed as problem:
            found.append(Finding(False, "it runs", f"Your code stopped: {problem}."))
        return found

    def done(self, state: str, checks: tuple[tuple[str, bool], ...] = (), diagnosis: Diagnosis | None = None, line: int | None = None, notes: tuple[str, ...] = ()) -> Report:
        return Report(self.exercise, state, checks, diagnosis, notes, "".join(self.printed), line)


def missing_file(exercise: Exercise, failure: Failure | None) -> Diagnosis | None:
    """What to say if a file that an exercise imports is not there."""
    if failure is None or failure.error != "ModuleNotFoundError":
        return None
    slug = next((slug for slug in exercise.needed if f"'{slug}'" in failure.says), "")
    headline = f"This exercise uses your {slug}.py, and that is not beside it."
    return Diagnosis(FORM, "file missing", headline, (), f"Solve exercise {slug[1:3]} first.") if slug else None


def is_good(case: Case) -> bool:
    return case.given.has_value and case.right.has_value and is_right(case.given.value, case.right.value)


def is_nothing(answer: Answer) -> bool:
    """True for None, and for a tuple of nothing but None."""
    value = answer.value
    return answer.has_value and (value is None or (isinstance(value, list | tuple) and bool(value) and all(x is None for x in value)))


def same_code(a: str, b: str) -> bool:
    """True for two sources that differ in spaces and comments alone."""
    import ast

    try:
        return ast.dump(ast.parse(a)) == ast.dump(ast.parse(b))
    except (SyntaxError, ValueError):
        return False


def same_form(a: Any, b: Any) -> bool:
    return not wrong_form(a, b)[0] and not wrong_form(b, a)[0]


def integers(given: Any, right: Any) -> bool:
    """True if an answer is whole numbers where the right one is not, and is that one cut off."""
    for part in parts_of(given, right):
        a = np.asarray(part.given) if part.is_numeric else None
        if a is not None and a.dtype.kind in "iu" and a.ndim and np.asarray(part.right).dtype.kind == "f":
            if not part.is_right and np.array_equal(a, np.trunc(np.asarray(part.right))):
                return True
    return False


ERRORS = {
    "NameError": "A name is used that nothing has defined: is it misspelt, or is an import missing?",
    "RecursionError": "A function calls itself too deep. Python allows about a thousand calls inside each other: use a loop.",
    "MemoryError": "It needs more memory than an exercise may have.",
    "ModuleNotFoundError": "Exercises use NumPy and Python's own library alone.",
    "SystemExit": "There is an exit() in it: an answer returns, it does not end the program.",
    "ZeroDivisionError": "Something is divided by 0.",
}


def explained(failure: Failure) -> str:
    """What an error means, in the words of a first course."""
    if failure.error == "ValueError" and ("matmul" in failure.says or "not aligned" in failure.says or "broadcast" in failure.says):
        return "Two shapes do not fit. Print the .shape of both: is one of them to be transposed?"
    if failure.error == "TypeError" and "NoneType" in failure.says:
        return "Something is None here: is a return missing in the function that should have made it?"
    return ERRORS.get(failure.error, "")
