"""Comparisons, masks and indices are recorded: a replay with other data takes the other branch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_same, eager

GENERATOR = np.random.default_rng(5)
DATA = [GENERATOR.normal(size=(4, 3)).round(1) for _ in range(6)] + [np.zeros((4, 3)), np.ones((4, 3))]
ROWS = np.arange(4)

FUNCTIONS = {
    "mask": lambda x: x * (x > 0),
    "where": lambda x: np.where(x > 0, np.sin(x), x**2),
    "where of three": lambda x: np.where((x > 0) & (x < 0.5) | (x == 1), x, -x),
    "clip": lambda x: np.clip(x, -0.5, 0.5),
    "clip by its own": lambda x: np.clip(x, np.min(x) / 2, np.max(x) / 2),
    "abs": np.abs,
    "relu": ag.relu,
    "maximum": lambda x: np.maximum(x, x[::-1]),
    "max": lambda x: np.max(x, axis=0),
    "max of ties": lambda x: np.max(np.where(x > 0, 0.5, x), axis=1),
    "argmax": lambda x: x * np.argmax(x),
    "entry of argmax": lambda x: x[np.argmax(x[:, 0])],
    "entries of argmax": lambda x: x[ROWS, np.argmax(x, axis=1)],
    "argmin": lambda x: x[np.argmin(x, axis=0), np.arange(3)],
    "sign": lambda x: x * np.sign(x) + np.floor(x),
    "not": lambda x: np.where(~(x > 0), 1.0, x),
    "counts": lambda x: x / (1 + np.sum(x > 0)),
    "any and all": lambda x: np.where(np.any(x > 1), 1.0, 2.0) * x + np.where(np.all(x < 1, axis=0), x, -x),
    "median of three": lambda x: np.maximum(
        np.minimum(x[:, 0], x[:, 1]), np.minimum(np.maximum(x[:, 0], x[:, 1]), x[:, 2])
    ),
    "a network of comparisons": lambda x: np.stack([np.minimum(x[0], x[1]), np.maximum(x[0], x[1])]),
    "hinge": lambda x: np.maximum(0.0, 1 - x),
    "isfinite": lambda x: np.where(np.isfinite(x), x, 0.0),
    "floor": lambda x: x - np.floor(x),
    "remainder": lambda x: x % 0.3,
    "sort": lambda x: np.sort(x, axis=0) * x,
    "sort of all": lambda x: np.sort(x, axis=None) * ROWS[:, None].repeat(3, axis=1).ravel(),
    "argsort": lambda x: x[np.argsort(x[:, 0], kind="stable")],
    "partition": lambda x: np.partition(x, 1)[:, 1] ** 2,
    "lexsort": lambda x: x[np.lexsort((x[:, 0], x[:, 1]))] * ROWS[:, None],
    "median": lambda x: np.median(x, axis=0) ** 2,
    "quantiles": lambda x: np.quantile(x, [0.2, 0.9], axis=1) * np.percentile(x, 40),
    "quantile by its own q": lambda x: np.quantile(x, np.where(np.isfinite(x[0]), 1 / (1 + x[0] ** 2), 0.5)),
    "ptp": lambda x: np.ptp(x, axis=1),
    "masked": lambda x: np.mean(x, axis=0, where=x > -3, keepdims=True) + np.max(x, where=x > 0, initial=0.1),
    "without nan": lambda x: np.nansum(np.where(x > 1, np.nan, x)) + np.nanmedian(np.where(x > 2, np.nan, x), axis=0),
    "nanquantile": lambda x: np.nanquantile(np.where(x > 2, np.nan, x), 0.3, axis=1) ** 2,
    "bincount": lambda x: np.bincount(np.digitize(x[:, 0], [0, 0.5]), weights=x[:, 1], minlength=4)[:3],
    "histogram": lambda x: np.histogram(x, bins=3, range=(-1, 1), weights=x**2)[0],
}  # fmt: skip


def as_sum(f: Any) -> Any:
    return lambda x: np.sum(f(x) * 1.5)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_replay_takes_the_branch_of_its_own_data(name: str, dtype: Any) -> None:
    f = FUNCTIONS[name]
    for example in (DATA[0], DATA[-2]):
        value, gradient = ag.record(f, example.astype(dtype)), ag.record(ag.grad(as_sum(f)), example.astype(dtype))
        for x in DATA:
            x = x.astype(dtype)
            assert_same(value(x), eager(f, x))
            assert_same(gradient(x), ag.grad(as_sum(f))(x))


SCALARS = {
    "where": lambda x: np.where(x > 0, x * x, -x),
    "relu": lambda x: ag.relu(x) * 2,
    "abs": lambda x: abs(x) + np.abs(x) ** 3,
    "maximum": lambda x: np.maximum(x, 0.5) * np.minimum(x, 0.5),
    "clip": lambda x: np.clip(x, -0.5, 0.5) + x,
    "sign": lambda x: np.sign(x) * x**2,
    "comparisons": lambda x: x * (x > 0) + x * (x >= 0) - (x < 1) * x + (x != 0.5) * x,
    "chained": lambda x: np.where((x > 0) & (x < 0.7), 1.0, x) * x,
    "remainder": lambda x: x % 0.4,
}


@pytest.mark.parametrize("name", SCALARS)
def test_a_replay_with_another_number_takes_its_branch(name: str) -> None:
    f = SCALARS[name]
    value, gradient = ag.record(f, 1.0), ag.record(ag.grad(f), 1.0)
    for x in (-2.0, -0.5, 0.0, 0.25, 0.5, 0.6, 1.0, 3.0):
        assert_same(value(x), eager(f, x))
        assert_same(gradient(x), ag.grad(f)(x))


def crossentropy(W: Any, x: Any, labels: Any) -> Any:
    return -np.mean(ag.log_softmax(x @ W)[np.arange(len(labels)), labels])


def test_labels_that_are_whole_numbers_are_arguments_like_any_other() -> None:
    W, x = np.ones((3, 2)) * [1, -1], DATA[0]
    program = ag.record(ag.grad(crossentropy), W, x, np.array([0, 1, 0, 1]))
    for labels in ([0, 1, 0, 1], [1, 1, 1, 1], [0, 0, 0, 1]):
        assert_same(program(W, x, np.array(labels)), ag.grad(crossentropy)(W, x, np.array(labels)))


@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.uint8, np.bool_])
def test_arrays_of_integers_and_booleans_stay_what_they_are(dtype: Any) -> None:
    def f(x: Any, i: Any) -> Any:
        return np.where(i == 1, x, 2 * x) + x[:, :1] * i

    def g(x: Any, i: Any) -> Any:
        return ag.grad(lambda x: np.sum(f(x, i)))(x)

    one, other = (np.random.default_rng(s).integers(0, 2, (4, 3)).astype(dtype) for s in (0, 1))
    for function in (f, g):
        program = ag.record(function, DATA[0], one)
        for i in (one, other):
            expected = eager(f, DATA[1], i) if function is f else g(DATA[1], i)
            assert_same(program(DATA[1], i), expected)


def test_a_mask_whose_result_has_as_many_entries_as_it_is_true_is_refused() -> None:
    with pytest.raises(ag.RecordingError, match=r"np\.where"):
        ag.record(lambda x: np.sum(x[x > 0]), DATA[0])


def test_a_mask_that_is_no_argument_may_choose_entries() -> None:
    mask = np.array([True, False, True, True])
    program = ag.record(lambda x: np.sum(x[mask] ** 2), DATA[0])
    assert_same(program(DATA[1]), eager(lambda x: np.sum(x[mask] ** 2), DATA[1]))


def test_the_branch_not_taken_sends_back_nothing() -> None:
    def f(x: Any) -> Any:
        return np.sum(np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), 0.0) + np.where(x > 0, np.sqrt(np.abs(x)), 0.0))

    program = ag.record(ag.grad(f), np.ones(3))
    x = np.array([0.0, 2.0, -1.0])
    with np.errstate(all="ignore"):
        assert_same(program(x), ag.grad(f)(x))
        assert np.all(np.isfinite(program(x)))
