"""Back-propagation over whole graphs: shared nodes, depth, repetition, memory, threads, interruptions."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value

# ---------------------------------------------------------------------------------- shapes of graphs


def test_a_diamond_adds_the_gradients_of_both_paths() -> None:
    x = Value(3.0)
    left, right = x * 2, x * x
    (left * right).backward()  # 2 x**3
    assert x.grad == 54.0
    assert (left.grad, right.grad) == (9.0, 6.0)


def test_an_operand_used_twice_in_one_operation_counts_twice() -> None:
    for data in (3.0, np.array([3.0, -1.0])):
        x = Value(data)
        np.sum(x * x).backward()
        np.testing.assert_array_equal(x.grad, 2 * np.asarray(data))
        y = Value(data)
        np.sum(y - y + y / y).backward()
        np.testing.assert_array_equal(y.grad, 0 * np.asarray(data))


def fastest(f: Callable[[], Any], times: int = 3) -> float:
    def once() -> float:
        start = time.process_time()
        f()
        return time.process_time() - start

    return min(once() for _ in range(times))


@pytest.mark.parametrize("data", [1.0, np.ones(2)], ids=["scalar", "vector"])
def test_sixty_doublings_take_milliseconds(data: Any) -> None:
    """There are 2**60 paths through this graph, and 60 nodes."""

    def doubled() -> Value:
        x = y = Value(data)
        for _ in range(60):
            y = y + y
        y.backward(np.ones(y.shape))
        return x

    np.testing.assert_array_equal(doubled().grad, 2.0**60 * np.ones_like(data))
    assert fastest(doubled) < 0.05


def test_a_branch_that_the_result_does_not_use_changes_nothing() -> None:
    x = Value(2.0)
    unused = x * 100
    y = x * 3
    unused_too = y * 100
    (y + 1).backward()
    assert x.grad == 3.0
    assert unused.grad is None
    assert unused_too.grad is None


def test_every_node_on_the_way_keeps_its_gradient() -> None:
    x = Value(2.0)
    a = x * 3
    b = a + 1
    loss = b * b
    loss.backward()
    assert [v.grad for v in (loss, b, a, x)] == [1.0, 14.0, 14.0, 42.0]


def test_comparisons_rounding_and_counting_carry_no_gradient() -> None:
    x = Value([-1.5, 2.5])
    for flat in (x > 0, np.floor(x), np.sign(x), np.argmax(x), np.round(x), x // 1, np.isfinite(x), np.any(x > 0)):
        assert not flat.carries_gradient
        with pytest.raises(ValueError, match="no gradient"):
            flat.backward(np.ones(flat.shape))
    np.sum(x * (x > 0) + np.floor(x)).backward()
    assert x.grad.tolist() == [0.0, 1.0]


@pytest.mark.parametrize("data", [2.5, np.array([2.5])], ids=["scalar", "vector"])
def test_what_is_computed_from_constants_alone_is_constant(data: Any) -> None:
    x = Value(data)
    with ag.no_grad():
        paused = x * 1.0
    for flat in (paused, np.floor(x)):
        for result in (flat * 2.0, 2.0 * flat, flat + flat, -flat, np.exp(flat), flat**2, flat.tanh(), np.sum(flat)):
            assert not result.carries_gradient
            with pytest.raises(ValueError, match="no gradient"):
                result.backward(np.ones(result.shape))
    assert (x * paused + np.floor(x)).carries_gradient


# ---------------------------------------------------------------------------------- repetition


def graph(x: Any) -> Any:
    y = np.tanh(x) * x
    return np.sum(y * y + np.exp(-y))


@pytest.mark.parametrize("data", [0.7, np.array([0.7, -0.2])], ids=["scalar", "vector"])
def test_backward_twice_gives_the_same_numbers(data: Any) -> None:
    x = Value(data)
    loss = graph(x)
    loss.backward()
    first = np.array(x.grad)
    loss.backward()
    np.testing.assert_array_equal(x.grad, first)


@pytest.mark.parametrize("data", [0.7, np.array([0.7, -0.2])], ids=["scalar", "vector"])
def test_accumulate_adds_to_the_gradients_that_are_there(data: Any) -> None:
    x = Value(data)
    y = x * 2
    loss = graph(y)
    loss.backward()
    first, between = np.array(x.grad), np.array(y.grad)
    loss.backward(accumulate=True)
    np.testing.assert_allclose(x.grad, 2 * first, rtol=1e-15)
    np.testing.assert_allclose(y.grad, 2 * between, rtol=1e-15)
    np.sum(x * 3).backward(accumulate=True)
    np.testing.assert_allclose(x.grad, 2 * first + 3, rtol=1e-15)
    loss.backward()
    np.testing.assert_array_equal(x.grad, first)
    x.zero_grad()
    assert x.grad is None


def test_a_second_loss_overwrites_the_gradients_of_the_first() -> None:
    x, w = Value(2.0), Value(3.0)
    (x * w).backward()
    (w * w).backward()
    assert w.grad == 6.0
    assert x.grad == 3.0  # not behind the second loss: untouched


def test_a_gradient_of_an_earlier_loss_does_not_stay_where_only_a_comparison_is_between() -> None:
    x, w = Value(2.0), Value(3.0)
    (x * x).backward()
    (w * (x > 0)).backward()  # x is behind this loss, and its slope is 0
    assert x.grad is None or x.grad == 0.0


# ---------------------------------------------------------------------------------- seeds


def test_a_seed_is_the_gradient_to_start_with() -> None:
    x = Value([1.0, 2.0])
    y = x * x
    for seed in ([1.0, 10.0], (1, 10), np.array([1, 10]), Value([1.0, 10.0])):
        y.backward(seed)
        assert x.grad.tolist() == [2.0, 40.0]
    loss = np.sum(y)
    loss.backward(2.0)
    assert x.grad.tolist() == [4.0, 8.0]


def test_a_seed_stays_what_it_was() -> None:
    x = Value([1.0, 2.0])
    for seed in (np.ones(2), Value([1.0, 1.0])):
        y = x * 1.0
        y.backward(seed)
        for v in (x, y):
            if v.grad.flags.writeable:
                v.grad[:] = 7.0
        np.testing.assert_array_equal(seed.data if isinstance(seed, Value) else seed, [1.0, 1.0])


def test_backward_starts_at_one_number_of_any_shape() -> None:
    for shape in ((), (1,), (1, 1)):
        x = Value(np.full(shape, 3.0))
        (x * x).backward()
        np.testing.assert_array_equal(x.grad, np.full(shape, 6.0))
    v = Value(2.0)
    v.backward()
    assert v.grad == 1.0


def test_float32_stays_float32_through_a_network() -> None:
    generator = np.random.default_rng(0)
    w, b = Value(generator.normal(size=(3, 2)).astype(np.float32)), Value(np.zeros(2, np.float32))
    x = generator.normal(size=(4, 3)).astype(np.float32)
    hidden = np.tanh(x @ w + b)
    loss = np.mean((hidden - 0.5) ** 2) + 0.01 * np.sum(w**2)
    loss.backward()
    assert hidden.dtype == hidden.grad.dtype == w.grad.dtype == b.grad.dtype == np.float32


# ---------------------------------------------------------------------------------- depth


def deep_chain(length: int) -> float:
    x = y = Value(1.0)
    for _ in range(length):
        y = y * 1.000001
    y.backward()
    del y  # a million nodes die here, each holding the last hand on the next
    return x.grad


def test_a_million_operations_in_a_chain_need_no_recursion() -> None:
    assert deep_chain(1_000_000) == pytest.approx(np.e, rel=1e-5)


def test_a_deep_chain_of_arrays_needs_no_recursion() -> None:
    x = y = Value(np.ones(2))
    for _ in range(30_000):
        y = np.sin(y) * 0.5 + y * 0.5
    np.sum(y).backward()
    assert np.all(np.isfinite(x.grad))
    assert len(ag.reachable(y)) > 100_000
    del y


def test_the_time_of_backward_grows_with_the_number_of_joined_values_and_no_faster() -> None:
    def stacked(n: int) -> float:
        values = [Value(float(i)) for i in range(n)]
        total = np.sum(np.stack(values))
        return fastest(total.backward)

    stacked(10)
    assert stacked(1600) < 40 * stacked(100) + 0.05  # 16 times as many; 256 times if it were their square


# ---------------------------------------------------------------------------------- no_grad


def test_no_grad_records_nothing_and_ends_with_its_block() -> None:
    x = Value(2.0)
    with ag.no_grad():
        y = x * x
        with ag.no_grad():
            pass
        z = np.exp(x) + y
    assert (y.op, z.op, y.args) == (None, None, ())
    assert not y.carries_gradient
    with pytest.raises(ZeroDivisionError), ag.no_grad():
        raise ZeroDivisionError
    w = x * y
    w.backward()
    assert x.grad == 4.0
    assert y.grad is None


# ---------------------------------------------------------------------------------- interruptions


@ag.primitive
def breaking(x: Any) -> Any:
    return x * 1.0


def break_off(g: Any, ans: Any, x: Any) -> Any:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("own_rules")
@pytest.mark.parametrize("data", [2.0, np.array([2.0, 3.0])], ids=["scalar", "vector"])
def test_an_interrupted_backward_leaves_no_half_of_a_gradient(data: Any) -> None:
    ag.rule(breaking, break_off)
    x, w = Value(data), Value(data)
    middle = w * x
    loss = np.sum(breaking(x * 2) + middle + x)
    with pytest.raises(KeyboardInterrupt):
        loss.backward()
    assert all(v.grad is None for v in ag.reachable(loss))


@pytest.mark.usefixtures("own_rules")
@pytest.mark.parametrize("data", [2.0, np.array([2.0, 3.0])], ids=["scalar", "vector"])
def test_an_interrupted_accumulation_keeps_what_was_accumulated(data: Any) -> None:
    ag.rule(breaking, break_off)
    x = Value(data)
    np.sum(x * x).backward()
    loss = np.sum(breaking(x * 2) + x)
    with pytest.raises(KeyboardInterrupt):
        loss.backward(accumulate=True)
    np.testing.assert_array_equal(x.grad, 2 * np.asarray(data))
