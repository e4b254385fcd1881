"""Lessons: what a page says of a graph is true."""

import math
from typing import Any

import numpy as np
import pytest
from drawing.pictures import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite.drawing.slopes import local_slope
from autograd_lite.drawing.view import MINUS
from autograd_lite.engine import sigmoid_crossentropy
from autograd_lite.optimizers import SGD, Adam
from autograd_lite.stepping.lesson import BACKWARD, FORWARD, GRADIENT, UPDATE, VALUE, Lesson
from autograd_lite.stepping.operations import WORDS
from autograd_lite.stepping.writing import lesson_of

from .reading import Numbers, Unreadable, equations, parsed

ALL = 15
"""Decimals for tests of equality."""


def neuron() -> dict[str, ag.Value]:
    """One neuron with cross-entropy."""
    v = {name: ag.Value(x, name=name) for name, x in (("w", 0.8), ("x", 1.5), ("b", -0.4), ("y", 1.0))}
    for name, made in (
        ("m", lambda: v["w"] * v["x"]), ("z", lambda: v["m"] + v["b"]), ("p", lambda: ag.sigmoid(v["z"])),
        ("L", lambda: -(v["y"] * np.log(v["p"]) + (1 - v["y"]) * np.log(1 - v["p"]))),
    ):  # fmt: skip
        v[name] = made()
        v[name].name = name
    return v


def batch() -> tuple[ag.Value, dict[str, ag.Value]]:
    """A layer on four examples."""
    rng = np.random.default_rng(0)
    w, b = ag.Value(rng.normal(size=(3, 2)), name="W"), ag.Value(rng.normal(size=2), name="b")
    cost = np.mean((np.tanh(rng.normal(size=(4, 3)) @ w + b) - 0.5) ** 2)
    cost.name = "J"
    return cost, {"W": w, "b": b}


def random_graph(numbers: list[float], choices: list[int]) -> ag.Value:
    """A graph of numbers in which much is used several times."""
    values = [ag.Value(x, name=f"a{k}") for k, x in enumerate(numbers)]
    for k, choice in enumerate(choices):
        x, y = values[choice % len(values)], values[(choice // 7) % len(values)]
        made = [
            lambda: x * y, lambda: x + y, lambda: x - y, lambda: np.tanh(x), lambda: ag.sigmoid(x), lambda: np.sin(y),
            lambda: x / (1 + y * y), lambda: np.exp(-x * x), lambda: x**2,
        ][choice % 9]()  # fmt: skip
        made.name = f"u{k}"
        values.append(made)
    total = values[-1] + sum(values[: len(numbers)], values[-1] * 0.5)
    total.name = "total"
    return total


GRAPHS = st.builds(
    random_graph,
    st.lists(st.floats(-1.5, 1.5).filter(lambda x: abs(x) > 0.01), min_size=1, max_size=3),
    st.lists(st.integers(0, 500), min_size=1, max_size=6),
)


def leaves_behind(loss: ag.Value) -> list[ag.Value]:
    from autograd_lite.drawing.graph import computed_behind

    return list(
        dict.fromkeys(a for v in computed_behind([loss]) for a in v.args if isinstance(a, ag.Value) and not a.op)
    )


def value_with(loss: ag.Value, moved: ag.Value, by: float) -> float:
    """The loss with one leaf moved: the graph computed again by the operations that it remembers."""
    from autograd_lite.drawing.graph import computed_behind

    now: dict[Any, Any] = {moved: moved.item() + by}
    for v in computed_behind([loss]):
        operands = [now.get(a, a.data) if isinstance(a, ag.Value) else a for a in v.args]
        now[v] = v.op.func(*operands, **v.op.settings)
    return float(now[loss])


def at_the_end(lesson: Lesson) -> dict[tuple[int, str], tuple[str, ...]]:
    """What the cards show after all steps but the update."""
    shown = {}
    for step in lesson.steps:
        if step.phase != UPDATE:
            shown |= {(c.card, c.what): c.rows for c in step.changes}
    return shown


def as_number(text: str) -> float:
    return float(text.replace(MINUS, "-"))


# ------------------------------------------------------------------------------- numbers


@settings(max_examples=30)
@given(GRAPHS, st.sampled_from(["arrow", "card"]))
def test_the_gradients_that_the_steps_find_equal_finite_differences(loss, by):
    lesson = lesson_of(loss, by=by, precision=ALL, detail="full")
    shown = at_the_end(lesson)
    for leaf in leaves_behind(loss):
        i = next(k for k, v in enumerate(lesson.view.values) if v is leaf)
        if (i, GRADIENT) in shown:
            h = 1e-6
            slope = (value_with(loss, leaf, h) - value_with(loss, leaf, -h)) / (2 * h)
            assert as_number(shown[i, GRADIENT][0]) == pytest.approx(slope, rel=1e-5, abs=1e-7)


@settings(max_examples=30)
@given(GRAPHS, st.sampled_from(["arrow", "card"]))
def test_after_all_steps_the_cards_show_the_numbers_of_the_picture(loss, by):
    lesson = lesson_of(loss, by=by, detail="full")
    shown = at_the_end(lesson)
    for i, card in enumerate(lesson.view.cards):
        rows = [row.text.replace("-", MINUS) for row in card.rows if row.text != "no gradient"]
        assert [*shown.get((i, VALUE), ()), *shown.get((i, GRADIENT), ())] == rows


@settings(max_examples=15)
@given(GRAPHS)
def test_every_equation_on_the_page_holds(loss):
    lesson = lesson_of(loss, by="arrow", precision=ALL, detail="full")
    read = check_equations(lesson)
    assert read >= len(lesson.steps) - 3


def check_equations(lesson: Lesson) -> int:
    """Every side of every equation is the same number; how many were read."""
    cards, values = lesson.view.cards, lesson.view.values
    number = {card.name: v.item() for card, v in zip(cards, values, strict=True) if isinstance(v, ag.Value)}
    value = {card.name: v for card, v in zip(cards, values, strict=True) if isinstance(v, ag.Value)}
    loss = values[lesson.view.results[0]]
    before = [(v, v.grad) for v in value.values()]
    loss.backward()
    gradient = {name: v.grad for name, v in value.items()}
    for v, g in before:
        v.grad = g

    users = {name: [u for u in value.values() for a in u.args if a is v] for name, v in value.items()}

    def slopes(of: str, by: str) -> float:
        """A slope along one arrow, or a gradient; nan where one fraction could mean either."""
        direct = [local_slope(value[of], p) for p, a in enumerate(value[of].args) if a is value[by]]
        if value[of] is loss and (not direct or len(users[by]) == 1):
            return float(gradient[by])
        return float(direct[0]) if len(direct) == 1 and value[of] is not loss else math.nan

    read = 0
    for step in lesson.steps:
        for sides in equations(step.formula) if step.formula else ():
            found = []
            for side in sides:
                try:
                    found.append(Numbers(number, slopes).value(side))
                except Unreadable:
                    continue
            known = [x for x in found if not math.isnan(x)]
            if step.phase != UPDATE and known:
                assert known == pytest.approx([known[0]] * len(known), rel=1e-8, abs=1e-12), step.title
            read += len(known) > 1
    return read


@pytest.mark.parametrize("func", [f for f, words in WORDS.items() if words.formula and isinstance(f, np.ufunc)])
def test_the_formulas_of_every_function_of_numbers_hold(func):
    if func is np.matmul:
        pytest.skip("a product of arrays")
    operands = [ag.Value(0.7, name="x"), ag.Value(1.3, name="y")][: func.nin]
    middle = func(*operands)
    middle.name = "a"
    loss = middle * 3.0 + 1.0
    loss.name = "T"
    lesson = lesson_of(loss, by="arrow", precision=ALL)
    assert check_equations(lesson) >= 4


def test_the_formula_of_the_logistic_loss_holds():
    z, y = ag.Value(0.3, name="z"), ag.Value(0.0, name="y")
    loss = sigmoid_crossentropy(z * 2.0, y)
    loss.name = "T"
    assert check_equations(lesson_of(loss, by="arrow", precision=ALL)) >= 3


@pytest.mark.parametrize("func", [np.exp, np.tanh, np.abs, np.square, np.log1p, ag.sigmoid, ag.relu])
def test_the_worked_out_entries_of_arrays_are_right(func):
    rng = np.random.default_rng(1)
    w, b = ag.Value(rng.uniform(0.1, 1, (3, 2)), name="W"), ag.Value(rng.normal(size=2), name="b")
    cost = np.mean(func(rng.uniform(0.1, 1, (4, 3)) @ w + b) * np.array([2.0, 3.0]))
    lesson = lesson_of(cost, precision=ALL, by="arrow")
    entries = [step.entry for step in lesson.steps if step.entry]
    assert len(entries) >= 8
    for entry in entries:
        for sides in equations(entry):
            values = [Numbers({}, lambda *_: math.nan).value(side) for side in sides[1:] if readable(side)]
            assert values == pytest.approx([values[-1]] * len(values), rel=1e-9)


def readable(side: list[Any]) -> bool:
    try:
        Numbers({}, lambda *_: math.nan).python(side)
    except Unreadable:
        return False
    return True


# ------------------------------------------------------------------------------- steps


def test_one_neuron_is_played_one_multiplication_a_step():
    v = neuron()
    lesson = lesson_of(v["L"], inputs=[v["x"], v["y"]])
    backward = [step for step in lesson.steps if step.phase == BACKWARD]
    travelled = [k for step in backward[1:] for k in step.arrows]
    carrying = [k for k, a in enumerate(lesson.view.arrows) if lesson.view.cards[a.tail].carries_gradient]
    assert sorted(travelled) == carrying
    assert all(len(step.arrows) == 1 for step in backward[1:])
    assert [step.phase for step in lesson.steps].count(FORWARD) == sum(bool(card.formula) for card in lesson.view.cards)
    last = next(step for step in backward if step.targets == (0,))
    assert last.title == "Back through the multiplication, to w"
    assert "the slope for w is the other factor, x" in last.sentence


def test_a_square_comes_back_twice():
    x = ag.Value(3.0, name="x")
    lesson = lesson_of(x * x, by="arrow")
    found = [c.rows for step in lesson.steps for c in step.changes if c.card == 0 and c.what == GRADIENT]
    assert found == [("·",), ("3.0000",), ("6.0000",)]


@settings(max_examples=30)
@given(GRAPHS, st.sampled_from(["arrow", "card"]))
def test_numbers_are_found_only_from_numbers_that_are_known(loss, by):
    lesson = lesson_of(loss, by=by, detail="full")
    known: set[tuple[int, str]] = set()
    for step in lesson.steps:
        what = VALUE if step.phase == FORWARD else GRADIENT
        if step.phase in (FORWARD, BACKWARD):
            assert all((i, what) in known or lesson.view.cards[i].role == "constant" for i in step.sources)
        known |= {(c.card, c.what) for c in step.changes if c.rows and c.rows[0] != "·"}


def test_many_steps_go_by_cards():
    w = [ag.Value(0.1 * k, name=f"w{k}") for k in range(20)]
    loss = sum((v * v for v in w), ag.Value(0.0))
    backward = [s for s in lesson_of(loss, detail="full", max_nodes=1000).steps if s.phase == BACKWARD]
    assert sum(len(s.targets) for s in backward) == len(backward)
    assert any(len(s.arrows) == 2 for s in backward)


def test_a_folded_graph_is_played_too_and_names_what_it_folds():
    rng = np.random.default_rng(0)
    layer = [[ag.Value(w) for w in rng.normal(size=8)] for _ in range(12)]
    outs = [np.tanh(sum((w * x for w, x in zip(row, rng.normal(size=8), strict=True)), ag.Value(0.1))) for row in layer]
    loss = sum((o * o for o in outs), ag.Value(0.0))
    lesson = lesson_of(loss)
    assert any(card.folds for card in lesson.view.cards)
    assert lesson.notes
    for step in lesson.steps:
        assert parsed(step.formula) is not None if step.formula else True
    assert lesson.steps[-1].phase == UPDATE


def test_a_model_by_layers_is_played():
    model = ag.Sequential([ag.layers.Dense(3, activation="tanh"), ag.layers.Dense(1, activation="sigmoid")], seed=0)
    model.compile(loss="binary_crossentropy")
    x, y = np.random.default_rng(0).normal(size=(6, 4)), np.array([[0.0], [1.0]] * 3)
    cost = model.loss.cost(y, model(x))
    lesson = lesson_of(cost, detail="layer", inputs={"X": x, "Y": y})
    titles = [step.title for step in lesson.steps]
    assert "Compute dense" in titles
    assert "Back to dense" in titles
    loss = next(step for step in lesson.steps if "The loss compares" in step.sentence)
    assert "with the label Y" in loss.sentence


# ------------------------------------------------------------------------------- the update


@pytest.mark.parametrize("optimizer", [SGD(learning_rate=0.3), SGD(learning_rate=0.1, momentum=0.9), Adam(0.05)])
def test_the_update_is_the_optimizers_own_first_step(optimizer):
    v = neuron()
    lesson = lesson_of(v["L"], inputs=[v["x"], v["y"]], optimizer=optimizer, precision=ALL)
    shown = {c.card: as_number(c.rows[0]) for c in lesson.steps[-1].changes}
    assert v["w"].data == 0.8
    v["L"].backward()
    optimizer.apply([v["w"].grad, v["b"].grad], [v["w"], v["b"]])
    assert shown == {0: pytest.approx(v["w"].item()), 3: pytest.approx(v["b"].item())}


def test_the_loss_after_the_update_is_the_loss_computed_again():
    v = neuron()
    last = lesson_of(v["L"], inputs=[v["x"], v["y"]], learning_rate=0.1).steps[-1]
    w, b = 0.8 + 0.1 * 0.465, -0.4 + 0.1 * 0.31
    again = -math.log(1 / (1 + math.exp(-(w * 1.5 + b))))
    assert f"{again:.4f} now: it was 0.3711" in last.sentence


def test_a_step_that_is_too_long_says_so():
    w = ag.Value(1.0, name="w")
    assert "the step was too long" in lesson_of(w**2, learning_rate=3.0).steps[-1].sentence


def test_no_learning_rate_no_update():
    v = neuron()
    assert lesson_of(v["L"], learning_rate=None).steps[-1].phase == BACKWARD


# ------------------------------------------------------------------------------- the program


def test_the_lines_of_a_step_compute_what_the_step_finds():
    v = neuron()
    lesson = lesson_of(v["L"], inputs=[v["x"], v["y"]])
    for step in lesson.steps:
        name = lesson.view.cards[step.targets[0]].name
        if step.phase == FORWARD:
            assert [lesson.code[k].strip().split(" = ")[0] for k in step.lines] == [name]
    to_w = next(s for s in lesson.steps if s.phase == BACKWARD and s.targets == (0,))
    assert [lesson.code[k].strip() for k in to_w.lines] == ["d_w = d_z * x"]
    assert {lesson.code[k].strip() for k in lesson.steps[-1].lines} == {
        "new_w = w - 0.1 * d_w",
        "new_b = b - 0.1 * d_z",
    }


def test_the_program_that_is_shown_computes_the_loss_its_gradients_and_the_update():
    cost, leaves = batch()
    cost.backward()
    lesson = lesson_of(cost, learning_rate=0.1)
    space: dict[str, Any] = {}
    exec("\n".join(lesson.code), space)
    data = next(v for v in lesson.view.values if v is leaves["W"]).data
    x = lesson.view.values[2].args[0]
    loss, d_w, d_b, new_w, new_b = space["step"](x, data, leaves["b"].data)
    assert loss == pytest.approx(cost.item())
    np.testing.assert_allclose(d_w, leaves["W"].grad)
    np.testing.assert_allclose(d_b, leaves["b"].grad)
    np.testing.assert_allclose(new_w, data - 0.1 * leaves["W"].grad)
    np.testing.assert_allclose(new_b, leaves["b"].data - 0.1 * leaves["b"].grad)


# ------------------------------------------------------------------------------- what is left alone


def test_nothing_of_the_graph_is_changed():
    v = neuron()
    v["w"].grad = 123.0
    ag.steps(v["L"])
    assert v["w"].grad == 123.0
    assert v["z"].grad is None
    assert v["w"].data == 0.8


def test_stale_numbers_are_refused():
    v = neuron()
    v["w"].data = 2.0
    with pytest.raises(ag.StaleGraph, match="w"):
        ag.steps(v["L"])


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        (None, TypeError, "backward\\(\\) returns nothing"),
        (3.0, TypeError, "a plain float"),
        ("loss", TypeError, "the Value that you call backward"),
        (ag.Value([1.0, 2.0]) * 2, ValueError, "np.mean"),
        (ag.Value(1.0), ValueError, "given and not computed"),
        (ag.Value(1.0) > 0, ValueError, "no gradient"),
    ],
)
def test_what_is_no_loss_is_refused(given, error, says):
    with pytest.raises(error, match=says):
        ag.steps(given)


@pytest.mark.parametrize(
    "options", [{"by": "node"}, {"detail": "x"}, {"precision": 0}, {"timeout": 0}, {"theme": "blue"}, {"engine": "x"}]
)
def test_options_out_of_range_are_refused(options):
    with pytest.raises(ValueError, match="steps\\(\\) was given"):
        ag.steps(ag.Value(1.0) * 2, **options)


def test_names_are_text_in_every_formula():
    for name in HOSTILE:
        w = ag.Value(2.0, name=name)
        loss = w * w + 1.0
        lesson = lesson_of(loss)
        for step in lesson.steps:
            for mathml in (step.formula, step.entry):
                assert mathml == "" or parsed(mathml) is not None
        assert lesson.formula == "" or parsed(lesson.formula) is not None


def test_steps_tell_themselves_in_words():
    v = neuron()
    steps = ag.steps(v["L"], inputs=[v["x"], v["y"]])
    lines = steps.describe().splitlines()
    assert lines[0] == f"Back-propagation, step by step: {len(steps)} steps"
    assert any(line.endswith("(w: gradient −0.4650)") for line in lines)


def test_steps_are_saved_as_a_page_alone(tmp_path):
    steps = ag.steps(ag.Value(2.0, name="w") * 3.0, engine="built-in")
    with pytest.raises(ValueError, match=r"must end in \.html"):
        steps.save(tmp_path / "steps.png")
    with pytest.raises(FileNotFoundError, match="no folder"):
        steps.save(tmp_path / "nowhere" / "steps.html")
    assert steps.save(tmp_path / "steps.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_notebook_shows_the_page_in_a_frame_of_its_own():
    steps = ag.steps(ag.Value(2.0, name="<b>") * 3.0, engine="built-in")
    bundle = steps._repr_mimebundle_()
    assert bundle["text/html"].startswith('<iframe sandbox="allow-scripts" srcdoc="')
    assert ' title="' in bundle["text/html"]
    assert "<b>" not in bundle["text/html"]
    assert "<img alt=" in bundle["text/html"], "what an untrusted notebook keeps"
    assert bundle["text/plain"] == steps.describe()


# ------------------------------------------------------------------------------- nothing false is said


def told(loss: ag.Value, **options: Any) -> list[str]:
    """Every sentence."""
    return [step.sentence for step in lesson_of(loss, **options).steps]


def formula_value(lesson: Lesson) -> float:
    """The right side of the formula in the title, with the numbers that were given."""
    values = {c.name: v for c, v in zip(lesson.view.cards, lesson.view.values, strict=True) if isinstance(v, ag.Value)}
    numbers = {name: v.item() for name, v in values.items()}
    (row,) = parsed(lesson.formula)
    return Numbers(numbers, lambda *_: math.nan).value(list(row)[2:])


@given(GRAPHS)
@settings(max_examples=25)
def test_the_formula_in_the_title_is_the_loss(loss):
    lesson = lesson_of(loss, detail="full", precision=ALL)
    if lesson.formula and math.isfinite(loss.item()):
        assert formula_value(lesson) == pytest.approx(loss.item(), rel=1e-9)


A, B = ag.Value(0.7, name="A"), ag.Value(1.3, name="B")


@pytest.mark.parametrize(
    "made",
    [
        lambda: (A * B) ** 2, lambda: np.log(A * B) * 2.0, lambda: np.sin(A * B) * B, lambda: (A + B) * B,
        lambda: (A - B) / (A * B), lambda: -(A + B), lambda: np.sqrt(A * B + 1) ** 3, lambda: np.square(A * B),
        lambda: 2.0 - (A - B), lambda: np.log(A) * B + A, lambda: np.exp(A * B) / B, lambda: (A / B) ** 2,
        lambda: ag.Value(3e-5, name="small") ** 2 + A, lambda: np.abs(A - B) * B, lambda: (A**2.0) ** B,
    ],
)  # fmt: skip
def test_brackets_stand_where_they_are_needed(made):
    loss = made()
    loss.name = "T"
    lesson = lesson_of(loss, by="arrow", precision=ALL)
    assert formula_value(lesson) == pytest.approx(loss.item(), rel=1e-12)
    assert check_equations(lesson) >= 2


def test_a_flat_place_is_no_step_that_was_too_long():
    for loss in (ag.Value(0.0, name="w") ** 2, ag.relu(ag.Value(-1.0, name="w")) * 2.0):
        last = told(loss)[-1]
        assert "Every gradient is 0, so w stays where it is" in last
        assert "too long" not in last


def test_what_is_not_finite_makes_no_step():
    with np.errstate(all="ignore"):
        last = told(np.log(ag.Value(-1.0, name="w")) * 2.0)[-1]
    assert "downhill" not in last or "nan" in last
    assert "too long" not in last


def test_complex_parameters_go_downhill():
    z = ag.Value(1 + 2j, name="z")
    last = told(np.abs(z) ** 2, learning_rate=1e-3)[-1]
    assert "now: it was 5.0000" in last


def test_a_slope_along_one_of_two_arrows_is_not_written_as_the_whole_derivative():
    x = ag.Value(3.0, name="x")
    steps = [s for s in lesson_of(x * x, by="arrow").steps if s.phase == BACKWARD][1:]
    assert ["1st" in "".join(parsed(s.formula).itertext()) for s in steps] == [True, False]
    assert "2nd" in "".join(parsed(steps[1].formula).itertext())


def test_of_arrays_used_twice_the_entry_says_which_part_it_is_and_then_the_sum():
    v = ag.Value([1.0, 2.0], name="v")
    steps = [s for s in lesson_of(np.sum(v * v), by="arrow").steps if s.entry and s.targets == (0,)]
    texts = ["".join(parsed(s.entry).itertext()) for s in steps]
    assert all("via" in text for text in texts)
    assert texts[-1].endswith("4.0000")


def test_a_bias_that_was_repeated_has_the_sum_as_its_gradient():
    cost, _ = batch()
    assert any("b was repeated to fit" in sentence for sentence in told(cost))
    w, b = ag.Value(1.0, name="w"), ag.Value(0.5, name="b")
    steps = lesson_of(np.sum(np.arange(3.0) * w + b), by="arrow").steps
    assert any(s.entry for s in steps if s.title == "Back through the addition, to b")


def test_averages_along_an_axis_say_so():
    m = ag.Value(np.arange(6.0).reshape(2, 3), name="M")
    lesson = lesson_of(np.sum(np.mean(m, axis=0) ** 2), by="arrow")
    assert "Each entry of v1 is the average along axis 0 of M." in [s.sentence for s in lesson.steps]
    assert "16" not in "".join(parsed(lesson.formula).itertext()) if lesson.formula else True


def test_products_with_vectors_have_sentences_and_entries_of_their_own():
    w, x = ag.Value(np.arange(3.0), name="w"), np.array([1.0, -2.0, 0.5])
    lesson = lesson_of(w @ x, by="arrow", inputs={"x": x})
    assert "v1 adds up the products of the entries of w and x." in [s.sentence for s in lesson.steps]
    back = next(s for s in lesson.steps if s.phase == BACKWARD and s.targets == (0,))
    assert back.sentence == "The slope for an entry of w is the entry of x that it was multiplied by."
    data = np.arange(6.0).reshape(2, 3)
    for step in lesson_of(np.sum(data @ w), by="arrow").steps:
        assert step.entry or "product" not in step.title


@pytest.mark.parametrize("labels", [np.array([2, 0]), np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])])
def test_the_softmax_loss_of_one_example_is_worked_out(labels):
    from autograd_lite.engine import softmax_crossentropy

    z = ag.Value(np.array([[0.1, 0.9, -0.4], [1.0, 0.0, 0.3]]), name="z")
    lesson = lesson_of(np.mean(softmax_crossentropy(z, labels)), by="arrow", precision=ALL)
    entries = [step.entry for step in lesson.steps if "softmax" in step.sentence.lower() and step.entry]
    assert len(entries) == 2 if labels.ndim == 1 else entries
    for entry in entries:
        for sides in equations(entry):
            values = [Numbers({}, lambda *_: math.nan).value(side) for side in sides[1:]]
            assert values == pytest.approx([values[-1]] * len(values), rel=1e-9)
    assert any("minus 1 at the right class" in sentence for sentence in told(np.mean(softmax_crossentropy(z, labels))))


def test_what_is_folded_is_not_called_given():
    z = ag.Value(0.5, name="w0")
    for _ in range(300):
        z = np.sin(z)
    sentences = told(z)
    assert sentences[0].startswith("Given: w0.")
    assert sentences[-1].startswith("w0 moves")


def test_an_array_without_entries_has_nothing_to_work_out():
    assert lesson_of(np.sum(ag.Value(np.zeros((0, 3)), name="v")) + 1.0).steps


def test_terms_that_are_left_out_are_not_called_smaller():
    lesson = lesson_of(np.sum(ag.Value(np.ones(10), name="v")), by="arrow")
    assert "7 more" in "".join(step.entry for step in lesson.steps)


def test_the_learning_rate_is_above_zero_or_none():
    for rate in (0, -1.0, "fast"):
        with pytest.raises(ValueError, match="above 0, or None"):
            ag.steps(ag.Value(1.0) * 2, learning_rate=rate)
