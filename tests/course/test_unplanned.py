"""Wrong answers that nobody planned: what is said of them, and how often it helps.

Four sets of wrong answers as students write them, none of them made for the diagnosis. ``unplanned/kinds.txt`` has the
kind of message that each of them gets. A message helps if it says more than the smallest case that is wrong.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from autograd_lite.course.diagnosis import SMALLEST
from autograd_lite.course.exercise import exercises_in
from autograd_lite.course.verifying import report_here

from .unplanned import Unplanned
from .unplanned.set_four import SET_FOUR
from .unplanned.set_one import SET_ONE
from .unplanned.set_three import SET_THREE
from .unplanned.set_two import SET_TWO

SETS = {"one": SET_ONE, "two": SET_TWO, "three": SET_THREE, "four": SET_FOUR}
ROWS = [(name, row) for name, rows in SETS.items() for row in rows]
KINDS = Path(__file__).parent / "unplanned" / "kinds.txt"
PLANNED = ("named", "passed", "raised")
"""In the table after all; right after all (a remark says what could be better); ended by an error of its own."""

PLAIN = (SMALLEST, "fact")
"""A wrong answer's numbers, and no more; where they are wrong, and no more."""

EXERCISES = {exercise.number: exercise for exercise in exercises_in()}


@cache
def known() -> dict[tuple[str, str, str], str]:
    """The kind of message that each of them gets."""
    lines = KINDS.read_text(encoding="utf-8").splitlines()
    return {(a, b, c): kind for a, b, c, kind in (line.split(" | ") for line in lines)}


def kind_of(row: Unplanned) -> str:
    """The kind of message that a wrong answer gets."""
    exercise = EXERCISES[row.number]
    report = report_here(exercise, row.of(exercise.reference))
    found = report.diagnosis
    if found is None or report.state != "wrong":
        return report.state
    return "fact" if found.kind == "structure" and not (found.says or found.look) else found.kind


def check(rows: list[tuple[str, Unplanned]]) -> None:
    wanted = {(name, row.number, row.name): known().get((name, row.number, row.name)) for name, row in rows}
    assert {(name, row.number, row.name): kind_of(row) for name, row in rows} == wanted


@pytest.mark.filterwarnings("ignore")
def test_messages_are_of_the_kind_that_they_were():
    check(ROWS[::5])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_all_messages_are_of_the_kind_that_they_were():
    check(ROWS)


@pytest.mark.parametrize("name", SETS)
def test_of_what_nobody_planned_four_fifths_get_a_message_that_helps(name):
    kinds = Counter(kind for (in_set, _, _), kind in known().items() if in_set == name and kind not in PLANNED)
    plain = sum(kinds[kind] for kind in PLAIN)
    assert kinds.total() >= (20 if name == "four" else 40)  # of the fourth, most are in the table after all
    assert plain <= 0.2 * kinds.total()


@pytest.mark.parametrize(
    ("number", "name", "says"),
    [
        ("10", "b into every weight", "Tried with b = 0, your code is right."),
        ("14", "alpha shrinks", "Tried with epochs = 1, your code is right."),
        ("21", "biases sorted", "Tried with all entries of b the same, your code is right."),
        ("13", "first example forgotten", "Tried with another first row of X, your dJ/dw is the same."),
        (
            "18",
            "inverse",
            "With B twice as large, dA should become 2 times what it was. Yours becomes 0.5 times what it was.",
        ),
        ("11", "logarithm first", "wrong where y is 0, and right everywhere else."),
        ("18", "right transposed", "right on the diagonal, and wrong everywhere else."),
        ("29", "columns", "The sum of every row of P should be 1; yours is not."),
        ("13", "number of weights", "it is divided by n and not by m"),
    ],
)
def test_what_has_no_name_is_said_by_what_was_tried_or_seen(number, name, says):
    row = next(row for row in SET_ONE if (row.number, row.name) == (number, name))
    found = report_here(EXERCISES[number], row.of(EXERCISES[number].reference)).diagnosis
    assert says in f"{found.headline} {found.says} {found.look}"


def test_every_wrong_answer_has_its_kind():
    assert set(known()) == {(name, row.number, row.name) for name, row in ROWS}


if __name__ == "__main__":  # python -m tests.course.test_unplanned: after a change that was looked at, the new kinds
    lines = [f"{name} | {row.number} | {row.name} | {kind_of(row)}\n" for name, row in ROWS]
    KINDS.write_text("".join(lines), encoding="utf-8")
