"""Memory against time in a deep chain. Run by run.py: ``python checkpoints.py plain|checkpointed``.

A hundred layers ``tanh(A @ W)`` of 100 units on 1,000 examples; checkpointed: in ten pieces of ten layers, each of
which keeps its input alone and is computed again on the way back.
"""

import json
import sys
import time
import tracemalloc

import numpy as np
from measuring import MEGABYTE

import autograd_lite as ag

LAYERS, PIECES, UNITS, EXAMPLES = 100, 10, 100, 1_000


def piece(A, *weights):
    for W in weights:
        A = np.tanh(A @ W)
    return A


def loss(A, weights, piece):
    each = LAYERS // PIECES
    for i in range(0, LAYERS, each):
        A = piece(A, *weights[i : i + each])
    return np.mean(A**2)


def main():
    kind = sys.argv[1]
    part = ag.checkpoint(piece) if kind == "checkpointed" else piece
    generator = np.random.default_rng(0)
    A = generator.standard_normal((EXAMPLES, UNITS))
    A.flags.writeable = False
    weights = [generator.standard_normal((UNITS, UNITS)) / UNITS**0.5 for _ in range(LAYERS)]
    gradient = ag.grad(lambda weights: loss(A, weights, part))
    times = []
    for _ in range(5):
        begun = time.process_time()
        gradient(weights)
        times.append(time.process_time() - begun)
    tracemalloc.start()
    gradient(weights)
    most = tracemalloc.get_traced_memory()[1] / MEGABYTE
    print(json.dumps({"figures": {"processor, s": min(times), "at most, MB": most}}))


if __name__ == "__main__":
    main()
