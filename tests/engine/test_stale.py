"""Data that change between the forward and the backward pass: the gradient is right, or StaleGraph is raised.

Each test changes one thing after the graph was recorded. Right is the gradient of what was
computed, so the one that would have come out without the change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import StaleGraph, Value


def right_or_raises(loss: Any, change: Callable[[], Any], *leaves: Value) -> None:
    """The gradients before and after a change are the same, or backward() refuses."""
    loss.backward()
    expected = [np.array(v.grad) for v in leaves]
    for v in leaves:
        v.grad = None
    change()
    try:
        loss.backward()
    except StaleGraph:
        assert all(v.grad is None for v in leaves)
        return
    for v, gradient in zip(leaves, expected, strict=True):
        np.testing.assert_array_equal(v.grad, gradient)


def leaf() -> Value:
    return Value([1.0, 2.0, 3.0], name="w")


# ---------------------------------------------------------------------------------- a Value that was wrapped


def subtract(v: Value) -> None:
    v.data -= 0.5


def set_entry(v: Value) -> None:
    v.data[0] = 9.0


def set_all(v: Value) -> None:
    v.data[...] = 9.0


def assign(v: Value) -> None:
    v.data = v.data * 2.0


def assign_twice(v: Value) -> None:
    before = v.data.copy()
    v.data = before * 2.0
    v.data = before


def through_a_view(v: Value) -> None:
    v.data[::-1][:1] = 9.0


def to_nan(v: Value) -> None:
    v.data[1] = np.nan


def with_copyto(v: Value) -> None:
    np.copyto(v.data, 7.0)


def sort(v: Value) -> None:
    v.data[:] = v.data[::-1].copy()


CHANGES = [subtract, set_entry, set_all, assign, assign_twice, through_a_view, to_nan, with_copyto, sort]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "f", [lambda v: np.sum(v * v), lambda v: np.sum(v.reshape(3, 1) @ v[None]), lambda v: np.sum(np.exp(v))]
)
def test_a_changed_leaf_is_noticed(f: Callable[[Any], Any], change: Callable[[Value], None]) -> None:
    w = leaf()
    right_or_raises(f(w), lambda: change(w), w)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed_after_the_leaf_was_used_again(change: Callable[[Value], None]) -> None:
    for use in (lambda w: w * 1.0, lambda w: np.sum(w), lambda w: w > 0, lambda w: ag.grad(np.sum)(w)):
        w = leaf()
        loss = np.sum(w * w)

        def change_and_use(w: Value = w, use: Callable[[Value], Any] = use) -> None:
            change(w)
            use(w)

        right_or_raises(loss, change_and_use, w)


def test_a_change_through_an_alias_is_noticed() -> None:
    w = leaf()
    before = w.data
    loss = np.sum(w * w)
    right_or_raises(loss, lambda: before.fill(9.0), w)
    w = leaf()
    loss = np.sum(w * w)
    after = w.data
    right_or_raises(loss, lambda: after.fill(9.0), w)


def test_a_change_before_recording_is_no_change() -> None:
    w = leaf()
    np.sum(w * w).backward()
    w.data[0] = 9.0
    loss = np.sum(w * w)
    loss.backward()
    assert w.grad.tolist() == [18.0, 4.0, 6.0]
    loss.backward()
    assert w.grad.tolist() == [18.0, 4.0, 6.0]


def test_a_changed_scalar_is_noticed() -> None:
    w = Value(3.0)
    loss = w * w + 2.0
    w.data -= 0.5
    with pytest.raises(StaleGraph, match="changed after"):
        loss.backward()
    (w * w).backward()
    assert w.grad == 5.0


def test_a_training_loop_that_computes_its_loss_once_is_told_so() -> None:
    w = Value([1.0, 2.0], name="w")
    loss = np.sum(w * w)
    loss.backward()
    w.data -= 0.1 * w.grad
    with pytest.raises(StaleGraph, match=r"w \(a Value of shape \(2,\)\) was changed.*Compute the loss again"):
        loss.backward()


def test_a_leaf_that_was_written_back_as_it_was_may_be_used() -> None:
    w = leaf()
    loss = np.sum(w * w)
    kept = w.data
    kept[0] = 9.0
    kept[0] = 1.0
    loss.backward()
    assert w.grad.tolist() == [2.0, 4.0, 6.0]


def test_a_leaf_that_only_the_rules_read_is_watched_too() -> None:
    """The gradient of x needs the numbers of w, whether or not w gets a gradient of its own."""
    w, x = leaf(), Value([1.0, 1.0, 1.0])
    y = x * w
    right_or_raises(np.sum(y * y), lambda: set_entry(w), x)


# ---------------------------------------------------------------------------------- constants


class Labelled(np.ndarray):
    """A subclass, as np.memmap is one."""


CONSTANTS: dict[str, Callable[[np.ndarray], Any]] = {
    "an array": lambda c: c,
    "a view": lambda c: c[:],
    "a transposed view": lambda c: c.T,
    "a broadcast view": lambda c: np.broadcast_to(c, (2, 3)),
    "a read-only view": lambda c: read_only(c[:]),
    "a view of a read-only view": lambda c: read_only(c[:])[::1],
    "a subclass": lambda c: c.view(Labelled),
}


def read_only(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


@pytest.mark.parametrize("kind", CONSTANTS)
@pytest.mark.parametrize("op", [np.multiply, np.divide, np.power, np.maximum], ids=lambda op: op.__name__)
def test_a_constant_may_change_after_recording(op: Callable[..., Any], kind: str) -> None:
    w, c = leaf(), np.array([2.0, 3.0, 2.5])
    right_or_raises(np.sum(op(w, CONSTANTS[kind](c))), lambda: c.fill(0.5), w)


@pytest.mark.parametrize("kind", CONSTANTS)
def test_a_constant_matrix_may_change_after_recording(kind: str) -> None:
    w, c = leaf(), np.array([2.0, 3.0, 2.5])
    right_or_raises(np.sum(CONSTANTS[kind](c) @ w), lambda: c.fill(0.5), w)


def test_constants_in_lists_may_change_after_recording() -> None:
    w, c = leaf(), [2.0, 3.0, 2.5]
    right_or_raises(np.sum(w * c), lambda: c.__setitem__(0, 9.0), w)
    mask = np.array([True, False, True])
    right_or_raises(np.sum(np.where(mask, w * w, 0)), lambda: mask.fill(False), w)
    right_or_raises(np.sum(np.einsum("i,i->i", w, as_array := np.array(c))), lambda: as_array.fill(0.0), w)


def test_a_subclass_of_an_array_is_a_constant_like_any_other() -> None:
    w, c = leaf(), np.array([2.0, 3.0, 2.5]).view(Labelled)
    for product in (w * c, c * w, w + c, w @ c, np.sum(w * c)):
        assert product.carries_gradient
    np.sum(w * c).backward()
    assert w.grad.tolist() == [2.0, 3.0, 2.5]


# ---------------------------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("index", "change"),
    [
        (np.array([0, 1]), lambda i: i.fill(2)),
        (np.array([True, True, False]), lambda i: i.fill(False)),
        ([0, 1], lambda i: i.__setitem__(0, 2)),
        ((np.array([0, 1]),), lambda i: i[0].fill(2)),
        ((np.array([0, 1]), None), lambda i: i[0].fill(2)),
        (([0, 1],), lambda i: i[0].__setitem__(0, 2)),
    ],
)
def test_an_index_may_change_after_recording(index: Any, change: Callable[[Any], Any]) -> None:
    w = leaf()
    right_or_raises(np.sum(w[index] ** 2), lambda: change(index), w)


@pytest.mark.parametrize(
    ("f", "setting", "new"),
    [
        (lambda x, s: np.take(x, s, axis=1), np.array([0, 0]), 2),
        (lambda x, s: np.transpose(x, s), np.array([1, 0]), 0),
        (lambda x, s: np.moveaxis(x, s, [1, 0]), np.array([0, 1]), 0),
        (lambda x, s: np.reshape(x, s), np.array([9]), 3),
        (lambda x, s: np.broadcast_to(x, s), np.array([2, 3, 3]), 1),
    ],
)
def test_a_setting_may_change_after_recording(f: Callable[..., Any], setting: np.ndarray, new: int) -> None:
    x = Value(np.arange(9.0).reshape(3, 3))
    y = f(x, setting)
    weights = np.random.default_rng(0).normal(size=y.shape)
    right_or_raises(np.sum(y * y * weights), lambda: setting.fill(new), x)


# ---------------------------------------------------------------------------------- Values without a gradient


def test_a_value_made_under_no_grad_is_watched_too() -> None:
    for data in (2.0, np.array([1.0, 2.0, 3.0])):
        x = Value(data)
        for change in (assign, subtract) if np.ndim(data) == 0 else CHANGES:
            with ag.no_grad():
                c = x * 2.0
            right_or_raises(np.sum(x * c), lambda c=c, change=change: change(c), x)


VIEWS = [lambda w: w[:], lambda w: w.T, lambda w: w.reshape(3), lambda w: w[::-1], lambda w: np.copy(w), lambda w: +w]


@pytest.mark.parametrize("view", VIEWS)
def test_what_no_grad_took_from_a_leaf_does_not_change_with_it(view: Callable[[Value], Any]) -> None:
    """Weights that were put aside, then a step of the optimizer."""
    w, x = leaf(), Value([1.0, 1.0, 1.0])
    with ag.no_grad():
        kept = view(w)
    right_or_raises(np.sum(x * kept), lambda: subtract(w), x)
    w = leaf()
    with ag.no_grad():
        kept = view(w)
    loss = np.sum(w * w)
    right_or_raises(loss, lambda: set_entry(kept), w)


def test_data_of_a_computed_value_used_as_a_constant_do_not_change_with_the_leaf() -> None:
    w, x = leaf(), Value([1.0, 1.0, 1.0])
    for view in (w[:], w.T, w.reshape(3), +w):
        right_or_raises(np.sum(x * view.data), lambda: subtract(w), x)


def test_what_was_computed_keeps_its_numbers_when_a_leaf_changes() -> None:
    w = leaf()
    views = [w[:], w.T, w.reshape(3, 1), w[::-1], +w, w * 2, w[None]]
    before = [v.data.copy() for v in views]
    w.data -= 0.5
    w.data[0] = 9.0
    for v, numbers in zip(views, before, strict=True):
        np.testing.assert_array_equal(v.data, numbers)


def test_the_mask_of_a_comparison_cannot_change() -> None:
    w = leaf()
    mask = w > 1.5
    loss = np.sum(w * w * mask)

    def change() -> None:
        with pytest.raises(ValueError, match="read-only"):
            mask.data[:] = False

    right_or_raises(loss, change, w)


# ---------------------------------------------------------------------------------- derivatives of functions


def test_a_value_changed_inside_a_differentiated_function_is_noticed() -> None:
    for change in CHANGES:
        w = leaf()
        w.data  # noqa: B018  # from now on it can be changed in place

        def f(x: Any, w: Value = w, change: Callable[[Value], None] = change) -> Any:
            y = np.sum(x * w)
            change(w)
            return y

        try:
            gradient = ag.grad(f)(np.ones(3))
        except StaleGraph:
            continue
        np.testing.assert_array_equal(getattr(gradient, "data", gradient), [1.0, 2.0, 3.0])


@pytest.mark.parametrize("change", CHANGES)
def test_a_constant_value_changed_inside_a_differentiated_function_is_noticed(change: Callable[[Value], None]) -> None:
    with ag.no_grad():
        c = leaf() * 1.0

    def f(x: Any) -> Any:
        y = np.sum(x * c)
        change(c)
        return y

    try:
        gradient = ag.grad(f)(np.ones(3))
    except StaleGraph:
        return
    np.testing.assert_array_equal(getattr(gradient, "data", gradient), [1.0, 2.0, 3.0])


@pytest.mark.parametrize("change", CHANGES)
def test_a_view_of_a_value_changed_inside_a_differentiated_function_is_noticed(
    change: Callable[[Value], None],
) -> None:
    w = leaf()
    view = w[:]

    def f(x: Any) -> Any:
        y = np.sum(x * view)
        change(w)
        return y

    try:
        gradient = ag.grad(f)(np.ones(3))
    except StaleGraph:
        return
    np.testing.assert_array_equal(getattr(gradient, "data", gradient), [1.0, 2.0, 3.0])


@pytest.mark.parametrize("change", CHANGES)
def test_a_value_changed_before_a_differentiated_function_keeps_its_place_outside(
    change: Callable[[Value], None],
) -> None:
    """The result depends on w, which is older than the function's argument: it stays differentiable in w."""
    w = leaf()
    np.sum(w * w).backward()
    before = w.grad.copy()
    change(w)
    gradient = ag.grad(lambda x: np.sum(x * x * w))(np.ones(3))
    assert isinstance(gradient, Value)
    np.testing.assert_array_equal(w.grad, before)  # a derivative of a function writes into no Value
    np.sum(gradient).backward()
    assert w.grad.tolist() == [2.0, 2.0, 2.0]
