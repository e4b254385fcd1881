"""Values from outside are looked up in each run; plain arrays from outside are constants."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_same, plain

X = np.linspace(-1, 1, 6).reshape(2, 3)


def test_a_value_from_outside_that_is_changed_between_calls_is_seen() -> None:
    W, b = ag.Value(np.ones((3, 2)), name="W"), ag.Value(0.5, name="b")

    def f(x: Any) -> Any:
        return np.sum(np.tanh(x @ W + b))

    def gradients(x: Any) -> Any:
        cost = f(x)
        cost.backward()
        return cost, W.grad, b.grad

    program, gradient = ag.record(f, X), ag.record(gradients, X)

    def check() -> None:
        assert_same(program(X), f(X).data)
        found = gradient(X)
        cost = f(X)
        cost.backward()
        assert_same(found, (cost.data, W.grad, b.grad))

    check()
    W.data = np.arange(6.0).reshape(3, 2) / 10
    check()
    W.data -= 0.3
    check()
    W.data[1, 1] = 5.0
    check()
    view = W.data[0]
    check()
    view[:] = -1
    check()
    b.data = -2.0
    check()
    b.data += 1
    check()
    W.replace(np.zeros((3, 2)))
    check()


def test_a_plain_array_from_outside_stays_as_it_was() -> None:
    table, large = np.ones(3), np.arange(300.0).reshape(3, 100)
    program = ag.record(lambda x: (x * table, x @ large), X)
    before = program(X)
    table[:] = 7
    large[:] = 0
    assert_same(program(X), before)


def test_numbers_lists_and_masks_from_outside_stay_as_they_were() -> None:
    settings = {"rate": 0.5, "index": [0, 2], "mask": np.array([True, False, True])}

    def f(x: Any) -> Any:
        return x[:, settings["index"]] * settings["rate"] + x[:, settings["mask"]]

    program = ag.record(f, X)
    before = program(X)
    settings["rate"] = 3.0
    settings["index"][0] = 1
    settings["mask"][:] = [False, True, True]
    assert_same(program(X), before)


def test_a_result_does_not_share_memory_with_a_value_from_outside() -> None:
    W = ag.Value(np.ones(3))
    program = ag.record(lambda x: (x * 1 + W, W, W[:2]), np.zeros(3))
    found = program(np.zeros(3))
    for part in found:
        part[...] = 9
    assert_same(W.data, np.ones(3))
    assert_same(program(np.zeros(3)), (np.ones(3), np.ones(3), np.ones(2)))


def test_a_value_that_is_made_while_recording_is_a_constant() -> None:
    def f(x: Any) -> Any:
        return x * ag.Value(np.arange(3.0)) + ag.Value(2.0)

    program = ag.record(f, np.ones(3))
    for _ in range(2):
        assert_same(program(np.full(3, 2.0)), 2 * np.arange(3.0) + 2)


def test_what_a_gradient_does_not_depend_on_is_zero_in_a_source_with_the_functions_parameters() -> None:
    program = ag.record(ag.grad(lambda x, y: np.sum(x * x), (0, 1)), np.ones(3), 2.0)
    assert_same(program(np.arange(3.0), 5.0), (2 * np.arange(3.0), 0.0))
    namespace: dict[str, Any] = {}
    exec(program.source, namespace)
    found = namespace[program.name](np.arange(3.0), 5.0)
    assert_same(list(found), [2 * np.arange(3.0), 0.0])


def test_a_value_outside_that_was_computed_is_a_constant_of_its_numbers() -> None:
    w = ag.Value(2.0)
    squared = w * w
    program = ag.record(lambda x: x * squared, 1.0)
    assert program(3.0) == 12.0
    w.data = 10.0
    assert program(3.0) == plain(ag.Value(3.0) * (w * w)) or program(3.0) == 12.0


@pytest.mark.parametrize("shape", [(), (3,)])
def test_a_value_outside_that_nothing_differentiates_is_looked_up_too(shape: tuple[int, ...]) -> None:
    scale = ag.Value(np.ones(shape))
    f = ag.grad(lambda x: np.sum(np.sin(x) * scale))
    program = ag.record(f, np.ones(3))
    scale.data = np.full(shape, 3.0)
    assert_same(program(np.ones(3)), plain(f(np.ones(3))))
