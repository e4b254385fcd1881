import numpy as np


def fit(model, X, y, epochs, batch, alpha, rng):
    m = len(X)
    history = []
    for _ in range(epochs):
        order = rng.permutation(m)
        total = 0.0
        for start in range(0, m, batch):
            rows = order[start : start + batch]
            model.zero_grad()
            loss = model.backward(X[rows], y[rows])
            for name in model.params:
                model.params[name] = model.params[name] - alpha * model.grads[name]
            total += loss * len(rows)
        history.append(total / m)
    return history
