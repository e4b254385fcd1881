"""What the tests of training by programs share: a small model, trained both ways."""

from __future__ import annotations

import numpy as np

from autograd_lite import Input, Sequential
from autograd_lite.layers import Dense
from autograd_lite.optimizers import SGD

GENERATOR = np.random.default_rng(4)
X = GENERATOR.normal(size=(50, 3))  # batches of 16 leave a short one of 2
Y = (X[:, 0] + 0.3 * GENERATOR.normal(size=50) > 0).astype(int)
CLASSES = GENERATOR.integers(0, 4, 50)
TARGETS = np.stack([np.sin(X[:, 0]), X[:, 1] * X[:, 2]], axis=1)
ROWS = np.eye(4)[CLASSES]


def assert_same_weights(one, other):
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        assert a.dtype == b.dtype
        np.testing.assert_array_equal(a, b)


def logistic(eagerly=False, optimizer=None, **compiled):
    model = Sequential([Input(shape=(3,)), Dense(4, activation="tanh"), Dense(1, activation="sigmoid")], seed=0)
    model.compile(
        loss="binary_crossentropy", optimizer=optimizer or SGD(0.5, momentum=0.9), run_eagerly=eagerly, **compiled
    )
    return model


def both_do(work, **compiled):
    """What some work gives, by programs and eagerly; the weights are the same after it."""
    models = [logistic(eagerly, **{k: v() for k, v in compiled.items()}) for eagerly in (False, True)]
    results = [work(model) for model in models]
    assert_same_weights(*models)
    assert results[0] == results[1]
    assert models[0].program.batch_size
    return results[0]


def fit(model, x=X, y=Y, **settings):
    return model.fit(x, y, **{"verbose": 0, "batch_size": 16, "epochs": 2} | settings).history
