"""fit, evaluate and predict by programs: the numbers that eager training gives, to the last bit, for every layer, loss
and optimizer. What else may happen while a model is trained is tested in tests/program/test_training_*.py."""

from __future__ import annotations

import numpy as np
import pytest
from program.training_both_ways import CLASSES, ROWS, TARGETS, X, Y, assert_same_weights

import autograd_lite as ag
from autograd_lite import Input, Sequential, Value
from autograd_lite.layers import Dense, Layer
from autograd_lite.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from autograd_lite.optimizers import SGD, Adam, Optimizer, RMSprop


class Scale(Layer):
    """A layer of a user's own with a weight."""

    def build(self, features, generator=None):
        self.weights = [Value(np.ones(features), "scale"), Value(np.zeros((1, features)))]
        self.built = True

    def call(self, x):
        return x * self.weights[0] + np.tanh(self.weights[1])


class Squares(Layer):
    def call(self, x):
        return np.concatenate([x, x**2], axis=1)


class Standard(Layer):
    """It computes with the whole batch."""

    def call(self, x):
        return (x - np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0) + 1e-3)


def swish(z):
    return z * ag.sigmoid(z)


def leaky(z):
    return np.where(z > 0, z, 0.1 * z)


def softmax_by_hand(z):
    return np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)


def huber(y_true, y_pred):
    d = y_pred - y_true
    return np.where(np.abs(d) < 1, 0.5 * d * d, np.abs(d) - 0.5)


def made(hidden, last, loss, optimizer=None, eagerly=False, metrics=None, seed=3):
    """A model of new layers, and an optimizer of its own."""
    model = Sequential([Input(shape=(3,)), *hidden(), *last()], seed=seed)
    model.compile(loss=loss(), optimizer=(optimizer or (lambda: SGD(0.1)))(), metrics=metrics, run_eagerly=eagerly)
    return model


def by_both(hidden, last, loss, optimizer=None, metrics=None):
    return [made(hidden, last, loss, optimizer, eagerly, metrics) for eagerly in (False, True)]


def train_both(models, x, y, epochs=4, batch_size=16, **more):
    """Fit both, and find the same histories, weights, scores and predictions to the last bit."""
    program, eager = models
    start = [w.copy() for w in program.get_weights()]
    assert_same_weights(program, eager)
    histories = [m.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0, **more).history for m in models]
    assert histories[0] == histories[1]
    assert_same_weights(program, eager)
    assert any(not np.array_equal(a, b) for a, b in zip(start, program.get_weights(), strict=True))
    assert program.optimizer.iterations == eager.optimizer.iterations
    for size in (None, 16):
        assert program.evaluate(x, y, batch_size=size) == eager.evaluate(x, y, batch_size=size)
        found, expected = (m.predict(x, batch_size=size) for m in models)
        assert found.dtype == expected.dtype
        np.testing.assert_array_equal(found, expected)
    assert isinstance(program.program.source, str)
    with pytest.raises(RuntimeError):
        _ = eager.program


HIDDEN = {
    "none": list,
    "sigmoid": lambda: [Dense(5, activation="sigmoid")],
    "tanh and relu": lambda: [Dense(5, activation="tanh"), Dense(4, activation="relu")],
    "softmax": lambda: [Dense(5, activation="softmax")],
    "log_softmax": lambda: [Dense(5, activation="log_softmax")],
    "linear": lambda: [Dense(5)],
    "no bias": lambda: [Dense(5, activation="tanh", use_bias=False), Dense(1, use_bias=False)],
    "one unit": lambda: [Dense(1, activation="relu"), Dense(6, activation="tanh")],
    "function": lambda: [Dense(5, activation=swish), Dense(4, activation=leaky)],
    "lambda": lambda: [Dense(5, activation=lambda z: np.maximum(z, 0.1) ** 2)],
    "of ones own": lambda: [Scale(), Squares(), Scale(), Dense(3, activation="tanh")],
    "of the batch": lambda: [Standard(), Dense(4, activation="tanh"), Standard()],
    "named alike": lambda: [Dense(5, activation="tanh", name="np"), Dense(4, name="x"), Dense(3, name="learning rate")],
    "names that clash": lambda: [Dense(5, "sigmoid", name="sigmoid"), Dense(4, name="weights"), Dense(3, name="t")],
}  # fmt: skip


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_every_layer_and_activation_trains_as_it_does_eagerly(hidden, optimizer):
    models = by_both(
        HIDDEN[hidden], lambda: [Dense(1, activation="sigmoid")], BinaryCrossentropy, lambda: optimizer, ["accuracy"]
    )
    train_both(models, X, Y, epochs=3)


LOSSES = {
    "mse": ("linear", 2, MeanSquaredError, TARGETS),
    "mse of sums": ("linear", 2, lambda: MeanSquaredError(reduction="sum"), TARGETS),
    "mean": ("linear", 2, lambda: MeanSquaredError(reduction="mean"), TARGETS),
    "mae": ("linear", 2, MeanAbsoluteError, TARGETS),
    "mae of a column": ("tanh", 1, MeanAbsoluteError, TARGETS[:, 0]),
    "binary": ("sigmoid", 1, BinaryCrossentropy, Y),
    "binary of floats": ("sigmoid", 1, BinaryCrossentropy, Y[:, None].astype(float)),
    "binary of booleans": ("sigmoid", 1, BinaryCrossentropy, Y.astype(bool)),
    "binary of many": ("sigmoid", 4, BinaryCrossentropy, ROWS),
    "binary of logits": ("linear", 1, lambda: BinaryCrossentropy(from_logits=True), Y),
    "binary, summed": ("sigmoid", 1, lambda: BinaryCrossentropy(reduction="sum"), Y),
    "categorical": ("softmax", 4, CategoricalCrossentropy, ROWS),
    "categorical of logits": ("linear", 4, lambda: CategoricalCrossentropy(from_logits=True), ROWS),
    "sparse": ("softmax", 4, SparseCategoricalCrossentropy, CLASSES),
    "sparse of floats": ("softmax", 4, SparseCategoricalCrossentropy, CLASSES.astype(float)[:, None]),
    "sparse of logits": ("linear", 4, lambda: SparseCategoricalCrossentropy(from_logits=True), CLASSES),
    "sparse, summed": ("softmax", 4, lambda: SparseCategoricalCrossentropy(reduction="sum"), CLASSES),
    "function": ("linear", 2, lambda: huber, TARGETS),
    "outputs that are no links": (lambda z: 0.5 + 0.4 * np.tanh(z), 1, BinaryCrossentropy, Y),
    "a softmax by hand": (softmax_by_hand, 4, CategoricalCrossentropy, ROWS),
    "classes by hand": (softmax_by_hand, 4, SparseCategoricalCrossentropy, CLASSES),
}  # fmt: skip


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_loss_trains_as_it_does_eagerly(loss, dtype):
    activation, units, make, y = LOSSES[loss]
    models = by_both(
        lambda: [Dense(6, activation="tanh", dtype=dtype)],
        lambda: [Dense(units, activation=activation, dtype=dtype)],
        make, lambda: SGD(0.02), ["accuracy"] if units == 4 else ["mae"],
    )  # fmt: skip
    train_both(models, X.astype(dtype), y, epochs=3)
    assert {w.dtype.name for w in models[0].get_weights()} == {dtype}


OPTIMIZERS = {
    "sgd": lambda: SGD(0.1),
    "momentum": lambda: SGD(0.05, momentum=0.9),
    "nesterov": lambda: SGD(0.05, momentum=0.8, nesterov=True),
    "rmsprop": lambda: RMSprop(0.01),
    "rmsprop with momentum": lambda: RMSprop(0.01, rho=0.8, momentum=0.5, epsilon=1e-4),
    "adam": lambda: Adam(0.01),
    "adam otherwise": lambda: Adam(0.02, beta_1=0.5, beta_2=0.9, epsilon=1e-3),
    "adam of nothing": lambda: Adam(0.01, beta_1=0.0, beta_2=0.0),
}


class Sign(Optimizer):
    """An optimizer of a user's own."""

    def update(self, w, g, *memory, learning_rate, t):
        return w - learning_rate * np.sign(g) / np.sqrt(t)


class Normed(Optimizer):
    """It looks at all weights at once, or cannot be recorded."""

    def update(self, w, g, *memory, learning_rate, t):
        return w - learning_rate * g / (1.0 + np.sqrt(np.sum(g * g)))


class Branching(Optimizer):
    def update(self, w, g, *memory, learning_rate, t):
        if t > 3:
            learning_rate = learning_rate / 2
        return w - learning_rate * g


OPTIMIZERS |= {"own": lambda: Sign(0.01), "all at once": lambda: Normed(0.1), "branching": lambda: Branching(0.1)}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_after_200_steps_of_every_optimizer_the_weights_are_the_same_to_the_last_bit(optimizer, dtype):
    models = by_both(
        lambda: [Dense(6, activation="tanh", dtype=dtype)],
        lambda: [Dense(1, activation="sigmoid", dtype=dtype)],
        BinaryCrossentropy, OPTIMIZERS[optimizer], ["accuracy"],
    )  # fmt: skip
    if optimizer == "branching":
        for m in models:
            m.fit(X, Y, epochs=5, batch_size=16, verbose=0)
        assert_same_weights(*models)
        return
    train_both(models, X.astype(dtype), Y, epochs=50)
    assert models[0].optimizer.iterations == 200


def test_the_last_short_batch_is_a_program_of_its_own():
    model = made(HIDDEN["sigmoid"], lambda: [Dense(1, activation="sigmoid")], BinaryCrossentropy)
    model.fit(X, Y, epochs=2, batch_size=16, verbose=0)
    assert model.program.batch_size == 16
    assert "(16, 5)" in model.program.source
    model.fit(X, Y, epochs=1, batch_size=50, verbose=0)
    assert model.program.batch_size == 50


def test_validation_data_and_shuffling_are_the_same():
    models = by_both(
        HIDDEN["tanh and relu"], lambda: [Dense(1, activation="sigmoid")], BinaryCrossentropy, None, ["accuracy"]
    )
    train_both(models, X, Y, validation_data=(X[:7] + 1, Y[:7]))
    train_both(models, X, Y, shuffle=False, batch_size=7)


@pytest.mark.parametrize("units", [150, 110])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop with momentum", "adam"])
def test_weights_in_several_parts_are_updated_as_eagerly(units, optimizer):
    generator = np.random.default_rng(0)
    x, y = generator.normal(size=(20, 110)), generator.integers(0, 2, 20)
    models = []
    for eagerly in (False, True):
        model = Sequential(
            [Input(shape=(110,)), Dense(units, activation="tanh"), Dense(units), Dense(1, activation="sigmoid")], seed=1
        )
        model.compile(loss="binary_crossentropy", optimizer=OPTIMIZERS[optimizer](), run_eagerly=eagerly)
        models.append(model)
    assert models[0].count_params() > 16_384
    assert models[0].count_params() % 16_384
    train_both(models, x, y, epochs=3, batch_size=8)


def test_weights_in_exactly_two_parts_are_updated_as_eagerly():
    models = []
    for eagerly in (False, True):
        model = Sequential([Input(shape=(256,)), Dense(127, use_bias=False), Dense(2, use_bias=False)], seed=1)
        assert model.count_params() == 32_512 + 254
        model.add(Dense(1))
        model.layers[-1].weights[0].data = np.ones((2, 1))
        model.compile(loss="mse", optimizer=Adam(0.01), run_eagerly=eagerly)
        models.append(model)
    x = np.random.default_rng(0).normal(size=(10, 256))
    train_both(models, x, x[:, 0], epochs=3, batch_size=4)


def test_layers_may_have_names_that_python_would_not_take_for_variables():
    """Python reads ``ﬁ`` as ``fi``, so that two layers could become one variable; and ``w₁`` is no name to it."""
    X, y = np.ones((4, 2)), np.ones((4, 1))
    found = []
    for eager in (False, True):
        names = ["w₁", "w1", "x²", "ﬁ", "fi", "①", "፩", "∂L/∂w"]
        model = Sequential([*(Dense(2, name=name) for name in names), Dense(1)], seed=0)
        model.compile(loss="mse", optimizer="sgd", run_eagerly=eager)
        model.fit(X, y, epochs=2, verbose=0)
        found.append([w.tolist() for w in model.get_weights()])
    assert np.allclose(np.concatenate([np.ravel(w) for w in found[0]]), np.concatenate([np.ravel(w) for w in found[1]]))
