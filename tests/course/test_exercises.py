"""Every exercise keeps what it promises; the full twenty seeds are tried by CI."""

import json
import runpy

import pytest

from autograd_lite.course.exercise import OURS, exercises_in
from autograd_lite.course.verifying import SEEDS, verified

EXERCISES = exercises_in()
TRAINING = ("27", "31")
"""They train networks for each wrong answer: CI alone has the time."""
QUICK = [exercise for exercise in EXERCISES if exercise.number not in TRAINING]


@pytest.mark.parametrize("exercise", QUICK, ids=lambda exercise: exercise.slug)
def test_stubs_fail_references_pass_and_every_wrong_answer_is_explained_as_itself(exercise):
    assert verified(exercise, seeds=1).problems == ()


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.slug)
def test_so_it_is_on_twenty_seeds(exercise):
    assert verified(exercise, seeds=SEEDS if exercise in QUICK else 1).problems == ()


def test_the_course_is_whole():
    numbers = [exercise.number for exercise in EXERCISES]
    assert numbers == sorted([f"{n:02}" for n in range(1, 32)] + ["16b", "30b"])
    assert sum(len(exercise.mistakes) for exercise in EXERCISES) >= 289


def test_what_comes_before_an_exercise_is_there():
    numbers = {exercise.number for exercise in EXERCISES}
    for exercise in EXERCISES:
        assert set(exercise.after) <= numbers, exercise.slug


def test_the_clinics_files_are_those_that_its_script_writes():
    folder = OURS / "e_beyond" / "e31_clinic"
    script = runpy.run_path(str(folder / "write_runs.py"))
    assert (folder / "stub.py").read_text(encoding="utf-8") == script["whole"](False)
    assert (folder / "reference.py").read_text(encoding="utf-8") == script["whole"](True)
    runs = json.loads((folder / "runs.json").read_text(encoding="utf-8"))
    assert script["table"](runs) in (folder / "text.md").read_text(encoding="utf-8")
