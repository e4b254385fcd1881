"""autograd_lite: see how a neural network is trained.

Write NumPy, see the graph, and train in Keras' own words. ``Value`` is where to start.
"""

from . import activations, callbacks, initializers, layers, losses, metrics, models, optimizers
from .engine import (
    GradientMismatch,
    MissingRule,
    StaleGraph,
    Value,
    array,
    check_grad,
    grad,
    log_softmax,
    no_grad,
    no_gradient,
    primitive,
    reachable,
    relu,
    rule,
    sigmoid,
    softmax,
    value_and_grad,
)
from .layers import Input
from .models import NonFiniteError, Sequential

__version__ = "0.1.0"

__all__ = [
    "GradientMismatch",
    "Input",
    "MissingRule",
    "NonFiniteError",
    "Sequential",
    "StaleGraph",
    "Value",
    "activations",
    "array",
    "callbacks",
    "check_grad",
    "grad",
    "initializers",
    "layers",
    "log_softmax",
    "losses",
    "metrics",
    "models",
    "no_grad",
    "no_gradient",
    "optimizers",
    "primitive",
    "reachable",
    "relu",
    "rule",
    "sigmoid",
    "softmax",
    "value_and_grad",
]
