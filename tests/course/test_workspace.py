"""A workspace: what is the student's is never lost, and what is broken is said."""

import ast
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograd_lite.course import workspace as workspaces
from autograd_lite.course.exercise import OURS, exercises_in, importable
from autograd_lite.course.forms import Files, Notebooks
from autograd_lite.course.state import FILE, FORMAT, State, WorkspaceProblem, read_state, saved
from autograd_lite.course.workspace import BACKUPS, Changes, Workspace, found, started

from .own_course import EXERCISES, FIRST, SECOND, THIRD, answer, own_exercises


@pytest.fixture
def exercises(tmp_path):
    return own_exercises(tmp_path / "exercises")


@pytest.fixture
def home(tmp_path, exercises):
    """A new workspace."""
    started(tmp_path / "course", exercises=exercises)
    return tmp_path / "course"


@pytest.fixture
def notebooks(tmp_path, exercises):
    started(tmp_path / "course", True, exercises)
    return tmp_path / "course"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def backups(home: Path) -> list[str]:
    return (
        sorted(p.read_text(encoding="utf-8") for p in (home / BACKUPS).glob("*")) if (home / BACKUPS).exists() else []
    )


# ------------------------------------------------------------------------------- start


def test_a_workspace_has_a_file_for_each_exercise_with_its_text_and_a_stub_that_runs(home):
    for name, files in EXERCISES.items():
        source = (home / f"{name}.py").read_text(encoding="utf-8")
        text = ast.get_docstring(ast.parse(source), clean=False) or ""
        assert files["text.md"].partition("\n\n")[2].strip() in text
        assert source.endswith(files["stub.py"].lstrip("\n"))
        exec(compile(source, name, "exec"), {"__name__": name})


def test_our_own_exercises_have_stubs_that_run_and_texts_that_stay_as_they_are(tmp_path):
    workspace, changes, _ = started(tmp_path / "course")
    assert changes.put == exercises_in(OURS)
    for exercise in workspace.exercises:
        source = workspace.source(exercise)
        assert exercise.text in (ast.get_docstring(ast.parse(source), clean=False) or ""), exercise.slug
        with importable(exercise.needed):
            exec(compile(source, exercise.slug, "exec"), {"__name__": exercise.slug})


def test_a_text_with_quotes_and_backslashes_stays_as_it_is(exercises, tmp_path):
    text = '# T\n\nA """ and a \\n and a \\'
    (exercises / FIRST / "text.md").write_text(text, encoding="utf-8")
    workspace, _, _ = started(tmp_path / "course", exercises=exercises)
    source = workspace.source(workspace.exercises[0])
    assert 'A """ and a \\n and a \\\n' in (ast.get_docstring(ast.parse(source), clean=False) or "")


def test_started_twice_nothing_changes(home, exercises):
    answer(home, FIRST, "def squares(x): ...\n")
    before = everything(home)
    _, changes, _ = started(home)
    assert not changes.put
    assert everything(home) == before


def test_missing_files_are_put_back_by_start_and_others_left_alone(home):
    mine = answer(home, FIRST, "# mine\n")
    (home / f"{SECOND}.py").unlink()
    (home / f"{THIRD}.py").unlink()
    (home / "b_more").rmdir()
    _, changes, _ = started(home)
    assert [exercise.number for exercise in changes.put] == ["02", "03"]
    assert mine.read_text() == "# mine\n"
    assert (home / f"{THIRD}.py").exists()


def test_files_that_were_there_before_the_workspace_are_left_alone(tmp_path, exercises):
    (tmp_path / "course" / "a_first_steps").mkdir(parents=True)
    mine = answer(tmp_path / "course", FIRST, "# mine\n")
    started(tmp_path / "course", exercises=exercises)
    assert mine.read_text() == "# mine\n"


def test_a_workspace_is_found_from_any_folder_in_it_and_from_beside_the_usual_one(tmp_path, exercises, home):
    assert found(home / "b_more").root == home
    started(tmp_path / "autograd_course", exercises=exercises)
    assert found(tmp_path).root == tmp_path / "autograd_course"


def test_where_there_is_no_workspace_it_is_said_how_to_make_one(tmp_path):
    with pytest.raises(WorkspaceProblem, match="course start"):
        found(tmp_path)


# ------------------------------------------------------------------------------- reset and backups


def test_reset_keeps_a_copy_and_two_in_one_second_keep_two(home):
    workspace = found(home)
    first = workspace.exercises[0]
    for text in ("# one\n", "# two\n"):
        answer(home, FIRST, text)
        copy = workspace.reset(first)
        assert copy is not None
        assert copy.read_text() == text
    assert backups(home) == ["# one\n", "# two\n"]
    assert workspace.source(first) == workspace.form.fresh(first)


def test_reset_of_an_untouched_or_missing_file_needs_no_copy(home):
    workspace = found(home)
    assert workspace.reset(workspace.exercises[0]) is None
    (home / f"{FIRST}.py").unlink()
    assert workspace.reset(workspace.exercises[0]) is None
    assert workspace.source(workspace.exercises[0])
    assert not backups(home)


def test_a_file_is_not_reset_if_no_copy_can_be_made(home, monkeypatch):
    answer(home, FIRST, "# mine\n")
    workspace = found(home)
    (home / BACKUPS).write_text("in the way")
    with pytest.raises(WorkspaceProblem, match="left as it is"):
        workspace.reset(workspace.exercises[0])
    assert (home / f"{FIRST}.py").read_text() == "# mine\n"


# ------------------------------------------------------------------------------- later versions of the package


def changed(exercises: Path) -> None:
    """A later version: two stubs are others, and one exercise is new."""
    for name in (FIRST, SECOND):
        stub = exercises / name / "stub.py"
        stub.write_text("# later\n" + stub.read_text(encoding="utf-8"), encoding="utf-8")
    new = exercises / "b_more" / "e04_new"
    new.mkdir()
    for file, text in EXERCISES[THIRD].items():
        (new / file).write_text(text.replace("cube", "new"), encoding="utf-8")


def test_after_an_upgrade_untouched_files_are_renewed_and_begun_ones_left_and_told_once(home, exercises):
    mine = answer(home, FIRST, "# mine\n")
    changed(exercises)
    changes = found(home).renewed()
    assert [[e.number for e in some] for some in (changes.put, changes.renewed, changes.left)] == [
        ["04"],
        ["02"],
        ["01"],
    ]
    assert mine.read_text() == "# mine\n"
    assert "# later" in (home / f"{SECOND}.py").read_text(encoding="utf-8")
    again = found(home).renewed()
    assert again == Changes()
    workspace = found(home)
    workspace.reset(workspace.exercises[0])
    assert "# later" in mine.read_text(encoding="utf-8")


def test_other_ends_of_lines_are_no_change_of_the_students(home, exercises):
    for name in (FIRST, SECOND):
        file = home / f"{name}.py"
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    changed(exercises)
    assert [e.number for e in found(home).renewed().renewed] == ["01", "02"]


def test_a_file_that_was_deleted_is_not_put_back_unasked(home):
    (home / f"{FIRST}.py").unlink()
    assert not found(home).renewed().put


def test_an_earlier_state_is_read_and_what_is_new_has_its_default(home):
    (home / FILE).write_text(json.dumps({"format": 1, "records": {"e01_squares": {"solved": "2026-01-01"}}}))
    state = read_state(home / FILE)
    assert state.records["e01_squares"].solved
    assert state.records["e01_squares"].hints == 0
    assert state.notebooks is False


def test_the_state_of_a_later_version_is_not_touched(home):
    text = json.dumps({"format": FORMAT + 1, "package": "9.0"})
    (home / FILE).write_text(text)
    for action in (lambda: found(home), lambda: started(home)):
        with pytest.raises(WorkspaceProblem, match=r"later version of autograd_lite \(9\.0\)"):
            action()
    assert (home / FILE).read_text() == text


# ------------------------------------------------------------------------------- damage


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"format": "x"}', '{"format": 1, "records": 3}', '{"format": 1, "notebooks": "yes"}',
     '{"format": 1, "records": {"e01_squares": []}}', '{"format": 1, "records": {"e01_squares": {"checks": "many"}}}',
     "\x00\x01"],
)  # fmt: skip
def test_a_damaged_state_is_said_and_put_aside_by_start(home, exercises, content):
    (home / FILE).write_text(content)
    with pytest.raises(WorkspaceProblem, match="damaged"):
        found(home)
    mine = answer(home, FIRST, "# mine\n")
    _, _, aside = started(home, exercises=exercises)
    assert aside[0].read_text() == content
    assert mine.read_text() == "# mine\n"
    assert found(home).exercises


def test_a_damaged_state_that_names_own_exercises_is_mended_with_them(home):
    text = (home / FILE).read_text(encoding="utf-8")
    (home / FILE).write_text(text[: len(text) // 2], encoding="utf-8")
    workspace, changes, _ = started(home)
    assert [e.slug for e in workspace.exercises] == ["e01_squares", "e02_back", "e03_cube"]
    assert not changes.put


def test_a_crash_while_writing_leaves_what_was_there_and_nothing_else(home, monkeypatch):
    before = everything(home)

    def crash(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(WorkspaceProblem, match="cannot be written: No space left"):
        saved(home / FILE, State().text)
    assert everything(home) == before


@pytest.mark.slow
def test_killed_at_any_moment_the_state_is_whole(home):
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from autograd_lite.course.workspace import found
workspace = found()
print(flush=True)
while True:
    for exercise in workspace.exercises:
        with workspace.changing(exercise):
            workspace.record(exercise).checks += 1
            workspace.record(exercise).said = "x" * 10_000
"""
    for wait in (0.0, 0.003, 0.01, 0.03, 0.1):
        with subprocess.Popen([sys.executable, "-c", code], cwd=home, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(wait)
            process.kill()
        assert found(home).state.records


def test_own_exercises_that_are_gone_are_said_and_can_be_named_anew(home, exercises, tmp_path):
    exercises.rename(tmp_path / "moved")
    with pytest.raises(WorkspaceProblem, match="--exercises"):
        _ = found(home).exercises
    started(home, exercises=tmp_path / "moved")
    assert len(found(home).exercises) == 3


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"x = '\xff\xfe'\n", "UTF-8"), (b"#" * 2_000_000, "2 MB")],
)
def test_files_that_are_no_text_are_said(home, content, says):
    (home / f"{FIRST}.py").write_bytes(content)
    workspace = found(home)
    with pytest.raises(WorkspaceProblem, match=says):
        workspace.source(workspace.exercises[0])


def test_a_file_with_a_byte_order_mark_is_read(home):
    (home / f"{FIRST}.py").write_bytes(b"\xef\xbb\xbf" + EXERCISES[FIRST]["reference.py"].encode())
    workspace = found(home)
    assert workspace.check(workspace.exercises[0]).passed


def test_a_missing_file_is_said_with_what_puts_it_back(home):
    (home / f"{FIRST}.py").unlink()
    workspace = found(home)
    with pytest.raises(WorkspaceProblem, match="course reset 01"):
        workspace.check(workspace.exercises[0])


# ------------------------------------------------------------------------------- what is remembered


def test_what_is_solved_stays_solved(home):
    workspace = found(home)
    first = workspace.exercises[0]
    answer(home, FIRST)
    assert workspace.remember(workspace.check(first)) is True
    when = workspace.record(first).solved
    assert workspace.remember(workspace.check(first)) is False
    answer(home, FIRST, "def squares(x): return 0 * x[0]\n")
    assert workspace.remember(workspace.check(first)) is False
    record = found(home).record(first)
    assert (record.solved, record.passes, record.checks) == (when, False, 3)


def test_two_programs_at_once_do_not_forget_each_others_checks(home):
    one, other = found(home), found(home)
    answer(home, FIRST)
    answer(home, THIRD)
    one.remember(one.check(one.exercises[0]))
    other.remember(other.check(other.exercises[2]))
    again = found(home)
    assert [again.is_solved(exercise) for exercise in again.exercises] == [True, False, True]


def test_the_next_exercise_is_the_one_that_one_is_at_until_it_is_solved(home):
    workspace = found(home)
    first, second, third = workspace.exercises
    assert workspace.current() == first
    with workspace.changing(second):
        pass
    assert workspace.current() == second
    with workspace.changing(second) as state:
        state.records.setdefault(second.slug, workspaces.Record()).solved = "now"
    assert workspace.current() == third
    with workspace.changing(third) as state:
        state.records.setdefault(third.slug, workspaces.Record()).solved = "now"
    assert workspace.current() == first


def test_optional_exercises_come_last(tmp_path, exercises):
    (exercises / SECOND).rename(exercises / "a_first_steps" / "e01b_back")
    workspace, _, _ = started(tmp_path / "course", exercises=exercises)
    assert workspace.after(workspace.exercises[0]) == workspace.exercises[2]
    assert workspace.after(workspace.exercises[2]) == workspace.exercises[0]


# ------------------------------------------------------------------------------- files that others import


@pytest.mark.parametrize("form", ["files", "notebooks"])
def test_an_exercise_imports_what_the_student_wrote_in_another_part(tmp_path, exercises, form):
    uses = "from e01_squares import squares\n\n\ndef cube(x):\n    return x * squares(x)\n"
    (exercises / THIRD / "reference.py").write_text(uses)
    with open(exercises / THIRD / "exercise.py", "a", encoding="utf-8") as file:
        file.write('\nNEEDS = ("e01_squares",)\n')
    workspace, _, _ = started(tmp_path / "course", form == "notebooks", exercises)
    third = workspace.exercises[2]
    assert workspace.check(third, uses).state == "raised"  # x times the None of a stub
    if form == "notebooks":
        rewritten(tmp_path / "course" / "a_first_steps.ipynb", "return None", "return np.sum(x**2)")
    else:
        answer(tmp_path / "course", FIRST)
    assert workspace.check(third, uses).passed
    workspace.form.path(workspace.exercises[0]).unlink()
    report = workspace.check(third, uses)
    assert report.diagnosis is not None
    assert report.diagnosis.name == "file missing"


# ------------------------------------------------------------------------------- notebooks


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def rewritten(path: Path, old: str, new: str) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = "".join(cell["source"]).replace(old, new)  # one text: notebooks may have that too
    path.write_text(json.dumps(content), encoding="utf-8")


def test_a_notebook_a_part_with_a_text_and_a_cell_for_each_exercise(notebooks):
    assert sorted(p.name for p in notebooks.glob("*.ipynb")) == ["a_first_steps.ipynb", "b_more.ipynb"]
    found_cells = cells(notebooks / "a_first_steps.ipynb")
    assert [cell["cell_type"] for cell in found_cells] == ["markdown", "code", "markdown", "code", "markdown", "code"]
    assert "".join(found_cells[1]["source"]) == "%load_ext autograd_lite.course"
    assert found_cells[3]["source"][0] == "%%exercise 01\n"
    assert len({cell["id"] for cell in found_cells}) == len(found_cells)


def test_notebooks_are_valid(notebooks):
    nbformat = pytest.importorskip("nbformat")
    for path in notebooks.glob("*.ipynb"):
        nbformat.validate(nbformat.read(path, 4))


def test_a_cell_is_checked_with_its_own_line_numbers(notebooks):
    rewritten(notebooks / "a_first_steps.ipynb", "return None", "return np.sum(x**2) + nothing")
    workspace = found(notebooks)
    report = workspace.check(workspace.exercises[0])
    assert report.line == 7  # the magic is line 1
    rewritten(notebooks / "a_first_steps.ipynb", " + nothing", "")
    assert workspace.check(workspace.exercises[0]).passed


def test_the_last_cell_of_an_exercise_counts(notebooks):
    path = notebooks / "b_more.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    copy = {**content["cells"][-1], "id": "copy", "source": "%%exercise 3\ndef cube(x):\n    return x * x * x"}
    content["cells"].append(copy)
    path.write_text(json.dumps(content), encoding="utf-8")
    workspace = found(notebooks)
    assert workspace.check(workspace.exercises[2]).passed


def test_reset_of_a_cell_keeps_the_notebook_and_leaves_other_cells_alone(notebooks):
    path = notebooks / "a_first_steps.ipynb"
    rewritten(path, "return None", "return 1.0")
    rewritten(path, "self.grad += 0.0", "self.grad += 7.0")
    before = path.read_bytes()
    workspace = found(notebooks)
    copy = workspace.reset(workspace.exercises[0])
    assert copy is not None
    assert copy.read_bytes() == before
    assert "return None" in workspace.source(workspace.exercises[0])
    assert "7.0" in workspace.source(workspace.exercises[1])


def test_a_cell_that_was_deleted_is_said_and_put_back(notebooks):
    path = notebooks / "a_first_steps.ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"] = content["cells"][:3]
    path.write_text(json.dumps(content), encoding="utf-8")
    workspace = found(notebooks)
    with pytest.raises(WorkspaceProblem, match="no cell that begins with %%exercise 01"):
        workspace.source(workspace.exercises[0])
    _, changes, _ = started(notebooks)
    assert [e.number for e in changes.put] == ["01", "02"]
    assert workspace.source(workspace.exercises[1])
    assert len(cells(path)) == 6


def test_after_an_upgrade_untouched_cells_are_renewed(notebooks, exercises):
    rewritten(notebooks / "a_first_steps.ipynb", "return None", "return 1.0")
    changed(exercises)
    changes = found(notebooks).renewed()
    assert [[e.number for e in some] for some in (changes.put, changes.renewed, changes.left)] == [
        ["04"],
        ["02"],
        ["01"],
    ]
    assert "return 1.0" in found(notebooks).source(found(notebooks).exercises[0])


@pytest.mark.parametrize("content", ["", "[]", '{"cells": 3}', '{"cells": [{}]}'])
def test_a_notebook_that_is_damaged_is_said_and_left_alone(notebooks, content):
    path = notebooks / "b_more.ipynb"
    path.write_text(content)
    workspace = found(notebooks)
    with pytest.raises(WorkspaceProblem, match="no notebook that can be read"):
        workspace.source(workspace.exercises[2])
    assert path.read_text() == content


def test_a_workspace_is_of_one_form(tmp_path, exercises):
    assert isinstance(Workspace(tmp_path, State()).form, Files)
    assert isinstance(Workspace(tmp_path, State(notebooks=True)).form, Notebooks)
