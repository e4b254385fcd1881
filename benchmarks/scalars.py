"""One training step of micrograd's own moons network, in scalars: 2-16-16-1, 100 points, hinge loss.

Run by run.py in a process of its own: ``python scalars.py CONTENDER STEPS``. Prints the first
costs, and the seconds of every step; for a program also what it took to make it.
"""

import gc
import json
import random
import sys
import time
from itertools import pairwise

from tasks import Unavailable

SIZES = (2, 16, 16, 1)
FORMS = {"program, straight-line": "straight", "program, levels": "levels"}


def first_parameters():
    """The weights of each unit and then its bias, unit by unit and layer by layer."""
    draw = random.Random(1337)
    units = (n for n, units in pairwise(SIZES) for _ in range(units))
    return [p for n in units for p in (*(draw.uniform(-1, 1) for _ in range(n)), 0.0)]


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


def score(layers, x):
    """The network's output for one point."""
    for depth, layer in enumerate(layers):
        x = [sum((wi * xi for wi, xi in zip(w, x, strict=True)), b) for w, b in layer]
        if depth + 1 < len(layers):
            x = [unit.relu() for unit in x]
    return x[0]


def cost_of(parameters, X, y):
    """The cost as micrograd's demo computes it: the same code for all, only the class of the numbers differs."""
    rest, layers = iter(parameters), []
    for n, units in pairwise(SIZES):
        layers.append([([next(rest) for _ in range(n)], next(rest)) for _ in range(units)])
    losses = [(1 + -yi * score(layers, x)).relu() for x, yi in zip(X, y, strict=True)]
    return sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in parameters)


def rate(step):
    return 1.0 - 0.9 * min(step, 100) / 100


def by_graph(name):
    """A graph a step, as micrograd's demo has it."""
    if name == "eager":
        from autograd_lite import Value
    else:
        from micrograd.engine import Value
    if name.endswith("nogc"):
        gc.disable()
    parameters, (X, y) = list(map(Value, first_parameters())), points()

    def step(t):
        cost = cost_of(parameters, [list(map(Value, x)) for x in X], y)
        for p in parameters:
            p.grad = 0
        cost.backward()
        for p in parameters:
            p.data -= rate(t) * p.grad
        return cost.data

    return step


def by_program(form):
    """The cost and its gradient, recorded once and written out in this form."""
    import autograd_lite as ag

    if not hasattr(ag, "record"):
        raise Unavailable("this autograd_lite has no record")
    parameters, (X, y) = first_parameters(), points()
    f = ag.value_and_grad(lambda *p: cost_of(p, X, y), argnums=tuple(range(len(parameters))))
    program = recorded(f, parameters, form)

    def step(t):
        cost, gradients = program(*parameters)
        alpha = rate(t)
        parameters[:] = [p - alpha * g for p, g in zip(parameters, gradients, strict=True)]
        return float(cost)

    return step


def recorded(f, parameters, form):
    """The program of f: straight-line Python ("straight"), or by levels ("levels")."""
    import autograd_lite as ag

    return ag.record(f, *parameters).in_form("chunks" if form == "straight" else form)


def main():
    name, steps = sys.argv[1], int(sys.argv[2])
    begun = time.perf_counter()
    try:
        step = by_program(FORMS[name]) if name in FORMS else by_graph(name)
    except (ImportError, Unavailable) as missing:
        print(json.dumps({"unavailable": str(missing)}))
        return
    made = time.perf_counter() - begun
    costs, seconds = [], []
    for t in range(steps):
        begun = time.perf_counter()
        costs.append(step(t))
        seconds.append(time.perf_counter() - begun)
    figures = {"seconds to record, write and load": made} if name in FORMS else {}
    print(json.dumps({"costs": costs[:6], "seconds": seconds[2:], "figures": figures}))


if __name__ == "__main__":
    main()
