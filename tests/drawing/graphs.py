"""Graphs of many kinds, for what must hold of every picture."""

import random
from itertools import pairwise

import numpy as np

import autograd_lite as ag
from autograd_lite import Value


def random_graph(seed, operations, named=False, arrays=False):
    """Numbers (and arrays) put together by chance, with constants, masks and Values that are used often."""
    rng = random.Random(seed)
    make = (lambda: np.array([rng.uniform(0.5, 1.5) for _ in range(3)])) if arrays else (lambda: rng.uniform(0.5, 1.5))
    values = [Value(make(), name=f"x{i}" if named else None) for i in range(rng.randint(1, 5))]
    for _ in range(operations):
        a, b = rng.choice(values[-8:]), rng.choice(values)
        kind = rng.randrange(8)
        made = [
            lambda: a + b, lambda: a * b, lambda: a - b, lambda: np.tanh(a), lambda: a * 0.5, lambda: a + a * b,
            lambda: np.where(b > a, a, b), lambda: ag.relu(a) + 1.0,
        ][kind]()  # fmt: skip
        values.append(made)
    total = values[-1]
    for v in values[-3:-1]:
        total = total + v
    return np.sum(total) if arrays else total


def scalar_network(sizes, examples=1, seed=0):
    """The cost of a network of single numbers, as micrograd would write it."""
    rng = random.Random(seed)
    layers = [
        [([Value(rng.uniform(-1, 1)) for _ in range(a)], Value(0.1)) for _ in range(b)] for a, b in pairwise(sizes)
    ]
    cost = Value(0.0)
    for _ in range(examples):
        x = [rng.uniform(-1, 1) for _ in range(sizes[0])]
        for layer in layers:
            x = [np.tanh(sum((w * v for w, v in zip(weights, x, strict=True)), b)) for weights, b in layer]
        cost = cost + (x[0] - 1.0) ** 2
    return cost


def chain(operations):
    x = Value(1.0, name="x")
    for _ in range(operations):
        x = x * 1.0001
    return x


def tangle(operations):
    """A graph without any structure."""
    rng = random.Random(1)
    values = [Value(rng.random()) for _ in range(20)]
    for _ in range(operations):
        a, b = rng.choice(values[-200:]), rng.choice(values[-2000:])
        kind = rng.randrange(3)
        values.append(a * b if kind == 0 else a - b if kind == 1 else np.tanh(a))
    while len(values) > 1:  # nothing is left over
        values.append(values.pop(0) + values.pop(0))
    return values[0]


def unrolled(steps):
    """A recurrent network: the same weights in every step."""
    w, u, b = Value(0.5, name="w"), Value(0.3, name="u"), Value(0.1, name="b")
    h = Value(0.0, name="start")
    for t in range(steps):
        h = np.tanh(h * w + 0.01 * t * u + b)
    return h


def dense(*units, activation="tanh", compiled=True, features=4, seed=0):
    """A model of dense layers."""
    layers = [ag.layers.Input(shape=(features,)), *(ag.layers.Dense(n, activation=activation) for n in units)]
    model = ag.Sequential(layers, seed=seed)
    if compiled:
        model.compile(loss="mse", optimizer="sgd")
    return model


def cost_of(model, examples=6):
    rng = np.random.default_rng(0)
    features = model.layers[0].kernel.shape[0]
    X, y = rng.normal(size=(examples, features)), rng.normal(size=(examples, model.layers[-1].units))
    return model.loss(y, model(X))


def number_of_values(view):
    """How many Values stand behind the cards."""
    return sum(len(v) if isinstance(v, tuple) else v is not None for v in view.values)
