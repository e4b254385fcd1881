"""NumPy as it is written on paper: by hand, a new array for each result. Its update serves others that have none."""

import numpy as np
from tasks import BETA_1, BETA_2, EPSILON


def updater(task, weights):
    """A function of the gradients that changes the weights in place."""
    means, t = [(np.zeros_like(w), np.zeros_like(w)) for w in weights], 0

    def sgd(gradients):
        for w, d in zip(weights, gradients, strict=True):
            w -= task.rate * d

    def adam(gradients):
        nonlocal t
        t += 1
        alpha = task.rate * np.sqrt(1 - BETA_2**t) / (1 - BETA_1**t)
        for w, d, (m, v) in zip(weights, gradients, means, strict=True):
            m += (1 - BETA_1) * (d - m)
            v += (1 - BETA_2) * (d * d - v)
            w -= (alpha * m / (np.sqrt(v) + EPSILON)).astype(w.dtype, copy=False)

    return sgd if task.rule == "sgd" else adam


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def step_maker(task):
    """Any network of sigmoid units with one output."""
    X, y, weights = task.start()
    update, last = updater(task, weights), len(weights) - 2

    def step():
        A = [X]
        for at in range(0, len(weights), 2):
            A.append(sigmoid(A[-1] @ weights[at] + weights[at + 1]))
        f = A[-1]
        cost = float(np.mean(-y * np.log(f) - (1 - y) * np.log(1 - f)))
        D, gradients = (f - y) / len(X), []
        for at in range(last, -1, -2):
            a = A[at // 2]
            gradients = [a.T @ D, D.sum(0), *gradients]
            if at:
                D = D @ weights[at].T * a * (1 - a)
        update(gradients)
        return cost

    return step
