"""``autograd-lite explain``: which loss a script has, and what is said where it has none."""

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value
from autograd_lite.cli import main
from autograd_lite.explaining import NothingToExplain, explained, explanation, left_by
from autograd_lite.models import Sequential
from autograd_lite.optimizers import Adam
from autograd_lite.remembering import KEPT, every_backward_noted
from autograd_lite.stepping.lesson import UPDATE

NEURON = """
import sys
import numpy as np, autograd_lite as ag
x, y = np.array([1.0, 2.0]), 1.0
w = ag.Value(np.array([0.5, -0.2]))
z = np.sum(w * x)
loss = (ag.sigmoid(z) - y) ** 2
accuracy = abs(loss) * 2.0
"""

MODEL = """
import numpy as np, autograd_lite as ag
X, Y = np.random.default_rng(0).normal(size=(50, 2)), np.tile([[0.0], [1.0]], (25, 1))
model = ag.Sequential([ag.layers.Dense(3, activation="tanh"), ag.layers.Dense(1, activation="sigmoid")], seed=0)
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(X, Y, epochs=2, verbose=0)
"""


@pytest.fixture
def script(tmp_path):
    def written(text):
        path = tmp_path / "script.py"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def names_in(found):
    return [card.name for card in found.steps.lesson.view.cards]


def test_the_value_called_loss_is_explained_with_the_names_of_the_script(script):
    found = explained(script(NEURON), engine="built-in")
    assert {"w", "x", "z", "loss"} <= set(names_in(found))
    assert "accuracy" not in names_in(found)
    assert next(card.role for card in found.steps.lesson.view.cards if card.name == "x") == "input"


def test_another_value_can_be_asked_for(script):
    assert names_in(explained(script(NEURON), of="z"))[-1] == "z"


def test_without_a_usual_name_the_last_number_is_explained(script):
    found = explained(script(NEURON.replace("loss", "badness")))
    assert names_in(found)[-1] == "accuracy"


def test_of_a_script_that_trains_the_cost_of_its_model_is_explained_with_its_optimizer(script):
    found = explained(script(MODEL))
    cards = {card.name: card for card in found.steps.lesson.view.cards}
    assert {"X", "Y", "dense_W", "J"} <= set(cards)
    assert cards["X"].shape == "(32, 2)"
    last = found.steps.lesson.steps[-1]
    assert last.phase == UPDATE
    assert Adam.__name__ in last.title


def test_fit_is_afterwards_what_it_was(script):
    before = Sequential.fit
    explained(script(MODEL))
    assert Sequential.fit is before


@pytest.mark.parametrize(
    ("text", "of", "says"),
    [
        ("x = 1", "", "leaves no Value behind and trains no model"),
        ("import autograd_lite as ag; w = ag.Value(2.0)", "", "Its Values are w, and none"),
        (NEURON, "lose", "leaves no 'lose' behind. Its Values are called loss"),
        (NEURON, "y", "y is a float, which does not remember"),
    ],
)
def test_where_there_is_no_loss_it_is_said_what_would_mend_it(script, text, of, says):
    with pytest.raises(NothingToExplain, match=says):
        explained(script(text), of=of)


def test_the_command_writes_the_page(script, tmp_path, capsys):
    out = tmp_path / "page.html"
    assert main(["explain", str(script(NEURON)), "--out", str(out), "--learning-rate", "0.5"]) == 0
    assert "page.html plays how loss was computed" in capsys.readouterr().err
    assert "0.5" in out.read_text(encoding="utf-8")


def test_the_command_gives_a_script_its_arguments(script, tmp_path):
    text = NEURON + "assert sys.argv[1:] == ['--m', '3'], sys.argv\n"
    assert main(["explain", str(script(text)), "--out", str(tmp_path / "p.html"), "--", "--m", "3"]) == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["nowhere.py"], 2),
        (["--out", "page.png"], 2),
        (["--learning-rate", "-1"], 2),
        (["--learning-rate", "fast"], 2),
        (["--of", "nothing"], 1),
    ],
)
def test_the_command_used_wrongly_says_so(script, arguments, status, capsys):
    given = arguments if arguments[0].endswith(".py") else [str(script(NEURON)), *arguments]
    try:
        found = main(["explain", *given])
    except SystemExit as ended:
        found = ended.code
    assert found == status
    assert "Traceback" not in capsys.readouterr().err


def test_an_error_in_the_script_is_shown_as_python_shows_it(script, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["explain", str(script("import numpy\n1 / 0\n")), "--out", str(tmp_path / "p.html")])
    assert ended.value.code == 1
    shown = capsys.readouterr().err
    assert "ZeroDivisionError" in shown
    assert "explaining.py" not in shown


LOOP = """
import numpy as np, autograd_lite as ag
x, y, seen = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]), []
w, b = ag.Value(0.0), ag.Value(np.zeros(3))
for epoch in range(4):
    J = np.mean((w * x + b - y) ** 2)
    J.backward()
    seen.append((w.data, b.data.copy()))
    w.data -= 0.01 * w.grad
    b.data -= 0.01 * b.grad
w_now, b_now = w.data, b.data.copy()
"""


def function_of(text):
    """The same loop in a function, under names that are not usual."""
    lines = text.replace("J", "badness").splitlines()
    body = "\n".join(f"    {line}" for line in lines[3:])
    return "\n".join([*lines[:2], lines[2], "def train():", body, "    return w, seen", "w, seen = train()"])


@pytest.mark.parametrize("text", [LOOP, function_of(LOOP)], ids=["at the top level", "in a function"])
def test_a_loop_that_changes_its_weights_is_explained_with_those_of_its_last_backward(script, text):
    left = left_by(script(text))
    now = left.names["w"].data
    found = explanation(left, engine="built-in")
    view = found.steps.lesson.view
    card = next(i for i, card in enumerate(view.cards) if card.name == "w")
    assert view.cards[card].rows[0].text == f"{left.names['seen'][-1][0]:.4f}"
    assert left.names["w"].data == now != left.names["seen"][-1][0]
    assert {"w", "b", "x"} <= set(names_in(found))
    assert found.what == f"how {'J' if text is LOOP else 'badness'} was computed"


def test_after_the_explanation_the_numbers_are_those_of_the_script_again(script):
    left = left_by(script(LOOP))
    explanation(left)
    assert left.names["w"].data == left.names["w_now"]
    np.testing.assert_array_equal(left.names["b"].data, left.names["b_now"])


def test_a_loss_in_a_function_can_be_asked_for(script):
    assert names_in(explained(script(function_of(LOOP)), of="badness"))[-1] == "badness"


def test_a_usual_name_goes_before_the_last_backward(script):
    assert names_in(explained(script(LOOP + "cost = w * w\n(w * 3).backward()\n")))[-1] == "cost"


def test_what_a_model_back_propagates_in_fit_is_not_the_loss_of_the_script(script):
    assert explained(script(MODEL)).what.startswith("the cost J of")
    assert explained(script(MODEL + "v = ag.Value(2.0)\nd = v * v\nd.backward()\nv.data -= v.grad")).what.startswith(
        "how d"
    )


def test_numbers_that_are_gone_are_spoken_of_in_words_of_the_script(script):
    with pytest.raises(NothingToExplain, match=r"Call loss.backward\(\) before the weights are changed"):
        explained(script("import autograd_lite as ag; w = ag.Value(2.0); loss = w * w; w.data = 3.0"))


@pytest.mark.parametrize(
    ("end", "status"),
    [("sys.exit()", 0), ("sys.exit(0)", 0), ("sys.exit(3)", 3), ("raise RuntimeError('boom')", 1), ("1 / 0", 1)],
)
def test_a_script_that_ends_early_is_explained_and_keeps_its_status(script, tmp_path, capsys, end, status):
    out = tmp_path / "p.html"
    try:
        found = main(["explain", str(script(f"{NEURON}\n{end}\n")), "--out", str(out)])
    except SystemExit as ended:
        found = ended.code or 0
    assert found == status
    said = capsys.readouterr().err
    assert "p.html plays how loss was computed" in said
    assert ("did not run to its end" in said) == (status != 0)
    assert out.exists()


def test_backward_is_afterwards_what_it_was(script):
    before = Value.backward
    left_by(script(LOOP))
    assert Value.backward is before


def test_few_losses_are_remembered_with_their_graphs(script):
    assert len(left_by(script(LOOP)).moments.kept) == KEPT < 4


def test_a_step_inside_a_function_that_is_recorded_is_not_noted():
    with every_backward_noted() as moments:
        w = Value(2.0)
        ag.grad(lambda v: v * v)(2.0)
        (w * w).backward()
    assert [moment.loss.item() for moment in moments.kept] == [4.0]


def test_arrays_of_the_script_are_left_alone(script):
    found = explained(script(NEURON))
    np.testing.assert_array_equal(found.steps.lesson.view.values[0].data, [0.5, -0.2])
