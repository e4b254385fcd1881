"""Slopes on arrows: the engine's own, and they add up to the gradients."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite import Value, reachable
from autograd_lite.drawing import draw
from autograd_lite.drawing.graph import graph_of_values
from autograd_lite.drawing.reading import view_of
from autograd_lite.drawing.slopes import local_slope, parts_of_gradient, sent_back, total
from autograd_lite.drawing.symbols import FACTORS
from autograd_lite.drawing.view import MINUS

from .graphs import random_graph
from .pictures import network, neuron


def read(local):
    return float(local.removeprefix("× ").replace(MINUS, "-"))


def test_a_value_that_is_used_twice_has_two_arrows_with_slopes_of_their_own():
    x = Value(3.0, name="x")
    y = x * x
    y.backward()
    arrows = view_of(y).arrows
    assert [(a.tail, a.head, a.position, a.local, a.slope) for a in arrows] == [
        (0, 1, 0, "× 3", "part of ∂v1/∂x: x"), (0, 1, 1, "× 3", "part of ∂v1/∂x: x"),
    ]  # fmt: skip
    assert view_of(y).cards[0].total == "3 + 3 = 6"


def test_each_arrow_of_a_power_has_its_own_slope():
    x = Value(2.0, name="x")
    first, second = view_of(x**x).arrows
    assert (read(first.local), read(second.local)) == (4.0, pytest.approx(4 * math.log(2), abs=1e-4))


def test_gradients_that_meet_are_added_up_on_the_card():
    x = Value(2.0, name="x")
    loss = x * (-0.2) + x * 0.5
    loss.backward()
    card = view_of(loss).cards[0]
    assert card.total == f"({MINUS}0.2) + 0.5 = 0.3"
    assert "gradient 0.3000 = (-0.2) + 0.5" in card.sentence


def test_many_gradients_that_meet_are_cut_short():
    x = Value(2.0, name="x")
    loss = sum(x * float(k) for k in range(1, 9))
    loss.backward()
    card = next(card for card in view_of(loss).cards if card.name == "x")
    assert card.total == "1 + 2 + 3 + … 5 more = 36"


def test_arrays_that_meet_say_how_many():
    x = Value(np.ones(3), name="x")
    loss = np.sum(x * x + x)
    loss.backward()
    assert view_of(loss).cards[0].total == "3 gradients meet"


def test_gradients_of_different_calls_are_not_added_up():
    x = Value(2.0, name="x")
    a, b = x * 2.0, x * 3.0
    both = a + b
    both.backward()
    a.backward()  # now x has the gradient of a alone, and b that of both
    assert view_of(both).cards[0].total == ""


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 40), st.booleans())
def test_what_the_uses_send_back_adds_up_to_the_gradient(seed, size, arrays):
    root = random_graph(seed, size, arrays=arrays)
    root.backward()
    graph = graph_of_values([root])
    for i, v in enumerate(graph.things):
        if graph.is_constant[i] or v.grad is None or v is root:
            continue
        parts = [part for part in parts_of_gradient(graph, i) if part is not None]
        np.testing.assert_allclose(sum(parts), v.grad, rtol=1e-9, atol=1e-12)
        assert len(parts) < 2 or total(graph, i, 4)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 25))
def test_the_chain_rule_along_the_arrows_gives_every_gradient(seed, size):
    """The numbers on the arrows, multiplied along all paths and added up, are what back-propagation found."""
    root = random_graph(seed, size)
    root.backward()
    view = view_of(root, 12, detail="full")
    if len(view.cards) > 60:
        return
    found = {len(view.cards) - 1: 1.0}
    for arrow in sorted(view.arrows, key=lambda a: -a.head):
        if arrow.local and arrow.head in found:
            found[arrow.tail] = found.get(arrow.tail, 0.0) + found[arrow.head] * read(arrow.local)
    for i, v in enumerate(view.values):
        if v is not None and v.carries_gradient and v.grad is not None:
            assert found.get(i, 0.0) == pytest.approx(v.grad, rel=1e-6, abs=1e-8)


VALUES = {"x": 0.7, "y": 1.3}


@pytest.mark.parametrize("func", FACTORS, ids=lambda f: f.__name__)
def test_the_formula_on_an_arrow_has_the_value_of_the_number(func):
    """The table of symbols, read as mathematics, agrees with the rules of the engine."""
    operands = [Value(VALUES["x"], name="x"), Value(VALUES["y"], name="y")][: len(FACTORS[func])]
    if func.__name__ == "alias":
        result = ag.engine.recording.call(func, (operands[0],), {})
    else:
        result = func(*operands)
    result.name = "a"
    for arrow in view_of(result).arrows:
        formula = arrow.slope.partition(" = ")[2]
        python = (
            formula.replace(MINUS, "-").replace("·", "*").replace("²", "**2").replace("^", "**")
            .replace("cos x", "cos(x)").replace("sin x", "sin(x)").replace("cosh x", "cosh(x)")
            .replace("sinh x", "sinh(x)").replace("sign x", "sign(x)").replace("log x", "log(x)")
            .replace("[", "float(").replace("]", ")").replace("σ(", "sigma(")
        )  # fmt: skip
        known = {name: getattr(np, name) for name in ("cos", "sin", "cosh", "sinh", "sign", "log")}
        known |= {"sigma": ag.sigmoid, "e": math.e, "float": float, "a": result.item(), **VALUES}
        assert eval(python, {}, known) == pytest.approx(read(arrow.local), abs=1e-3), formula


@pytest.mark.parametrize(
    ("compute", "expected"),
    [
        (lambda X, W: X @ W, ["G · Wᵀ", "Xᵀ · G"]),
        (lambda X, W: np.tanh(X), [f"× (1 {MINUS} a²)"]),
        (lambda X, W: X * 2.0, ["× 2", ""]),
        (lambda X, W: X - np.ones((1, 2)), ["× 1", ""]),
        (lambda X, W: np.mean(X), ["G / 4 to each entry"]),
        (lambda X, W: np.mean(X, axis=0), ["G / 2 to each entry"]),
        (lambda X, W: X.T, ["Gᵀ"]),
        (lambda X, W: X[0], ["G there, 0 elsewhere"]),
        (lambda X, W: ag.relu(X), ["× [X > 0]"]),
        (lambda X, W: np.sort(X), [""]),
    ],
)
def test_arrays_have_their_rule_in_symbols(compute, expected):
    X, W = Value(np.ones((2, 2)), name="X"), Value(np.ones((2, 2)), name="W")
    a = compute(X, W)
    a.name = "a"
    view = view_of(a)
    assert [arrow.slope for arrow in view.arrows] == expected
    assert not any(arrow.local for arrow in view.arrows)


def slopes_of(v):
    return [arrow.slope for arrow in view_of(v).arrows if arrow.slope]


@pytest.mark.parametrize("func", [np.maximum, np.minimum], ids=["maximum", "minimum"])
def test_of_two_equal_numbers_each_gets_half(func):
    a, b = Value(3.0, name="a"), Value(3.0, name="b")
    assert slopes_of(func(a, b)) == ["∂v1/∂a = ½, at a tie", "∂v1/∂b = ½, at a tie"]
    assert "½" not in "".join(slopes_of(func(a, Value(2.0))))
    c = Value([1.0, 3.0], name="c")
    assert all(slope.endswith(", ½ at a tie") for slope in slopes_of(func(c, [2.0, 3.0])))
    assert not any("tie" in slope for slope in slopes_of(func(c, [2.0, 4.0])))


def test_the_largest_of_several_share_the_gradient():
    X = Value([1.0, 2.0, 2.0], name="X")
    assert slopes_of(np.max(X)) == ["G shared where X is largest"]
    assert slopes_of(np.min(X)) == ["G where X is least"]


def test_what_is_taken_twice_is_summed():
    X = Value([1.0, 2.0, 3.0], name="X")
    assert slopes_of(X[[0, 0, 1]]) == ["G summed there, 0 elsewhere"]
    assert slopes_of(X[[0, 1]]) == ["G there, 0 elsewhere"]
    assert slopes_of(X[np.array([True, False, True])]) == ["G there, 0 elsewhere"]


def test_class_numbers_are_no_probabilities():
    z = Value(np.eye(3), name="z")
    loss = ag.engine.softmax_crossentropy
    assert slopes_of(loss(z, np.array([0, 1, 2]))) == [f"G × (softmax(z) {MINUS} onehot(c1))"]
    assert slopes_of(loss(z, np.eye(3))) == [f"G × (softmax(z) {MINUS} c1)"]


def test_a_variance_with_another_denominator_says_so():
    assert slopes_of(np.var(Value([1.0, 2.0, 4.0], name="X"), ddof=1)) == [f"G × 2 (X {MINUS} mean) / (3 {MINUS} 1)"]


def test_a_matrix_that_was_used_for_a_stack_has_a_sum():
    T, W = Value(np.ones((5, 2, 3)), name="T"), Value(np.ones((3, 4)), name="W")
    assert slopes_of(T @ W) == ["G · Wᵀ", "Tᵀ · G, summed"]


def test_what_was_broadcast_is_summed():
    b = Value(np.ones(2), name="b")
    assert view_of(b + np.ones((3, 2))).arrows[0].slope == "× 1, summed"


def test_constants_and_masks_have_no_slope():
    x = Value(2.0, name="x")
    arrows = view_of(np.where(x > 1.0, x, 3.0)).arrows
    assert [bool(a.local or a.slope) for a in arrows] == [False, False, False, True, False]


def test_slopes_can_be_left_out():
    assert not any(a.local or a.slope for a in draw(neuron(), edges="none").view.arrows)
    assert any(a.slope for a in draw(network()).view.arrows)


def test_slopes_at_poles_and_kinks_are_numpys():
    x = Value(0.0, name="x")
    with np.errstate(all="ignore"):
        assert local_slope(np.sqrt(x), 0) == math.inf
        assert local_slope(np.log(x), 0) == math.inf
        assert view_of(np.log(x)).arrows[0].local == "× inf"
    assert local_slope(ag.relu(x), 0) == 0.0


def test_a_rule_that_fails_leaves_the_arrow_bare(own_rules):
    @ag.primitive
    def odd(x):
        return x + 0.0

    def broken(g, ans, x):
        raise ValueError("not with this gradient")

    ag.rule(odd, broken, symbol="odd")
    view = view_of(odd(Value(1.0, name="x")))
    assert (view.arrows[0].local, view.arrows[0].slope) == ("", "")


def test_complex_slopes_are_shown_where_one_number_is_the_slope():
    z = Value(1 + 2j, name="z")
    assert view_of(z * z).arrows[0].local == "× 1+2j"
    assert view_of(np.conj(z)).arrows[0].local == ""
    assert view_of(np.abs(z)).arrows[0].local == ""


def test_what_is_sent_back_has_the_shape_and_dtype_of_the_operand():
    b = Value(np.ones(2, np.float32), name="b")
    v = b * np.ones((3, 2), np.float32)
    back = sent_back(v, 0, np.ones((3, 2), np.float32))
    assert (back.shape, back.dtype) == ((2,), np.float32)
    assert sent_back(v, 1, 1.0) is None


def test_asking_for_slopes_changes_nothing():
    root = random_graph(7, 30)
    root.backward()
    before = [(v.grad, v.index) for v in reachable(root)]
    view_of(root)
    assert before == [(v.grad, v.index) for v in reachable(root)]
