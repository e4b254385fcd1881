"""Whatever would cut the graph in silence raises, and says what was given and what to write instead."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import MissingRule, Value
from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.table import COMPOSITES, RULES

v, w = Value(2.0, name="v"), Value(3.0, name="w")
row = Value([1.0, 2.0], name="row")


def plain() -> np.ndarray:
    return np.array([1.0, 2.0])


def add_in_place(x: Any, y: Any) -> None:
    x += y


def multiply_in_place(x: Any, y: Any) -> None:
    x @= y


# ---------------------------------------------------------------------------------- what would cut the graph

JOIN = r"np\.stack|np\.concatenate|ag\.array"

CUTS: dict[str, tuple[Callable[[], Any], str]] = {
    # what is written, and the replacement that the message must name
    "np.array([v, w])": (lambda: np.array([v, w]), JOIN),
    "np.array([row, row])": (lambda: np.array([row, row]), JOIN),
    "np.array(v)": (lambda: np.array(v), r"v\.data"),
    "np.asarray(v)": (lambda: np.asarray(v), r"v\.data"),
    "np.asarray(row)": (lambda: np.asarray(row), r"\.data"),
    "np.array(v, float)": (lambda: np.array(v, float), r"v\.data"),
    "np.array([[v, 0.0], [1.0, w]])": (lambda: np.array([[v, 0.0], [1.0, w]]), JOIN),
    "np.full(2, v)": (lambda: np.full(2, v), "np.full"),
    "np.full((2, 2), row)": (lambda: np.full((2, 2), row), "np.full"),
    "np.r_[v, w]": (lambda: np.r_[v, w], JOIN),
    "np.r_[row, row]": (lambda: np.r_[row, row], JOIN),
    "np.c_[row, row]": (lambda: np.c_[row, row], JOIN),
    "math.exp(v)": (lambda: math.exp(v), r"np\.exp"),
    "math.sqrt(v)": (lambda: math.sqrt(v), r"np\.exp"),
    "float(v)": (lambda: float(v), r"v\.item\(\)"),
    "int(v)": (lambda: int(v), r"v\.item\(\)"),
    "complex(v)": (lambda: complex(v), r"v\.item\(\)"),
    "round(v)": (lambda: round(v), r"np\.round|v\.item\(\)"),  # type: ignore[call-overload]
    "range(v)": (lambda: range(v), r"v\.item\(\)"),
    "[1, 2][v]": (lambda: [1, 2][v], r"v\.item\(\)"),
    "x[0] = v": (lambda: plain().__setitem__(0, v), JOIN),
    "x[:] = row": (lambda: plain().__setitem__(slice(None), row), JOIN),
    "x += v": (lambda: add_in_place(plain(), v), r"x = x \+ v"),
    "x += row": (lambda: add_in_place(plain(), row), r"x = x \+ v"),
    "x @= matrix": (lambda: multiply_in_place(np.eye(2), Value(np.eye(2))), r"x = x"),
    "np.exp(row, out=x)": (lambda: np.exp(row, out=plain()), "out="),
    "np.add(x, row, out=x)": (lambda: np.add(plain(), row, out=plain()), "out="),
    "np.exp(x, out=row)": (lambda: np.exp(plain(), out=row), "out="),
    "np.sum(row, out=x)": (lambda: np.sum(row, out=np.zeros(())), "out="),
    "x.dot(row)": (lambda: plain().dot(row), r"x @ v"),
    "x.dot(v)": (lambda: plain().dot(v), r"x @ v"),
    "x.fill(v)": (lambda: plain().fill(v), JOIN),
    "v[0] = 1": (lambda: row.__setitem__(0, 1.0), r"np\.where"),
    "row += in place of a slice": (lambda: row.__setitem__(slice(1), v), r"np\.concatenate"),
    "np.copyto(x, row)": (lambda: np.copyto(plain(), row), "np.copyto"),
    "np.asarray([row[0], 1.0])": (lambda: np.asarray([row[0], 1.0]), JOIN),
    "[v, 2.0] * row": (lambda: [v, 2.0] * row, JOIN),
    "Value([v, w])": (lambda: Value([v, w]), JOIN),
    "Value(v)": (lambda: Value(v), r"v\.data"),
    "np.float64(v)": (lambda: np.float64(v), r"v\.item\(\)|v\.data"),
    "np.arange(v)": (lambda: np.arange(v), r"v\.item\(\)|v\.data"),
    "np.add.reduce(row, out=x)": (lambda: np.add.reduce(row, out=np.zeros(())), "out="),
    "np.add.at(x, 0, v)": (lambda: np.add.at(plain(), 0, v), r"np\.where"),
    "np.add.at(row, 0, 1)": (lambda: np.add.at(row, 0, 1.0), r"np\.where"),
    "row.sort()": (lambda: row.sort(), r"v = np\.sort"),
    "row.partition(1)": (lambda: row.partition(1), r"v = np\.partition"),
    "row.fill(0)": (lambda: row.fill(0), r"np\.where"),
    "row.put(0, 1)": (lambda: row.put(0, 1.0), r"np\.where"),
    "row.itemset(0, 1)": (lambda: row.itemset(0, 1.0), r"np\.where"),
    "row.resize(3)": (lambda: row.resize(3), r"v = np\.resize"),
    "np.nan_to_num(row, copy=False)": (lambda: np.nan_to_num(row, copy=False), "copy=False"),
    "np.sign(z)": (lambda: np.sign(Value(1j)), r"np\.abs"),
    "z.astype(float)": (lambda: Value([1j]).astype(float), r"np\.real"),
}


@pytest.mark.parametrize("written", CUTS)
def test_what_would_cut_the_graph_raises_and_names_the_replacement(written: str) -> None:
    run, replacement = CUTS[written]
    with pytest.raises((TypeError, ValueError)) as caught:
        run()
    # For one entry of an array NumPy puts an error of its own on top; ours is printed above it as its cause.
    error = caught.value.__cause__ or caught.value
    assert isinstance(error, TypeError)
    assert re.search(replacement, str(error)), str(error)


@pytest.mark.parametrize("run", [lambda: float(row), lambda: math.exp(row), lambda: np.asarray(row * 2)])
def test_the_message_says_which_value_it_was(run: Callable[[], Any]) -> None:
    with pytest.raises(TypeError, match=r"a Value of shape \(2,\)"):
        run()


def test_values_as_settings_and_indices_are_refused() -> None:
    with pytest.raises(TypeError, match=r"settings|axis"):
        np.sum(row, axis=v)
    with pytest.raises((TypeError, IndexError), match=r"item\(\)|integers"):
        row[v]
    assert row[row > 1].data.tolist() == [2.0]


# ---------------------------------------------------------------------------------- functions without a rule


def forgotten(func: Callable[..., Any]) -> Callable[..., Any]:
    """The function, without its rule (put it back with the fixture ``own_rules``)."""
    families.complete()
    RULES.pop(func, None)
    COMPOSITES.pop(func, None)
    return func


@pytest.mark.usefixtures("own_rules")
def test_a_missing_rule_names_the_function_and_says_how_to_add_one() -> None:
    for call, name in (
        (lambda: forgotten(np.linalg.det)(Value(np.eye(2))), r"np\.linalg\.det"),
        (lambda: forgotten(np.cbrt)(v), r"np\.cbrt"),
        (lambda: forgotten(np.unwrap)(row), r"np\.unwrap"),
    ):
        with pytest.raises(MissingRule, match=rf"{name} has no derivative rule.*ag\.rule\({name}, lambda g, ans, x"):
            call()
    assert issubclass(MissingRule, TypeError)


@pytest.mark.usefixtures("own_rules")
def test_a_missing_rule_suggests_functions_with_similar_names() -> None:
    with pytest.raises(MissingRule, match=r"np\.exp"):
        forgotten(np.expm1)(row)


@pytest.mark.usefixtures("own_rules")
def test_the_line_that_the_message_proposes_works() -> None:
    with pytest.raises(MissingRule):
        forgotten(np.copysign)(row, 1.0)
    ag.rule(np.copysign, lambda g, ans, x, y: g * np.sign(x * y), None)
    assert ag.grad(lambda x: np.sum(np.copysign(x, -1.0)))(np.array([2.0, -3.0])).tolist() == [-1.0, 1.0]


def test_a_primitive_without_a_rule_says_so() -> None:
    @ag.primitive
    def mystery(x: Any) -> Any:
        return x * 2

    assert mystery(3.0) == 6.0
    with pytest.raises(MissingRule, match="mystery"):
        mystery(v)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: np.sqrt(row, subok=False), "np.sqrt.*subok="),
        (lambda: np.add(row, 1.0, casting="unsafe"), "np.add.*casting="),
        (lambda: np.exp(row, where=np.array([True, False])), "np.exp.*where="),
        (lambda: np.exp(row, dtype=np.float32), "np.exp.*dtype="),
        (lambda: np.log(row, order="F"), "np.log.*order="),
        (lambda: np.flip(row, axes=0), "flip.*axes"),
        (lambda: np.concatenate([row, row], out=np.zeros(4)), "concatenate.*out"),
        (lambda: np.mean(row, out=plain()), "np.mean.*out="),
        (lambda: np.stack([row, row], out=np.zeros((2, 2))), "stack.*out"),
        (lambda: np.clip(row, 0, 1, out=plain()), "clip.*out"),
        (lambda: np.take(row, [0], out=np.zeros(1)), "take.*out"),
        (lambda: np.vecdot(row, row, dtype=np.float32), "vecdot.*dtype"),
    ],
)
def test_a_keyword_that_the_rule_does_not_know_is_named(call: Callable[[], Any], names: str) -> None:
    with pytest.raises(TypeError, match=names):
        call()


def test_keywords_with_numpys_defaults_change_nothing() -> None:
    assert np.sum(row, dtype=None, out=None, keepdims=False).data == 3.0
    assert np.exp(row, where=True, dtype=None).shape == (2,)
    assert np.concatenate([row, row], axis=0, out=None).shape == (4,)
    assert np.stack([row, row], axis=0, out=None, dtype=None).shape == (2, 2)
    assert np.clip(row, 0, 1, out=None).shape == (2,)
    assert np.copy(row, order="K").shape == (2,)
    assert np.take(row, [0], mode="raise").shape == (1,)


# ---------------------------------------------------------------------------------- data that are no numbers


@pytest.mark.parametrize(
    ("data", "error", "names"),
    [
        ("2.0", TypeError, "text"),
        (["a", "b"], TypeError, r"text.*'a'"),
        (b"2", TypeError, "bytes"),
        (None, TypeError, "None"),
        ([1.0, None], TypeError, "None"),
        ({"w": 1.0}, TypeError, "dict"),
        (object(), TypeError, "object"),
        (np.array([1.0, "x"], object), TypeError, r"'x'.*dtype=float"),
        (np.array("2020-01-01", "datetime64[D]"), TypeError, "date"),
        ([[1.0, 2.0], [3.0]], ValueError, "rows differ in length"),
        (10**400, OverflowError, "too large"),
        pytest.param(10**5000, OverflowError, "too large", id="an integer of 5001 digits"),
        ([1.0, 10**400], (OverflowError, TypeError), "large"),
        (lambda x: x, TypeError, "function"),
        (Decimal("1.5"), TypeError, "Decimal"),
    ],
)
def test_what_is_no_number_cannot_be_wrapped(data: Any, error: Any, names: str) -> None:
    with pytest.raises(error, match=names):
        Value(data)


def test_integers_beyond_64_bits_are_numbers() -> None:
    assert Value(2**70).data == 2.0**70
    assert Value([2**70, 1]).data.tolist() == [2.0**70, 1.0]
    assert (v + 2**70).data == 2.0 + 2.0**70


@pytest.mark.parametrize("ours", [v, row], ids=["scalar", "vector"])
@pytest.mark.parametrize(
    ("other", "names"),
    [
        (None, "None"),
        ("2", "str|'2'"),
        (np.array([1.0, None]), "object|None"),
        (np.array(["a", "b"]), "text|'a'"),
        ({}, "dict"),
        (object(), "object"),
        (len, "builtin_function|len"),
        (np.datetime64("2020-01-01"), "date"),
        (Decimal("1.5"), "Decimal|decimal"),
    ],
)
def test_a_value_cannot_be_combined_with_what_is_no_number(ours: Value, other: Any, names: str) -> None:
    for run in (
        lambda: ours + other,
        lambda: other + ours,
        lambda: np.add(ours, other),
        lambda: np.where(True, ours, other),
    ):
        with pytest.raises(TypeError, match=names):
            run()


@pytest.mark.parametrize("ours", [v, row], ids=["scalar", "vector"])
def test_an_integer_too_large_for_a_float_is_named(ours: Value) -> None:
    for run in (lambda: ours * 10**400, lambda: 10**400 + ours):
        with pytest.raises(OverflowError, match="too large for a float"):
            run()


def test_shapes_that_do_not_fit_are_named() -> None:
    with pytest.raises(ValueError, match=r"\(2,\).*\(3,\)"):
        row + np.ones(3)
    with pytest.raises(ValueError, match=r"2|3"):
        Value(np.ones((2, 3))) @ row
    with pytest.raises(ValueError, match="shape"):
        ag.array([row, v])


def test_astype_to_whole_numbers_is_refused() -> None:
    with pytest.raises(TypeError, match=r"int.*v\.data"):
        row.astype(int)


# ---------------------------------------------------------------------------------- backward


def test_backward_needs_one_number_or_a_seed() -> None:
    with pytest.raises(ValueError, match=r"2 entries.*np\.mean.*np\.sum.*backward\(seed\)"):
        (row * 2).backward()
    with pytest.raises(ValueError, match=r"0 entries"):
        Value(np.zeros(0)).backward()


@pytest.mark.parametrize("seed", [1.0, [1.0], np.ones((2, 1)), np.ones((1, 2)), Value(1.0), np.ones(3)])
def test_a_seed_has_the_shape_of_what_it_starts_at(seed: Any) -> None:
    with pytest.raises(ValueError, match=r"seed.*shape.*\(2,\)"):
        (row * 2).backward(seed)


@pytest.mark.parametrize("seed", ["1", 1j, None])
def test_a_seed_is_made_of_numbers(seed: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        (row * 2).backward([seed, seed])
    assert row.grad is None


def test_backward_on_the_result_of_a_comparison_says_what_it_is() -> None:
    for flat in (v > 0, np.floor(v), np.argmax(row)):
        with pytest.raises(ValueError, match=r"comparison.*loss"):
            flat.backward()
    with ag.no_grad():
        constant = v * 2
    with pytest.raises(ValueError, match="no_grad"):
        constant.backward()


# ---------------------------------------------------------------------------------- complex numbers

z = Value([1 + 2j, 3j], name="z")


def test_a_complex_result_needs_a_seed() -> None:
    for run in (lambda: np.sum(z).backward(), lambda: (Value(2j) * 2).backward(), lambda: z[:1].backward()):
        with pytest.raises(ValueError, match=r"complex.*np\.real.*np\.abs.*backward\(seed\)"):
            run()
    assert z.grad is None
    np.sum(z).backward(1j)
    assert z.grad.tolist() == [1j, 1j]
    z.zero_grad()


def test_a_real_result_takes_no_complex_seed() -> None:
    for out, seed in ((np.abs(z), [1j, 0]), (v * 2, 1j)):
        with pytest.raises(TypeError, match=r"real.*complex seed"):
            out.backward(seed)


def test_complex_data_are_not_assigned_to_a_real_value() -> None:
    for ours, data in ((Value([1.0, 2.0]), np.array([1j, 2.0])), (Value(2.0), 1j)):
        with pytest.raises(TypeError, match=r"real numbers.*complex ones.*np\.real"):
            ours.data = data


def test_a_complex_number_is_no_plain_number() -> None:
    for run in (
        lambda: complex(Value(1j)),
        lambda: float(Value(1j)),
        lambda: int(Value(1j)),
        lambda: math.sin(Value(1j)),
    ):
        with pytest.raises(TypeError, match=r"v\.item\(\)"):
            run()


@pytest.mark.parametrize("func", [np.floor, np.arctan2, np.hypot, np.fabs, np.cbrt, np.remainder, np.logaddexp])
def test_what_numpy_does_not_do_with_complex_numbers_raises(func: np.ufunc) -> None:
    with pytest.raises(TypeError, match="not supported"):
        func(*[z] * func.nin)
