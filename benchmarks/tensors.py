"""One training step of the 400-25-15-1 network of sigmoid units on a batch of 32: forward, backward, update.

Run by run.py in a process of its own: ``python tensors.py autograd_lite|pytorch|numpy sgd|adam float32|float64 STEPS``.
Prints the first and the last cost, and the seconds of every step.
"""

import json
import os
import sys
import time
from itertools import pairwise

import numpy as np

SIZES = (400, 25, 15, 1)


def start(dtype):
    """The same data and first weights for all."""
    rng = np.random.default_rng(0)
    X, y = rng.random((32, 400)).astype(dtype), rng.integers(0, 2, (32, 1)).astype(dtype)
    weights = []
    for n, units in pairwise(SIZES):
        limit = np.sqrt(6 / (n + units))
        weights += [rng.uniform(-limit, limit, (n, units)).astype(dtype), np.zeros(units, dtype)]
    return X, y, weights


def with_autograd_lite(rule, dtype):
    """The eager engine: a graph a step, walked backwards."""
    from autograd_lite import Input, Sequential
    from autograd_lite.layers import Dense
    from autograd_lite.losses import BinaryCrossentropy
    from autograd_lite.optimizers import SGD, Adam
    from autograd_lite.training import step

    X, y, weights = start(dtype)
    layers = [Dense(units, activation="sigmoid", dtype=dtype) for units in SIZES[1:]]
    model = Sequential([Input(shape=SIZES[:1]), *layers])
    model.set_weights(weights)
    model.compile(loss=BinaryCrossentropy(), optimizer=SGD(0.1) if rule == "sgd" else Adam(0.001))
    X.flags.writeable = y.flags.writeable = False
    trained = model.trainable_weights
    return lambda: step(model, X, y, trained)["loss"]


def with_pytorch(rule, dtype):
    """PyTorch eager, with its modules, loss and optimizer."""
    import torch

    X, y, weights = start(dtype)
    layers = []
    for W, b in zip(weights[::2], weights[1::2], strict=True):
        linear = torch.nn.Linear(*W.shape, dtype=getattr(torch, dtype))
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(W.T.copy()))
            linear.bias.copy_(torch.from_numpy(b))
        layers += [linear, torch.nn.Sigmoid()]
    net, loss = torch.nn.Sequential(*layers), torch.nn.BCELoss()
    make = torch.optim.SGD if rule == "sgd" else torch.optim.Adam
    optimizer = make(net.parameters(), lr=0.1 if rule == "sgd" else 0.001)
    X, y = torch.from_numpy(X), torch.from_numpy(y)

    def step():
        optimizer.zero_grad()
        cost = loss(net(X), y)
        cost.backward()
        optimizer.step()
        return cost.item()

    return step


def with_numpy(rule, dtype):
    """By hand, for the floor: what any engine on NumPy has to pay."""
    X, y, weights = start(dtype)
    (W1, b1, W2, b2, W3, b3), t = weights, 0
    means = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]

    def g(z):
        return 1 / (1 + np.exp(-z))

    def step():
        nonlocal t
        t += 1
        A1 = g(X @ W1 + b1)
        A2 = g(A1 @ W2 + b2)
        f = g(A2 @ W3 + b3)
        cost = float(np.mean(-y * np.log(f) - (1 - y) * np.log(1 - f)))
        D3 = (f - y) / len(X)
        D2 = D3 @ W3.T * A2 * (1 - A2)
        D1 = D2 @ W2.T * A1 * (1 - A1)
        gradients = (X.T @ D1, D1.sum(0), A1.T @ D2, D2.sum(0), A2.T @ D3, D3.sum(0))
        alpha = 0.001 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        for w, d, (m, v) in zip(weights, gradients, means, strict=True):
            if rule == "sgd":
                w -= 0.1 * d
            else:
                m += 0.1 * (d - m)
                v += 0.001 * (d * d - v)
                w -= alpha * m / (np.sqrt(v) + 1e-7)
        return cost

    return step


def main():
    contender, rule, dtype, steps = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    if contender == "pytorch" and "OMP_NUM_THREADS" in os.environ:
        import torch

        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    makers = {"autograd_lite": with_autograd_lite, "pytorch": with_pytorch, "numpy": with_numpy}
    step = makers[contender](rule, dtype)
    costs, seconds = [], []
    for _ in range(steps):
        begun = time.perf_counter()
        costs.append(step())
        seconds.append(time.perf_counter() - begun)
    print(json.dumps({"first": costs[0], "last": costs[-1], "seconds": seconds[20:]}))


if __name__ == "__main__":
    main()
