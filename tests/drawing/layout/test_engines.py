"""Which engine is asked, what it is told, and what happens where it is missing or breaks."""

import json
import re
import sys
import time

import pytest

from autograd_lite.drawing import layout
from autograd_lite.drawing.layout import (
    Box,
    DrawingFailed,
    DrawingTimeout,
    Edge,
    Frame,
    GraphvizNotFound,
    Plan,
    available,
    placed,
    worker,
)
from autograd_lite.drawing.layout.graphviz_answer import placed_by_graphviz
from autograd_lite.drawing.layout.graphviz_text import FRAMED, plan_text
from autograd_lite.drawing.layout.process import answered

from .plans import CARD, a_graph, chain, every_engine, huge, needs_dot, needs_pygraphviz, network, neuron, on_border

TWO = Plan((CARD, CARD), (Edge(0, 1),))
MANY = chain(layout.SMALL + 1)


@pytest.fixture
def no_pygraphviz(monkeypatch):
    monkeypatch.setattr(layout, "folder", lambda: "")


@pytest.fixture
def no_dot(monkeypatch):
    monkeypatch.setattr(layout, "dot_program", lambda: "")


@pytest.fixture
def broken_pygraphviz(monkeypatch):
    """It is installed, and its process ends as soon as it starts."""
    worker.WORKERS.close()
    monkeypatch.setattr(
        worker, "LOOP", "import os, sys; sys.stderr.write('Fontconfig x\\nno such library'); os._exit(3)"
    )
    monkeypatch.setattr(layout, "folder", lambda: "/nowhere")


# ------------------------------------------------------------------ which is asked


@needs_pygraphviz
def test_pygraphviz_is_asked_first_for_many_boxes():
    assert placed(MANY).engine == available()[0] == "pygraphviz"


@needs_dot
def test_without_pygraphviz_the_program_dot_is_asked(no_pygraphviz):
    assert placed(MANY).engine == available()[0] == "dot"


def test_without_graphviz_the_built_in_layout_places_the_boxes(no_pygraphviz, no_dot):
    assert available() == ("built-in",)
    found = placed(MANY)
    assert found.engine == "built-in"
    assert len(found.boxes) == len(MANY.boxes)


def test_a_small_picture_lies_alike_whatever_is_installed(broken_pygraphviz):
    assert placed(neuron()) == placed(neuron(), "built-in")
    assert placed(chain(layout.SMALL)).engine == "built-in"


@pytest.mark.parametrize("engine", ["pygraphviz", "dot"])
def test_an_engine_that_was_asked_for_and_is_missing_is_an_error(no_pygraphviz, no_dot, engine):
    with pytest.raises(GraphvizNotFound, match=f"'{engine}' was asked for.*engine='auto'"):
        placed(TWO, engine)


def test_an_engine_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(ValueError, match=r"'neato'.*'auto'.*'pygraphviz', 'dot', 'built-in'"):
        placed(TWO, "neato")


def test_where_an_engine_breaks_the_next_is_asked(broken_pygraphviz, no_dot):
    assert placed(MANY).engine == "built-in"


def test_an_engine_that_was_asked_for_and_breaks_is_an_error_that_says_what_it_said(broken_pygraphviz):
    with pytest.raises(DrawingFailed, match=r"'pygraphviz'.*\nno such library\n.*built-in") as caught:
        placed(TWO, "pygraphviz")
    assert "Fontconfig" not in str(caught.value)


def a_program(tmp_path, script):
    path = tmp_path / "dot"
    path.write_text(f"#!{sys.executable}\n{script}")
    path.chmod(0o755)
    return str(path)


posix = pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")


@posix
@pytest.mark.parametrize(
    "script",
    [
        "import sys; sys.exit('There is no layout engine support for dot')",
        "print('{}')",
        "print('no json')",
        "print('[]')",
        'print(\'{"objects": [{"name": "n0", "pos": "nan,1"}, {"name": "n1", "pos": "1,1"}], "edges": []}\')',
        "import os; os.kill(os.getpid(), 9)",
    ],
)
def test_a_program_dot_that_breaks_or_answers_nonsense_is_passed_over(monkeypatch, no_pygraphviz, tmp_path, script):
    monkeypatch.setattr(layout, "dot_program", lambda: a_program(tmp_path, script))
    assert placed(MANY).engine == "built-in"
    with pytest.raises(DrawingFailed, match="'dot'"):
        placed(TWO, "dot")


@posix
def test_a_program_that_is_slow_to_read_gets_the_whole_question():
    """More than a pipe holds, to one that begins to read after the first wait for its answer has ended."""
    script = "import sys, time; time.sleep(0.3); print(len(sys.stdin.buffer.read()))"
    answer, said, status = answered([sys.executable, "-c", script], b"x" * 300_000, time.monotonic() + 10)
    assert (int(answer), said, status) == (300_000, "", 0)


@posix
def test_a_layout_that_is_too_large_is_not_tried_again_by_another_engine(monkeypatch, no_pygraphviz, tmp_path):
    monkeypatch.setattr(layout, "dot_program", lambda: a_program(tmp_path, "import time; time.sleep(60)"))
    started = time.perf_counter()
    with pytest.raises(DrawingTimeout, match=r"101 boxes.*0\.5 s.*smaller.*folded.*timeout=1\.5") as caught:
        placed(MANY, timeout=0.5)
    assert time.perf_counter() - started < 2
    assert isinstance(caught.value, TimeoutError)


@every_engine
def test_five_thousand_boxes_end_with_the_time_limit(engine):
    started = time.perf_counter()
    with pytest.raises(DrawingTimeout, match=r"5,000 boxes.*1 s"):
        placed(huge(), engine, timeout=1.0)
    assert time.perf_counter() - started < 1 + 1.5


# ------------------------------------------------------------------ plans that make no sense


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (Plan((CARD,), (Edge(0, 1),)), "not there"),
        (Plan((CARD,), (Edge(-1, 0),)), "not there"),
        (Plan((CARD,), (), (Frame((3,)),)), "not there"),
        (Plan((CARD,), (), (Frame(()),)), "every frame has a box"),
        (Plan((CARD,), (), (Frame((0,)), Frame((0,)))), "one frame at most"),
        (Plan((CARD,), (), (), "UP"), "'UP'"),
        (Plan((Box(float("nan"), 1.0),), ()), "nan"),
        (Plan((Box(1.0, -2.0),), ()), "-2"),
        (Plan((CARD,), (), (), "LR", float("inf")), "inf"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(plan, reason):
    with pytest.raises(ValueError, match=reason):
        placed(plan)


# ------------------------------------------------------------------ what Graphviz is told


def test_graphviz_is_told_numbers_only():
    text = plan_text(network())
    words = set(re.findall(r"[A-Za-z_]+", text))
    known = """
        digraph graph node edge subgraph cluster n e rankdir LR ranksep nodesep newrank true shape box fixedsize label
        penwidth dir none width height margin labelloc t labeljust l table border cellborder cellspacing cellpadding
        tr td id weight style invis
    """
    assert words <= set(known.split())
    assert text.isascii()


@pytest.mark.parametrize(("boxes", "tuned"), [(300, ""), (301, "nslimit=1]"), (1001, "nslimit=0.1")])
def test_large_plans_are_tuned(boxes, tuned):
    text = plan_text(Plan((CARD,) * boxes, ()))
    assert tuned in text
    assert ("nslimit" in text) == bool(tuned)
    assert "ortho" not in text


@every_engine
def test_graphviz_draws_no_frames_around_many_boxes(engine):
    count = FRAMED + 1
    plan = Plan((Box(10.0, 10.0),) * count, (Edge(0, 1),), (Frame((0, 1)),))
    assert len(placed(plan, engine).frames) == (1 if engine == "built-in" else 0)


# ------------------------------------------------------------------ what it answers


def answer(*positions, edges=()):
    objects = [{"name": f"n{number}", "pos": position} for number, position in enumerate(positions)]
    return json.dumps({"objects": objects, "edges": list(edges)}).encode()


def test_y_points_down_and_points_are_pixels():
    edge = {"id": "e0", "pos": "150,142 200,142 250,100 300,42"}
    found = placed_by_graphviz(TWO, answer("75,142", "375,42", edges=[edge]), "dot")
    assert (found.boxes[0].x, found.boxes[0].y) == (0, 0)
    assert (found.boxes[1].x, found.boxes[1].y) == (300, 100)
    assert found.edges == (((150, 42), (200, 42), (250, 84), (300, 142)),)
    assert (found.width, found.height) == (450, 184)


def test_an_arrow_ends_at_its_tip():
    edge = {"id": "e0", "pos": "e,300,42 s,150,142 155,142 200,142 250,100 290,42"}
    with_start = placed_by_graphviz(TWO, answer("75,142", "375,42", edges=[edge]), "dot").edges[0]
    assert with_start[0] == (150, 42)
    assert with_start[-1] == (300, 142)


def test_a_curve_that_graphviz_lost_is_a_straight_line():
    for edge in ({"id": "e0"}, {"id": "e0", "pos": ""}, {"id": "e0", "pos": "1,2 3,4"}):
        found = placed_by_graphviz(TWO, answer("75,142", "375,42", edges=[edge]), "dot")
        assert on_border(found.edges[0][0], found.boxes[0])
        assert on_border(found.edges[0][-1], found.boxes[1])
        assert len(found.edges[0]) == 4


@needs_dot
@needs_pygraphviz
@pytest.mark.parametrize("seed", range(4))
def test_the_two_ways_to_graphviz_find_the_same_columns(seed):
    plan = a_graph(seed, framed=False, direction="LR")
    one, two = placed(plan, "pygraphviz"), placed(plan, "dot")
    assert [box.x for box in one.boxes] == pytest.approx([box.x for box in two.boxes], rel=0.01, abs=5)
