"""tinygrad on the processor, its whole step under ``TinyJit``. Its network is one of sigmoid units with one output."""

import os
import shutil

os.environ.setdefault("DEV", "CPU")

from tasks import BETA_1, BETA_2, EPSILON, Unavailable
from tinygrad import Context, Tensor, TinyJit
from tinygrad.nn.optim import SGD, Adam


def step_maker(task):
    if not shutil.which(os.environ.get("CC", "clang")):
        raise Unavailable("tinygrad on the processor needs clang (or CC=a clang)")
    X, y, weights = task.start()
    X, y, weights = Tensor(X).realize(), Tensor(y).realize(), [Tensor(w).realize() for w in weights]
    os.environ["OPTIM_DTYPE"] = task.dtype
    adam = task.rule == "adam"
    optimizer = Adam(weights, task.rate, BETA_1, BETA_2, EPSILON) if adam else SGD(weights, task.rate)

    @TinyJit
    def jitted():
        optimizer.zero_grad()
        A = X
        for W, b in zip(weights[:-2:2], weights[1:-2:2], strict=True):
            A = (A @ W + b).sigmoid()
        cost = (A @ weights[-2] + weights[-1]).binary_crossentropy_logits(y)
        cost.backward()
        return cost.realize(*optimizer.schedule_step())

    def step():
        with Context(TRAINING=1):
            return jitted().item()

    return step
