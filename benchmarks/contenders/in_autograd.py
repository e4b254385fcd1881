"""HIPS autograd: NumPy wrapped, the whole of NumPy's names. Its network is one of sigmoid units with one output."""

import autograd
import autograd.numpy as np

from contenders import naive


def cost(weights, X, y):
    A = X
    for W, b in zip(weights[:-2:2], weights[1:-2:2], strict=True):
        A = naive.sigmoid(A @ W + b)
    z = A @ weights[-2] + weights[-1]
    return np.mean(np.logaddexp(0, z) - y * z)


def step_maker(task):
    X, y, weights = task.start()
    update, value_and_grad = naive.updater(task, weights), autograd.value_and_grad(cost)

    def step():
        value, gradients = value_and_grad(weights, X, y)
        update(gradients)
        return float(value)

    return step
