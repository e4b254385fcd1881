"""Functions that NumPy does not have and every network needs, in numerically stable form."""

import math
from typing import Any

import numpy as np

from .table import primitive, rule


@primitive
def sigmoid(x: Any) -> Any:
    """The logistic function g(z) = 1 / (1 + e^-z), without overflow for any z.

    Parameters
    ----------
    x : array_like or Value, any shape
        The logit z.

    Returns
    -------
    ndarray, float or Value, the shape of x
        Between 0 and 1; below z = -700 (-87 in float32), where e^-z would overflow, the value there.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> ag.sigmoid(0.0)
    0.5
    >>> ag.grad(ag.sigmoid)(0.0)
    0.25
    """
    x = np.asarray(x)
    lowest = -700.0 if x.dtype.itemsize == 8 else -87.0  # float64; float32
    e = np.exp(-np.maximum(x, lowest))
    e += 1
    return _plain(np.reciprocal(e))


@primitive
def relu(x: Any) -> Any:
    """The rectified linear unit max(z, 0); its slope at 0 is taken as 0.

    Parameters
    ----------
    x : array_like or Value, any shape

    Returns
    -------
    ndarray, float or Value, the shape of x

    Examples
    --------
    >>> import autograd_lite as ag
    >>> ag.relu([-1.0, 2.0])
    array([0., 2.])
    """
    return _plain(np.maximum(x, 0))


@primitive
def softmax(x: Any, axis: int = -1) -> Any:
    """Probabilities e^z_j / Σ_k e^z_k along an axis; the largest logit is subtracted first.

    Parameters
    ----------
    x : array_like or Value, any shape
        The logits.
    axis : int
        The axis along which the results sum to 1.

    Returns
    -------
    ndarray or Value, the shape of x

    Examples
    --------
    >>> import autograd_lite as ag
    >>> ag.softmax([0.0, 0.0])
    array([0.5, 0.5])
    """
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


@primitive
def log_softmax(x: Any, axis: int = -1) -> Any:
    """The logarithm of `softmax`, exact where a probability would round to 0 or 1.

    Parameters
    ----------
    x : array_like or Value, any shape
        The logits.
    axis : int
        The axis along which the probabilities sum to 1.

    Returns
    -------
    ndarray or Value, the shape of x

    Examples
    --------
    >>> import autograd_lite as ag
    >>> ag.log_softmax([1000.0, 0.0])
    array([    0., -1000.])
    """
    z = x - np.max(x, axis=axis, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=axis, keepdims=True))


@primitive
def sigmoid_crossentropy(z: Any, y: Any) -> Any:
    """The loss -y log f - (1 - y) log(1 - f) of f = sigmoid(z), computed from the logit z.

    Parameters
    ----------
    z : array_like or Value, any shape
        The logits.
    y : array_like of 0 and 1, the shape of z
        The labels.

    Returns
    -------
    ndarray, float or Value, the shape of z
        log(1 + e^z) - y z, the same number, exact for any z. Its derivative is f - y.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> ag.grad(ag.engine.sigmoid_crossentropy)(0.0, 1.0)
    -0.5
    """
    return _plain(np.asarray(softplus(z) - np.multiply(y, z)))


FEW = 256


def softplus(z: Any) -> Any:
    """log(1 + e^z) for any z. NumPy's logaddexp takes ten times as long for each entry, but fewer calls."""
    if np.size(z) < FEW:
        return np.logaddexp(0, z)
    return np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0)


@primitive
def softmax_crossentropy(z: Any, y: Any) -> Any:
    """The loss -Σ y_j log f_j of f = softmax(z), computed from the logits z.

    Parameters
    ----------
    z : array_like or Value, shape (K,) or (m, K)
        The logits.
    y : array_like, int of shape () or (m,), or float of the shape of z
        The class of each example, or rows of probabilities.

    Returns
    -------
    ndarray, float or Value, shape () or (m,)
        Its derivative with respect to z is f - y, y written as a row of one 1 and zeros.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> ag.grad(lambda z: ag.engine.softmax_crossentropy(z, 1))(np.zeros(2))
    array([ 0.5, -0.5])
    """
    log_f, y = log_softmax(np.asarray(z)), np.asarray(y)
    if y.ndim < log_f.ndim:
        return -np.take_along_axis(log_f, y[..., None], axis=-1)[..., 0]
    return -np.sum(y * log_f, axis=-1)


def error_of_softmax(z: Any, y: Any) -> Any:
    """F - y of f = softmax(z): the derivative of its cross-entropy. A class number y means a row of one 1 and zeros."""
    if np.ndim(y) < np.ndim(z):
        return softmax(z) - np.equal(np.expand_dims(y, -1), np.arange(np.shape(z)[-1]))
    return softmax(z) * np.sum(y, axis=-1, keepdims=True) - y


def from_rows(g: Any, rows: Any) -> Any:
    """What comes back for each example, beside its row."""
    return np.expand_dims(g, -1) * rows


def _plain(x: Any) -> Any:
    """A 0-d array as the number that it holds: scalars go in and scalars come out."""
    return x.item() if x.ndim == 0 else x


def _relu_of_float(x: float) -> float:
    return 0.0 if x <= 0 else x  # nan is neither: it stays


def _sigmoid_of_float(x: float) -> float:
    return 1 / (1 + math.exp(-max(x, -700.0)))


def _sigmoid_crossentropy_of_floats(z: float, y: float) -> float:
    return max(z, 0.0) + math.log1p(math.exp(-abs(z))) - y * z


# fmt: off
rule(sigmoid,     lambda g, ans, x: g * (ans * (1 - ans)), scalar=_sigmoid_of_float, symbol="sigmoid")
rule(relu,        lambda g, ans, x: g * (ans > 0), scalar=_relu_of_float, symbol="relu")
rule(sigmoid_crossentropy, lambda g, ans, z, y: g * (sigmoid(z) - y), lambda g, ans, z, y: -g * z,
     scalar=_sigmoid_crossentropy_of_floats)
rule(softmax_crossentropy,
     lambda g, ans, z, y: from_rows(g, error_of_softmax(z, y)),
     lambda g, ans, z, y: from_rows(g, -log_softmax(z)))
rule(softmax,     lambda g, ans, x, axis=-1: ans * (g - np.sum(g * ans, axis=axis, keepdims=True)))
rule(log_softmax, lambda g, ans, x, axis=-1: g - np.exp(ans) * np.sum(g, axis=axis, keepdims=True))
# fmt: on
