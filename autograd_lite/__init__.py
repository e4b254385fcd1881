"""autograd_lite: see how a neural network is trained.

Write NumPy, see the graph, and train in Keras' own words. ``Value`` is where to start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
from .version import __version__

if TYPE_CHECKING:
    from . import datasets
    from .drawing import draw


def __getattr__(name: str) -> Any:
    """Import pictures and data when they are first asked for: what they need takes as long as all the rest."""
    if name == "draw":
        from .drawing import draw

        return draw
    if name == "datasets":
        return import_module(".datasets", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "GradientMismatch",
    "Input",
    "MissingRule",
    "NonFiniteError",
    "Sequential",
    "StaleGraph",
    "Value",
    "__version__",
    "activations",
    "array",
    "callbacks",
    "check_grad",
    "datasets",
    "draw",
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
