"""The programs of a model: training steps, predictions and scores, recorded once for each shape of batch."""

from __future__ import annotations

import sys
import warnings
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from .engine import RecordingError, Value
from .optimizers import without_gradient
from .optimizers.vectors import Vectors
from .program import Program, Step, TrainingProgram, record, step_of

P = TypeVar("P")
AT_MOST = 16  # programs are kept; each holds its buffers


class StepProgram(TrainingProgram):
    """A model's whole training step as NumPy source: forward, backward, and the optimizer's update.

    ``fit`` runs it. Print it to read it; `save` it to run it with NumPy alone.
    """

    def __init__(self, step: Step, vectors: Vectors, optimizer: Any, judges: bool = False) -> None:
        super().__init__(step, vectors.update)
        self._vectors, self._optimizer = vectors, optimizer
        self.judges = judges  # the loss looks at the predictions of each batch

    @property
    def batch_size(self) -> int:
        """For how many examples it was made."""
        return int((self.listing.inputs[0].shape or (1,))[0])

    def load(self) -> None:
        """Read the model's weights, where somebody has changed them."""
        self._vectors.load()

    def publish(self) -> None:
        """Give the model's weights their new numbers."""
        self._vectors.publish()

    def state(self) -> tuple[int, list[np.ndarray]]:
        """Copies of what a step changes."""
        return self._optimizer.iterations, self._vectors.copies()

    def restore(self, state: tuple[int, list[np.ndarray]]) -> None:
        """Take a step back."""
        self._optimizer.iterations = state[0]
        self._vectors.put_back(state[1])

    def advance(self, x: np.ndarray, y: np.ndarray) -> Any:
        """One step on the vectors: the cost, or (cost, outputs). The model's weights are published later.

        Raises
        ------
        FloatingPointError
            If the cost or the gradient is inf or nan; then nothing was changed.
        """
        optimizer = self._optimizer
        others = [v.data_to_record() for v in self.others]
        try:
            found = self.run(x, y, *others, optimizer.learning_rate, optimizer.iterations + 1.0)
        except Exception as error:
            self.explain(error)
            raise
        optimizer.iterations += 1
        return found

    def step(self, x: Any, y: Any) -> float:
        """One step of gradient descent on this batch, of the shapes that the program was made for: the cost before it.

        Parameters
        ----------
        x, y : ndarray
            Of the shapes and dtypes in `inputs`.

        Raises
        ------
        ValueError
            If a shape or dtype is another.
        FloatingPointError
            If the cost or the gradient is inf or nan; then no step was made.
        """
        for array, v in zip((x, y), self.listing.inputs, strict=False):
            if np.shape(array) != v.shape or np.asarray(array).dtype != v.dtype:
                raise ValueError(
                    f"This program takes {v.name} as {v.dtype} of shape {v.shape}; it was given "
                    f"{np.asarray(array).dtype} of shape {np.shape(array)}. fit makes a program for each shape."
                )
        with self.lock, np.errstate(all="ignore"):
            self.load()
            found = self.advance(np.asarray(x), np.asarray(y))
            self.publish()
        cost: float = found[0] if isinstance(found, tuple) else found
        return cost


class ModelPrograms:
    """The programs of one compiled model, made when they are first needed.

    Parameters
    ----------
    model : Trainer

    Attributes
    ----------
    latest : StepProgram or None
        The training step for the largest batches of the last ``fit``.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._why_not: str | None = None
        self.latest: StepProgram | None = None

    def training(self, x: np.ndarray, y: np.ndarray, weights: list[Value]) -> StepProgram | None:
        """The training step for batches like these; None where only the eager engine can make it."""
        vectors = self._model.optimizer.prepare(weights)
        if vectors is None:
            return None
        judges = self._judges(x)
        outputs_too = bool(self._model.chosen_metrics) or judges

        def make() -> StepProgram:
            step = self._step(x, y, weights, int(outputs_too), vectors.columns)
            return StepProgram(step, vectors, self._model.optimizer, judges)

        made = self._kept(("train", outputs_too, id(vectors), like(x), like(y)), make)
        if made is not None and (self.latest is None or len(x) >= self.latest.batch_size):
            self.latest = made
        return made

    def for_blank_batch(self, x: np.ndarray, loss: Any, weights: list[Value]) -> StepProgram | None:
        """The training step for a batch of zeros with labels to match."""
        with np.errstate(all="ignore"):
            outputs = self._model(x)
        return self.training(x, loss.blank_labels(np.shape(outputs), outputs.dtype), weights)

    def _judges(self, x: np.ndarray) -> bool:
        """True if the loss must look at the predictions of each batch; found by trying, once for each kind of model."""
        key = ("judges", x.shape[1:], *self._as_it_is())
        if key not in self._made:
            with np.errstate(all="ignore"):
                self._made[key] = self._model.loss.judges(self._model(x[:1]))
        return bool(self._made[key])

    def _step(self, x: np.ndarray, y: np.ndarray, weights: list[Value], extras: int, columns: list[bool]) -> Step:
        """Record the forward and the backward pass."""
        model = self._model

        def train_step(x: Any, y: Any) -> tuple[Any, ...]:
            outputs = model(x)
            cost = model.loss.cost(y, outputs)
            cost.backward()
            gradients = [gradient_of(w) for w in weights]
            return (cost, *[outputs][:extras], *gradients)

        return step_of(train_step, x, y, weights, extras, columns)

    def predictions(self, x: np.ndarray) -> Program | None:
        """f(x) for batches like this one."""
        if not self._model.built:
            with np.errstate(all="ignore"):
                self._model(x[:1])  # makes the weights, which a recording would find changed

        def predict(x: Any) -> Any:
            return self._model(x)

        return self._kept(("predict", like(x)), lambda: record(predict, x))

    def scores(self, x: np.ndarray, y: np.ndarray) -> Program | None:
        """The cost and the outputs for batches like these."""

        def evaluate(x: Any, y: Any) -> tuple[Any, Any]:
            outputs = self._model(x)
            return self._model.loss.cost(y, outputs), outputs

        return self._kept(("evaluate", like(x), like(y)), lambda: record(evaluate, x, y))

    def _kept(self, key: tuple[Hashable, ...], make: Callable[[], P]) -> P | None:
        """What was made for this key; None, and a warning the first time, if the model cannot be recorded."""
        if self._why_not is not None:
            return None
        made = self._made.get((*key, *self._as_it_is()))
        if made is None:
            try:
                made = make()
            except RecordingError as error:
                self._why_not = str(error)
                warnings.warn(
                    f"This model runs eagerly, which is slower, because it cannot be recorded as a program. {error} To "
                    f"say that this is meant: model.compile(..., run_eagerly=True).",
                    stacklevel=frames_inside() + 1,
                )
                return None
            self._made[(*key, *self._as_it_is())] = made
            if len(self._made) > AT_MOST:
                self._made.popitem(last=False)
        return made  # type: ignore[no-any-return]

    def _as_it_is(self) -> tuple[Hashable, ...]:
        """What a recording of the model depends on besides the data: another activation needs another program."""
        return repr(self._model.loss), *((id(layer), layer.changes) for layer in self._model.layers)


def no_program_yet(eager: bool) -> str:
    """Why a model has no program to show."""
    if eager:
        return "This model runs eagerly (run_eagerly=True), so that it has no program."
    return "There is no program yet: the first fit records it. Before that: model.train_program(batch_size)."


def frames_inside() -> int:
    """How many frames up the first one is that is not of this package: a warning is for the line that called it."""
    folder, level = str(Path(__file__).parent), 1
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(folder):
        frame, level = frame.f_back, level + 1
    return level - 1


def like(batch: np.ndarray) -> Hashable:
    return batch.shape, batch.dtype


def gradient_of(w: Value) -> Value:
    """The gradient that a recording found, as something that it can return."""
    if w.grad is None:
        raise ValueError(without_gradient(w))
    return w.grad if isinstance(w.grad, Value) else Value(w.grad)
