"""The DOT source: the same for the same graph, and nothing of the user's outside text."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from autograd_lite import Value
from autograd_lite.drawing import Drawing, draw
from autograd_lite.drawing.dot import ALARM, INK, MUTED, PAPER, ROLE_COLOURS, ROW_COLOURS

from .graphs import dense
from .pictures import HOSTILE, network, neuron, sum_of


@pytest.mark.parametrize("graph", [neuron, network])
def test_the_same_graph_gives_the_same_source(graph):
    assert draw(graph()).dot == draw(graph()).dot


def test_the_source_does_not_depend_on_pythons_hashes():
    script = (
        "from autograd_lite import Value; from autograd_lite.drawing import draw\n"
        "v = [Value(float(i), name=f'x{i}') for i in range(9)]\n"
        "print(draw(sum(a * b for a in v[:4] for b in v)).dot)"
    )
    sources = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sources) == 1


def test_each_use_is_an_edge():
    x = Value(3.0, name="x")
    assert draw(x * x).dot.count("n0 -> n1") == 2


def test_edges_stand_in_the_order_of_the_operands():
    a, b, c = (Value(1.0, name=name) for name in "abc")
    dot = draw((a - b) / c).dot
    assert re.findall(r"(n\d+) -> (n\d+)", dot) == [("n0", "n2"), ("n1", "n2"), ("n2", "n4"), ("n3", "n4")]


def test_the_direction_is_that_of_the_arrows():
    for direction in ("LR", "TB", "RL", "BT"):
        assert f"rankdir={direction}" in draw(Value(1.0) + 1, direction=direction).dot


def test_groups_are_clusters_of_their_cards_with_titles():
    dot = draw(dense(3, 1)).dot
    first = re.search(r"subgraph cluster0 \{(.*?)\n\t\}", dot, re.DOTALL)[1]
    assert "dense: 4 → 3, tanh" in first
    assert len(re.findall(r"^\s*n\d+ \[label=", first, re.MULTILINE)) == 5
    assert dot.count("subgraph cluster") == 2
    assert len(re.findall(r"^\s*n\d+ \[label=", dot, re.MULTILINE)) == len(draw(dense(3, 1)).view.cards)


def test_slopes_stand_on_the_edges():
    x = Value(3.0, name="x")
    dot = draw(x * x).dot
    assert dot.count(">part of ∂v1/∂x: x<") == dot.count(">× 3<") == 2
    assert ">× 3<" not in draw(x * x, edges="none").dot


@pytest.mark.skipif(not shutil.which("dot"), reason="the program dot is not installed")
@pytest.mark.parametrize("graph", [neuron, network, lambda: draw(dense(3, 1))])
def test_graphviz_draws_frames_and_slopes_without_a_word_of_complaint(graph):
    drawing = graph() if isinstance(graph(), Drawing) else draw(graph())
    done = subprocess.run(["dot", "-Tsvg"], input=drawing.dot.encode(), capture_output=True, check=True)
    assert not done.stderr
    assert done.stdout.count(b'class="edge"') == len(drawing.view.arrows)
    assert done.stdout.count(b'class="cluster"') == len(drawing.view.groups)


def test_users_text_stands_between_tags_and_nowhere_else():
    """With all text between tags taken away, hostile names leave the same source as harmless ones."""

    def skeleton(names):
        dot = re.sub(r"(?<=>)[^<>]*(?=</)", "", draw(sum_of(names), detail="full").dot)
        return re.sub(r' WIDTH="\d+"', "", dot)

    hostile = [name for name in HOSTILE if name]
    assert skeleton(hostile) == skeleton([f"x{i}" for i in range(len(hostile))])


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a, b):
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def test_every_text_can_be_read_on_its_ground():
    on_paper = [INK, MUTED, ALARM, *ROW_COLOURS.values(), *(colour for colour, _ in ROLE_COLOURS.values())]
    on_tint = [(text, tint) for text in (INK, MUTED) for _, tint in ROLE_COLOURS.values()]
    for text, ground in [*((colour, PAPER) for colour in on_paper), *on_tint]:
        assert contrast(text, ground) >= 4.5, (text, ground)


def test_no_text_is_small():
    assert min(map(int, re.findall(r'POINT-SIZE="(\d+)"', draw(network()).dot))) >= 11


def test_a_role_has_a_colour_and_a_word():
    dot = draw(network()).dot
    for role in ("variable", "operation", "constant", "loss"):
        assert f">{role}<" in dot
        assert ROLE_COLOURS[role][0] in dot
