"""Drawings: the right format, whole files, and something to show in every notebook."""

import base64
import builtins
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from autograd_lite import Value
from autograd_lite.drawing import DrawingTimeout, draw, layout
from autograd_lite.drawing import drawing as drawings

from .pictures import needs_matplotlib, neuron

STARTS = {
    ".svg": b"<svg", ".HTML": b"<!DOCTYPE html>", ".dot": b"digraph", ".mmd": b"flowchart ", ".tex": b"% Set with",
}  # fmt: skip


@pytest.mark.parametrize(("suffix", "start"), STARTS.items())
def test_a_saved_picture_is_of_the_format_that_its_suffix_says(tmp_path, suffix, start):
    path = draw(neuron()).save(str(tmp_path / f"graph{suffix}"))
    assert path.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [path]


@needs_matplotlib
@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG\r\n"), (".PDF", b"%PDF-")])
def test_pictures_of_pixels_and_for_print_are_saved(tmp_path, suffix, start):
    assert draw(neuron()).save(tmp_path / f"graph{suffix}").read_bytes().startswith(start)


def test_what_is_saved_is_what_the_attributes_hold(tmp_path):
    drawing = draw(neuron())
    for suffix, content in ((".svg", drawing.svg), (".dot", drawing.dot), (".mmd", drawing.mermaid)):
        assert drawing.save(tmp_path / f"graph{suffix}").read_text("utf-8") == content
    assert drawing.tikz in drawing.save(tmp_path / "graph.tex").read_text("utf-8")


@pytest.fixture
def no_graphviz(monkeypatch):
    monkeypatch.setattr(layout, "folder", lambda: "")
    monkeypatch.setattr(layout, "dot_program", lambda: "")


@pytest.mark.usefixtures("no_graphviz")
def test_without_graphviz_everything_is_drawn_all_the_same(tmp_path):
    drawing = draw(neuron())
    assert set(drawing._repr_mimebundle_()) == {"text/plain", "text/html"}
    for suffix, start in STARTS.items():
        assert drawing.save(tmp_path / f"graph{suffix}").read_bytes().startswith(start)
    with pytest.raises(layout.GraphvizNotFound, match="pip install pygraphviz"):
        assert draw(neuron(), engine="dot").svg


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch, tmp_path):
    real = builtins.__import__

    def without(name, *args, **settings):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *args, **settings)

    monkeypatch.setattr(builtins, "__import__", without)
    for suffix in (".png", ".pdf"):
        with pytest.raises(ImportError, match=r'pip install "autograd_lite\[pictures\]".*\.svg'):
            draw(neuron()).save(tmp_path / f"graph{suffix}")
    assert list(tmp_path.iterdir()) == []
    assert draw(neuron()).svg


def test_an_engine_and_a_theme_must_be_known():
    for option in ("engine", "theme", "direction"):
        with pytest.raises(ValueError, match=f"{option}='none such'; it must be one of"):
            draw(Value(1.0), **{option: "none such"})


def test_every_engine_draws_the_same_cards():
    loss = neuron()
    widths = set()
    for engine in layout.available():
        scene = draw(loss, engine=engine).scene
        widths.add(tuple(item.marks[0].width for item in scene.items if item.kind == "card"))
    assert len(widths) == 1


def test_a_picture_of_thirty_values_takes_less_than_a_second():
    x = Value(0.5, name="x")
    for _ in range(10):
        x = np.tanh(x * 1.1 + x)
    started = time.perf_counter()
    assert draw(x, engine="built-in").svg
    assert time.perf_counter() - started < 1


def test_a_layout_that_takes_too_long_is_an_error_that_says_so(monkeypatch, tmp_path):
    def slow(plan, until):
        raise TimeoutError

    monkeypatch.setattr(layout, "RUN", dict.fromkeys(layout.RUN, slow))
    path = tmp_path / "graph.svg"
    path.write_text("old")
    with pytest.raises(DrawingTimeout, match=r"in 2 s.*timeout=6"):
        draw(neuron(), timeout=2).save(path)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("graph.svg", "old")]
    bundle = draw(neuron(), timeout=2)._repr_mimebundle_()
    assert set(bundle) == {"text/plain"}
    assert "variable, value 0.8000" in bundle["text/plain"]
    assert "No picture: The layout of" in bundle["text/plain"]


# ------------------------------------------------------------------ files and notebooks


def test_an_unknown_suffix_is_refused_with_those_that_are_known(tmp_path):
    for name in ("graph.jpg", "graph", "graph.svg.bak"):
        with pytest.raises(ValueError, match=re.escape(".svg, .png, .pdf, .html, .dot, .mmd, .tex")):
            draw(Value(1.0)).save(tmp_path / name)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        draw(Value(1.0)).save(tmp_path / "nowhere" / "graph.dot")


def test_nothing_is_left_behind_where_the_path_is_a_folder(tmp_path):
    (tmp_path / "graph.dot").mkdir()
    with pytest.raises(OSError, match=r"graph\.dot"):
        draw(Value(1.0)).save(tmp_path / "graph.dot")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.dot"]


def test_a_notebook_gets_an_image_and_the_words():
    loss = neuron()
    loss.name = '"><script>alert(1)</script>'
    drawing = draw(loss)
    bundle = drawing._repr_mimebundle_()
    assert bundle["text/plain"] == drawing.describe() == str(drawing) == repr(drawing)
    scrolling = ET.fromstring(bundle["text/html"].replace("\n", "&#10;"))  # an attribute of XML has no lines
    (image,) = scrolling
    assert (scrolling.tag, image.tag) == ("div", "img")
    assert image.get("alt") == drawing.describe()
    width = drawing.scene.width
    assert image.get("style") == f"width:100%;min-width:{round(0.8 * width)}px;max-width:{width}px;height:auto"
    kind, _, data = image.get("src").partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(data).decode("utf-8") == drawing.svg


def test_a_notebook_can_ask_for_one_kind_alone():
    drawing = draw(Value(1.0))
    assert set(drawing._repr_mimebundle_(include=["text/plain"])) == {"text/plain"}
    assert set(drawing._repr_mimebundle_(exclude=["text/plain"])) == {"text/html"}


def test_nothing_is_laid_out_until_somebody_asks_and_then_once(monkeypatch):
    calls = []
    real = drawings.composed
    monkeypatch.setattr(drawings, "composed", lambda *args: calls.append(args) or real(*args))
    drawing = draw(neuron())
    assert str(drawing)
    assert drawing.dot
    assert drawing.mermaid
    assert calls == []
    assert drawing.svg
    assert drawing.html
    assert len(calls) == 1


@needs_matplotlib
def test_drawing_imports_matplotlib_only_where_it_is_needed():
    script = "import sys, autograd_lite as ag; ag.draw(ag.Value(1.0)).svg; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
