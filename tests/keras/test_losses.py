"""Losses: their values, their derivatives, and what they refuse."""

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value, losses

GENERATOR = np.random.default_rng(3)
Z = GENERATOR.normal(size=(7, 1)) * 3
Y = (GENERATOR.random((7, 1)) < 0.5).astype(float)
Z5 = GENERATOR.normal(size=(7, 5)) * 3
CLASSES = GENERATOR.integers(0, 5, 7)
ONE_HOT = np.eye(5)[CLASSES]


def test_binary_crossentropy_is_the_lectures_formula():
    f = ag.sigmoid(Z)
    by_hand = np.mean(-Y * np.log(f) - (1 - Y) * np.log(1 - f))
    assert losses.BinaryCrossentropy()(Y, f) == pytest.approx(by_hand, rel=1e-6)
    assert losses.BinaryCrossentropy(from_logits=True)(Y, Z) == pytest.approx(by_hand, rel=1e-12)


def test_a_sigmoids_output_a_logit_and_a_probability_give_one_cost():
    z = Value(Z)
    costs = [
        losses.BinaryCrossentropy()(Y, ag.sigmoid(z)).item(),
        losses.BinaryCrossentropy(from_logits=True)(Y, z).item(),
        losses.BinaryCrossentropy()(Y, Value(ag.sigmoid(Z))).item(),
    ]
    assert costs == pytest.approx([costs[0]] * 3, rel=1e-6)


def test_the_gradient_of_binary_crossentropy_at_the_logit_is_f_minus_y_over_m():
    gradient = ag.grad(lambda z: losses.BinaryCrossentropy()(Y, ag.sigmoid(z)))(Z)
    np.testing.assert_allclose(gradient, (ag.sigmoid(Z) - Y) / len(Y), rtol=1e-12)


def test_the_gradient_of_softmax_crossentropy_at_the_logits_is_f_minus_y_over_m():
    expected = (ag.softmax(Z5) - ONE_HOT) / 7
    sparse = ag.grad(lambda z: losses.SparseCategoricalCrossentropy()(CLASSES, ag.softmax(z)))(Z5)
    dense = ag.grad(lambda z: losses.CategoricalCrossentropy()(ONE_HOT, ag.softmax(z)))(Z5)
    np.testing.assert_allclose(sparse, expected, atol=1e-14)
    np.testing.assert_allclose(dense, expected, atol=1e-14)


@pytest.mark.parametrize("z", [-1000.0, -50.0, 50.0, 1000.0])
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_crossentropy_is_exact_where_the_probability_rounds_to_0_or_1(z, y):
    v = Value([[z]])
    cost = losses.BinaryCrossentropy()([[y]], ag.sigmoid(v))
    cost.backward()
    assert cost.item() == pytest.approx(max(z, 0) - y * z + np.log1p(np.exp(-abs(z))), rel=1e-15)
    assert v.grad[0, 0] == pytest.approx((z > 0) - y, abs=1e-20)


@pytest.mark.parametrize(
    ("loss", "y", "f"),
    [
        (losses.MeanSquaredError, Z5, Z5 + 1),
        (losses.MeanAbsoluteError, Z5, Z5 + 1),
        (losses.BinaryCrossentropy, Y, ag.sigmoid(Z)),
        (losses.CategoricalCrossentropy, ONE_HOT, ag.softmax(Z5)),
        (losses.SparseCategoricalCrossentropy, CLASSES, ag.softmax(Z5)),
    ],
)
def test_the_cost_is_the_mean_of_the_losses_of_the_examples(loss, y, f):
    per_example = loss(reduction="none")(y, f)
    assert per_example.shape == (7,)
    assert loss()(y, f) == pytest.approx(np.mean(per_example))
    assert loss(reduction="sum")(y, f) == pytest.approx(np.sum(per_example))
    for i in range(7):
        assert loss()(y[i : i + 1], f[i : i + 1]) == pytest.approx(per_example[i])


def test_labels_of_shape_m_are_the_same_column_as_predictions_of_shape_m_1():
    for loss, f in ((losses.BinaryCrossentropy(), ag.sigmoid(Z)), (losses.MeanSquaredError(), Z)):
        assert loss(Y[:, 0], f) == loss(Y, f) == loss(Y, f[:, 0])


@pytest.mark.parametrize("loss", [losses.BinaryCrossentropy, losses.MeanSquaredError, losses.MeanAbsoluteError])
@pytest.mark.parametrize("shape", [(1, 7), (7, 7), (7, 3), (6,), (6, 1), (1, 1), (), (7, 1, 1)])
def test_labels_of_another_shape_never_broadcast(loss, shape):
    with pytest.raises(ValueError, match="shape"):
        loss()(np.zeros(shape), np.full((7, 1), 0.5))


@pytest.mark.parametrize("loss", [losses.BinaryCrossentropy, losses.MeanSquaredError])
def test_one_example_may_be_plain_numbers(loss):
    assert np.ndim(loss()(1.0, Value(0.25)).data) == 0
    assert loss()(1.0, 0.25) == loss()([1.0], [0.25])


@pytest.mark.parametrize(
    ("y", "message"),
    [([-1, 1], "labels -1 and 1"), ([1, 2], "labels 0 and 1"), ([0.3, 1], "labels 0 and 1"), ([0, np.nan], "nan")],
)
def test_binary_crossentropy_refuses_labels_outside_0_and_1(y, message):
    with pytest.raises(ValueError, match=message):
        losses.BinaryCrossentropy()(y, np.array([0.5, 0.5]))


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (np.array([1, 2, 3]), "become 0..2 by y - 1"),
        (np.array([0, -1, 2]), "a label is -1"),
        (np.array([0, 1.5, 2]), "a label is 1.5"),
        (np.array([0, 1, 2], np.uint8) - np.uint8(1), "0 - 1 in uint8"),
        (np.array([0, 1, 10**18]), "1000000000000000000"),
        (np.array([0, 1, 1e30]), "1e\\+30"),
        (np.array(["a", "b", "c"]), "entry at .0. is 'a'.*np.unique"),
        (np.array([0, 1, None]), "entry at .2. is None"),
        (np.eye(3), "CategoricalCrossentropy"),
        (np.array([0, 1]), "one class number for each"),
    ],
)
def test_sparse_labels_must_be_class_numbers(y, message):
    with pytest.raises((ValueError, TypeError), match=message), np.errstate(over="ignore"):
        losses.SparseCategoricalCrossentropy()(y, np.full((3, 3), 1 / 3))


def test_one_hot_labels_must_be_rows_that_sum_to_1():
    with pytest.raises(ValueError, match="row 1"):
        losses.CategoricalCrossentropy()([[0, 1], [1, 1]], np.full((2, 2), 0.5))
    with pytest.raises(ValueError, match="SparseCategoricalCrossentropy"):
        losses.CategoricalCrossentropy()([0, 1], np.full((2, 2), 0.5))


def test_predictions_that_are_no_probabilities_are_refused_with_the_remedy():
    with pytest.raises(ValueError, match="from_logits=True"):
        losses.BinaryCrossentropy()([1.0], [3.0])
    with pytest.raises(ValueError, match="from_logits=True"):
        losses.SparseCategoricalCrossentropy()([1], [[-3.0, 4.0]])


def test_a_misspelled_loss_is_answered_with_the_nearest_name():
    with pytest.raises(ValueError, match="Did you mean 'binary_crossentropy'"):
        losses.get("binary_crossentopy")
    with pytest.raises(TypeError, match=r"MeanSquaredError\(\)"):
        losses.get(losses.MeanSquaredError)
    with pytest.raises(ValueError, match="reduction"):
        losses.MeanSquaredError(reduction="average")


@pytest.mark.parametrize("name", ["mse", "MeanSquaredError", "mean_squared_error", "bce", "BinaryCrossentropy"])
def test_losses_are_found_under_keras_names(name):
    assert isinstance(losses.get(name), losses.Loss)
