import numpy as np


def sigmoid(z):
    """The sigmoid; it is right, and takes e of nothing that is positive."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def bce(z, y):
    # TODO: the mean cross-entropy, from the logits z without going through the sigmoid
    J = None
    return J


def bce_gradient(z, y):
    # TODO: the slopes dJ/dz
    dz = None
    return dz
