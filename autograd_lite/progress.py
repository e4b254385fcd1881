"""How training shows its progress: a bar in a terminal or a notebook, plain lines elsewhere."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .callbacks import Callback, Logs


class ProgressBar(Callback):
    """One bar over all epochs, with the cost beside it.

    Parameters
    ----------
    console : rich.console.Console, optional
        Where to draw it.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console()
        self.progress: Progress | None = None

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self.progress = Progress(
            TextColumn("Epoch"),
            MofNCompleteColumn(),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[numbers]}"),
            TimeRemainingColumn(compact=True),
            console=self.console,
        )
        self.task = self.progress.add_task("", total=self.params["epochs"], numbers="")
        self.progress.start()

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        if self.progress is not None:
            self.progress.update(self.task, completed=epoch + 1, numbers=in_words(logs))

    def on_train_end(self, logs: Logs | None = None) -> None:
        if self.progress is not None:  # else training was interrupted before it began
            self.progress.stop()


class EpochLines(Callback):
    """A plain line for an epoch, where a bar cannot be redrawn.

    Parameters
    ----------
    every : int
        Print each so many epochs, and the last.
    console : rich.console.Console, optional
        Where to; standard output, if you do not say.
    """

    def __init__(self, every: int = 1, console: Console | None = None) -> None:
        self.every = every
        self.file = console.file if console else None

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        if (epoch + 1) % self.every == 0 or epoch + 1 == self.params["epochs"]:
            print(f"Epoch {epoch + 1}/{self.params['epochs']} - {in_words(logs)}", flush=True, file=self.file)


def in_words(logs: Logs) -> str:
    """``loss: 0.1234 - accuracy: 0.9876``."""
    return " - ".join(f"{name}: {value:.4g}" for name, value in logs.items())


def progress_callback(verbose: int | str) -> Callback | None:
    """What Keras' ``verbose`` asks for: 0 silent, 1 a bar, 2 a line an epoch, "auto" what fits.

    Raises
    ------
    ValueError
        If it is none of these.
    """
    if verbose == 0:
        return None
    if verbose == 2:
        return EpochLines()
    if verbose not in (1, "auto"):
        raise ValueError(f"verbose is 0 (silent), 1 (a bar), 2 (a line an epoch) or 'auto'; not {verbose!r}.")
    console = Console()
    drawable = console.is_terminal or console.is_jupyter
    return ProgressBar(console) if verbose == 1 or drawable else EpochLines()
