"""How the story looks in a terminal, wide or narrow, with or without colours and special characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from ..callbacks import Callback
from ..progress import EpochLines, ProgressBar
from .trainings import Training

BLOCKS, LETTERS = " ░▒▓█", " .:*#"


def heading(console: Console, text: str) -> None:
    """A line that begins a chapter, filled up to the width of the terminal."""
    fill = ("─" if can_show(console, "─") else "-") * (console.width - len(text) - 1)
    console.print(f"[bold]{text}[/bold] [dim]{fill}[/dim]" if fill else f"[bold]{text}[/bold]")


def code(console: Console, source: str) -> None:
    """Lines of Python."""
    console.print(Syntax(source.rstrip(), "python", background_color="default", word_wrap=True))
    console.print()


def can_show(console: Console, text: str) -> bool:
    """True if the terminal's encoding has these characters."""
    try:
        text.encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def images(console: Console, pair: Sequence[np.ndarray]) -> None:
    """Images of 8×8 pixels side by side, two characters a pixel."""
    shades = BLOCKS if can_show(console, BLOCKS) else LETTERS
    for rows in zip(*pair, strict=True):
        lines = ["".join(shades[min(4, int(pixel * 5))] * 2 for pixel in row) for row in rows]
        console.print("   " + "     ".join(lines).rstrip(), markup=False)
    console.print()


def comparison(told: Sequence[Training]) -> Table:
    """One table that compares trainings; where the terminal is narrow, titles are broken, and nothing is lost."""
    table = Table(
        title="Three ways to tell zeros from ones",
        title_justify="left",
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 0, 0, 1),
    )
    table.add_column("model", overflow="fold")
    for head in ("weights", "first J", "last J", "training", "held out"):
        table.add_column(head, justify="right", overflow="fold")
    for t in told:
        table.add_row(
            t.title, f"{t.weights:,}", f"{t.costs[0]:.4g}", f"{t.costs[-1]:.4g}",
            f"{t.train_accuracy:.1%}", f"{t.test_accuracy:.1%}",
        )  # fmt: skip
    return table


def watching(console: Console) -> list[Callback]:
    """A bar in a terminal, a plain line every ten epochs elsewhere."""
    return [ProgressBar(console) if console.is_terminal else EpochLines(every=10, console=console)]


@contextmanager
def watched(console: Console, epochs: int) -> Iterator[Callable[[int, float], None]]:
    """The same for a loop without a model: what to call with the cost after each epoch."""
    watcher = watching(console)[0]
    watcher.params = {"epochs": epochs}
    watcher.on_train_begin()
    try:
        yield lambda epoch, J: watcher.on_epoch_end(epoch, {"cost J": J})
    finally:
        watcher.on_train_end()
