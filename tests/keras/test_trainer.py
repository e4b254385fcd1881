"""What a model is trained with: one step, frozen layers, batches of an evaluation, Keras' ways to say things."""

import numpy as np
import pytest

from autograd_lite import Input, NonFiniteError, Sequential, Value
from autograd_lite.layers import Dense, Layer
from autograd_lite.losses import BinaryCrossentropy, MeanSquaredError
from autograd_lite.optimizers import SGD, Adam

GENERATOR = np.random.default_rng(4)
X = GENERATOR.normal(size=(50, 3))
Y = (X[:, 0] > 0).astype(int)


def classifier(**compiled):
    model = Sequential([Input(shape=(3,)), Dense(4, activation="tanh"), Dense(1, activation="sigmoid")], seed=0)
    model.compile(**{"loss": "binary_crossentropy", "optimizer": SGD(0.5)} | compiled)
    return model


# ---------------------------------------------------------------------- one step


def test_a_step_on_a_batch_is_an_epoch_of_one_batch():
    one, other = classifier(metrics=["accuracy"]), classifier(metrics=["accuracy"])
    expected = other.fit(X, Y, batch_size=50, shuffle=False, verbose=0).history
    cost, accuracy = one.train_on_batch(X, Y)
    assert [cost, accuracy] == pytest.approx([expected["loss"][0], expected["accuracy"][0]])
    np.testing.assert_allclose(one.get_weights()[0], other.get_weights()[0], rtol=1e-12)
    assert set(one.train_on_batch(X, Y, return_dict=True)) == {"loss", "accuracy"}
    assert isinstance(classifier().train_on_batch(X, Y), float)


@pytest.mark.parametrize(
    ("x", "y"),
    [(X, Y[:3]), (X, np.tile(Y, (50, 1))), (X, 2 * Y - 1), (X[:, :2], Y), (X * np.nan, Y), (X, None), (X[:0], Y[:0])],
)
def test_a_step_on_a_batch_is_as_strict_as_fit(x, y):
    model = classifier()
    before = model.get_weights()
    with pytest.raises((ValueError, TypeError)):
        model.train_on_batch(x, y)
    np.testing.assert_array_equal(model.get_weights()[0], before[0])


def test_a_step_on_a_batch_leaves_the_arrays_of_its_caller_writeable():
    x, y = X.copy(), Y.astype(float)
    classifier().train_on_batch(x, y)
    assert x.flags.writeable
    assert y.flags.writeable


# ---------------------------------------------------------------------- frozen layers


def test_a_frozen_layer_keeps_its_weights_and_the_others_learn():
    model = classifier()
    model.layers[0].trainable = False
    frozen, free = [w.copy() for w in model.layers[0].get_weights()], model.layers[1].get_weights()
    model.fit(X, Y, epochs=3, verbose=0)
    for a, b in zip(frozen, model.layers[0].get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    for a, b in zip(free, model.layers[1].get_weights(), strict=True):
        assert np.all(a != b)


def test_weights_are_trainable_or_not_and_all_in_order():
    model = classifier()
    assert model.trainable_weights == model.trainable_variables == model.weights
    assert model.non_trainable_weights == []
    model.layers[1].trainable = False
    assert [w.name for w in model.trainable_weights] == ["dense_W", "dense_b"]
    assert [w.name for w in model.non_trainable_weights] == ["dense_1_W", "dense_1_b"]
    assert len(model.weights) == 4
    model.trainable = False
    assert not model.trainable
    assert model.trainable_weights == []


def test_freezing_after_steps_needs_a_new_optimizer_and_then_works():
    model = classifier(optimizer="adam")
    model.fit(X, Y, verbose=0)
    model.layers[0].trainable = False
    with pytest.raises(ValueError, match=r"compile it again"):
        model.fit(X, Y, verbose=0)
    model.compile(loss="binary_crossentropy", optimizer="adam")
    model.fit(X, Y, verbose=0)


def test_a_layer_added_after_steps_needs_a_new_optimizer():
    model = Sequential([Dense(2)], seed=0)
    model.compile(loss="mse")
    model.fit(X, X[:, :2], verbose=0)
    model.add(Dense(2))
    with pytest.raises(ValueError, match=r"RMSprop has made 2 step\(s\) on other variables.*compile it again"):
        model.fit(X, X[:, :2], verbose=0)


def test_a_model_of_frozen_layers_cannot_be_trained_but_evaluated():
    model = classifier()
    model.trainable = False
    with pytest.raises(ValueError, match="nothing to train"):
        model.fit(X, Y, verbose=0)
    with pytest.raises(ValueError, match="nothing to train"):
        model.train_on_batch(X, Y)
    assert model.evaluate(X, Y) > 0
    with pytest.raises(TypeError, match="True or False"):
        model.layers[0].trainable = "no"


def test_the_summary_counts_trainable_and_other_weights(capsys):
    model = classifier()
    model.layers[0].trainable = False
    model.summary()
    text = capsys.readouterr().out
    for line in ("Total params: 21", "Trainable params: 5", "Non-trainable params: 16"):
        assert line in text


# ---------------------------------------------------------------------- numbers that are not finite


def test_weights_that_are_not_finite_after_the_last_step_are_found():
    model = classifier(loss="mse", optimizer=SGD(1e300))
    model.layers[0].set_weights([np.ones((3, 4)), np.ones(4)])
    huge = Sequential([Input(shape=(3,)), Dense(1)], seed=0)
    for call in (
        lambda: huge.fit(X * 1e10, X[:, 0], batch_size=50, verbose=0),
        lambda: huge.train_on_batch(X * 1e10, Y),
    ):
        huge.compile(loss="mse", optimizer=SGD(1e300))
        huge.set_weights([np.ones((3, 1)), np.ones(1)])
        with pytest.raises(NonFiniteError, match=r"dense_W hold.*learning rate below 1e\+300"):
            call()


def test_training_that_grows_beyond_bounds_warns_of_nothing_before_its_error():
    model = Sequential([Dense(4), Dense(1)], seed=0)
    model.compile(loss="mse", optimizer=SGD(1e6))
    with pytest.raises(NonFiniteError, match="learning rate"):
        model.fit(X, Y, epochs=50, verbose=0)


@pytest.mark.parametrize(
    ("activation", "message"),
    [
        (np.log, "made by log.*; its operand is -.* … .*not positive"),
        (np.sqrt, "made by sqrt.*; its operand is -.*negative number"),
        (lambda z: 1 / (z * 0), "a denominator is 0"),
        (lambda z: z**0.5, "no real root"),
        (lambda z: np.exp(1e4 * z), "too long|not scaled"),
    ],
)
def test_an_operation_outside_its_domain_is_named_and_the_learning_rate_not_blamed(activation, message):
    model = Sequential([Dense(1, activation=activation)], seed=0)
    model.compile(loss="mse")
    with pytest.raises(NonFiniteError, match=message) as error:
        model.fit(X, Y, verbose=0)
    assert ("learning rate" in str(error.value)) == ("too long" in message)


def test_a_gradient_that_is_not_finite_is_named_and_not_applied():
    model = Sequential([Dense(1, activation=np.sqrt, kernel_initializer="zeros")], seed=0)
    model.compile(loss="mse")
    with pytest.raises(NonFiniteError, match=r"The gradient of dense_W .* no step was made"):
        model.fit(np.abs(X), np.ones(50), verbose=0)
    assert np.all(model.get_weights()[0] == 0)


# ---------------------------------------------------------------------- evaluation


def test_a_sum_over_examples_is_reported_as_the_mean_over_batches_in_training_and_evaluation():
    model = classifier(loss=BinaryCrossentropy(reduction="sum"), optimizer=SGD(1e-12))
    history = model.fit(X, Y, batch_size=20, shuffle=False, verbose=0, validation_data=(X, Y)).history
    costs = [
        float(BinaryCrossentropy(reduction="sum")(Y[i : i + 20], model.predict(X[i : i + 20]))) for i in (0, 20, 40)
    ]
    expected = (20 * costs[0] + 20 * costs[1] + 10 * costs[2]) / 50
    assert history["loss"] == pytest.approx([expected], rel=1e-6)
    assert history["val_loss"] == pytest.approx([expected], rel=1e-6)
    assert model.evaluate(X, Y, batch_size=20) == pytest.approx(expected, rel=1e-6)
    whole = BinaryCrossentropy(reduction="sum")(Y, model.predict(X))
    assert model.evaluate(X, Y, batch_size=50) == pytest.approx(whole, rel=1e-6)
    assert model.evaluate(X, Y) == model.evaluate(X, Y, 32)


def test_a_mean_does_not_depend_on_the_batches_of_the_evaluation():
    model = classifier(metrics=["accuracy", "mae"])
    for size in (1, 7, 50, 1000):
        assert model.evaluate(X, Y, size) == pytest.approx(model.evaluate(X, Y), rel=1e-12)


def test_the_third_argument_of_evaluate_is_the_batch_size_as_in_keras(capsys):
    model = classifier(metrics=["accuracy"])
    assert isinstance(model.evaluate(X, Y, 32), list)
    assert isinstance(model.evaluate(X, Y, 32, 1, return_dict=True), dict)
    assert "loss: " in capsys.readouterr().out
    with pytest.raises(ValueError, match="batch_size"):
        model.evaluate(X, Y, True)


@pytest.mark.parametrize("reduction", ["none", None])
def test_training_needs_one_number(reduction):
    with pytest.raises(ValueError, match="makes one number small"):
        classifier(loss=MeanSquaredError(reduction=reduction))


# ---------------------------------------------------------------------- Keras' ways to say things


def test_what_keras_lets_be_none_may_be_none():
    model = classifier(metrics=None)
    one = model.fit(X, Y, batch_size=None, callbacks=None, validation_data=None, shuffle=False, verbose=0)
    other = classifier().fit(X, Y, batch_size=32, shuffle=False, verbose=0)
    assert one.history == other.history
    np.testing.assert_array_equal(model.predict(X, batch_size=None), model.predict(X))


@pytest.mark.parametrize("loss", [BinaryCrossentropy(), "binary_crossentropy", "BinaryCrossentropy", "mse"])
def test_a_loss_in_the_place_of_the_optimizer_is_told_where_it_belongs(loss):
    with pytest.raises(TypeError, match=r"first argument of compile is the optimizer.*compile\(loss="):
        classifier().compile(loss)


@pytest.mark.parametrize(
    ("activation", "loss"),
    [("sigmoid", "binary_crossentropy"), ("softmax", "sparse_categorical_crossentropy"), (None, "mse")],
)
def test_the_loss_that_is_suggested_goes_with_the_last_layer(activation, loss):
    model = Sequential([Dense(2, activation=activation)])
    with pytest.raises(ValueError, match=f"loss='{loss}'"):
        model.compile(optimizer="adam")
    with pytest.raises(RuntimeError, match=f"loss='{loss}'"):
        model.fit(X, Y)


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("validation_split", r"train_test_split.*validation_data"),
        ("sample_weight", "fit has no argument sample_weight"),
    ],
)
def test_an_argument_that_fit_does_not_have_is_refused(argument, message):
    with pytest.raises(TypeError, match=message):
        classifier().fit(X, Y, **{argument: 0.2})


def test_a_model_may_be_built_as_in_keras():
    for shape in (3, (None, 3), (3,), [None, np.int64(3)]):
        model = Sequential([Dense(2), Dense(1)])
        model.build(shape)
        assert model.count_params() == 11
    with pytest.raises(ValueError, match="built for 3 features"):
        model.build(4)
    for bad in (None, (None, None), 0, -1, "3", (1, 2, 3), 2.0):
        with pytest.raises(ValueError, match=r"build\(64\)"):
            Sequential([Dense(1)]).build(bad)


@pytest.mark.parametrize("settings", [{"input_dim": 3}, {"input_shape": (3,)}])
def test_the_first_layer_may_say_the_number_of_features(settings):
    assert Sequential([Dense(2, **settings)]).count_params() == 8


def test_a_layer_that_was_built_before_says_what_it_expects():
    layer = Dense(1)
    layer.build((None, 3))
    model = Sequential([layer])
    with pytest.raises(ValueError, match=r"Layer dense expects 3 features an example; X has shape \(50, 2\)"):
        model.predict(X[:, :2])


def test_training_in_float32_stays_in_float32():
    model = Sequential([Input(shape=(3,)), Dense(4, dtype="float32"), Dense(1, dtype="float32")], seed=0)
    for optimizer in (SGD(0.01), SGD(0.01, momentum=0.9), Adam()):
        model.compile(loss="mse", optimizer=optimizer)
        model.fit(X, X[:, 0], verbose=0)
        assert {w.dtype for w in model.weights} == {np.dtype("float32")}


def test_outputs_that_are_cut_from_the_graph_are_refused():
    class Cut(Layer):
        def build(self, features, generator=None):
            self.weights, self.built = [Value(np.ones(features))], True

        def call(self, x):
            return x * self.weights[0].data

    model = Sequential([Cut()])
    model.compile(loss="mse")
    with pytest.raises(ValueError, match="outputs"):
        model.fit(X, X, verbose=0)
