"""A plug-in for pytest: every exercise of a workspace is a test, for editors that show tests.

A workspace's ``pytest.ini`` loads it. A test that fails shows what ``autograd-lite course check`` would say.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .exercise import FOLDER, Exercise
from .state import WorkspaceProblem
from .workspace import Workspace, root_from


class NotRight(Exception):
    """An exercise that is not solved; the report is its text."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """An exercise's file in a workspace."""
    if file_path.suffix != ".py" or not FOLDER.fullmatch(file_path.stem) or root_from(file_path.parent) is None:
        return None
    return ExerciseFile.from_parent(parent, path=file_path)


class ExerciseFile(pytest.File):
    """A file with one exercise."""

    def collect(self) -> Iterator[pytest.Item]:
        from .workspace import found

        workspace = found(self.path.parent)
        for exercise in workspace.exercises:
            if exercise.slug == self.path.stem:
                yield ExerciseItem.from_parent(self, name=named(exercise), workspace=workspace, exercise=exercise)


def named(exercise: Exercise) -> str:
    return f"{exercise.number} {exercise.title}"


class ExerciseItem(pytest.Item):
    """One exercise as a test."""

    def __init__(self, *, workspace: Workspace, exercise: Exercise, **own: Any) -> None:
        super().__init__(**own)
        self.workspace = workspace
        self.exercise = exercise

    def runtest(self) -> None:
        from .notebook import text_of

        report = self.workspace.check(self.exercise)
        if not report.passed:
            raise NotRight(text_of(report, self.workspace))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, NotRight | WorkspaceProblem):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, 0, named(self.exercise)
