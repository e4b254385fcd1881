"""The engine: Values, the rules of differentiation, and back-propagation. It imports NumPy alone."""

from . import rules
from .backprop import StaleGraph
from .calculus import grad, value_and_grad
from .gradcheck import GradientMismatch, check_grad
from .joining import array
from .recording import no_grad, reachable
from .rules.neural import log_softmax, relu, sigmoid, sigmoid_crossentropy, softmax, softmax_crossentropy
from .rules.table import MissingRule, Operation, no_gradient, primitive, rule
from .tracing import RecordingError
from .value import Value

__all__ = [
    "GradientMismatch",
    "MissingRule",
    "Operation",
    "RecordingError",
    "StaleGraph",
    "Value",
    "array",
    "check_grad",
    "grad",
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
    "value_and_grad",
]
