"""The code that the demo shows: what `trainings` runs, without what only the demo needs. A test runs it."""

from __future__ import annotations

import inspect
from typing import Any

from . import three_steps

ALPHA = 1.0  # the learning rate of both logistic regressions


def with_numpy(features: int, epochs: int) -> str:
    """(a) The functions of `three_steps`, and the loop that calls them."""
    functions: list[Any] = [three_steps.g, three_steps.model, three_steps.loss, three_steps.cost, three_steps.step]
    call = f"""\
w = Value(np.zeros({features}), name="w")
b = Value(0.0, name="b")
costs = [step(X, y, w, b, alpha={ALPHA}) for epoch in range({epochs})]
"""
    return "\n\n".join([*map(body_of, functions), call])


def body_of(function: Any) -> str:
    """A function's source without its annotations: its header in one line, then its body."""
    lines = inspect.getsource(function).splitlines()
    end = next(i for i, line in enumerate(lines) if line.rstrip().endswith(":"))
    names = ", ".join(inspect.signature(function).parameters)
    return "\n".join([f"def {function.__name__}({names}):", *lines[end + 1 :]])


def with_keras_words(epochs: int) -> str:
    """(b) The same logistic regression."""
    return f"""\
# 1. specify the model (from zeros, as in (a))
model = Sequential([
    Dense(units=1, activation="sigmoid", kernel_initializer="zeros"),
])
# 2. the loss, and the cost, its mean
model.compile(loss=BinaryCrossentropy(),
              optimizer=SGD(learning_rate={ALPHA}))
# 3. gradient descent by back-propagation
model.fit(X, y, epochs={epochs}, batch_size=len(X))
"""


def network(epochs: int, seed: int) -> str:
    """(c) The lecture's network."""
    return f"""\
model = Sequential([
    Dense(units=25, activation="sigmoid"),
    Dense(units=15, activation="sigmoid"),
    Dense(units=1, activation="sigmoid"),
], seed={seed})
model.compile(loss=BinaryCrossentropy())
model.fit(X, y, epochs={epochs})
"""


def ten_digits(epochs: int, seed: int) -> str:
    """(d) Ten outputs and a softmax."""
    return f"""\
model = Sequential([
    Dense(units=25, activation="sigmoid"),
    Dense(units=15, activation="sigmoid"),
    Dense(units=10, activation="softmax"),
], seed={seed})
model.compile(loss=SparseCategoricalCrossentropy(),
              optimizer=Adam(learning_rate=0.01))
model.fit(X, y, epochs={epochs})
"""
