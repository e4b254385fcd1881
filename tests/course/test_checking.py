"""What is said of a student's file, the first thing that is wrong first."""

import numpy as np
import pytest

from autograd_lite.course.checking import checked
from autograd_lite.course.exercise import Exercise, exercise_called, exercises_in

TEXTS = {
    "text.md": "# Two numbers\n\nWrite `both(x)`.",
    "stub.py": "import numpy as np\n\n\ndef both(x):\n    # TODO\n    a = None\n    b = None\n    return a, b\n",
    "reference.py": "import numpy as np\n\n\ndef both(x):\n    a = x / 2\n    b = np.sum(x * x)\n    return a, b\n",
    "hints.md": "## One\nOne.\n## Two\nTwo.\n## Three\nThree.\n",
    "exercise.py": """
import numpy as np
from autograd_lite.course.authoring import Call, Consistency, Mistake, edit
DEFINES = ("both",)
def probes(rng):
    for n in (3, 7):
        x = rng.normal(size=n)
        yield Call("both", x=x, says=f"x has {n} entries", sizes={"n": n}, parts=("a", "b"))
MISTAKES = [
    Mistake("not halved", edit("x / 2", "x"), "x is not halved", "Half of x?", is_factor=True),
    Mistake("cubed", edit("x * x", "x * x * x"), "x is cubed", is_factor=True),
]
""",
}


@pytest.fixture
def exercise(tmp_path):
    folder = tmp_path / "a_part" / "e01_two"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return exercises_in(tmp_path)[0]


def said(exercise: Exercise, body: str):
    return checked(exercise, f"import numpy as np\n\n\ndef both(x):\n{body}\n")


RIGHT = "    return x / 2, np.sum(x * x)"


@pytest.mark.parametrize(
    "body",
    [
        RIGHT,
        "    return [x * 0.5, float(x @ x)]",
        "    print('hello')\n    return x / 2, (x**2).sum()",
        "    a = np.zeros(len(x))\n    for k in range(len(x)):\n        a[k] = x[k] / 2\n"
        "    return a, sum(v * v for v in x)",
    ],
)
def test_right_answers_pass_and_are_not_diagnosed(exercise, body):
    report = said(exercise, body)
    assert report.passed
    assert report.diagnosis is None
    assert report.notes == ()


def test_float32_passes_with_a_note(exercise):
    report = said(exercise, "    x = x.astype(np.float32)\n    return x / 2, np.sum(x * x)")
    assert report.passed
    assert "float32" in report.notes[0]


def test_the_stub_is_no_mistake(exercise):
    assert checked(exercise, exercise.stub).state == "not started"
    assert checked(exercise, f'"""The text."""\n# a comment\n{exercise.stub}').state == "not started"


@pytest.mark.parametrize(
    ("body", "state", "words"),
    [
        ("    x / 2, np.sum(x * x)", "form", "returns None"),
        ("    return x / 2", "form", "where 2 answers belong"),
        ("    return x / 2, x * x", "form", "b is an array of shape (3,), where a number belongs"),
        ("    return (x / 2)[:, None], np.sum(x * x)", "form", "a is an array of shape (3, 1)"),
        ("    return list(x / 2), np.sum(x * x)", "form", "np.array(...)"),
        ("    return np.sum(x * x), x / 2", "form", "other order"),
        ("    return x / 2, None", "form", "b is still None"),
        ("    x /= 2\n    return x, np.sum(4 * x * x)", "form", "x in place"),
        ("    return (x / 2).astype(int), np.sum(x * x)", "form", "whole numbers"),
        ("    return x / 2, np.matrix([[1]])", "form", "of type matrix"),
        ("    return x @ np.ones((2, 2)), 0", "raised", "Two shapes do not fit"),
        ("    return y / 2, 0", "raised", "misspelt"),
        ("    return x / 2, np.sum(None * x)", "raised", "is a return missing"),
        ("    exit()", "raised", "exit()"),
        ("    return both(x)", "raised", "call themselves, or each other, too deep"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_before_any_number(exercise, body, state, words):
    report = said(exercise, body)
    found = report.diagnosis
    assert report.state == state
    assert words in " ".join((found.headline, *found.evidence, found.says, found.look))


def test_a_file_that_python_cannot_read_shows_the_line(exercise):
    report = checked(exercise, "def both(x)\n    return 1")
    assert (report.state, report.line) == ("raised", 1)
    assert report.diagnosis.evidence == ("line 1:  def both(x)",)


def test_a_renamed_function_is_noticed(exercise):
    found = checked(exercise, "def bothe(x):\n    return 1").diagnosis
    assert "does not define both" in found.headline
    assert "bothe" in found.says


def test_an_error_while_the_file_is_read_shows_its_line(exercise):
    report = checked(exercise, "import numpy as np\nnp.zeros(3) @ np.zeros(4)\ndef both(x): pass")
    assert (report.state, report.line) == ("raised", 2)


def test_a_wrong_answer_with_a_name_is_explained(exercise):
    found = said(exercise, "    return x, np.sum(x * x)").diagnosis
    assert (found.kind, found.name) == ("named", "not halved")
    assert found.says == "Your numbers are exactly what one gets when x is not halved."
    assert found.look == "Half of x?"


def test_two_wrong_answers_at_once_are_explained(exercise):
    found = said(exercise, "    return x, np.sum(x**3)").diagnosis
    assert found.kind in ("pair", "several")
    assert "x is not halved" in found.says
    assert "x is cubed" in found.says


def test_a_ratio_that_is_a_size_says_so_only_if_it_is_one_everywhere(exercise):
    by_size = said(exercise, "    return x / 2, np.sum(x * x) * len(x)").diagnosis
    assert "summed and not divided by n" in by_size.says
    by_three = said(exercise, "    return x / 2, np.sum(x * x) * 3").diagnosis
    assert "3 times too large" in by_three.headline
    assert by_three.says == ""


def test_what_is_not_the_same_twice_is_noticed(exercise):
    body = "    calls.append(1)\n    return x / 2, np.sum(x * x) + (len(calls) > 2)"
    source = f"import numpy as np\ncalls = []\ndef both(x):\n{body}"
    found = checked(exercise, source).diagnosis
    assert found.name == "not the same twice"


def test_what_is_not_recognised_is_shown_and_not_guessed(exercise):
    found = said(exercise, "    return np.sort(x) / 3, np.sum(np.sort(x)[:2] ** 2)").diagnosis
    assert found.kind == "smallest"
    assert found.says == ""
    assert any(line.startswith("your a:") for line in found.evidence)


def test_an_endless_loop_is_stopped_and_said(exercise):
    exercise.module.SECONDS = 0.2
    report = said(exercise, "    while True:\n        pass")
    assert report.state == "ended"
    assert "loop that never ends" in report.diagnosis.headline


@pytest.mark.parametrize("text", ["13", "e13_gradient", "gradient", "b_logistic_regression/e13_gradient.py"])
def test_an_exercise_is_called_in_many_ways(text):
    assert exercise_called(text, exercises_in()).number == "13"


def test_numbers_are_shown_without_the_right_ones(exercise):
    right = np.array2string(np.asarray(exercise.names()["both"](np.ones(3))[0]))
    found = said(exercise, "    return np.sort(x) / 3, np.sum(np.sort(x)[:2] ** 2)").diagnosis
    assert right not in str(found)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("    return np.zeros(len(x)), np.sum(x * x)", "is 0 where it should not be"),
        ("    return (x / 2).astype(complex), np.sum(x * x)", "complex, where real numbers belong"),
        ("    return np.array([object()]), 1.0", "an array of dtype object"),
        ("    return np.random.random(len(x)), np.sum(x * x)", "gives another one"),
        ("    x[0] = 1.0\n    return x / 2, np.sum(x * x)", "in place"),
    ],
)
def test_nothing_false_is_said(exercise, body, words):
    found = said(exercise, body).diagnosis
    assert words in " ".join((found.headline, *found.evidence, found.says))


def test_a_named_tuple_is_a_tuple(exercise):
    body = "    from collections import namedtuple\n    return namedtuple('R', 'a b')(x / 2, np.sum(x * x))"
    assert said(exercise, body).passed
