"""The course in a notebook with a real kernel: every cell with a right answer is marked as right."""

import json

import pytest

from autograd_lite.course.workspace import found, started

nbformat = pytest.importorskip("nbformat")
preprocessors = pytest.importorskip("nbconvert.preprocessors")


def run(path, folder):
    """The outputs of every cell of an exercise, as HTML."""
    notebook = nbformat.read(path, as_version=4)
    preprocessors.ExecutePreprocessor(timeout=120, kernel_name="python3").preprocess(
        notebook, {"metadata": {"path": str(folder)}}
    )
    nbformat.write(notebook, path)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.startswith("%%exercise")]
    assert all(len(cell.outputs) == 1 for cell in cells), "a report is shown once"
    return [cell.outputs[0]["data"]["text/html"] for cell in cells]


def answered(path, exercises):
    """Right answers in the place of the stubs; the magic stays."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        source = "".join(cell["source"])
        for exercise in exercises:
            if source.startswith(f"%%exercise {exercise.number}\n"):
                cell["source"] = f"%%exercise {exercise.number}\n{exercise.reference}".splitlines(keepends=True)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.slow
def test_the_whole_course_is_solved_in_notebooks_cell_by_cell(tmp_path):
    workspace, *_ = started(tmp_path / "course", notebooks=True)
    parts = dict.fromkeys(exercise.part for exercise in workspace.exercises)
    for name in parts:
        part = [exercise for exercise in workspace.exercises if exercise.part == name]
        path = workspace.form.path(part[0])
        if name.startswith("b_"):
            assert all("Nothing is written here yet" in shown for shown in run(path, workspace.root))
        answered(path, part)
        shown = run(path, workspace.root)
        assert len(shown) == len(part)
        assert all("✓" in out for out in shown), [out for out in shown if "✓" not in out]
    assert all(map(found(workspace.root).is_solved, workspace.exercises))
