"""What a workspace remembers: one JSON file, versioned, written whole or not at all."""

from __future__ import annotations

import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

FILE = "course.json"
"""Its name; a folder with such a file is a workspace."""

FORMAT = 1
"""Of the file. A higher number is from a later version of the package, which this one would damage."""


class WorkspaceProblem(Exception):
    """Something is wrong with a workspace, or with a file in it; ``str`` says so for the student."""


class DamagedState(WorkspaceProblem):
    """The file of a workspace is there, and makes no sense."""


@dataclass
class Record:
    """What is remembered of one exercise.

    Attributes
    ----------
    checks, hints : int
        How often it was checked, and how many hints were opened.
    solved, given_up : str
        When it was solved first, and when its solution was asked for before that; empty if not.
    passes : bool or None
        What the last check said; None before the first.
    said : str
        The first line of what it said.
    fresh : str
        The digest of what was put into the workspace, to tell whether the student has changed it.
    told : str
        The digest of a later version of that which the student was told about.
    """

    checks: int = 0
    hints: int = 0
    solved: str = ""
    given_up: str = ""
    passes: bool | None = None
    said: str = ""
    fresh: str = ""
    told: str = ""


@dataclass
class State:
    """What is remembered of a workspace.

    Attributes
    ----------
    exercises : str
        The folder of an instructor's own exercises; empty for ours.
    notebooks : bool
    package : str
        The version that wrote it last.
    at : str
        The exercise that was worked on last.
    records : dict of str to Record
    """

    exercises: str = ""
    notebooks: bool = False
    package: str = ""
    at: str = ""
    records: dict[str, Record] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False) + "\n"


def read_state(file: Path) -> State:
    """The state in a file.

    Raises
    ------
    WorkspaceProblem
        If it cannot be read, is damaged, or is of a later format.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise WorkspaceProblem(f"{file} cannot be read: {error.strerror or error}.") from None
    except ValueError:
        content = None
    written = content.get("format") if isinstance(content, dict) else None
    if isinstance(written, int) and written > FORMAT:
        raise WorkspaceProblem(
            f"This workspace was written by a later version of autograd_lite ({content.get('package', '?')}), and this "
            f"one would damage it. Bring the package up to date: pip install --upgrade autograd_lite"
        )
    try:
        return state_of(content)
    except (TypeError, AttributeError, KeyError):
        raise DamagedState(
            f"{file} is damaged: it says what you have solved, and makes no sense. Your exercises are not in it. "
            f"`autograd-lite course start` in this folder puts it aside and writes a new one; `autograd-lite course "
            f"check all` then finds again what is solved."
        ) from None


def state_of(content: Any) -> State:
    """A state from JSON; what an earlier version did not write yet has its default."""
    if not isinstance(content["format"], int):
        raise TypeError("the format is no number")
    records = {name: of_type(Record, entry) for name, entry in content.get("records", {}).items()}
    state = of_type(State, {name: x for name, x in content.items() if name not in ("records", "format")})
    state.records = records
    return state


def folder_in(text: str) -> str:
    """The instructor's folder that a damaged file names, if it is there."""
    match = re.search(r'"exercises": *("(?:[^"\\]|\\.)*")', text)
    try:
        folder = str(json.loads(match[1])) if match else ""
    except ValueError:
        return ""
    return folder if folder and Path(folder).is_dir() else ""


def of_type(kind: type[T], content: dict[str, Any]) -> T:
    """A dataclass from a dictionary, whose values must be of the types of its defaults."""
    if not isinstance(content, dict):
        raise TypeError(f"{content!r} is no dictionary")
    made = kind()
    for entry in fields(made):  # type: ignore[arg-type]
        if entry.name in content:
            value, usual = content[entry.name], getattr(made, entry.name)
            allowed = (bool, type(None)) if usual is None else type(usual)
            if not isinstance(value, allowed) or (type(usual) is int and value is True):
                raise TypeError(f"{entry.name} is {value!r}")
            setattr(made, entry.name, value)
    return made


def saved(file: Path, text: str) -> None:
    """Write a file by way of a temporary one beside it, so that a crash leaves the old one or the new one.

    Raises
    ------
    WorkspaceProblem
        If it cannot be written.
    """
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, file)
    except OSError as error:
        raise WorkspaceProblem(f"{file} cannot be written: {error.strerror or error}.") from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
