"""Losses: step 2 of the three. The *loss* L(f(x), y) is that of one example; the *cost* J is its mean.

A loss called on a whole batch gives the cost; ``reduction="none"`` gives the loss of each example.
The names and formulas are Keras'. Where a prediction came from a sigmoid or a softmax, the
cross-entropies go back to its logit z and use a form that is exact for any z, where Keras clips
the probability at 1e-7.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..naming import named_or_made, snake_case
from .base import FunctionLoss, Loss
from .crossentropies import BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy
from .distances import MeanAbsoluteError, MeanSquaredError

__all__ = [
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "Loss",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "SparseCategoricalCrossentropy",
    "get",
]

LOSSES = {
    snake_case(cls.__name__): cls
    for cls in (
        BinaryCrossentropy, CategoricalCrossentropy, MeanAbsoluteError, MeanSquaredError, SparseCategoricalCrossentropy,
    )
}  # fmt: skip
LOSSES |= {"bce": BinaryCrossentropy, "mse": MeanSquaredError, "mae": MeanAbsoluteError}


def get(identifier: str | Loss | Callable[[Any, Any], Any]) -> Loss:
    """A loss by Keras' name, as an object, or as a function of labels and predictions.

    Raises
    ------
    ValueError
        If no loss has that name.
    TypeError
        If it is none of these, such as a class that was not called.

    Examples
    --------
    >>> get("binary_crossentropy")
    BinaryCrossentropy()
    """
    if callable(identifier) and not isinstance(identifier, Loss | type):
        return FunctionLoss(identifier)
    found: Loss = named_or_made(identifier, LOSSES, Loss, "loss", "mse")
    return found
