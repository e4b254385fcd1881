"""Exercises as tests, for editors: every exercise of a workspace is one, and fails with what the check says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import autograd_lite
from autograd_lite.course.workspace import started


@pytest.fixture
def workspace(tmp_path):
    made, *_ = started(tmp_path / "course")
    return made


def run(folder, *arguments):
    options = ["-p", "no:cacheprovider", "-q", "--no-header", *arguments]
    here = os.environ | {"PYTHONPATH": str(Path(autograd_lite.__file__).parents[1])}
    command = [sys.executable, "-m", "pytest", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=here).stdout


def test_every_exercise_is_listed(workspace):
    listed = run(workspace.root, "--collect-only")
    for exercise in workspace.exercises:
        assert f"{exercise.slug}.py::{exercise.number} {exercise.title}" in listed


def test_an_exercise_passes_or_says_what_is_wrong(workspace):
    solved, wrong = workspace.exercises[0], workspace.exercises[1]
    workspace.form.path(solved).write_text(solved.reference, encoding="utf-8")
    workspace.form.path(wrong).write_text(wrong.mistakes[0].change.of(wrong.reference), encoding="utf-8")
    said = run(workspace.root, str(workspace.form.path(solved)), str(workspace.form.path(wrong)))
    assert "1 failed, 1 passed" in said
    assert "Your numbers are exactly what one gets when" in said
    assert "Traceback" not in said
