"""What a student asks of an exercise, from the commands and while files are watched: a check, a hint."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .exercise import Exercise
    from .workspace import Workspace


def failed(why: str, status: int) -> int:
    print(f"autograd-lite: {why}", file=sys.stderr)
    return status


def check_one(workspace: Workspace, exercise: Exercise, with_commands: bool = True) -> int:
    """Check an exercise and say what came of it, and which commands go on from there; 0 if it passes."""
    report = workspace.check(exercise)
    from .words import console_for, say_next, say_report, say_solved

    console = console_for()
    is_new, trouble = remembered(workspace, report)
    say_report(console, workspace, report)
    if report.passed or workspace.record(exercise).solved:
        say_solved(console, workspace, report, is_new)
    say_next(console, workspace, exercise, report.passed, with_commands)
    if trouble:
        failed(f"{trouble} What came of this check is not remembered.", 1)
    return 0 if report.passed else 1


def remembered(workspace: Workspace, report: object) -> tuple[bool, str]:
    """Write down what came of a check: whether it is solved for the first time, and why it could not be written."""
    from .checking import Report
    from .state import WorkspaceProblem

    assert isinstance(report, Report)
    try:
        return workspace.remember(report), ""
    except WorkspaceProblem as problem:
        return False, str(problem)


def check_many(workspace: Workspace, which: list[str]) -> int:
    """Check several exercises: a line each."""
    from .state import WorkspaceProblem
    from .words import console_for, say_line

    console, passed = console_for(), 0
    chosen = workspace.exercises if which[0].lower() == "all" else [workspace.called(text) for text in which]
    for exercise in chosen:
        try:
            report = workspace.check(exercise)
        except WorkspaceProblem as problem:
            failed(str(problem), 1)
            continue
        passed += report.passed
        _, trouble = remembered(workspace, report)
        say_line(console, report)
        if trouble:
            failed(trouble, 1)
    console.print(f"{passed} of {len(chosen)} pass.")
    return 0 if passed == len(chosen) else 1


def hint_for(workspace: Workspace, exercise: Exercise) -> int:
    """Say the next hint; after the last, all of them."""
    from .state import WorkspaceProblem
    from .words import console_for, say, say_commands, say_hint

    console, rungs, taken = console_for(), len(exercise.hints), workspace.record(exercise).hints
    if not rungs:
        say(console, f"Exercise {exercise.number} has no hints.", 0)
        return 0
    for rung in range(rungs) if taken >= rungs else [taken]:
        say_hint(console, exercise, rung, taken >= rungs)
    try:
        with workspace.changing(exercise):
            workspace.record(exercise).hints = min(taken + 1, rungs)
    except WorkspaceProblem as problem:
        failed(str(problem), 1)
    more = [(f"hint {exercise.number}", f"hint {taken + 2} of {rungs}")] if taken + 1 < rungs else []
    last = [] if more else [(f"solution {exercise.number} --give-up", "how we would write it; recorded")]
    say_commands(console, [(f"check {exercise.number}", "check it"), *more, *last])
    return 0
