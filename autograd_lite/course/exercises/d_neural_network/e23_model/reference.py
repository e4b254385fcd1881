import numpy as np


def g(z):
    """The sigmoid; it is right."""
    return 1 / (1 + np.exp(-z))


def forward(X, params):
    W1, b1 = params["W1"], params["b1"]
    W2, b2 = params["W2"], params["b2"]
    W3, b3 = params["W3"], params["b3"]
    A1 = g(X @ W1 + b1)
    A2 = g(A1 @ W2 + b2)
    f = g(A2 @ W3 + b3)
    return f


def n_parameters(layer_sizes):
    count = 0
    for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]):
        count += n_in * n_out + n_out
    return count
