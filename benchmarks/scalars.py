"""One training step of micrograd's own moons network, in scalars: 2-16-16-1, 100 points, hinge loss.

Run by run.py in a process of its own: ``python scalars.py autograd_lite|micrograd STEPS [nogc]``.
Prints the first and the last cost, and the seconds of every step.
"""

import gc
import json
import random
import sys
import time
from itertools import pairwise


class Network:
    """The same network for both: only the class of its numbers differs."""

    def __init__(self, number, sizes=(2, 16, 16, 1)):
        draw = random.Random(1337)
        self.layers = [
            [([number(draw.uniform(-1, 1)) for _ in range(n)], number(0.0)) for _ in range(units)]
            for n, units in pairwise(sizes)
        ]
        self.parameters = [p for layer in self.layers for w, b in layer for p in [*w, b]]

    def __call__(self, x):
        for depth, layer in enumerate(self.layers):
            x = [sum((wi * xi for wi, xi in zip(w, x, strict=True)), b) for w, b in layer]
            if depth + 1 < len(self.layers):
                x = [unit.relu() for unit in x]
        return x[0]


def points(count=100):
    """Two half moons with noise, as plain floats; labels -1 and 1."""
    from math import cos, pi, sin

    draw = random.Random(0)
    X, y = [], []
    for i in range(count):
        angle, upper = pi * draw.random(), i % 2 == 0
        x = (cos(angle), sin(angle)) if upper else (1 - cos(angle), 0.5 - sin(angle))
        X.append([x[0] + draw.gauss(0, 0.1), x[1] + draw.gauss(0, 0.1)])
        y.append(1.0 if upper else -1.0)
    return X, y


def main():
    name, steps, collect = sys.argv[1], int(sys.argv[2]), "nogc" not in sys.argv
    if name == "micrograd":
        from micrograd.engine import Value
    else:
        from autograd_lite import Value
    if not collect:
        gc.disable()
    model, (X, y) = Network(Value), points()
    costs, seconds = [], []
    for step in range(steps):
        start = time.perf_counter()
        scores = [model(list(map(Value, row))) for row in X]
        losses = [(1 + -yi * score).relu() for yi, score in zip(y, scores, strict=True)]
        cost = sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in model.parameters)
        for p in model.parameters:
            p.grad = 0
        cost.backward()
        for p in model.parameters:
            p.data -= (1.0 - 0.9 * step / 100) * p.grad
        seconds.append(time.perf_counter() - start)
        costs.append(cost.data)
    print(json.dumps({"first": costs[0], "last": costs[-1], "seconds": seconds[2:]}))


if __name__ == "__main__":
    main()
