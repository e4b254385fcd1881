"""The engine: Values, the rules of differentiation, and back-propagation. It imports NumPy alone.

What is made of them (`calculus`, `matrices`, `customizing`, `gradcheck`, `joining`) is imported when it is asked for.
"""

from . import rules
from .backprop import StaleGraph
from .recording import no_grad, reachable
from .rules.neural import log_softmax, relu, sigmoid, sigmoid_crossentropy, softmax, softmax_crossentropy
from .rules.table import MissingRule, Operation, no_gradient, primitive, rule
from .tracing import RecordingError
from .value import Value

__all__ = [
    "MissingRule",
    "Operation",
    "RecordingError",
    "StaleGraph",
    "Value",
    "log_softmax",
    "no_grad",
    "no_gradient",
    "primitive",
    "reachable",
    "relu",
    "rule",
    "rules",
    "sigmoid",
    "sigmoid_crossentropy",
    "softmax",
    "softmax_crossentropy",
]
