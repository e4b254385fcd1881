import numpy as np


def g(z):
    """The sigmoid; it is right."""
    return 1 / (1 + np.exp(-z))


def cost(X, y, w, b):
    """The cost J; it is right, and the check compares your gradient with its slope."""
    p = np.clip(g(np.dot(X, w) + b), 1e-7, 1 - 1e-7)
    return np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p))


def gradient(X, y, w, b):
    m = len(y)
    # TODO: the predictions f, the errors f - y, and from them dJ/dw and dJ/db
    dw = None
    db = None
    return dw, db
