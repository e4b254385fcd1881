"""Activations: the function g in a = g(z) that a layer applies to each entry of z (or to each row).

Each works on numbers, arrays and Values. The names are Keras'.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .engine import log_softmax, relu, sigmoid, softmax
from .naming import named

__all__ = ["get", "known_name", "linear", "log_softmax", "relu", "sigmoid", "softmax", "tanh"]

Activation = Callable[[Any], Any]


def linear(x: Any) -> Any:
    """g(z) = z: no activation, for regression and for logits.

    Examples
    --------
    >>> linear(2.0)
    2.0
    """
    return x


def tanh(x: Any) -> Any:
    """The hyperbolic tangent, between -1 and 1.

    Examples
    --------
    >>> float(tanh(0.0))
    0.0
    """
    return np.tanh(x)


ACTIVATIONS: dict[str, Activation] = {
    "linear": linear,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "softmax": softmax,
    "log_softmax": log_softmax,
}


def get(identifier: str | Activation | None) -> Activation:
    """An activation by Keras' name, as a function, or None for `linear`.

    Raises
    ------
    ValueError
        If no activation has that name.
    TypeError
        If it is neither a name nor a function.

    Examples
    --------
    >>> get("sigmoid")(0.0)
    0.5
    """
    if identifier is None:
        return linear
    if isinstance(identifier, str):
        activation: Activation = named(identifier, ACTIVATIONS, "activation")
        return activation
    if callable(identifier):
        return identifier
    raise TypeError(f"An activation is a name such as 'sigmoid' or a function; {identifier!r} was given.")


def known_name(activation: Any) -> str:
    """The name of one of these activations; "" for anything else, whatever it calls itself.

    Examples
    --------
    >>> known_name(sigmoid), known_name(lambda z: z)
    ('sigmoid', '')
    """
    return next((name for name, known in ACTIVATIONS.items() if known is activation), "")
