"""The story as it is told in the terminal. Its sentences depend on the numbers of this run."""

from __future__ import annotations

import time
from math import ceil
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.panel import Panel

from . import listings, trainings
from .one_example import H, before_the_first_step
from .results import PAGE, prepare, write_results
from .showing import code, comparison, heading, images, watched, watching
from .trainings import Training

WELL = 0.95
"""From this part of the held-out digits on the story says that a model tells them apart."""


def run(folder: Path, seed: int = 0, epochs: int = 100, console: Console | None = None) -> list[Training]:
    """Tell the story, and write its results into a folder.

    Parameters
    ----------
    folder : Path
        Made if it is not there; files of an earlier run are replaced, others are left alone.
    seed : int
        Decides the split, the first weights and the order of examples: the same seed, the same files.
    epochs : int
        Of each training.
    console : rich.console.Console, optional
        Where to tell it.

    Raises
    ------
    OSError
        If the folder cannot be written to, or holds a page that is not the demo's.
    """
    console = console or Console(highlight=False)
    started = time.perf_counter()
    prepare(folder)
    data = trainings.zeros_and_ones(seed)
    introduce(console, data)
    first = tell_numpy(console, data, epochs)
    second = tell_keras(console, data, epochs, seed, first)
    third = tell_network(console, data, epochs, seed, second)
    told = [first, second, third]
    console.print(comparison(told))
    console.print(f"\n{verdict(told)}\n", markup=False)
    told.append(tell_ten(console, epochs, seed))
    with console.status("Drawing ..."):
        made, remarks = write_results(folder, told, {"seed": seed, "epochs": epochs})
    for remark in remarks:
        console.print(remark, style="yellow", markup=False)
    console.print(f"Done in {time.perf_counter() - started:.1f} s. {contents(made)}:", end=" ")
    console.print(str(folder / PAGE), style="bold", markup=False, soft_wrap=True)
    return told


def introduce(console: Console, data: trainings.Data) -> None:
    """What the data are, with one digit of each kind."""
    X, X_test, y, _ = data
    console.print(Panel("How a neural network is trained, on real handwritten digits", expand=False))
    console.print(
        f"{len(X) + len(X_test)} digits, zeros and ones, 8 x 8 pixels each: {X.shape[1]} features an example.\n"
        f"{len(X)} are for training (X, y); {len(X_test)} are held out, to test on digits never seen.\n"
    )
    images(console, [X[np.argmax(y == label)].reshape(8, 8) for label in (0, 1)])


def tell_numpy(console: Console, data: trainings.Data, epochs: int) -> Training:
    """(a) The three steps written out."""
    heading(console, "(a) Logistic regression with Value and NumPy")
    code(console, listings.with_numpy(data[0].shape[1], epochs))
    tell_one_example(console, data)
    with watched(console, epochs) as each:
        training = trainings.with_numpy(data, epochs, each)
    outcome(console, training)
    return training


def tell_one_example(console: Console, data: trainings.Data) -> None:
    """A few numbers of back-propagation, and the check of one of them."""
    e = before_the_first_step(data[0][0], data[2][0])
    console.print(
        f"What J.backward() does, on one digit (y = {e.y}), at w = 0, b = 0:\n"
        f"  forward       z = {e.z:7.4f}      f = {e.f:7.4f}   L = {e.L:.4f}\n"
        f"  backward  dL/dz = {e.slope_z:7.4f}  dL/df = {e.slope_f:7.4f}\n"
        f"  so        dL/db = {e.slope_b:7.4f}  since z = w x + b\n"
        f"  check     (L(b + h) - L(b - h)) / 2h = {e.by_differences:.4f}, h = {H:g}\n",
        markup=False,
    )


def tell_keras(console: Console, data: trainings.Data, epochs: int, seed: int, first: Training) -> Training:
    """(b) The same in Keras' words, and by how much the numbers differ."""
    heading(console, "(b) The same in Keras' words")
    code(console, listings.with_keras_words(epochs))
    training = trainings.with_keras_words(data, epochs, seed, watching(console))
    outcome(console, training)
    apart = max(abs(p - q) for p, q in zip(first.costs, training.costs, strict=True))
    same = "The costs are those of (a)" if apart < 1e-9 else "The costs are near those of (a)"
    console.print(
        f"{same}: at no epoch do they differ by more than {apart:.0e}. With all {len(data[0])} examples in one batch, "
        f"fit does the loop of (a). It can do more: shuffle the examples, take a few of them for each step, and step "
        f"by other rules than SGD.\n",
        markup=False,
    )
    return training


def tell_network(console: Console, data: trainings.Data, epochs: int, seed: int, before: Training) -> Training:
    """(c) The network, and what else is different."""
    heading(console, "(c) A neural network: 25, 15, 1 sigmoid units")
    code(console, listings.network(epochs, seed))
    console.print(
        f"Two things change with the layers. compile names no optimizer, which in Keras means RMSprop, with learning "
        f"rate 0.001. fit names no batch size: 32 examples for each step, {ceil(len(data[0]) / 32)} steps an epoch.\n",
        markup=False,
    )
    training = trainings.network(data, epochs, seed, watching(console))
    outcome(console, training)
    early = min(10, epochs)
    slow = training.costs[early - 1] > 2 * before.costs[early - 1]
    console.print(
        f"After {plural(early, 'epoch')} the cost is {training.costs[early - 1]:.4g}; in (b) it was "
        f"{before.costs[early - 1]:.4g}."
        + (" A slow start: RMSprop moves a weight by only about 0.001 a step, however large its gradient." * slow)
        + "\n",
        markup=False,
    )
    return training


def tell_ten(console: Console, epochs: int, seed: int) -> Training:
    """The encore."""
    heading(console, "(d) All ten digits, and a softmax")
    data = trainings.all_digits(seed)
    console.print(
        f"Now X, y are digits of all ten kinds, y is 0 to 9: {len(data[0]):,} for training, {len(data[1])} held out. "
        f"The network has one output a digit, and the optimizer is Adam.\n",
        markup=False,
    )
    code(console, listings.ten_digits(epochs, seed))
    training = trainings.ten_digits(data, epochs, seed, watching(console))
    outcome(console, training)
    right = f"It gets {round(training.test_accuracy * len(data[1]))} of {len(data[1])} held-out digits right"
    enough = training.test_accuracy >= WELL
    console.print(f"{right}; guessing would get one in ten.{'' if enough else MORE}\n", markup=False)
    return training


MORE = " It is not trained far enough yet: take more epochs, --epochs 100."


def outcome(console: Console, training: Training) -> None:
    """Cost and accuracy, in two lines."""
    console.print(f"\ncost J: {training.costs[0]:.4g} in the first epoch, {training.costs[-1]:.4g} in the last")
    console.print(
        f"right:  {training.train_accuracy:.1%} of the training digits, "
        f"[bold]{training.test_accuracy:.1%}[/bold] of the held-out ones\n"
    )


def verdict(told: list[Training]) -> str:
    """What the table shows, in a sentence or two."""
    behind = [t for t in told if t.test_accuracy < WELL]
    if not behind:
        return "All three tell zeros from ones: an easy task, even for one unit."
    named = ", ".join(f"{t.title} ({t.test_accuracy:.1%} of the held-out digits)" for t in behind)
    return f"Not trained far enough yet: {named}. Guessing would get one in two. Take more epochs: --epochs 100."


def contents(made: list[str]) -> str:
    """What the page shows, in words."""
    kinds = {".png": "cost curves", ".svg": "graphs", ".html": "back-propagation to step through"}
    *first, last = ["numbers", *(kind for suffix, kind in kinds.items() if any(n.endswith(suffix) for n in made))]
    return (f"{', '.join(first)} and {last}" if first else last).capitalize()


def plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
