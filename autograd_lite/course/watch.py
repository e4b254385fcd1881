"""``course watch``: a check whenever a file is saved. It looks twice a second, which works on every system and disk."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .asking import check_one, hint_for
from .exercise import BrokenExercise, Exercise
from .forms import digest
from .keys import Keys
from .state import WorkspaceProblem
from .words import console_for, place, say
from .workspace import Workspace

SETTLES = 0.05
"""Seconds that a file must rest before it is read: an editor may still be writing."""

KEYS = " [c] check   [h] hint   [s] show the numbers   [n] next   [q] quit "

Signature = tuple[int, int]


@dataclass
class Watch:
    """A workspace that is looked at again and again.

    Parameters
    ----------
    workspace : Workspace
    """

    workspace: Workspace
    exercise: Exercise | None = None
    seen: dict[Path, Signature] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    has_keys: bool = False

    def __post_init__(self) -> None:
        self.exercise = self.workspace.current()
        self.seen = self.signatures()
        self.sources = {e.slug: self.now_of(e) for e in self.workspace.exercises}

    def signatures(self) -> dict[Path, Signature]:
        """When each file was changed last, and its size."""
        found = {}
        for path in {self.workspace.form.path(exercise) for exercise in self.workspace.exercises}:
            try:
                status = path.stat()
            except OSError:
                continue  # editors take a file away for a moment when they save it
            found[path] = (status.st_mtime_ns, status.st_size)
        return found

    def now_of(self, exercise: Exercise) -> str:
        try:
            return digest(self.workspace.form.source(exercise))
        except WorkspaceProblem:
            return "unreadable"

    def changed(self) -> list[Exercise]:
        """The exercises whose code is another than when it was looked at last."""
        now = self.signatures()
        if now == self.seen:
            return []
        while True:
            time.sleep(SETTLES)
            later = self.signatures()
            if later == now:
                break
            now = later
        paths = {path for path, signature in now.items() if self.seen.get(path) != signature}
        self.seen = now
        changed = []
        for exercise in self.workspace.exercises:
            if self.workspace.form.path(exercise) in paths:
                source = self.now_of(exercise)
                if source != self.sources[exercise.slug] or not self.workspace.state.notebooks:
                    changed.append(exercise)
                self.sources[exercise.slug] = source
        return changed

    # ------------------------------------------------------------------ what is done

    def check(self) -> None:
        """Check the exercise that one is at."""
        if self.exercise is None:
            say(console_for(), "All exercises are solved.", 0, "bold green")
            return
        self.cleared()
        self.safely(lambda exercise: check_one(self.workspace, exercise, not self.has_keys))
        self.say_keys()

    def hint(self) -> None:
        """Say the next hint, below what is there."""
        self.safely(lambda exercise: hint_for(self.workspace, exercise))
        self.say_keys()

    def show(self) -> None:
        """Show the numbers."""
        from .show import shown

        self.cleared()
        self.safely(lambda exercise: shown(self.workspace, exercise))
        self.say_keys()

    def next(self) -> None:
        """Go on to the next exercise that is not solved."""
        following = self.workspace.after(self.exercise)
        self.exercise = following or self.exercise
        self.cleared()
        self.say_where()
        self.say_keys()

    def safely(self, action: Callable[[Exercise], object]) -> None:
        """Do something with the exercise that one is at. What goes wrong is said, and the watch goes on."""
        if self.exercise is None:
            return
        try:
            action(self.exercise)
        except (WorkspaceProblem, BrokenExercise) as problem:
            say(console_for(), str(problem), 0)

    # ------------------------------------------------------------------ what is said

    def say_where(self) -> None:
        console = console_for()
        if self.exercise is None:
            say(console, "All exercises are solved.", 0, "bold green")
            return
        say(console, f"{self.exercise.number}  {self.exercise.title}", 0, "bold")
        say(console, place(self.workspace.form.path(self.exercise)), 4, "dim")
        say(console, "Save it, and it is checked.", 4, "dim")

    def say_keys(self) -> None:
        console = console_for()
        if self.has_keys:
            console.print()
            console.print(KEYS, style="reverse")
        sys.stdout.flush()

    def cleared(self) -> None:
        """A fresh screen, if it is one."""
        console = console_for()
        if self.has_keys and console.is_terminal:
            console.clear()


def watch(workspace: Workspace, every: float = 0.5) -> int:
    """Watch until q is pressed, or Ctrl-C."""
    watching = Watch(workspace)
    actions = {"c": watching.check, "h": watching.hint, "s": watching.show, "n": watching.next}
    try:
        with Keys() as keys:
            watching.has_keys = keys.are_there
            watching.say_where()
            if not keys.are_there:
                console_for().print("Ctrl-C ends it.")
            watching.say_keys()
            while (key := keys.pressed(every)) != "q":
                if key in actions:
                    actions[key]()
                for exercise in watching.changed():
                    watching.exercise = exercise
                    watching.check()
    except (KeyboardInterrupt, EOFError):
        pass
    console_for().print("Stopped watching.")
    return 0
