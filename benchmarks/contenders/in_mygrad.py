"""MyGrad: tensors with NumPy's protocols. Its network is one of sigmoid units with one output."""

import mygrad
import numpy as np
from mygrad.nnet.activations import sigmoid

from contenders import naive

mygrad.turn_memory_guarding_off()  # it would lock and unlock every array


def step_maker(task):
    X, y, weights = task.start()
    weights = [mygrad.tensor(w) for w in weights]
    update = naive.updater(task, [w.data for w in weights])

    def step():
        A = X
        for W, b in zip(weights[:-2:2], weights[1:-2:2], strict=True):
            A = sigmoid(A @ W + b)
        z = A @ weights[-2] + weights[-1]
        cost = mygrad.mean(mygrad.logaddexp(np.zeros(1, task.dtype), z) - y * z)
        cost.backward()
        update([w.grad for w in weights])
        for w in weights:
            w.null_grad()
        return cost.item()

    return step
