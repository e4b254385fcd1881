"""TikZ pictures, set by XeLaTeX and LuaLaTeX where they are installed (texlive-xetex, texlive-luatex, with pgf)."""

import re
import shutil
import subprocess
from itertools import pairwise

import numpy as np
import pytest

from autograd_lite import Value
from autograd_lite.drawing import draw
from autograd_lite.drawing.tikz import LATIN, SPECIAL

from .graphs import dense
from .pictures import HOSTILE, network, neuron, sum_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("xelatex"), reason="XeLaTeX is not installed"),
]

ENGINES = [engine for engine in ("xelatex", "lualatex") if shutil.which(engine)]


def diamond():
    a = Value(2.0, name="a")
    d = (a * 3) * (a + 1)
    d.backward()
    return d


def with_nan():
    x = Value(np.array([[1.0, -1, np.inf], [np.nan, 2, 3]]), name="x")
    with np.errstate(all="ignore"):
        loss = np.sum(np.log(x) * x)
        loss.backward()
    return loss


def folded():
    values = [Value(float(i), name=f"x{i}") for i in range(200)]
    return sum(a * b for a, b in pairwise(values))


def set_by(engine, drawing, folder):
    """The log, and the text of the page if it can be read."""
    path = drawing.save(folder / "picture.tex")
    run = subprocess.run(
        [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", path.name],
        cwd=folder, capture_output=True, text=True, errors="replace", timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-2000:]
    words = ""
    if shutil.which("pdftotext"):
        words = subprocess.run(
            ["pdftotext", "-raw", "picture.pdf", "-"], cwd=folder, capture_output=True, text=True, check=True
        ).stdout
    return (folder / "picture.log").read_text("utf-8", "replace"), words


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("graph", [neuron, network, diamond, with_nan, folded, lambda: dense(4, 1)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_is_set_with_no_letter_missing(engine, graph, theme, tmp_path):
    log, words = set_by(engine, draw(graph(), theme=theme, engine="built-in"), tmp_path)
    assert "Missing character" not in log
    assert "Overfull" not in log
    assert not words or "gradient" in words


@pytest.mark.parametrize("engine", ENGINES)
def test_names_that_mean_harm_are_set_letter_by_letter(engine, tmp_path):
    drawing = draw(sum_of(HOSTILE), detail="full", engine="built-in")
    log, words = set_by(engine, drawing, tmp_path)
    missing = set(re.findall(r"Missing character: There is no (\S)", log))
    assert all(ord(c) >= LATIN for c in missing)
    for card in drawing.view.cards:
        if words and card.role == "variable" and all(" " <= c <= "~" for c in card.name):
            assert f"{' '.join(card.name.split())} variable" in words, card.name


@pytest.mark.parametrize("engine", ENGINES)
def test_every_sign_with_a_spelling_of_its_own_is_in_the_fonts(engine, tmp_path):
    names = ["".join(SPECIAL)[i : i + 20] for i in range(0, len(SPECIAL), 20)]
    log, _ = set_by(engine, draw(sum_of(names), detail="full", engine="built-in"), tmp_path)
    assert "Missing character" not in log
