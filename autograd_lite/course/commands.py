"""``autograd-lite course``: its commands. What they need is imported when they run, so that each starts at once."""

from __future__ import annotations

import argparse
import shlex
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from .asking import check_many, check_one, failed, hint_for

if TYPE_CHECKING:
    from .exercise import Exercise
    from .workspace import Workspace

DESCRIPTION = """\
Exercises from the slope of a function to a network that you have written
yourself. Each is a file to fill in; a check says which mistake was made.
"""

EPILOG = """\
begin with:
  autograd-lite course start        a folder ./autograd_course with all exercises
  cd autograd_course
  autograd-lite course              where you are, and what is next
"""


def course_options(course: argparse.ArgumentParser) -> None:
    """Add the commands of the course."""
    course.formatter_class = argparse.RawDescriptionHelpFormatter
    course.epilog = EPILOG
    commands = course.add_subparsers(dest="course_command", metavar="command", title="commands")

    def add(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        parser = commands.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
        parser.set_defaults(run_course=run)
        return parser

    start = add("start", run_start, "make a workspace with all exercises, or put back what is missing in one")
    start.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="default: this workspace, or ./autograd_course"
    )
    start.add_argument("--notebook", action="store_true", help="a notebook a part, not a Python file an exercise")
    start.add_argument("--exercises", type=Path, metavar="DIR", help="exercises of your own, in place of ours")
    check = add("check", run_check, "check an exercise, and be told what is wrong")
    check.add_argument("which", nargs="*", metavar="N", help="numbers or names, or 'all' (default: where you are)")
    hint = add("hint", run_hint, "the next hint of three")
    show = add("show", run_show, "the numbers: one case, with your answer")
    show.add_argument("--expected", action="store_true", help="below it the right answer, too")
    show.add_argument("--graph", action="store_true", help="only the picture of your graph, where there is one")
    reset = add("reset", run_reset, "the file as it was at the beginning; yours is kept in backups/")
    solution = add("solution", run_solution, "how we would write it, once yours passes")
    solution.add_argument("--give-up", action="store_true", help="also before that; it is recorded")
    for parser in (hint, show):
        parser.add_argument("number", nargs="?", metavar="N", help="number or name (default: where you are)")
    for parser in (reset, solution):
        parser.add_argument("number", metavar="N", help="number or name")
    watch = add("watch", run_watch, "check whenever you save")
    watch.add_argument("--every", type=seconds, default=0.5, metavar="SECONDS", help=argparse.SUPPRESS)
    add("progress", run_progress, "all exercises, and what they took")
    verify = add("verify", run_verify, "for authors: try what exercises promise")
    verify.add_argument("which", nargs="*", metavar="N", help="numbers or names (default: all)")
    verify.add_argument("--exercises", type=Path, metavar="DIR", help="exercises of your own, in place of ours")
    verify.add_argument(
        "--seeds", type=at_least_one, default=20, metavar="N", help="random probes to try (default: 20)"
    )


def run_course(options: argparse.Namespace) -> int:
    """Run a command: 0 done or right, 1 not right or failed, 2 used wrongly."""
    from .exercise import BrokenExercise
    from .state import WorkspaceProblem

    for name in ("SIGTERM", "SIGHUP"):  # a check that is ended takes the student's process with it
        if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
            signal.signal(getattr(signal, name), ended)
    try:
        return int(getattr(options, "run_course", run_status)(options))
    except WorkspaceProblem as problem:
        return failed(str(problem), 2)
    except BrokenExercise as problem:
        return failed(f"An exercise is broken, which is no fault of yours. {problem}", 2)


def ended(*_: object) -> None:
    """A signal that ends the program ends it through every ``finally``."""
    raise SystemExit(143)


def at_least_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} was given; it must be a whole number, 1 or more")
    return int(text)


def seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 3600:
        raise argparse.ArgumentTypeError(f"{text!r} was given; it must be a number of seconds above 0")
    return number


def here(options: argparse.Namespace) -> tuple[Workspace, Exercise | None]:
    """The workspace, and the exercise that was named, or that one is at."""
    from .workspace import found

    workspace = found()
    number = getattr(options, "number", None)
    return workspace, workspace.called(number) if number else workspace.current()


# ------------------------------------------------------------------------------- the workspace


def run_start(options: argparse.Namespace) -> int:
    from .words import console_for, place, plural, say, say_changes, say_commands
    from .words import folder as folder_in_words
    from .workspace import USUAL, root_from, started

    if options.folder is not None and options.folder.exists() and not options.folder.is_dir():
        return failed(f"{options.folder} is a file; the course needs a folder", 2)
    if options.exercises is not None and not options.exercises.is_dir():
        return failed(f"There is no folder {options.exercises} with exercises.", 2)
    folder = (options.folder or root_from(Path.cwd()) or Path(USUAL)).absolute()
    was_there = root_from(folder) == folder
    workspace, changes, aside = started(folder, True if options.notebook else None, options.exercises)
    console = console_for()
    for copy in aside:
        say(console, f"What was remembered was damaged; it is kept in {place(copy)}.", 0)
    what, where = plural(len(changes.put), "exercise"), folder_in_words(folder)
    if was_there:
        what = f"{what} put back into {where}." if changes.put else f"Nothing was missing in {where}."
    else:
        what = f"{plural(len(workspace.exercises), 'exercise')} in {where}."
    say(console, what, 0, "bold")
    say_changes(console, changes)
    first = workspace.current()
    if first is not None:
        say(
            console, f"Open {place(workspace.form.path(first))}, fill in what is marked TODO, save it, and check it:", 0
        )
    console.print()
    if Path.cwd() != folder and folder not in Path.cwd().parents:
        console.print(f"  cd {shlex.quote(place(folder))}", style="cyan")
    every = [("check", "check it"), ("watch", "check whenever you save"), ("", "where you are, and what is next")]
    say_commands(console, every)
    return 0


def renew(workspace: Workspace) -> None:
    """Bring files up to date that the student has not touched; a workspace that cannot be written is no obstacle."""
    from .state import WorkspaceProblem
    from .words import console_for, say_changes

    try:
        say_changes(console_for(), workspace.renewed())
    except WorkspaceProblem as problem:
        failed(str(problem), 1)


def run_status(options: argparse.Namespace) -> int:
    from .words import console_for, say_status

    workspace, _ = here(options)
    renew(workspace)
    say_status(console_for(), workspace)
    return 0


def run_progress(options: argparse.Namespace) -> int:
    from .words import console_for, say_progress

    workspace, _ = here(options)
    say_progress(console_for(), workspace)
    return 0


def run_reset(options: argparse.Namespace) -> int:
    from .words import console_for, place, say

    workspace, exercise = here(options)
    assert exercise is not None
    copy = workspace.reset(exercise)
    console = console_for()
    say(console, f"{place(workspace.form.path(exercise))} is as it was at the beginning.", 0)
    if copy is not None:
        say(console, f"Yours is kept in {place(copy)}.", 0)
    if copy is not None and workspace.state.notebooks:
        say(console, "If the notebook is open in a browser, reload it there before you save.", 0)
    return 0


# ------------------------------------------------------------------------------- an exercise


def run_check(options: argparse.Namespace) -> int:
    from .workspace import found

    workspace = found()
    if options.which and (len(options.which) > 1 or options.which[0].lower() == "all"):
        return check_many(workspace, options.which)
    exercise = workspace.called(options.which[0]) if options.which else workspace.current()
    if exercise is None:
        return all_solved()
    return check_one(workspace, exercise)


def all_solved() -> int:
    from .words import console_for, say

    say(console_for(), "All exercises are solved. Name one to check it again: autograd-lite course check 13", 0)
    return 0


def run_hint(options: argparse.Namespace) -> int:
    workspace, exercise = here(options)
    return all_solved() if exercise is None else hint_for(workspace, exercise)


def run_show(options: argparse.Namespace) -> int:
    from .show import shown

    workspace, exercise = here(options)
    if exercise is None:
        return all_solved()
    return shown(workspace, exercise, options.expected, options.graph)


def run_solution(options: argparse.Namespace) -> int:
    from .words import console_for, say
    from .workspace import now

    workspace, exercise = here(options)
    assert exercise is not None
    console, record = console_for(), workspace.record(exercise)
    if not record.solved and not record.given_up and not options.give_up:
        say(
            console,
            f"Exercise {exercise.number} is not solved yet: its solution is shown when yours passes a check.",
            0,
        )
        say(console, f"To see it now: autograd-lite course solution {exercise.number} --give-up. That is recorded.", 0)
        return 1
    if not record.solved and not record.given_up:
        with workspace.changing(exercise):
            workspace.record(exercise).given_up = now()
    say(console, f"{exercise.number}  {exercise.title}", 0, "bold")
    console.print()
    print(exercise.reference.strip("\n"))
    return 0


def run_watch(options: argparse.Namespace) -> int:
    from .watch import watch

    workspace, _ = here(options)
    renew(workspace)
    return watch(workspace, options.every)


# ------------------------------------------------------------------------------- for authors


def run_verify(options: argparse.Namespace) -> int:
    from .exercise import OURS, exercise_called, exercises_in
    from .verifying import verified
    from .words import console_for, say

    if options.exercises is not None and not options.exercises.is_dir():
        return failed(f"There is no folder {options.exercises} with exercises.", 2)
    exercises = exercises_in(options.exercises or OURS)
    chosen = [exercise_called(text, exercises) for text in options.which] or list(exercises)
    if None in chosen:
        return failed(f"There is no exercise {options.which[chosen.index(None)]!r}.", 2)
    console, bad, tried = console_for(), 0, 0
    width = max(len(exercise.slug) for exercise in exercises)
    console.print(f"{'exercise':{width}}  wrong answers  problems", style="bold")
    for exercise in filter(None, chosen):
        result = verified(exercise, options.seeds)
        bad, tried = bad + bool(result.problems), tried + result.mistakes
        console.print(
            f"{exercise.slug:{width}}  {result.mistakes:13}  {len(result.problems):8}",
            style="red" if result.problems else "",
        )
        for problem in result.problems:
            say(console, f"- {problem}", 4)
    console.print(f"{len(chosen)} exercises, {tried} wrong answers, {bad} exercises with problems", style="bold")
    return 1 if bad else 0
