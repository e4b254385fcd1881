"""Rendering: the right format, in time, in a process of its own, and never with a script in it."""

import base64
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograd_lite import Value
from autograd_lite.drawing import DrawingFailed, DrawingTimeout, GraphvizNotFound, draw, render
from autograd_lite.drawing.svg import TAGS, check
from autograd_lite.drawing.text import clean, columns

from .pictures import HOSTILE, SVG, needs_graphviz, needs_pygraphviz, network, neuron, nodes_of, sum_of, text_of


@needs_graphviz
@pytest.mark.parametrize(("suffix", "start"), [(".svg", b"<svg"), (".png", b"\x89PNG\r\n"), (".PDF", b"%PDF-")])
def test_a_saved_picture_is_of_the_format_that_its_suffix_says(tmp_path, suffix, start):
    path = draw(neuron()).save(tmp_path / f"graph{suffix}")
    assert path.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [path]


def test_the_source_is_saved_without_graphviz(tmp_path, monkeypatch):
    monkeypatch.setattr(render, "commands", lambda fmt: [])
    drawing = draw(neuron())
    assert drawing.save(str(tmp_path / "graph.dot")).read_text("utf-8") == drawing.dot


@needs_graphviz
def test_every_card_and_every_use_is_in_the_picture():
    x = Value(3.0, name="x")
    svg = draw(x * x).svg
    assert len(nodes_of(svg)) == 2
    assert svg.count('class="edge"') == 2


@needs_graphviz
@pytest.mark.parametrize("graph", [neuron, network])
def test_no_text_reaches_over_the_edge_of_its_card(graph):
    for node in nodes_of(draw(graph()).svg):
        assert_text_fits(node)


def assert_text_fits(node):
    """Every text lies inside the card, and beside the others, in the widest of the fonts that the SVG names."""
    corners = [float(point.split(",")[0]) for point in node.find(f"{SVG}polygon").get("points").split()]
    lines = {}
    for text in node.iter(f"{SVG}text"):
        width = 0.6025 * float(text.get("font-size")) * columns(text.text)
        start = float(text.get("x")) - (width if text.get("text-anchor") == "end" else 0)
        shown = width - 0.6 * float(text.get("font-size")) * (len(text.text) - len(text.text.lstrip()))
        lines.setdefault(text.get("y"), []).append((start + width - shown, start + width))
    for spans in lines.values():
        spans = [min(corners), *sorted(spans), max(corners)]
        edges = [spans[0], *(edge for span in spans[1:-1] for edge in span), spans[-1]]
        assert edges == sorted(edges), text_of(node)


@needs_graphviz
def test_a_picture_has_a_title_and_a_sentence_for_each_card():
    drawing = draw(neuron())
    root = ET.fromstring(drawing.svg)
    assert root.find(f"{SVG}title").text == drawing.view.title
    assert root.find(f"{SVG}desc").text == drawing.describe()
    said = [node.find(f"{SVG}title").text for node in nodes_of(drawing.svg)]
    assert sorted(said) == sorted(card.sentence for card in drawing.view.cards)


@needs_graphviz
def test_a_picture_of_changed_numbers_says_so_on_the_card_and_below():
    w, b = Value(1.0, name="w"), Value(1.0, name="<b>")
    loss = w**2 + b
    w.data, b.data = 0.8, 0.9
    svg = draw(loss).svg
    assert [text_of(node).count("changed since") for node in nodes_of(svg)].count(1) == 2
    assert "The numbers of w, <b> were changed" in text_of(ET.fromstring(svg))
    for node in nodes_of(svg):
        assert_text_fits(node)


@needs_graphviz
def test_the_ground_is_white():
    assert re.search(r'<polygon fill="(#ffffff|white)"', draw(neuron()).svg)


# ------------------------------------------------------------------ names that mean harm


def assert_harmless(names, root):
    svg = draw(root, detail="full").svg
    for element in ET.fromstring(svg).iter():
        assert element.tag.removeprefix(SVG) in TAGS
        for attribute, content in element.attrib.items():
            assert not attribute.startswith("on")
            assert "href" not in attribute
            assert "javascript" not in content
    shown = [text_of(node) for node in nodes_of(svg)]
    for name in names:
        expected = clean(name, 24) if name else "v"
        assert any(text.startswith(expected) for text in shown), (name, expected)
    for node in nodes_of(svg):
        assert_text_fits(node)


@needs_graphviz
def test_hostile_names_are_shown_letter_by_letter():
    assert_harmless(HOSTILE, sum_of(HOSTILE))


@needs_graphviz
@settings(max_examples=8)
@given(st.lists(st.text(st.characters(codec=None), max_size=30), min_size=10, max_size=10))
def test_any_names_are_shown_letter_by_letter(names):
    assert_harmless(names, sum_of(names))


@needs_graphviz
@settings(max_examples=8)
@given(st.lists(st.text("<>\"'&;\\#{}|[]=-/NGElx \n", max_size=12), min_size=20, max_size=20))
def test_names_made_of_syntax_are_shown_letter_by_letter(names):
    assert_harmless(names, sum_of(names))


@needs_graphviz
def test_the_symbol_of_a_users_own_rule_is_text_too(own_rules):
    import autograd_lite as ag

    @ag.primitive
    def same(x):
        return x + 0.0

    ag.rule(same, lambda g, ans, x: g, symbol="<b>\\N")
    svg = draw(same(Value(1.0, name="x"))).svg
    assert "v1 = <b>\\N(x)" in text_of(nodes_of(svg)[-1])


@pytest.mark.parametrize(
    "inside", ["<script>x</script>", "<g onclick='x'/>", "<g xmlns:l='x' l:href='x'/>", "<a/>", "<x:g xmlns:x='y'/>"]
)
def test_an_svg_with_anything_foreign_is_thrown_away(inside):
    with pytest.raises(DrawingFailed, match="thrown away"):
        check(ET.fromstring(f'<svg xmlns="{SVG[1:-1]}">{inside}</svg>'))


# ------------------------------------------------------------------ engines


def test_without_an_engine_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(render.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(render.shutil, "which", lambda name: None)
    drawing = draw(neuron())
    with pytest.raises(GraphvizNotFound, match=r"`pip install pygraphviz`.*graphviz\.org"):
        drawing.save(tmp_path / "graph.png")
    assert drawing.dot
    assert drawing.describe()
    assert list(tmp_path.iterdir()) == []


def test_pygraphviz_is_asked_before_the_program_dot(monkeypatch, tmp_path):
    class Spec:
        origin = str(tmp_path / "pygraphviz" / "__init__.py")

    monkeypatch.setattr(render.importlib.util, "find_spec", lambda name: Spec)
    monkeypatch.setattr(render.shutil, "which", lambda name: "/bin/dot")
    first, second = render.commands("svg")
    assert first == [sys.executable, "-I", "-c", render.WORKER, "svg", str(tmp_path)]
    assert second == ["/bin/dot", "-Tsvg"]


def python(script):
    return [sys.executable, "-I", "-c", script]


def test_where_one_engine_breaks_the_next_is_asked(monkeypatch):
    broken, works = python("import os; os._exit(3)"), python("print('picture', end='')")
    monkeypatch.setattr(render, "commands", lambda fmt: [broken, works])
    assert render.rendered("digraph {}", "svg", 20) == b"picture"


def test_where_all_engines_break_the_error_says_what_they_said(monkeypatch):
    script = "import sys; sys.stderr.write('Fontconfig warning: x\\nPango-WARNING: y\\nError: no such thing\\n')"
    monkeypatch.setattr(render, "commands", lambda fmt: [python(script), python("import os; os._exit(3)")])
    with pytest.raises(DrawingFailed, match="no such thing\nexit status 3") as caught:
        render.rendered("digraph {}", "svg", 20)
    assert "Fontconfig" not in str(caught.value)
    assert "Pango" not in str(caught.value)


def test_a_warning_is_not_a_failure(monkeypatch):
    script = "import sys; sys.stderr.write('Warning: a name such as Error: harms nobody'); print('picture', end='')"
    monkeypatch.setattr(render, "commands", lambda fmt: [python(script)])
    assert render.rendered("digraph {}", "svg", 20) == b"picture"


@needs_graphviz
def test_source_that_graphviz_cannot_read_is_an_error():
    with pytest.raises(DrawingFailed, match="syntax error"):
        render.rendered("digraph { a [label=< <B> >] ; ]", "svg", 20)


@needs_graphviz
def test_a_picture_of_thirty_values_takes_less_than_a_second():
    x = Value(0.5, name="x")
    for _ in range(10):
        x = np.tanh(x * 1.1 + x)
    started = time.perf_counter()
    assert draw(x).svg
    assert time.perf_counter() - started < 1


# ------------------------------------------------------------------ time limits

SLEEPER = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open({path!r} + ".part", "w").write(f"{{os.getpid()}} {{child.pid}}")
os.rename({path!r} + ".part", {path!r})
time.sleep(60)
"""


def is_running(pid):
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def gone(pids, within=2.0):
    until = time.monotonic() + within
    while time.monotonic() < until and any(map(is_running, pids)):
        time.sleep(0.02)
    return not any(map(is_running, pids))


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see what still runs")


@needs_proc
def test_a_layout_that_takes_too_long_is_ended_with_its_children(monkeypatch, tmp_path):
    pids = tmp_path / "pids"
    monkeypatch.setattr(render, "commands", lambda fmt: [python(SLEEPER.format(path=str(pids)))])
    started = time.perf_counter()
    with pytest.raises(DrawingTimeout, match=r"1 s.*timeout=3"):
        assert draw(neuron(), timeout=1.0).svg
    assert time.perf_counter() - started < 5
    assert gone([int(pid) for pid in pids.read_text().split()])
    assert issubclass(DrawingTimeout, TimeoutError)


@needs_proc
def test_an_interrupt_ends_the_layout_too(tmp_path):
    pids = tmp_path / "pids"
    script = (
        "import sys; from autograd_lite.drawing import render\n"
        f"render.commands = lambda fmt: [[sys.executable, '-I', '-c', {SLEEPER.format(path=str(pids))!r}]]\n"
        "render.rendered('digraph {}', 'svg', 60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE, start_new_session=True)
    until = time.monotonic() + 20
    while not pids.exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(parent.pid, signal.SIGINT)
    _, stderr = parent.communicate(timeout=10)
    assert b"KeyboardInterrupt" in stderr
    assert gone([int(pid) for pid in pids.read_text().split()])


@needs_pygraphviz
def test_what_a_library_prints_is_not_taken_for_the_picture(monkeypatch):
    noisy = render.WORKER.replace("graph =", "os.system('echo noise'); print('noise'); graph =")
    monkeypatch.setattr(render, "WORKER", noisy)
    assert render.rendered("digraph {a}", "png", 20).startswith(b"\x89PNG")


# ------------------------------------------------------------------ files and notebooks


def test_an_unknown_suffix_is_refused_with_those_that_are_known(tmp_path):
    for name in ("graph.jpg", "graph", "graph.svg.bak"):
        with pytest.raises(ValueError, match=re.escape(".svg, .png, .pdf, .dot")):
            draw(Value(1.0)).save(tmp_path / name)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        draw(Value(1.0)).save(tmp_path / "nowhere" / "graph.dot")


def test_a_picture_that_cannot_be_made_leaves_the_old_file_alone(tmp_path, monkeypatch):
    path = tmp_path / "graph.svg"
    path.write_text("old")
    monkeypatch.setattr(render, "commands", lambda fmt: [python("import os; os._exit(1)")])
    with pytest.raises(DrawingFailed):
        draw(neuron()).save(path)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("graph.svg", "old")]


def test_nothing_is_left_behind_where_the_path_is_a_folder(tmp_path):
    (tmp_path / "graph.dot").mkdir()
    with pytest.raises(OSError, match=r"graph\.dot"):
        draw(Value(1.0)).save(tmp_path / "graph.dot")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.dot"]


@needs_graphviz
def test_a_notebook_gets_an_image_and_the_words():
    loss = neuron()
    loss.name = '"><script>alert(1)</script>'
    drawing = draw(loss)
    bundle = drawing._repr_mimebundle_()
    assert bundle["text/plain"] == drawing.describe() == str(drawing) == repr(drawing)
    image = ET.fromstring(bundle["text/html"].removesuffix(">") + "/>")
    assert image.tag == "img"
    assert image.get("alt") == drawing.view.title
    assert image.get("style") == "max-width:100%;height:auto"
    kind, _, data = image.get("src").partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(data).decode("utf-8") == drawing.svg


def test_a_notebook_without_graphviz_gets_the_words_and_the_reason(monkeypatch):
    monkeypatch.setattr(render, "commands", lambda fmt: [])
    bundle = draw(neuron())._repr_mimebundle_()
    assert set(bundle) == {"text/plain"}
    assert "variable, value 0.8000" in bundle["text/plain"]
    assert "pip install" in bundle["text/plain"]


@needs_graphviz
def test_a_notebook_can_ask_for_one_kind_alone():
    drawing = draw(Value(1.0))
    assert set(drawing._repr_mimebundle_(include=["text/plain"])) == {"text/plain"}
    assert set(drawing._repr_mimebundle_(exclude=["text/plain"])) == {"text/html"}


def test_nothing_is_rendered_until_somebody_asks(monkeypatch):
    def fail(*_):
        raise AssertionError("rendered")

    monkeypatch.setattr(render, "run", fail)
    drawing = draw(neuron())
    assert str(drawing)
    assert drawing.dot
