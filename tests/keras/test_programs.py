"""fit, evaluate and predict by programs: the numbers that eager training gives, whatever the model is and whatever
happens meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading
import warnings

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Input, NonFiniteError, Sequential, Value
from autograd_lite.callbacks import Callback
from autograd_lite.layers import Dense, Layer
from autograd_lite.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from autograd_lite.optimizers import SGD, Adam, Optimizer, RMSprop

GENERATOR = np.random.default_rng(4)
X = GENERATOR.normal(size=(50, 3))  # batches of 16 leave a short one of 2
Y = (X[:, 0] + 0.3 * GENERATOR.normal(size=50) > 0).astype(int)
CLASSES = GENERATOR.integers(0, 4, 50)
TARGETS = np.stack([np.sin(X[:, 0]), X[:, 1] * X[:, 2]], axis=1)
ROWS = np.eye(4)[CLASSES]


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


def assert_same_weights(one, other):
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        assert a.dtype == b.dtype
        np.testing.assert_array_equal(a, b)


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
    "names that clash": lambda: [Dense(5, activation="sigmoid", name="sigmoid"), Dense(4, name="weights"), Dense(3, name="t")],
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
    "a softmax by hand": (lambda z: np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True), 4, CategoricalCrossentropy, ROWS),
    "classes by hand": (lambda z: np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True), 4, SparseCategoricalCrossentropy, CLASSES),
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


# ---------------------------------------------------------------------- what happens meanwhile


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


def test_single_steps_may_be_mixed_with_fits():
    def work(model):
        return [
            fit(model), model.train_on_batch(X[:16], Y[:16]), model.train_on_batch(X[:5], Y[:5]), fit(model, batch_size=7),
            [model.train_on_batch(X[:16] + i, Y[:16]) for i in range(5)], fit(model, epochs=1), model.evaluate(X, Y),
        ]  # fmt: skip

    both_do(work)
    both_do(work, optimizer=lambda: Adam(0.05))


def test_weights_that_are_set_between_fits_are_trained_from():
    def work(model):
        found = [fit(model)]
        model.set_weights([w * 0.5 for w in model.get_weights()])
        found.append(fit(model))
        model.layers[0].kernel.data[0, 0] = 3.0
        found.append(fit(model))
        model.layers[1].bias.data -= 1.0
        found.append(model.train_on_batch(X[:16], Y[:16]))
        view = model.layers[0].kernel.data
        found.append(fit(model))
        view[1] = 2.0
        found.append(model.evaluate(X, Y))
        found.append(fit(model))
        return found

    both_do(work)


def test_weights_handed_out_stay_as_they_were():
    model = logistic()
    fit(model)
    kernel, copies = model.layers[0].kernel.data, model.get_weights()
    kept = kernel.copy()
    fit(model)
    np.testing.assert_array_equal(kernel, kept)
    np.testing.assert_array_equal(copies[0], kept)
    assert not np.array_equal(model.get_weights()[0], kept)


def test_the_learning_rate_may_change_between_and_during_fits():
    class Schedule(Callback):
        def on_epoch_begin(self, epoch, logs):
            self.model.optimizer.learning_rate = 0.5 / (epoch + 1)

    class Warmup(Callback):
        def on_train_batch_begin(self, batch):
            self.model.optimizer.learning_rate = 0.1 * (batch + 1)

    def work(model):
        found = [fit(model)]
        model.optimizer.learning_rate = 0.01
        found.append(fit(model))
        found.append(fit(model, epochs=4, callbacks=[Schedule()]))
        found.append(fit(model, epochs=4, callbacks=[Warmup()]))
        return found

    both_do(work)
    both_do(work, optimizer=Adam)


def test_settings_of_the_optimizer_may_change_between_fits():
    def work(model):
        found = [fit(model)]
        model.optimizer.momentum = 0.5
        found.append(fit(model))
        model.optimizer.nesterov = True
        return [*found, fit(model)]

    both_do(work)

    def adam(model):
        found = [fit(model)]
        model.optimizer.beta_1 = 0.5
        return [*found, fit(model)]

    both_do(adam, optimizer=lambda: Adam(0.05))


def test_a_callback_reads_the_weights_of_every_batch():
    class Reader(Callback):
        def __init__(self):
            self.seen = []

        def on_train_batch_end(self, batch, logs):
            self.seen.append([w.tolist() for w in self.model.get_weights()] + [logs["loss"]])

    def work(model):
        reader = Reader()
        fit(model, callbacks=[reader])
        assert len({str(w) for w in reader.seen}) == len(reader.seen)
        return reader.seen

    both_do(work)


def test_a_callback_assigns_weights_in_every_batch():
    class Clipper(Callback):
        def on_train_batch_begin(self, batch):
            self.model.layers[1].bias.data[:] = 0.1 * batch

        def on_train_batch_end(self, batch, logs):
            for w in self.model.weights:
                w.data = np.clip(w.data, -0.4, 0.4)

    class Decay(Callback):
        def on_train_batch_end(self, batch, logs):
            for w in self.model.weights:
                w.data *= 0.99

    def work(model):
        return fit(model, callbacks=[Clipper()]), fit(model, callbacks=[Decay()]), fit(model, epochs=1)

    both_do(work)


def test_a_callback_at_the_end_of_an_epoch_may_do_anything():
    class Busy(Callback):
        def on_epoch_end(self, epoch, logs):
            logs["seen"] = float(self.model.evaluate(X[:9], Y[:9]))
            logs["predicted"] = float(np.sum(self.model.predict(X[:4])))
            logs["step"] = self.model.train_on_batch(X[:3], Y[:3])
            self.model.set_weights([w * 0.9 for w in self.model.get_weights()])

    class EachBatch(Callback):
        def on_train_batch_end(self, batch, logs):
            self.found = self.model.evaluate(X[:5], Y[:5])
            self.model.train_on_batch(X[:5], Y[:5])

    both_do(lambda model: (fit(model, callbacks=[Busy()]), fit(model, callbacks=[EachBatch()])))


def test_a_metric_of_ones_own_sees_the_weights_of_its_batch():
    def work(model):
        return fit(model, epochs=3)

    models = []
    for eagerly in (False, True):
        model = logistic(eagerly)

        def largest(y_true, y_pred, model=model):
            return float(max(np.max(np.abs(w.data)) for w in model.weights))

        model.compile(
            loss="binary_crossentropy", optimizer=SGD(0.5), metrics=[largest, "accuracy"], run_eagerly=eagerly
        )
        models.append((work(model), model.evaluate(X, Y)))
    assert models[0] == models[1]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
@pytest.mark.parametrize("event", ["on_train_batch_end", "on_train_batch_begin", "on_epoch_end"])
def test_training_that_is_interrupted_keeps_the_weights_of_the_steps_made(error, event):
    def work(model):
        class Stop(Callback):
            count = 0

            def stop(self, *_):
                self.count += 1
                if self.count == 3:
                    raise error("now")

        setattr(Stop, event, Stop.stop)
        with pytest.raises(error):
            fit(model, epochs=9, callbacks=[Stop()])
        before = model.get_weights()
        found = model.evaluate(X, Y), model.optimizer.iterations, [w.tolist() for w in before], fit(model)
        assert model.optimizer.iterations > 8
        return found

    both_do(work)


def test_an_interrupt_that_nobody_expects_keeps_the_weights_of_the_steps_made():
    model, other = logistic(), logistic(eagerly=True)

    class Sum(Callback):
        sees_weights = False  # so that the weights are published at the end of the epoch only
        count = 0

        def on_train_batch_end(self, batch, logs):
            self.count += 1
            if self.count == 6:
                raise KeyboardInterrupt

    for m in (model, other):
        with pytest.raises(KeyboardInterrupt):
            fit(m, epochs=3, callbacks=[Sum()])
    assert_same_weights(model, other)
    assert model.optimizer.iterations == other.optimizer.iterations == 6


def diverging(eagerly, loss="mse", activation=None, optimizer=None):
    model = Sequential([Input(shape=(3,)), Dense(4, activation=activation), Dense(1)], seed=0)
    model.compile(loss=loss, optimizer=optimizer or SGD(1e6), run_eagerly=eagerly)
    return model


CAUSES = {
    "steps too long": lambda eagerly: diverging(eagerly),
    "relu": lambda eagerly: diverging(eagerly, activation="relu", optimizer=SGD(1e80)),
    "log": lambda eagerly: diverging(eagerly, activation=np.log),
    "sqrt": lambda eagerly: diverging(eagerly, activation=np.sqrt),
    "slope of sqrt": lambda eagerly: diverging(eagerly, activation=lambda z: np.sqrt(np.maximum(z, 0.0))),
    "exp": lambda eagerly: diverging(eagerly, activation=lambda z: np.exp(z * 1000)),
    "momentum": lambda eagerly: diverging(eagerly, optimizer=SGD(1e30, momentum=0.9)),
    "last weights": lambda eagerly: diverging(eagerly, optimizer=SGD(1e308)),
}


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("seen", [False, True])
def test_numbers_that_are_not_finite_raise_what_they_raise_eagerly(cause, seen):
    class Watcher(Callback):
        def on_train_batch_end(self, batch, logs):
            self.last = [w.copy() for w in self.model.get_weights()]

    found = []
    for eagerly in (False, True):
        model, watcher = CAUSES[cause](eagerly), Watcher()
        with pytest.raises(NonFiniteError) as error:
            fit(model, y=X[:, 0], epochs=100, callbacks=[watcher] if seen else [])
        if seen and hasattr(watcher, "last") and "After this step" not in str(error.value):
            for w, before in zip(model.get_weights(), watcher.last, strict=True):
                np.testing.assert_array_equal(w, before)  # the step that failed changed nothing
        found.append((str(error.value), model.optimizer.iterations, model.get_weights()))
    assert found[0][:2] == found[1][:2]
    for a, b in zip(found[0][2], found[1][2], strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_gradient_whose_square_overflows_is_not_called_infinite():
    models = [logistic(eagerly) for eagerly in (False, True)]
    for eagerly, model in enumerate(models):
        model.layers[1].activation = lambda z: z * 1e150
        model.compile(loss=MeanSquaredError(), optimizer=SGD(1e-302), run_eagerly=bool(eagerly))
        fit(model, y=X[:, 0], epochs=1)
    assert_same_weights(*models)
    assert not np.array_equal(models[0].get_weights()[0], logistic().get_weights()[0])


def test_after_an_error_training_goes_on():
    def work(model):
        x = X.copy()
        x[20] = 1e300
        model.layers[0].activation = lambda z: z * z
        with pytest.raises(NonFiniteError):
            fit(model, x, epochs=5, shuffle=False)
        return fit(model)

    both_do(work)


# ---------------------------------------------------------------------- a model that changes


def test_a_frozen_layer_stays_and_its_weights_are_looked_up():
    def work(model):
        model.layers[0].trainable = False
        before = model.layers[0].get_weights()
        found = [fit(model)]
        np.testing.assert_array_equal(model.layers[0].get_weights()[0], before[0])
        model.layers[0].set_weights([w + 1 for w in before])
        found.append(fit(model))
        model.layers[0].kernel.data[0] = 0
        return [*found, fit(model), model.evaluate(X, Y)]

    both_do(work)


def test_a_layer_that_is_frozen_after_a_fit_needs_a_new_optimizer():
    def work(model):
        found = [fit(model)]
        model.layers[0].trainable = False
        with pytest.raises(ValueError, match="compile"):
            fit(model)
        model.compile(loss="binary_crossentropy", optimizer=SGD(0.3), run_eagerly=model._programs is None)
        frozen = model.layers[0].get_weights()[0]
        found.append(fit(model))
        np.testing.assert_array_equal(model.layers[0].get_weights()[0], frozen)
        return found

    both_do(work)


def test_compiling_again_starts_with_a_new_optimizer_and_loss():
    def work(model):
        found = [fit(model)]
        for loss, optimizer in (("mse", Adam(0.05)), ("mae", RMSprop(0.01)), ("binary_crossentropy", "sgd")):
            model.compile(loss=loss, optimizer=optimizer, run_eagerly=model._programs is None, metrics=["mae"])
            found.append(fit(model))
        return found

    both_do(work)


def test_another_activation_after_a_fit_is_another_program():
    def work(model):
        found = [fit(model), model.evaluate(X, Y), model.predict(X).tolist()]
        model.layers[0].activation = ag.relu
        found += [model.evaluate(X, Y), model.predict(X).tolist(), fit(model)]
        model.layers[0].activation = swish
        return [*found, fit(model), model.predict(X).tolist()]

    both_do(work)


def test_a_loss_whose_settings_change_is_another_program():
    def work(model):
        found = [fit(model)]
        model.loss.reduction = "sum"
        model.optimizer.learning_rate = 0.01
        return [*found, fit(model), model.evaluate(X, Y)]

    both_do(work)


def test_an_attribute_of_a_layer_of_ones_own_that_changes_is_seen():
    class Gain(Layer):
        def __init__(self):
            super().__init__()
            self.gain = 1.0

        def call(self, x):
            return x * self.gain

    def work(model):
        found = [fit(model)]
        model.layers[0].gain = 3.0
        return [*found, fit(model), model.predict(X).tolist()]

    results = []
    for eagerly in (False, True):
        model = Sequential([Input(shape=(3,)), Gain(), Dense(1, activation="sigmoid")], seed=0)
        model.compile(loss="binary_crossentropy", optimizer=SGD(0.5), run_eagerly=eagerly)
        results.append(work(model))
    assert results[0] == results[1]


def test_a_layer_that_is_added_after_a_fit_is_trained():
    results = []
    for eagerly in (False, True):
        model = Sequential([Input(shape=(3,)), Dense(2, activation="tanh")], seed=0)
        model.compile(loss="mse", optimizer=SGD(0.1), run_eagerly=eagerly)
        found = [fit(model, y=TARGETS)]
        model.add(Dense(2))
        found += [model.evaluate(X, TARGETS), model.predict(X).tolist()]
        model.compile(loss="mse", optimizer=SGD(0.1), run_eagerly=eagerly)
        found += [fit(model, y=TARGETS), model.predict(X).tolist()]
        results.append(found)
    assert results[0] == results[1]


def test_two_models_in_turn_do_not_disturb_each_other():
    ones, others = [logistic(e) for e in (False, True)], [logistic(e, optimizer=Adam(0.05)) for e in (False, True)]
    for _ in range(3):
        for model in (*ones, *others):
            fit(model, epochs=1)
    assert_same_weights(*ones)
    assert_same_weights(*others)


def test_two_models_that_share_a_layer_train_it_in_turn():
    results = []
    for eagerly in (False, True):
        shared = Dense(4, activation="tanh", name="shared")
        one = Sequential([Input(shape=(3,)), shared, Dense(1, activation="sigmoid")], seed=0)
        other = Sequential([Input(shape=(3,)), shared, Dense(2)], seed=1)
        one.compile(loss="binary_crossentropy", optimizer=Adam(0.05), run_eagerly=eagerly)
        other.compile(loss="mse", optimizer=SGD(0.1, momentum=0.9), run_eagerly=eagerly)
        found = []
        for _ in range(3):
            found += [fit(one, epochs=1), fit(other, y=TARGETS, epochs=1), one.train_on_batch(X[:4], Y[:4])]
        results.append((found, [w.tolist() for w in one.get_weights() + other.get_weights()]))
    assert results[0] == results[1]


def test_two_models_train_in_two_threads():
    expected = logistic()
    fit(expected, epochs=10)
    models = [logistic() for _ in range(3)]
    threads = [threading.Thread(target=fit, args=(m,), kwargs={"epochs": 10}) for m in models]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for model in models:
        assert_same_weights(model, expected)


# ---------------------------------------------------------------------- what a program cannot be


def test_a_model_that_branches_on_data_runs_eagerly_and_says_so_once():
    class Branching(Layer):
        def call(self, x):
            return x if bool(np.sum(x) > 0) else -x

    results = []
    for eagerly in (False, True):
        model = Sequential([Input(shape=(3,)), Branching(), Dense(1, activation="sigmoid")], seed=0)
        model.compile(loss="binary_crossentropy", optimizer=SGD(0.5), run_eagerly=eagerly)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            results.append((fit(model), fit(model), model.predict(X).tolist(), model.evaluate(X, Y)))
        assert len(caught) == (0 if eagerly else 1)
        if caught:
            assert "run_eagerly=True" in str(caught[0].message)
            assert caught[0].filename == __file__
    assert results[0] == results[1]


def test_dropout_written_by_hand_is_drawn_anew_or_runs_eagerly():
    class Dropout(Layer):
        def __init__(self, seed):
            super().__init__()
            self.rng = np.random.default_rng(seed)

        def call(self, x):
            return x * (self.rng.random(np.shape(x)) > 0.5)

    results = []
    for eagerly in (False, True):
        model = Sequential(
            [Input(shape=(3,)), Dense(8, activation="tanh"), Dropout(3), Dense(1, activation="sigmoid")], seed=0
        )
        model.compile(loss="binary_crossentropy", optimizer=SGD(0.5), run_eagerly=eagerly)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fit(model)
            predictions = [model.predict(X[:8]).tolist() for _ in range(4)]
        assert len({str(p) for p in predictions}) == 4, "the mask of the recording is repeated in every run"
        results.append(predictions)


def test_weights_of_two_dtypes_train_as_eagerly():
    results = []
    for eagerly in (False, True):
        model = Sequential([Input(shape=(3,)), Dense(4, activation="tanh", dtype="float32"), Dense(1)], seed=0)
        model.compile(loss="mse", optimizer=Adam(0.05), run_eagerly=eagerly)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            results.append((fit(model, y=X[:, 0]), [w.tolist() for w in model.get_weights()]))
    assert results[0] == results[1]


def test_a_weight_that_the_cost_does_not_depend_on_is_the_error_it_is_eagerly():
    class Idle(Layer):
        def build(self, features, generator=None):
            self.weights = [Value(np.ones(2), "idle")]
            self.built = True

        def call(self, x):
            return x

    messages = []
    for eagerly in (False, True):
        model = Sequential([Input(shape=(3,)), Idle(), Dense(1)], seed=0)
        model.compile(loss="mse", optimizer="sgd", run_eagerly=eagerly)
        with pytest.raises(ValueError, match="idle") as error:
            fit(model, y=X[:, 0])
        messages.append(str(error.value))
    assert messages[0] == messages[1]


def test_predictions_that_are_no_probabilities_are_refused_in_every_batch():
    messages = []
    for eagerly in (False, True):
        model = Sequential([Input(shape=(3,)), Dense(1, activation=lambda z: 0.5 + z)], seed=0)
        model.layers[0].set_weights([np.array([[0.01], [0.0], [0.0]]), np.zeros(1)])
        model.compile(loss=BinaryCrossentropy(), optimizer=SGD(5.0), run_eagerly=eagerly)
        with pytest.raises(ValueError, match="probabilities") as error:
            fit(model, epochs=50)
        messages.append((str(error.value), model.optimizer.iterations))
    assert messages[0] == messages[1]


def test_a_model_without_a_program_yet_says_how_to_get_one():
    model = logistic()
    with pytest.raises(RuntimeError, match="train_program"):
        _ = model.program
    program = model.train_program(8)
    assert "(8, 4)" in program.source
    with pytest.raises(RuntimeError, match="eagerly"):
        logistic(eagerly=True).train_program(8)
    with pytest.raises(RuntimeError, match="compile"):
        Sequential([Input(shape=(3,)), Dense(1)]).train_program(8)


def test_a_single_step_of_the_program_is_a_step_of_the_model():
    model, other = logistic(), logistic(eagerly=True)
    program = model.train_program(16)
    y = Y[:16, None].astype(float)
    assert program.step(X[:16], y) == other.train_on_batch(X[:16], Y[:16])
    assert program.step(X[:16], y) == other.train_on_batch(X[:16], Y[:16])
    assert_same_weights(model, other)
    for x, labels in ((X[:8], y), (X[:16], y[:8]), (X[:16].astype(np.float32), y)):
        with pytest.raises(ValueError, match="shape"):
            program.step(x, labels)


def test_a_saved_training_step_trains_in_a_fresh_interpreter_with_numpy_alone(tmp_path):
    model = logistic(optimizer=Adam(0.05))
    path = model.train_program(50).save(tmp_path / "train_step.py")
    start = np.concatenate([w.ravel() for w in model.get_weights()])
    y = Y[:, None].astype(float)
    np.savez(tmp_path / "data.npz", x=X, y=y, start=start)
    code = f"""
import runpy, sys
import numpy as np
module = runpy.run_path(r"{path}")
data = np.load(r"{tmp_path}/data.npz")
module["weights"][:] = data["start"]
costs = [module["train_step"](data["x"], data["y"], 0.05, float(t + 1)) for t in range(20)]
assert not any(m.startswith("autograd_lite") for m in sys.modules)
np.savez(r"{tmp_path}/found.npz", costs=np.array(costs, dtype=float), weights=module["weights"])
"""
    subprocess.run([sys.executable, "-I", "-c", code], check=True, capture_output=True, timeout=60)
    costs = [model.train_on_batch(X, Y) for _ in range(20)]
    with np.load(tmp_path / "found.npz") as found:
        np.testing.assert_array_equal(found["costs"], costs)
        np.testing.assert_array_equal(found["weights"], np.concatenate([w.ravel() for w in model.get_weights()]))


def test_the_cost_of_a_training_step_is_plausible():
    model = Sequential([Input(shape=(400,)), Dense(25, activation="sigmoid"), Dense(1, activation="sigmoid")], seed=0)
    model.compile(loss="binary_crossentropy", optimizer="adam")
    cost = model.train_program(32).cost()
    products = 2 * 32 * (400 * 25 + 25) * 2  # forward, and to the weights
    assert products < cost.flops < 1.5 * products + 20 * model.count_params()
    assert cost.buffer_bytes < 6 * 8 * model.count_params() + cost.eager_bytes  # six vectors of weights are Adam's


def test_training_leaves_the_data_of_its_caller_alone():
    x, y = X.copy(), Y.astype(float)
    model = logistic()
    fit(model, x, y)
    np.testing.assert_array_equal(x, X)
    assert x.flags.writeable
    assert y.flags.writeable


@pytest.mark.parametrize("x", [np.asfortranarray(X), X.tolist(), X.astype(np.float32)])
def test_data_of_any_kind_train_as_they_do_eagerly(x):
    both_do(lambda model: (fit(model, x), model.evaluate(x, Y), model.predict(x).tolist(), model.train_on_batch(x, Y)))


def test_data_whose_rows_lie_apart_train_as_they_do_eagerly_but_for_rounding():
    x = np.repeat(X, 2, axis=0)[::2]
    one, other = logistic(), logistic(eagerly=True)
    for model in (one, other):
        fit(model, x)
        model.train_on_batch(x, Y)
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(one.predict(x), other.predict(x), rtol=1e-12)


def test_predictions_are_the_callers_own():
    model = logistic()
    first = model.predict(X)
    kept = first.copy()
    model.predict(X + 1)
    np.testing.assert_array_equal(first, kept)
    first[:] = 0
    np.testing.assert_array_equal(model.predict(X), kept)


def test_graphs_of_the_model_outside_of_fit_stay_right():
    model = logistic()
    before = model(X)
    fit(model)
    with pytest.raises(ag.StaleGraph):
        np.mean(before).backward()
    cost = model.loss.cost(Y[:, None].astype(float), model(X))
    cost.backward()
    gradients = [w.grad.copy() for w in model.weights]
    fit(model, epochs=1)
    for w, g in zip(model.weights, gradients, strict=True):
        np.testing.assert_array_equal(w.grad, g)
