"""autograd_lite: see how a neural network is trained.

Write NumPy, see the graph, and train in Keras' own words. ``Value`` is where to start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .engine import (
    GradientMismatch,
    MissingRule,
    RecordingError,
    StaleGraph,
    Value,
    array,
    check_grad,
    checkpoint,
    custom,
    elementwise_grad,
    grad,
    hessian,
    hvp,
    jacobian,
    jvp,
    log_softmax,
    no_grad,
    no_gradient,
    primitive,
    reachable,
    relu,
    rule,
    sigmoid,
    softmax,
    stop_gradient,
    value_and_grad,
    vjp,
)
from .version import __version__

if TYPE_CHECKING:
    from . import activations, callbacks, datasets, initializers, layers, losses, metrics, models, optimizers
    from .drawing import draw
    from .layers import Input
    from .models import NonFiniteError, Sequential
    from .program import Program, compile, record

# Imported when they are first asked for: who wants gradients alone should not wait for the rest.
ON_DEMAND = {
    "Input": "layers", "NonFiniteError": "models", "Program": "program", "Sequential": "models", "compile": "program",
    "draw": "drawing", "record": "program",
}  # fmt: skip
ROOMS = frozenset(
    {
        "activations", "callbacks", "datasets", "initializers", "layers", "losses", "metrics", "models", "optimizers",
    }
)  # fmt: skip


def __getattr__(name: str) -> Any:
    """Find what is imported on demand."""
    if name in ROOMS:
        return import_module(f".{name}", __name__)
    if name in ON_DEMAND:
        return getattr(import_module(f".{ON_DEMAND[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__


__all__ = [
    "GradientMismatch",
    "Input",
    "MissingRule",
    "NonFiniteError",
    "Program",
    "RecordingError",
    "Sequential",
    "StaleGraph",
    "Value",
    "__version__",
    "activations",
    "array",
    "callbacks",
    "check_grad",
    "checkpoint",
    "compile",
    "custom",
    "datasets",
    "draw",
    "elementwise_grad",
    "grad",
    "hessian",
    "hvp",
    "initializers",
    "jacobian",
    "jvp",
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
    "record",
    "relu",
    "rule",
    "sigmoid",
    "softmax",
    "stop_gradient",
    "value_and_grad",
    "vjp",
]
