"""Random numbers in a program: drawn anew in each run, from the generator that is given, in the function's order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_same, plain

X = np.linspace(-1, 1, 12).reshape(3, 4)
GLOBAL = np.random.default_rng(0)


def dropout(x: Any, rng: Any, rate: float = 0.5) -> Any:
    return np.sum(np.where(rng.random(np.shape(x)) < rate, 0.0, np.tanh(x)) / (1 - rate))


def noisy(x: Any, rng: Any) -> Any:
    mean = x + 0.1 * rng.standard_normal(np.shape(x))
    return np.sum(mean * rng.uniform(0.5, 1.5, 4) + rng.normal(size=(3, 1)) + rng.random())


def gradient_of_dropout(x: Any, rng: Any) -> Any:
    return ag.value_and_grad(dropout)(x, rng)


@pytest.mark.parametrize("f", [dropout, noisy, gradient_of_dropout])
def test_a_program_draws_what_the_function_draws_from_a_generator_in_the_same_state(f: Any) -> None:
    program = ag.record(f, X, np.random.default_rng(7))
    ours, eagers = np.random.default_rng(3), np.random.default_rng(3)
    found = [program(X + i, ours) for i in range(4)]
    expected = [plain(f(X + i if f is gradient_of_dropout else ag.Value(X + i), eagers)) for i in range(4)]
    assert_same(found, expected)
    assert ours.bit_generator.state == eagers.bit_generator.state
    assert len({str(x) for x in found}) == 4


def test_recording_does_not_advance_the_generator_that_is_given() -> None:
    rng = np.random.default_rng(3)
    before = str(rng.bit_generator.state)
    ag.record(noisy, X, rng)
    assert str(rng.bit_generator.state) == before


def test_a_draw_that_nothing_uses_is_made_all_the_same() -> None:
    def f(x: Any, rng: Any) -> Any:
        rng.random(5)
        return x * rng.random()

    program = ag.record(f, 1.0, np.random.default_rng(0))
    ours, eagers = np.random.default_rng(3), np.random.default_rng(3)
    assert program(2.0, ours) == f(2.0, eagers)
    assert ours.bit_generator.state == eagers.bit_generator.state


def test_a_pole_of_numbers_beside_a_draw_does_not_draw_twice() -> None:
    def f(x: Any, rng: Any) -> Any:
        return rng.random() + np.log(x) * 1.0, rng.random()

    program = ag.record(f, 1.0, np.random.default_rng(0))
    ours, eagers = np.random.default_rng(3), np.random.default_rng(3)
    with np.errstate(divide="ignore"):
        found, expected = program(0.0, ours), plain(f(ag.Value(0.0), eagers))
    assert found[0] == expected[0] == -np.inf
    assert found[1] == expected[1]
    assert ours.bit_generator.state == eagers.bit_generator.state


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng: rng.random(), lambda rng: rng.integers(0, 10, 4), lambda rng: rng.permutation(4),
        lambda rng: rng.choice([-1.0, 1.0], 4), lambda rng: rng.choice(4, p=[0.1, 0.2, 0.3, 0.4]),
        lambda rng: rng.standard_normal((3, 4), dtype=np.float32), lambda rng: rng.binomial(1, 0.5, size=4),
        lambda rng: rng.normal(loc=[0.0, 1, 2, 3]), lambda rng: rng.exponential(2.0, 4),
        lambda rng: rng.random(4) > 0.5,
    ],
)  # fmt: skip
def test_every_way_to_draw_is_recorded(draw: Any) -> None:
    program = ag.record(lambda x, rng: x * draw(rng), X, np.random.default_rng(0))
    for seed in (1, 2):
        expected = X * draw(np.random.default_rng(seed))
        np.testing.assert_array_equal(program(X, np.random.default_rng(seed)), expected)


@pytest.mark.parametrize("method", ["shuffle", "spawn", "bit_generator", "random_out", "of_a_value"])
def test_what_cannot_be_drawn_anew_says_what_to_do(method: str) -> None:
    def f(x: Any, rng: Any) -> Any:
        if method == "random_out":
            return x + rng.random(out=np.zeros(4))
        if method == "of_a_value":
            return rng.normal(x)
        if method == "bit_generator":
            return x + rng.bit_generator.random_raw()
        return x + getattr(rng, method)(np.arange(3) if method == "shuffle" else 2)

    with pytest.raises(ag.RecordingError, match="generator"):
        ag.record(f, X, np.random.default_rng(0))


class Holder:
    def __init__(self) -> None:
        self.rng = np.random.default_rng(0)

    def method(self, x: Any) -> Any:
        return x + self.rng.random()


def helper(x: Any) -> Any:
    return x + GLOBAL.random(4)


def hidden_draws() -> dict[str, Any]:
    hidden, holder = np.random.default_rng(0), Holder()
    return {
        "closure": lambda x: x + hidden.random(4),
        "global": lambda x: x + GLOBAL.random(4),
        "numpy": lambda x: x + np.random.random(4),
        "method": holder.method,
        "attribute": lambda x: x + holder.rng.random(4),
        "helper": lambda x: helper(x),
        "gradient": ag.grad(lambda x: np.sum(x * hidden.random(4))),
    }


@pytest.mark.parametrize("name", hidden_draws())
def test_a_generator_that_is_no_argument_is_refused_wherever_it_is_kept(name: str) -> None:
    with pytest.raises(ag.RecordingError, match="argument"):
        ag.record(hidden_draws()[name], X)
    with pytest.raises(ag.RecordingError, match="argument"):
        ag.compile(hidden_draws()[name])(X)


def test_a_call_without_a_generator_says_that_one_belongs_there() -> None:
    program = ag.record(dropout, X, np.random.default_rng(0))
    for wrong in (None, 3, np.random, np.random.RandomState(0)):
        with pytest.raises(TypeError, match="default_rng"):
            program(X, wrong)
    with pytest.raises(TypeError, match="rng"):
        program(X)


def test_a_compiled_function_draws_from_the_generator_of_each_call() -> None:
    f = ag.compile(dropout)
    ours, eagers = np.random.default_rng(3), np.random.default_rng(3)
    for _ in range(3):
        assert_same(f(X, ours), plain(dropout(ag.Value(X), eagers)))
    assert len(f.programs) == 1
