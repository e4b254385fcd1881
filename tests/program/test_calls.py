"""Calling a program with this and that: the right answer, or an error that says what was expected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_close, assert_same, eager

X = np.array([[1.0, -2.0, 3.0], [0.5, 0.0, -1.0]])


def f(x: Any, scale: Any = 2.0) -> Any:
    return np.sum(np.tanh(x) * scale, axis=0) + np.sin(x[0])


PROGRAM = ag.record(f, X, 2.0)
FLOAT32 = ag.record(f, X.astype(np.float32), 2.0)
NUMBER = ag.record(lambda s: np.sin(s) * s + 1, 1.0)


@pytest.mark.parametrize(
    "wrong",
    [
        X[0], X.T, X[:1], X[None], np.ones((2, 4)), 1.0, 3, True, None, "text", b"text", X.astype(str),
        X.astype(object), X.astype(complex), 1j, [[1.0, 2.0, 3.0]], [1.0, 2.0], [[1.0, 2.0], [3.0]], [], [[]], {"x": X},
        (X,), [X], {1, 2},
        np.ma.masked_array(X, mask=X > 0), ag.Value(X), [ag.Value(1.0)] * 2, object(), np.nan,
        np.datetime64("2020-01-01"), np.zeros((2, 3), [("a", float)]), np.random.default_rng(), lambda: X, slice(3),
        np.empty((0, 3)), np.array(1.0), range(3),
    ],
    ids=lambda x: type(x).__name__,
)  # fmt: skip
def test_what_is_not_what_was_recorded_says_what_was_expected(wrong: Any) -> None:
    with pytest.raises((TypeError, ValueError)) as error:
        PROGRAM(wrong, 2.0)
    assert len(str(error.value)) > 40
    assert_same(PROGRAM(X, 2.0), eager(f, X, 2.0))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (X[0], r"x that is float64 of shape \(2, 3\).*shape \(3,\).*compile"),
        (1.0, "a number"),
        (X.astype(np.float32), r"float64.*float32.*astype"),
        (X.astype(np.longdouble), "astype"),
        (X.astype(np.float16), "astype"),
        (ag.Value(X, name="v"), "v .*graph would be cut.*v.data"),
        (np.ma.masked_array(X), "filled"),
        (X.astype(complex), "complex"),
    ],
)
def test_the_error_names_what_was_given_what_was_expected_and_what_to_do(wrong: Any, says: str) -> None:
    with pytest.raises((TypeError, ValueError), match=says):
        PROGRAM(wrong, 2.0)


@pytest.mark.parametrize(
    "wrong", [X, X[0], "text", None, [1.0, 2.0], [1.0], np.array([1.0]), ag.Value(1.0), 1j, (1.0,)]
)
def test_where_a_number_belongs_only_a_number_is_taken(wrong: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        NUMBER(wrong)


@pytest.mark.parametrize(
    "number", [2, 2.0, np.float32(2), np.float64(2), np.int8(2), np.uint64(2), np.array(2.0), np.array(2)]
)
def test_a_number_of_any_kind_is_a_number(number: Any) -> None:
    assert_same(NUMBER(number), NUMBER(2.0))


@pytest.mark.parametrize("number", [True, np.True_])
def test_true_is_no_number_or_is_one(number: Any) -> None:
    try:
        found = NUMBER(number)
    except (TypeError, ValueError):
        return
    assert_same(found, NUMBER(1.0))


def test_whole_numbers_and_lists_are_taken_where_floats_are_expected() -> None:
    whole = np.arange(6).reshape(2, 3)
    expected = PROGRAM(whole.astype(float), 2.0)
    for given in (whole, whole.astype(np.uint8), whole.tolist(), whole.astype(float).tolist()):
        assert_same(PROGRAM(given, 2.0), expected)
        assert_same(FLOAT32(given, 2), FLOAT32(whole.astype(np.float32), 2.0))
    flags = X > 0
    assert_same(PROGRAM(flags, 2.0), PROGRAM(flags.astype(float), 2.0))


def test_float64_is_not_rounded_to_float32_in_silence() -> None:
    with pytest.raises(TypeError, match="float32"):
        FLOAT32(X, 2.0)


def non_contiguous() -> dict[str, np.ndarray]:
    wide, big = np.zeros((4, 6)), np.zeros((2, 2, 3))
    wide[::2, ::2], big[1] = X, X
    read_only = X.copy()
    read_only.flags.writeable = False
    return {
        "Fortran": np.asfortranarray(X), "every second": wide[::2, ::2], "reversed": X[::-1, ::-1].copy()[::-1, ::-1],
        "part": big[1], "read-only": read_only, "big-endian": X.astype(">f8"), "transposed": X.T.copy().T,
        "unaligned": np.frombuffer(b"0" + X.tobytes(), dtype=np.uint8)[1:].view(np.float64).reshape(2, 3),
        "subclass": X.view(type("Mine", (np.ndarray,), {})), "matrix": X.view(np.matrix),
        "broadcast": np.broadcast_to(X[:1], (2, 3)),
    }  # fmt: skip


@pytest.mark.parametrize("name", non_contiguous())
def test_an_array_lying_in_memory_in_any_way_is_taken(name: str) -> None:
    x = non_contiguous()[name]
    before = np.array(x)
    try:
        found = PROGRAM(x, 2.0)
    except TypeError:
        assert name in ("big-endian", "subclass", "matrix")
        return
    assert_close(found, eager(f, np.array(x, dtype=float), 2.0))
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("example", non_contiguous())
def test_an_example_lying_in_memory_in_any_way_is_recorded(example: str) -> None:
    x = non_contiguous()[example]
    try:
        program = ag.record(f, x, 2.0)
    except TypeError:
        assert example in ("big-endian", "subclass", "matrix")
        return
    assert_close(program(X, 2.0), eager(f, X, 2.0))


def test_nan_and_inf_go_through_as_they_do_eagerly() -> None:
    x = np.array([[np.nan, np.inf, -np.inf], [1.0, 2.0, 3.0]])
    with np.errstate(all="ignore"):
        assert_same(PROGRAM(x, np.inf), eager(f, x, np.inf))
        gradient = ag.grad(lambda x: np.sum(f(x)))
        assert_same(ag.record(gradient, X)(x), gradient(x))


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (1, 0, 2)])
def test_empty_arrays_are_arrays(shape: tuple[int, ...]) -> None:
    def g(x: Any) -> Any:
        return np.sum(np.tanh(x) * 2) + 1, x.T * 2, np.sum(x, axis=0), np.concatenate([x, x])

    x = np.empty(shape)
    assert_same(ag.record(g, x)(x), eager(g, x))
    h = ag.value_and_grad(lambda x: np.sum(np.sin(x) ** 2))
    assert_same(ag.record(h, x)(x), h(x))


def test_arrays_without_axes_are_numbers() -> None:
    program = ag.record(lambda x: x * 2, np.array(3.0))
    assert_same(program(np.array(4.0)), 8.0)
    assert_same(program(4), 8.0)


def test_arguments_are_bound_as_the_function_binds_them() -> None:
    def g(a: Any, b: Any, *more: Any, c: Any, d: Any = 3.0) -> Any:
        return a - 2 * b + 3 * c - 4 * d + sum(more)

    program = ag.record(g, 1.0, 2.0, 5.0, 6.0, c=3.0)
    assert program(1.0, 2.0, 5.0, 6.0, c=4.0) == g(1.0, 2.0, 5.0, 6.0, c=4.0)
    keyword = ag.record(g, b=2.0, a=1.0, c=3.0, d=1.0)
    assert keyword(1.0, 5.0, d=2.0, c=7.0) == keyword(c=7.0, b=5.0, a=1.0, d=2.0) == g(1.0, 5.0, c=7.0, d=2.0)


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [((), {}), ((X,), {"unknown": 2.0}), ((X, 2.0, 3.0), {}), ((X, 2.0), {"x": X}), ((), {"scale": 2.0})],
)
def test_missing_extra_and_unknown_arguments_are_named(args: Any, kwargs: Any) -> None:
    with pytest.raises(TypeError, match="f\\("):
        PROGRAM(*args, **kwargs)


def test_a_default_that_was_not_given_is_part_of_the_program() -> None:
    program = ag.record(f, X)
    assert_same(program(X), eager(f, X))
    with pytest.raises(TypeError, match="recorded"):
        program(X, 2.0)


def test_settings_are_part_of_the_program_and_must_come_again() -> None:
    def g(x: Any, mode: str, flip: bool = False, axis: Any = None) -> Any:
        y = np.sum(x, axis=axis) if mode == "sum" else np.max(x, axis=axis)
        return -y if flip else y

    program = ag.record(g, X, "sum", flip=True)
    assert_same(program(X + 1, "sum", flip=True), -np.sum(X + 1).item())
    for wrong in (("max", True), ("sum", False), (None, True), ("sum", 1), ("sum", None)):
        with pytest.raises((ValueError, TypeError), match="recorded"):
            program(X, wrong[0], flip=wrong[1])


def test_nested_arguments_are_variables() -> None:
    def g(parameters: dict[str, Any], data: tuple[Any, Any]) -> Any:
        hidden = np.tanh(data[0] @ parameters["W"] + parameters["layers"][0]["b"])
        return np.mean((hidden - data[1]) ** 2)

    rng = np.random.default_rng(0)

    def examples() -> Any:
        return {"W": rng.normal(size=(3, 2)), "layers": [{"b": rng.normal(size=2)}]}, (X, rng.normal(size=(2, 2)))

    program = ag.record(g, *examples())
    for _ in range(3):
        args = examples()
        assert_same(program(*args), eager(g, *args))
    for wrong in (
        ({"W": X.T}, (X, X)),
        ({"V": X.T[:, :2], "layers": [{"b": X[0, :2]}]}, (X, X)),
        (examples()[0], [X, X]),
    ):
        with pytest.raises((TypeError, ValueError)):
            program(*wrong)


def test_an_argument_that_is_changed_after_the_call_changes_no_result() -> None:
    program, x = ag.record(lambda x: (x, x[0], x + 0), X), X.copy()
    found = program(x)
    x[...] = 0
    assert_same(found, (X, X[0], X + 0))


def test_an_example_that_is_changed_afterwards_changes_no_program() -> None:
    x = X.copy()
    program = ag.record(lambda x: x * 2, x)
    x[...] = 0
    assert_same(program(X), X * 2)


def test_a_program_tells_what_it_takes() -> None:
    assert "float64 of shape (2, 3)" in repr(PROGRAM)
    assert "number" in repr(PROGRAM)
    assert PROGRAM.name == "f"
    assert str(PROGRAM) == PROGRAM.source
    assert "<pre>" in PROGRAM._repr_html_()


def test_a_program_cannot_be_pickled_and_says_what_to_do() -> None:
    import copy
    import pickle

    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="save"):
            way(PROGRAM)
