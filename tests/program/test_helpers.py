"""Helpers: functions that NumPy does not have, in programs that need them in more than one way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite.engine import sigmoid_crossentropy, softmax_crossentropy
from autograd_lite.layers import Dense

GENERATOR = np.random.default_rng(0)


def test_class_numbers_and_rows_are_told_apart_in_one_program() -> None:
    z, classes, rows = GENERATOR.normal(size=(4, 3)), np.array([0, 2, 1, 1]), np.full((4, 3), 1 / 3)

    def f(z, classes, rows):
        return np.sum(softmax_crossentropy(z, classes)) + np.sum(softmax_crossentropy(2 * z, rows))

    program = ag.record(f, z, classes, rows)
    namespace: dict[str, Any] = {}
    exec(program.source, namespace)  # the source itself: an error in it would be hidden by the interpreter
    assert namespace["f"](z + 1, classes, rows) == f(ag.Value(z + 1), classes, rows).item()


def test_few_and_many_examples_are_computed_as_eagerly_in_one_program() -> None:
    few, many = GENERATOR.normal(size=10), GENERATOR.normal(size=1000)

    def f(few, many):
        return np.sum(sigmoid_crossentropy(few, 1.0)), sigmoid_crossentropy(many, 0.0)

    found, expected = ag.record(f, few, many)(few, many), f(ag.Value(few), ag.Value(many))
    assert found[0] == expected[0].item()
    np.testing.assert_array_equal(found[1], expected[1].data)


def test_two_dtypes_in_one_program_keep_their_own_limits() -> None:
    double = np.array([-800.0, -100.0, 0.0, 3.0])
    single = double.astype(np.float32)

    def f(single, double):
        return ag.sigmoid(single), ag.sigmoid(double)

    for found, expected in zip(ag.record(f, single, double)(single, double), f(single, double), strict=True):
        np.testing.assert_array_equal(found, expected)
        assert found.dtype == expected.dtype


def test_an_error_in_a_training_step_names_its_operation() -> None:
    fails = False

    @ag.primitive
    def fragile(x):
        if fails:
            raise RuntimeError("as planned")
        return x * 1.0

    ag.rule(fragile, lambda g, ans, x: g)
    model = ag.Sequential([ag.Input(shape=(2,)), Dense(1, activation=fragile, name="layer1")], seed=0)
    model.compile(loss="mse", optimizer="sgd")
    program = model.train_program(4)
    fails = True
    with pytest.raises(RuntimeError, match="as planned") as caught:
        program.step(np.ones((4, 2)), np.ones((4, 1)))
    assert any("fragile" in note and "layer1_a" in note for note in caught.value.__notes__)
