"""A Value among Python's own: printed, compared, counted, iterated, hashed, copied, pickled."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograd_lite import Value

from .test_value import assert_same_numbers

# ---------------------------------------------------------------------------------- as one number


def test_a_value_is_formatted_as_its_number() -> None:
    assert f"{Value(3.14159):.3f}" == "3.142"
    assert f"{Value(1234.5):>12,.1f}" == "     1,234.5"
    assert f"{Value(2.0)}" == str(Value(2.0)) == "Value(2.0)"
    assert "name='w'" in repr(Value([1.0], name="w"))
    v = Value(2.0)
    (v * 3).backward()
    assert repr(v) == "Value(2.0, grad=3.0)"


def test_a_complex_value_is_formatted_as_its_number() -> None:
    assert f"{Value(1 + 2.567j):.1f}" == "1.0+2.6j"
    assert f"{Value(1 + 2j)}" == str(Value(1 + 2j)) == "Value((1+2j))"
    z = Value([1 + 2j, 3j], name="z")
    np.real(z[0] * 2).backward()
    assert repr(z) == "Value([1.+2.j, 0.+3.j], grad=[2.+0.j, 0.+0.j], name='z')"


def test_the_repr_of_a_big_array_is_short() -> None:
    assert len(repr(Value(np.zeros((100, 100))))) < 500


def test_a_scalar_has_a_truth_value_and_an_array_has_none() -> None:
    assert Value(1.0)
    assert not Value(0.0)
    assert Value(2.0) > 1
    assert Value(2.0) != 3
    with pytest.raises(ValueError, match=r"np\.where"):
        bool(Value([1.0, 2.0]))
    with pytest.raises(ValueError, match=r"np\.where"):
        assert Value([1.0, 2.0]) > 0


def test_item_is_the_bare_number() -> None:
    for v in (Value(2.5), Value([2.5]), Value([[2.5]]), Value(5.0) / 2):
        assert type(v.item()) is float
        assert v.item() == 2.5
    for v in (Value(1 + 2j), Value([1 + 2j]), Value([[2 + 4j]]) / 2):
        assert type(v.item()) is complex
        assert v.item() == 1 + 2j
    with pytest.raises(ValueError, match=r"size|entries|one"):
        Value([1.0, 2.0]).item()


def test_a_value_is_rounded_for_display_only() -> None:
    """round() of Python would cut the graph."""
    assert_same_numbers(np.round(Value(2.567), 1), 2.6)
    with pytest.raises(TypeError, match=r"np\.round"):
        round(Value(2.567), 1)  # type: ignore[call-overload]


# ---------------------------------------------------------------------------------- as a collection


def test_rows_can_be_iterated_and_unpacked() -> None:
    x = Value([[1.0, 2.0], [3.0, 4.0]])
    first, second = x
    np.sum(first * 2 + second * 3).backward()
    assert x.grad.tolist() == [[2, 2], [3, 3]]
    assert [v.data for v in Value([1.0, 2.0])] == [1.0, 2.0]
    assert len(x) == 2


def test_a_scalar_has_no_length_and_no_entries() -> None:
    with pytest.raises(TypeError, match="scalar"):
        len(Value(1.0))
    with pytest.raises(TypeError, match="scalar"):
        list(Value(1.0))


def test_a_scalar_takes_the_indices_that_a_numpy_scalar_takes() -> None:
    assert_same_numbers(Value(3.0)[None], [3.0])
    assert_same_numbers(Value(3.0)[()], 3.0)
    with pytest.raises((IndexError, TypeError), match=r"scalar|0-d"):
        Value(3.0)[0]


def test_values_compare_by_number_and_are_kept_apart_in_sets() -> None:
    a, b = Value(2.0), Value(2.0)
    assert a == b
    assert len({a, b}) == 2
    assert {a: 1}[a] == 1
    assert hash(a) != hash(b)
    for other in (None, "2.0", {}, object()):
        assert a != other
        assert (a == other) is False
    arrays = {Value([1.0, 2.0]), Value([1.0, 2.0])}
    assert len(arrays) == 2


# ---------------------------------------------------------------------------------- copies


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda v: pickle.loads(pickle.dumps(v))])
def test_a_copy_of_a_wrapped_value_has_its_own_data_and_its_name(copied: Callable[[Any], Any]) -> None:
    for data in (2.0, np.array([1.0, 2.0], np.float32), 1 + 2j, np.array([1j, 2.0], np.complex64)):
        v = Value(data, name="w")
        w = copied(v)
        assert (w.name, w.dtype) == ("w", v.dtype)
        assert w is not v
        w.data += 1
        np.testing.assert_array_equal(v.data, data)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_computed_value_cannot_be_cut_from_its_graph_by_copying(copied: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError, match=r"Value\(v\.data\)"):
        copied(Value(2.0) * 3)


def test_a_subclass_gets_its_gradient_or_cannot_be_made() -> None:
    try:

        class Parameter(Value):
            __slots__ = ()
    except TypeError:
        return
    for x, w in ((Value(3.0), Parameter(2.0)), (Parameter(2.0), Value(3.0))):
        y = x * w + w * w  # both orders, and as the only kind
        y.backward()
        assert x.grad == w.data
        assert w.grad == x.data + 2 * w.data
    v, u = Value([1.0, 2.0]), Parameter([3.0, 4.0])
    np.sum(np.exp(v) * u).backward()
    np.testing.assert_allclose(v.grad, np.exp(v.data) * u.data)
    np.testing.assert_allclose(u.grad, np.exp(v.data))
