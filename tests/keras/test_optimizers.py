"""Optimizers: each formula worked out by hand, and what they refuse."""

import numpy as np
import pytest

from autograd_lite import Value
from autograd_lite.optimizers import SGD, Adam, Optimizer, RMSprop, get

GRADIENTS = [np.array([0.5, -2.0, 100.0]), np.array([-1.0, 0.01, 3.0]), np.array([2.0, 2.0, -7.0])]


def path(optimizer: Optimizer, gradients=GRADIENTS) -> list[np.ndarray]:
    w = Value(np.zeros(3))
    positions = []
    for g in gradients:
        optimizer.apply([g], [w])
        positions.append(w.data.copy())
    return positions


def test_gradient_descent_goes_against_the_gradient():
    np.testing.assert_allclose(path(SGD(0.1)), -0.1 * np.cumsum(GRADIENTS, axis=0))


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_is_a_velocity(nesterov):
    w = v = np.zeros(3)
    expected = []
    for g in GRADIENTS:
        v = 0.9 * v - 0.1 * g
        w = w + (0.9 * v - 0.1 * g if nesterov else v)
        expected.append(w)
    np.testing.assert_allclose(path(SGD(0.1, momentum=0.9, nesterov=nesterov)), expected)


def test_rmsprop_divides_by_the_root_of_the_mean_square():
    w = s = np.zeros(3)
    expected = []
    for g in GRADIENTS:
        s = 0.9 * s + 0.1 * g**2
        w = w - 0.001 * g / np.sqrt(s + 1e-7)
        expected.append(w)
    np.testing.assert_allclose(path(RMSprop()), expected)


def test_adam_frees_both_means_of_their_start_at_zero():
    w = m = s = np.zeros(3)
    expected = []
    for t, g in enumerate(GRADIENTS, start=1):
        m = 0.9 * m + 0.1 * g
        s = 0.999 * s + 0.001 * g**2
        w = w - 0.001 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (np.sqrt(s) + 1e-7)
        expected.append(w)
    np.testing.assert_allclose(path(Adam()), expected)


def test_adams_first_step_has_the_length_of_the_learning_rate():
    np.testing.assert_allclose(np.abs(path(Adam(0.01))[0]), 0.01, rtol=1e-4)


@pytest.mark.parametrize("make", [SGD, RMSprop, Adam, lambda: SGD(0.1, momentum=0.9)])
def test_a_step_on_several_weights_is_the_step_on_each(make):
    shapes = [(2, 3), (3,), ()]
    together = [Value(np.ones(s)) for s in shapes]
    apart = [Value(np.ones(s)) for s in shapes]
    optimizer, own = make(), [make() for _ in shapes]
    for k in range(3):
        gradients = [np.full(s, 0.3 + i - k) if s else 0.7 - k for i, s in enumerate(shapes)]
        optimizer.apply(gradients, together)
        for o, g, w in zip(own, gradients, apart, strict=True):
            o.apply([g], [w])
    for a, b in zip(together, apart, strict=True):
        np.testing.assert_allclose(a.data, b.data, rtol=1e-15)


def test_scalars_stay_python_floats_and_float32_stays_float32():
    w, v = Value(1.0), Value(np.ones(2, np.float32))
    SGD().apply([0.5], [w])
    Adam().apply([np.ones(2, np.float32)], [v])
    assert type(w.data) is float
    assert v.data.dtype == np.float32


def test_a_schedule_may_change_the_learning_rate_between_steps():
    optimizer, w = SGD(1.0), Value(0.0)
    optimizer.apply([1.0], [w])
    optimizer.learning_rate = 0.5
    optimizer.apply_gradients([(1.0, w)])
    assert w.data == -1.5
    assert optimizer.iterations == 2


def test_a_graph_that_still_holds_the_old_weights_is_stale_after_a_step():
    from autograd_lite import StaleGraph

    w = Value(np.ones(3))
    loss = (w * w).sum()
    loss.backward()
    SGD().apply([w.grad], [w])
    with pytest.raises(StaleGraph):
        loss.backward()


@pytest.mark.parametrize("rate", [-0.1, 0.0, np.nan, np.inf])
def test_a_learning_rate_must_be_positive(rate):
    with pytest.raises(ValueError, match=r"learning_rate.*greater than 0"):
        SGD(learning_rate=rate)
    optimizer = Adam()
    with pytest.raises(ValueError, match="learning_rate"):
        optimizer.learning_rate = rate


@pytest.mark.parametrize("rate", ["0.1", None, True, [0.1]])
def test_a_learning_rate_must_be_a_number(rate):
    with pytest.raises(TypeError, match="learning_rate"):
        RMSprop(learning_rate=rate)


@pytest.mark.parametrize("settings", [{"momentum": 1.0}, {"momentum": -0.1}])
def test_momentum_must_be_in_0_to_1(settings):
    with pytest.raises(ValueError, match="momentum"):
        SGD(**settings)


def test_a_missing_gradient_names_its_variable():
    with pytest.raises(ValueError, match=r"W1.*no gradient"):
        SGD().apply([None], [Value(1.0, name="W1")])


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="shape"):
        SGD().apply([np.ones((3, 1))], [Value(np.ones(3))])
    with pytest.raises(ValueError, match="one gradient for each"):
        SGD().apply([1.0, 2.0], [Value(1.0)])


def test_an_optimizer_belongs_to_its_variables():
    optimizer = Adam()
    optimizer.apply([1.0], [Value(1.0)])
    with pytest.raises(ValueError, match="new optimizer"):
        optimizer.apply([1.0], [Value(1.0)])


def test_optimizers_are_found_under_keras_names():
    assert [type(get(n)) for n in ("sgd", "SGD", "adam", "Adam", "rmsprop", "RMSprop")] == [
        SGD, SGD, Adam, Adam, RMSprop, RMSprop,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="Did you mean 'adam'"):
        get("adamm")
    with pytest.raises(TypeError, match=r"Adam\(\)"):
        get(Adam)
