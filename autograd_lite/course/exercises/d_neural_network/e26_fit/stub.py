import numpy as np


def fit(model, X, y, epochs, batch, alpha, rng):
    # TODO: the epochs, the batches, the steps, and the history
    history = None
    return history


class Line:
    """A model to try it with: y = w x + b, with the mean squared error. It is right."""

    def __init__(self):
        self.params = {"w": np.zeros((1, 1)), "b": np.zeros(1)}
        self.zero_grad()

    def zero_grad(self):
        self.grads = {name: np.zeros_like(p) for name, p in self.params.items()}

    def backward(self, X, y):
        e = X @ self.params["w"] + self.params["b"] - y
        self.grads["w"] += 2 * X.T @ e / len(X)
        self.grads["b"] += 2 * e.sum(axis=0) / len(X)
        return np.mean(e**2)


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(7, 1))
    line = Line()
    print(fit(line, X, 3 * X - 1, epochs=20, batch=3, alpha=0.1, rng=rng))
    print(line.params)
