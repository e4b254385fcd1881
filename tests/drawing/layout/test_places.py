"""What is true of every plan, whichever engine laid it out."""

from itertools import combinations, pairwise

import pytest

from autograd_lite.drawing.layout import ENGINES, Box, Edge, Frame, Plan, Rectangle, placed

from .plans import (
    CARD,
    a_graph,
    chain,
    every_engine,
    inside,
    network,
    neuron,
    on_border,
    overlap,
    passes,
    samples,
    sides,
)

pytestmark = every_engine
seeds = pytest.mark.parametrize("seed", range(12))


@seeds
def test_boxes_have_their_size_and_do_not_overlap(engine, seed):
    plan = a_graph(seed)
    found = placed(plan, engine)
    assert [(box.width, box.height) for box in found.boxes] == [(box.width, box.height) for box in plan.boxes]
    for one, two in combinations(found.boxes, 2):
        assert not overlap(one, two)


@seeds
def test_everything_lies_within_the_picture_and_reaches_its_borders(engine, seed):
    found = placed(a_graph(seed), engine)
    whole = Rectangle(0, 0, found.width, found.height)
    assert all(inside(box, whole, 0.01) for box in (*found.boxes, *found.frames))
    points = [point for curve in found.edges for point in samples(curve)]
    assert all(-0.01 <= x <= found.width + 0.01 and -0.01 <= y <= found.height + 0.01 for x, y in points)
    ends = [sides(box) for box in (*found.boxes, *found.frames)] + [
        point * 2 for curve in found.edges for point in curve
    ]
    assert (min(end[0] for end in ends), min(end[1] for end in ends)) == (0, 0)


@seeds
def test_arrows_begin_and_end_at_the_borders_of_their_boxes(engine, seed):
    plan = a_graph(seed)
    found = placed(plan, engine)
    assert len(found.edges) == len(plan.edges)
    for edge, curve in zip(plan.edges, found.edges, strict=True):
        assert len(curve) % 3 == 1
        assert len(curve) >= 4
        assert on_border(curve[0], found.boxes[edge.tail])
        assert on_border(curve[-1], found.boxes[edge.head])


@seeds
def test_arrows_lead_where_the_direction_says_with_the_distance_that_was_asked_for(engine, seed):
    plan = a_graph(seed)
    found = placed(plan, engine)
    for edge in plan.edges:
        tail, head = sides(found.boxes[edge.tail]), sides(found.boxes[edge.head])
        way = {
            "LR": head[0] - tail[2], "RL": tail[0] - head[2], "TB": head[1] - tail[3], "BT": tail[1] - head[3],
        }[plan.direction]  # fmt: skip
        assert way >= plan.between_ranks - 1


@seeds
def test_frames_hold_their_boxes_and_no_others_and_have_room_for_a_title(engine, seed):
    plan = a_graph(seed)
    found = placed(plan, engine)
    assert len(found.frames) == len(plan.frames)
    for frame, border in zip(plan.frames, found.frames, strict=True):
        members = [found.boxes[box] for box in frame.boxes]
        assert all(inside(box, border) for box in members)
        assert min(box.y for box in members) - border.y >= frame.title_height
        assert border.width >= frame.title_width
        for number, box in enumerate(found.boxes):
            assert number in frame.boxes or not overlap(box, border)
    for one, two in combinations(found.frames, 2):
        assert not overlap(one, two)


@seeds
def test_the_same_plan_is_placed_alike_every_time(engine, seed):
    plan = a_graph(seed)
    assert placed(plan, engine) == placed(plan, engine)


@pytest.mark.parametrize("direction", ["LR", "RL", "TB", "BT"])
@pytest.mark.parametrize("count", [2, 3])
def test_arrows_between_the_same_two_boxes_are_apart(engine, direction, count):
    found = placed(Plan((CARD, CARD), (Edge(0, 1),) * count, (), direction), engine)
    assert len(set(found.edges)) == count
    across = 1 if direction in ("LR", "RL") else 0
    middles = sorted(list(samples(curve, 2))[1][across] for curve in found.edges)
    assert all(two - one >= 20 for one, two in pairwise(middles))


def test_long_arrows_between_the_same_two_boxes_are_different_too(engine):
    plan = Plan((CARD,) * 3, (Edge(0, 1), Edge(1, 2), Edge(0, 2), Edge(0, 2)))
    assert len(set(placed(plan, engine).edges)) == 4


@pytest.mark.parametrize("direction", ["LR", "RL", "TB", "BT"])
def test_the_path_of_the_data_runs_straight(engine, direction):
    found = placed(neuron(direction), engine)
    across = 1 if direction in ("LR", "RL") else 0
    places = [sides(found.boxes[box])[across] for box in (2, 4, 5, 7)]
    assert max(places) - min(places) < 1


def test_layers_of_a_network_stand_in_a_row(engine):
    frames = placed(network(), engine).frames
    assert all(one.x + one.width < two.x for one, two in pairwise(frames))


def test_no_box_one_box_and_boxes_without_arrows(engine):
    nothing = placed(Plan((), ()), engine)
    assert (nothing.boxes, nothing.edges, nothing.width, nothing.height) == ((), (), 0, 0)
    one = placed(Plan((CARD,), ()), engine)
    assert (one.boxes, one.width, one.height) == ((Rectangle(0, 0, 150, 84),), 150, 84)
    assert one.engine == nothing.engine == engine
    found = placed(Plan((CARD,) * 7, (Edge(1, 2),)), engine)
    assert not any(overlap(one, two) for one, two in combinations(found.boxes, 2))


def test_a_frame_around_one_box_is_as_wide_as_its_title(engine):
    for direction in ("LR", "TB", "RL", "BT"):
        plan = Plan((CARD,) * 3, (Edge(0, 1), Edge(1, 2)), (Frame((1,), 22.0, 400.0),), direction)
        found = placed(plan, engine)
        assert found.frames[0].width >= 400
        assert not overlap(found.boxes[2], found.frames[0])
        assert not overlap(found.boxes[0], found.frames[0])


def test_a_chain_of_sixty_is_one_straight_line(engine):
    found = placed(chain(60), engine)
    assert {box.y for box in found.boxes} == {0}
    assert found.height == 84
    for curve in found.edges:
        assert {y for _, y in curve} == {42}


def test_a_circle_and_an_arrow_from_a_box_to_itself_are_drawn(engine):
    plan = Plan((CARD,) * 3, (Edge(0, 1), Edge(1, 2), Edge(2, 0), Edge(1, 1), Edge(1, 1)))
    found = placed(plan, engine)
    for edge, curve in zip(plan.edges, found.edges, strict=True):
        assert on_border(curve[0], found.boxes[edge.tail])
        assert on_border(curve[-1], found.boxes[edge.head])
        assert not all(curve[0] == point for point in curve)


@seeds
def test_arrows_do_not_run_through_boxes(engine, seed):
    plan = a_graph(seed)
    found = placed(plan, engine)
    assert passes(plan, found) <= (0 if engine == ENGINES[-1] else 2)  # Graphviz cuts a corner now and then


def test_boxes_of_all_sizes_are_placed(engine):
    plan = Plan((Box(0.0, 0.0), Box(1.0, 900.0), Box(1234.5, 0.25)), (Edge(0, 1), Edge(0, 1), Edge(0, 2), Edge(2, 1)))
    found = placed(plan, engine)
    assert not any(overlap(one, two) for one, two in combinations(found.boxes, 2))
    for edge, curve in zip(plan.edges, found.edges, strict=True):
        assert on_border(curve[0], found.boxes[edge.tail])
        assert on_border(curve[-1], found.boxes[edge.head])
