"""Metrics: their values, and the plausible lies that they refuse to tell."""

import numpy as np
import pytest

from autograd_lite import Input, Sequential, Value, metrics
from autograd_lite.layers import Dense
from autograd_lite.losses import MeanSquaredError

X = np.linspace(-1, 1, 40).reshape(-1, 1)
PROBABILITIES = np.array([[0.2, 0.8], [0.6, 0.4], [0.1, 0.9]])


def model(units=1, activation=None, loss="mse", **settings):
    made = Sequential([Input(shape=(1,)), Dense(units, activation=activation)], seed=0)
    made.compile(loss=loss, **settings)
    return made


def test_the_accuracies_count_right_decisions():
    assert metrics.binary_accuracy([0, 1, 1, 0], [[0.5], [0.5], [0.9], [0.1]]) == 0.75
    assert metrics.sparse_categorical_accuracy([1, 0, 0], PROBABILITIES) == pytest.approx(2 / 3)
    assert metrics.categorical_accuracy([[0, 1], [1, 0], [1, 0]], PROBABILITIES) == pytest.approx(2 / 3)
    assert metrics.accuracy(["cat", "dog"], ["cat", "cat"]) == 0.5


@pytest.mark.parametrize("kind", [np.uint8, np.uint64, bool])
def test_unsigned_integers_and_booleans_do_not_wrap_around(kind):
    y, f = np.array([1, 0], kind), np.array([0, 0], kind)
    assert metrics.mean_absolute_error(y, f) == metrics.mean_squared_error(y, f) == 0.5
    assert metrics.mean_absolute_error(f, y) == metrics.mean_squared_error(f, y) == 0.5


def test_a_metric_reads_a_value_as_its_numbers():
    assert metrics.mean_absolute_error(Value([1.0, 2.0]), Value([1.0, 4.0])) == 1.0


@pytest.mark.parametrize("y", [[20.0, 3.0], [0.5, 1.0], [-1, 1], [1, 2]])
def test_binary_accuracy_needs_labels_0_and_1(y):
    with pytest.raises(ValueError, match="mae"):
        metrics.binary_accuracy(y, [0.2, 0.7])


def test_accuracy_of_probabilities_is_refused():
    with pytest.raises(ValueError, match="binary_accuracy"):
        metrics.accuracy([0, 1], [0.2, 0.7])


@pytest.mark.parametrize("f", [[[0.2], [0.7]], [0.2, 0.7], 0.5])
def test_a_categorical_accuracy_of_one_output_is_refused(f):
    for metric in (metrics.sparse_categorical_accuracy, metrics.categorical_accuracy):
        with pytest.raises(ValueError, match="binary_accuracy"):
            metric([0, 1], f)
    with pytest.raises(ValueError, match="binary_accuracy"):
        model(1, "sigmoid", "binary_crossentropy", metrics=["sparse_categorical_accuracy"]).fit(
            X, X[:, 0] > 0, verbose=0
        )


@pytest.mark.parametrize("y", [[0, 2], [0, -1], [0, 0.5]])
def test_class_numbers_outside_the_classes_are_refused(y):
    with pytest.raises(ValueError, match=r"0\.\.1"):
        metrics.sparse_categorical_accuracy(y, PROBABILITIES[:2])


def test_the_accuracy_of_a_regression_is_refused_before_the_first_step():
    made = model(metrics=["accuracy"])
    before = made.get_weights()
    for call in (made.fit, made.evaluate, made.train_on_batch):
        with pytest.raises(ValueError, match="mae"):
            call(X, 20 * X + 3)
    several = model(2, metrics=["acc"])
    with pytest.raises(ValueError, match="mae"):
        several.fit(X, np.hstack([X, 3 * X]), verbose=0)
    np.testing.assert_array_equal(made.get_weights()[0], before[0])


def test_the_accuracy_of_decisions_learnt_by_least_squares_is_fine():
    made = model(1, "sigmoid", MeanSquaredError(), metrics=["accuracy"])
    assert 0 <= made.evaluate(X, X > 0)[1] <= 1


def test_a_failing_metric_leaves_the_weights_as_they_were():
    def fails(y, f):
        raise KeyError("mine")

    made = model(metrics=[fails])
    before = made.get_weights()
    with pytest.raises(KeyError, match="mine"):
        made.fit(X, X, verbose=0)
    np.testing.assert_array_equal(made.get_weights()[0], before[0])


def test_every_metric_has_a_name_of_its_own():
    def loss(y, f):
        return 5.0

    made = model(metrics=[lambda y, f: 1.0, lambda y, f: 2.0, "mae", "mae", loss])
    found = made.evaluate(X, X, return_dict=True)
    assert list(found) == ["loss", "<lambda>", "<lambda>_1", "mae", "mae_1", "loss_1"]
    assert (found["<lambda>"], found["<lambda>_1"], found["loss_1"]) == (1.0, 2.0, 5.0)
    assert found["loss"] != 5.0


@pytest.mark.parametrize("bad", ["accuracy", metrics.accuracy, {"accuracy"}, 3])
def test_metrics_are_a_list(bad):
    with pytest.raises(TypeError, match="list"):
        model(metrics=bad)
    with pytest.raises(TypeError, match="not 3"):
        model(metrics=[3])


def test_no_metrics_may_be_said_as_in_keras():
    assert isinstance(model(metrics=None).evaluate(X, X), float)


def test_labels_that_do_not_exclude_each_other_are_decided_one_by_one():
    y = np.hstack([X > 0, X > -0.5, X > 0.5]).astype(int)
    with pytest.raises(ValueError, match="'binary_accuracy'"):
        model(3, "sigmoid", "binary_crossentropy", metrics=["accuracy"]).fit(X, y, verbose=0)
    made = model(3, "sigmoid", "binary_crossentropy", metrics=["binary_accuracy"])
    assert made.evaluate(X, y)[1] == pytest.approx(np.mean((made.predict(X) >= 0.5) == y))
