"""Plots draw the numbers that were computed, say what is wrong with their input, and leave nothing behind."""

import copy
import re
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite import Value, plots
from autograd_lite.callbacks import History
from autograd_lite.layers import Dense

mpl = pytest.importorskip("matplotlib")
plt = pytest.importorskip("matplotlib.pyplot")
from matplotlib.figure import Figure  # noqa: E402

DOCS = Path(__file__).parents[1] / "docs"
nan, inf = np.nan, np.inf


@pytest.fixture(autouse=True)
def nothing_is_left_behind():
    """Neither settings of matplotlib, nor a warning; figures that are pyplot's are closed."""
    before = copy.copy(mpl.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    assert before == mpl.rcParams
    plt.close("all")


def axes():
    return Figure().subplots()


def drawn(figure):
    """It can be drawn, too."""
    figure.draw_without_rendering()


# ---------------------------------------------------------------------------------- curves


def history(**curves):
    h = History()
    for epoch in range(len(next(iter(curves.values())))):
        h.on_epoch_end(epoch, {name: values[epoch] for name, values in curves.items()})
    return h


def test_the_curves_are_the_historys_numbers_at_epochs_from_1():
    h = history(loss=[3.0, 2.0, 1.5], accuracy=[0.5, 0.6, 0.7], val_loss=[3.5, 3.0, 2.9], val_accuracy=[0.4, 0.5, 0.6])
    panels = h.plot()
    assert [ax.get_ylabel() for ax in panels] == ["cost J, the mean loss", "accuracy"]
    for ax, name in zip(panels, ("loss", "accuracy"), strict=True):
        for line, key in zip(ax.lines, (name, f"val_{name}"), strict=True):
            assert line.get_xdata().tolist() == [1, 2, 3]
            assert line.get_ydata().tolist() == h.history[key]
        training, validation = ax.lines
        assert (training.get_linestyle(), training.get_color()) != (validation.get_linestyle(), validation.get_color())
    assert [text.get_text() for text in panels[0].texts] == ["training 1.5", "validation 2.9"]
    assert min(panels[0].get_xticks()) == 1
    drawn(panels[0].figure)


def test_one_quantity_comes_as_one_axes_and_several_as_an_array():
    h = history(loss=[3.0, 2.0], mae=[2.0, 1.0], val_mae=[2.0, 1.5])
    assert h.plot(metrics="mae").get_ylabel() == "mae"
    assert h.plot(axes()).get_ylabel() == "cost J, the mean loss"
    assert h.plot(axes(), metrics="val_mae").get_ylabel() == "mae"
    assert [ax.get_ylabel() for ax in h.plot(metrics=["mae"])] == ["mae"]
    given = Figure().subplots(1, 2)
    assert list(h.plot(given)) == list(given)


@settings(max_examples=30)
@given(st.lists(st.sampled_from([0.5, 1.0, nan, inf, -inf]), min_size=1, max_size=6))
def test_what_is_not_finite_is_a_gap_and_is_said(losses):
    ax = plots.training_curves({"loss": losses}, axes())
    line = ax.lines[0].get_ydata()
    assert np.array_equal(line, [x if np.isfinite(x) else nan for x in losses], equal_nan=True)
    odd = [k for k, x in enumerate(losses, start=1) if not np.isfinite(x)]
    said = " ".join(text.get_text() for text in ax.texts)
    assert (f"{losses[odd[0] - 1]:g} in epoch {odd[0]}" in said) if odd else "epoch" not in said
    assert [list(cross.get_xdata()) for cross in ax.lines[1:]] == ([odd] if odd else [])


def test_values_and_float32_are_numbers_too():
    ax = plots.training_curves({"loss": [Value(2.0), np.float32(1.0), 0.5]}, axes())
    assert ax.lines[0].get_ydata().tolist() == [2.0, 1.0, 0.5]


def test_a_logarithmic_axis_is_one_of_costs_and_leaves_out_what_has_no_logarithm():
    first, second = plots.training_curves({"loss": [1.0, 0.1, 0.0], "accuracy": [0.0, 0.5, 1.0]}, log=True)
    assert (first.get_yscale(), second.get_yscale()) == ("log", "linear")
    label = first.texts[0]
    assert (label.get_text(), label.xy) == ("training 0", (2, 0.1))  # the last number, where the line ends
    drawn(first.figure)
    with pytest.raises(ValueError, match="above 0; loss has none"):
        plots.training_curves({"loss": [0.0, -1.0]}, axes(), log=True)


def test_labels_of_curves_that_end_together_lie_apart():
    ax = plots.training_curves({"loss": [2.0, 1.0], "val_loss": [2.0, 1.0]}, axes())
    below, above = sorted(text.get_position()[1] for text in ax.texts)
    assert above - below >= 10


@pytest.mark.parametrize(
    ("curves", "options", "says"),
    [
        (History(), {}, "no epoch to draw yet: model.fit"),
        ({"loss": [1.0]}, {"metrics": "los"}, "no curve called 'los'. Did you mean 'loss'"),
        ({"loss": [1.0], "mae": [1.0]}, {"ax": "one", "metrics": ["loss", "mae"]}, "One Axes takes one quantity"),
        ({"loss": [1.0], "mae": [1.0]}, {"ax": "three"}, "2 quantities to draw, and 3 Axes"),
        ({"loss": [1.0, 2.0], "mae": [1.0]}, {}, "a number for each epoch"),
        ([1.0, 2.0], {}, "of what fit returns"),
    ],
)
def test_what_is_wrong_with_curves_is_said(curves, options, says):
    there = {"one": axes(), "three": list(Figure().subplots(1, 3))}
    options = {name: there.get(value, value) if isinstance(value, str) else value for name, value in options.items()}
    with pytest.raises((TypeError, ValueError), match=re.escape(says)):
        plots.training_curves(curves, **options)


@pytest.mark.parametrize(("ground", "dark"), [("white", False), ("black", True), ("none", False), ("#00000022", False)])
def test_on_a_dark_ground_curves_are_bright(ground, dark):
    ax = axes()
    ax.set_facecolor(ground)
    plots.training_curves({"loss": [2.0, 1.0], "val_loss": [2.0, 1.5]}, ax)
    brightness = [np.dot(mpl.colors.to_rgb(line.get_color()), (0.3, 0.6, 0.1)) for line in ax.lines]
    assert bool(min(brightness) > 0.55) is dark


# ---------------------------------------------------------------------------------- confusion


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_the_counts_are_counted_however_the_classes_are_written(pairs):
    true, said = np.array(pairs).T
    expected = [[pairs.count((i, j)) for j in range(4)] for i in range(4)]
    one_hot, sure = np.eye(4)[true], 0.7 * np.eye(4)[said] + 0.075
    for y in (true, true[:, None], true.astype(float).tolist(), one_hot, Value(one_hot)):
        for p in (said, said[:, None], sure, sure.astype(np.float32), Value(sure)):
            assert plots.confusion_counts(y, p, classes=4).tolist() == expected


@given(st.lists(st.tuples(st.booleans(), st.floats(0.01, 0.99)), min_size=1, max_size=30))
def test_one_probability_decides_from_one_half_on(pairs):
    y, p = np.array([true for true, _ in pairs]), np.array([p for _, p in pairs])
    expected = [[int(np.sum((y == i) & ((p >= 0.5) == j))) for j in (False, True)] for i in (False, True)]
    for predictions in (p, p[:, None], Value(p)):
        assert plots.confusion_counts(y, predictions).tolist() == expected


def test_the_matrix_shows_the_counts_and_how_many_are_right():
    y, p = [0, 0, 0, 1, 2, 2], [0, 0, 2, 1, 2, 0]
    ax = plots.confusion_matrix(y, p, ax=axes())
    shown = {tuple(map(int, text.get_position()[::-1])): int(text.get_text()) for text in ax.texts}
    counts = plots.confusion_counts(y, p)
    assert shown == {(i, j): counts[i, j] for i in range(3) for j in range(3)}
    assert ax.get_title() == "4 of 6 right: 66.7 %"
    bold = {t.get_position() for t in ax.texts if t.get_fontweight() == "bold"}
    assert bold == {(k, k) for k in range(3)}
    drawn(ax.figure)


def test_shares_are_those_of_each_true_class_and_names_are_the_callers():
    ax = plots.confusion_matrix([0, 0, 0, 0, 1], [0, 0, 0, 1, 1], ["cat", "dog", "emu"], axes(), normalize=True)
    assert [text.get_text() for text in ax.texts] == ["75", "25", "0", "0", "100", "0", "0", "0", "0"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["cat", "dog", "emu"]


@pytest.mark.parametrize(
    ("y", "p", "says"),
    [
        ([0, 1], [0, 1, 1], "y_true holds 2 examples, y_pred 3"),
        ([0, 1, 0], [[0.2, 0.8, 0.1]], r"sums to 1\.1"),
        ([0, 1], [0.2, nan], "y_pred holds nan in example 1"),
        ([0, nan], [0.2, 0.3], "y_true holds nan in example 1"),
        ([0.2, 0.7], [0, 1], "0.2, which is none. Are labels and predictions swapped?"),
        ([0, -1], [0, 1], "class numbers from 0; it holds -1"),
        ([0, 1], [-1.3, 2.2], r"it holds -1.3\. If these are logits z.*ag.sigmoid\(z\)"),
        ([0, 1], [[-1.3, 2.2], [0.1, 0.2]], r"ag.softmax\(z\)"),
        ([0, 8], [0.3, 0.9], "y_true holds class 8, but y_pred decides between 2 classes"),
        ([[1, 1], [0, 1]], [0, 1], "its rows must be one-hot; row 0"),
        (["cat", "dog"], [0, 1], "y_true must hold numbers"),
        ([], [], r"it has shape \(0,\)"),
        (None, [1], "None was given"),
        (np.zeros((2, 2, 2)), [0, 1], "must have shape"),
    ],
)
def test_what_is_wrong_with_labels_and_predictions_is_said(y, p, says):
    with pytest.raises((TypeError, ValueError), match=says):
        plots.confusion_counts(y, p)


def test_every_class_needs_a_name():
    with pytest.raises(ValueError, match="names the classes 0 to 1; there are 1 names"):
        plots.confusion_matrix([0, 1], [0, 1], labels=["cat"])


# ---------------------------------------------------------------------------------- images


X, y = ag.datasets.digits()
X, y = X[:60], y[:60]


def test_the_wrong_images_are_shown_with_the_surest_mistake_first():
    p = np.full((60, 10), 0.01)
    p[np.arange(60), y] = 0.91
    for i, sure in ((7, 0.6), (20, 0.9), (33, 0.7)):
        p[i] = (1 - sure) / 9
        p[i, (y[i] + 1) % 10] = sure
    shown = plots.misclassified(p, X, y, fig=Figure())
    for ax, i, sure in zip(shown, (20, 33, 7), ("0.90", "0.70", "0.60"), strict=True):
        assert ax.get_title() == f"true {y[i]}, said {(y[i] + 1) % 10} ({sure})"
        assert np.array_equal(ax.images[0].get_array(), X[i].reshape(8, 8))
    assert shown[0].figure.get_suptitle() == "3 of 60 wrong, the surest first"
    few = plots.misclassified(Value(p), Value(X), np.eye(10)[y], max_images=2, fig=Figure())
    assert [ax.get_title() for ax in few] == [ax.get_title() for ax in shown[:2]]
    assert few[0].figure.get_suptitle() == "3 of 60 wrong; 2 are shown, the surest first"


def test_a_model_is_asked_itself_through_its_loss_where_that_knows_of_logits():
    model = ag.Sequential([Dense(1)], seed=0)
    model.compile(loss=ag.losses.BinaryCrossentropy(from_logits=True), optimizer="sgd")
    z = model.predict(X)[:, 0]
    shown = plots.misclassified(model, X, z < 0, max_images=5, fig=Figure())  # labels that are all wrong
    assert len(shown) == 5
    surest = np.argmax(np.abs(z))
    p = 1 / (1 + np.exp(-np.abs(z[surest])))
    assert shown[0].get_title() == f"true {int(z[surest] < 0)}, said {int(z[surest] >= 0)} ({p:.2f})"
    with pytest.raises(ValueError, match="The answer of the model must hold class numbers or probabilities"):
        plots.misclassified(ag.Sequential([Dense(1)], seed=0), X, y, fig=Figure())


def test_without_mistakes_there_is_a_sentence():
    (ax,) = plots.misclassified(y, X, y)
    assert [text.get_text() for text in ax.texts] == ["No mistake: all 60 examples are decided correctly."]


def test_decisions_without_probabilities_have_none_to_show():
    (ax,) = plots.misclassified(np.where(np.arange(60) == 5, 0, y), X.reshape(-1, 8, 8), y, fig=Figure())
    assert ax.get_title() == "true 5, said 0"


@pytest.mark.parametrize("features", [64, 400, 784])
def test_weights_are_images_on_one_scale_that_is_symmetric_about_0(features):
    W = np.random.default_rng(0).normal(size=(features, 3))
    layer = Dense(3)
    layer.build(features)
    layer.set_weights([W, np.zeros(3)])
    for owner in (layer, ag.Sequential([layer]), W, Value(W)):
        shown = plots.weights(owner, fig=Figure())
        assert len(shown) == 3
        for k, ax in enumerate(shown):
            image = ax.images[0]
            assert np.array_equal(np.ravel(image.get_array()), W[:, k])
            assert image.get_clim() == (-np.max(np.abs(W)), np.max(np.abs(W)))
            assert ax.get_title() == f"W[:, {k}]"


def test_weights_that_are_not_finite_are_said_and_leave_the_scale():
    W = np.ones((4, 2))
    W[1, 1] = nan
    first, second = plots.weights(W, fig=Figure())
    assert (first.get_title(), second.get_title()) == ("W[:, 0]", "W[:, 1] not finite")
    assert second.images[0].get_clim() == (-1, 1)
    assert second.images[0].get_array().mask.tolist() == [[False, True], [False, False]]
    drawn(first.figure)


def test_of_many_units_the_first_are_shown_and_images_need_not_be_squares():
    shown = plots.weights(np.ones((6, 9)), image_shape=(2, 3), max_images=4, fig=Figure())
    assert shown[0].images[0].get_array().shape == (2, 3)
    assert shown[0].figure.get_suptitle() == "the first 4 of 9 units"


def test_what_is_wrong_with_images_is_said():
    with pytest.raises(ValueError, match=r"6 features, which form no square image: give image_shape=\(rows, columns\)"):
        plots.weights(np.ones((6, 2)))
    with pytest.raises(ValueError, match=r"whose product is the number of features, 6; image_shape=\(2, 4\)"):
        plots.weights(np.ones((6, 2)), image_shape=(2, 4))
    with pytest.raises(ValueError, match="not built"):
        plots.weights(Dense(3))
    with pytest.raises(ValueError, match="a layer with a kernel"):
        plots.weights(ag.Sequential([]))
    with pytest.raises(ValueError, match="X holds 60 images, y 59 labels"):
        plots.misclassified(y[:59], X, y[:59])
    with pytest.raises(ValueError, match="max_images must be a whole number"):
        plots.misclassified(y, X, y, max_images=0)


# ---------------------------------------------------------------------------------- decision boundary


points, sides = ag.datasets.moons(40)


def collections(ax, kind):
    return [c for c in ax.collections if type(c).__name__ == kind]


def test_the_line_is_where_the_probability_is_one_half():
    ax = plots.decision_boundary(
        lambda X: ag.sigmoid(3 * (X[:, :1] + X[:, 1:] - 0.8)), points, sides, axes(), resolution=60
    )
    line = collections(ax, "QuadContourSet")[1].get_paths()[0].vertices
    assert np.allclose(line.sum(axis=1), 0.8, atol=1e-3)
    drawn(ax.figure)


def test_every_example_is_drawn_by_its_class_and_those_on_the_wrong_side_again():
    wrong = (points[:, 0] > 0.5) != (sides == 1)
    ax = plots.decision_boundary(lambda X: (X[:, 0] > 0.5) * 0.8 + 0.1, points, Value(sides), axes(), resolution=10)
    zero, one, ringed = collections(ax, "PathCollection")
    for dots, which in ((zero, sides == 0), (one, sides == 1), (ringed, wrong)):
        assert np.allclose(dots.get_offsets(), points[which])
    assert not np.array_equal(zero.get_paths()[0].vertices, one.get_paths()[0].vertices)  # markers differ, too
    assert ringed.get_label() == f"{wrong.sum()} of 40 wrong"


@pytest.mark.parametrize("activation", ["softmax", "linear"])
def test_each_region_has_the_class_that_the_model_answers(activation):
    model = ag.Sequential([Dense(3, activation=activation)], seed=0)
    logits = activation == "linear"
    model.compile(loss=ag.losses.SparseCategoricalCrossentropy(from_logits=logits), optimizer="sgd")
    X, y = ag.datasets.blobs(30)
    ax = plots.decision_boundary(model, X, y, axes(), resolution=30)
    image = np.asarray(ax.images[0].get_array())
    west, east, south, north = ax.images[0].get_extent()
    grid = np.column_stack([a.ravel() for a in np.meshgrid(np.linspace(west, east, 30), np.linspace(south, north, 30))])
    answers = np.argmax(model.predict(grid), axis=1)
    from autograd_lite.colours import CLASSES, rgb

    full = np.array([rgb(c) for c in CLASSES[:3]]) / 255
    mixed = 1 - image.reshape(-1, 3)
    nearest = np.argmax(np.stack([mixed @ (1 - c) / np.linalg.norm(1 - c) for c in full], axis=1), axis=1)
    assert np.array_equal(nearest, answers)
    assert {t.get_text() for t in ax.texts} == {f"class {k}" for k in np.unique(answers)}


def test_what_is_wrong_with_a_plane_is_said():
    def answer(X):
        return X @ np.array([3.0, -2.0])

    with pytest.raises(ValueError, match=r"A plane has two features; X has 3.*X\[:, :2\]"):
        plots.decision_boundary(answer, np.ones((4, 3)), [0, 1, 0, 1])
    with pytest.raises(ValueError, match=r"If these are logits z.*from_logits=True"):
        plots.decision_boundary(answer, points, sides)
    with pytest.raises(ValueError, match="holds nan"):
        plots.decision_boundary(lambda X: np.full(len(X), nan), points, sides)
    with pytest.raises(ValueError, match="There are 40 examples in X, but y holds 39"):
        plots.decision_boundary(answer, points, sides[1:])
    with pytest.raises(ValueError, match="resolution must be a whole number"):
        plots.decision_boundary(answer, points, sides, resolution=1)


def test_a_model_that_is_always_sure_of_one_class_has_no_boundary():
    ax = plots.decision_boundary(lambda X: np.full(len(X), 0.7), points, sides, axes(), resolution=10)
    assert len(collections(ax, "QuadContourSet")) == 1
    assert [text.get_text() for text in ax.texts] == ["class 1"]


# ---------------------------------------------------------------------------------- all of them


def each_plot(ax, fig):
    yield lambda: plots.training_curves({"loss": [2.0, 1.0]}, ax)
    yield lambda: plots.confusion_matrix([0, 1], [0, 1], ax=ax)
    yield lambda: plots.decision_boundary(lambda X: X[:, 0] > 0, points, sides, ax, resolution=5)
    yield lambda: plots.misclassified(y, X, y, fig=fig)
    yield lambda: plots.weights(np.ones((4, 2)), fig=fig)


def test_a_plot_into_axes_of_the_callers_opens_no_figure_and_one_without_opens_one():
    for plot in each_plot(axes(), Figure()):
        plot()
    assert plt.get_fignums() == []
    for plot in each_plot(None, None):
        made = np.ravel(plot())[0]
        assert [plt.figure(n) for n in plt.get_fignums()] == [made.figure]
        plt.close("all")


def test_what_is_no_axes_is_refused():
    for plot in each_plot("here", "here"):
        with pytest.raises((TypeError, ValueError), match=r"'here' was given|Axes were given"):
            plot()


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for plot in each_plot(None, None):
        with pytest.raises(ImportError, match=r'pip install "autograd_lite\[pictures\]"'):
            plot()
    assert plots.confusion_counts([0, 1], [0, 1]).tolist() == [[1, 0], [0, 1]]


def test_matplotlib_is_imported_by_those_who_plot_only():
    script = """
import sys, autograd_lite as ag
ag.plots.confusion_counts([0, 1], [0, 1]); ag.callbacks.History()
assert "matplotlib" not in sys.modules
from matplotlib.figure import Figure
ag.plots.training_curves({"loss": [1.0]}, Figure().subplots())
assert "matplotlib.pyplot" not in sys.modules"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_weights_and_gradients_are_left_as_they_are():
    model = ag.Sequential([Dense(1, activation="sigmoid", input_dim=2)], seed=0)
    before = [(w.data.copy(), w.grad) for w in model.weights]
    plots.decision_boundary(model, points, sides, axes(), resolution=5)
    plots.weights(model, image_shape=(1, 2), fig=Figure())
    for weight, (data, grad) in zip(model.weights, before, strict=True):
        assert np.array_equal(weight.data, data)
        assert weight.grad is grad


def test_the_page_shows_every_picture_that_it_makes_and_every_plot_that_there_is():
    page = (DOCS / "plots.md").read_text(encoding="utf-8")
    made = re.findall(r'savefig\("(\w+\.png)"\)', page.partition("## ")[2])
    shown = re.findall(r"!\[[^\]]{20,}\]\(pictures/plots/(\w+\.png)\)", page)
    stored = sorted((DOCS / "pictures" / "plots").iterdir())
    assert sorted(made) == sorted(shown) == [picture.name for picture in stored]
    assert max(picture.stat().st_size for picture in stored) < 60_000
    assert [name for name in plots.__all__ if name not in page and name != "training_curves"] == []
