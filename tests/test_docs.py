"""Every Python block of the README and of docs/ runs, each by itself, and what the pages say is so."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value, reachable
from autograd_lite.losses import BinaryCrossentropy

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def examples() -> list[tuple[str, str]]:
    """Each block by itself, named by its page and its number."""
    return [(f"{p.name}-{n}", block) for p in PAGES for n, block in enumerate(blocks(p, "python"), start=1)]


@pytest.mark.parametrize("block", [b for _, b in examples()], ids=[name for name, _ in examples()])
def test_every_block_runs_when_it_is_pasted_alone(block, tmp_path, monkeypatch, capsys, own_rules):
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "<a block of the docs>", "exec"), {})


def block_of(words: str) -> str:
    return next(block for block in blocks(ROOT / "README.md", "python") if words in block)


def test_the_readmes_numbers_are_those_that_its_code_prints(capsys):
    block = block_of("print(w.grad)  # [")
    exec(block, {})
    printed = [float(x) for x in re.findall(r"-?\d+\.\d+", capsys.readouterr().out)]
    promised = [float(x) for x in re.findall(r"-?\d+\.\d+", block.rpartition("#")[2])]
    assert len(promised) == 3
    assert printed == pytest.approx(promised, abs=1e-4)


def test_the_readmes_trainings_tell_their_classes_apart(capsys):
    names: dict[str, Any] = {}
    exec(block_of("BinaryCrossentropy()"), names)
    assert np.mean(names["decisions"][:, 0] == names["y_test"]) >= 0.99
    assert len(names["costs"]) == 100
    by_hand: dict[str, Any] = {}
    exec(block_of("w.data -="), by_hand)
    assert np.mean((by_hand["f"].data >= 0.5) == by_hand["y"]) >= 0.99
    capsys.readouterr()
    exec(block_of("moons"), {})
    assert float(capsys.readouterr().out) >= 0.99


def test_what_the_readme_warns_of_is_so():
    """A loop that writes ``w = w - ...`` keeps every epoch; shapes that NumPy would broadcast are one column."""
    w = Value(1.0)
    for _ in range(5):
        J = w**2
        J.backward()
        w = w - 0.1 * w.grad
    assert len(reachable(w)) == 6
    f, y = Value([[0.9], [0.2], [0.7]]), np.array([1.0, 0.0, 1.0])
    assert (f - y).shape == (3, 3)
    loss = BinaryCrossentropy()
    assert loss(y, f).item() == pytest.approx(loss(y[:, None], f).item())
    with pytest.raises(ValueError, match="shape"):
        loss(np.ones((3, 2)), f)


def test_the_readme_is_true_of_what_is_not_there():
    for missing in ("EarlyStopping", "Flatten", "regularizers"):
        assert not any(hasattr(room, missing) for room in (ag, ag.layers, ag.callbacks))
    assert not hasattr(ag.Sequential, "save")
    with pytest.raises(TypeError):
        ag.Sequential([ag.layers.Dense(1)]).fit([[1.0]], [1.0], validation_split=0.2)


def test_the_reference_of_functions_is_that_of_the_engine():
    """In a process of its own: other tests add rules."""
    pytest.importorskip("scipy")  # whose functions are on the pages, too
    command = [sys.executable, str(ROOT / "docs" / "write_functions.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_pages_links_lead_somewhere(page):
    known: dict[Path, set[str]] = {}
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target, anchor in set(re.findall(r"\]\(([^)#]*)#?([^)]*)\)", text)):
        if "://" in target:
            continue
        path = page.parent / target if target else page
        assert path.exists(), target
        if anchor:
            assert anchor in known.setdefault(path, anchors(path)), f"{target}#{anchor}"


def test_the_readme_and_the_checks_run_one_and_the_same_test_command():
    readme, ci = (ROOT / "README.md").read_text(), (ROOT / ".ci" / "run").read_text()
    assert 'pip install -e ".[pictures,test]" && pytest' in readme
    assert 'pip install --quiet -e ".[pictures,test]"\npytest\n' in ci


def test_the_changelog_knows_this_version():
    from autograd_lite import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# ---------------------------------------------------------------------------------- the page on programs


def printed(optimizer: str) -> str:
    """The training step of the lecture's network, as it is printed."""
    from autograd_lite import Input, Sequential
    from autograd_lite.layers import Dense

    units = (25, 15, 1)
    layers = [Dense(n, activation="sigmoid", name=f"layer{i}") for i, n in enumerate(units, start=1)]
    model = Sequential([Input(shape=(400,)), *layers])
    model.compile(loss="binary_crossentropy", optimizer=optimizer)
    return str(model.train_program(batch_size=32))


def test_the_page_shows_the_program_that_runs():
    """The golden test of the emitted source: write it anew with ``python docs/write_program.py``."""
    shown = blocks(ROOT / "docs" / "program.md", "program")[0]
    assert shown == printed("sgd")


@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop", "adam"])
def test_the_program_of_the_lectures_network_fits_on_a_page(optimizer):
    lines = printed(optimizer).splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 160
    assert "v37" not in "".join(lines)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_beside_every_gradient_stands_its_factor_of_the_chain_rule(optimizer):
    backward = printed(optimizer).partition("# backward")[2].partition("if not")[0].splitlines()
    gradients = {name for line in backward for name in re.findall(r"out=(d_\w+)\)", line)}
    with_factor = {name for line in backward if "∂" in line for name in re.findall(r"out=(d_\w+)\)", line)}
    assert len(gradients) == 11  # of three layers' z, W and b, and of two layers' a
    assert with_factor == gradients


def test_every_line_that_the_page_explains_is_in_the_program():
    page = (ROOT / "docs" / "program.md").read_text(encoding="utf-8")
    program = blocks(ROOT / "docs" / "program.md", "program")[0]
    explained = [row for row in re.findall(r"^\| `([^`]+)`", page, re.MULTILINE) if "layer" in row or "cost" in row]
    assert len(explained) >= 9
    for code in explained:
        for part in code.split("…"):
            assert part.strip(", )") in program, part


# ---------------------------------------------------------------------------------- the page on derivatives


def test_the_page_on_derivatives_prints_what_it_says(capsys):
    for block in blocks(ROOT / "docs" / "derivatives.md", "python"):
        promised = re.findall(r"^print\(.*\)  # (.*)$", block, re.MULTILINE)
        exec(block, {})
        assert capsys.readouterr().out.splitlines() == promised
