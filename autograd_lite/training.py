"""Gradient descent itself: one step, one epoch of steps, and scores without steps. This is what is inside ``fit``.

A step runs as a program, the whole of it written out as NumPy, or eagerly, a graph a step; the
numbers are the same.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from . import metrics
from .callbacks import CallbackList, Logs
from .engine import Value
from .nonfinite import NonFiniteError, culprit
from .step_programs import ModelPrograms, StepProgram


@np.errstate(all="ignore")  # what NumPy would warn of is inf or nan in the cost or a gradient, and those are checked
def step(model: Any, x: np.ndarray, y: np.ndarray, weights: list[Value]) -> Logs:
    """One eager step of gradient descent on checked data: the cost and the metrics before the step.

    Parameters
    ----------
    model : Trainer
        A compiled model.
    x, y : ndarrays of length m
        Checked data.
    weights : list of Value
        What is changed: the model's trainable weights.

    Raises
    ------
    NonFiniteError
        If the cost or a gradient is inf or nan.
    """
    outputs = model(x)
    if model.loss.judges(outputs):
        model.loss.check_predictions(outputs)
    cost = model.loss.cost(y, outputs)
    value = cost.item()
    if not math.isfinite(value):
        raise NonFiniteError(culprit(cost, model.optimizer.learning_rate))
    cost.backward()
    logs = {"loss": value} | measured(model, y, outputs.data)
    model.optimizer.apply([w.grad for w in weights], weights)
    return logs


def step_by_program(model: Any, program: StepProgram, x: np.ndarray, y: np.ndarray, weights: list[Value]) -> Logs:
    """The same step by the program: its weights are changed, and published later.

    A cost or gradient that is inf or nan is looked into by the eager engine, which finds out where it came from.
    """
    judging = program.judges and program.state()
    try:
        found = program.advance(x, y)
    except FloatingPointError:
        program.publish()
        logs = step(model, x, y, weights)
        program.load()
        return logs
    if not isinstance(found, tuple):
        return {"loss": found}
    cost, outputs = found
    if judging:
        try:
            model.loss.check_predictions(outputs)
        except ValueError:
            program.restore(judging)
            raise
    return {"loss": cost} | measured(model, y, outputs)


def epoch_of_batches(
    model: Any,
    x: np.ndarray,
    y: np.ndarray,
    weights: list[Value],
    order: np.ndarray,
    batch_size: int,
    told: CallbackList,
    programs: ModelPrograms | None,
) -> Logs:
    """Go through the examples once, in this order; the mean cost and metrics over all of them.

    Parameters
    ----------
    model, x, y, weights : as for `step`
    order : ndarray of int, shape (m,)
        Which example comes when.
    batch_size : int
        How many examples make a step.
    told : CallbackList
        Told of each batch.
    programs : ModelPrograms or None
        None: run eagerly.
    """
    totals: dict[str, float] = {}
    stepper = Stepper(model, weights, programs, seen=told.sees_steps or any_own_metric(model))
    with stepper:
        for batch, start in enumerate(range(0, len(x), batch_size)):
            told.tell("on_train_batch_begin", batch, {})
            chosen = order[start : start + batch_size]
            logs = stepper.step(constant(x.take(chosen, axis=0)), constant(y.take(chosen, axis=0)))
            for name, value in logs.items():
                totals[name] = totals.get(name, 0.0) + value * len(chosen)
            told.tell("on_train_batch_end", batch, logs)
    return {name: total / len(x) for name, total in totals.items()}


class Stepper:
    """Makes the steps of an epoch, by programs where there are some.

    The weights are published when the epoch ends; after each step, if somebody sees them in between.
    """

    def __init__(self, model: Any, weights: list[Value], programs: ModelPrograms | None, seen: bool) -> None:
        self._model, self._weights, self._programs, self._seen = model, weights, programs, seen
        self._by_shape: dict[tuple[int, ...], StepProgram | None] = {}
        self._latest: StepProgram | None = None

    def __enter__(self) -> Stepper:
        return self

    def __exit__(self, *error: Any) -> None:
        if self._latest is not None and not self._seen:
            self._latest.publish()

    def step(self, x: np.ndarray, y: np.ndarray) -> Logs:
        """One step on a batch."""
        program = self._program(x, y)
        if program is None:
            return step(self._model, x, y, self._weights)
        with program.lock, np.errstate(all="ignore"):
            if self._latest is None or self._seen:
                program.load()
            self._latest = program
            logs = step_by_program(self._model, program, x, y, self._weights)
            if self._seen:
                program.publish()
        return logs

    def _program(self, x: np.ndarray, y: np.ndarray) -> StepProgram | None:
        if self._programs is None:
            return None
        if x.shape not in self._by_shape:
            if self._latest is not None and not self._seen:
                self._latest.publish()  # a recording looks at the weights
            self._by_shape[x.shape] = self._programs.training(x, y, self._weights)
        return self._by_shape[x.shape]


def any_own_metric(model: Any) -> bool:
    """True if a metric is a user's function, which may look at the weights."""
    return any(metric not in (None, *metrics.METRICS.values()) for _, metric in model.chosen_metrics)


def constant(batch: np.ndarray) -> np.ndarray:
    """A batch that nobody can change, so that recording it needs no copy."""
    batch.flags.writeable = False
    return batch


def scores(model: Any, x: np.ndarray, y: np.ndarray, batch_size: int, programs: ModelPrograms | None) -> Logs:
    """The cost and the metrics on checked data, without training.

    The cost is the mean over batches, as that of an epoch is. It depends on the batches only where
    a loss sums over its examples (``reduction="sum"``); the metrics never do.
    """
    total, outputs = 0.0, []
    for start in range(0, len(x), batch_size):
        batch = slice(start, start + batch_size)
        program = programs.scores(x[batch], y[batch]) if programs is not None else None
        cost, f = program(x[batch], y[batch]) if program is not None else scored(model, x[batch], y[batch])
        if model.loss.judges(f):
            model.loss.check_predictions(f)
        total += cost * len(f)
        outputs.append(f)
    return {"loss": total / len(x)} | measured(model, y, np.concatenate(outputs))


def scored(model: Any, x: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """The cost and the outputs, eagerly."""
    f = model(x)
    return model.loss.cost(y, f).item(), f.data


def predicted(model: Any, x: np.ndarray, batch_size: int, programs: ModelPrograms | None) -> np.ndarray:
    """The outputs for all examples, so many at a time."""
    found = []
    for start in range(0, len(x), batch_size):
        batch = x[start : start + batch_size]
        program = programs.predictions(batch) if programs is not None else None
        outputs = program(batch) if program is not None else model(batch)
        found.append(outputs.data if isinstance(outputs, Value) else np.asarray(outputs))
    return np.concatenate(found)


def measured(model: Any, y: np.ndarray, outputs: np.ndarray) -> Logs:
    """The metrics of predictions. They are given probabilities (or values), also where the outputs are logits."""
    if not model.chosen_metrics:
        return {}
    probabilities = model.loss.probabilities(outputs)
    accuracy = metrics.fitting_accuracy(y.shape, outputs_of(outputs.shape))
    results = {name: (metric or accuracy)(y, probabilities) for name, metric in model.chosen_metrics}
    # A metric may give one number for each example, as Keras' do: their mean is meant.
    return {name: float(np.mean(r.data if isinstance(r, Value) else r)) for name, r in results.items()}


def outputs_of(shape: tuple[int, ...]) -> int:
    """How many outputs an example has, from the shape of a batch of them."""
    return shape[-1] if len(shape) > 1 else 1


def in_keras_form(found: Logs, return_dict: bool) -> Any:
    """As a dict by name; else the cost alone, or a list of the cost and the metrics."""
    if return_dict:
        return found
    return list(found.values()) if len(found) > 1 else found["loss"]
