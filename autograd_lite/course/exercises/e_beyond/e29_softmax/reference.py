import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return P


def cross_entropy(Z, y):
    m = len(Z)
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    log_P = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    losses = -log_P[np.arange(m), y]
    return losses.mean()


def cross_entropy_gradient(Z, y):
    m, K = Z.shape
    Y = np.eye(K)[y]
    dZ = softmax(Z) - Y
    return dZ / m
