"""One epoch of gradient descent: the loop that the lecture calls "inside fit"."""

from __future__ import annotations

from typing import Any

import numpy as np

from .callbacks import CallbackList, Logs


def epoch_of_batches(
    model: Any, x: np.ndarray, y: np.ndarray, order: np.ndarray, batch_size: int, told: CallbackList
) -> Logs:
    """Go through the examples once, in this order; the mean cost and metrics over all of them.

    Parameters
    ----------
    model : Sequential
        A compiled model.
    x, y : ndarrays of length m
        Checked data.
    order : ndarray of int, shape (m,)
        Which example comes when.
    batch_size : int
        How many examples make a step.
    told : CallbackList
        Told of each batch.
    """
    totals: dict[str, float] = {}
    for batch, start in enumerate(range(0, len(x), batch_size)):
        told.tell("on_train_batch_begin", batch)
        chosen = order[start : start + batch_size]
        logs = model.train_on_batch(constant(x[chosen]), constant(y[chosen]))
        for name, value in logs.items():
            totals[name] = totals.get(name, 0.0) + value * len(chosen)
        told.tell("on_train_batch_end", batch, logs)
    return {name: total / len(x) for name, total in totals.items()}


def constant(batch: np.ndarray) -> np.ndarray:
    """A batch that nobody can change, so that recording it needs no copy."""
    batch.flags.writeable = False
    return batch
