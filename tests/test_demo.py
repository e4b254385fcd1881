"""The main job and the command line."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from io import StringIO

import pytest
from rich.console import Console

from autograd_lite import __version__, cli
from autograd_lite.demo import run, trainings


def graphviz_is_there():
    from autograd_lite.drawing import GraphvizNotFound, draw
    from autograd_lite.engine import Value

    try:
        assert draw(Value(1.0)).svg
    except GraphvizNotFound:
        return False
    return True


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """One run of the demo at its own settings: the folder, and what it said."""
    folder, said = tmp_path_factory.mktemp("demo"), StringIO()
    results = run(folder, seed=0, epochs=100, console=Console(file=said, width=80))
    return folder, said.getvalue(), results


def test_it_tells_the_story_in_the_order_of_the_lecture(told):
    _, said, _ = told
    places = [
        said.index(part)
        for part in ("(a) Logistic", "z = X @ w + b", "np.log(f)", "J.backward()", "(b) The same", "Dense(units=1",
                     "(c) A neural network", "Dense(units=25", "Three ways", "(d) All ten", "softmax")
    ]  # fmt: skip
    assert places == sorted(places)


def test_one_table_compares_the_three(told):
    _, said, _ = told
    table = said[said.index("Three ways") : said.index("(d) All ten")]
    for row in ("(a) logistic, NumPy", "(b) logistic, Keras' words", "(c) network 25-15-1"):
        assert re.search(re.escape(row) + r".*\d+\.\d%", table)


def test_no_line_is_wider_than_the_terminal(told):
    _, said, _ = told
    assert max(len(line.rstrip()) for line in said.splitlines() if "index.html" not in line) <= 80


def test_where_there_is_no_terminal_there_are_plain_lines_at_most_one_an_epoch(told):
    _, said, _ = told
    assert "\x1b" not in said
    assert len(re.findall(r"^Epoch ", said, re.MULTILINE)) <= 4 * 100


def test_in_a_terminal_there_is_a_bar(tmp_path):
    said = StringIO()
    run(tmp_path, epochs=2, console=Console(file=said, width=80, force_terminal=True))
    assert "━" in said.getvalue()
    assert not re.search(r"^Epoch 1/2 - loss", said.getvalue(), re.MULTILINE)


def test_logistic_regression_by_hand_and_in_keras_words_has_one_cost_curve(told):
    _, _, (by_hand, in_words, *_) = told
    assert by_hand.costs == pytest.approx(in_words.costs, rel=1e-12)


def test_held_out_digits_are_told_apart(told):
    _, _, results = told
    accuracies = [t.test_accuracy for t in results]
    assert min(accuracies[:3]) >= 0.99
    assert accuracies[3] >= 0.95


@pytest.mark.parametrize("seed", range(1, 6))
def test_zeros_against_ones_reach_99_percent_from_every_seed(seed):
    data = trainings.zeros_and_ones(seed)
    assert trainings.network(data, 100, seed, []).test_accuracy >= 0.99
    assert trainings.with_keras_words(data, 100, seed, []).test_accuracy >= 0.99
    assert trainings.with_numpy(data, 100, lambda *_: None).test_accuracy >= 0.99


@pytest.mark.parametrize("seed", range(1, 6))
def test_ten_digits_reach_95_percent_from_every_seed(seed):
    assert trainings.ten_digits(trainings.all_digits(seed), 100, seed, []).test_accuracy >= 0.95


def test_the_folder_holds_numbers_curves_graphs_and_a_page(told):
    folder, _, results = told
    numbers = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert [t["test_accuracy"] for t in numbers["trainings"]] == [t.test_accuracy for t in results]
    pytest.importorskip("matplotlib")
    for t in results:
        assert (folder / f"{t.key}_cost.png").read_bytes().startswith(b"\x89PNG")
        assert f"{t.key}_cost.png" in (folder / "index.html").read_text(encoding="utf-8")


def test_each_graph_shows_the_loss_of_one_example_with_its_gradients(told):
    if not graphviz_is_there():
        pytest.skip("no Graphviz engine here")
    folder, _, results = told
    for t in results:
        root = ElementTree.parse(folder / f"{t.key}_graph.svg").getroot()
        text = " ".join(root.itertext())
        assert "loss" in text
        assert "gradient" in text
        assert t.example.grad == 1.0
    assert "dense_2_W" in (folder / "c_network_25_15_1_graph.svg").read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_files_and_another_seed_other_numbers(tmp_path):
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        run(tmp_path / name, seed=seed, epochs=3, console=Console(file=StringIO()))
    files = {name: {p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in "abc"}
    assert files["a"] == files["b"]
    assert files["a"]["results.json"] != files["c"]["results.json"]


def test_without_matplotlib_or_graphviz_it_says_so_and_goes_on(tmp_path, monkeypatch):
    from autograd_lite.demo import results

    def no_graphviz(*args, **kwargs):
        raise results.GraphvizNotFound("no Graphviz")

    monkeypatch.setattr(results.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(results, "draw", no_graphviz)
    said = StringIO()
    run(tmp_path, epochs=2, console=Console(file=said, width=80))
    assert "matplotlib is not installed" in said.getvalue()
    assert "No graphs" in said.getvalue()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.html", "results.json"]


# ---------------------------------------------------------------------- the command line


def test_version_and_help(capsys):
    for arguments in (["--version"], ["--help"], ["demo", "--help"]):
        with pytest.raises(SystemExit) as stop:
            cli.main(arguments)
        assert stop.value.code == 0
    said = capsys.readouterr().out
    assert __version__ in said
    assert "autograd-lite demo" in said
    assert "--seed" in said


def test_without_a_command_it_shows_the_help(capsys):
    assert cli.main([]) == 0
    assert "start here" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["dmeo"], ["demo", "--epochs", "0"], ["demo", "--seed", "-1"], ["demo", "--x"]])
def test_wrong_use_ends_with_status_2_and_a_message(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_is_said_before_training(tmp_path, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert cli.main(["demo", "--out", str(blocked / "inside")]) == 1
    captured = capsys.readouterr()
    assert str(blocked) in captured.err
    assert "Epoch" not in captured.out


def test_python_dash_m_is_the_same_command():
    done = subprocess.run(
        [sys.executable, "-m", "autograd_lite", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"autograd_lite {__version__}"


def test_importing_the_package_brings_no_heavy_library_along():
    code = "import sys, autograd_lite; print([m for m in ('rich', 'graphviz', 'matplotlib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
