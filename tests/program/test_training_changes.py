"""Models that change between fits, that share layers, or that cannot be programs: the numbers of eager training."""

from __future__ import annotations

import subprocess
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Input, Sequential, Value
from autograd_lite.layers import Dense, Layer
from autograd_lite.losses import BinaryCrossentropy
from autograd_lite.optimizers import SGD, Adam, RMSprop

from .training_both_ways import TARGETS, X, Y, assert_same_weights, both_do, fit, logistic


def swish(z):
    return z * ag.sigmoid(z)


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
            assert Path(caught[0].filename).parent == Path(__file__).parent
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
