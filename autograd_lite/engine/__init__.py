"""The engine: Values, the rules of differentiation, and back-propagation. It imports NumPy alone."""

from . import rules
from .backprop import StaleGraph
from .calculus import elementwise_grad, grad, jvp, value_and_grad, vjp
from .customizing import checkpoint, custom, stop_gradient
from .gradcheck import GradientMismatch, check_grad
from .joining import array
from .matrices import hessian, hvp, jacobian
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
    "checkpoint",
    "custom",
    "elementwise_grad",
    "grad",
    "hessian",
    "hvp",
    "jacobian",
    "jvp",
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
    "stop_gradient",
    "value_and_grad",
    "vjp",
]
