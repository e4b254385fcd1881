"""The main job and the command line."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from io import StringIO

import numpy as np
import pytest
from rich.console import Console

import autograd_lite as ag
from autograd_lite import __version__, cli, layers, losses, optimizers
from autograd_lite.demo import results as results_folder
from autograd_lite.demo import run, trainings
from autograd_lite.demo.one_example import before_the_first_step
from autograd_lite.demo.showing import comparison
from autograd_lite.drawing import DrawingFailed, DrawingTimeout, GraphvizNotFound


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
        for part in ("(a) Logistic", "z = X @ w + b", "np.log(f)", "J.backward()", "costs = [step(X, y, w, b",
                     "dL/db", "cost J:", "(b) The same", "Dense(units=1",
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


@pytest.mark.parametrize("width", [40, 60, 78, 120])
def test_a_narrow_terminal_breaks_words_of_the_table_and_loses_none(told, width):
    _, _, results = told
    said = StringIO()
    Console(file=said, width=width).print(comparison(results[:3]))
    lines = said.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    letters = "".join(c for c in said.getvalue() if c.isalnum())
    assert "…" not in said.getvalue()
    if width >= 60:
        for t in results[:3]:
            assert f"{t.test_accuracy:.1%}" in said.getvalue()
        assert said.getvalue().count("%") == 6
        assert "held out" in said.getvalue()
    assert len(letters) == len("".join(c for c in unbroken_table(results) if c.isalnum()))


def unbroken_table(results):
    said = StringIO()
    Console(file=said, width=200).print(comparison(results[:3]))
    return said.getvalue()


@pytest.mark.parametrize("width", [50, 60, 80])
def test_no_heading_is_cut(tmp_path, width):
    said = StringIO()
    run(tmp_path, epochs=1, console=Console(file=said, width=width))
    assert "…" not in said.getvalue()
    for part in ("Value and NumPy ─", "Keras' words ─", "1 sigmoid units ─", "and a softmax ─"):
        assert part in said.getvalue()
    assert "\n\n\n" not in said.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_block_characters_still_shows_the_digits(tmp_path, encoding):
    done = subprocess.run(
        [sys.executable, "-m", "autograd_lite", "demo", "--epochs", "1", "--out", str(tmp_path)],
        env={**os.environ, "PYTHONIOENCODING": encoding, "COLUMNS": "80"}, capture_output=True, check=True,
    )  # fmt: skip
    said = done.stdout.decode(encoding)
    assert "####" in said
    assert "?" not in said


def test_the_code_that_is_shown_trains_what_was_trained(told):
    """Every listing, run as a reader would run it, ends with the costs of the table."""
    _, said, results = told
    zeros_and_ones, ten = trainings.zeros_and_ones(0), trainings.all_digits(0)
    for t, data in zip(results, (zeros_and_ones, zeros_and_ones, zeros_and_ones, ten), strict=True):
        for line in t.code.splitlines():
            assert line in said
        names = {"np": np, "X": data[0], "y": data[2]} | {name: getattr(ag, name) for name in ("Value", "Sequential")}
        names |= {name: getattr(room, name) for room in (layers, losses, optimizers) for name in room.__all__}
        exec(t.code.replace("model.fit(", "history = model.fit(verbose=0, x=").replace("=X, y", "=X, y=y"), names)
        costs = names["costs"] if "costs" in names else names["history"].history["loss"]
        assert costs == pytest.approx(t.costs, rel=1e-9)


def test_the_gradient_of_the_example_is_that_of_finite_differences():
    X, _, y, _ = trainings.zeros_and_ones(0)
    for label in (0, 1):
        e = before_the_first_step(X[np.argmax(y == label)], label)
        assert e.slope_b == e.slope_z == e.f - label
        assert e.by_differences == pytest.approx(e.slope_b, abs=1e-9)


def test_the_closing_sentences_are_true_of_a_short_training(tmp_path):
    said = StringIO()
    results = run(tmp_path, epochs=1, console=Console(file=said, width=200))
    assert "All three tell" not in said.getvalue()
    assert said.getvalue().count("not trained far enough yet") + said.getvalue().count("Not trained far enough") == 2
    assert f"{results[2].test_accuracy:.1%} of the held-out digits" in said.getvalue()
    assert "slow start" not in said.getvalue()


def test_the_closing_sentences_are_true_of_a_long_training(told):
    _, said, _ = told
    said = " ".join(said.split())
    assert "All three tell zeros from ones" in said
    assert "far enough" not in said
    assert "RMSprop, with learning rate 0.001" in said
    assert "9 steps an epoch" in said
    assert "Numbers, cost curves, graphs and back-propagation to step through" in said


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


def without_pictures(monkeypatch, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr(results_folder, "draw", fail)


def test_without_matplotlib_or_graphviz_it_says_so_and_goes_on(tmp_path, monkeypatch):
    without_pictures(monkeypatch, GraphvizNotFound("no Graphviz"))
    said = StringIO()
    run(tmp_path, epochs=2, console=Console(file=said, width=200))
    assert 'pip install "autograd_lite[pictures]"' in said.getvalue()
    assert "No graphs. no Graphviz" in said.getvalue()
    assert "Numbers: " in said.getvalue()
    assert "curves and graphs" not in said.getvalue()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.html", "results.json"]


@pytest.mark.parametrize("error", [DrawingFailed("it broke"), DrawingTimeout("too slow")])
def test_a_graph_that_cannot_be_drawn_is_a_remark_and_no_failure(tmp_path, monkeypatch, capsys, error):
    without_pictures(monkeypatch, error)
    assert cli.main(["demo", "--epochs", "1", "--out", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert captured.out.count(str(error)) == 4
    assert captured.err == ""
    assert (tmp_path / "index.html").exists()


def test_pictures_of_an_earlier_run_are_not_shown_beside_new_numbers(tmp_path, monkeypatch):
    run(tmp_path, epochs=1, console=Console(file=StringIO()))
    (tmp_path / "mine_cost.png").write_text("mine")
    (tmp_path / "notes").mkdir()
    without_pictures(monkeypatch, GraphvizNotFound("no Graphviz"))
    run(tmp_path, epochs=2, console=Console(file=StringIO()))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.html", "mine_cost.png", "notes", "results.json"]
    assert "<img" not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_numbers_and_page_are_there_if_the_drawing_is_interrupted(tmp_path, monkeypatch):
    without_pictures(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, epochs=1, console=Console(file=StringIO()))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.html", "results.json"]


def test_a_page_of_somebody_else_is_never_replaced(tmp_path, capsys):
    (tmp_path / "index.html").write_text("<title>My home page</title>")
    assert cli.main(["demo", "--out", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert "index.html" in captured.err
    assert "--out" in captured.err
    assert captured.out == ""
    assert [p.read_text() for p in tmp_path.iterdir()] == ["<title>My home page</title>"]


def test_every_graph_on_the_page_has_a_sentence_and_a_link(told):
    folder, _, results = told
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("gradients, which") == len(results)
    assert page.count("sigmoid is not in the picture") == 2
    for t in results:
        assert page.count(f"href='{t.graph_file}'") == 2
        assert page.count(f"href='{t.steps_file}'") == 1
    for target in re.findall(r"(?:src|href)=['\"]([^'\"]+)", page):
        assert (folder / target).exists()


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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["dmeo"], "'dmeo'; did you mean 'demo'?"),
        (["train"], "'train'; did you mean 'watch-training'?"),
        (["xyzzy"], "'xyzzy'; there is 'demo', 'explain'"),
        (["demo", "--", "x"], "demo runs no script; it cannot do anything with -- x"),
        (["watch-training", "a.py", "--out", "a.png"], "'a.png' was given; a page ends in .html"),
        (["watch-training", "a.py", "--out", "nowhere/a.html"], "there is no folder 'nowhere'"),
        (["demo", "--epochs", "-1"], "--epochs: '-1' was given; it must be a whole number, 1 or more"),
        (["demo", "--epochs", "many"], "--epochs: 'many' was given"),
        (["demo", "--seed", "0.5"], "--seed: '0.5' was given; it must be a whole number, 0 or more"),
        (["demo", "--out", __file__], "is a file"),
    ],
)
def test_a_message_says_what_was_given_and_what_was_meant(arguments, words, capsys):
    with pytest.raises(SystemExit):
        cli.main(arguments)
    said = capsys.readouterr().err
    assert words in " ".join(said.split())
    assert said.count("must be") <= 1


def test_a_reader_who_goes_away_ends_the_demo_quietly(tmp_path):
    command = [sys.executable, "-m", "autograd_lite", "demo", "--epochs", "30", "--out", str(tmp_path / "d")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=30) == 1


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
