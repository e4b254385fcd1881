"""What cannot be recorded raises and says what to do; what happens while recording leaves nothing behind."""

from __future__ import annotations

import math
from collections import namedtuple
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_same, eager, plain

X = np.array([1.0, -2.0, 3.0])
Pair = namedtuple("Pair", ["first", "second"])


def if_positive(x: Any) -> Any:
    return x * 2 if np.sum(x) > 0 else x


def while_large(x: Any) -> Any:
    while np.sum(x) > 1:
        x = x / 2
    return x


def assigned(x: Any) -> Any:
    x[0] = 1.0
    return x


def added_in_place(x: Any) -> Any:
    np.add(x, 1, out=x)
    return x


def into_an_array(x: Any) -> Any:
    y = np.zeros(3)
    y += x
    return y


def filled(x: Any) -> Any:
    y = np.zeros(3)
    y[0] = x[0]
    return np.sum(y * x)


def data_assigned(x: Any) -> Any:
    x.data = X
    return x + 1


W = ag.Value(np.ones(3), name="W")


def outside_assigned(x: Any) -> Any:
    W.data = np.zeros(3)
    return x * W


def outside_changed(x: Any) -> Any:
    W.data -= 0.1
    return x * W


REFUSED = {
    "if": (if_positive, r"np\.where"),
    "while": (while_large, r"np\.where"),
    "and": (lambda x: x[0] > 0 and x[1] > 0 and x, r"np\.where"),
    "or": (lambda x: (x[0] > 0 or x[1] > 0) * x, r"np\.where"),
    "not": (lambda x: x * (not x[0]), r"np\.where"),
    "bool": (lambda x: x * bool(x[0] > 0), r"np\.where"),
    "chained comparison": (lambda x: x * (0 < x[0] < 2), r"np\.where"),
    "builtin max": (lambda x: max(x[0], x[1]), r"np\.where"),
    "sorted": (lambda x: sorted(x)[0], r"np\.where"),
    "in": (lambda x: x * (x[0] in [0.5, 2.0]), r"np\.where"),
    "any builtin": (lambda x: x * any(x > 0), r"np\.where"),
    ".data": (lambda x: np.sum(x.data) * x, "NumPy"),
    ".data of a step": (lambda x: np.sum((x * 2).data) * x, "NumPy"),
    ".item()": (lambda x: x * x[0].item(), "NumPy"),
    ".numpy()": (lambda x: x * x.numpy()[0], "NumPy"),
    "float": (lambda x: x * float(x[0]), "Value"),
    "int": (lambda x: x * int(x[0]), "Value"),
    "math": (lambda x: x * math.exp(x[0]), "Value"),
    "round": (lambda x: x * round(x[0]), "Value"),
    "range": (lambda x: x * sum(range(x[0])), "Value"),
    "np.array": (lambda x: np.sum(np.array([x[0], x[1]])), "np.stack|Value"),
    "np.asarray": (lambda x: np.asarray(x), "Value"),
    "x[0] = 1": (assigned, r"np\.where"),
    "out=": (added_in_place, "x = x \\+ v"),
    "y += x": (into_an_array, "x = x \\+ v"),
    "y[0] = x": (filled, "array element"),
    "x.data = y": (data_assigned, "changes nothing"),
    "W.data = y": (outside_assigned, "changes nothing"),
    "W.data -= y": (outside_changed, "changes nothing|NumPy"),
    "None": (lambda x: None, "return"),
    "text": (lambda x: "result", "return"),
    "number": (lambda x: 3.0, "return"),
    "empty": (lambda x: (), "return"),
    "nested nothing": (lambda x: {"a": [1.0, None]}, "return"),
    "accumulate": (lambda x: np.sum(x * W).backward(accumulate=True), "accumulate"),
    "unknown function": (lambda x: np.datetime_as_string(x), "datetime_as_string"),
    "tolist": (lambda x: x.tolist(), "tolist"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_replay_could_not_repeat_raises_and_says_what_to_do(name: str) -> None:
    f, remedy = REFUSED[name]
    before = W.data.copy()
    with pytest.raises((TypeError, ValueError, AttributeError), match=remedy):
        ag.record(f, X)
    if name == "W.data -= y":  # by then NumPy has changed the array
        W.data = before
    np.testing.assert_array_equal(W.data, before)
    clean()


@pytest.mark.parametrize("name", REFUSED)
def test_it_raises_in_a_gradient_too(name: str) -> None:
    f, _ = REFUSED[name]
    before = W.data.copy()
    with pytest.raises((TypeError, ValueError, AttributeError)):
        ag.record(ag.grad(lambda x: np.sum(f(x))), X)
    W.data = before
    clean()


def clean() -> None:
    """After whatever went wrong, values are values and another recording is right."""
    v = ag.Value(2.0)
    y = v * v
    assert bool(y > 3)
    assert y.item() == 4.0
    y.backward()
    assert v.grad == 4.0
    v.data = 3.0
    assert ag.record(lambda x: x + 1, 1.0)(2.0) == 3.0
    assert W.carries_gradient


@pytest.mark.parametrize("text", [lambda x: f"{x[0]:.3f}", lambda x: f"{x[0]}", repr, str])
def test_text_of_a_value_while_recording_is_no_error_or_says_why(text: Any) -> None:
    def f(x: Any) -> Any:
        text(x)
        return x * 2

    try:
        program = ag.record(f, X)
    except ag.RecordingError:
        return
    assert_same(program(X), X * 2)


def test_printing_happens_once_while_recording(capsys: pytest.CaptureFixture[str]) -> None:
    def f(x: Any) -> Any:
        print("computing", np.shape(x))
        return x * 2

    program = ag.record(f, X)
    assert capsys.readouterr().out == "computing (3,)\n"
    program(X)
    assert capsys.readouterr().out == ""


def test_an_error_of_the_function_comes_out_as_it_is_and_leaves_nothing_behind() -> None:
    W.grad = None
    (np.sum(W * W)).backward()
    before = W.grad.copy()

    def f(x: Any) -> Any:
        np.sum(x * W).backward()
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        ag.record(f, X)
    np.testing.assert_array_equal(W.grad, before)
    clean()


def test_gradients_of_values_outside_are_what_they_were_before() -> None:
    np.sum(W * 3).backward()

    def f(x: Any) -> Any:
        loss = np.sum(x * W * W)
        loss.backward()
        return W.grad

    program = ag.record(f, X)
    np.testing.assert_array_equal(W.grad, [3, 3, 3])
    assert_same(program(2 * X), 4 * X * W.data)
    np.testing.assert_array_equal(W.grad, [3, 3, 3])


def test_a_recording_inside_a_recording_is_its_own() -> None:
    def f(x: Any) -> Any:
        inner = ag.record(lambda y: y * y, 2.0)
        return x * inner(3.0)

    program = ag.record(f, X)
    assert_same(program(X), X * 9.0)
    clean()


def test_a_value_of_a_recording_is_of_no_use_to_a_program() -> None:
    inner = ag.record(lambda y: y * y, 2.0)
    with pytest.raises(TypeError, match="graph would be cut"):
        ag.record(lambda x: inner(x), 1.0)
    clean()


def test_recording_inside_no_grad_gives_the_same_program() -> None:
    f = ag.value_and_grad(lambda x: np.sum(np.sin(x) * W))
    with ag.no_grad():
        inside = ag.record(f, X)
        assert_same(inside(X + 1), plain(f(X + 1)))
        assert not (ag.Value(2.0) * 2).carries_gradient
    assert_same(ag.record(f, X)(X + 1), plain(f(X + 1)))
    clean()


def test_no_grad_inside_what_is_recorded_makes_constants_of_its_results() -> None:
    def f(x: Any) -> Any:
        with ag.no_grad():
            scale = np.sum(x * x)
        return np.sum(x * scale)

    program = ag.record(ag.value_and_grad(f), X)
    for x in (X, X + 1):
        assert_same(program(x), ag.value_and_grad(f)(x))


def test_backward_inside_what_is_recorded_gives_gradients() -> None:
    def f(x: Any, w: Any) -> Any:
        loss = np.mean(np.tanh(x * w) ** 2)
        loss.backward()
        return loss, w.grad, x.grad

    program = ag.record(f, X, np.ones(3))
    x, w = ag.Value(X + 1), ag.Value(np.arange(3.0))
    loss, w_grad, x_grad = f(x, w)
    assert_same(program(X + 1, np.arange(3.0)), (loss.data, w_grad, x_grad))


def test_backward_twice_overwrites() -> None:
    def f(x: Any) -> Any:
        np.sum(x**3).backward()
        first = x.grad
        np.sum(x**2).backward()
        return first, x.grad

    assert_same(ag.record(f, X)(X), (3 * X**2, 2 * X))


def test_a_seed_of_backward_may_be_recorded_too() -> None:
    def f(x: Any, seed: Any) -> Any:
        (x * x).backward(seed)
        return x.grad

    assert_same(ag.record(f, X, np.ones(3))(X, np.arange(3.0)), 2 * X * np.arange(3.0))


RESULTS = {
    "tuple": lambda x: (x, x + 1),
    "list": lambda x: [x * 2, [x, (x, x)]],
    "dict": lambda x: {"a": x, "b": {"c": (x * 2, 1.0)}},
    "named tuple": lambda x: Pair(x, x * 2),
    "with settings": lambda x: (x * 2, None, "text", 3, True),
    "same twice": lambda x: (x * 2,) * 2,
    "input itself": lambda x: x,
    "input twice": lambda x: (x, x),
    "views": lambda x: (x.T, x[::-1], x[:2], np.reshape(x, (3, 1)), np.broadcast_to(x, (2, 3))),
    "mask": lambda x: (x > 0, np.sum(x > 0), np.argmax(x), np.any(x > 0)),
    "scalars": lambda x: (np.sum(x), x[0], np.float64(2.0) * x[1]),
}


@pytest.mark.parametrize("name", RESULTS)
def test_results_are_nested_as_the_functions_are(name: str) -> None:
    f = RESULTS[name]
    assert_same(ag.record(f, X)(X + 1), eager(f, X + 1))


@pytest.mark.parametrize("name", RESULTS)
def test_results_are_copies_that_share_no_memory(name: str) -> None:
    program, x = ag.record(RESULTS[name], X), X + 1
    first = program(x)
    expected = eager(RESULTS[name], X + 1)
    arrays = [a for a in flat(first) if isinstance(a, np.ndarray)]
    program(x + 5)
    assert_same(first, expected)
    for i, a in enumerate(arrays):
        assert a.flags.writeable
        assert a.flags.owndata
        assert not np.shares_memory(a, x)
        a[...] = 0
        assert not any(np.shares_memory(a, b) for b in arrays[:i])
    assert_same(x, X + 1)
    assert_same(program(X + 1), expected)


def flat(tree: Any) -> list[Any]:
    if isinstance(tree, dict):
        tree = tuple(tree.values())
    return [leaf for part in tree for leaf in flat(part)] if isinstance(tree, list | tuple) else [tree]


def test_a_constant_result_is_a_copy_too() -> None:
    program = ag.record(lambda x: (x, ag.Value(np.ones(3)) * 2), X)
    program(X)[1][...] = 7
    assert_same(program(X)[1], np.full(3, 2.0))


@pytest.mark.parametrize("not_a_function", [None, 3, "f", X])
def test_only_functions_are_recorded(not_a_function: Any) -> None:
    for make in (ag.record, ag.compile):
        with pytest.raises(TypeError, match="function"):
            make(not_a_function)


def test_missing_and_extra_examples_are_those_of_any_call() -> None:
    with pytest.raises(TypeError, match="argument"):
        ag.record(lambda x, y: x * y, X)
    with pytest.raises(TypeError, match="argument"):
        ag.record(lambda x: x, X, X)


def test_a_function_without_arguments_may_depend_on_values_outside() -> None:
    program = ag.record(lambda: np.sum(W * 2))
    assert program() == np.sum(W.data * 2)


NAMES = ["np", "math", "sigmoid", "abs", "float", "max", "constants", "lambda", "x y", "Path", "out", "zero", "product"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_functions_arguments_and_values_never_clash_with_what_the_source_needs(name: str) -> None:
    w = ag.Value(0.5, name=name)
    v = ag.Value(np.array([0.5, -1.0, 2.0]), name=name)

    def f(x: Any, s: Any) -> Any:
        y = ag.sigmoid(x * v) + np.abs(s) * float("inf") ** -1 + ag.sigmoid(s) * 3.0 + np.arange(20.0).sum() * x
        y.name = name
        return np.sum(y * np.arange(3.0)), abs(s * w) + np.exp(s) + np.minimum(s, np.inf) + np.maximum(s, -np.inf)

    f.__name__ = name
    program = ag.record(f, X, 0.5)
    assert_same(program(X + 1, -0.25), eager(f, X + 1, -0.25))
    if name.isidentifier() and name != "lambda":
        namespace: dict[str, Any] = {}
        exec(
            f"def g({name}, y, exp): return ag.sigmoid({name} * y) + abs_(y) + np.exp(exp)",
            {"abs_": abs, **globals()},
            namespace,
        )
        if name != "np":
            program = ag.record(namespace["g"], X, 0.5, 1.0)
            assert_same(program(X, -0.5, 2.0), eager(namespace["g"], X, -0.5, 2.0))


@pytest.mark.parametrize("f", [ag.sigmoid, ag.relu, ag.softmax, ag.log_softmax, np.sin, np.sum, np.max])
def test_a_function_of_the_library_itself_is_recorded(f: Any) -> None:
    assert_same(ag.record(f, X)(X + 1), eager(f, X + 1))


def test_a_function_of_the_users_own_that_is_named_as_a_helper_is_no_trouble() -> None:
    def softmax(x: Any) -> Any:
        return ag.softmax(x) * 2

    assert_same(ag.record(softmax, X)(X + 1), eager(softmax, X + 1))
