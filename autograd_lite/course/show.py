"""``course show``: the numbers. The smallest case that is wrong: what was given, and the student's own answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .authoring import QUESTION, Probe
from .checking import is_good
from .comparing import parts_of
from .diagnosis import Case
from .exercise import Exercise
from .running.child import Answer, Child, ChildEnded, answer_here
from .state import WorkspaceProblem
from .structure import Structure, structure_of
from .words import FAILS, PASSES, cleaned, console_for, mark, place, say, say_commands
from .workspace import Workspace, quietly

if TYPE_CHECKING:
    from .graphs import Graph

PICTURES = "pictures"
"""The folder of a workspace that drawn graphs are saved in."""

ROWS, WIDTH = 12, 74
"""Of an array that is shown."""


@dataclass(frozen=True)
class Asked:
    """What the student's code answered.

    Attributes
    ----------
    cases : tuple of Case
    graph : Answer or None
        To the exercise's ``GRAPH``, where it has one.
    """

    cases: tuple[Case, ...]
    graph: Answer | None = None


def shown(workspace: Workspace, exercise: Exercise, expected: bool = False, only_graph: bool = False) -> int:
    """Show an exercise's numbers, and draw its graph; 0 if there is something to show."""
    console = console_for()
    probe = exercise.graph
    if only_graph and probe is None:
        say(console, f"Exercise {exercise.number} has no graph to draw. Without --graph its numbers are shown.", 0)
        return 1
    with quietly():
        try:
            asked = answers(workspace, exercise, probe)
        except (ChildEnded, WorkspaceProblem) as problem:
            raise WorkspaceProblem(f"There are no numbers to show yet. {problem}") from None
        if not only_graph:
            show_numbers(console, exercise, asked.cases, expected)
    if probe is not None and asked.graph is not None:
        show_graph(console, workspace, exercise, probe, asked.graph)
    say_commands(console, [(f"check {exercise.number}", "what is wrong with them")])
    return 0


def answers(workspace: Workspace, exercise: Exercise, graph: Probe | None) -> Asked:
    """Ask the student's code everything once."""
    source, right = workspace.source(exercise), exercise.names()
    try:
        compile(source, f"{exercise.slug}.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise WorkspaceProblem(f"Python cannot read the file: {error}.") from None
    from .graphs import listing

    name = f"{exercise.slug}.py"
    with workspace.beside(exercise) as folder, Child(source, name, folder, exercise.seconds) as child:
        loaded = child.load()
        if loaded.failure:
            raise WorkspaceProblem(f"The file stops while it is read: {said(loaded)}.")
        cases = tuple(Case(probe, child.ask(probe), answer_here(right, probe)) for probe in exercise.probes())
        return Asked(cases, child.ask(listing(graph)) if graph is not None else None)


def said(answer: Answer) -> str:
    """An error in one line."""
    failure = answer.failure
    if failure is None:
        return f"it returns {answer.unreadable}"
    return f"{failure.error}: {failure.says}" + (f" (line {failure.line})" if failure.line else "")


# ------------------------------------------------------------------------------- numbers


def show_numbers(console: Console, exercise: Exercise, cases: tuple[Case, ...], expected: bool) -> None:
    """All cases in a line each, and the first that is wrong with its numbers."""
    console.print(Text(f"{exercise.number}  {exercise.title}", "bold"))
    for case in cases:
        good = is_good(case)
        symbol, style = (PASSES, "green") if good else (FAILS, "red")
        say(console, Text.assemble((f"{mark(symbol)} ", style), cleaned(case.probe.says or case.probe.returns)))
    console.print()
    if not cases:
        return
    case = next((case for case in cases if not is_good(case)), cases[0])
    say(console, "One case, which is right:" if is_good(case) else "The first that is wrong:", style="bold")
    say_case(console, case.probe)
    for name, value in case.probe.arguments.items():
        say_value(console, name, value)
    console.print()
    say(console, "Your answer:", style="bold")
    for name, value, good in own_parts(case):
        say_value(console, name, value, "" if good else "magenta")
    for line in property_of(case):
        say(console, line, 4)
    if expected and case.right.has_value:
        console.print()
        say(console, "The right answer:", style="bold")
        for name, value in named_parts(case.right.value, case.probe):
            say_value(console, name, value)
    console.print()


def say_case(console: Console, probe: Probe) -> None:
    """The code that asks."""
    asks = dedent(probe.setup.rpartition(QUESTION)[2])
    for line in [*filter(None, map(str.rstrip, asks.splitlines())), probe.returns]:
        indent = len(line) - len(line.lstrip())
        for part in line.strip().split("; "):
            say(console, part, 4 + indent, "cyan")


def own_parts(case: Case) -> list[tuple[str, Any, bool]]:
    """The student's answer, part by part, and whether each is right."""
    if not case.given.has_value:
        return [("", said(case.given), False)]
    try:
        return [(part.name, part.given, part.is_right) for part in case.parts]
    except Exception:  # of another form than the right one
        return [("", case.given.value, False)]


def named_parts(value: Any, probe: Probe) -> list[tuple[str, Any]]:
    return [(part.name, part.given) for part in parts_of(value, value, probe.parts)]


def property_of(case: Case) -> list[str]:
    """What is wrong with the answer, in a sentence, where it has a structure."""
    if is_good(case) or not case.given.has_value:
        return []
    try:
        seen: Structure = structure_of(case.parts, case.probe.sizes)
    except Exception:
        return []
    return [seen.headline] if seen.headline else []


def say_value(console: Console, name: str, value: Any, style: str = "") -> None:
    """A number or an array, with its shape."""
    lines = value_lines(value)
    shape = f"  shape {value.shape}" if isinstance(value, np.ndarray) and value.ndim else ""
    head = f"{name} = " if name else ""
    for k, line in enumerate(lines):
        text = Text(f"{head if k == 0 else ' ' * len(head)}{cleaned(line)}", style, no_wrap=True, overflow="ellipsis")
        if k == 0:
            text.append(shape, "dim")
        say(console, text, 4)


def value_lines(value: Any) -> list[str]:
    """A value as lines of text, of which there are not too many."""
    if isinstance(value, Mapping):
        return [f"{key}: {line}" for key, x in list(value.items())[:ROWS] for line in value_lines(x)[:3]]
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, precision=4, suppress_small=False, max_line_width=WIDTH, threshold=100, edgeitems=3
        )
    elif isinstance(value, float):
        text = f"{value:.6g}"
    else:
        text = str(value)[: WIDTH * ROWS]
    lines = text.splitlines() or [""]
    return lines if len(lines) <= ROWS else [*lines[: ROWS - 1], "…"]


# ------------------------------------------------------------------------------- graphs


def show_graph(console: Console, workspace: Workspace, exercise: Exercise, probe: Probe, given: Answer) -> None:
    """Draw the graph that the student's code has built, and say where the picture is."""
    from .graphs import BadGraph, drawn, listing, nodes_of

    say(console, f"Your graph{f' of {probe.says}' if probe.says else ''}:", style="bold")
    if not given.has_value:
        say(console, f"It cannot be drawn: {said(given)}.", 4, "magenta")
        console.print()
        return
    try:
        nodes = nodes_of(given.value)
        right = nodes_of(answer_here(exercise.names(), listing(probe)).value)
    except BadGraph as problem:
        say(console, f"It cannot be drawn: {problem}", 4, "magenta")
        console.print()
        return
    graph = drawn(nodes, right, f"Exercise {exercise.number}: your graph")
    console.print(table_of(graph))
    say(console, graph.summary, 4)
    save(console, graph.drawing, workspace.root / PICTURES / f"{exercise.slug}.html")
    console.print()


def table_of(graph: Graph) -> Table:
    """A graph in words, a node a line."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    has_gradients = any(row.gradient for row in graph.rows)
    for title in ("   ", "node", "value", *(["gradient"] if has_gradients else []), ""):
        table.add_column(title, header_style="dim")
    for row in graph.rows:
        style = "magenta" if row.wrong else ""
        cells = [f"  {mark(FAILS) if row.wrong else ' '}", cleaned(row.formula), row.value]
        table.add_row(*cells, *([row.gradient] if has_gradients else []), row.wrong, style=style)
    return table


def save(console: Console, drawing: Any, path: Path) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        drawing.save(path)
        drawing.save(path.with_suffix(".svg"))
    except Exception as problem:  # no room, no right to write, a layout that takes too long
        say(console, f"The picture could not be saved: {problem}", 4)
        return
    say(console, f"The picture is in {place(path)} (and .svg beside it).", 4)
