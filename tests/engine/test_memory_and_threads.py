"""A graph dies with its last reference, without the garbage collector; and threads do not meet."""

from __future__ import annotations

import gc
import threading
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value

# ---------------------------------------------------------------------------------- memory


def scalar_step(w: list[Value]) -> None:
    loss = (w[0] * 2.0 + w[1]) ** 2 + (w[0] * w[1]).relu()
    loss.backward()
    for v in w:
        v.data -= 0.001 * v.grad


def tensor_step(w: list[Value]) -> None:
    loss = np.mean((np.tanh(np.ones((5, 40)) @ w[0] + w[1]) - 1.0) ** 2)
    loss.backward()
    for v in w:
        v.data -= 0.001 * v.grad


def second_order_step(w: list[Value]) -> None:
    slope = ag.grad(lambda v: np.sum(v * v * v))
    assert ag.grad(lambda v: np.sum(slope(v) ** 2))(w[0].data).shape == w[0].shape


def failing_step(w: list[Value]) -> None:
    y = np.sum(w[0] * w[0])
    w[0].data = w[0].data * 1.0
    with pytest.raises(ag.StaleGraph):
        y.backward()


LOOPS: dict[str, tuple[Callable[[list[Value]], None], list[Any], int]] = {
    "scalars": (scalar_step, [1.0, 2.0], 1000),
    "tensors": (tensor_step, [np.full((40, 30), 0.01), np.zeros(30)], 100),
    "second order": (second_order_step, [np.ones(1000)], 100),
    "failures": (failing_step, [np.ones(30)], 1),
}
FREE_LISTS = 150_000  # bytes of dead tuples that Python itself keeps for later; then it stops


@pytest.fixture
def no_collector() -> Any:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("loop", ["scalars", "tensors", "second order"])
def test_memory_is_flat_over_a_training_loop_without_the_garbage_collector(loop: str) -> None:
    step, data, steps = LOOPS[loop]
    w = [Value(x) for x in data]
    for _ in range(5):
        step(w)
    tracemalloc.start()
    try:
        step(w)
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(steps):
            step(w)
        growth = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert growth < FREE_LISTS  # a graph left over at each step would be four times as much, or more


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("loop", LOOPS)
def test_a_graph_dies_with_its_last_reference(loop: str) -> None:
    step, data, _ = LOOPS[loop]
    w = [Value(x) for x in data]
    step(w)
    if loop != "failures":  # a traceback is a cycle of Python's own
        gc.collect()
        step(w)
        assert gc.collect() == 0
    gc.collect()
    alive = [x for x in gc.get_objects() if type(x) is Value]
    step(w)
    gc.collect()
    assert len([x for x in gc.get_objects() if type(x) is Value]) == len(alive)


@pytest.mark.usefixtures("no_collector")
def test_a_loss_that_is_dropped_frees_the_arrays_of_its_graph() -> None:
    w = Value(np.ones(1000))
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        loss = np.sum(np.exp(w) * np.sin(w))
        held = tracemalloc.get_traced_memory()[0] - before
        del loss
        left = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert held > 3 * 8000
    assert left < 1000


# ---------------------------------------------------------------------------------- threads


def in_threads(work: Callable[[int], Any], count: int = 8) -> list[Any]:
    results: list[Any] = [None] * count
    barrier = threading.Barrier(count)

    def run(i: int) -> None:
        barrier.wait()
        try:
            results[i] = work(i)
        except BaseException as error:
            results[i] = error

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_graphs_in_several_threads_do_not_meet() -> None:
    def work(seed: int) -> float:
        x = Value(1.0 + seed)
        for _ in range(30):
            y = x
            for _ in range(50):
                y = y * 0.5 + x
            y.backward()
        return x.grad

    assert in_threads(work) == [work(seed) for seed in range(8)]


def test_arrays_in_several_threads_do_not_meet() -> None:
    def work(seed: int) -> list[float]:
        w = Value(np.random.default_rng(seed).normal(size=(5, 5)))
        for _ in range(30):
            loss = np.sum(np.tanh(w @ w + w.T) ** 2)
            loss.backward()
            w.data -= 0.01 * w.grad
        return w.data.ravel().tolist()

    assert in_threads(work) == [work(seed) for seed in range(8)]


def test_derivatives_of_functions_in_several_threads_share_a_constant_value() -> None:
    shared = Value(3.0)

    def work(seed: int) -> list[float]:
        return [ag.grad(ag.grad(lambda x: x * x * x * shared))(float(seed)).item() for _ in range(50)]

    assert in_threads(work) == [[18.0 * seed] * 50 for seed in range(8)]
    assert shared.grad is None


def test_no_grad_pauses_its_own_thread_only() -> None:
    inside, checked = threading.Event(), threading.Event()

    def pausing() -> bool:
        with ag.no_grad():
            inside.set()
            checked.wait(5)
            return (Value(1.0) * 2).carries_gradient

    def recording() -> bool:
        inside.wait(5)
        carries = (Value(1.0) * 2).carries_gradient
        checked.set()
        return carries

    assert in_threads(lambda i: (pausing, recording)[i](), count=2) == [False, True]
