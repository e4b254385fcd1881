"""Optimizers: each formula worked out by hand, and what they refuse."""

import numpy as np
import pytest

from autograd_lite import NonFiniteError, Value
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


@pytest.mark.parametrize("make", [SGD, RMSprop, Adam, lambda: SGD(0.1, momentum=0.9)])
def test_a_float64_gradient_leaves_float32_weights_float32(make):
    w, v, optimizer = Value(np.ones(3, np.float32)), Value(1.0), make()
    for _ in range(2):
        optimizer.apply([np.ones(3), 1.0], [w, v])
        assert w.data.dtype == np.float32
        assert type(v.data) is float


@pytest.mark.parametrize("make", [SGD, RMSprop, Adam])
def test_a_gradient_of_whole_numbers_is_a_gradient(make):
    a, b = Value(np.zeros(2)), Value(np.zeros(2))
    make().apply([np.array([3, -4])], [a])
    make().apply([np.array([3.0, -4.0])], [b])
    np.testing.assert_array_equal(a.data, b.data)


@pytest.mark.parametrize("make", [SGD, RMSprop, Adam])
def test_an_optimizer_refuses_more_or_fewer_variables_than_before(make):
    v, w, optimizer = Value(np.ones(2)), Value(1.0), make()
    optimizer.apply([np.ones(2)], [v])
    for more in ([v, w], [w], [w, v]):
        with pytest.raises(ValueError, match=r"1 step\(s\) on other variables"):
            optimizer.apply([np.ones(x.shape) if x.shape else 1.0 for x in more], more)
    optimizer.apply([np.ones(2)], [v])
    assert optimizer.iterations == 2
    two = make()
    two.apply([np.ones(2), 1.0], [v, w])
    with pytest.raises(ValueError, match="other variables"):
        two.apply([np.ones(2)], [v])


def test_only_values_that_somebody_wrapped_can_be_changed():
    w = Value(np.ones(2), name="w")
    with pytest.raises(ValueError, match=r"was computed"):
        SGD().apply([np.ones(2)], [w * 2])
    for variable in (np.ones(2), 1.0, "w", None):
        with pytest.raises(TypeError, match="SGD changes Values"):
            SGD().apply([np.ones(2)], [variable])
    with pytest.raises(ValueError, match="twice"):
        SGD().apply([np.ones(2), np.ones(2)], [w, w])


def test_gradients_and_variables_that_changed_places_are_told_apart():
    w = Value(np.ones(2))
    with pytest.raises(TypeError, match=r"apply_gradients\(\[\(w.grad, w\)\]\)"):
        SGD().apply_gradients([(w, np.ones(2))])
    with pytest.raises(TypeError, match=r"apply\(\[w.grad\], \[w\]\)"):
        SGD().apply([w], [np.ones(2)])
    with pytest.raises(TypeError, match=r"apply\(\[w.grad\], \[w\]\)"):
        SGD().apply(np.ones(2), w)
    with pytest.raises(TypeError, match=r"apply\(\[w.grad\], \[w\]\)"):
        SGD().apply(1.0, Value(1.0))
    for gradient in (w, "1", ["a", "b"]):
        with pytest.raises(TypeError, match="must be numbers"):
            SGD().apply([gradient], [w])


def test_any_iterable_of_gradients_and_variables_will_do():
    w = Value(1.0)
    SGD(0.5).apply((1.0,), iter([w]))
    assert w.data == 0.5


@pytest.mark.parametrize("make", [SGD, RMSprop, Adam])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_gradient_that_is_not_finite_changes_nothing_and_is_named(make, bad):
    v, w, optimizer = Value(np.ones(2), name="v"), Value(np.ones((2, 2)), name="w"), make()
    optimizer.apply([np.ones(2), np.ones((2, 2))], [v, w])
    before, gradient = [v.data.copy(), w.data.copy()], np.ones((2, 2))
    gradient[1, 0] = bad
    with pytest.raises(NonFiniteError, match=rf"gradient of w .* is {bad} at index \(1, 0\), so no step was made"):
        optimizer.apply([np.ones(2), gradient], [v, w])
    np.testing.assert_array_equal(v.data, before[0])
    np.testing.assert_array_equal(w.data, before[1])
    optimizer.apply([np.ones(2), np.ones((2, 2))], [v, w])
    assert np.all(np.isfinite(w.data))


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_a_gradient_whose_square_is_too_large_is_still_finite(kind):
    w = Value(np.zeros(3, kind))
    SGD(0.5).apply([np.full(3, np.finfo(kind).max / 4)], [w])
    np.testing.assert_allclose(w.data, -np.finfo(kind).max / 8)


def test_the_length_of_the_step_has_one_name():
    for make in (SGD, RMSprop, Adam):
        with pytest.raises(TypeError, match=rf"{make.__name__} has no argument lr\. .*is learning_rate"):
            make(lr=0.1)
        with pytest.raises(TypeError, match=r"no argument decay\. It takes learning_rate"):
            make(decay=0.1)
        optimizer = make()
        with pytest.raises(AttributeError, match="learning_rate"):
            optimizer.lr = 0.5
        assert not hasattr(optimizer, "lr")


def test_a_gradient_too_large_for_the_weights_dtype_is_named():
    w = Value(np.ones(2, np.float32), name="w")
    with pytest.raises(NonFiniteError, match="gradient of w"):
        SGD(0.1).apply([np.array([1.0, 1e300])], [w])
    np.testing.assert_array_equal(w.data, [1, 1])
