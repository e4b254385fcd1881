"""A loss and the outputs that it is given: what Keras trains in silence, though it means nothing, is refused here."""

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Input, Sequential, Value
from autograd_lite.initializers import Constant
from autograd_lite.layers import Dense, Layer
from autograd_lite.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    MeanAbsoluteError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)
from autograd_lite.optimizers import SGD

GENERATOR = np.random.default_rng(2)
X = GENERATOR.normal(size=(40, 3))
Y = (X[:, 0] > 0).astype(int)
CLASSES = GENERATOR.integers(0, 3, 40)


def model(units, activation, loss, **settings):
    made = Sequential([Input(shape=(3,)), Dense(units, activation=activation)], seed=0)
    made.compile(loss=loss, **settings)
    return made


@pytest.mark.parametrize("activation", ["linear", "tanh", "relu", "softmax", "log_softmax"])
def test_binary_crossentropy_takes_a_sigmoid_alone(activation):
    with pytest.raises(ValueError, match=r"Use activation='sigmoid'"):
        model(3, activation, BinaryCrossentropy())
    model(3, "sigmoid", BinaryCrossentropy())


@pytest.mark.parametrize("loss", [CategoricalCrossentropy, SparseCategoricalCrossentropy])
@pytest.mark.parametrize("activation", ["linear", "tanh", "relu", "sigmoid", "log_softmax"])
def test_categorical_crossentropy_takes_a_softmax_alone(loss, activation):
    with pytest.raises(ValueError, match=r"Use activation='softmax'"):
        model(3, activation, loss())
    model(3, "softmax", loss())


@pytest.mark.parametrize("activation", ["sigmoid", "softmax", "relu", "tanh"])
@pytest.mark.parametrize("loss", [BinaryCrossentropy, SparseCategoricalCrossentropy])
def test_logits_can_be_any_numbers(loss, activation):
    with pytest.raises(ValueError, match=r"Use activation='linear'"):
        model(3, activation, loss(from_logits=True))
    model(3, "linear", loss(from_logits=True))


def test_a_logarithm_of_probabilities_is_a_logit_of_them():
    costs = [
        model(3, activation, SparseCategoricalCrossentropy(from_logits=from_logits)).evaluate(X, CLASSES)
        for activation, from_logits in (("log_softmax", True), ("softmax", False))
    ]
    assert costs[0] == pytest.approx(costs[1])


@pytest.mark.parametrize("activation", [lambda z: z, lambda z: ag.relu(z) * 9, lambda z: ag.sigmoid(z) * 1.2])
def test_an_unknown_activation_is_judged_by_its_outputs(activation):
    made = model(1, activation, BinaryCrossentropy())
    for call in (made.fit, made.evaluate, made.train_on_batch):
        with pytest.raises(ValueError, match=r"probabilities in 0\.\.1"):
            call(X, Y)


def test_an_activation_of_ones_own_that_gives_probabilities_is_welcome():
    made = model(1, lambda z: 0.5 * (1 + np.tanh(z / 2)), BinaryCrossentropy(), optimizer=SGD(0.5))
    costs = made.fit(X, Y, epochs=20, verbose=0).history["loss"]
    assert costs[-1] < 0.8 * costs[0]


def test_an_unknown_activation_is_still_judged_when_training_moves_its_outputs():
    half = Constant(0.5)
    made = Sequential([Dense(1, activation=lambda z: z, kernel_initializer="zeros", bias_initializer=half)])
    made.compile(loss=BinaryCrossentropy(), optimizer=SGD(5.0))
    with pytest.raises(ValueError, match=r"probabilities in 0\.\.1"):
        made.fit(X, Y, epochs=5, verbose=0)


def test_a_function_that_borrows_the_name_of_an_activation_is_no_such_activation():
    def sigmoid(z):
        return 3 * z

    with pytest.raises(ValueError, match=r"probabilities in 0\.\.1"):
        model(1, sigmoid, BinaryCrossentropy()).fit(X, Y, verbose=0)


def test_a_layer_added_after_compile_is_seen_by_fit():
    late = Sequential([Input(shape=(3,)), Dense(2, activation="sigmoid")])
    late.compile(loss="binary_crossentropy")
    late.add(Dense(1))
    with pytest.raises(ValueError, match="activation='linear'"):
        late.fit(X, Y, verbose=0)
    early = Sequential()
    early.compile(loss=SparseCategoricalCrossentropy())
    early.add(Dense(1))
    with pytest.raises(ValueError, match="one output for each class"):
        early.evaluate(X, Y)


@pytest.mark.parametrize(
    "activation", [np.sum, lambda z: np.sum(z, axis=0), lambda z: np.sum(z, axis=0, keepdims=True)]
)
def test_one_output_is_never_broadcast_to_all_labels(activation):
    for loss in ("mse", BinaryCrossentropy()):
        with pytest.raises(ValueError, match=r"40 examples|32 examples"):
            model(1, activation, loss).fit(X, Y, verbose=0)


def test_a_softmax_over_the_examples_is_no_softmax_over_the_classes():
    made = model(3, lambda z: ag.softmax(z, axis=0), SparseCategoricalCrossentropy())
    with pytest.raises(ValueError, match="sum to 1"):
        made.fit(X, CLASSES, verbose=0)
    z = Value(GENERATOR.normal(size=(4, 3)))
    with pytest.raises(ValueError, match="sum to 1"):
        SparseCategoricalCrossentropy()([0, 1, 2, 0], ag.softmax(z, axis=0))
    last = SparseCategoricalCrossentropy()([0, 1, 2, 0], ag.softmax(z, axis=1))
    assert last.item() == pytest.approx(SparseCategoricalCrossentropy()([0, 1, 2, 0], ag.softmax(z)).item(), rel=1e-15)


@pytest.mark.parametrize("rows", [[[0.9, 0.8]], [[0.2, 0.2]], [[0.0, 0.0]]])
def test_probabilities_of_all_classes_sum_to_1(rows):
    for loss, y in ((SparseCategoricalCrossentropy(), [0]), (CategoricalCrossentropy(), [[1, 0]])):
        with pytest.raises(ValueError, match="sum to 1"):
            loss(y, rows)
    assert SparseCategoricalCrossentropy()([0], np.array([[0.3334, 0.6667]], np.float32)) == pytest.approx(
        1.098, abs=1e-3
    )


def test_one_output_offers_no_choice_of_classes():
    for prediction in ([[0.5]], 0.5):
        with pytest.raises(ValueError, match="one output for each class"):
            SparseCategoricalCrossentropy()([0] if np.ndim(prediction) else 0, prediction)


def test_a_loss_that_was_not_made_before_it_was_called_says_so():
    with pytest.raises(TypeError, match=r"BinaryCrossentropy\(\)\(y_true, y_pred\)"):
        BinaryCrossentropy(Y)
    with pytest.raises(TypeError, match=r"BinaryCrossentropy\(\)\(y_true, y_pred\)"):
        BinaryCrossentropy(Y, X[:, 0])
    with pytest.raises(TypeError, match=r"MeanSquaredError\(\)\(y_true, y_pred\)"):
        MeanSquaredError(Y)
    with pytest.raises(TypeError, match="True or False"):
        BinaryCrossentropy(from_logits="yes")


def test_labels_and_predictions_that_changed_places_are_told_apart():
    with pytest.raises(ValueError, match=r"loss\(y_true, y_pred\)"):
        BinaryCrossentropy()([0.2, 0.9], [0, 1])
    assert BinaryCrossentropy()([0, 1], [0, 1]) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("loss", [MeanSquaredError(), BinaryCrossentropy(), BinaryCrossentropy(from_logits=True)])
@pytest.mark.parametrize("bad", [["a", "b"], None, [0.5, None], [1j, 0], [0.5, np.nan], {"a": 1}, [[1], [1, 2]]])
def test_predictions_are_numbers(loss, bad):
    with pytest.raises((TypeError, ValueError), match=r"predictions|y_pred"):
        loss([0, 1], bad)


@pytest.mark.parametrize("kind", [np.uint8, np.uint64, np.int8, bool])
def test_unsigned_integers_and_booleans_do_not_wrap_around(kind):
    y, f = np.array([0, 1, 1], kind), np.array([1, 1, 0], kind)
    for a, b in ((y, f), (y, Value(f)), (y.astype(float), f)):
        for loss in (MeanSquaredError(), MeanAbsoluteError()):
            cost = loss(a, b)
            assert (cost.item() if isinstance(cost, Value) else cost) == pytest.approx(2 / 3)


def test_a_layer_of_ones_own_needs_no_units():
    class Scale(Layer):
        def build(self, features, generator=None):
            self.weights, self.built = [Value(np.ones(features))], True

        def call(self, x):
            return x * self.weights[0]

    made = Sequential([Input(shape=(3,)), Scale()], seed=0)
    made.compile(loss="mse", optimizer=SGD(0.1))
    made.summary()
    costs = made.fit(X, 2 * X, epochs=10, verbose=0).history["loss"]
    assert costs[-1] < 0.1 * costs[0]
    made.compile(loss=BinaryCrossentropy())
    with pytest.raises(ValueError, match="probabilities"):
        made.fit(X, np.ones((40, 3)), verbose=0)
