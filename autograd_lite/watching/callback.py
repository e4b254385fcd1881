"""`WatchTraining`: a callback that shows a training while it runs, and can play it back afterwards."""

from __future__ import annotations

import os
import warnings
from typing import Any

import numpy as np

from ..callbacks import Callback, Logs
from ..drawing.saving import written
from ..drawing.text import clean
from .boundary import Boundary, boundary_of
from .files import page_path
from .looking import (
    EXPLODING,
    VANISHING,
    Examples,
    back_propagated,
    description,
    examples_for,
    examples_of,
    names_of,
    sizes,
)
from .maps import Maps, maps_of
from .neurons import Neurons, neurons_of
from .notebooks import Output
from .pace import BETWEEN_WRITES, Pace
from .page import page_of
from .picture import SHADES, Numbers, Picture
from .recording import MOST_MOMENTS, Recording, briefly, finite


class WatchTraining(Callback):
    """Write a page that shows a training while it runs; when it is over, the page plays it back.

    The page has the curves of the loss and the metrics, the graph of the cost with the weights and gradients in it,
    how large the gradient of each weight is, and for a model of two inputs its decision boundary. Open the file in a
    browser at any time: it keeps itself up to date, and needs no network. The numbers of the training are the same
    with and without it.

    Parameters
    ----------
    path : str or path, or None
        The page, ``.html``. None: in a notebook, one output below the cell.
    every : int, optional
        Look after every so many epochs. By default after each one, as long as that takes little time: 0.6 seconds and a
        twentieth of the time. If there are more moments than ``most``, every second one is forgotten.
    data : (X, y), optional
        The examples whose gradients, activations and decision boundary are shown; by default some of those that are
        trained on.
    most : int
        How many moments the page keeps.

    Raises
    ------
    ValueError, TypeError, FileNotFoundError
        If an argument is out of range, or the page cannot be where it is wanted.

    Examples
    --------
    >>> import os, tempfile
    >>> import autograd_lite as ag
    >>> X, y = ag.datasets.moons(100)
    >>> model = ag.Sequential([ag.layers.Dense(4, activation="tanh"), ag.layers.Dense(1, activation="sigmoid")])
    >>> model.compile(loss="binary_crossentropy", optimizer="adam")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     watch = ag.WatchTraining(os.path.join(folder, "training.html"))
    ...     history = model.fit(X, y, epochs=3, verbose=0, callbacks=[watch])
    ...     watch
    <WatchTraining training.html: 4 moments of 3 epochs>
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = "training.html",
        every: int | None = None,
        data: Any = None,
        most: int = MOST_MOMENTS,
    ) -> None:
        for name, number, least in (("every", every, 1), ("most", most, 2)):
            if number is not None and (isinstance(number, bool) or not isinstance(number, int) or number < least):
                raise ValueError(
                    f"WatchTraining was given {name}={number!r}; it must be a whole number, {least} or more."
                )
        self.path = None if path is None else page_path(path)
        self._output = Output() if path is None else None
        self._every, self._data, self._most = every, data, most
        self._trained_on: tuple[np.ndarray, np.ndarray] | None = None
        self.recording = Recording(most)
        self._epochs_done, self._inside_epoch = 0, False
        self._facts: dict[str, Any] = {}
        self._picture: Picture | None = None
        self._blind = False  # looking has failed

    @property
    def subject(self) -> str:
        """What is shown, once a training has begun: ``moons, 2 → 8 → 1, BinaryCrossentropy, …``."""
        return f"{self._facts['title']}, {self._facts['about']}"

    # ------------------------------------------------------------------ what fit tells

    def set_data(self, x: np.ndarray, y: np.ndarray) -> None:
        self._trained_on = x, y

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self._pace = Pace(int(self.params.get("epochs", 1)), BETWEEN_WRITES if self._output is None else 1.0)
        with self._pace.watching():
            self._begin()
        self._look(0)
        self._write(live=True)

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._inside_epoch = True

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        self._epochs_done, self._inside_epoch = epoch + 1, False
        self.recording.add_logs(epoch + 1, logs)
        if self.recording.wants(epoch + 1) and (self._every is not None or self._pace.allows(epoch + 1)):
            self._look(epoch + 1)
        if self._pace.allows_writing():
            self._write(live=True)

    def on_train_end(self, logs: Logs | None = None) -> None:
        now = self._epochs_done + 0.5 * self._inside_epoch  # a training may be stopped within an epoch
        if self.recording.moments and self.recording.moments[-1][0] != now:
            self._look(now, last=True)
        self._write(live=False)
        self._trained_on = None

    # ------------------------------------------------------------------ what is done about it

    def _begin(self) -> None:
        """Find out what there is to see."""
        model, epochs = self.model, int(self.params.get("epochs", 1))
        self._picture, self._blind = None, False
        self.recording = Recording(self._most, self._every or max(1, -(-epochs // (self._most - 1))))
        self._epochs_done, self._inside_epoch = 0, False
        self._examples = self._examples_to_watch()
        self._weights = list(model.weights)
        self._boundary: Boundary | None = boundary_of(model, self._examples.x, self._examples.y)
        self._neurons: Neurons | None = neurons_of(model)
        self._maps: Maps | None = None if self._neurons else maps_of(model)
        self._last_numbers: list[Numbers | None] = []
        self._facts = {
            "title": clean(str(getattr(model, "name", "") or "model"), 40),
            "about": description(model, self.params),
            "planned": epochs,
            "weights": names_of(model),
            "kernels": [i for i, w in enumerate(self._weights) if w.ndim > 1],
            "examples": [len(self._examples.x), self._examples.of],
            "shades": SHADES,
            "limits": [VANISHING, EXPLODING],
            "boundary": self._boundary and self._boundary.facts,
            "neurons": self._neurons and self._neurons.facts,
            "maps": self._maps and self._maps.facts,
        }

    def _examples_to_watch(self) -> Examples:
        if self._data is not None:
            return examples_for(self.model, self._data)
        if self._trained_on is None:
            raise RuntimeError(
                "WatchTraining was not told what the model is trained on, as fit does. Give it some examples: "
                "WatchTraining(data=(X, y))."
            )
        return examples_of(*self._trained_on)

    def _look(self, epoch: float, last: bool = False) -> None:
        """Add a moment to the record; what goes wrong here is no reason to stop a training."""
        if self._blind:
            return
        try:
            self._see(epoch, last)
        except Exception as error:
            self._blind = True
            warnings.warn(f"WatchTraining cannot look at this model any more: {error} Training goes on.", stacklevel=2)

    def _see(self, epoch: float, last: bool) -> None:
        with self._pace.looking(epoch), back_propagated(self.model, self._examples) as cost:
            gradients, weights = sizes(self._weights)
            moment: dict[str, Any] = {
                "cost": finite(f"{cost.item():.4g}"), "g": briefly(gradients), "w": briefly(weights)
            }  # fmt: skip
            if self._picture is None:
                self._picture = Picture(cost, self._examples)
                self._facts |= {"cards": self._picture.names, "folded": self._picture.folded}
            if numbers := self._picture.numbers(cost):
                moment["c"] = [n and [*n.texts, *n.heats, *([n.words] if n.words else [])] for n in numbers]
                self._last_numbers = numbers
            for letter, part in (("n", self._neurons), ("k", self._maps), ("b", self._boundary)):
                if part is not None:
                    moment[letter] = part.seen()
            self.recording.add(epoch, moment, last)

    def _write(self, live: bool) -> None:
        """Write the page anew, or show it in the notebook."""
        if self._picture is None:  # training ended before anything could be seen
            return
        with self._pace.writing():
            facts = self._facts | {
                "live": live and self._output is None,
                "done": self._epochs_done,
                "running": live,
                "watching": [round(self._pace.spent, 3), round(self._pace.elapsed, 3)],
            }
            page = page_of(
                self.recording.text(facts, live and self._output is not None), self._facts, self._svg(), live
            )
            if self.path is None:
                assert self._output is not None
                still = "" if live else self._picture.still(self._last_numbers)
                self._output.show(page, f"Training of {self._facts['title']}", still)
                return
            try:
                written(self.path, page)
            except OSError as error:
                warnings.warn(f"WatchTraining could not write {self.path}: {error}. Training goes on.", stacklevel=2)

    def _svg(self) -> str:
        assert self._picture is not None
        return self._picture.svg(self._last_numbers)

    def __repr__(self) -> str:
        where = self.path.name if self.path else "in the notebook"
        return f"<WatchTraining {where}: {len(self.recording.moments)} moments of {self._epochs_done} epochs>"
