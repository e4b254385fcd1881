import numpy as np


def sum_backward(G, X, axis, keepdims):
    if axis is not None and not keepdims:
        G = np.expand_dims(G, axis)
    return G * np.ones(X.shape)


def mean_backward(G, X, axis, keepdims):
    N = X.size if axis is None else X.shape[axis]
    return sum_backward(G, X, axis, keepdims) / N
