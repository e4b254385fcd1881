import numpy as np


def plain_cost(X, y, w, b):
    """The cost J without regularisation; it is right."""
    f = np.clip(1 / (1 + np.exp(-(X @ w + b))), 1e-7, 1 - 1e-7)
    return np.mean(-y * np.log(f) - (1 - y) * np.log(1 - f))


def plain_gradient(X, y, w, b):
    """The slopes dJ/dw, shape (n,), and dJ/db without regularisation; they are right."""
    e = 1 / (1 + np.exp(-(X @ w + b))) - y
    return X.T @ e / len(y), np.mean(e)


def cost(X, y, w, b, lam):
    m = len(y)
    J = plain_cost(X, y, w, b)
    J = J + lam / (2 * m) * np.sum(w**2)
    return J


def gradient(X, y, w, b, lam):
    m = len(y)
    dw, db = plain_gradient(X, y, w, b)
    dw = dw + lam / m * w
    return dw, db
