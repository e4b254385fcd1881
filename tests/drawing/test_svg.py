"""SVG: well-formed, harmless whatever the names, with words for those who cannot see it."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograd_lite import Value
from autograd_lite.drawing import DrawingFailed, draw
from autograd_lite.drawing.svg import ATTRIBUTES, NAMESPACE, TAGS, check
from autograd_lite.drawing.text import clean
from autograd_lite.drawing.view import is_constant

from .graphs import cost_of, dense
from .pictures import HOSTILE, SVG, network, neuron, nodes_of, sum_of, text_of


def test_every_card_and_every_use_is_in_the_picture():
    x = Value(3.0, name="x")
    svg = draw(x * x).svg
    assert len(nodes_of(svg)) == 2
    assert svg.count('class="arrow"') == 2


def test_a_picture_has_a_title_and_a_sentence_for_each_card():
    drawing = draw(network())
    root = ET.fromstring(drawing.svg)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == drawing.view.title
    assert root.find(f"{SVG}desc").text == drawing.describe()
    said = [node.find(f"{SVG}title").text for node in nodes_of(drawing.svg)]
    assert all(words.startswith(card.sentence) for words, card in zip(said, drawing.view.cards, strict=True))
    assert any("min " in words and "% zero" in words for words in said)


@pytest.mark.parametrize("graph", [neuron, network, lambda: cost_of(dense(4, 1))])
def test_every_card_shows_its_name_its_formula_and_its_numbers(graph):
    drawing = draw(graph())
    for card, node in zip(drawing.view.cards, nodes_of(drawing.svg), strict=True):
        shown = [text.text for text in node.iter(f"{SVG}text")]
        assert shown[0] == card.name
        assert not card.formula or f"= {card.formula}" in shown
        for row in card.rows:
            assert row.text.replace("-", "−") in shown or "min … max" in row.label
        assert card.badge in ("", *shown)
        assert is_constant(card) or len(shown) >= 3


def test_the_ground_is_painted_and_follows_the_theme():
    loss = neuron()
    svg = draw(loss).svg
    assert '<rect x="0" y="0"' in svg
    assert "prefers-color-scheme:dark" in svg
    assert 'fill="#fbfbfd"' in svg
    dark = draw(loss, theme="dark").svg
    assert "prefers-color-scheme" not in dark
    assert 'fill="#12151c"' in dark
    assert "prefers-color-scheme" not in draw(loss, theme="light").svg


def test_there_are_no_ids_that_another_picture_could_have():
    assert not re.search(r"[\s\"]id=", draw(network()).svg)


def assert_harmless(names, root):
    svg = draw(root, detail="full", engine="built-in").svg
    for element in ET.fromstring(svg).iter():
        assert element.tag.removeprefix(SVG) in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        for content in element.attrib.values():
            assert "javascript" not in content
    style = ET.fromstring(svg).find(f"{SVG}style").text
    assert style == ET.fromstring(draw(Value(1.0)).svg).find(f"{SVG}style").text
    shown = [text_of(node) for node in nodes_of(svg)]
    for name in names:
        expected = clean(name, 24) if name else "v"
        assert any(text.startswith(expected) for text in shown), (name, expected)


def test_hostile_names_are_shown_letter_by_letter():
    assert_harmless(HOSTILE, sum_of(HOSTILE))


@settings(max_examples=8)
@given(st.lists(st.text(st.characters(codec=None), max_size=30), min_size=10, max_size=10))
def test_any_names_are_shown_letter_by_letter(names):
    assert_harmless(names, sum_of(names))


@settings(max_examples=8)
@given(st.lists(st.text("<>\"'&;\\#{}|[]=-/NGElx \n", max_size=12), min_size=20, max_size=20))
def test_names_made_of_syntax_are_shown_letter_by_letter(names):
    assert_harmless(names, sum_of(names))


def test_the_symbol_of_a_users_own_rule_is_text_too(own_rules):
    import autograd_lite as ag

    @ag.primitive
    def same(x):
        return x + 0.0

    ag.rule(same, lambda g, ans, x: g, symbol="<b>\\N")
    svg = draw(same(Value(1.0, name="x"))).svg
    assert "<b>\\N(x)" in text_of(nodes_of(svg)[-1])


@pytest.mark.parametrize(
    "inside", ["<script>x</script>", "<g onclick='x'/>", "<g xmlns:l='x' l:href='x'/>", "<a/>", "<x:g xmlns:x='y'/>",
               "<g style='x'/>", "<image/>", "<foreignObject/>"],
)  # fmt: skip
def test_an_svg_with_anything_foreign_is_thrown_away(inside):
    with pytest.raises(DrawingFailed, match="thrown away"):
        check(ET.fromstring(f'<svg xmlns="{NAMESPACE}">{inside}</svg>'))


def test_texts_are_squeezed_only_where_they_may_be_too_wide():
    assert "textLength" not in draw(neuron()).svg
    assert "textLength" in draw(Value(1.0, name="重み")).svg
    long = Value(np.ones(3), name="W" * 24) * Value(1.0, name="V" * 24)
    assert "textLength" in draw(long * Value(1.0, name="Q" * 24)).svg
