"""What a card says: roles, signs, numbers, small pictures, alarms."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import autograd_lite as ag
from autograd_lite import Value, reachable
from autograd_lite.drawing.alarms import EXPLODING
from autograd_lite.drawing.heat import COLUMNS, ROWS, bright_heat_of, heat_of
from autograd_lite.drawing.numerals import brief, number, rows_of_value, statistics
from autograd_lite.drawing.reading import view_of
from autograd_lite.drawing.summaries import PIECE, summary_of

from .graphs import random_graph
from .pictures import HOSTILE, network, sum_of

NUMBERS = arrays.arrays(
    st.sampled_from([np.float32, np.float64, np.complex128, np.int64, np.bool_]),
    arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=11),
)


def card_named(root, name):
    return next(card for card in view_of(root).cards if card.name == name)


# ------------------------------------------------------------------ three kinds of gradient


def test_not_computed_and_none_at_all_and_zero_are_three_things():
    x = Value(-1.0, name="x")
    mask = x > 0.0
    mask.name = "mask"
    y = np.where(mask, x, 0.0)

    def gradient(name):
        row = card_named(y, name).rows[-1]
        return row.label, row.text, row.kind

    assert gradient("x") == ("gradient", "·", "quiet")
    y.backward()
    assert gradient("x") == ("gradient", "0.0000", "gradient")
    assert gradient("mask") == ("", "no gradient", "quiet")


# ------------------------------------------------------------------ signs


@pytest.mark.parametrize(
    ("compute", "sign"),
    [
        (lambda x: x * 2, "×"), (lambda x: x + 2, "+"), (lambda x: x - 2, "−"), (lambda x: x / 2, "÷"),
        (lambda x: x**2, "^"), (ag.sigmoid, "σ"), (np.tanh, "tanh"), (np.exp, "exp"), (lambda x: np.sum(x), "Σ"),
        (lambda x: x @ np.ones(2), "@"), (lambda x: ag.engine.sigmoid_crossentropy(x, 1.0), "BCE"),
        (lambda x: np.logaddexp(x, 1.0), "logadd…"), (lambda x: x[0], "[ ]"),
    ],
)  # fmt: skip
def test_an_operation_has_a_sign(compute, sign):
    view = view_of(compute(Value([0.5, 1.0], name="x")))
    assert view.cards[-1].badge == sign
    assert view.cards[0].badge == ""


def test_signs_of_users_are_cleaned_and_short(own_rules):
    for symbol in HOSTILE:
        if not symbol:
            continue

        @ag.primitive
        def same(x):
            return x + 0.0

        ag.rule(same, lambda g, ans, x: g, symbol=symbol)
        badge = view_of(same(Value(1.0))).cards[-1].badge
        assert 1 <= len(badge) <= 7
        badge.encode("utf-8")


# ------------------------------------------------------------------ small pictures


@settings(max_examples=150)
@given(NUMBERS)
def test_a_small_picture_is_small_and_between_minus_one_and_one(data):
    heat = heat_of(data)
    if data.size == 0:
        assert heat is None
        return
    assert 1 <= len(heat.cells) <= ROWS
    assert len({len(row) for row in heat.cells}) == 1
    assert len(heat.cells[0]) <= COLUMNS
    assert heat.cut == (data.size > len(heat.cells) * len(heat.cells[0]))
    cells = [cell for row in heat.cells for cell in row]
    assert all(cell is None or math.isinf(cell) or -1 <= cell <= 1 for cell in cells)
    if np.all(np.isfinite(data)):
        assert all(cell is not None and not math.isinf(cell) for cell in cells)
    else:
        assert any(cell is None or math.isinf(cell) for cell in cells)


def test_a_small_picture_shows_the_entries_if_they_fit():
    data = np.array([[1.0, -2.0], [4.0, 0.0]])
    assert heat_of(data).cells == ((0.25, -0.5), (1.0, 0.0))
    assert heat_of(np.array([1 + 0j, -4j])).cells == ((0.25, 1.0),)


def test_a_large_array_is_averaged_block_by_block():
    data = np.kron(np.arange(32.0).reshape(4, 8), np.ones((5, 3)))
    np.testing.assert_allclose(heat_of(data).cells, np.arange(32.0).reshape(4, 8) / 31)


def test_of_a_large_array_of_both_signs_there_is_still_something_to_see():
    data = np.random.default_rng(0).normal(size=(400, 400))
    assert max(abs(cell) for row in bright_heat_of(data).cells for cell in row) == 1.0
    assert all(abs(cell) < 1e-9 for row in bright_heat_of(np.tile([1.0, -1.0], (40, 40))).cells for cell in row)


def test_an_array_of_one_number_says_so():
    view = view_of(np.sum(Value(np.ones(6), name="w") * np.full(6, 0.25)))
    constant = next(card for card in view.cards if card.role == "input")
    assert [(row.label, row.text) for row in constant.rows] == [("each", "0.2500")]
    assert constant.heat is None


def test_nan_and_infinities_are_cells_of_their_own():
    data = np.array([np.nan, np.inf, -np.inf, 1.0])
    assert heat_of(data).cells == ((None, math.inf, -math.inf, 1.0),)
    assert heat_of(np.array([[np.inf, -np.inf]] * 40)).cells[0] == (math.inf, -math.inf)


def test_numbers_and_empty_arrays_have_no_small_picture():
    assert heat_of(2.0) is None
    assert heat_of(None) is None
    assert heat_of(np.zeros((0, 3))) is None


def test_extreme_sizes_are_no_trouble():
    assert heat_of(np.array([1e308, -1e308])).cells == ((1.0, -1.0),)
    assert heat_of(np.array([5e-324, 0.0])).cells == ((1.0, 0.0),)


# ------------------------------------------------------------------ numbers in words


@settings(max_examples=150)
@given(NUMBERS, st.integers(0, 3))
def test_a_summary_is_numpys_own(data, parts):
    pieces = np.array_split(data.ravel(), parts + 1)
    with np.errstate(all="ignore"):
        found = summary_of(pieces)
        finite = data[np.isfinite(data)]
        finite = np.abs(finite) if data.dtype.kind == "c" else finite.astype(float)
        assert found.count == data.size
        assert found.finite == finite.size
        assert found.zeros == np.count_nonzero(data == 0)
        if finite.size and 1e-150 < np.abs(finite).max() < 1e150:
            scale = np.abs(finite).max()
            np.testing.assert_allclose(found.mean, finite.mean(), rtol=1e-5, atol=1e-6 * scale)
            np.testing.assert_allclose(found.std, finite.std(), rtol=1e-5, atol=1e-6 * scale)


def test_a_summary_of_many_pieces_is_that_of_the_whole():
    data = np.random.default_rng(0).normal(size=3 * PIECE + 7)
    found = summary_of([data, 2.0, data[:5]])
    whole = np.concatenate([data, [2.0], data[:5]])
    np.testing.assert_allclose([found.mean, found.std], [whole.mean(), whole.std()], rtol=1e-9)
    assert (found.low, found.high) == (whole.min(), whole.max())


def test_statistics_are_a_sentence():
    card = card_named(np.sum(ag.relu(Value(np.array([-1.0, 0.0, 1.0, 3.0]), name="x"))), "v1")
    assert card.statistics == "min 0.0000, max 3.0000, mean 1.0000, std 1.2247, 50 % zero"
    assert statistics(summary_of([np.zeros((0, 2))]), 4) == "no entries"
    assert statistics(summary_of([np.array([np.nan])]), 4) == "1 nan of 1"


def test_complex_numbers_are_written_with_both_parts():
    z = Value(1.5 - 2j, name="z")
    w = Value(np.array([1 + 1j, 2 - 1j, 3.0, 0.0, 1j]), name="w")
    loss = np.sum(np.abs(w * z))
    loss.backward()
    view = view_of(loss)
    cards = {card.name: card for card in view.cards}
    assert cards["z"].rows[0].text == "1.5000-2.0000j"
    assert "j" in cards["z"].rows[1].text
    assert cards["w"].dtype == "complex128"
    assert [row.label for row in cards["w"].rows] == ["|mean ± std|", "|min … max|", "|gradient|"]
    assert cards["w"].heat is not None
    assert brief(0.5 + 0j, 4) == "0.5+0j"
    assert number(complex(math.nan, 1), 2) == "nan+1.00j"
    assert rows_of_value(np.array([1j, np.nan * 1j]), 2)[0].kind == "alarm"


def test_float32_and_empty_arrays_have_cards():
    x = Value(np.ones((2, 3), np.float32), name="x")
    nothing = Value(np.zeros((0, 3)), name="nothing")
    loss = np.sum(x) + np.sum(nothing)
    loss.backward()
    assert card_named(loss, "x").dtype == "float32"
    assert card_named(loss, "nothing").rows[0].text == "no entries"
    assert card_named(loss, "nothing").heat is None
    assert card_named(loss, "nothing").statistics == "no entries"


def test_arrays_of_integers_and_masks_among_the_constants_have_cards():
    x = Value(np.ones(6), name="x")
    view = view_of(np.sum(np.where(np.arange(6) > 2, x * np.arange(6), 0.0)))
    inputs = [card for card in view.cards if card.role == "input"]
    assert [card.dtype for card in inputs] == ["int64", "bool"]
    assert all(card.statistics for card in inputs)


# ------------------------------------------------------------------ alarms


def test_the_first_nan_is_named_below_the_picture():
    x = Value(-1.0, name="x")
    with np.errstate(all="ignore"):
        root = np.sqrt(x * 2.0) * 3.0
        root.backward()
    view = view_of(root)
    assert view.notes[0] == "The first nan is in v2 = sqrt(v1)."
    assert [card.alarm for card in view.cards if "starts here" in card.alarm] == ["nan starts here"]


def test_a_nan_that_comes_from_an_infinity_is_not_the_first():
    x = Value(0.0, name="x")
    with np.errstate(all="ignore"):
        low = np.log(x)
        root = low - low
    view = view_of(root)
    assert view.notes[0] == "The first inf is in v1 = log(x), the first nan in v2 = v1 - v1."
    assert view.cards[-1].alarm == "nan"


def test_the_first_bad_gradient_is_the_last_one():
    x = Value(0.0, name="x")
    with np.errstate(all="ignore"):
        root = np.sqrt(x * 1.0)
        root.backward()
    assert view_of(root).notes[0] == "The first inf on the way back is in the gradient of v1 = x * 1."


def test_vanishing_and_exploding_gradients_are_marked():
    x, z = Value(1.0, name="x"), Value(1.0, name="z")
    loss = x * 1e-9 + z * (10 * EXPLODING)
    loss.backward()
    assert card_named(loss, "x").warnings == ("vanishing",)
    assert card_named(loss, "z").warnings == ("exploding",)
    assert "VANISHING" in card_named(loss, "x").sentence
    assert card_named(loss, "v1").warnings == ()


def test_a_gradient_of_zero_does_not_vanish():
    x = Value(-1.0, name="x")
    loss = ag.relu(x) + x * 0.0 + Value(2.0)
    loss.backward()
    assert card_named(loss, "x").warnings == ()


def test_units_that_are_dead_for_all_examples_are_counted():
    z = Value(np.array([[1.0, -1.0, -2.0], [2.0, 3.0, -1.0]]), name="z")
    for relu in (ag.relu(z), np.maximum(z, 0.0), np.maximum(0.0, z)):
        assert view_of(np.sum(relu)).cards[-2].warnings == ("1 of 3 units dead",)
    assert card_named(np.sum(ag.relu(z * 0.0 + 1.0)), "v3").warnings == ()
    assert view_of(np.sum(np.maximum(z, 1.0))).cards[-2].warnings == ()
    one = Value(np.array([[-1.0, 1.0]]), name="one")
    assert view_of(np.sum(ag.relu(one))).cards[-2].warnings == ()  # one example says nothing


# ------------------------------------------------------------------ and nothing else happens


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 60), st.booleans(), st.sampled_from(["auto", "full", "layer"]))
def test_looking_changes_nothing_and_sees_the_same_again(seed, size, arrays, detail):
    root = random_graph(seed, size, arrays=arrays)
    root.backward()
    before = [(v._data, v.grad, v.index, v.name) for v in reachable(root)]
    first, second = view_of(root, detail=detail), view_of(root, detail=detail)
    assert first == second
    for (data, grad, index, name), v in zip(before, reachable(root), strict=True):
        assert v._data is data
        assert v.grad is grad
        assert (v.index, v.name) == (index, name)


def test_nothing_warns(recwarn):
    with np.errstate(all="raise"):
        view_of(network())
        view_of(Value(np.array([np.nan, np.inf, 1e308, -1e308])) * 1.0)
    assert not recwarn


def test_hostile_names_are_clean_in_every_text():
    view = view_of(sum_of(HOSTILE), max_nodes=500, detail="full")
    for card in view.cards:
        for text in (card.name, card.formula, card.sentence, card.total, card.badge):
            text.encode("utf-8")
            assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in text)
    for arrow in view.arrows:
        arrow.slope.encode("utf-8")
        assert len(arrow.slope) < 120
