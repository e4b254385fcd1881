"""`Workspace`: the folder in which a student works, found from anywhere inside it. Nothing of theirs is lost."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from ..version import __version__
from .checking import Report, checked
from .exercise import OURS, BrokenExercise, Exercise, exercise_called, exercises_in
from .forms import Files, Form, Notebooks, digest
from .state import FILE, DamagedState, Record, State, WorkspaceProblem, folder_in, read_state, saved

BACKUPS = "backups"
USUAL = "autograd_course"
"""The folder that `start` makes if none is named."""


@dataclass
class Changes:
    """What was done to the files of a workspace: the exercises whose files are new, were renewed, or were left alone.

    Attributes
    ----------
    put, renewed, left : list of Exercise
        Written because they were missing; renewed because the package has later ones and the student had not begun;
        left alone because the student had.
    """

    put: list[Exercise] = field(default_factory=list)
    renewed: list[Exercise] = field(default_factory=list)
    left: list[Exercise] = field(default_factory=list)


@dataclass
class Workspace:
    """A student's folder.

    Parameters
    ----------
    root : Path
    state : State
    """

    root: Path
    state: State

    @cached_property
    def exercises(self) -> list[Exercise]:
        """All exercises, in their order."""
        if self.state.exercises and not Path(self.state.exercises).is_dir():
            raise WorkspaceProblem(
                f"The exercises of this workspace are those in {self.state.exercises}, and that folder is not there. "
                f"If it was moved: autograd-lite course start {self.root} --exercises FOLDER"
            )
        return exercises_in(Path(self.state.exercises) if self.state.exercises else OURS)

    @cached_property
    def form(self) -> Form:
        return Notebooks(self.root) if self.state.notebooks else Files(self.root)

    def record(self, exercise: Exercise) -> Record:
        """What is remembered of an exercise."""
        return self.state.records.setdefault(exercise.slug, Record())

    @contextmanager
    def changing(self, exercise: Exercise | None = None) -> Iterator[State]:
        """Change what is remembered: read anew first, because `watch` may run beside, and written at the end."""
        file = self.root / FILE
        if file.exists():
            self.state = read_state(file)
        if exercise is not None:
            self.state.at = exercise.slug
        yield self.state
        self.state.package = __version__
        saved(file, self.state.text)

    # ------------------------------------------------------------------ where one is

    def called(self, text: str) -> Exercise:
        """The exercise of a number or name.

        Raises
        ------
        WorkspaceProblem
            If there is none.
        """
        found = exercise_called(text.replace("\\", "/"), self.exercises)
        if found is None:
            first, last = self.exercises[0].number, self.exercises[-1].number
            raise WorkspaceProblem(
                f"There is no exercise {text!r}: they are {first} to {last}. autograd-lite course progress"
            )
        return found

    def is_solved(self, exercise: Exercise) -> bool:
        return exercise.slug in self.state.records and bool(self.state.records[exercise.slug].solved)

    def current(self) -> Exercise | None:
        """The exercise that is worked on: the last one, if it is not solved yet; else the next. None at the end."""
        at = next((e for e in self.exercises if e.slug == self.state.at), None)
        return at if at is not None and not self.is_solved(at) else self.after(at)

    def after(self, exercise: Exercise | None) -> Exercise | None:
        """The next exercise that is not solved; what is optional comes when all others are done."""
        here = self.exercises.index(exercise) + 1 if exercise in self.exercises else 0
        order = [*self.exercises[here:], *self.exercises[:here]]
        unsolved = [e for e in order if not self.is_solved(e) and e != exercise]
        return next((e for e in unsolved if not is_optional(e)), unsolved[0] if unsolved else None)

    # ------------------------------------------------------------------ files

    def source(self, exercise: Exercise) -> str:
        """The student's code.

        Raises
        ------
        WorkspaceProblem
            If it is missing or cannot be read.
        """
        source = self.form.source(exercise)
        if source is None:
            where = self.form.path(exercise)
            what = (
                f"There is no cell that begins with %%exercise {exercise.number} in {where}"
                if where.exists()
                else f"{where} is missing"
            )
            raise WorkspaceProblem(f"{what}. `autograd-lite course reset {exercise.number}` puts it back.")
        return source

    def is_untouched(self, exercise: Exercise) -> bool:
        """True if a file is as it was put there, or missing."""
        whole = self.form.whole(exercise)
        return whole is None or digest(whole) in (self.record(exercise).fresh, digest(self.form.fresh(exercise)))

    def backup(self, path: Path) -> Path:
        """Copy a file to the backups.

        Raises
        ------
        WorkspaceProblem
        """
        stamp = datetime.now().strftime("%Y-%m-%d_%H-%M-%S")
        folder = self.root / BACKUPS
        copies = (
            folder / f"{path.stem}_{stamp}{more}{path.suffix}" for more in ("", *(f"_{k}" for k in range(2, 1000)))
        )
        try:
            folder.mkdir(exist_ok=True)
            copy = next(copy for copy in copies if not copy.exists())
            shutil.copy2(path, copy)
        except OSError as error:
            raise WorkspaceProblem(
                f"No copy of {path} could be made, so it is left as it is: {error.strerror or error}."
            ) from None
        return copy

    def put(self, exercise: Exercise) -> Path | None:
        """Write an exercise as it is at the beginning; the copy of what stood there."""
        path = self.form.path(exercise)
        keeps = path.exists() and (self.state.notebooks or not self.is_untouched(exercise))
        copy = self.backup(path) if keeps else None
        self.form.put(exercise, [e for e in self.exercises if e.part == exercise.part])
        return copy

    def reset(self, exercise: Exercise) -> Path | None:
        """As `put`, and remembered."""
        copy = self.put(exercise)
        with self.changing(exercise):
            self.record(exercise).fresh = digest(self.form.fresh(exercise))
            self.record(exercise).passes = None
        return copy

    def renewed(self, exercises: Iterable[Exercise] | None = None, all_missing: bool = False) -> Changes:
        """Bring files up to date that the student has not touched.

        Parameters
        ----------
        exercises : iterable of Exercise, optional
            All, if not given.
        all_missing : bool
            Put back what is missing, also what was there once.
        """
        changes = Changes()
        before = self.state.text
        for exercise in self.exercises if exercises is None else exercises:
            self.renew(exercise, changes, all_missing)
        if self.state.text != before:
            records = self.state.records
            with self.changing() as state:
                for name, record in records.items():
                    mine = state.records.setdefault(name, Record())
                    mine.fresh, mine.told = record.fresh, record.told
        return changes

    def renew(self, exercise: Exercise, changes: Changes, all_missing: bool) -> None:
        record, now, whole = self.record(exercise), digest(self.form.fresh(exercise)), self.form.whole(exercise)
        if whole is None:
            if record.fresh and not all_missing:
                return
            self.put(exercise)
            changes.put.append(exercise)
        elif digest(whole) == now:
            pass
        elif digest(whole) == record.fresh:
            self.put(exercise)
            changes.renewed.append(exercise)
        else:
            if now not in (record.fresh, record.told):
                changes.left.append(exercise)
                record.told = now
            record.fresh = record.fresh or now
            return
        record.fresh = now

    # ------------------------------------------------------------------ checks

    @contextmanager
    def beside(self, exercise: Exercise) -> Iterator[Path | None]:
        """A folder with the student's other files that an exercise imports: its own, unless they are elsewhere."""
        folder = self.root / exercise.part
        if not self.state.notebooks and all((folder / f"{name}.py").exists() for name in exercise.needed):
            yield folder
            return
        with TemporaryDirectory(prefix="autograd_lite_") as room:
            for other in self.exercises:
                source = self.form.source(other) if other.slug in exercise.needed else None
                if source is not None:
                    (Path(room) / f"{other.slug}.py").write_text(source, encoding="utf-8")
            yield Path(room)

    def check(self, exercise: Exercise, source: str | None = None) -> Report:
        """Check what the student has written for an exercise.

        Raises
        ------
        WorkspaceProblem
            If the file is missing or cannot be read.
        """
        source = self.source(exercise) if source is None else source
        try:
            with self.beside(exercise) as folder, quietly():
                return checked(exercise, source, f"{exercise.slug}.py", folder)
        except (WorkspaceProblem, BrokenExercise):
            raise
        except Exception as error:
            raise WorkspaceProblem(
                f"The check of exercise {exercise.number} itself has failed, which is no fault of yours: "
                f"{type(error).__name__}: {error}"
            ) from error

    def remember(self, report: Report) -> bool:
        """Write down what came of a check; True if the exercise is solved for the first time.

        Raises
        ------
        WorkspaceProblem
            If the workspace cannot be written to.
        """
        with self.changing(report.exercise):
            record = self.record(report.exercise)
            record.checks += 1
            record.passes = report.passed
            record.said = report.diagnosis.headline if report.diagnosis else ""
            is_new = report.passed and not record.solved
            if is_new:
                record.solved = now()
        return is_new


@contextmanager
def quietly() -> Iterator[None]:
    """Without the warnings of Python and NumPy: what a student should hear of is in the report."""
    import numpy as np

    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def is_optional(exercise: Exercise) -> bool:
    """True for 16b and 30b."""
    return not exercise.number.isdigit()


def now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


# ------------------------------------------------------------------------------- finding and making

PYTEST = """\
# Lists the exercises as tests, for editors that show tests.
[pytest]
addopts = -p autograd_lite.course.plugin
"""


def root_from(folder: Path) -> Path | None:
    """The workspace that a folder is in."""
    return next((place for place in (folder, *folder.parents) if (place / FILE).is_file()), None)


def found(folder: Path | None = None) -> Workspace:
    """The workspace that a folder, or the current one, is in.

    Raises
    ------
    WorkspaceProblem
        If there is none, or it cannot be read.
    """
    folder = (folder or Path.cwd()).absolute()
    root = root_from(folder)
    if root is None and (folder / USUAL / FILE).is_file():
        root = folder / USUAL
    if root is None:
        raise WorkspaceProblem(
            f"There is no course in {folder} or above it. `autograd-lite course start` makes one in ./{USUAL}; if you "
            f"have one, go to its folder first (cd)."
        )
    return Workspace(root, read_state(root / FILE))


def started(
    folder: Path, notebooks: bool | None = None, exercises: Path | None = None
) -> tuple[Workspace, Changes, list[Path]]:
    """Make a workspace, or put back what is missing in one; with what was done, and what was put aside.

    Parameters
    ----------
    folder : Path
    notebooks : bool, optional
    exercises : Path, optional
        An instructor's own.
    """
    file, aside = folder / FILE, list[Path]()
    state = State()
    if file.exists():
        try:
            state = read_state(file)
        except DamagedState:
            aside.append(Workspace(folder, state).backup(file))
            state.exercises = folder_in(aside[0].read_text(encoding="utf-8", errors="replace"))
            state.notebooks = were_notebooks(folder, Workspace(folder, state).exercises)
            file.unlink()
    if notebooks is not None:
        state.notebooks = notebooks
    if exercises is not None:
        state.exercises = str(exercises.absolute())
    workspace = Workspace(folder, state)
    assert workspace.exercises
    if not folder.is_dir():
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise WorkspaceProblem(f"{folder} cannot be made: {error.strerror or error}.") from None
    saved(file, state.text)
    if not (folder / "pytest.ini").exists():
        saved(folder / "pytest.ini", PYTEST)
    return workspace, workspace.renewed(all_missing=True), aside


def were_notebooks(folder: Path, exercises: Sequence[Exercise]) -> bool:
    """Of a workspace whose state cannot be read: True if it has our notebooks, and none of our files."""
    notebooks = any(Notebooks(folder).path(exercise).exists() for exercise in exercises)
    return notebooks and not any(Files(folder).path(exercise).exists() for exercise in exercises)


def numbers(exercises: Sequence[Exercise]) -> str:
    """``01 to 08, 13``: in few words."""
    return ", ".join(exercise.number for exercise in exercises[:8]) + (
        f" and {len(exercises) - 8} more" if len(exercises) > 8 else ""
    )
