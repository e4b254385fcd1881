"""The commands of the course, through the command line."""

import os
import re
import sys
from pathlib import Path

import pytest
from rich.console import Console

from autograd_lite.cli import main
from autograd_lite.course.authoring import Script
from autograd_lite.course.exercise import OURS
from autograd_lite.course.show import say_case
from autograd_lite.course.state import FILE, read_state

from .own_course import EXERCISES, FIRST, SECOND, THIRD, answer, own_exercises


@pytest.fixture
def exercises(tmp_path):
    return own_exercises(tmp_path / "exercises")


@pytest.fixture
def home(tmp_path, exercises, monkeypatch, capsys):
    """A workspace that one is in."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["course", "start", "course", "--exercises", "exercises"]) == 0
    monkeypatch.chdir(tmp_path / "course")
    capsys.readouterr()
    return tmp_path / "course"


@pytest.fixture
def course(capsys):
    """Runs a command: its exit status, and all that it printed."""

    def run(*arguments: str) -> tuple[int, str]:
        try:
            status = main(["course", *arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return run


# ------------------------------------------------------------------------------- start and status


def test_start_makes_the_usual_folder_and_says_what_to_do(tmp_path, monkeypatch, course):
    monkeypatch.chdir(tmp_path)
    status, text = course("start")
    assert status == 0
    assert "cd autograd_course" in text
    assert (tmp_path / "autograd_course" / FILE).exists()
    assert len(list((tmp_path / "autograd_course").glob("*/*.py"))) == len(list(OURS.glob("*/e*")))


def test_start_in_a_workspace_puts_back_what_is_missing_there(home, course):
    (home / f"{SECOND}.py").unlink()
    os.chdir(home / "b_more")
    status, text = course("start")
    assert status == 0
    assert "1 exercise put back" in text
    assert (home / f"{SECOND}.py").exists()


def test_start_on_a_file_or_with_a_folder_of_exercises_that_is_not_there(home, course):
    assert course("start", FILE) == (2, f"autograd-lite: {FILE} is a file; the course needs a folder\n")
    assert course("start", "x", "--exercises", "nowhere")[0] == 2
    (home / "empty").mkdir()
    status, text = course("start", "x", "--exercises", "empty")
    assert status == 2
    assert "no exercises in" in text
    assert not (home / "x").exists()


def test_start_with_notebooks(tmp_path, exercises, monkeypatch, course):
    monkeypatch.chdir(tmp_path)
    assert course("start", "--notebook", "--exercises", "exercises")[0] == 0
    assert sorted(p.name for p in (tmp_path / "autograd_course").glob("*.ipynb")) == [
        "a_first_steps.ipynb",
        "b_more.ipynb",
    ]
    status, text = course("check", "1")
    assert status == 1
    assert "Nothing is written here yet" in text


def test_without_a_command_it_says_where_one_is(home, course):
    status, text = course()
    assert status == 0
    assert "Part A: first steps  □□  0 of 2" in text
    assert "Next: 01  The sum of squares" in text
    course("check")
    assert "The last check said: Nothing is written here yet." in course()[1]


def test_without_a_workspace_every_command_says_how_to_make_one(tmp_path, monkeypatch, course):
    monkeypatch.chdir(tmp_path)
    for arguments in (
        (),
        ("check",),
        ("hint", "1"),
        ("show",),
        ("reset", "1"),
        ("solution", "1"),
        ("watch",),
        ("progress",),
    ):
        status, text = course(*arguments)
        assert status == 2, arguments
        assert "`autograd-lite course start` makes one" in text, arguments


def test_unknown_commands_and_numbers(home, course):
    assert course("chekc")[0] == 2
    for command in ("check", "hint", "show", "reset", "solution"):
        status, text = course(command, "99")
        assert status == 2
        assert "no exercise '99': they are 01 to 03" in text


# ------------------------------------------------------------------------------- check


def test_a_wrong_answer_is_named_and_nothing_right_is_shown(home, course):
    answer(home, FIRST, EXERCISES[FIRST]["reference.py"].replace("np.sum", "np.mean"))
    status, text = course("check")
    assert status == 1
    lines = text.splitlines()
    assert re.fullmatch(r"✗ 01  The sum of squares +0 of 2 checks pass", lines[0])
    assert "Your numbers are exactly what one gets when the sum is divided by n = 2." in text
    assert "→ What is a mean?" in text
    assert "autograd-lite course hint 01    hint 1 of 3" in text
    assert "np.sum" not in text


def test_a_right_answer_is_solved_and_the_next_named(home, course):
    course("check")
    course("hint")
    answer(home, FIRST)
    status, text = course("check")
    assert status == 0
    assert "✓ 01" in text
    assert "Solved with 2 checks and 1 hint." in text
    assert "Next: 02  The step back" in text
    assert "It was solved before" in course("check", "1")[1]


@pytest.mark.parametrize("name", ["1", "01", "squares", "e01_squares", "a_first_steps/e01_squares.py"])
def test_an_exercise_has_many_names(home, course, name):
    answer(home, FIRST)
    assert course("check", name)[0] == 0


def test_several_and_all_are_checked_in_a_line_each(home, course):
    answer(home, FIRST)
    (home / f"{THIRD}.py").unlink()
    status, text = course("check", "all")
    assert status == 1
    assert "✓ 01  The sum of squares: passes" in text
    assert "e03_cube.py is missing" in text
    assert "1 of 3 pass." in text
    assert course("check", "1", "2")[1].endswith("1 of 2 pass.\n")


def test_when_all_are_solved_it_says_so(home, course):
    for name in EXERCISES:
        answer(home, name)
    assert "whole course" in [course("check") for _ in EXERCISES][-1][1]
    for command in ("check", "hint", "show"):
        assert course(command)[0] == 0
    assert "All exercises are solved" in course()[1]
    assert "■■  2 of 2" in course("progress")[1]


def test_a_file_that_breaks_later_is_said_and_stays_solved(home, course):
    answer(home, FIRST)
    course("check")
    answer(home, FIRST, "def squares(x): return 3.0\n")
    assert "does not pass now" not in course("progress")[1]
    assert "solved before, and that stays" in course("check", "1")[1]
    assert "was solved, 2 checks; the file does not pass now" in course("progress")[1]
    assert "01 was solved; the file does not pass now." in course()[1]
    assert read_state(home / FILE).records["e01_squares"].solved


BAD = {
    "syntax": ("def squares(x)\n    return 1\n", ["cannot read the file", "def squares(x)", "e01_squares.py:1"]),
    "renamed": ("def sqaures(x):\n    return 1.0\n", ["does not define squares", "There is sqaures"]),
    "empty": ("", ["does not define squares"]),
    "raises": ("def squares(x):\n    return y\n", ["NameError", "line 2:  return y", "e01_squares.py:2"]),
    "leaves at once": ("exit()\n", ["exit()"]),
    "leaves": ("import os\ndef squares(x):\n    os._exit(0)\n", ["ended the program before it answered"]),
    "prints": ("def squares(x):\n    [print('a\\x1b[2J' * 9) for _ in range(9**5)]; print('b' * 10**7)\n",
               ["Your code printed:", "| aaaaaaaaa", "… and more"]),
    "changes": ("def squares(x):\n    x[0] = 1\n    return 1.0\n", ["changes its argument x in place"]),
    "strange": ("class A: pass\ndef squares(x):\n    return A()\n", ["an object of type A"]),
    "null": ("def squares(x):\n    return '\x00'\n", ["Python cannot read the file"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_answers_are_said_in_words(home, course, case):
    source, says = BAD[case]
    answer(home, FIRST, source)
    status, text = course("check", "1")
    assert status == 1
    for words in says:
        assert words in text
    assert "\x1b" not in text
    assert len(text) < 3_000
    assert all(len(line) <= 100 for line in text.splitlines())
    assert course("show", "1")[0] in (0, 2)


@pytest.mark.slow
@pytest.mark.parametrize("source", ["while True: pass\n", "import time\ntime.sleep(99)\n"])
def test_an_answer_that_never_ends_is_stopped(home, course, source):
    answer(home, FIRST, "def squares(x):\n    " + source.replace("\n", "\n    "))
    status, text = course("check", "1")
    assert status == 1
    assert "took longer than 1 seconds" in text or "stopped" in text


def test_in_a_workspace_that_cannot_be_written_checks_go_on(home, course, monkeypatch):
    answer(home, FIRST)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    (home / f"{THIRD}.py").write_text("# mine")
    assert course()[0] == 0
    status, text = course("check", "1")
    assert status == 0
    assert "2 of 2 checks pass" in text
    assert "cannot be written: Permission denied. What came of this check is not remembered." in text
    assert course("hint", "1")[0] == 0
    assert course("reset", "1")[0] == 2


def test_an_exercise_that_is_broken_is_no_fault_of_the_students(home, exercises, course):
    answer(home, FIRST)
    (exercises / FIRST / "exercise.py").write_text("raise ValueError('oh')\n")
    status, text = course("check", "1")
    assert status == 2
    assert "no fault of yours" in text
    (exercises / FIRST / "exercise.py").unlink()
    assert "no fault of yours" in course("check", "1")[1]


def test_a_terminal_that_knows_no_signs_gets_letters(home, course, monkeypatch):
    from autograd_lite.course import words

    class Narrow:
        encoding = "ascii"

    monkeypatch.setattr(words, "sys", type("S", (), {"stdout": Narrow}))
    assert (words.mark("✗"), words.mark("✓"), words.mark("■")) == ("x", "+", "#")


# ------------------------------------------------------------------------------- hints, numbers, solutions


def test_hints_come_one_by_one_and_then_all(home, course):
    texts = [course("hint", "1")[1] for _ in range(4)]
    assert "Hint 1 of 3  A question" in texts[0]
    assert "A formula" not in texts[0]
    assert "Hint 2 of 3" in texts[1]
    assert "solution 01 --give-up" in texts[2]
    assert all(f"Hint {k} of 3" in texts[3] for k in (1, 2, 3))
    assert read_state(home / FILE).records["e01_squares"].hints == 3


def test_show_has_the_arguments_and_the_own_answer_and_the_right_one_only_when_asked(home, course):
    answer(home, FIRST, EXERCISES[FIRST]["reference.py"].replace("np.sum", "np.mean"))
    status, text = course("show", "1")
    assert status == 0
    assert "squares(x)" in text
    assert "shape (2,)" in text
    assert "Your answer:" in text
    assert "right answer" not in text
    assert "The right answer:" in course("show", "1", "--expected")[1]


def test_show_keeps_the_indentation_of_the_code_that_asks():
    asks = Script("\ndef f(x):\n    y = x; return y\n", "slope(f, x)")
    console = Console(width=60)
    with console.capture() as said:
        say_case(console, asks)
    assert said.get().splitlines() == ["    def f(x):", "        y = x", "        return y", "    slope(f, x)"]


def test_show_draws_the_students_own_graph_with_the_wrong_gradients_marked(home, course):
    answer(home, SECOND, EXERCISES[SECOND]["reference.py"].replace("other.grad +=", "other.grad ="))
    status, text = course("show", "2")
    assert status == 0
    assert re.search(r"✗ +y +3 +3 +gradient wrong", text)
    assert "The first that is wrong is that of y." in text
    page = (home / "pictures" / "e02_back.html").read_text(encoding="utf-8")
    assert "gradient wrong" in page.lower()
    assert (home / "pictures" / "e02_back.svg").exists()
    answer(home, SECOND)
    assert "Everything in it is right." in course("show", "2", "--graph")[1]
    assert course("show", "1", "--graph")[0] == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("(self, other), \"+\"", "(self,), \"+\"", "arrows that lead to a are not"),
        ("(self, other), \"+\"", "(), \"+\"", "arrows that lead to a are not"),
        ("parents, op\n", "None, op\n", "arrows that lead to a are not"),
        ("self.data * other.data", "self.data + other.data", "first that is wrong is that of b"),
        ("0.0, parents", "'zero', parents", "cannot be drawn"),
        ("return out", "out.parents = (out,); return out", "go round in a circle"),
    ],
)  # fmt: skip
def test_graphs_that_cannot_be_drawn_are_said(home, course, old, new, says):
    answer(home, SECOND, EXERCISES[SECOND]["reference.py"].replace(old, new))
    status, text = course("show", "2", "--graph")
    assert status == 0
    assert re.search(says, " ".join(text.split()))


def test_the_solution_is_shown_after_success_or_when_one_gives_up_which_is_recorded(home, course):
    status, text = course("solution", "1")
    assert status == 1
    assert "np.sum" not in text
    assert (
        not read_state(home / FILE).records.get("e01_squares", None)
        or not read_state(home / FILE).records["e01_squares"].given_up
    )
    assert "np.sum(x**2)" in course("solution", "1", "--give-up")[1]
    assert read_state(home / FILE).records["e01_squares"].given_up
    assert course("solution", "1")[0] == 0
    assert "solution shown" in course("progress")[1]
    answer(home, FIRST)
    assert "after its solution was shown" in course("check", "1")[1]
    answer(home, THIRD)
    course("check", "3")
    assert "x**3" in course("solution", "3")[1]
    assert not read_state(home / FILE).records["e03_cube"].given_up


def test_reset_says_where_the_copy_is(home, course):
    answer(home, FIRST, "# mine\n")
    status, text = course("reset", "1")
    assert status == 0
    (copy,) = (home / "backups").iterdir()
    assert f"backups{os.sep}{copy.name}" in text
    assert copy.read_text() == "# mine\n"


def test_after_an_upgrade_the_student_is_told_once(home, exercises, course):
    answer(home, FIRST, "# mine\n")
    (exercises / FIRST / "stub.py").write_text("# later\n")
    assert "it stays" in course()[1]
    assert "it stays" not in course()[1]


def test_piped_output_has_no_colours_and_fits(home, course, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    for arguments in ((), ("check",), ("hint",), ("show",), ("progress",)):
        text = course(*arguments)[1]
        assert "\x1b" not in text
        assert text.strip()


# ------------------------------------------------------------------------------- authors


def test_verify_has_a_line_for_each_exercise_and_fails_on_problems(exercises, course):
    status, text = course("verify", "1", "--exercises", str(exercises), "--seeds", "3")
    assert status == 0, text
    assert re.search(r"e01_squares +1 +0", text)
    (exercises / FIRST / "stub.py").write_text("def squares(x):\n    return (x**2).sum()  # TODO\n")
    status, text = course("verify", "squares", "--exercises", str(exercises), "--seeds", "3")
    assert status == 1
    assert "the stub is reported as 'passed'" in text
    assert course("verify", "99", "--exercises", str(exercises))[0] == 2


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("so many examples m = 7", 21, ["so many examples", "m = 7"]),
        ("one\ntwo\n\n    x  =  1\n    y\n\nthree", 40, ["one two", "", "    x  =  1", "    y", "", "three"]),
        ("", 40, []),
    ],
)
def test_paragraphs_are_filled_and_formulas_left(text, width, lines):
    from autograd_lite.course.words import wrapped

    assert wrapped(text, width) == lines


def test_the_course_is_in_the_list_of_commands(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "course" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["course", "--help"])
    text = capsys.readouterr().out
    for command in ("start", "check", "hint", "show", "reset", "solution", "watch", "progress", "verify"):
        assert command in text


def test_the_list_of_commands_waits_for_nothing_of_the_course():
    import subprocess

    found = "[m for m in sys.modules if 'rich' in m or 'checking' in m]"
    code = f"import sys, autograd_lite.cli as c; c.parser(); print({found})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("seeds", ["0", "-3", "many"])
def test_seeds_are_one_or_more(seeds, capsys):
    with pytest.raises(SystemExit):
        main(["course", "verify", "--seeds", seeds])
    assert "1 or more" in capsys.readouterr().err


def test_a_folder_of_exercises_that_is_not_there_is_said(capsys):
    assert main(["course", "verify", "--exercises", "nowhere"]) == 2
    assert "There is no folder nowhere" in capsys.readouterr().err
