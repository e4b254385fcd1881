"""What can be drawn, and what belongs together in it."""

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value, no_grad, reachable
from autograd_lite.drawing import draw
from autograd_lite.drawing.reading import view_of
from autograd_lite.layers import Dense, Input, Layer

from .graphs import cost_of, dense, number_of_values
from .pictures import HOSTILE


def roles(view):
    return {card.name: card.role for card in view.cards}


# ------------------------------------------------------------------ several Values


def test_several_results_are_one_picture():
    x = Value(2.0, name="x")
    loss, other = x * 3.0, x + 1.0
    loss.name = "loss"
    view = view_of([loss, other])
    assert [view.cards[i].name for i in view.results] == ["loss", "v1"]
    assert {view.cards[i].role for i in view.results} == {"result"}
    assert view.title.startswith("Computation graph of loss, v1: 3 Values")


def test_a_dict_names_its_results():
    x = Value(2.0, name="x")
    named = x * 1.0
    named.name = "own"
    view = view_of({"cost": x * 3.0, "accuracy": x + 1.0, "third": named})
    assert sorted(view.cards[i].name for i in view.results) == ["accuracy", "cost", "own"]


def test_a_result_may_be_an_operand_of_another_or_be_there_twice():
    x = Value(2.0, name="x")
    y = x * 3.0
    view = view_of([y + 1.0, y, y, x])
    assert number_of_values(view) == 3
    assert len(view.results) == 3


def test_several_results_of_a_large_graph_fold():
    xs = [Value(float(i)) for i in range(80)]
    view = view_of([x * 2.0 for x in xs])
    assert len(view.cards) <= 60
    assert number_of_values(view) == 160


# ------------------------------------------------------------------ inputs


def test_what_is_said_to_be_an_input_is_one():
    x, w = Value(2.0, name="x"), Value(3.0, name="w")
    for inputs in ([x], ["x"], x, "x", {"x": x}):
        assert roles(view_of(w * x, inputs=inputs)) == {"x": "input", "w": "variable", "v1": "loss"}


def test_arrays_can_be_given_names():
    X, y = np.arange(6.0).reshape(2, 3), np.ones(2)
    loss = np.mean((X @ Value(np.ones(3), name="w") - y) ** 2)
    view = view_of(loss, inputs={"X": X, "<y>": y, "unused": np.zeros(7)})
    assert {name: role for name, role in roles(view).items() if role == "input"} == {"X": "input", "<y>": "input"}
    assert "v1 = X @ w" in view.listing
    assert view.cards[0].heat is not None


def test_other_inputs_are_refused():
    with pytest.raises(TypeError, match="names for arrays"):
        draw(Value(1.0) * 2.0, inputs=[np.ones(3)])


# ------------------------------------------------------------------ layers


def test_the_cards_of_a_layer_are_a_group_with_its_sizes():
    loss = cost_of(dense(3, 1, activation="sigmoid"))
    view = view_of(loss)
    assert [(group.title, group.kind) for group in view.groups] == [
        ("dense: 4 → 3, sigmoid", "layer"), ("dense_1: 3 → 1, sigmoid", "layer"),
    ]  # fmt: skip
    inside = [[view.cards[i].name for i in group.cards] for group in view.groups]
    assert inside[0] == ["dense_W", "v1", "dense_b", "dense_z", "dense_a"]
    assert {view.cards[i].role for group in view.groups for i in group.cards} == {"parameter", "operation"}
    assert "dense: 4 → 3, sigmoid:\n  dense_W: parameter, " in view.listing


def test_no_card_is_in_two_groups():
    view = view_of(cost_of(dense(3, 3, 2)))
    cards = [i for group in view.groups for i in group.cards]
    assert len(cards) == len(set(cards))


def test_names_alone_make_no_layer():
    W, z = Value(np.ones((2, 2)), name="my_W"), Value(np.ones((2, 2)), name="my_z")
    assert view_of(np.sum(W * z)).groups == ()
    unrelated = W @ np.ones((2, 2))
    unrelated.name = "other_z"
    assert view_of(np.sum(unrelated)).groups == ()


def test_an_activation_of_several_operations_belongs_to_its_layer():
    layer = Dense(3, activation=lambda z: z * ag.sigmoid(z), name="swish")
    out = layer(np.ones((2, 4)))
    view = view_of(np.sum(out))
    (group,) = view.groups
    assert group.title == "swish: 4 → 3"
    assert [view.cards[i].badge for i in group.cards] == ["", "@", "", "+", "σ", "×"]


def test_a_layer_that_is_used_twice_has_two_groups_and_no_cycle():
    layer = Dense(3, activation="tanh", name="again")
    out = layer(layer(np.ones((2, 3))))
    view = view_of(np.sum(out))
    assert [group.title for group in view.groups] == ["again: 3 → 3, tanh"] * 2
    assert [len(group.cards) for group in view.groups] == [5, 3]
    assert len(view_of(np.sum(out), detail="layer").cards) < len(view.cards)


def test_hostile_names_of_layers_are_cleaned():
    for name in HOSTILE:
        if name:
            view = view_of(np.sum(Dense(2, activation="relu", name=name)(np.ones((1, 2)))))
            view.groups[0].title.encode("utf-8")
            assert not any(ord(c) < 32 for c in view.groups[0].title)
            assert len(view.groups[0].title) < 60


# ------------------------------------------------------------------ models and layers themselves


def test_a_model_is_drawn_on_a_batch_of_any_size():
    model = dense(3, 1, activation="sigmoid")
    view = draw(model).view
    cards = {card.name: card for card in view.cards}
    assert view.title.startswith("Model sequential: ")
    assert cards["dense_z"].shape == "(m, 3)"
    assert cards["dense_z"].rows == ()
    assert cards["dense_W"].rows
    assert cards["dense_W"].shape == "(4, 3)"
    assert (cards["x"].role, cards["x"].rows, cards["y"].role, cards["cost"].role) == ("input", (), "input", "loss")
    assert [group.title for group in view.groups] == ["dense: 4 → 3, sigmoid", "dense_1: 3 → 1, sigmoid"]
    assert any("no data here" in note for note in view.notes)


def test_a_drawn_model_is_what_it_was():
    model = dense(3, 2)
    cost_of(model).backward()
    before = [(w, w.index, w.changed, w.grad, w._snapshot, w._data) for w in model.weights]
    changes = [layer.changes for layer in model.layers]
    first, second = draw(model).view, draw(model).view
    assert first == second
    assert changes == [layer.changes for layer in model.layers]
    for (w, index, changed, grad, snapshot, data), now in zip(before, model.weights, strict=True):
        assert now is w
        assert (w.index, w.changed) == (index, changed)
        assert w.grad is grad
        assert w._snapshot is snapshot
        assert w._data is data


def test_the_weights_of_a_model_show_their_gradients():
    model = dense(3, 1)
    assert "dense_W: parameter, shape (4, 3) float64" in draw(model).describe()
    assert "gradient ·" in draw(model).describe()
    cost_of(model).backward()
    assert "gradient ·" not in draw(model).describe()


def test_models_are_drawn_where_nothing_is_recorded():
    with no_grad():
        assert len(draw(dense(3, 1)).view.cards) > 8


def test_models_of_any_loss_can_be_drawn():
    for units, activation, loss in (
        (1, "sigmoid", "binary_crossentropy"), (3, "softmax", "sparse_categorical_crossentropy"),
        (3, "softmax", "categorical_crossentropy"), (1, "linear", "mae"),
    ):  # fmt: skip
        model = ag.Sequential([Input(shape=(4,)), Dense(units, activation=activation)], seed=0)
        model.compile(loss=loss)
        view = draw(model).view
        assert "cost" in roles(view)
        assert sum(role == "input" for role in roles(view).values()) == 2


def test_a_model_without_a_loss_ends_in_its_outputs():
    view = draw(dense(3, 2, compiled=False)).view
    assert [view.cards[i].name for i in view.results] == ["dense_1_a"]


def test_a_layer_of_ones_own_is_a_group_too():
    class Scale(Layer):
        def build(self, features, generator=None):
            self.weights = [Value(np.ones(features), name="s")]
            self.built = True

        def call(self, x):
            return x * self.weights[0] + 1.0

        def outputs_for(self, features):
            return features

    model = ag.Sequential([Input(shape=(4,)), Dense(3), Scale(name="<scale>")], seed=0)
    view = draw(model).view
    assert [group.title for group in view.groups] == ["dense: 4 → 3", "<scale>"]
    assert len(view.groups[1].cards) == 4


def test_a_layer_alone_can_be_drawn():
    layer = Dense(3, activation="relu", name="one")
    layer.build(5)
    view = draw(layer).view
    assert view.title.startswith("Layer one: ")
    assert {card.name for card in view.cards} == {"x", "one_W", "one_b", "one_z", "one_a", "v1"}


@pytest.mark.parametrize(
    "thing", [Dense(3), ag.Sequential([Dense(3)]), ag.Sequential()], ids=["layer", "model", "empty"]
)
def test_a_model_without_weights_says_how_it_gets_some(thing):
    with pytest.raises(ValueError, match=r"Input|layers"):
        draw(thing)


def test_a_deep_model_folds():
    view = draw(dense(*[8] * 20)).view
    assert len(view.cards) <= 60
    assert view.cards[3].shape == ""


# ------------------------------------------------------------------ programs


def test_a_program_is_drawn_without_numbers():
    program = ag.record(lambda x, w: np.sum(x * w), np.ones(3), np.ones(3))
    view = draw(program).view
    assert [card.name for card in view.cards] == ["x", "w", "v1", "v2"]
    assert view.cards[2].formula == "x * w"
    assert not any(card.rows for card in view.cards)
    assert view.title.startswith("Program ")
    assert "∂" not in view.listing


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_the_parts_of_a_training_step_are_groups(optimizer):
    model = dense(3, 1)
    model.compile(loss="mse", optimizer=optimizer)
    view = draw(model.train_program(4)).view
    assert [group.kind for group in view.groups] == ["forward", "backward", "update"]
    assert len(view.cards) <= 60
    assert [view.cards[i].name for i in view.results][-1:] == ["new weights"]
    assert {card.name for card in view.cards if card.role == "parameter"} >= {"dense_W", "dense_b", "weights"}


def test_every_gradient_leads_to_the_update_and_only_the_forward_pass_has_slopes():
    view = draw(dense(3, 1).train_program(4)).view
    forward, _, update = (set(group.cards) for group in view.groups)
    gradient = next(i for i in update if view.cards[i].name == "gradient")
    tails = [view.cards[arrow.tail].name for arrow in view.arrows if arrow.head == gradient]
    assert tails == ["d_dense_W", "d_dense_b", "d_dense_1_W", "d_dense_1_b"]
    assert all(arrow.head in forward for arrow in view.arrows if arrow.slope)


# ------------------------------------------------------------------ graphs of gradients


def test_the_graph_of_a_gradient_is_a_group():
    x = Value(2.0, name="x")
    slope = ag.grad(lambda t: t**3)(x)
    view = view_of(slope * x)
    (group,) = view.groups
    assert (group.title, group.kind) == ("gradient", "gradient")
    assert [view.cards[i].formula for i in group.cards if view.cards[i].formula] == ["v1 ** 2", "3 * v2"]
    assert view.cards[-1].formula == "v3 * x"
    assert len(view.cards) - 1 not in group.cards


def test_what_was_differentiated_names_the_gradient_if_it_is_in_the_picture():
    x = Value(2.0, name="x")

    def f(t):
        y = np.exp(t)
        y.name = "growth"
        return y

    value, slope = ag.value_and_grad(f)(x)
    view = view_of(value + slope * 2.0)
    assert [group.title for group in view.groups] in ([], ["gradient of growth"])


def test_a_gradient_of_a_gradient_is_told_from_the_first():
    x = Value(2.0, name="x")
    curvature = ag.grad(ag.grad(lambda t: np.sin(t) * t**3))(x)
    titles = {group.title for group in view_of(curvature).groups}
    assert titles == {"gradient", "gradient of a gradient"}


def test_plain_backpropagation_makes_no_group():
    x = Value(2.0, name="x")
    y = np.sin(x) * x
    y.backward()
    assert view_of(y).groups == ()
    assert view_of(y * 2.0).groups == ()


def test_what_was_computed_around_a_gradient_is_outside_of_it():
    x = Value(2.0, name="x")
    before = x * 5.0
    slope = ag.grad(lambda t: t**3)(x)
    after = before + slope
    view = view_of(after)
    inside = {view.cards[i].formula for group in view.groups for i in group.cards}
    assert before.op.symbol == "*"
    assert "x * 5" not in inside
    assert view.cards[-1].formula not in inside
    assert number_of_values(view) == len(reachable(after))


def test_a_name_of_an_input_that_nothing_has_is_refused():
    w, x = ag.Value(1.0, name="w"), ag.Value(2.0, name="x")
    with pytest.raises(ValueError, match=r"'X', and nothing in this graph .* There is w, x\."):
        ag.draw(w * x, inputs=["X"])
