"""Gradient descent itself: one step, one epoch of steps, and scores without steps. This is what is inside ``fit``."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from . import metrics
from .callbacks import CallbackList, Logs
from .engine import Value
from .nonfinite import NonFiniteError, culprit


@np.errstate(all="ignore")  # what NumPy would warn of is inf or nan in the cost or a gradient, and those are checked
def step(model: Any, x: np.ndarray, y: np.ndarray, weights: list[Value]) -> Logs:
    """One step of gradient descent on checked data: the cost and the metrics before the step.

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
    cost = model.loss.cost(y, outputs)
    value = cost.item()
    if not math.isfinite(value):
        raise NonFiniteError(culprit(cost, model.optimizer.learning_rate))
    cost.backward()
    logs = {"loss": value} | measured(model, y, outputs.data)
    model.optimizer.apply([w.grad for w in weights], weights)
    return logs


def epoch_of_batches(
    model: Any,
    x: np.ndarray,
    y: np.ndarray,
    weights: list[Value],
    order: np.ndarray,
    batch_size: int,
    told: CallbackList,
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
    """
    totals: dict[str, float] = {}
    for batch, start in enumerate(range(0, len(x), batch_size)):
        told.tell("on_train_batch_begin", batch, {})
        chosen = order[start : start + batch_size]
        logs = step(model, constant(x[chosen]), constant(y[chosen]), weights)
        for name, value in logs.items():
            totals[name] = totals.get(name, 0.0) + value * len(chosen)
        told.tell("on_train_batch_end", batch, logs)
    return {name: total / len(x) for name, total in totals.items()}


def constant(batch: np.ndarray) -> np.ndarray:
    """A batch that nobody can change, so that recording it needs no copy."""
    batch.flags.writeable = False
    return batch


def scores(model: Any, x: np.ndarray, y: np.ndarray, batch_size: int) -> Logs:
    """The cost and the metrics on checked data, without training.

    The cost is the mean over batches, as that of an epoch is. It depends on the batches only where
    a loss sums over its examples (``reduction="sum"``); the metrics never do.
    """
    total, outputs = 0.0, []
    for start in range(0, len(x), batch_size):
        batch = slice(start, start + batch_size)
        f = model(x[batch])
        total += model.loss.cost(y[batch], f).item() * len(f)
        outputs.append(f.data)
    return {"loss": total / len(x)} | measured(model, y, np.concatenate(outputs))


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
