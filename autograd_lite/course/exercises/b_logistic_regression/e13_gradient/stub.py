import numpy as np


def g(z):
    """The sigmoid; it is right."""
    return 1 / (1 + np.exp(-z))


def gradient(X, y, w, b):
    m = len(y)
    # TODO: the predictions f, the errors f - y, and from them dJ/dw and dJ/db
    dw = None
    db = None
    return dw, db
