"""What is in a picture: cards, arrows, words."""

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import StaleGraph, Value, no_grad, reachable, relu
from autograd_lite.drawing import GraphTooLarge, draw
from autograd_lite.drawing.reading import view_of

from .pictures import network, neuron


def named(view):
    return {card.name: card for card in view.cards}


def uses(view):
    return [(view.cards[a.tail].name, view.cards[a.head].name, a.position) for a in view.arrows]


def test_each_use_of_a_value_is_an_arrow():
    x = Value(3.0, name="x")
    assert uses(view_of(x * x)) == [("x", "v1", 0), ("x", "v1", 1)]


def test_a_value_on_two_paths_has_one_card():
    x = Value(2.0, name="x")
    left, right = x * 2.0, x + 1.0
    left.name, right.name = "left", "right"
    view = view_of(left * right)
    assert [card.name for card in view.cards].count("x") == 1
    assert [use for use in uses(view) if use[0] == "x"] == [("x", "left", 0), ("x", "right", 0)]


def test_arrows_keep_the_order_of_the_operands():
    a, b = Value(1.0, name="a"), Value(2.0, name="b")
    assert [use[0] for use in uses(view_of(a / b))] == ["a", "b"]
    assert [use[0] for use in uses(view_of(b / a))] == ["b", "a"]


@pytest.mark.parametrize("graph", [neuron, network])
def test_every_operand_has_its_arrow_and_cards_come_before_what_uses_them(graph):
    view = view_of(graph())
    assert [card.id for card in view.cards] == [f"n{i}" for i in range(len(view.cards))]
    assert all(arrow.tail < arrow.head for arrow in view.arrows)
    assert {a.head for a in view.arrows} == {i for i, card in enumerate(view.cards) if card.formula}
    assert {a.tail for a in view.arrows} == set(range(len(view.cards) - 1))


def test_equal_constants_in_different_places_are_different_cards():
    x = Value(2.0, name="x")
    constants = [card for card in view_of(2.0 * x + 2.0).cards if card.role == "constant"]
    assert [card.name for card in constants] == ["2", "2"]
    assert constants[0].id != constants[1].id


def test_the_role_says_what_part_a_card_plays():
    w, x = Value(0.5, name="w"), np.arange(6.0)
    step = w * x
    step.name = "step"
    loss = np.sum(step)
    loss.name = "L"
    roles = {name: card.role for name, card in named(view_of(loss)).items()}
    assert roles == {"w": "variable", "c1": "input", "step": "operation", "L": "loss"}
    assert view_of(step).cards[-1].role == "result"
    assert view_of(step > 1).cards[-1].role == "result"


def test_what_was_computed_without_recording_is_a_constant():
    with no_grad():
        target = Value(2.0) * 3.0
    card = view_of(target * Value(1.0, name="x")).cards[0]
    assert (card.role, card.carries_gradient) == ("constant", False)


def test_a_single_variable_can_be_drawn():
    assert str(draw(Value(3.0, name="x"))).splitlines()[1] == "x: variable, value 3.0000, gradient ·"


def test_a_gradient_is_a_point_until_it_is_computed():
    x = Value(3.0, name="x")
    y = x * x
    before = draw(y)
    y.backward()
    after = draw(y)
    assert "x: variable, value 3.0000, gradient ·" in before.describe()
    assert "not computed yet" in before.describe()
    assert "x: variable, value 3.0000, gradient 6.0000" in after.describe()
    assert "·" not in after.describe()


def test_a_gradient_of_zero_is_a_number_and_not_a_point():
    x = Value(-1.0, name="x")
    y = relu(x)
    y.backward()
    assert "x: variable, value -1.0000, gradient 0.0000" in draw(y).describe()


def test_where_no_gradient_flows_the_words_say_so():
    x = Value(np.arange(6.0), name="x")
    y = np.sum(np.where(x > 2, x, 0.0))
    y.backward()
    mask = next(card for card in view_of(y).cards if card.formula == "x > 2")
    assert not mask.carries_gradient
    assert mask.sentence.endswith("operation, shape (6,) bool, True 3 of 6, no gradient")


def test_numbers_are_those_of_the_moment_when_draw_was_called():
    w = Value(1.0, name="w")
    drawing = draw(w * 2.0)
    w.data = 5.0
    assert "w: variable, value 1.0000" in drawing.describe()


def assign(w):
    w.data = w.data * 0.5


def subtract(w):
    w.data -= 0.5


def write_into_the_array(w):
    w.data[...] = 9.0


@pytest.mark.parametrize("start", [1.0, [1.0, 2.0]], ids=["scalar", "array"])
@pytest.mark.parametrize("change", [assign, subtract, write_into_the_array])
def test_numbers_changed_after_the_graph_was_computed_are_marked(start, change):
    if change is write_into_the_array and start == 1.0:
        pytest.skip("a number cannot be written into")
    w, x = Value(start, name="w"), Value(start, name="x")
    loss = np.sum(w**2 * x)
    loss.name = "loss"
    loss.backward()
    assert not any(card.changed for card in view_of(loss).cards)
    change(w)
    with pytest.raises(StaleGraph):
        loss.backward()
    view = view_of(loss)
    assert [card.name for card in view.cards if card.changed] == ["w"]
    assert named(view)["w"].sentence.endswith("CHANGED SINCE")
    assert "The numbers of w were changed after loss was computed: compute loss again." in draw(loss).describe()
    assert not any(card.changed for card in view_of(np.sum(w**2 * x)).cards)


def test_every_graph_that_backward_refuses_says_why_in_its_picture():
    """A Value used before and after it was changed: the picture marks it as long as one use is stale."""
    w = Value(2.0, name="w")
    before = w * 3.0
    w.data = 5.0
    assert named(view_of(before + w))["w"].changed
    assert not named(view_of(w + 1.0))["w"].changed


def test_a_changed_constant_without_gradient_is_marked_too():
    with no_grad():
        t = Value(2.0) * 3.0
    t.name = "t"
    loss = t * Value(1.0, name="x")
    t.data = 7.0
    assert named(view_of(loss))["t"].changed


def test_many_changed_values_are_counted():
    weights = [Value(1.0, name=f"w{i}") for i in range(5)]
    total = np.sum(np.stack(weights))
    for w in weights:
        w.data = 2.0
    assert "The numbers of w0, w1, w2 and 2 more were changed" in draw(total).describe()


def test_drawing_changes_nothing_that_it_looks_at():
    loss = network()
    before = [v.grad for v in reachable(loss)]
    leaf = Value(np.ones((3, 2)), name="leaf")
    assert draw(np.sum(leaf * leaf)).dot
    assert draw(loss).dot
    assert leaf._snapshot is None
    assert leaf.grad is None
    assert all(v.grad is g for v, g in zip(reachable(loss), before, strict=True))


def test_assigning_to_a_variable_does_not_move_its_card():
    w, x, b = Value(1.0, name="w"), Value(2.0, name="x"), Value(3.0, name="b")
    before = [card.name for card in view_of(w * x + b).cards]
    w.data = 1.5
    assert [card.name for card in view_of(w * x + b).cards] == before


def test_a_made_up_name_is_never_one_that_a_user_gave():
    x = Value(1.0, name="v1")
    cards = view_of((x * 2.0) * 3.0).cards
    assert [card.name for card in cards if card.role != "constant"] == ["v1", "v2", "v3"]
    assert [card.named for card in cards if card.role != "constant"] == [True, False, False]


def test_two_values_of_one_name_can_be_told_apart():
    a, b, c = Value(1.0, name="w"), Value(2.0, name="w"), Value(3.0, name="w_2")
    assert [card.name for card in view_of(np.stack([a, b, c]).sum()).cards if card.named] == ["w", "w_3", "w_2"]
    assert "{}_2" in str(draw(Value(1.0, name="{}") + Value(2.0, name="{}")))


@pytest.mark.parametrize(
    ("compute", "expected"),
    [
        (lambda x: x * (-2.0), "x * (-2)"),
        (lambda x: 1 - x, "1 - x"),
        (lambda x: -x, "-x"),
        (lambda x: x**2, "x ** 2"),
        (lambda x: x[1:, 0], "x[1:, 0]"),
        (lambda x: x[..., ::2], "x[..., ::2]"),
        (lambda x: x[None], "x[None]"),
        (lambda x: x[np.array([0, 2])], "x[[0, 2]]"),
        (lambda x: x[np.arange(5) % 3, np.arange(5) % 2], "x[array, array]"),
        (lambda x: x[np.array([[0, 1], [1, 2]])], "x[array]"),
        (lambda x: x.mean(axis=0), "mean(x, axis=0)"),
        (lambda x: x.sum(), "sum(x)"),
        (lambda x: np.sum(x, axis=(0, 1), keepdims=True), "sum(x, axis=(0, 1), keepdims=True)"),
        (lambda x: np.einsum("ij->j", x), "einsum(x, subscripts='ij->j')"),
        (lambda x: x.astype(np.float32), "astype(x, dtype=float32)"),
    ],
)
def test_a_formula_is_what_one_would_have_typed(compute, expected):
    assert view_of(compute(Value(np.ones((3, 2)), name="x"))).cards[-1].formula == expected


def test_a_formula_of_many_operands_or_long_names_stays_short():
    many = np.concatenate([Value(np.ones(2), name=f"a very long name {i}") for i in range(30)])
    formula = view_of(many).cards[-1].formula
    assert formula == "concatenate(30 operands, axis=0)"
    two = Value(np.ones((2, 2)), name="the first of the names") @ Value(np.ones((2, 2)), name="the second of the names")
    assert view_of(two).cards[-1].formula == "the first… @ the secon…"


def test_nan_and_infinity_are_marked_where_they_start():
    data = np.ones((4, 3))
    data[1, 2] = np.nan
    X, w = Value(data, name="X"), Value(np.ones(3), name="w")
    with np.errstate(all="ignore"):
        z = X @ w
        z.name = "z"
        loss = np.sum(z * z)
        loss.backward()
    cards = named(view_of(loss))
    assert cards["X"].alarm == "nan starts here"
    assert cards["z"].alarm == "nan"
    assert "1 nan of 12" in cards["X"].sentence
    assert [card.alarm for card in cards.values()].count("nan starts here") == 1


def test_a_gradient_that_is_not_finite_is_marked_where_it_starts():
    x = Value(0.0, name="x")
    with np.errstate(all="ignore"):
        y = np.sqrt(x * 1.0)
        y.backward()
    view = view_of(y)
    assert [card.alarm for card in view.cards if card.role != "constant"] == [
        "gradient inf", "gradient inf starts here", "",
    ]  # fmt: skip


def test_an_alarming_constant_is_marked():
    with np.errstate(all="ignore"):
        view = view_of(Value(1.0, name="x") + np.inf)
    assert [card.alarm for card in view.cards] == ["", "inf starts here", "inf"]


def test_a_graph_of_too_many_values_is_refused_with_remedies():
    x = Value(1.0)
    for _ in range(20):
        x = x + 1.0
    remedies = (
        r"21 Values and 20 constants.*max_nodes=40.*folded, detail=.auto.*smaller part.*one example.*max_nodes=41"
    )
    with pytest.raises(GraphTooLarge, match=remedies):
        draw(x, detail="full", max_nodes=40)
    assert len(draw(x, detail="full", max_nodes=41).view.arrows) == 40
    assert len(draw(x, max_nodes=20).view.cards) <= 20
    assert issubclass(GraphTooLarge, ValueError)


def test_a_chain_of_thousands_needs_no_recursion():
    x = Value(1.0, name="x")
    for _ in range(5000):
        x = x * 1.0
    drawing = draw(x, detail="full", max_nodes=20_000)
    assert drawing.describe().count("\n") == 10_000 + 1 + 1  # constants, x, the remark below
    assert drawing.dot.count("->") == 10_000


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (3.0, "plain float"),
        (np.ones((2, 3)), r"plain ndarray of shape \(2, 3\)"),
        (np.float32(1), "plain float32"),
        (None, r"loss.backward\(\)"),
        ([], "a list of 0"),
        ([Value(1.0), 2.0], "a list of 2 with a float in it"),
        (1j, "plain complex"),
        (relu, "the function relu"),
        (Value, "the class Value"),
        ("loss", "type str"),
    ],
)
def test_what_is_not_a_value_is_refused_with_a_remedy(given, words):
    with pytest.raises(TypeError, match=words) as caught:
        draw(given)
    assert "draw(loss)" in str(caught.value)


@pytest.mark.parametrize(
    ("option", "known"),
    [({"direction": "left"}, "LR, TB"), ({"precision": 0}, "1 to 15"), ({"precision": 2.5}, "1 to 15"),
     ({"timeout": 0}, "above 0"), ({"timeout": float("nan")}, "above 0"), ({"detail": "all"}, "auto, full, neuron"),
     ({"edges": "labels"}, "local, none"), ({"max_nodes": 0}, "1 or more"), ({"max_nodes": 2.5}, "1 or more")],
)  # fmt: skip
def test_an_option_out_of_range_is_refused(option, known):
    with pytest.raises(ValueError, match=known):
        draw(Value(1.0), **option)


def test_gradients_of_an_earlier_call_are_said_to_be_old():
    w, b = Value(2.0, name="w"), Value(1.0, name="b")
    (w * w + b).backward()
    again = w * 3.0 + b
    assert "The gradients of w, b are those of an earlier backward()" in str(draw(again))
    again.backward()
    assert "earlier" not in str(draw(again))
    assert "earlier" not in str(draw(Value(2.0) * 3.0))
    assert "earlier" not in str(ag.steps(w * 2.0))
