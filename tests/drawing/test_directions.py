"""Which way a picture leads, how far its ranks are apart, and that words are not crossed out."""

import pytest

from autograd_lite import Value
from autograd_lite.drawing import draw
from autograd_lite.drawing.curves import polyline
from autograd_lite.drawing.layout import Box, Edge, Plan, placed
from autograd_lite.drawing.scene import Curve, Text

from .graphs import dense
from .pictures import neuron, sum_of
from .test_scene import spans


def wide_sum(terms):
    """Many Values that are used at once: low from left to right, very wide from top to bottom."""
    values = [Value(1.0, name=f"x{i}") for i in range(terms)]
    while len(values) > 1:
        values = [a + b for a, b in zip(values[::2], values[1::2], strict=True)]
    return values[0]


def test_a_small_picture_leads_to_the_right():
    x = Value(3.0, name="x")
    assert draw(x * x + 1).direction == "LR"


def test_a_picture_that_would_be_much_wider_than_a_page_leads_down():
    drawing = draw(neuron())
    assert drawing.direction == "TB"
    assert drawing.scene.width < 1000 < draw(neuron(), direction="LR").scene.width


def test_what_is_as_wide_from_top_to_bottom_leads_to_the_right_all_the_same():
    assert draw(wide_sum(16), detail="full").direction == "LR"


@pytest.mark.parametrize("direction", ["LR", "TB", "RL", "BT"])
def test_what_somebody_asks_for_is_done(direction):
    assert draw(neuron(), direction=direction).direction == direction


@pytest.mark.parametrize("graph", [neuron, lambda: sum_of("abc"), lambda: wide_sum(8)])
def test_every_format_leads_the_same_way(graph):
    drawing = draw(graph(), detail="full")
    assert f"rankdir={drawing.direction} " in drawing.dot
    assert drawing.mermaid.startswith(f"flowchart {drawing.direction}\n")


def test_ranks_are_as_far_apart_as_what_stands_on_their_arrows_needs():
    plan = Plan((Box(50, 20),) * 3, (Edge(0, 1, room=200.0), Edge(1, 2)), between_ranks=60.0)
    first, second, third = placed(plan, "built-in").boxes
    assert second.x - (first.x + 50) == 200
    assert third.x - (second.x + 50) == 60


def test_a_long_arrow_has_room_for_what_stands_on_it():
    edges = (Edge(0, 1), Edge(1, 2), Edge(0, 2, across=80.0))
    bare = placed(Plan((Box(50, 20),) * 3, edges[:2] + (Edge(0, 2),)), "built-in")
    found = placed(Plan((Box(50, 20),) * 3, edges), "built-in")
    gap = abs(found.edges[2][len(found.edges[2]) // 2][1] - (found.boxes[1].y + 10))
    assert gap >= 40 + 10
    assert found.height > bare.height


def test_the_slopes_of_two_uses_stand_side_by_side():
    x = Value(3.0, name="x")
    for direction in ("LR", "TB"):
        scene = draw(x * x, direction=direction).scene
        pills = [
            spans(mark) for item in scene.items if item.kind == "slope" for mark in item.marks if mark.part == "pill"
        ]
        at = 0 if direction == "LR" else 1
        assert pills[0][at] == pytest.approx(pills[1][at], abs=1)


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_no_arrow_runs_through_the_title_of_a_frame_and_no_slope_covers_one(direction):
    scene = draw(dense(4, 3, 1), direction=direction).scene
    titles = [
        spans(mark) for item in scene.items if item.kind == "frame" for mark in item.marks if isinstance(mark, Text)
    ]
    lines = [
        point
        for item in scene.items
        for mark in item.marks
        if isinstance(mark, Curve)
        for point in polyline(mark.points)
    ]
    pills = [spans(mark) for item in scene.items if item.kind == "slope" for mark in item.marks if mark.part == "pill"]
    assert len(titles) == 3
    for left, top, right, bottom in titles:
        assert not any(left < x < right and top < y < bottom for x, y in lines)
        assert all(c <= left or right <= a or d <= top or bottom <= b for a, b, c, d in pills)
