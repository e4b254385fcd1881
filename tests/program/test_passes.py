"""Every pass alone keeps what a listing computes, to the last bit, and never makes it longer."""

from __future__ import annotations

import gc
import threading
from typing import Any

import numpy as np
import pytest
from engine.random_graphs import NUMPY, random_recipe, result

import autograd_lite as ag
from autograd_lite.program.listing import Listing
from autograd_lite.program.passes import PASSES, algebra, common, constants, dead, guards, simplified
from autograd_lite.program.recording.collecting import without_collecting
from autograd_lite.program.recording.draws import is_draw
from autograd_lite.program.recording.recorder import recording_of

from .comparing import assert_same, outputs_of
from .number_graphs import random_listing

EACH = sorted(set(PASSES), key=lambda f: f.__name__)
every_pass = pytest.mark.parametrize("each", EACH, ids=lambda f: f.__name__)


def listing_of(f: Any, *examples: Any) -> Listing:
    return recording_of(f, examples, {}).listing


def random_gradient(seed: int, dtype: Any = np.float64) -> tuple[Listing, list[Any]]:
    recipe = random_recipe(seed, most=30)
    every = tuple(range(len(recipe.leaves)))
    examples = [x.astype(dtype) if x.ndim else float(x) for x in recipe.leaves]
    other = np.random.default_rng(seed)
    inputs = [other.uniform(-1.5, 1.5, x.shape).astype(dtype) if x.ndim else other.uniform() for x in recipe.leaves]
    recording = recording_of(ag.value_and_grad(lambda *x: result(recipe, NUMPY, x), every), tuple(examples), {})
    return recording.listing, [*inputs, *(v.data for v in recording.outside)]


def check(before: Listing, after: Listing, inputs: list[Any]) -> None:
    assert_same(outputs_of(after, inputs), outputs_of(before, inputs))
    assert len(after.instructions) <= len(before.instructions)
    made = set(after.inputs)
    for i in after.instructions:  # in order, and everything once
        assert all(v.is_constant or v in made for v in i.operands)
        assert i.out not in made
        made.add(i.out)
    assert all(v in made or v.is_constant for v in after.results)
    assert [(v.shape, v.dtype) for v in after.outputs] == [(v.shape, v.dtype) for v in before.outputs]


@every_pass
@pytest.mark.parametrize("seed", range(15))
@np.errstate(all="ignore")
def test_a_pass_keeps_what_a_random_gradient_computes(each: Any, seed: int) -> None:
    before, inputs = random_gradient(seed, (np.float64, np.float32)[seed % 2])
    after = each(before)
    check(before, after, inputs)
    check(after, each(after), inputs)


@every_pass
@pytest.mark.parametrize("seed", range(15))
@np.errstate(all="ignore")
def test_a_pass_keeps_what_random_numbers_compute(each: Any, seed: int) -> None:
    before, inputs = random_listing(seed)
    after = each(before)
    check(before, after, inputs)
    check(after, each(after), inputs)


@np.errstate(all="ignore")
def test_passes_in_any_order_keep_what_a_listing_computes() -> None:
    generator = np.random.default_rng(0)
    for seed in range(15):
        listing, inputs = random_gradient(seed)
        for at in generator.integers(0, len(EACH), 6):
            before, listing = listing, EACH[at](listing)
            check(before, listing, inputs)


@pytest.mark.parametrize("seed", range(15))
def test_what_is_simplified_is_not_made_longer_or_shorter_by_the_last_passes_again(seed: int) -> None:
    listing = simplified(random_gradient(seed)[0])
    for each in (common, dead):
        assert len(each(listing).instructions) == len(listing.instructions)
    assert len(simplified(listing).instructions) <= len(listing.instructions)


def test_the_passes_simplify() -> None:
    before, after = zip(
        *(map(len_of, (x, simplified(x))) for x in (random_gradient(s)[0] for s in range(20))), strict=True
    )
    assert sum(after) < 0.9 * sum(before)


def len_of(listing: Listing) -> int:
    return len(listing.instructions)


def operations(listing: Listing) -> list[Any]:
    return [i.op.func for i in listing.instructions]


def test_what_is_computed_twice_is_computed_once() -> None:
    listing = listing_of(lambda x, y: np.sin(x) * y + y * np.sin(x), np.ones(3), np.ones(3))
    assert operations(common(listing)) == [np.sin, np.multiply, np.add]


def test_what_lies_otherwise_in_memory_is_not_the_same_and_a_sum_of_it_is_another() -> None:
    X = np.random.default_rng(0).normal(size=(300, 7)).astype(np.float32)

    def f(x: Any) -> Any:
        y = np.ones((7, 300), np.float32).T
        return np.sum(x * y), np.sum(y * x), np.sum(x.T * y.T), np.sum(x.T + y.T), np.sum(np.exp(x.T)), np.sum(x.T * 1)

    listing = listing_of(f, X)
    for each in (*EACH, simplified):
        check(listing, each(listing), [X])


def test_a_view_with_gaps_is_not_taken_for_its_copy() -> None:
    def f(x: Any, y: Any) -> Any:
        wide, part = np.broadcast_to(y, (100, 90)), x[:, ::3]
        return np.sum(wide * 1.0), np.sum(part * 1.0), np.sum(part / 1), np.sum(-np.negative(part)), np.sum(+wide)

    generator = np.random.default_rng(0)
    x = [generator.normal(size=shape).astype(np.float32) for shape in ((100, 90), (100, 1))]
    listing = listing_of(f, *x)
    for each in (algebra, simplified):
        check(listing, each(listing), x)


def test_the_larger_of_two_zeros_is_not_the_same_the_other_way_round() -> None:
    listing = listing_of(lambda x, y: (np.maximum(x, y), np.maximum(y, x), x * y, y * x), 1.0, 2.0)
    assert operations(common(listing)) == [np.maximum, np.maximum, np.multiply]
    for x in ([0.0, -0.0], [-0.0, 0.0], [np.nan, 1.0]):
        assert_same(outputs_of(common(listing), x), outputs_of(listing, x))


@pytest.mark.parametrize("seed", range(5))
def test_a_pass_leaves_the_listing_that_it_is_given_as_it_is(seed: int) -> None:
    listing, inputs = random_gradient(seed)
    operands, wanted = [i.operands for i in listing.instructions], outputs_of(listing, inputs)
    simplified(listing)
    assert [i.operands for i in listing.instructions] == operands
    assert_same(outputs_of(listing, inputs), wanted)


@np.errstate(all="ignore")
def test_a_guard_of_a_remainder_stays_because_its_slope_is_infinite_where_the_divisor_is_0() -> None:
    listing = listing_of(ag.grad(lambda y: np.sum(np.where(y > 0, np.remainder(2.0, y), 0.0))), np.ones(3))
    x = [np.array([0.0, 1.5, 2.0])]
    assert np.isfinite(outputs_of(listing, x)[0]).all()
    assert_same(outputs_of(simplified(listing), x), outputs_of(listing, x))


def test_what_differs_in_a_setting_dtype_or_sign_of_zero_is_not_the_same() -> None:
    def f(x: Any) -> Any:
        return np.sum(x, axis=0), np.sum(x, axis=1), np.sum(x, axis=(0, 1)), x * 0.0, x * -0.0, x + 1, x + True, x * 1.5

    listing = listing_of(f, np.ones((3, 3)))
    assert len_of(common(listing)) == len_of(listing)
    x = [np.arange(9.0).reshape(3, 3)]
    assert_same(outputs_of(simplified(listing), x), outputs_of(listing, x))


def test_subtraction_and_division_do_not_commute() -> None:
    x = [np.arange(1.0, 4.0), np.arange(3.0, 6.0)]
    listing = listing_of(lambda x, y: (x - y, y - x, x / y, y / x, x**y, y**x, x > y, y > x), *x)
    assert_same(outputs_of(simplified(listing), x), outputs_of(listing, x))


def test_draws_are_neither_merged_nor_left_out() -> None:
    def f(x: Any, rng: Any) -> Any:
        rng.random(3)
        return x + rng.random(3) + rng.random(3)

    listing = listing_of(f, np.ones(3), np.random.default_rng(0))
    for each in (*EACH, simplified):
        assert sum(is_draw(i.op) for i in each(listing).instructions) == 3


def test_what_nothing_reads_is_left_out() -> None:
    def f(x: Any) -> Any:
        np.exp(np.sin(x))
        return x + 1

    assert operations(dead(listing_of(f, 1.0))) == [np.add]


def test_constants_are_computed_once_and_for_all() -> None:
    table = ag.Value(np.arange(3.0))

    def f(x: Any) -> Any:
        with ag.no_grad():
            return x * np.sum(np.exp(np.stack([np.float64(1.0) * x * 0, x])) * 0 + 1) + table

    def g(x: Any) -> Any:
        return x + np.sum(np.reshape(x, -1) * 0 + np.ones(3)) * 0

    for function in (f, g):
        listing = listing_of(function, np.ones(3))
        inputs = [np.arange(3.0), *([table.data] if function is f else [])]
        check(listing, constants(listing), inputs)


@pytest.mark.parametrize("x", [0.0, -0.0, 1.5, -2.0, np.inf, -np.inf, np.nan])
@np.errstate(all="ignore")
def test_identities_hold_for_every_number(x: float) -> None:
    def f(x: Any) -> Any:
        return (
            x * 1, 1 * x, x / 1, x**1, x**2, -np.negative(x), +x, x + 0, 0 + x, x - 0, x * 0, 0 * x, x - x,
            x / x, x * -1, x * 1.0,
            x**1.0, x**2.0, x**0, x**0.5, x**-1, x * True, x / True, 0.0 + x, x + -0.0, -0.0 + x,
        )  # fmt: skip

    for example in (1.0, np.ones(3), np.ones(3, np.float32), np.ones((2, 1), np.float32)):
        listing = listing_of(f, example)
        inputs = [x if isinstance(example, float) else np.full_like(example, x)]
        for each in (algebra, constants, simplified):
            assert_same(outputs_of(each(listing), inputs), outputs_of(listing, inputs))


def test_two_transposes_undo_each_other_only_where_they_do() -> None:
    def f(x: Any) -> Any:
        return (
            x.T.T, np.transpose(np.transpose(x, (1, 2, 0)), (2, 0, 1)),
            np.transpose(np.transpose(x, (1, 2, 0)), (1, 2, 0)),
            np.transpose(np.transpose(x, (-1, 0, 1)), (1, 2, -3)), np.transpose(x.T, (0, 1, 2)),
        )  # fmt: skip

    listing = listing_of(f, np.ones((2, 3, 4)))
    x = [np.arange(24.0).reshape(2, 3, 4)]
    assert_same(outputs_of(algebra(listing), x), outputs_of(listing, x))
    assert algebra(listing).outputs[0] is listing.inputs[0]


def test_a_broadcast_that_gives_the_result_its_shape_stays() -> None:
    def f(x: Any, y: Any) -> Any:
        wide = np.broadcast_to(x, (2, 3))
        return (
            wide * 2,
            wide + y,
            wide * wide,
            np.sum(wide),
            y * np.broadcast_to(y[:1], (2, 3)),
            np.where(y > 0, wide, y),
        )

    x = [np.arange(3.0), np.linspace(-1, 1, 6).reshape(2, 3)]
    listing = listing_of(f, *x)
    for each in (algebra, simplified):
        assert_same(outputs_of(each(listing), x), outputs_of(listing, x))


def test_a_guard_stays_where_a_slope_can_be_infinite_and_goes_where_it_cannot() -> None:
    risky = listing_of(ag.grad(lambda x: np.sum(np.where(x > 0, np.log(x), 0.0))), np.ones(3))
    safe = listing_of(ag.grad(lambda x: np.sum(np.tanh(x) * 3.0)), np.ones(3))
    assert any("0 from 0" in line for line in str(guards(risky)).splitlines())
    assert not any("0 from 0" in line for line in str(guards(safe)).splitlines())


@np.errstate(all="ignore")
@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.where(x > 0, np.tanh(np.log(x)), 0.0),
        lambda x: np.where(x > 0, np.sin(1 / x), 0.0),
        lambda x: np.where(x > 0, ag.sigmoid(np.sqrt(x)), x),
        lambda x: np.abs(np.log(x))[1:],
        lambda x: np.where(x < 100, np.cos(np.exp(x)), 0.0),
    ],
)
def test_a_guard_stays_where_something_that_may_be_nan_is_left_out_of_the_result(f: Any) -> None:
    gradient = ag.grad(lambda x: np.sum(f(x)))
    for x in (np.array([-1.0, 0.5, 2.0]), np.array([0.0, 0.5, 1000.0])):
        wanted = gradient(x)
        assert not np.isnan(wanted).any()
        program = ag.record(gradient, np.ones(3))
        assert_same(program(x), wanted)
        assert_same(outputs_of(program.listing, [x]), [wanted])


def test_networks_need_no_guards() -> None:
    def cost(W: Any, V: Any) -> Any:
        return np.mean(ag.engine.sigmoid_crossentropy(np.tanh(ag.sigmoid(X @ W)) @ V / 2, y) + np.sum(V**2))

    X, y = np.ones((5, 3)), np.ones((5, 1))
    listing = simplified(listing_of(ag.grad(cost, (0, 1)), np.ones((3, 4)), np.ones((4, 1))))
    assert not any("0 from 0" in line for line in str(listing).splitlines())


def test_a_listing_prints_every_instruction_before_and_after_each_pass() -> None:
    listing, _ = random_gradient(3)
    for each in EACH:
        text = str(each(listing))
        assert text.count("\n") >= len_of(each(listing))
        assert "returns" in text


def test_the_garbage_collector_is_left_as_it_was() -> None:
    listing, _ = random_gradient(0)
    assert gc.isenabled()
    simplified(listing)
    assert gc.isenabled()
    with pytest.raises(AttributeError):
        simplified(None)  # type: ignore[arg-type]
    assert gc.isenabled()
    gc.disable()
    try:
        simplified(listing)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_garbage_collector_rests_until_the_last_thread_is_done() -> None:
    inside, go_on = threading.Event(), threading.Event()

    def other() -> None:
        with without_collecting():
            inside.set()
            go_on.wait(5)

    thread = threading.Thread(target=other)
    with without_collecting():
        thread.start()
        inside.wait(5)
    assert not gc.isenabled()
    go_on.set()
    thread.join()
    assert gc.isenabled()
