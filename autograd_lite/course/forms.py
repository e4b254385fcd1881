"""The two forms of a workspace: a Python file an exercise, or a notebook a part."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from .exercise import Exercise
from .state import WorkspaceProblem, saved

LARGEST = 1_000_000
"""Characters of a file that is read; an exercise is a page."""

MAGIC = re.compile(r"\s*%%exercise\s+(\S+)[^\n]*")


class Form(Protocol):
    """Where the exercises of a workspace are."""

    def path(self, exercise: Exercise) -> Path:
        """The file in which it is."""

    def whole(self, exercise: Exercise) -> str | None:
        """All that stands there of it: text and code; None if it is missing."""

    def source(self, exercise: Exercise) -> str | None:
        """The code to check."""

    def fresh(self, exercise: Exercise) -> str:
        """What `whole` is at the beginning."""

    def put(self, exercise: Exercise, part: Sequence[Exercise]) -> None:
        """Write it as it is at the beginning."""


def digest(text: str | None) -> str:
    """A short name for a text, the same whatever an editor ends lines with."""
    lines = (text or "").replace("\r\n", "\n").rstrip()
    return sha256(lines.encode("utf-8", "replace")).hexdigest()[:16]


def name_of_part(part: str) -> str:
    """``Part B: logistic regression``."""
    letter, _, name = part.partition("_")
    return f"Part {letter.upper()}: {name.replace('_', ' ')}" if name else part


def read(path: Path) -> str | None:
    """What is in a file; None if there is none.

    Raises
    ------
    WorkspaceProblem
        If it is too large, no text, or may not be read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise WorkspaceProblem(f"{path} is {path.stat().st_size / 1e6:.0f} MB long; an exercise is a page of code.")
        return path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise WorkspaceProblem(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise WorkspaceProblem(
            f"{path} is no UTF-8 text: a character in line {line} cannot be read. Save the file with the encoding "
            f"UTF-8."
        ) from None


# ------------------------------------------------------------------------------- Python files


@dataclass(frozen=True)
class Files:
    """A folder a part, a file an exercise: its text is the docstring, the stub stands below it."""

    root: Path

    def path(self, exercise: Exercise) -> Path:
        return self.root / exercise.part / f"{exercise.slug}.py"

    def whole(self, exercise: Exercise) -> str | None:
        return read(self.path(exercise))

    def source(self, exercise: Exercise) -> str | None:
        return self.whole(exercise)

    def fresh(self, exercise: Exercise) -> str:
        text = f"{exercise.number}  {exercise.title}\n\n{exercise.text}\n\n{'-' * 8}\n{commands(exercise.number)}\n"
        quotes = "'''" if '"""' in text else '"""'
        return f"{'r' * (chr(92) in text)}{quotes}{text}{quotes}\n\n{exercise.stub.strip(chr(10))}\n"

    def put(self, exercise: Exercise, part: Sequence[Exercise]) -> None:
        saved(self.path(exercise), self.fresh(exercise))


def commands(number: str) -> str:
    return f"autograd-lite course check {number}        autograd-lite course hint {number}"


# ------------------------------------------------------------------------------- notebooks


@dataclass(frozen=True)
class Notebooks:
    """A notebook a part: for an exercise a cell with its text, and one with the stub below ``%%exercise 13``."""

    root: Path

    def path(self, exercise: Exercise) -> Path:
        return self.root / f"{exercise.part}.ipynb"

    def cells(self, path: Path) -> list[dict[str, Any]] | None:
        text = read(path)
        if text is None:
            return None
        try:
            cells = json.loads(text)["cells"]
            return [{**cell, "source": joined(cell["source"])} for cell in cells]
        except (ValueError, KeyError, TypeError):
            raise WorkspaceProblem(
                f"{path} is no notebook that can be read. Move it away, and `autograd-lite course start` in the "
                f"workspace puts a new one in its place."
            ) from None

    def whole(self, exercise: Exercise) -> str | None:
        code = self.code(exercise)
        return None if code is None else f"{self.told(exercise)}\n{code}"

    def told(self, exercise: Exercise) -> str:
        """The text above the code; empty if it was taken out."""
        cells = self.cells(self.path(exercise)) or []
        return next((cell["source"] for cell in cells if cell.get("id") == f"{exercise.slug}-text"), "")

    def code(self, exercise: Exercise) -> str | None:
        """The last cell of an exercise: who copies a cell goes on in the copy."""
        cells = self.cells(self.path(exercise)) or []
        found = [cell["source"] for cell in cells if is_code_of(cell, exercise)]
        return found[-1] if found else None

    def source(self, exercise: Exercise) -> str | None:
        code = self.code(exercise)
        return None if code is None else MAGIC.sub(lambda match: "#" + match[0].strip()[1:], code, count=1)

    def fresh(self, exercise: Exercise) -> str:
        return "\n".join(cell["source"] for cell in cells_of(exercise))

    def put(self, exercise: Exercise, part: Sequence[Exercise]) -> None:
        path = self.path(exercise)
        text = read(path)
        if text is None:
            saved(
                path,
                notebook_text({**EMPTY, "cells": [*heading(exercise.part), *(c for e in part for c in cells_of(e))]}),
            )
            return
        cells, new = self.cells(path) or [], cells_of(exercise)
        places = [k for k, cell in enumerate(cells) if is_code_of(cell, exercise)]
        if places:
            cells[places[-1]]["source"] = new[1]["source"]
            cells[places[-1]].update(outputs=[], execution_count=None)
            for cell in cells:
                if cell.get("id") == new[0]["id"]:
                    cell["source"] = new[0]["source"]
        else:
            cells += [cell for cell in new if cell["id"] not in [old.get("id") for old in cells]]
        saved(path, notebook_text({**json.loads(text), "cells": cells}))


EMPTY: dict[str, Any] = {
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


def heading(part: str) -> list[dict[str, Any]]:
    """What a notebook begins with."""
    text = (
        f"# {name_of_part(part)}\n\nRun the next cell first. A cell that begins with `%%exercise` is checked whenever "
        f"it is run."
    )
    return [markdown("heading", text), code_cell("magic", "%load_ext autograd_lite.course")]


def cells_of(exercise: Exercise) -> list[dict[str, Any]]:
    """The text and the stub."""
    text = f"## {exercise.number}  {exercise.title}\n\n{exercise.text}"
    stub = f"%%exercise {exercise.number}\n{exercise.stub.strip(chr(10))}"
    return [markdown(f"{exercise.slug}-text", text), code_cell(f"{exercise.slug}-code", stub)]


def markdown(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


def code_cell(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "id": id, "metadata": {}, "outputs": [], "source": source}


def is_code_of(cell: dict[str, Any], exercise: Exercise) -> bool:
    """True for a cell that begins with this exercise's magic; 13 and e13_gradient are the same."""
    match = MAGIC.match(cell["source"]) if cell.get("cell_type") == "code" else None
    return bool(match) and match[1].zfill(len(exercise.number)) in (exercise.number, exercise.slug)  # type: ignore[index]


def joined(source: Any) -> str:
    """A cell's source, which notebooks keep as one text or as lines."""
    return source if isinstance(source, str) else "".join(source)


def notebook_text(content: dict[str, Any]) -> str:
    """A notebook as Jupyter writes it: sources as lines."""
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in content["cells"]]
    return json.dumps({**content, "cells": cells}, indent=1, ensure_ascii=False) + "\n"
