"""``course watch``, in a pseudo-terminal and without one; and the whole course through the real commands."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograd_lite.course.exercise import exercises_in
from autograd_lite.course.state import FILE, read_state
from autograd_lite.course.watch import Watch
from autograd_lite.course.workspace import found, started

from .own_course import EXERCISES, FIRST, SECOND, THIRD, answer, own_exercises

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 60.0

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")


@pytest.fixture
def home(tmp_path):
    started(tmp_path / "course", exercises=own_exercises(tmp_path / "exercises"))
    return tmp_path / "course"


# ------------------------------------------------------------------------------- a terminal


class Terminal:
    """The command in a pseudo-terminal of 90 columns, as a person sees it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.master, self.slave = pty.openpty()
        termios.tcsetwinsize(self.slave, (40, 90))
        self.before = termios.tcgetattr(self.slave)
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm", "COLUMNS": "90"}
        environment.pop("NO_COLOR", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autograd_lite", *arguments],
            stdin=self.slave, stdout=self.slave, stderr=self.slave, cwd=folder, env=environment, start_new_session=True,
        )  # fmt: skip
        self.text = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)

    def read(self, seconds: float) -> None:
        if select.select([self.master], [], [], seconds)[0]:
            self.text += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", os.read(self.master, 65536).decode("utf-8", "replace"))

    def until(self, pattern: str) -> str:
        """What is printed until something appears; it is then forgotten."""
        end = time.monotonic() + PATIENCE
        while not (match := re.search(pattern, self.text, re.DOTALL)):
            assert time.monotonic() < end, f"{pattern!r} did not appear in:\n{self.text}"
            self.read(0.1)
        seen, self.text = self.text[: match.end()], self.text[match.end() :]
        return seen

    def press(self, key: str) -> None:
        os.write(self.master, key.encode())

    def ended(self) -> int:
        """The exit status."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.1)
        while select.select([self.master], [], [], 0)[0]:
            self.read(0)
        return self.process.wait(1)

    @property
    def is_as_before(self) -> bool:
        """True if the terminal echoes and waits for Enter again."""
        return termios.tcgetattr(self.slave) == self.before


def test_a_saved_file_is_checked_and_keys_act(home):
    with Terminal(home, "course", "watch") as terminal:
        terminal.until("q.? quit")
        answer(home, FIRST, EXERCISES[FIRST]["reference.py"].replace("np.sum", "np.mean"))
        terminal.until("✗ 01 .*divided by n = 2.*quit")
        terminal.press("s")
        terminal.until("Your answer.*quit")
        terminal.press("h")
        terminal.until("Hint 1 of 3.*quit")
        answer(home, FIRST)
        terminal.until("✓ 01 .*Next: 02.*quit")
        terminal.press("n")
        terminal.until("02  The step back.*quit")
        terminal.press("c")
        terminal.until("02  The step back.*Nothing is written.*quit")
        assert not terminal.is_as_before
        terminal.press("q")
        assert terminal.ended() == 0
        assert terminal.is_as_before
    record = read_state(home / FILE).records["e01_squares"]
    assert (record.checks, record.hints, bool(record.solved)) == (2, 1, True)


@pytest.mark.parametrize(
    ("how", "status"), [("ctrl-c", 0), (signal.SIGTERM, 143), (signal.SIGHUP, 143)], ids=["ctrl-c", "term", "hup"]
)
def test_the_terminal_is_put_back_however_it_ends(home, how, status):
    with Terminal(home, "course", "watch") as terminal:
        terminal.until("q.? quit")
        assert not terminal.is_as_before
        terminal.process.send_signal(signal.SIGINT if how == "ctrl-c" else how)
        assert terminal.ended() == status
        assert terminal.is_as_before


@pytest.mark.slow
def test_ended_while_it_checks_the_terminal_is_put_back(home):
    with Terminal(home, "course", "watch") as terminal:
        terminal.until("q.? quit")
        answer(home, FIRST, "def squares(x):\n    while True: pass\n")
        time.sleep(1.2)
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.ended() == 143
        assert terminal.is_as_before


def test_files_that_go_and_break_do_not_end_it(home):
    with Terminal(home, "course", "watch") as terminal:
        terminal.until("q.? quit")
        file = answer(home, FIRST, "def squares(x:\n")
        terminal.until("cannot read the file.*quit")
        file.write_bytes(b"\xff\xff\xff\xff")
        terminal.until("no UTF-8.*quit")
        file.unlink()
        terminal.press("c")
        terminal.until("is missing.*quit")
        new = file.with_suffix(".new")
        new.write_text(EXERCISES[FIRST]["reference.py"])
        new.rename(file)  # as editors do
        terminal.until("✓ 01")


def test_without_a_terminal_it_works_without_keys(home):
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "autograd_lite", "course", "watch"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        text=True, encoding="utf-8", cwd=home, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert any("Ctrl-C ends it" in line for line in lines)
        answer(home, THIRD)
        assert any("✓ 03" in line for line in lines)
        process.send_signal(signal.SIGINT)
        assert "Stopped watching" in process.stdout.read()
    assert process.returncode == 0


def test_only_what_was_saved_is_checked(home):
    watch = Watch(found(home))
    assert watch.changed() == []
    answer(home, SECOND)
    assert [exercise.number for exercise in watch.changed()] == ["02"]
    assert watch.changed() == []


def test_of_a_notebook_only_the_cells_that_are_others_are_checked(tmp_path):
    started(tmp_path / "course", True, own_exercises(tmp_path / "exercises"))
    watch = Watch(found(tmp_path / "course"))
    path = tmp_path / "course" / "a_first_steps.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("return None", "return 1.0"), encoding="utf-8")
    assert [exercise.number for exercise in watch.changed()] == ["01"]


# ------------------------------------------------------------------------------- the whole course


@pytest.mark.slow
@pytest.mark.parametrize("form", ["files", "notebooks"])
def test_the_whole_course_by_its_references(tmp_path, form):
    """From ``start`` to the last exercise, in a terminal: each stub is not started, each reference is right."""
    with Terminal(tmp_path, "course", "start", *(["--notebook"] if form == "notebooks" else [])) as terminal:
        assert terminal.ended() == 0
    home = tmp_path / "autograd_course"
    exercises = exercises_in()
    for number in [exercise.number for exercise in exercises]:
        workspace = found(home)
        exercise = workspace.current()
        assert exercise is not None
        with Terminal(home, "course", "check") as terminal:
            assert terminal.ended() == 1, number
            assert "Nothing is written here yet" in terminal.text, (exercise.slug, terminal.text)
        write(workspace, exercise)
        with Terminal(home, "course", "check", exercise.number) as terminal:
            assert terminal.ended() == 0, (exercise.slug, terminal.text)
            assert f"✓ {exercise.number}" in terminal.text
    with Terminal(home, "course", "progress") as terminal:
        assert terminal.ended() == 0
        assert terminal.text.count("solved") == len(exercises)
    with Terminal(home, "course") as terminal:
        assert terminal.ended() == 0
        assert "All exercises are solved" in terminal.text


def write(workspace, exercise) -> None:
    """The reference, where the student writes."""
    import json

    path = workspace.form.path(exercise)
    if path.suffix == ".py":
        path.write_text(exercise.reference, encoding="utf-8")
        return
    content = json.loads(path.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["id"] == f"{exercise.slug}-code":
            cell["source"] = f"%%exercise {exercise.number}\n{exercise.reference}"
    path.write_text(json.dumps(content), encoding="utf-8")
