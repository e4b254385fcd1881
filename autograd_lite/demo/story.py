"""The story as it is told in the terminal."""

from __future__ import annotations

import inspect
import time
from pathlib import Path
from typing import Any

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table

from ..callbacks import Callback
from ..progress import EpochLines, ProgressBar
from . import three_steps, trainings
from .results import write_results
from .trainings import Training

# What is shown of (b), (c) and (d): the lines of `trainings`, without what only the demo needs.
KERAS_LOGISTIC = """\
# 1. specify the model
model = Sequential([Dense(units=1, activation="sigmoid")])
# 2. the loss, and the cost, its mean
model.compile(loss=BinaryCrossentropy(), optimizer=SGD(learning_rate=1.0))
# 3. gradient descent by back-propagation
model.fit(X, y, epochs={epochs}, batch_size=len(X))
"""
KERAS_NETWORK = """\
model = Sequential([
    Dense(units=25, activation="sigmoid"),
    Dense(units=15, activation="sigmoid"),
    Dense(units=1, activation="sigmoid"),
])
model.compile(loss=BinaryCrossentropy())
model.fit(X, y, epochs={epochs})
"""
KERAS_TEN = """\
model = Sequential([
    Dense(units=25, activation="sigmoid"),
    Dense(units=15, activation="sigmoid"),
    Dense(units=10, activation="softmax"),
])
model.compile(loss=SparseCategoricalCrossentropy(),
              optimizer=Adam(learning_rate=0.01))
model.fit(X, y, epochs={epochs})
"""


def run(folder: Path, seed: int = 0, epochs: int = 100, console: Console | None = None) -> list[Training]:
    """Tell the story, and write its results into a folder.

    Parameters
    ----------
    folder : Path
        Made if it is not there; files of an earlier run are replaced.
    seed : int
        Decides the split, the first weights and the order of examples: the same seed, the same files.
    epochs : int
        Of each training.
    console : rich.console.Console, optional
        Where to tell it.
    """
    console = console or Console(highlight=False)
    started = time.perf_counter()
    folder.mkdir(parents=True, exist_ok=True)  # if this fails, let it fail before the training
    data = trainings.zeros_and_ones(seed)
    introduce(console, data)
    told = [tell_numpy(console, data, epochs)]
    told.append(tell_keras(console, data, epochs, seed, told[0]))
    told.append(tell_network(console, data, epochs, seed))
    console.print(comparison(told))
    console.print("All three tell zeros from ones: an easy task, even for one unit.")
    console.print("The same network with ten outputs instead of one tells all ten digits apart:\n")
    told.append(tell_ten(console, epochs, seed))
    with console.status("Drawing ..."):
        remarks = write_results(folder, told, {"seed": seed, "epochs": epochs})
    for remark in remarks:
        console.print(remark, style="yellow", markup=False)
    console.print(f"\nDone in {time.perf_counter() - started:.1f} s. Cost curves, graphs and numbers:", end=" ")
    console.print(str(folder / "index.html"), style="bold", markup=False, soft_wrap=True)
    return told


def introduce(console: Console, data: trainings.Data) -> None:
    """What the data are, with one digit of each kind."""
    X, X_test, y, _ = data
    console.print(Panel("How a neural network is trained, on real handwritten digits", expand=False))
    console.print(
        f"{len(X) + len(X_test)} digits, zeros and ones, 8×8 pixels each, so 64 features an example.\n"
        f"{len(X)} are for training; {len(X_test)} are held out, to count on digits never seen.\n"
    )
    pair = [X[np.argmax(y == label)].reshape(8, 8) for label in (0, 1)]
    for row in range(8):
        console.print("   " + "     ".join(shades(image[row]) for image in pair), markup=False)
    console.print()


def shades(row: np.ndarray) -> str:
    """A row of pixels as characters, two for each."""
    return "".join(" ░▒▓█"[min(4, int(pixel * 5))] * 2 for pixel in row)


def tell_numpy(console: Console, data: trainings.Data, epochs: int) -> Training:
    """(a) The three steps written out."""
    heading(console, "(a) Logistic regression in three steps, with Value and NumPy alone")
    steps = (three_steps.model, three_steps.loss, three_steps.cost, three_steps.gradient_descent)
    code(console, "\n\n".join(body_of(f) for f in steps))
    bar, each = progress_of(console, epochs)
    with bar:
        training = trainings.with_numpy(data, epochs, each)
    outcome(console, training)
    return training


def tell_keras(console: Console, data: trainings.Data, epochs: int, seed: int, first: Training) -> Training:
    """(b) The same in Keras' words, and by how much the numbers differ."""
    heading(console, "(b) The same three steps in Keras' words")
    code(console, KERAS_LOGISTIC.format(epochs=epochs))
    training = trainings.with_keras_words(data, epochs, seed, watching(console))
    outcome(console, training)
    apart = max(abs(p - q) for p, q in zip(first.costs, training.costs, strict=True))
    console.print(f"The two cost curves are the same: at no epoch are they further apart than {apart:.0e}.")
    console.print("There is nothing in `fit` but the loop of (a).\n", markup=False)
    return training


def tell_network(console: Console, data: trainings.Data, epochs: int, seed: int) -> Training:
    """(c) The network."""
    heading(console, "(c) A neural network: 25, 15 and 1 sigmoid units")
    code(console, KERAS_NETWORK.format(epochs=epochs))
    training = trainings.network(data, epochs, seed, watching(console))
    outcome(console, training)
    return training


def tell_ten(console: Console, epochs: int, seed: int) -> Training:
    """The encore."""
    heading(console, "(d) All ten digits: one output a digit, and a softmax")
    code(console, KERAS_TEN.format(epochs=epochs))
    training = trainings.ten_digits(trainings.all_digits(seed), epochs, seed, watching(console))
    outcome(console, training)
    return training


# ---------------------------------------------------------------------- how it is shown


def heading(console: Console, text: str) -> None:
    console.rule(f"[bold]{text}", align="left")


def code(console: Console, source: str) -> None:
    console.print(Syntax(source.rstrip(), "python", background_color="default", word_wrap=True))
    console.print()


def body_of(function: Any) -> str:
    """A function's source without annotations' clutter: its header in one line, then its body."""
    lines = inspect.getsource(function).splitlines()
    end = next(i for i, line in enumerate(lines) if line.rstrip().endswith(":"))
    names = ", ".join(inspect.signature(function).parameters)
    return "\n".join([f"def {function.__name__}({names}):", *lines[end + 1 :]])


def outcome(console: Console, training: Training) -> None:
    console.print(f"\ncost J: {training.costs[0]:.4f} in the first epoch, {training.costs[-1]:.6f} in the last")
    console.print(
        f"right:  {training.train_accuracy:.1%} of the training digits, "
        f"[bold]{training.test_accuracy:.1%}[/bold] of the held-out ones\n"
    )


def comparison(told: list[Training]) -> Table:
    """One table that compares the trainings."""
    table = Table(title="Three ways to tell zeros from ones", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("model", min_width=max(len(t.title) for t in told))
    for title in ("weights", "first J", "last J", "training", "held out"):
        table.add_column(title, justify="right")
    for t in told:
        table.add_row(
            t.title, f"{t.weights:,}", f"{t.costs[0]:.4f}", f"{t.costs[-1]:.6f}",
            f"{t.train_accuracy:.1%}", f"{t.test_accuracy:.1%}",
        )  # fmt: skip
    return table


def watching(console: Console) -> list[Callback]:
    """A bar in a terminal, a plain line every ten epochs elsewhere."""
    return [ProgressBar(console) if console.is_terminal else EpochLines(every=10, console=console)]


def progress_of(console: Console, epochs: int) -> tuple[Any, Any]:
    """The same for a loop without a model: a context, and what to call after each epoch."""
    watcher = watching(console)[0]
    watcher.params = {"epochs": epochs}
    return Watching(watcher), lambda epoch, J: watcher.on_epoch_end(epoch, {"loss": J})


class Watching:
    """A callback as a context: begun on entry, ended on exit, also after an error."""

    def __init__(self, watcher: Callback) -> None:
        self.watcher = watcher

    def __enter__(self) -> None:
        self.watcher.on_train_begin()

    def __exit__(self, *error: object) -> None:
        self.watcher.on_train_end()
