import numpy as np


def sigmoid(z):
    """The sigmoid; it is right, and takes e of nothing that is positive."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def bce(z, y):
    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    J = np.mean(loss)
    return J


def bce_gradient(z, y):
    m = len(z)
    f = sigmoid(z)
    dz = (f - y) / m
    return dz
