"""autograd_lite: see how a neural network is trained.

Write NumPy, see the graph, and train in Keras' own words. ``Value`` is where to start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .engine import (
    MissingRule,
    RecordingError,
    StaleGraph,
    Value,
    log_softmax,
    no_grad,
    no_gradient,
    primitive,
    reachable,
    relu,
    rule,
    sigmoid,
    softmax,
)
from .version import __version__

if TYPE_CHECKING:
    from . import activations, callbacks, datasets, initializers, layers, losses, metrics, models, optimizers, plots
    from . import scipy as scipy
    from . import watching as watching
    from .drawing import draw
    from .engine.calculus import elementwise_grad, grad, jvp, value_and_grad, vjp
    from .engine.customizing import checkpoint, custom, stop_gradient
    from .engine.gradcheck import GradientMismatch, check_grad
    from .engine.joining import array
    from .engine.matrices import hessian, hvp, jacobian
    from .layers import Input
    from .models import NonFiniteError, Sequential
    from .program import Program, compile, record
    from .stepping import steps
    from .watching import WatchTraining

# Imported when they are first asked for: who wants gradients alone should not wait for the rest.
ON_DEMAND = {
    "Input": "layers", "NonFiniteError": "models", "Program": "program", "Sequential": "models", "compile": "program",
    "WatchTraining": "watching", "draw": "drawing", "record": "program", "steps": "stepping",
    "GradientMismatch": "engine.gradcheck", "check_grad": "engine.gradcheck", "array": "engine.joining",
    "elementwise_grad": "engine.calculus", "grad": "engine.calculus", "jvp": "engine.calculus",
    "value_and_grad": "engine.calculus", "vjp": "engine.calculus",
    "hessian": "engine.matrices", "hvp": "engine.matrices", "jacobian": "engine.matrices",
    "checkpoint": "engine.customizing", "custom": "engine.customizing", "stop_gradient": "engine.customizing",
}  # fmt: skip
ROOMS = frozenset(
    {
        "activations", "callbacks", "datasets", "initializers", "layers", "losses", "metrics", "models", "optimizers",
        "plots", "scipy", "watching",
    }
)  # fmt: skip


def __getattr__(name: str) -> Any:
    """Find what is imported on demand."""
    if name in ROOMS:
        return import_module(f".{name}", __name__)
    if name in ON_DEMAND:
        found = globals()[name] = getattr(import_module(f".{ON_DEMAND[name]}", __name__), name)
        return found
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
    "WatchTraining",
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
    "plots",
    "primitive",
    "reachable",
    "record",
    "relu",
    "rule",
    "sigmoid",
    "softmax",
    "steps",
    "stop_gradient",
    "value_and_grad",
    "vjp",
    "watching",
]
