"""What the demo trains: the same zeros and ones in three ways, then all ten digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..callbacks import Callback
from ..datasets import digits, train_test_split
from ..engine import Value
from ..layers import Dense
from ..losses import BinaryCrossentropy, SparseCategoricalCrossentropy
from ..metrics import binary_accuracy, sparse_categorical_accuracy
from ..models import Sequential
from ..optimizers import SGD, Adam
from . import listings, three_steps
from .listings import ALPHA

FROM_THE_LOGIT = (
    "The last sigmoid is not in the picture: the loss goes back to the logit z and computes log(1 + e^z) − y·z, which "
    "is the same number as −y·log f − (1 − y)·log(1 − f), but exact for any z. Its derivative with "
    "respect to z is simply f − y."
)
FROM_THE_LOGITS = (
    "The softmax is not in the picture: the loss goes back to the ten logits z and takes log_softmax(z), the logarithm "
    "of the softmax, exact for any z. The loss is the entry of the right digit, with a minus; its derivative with "
    "respect to z is f − 1 for that digit and f for the others."
)
Data = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Training:
    """One trained model: what the table, the pictures and the page show of it."""

    key: str
    title: str
    optimizer: str
    weights: int
    costs: list[float]
    train_accuracy: float
    test_accuracy: float
    example: Value
    """The loss of the first training example, after back-propagation: what the graph shows."""
    code: str
    """The lines that were run, as the reader would write them."""
    graph: str
    """A sentence or two on that graph."""

    @property
    def curve_file(self) -> str:
        """The name of the picture of its cost curve."""
        return f"{self.key}_cost.png"

    @property
    def graph_file(self) -> str:
        """The name of the picture of its graph."""
        return f"{self.key}_graph.svg"

    @property
    def steps_file(self) -> str:
        """The name of the page that plays its back-propagation."""
        return f"{self.key}_steps.html"


def zeros_and_ones(seed: int) -> Data:
    """The digits 0 and 1: X_train, X_test, y_train, y_test; one in five is held out."""
    return train_test_split(*digits(classes=(0, 1)), test_size=0.2, seed=seed)


def all_digits(seed: int) -> Data:
    """All ten digits, split in the same way."""
    return train_test_split(*digits(), test_size=0.2, seed=seed)


def with_numpy(data: Data, epochs: int, each: Callable[[int, float], None]) -> Training:
    """(a) Logistic regression, written out."""
    X, X_test, y, y_test = data
    w, b, costs = Value(np.zeros(X.shape[1]), name="w"), Value(0.0, name="b"), []
    for epoch in range(epochs):
        costs.append(three_steps.step(X, y, w, b, ALPHA))
        each(epoch, costs[-1])
    z = X[0] @ w + b
    f = three_steps.g(z)
    example = three_steps.loss(f, y[0])
    z.name, f.name, example.name = "z", "f", "loss"
    example.backward()
    return Training(
        key="a_logistic_numpy",
        title="(a) logistic, NumPy",
        optimizer=f"gradient descent, α = {ALPHA:g}, all {len(X)} a step",
        weights=w.size + 1,
        costs=costs,
        train_accuracy=binary_accuracy(y, three_steps.model(X, w.data, b.item())),
        test_accuracy=binary_accuracy(y_test, three_steps.model(X_test, w.data, b.item())),
        example=example,
        code=listings.with_numpy(X.shape[1], epochs),
        graph="Every operation of the code is a card: the model, then the loss.",
    )


def with_keras_words(data: Data, epochs: int, seed: int, callbacks: Sequence[Callback]) -> Training:
    """(b) The same logistic regression in Keras' words, from the same zeros, by the same steps."""
    X, _, y, _ = data
    model = Sequential([Dense(units=1, activation="sigmoid", kernel_initializer="zeros")], seed=seed)
    model.compile(loss=BinaryCrossentropy(), optimizer=SGD(learning_rate=ALPHA))
    history = model.fit(X, y, epochs=epochs, batch_size=len(X), verbose=0, callbacks=callbacks)
    return trained(
        "b_logistic_keras", "(b) logistic, Keras' words", model, history.history["loss"], data,
        f"SGD, α = {ALPHA:g}, all {len(X)} a step", binary_accuracy,
        listings.with_keras_words(epochs), FROM_THE_LOGIT,
    )  # fmt: skip


def network(data: Data, epochs: int, seed: int, callbacks: Sequence[Callback]) -> Training:
    """(c) The lecture's 25-15-1 network of sigmoid units."""
    X, _, y, _ = data
    model = Sequential(
        [
            Dense(units=25, activation="sigmoid"),
            Dense(units=15, activation="sigmoid"),
            Dense(units=1, activation="sigmoid"),
        ],
        seed=seed,
    )
    model.compile(loss=BinaryCrossentropy())
    history = model.fit(X, y, epochs=epochs, verbose=0, callbacks=callbacks)
    return trained(
        "c_network_25_15_1", "(c) network 25-15-1", model, history.history["loss"], data,
        "RMSprop, α = 0.001, 32 a step", binary_accuracy,
        listings.network(epochs, seed), FROM_THE_LOGIT,
    )  # fmt: skip


def ten_digits(data: Data, epochs: int, seed: int, callbacks: Sequence[Callback]) -> Training:
    """The encore: one output a digit, and a softmax."""
    model = Sequential(
        [
            Dense(units=25, activation="sigmoid"),
            Dense(units=15, activation="sigmoid"),
            Dense(units=10, activation="softmax"),
        ],
        seed=seed,
    )
    model.compile(loss=SparseCategoricalCrossentropy(), optimizer=Adam(learning_rate=0.01))
    history = model.fit(data[0], data[2], epochs=epochs, verbose=0, callbacks=callbacks)
    return trained(
        "d_ten_digits", "(d) ten digits, 25-15-10", model, history.history["loss"], data,
        "Adam, α = 0.01, 32 a step", sparse_categorical_accuracy,
        listings.ten_digits(epochs, seed), FROM_THE_LOGITS,
    )  # fmt: skip


def trained(
    key: str,
    title: str,
    model: Any,
    costs: list[float],
    data: Data,
    optimizer: str,
    accuracy: Callable[..., float],
    code: str,
    graph: str,
) -> Training:
    """What there is to show of a model in Keras' words."""
    X, X_test, y, y_test = data
    example = model.loss(y[:1], model(X[:1]))
    example.name = "loss"
    example.backward()
    return Training(
        key=key,
        title=title,
        optimizer=optimizer,
        weights=model.count_params(),
        costs=costs,
        train_accuracy=accuracy(y, model.predict(X)),
        test_accuracy=accuracy(y_test, model.predict(X_test)),
        example=example,
        code=code,
        graph=graph,
    )
