"""What a page says of a training is what the training was, and watching changes nothing about it."""

import base64
import re
import warnings

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite.drawing.cards import face_of
from autograd_lite.drawing.heat import bright_heat_of
from autograd_lite.drawing.palette import STEPS
from autograd_lite.drawing.scene import Shape, Text
from autograd_lite.layers import Dense
from autograd_lite.watching import looking, picture
from autograd_lite.watching.coarse import bytes_of, letters
from autograd_lite.watching.recording import MOST_BYTES, MOST_POINTS, Recording

from .trainings import digits_data, digits_model, moons_model, record_of, watched


@pytest.mark.parametrize("eager", [False, True])
@pytest.mark.parametrize("make", [moons_model, digits_model])
def test_a_training_is_the_same_to_the_last_bit_with_and_without(tmp_path, make, eager):
    X, y = ag.datasets.moons(80) if make is moons_model else digits_data(100)
    found = []
    for callbacks in ([], [ag.WatchTraining(tmp_path / "t.html", every=1)]):
        model = make()
        model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"], run_eagerly=eager)
        history = model.fit(X, y, epochs=3, batch_size=16, verbose=0, validation_data=(X, y), callbacks=callbacks)
        grads = [None if w.grad is None else w.grad.tobytes() for w in model.weights]
        found.append((history.history, [w.tobytes() for w in model.get_weights()], grads, model.optimizer.iterations))
    assert found[0] == found[1]


def test_watching_leaves_training_on_its_program(tmp_path):
    watch = ag.WatchTraining(tmp_path / "t.html")
    assert not ag.callbacks.CallbackList([watch], None, {}).sees_steps
    model = moons_model()
    watched(model, tmp_path / "t.html")
    assert "np.dot(x, dense_W" in model.program.source


def test_the_curves_are_those_of_the_history(tmp_path):
    X, y = ag.datasets.moons(60)
    _, history = watched(moons_model(), tmp_path / "t.html", X, y, 7, {"validation_data": (X, y)})
    record = record_of(tmp_path / "t.html")
    assert record["epochs"] == list(range(1, 8))
    curves = {curve["name"]: curve["values"] for curve in record["curves"]}
    assert curves.keys() == history.history.keys() == {"loss", "accuracy", "val_loss", "val_accuracy"}
    for name, values in curves.items():
        assert values == pytest.approx(history.history[name], rel=1e-5)


def test_each_moment_has_the_gradients_and_weights_of_its_epoch(tmp_path):
    """Held against a training that is stopped at every epoch, and the engine's own gradient of the same examples."""
    X, y = ag.datasets.moons(50)
    watched(moons_model(), tmp_path / "t.html", X, y, 3, every=1)
    moments = record_of(tmp_path / "t.html")["moments"]
    assert [moment["e"] for moment in moments] == [0, 1, 2, 3]
    for moment in moments:
        model = moons_model()
        model.build(2)
        model.fit(X, y, epochs=moment["e"], verbose=0)

        def cost(*weights, model=model):
            w1, b1, w2, b2 = weights
            p = ag.sigmoid(np.tanh(X @ w1 + b1) @ w2 + b2)
            return model.loss.cost(y.reshape(-1, 1).astype(float), p)

        weights = model.get_weights()
        gradients = ag.grad(cost, argnums=(0, 1, 2, 3))(*weights)
        assert moment["g"] == pytest.approx([np.linalg.norm(g) for g in gradients], rel=1e-3)
        assert moment["w"] == pytest.approx([np.linalg.norm(w) for w in weights], rel=1e-3)
        assert moment["cost"] == pytest.approx(float(cost(*weights)), rel=1e-3)
        for (kernel, slopes, bias, _), k in zip(moment["n"], (0, 2), strict=True):
            assert kernel == pytest.approx(weights[k].ravel().tolist(), rel=1e-2)
            assert slopes == pytest.approx(gradients[k].ravel().tolist(), rel=1e-2)
            assert bias == pytest.approx(weights[k + 1].tolist(), rel=1e-2)


def test_the_boundary_is_what_the_model_says_on_the_grid(tmp_path):
    model = moons_model()
    watched(model, tmp_path / "t.html")
    record = record_of(tmp_path / "t.html")
    facts = record["boundary"]
    seen = np.frombuffer(base64.b64decode(record["moments"][-1]["b"]), np.uint8).reshape(facts["side"], facts["side"])
    x, y = (np.linspace(facts["low"][i], facts["high"][i], facts["side"]) for i in (0, 1))
    for j, i in [(0, 0), (0, 39), (39, 0), (17, 23)]:
        assert seen[j, i] / 255 == pytest.approx(model.predict([[x[i], y[j]]]).item(), abs=0.01)


@pytest.mark.parametrize("loss", ["sparse_categorical_crossentropy", "categorical_crossentropy"])
def test_the_boundary_of_several_classes_names_the_likeliest(tmp_path, loss):
    X, y = ag.datasets.blobs(60, seed=0)
    k = len(np.unique(y))
    model = ag.Sequential([Dense(k, activation="softmax")], seed=0)
    model.compile(loss=loss, optimizer="adam")
    watched(model, tmp_path / "t.html", X, y if loss.startswith("sparse") else np.eye(k)[y], 2)
    record = record_of(tmp_path / "t.html")
    facts = record["boundary"]
    assert (facts["kind"], facts["classes"]) == ("classes", k)
    assert {int(label) for _, _, label in facts["points"]} == set(range(k))
    seen = np.frombuffer(base64.b64decode(record["moments"][-1]["b"]), np.uint8) // facts["levels"]
    x, y = (np.linspace(facts["low"][i], facts["high"][i], facts["side"]) for i in (0, 1))
    grid = np.column_stack([a.ravel() for a in np.meshgrid(x, y)])
    assert np.mean(seen == np.argmax(model.predict(grid), axis=1)) > 0.99  # the corners are rounded to four digits


def test_there_is_no_boundary_where_there_is_no_plane(tmp_path):
    watched(digits_model(), tmp_path / "t.html", *digits_data(60), 1)
    record = record_of(tmp_path / "t.html")
    assert record["boundary"] is None
    assert record["neurons"] is None
    assert [fact["name"] for fact in record["maps"]] == ["dense_W", "dense_1_W", "dense_2_W"]


@pytest.mark.parametrize("most", [2, 3, 10])
@pytest.mark.parametrize("epochs", [1, 9, 20])
def test_moments_thin_out_evenly_and_keep_the_first_and_the_last(tmp_path, most, epochs):
    recording = Recording(most)
    recording.add(0, {})
    for epoch in range(1, epochs + 1):
        if recording.wants(epoch):
            recording.add(epoch, {})
    found = [epoch for epoch, _ in recording.moments]
    assert len(found) <= most
    assert found[0] == 0
    assert found[1:] == sorted(set(found[1:]))
    assert all(epoch % recording.stride == 0 for epoch in found)
    watch, _ = watched(moons_model(), tmp_path / "t.html", epochs=epochs, every=1, most=most)
    assert [watch.recording.moments[0][0], watch.recording.moments[-1][0]] == [0, epochs]


def test_curves_thin_out_and_stay_in_step():
    recording = Recording()
    for epoch in range(1, 3 * MOST_POINTS):
        recording.add_logs(epoch, {"loss": 1 / epoch} | ({"late": float(epoch)} if epoch > 100 else {}))
    assert len(recording.epochs) <= MOST_POINTS
    assert np.ptp(np.diff(recording.epochs)) == 0
    assert [1 / epoch for epoch in recording.epochs] == recording.curves["loss"]
    assert recording.curves["late"][-1] == recording.epochs[-1]
    assert recording.curves["late"][0] is None


def test_moments_of_many_numbers_are_fewer():
    recording = Recording()
    for epoch in range(200):
        recording.add(epoch, {"n": "x" * 60_000}, last=epoch == 199)
    assert recording.size <= MOST_BYTES
    assert [recording.moments[0][0], recording.moments[-1][0]] == [0, 199]


@pytest.mark.slow
def test_pages_of_a_long_training_stay_small(tmp_path):
    model = digits_model()
    watched(model, tmp_path / "t.html", *digits_data(40), 210, every=1)
    assert (tmp_path / "t.html").stat().st_size < 3_000_000


def test_the_picture_is_laid_out_once(tmp_path, monkeypatch):
    laid_out = []
    original = picture.composed
    monkeypatch.setattr(picture, "composed", lambda view: laid_out.append(view) or original(view, engine="built-in"))
    watched(moons_model(), tmp_path / "t.html", epochs=6, every=1)
    assert len(laid_out) == 1


def test_the_numbers_on_the_cards_are_those_that_a_drawing_of_that_moment_has():
    X, y = digits_data(50)
    model = digits_model()
    model.build(64)
    examples = looking.examples_of(X, y.reshape(-1, 1).astype(float))
    with looking.back_propagated(model, examples) as cost:
        drawn = picture.view_of_cost(cost, examples)
        numbers = picture.Picture(cost, examples).numbers(cost)
    assert len(numbers) == len(drawn.cards)
    for card, found in zip(drawn.cards, numbers, strict=True):
        if found is None:
            assert card.role == "input"
            continue
        marks = face_of(card).marks
        for part, texts, cells in zip(picture.PARTS, found.texts, found.heats, strict=True):
            assert texts == tuple(m.text for m in marks if isinstance(m, Text) and m.part == part), card.name
            assert len(cells) == sum(isinstance(m, Shape) and m.part == f"heat-{part}" for m in marks)


@pytest.mark.parametrize(("layers", "moves"), [(20, 63), (45, 1)])
def test_deep_networks_move_layer_by_layer_and_no_card_has_numbers_of_another_moment(layers, moves):
    X = np.ones((3, 2))
    model = ag.Sequential([*(Dense(2, activation="tanh") for _ in range(layers)), Dense(1)], seed=0)
    model.compile(loss="mse", optimizer="sgd")
    model.build(2)
    with looking.back_propagated(model, looking.examples_of(X, np.ones((3, 1)))) as cost:
        view = picture.view_of_cost(cost, looking.examples_of(X, np.ones((3, 1))))
    moving = [card for card in view.cards if picture.card_moves(card)]
    assert len(moving) >= moves
    assert not [card.name for card in view.cards if card.rows and card not in moving and card.role != "input"]


@pytest.mark.parametrize("shape", [(5,), (3, 4), (64, 25), (1, 100), (7, 2, 3)])
def test_cells_are_those_of_the_drawing(shape):
    data = np.random.default_rng(0).normal(size=shape)
    heat = [cell for row in bright_heat_of(data).cells for cell in row]
    assert [ord(letter) - ord("i") for letter in letters(data)] == [round(cell * STEPS) for cell in heat]
    text, scale = bytes_of(data, 1000, 1000)
    cells = np.frombuffer(base64.b64decode(text), np.uint8).astype(int) - 128
    assert cells / 127 * scale == pytest.approx(data.ravel(), abs=scale / 100)


def test_gradients_that_vanish_explode_or_are_not_finite_are_marked(tmp_path):
    X, y = ag.datasets.moons(40)
    deep = ag.Sequential([*(Dense(4, activation="sigmoid") for _ in range(10)), Dense(1, activation="sigmoid")], seed=0)
    deep.compile(loss="mse", optimizer="sgd")
    watched(deep, tmp_path / "deep.html", X, y, 1)
    record = record_of(tmp_path / "deep.html")
    words = [card[4] for card in record["moments"][-1]["c"] if card and len(card) > 4]
    assert ["vanishing"] in words
    wild = ag.Sequential([Dense(8, activation="relu"), Dense(1)], seed=0)
    wild.compile(loss="mse", optimizer=ag.optimizers.SGD(3.0))
    with pytest.raises(ag.NonFiniteError):
        watched(wild, tmp_path / "wild.html", X * 5, y, 30)
    record = record_of(tmp_path / "wild.html")
    last = record["moments"][-1]
    assert not record["running"]
    assert last["e"] == record["done"] + 0.5
    assert None in last["g"]
    assert any("gradient" in word for card in last["c"] if card and len(card) > 4 for word in card[4])


def test_other_examples_can_be_looked_at(tmp_path):
    X, y = ag.datasets.moons(60, seed=5)
    watched(moons_model(), tmp_path / "t.html", epochs=1, data=(X, y))
    record = record_of(tmp_path / "t.html")
    assert record["examples"] == [60, 60]
    assert record["boundary"]["points"][0][:2] == pytest.approx(X[0].tolist(), rel=1e-3)


def test_a_model_without_dense_layers_is_watched_as_well(tmp_path):
    class Scale(ag.layers.Layer):
        def build(self, features, generator=None):
            self.weights = [ag.Value(np.ones(features), name="scale")]
            self.built = True

        def outputs_for(self, features):
            return features

        def call(self, x):
            return x * self.weights[0]

    model = ag.Sequential([Scale(), Dense(1)], seed=0)
    model.compile(loss="mse", optimizer="sgd")
    watched(model, tmp_path / "t.html", np.ones((10, 3)), np.ones(10), 2)
    record = record_of(tmp_path / "t.html")
    assert record["weights"][0] == "scale"
    assert record["neurons"] is None


def test_a_pause_in_recording_does_not_stop_the_watching(tmp_path):
    with ag.no_grad(), warnings.catch_warnings():
        watch = ag.WatchTraining(tmp_path / "t.html", data=ag.datasets.moons(20))
        watch.model, watch.params = moons_model(), {"epochs": 1}
        watch.model.build(2)
        watch.on_train_begin()
    assert re.search(r"dense_1_z", (tmp_path / "t.html").read_text(encoding="utf-8"))
