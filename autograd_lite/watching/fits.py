"""Every ``fit`` of a program is watched, without a change in it: each has a page of its own."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..callbacks import Callback, Logs
from ..scripts import every_fit_told
from .callback import WatchTraining


class Teller(Callback):
    """Says where a training is shown as soon as there is a page, and opens it."""

    def __init__(self, watch: WatchTraining, say: Callable[[str], None], opened: bool) -> None:
        self._watch, self._say, self._opened = watch, say, opened

    def on_train_begin(self, logs: Logs | None = None) -> None:
        path = self._watch.path
        assert path is not None
        self._say(f"{path.name} shows the training of {self._watch.subject}.")
        if self._opened:
            webbrowser.open(path.as_uri())


@contextmanager
def every_fit_watched(
    trainer: type,
    path: Path,
    every: int | None = None,
    say: Callable[[str], None] = print,
    opened: bool = False,
) -> Iterator[list[WatchTraining]]:
    """While this lasts, each ``fit`` of such models is watched: in training.html, training-2.html, …

    Parameters
    ----------
    trainer : class
        Of the models: ``Sequential``.
    path : Path
        The page of the first training.
    every : int, optional
        See `WatchTraining`.
    say : callable
        Is told which page shows what, a sentence each.
    opened : bool
        Whether the first page is opened in a browser.

    Yields
    ------
    list of WatchTraining
        Those of the trainings so far.
    """
    watches: list[WatchTraining] = []

    def watch() -> list[Callback]:
        try:
            watches.append(WatchTraining(numbered(path, len(watches) + 1), every))
        except OSError as problem:
            say(f"This training is not watched: {problem}")
            return []
        return [watches[-1], Teller(watches[-1], say, opened and len(watches) == 1)]

    with every_fit_told(trainer, watch):
        yield watches


def numbered(path: Path, number: int) -> Path:
    """``training.html`` for the first, ``training-2.html`` for the second.

    Examples
    --------
    >>> numbered(Path("training.html"), 1).name, numbered(Path("training.html"), 2).name
    ('training.html', 'training-2.html')
    """
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
