"""What a student reads in the terminal: reports, hints, where one stands.

Nothing is said by a colour alone, and lines are as wide as the terminal, a hundred columns at most.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .checking import NOT_STARTED, Report
from .diagnosis import Diagnosis
from .exercise import Exercise
from .forms import name_of_part
from .state import Record
from .workspace import Changes, Workspace, is_optional, numbers

WIDEST, READABLE = 100, 90
TOGETHER = re.compile(r"(\w) = ([−-]?[\d.]+)")
PRINTED = 6
"""Lines of what the code printed."""

COURSE = "autograd-lite course"
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
PASSES, FAILS, OPEN, SEEN = "✓", "✗", "·", "○"


def console_for(width: int | None = None) -> Console:
    """A console for what is printed here."""
    console = Console(highlight=False, markup=False, emoji=False, width=width)
    if width is None and console.width > WIDEST:
        console.width = WIDEST
    return console


def cleaned(text: str) -> str:
    """Without what would steer the terminal."""
    return CONTROL.sub("", text.replace("\t", "    "))


def mark(symbol: str) -> str:
    """A sign, or a letter where the terminal cannot show it."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        symbol.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return {PASSES: "+", FAILS: "x", OPEN: ".", SEEN: "o", "■": "#", "□": "-", "→": ">"}.get(symbol, symbol)
    return symbol


def say(console: Console, text: str | Text, indent: int = 2, style: str = "") -> None:
    """Print a paragraph, indented, and wrapped where the terminal ends or a line is long enough to read."""
    if isinstance(text, str):
        for line in wrapped(cleaned(text), min(console.width, READABLE) - indent):
            console.print(Text(" " * indent + line, style, no_wrap=True, overflow="fold"), soft_wrap=True)
    else:
        console.print(Padding(text, (0, 0, 0, indent), expand=False))


def wrapped(text: str, width: int) -> list[str]:
    """A text as lines: paragraphs are filled anew, but not formulas and lists; ``m = 7`` stays together."""
    lines: list[str] = []
    for block in text.strip("\n").split("\n\n"):
        parts = block.splitlines()
        if any(line.startswith(("    ", "```", "- ", "|")) for line in parts):
            lines += parts
        else:
            whole = TOGETHER.sub("\\1\u00a0=\u00a0\\2", " ".join(part.strip() for part in parts))
            filled = textwrap.wrap(whole, max(width, 20), break_on_hyphens=False)
            lines += [line.replace("\u00a0", " ") for line in filled]
        lines.append("")
    return lines[:-1]


def say_both(console: Console, left: Text, right: Text) -> None:
    """Print one thing at the left and one at the right, or below each other where there is no room."""
    room = console.width - left.cell_len - right.cell_len
    if room < 2:
        console.print(left)
        say(console, right, 4)
    else:
        console.print(Text.assemble(left, " " * room, right))


def say_commands(console: Console, pairs: Sequence[tuple[str, str]]) -> None:
    """Print commands, each with what it does."""
    whole = [f"{COURSE} {command}".rstrip() for command, _ in pairs]
    width = max(map(len, whole), default=0)
    for command, (_, what) in zip(whole, pairs, strict=True):
        console.print(Text.assemble("  ", (f"{command:{width}}", "cyan"), "   ", (what, "dim")))


def plural(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def place(path: Path, line: int | None = None) -> str:
    """A path as seen from here; editors open ``file:line`` by a click."""
    try:
        shown = os.path.relpath(path)
    except ValueError:  # another drive
        shown = str(path)
    return f"{shown if len(shown) < len(str(path)) else path}{f':{line}' if line else ''}"


def folder(path: Path) -> str:
    """A folder as seen from here."""
    return "this folder" if path == Path.cwd() else place(path)


# ------------------------------------------------------------------------------- a check


def say_report(console: Console, workspace: Workspace, report: Report) -> None:
    """What came of a check: what is wrong, by which numbers, what would give them, what to look at."""
    exercise, found = report.exercise, report.diagnosis
    good, style = (PASSES, "bold green") if report.passed else (FAILS, "bold red")
    good, style = (OPEN, "bold") if report.state == NOT_STARTED else (good, style)
    say_both(
        console,
        Text.assemble((f"{mark(good)} {exercise.number}", style), f"  {exercise.title}"),
        Text(score(report), "dim"),
    )
    console.print()
    if found is not None:
        say_found(console, found)
    for note in report.notes:
        say(console, f"Note: {note}")
        console.print()
    say_printed(console, report.printed)
    if not report.passed:
        line = None if workspace.state.notebooks else report.line
        say(console, Text(place(workspace.form.path(exercise), line), "dim"))
        console.print()


def say_found(console: Console, found: Diagnosis) -> None:
    """What is wrong."""
    say(console, found.headline, style="bold")
    for evidence in found.evidence:
        say(console, Text(cleaned(evidence), "magenta"), 6)
    console.print()
    if found.says:
        say(console, found.says)
    if found.look:
        first, *others = wrapped(cleaned(found.look), min(console.width, READABLE) - 4) or [""]
        console.print(Text.assemble(("  " + mark("→"), "bold cyan"), f" {first}"), soft_wrap=True)
        for line in others:
            console.print(Text(f"    {line}"), soft_wrap=True)
    if found.says or found.look:
        console.print()


def score(report: Report) -> str:
    """``1 of 3 checks pass``."""
    if not report.checks:
        return "passes" if report.passed else ""
    passed = sum(is_right for _, is_right in report.checks)
    if passed == len(report.checks) and not report.passed:
        return "the numbers are right"
    return f"{passed} of {plural(len(report.checks), 'check')} pass{'es' if len(report.checks) == 1 else ''}"


def say_printed(console: Console, printed: str) -> None:
    """The beginning of what the code printed."""
    lines = cleaned(printed).splitlines()
    if not lines:
        return
    say(console, "Your code printed:", style="dim")
    for line in lines[:PRINTED]:
        text = Text(f"| {line}", "dim", no_wrap=True, overflow="ellipsis")
        text.truncate(console.width - 6, overflow="ellipsis")
        say(console, text, 4)
    if len(lines) > PRINTED:
        say(console, Text("| … and more", "dim"), 4)
    console.print()


def say_solved(console: Console, workspace: Workspace, report: Report, is_new: bool) -> None:
    """What is said of an exercise that passes, or has passed before."""
    record = workspace.record(report.exercise)
    efforts = plural(record.checks, "check") + (f" and {plural(record.hints, 'hint')}" if record.hints else "")
    after = ", after its solution was shown" if record.given_up else ""
    if not report.passed:
        say(console, "It was solved before, and that stays; the file does not pass now.")
    else:
        say(
            console,
            f"Solved with {efforts}{after}." if is_new else "It was solved before, and passes now.",
            style="green",
        )
    console.print()


def say_next(
    console: Console, workspace: Workspace, exercise: Exercise, passed: bool, with_commands: bool = True
) -> None:
    """What can be done next, and where one stands."""
    if passed:
        say_following(console, workspace, exercise)
    if with_commands:
        say_commands(console, commands_after(workspace, exercise, passed))
        console.print()
    say_place(console, workspace, exercise)


def commands_after(workspace: Workspace, exercise: Exercise, passed: bool) -> list[tuple[str, str]]:
    """What can be done after a check."""
    number, hints, taken = exercise.number, len(exercise.hints), workspace.record(exercise).hints
    if passed:
        return [(f"solution {number}", "how we would write it")]
    rung = f"hint {taken + 1} of {hints}" if taken < hints else f"all {plural(hints, 'hint')} again"
    hint = [(f"hint {number}", rung)] if hints else []
    return [(f"check {number}", "check again"), *hint, (f"show {number}", "your numbers, one case")]


def say_following(console: Console, workspace: Workspace, exercise: Exercise) -> None:
    """The next exercise, and what is done with this one."""
    if all(workspace.is_solved(e) for e in workspace.exercises if e.part == exercise.part):
        say(console, f"{name_of_part(exercise.part)} is done.", style="bold green")
    following = workspace.after(exercise)
    if following is None:
        say(console, "All exercises are solved. That was the whole course.", style="bold green")
    else:
        say(console, Text.assemble("Next: ", (f"{following.number}  {following.title}", "bold")))
        say(console, Text(place(workspace.form.path(following)), "dim"), 8)
    console.print()


# ------------------------------------------------------------------------------- where one stands


def bar(solved: int, of: int) -> Text:
    return Text.assemble((mark("■") * solved, "green"), (mark("□") * (of - solved), "dim"))


def say_place(console: Console, workspace: Workspace, exercise: Exercise) -> None:
    """One line: this part, and the whole course."""
    part = [e for e in workspace.exercises if e.part == exercise.part]
    done, all_done = (sum(map(workspace.is_solved, some)) for some in (part, workspace.exercises))
    after = f"  {done} of {len(part)}, course {all_done} of {len(workspace.exercises)}"
    say(console, Text.assemble(f"{name_of_part(exercise.part)}  ", bar(done, len(part)), after))


def say_status(console: Console, workspace: Workspace) -> None:
    """Where am I, what is next."""
    console.print(Text.assemble(("The course", "bold"), f" in {folder(workspace.root)}"))
    console.print()
    broken = [e for e in workspace.exercises if workspace.is_solved(e) and workspace.record(e).passes is False]
    exercise = workspace.current()
    parts = dict.fromkeys(exercise.part for exercise in workspace.exercises)
    width = max(len(name_of_part(part)) for part in parts)
    for part in parts:
        mine = [e for e in workspace.exercises if e.part == part]
        done = sum(map(workspace.is_solved, mine))
        here = mark("→") if exercise is not None and part == exercise.part else " "
        name = f"{name_of_part(part):{width}}"
        say(
            console,
            Text.assemble((here, "bold cyan"), f" {name}  ", bar(done, len(mine)), f"  {done} of {len(mine)}"),
            0,
        )
    if broken:
        what = "was solved; the file does" if len(broken) == 1 else "were solved; the files do"
        say(console, f"{numbers(broken)} {what} not pass now.")
    console.print()
    if exercise is None:
        say(console, "All exercises are solved. That was the whole course.", style="bold green")
        return
    record = workspace.record(exercise)
    where = "You are at" if record.checks or record.hints else "Next"
    say(console, Text.assemble(f"{where}: ", (f"{exercise.number}  {exercise.title}", "bold")))
    say(console, Text(place(workspace.form.path(exercise)), "dim"), 6)
    if record.said:
        say(console, f"The last check said: {record.said}", 6, "dim")
    console.print()
    say_commands(
        console,
        [
            ("check", "check it"),
            ("hint", "a hint"),
            ("watch", "check whenever you save"),
            ("progress", "all exercises"),
        ],
    )


def say_progress(console: Console, workspace: Workspace) -> None:
    """Every exercise, and what it took."""
    for part in dict.fromkeys(exercise.part for exercise in workspace.exercises):
        mine = [e for e in workspace.exercises if e.part == part]
        done = sum(map(workspace.is_solved, mine))
        console.print(
            Text.assemble((name_of_part(part), "bold"), "  ", bar(done, len(mine)), f"  {done} of {len(mine)}")
        )
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
        for exercise in mine:
            symbol, style, words = standing(workspace.record(exercise))
            optional = " (optional)" if is_optional(exercise) else ""
            table.add_row(
                Text(f"  {mark(symbol)} {exercise.number}", style), Text(exercise.title + optional), Text(words, "dim")
            )
        console.print(table)
        console.print()


def standing(record: Record) -> tuple[str, str, str]:
    """A sign, its style, and the same in words."""
    efforts = [plural(n, noun) for n, noun in ((record.checks, "check"), (record.hints, "hint")) if n]
    if record.given_up:
        efforts.append("solution shown")
    if record.solved:
        was, now = ("was ", "; the file does not pass now") if record.passes is False else ("", "")
        return PASSES, "green", f"{', '.join([f'{was}solved', *efforts])}{now}"
    if record.given_up:
        return SEEN, "magenta", ", ".join(efforts)
    return (FAILS, "red", ", ".join(efforts)) if record.checks else (OPEN, "dim", ", ".join(efforts))


# ------------------------------------------------------------------------------- hints and files


def say_hint(console: Console, exercise: Exercise, rung: int, was_opened: bool) -> None:
    """One hint."""
    title, text = exercise.hints[rung]
    again = ", opened before" if was_opened else ""
    say_both(
        console,
        Text.assemble((f"Hint {rung + 1} of {len(exercise.hints)}", "bold cyan"), f"  {cleaned(title)}"),
        Text(f"{exercise.number}{again}", "dim"),
    )
    say(console, text)
    console.print()


def say_changes(console: Console, changes: Changes) -> None:
    """What was done to the files."""
    if changes.renewed:
        which = numbers(changes.renewed)
        say(console, f"This version of the package has new files for what you had not begun. Renewed: {which}.", 0)
    for exercise in changes.left:
        now = f"Your file for exercise {exercise.number} is not the one that this version begins with: it stays."
        say(console, f"{now} To begin anew: {COURSE} reset {exercise.number} (a copy of yours is kept).", 0)


def say_line(console: Console, report: Report) -> None:
    """A check in one line."""
    symbol, style = (PASSES, "green") if report.passed else (FAILS, "red")
    symbol, style = (OPEN, "dim") if report.state == NOT_STARTED else (symbol, style)
    what = "passes" if report.diagnosis is None else cleaned(report.diagnosis.headline)
    exercise = report.exercise
    console.print(Text.assemble((f"{mark(symbol)} {exercise.number}", style), f"  {exercise.title}: ", (what, "dim")))
