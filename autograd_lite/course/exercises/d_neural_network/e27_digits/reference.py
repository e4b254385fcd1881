import numpy as np
from e22_initialise import init
from e23_model import forward
from e25_backprop import backprop
from e26_fit import fit


def bce(f, y):
    """The mean cross-entropy, kept away from log 0; it is right."""
    f = np.clip(f, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(f) + (1 - y) * np.log(1 - f))


class Network:
    """A network as fit wants it."""

    def __init__(self, layer_sizes, rng):
        self.params = {}
        for k in range(1, len(layer_sizes)):
            W, b = init(layer_sizes[k - 1], layer_sizes[k], rng)
            self.params[f"W{k}"], self.params[f"b{k}"] = W, b
        self.zero_grad()

    def zero_grad(self):
        self.grads = {name: np.zeros_like(p) for name, p in self.params.items()}

    def backward(self, X, y):
        loss = bce(forward(X, self.params), y)
        grads = backprop(X, y, self.params)
        for name in self.params:
            self.grads[name] = self.grads[name] + grads[name]
        return loss


def train(X, y, rng):
    network = Network([X.shape[1], 25, 15, 1], rng)
    history = fit(network, X, y, epochs=100, batch=32, alpha=1.0, rng=rng)
    return network, history


def accuracy(network, X, y):
    f = forward(X, network.params)
    return np.mean((f >= 0.5) == (y == 1))
