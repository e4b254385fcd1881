"""The page of a lesson as text: what a browser is told, and what can never get in."""

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from drawing.pictures import HOSTILE

from autograd_lite.drawing.embedding import as_json
from autograd_lite.drawing.view import Heat
from autograd_lite.stepping.lesson import Array, Numbers
from autograd_lite.stepping.page import PRINTED, page_of
from autograd_lite.stepping.page_parts import DOTS, formula, heat_picture, numbers_row

from . import lessons

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """What a page consists of.

    Attributes
    ----------
    unclosed : list of str
        Elements that are open at the end, or were closed in the wrong order.
    ids : Counter
    texts : dict
        For each tag what stands in its elements.
    attributes : list of (tag, name, value)
    """

    def __init__(self, text):
        super().__init__()
        self.open, self.unclosed, self.ids, self.texts, self.attributes = [], [], Counter(), {}, []
        self.feed(text)
        self.unclosed += self.open

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        self.texts.setdefault(tag, []).append("")
        self.attributes += [(tag, name, value or "") for name, value in attributes]
        self.ids.update(value for name, value in attributes if name == "id")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.unclosed.append(tag)

    def handle_data(self, data):
        for tag in set(self.open):
            self.texts[tag][-1] += data


@pytest.fixture(scope="module", params=["neuron", "arrays"])
def text(request):
    return page_of(getattr(lessons, request.param)(), engine="built-in")


def test_a_page_is_well_formed_and_uses_no_id_twice(text):
    page = Page(text)
    assert not page.unclosed
    assert set(page.ids.values()) == {1}


def test_the_policy_lets_in_the_script_and_the_style_of_the_page_and_nothing_else(text):
    page = Page(text)
    policy = next(value for tag, name, value in page.attributes if name == "content" and "default-src" in value)
    assert policy.startswith("default-src 'none'; ")
    (style,), script = page.texts["style"], page.texts["script"][-1]
    for kind, inner in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_nothing_in_a_page_runs_or_is_fetched_by_an_attribute(text):
    for tag, name, _ in Page(text).attributes:
        assert name not in ("style", "src", "href", "srcset", "action", "xlink:href"), tag
        assert not name.startswith("on"), (tag, name)
    assert "innerHTML" not in text
    assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org)", text)


def test_without_the_script_all_steps_and_the_numbers_of_the_end_can_be_read():
    lesson = lessons.neuron()
    text = page_of(lesson, engine="built-in")
    for step in lesson.steps:
        assert step.title in text
        assert step.formula in text
    for line in lesson.numbers:
        assert f'<td class="n">{line.value}</td>' in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_json_in_a_page_says_what_was_said_and_cannot_end_its_element(hostile):
    said = as_json({"text": hostile})
    assert json.loads(said) == {"text": hostile}
    assert not set(said) & set("<>&\u2028\u2029")


def test_hostile_texts_stay_texts():
    text = page_of(lessons.hostile(HOSTILE[:6] + HOSTILE[27:40]), engine="built-in")
    page = Page(text)
    assert not page.unclosed
    assert len(page.texts["script"]) == 2
    assert not {"img", "b", "a"} & set(page.texts)


@pytest.mark.parametrize(
    "bad", ["<script>x</script>", "<mi onclick='x'>x</mi>", "<mtext><img/></mtext>", "<mi style='x'/>", "<a href='x'/>"]
)
def test_a_formula_that_is_not_mathml_is_refused(bad):
    with pytest.raises(ValueError, match="no MathML"):
        formula(f"<math>{bad}</math>")


@pytest.mark.parametrize("bad", ["<math>", "<mi>x</mi></math><script>", "<math></math>&", "<math></math><math></math>"])
def test_a_formula_that_is_not_well_formed_is_refused(bad):
    with pytest.raises(ValueError, match="well-formed"):
        formula(bad)


def test_few_steps_have_dots_and_many_a_slider():
    few, many = (page_of(lessons.long_one(n), engine="built-in") for n in (DOTS - 2, PRINTED + 10))
    assert 'id="dots"' in few
    assert 'id="slider"' not in few
    assert 'id="slider"' in many
    assert 'id="dots"' not in many
    assert '<html lang="en" class="many">' in many
    assert 'class="many"' not in few


def test_a_page_has_the_theme_that_was_asked_for():
    assert '<html lang="en" data-theme="dark">' in page_of(lessons.neuron(), "dark", engine="built-in")
    with pytest.raises(ValueError, match="no such theme"):
        page_of(lessons.neuron(), "blue", engine="built-in")


def test_a_page_of_one_neuron_is_small():
    assert len(page_of(lessons.neuron(), engine="built-in").encode()) < 84_000


def test_a_small_picture_of_a_large_array_says_that_there_is_more():
    for cut in (True, False):
        svg = heat_picture(Array("", "6 × 3", Heat(((0.5, -0.5),) * 4, cut)))
        assert (">…</text>" in svg) == cut


def test_the_gradients_of_entries_are_apart_from_the_entries():
    row = numbers_row(Numbers(0, "W", "variable", "2", "1 2", "3 4", "W =\n1  2\n∂L/∂W =\n3  4"))
    assert '<pre>W =\n1  2</pre><pre class="g">∂L/∂W =\n3  4</pre>' in row
