"""Part A: what the numbers of the graph exercises are, and what is said beside right and wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograd_lite.course.authoring import Script
from autograd_lite.course.checking import checked
from autograd_lite.course.exercise import Exercise, exercises_in
from autograd_lite.course.running.child import answer_here

EXERCISES = {exercise.number: exercise for exercise in exercises_in()}

ONE_STEP = ("x · y", "x + y", "x · x", "x + x", "(x + y) · y", "(x · y) · y", "x · y + ((x · y) · y) · x")
STEPS = {
    "": "3,2  1,1  4,0  2,0  3,8  9,12  39,26",
    "overwrites": "3,2  1,1  2,0  1,0  3,3  9,6  18,12",
    "out.grad ignored in +": "3,2  1,1  4,0  2,0  1,6  9,12  39,26",
    "out.grad ignored in ×": "3,2  1,1  4,0  2,0  3,8  3,8  21,8",
    "× swapped": "2,3  1,1  4,0  2,0  5,8  12,21  220,381",
    "× with out.data": "6,6  1,1  8,0  2,0  15,30  108,126  3930,4542",
    "× with the other's grad": "0,0  1,1  0,0  2,0  0,0  0,0  0,0",
    "× only self": "3,0  1,1  2,0  2,0  3,3  9,0  21,0",
}
"""∂x and ∂y at x = 2, y = 3, worked out by hand."""

WHOLE = ("out = x·y", "out = (x + y)·y", "c = a + b, out = c·b", "c = b·x, out = a + c", "c = b·x, out = c + a")
ORDERS = {
    "": "3,2  3,8  185,60  39,26  39,26",
    "not reversed": "3,2  0,5  0,0  0,0  0,0",
    "no seed": "0,0  0,0  0,0  0,0  0,0",
    "each before its parents, depth first": "3,2  3,8  135,10  21,14  39,26",
    "level by level": "3,2  3,8  185,60  21,14  21,14",
    "each as often as it is met": "3,2  3,8  410,210  60,40  42,28",
    "each calls its parents": "3,2  3,8  430,180  42,28  60,40",
}


def slopes(exercise: Exercise, name: str, words: str, **numbers: float) -> tuple[float, float]:
    """∂x and ∂y of a program, with numbers of our own."""
    probe = next(p for p in exercise.probes() if f"{words} with" in p.says)
    change = next((mistake.change for mistake in exercise.mistakes if mistake.name == name), None)
    ours = replace(probe, returns="(x.grad, y.grad)", arguments=numbers)
    x, y = answer_here(exercise.names(change), ours).value
    return x, y


def table(text: str) -> list[tuple[float, float]]:
    return [tuple(map(float, pair.split(","))) for pair in text.split()]  # type: ignore[misc]


@pytest.mark.parametrize("name", STEPS)
def test_numbers_of_one_step(name: str) -> None:
    """The slopes of the programs, right and with each mistake, are those worked out by hand."""
    found = [slopes(EXERCISES["05"], name, f"out = {words}", x0=2.0, y0=3.0, end=1.0) for words in ONE_STEP]
    assert found == table(STEPS[name])


@pytest.mark.parametrize("name", ORDERS)
def test_numbers_of_an_order(name: str) -> None:
    """The slopes that each order of the steps gives are those worked out by hand."""
    found = [slopes(EXERCISES["06"], name, words, x0=2.0, y0=3.0) for words in WHOLE]
    assert found == table(ORDERS[name])


def variant(exercise: Exercise, name: str) -> str:
    return next(v.change.of(exercise.reference) for v in exercise.variants if v.name == name)


def test_calls_inside_each_other_pass_with_a_note() -> None:
    """A recursive backward() is right; that long graphs are too deep for it is a remark."""
    report = checked(EXERCISES["06"], variant(EXERCISES["06"], "calls inside each other"))
    assert report.passed
    assert [note for note in report.notes if "iterative" in note]
    assert not checked(EXERCISES["06"], EXERCISES["06"].reference).notes


def test_slopes_kept_in_between_pass_with_a_note() -> None:
    """A second backward() that hands on what is left from the first is a remark too."""
    report = checked(EXERCISES["06"], variant(EXERCISES["06"], "in between not set to 0"))
    assert report.passed
    assert [note for note in report.notes if "Called twice" in note]


@pytest.mark.parametrize("number", ["05", "06", "07"])
def test_graph_shows_the_commonest_mistakes(number: str) -> None:
    """In the program that is drawn, most wrong answers have a Value whose slope is wrong."""
    exercise = EXERCISES[number]
    graph = exercise.graph
    assert graph is not None
    probe = Script(graph.setup, f"{{name: value.grad for name, value in {graph.returns}.items()}}")
    right = answer_here(exercise.names(), probe).value
    seen = [answer_here(exercise.names(mistake.change), probe).value != right for mistake in exercise.mistakes]
    assert sum(seen) >= 0.85 * len(seen)


def test_several_mistakes_are_named_one_by_one() -> None:
    """Three wrong rules of three operations are three mistakes."""
    source = EXERCISES["02"].reference
    for old, new in (("da, db = b, a", "da, db = a, b"), ("1.0, -1.0", "1.0, 1.0"), ("(a) ** 2", "(a)")):
        source = source.replace(old, new)
    diagnosis = checked(EXERCISES["02"], source).diagnosis
    assert diagnosis is not None
    assert (diagnosis.kind, diagnosis.name) == ("several", "− second sign + × swapped + tanh not squared")


def test_what_is_not_explained_is_said() -> None:
    """One mistake that has a name and one that has none: the first is named, the second is shown."""
    source = EXERCISES["02"].reference
    source = source.replace("da, db = b, a", "da, db = a, b").replace("1 - math.tanh(a) ** 2", "math.tanh(a) / 7")
    diagnosis = checked(EXERCISES["02"], source).diagnosis
    assert diagnosis is not None
    assert diagnosis.says.startswith("Some of your numbers")
    assert "tanh a" in diagnosis.evidence[-1]
