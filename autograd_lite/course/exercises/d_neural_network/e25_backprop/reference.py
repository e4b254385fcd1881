import numpy as np


def forward(X, params):
    """The network forwards; it is right."""
    A, steps = X, []
    for layer in "123":
        Z = A @ params["W" + layer] + params["b" + layer]
        A = 1 / (1 + np.exp(-Z))
        steps += [Z, A]
    return steps


def backprop(X, y, params):
    Z1, A1, Z2, A2, Z3, A3 = forward(X, params)
    m = len(X)
    grads = {}
    d3 = (A3 - y) / m
    grads["W3"] = A2.T @ d3
    grads["b3"] = d3.sum(axis=0)
    d2 = d3 @ params["W3"].T * (A2 * (1 - A2))
    grads["W2"] = A1.T @ d2
    grads["b2"] = d2.sum(axis=0)
    d1 = d2 @ params["W2"].T * (A1 * (1 - A1))
    grads["W1"] = X.T @ d1
    grads["b1"] = d1.sum(axis=0)
    return grads


def step(X, y, params, alpha):
    grads = backprop(X, y, params)
    new = {}
    for name in params:
        new[name] = params[name] - alpha * grads[name]
    return new
