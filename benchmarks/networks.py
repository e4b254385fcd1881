"""Steps of training one network. Run by run.py in a process of its own.

``python networks.py CONTENDER lecture|fullbatch|wide|logistic sgd|adam float32|float64 STEPS`` prints
the first costs, and the seconds of every step after the first few.
"""

import json
import sys
import time
from importlib import import_module

import numpy as np
from tasks import Unavailable, chosen

# Where each contender is written: a module of contenders/, and the function in it that makes a step.
CONTENDERS = {
    "program": ("ours", "program"),
    "eager": ("ours", "eager"),
    "pytorch": ("in_pytorch", "eager"),
    "pytorch fused": ("in_pytorch", "fused"),
    "torch.compile": ("in_pytorch", "compiled"),
    "torch.compile, whole": ("in_pytorch", "whole"),
    "jax jit": ("in_jax", "jitted"),
    "jax scan": ("in_jax", "scanned"),
    "autograd": ("in_autograd", "step_maker"),
    "mygrad": ("in_mygrad", "step_maker"),
    "tinygrad": ("in_tinygrad", "step_maker"),
    "numpy": ("naive", "step_maker"),
    "numpy out=": ("handwritten", "step_maker"),
    "products alone": ("handwritten", "products"),
}


def timed(step, steps):
    """Costs and seconds of these many steps. A contender that makes several at a call gives several costs."""
    costs, seconds = [], []
    while len(costs) < steps:
        begun = time.perf_counter()
        result = step()
        elapsed = time.perf_counter() - begun
        made = np.atleast_1d(result).tolist()
        seconds += [elapsed / len(made)]
        costs += made
    return costs, seconds[min(10, len(seconds) // 3) :]


def main():
    contender, network, rule, dtype, steps = sys.argv[1:]
    module, function = CONTENDERS[contender]
    try:
        step = getattr(import_module(f"contenders.{module}"), function)(chosen(network, rule, dtype))
    except (ImportError, Unavailable) as missing:
        print(json.dumps({"unavailable": str(missing)}))
        return
    costs, seconds = timed(step, int(steps))
    if costs[0] != costs[0]:  # nan: it computes no cost
        costs = []
    print(json.dumps({"costs": costs[:6], "seconds": seconds}))


if __name__ == "__main__":
    main()
