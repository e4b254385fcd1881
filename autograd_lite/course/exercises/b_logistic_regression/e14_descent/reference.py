import numpy as np


def g(z):
    """The sigmoid; it is right."""
    return 1 / (1 + np.exp(-z))


def cost(X, y, w, b):
    """The cost J, a number; it is right."""
    f = np.clip(g(X @ w + b), 1e-7, 1 - 1e-7)
    return np.mean(-y * np.log(f) - (1 - y) * np.log(1 - f))


def gradient(X, y, w, b):
    """The slopes dJ/dw, shape (n,), and dJ/db, a number; they are right."""
    e = g(X @ w + b) - y
    return X.T @ e / len(y), np.mean(e)


def fit(X, y, w, b, alpha, epochs):
    history = []
    for _ in range(epochs):
        history.append(cost(X, y, w, b))
        dw, db = gradient(X, y, w, b)
        w = w - alpha * dw
        b = b - alpha * db
    return w, b, history
