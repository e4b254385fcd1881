"""Layers and initializers: what they are made with, what they say, what they keep."""

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Input, Sequential, Value
from autograd_lite.initializers import GlorotUniform
from autograd_lite.layers import Dense, Layer

X = np.ones((4, 3))


@pytest.mark.parametrize("shape", [(None,), (-1,), (0,), (2.0,), (True,), (), (3, 3), 3, None, "3"])
def test_an_input_is_one_positive_number_of_features(shape):
    with pytest.raises(ValueError, match=r"shape=\(64,\)"):
        Input(shape=shape)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"use_bias": "no"}, "use_bias is True or False"),
        ({"name": 3}, "name of a layer is text"),
        ({"dtype": "int32"}, "Weights are floats"),
        ({"dtype": "flaot"}, "Weights are floats"),
        ({"dtype": complex}, "Weights are floats"),
        ({"kernel_regularizer": None}, "no regularization"),
        ({"wheight": 1}, "Dense has no argument wheight. It takes units, activation"),
        ({"kernel_initializer": GlorotUniform}, "initializer"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_refused(settings, message):
    with pytest.raises(TypeError, match=message):
        Dense(2, **settings)


def test_input_dim_is_a_positive_whole_number():
    for bad in (0, -3, 2.5, "3"):
        with pytest.raises(ValueError, match="input_dim"):
            Dense(1, input_dim=bad)


def test_layers_show_what_they_are():
    model = Sequential([Input(shape=(3,)), Dense(25, activation="sigmoid"), Dense(1, name="out")])
    assert repr(model.layers) == "[Dense(25, activation='sigmoid', name='dense'), Dense(1, name='out')]"
    assert repr(Input(shape=(3,))) == "Input(shape=(3,))"
    assert repr(Dense(2)) == "Dense(2)"
    assert repr(Layer("a")) == "<Layer a>"


def test_a_layer_without_a_name_is_called_by_what_it_is():
    layer = Dense(5)
    with pytest.raises(ValueError, match=r"^Dense\(5\) is not built"):
        layer.set_weights([])
    layer(X)
    with pytest.raises(ValueError, match=r"^Dense\(5\) expects 3 features"):
        layer(X[:, :2])


def test_weights_that_do_not_exist_yet_are_neither_counted_nor_given():
    for thing in (Dense(2), Sequential([Dense(2)]), Sequential()):
        for call in (thing.count_params, thing.get_weights, lambda thing=thing: thing.set_weights([])):
            with pytest.raises(ValueError, match=r"no weights yet.*Input\(shape=\(features,\)\)"):
                call()


def test_kernel_and_bias_cannot_be_exchanged_but_their_numbers_can():
    layer = Dense(2)
    assert layer.kernel is layer.bias is None
    layer(X)
    for name in ("kernel", "bias"):
        with pytest.raises(AttributeError, match="set_weights"):
            setattr(layer, name, np.ones((3, 2)))
    assert layer.weights == [layer.kernel, layer.bias]
    layer.kernel.data = np.ones((3, 2))
    np.testing.assert_array_equal(layer(X).data, np.full((4, 2), 3.0))
    assert Dense(2, use_bias=False, input_dim=3).bias is None


@pytest.mark.parametrize("initializer", [lambda shape, dtype=None: np.ones(3), lambda shape, dtype=None: 1.0])
def test_an_initializer_that_makes_another_shape_is_refused(initializer):
    with pytest.raises(ValueError, match=r"asked for shape \(3, 2\)"):
        Sequential([Input(shape=(3,)), Dense(2, kernel_initializer=initializer)])


def test_an_initializer_may_be_a_function_as_in_keras():
    layer = Dense(2, kernel_initializer=lambda shape, dtype=None: np.full(shape, 0.5))
    layer.build(3)
    np.testing.assert_array_equal(layer.get_weights()[0], np.full((3, 2), 0.5))


def test_an_activation_that_returns_somebody_elses_value_does_not_rename_it():
    mine = Value(np.ones((4, 2)), name="mine")
    other = np.exp(mine)
    other.name = "other"
    Dense(2, activation=lambda z: mine)(X)
    Dense(2, activation=lambda z: other)(X)
    unnamed = Value(np.ones((4, 2)))
    Dense(2, activation=lambda z: unnamed)(X)
    assert (mine.name, other.name, unnamed.name) == ("mine", "other", None)
    layer = Dense(2, activation="tanh", name="h")
    a = layer(X)
    assert (a.name, a.args[0].name) == ("h_a", "h_z")
    assert Dense(2, activation="linear", name="h")(X).name == "h_z"
    assert Dense(2, activation=ag.sigmoid, name="h")(X).name == "h_a"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((Dense(1),), r"in a list: Sequential\(\[Dense"),
        ((Dense(3), Dense(1)), r"in a list: Sequential\(\[Dense"),
        (([Dense(3)], Dense(1)), "name of a model is text"),
        ((Dense,), "in a list"),
        ((3,), "in a list"),
        ((["dense"],), "'dense' is none"),
    ],
)
def test_layers_are_put_into_a_list(arguments, message):
    with pytest.raises(TypeError, match=message):
        Sequential(*arguments)


@pytest.mark.parametrize("seed", ["a", -1, 1.5, True])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(ValueError, match="seed must be a whole number, at least 0"):
        Sequential(seed=seed)


def test_a_layer_is_found_by_its_name_or_place():
    model = Sequential([Dense(2), Dense(1, name="out")])
    assert model.get_layer("out") is model.get_layer(index=-1) is model.layers[1]
    with pytest.raises(ValueError, match="no layer 9; it has 2, from 0: dense, out"):
        model.get_layer(index=9)
    with pytest.raises(ValueError, match="Did you mean index=0"):
        model.get_layer(0)
    with pytest.raises(ValueError, match="'dense_9'"):
        model.get_layer("dense_9")
