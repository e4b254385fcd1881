"""Sequential: what fit does, and what it refuses at the earliest line."""

import warnings

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Input, NonFiniteError, Sequential
from autograd_lite.callbacks import Callback
from autograd_lite.layers import Dense, Layer
from autograd_lite.losses import BinaryCrossentropy, SparseCategoricalCrossentropy
from autograd_lite.metrics import accuracy
from autograd_lite.optimizers import SGD, Adam

GENERATOR = np.random.default_rng(5)
X = GENERATOR.normal(size=(50, 3))
Y = (X @ [1.0, -2.0, 0.5] > 0).astype(int)


def classifier(seed=0, **compiled):
    model = Sequential([Dense(4, activation="tanh"), Dense(1, activation="sigmoid")], seed=seed)
    model.compile(**{"loss": "binary_crossentropy", "optimizer": SGD(0.5)} | compiled)
    return model


def test_one_epoch_on_one_batch_is_one_step_of_gradient_descent():
    model = Sequential([Input(shape=(3,)), Dense(1, activation="sigmoid")], seed=1)
    model.compile(loss=BinaryCrossentropy(), optimizer=SGD(0.5))
    W, b = model.get_weights()
    f = 1 / (1 + np.exp(-(X @ W + b)))
    history = model.fit(X, Y, epochs=1, batch_size=50, verbose=0)
    error = f[:, 0] - Y
    np.testing.assert_allclose(model.get_weights()[0][:, 0], W[:, 0] - 0.5 * X.T @ error / 50, rtol=1e-12)
    np.testing.assert_allclose(model.get_weights()[1], b - 0.5 * np.mean(error), rtol=1e-12)
    assert history.history["loss"] == pytest.approx([-np.mean(Y * np.log(f[:, 0]) + (1 - Y) * np.log(1 - f[:, 0]))])


def test_every_example_is_seen_once_an_epoch_and_the_last_batch_is_short():
    seen = []

    class Spy(Dense):
        def call(self, x):
            if isinstance(x, np.ndarray) and not x.flags.writeable:
                seen.append(x[:, 0].tolist())
            return super().call(x)

    model = Sequential([Spy(1)], seed=0)
    model.compile(loss="mse", run_eagerly=True)  # a program is recorded once, and Spy's own code does not run again
    x = np.arange(10.0).reshape(-1, 1)
    model.fit(x, x, epochs=2, batch_size=4, verbose=0)
    assert [len(batch) for batch in seen] == [4, 4, 2, 4, 4, 2]
    first, second = ([x for batch in epoch for x in batch] for epoch in (seen[:3], seen[3:]))
    assert sorted(first) == sorted(second) == list(range(10))
    assert first != second


def test_without_shuffling_the_order_is_that_of_the_data():
    model = classifier()
    other = classifier()
    model.fit(X, Y, epochs=3, shuffle=False, verbose=0)
    other.fit(X, Y, epochs=3, shuffle=False, verbose=0)
    np.testing.assert_array_equal(model.get_weights()[0], other.get_weights()[0])


def test_a_seed_decides_the_weights_and_the_order():
    runs = [classifier(seed).fit(X, Y, epochs=3, verbose=0).history["loss"] for seed in (7, 7, 8)]
    assert runs[0] == runs[1] != runs[2]


def test_the_cost_of_an_epoch_is_the_mean_over_examples_also_with_a_short_batch():
    model = classifier(optimizer=SGD(1e-12), metrics=["accuracy"])
    history = model.fit(X, Y, epochs=1, batch_size=32, verbose=0).history
    loss, accuracy = model.evaluate(X, Y)
    assert history["loss"][0] == pytest.approx(loss, rel=1e-9)
    assert history["accuracy"][0] == pytest.approx(accuracy)


def test_validation_data_are_evaluated_and_never_trained_on():
    with_validation, without = classifier(metrics=["accuracy"]), classifier()
    history = with_validation.fit(X[:40], Y[:40], epochs=3, validation_data=(X[40:], Y[40:]), verbose=0)
    without.fit(X[:40], Y[:40], epochs=3, verbose=0)
    np.testing.assert_array_equal(with_validation.get_weights()[0], without.get_weights()[0])
    assert set(history.history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert [history.history["val_loss"][-1], history.history["val_accuracy"][-1]] == with_validation.evaluate(
        X[40:], Y[40:]
    )


def test_accuracy_is_read_as_the_loss_means_it():
    logits = Sequential([Input(shape=(3,)), Dense(1)], seed=0)
    logits.compile(loss=BinaryCrossentropy(from_logits=True), metrics=["accuracy"])
    probabilities = Sequential([Input(shape=(3,)), Dense(1, activation="sigmoid")])
    probabilities.compile(loss=BinaryCrossentropy(), metrics=["accuracy"])
    probabilities.set_weights(logits.get_weights())
    assert logits.evaluate(X, Y) == pytest.approx(probabilities.evaluate(X, Y))


def test_predict_does_not_depend_on_the_batch_size_and_records_nothing_lasting():
    model = classifier()
    whole = model.predict(X)
    assert whole.shape == (50, 1)
    np.testing.assert_allclose(model.predict(X, batch_size=7), whole, rtol=1e-15)
    assert all(w.grad is None for w in model.weights)


def test_weights_can_be_taken_out_and_put_back():
    model, other = classifier(0), classifier(1)
    for m in (model, other):
        m.predict(X)
    other.set_weights(model.get_weights())
    np.testing.assert_array_equal(model.predict(X), other.predict(X))
    taken = model.get_weights()
    taken[0][:] = 99
    assert not np.any(model.get_weights()[0] == 99)


def test_a_callback_is_told_of_everything_and_may_stop():
    told = []

    class Spy(Callback):
        def on_train_begin(self):
            told.append("begin")

        def on_train_batch_end(self, batch, logs):
            told.append(("batch", batch, sorted(logs)))

        def on_epoch_end(self, epoch, logs):
            told.append(("epoch", epoch))
            self.model.stop_training = epoch == 1

        def on_train_end(self):
            told.append("end")

    classifier().fit(X, Y, epochs=9, batch_size=25, callbacks=[Spy()], verbose=0)
    batches = [("batch", 0, ["loss"]), ("batch", 1, ["loss"])]
    assert told == ["begin", *batches, ("epoch", 0), *batches, ("epoch", 1), "end"]


def test_where_the_output_is_no_terminal_there_is_one_plain_line_an_epoch(capsys):
    classifier(metrics=["accuracy"]).fit(X, Y, epochs=3)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" - ")[0] for line in lines] == ["Epoch 1/3", "Epoch 2/3", "Epoch 3/3"]
    assert all("loss" in line and "accuracy" in line and "\x1b" not in line for line in lines)


def test_float32_is_kept_if_it_is_asked_for():
    model = Sequential([Dense(4, activation="relu", dtype="float32"), Dense(1, dtype="float32")], seed=0)
    model.compile(loss="mse", optimizer="adam")
    model.fit(X, Y, epochs=1, verbose=0)
    assert {w.dtype for w in model.weights} == {np.dtype("float32")}
    assert model.predict(X).dtype == np.float32


def test_glorot_weights_stay_within_their_limit_and_biases_start_at_zero():
    W, b = Sequential([Input(shape=(64,)), Dense(25)], seed=0).get_weights()
    limit = np.sqrt(6 / 89)
    assert 0.9 * limit < np.abs(W).max() < limit
    assert not b.any()


# ---------------------------------------------------------------------- bad input


def raises(kind, message):
    return pytest.raises(kind, match=message)


def test_fit_before_compile_says_what_to_do():
    model = Sequential([Dense(1)])
    for call in (lambda: model.fit(X, Y), lambda: model.evaluate(X, Y)):
        with raises(RuntimeError, "not compiled"):
            call()


def test_compile_without_a_loss_or_with_one_that_does_not_fit_the_last_layer():
    with raises(ValueError, "needs a loss"):
        Sequential([Dense(1)]).compile()
    with raises(ValueError, "from_logits=True"):
        Sequential([Dense(1)]).compile(loss="binary_crossentropy")
    with raises(ValueError, "twice"):
        Sequential([Dense(1, activation="sigmoid")]).compile(loss=BinaryCrossentropy(from_logits=True))
    with raises(ValueError, "one output for each class"):
        Sequential([Dense(1, activation="sigmoid")]).compile(loss=SparseCategoricalCrossentropy())
    with raises(ValueError, "Did you mean 'binary_crossentropy'"):
        Sequential([Dense(1)]).compile(loss="binary_crosentropy")
    with raises(ValueError, "There is no metric"):
        classifier(metrics=["acuracy"])


def test_the_wrong_number_of_features_names_the_layer_and_both_numbers():
    model = classifier()
    model.fit(X, Y, verbose=0)
    with raises(ValueError, r"dense expects 3 features.*\(10, 4\)"):
        model.fit(np.ones((10, 4)), np.ones(10), verbose=0)
    with raises(ValueError, "expects 3 features"):
        model.predict(np.ones((10, 2)))


@pytest.mark.parametrize(
    ("x", "kind", "message"),
    [
        (np.where(np.arange(150).reshape(50, 3) == 70, np.nan, X), ValueError, "example 23, feature 1"),
        (np.where(np.arange(150).reshape(50, 3) == 70, np.inf, X), ValueError, "inf"),
        (X.astype(str), TypeError, "text|numbers"),
        (np.array([[1, 2, "three"]] * 50, dtype=object), TypeError, "'three'"),
        ([[1.0, 2.0], [3.0]], ValueError, "rows differ"),
        (np.empty((0, 3)), ValueError, "empty"),
        (np.empty((50, 0)), ValueError, "empty"),
        (X[:, 0], ValueError, r"reshape\(-1, 1\)"),
        (X.astype(complex), TypeError, "complex"),
        (X[:40], ValueError, "40 examples in X, but y holds 50"),
        (X.reshape(50, 3, 1), ValueError, r"shape \(examples, features\)"),
    ],
    ids=str,
)
def test_bad_features_are_refused_before_training(x, kind, message):
    model = classifier()
    with raises(kind, message):
        model.fit(x, Y, verbose=0)


@pytest.mark.parametrize(
    ("y", "kind", "message"),
    [
        (2 * Y - 1, ValueError, "labels -1 and 1"),
        (Y + 1, ValueError, "labels 0 and 1"),
        (np.where(Y, "spam", "ham"), TypeError, "spam|ham"),
        (np.where(Y, np.nan, 0.0), ValueError, "nan"),
        (np.stack([Y, Y, Y], axis=1), ValueError, "broadcast"),
        (Y[:10], ValueError, "50 examples in X, but y holds 10"),
        (1, ValueError, "single label"),
    ],
    ids=str,
)
def test_bad_labels_are_refused_before_training(y, kind, message):
    with raises(kind, message):
        classifier().fit(X, y, verbose=0)


@pytest.mark.parametrize("settings", [{"epochs": -1}, {"epochs": 1.5}, {"batch_size": 0}, {"batch_size": "all"}])
def test_epochs_and_batch_size_are_positive_whole_numbers(settings):
    with raises(ValueError, next(iter(settings))):
        classifier().fit(X, Y, verbose=0, **settings)


def test_validation_data_are_checked_before_the_first_epoch():
    epochs = []

    class Spy(Callback):
        def on_epoch_end(self, epoch, logs):
            epochs.append(epoch)

    for bad in ((X, Y[:3]), (X[:, :2], Y), (X,), (X, 2 * Y - 1)):
        with pytest.raises(ValueError, match=r"."):
            classifier().fit(X, Y, validation_data=bad, callbacks=[Spy()], verbose=0)
    assert epochs == []


def test_a_step_that_is_too_long_is_found_and_named():
    model = Sequential([Dense(4), Dense(1)], seed=0)
    model.compile(loss="mse", optimizer=SGD(1e6))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        with raises(NonFiniteError, "learning rate"):
            model.fit(X, Y, epochs=50, verbose=0)


@pytest.mark.parametrize("units", [0, -1, 2.5, "many", True, None])
def test_units_are_a_positive_whole_number(units):
    with raises(ValueError, "units"):
        Dense(units)


def test_a_layer_says_what_is_wrong_with_it():
    with raises(ValueError, "always 1"):
        Dense(1, activation="softmax")
    with raises(ValueError, "Did you mean 'sigmoid'"):
        Dense(1, activation="sigmoidd")
    with raises(ValueError, "no initializer"):
        Dense(1, kernel_initializer="glorott")
    with raises(TypeError, r"Dense\(\.\.\.\)"):
        Sequential([Dense])
    with raises(ValueError, "no layers"):
        Sequential([])(X)
    with raises(ValueError, r"reshape\(1, -1\)"):
        Dense(1)(X[0])
    layer = Dense(1)
    with raises(ValueError, "already"):
        Sequential([layer, layer])
    with raises(ValueError, "both be called"):
        Sequential([Dense(1, name="a"), Dense(1, name="a")])


def test_weights_of_other_shapes_are_refused():
    model = classifier()
    with raises(ValueError, "no weights yet"):
        model.set_weights([])
    model.predict(X)
    with raises(ValueError, "4 weights; set_weights was given 1"):
        model.set_weights([np.ones((3, 4))])
    with raises(ValueError, r"shapes \[\(3, 4\), \(4,\)\]"):
        model.set_weights([np.ones((4, 3)), np.ones(4), np.ones((4, 1)), np.ones(1)])


def test_metrics_never_broadcast():
    with raises(ValueError, "like with like"):
        accuracy(np.ones(3), np.ones((3, 2)))
    assert accuracy(np.ones(3), np.ones((3, 1))) == 1.0


def test_a_model_is_a_function_that_can_be_differentiated():
    model = Sequential([Input(shape=(3,)), Dense(4, activation="tanh"), Dense(1)], seed=0)
    assert ag.check_grad(model, X[:2], order=2)


def test_adam_reaches_a_lower_cost_than_where_it_started():
    model = classifier(optimizer=Adam(0.05))
    costs = model.fit(X, Y, epochs=40, verbose=0).history["loss"]
    assert costs[-1] < 0.3 * costs[0]


# ---------------------------------------------------------------------- valid code that must not be refused


def test_one_declared_feature_may_be_a_vector():
    model = Sequential([Dense(units=1, input_shape=[1])], seed=0)
    model.compile(optimizer="sgd", loss="mean_squared_error")
    x = np.array([-1.0, 0.0, 1.0, 2.0, 3.0, 4.0])
    model.fit(x, 2 * x - 1, epochs=400, verbose=0)
    assert model.predict(np.array([10.0]))[0, 0] == pytest.approx(19, abs=0.5)
    with raises(ValueError, r"reshape\(-1, 1\)"):
        classifier().fit(x, x, verbose=0)


class SquaresToo(Layer):
    """A layer of a user's own: no weights, twice as many outputs as inputs."""

    def call(self, x):
        return np.concatenate([x, x**2], axis=1)


@pytest.mark.parametrize("first", [[], [Input(shape=(3,))]], ids=["built by data", "built by Input"])
def test_a_layer_of_ones_own_needs_only_its_call(first):
    model = Sequential([*first, SquaresToo(), Dense(1)], seed=0)
    model.compile(loss="mse", optimizer="adam")
    model.fit(X, Y, epochs=1, verbose=0)
    assert model.weights[0].shape == (6, 1)
    with pytest.raises(NotImplementedError, match="call"):
        Sequential([Layer()]).predict(X)


def test_build_takes_keras_argument():
    model = Sequential([Dense(2)])
    model.build(input_shape=(None, 3))
    assert model.count_params() == 8


def test_a_metric_of_one_number_for_each_example_is_averaged():
    def distance(y_true, y_pred):
        return np.mean(np.abs(np.reshape(y_true, (-1, 1)) - y_pred), axis=-1)

    model = Sequential([Input(shape=(3,)), Dense(1)], seed=0)
    model.compile(loss="mse", metrics=[distance, "mae"])
    _, own, known = model.evaluate(X, Y)
    assert own == pytest.approx(known)


def test_a_loss_may_be_a_function():
    def squares(y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2, axis=-1)

    runs = []
    for loss in (squares, "mse"):
        model = Sequential([Input(shape=(3,)), Dense(1)], seed=0)
        model.compile(loss=loss, optimizer="sgd")
        runs.append(model.fit(X, Y, epochs=2, verbose=0).history["loss"])
    assert runs[0] == pytest.approx(runs[1])


def test_no_epochs_give_an_empty_history():
    assert classifier().fit(X, Y, epochs=0, verbose=0).history == {}


def test_weights_can_be_read_as_tensors_are():
    layer = Sequential([Input(shape=(3,)), Dense(1)], seed=0).layers[0]
    np.testing.assert_array_equal(layer.kernel.numpy(), layer.get_weights()[0])
