"""Moving, choosing and running along entries: what is refused, what is as wrong as in NumPy, what a program redoes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

import autograd_lite as ag
from autograd_lite import Value

row = Value([1.0, 2.0, 3.0], name="row")
matrix = Value(np.arange(6.0).reshape(2, 3), name="matrix")
MASK = np.array([True, False, True])
NODES = np.array([0.0, 1.0, 2.0])


# ------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("write", "remedy"),
    [
        (lambda: np.copyto(row, 1.0), r"np\.where"),
        (lambda: np.copyto(np.ones(3), row), r"np\.where"),
        (lambda: np.place(row, MASK, [1.0]), r"np\.where"),
        (lambda: np.putmask(row, MASK, 1.0), r"np\.where"),
        (lambda: np.put(row, [0], 1.0), r"np\.concatenate"),
        (lambda: np.put_along_axis(row, np.array([0]), 1.0, 0), r"np\.arange"),
        (lambda: np.fill_diagonal(matrix, 1.0), r"np\.eye"),
        (lambda: np.pad(row, 1, lambda *args: None), r"np\.concatenate"),
    ],
)
def test_what_writes_into_an_array_names_what_to_write_instead(write: Callable[[], Any], remedy: str) -> None:
    with pytest.raises(TypeError, match=remedy):
        write()
    assert row.data.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("order", ["A", "K"])
def test_an_order_that_depends_on_the_memory_is_refused(order: str) -> None:
    with pytest.raises(ValueError, match="layout"):
        np.ravel(matrix, order=order)
    with pytest.raises(ValueError, match="layout"):
        np.reshape(matrix, (3, 2), order=order)
    with pytest.raises(ValueError, match="layout"):
        np.reshape(matrix, (3, 2), order)


@pytest.mark.parametrize(
    "call",
    [
        lambda: np.roll(row, Value(1.0)),
        lambda: np.tile(row, Value(2.0)),
        lambda: np.repeat(row, Value([1.0, 2.0, 1.0])),
        lambda: np.split(row, Value(3.0)),
        lambda: np.reshape(row, Value(3.0)),
        lambda: np.resize(row, Value(3.0)),
        lambda: np.pad(row, Value(1.0)),
        lambda: np.linspace(row, 1.0, Value(3.0)),
        lambda: np.astype(row, int),
        lambda: np.concatenate([row, row], dtype=int),
        lambda: np.array([row, row], dtype=bool, like=row),
    ],
)
def test_values_do_not_decide_about_shapes_and_do_not_become_integers(call: Callable[[], Any]) -> None:
    with pytest.raises(TypeError):
        call()


# ------------------------------------------------------------------------- as wrong as in NumPy

WRONG: list[Callable[[Any], Any]] = [
    lambda x: np.flip(x, 2),
    lambda x: np.roll(x, 1, axis=2),
    lambda x: np.rollaxis(x, 2),
    lambda x: np.rollaxis(x, 0, 4),
    lambda x: np.rot90(x[0]),
    lambda x: np.fliplr(x[0]),
    lambda x: np.tile(x, -1),
    lambda x: np.repeat(x, [1, 2], axis=1),
    lambda x: np.resize(x, (-1, 2)),
    lambda x: np.diag(x[None]),
    lambda x: np.diagonal(x[0]),
    lambda x: np.trace(x, axis1=0, axis2=0),
    lambda x: np.vander(x),
    lambda x: np.matrix_transpose(x[0]),
    lambda x: np.unstack(x, axis=2),
    lambda x: np.broadcast_arrays(x, np.ones(2)),
    lambda x: np.meshgrid(x[0], x[0], indexing="yx"),
    lambda x: np.block([[x, x], [x]]),
    lambda x: np.block([[x], x]),
    lambda x: np.block([x, []]),
    lambda x: np.block((x, x)),
    lambda x: np.hsplit(x[0, 0], 1),
    lambda x: np.vsplit(x[0], 1),
    lambda x: np.dsplit(x, 1),
    lambda x: np.hsplit(x, 2),
    lambda x: np.stack([x, x[0]]),
    lambda x: np.concatenate([x, x[0]]),
    lambda x: np.concatenate([x, x], axis=2),
    lambda x: np.concatenate([x, x], dtype=np.float32, casting="safe"),
    lambda x: np.apply_along_axis(np.sum, 2, x),
    lambda x: np.apply_along_axis(np.sum, 0, x[:, :0]),
    lambda x: np.apply_over_axes(lambda v, axis: v[0, 0], x, 0),
    lambda x: sliding_window_view(x, (3, 3)),
    lambda x: sliding_window_view(x, 2),
    lambda x: np.linspace(x, 1.0, -1),
    lambda x: np.geomspace(x, 1.0, 3),
    lambda x: np.pad(x, -1),
    lambda x: np.pad(x, 1.5),
    lambda x: np.pad(x, ((1, 1),) * 3),
    lambda x: np.pad(x, 1, "mirror"),
    lambda x: np.pad(x, 1, "edge", constant_values=1),
    lambda x: np.pad(x, 1, "maximum", stat_length=0),
    lambda x: np.pad(x[:0], 1, "edge"),
    lambda x: np.take(x, 6),
    lambda x: np.take(x, 0, axis=2),
    lambda x: np.take(x, np.array([0.5])),
    lambda x: np.take(x, 0, mode="bounce"),
    lambda x: np.take_along_axis(x, np.array([0]), 1),
    lambda x: np.take_along_axis(x, np.array([[0.5]]), 1),
    lambda x: np.take_along_axis(x, np.array([[3]]), 1),
    lambda x: np.choose([2, 0, 0], x),
    lambda x: np.choose([-1, 0, 0], x),
    lambda x: np.compress([True, True, True], x, axis=0),
    lambda x: np.compress(np.ones((2, 3), bool), x),
    lambda x: np.select([x > 0], [x, x]),
    lambda x: np.select([], []),
    lambda x: np.select([x], [x]),
    lambda x: np.piecewise(x, [x > 0], [1.0, 2.0, 3.0]),
    lambda x: np.where(x > 0, x),
    lambda x: np.insert(x, 7, 1.0),
    lambda x: np.insert(x, [[0]], 1.0),
    lambda x: np.insert(x, [0, 1, 2], [1.0, 2.0]),
    lambda x: np.delete(x, 6),
    lambda x: np.delete(x, [True], axis=0),
    lambda x: np.append(x, x[0], axis=0),
    lambda x: np.trim_zeros(x, "x"),
    lambda x: np.ix_(x > 0),
    lambda x: x[3],
    lambda x: x[0, 0, 0],
    lambda x: x[np.ones(3, bool)],
    lambda x: x[0.5],
    lambda x: np.cumsum(x, axis=2),
    lambda x: np.cumulative_sum(x),
    lambda x: np.diff(x, -1),
    lambda x: np.diff(x[0, 0]),
    lambda x: np.diff(x, prepend=[1.0]),
    lambda x: np.ediff1d(x, to_end=1j),
    lambda x: np.gradient(x, edge_order=3),
    lambda x: np.gradient(x, edge_order=2),
    lambda x: np.gradient(x, 1.0, 1.0, 1.0),
    lambda x: np.gradient(x, [1.0, 2.0], [1.0, 2.0]),
    lambda x: np.trapezoid(x, axis=2),
    lambda x: np.interp(x, NODES, [1.0, 2.0]),
    lambda x: np.interp(x, [], []),
    lambda x: np.interp(x, NODES, NODES, period=0),
    lambda x: np.convolve(x, x),
    lambda x: np.convolve(x[0], []),
    lambda x: np.convolve(x[0], x[1], "half"),
    lambda x: np.polyder(x[0], -1),
    lambda x: np.polyint(x[0], 2, [1.0, 2.0, 3.0][:0]),
    lambda x: np.poly(x),
    lambda x: np.polyfit(x, x, 1),
]


@pytest.mark.parametrize("call", WRONG, ids=range(len(WRONG)))
def test_what_raises_in_numpy_raises_the_same_kind_of_error(call: Callable[[Any], Any]) -> None:
    with pytest.raises(Exception) as in_numpy:  # noqa: PT011  whatever it is
        call(np.arange(6.0).reshape(2, 3))
    expected = next(kind for kind in (TypeError, ValueError, IndexError) if issubclass(in_numpy.type, kind))
    with pytest.raises(expected):
        call(Value(np.arange(6.0).reshape(2, 3)))


# ------------------------------------------------------------------------- programs

DEPEND_ON_NUMBERS: list[Callable[[Any], Any]] = [
    lambda x: x[np.where(x > 0)],
    lambda x: np.compress(x > 0, x),
    lambda x: np.extract(x > 0, x),
    lambda x: np.trim_zeros(x),
    lambda x: np.delete(x, np.argmax(x)),
    lambda x: np.insert(x, np.argmax(x), 1.0),
    lambda x: x[np.ix_(x > 0)],
    lambda x: np.roots(x),
]


@pytest.mark.parametrize("f", DEPEND_ON_NUMBERS, ids=range(len(DEPEND_ON_NUMBERS)))
def test_while_recording_no_shape_may_depend_on_numbers(f: Callable[[Any], Any]) -> None:
    f(Value([1.0, -2.0, 3.0]))
    with pytest.raises(ag.RecordingError, match="mask"):
        ag.record(f, np.array([1.0, -2.0, 3.0]))


CHOOSE_ANEW: list[Callable[[Any], Any]] = [
    lambda x: np.take_along_axis(x, np.argmax(x, axis=0, keepdims=True), axis=0),
    lambda x: np.take(x, np.argmax(x), mode="clip"),
    lambda x: np.choose(np.argmax(x, axis=0), [x[0], x[1] ** 2]),
    lambda x: np.choose(np.argmax(x, axis=1) + 2, [x[:, 0], x[:, 1] ** 2], mode="wrap"),
    lambda x: np.select([x > 1, x < 0], [x**2, -x], default=7.0),
    lambda x: np.piecewise(x, [x > 0], [np.square, np.exp]),
    lambda x: np.clip(x, x[0], 1.0),
    lambda x: np.interp(x, NODES, NODES**2),
    lambda x: np.interp([0.5, 1.5], np.cumsum(np.abs(x[0])), x[1]),
    lambda x: x[np.ix_(np.argmax(x, axis=0), [0, 2])],
    lambda x: np.pad(x, 1, "maximum"),
    lambda x: np.cumprod(x, axis=1),
]


@pytest.mark.parametrize("f", CHOOSE_ANEW, ids=range(len(CHOOSE_ANEW)))
def test_a_program_chooses_anew_in_every_run(f: Callable[[Any], Any]) -> None:
    gradient = ag.value_and_grad(lambda x: np.sum(f(x) ** 2))
    program = ag.record(gradient, np.array([[1.0, -2.0, 3.0], [0.0, 5.0, -1.0]]))
    for other in ([[-1.0, 2.0, 0.5], [4.0, 0.3, 1.5]], [[0.0, 0.0, 1.7], [1.0, -5.0, 9.0]]):
        for found, expected in zip(program(np.array(other)), gradient(np.array(other)), strict=True):
            np.testing.assert_allclose(found, expected, rtol=1e-14)


# ------------------------------------------------------------------------- what the table of rows cannot say


def test_like_makes_values_of_values_and_arrays_of_numbers() -> None:
    v = row[0]
    assert np.full((2, 2), v, like=v).carries_gradient
    assert type(np.full((2, 2), 1.0, like=v)) is np.ndarray
    assert type(np.array([1, 2], like=v)) is np.ndarray
    assert np.zeros(3, like=v).tolist() == [0.0, 0.0, 0.0]
    assert np.arange(2, like=v).dtype == np.arange(2).dtype
    assert np.asarray(row, like=row) is row


def test_where_of_a_mask_alone_gives_places() -> None:
    (places,) = np.where(row > 1)
    assert row[places].data.tolist() == [2.0, 3.0]
    (places,) = np.where(MASK)
    assert row[places].data.tolist() == [1.0, 3.0]


def test_padding_with_anything_keeps_the_rest() -> None:
    """np.pad(mode="empty") leaves open what stands beside."""
    padded = np.pad(matrix, ((1, 0), (0, 2)), "empty")
    assert padded.shape == (3, 5)
    np.testing.assert_array_equal(padded[1:, :3].data, matrix.data)
    slope = ag.grad(lambda x: np.sum(np.pad(x, 1, mode="empty")[1:-1, 1:-1] ** 2))(matrix.data)
    np.testing.assert_array_equal(slope, 2 * matrix.data)


def test_a_running_product_of_many_numbers_neither_over_nor_underflows() -> None:
    x = np.where(np.arange(2000) % 2, 1e-3, 1e3)
    slope = ag.grad(lambda x: np.cumprod(x)[-1])(x)
    np.testing.assert_allclose(slope, 1 / x, rtol=1e-9)
    tiny = ag.grad(lambda x: np.sum(np.cumprod(x)))(np.full(400, 0.01))
    assert np.all(np.isfinite(tiny))


def test_the_zeros_of_a_polynomial_move_as_the_coefficients_say() -> None:
    p = np.array([0.0, 2.0, -6.0, 4.0, 0.0])  # 2 (x - 1) (x - 2) x, of degree 4 with a coefficient of 0
    found = np.roots(p)
    jacobian = ag.jacobian(lambda p: np.real(np.roots(p)))(p)
    expected = -np.vander(found, 5) / np.polyval(np.polyder(p), found)[:, None]
    np.testing.assert_allclose(jacobian, expected, rtol=1e-10, atol=1e-12)


def test_a_coefficient_of_zero_in_front_is_kept_and_has_a_gradient() -> None:
    slope = ag.grad(lambda p: np.sum(np.polymul(p, [1.0, 2.0])))(np.array([0.0, 1.0]))
    assert slope.tolist() == [3.0, 3.0]
