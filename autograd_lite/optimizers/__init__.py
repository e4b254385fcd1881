"""Optimizers: what gradient descent does with the gradient. Formulas and defaults are Keras'.

All weights are one long vector to an optimizer: its formula is written once, for that vector, and
each weight gets its part of the step.
"""

from __future__ import annotations

from ..naming import named_or_made, snake_case
from .base import Optimizer, without_gradient
from .formulas import SGD, Adam, RMSprop

__all__ = ["SGD", "Adam", "Optimizer", "RMSprop", "get", "without_gradient"]

OPTIMIZERS = {snake_case(cls.__name__): cls for cls in (SGD, RMSprop, Adam)}


def get(identifier: str | Optimizer) -> Optimizer:
    """An optimizer by Keras' name, with its default settings, or as an object.

    Raises
    ------
    ValueError
        If no optimizer has that name.
    TypeError
        If it is neither a name nor an Optimizer.

    Examples
    --------
    >>> get("adam")
    Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07)
    """
    found: Optimizer = named_or_made(identifier, OPTIMIZERS, Optimizer, "optimizer", "adam")
    return found
