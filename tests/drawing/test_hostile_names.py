"""Whatever a user calls things: every output can be read, holds nothing but its own marks, and shows the text.

Names reach a picture as those of Values, layers, models, programs, inputs and rules; layer names come from model files.
"""

import html
import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from shutil import which

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite import Value
from autograd_lite.drawing import draw, mermaid, tikz
from autograd_lite.drawing.svg import ATTRIBUTES, TAGS
from autograd_lite.drawing.text import HARMFUL, clean

from .pictures import HOSTILE, SVG, needs_matplotlib, nodes_of, sum_of, text_of

SYNTAX = "<>\"'&;\\#{}|[]()=-/$%^_~`:,.?!*@+ \n\t\0\x1b\u202e\u200d\ufeffNGElnx01é重"
NAMES = st.one_of(st.sampled_from(HOSTILE), st.text(SYNTAX, max_size=30), st.text(st.characters(codec=None)))
SIX = st.lists(NAMES, min_size=6, max_size=6)

few = settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # to shrink takes minutes


# ------------------------------------------------------------------ where names come from


def values(names):
    """Operands, and the Value that was asked for, whose name stands in the title."""
    total = sum_of(names)
    total.name = names[0]
    return draw(total, detail="full", engine="built-in"), names


def containers(names):
    found = {name: Value(1.0) * 2 for name in names}
    return draw(found, engine="built-in"), [name for name in found if name]


def models(names):
    """A model, its layers and what its data are called."""
    layers = [ag.layers.Dense(1, activation="tanh", name=name or None) for name in dict.fromkeys(names[:3])]
    model = ag.Sequential([ag.Input(shape=(2,)), *layers], name=names[3])
    return draw(model, engine="built-in"), [layer.name for layer in layers]


def inputs(names):
    found = {name: np.full(3, float(i)) for i, name in enumerate(dict.fromkeys(names))}
    total = sum(np.sum(array * Value(1.0)) for array in found.values())
    return draw(total, inputs=found, engine="built-in"), [name for name in found if name]


def programs(names):
    def f(x):
        return np.tanh(x) * 2

    f.__name__ = f.__qualname__ = names[0]
    return draw(ag.record(f, np.ones(2)), engine="built-in"), []


def gradients(names):
    """A gradient graph, in a group that is called after its Value."""
    x = Value(2.0, name=names[0])
    y = x * x * x
    y.name = names[1]
    return draw(ag.grad(lambda x: x * x * x)(x), engine="built-in"), names[:1]


def rules(names):
    same = ag.primitive(lambda x: x + 0.0)
    same.__name__ = names[1]
    ag.rule(same, lambda g, ans, x: g, symbol=names[0] or "s")
    return draw(same(Value(1.0, name=names[2])), engine="built-in"), names[2:3]


SOURCES = [values, containers, models, inputs, programs, gradients, rules]


# ------------------------------------------------------------------ what every output must be


def shown_in(drawing):
    return [text_of(node) for node in nodes_of(drawing.svg)]


def assert_harmless_svg(drawing, names):
    root = ET.fromstring(drawing.svg)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        for name, content in element.attrib.items():
            assert re.fullmatch(r"[\w .,#:/'()-]*", content), (name, content)  # ours alone
    assert root.find(f"{SVG}style").text == plain_style()
    assert root.find(f"{SVG}title").text == drawing.view.title
    shown = shown_in(drawing)
    for name in names:
        expected = clean(name, 24) if name else "v"
        assert any(expected in text for text in shown), (name, shown)


@cache
def plain_style():
    return ET.fromstring(draw(Value(1.0), engine="built-in").svg).find(f"{SVG}style").text


class Tags(HTMLParser):
    """What a browser finds in a page: tags, attributes, and text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text, self.declared = set(), [], "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl):
        self.declared.append(decl)

    unknown_decl = handle_pi = handle_comment


def assert_harmless_html(drawing):
    page = Tags(drawing.html)
    assert page.declared == ["DOCTYPE html"]
    assert page.tags <= {tag.lower() for tag in TAGS} | {
        "html", "head", "meta", "title", "style", "body", "main", "div", "details", "summary", "pre",
    }  # fmt: skip
    for name, content in page.attributes:
        assert not re.match(r"on|href|src|style$|xlink", name), (name, content)
    assert html.unescape(drawing.describe()) in html.unescape(page.text)
    assert drawing.html.count("<style") == 1


def assert_harmless_bundle(drawing):
    bundle = drawing._repr_mimebundle_()
    page = Tags(bundle["text/html"])
    assert page.tags == {"div", "img"}
    assert [name for name, _ in page.attributes] == ["style", "alt", "src", "style"]
    found = dict(page.attributes)
    assert re.fullmatch(r"data:image/svg\+xml;base64,[\w+/=]+", found["src"])
    assert found["alt"] == bundle["text/plain"] == drawing.describe()


def assert_harmless_words(drawing):
    """Nothing moves a terminal's cursor, turns the direction, or makes a second line of one card."""
    lines = drawing.describe().split("\n")
    assert len(lines) >= 1 + len(drawing.view.cards)
    assert not any(HARMFUL.search(line) for line in lines)
    assert all(len(line) < 2000 for line in lines)


QUOTED = r'"(?:[^"<>{}`;\n|\\]|#\d+;|<br/>)*"'
LINE = re.compile(
    r"flowchart (?:LR|TB)|  acc(?:Title|Descr): (?:[^\"<>{}`;%\n|\\]|#\d+;)*"
    rf"|  (?:  )?n\d+\[{QUOTED}\]:::\w+|  n\d+ -->\|{QUOTED}\| n\d+|  n\d+ --> n\d+|  subgraph g\d+\[{QUOTED}\]|  end"
    r"|  classDef \w+ fill:#\w+,stroke:#\w+,color:#\w+|  style g\d+ fill:#\w+,stroke:#\w+,color:#\w+"
)


def assert_harmless_mermaid(drawing):
    source = drawing.mermaid
    for line in source.split("\n")[:-1]:
        assert LINE.fullmatch(line), line
    assert not re.search(r"\$\$|fa[bklrs]?:fa-|ﬂ°|¶ß", decoded(source))
    assert source.count("]:::") == len(drawing.view.cards)
    assert len(re.findall(r"^  n\d+ -->", source, re.MULTILINE)) == len(drawing.view.arrows)


def decoded(source):
    return re.sub(r"#(\d+);", lambda code: chr(int(code[1])), source)


OF_DOT = re.compile(
    r"digraph \{$|\t?\}$|\t+(graph|node|edge) \[[^\[]*\]$|\t+n\d+ (\[label=<|-> n\d+)|\t+label=<|\t+n\d+$"
    r"|\tsubgraph cluster\d+ \{$"
    r"|\t\t(color|style|fontcolor|fillcolor|bgcolor|penwidth|margin|labeljust|fontname|fontsize)="
)


def assert_harmless_dot(drawing):
    """With the text between tags taken away there is nothing of the user's."""
    skeleton = re.sub(r"(?<=>)[^<>]*(?=</)", "", drawing.dot)
    assert not re.search(r"[^\x20-\x7e\n\t]", skeleton)
    for line in skeleton.splitlines():
        assert OF_DOT.match(line), line
    assert not re.search(r"URL|HREF|href|javascript|IMG|tooltip", skeleton)
    for label in re.findall(r"label=<(.*)>\]?$", drawing.dot, re.MULTILINE):
        ET.fromstring(f"<x>{label}</x>")


TEX = sorted(tikz.SPECIAL.items(), key=lambda pair: -len(pair[1]))
TOKEN = re.compile("|".join([*(re.escape(said) for _, said in TEX), r"[^\\{}$&#%_^~\n\ufffd]"]))
READ = {said: c for c, said in TEX}


def read_tex(source):
    """What LaTeX shows of it; fails at whatever it would act on."""
    tokens = TOKEN.findall(source)
    assert "".join(tokens) == source, source
    return "".join(READ.get(token, token) for token in tokens)


def assert_harmless_tikz(drawing):
    marks = [mark for item in drawing.scene.items for mark in item.marks if hasattr(mark, "text")]
    nodes = re.findall(r"^\\node\[.*?\\selectfont[\\a-z]* (.*)\};$", drawing.tikz, re.MULTILINE)
    assert [read_tex(node) for node in nodes] == [mark.text for mark in marks]
    for line in drawing.tikz.splitlines():
        assert re.match(r"\\(begin|end)\{tikzpicture\}|\\definecolor\{al-|\\(fill|draw|path|node)\[|% [nesgtc]", line)


def assert_harmless(drawing, names=()):
    assert_harmless_svg(drawing, names)
    assert_harmless_html(drawing)
    assert_harmless_bundle(drawing)
    assert_harmless_words(drawing)
    assert_harmless_mermaid(drawing)
    assert_harmless_dot(drawing)
    assert_harmless_tikz(drawing)


# ------------------------------------------------------------------ the tests


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_any_names_are_shown_and_do_nothing(source, own_rules):
    @few
    @given(SIX)
    def check(names):
        assert_harmless(*source(names))

    check()


def test_the_table_of_names_is_shown_and_does_nothing():
    assert_harmless(*values(HOSTILE))


@pytest.mark.slow
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_each_name_of_the_table_is_shown_and_does_nothing_wherever_it_stands(source, own_rules):
    for i in range(len(HOSTILE)):
        assert_harmless(*source([*HOSTILE[i:], *HOSTILE][:6]))


@settings(max_examples=200)
@given(NAMES)
def test_a_reader_of_mermaid_gets_the_text_back(name):
    said = mermaid.escaped(clean(name))
    assert decoded(said).replace(mermaid.NOTHING, "") == clean(name).replace(mermaid.NOTHING, "")


@settings(max_examples=200)
@given(NAMES)
def test_a_reader_of_latex_gets_the_text_back(name):
    assert read_tex(tikz.escaped(clean(name))) == clean(name)


@settings(max_examples=200)
@given(NAMES)
def test_a_name_is_never_invisible(name):
    assert re.search(r"[^\s\u200b-\u200d\u0300-\u036f\u3164]", clean(name))


def test_signs_that_are_joined_stay_joined():
    for name in ("👨\u200d👩\u200d👧", "🏳️\u200d🌈", "می\u200cخواهم", "e\u0301", "重み"):
        assert clean(name) == name


def test_layers_of_one_name_after_cleaning_are_still_told_apart():
    names = ["a\u202e", "a\u2066", "a\ufffd", "a\0"]
    shown = [card.name for card in draw(sum_of(names), detail="full").view.cards if card.named]
    assert len(set(shown)) == len(shown) == len(names) + 1


# ------------------------------------------------------------------ by the programs that read them


def test_pygraphviz_reads_the_source():
    pygraphviz = pytest.importorskip("pygraphviz")
    names = [name for name in HOSTILE if name]
    drawing = draw(sum_of(names), detail="full")
    graph = pygraphviz.AGraph(string=drawing.dot)
    assert len(graph.nodes()) == len(drawing.view.cards)
    assert len(graph.edges()) == len(drawing.view.arrows)
    assert all(re.fullmatch(r"n\d+", node) for node in graph.nodes())


IN_PYTHON = (
    "import sys, pygraphviz; graph = pygraphviz.AGraph(string=sys.stdin.buffer.read().decode()); graph.layout('dot'); "
    "sys.stdout.buffer.write(graph.draw(format='svg'))"
)


@pytest.mark.parametrize(
    "program", [["dot", "-Tsvg"], pytest.param([sys.executable, "-c", IN_PYTHON], marks=pytest.mark.slow)]
)
def test_graphviz_draws_every_letter_and_nothing_else(program):
    if not which(program[0]) or (program[0] != "dot" and not find_spec("pygraphviz")):
        pytest.skip(f"{'pygraphviz' if len(program) > 2 else 'the program dot'} is not installed")
    names = [name for name in HOSTILE if name]
    drawing = draw(sum_of(names), detail="full")
    run = subprocess.run(program, input=drawing.dot.encode(), capture_output=True, timeout=60, check=True)
    root = ET.fromstring(run.stdout)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "title", "polygon", "polyline", "path", "ellipse", "text"}
    for element in root.iter():
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)
    cards = [g for g in root.iter(f"{SVG}g") if g.get("class") == "node"]
    shown = {card.find(f"{SVG}title").text: text_of(card) for card in cards}
    assert len(shown) == len(drawing.view.cards)
    for card in drawing.view.cards:
        assert shown[card.id].startswith(card.name.rstrip()), (shown[card.id], card.name)


@needs_matplotlib
def test_pixels_and_print_are_made_and_print_has_no_actions():
    from autograd_lite.drawing.raster import raster

    scene = values(HOSTILE[3::25])[0].scene
    assert raster(scene, "png").startswith(b"\x89PNG")
    pdf = raster(scene, "pdf")
    for action in (b"/JavaScript", b"/JS", b"/URI", b"/OpenAction", b"/Launch", b"/AA"):
        assert action not in pdf


@needs_matplotlib
@pytest.mark.slow
def test_each_name_is_made_into_pixels_and_print():
    from matplotlib.image import imread

    from autograd_lite.drawing.raster import raster

    for name in HOSTILE[::2]:
        scene = draw(Value(1.0, name=name) * 2, engine="built-in").scene
        assert imread(io.BytesIO(raster(scene, "png"))).shape[:2] == (2 * scene.height, 2 * scene.width)
        assert raster(scene, "pdf").startswith(b"%PDF-")
