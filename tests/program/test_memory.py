"""Memory that is used again: nothing is written where somebody still looks, whatever kind of view it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_same, buffers, eager, poison


@ag.primitive
def itself_or_flipped(x: Any, turned: bool = False) -> Any:
    return x[::-1] if turned else x


@ag.primitive
def one_of_them(*operands: Any, which: int = 0) -> Any:
    return operands[which]


ag.rule(itself_or_flipped, lambda g, ans, x, turned=False: itself_or_flipped(g, turned=turned))
ag.engine.rules.table.rule_each(one_of_them, lambda i, g, ans, *x, which=0: g if i == which else 0 * g)

VIEWS: list[Callable[..., Any]] = [
    np.real, np.flip, np.fliplr, np.flipud, np.rot90, np.transpose, np.matrix_transpose, np.linalg.matrix_transpose,
    np.conjugate, ag.stop_gradient, itself_or_flipped, np.copy, np.nan_to_num, np.atleast_2d, np.fft.fftshift,
    np.triu, lambda x: np.flip(x, 1), lambda x: np.rollaxis(x, 1), lambda x: np.swapaxes(x, 0, 1),
    lambda x: np.moveaxis(x, 0, 1), lambda x: itself_or_flipped(x, turned=True),
    lambda x: one_of_them(x, -x, which=0), lambda x: np.einsum("ij->ji", x), lambda x: one_of_them(x * 2, x, which=1),
    lambda x: np.einsum("ij->ij", x), lambda x: x[::-1], lambda x: x[:, [2, 0, 1]], lambda x: np.expand_dims(x[0], 0),
    lambda x: np.broadcast_to(x[1], (3, 3)), lambda x: x.T[1:2], lambda x: x[..., None, 0],
    lambda x: x[np.argmax(np.real(x[:, 0]))], np.diagonal, np.linalg.diagonal, lambda x: np.einsum("ii->i", x),
    np.diag, lambda x: np.reshape(x, (9,))[2:5], lambda x: np.ravel(x)[3:6], lambda x: np.split(x, 3)[1],
    lambda x: np.squeeze(x[:1]), lambda x: np.broadcast_arrays(x[0], x)[0],
    lambda x: np.array_split(x, 2, axis=1)[0][:, :1], lambda x: np.real(x)[1],
    lambda x: np.lib.stride_tricks.sliding_window_view(x[0], 1)[:, :1], lambda x: np.roll(x, 1), lambda x: np.imag(x),
    lambda x: np.take(x, 1, axis=0), lambda x: np.meshgrid(x[0], x[1], copy=False)[1], lambda x: np.unstack(x)[2],
]  # fmt: skip
"""Functions that give back a view, or perhaps one, or the very array; of three by three entries."""

ELEMENTWISE: list[Callable[..., Any]] = [
    np.tanh, np.exp, np.negative, np.square, lambda x: x * 0.5, lambda x: 1 - x, lambda x: x * x,
]  # fmt: skip


def random_program(seed: int) -> Callable[..., Any]:
    """Elementwise functions, which are written into buffers, and views, which look at them for a while."""

    def f(*operands: Any) -> list[Any]:
        generator = np.random.default_rng(seed)
        pool = list(operands)
        for _ in range(14):
            x = pool[generator.integers(len(pool))]
            if generator.uniform() < 0.5:
                made = ELEMENTWISE[generator.integers(len(ELEMENTWISE))](x) + pool[generator.integers(len(pool))] / 3
            else:
                made = VIEWS[generator.integers(len(VIEWS))](x)
            # Every other one is used in full size later; all are looked at again at the end.
            pool.append(made if np.shape(made) == (3, 3) else made + 0.25 * pool[0])
            pool.append(made + pool[generator.integers(len(pool))])
        chosen = generator.choice(len(pool), 6, replace=False)
        return [pool[i] for i in chosen] + [sum(np.sum(np.real(x)) for x in pool)]

    return f


def drawn(seed: int, dtype: Any) -> list[np.ndarray]:
    generator = np.random.default_rng(seed)
    operands = [generator.uniform(-1, 1, (3, 3)) + 1j * generator.uniform(-1, 1, (3, 3)) for _ in range(2)]
    made = [np.ascontiguousarray(x if np.dtype(dtype).kind == "c" else x.real, dtype) for x in operands]
    for x in made:
        x.flags.writeable = False  # a program that writes into its arguments raises
    return made


def check(f: Callable[..., Any], dtype: Any) -> None:
    program = ag.record(f, *drawn(0, dtype))
    one, other = drawn(1, dtype), drawn(2, dtype)
    expected = eager(f, *one)
    found = program(*one)
    assert_same(found, expected)
    poison(program)
    assert_same(program(*other), eager(f, *other))
    assert_same(found, expected)  # the results of the first run are not the program's memory
    poison(program)
    assert_same(program(*one), expected)


@pytest.mark.parametrize("dtype", [np.float64, np.complex128])
@pytest.mark.parametrize("seed", range(60))
@np.errstate(all="ignore")
def test_views_of_any_kind_keep_what_they_show(seed: int, dtype: Any) -> None:
    check(random_program(seed), dtype)


@pytest.mark.parametrize("seed", range(20))
@np.errstate(all="ignore")
def test_so_do_those_of_gradients(seed: int) -> None:
    def total(*operands: Any) -> Any:
        return random_program(seed)(*operands)[-1]

    gradient = ag.value_and_grad(total, (0, 1))
    program = ag.record(gradient, *drawn(0, np.float64))
    for at in (1, 2):
        poison(program)
        assert_same(program(*drawn(at, np.float64)), gradient(*drawn(at, np.float64)))


@pytest.mark.parametrize("view", VIEWS, ids=[f"{n}-{f.__name__}" for n, f in enumerate(VIEWS)])
@pytest.mark.parametrize("dtype", [np.float64, np.complex128])
def test_what_a_view_shows_outlives_the_buffers_that_are_written_next(view: Any, dtype: Any) -> None:
    def f(x: Any, y: Any) -> Any:
        shown = view(np.tanh(x * y))
        for _ in range(3):
            y = np.tanh(y * 0.5) - x  # each in the memory that is free
        return y, shown, shown + y

    check(f, dtype)


def test_every_kind_of_view_is_among_the_random_programs() -> None:
    assert len(buffers(ag.record(random_program(0), *drawn(0, np.float64)))) > 3
    shared = [np.shares_memory(view(x), x) for view in VIEWS for x in drawn(0, np.float64)[:1]]
    assert sum(shared) > 25


def test_a_result_that_is_the_same_in_every_run_is_a_copy_too() -> None:
    program = ag.record(lambda x, y: ag.jvp(lambda x: (x * 1, y * 2), x, y), np.ones(3), np.ones(3))
    for _ in range(2):
        tangents = program(np.ones(3), np.ones(3))[1]
        np.testing.assert_array_equal(tangents[1], np.zeros(3))
        tangents[1][:] = 7.0
