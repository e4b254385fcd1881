"""Every ufunc of NumPy is accounted for, and its methods answer as NumPy's: ``np.add.reduce``, ``np.hypot.outer`` …"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value
from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.table import COMPOSITES, RULES

UFUNCS = {name: f for name, f in vars(np).items() if isinstance(f, np.ufunc) and f.signature is None}
BINARY = [
    np.add, np.subtract, np.multiply, np.divide, np.float_power, np.maximum, np.minimum, np.fmax, np.fmin, np.hypot,
    np.logaddexp, np.logaddexp2, np.copysign, np.remainder, np.fmod, np.logical_and, np.logical_or, np.logical_xor,
]  # fmt: skip
"""Not np.power and np.arctan2: where a processor has wide vectors, NumPy 2 leaves out entries in their ``reduce``."""

WHOLE = [np.gcd, np.lcm, np.left_shift, np.right_shift, np.bitwise_and, np.bitwise_or, np.bitwise_xor]
MARKED = np.array([[True, False, True], [False, False, True]])

name_of: Callable[[Any], str] = lambda x: getattr(x, "__name__", repr(x))  # noqa: E731
of_every = pytest.mark.parametrize("ufunc", BINARY, ids=name_of)


def outcome(run: Callable[[], Any]) -> Any:
    """The numbers, or the kind of error."""
    try:
        with np.errstate(all="ignore"):
            result = run()
    except Exception as error:
        return type(error).__mro__[:2]
    return result.data if isinstance(result, Value) else result


def assert_same_outcome(run: Callable[[Any], Any], x: Any) -> None:
    found, expected = outcome(lambda: run(Value(x))), outcome(lambda: run(x))
    if isinstance(expected, tuple) or isinstance(found, tuple):
        assert found == expected
        return
    assert np.shape(found) == np.shape(expected)
    if np.ndim(expected):  # one number is a Python float, whatever it came from
        assert found.dtype == expected.dtype
    np.testing.assert_allclose(found, expected, rtol=1e-6 if expected.dtype == np.float32 else 1e-12)


@pytest.mark.parametrize("name", UFUNCS)
def test_every_ufunc_of_single_entries_has_a_rule_or_is_written_with_others_or_is_flat(name: str) -> None:
    families.complete()
    assert UFUNCS[name] in RULES or UFUNCS[name] in COMPOSITES


@pytest.mark.parametrize("ufunc", WHOLE, ids=name_of)
def test_functions_of_whole_numbers_take_counts_and_carry_no_gradient(ufunc: np.ufunc) -> None:
    count = np.argmax(Value([[1.0, 2.0, 0.0], [1.0, 0.0, 3.0]]), axis=1)
    found = ufunc(count, np.array([3, 4]))
    assert found.data.tolist() == ufunc([1, 2], [3, 4]).tolist()
    assert not found.carries_gradient
    with pytest.raises(TypeError):
        ufunc(Value([1.0]), 2)


FLAT = {
    np.spacing: [1.0, 2.5], np.fix: [-1.5, 1.5], np.around: [-1.26, 1.5], np.isneginf: [-np.inf, 1.0],
    np.isposinf: [np.inf, 1.0], np.iscomplex: [1j, 2.0], np.isreal: [1j, 2.0], np.signbit: [-0.0, 1.0],
    np.floor: [-0.5, 1.5], np.rint: [0.5, 1.5], np.isfinite: [np.nan, 1.0],
}  # fmt: skip


@pytest.mark.parametrize("func", FLAT, ids=name_of)
def test_functions_with_steps_carry_no_gradient(func: Callable[..., Any]) -> None:
    found = func(Value(FLAT[func]))
    np.testing.assert_array_equal(found.data, func(FLAT[func]))
    assert not found.carries_gradient
    assert func(Value(FLAT[func][0])).data == func(FLAT[func][0])


def test_around_takes_decimals_and_bits_are_counted() -> None:
    assert np.around(Value(2.567), 1).data == np.around(Value(2.567), decimals=1).data == 2.6
    assert np.bitwise_count(np.argmax(Value([0.0, 0.0, 0.0, 1.0]))).data == 2


def test_functions_with_two_answers_give_two() -> None:
    x = np.array([-2.5, 0.0, -0.0, 7.25, np.inf, -3.0])
    for func in (np.frexp, np.modf):
        for found, expected in zip(func(Value(x)), func(x), strict=True):
            np.testing.assert_array_equal(found.data, expected)
            np.testing.assert_array_equal(np.signbit(found.data), np.signbit(expected))
    mantissa, exponent = np.frexp(Value(10.0))
    assert (mantissa.data, exponent.data, type(exponent.data)) == (0.625, 4, int)
    assert [v.data for v in np.divmod(Value(7.5), 2)] == [v.data for v in divmod(Value(7.5), 2)] == [3.0, 1.5]
    assert [v.data for v in divmod(7.5, Value(2.0))] == [3.0, 1.5]
    assert [v.data.tolist() for v in divmod(np.array([7.5, -1.0]), Value(2.0))] == [[3.0, -1.0], [1.5, 1.0]]


# ---------------------------------------------------------------------------------- methods

REDUCTIONS: dict[str, dict[str, Any]] = {
    "plain": {}, "axis 1": {"axis": 1}, "negative": {"axis": -1}, "keepdims": {"axis": 0, "keepdims": True},
    "None": {"axis": None}, "None, keepdims": {"axis": None, "keepdims": True}, "tuple": {"axis": (0, 1)},
    "empty tuple": {"axis": ()}, "negative tuple": {"axis": (-1, 0), "keepdims": True}, "no such axis": {"axis": 2},
    "twice": {"axis": (0, 0)}, "initial": {"initial": 1.25}, "initial None": {"initial": None},
    "where": {"where": MARKED, "axis": 1}, "where and initial": {"where": MARKED, "axis": 1, "initial": 0.5},
    "where a row": {"where": MARKED[:1], "axis": None, "initial": 2.0}, "where does not fit": {"where": [True, False]},
    "where of more axes": {"where": np.ones((2, 2, 3), bool), "initial": 1.0}, "where nothing": {"where": False},
    "dtype": {"dtype": np.float32}, "all": {"axis": -1, "dtype": np.float64, "where": MARKED, "initial": 1.0},
}  # fmt: skip


@of_every
@pytest.mark.parametrize("settings", REDUCTIONS)
@pytest.mark.parametrize("shape", [(2, 3), (0, 3), (2, 0), (1, 1), (3,), ()], ids=str)
def test_reduce_answers_as_numpy_or_raises_as_numpy(ufunc: np.ufunc, settings: str, shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(0).uniform(0.5, 2, shape)
    assert_same_outcome(lambda v: ufunc.reduce(v, **REDUCTIONS[settings]), x)


@of_every
@pytest.mark.parametrize(
    "settings", [{}, {"axis": 1}, {"axis": -2}, {"axis": 2}, {"axis": None}, {"axis": (1,)}], ids=str
)
@pytest.mark.parametrize("shape", [(2, 3), (0, 3), (2, 0), (3,), ()], ids=str)
def test_accumulate_answers_as_numpy_or_raises_as_numpy(ufunc: np.ufunc, settings: Any, shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(0).uniform(0.5, 2, shape)
    assert_same_outcome(lambda v: ufunc.accumulate(v, **settings), x)


@of_every
@pytest.mark.parametrize("indices", [[0, 2], [2, 0, 1, 1], [0], [], [0, 3], [-1]], ids=str)
@pytest.mark.parametrize("axis", [0, 1, -1, None, 2])
def test_reduceat_answers_as_numpy_or_raises_as_numpy(ufunc: np.ufunc, indices: list[int], axis: Any) -> None:
    x, places = np.random.default_rng(0).uniform(0.5, 2, (3, 3)), np.array(indices, int)
    assert_same_outcome(lambda v: ufunc.reduceat(v, places, axis=axis), x)
    assert_same_outcome(lambda v: ufunc.reduceat(v, places), x[0])


@of_every
@pytest.mark.parametrize("right", [2.0, [1.5, 0.5], np.ones((2, 0)), np.full((1, 2, 1), 0.5)], ids=np.shape)
def test_outer_answers_as_numpy(ufunc: np.ufunc, right: Any) -> None:
    for left in (1.5, np.array([0.5, 1.5, 2.0]), np.full((2, 1), 0.75)):
        assert_same_outcome(lambda v: ufunc.outer(v, right), left)
        assert_same_outcome(lambda v, y=left: ufunc.outer(y, v), np.asarray(right))


@pytest.mark.parametrize("ufunc", [np.negative, np.matmul], ids=name_of)
@pytest.mark.parametrize("method", ["reduce", "accumulate", "outer"])
def test_methods_that_a_ufunc_does_not_have_raise_as_in_numpy(ufunc: np.ufunc, method: str) -> None:
    x = np.ones((2, 2))
    operands = (x,) if method == "outer" else ()
    assert_same_outcome(lambda v: np.sum(getattr(ufunc, method)(v, *operands)), x)


@pytest.mark.parametrize("ufunc", [np.power, np.arctan2], ids=name_of)
def test_every_entry_counts_in_a_reduction(ufunc: np.ufunc) -> None:
    x = np.random.default_rng(0).uniform(0.5, 2, 5)
    for run in (ufunc.reduce, lambda v: ufunc.accumulate(v)[-1], lambda v: ufunc.reduceat(v, [0])[0]):
        expected = x[0]
        for entry in x[1:]:
            expected = ufunc(expected, entry)
        np.testing.assert_allclose(run(Value(x)).data, expected, rtol=1e-14)


def test_counts_and_masks_are_reduced_as_whole_numbers() -> None:
    v = Value([[1.0, -2.0, 3.0], [1.0, 2.0, -3.0]])
    assert np.add.reduce(v > 0, axis=1).data.tolist() == [2, 2]
    assert np.gcd.reduce(np.argmax(v, axis=1) * 2).data == 2
    assert np.logical_and.reduce(v > 0, axis=0).data.tolist() == [True, False, False]


def test_a_masked_entry_of_a_reduction_gets_no_gradient_whatever_it_is() -> None:
    x = np.array([1.0, np.nan, 3.0])
    mask = np.array([True, False, True])
    for ufunc, expected in ((np.add, [1, 0, 1]), (np.multiply, [3, 0, 1]), (np.maximum, [0, 0, 1])):
        found = ag.grad(lambda v, f=ufunc: f.reduce(v, where=mask, initial=1.0))(x)
        assert found.tolist() == expected
    slopes = ag.grad(lambda v: np.logaddexp.reduce(v, where=mask))(x)
    np.testing.assert_allclose(slopes, np.array([1, 0, np.exp(2)]) / (1 + np.exp(2)), rtol=1e-14)


def test_a_tie_with_the_initial_number_shares_the_gradient() -> None:
    assert ag.grad(lambda v: np.maximum.reduce(v, initial=2.0))(np.array([1.0, 2.0])).tolist() == [0.0, 0.5]


def test_at_raises_and_says_what_to_write() -> None:
    for run in (
        lambda: np.add.at(np.zeros(2), [0], Value([1.0])),
        lambda: np.add.at(Value([1.0, 2.0]), [0], 1.0),
        lambda: np.negative.at(Value([1.0, 2.0]), [0]),
    ):
        with pytest.raises(TypeError, match=r"\.at changes an array in place.*np\.where"):
            run()
