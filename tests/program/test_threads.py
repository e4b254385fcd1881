"""Programs and threads: each call gets its own right answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

import autograd_lite as ag

from .comparing import assert_same

GENERATOR = np.random.default_rng(2)
INPUTS = [GENERATOR.normal(size=(40, 30)) for _ in range(16)]


def f(x: Any) -> Any:
    for _ in range(6):
        x = np.tanh(x @ x.T) @ x * 0.1 + np.sin(x)
    return np.sum(x, axis=0)


def g(x: Any) -> Any:
    return np.cos(f(x)) * 2


def in_threads(count: int, work: Callable[[int], None]) -> None:
    """Run work(0), work(1) … at the same time; the first error comes out."""
    errors: list[BaseException] = []
    start = threading.Barrier(count)

    def run(i: int) -> None:
        try:
            start.wait()
            work(i)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_many_threads_call_one_program_and_each_gets_its_own_answer() -> None:
    program = ag.record(ag.grad(lambda x: np.sum(f(x) ** 2)), INPUTS[0])
    expected = [program(x) for x in INPUTS]
    assert not np.array_equal(expected[0], expected[1])

    def work(i: int) -> None:
        for k in range(30):
            at = (i + k) % len(INPUTS)
            assert_same(program(INPUTS[at]), expected[at])

    in_threads(8, work)


def test_two_programs_at_once_do_not_disturb_each_other() -> None:
    programs = ag.record(f, INPUTS[0]), ag.record(g, INPUTS[0])
    expected = [[p(x) for x in INPUTS] for p in programs]

    def work(i: int) -> None:
        for k, x in enumerate(INPUTS):
            assert_same(programs[i % 2](x), expected[i % 2][k])

    in_threads(4, work)


def test_threads_record_at_the_same_time() -> None:
    programs: dict[int, ag.Program] = {}

    def work(i: int) -> None:
        for _ in range(5):
            programs[i] = ag.record(ag.value_and_grad(lambda x: np.sum(f(x) * (i + 1))), INPUTS[i])
            v = ag.Value(2.0)
            (v * v).backward()
            assert v.grad == 4.0

    in_threads(4, work)
    reference = ag.record(ag.value_and_grad(lambda x: np.sum(f(x))), INPUTS[0])(INPUTS[5])
    for i, program in programs.items():
        value, gradient = program(INPUTS[5])
        np.testing.assert_allclose(value, (i + 1) * reference[0], rtol=1e-12)
        np.testing.assert_allclose(gradient, (i + 1) * reference[1], rtol=1e-10, atol=1e-12)


def test_eager_computation_goes_on_in_another_thread_while_one_records() -> None:
    inside, done = threading.Event(), threading.Event()

    def recorded(x: Any) -> Any:
        inside.set()
        assert done.wait(10)
        return x * 2

    def work(i: int) -> None:
        if i == 0:
            assert ag.record(recorded, 1.0)(2.0) == 4.0
            return
        assert inside.wait(10)
        try:
            v = ag.Value(3.0)
            y = v * v
            assert y.item() == 9.0
            assert bool(y > 1)
            y.backward()
            assert v.grad == 6.0
            v.data = 5.0
        finally:
            done.set()

    in_threads(2, work)


def test_threads_share_a_compiled_function() -> None:
    compiled = ag.compile(f)
    expected = {n: f(INPUTS[0][:n]) for n in (5, 10, 20, 40)}

    def work(i: int) -> None:
        for n in (5, 10, 20, 40) if i % 2 else (40, 20, 10, 5):
            np.testing.assert_allclose(compiled(INPUTS[0][:n]), expected[n], rtol=1e-10)

    in_threads(6, work)
    assert len(compiled.programs) == 4
