"""``%%exercise`` in notebooks: the same check, shown as HTML; nothing that other cells defined can make it pass."""

import xml.etree.ElementTree as ET

import pytest

from autograd_lite.course.exercise import exercise_called, exercises_in
from autograd_lite.course.notebook import exercise
from autograd_lite.course.workspace import found, started

SIGMOID = exercise_called("09", exercises_in())


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    started(tmp_path / "course", notebooks=True)
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


def markup(shown):
    """The HTML; it is well-formed, and nothing in it runs."""
    text = shown._repr_mimebundle_()["text/html"].replace("&nbsp;", " ")
    root = ET.fromstring(text)
    assert {e.tag for e in root.iter()} <= {"div", "p", "b", "span", "pre"}
    assert all(set(e.attrib) <= {"style"} for e in root.iter())
    return " ".join(root.itertext())


def test_a_cell_that_is_right_is_recorded(notebooks):
    shown = exercise("9", SIGMOID.reference)
    assert "Solved. Next: 10" in markup(shown)
    assert "✓" in str(shown)
    assert found().is_solved(SIGMOID)


def test_a_cell_that_is_wrong_says_which_mistake_was_made(notebooks):
    mistake = SIGMOID.mistakes[0]
    shown = exercise("09", mistake.change.of(SIGMOID.reference))
    said = markup(shown)
    assert "Your numbers are exactly what one gets when" in said
    assert "✗ 09" in said
    assert "Your numbers are exactly" in str(shown)
    assert not found().is_solved(SIGMOID)


@pytest.mark.parametrize("cell", ["def sigmoid(z:\n", "def sigmoid(z):\n    return nothing\n"])
def test_lines_are_counted_as_the_editor_of_a_cell_counts_them(notebooks, cell):
    wrong = cell.count("\n")
    assert f"line {wrong + 1}:" in markup(exercise("09", cell))


def test_names_of_other_cells_cannot_make_it_pass(notebooks):
    assert "does not define sigmoid" in markup(exercise("09", "x = 1"))


def test_a_cell_can_be_imported_by_later_exercises(notebooks):
    exercise("09", SIGMOID.reference)
    copy = notebooks / SIGMOID.part / f"{SIGMOID.slug}.py"
    assert SIGMOID.reference in copy.read_text(encoding="utf-8")


def test_outside_a_course_nothing_is_recorded_and_that_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "Not recorded" in markup(exercise("09", SIGMOID.reference))


def test_a_number_that_is_none_is_a_message(notebooks):
    shown = exercise("99", "x = 1")
    assert "no exercise '99'" in str(shown)
    assert "text/html" not in shown._repr_mimebundle_()


def test_what_a_cell_prints_is_text(notebooks):
    printed = "print('<script>alert(1)</script>')\n"
    assert "<script>alert(1)</script>" in markup(exercise("09", printed + SIGMOID.stub))


def test_a_file_that_somebody_wrote_is_copied_before_a_cell_takes_its_place(notebooks):
    file = notebooks / SIGMOID.part / f"{SIGMOID.slug}.py"
    file.parent.mkdir()
    file.write_text("# an hour of work", encoding="utf-8")
    exercise("09", SIGMOID.reference)
    exercise("09", SIGMOID.reference)
    kept = [path.read_text(encoding="utf-8") for path in (notebooks / "backups").rglob("*.py")]
    assert kept == ["# an hour of work"]


def test_a_notebook_of_ones_own_does_not_make_a_course_of_files_one_of_notebooks(tmp_path):
    workspace, *_ = started(tmp_path)
    (tmp_path / "mine.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "course.json").write_text("{broken", encoding="utf-8")
    workspace, *_ = started(tmp_path)
    assert not workspace.state.notebooks
