"""Callbacks, interrupts, steps and assignments between the steps of programs: the numbers of eager training."""

from __future__ import annotations

import numpy as np
import pytest

from autograd_lite import Input, NonFiniteError, Sequential
from autograd_lite.callbacks import Callback
from autograd_lite.layers import Dense
from autograd_lite.losses import MeanSquaredError
from autograd_lite.optimizers import SGD, Adam

from .training_both_ways import X, Y, assert_same_weights, both_do, fit, logistic


def test_single_steps_may_be_mixed_with_fits():
    def work(model):
        return [
            fit(model), model.train_on_batch(X[:16], Y[:16]), model.train_on_batch(X[:5], Y[:5]),
            fit(model, batch_size=7),
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
