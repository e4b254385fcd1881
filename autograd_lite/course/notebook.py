"""In a notebook: ``%%exercise 13`` above a cell checks it, in the same process of its own as any other check.

What the cell defines stays out of the notebook's own names, and what these hold stays out of the check: whatever was
run before, a cell that passes would pass in a file.
"""

from __future__ import annotations

import html
from collections.abc import Collection
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ..drawing.embedding import asked_for
from .checking import Report, checked
from .exercise import Exercise, exercise_called, exercises_in
from .forms import Files, digest, read
from .state import WorkspaceProblem, saved
from .words import say_report, score
from .workspace import Workspace, found

COPY = "# From the notebook, each time its cell is run."
GREEN, RED, GREY = "#1f7a4d", "#c22f1a", "#7a8291"


def exercise(line: str, cell: str) -> Any:
    """Check a cell: ``%%exercise 13``."""
    source = f"\n{cell}"  # that first line of a cell is line 1, wherever lines are counted
    workspace = workspace_here()
    known = workspace.exercises if workspace is not None else exercises_in()
    wanted = exercise_called(line, known) if line.strip() else None
    if wanted is None:
        return Shown(
            "", f"There is no exercise {line.strip()!r}. Write its number behind it: %%exercise {known[0].number}."
        )
    if workspace is None:
        report = checked(wanted, source)
        return shown(report, "Not recorded: this notebook is in no course. autograd-lite course start makes one.")
    try:
        copied(workspace, wanted, cell)
        report = workspace.check(wanted, source)
        is_new = workspace.remember(report)
    except WorkspaceProblem as problem:
        return Shown("", str(problem))
    following = workspace.after(wanted) if report.passed else None
    next_one = f"Next: {following.number}  {following.title}." if following is not None else ""
    solved = "Solved. " if is_new else ""
    return shown(report, (solved + next_one) or hint_line(workspace, wanted), workspace)


def workspace_here() -> Workspace | None:
    try:
        return found()
    except WorkspaceProblem:
        return None


def copied(workspace: Workspace, wanted: Exercise, cell: str) -> None:
    """Write a cell where other exercises can import it; the notebook has the original."""
    if not workspace.state.notebooks:
        return
    path = workspace.root / wanted.part / f"{wanted.slug}.py"
    path.parent.mkdir(exist_ok=True)
    old = read(path)
    if old is not None and not old.startswith(COPY) and digest(old) != digest(Files(workspace.root).fresh(wanted)):
        workspace.backup(path)  # somebody has worked in the file, too
    saved(path, f"{COPY}\n{cell}")


def hint_line(workspace: Workspace, wanted: Exercise) -> str:
    return f"In a terminal: autograd-lite course hint {wanted.number}"


@dataclass(frozen=True)
class Shown:
    """What a cell shows: as HTML, and as text."""

    markup: str
    text: str

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        bundle = {"text/plain": self.text} | ({"text/html": self.markup} if self.markup else {})
        return asked_for(bundle, include, exclude)

    def __repr__(self) -> str:
        return self.text


def shown(report: Report, last: str, workspace: Workspace | None = None) -> Shown:
    """A report for a notebook."""
    return Shown(markup_of(report, last), f"{text_of(report, workspace)}\n{last}".strip())


def text_of(report: Report, workspace: Workspace | None) -> str:
    """A report as text, without colours."""
    from rich.console import Console

    if workspace is None:
        found = report.diagnosis
        lines = [f"{report.exercise.number}  {report.exercise.title}: {score(report)}"]
        lines += [found.headline, *found.evidence, found.says, found.look] if found else []
        return "\n".join(line for line in (*lines, *report.notes) if line)
    page = StringIO()
    say_report(Console(file=page, width=100, no_color=True, highlight=False, force_jupyter=False), workspace, report)
    return page.getvalue().rstrip()


def markup_of(report: Report, last: str) -> str:
    """A report as HTML: colours that can be read on light and dark grounds, and never colour alone."""
    colour = GREEN if report.passed else GREY if report.state == "not started" else RED
    sign = "✓" if report.passed else "·" if report.state == "not started" else "✗"
    say = html.escape
    found = report.diagnosis
    parts = [
        f"<p style='margin:0 0 .5em'><b>{sign} {say(report.exercise.number)}</b> "
        f"<b>{say(report.exercise.title)}</b> <span style='opacity:.75'>&nbsp; {say(score(report))}</span></p>"
    ]
    if found is not None:
        parts.append(f"<p style='margin:.2em 0'><b>{say(found.headline)}</b></p>")
        if found.evidence:
            parts.append(f"<pre style='margin:.3em 0 .3em 1em'>{say(chr(10).join(found.evidence))}</pre>")
        parts += [f"<p style='margin:.2em 0'>{say(words)}</p>" for words in (found.says, found.look) if words]
    parts += [f"<p style='margin:.2em 0'>Note: {say(note)}</p>" for note in report.notes]
    if report.printed:
        parts.append(
            "<p style='margin:.4em 0 0'>Your code printed:</p>"
            f"<pre style='margin:0 0 0 1em'>{say(report.printed[:600])}</pre>"
        )
    parts.append(f"<p style='margin:.5em 0 0;opacity:.85'>{say(last)}</p>" if last else "")
    return f"<div style='border-left:6px solid {colour};padding:.4em 0 .4em 1em;max-width:52em'>{''.join(parts)}</div>"
