"""Forward mode beside back-propagation. Run by run.py: ``python forward.py CONTENDER TASK``.

Prints the microseconds of processor time of the function alone, of its value and gradient (``vjp``), and of its
value and slope along one direction (``jvp``). Both must give the same number.
"""

import json
import math
import sys
import time
from itertools import pairwise

import numpy as np

ROUNDS, LEAST = 15, 0.5  # each figure is the best of so many rounds, of so many seconds all in all


def chain(np, x):
    """A hundred functions that look at one entry."""
    for _ in range(25):
        x = np.tanh(x) * 1.01 + np.sin(x)
    return np.sum(x)


def network(np, X, y, *weights):
    """The cost of a network 400-25-15-1 on 32 examples."""
    A = X
    for W, b in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        A = 1 / (1 + np.exp(-(A @ W + b)))
    z = A @ weights[-2] + weights[-1]
    return np.mean(np.logaddexp(0, z) - y * z)


def product(np, A, B):
    """The sum of a matrix product."""
    return np.sum(A @ B)


def tasks():
    """Each task: the function, its constants, and what it is differentiated with respect to."""
    draw = np.random.default_rng(0).standard_normal
    sizes = (400, 25, 15, 1)
    weights = [draw(s) / 10 for n, m in pairwise(sizes) for s in ((n, m), (m,))]
    return {
        "chain": (chain, (), (draw(10_000),)),
        "network": (network, (draw((32, 400)), (draw((32, 1)) > 0) * 1.0), tuple(weights)),
        "product": (product, (), (draw((300, 300)), draw((300, 300)))),
    }


def ours(f, constants, operands, steps):
    """What is timed: the function on plain arrays, a vjp, a jvp."""
    import autograd_lite as ag

    def g(*xs):
        return f(np, *constants, *xs)

    def back():
        value, pull = ag.vjp(g, *operands)
        return value, pull(1.0)

    return lambda: g(*operands), back, lambda: ag.jvp(g, operands, steps)


def hips(f, constants, operands, steps):
    """The same in HIPS autograd, whose forward mode has rules of its own."""
    import autograd
    import autograd.numpy as anp

    def g(xs):
        return f(anp, *constants, *xs)

    def back():
        pull, value = autograd.make_vjp(g)(operands)
        return value, pull(1.0)

    return lambda: f(np, *constants, *operands), back, lambda: autograd.make_jvp(g)(operands)(steps)


def in_jax(f, constants, operands, steps):
    """The same in JAX, compiled."""
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    def g(*xs):
        return f(jnp, *constants, *xs)

    def back(*xs):
        value, pull = jax.vjp(g, *xs)
        return value, pull(jnp.ones_like(value))

    def along(xs, ts):
        return jax.jvp(g, xs, ts)

    xs, ts = jax.device_put(operands), jax.device_put(steps)
    alone, back, along = jax.jit(g), jax.jit(back), jax.jit(along)
    wait = jax.block_until_ready
    return lambda: wait(alone(*xs)), lambda: wait(back(*xs)), lambda: wait(along(xs, ts))


CONTENDERS = {"autograd_lite": ours, "HIPS autograd": hips, "JAX, compiled": in_jax}


def seconds(functions):
    """The best time of each, over rounds in which they take turns: a machine whose speed drifts slows them all."""
    counts = []
    for f in functions:
        f()
        begun = time.process_time()
        f()
        counts.append(max(1, math.ceil(LEAST / ROUNDS / max(time.process_time() - begun, 1e-7))))
    best = [math.inf] * len(functions)
    for _ in range(ROUNDS):
        for i, (f, count) in enumerate(zip(functions, counts, strict=True)):
            begun = time.process_time()
            for _ in range(count):
                f()
            best[i] = min(best[i], (time.process_time() - begun) / count)
    return best


def checked(back, along, steps):
    """Both modes give the same slope."""
    slope = sum(float(np.sum(np.asarray(g) * t)) for g, t in zip(back()[1], steps, strict=True))
    if not math.isclose(slope, float(along()[1]), rel_tol=1e-8):
        raise SystemExit(f"the modes differ: {slope} and {along()[1]}")


def main():
    contender, task = sys.argv[1:]
    f, constants, operands = tasks()[task]
    draw = np.random.default_rng(1).standard_normal
    steps = tuple(draw(x.shape) for x in operands)
    try:
        alone, back, along = CONTENDERS[contender](f, constants, operands, steps)
    except ImportError as missing:
        print(json.dumps({"unavailable": str(missing)}))
        return
    checked(back, along, steps)
    names = ("f, µs", "vjp, µs", "jvp, µs")
    figures = {name: s * 1e6 for name, s in zip(names, seconds((alone, back, along)), strict=True)}
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
