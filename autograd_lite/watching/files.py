"""A page on disk: there is always a whole one."""

from __future__ import annotations

import os
from pathlib import Path

SUFFIXES = (".html", ".htm")


def page_path(path: str | os.PathLike[str]) -> Path:
    """Where a page is to be written, if it can be.

    Raises
    ------
    ValueError
        If the name is no page's.
    FileNotFoundError
        If there is no such folder.
    """
    found = Path(path)
    if found.suffix.lower() not in SUFFIXES:
        raise ValueError(
            f"WatchTraining writes a page, and {str(found)!r} does not end in .html: WatchTraining('training.html')."
        )
    if not found.parent.is_dir():
        raise FileNotFoundError(
            f"WatchTraining cannot write {str(found)!r}: there is no folder {str(found.parent)!r}. Make it first, "
            f"Path({str(found.parent)!r}).mkdir(parents=True)."
        )
    return found.absolute()  # a training may change the working folder
