"""`Exercise`: a folder with a text, a stub, a reference, probes and wrong answers, read."""

from __future__ import annotations

import importlib.util
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from .authoring import Ask, Consistency, Edit, Finding, Mistake, Probe, Remark, Variant
from .running.child import Answer, answer_here

OURS = Path(__file__).parent / "exercises"
FOLDER = re.compile(r"e(\d\d[a-z]?)_(\w+)")
SEED = 20_260_101
"""Of the probes of a check: everybody is asked the same."""


class BrokenExercise(Exception):
    """An author's mistake: a file is missing, or what is in it does not fit together."""


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    number : str
        ``13``, ``16b``.
    slug : str
        ``e13_gradient``: of the folder, and of the student's file.
    part : str
        ``b_logistic_regression``.
    folder : Path
    """

    number: str
    slug: str
    part: str
    folder: Path

    # ------------------------------------------------------------------ files

    def read(self, name: str) -> str:
        """One of its files.

        Raises
        ------
        BrokenExercise
            If there is none.
        """
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except OSError as error:
            raise BrokenExercise(f"Exercise {self.slug} has no {name}: {error}") from None

    @cached_property
    def text(self) -> str:
        """What is to be done, without the title."""
        return self.read("text.md").partition("\n")[2].strip("\n")

    @cached_property
    def title(self) -> str:
        """``Step 3: the gradient``."""
        return self.read("text.md").partition("\n")[0].lstrip("# ").strip()

    @cached_property
    def stub(self) -> str:
        """The code that a student begins with."""
        return self.read("stub.py")

    @cached_property
    def reference(self) -> str:
        return self.read("reference.py")

    @cached_property
    def hints(self) -> tuple[tuple[str, str], ...]:
        """The hints: a title and a text each."""
        found = re.split(r"^## ", self.read("hints.md"), flags=re.MULTILINE)[1:]
        return tuple((hint.partition("\n")[0].strip(), hint.partition("\n")[2].strip()) for hint in found)

    # ------------------------------------------------------------------ exercise.py

    @cached_property
    def module(self) -> ModuleType:
        """The author's ``exercise.py``."""
        name = f"autograd_lite_course_{self.slug}"
        spec = importlib.util.spec_from_file_location(name, self.folder / "exercise.py")
        if spec is None or spec.loader is None or not (self.folder / "exercise.py").is_file():
            raise BrokenExercise(f"Exercise {self.slug} has no exercise.py.")
        module = importlib.util.module_from_spec(spec)
        writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == spec.origin]
            at = f", line {lines[-1]}" if lines else ""
            raise BrokenExercise(f"{spec.origin}{at}: {type(error).__name__}: {error}") from error
        finally:
            sys.dont_write_bytecode = writes
        return module

    def declared(self, name: str, otherwise: Any) -> Any:
        return getattr(self.module, name, otherwise)

    @property
    def defines(self) -> tuple[str, ...]:
        """The functions and classes that a student writes."""
        return tuple(self.declared("DEFINES", ()))

    @property
    def after(self) -> tuple[str, ...]:
        """The numbers of the exercises that come before."""
        return tuple(f"{n:02}" if isinstance(n, int) else str(n) for n in self.declared("AFTER", ()))

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        return tuple(self.declared("MISTAKES", ()))

    @property
    def variants(self) -> tuple[Variant, ...]:
        return tuple(self.declared("VARIANTS", ()))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What a right answer may do otherwise, and is told of."""
        return tuple(self.declared("REMARKS", ()))

    @property
    def graph(self) -> Probe | None:
        """The program whose graph is drawn for the student: its value is a dict of names and Values."""
        found: Probe | None = self.declared("GRAPH", None)
        return found

    @property
    def consistency(self) -> tuple[Consistency, ...]:
        return tuple(self.declared("CONSISTENCY", ()))

    @property
    def locates(self) -> Mapping[str, str]:
        """What is wrong if this part is the first wrong one."""
        return dict(self.declared("LOCATES", {}))

    @property
    def seconds(self) -> float:
        """Of processor time that an answer may take."""
        return float(self.declared("SECONDS", 5.0))

    @cached_property
    def needed(self) -> dict[str, str]:
        """The student's earlier files that this one imports, as the references have them; by their names.

        Raises
        ------
        BrokenExercise
            If there is no such exercise.
        """
        found = {}
        for slug in self.declared("NEEDS", ()):
            path = next(self.folder.parents[1].glob(f"*/{slug}/reference.py"), None)
            if path is None:
                raise BrokenExercise(f"Exercise {self.slug} needs {slug}, and there is no such exercise.")
            found[slug] = path.read_text(encoding="utf-8")
        return found

    @property
    def seeds(self) -> int:
        """On so many seeds it is verified."""
        return int(self.declared("SEEDS", 20))

    @property
    def judge(self) -> Callable[[Ask, np.random.Generator], Iterable[Finding]] | None:
        found: Callable[[Ask, np.random.Generator], Iterable[Finding]] | None = self.declared("judge", None)
        return found

    def probes(self, seed: int = SEED) -> list[Probe]:
        """The questions, the smallest first."""
        if seed not in self._probes:
            made = self.declared("probes", lambda rng: ())(np.random.default_rng(seed))
            self._probes[seed] = list(made)
        return self._probes[seed]

    @cached_property
    def _probes(self) -> dict[int, list[Probe]]:
        return {}

    def answer(self, change: Edit | None, probe: Probe) -> Answer:
        """What the reference, or a change of it, answers to a probe: computed once, because it is looked at often."""
        key = change, id(probe)
        if key not in self._answers:
            self._answers[key] = probe, answer_here(self.names(change), probe)  # the probe keeps its address
        return self._answers[key][1]

    @cached_property
    def _answers(self) -> dict[tuple[Edit | None, int], tuple[Probe, Answer]]:
        return {}

    def names(self, change: Edit | None = None) -> dict[str, Any]:
        """What the reference defines, or a change of it: for this process, because it is the author's."""
        source = self.reference if change is None else change.of(self.reference)
        with importable(self.needed):
            return names_of(source, f"{self.slug}.py")


@contextmanager
def importable(files: Mapping[str, str]) -> Iterator[None]:
    """Make files importable for a while, in this process: those that an exercise needs, in their order."""
    before = {name: sys.modules.get(name) for name in files}
    try:
        for name, source in files.items():
            module = sys.modules[name] = ModuleType(name)
            exec(compiled(source, f"{name}.py"), module.__dict__)
        yield
    finally:
        for name, module_before in before.items():
            if module_before is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module_before


@lru_cache(maxsize=2048)
def compiled(source: str, file: str) -> Any:
    return compile(source, file, "exec")


def names_of(source: str, file: str) -> dict[str, Any]:
    """What a source of the author's defines."""
    module = ModuleType("answers")
    with np.errstate(all="ignore"):
        exec(compiled(source, file), module.__dict__)
    return module.__dict__


def exercises_in(folder: Path = OURS) -> list[Exercise]:
    """All exercises in a folder of parts, in the order of their numbers.

    Raises
    ------
    BrokenExercise
        If there are none, or two have one number.
    """
    found = [
        Exercise(match[1], path.name, path.parent.name, path)
        for path in sorted(folder.glob("*/*"))
        if path.is_dir() and (match := FOLDER.fullmatch(path.name))
    ]
    if not found:
        raise BrokenExercise(f"There are no exercises in {folder}: they are folders such as a_part/e01_slope.")
    numbers = [exercise.number for exercise in found]
    if twice := {number for number in numbers if numbers.count(number) > 1}:
        raise BrokenExercise(f"In {folder} two exercises have the number {', '.join(sorted(twice))}.")
    return sorted(found, key=lambda exercise: exercise.number)


def exercise_called(text: str, exercises: Iterable[Exercise]) -> Exercise | None:
    """The exercise of a number or a name: ``13``, ``1``, ``16b``, ``gradient``, ``e13_gradient.py``."""
    wanted = text.strip().lower().removesuffix(".py").rpartition("/")[2]
    wanted = f"{int(wanted):02}" if wanted.isdigit() else wanted
    padded = wanted.zfill(3) if wanted[:-1].isdigit() and wanted[-1:].isalpha() else wanted
    for exercise in exercises:
        match = FOLDER.fullmatch(exercise.slug)
        if wanted in (exercise.number, exercise.slug, match[2] if match else "") or padded == exercise.number:
            return exercise
    return None
