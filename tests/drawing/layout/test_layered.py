"""The layout that needs no Graphviz, step by step, and on plans of all kinds."""

import itertools
import random
import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograd_lite.drawing.layout import Box, Edge, Frame, Plan, placed
from autograd_lite.drawing.layout.frames import successions
from autograd_lite.drawing.layout.layered import laid_out
from autograd_lite.drawing.layout.layered.crossings import crossings, gain
from autograd_lite.drawing.layout.layered.layers import assign_layers, open_circles
from autograd_lite.drawing.layout.layered.network import Link, Network
from autograd_lite.drawing.layout.layered.ports import spread
from autograd_lite.drawing.layout.layered.simplex import positions

from .plans import (
    CARD,
    a_graph,
    chain,
    inside,
    network,
    neuron,
    on_border,
    overlap,
    passes,
    runs_through,
    samples,
    sides,
)

# ------------------------------------------------------------------ whole numbers on a line

some_arcs = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2), st.integers(0, 3))
arcs_of_four = st.lists(some_arcs.filter(lambda arc: arc[0] < arc[1]), max_size=6)


def cost(arcs, places):
    return sum(weight * (places[head] - places[tail]) for tail, head, _, weight in arcs)


def kept(arcs, places):
    return all(places[head] - places[tail] >= length for tail, head, length, _ in arcs)


@settings(max_examples=60)
@given(arcs_of_four)
def test_no_places_cost_less(arcs):
    arcs = [*arcs, (0, 1, 0, 1), (1, 2, 0, 0), (0, 3, 1, 1)]  # so that it hangs together
    found = positions(4, arcs)
    assert kept(arcs, found)
    assert min(found) == 0
    tried = (places for places in itertools.product(range(7), repeat=4) if kept(arcs, places))
    assert cost(arcs, found) == min(cost(arcs, places) for places in tried)


def test_large_problems_keep_their_lengths_also_when_the_search_is_cut_short():
    rng = random.Random(0)
    arcs = [(rng.randrange(node), node, rng.randrange(5), rng.randrange(4)) for node in range(1, 400)]
    arcs += [(*sorted(rng.sample(range(400), 2)), rng.randrange(9), rng.randrange(4)) for _ in range(600)]
    best = positions(400, arcs)
    short = positions(400, arcs, work=2000)
    assert kept(arcs, best)
    assert kept(arcs, short)
    assert cost(arcs, best) < cost(arcs, short)


def test_what_has_no_preference_lies_in_the_middle():
    assert positions(3, [(0, 1, 0, 1), (1, 2, 0, 1), (0, 2, 10, 1)])[1] == 5


# ------------------------------------------------------------------ layers and frames


def links(pairs):
    return [Link(number, tail, head) for number, (tail, head) in enumerate(pairs)]


some_pairs = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] != pair[1]), max_size=20
)


@given(some_pairs)
def test_circles_are_opened_by_turning_arrows(pairs):
    made = links(pairs)
    open_circles(8, made)
    for link, (tail, head) in zip(made, pairs, strict=True):
        assert (link.tail, link.head) == ((head, tail) if link.turned else (tail, head))
    lowest = dict.fromkeys(range(8), 0)
    for _ in range(9):  # a circle would lift its nodes for ever
        for link in made:
            lowest[link.head] = max(lowest[link.head], lowest[link.tail] + 1)
    assert max(lowest.values()) < 8


@given(some_pairs.map(lambda pairs: [tuple(sorted(pair)) for pair in pairs]))
def test_without_a_circle_no_arrow_is_turned(pairs):
    made = links(pairs)
    open_circles(8, made)
    assert not any(link.turned for link in made)


@given(some_pairs.map(lambda pairs: [tuple(sorted(pair)) for pair in pairs]), st.permutations(range(8)))
def test_frames_follow_each_other_without_a_circle(pairs, order):
    frames = [tuple(order[:2]), tuple(order[2:5]), tuple(order[5:7])]
    made = links([*pairs, *pairwise(range(8))])
    found = Network([1.0] * 8, [1.0] * 8, made, [list(frame) for frame in frames], [], [-1] * 8)
    assign_layers(found, lambda: None)
    assert all(found.layer[link.tail] < found.layer[link.head] for link in made)
    for first, second in successions(8, [(link.tail, link.head) for link in made], frames):
        assert max(found.layer[box] for box in frames[first]) < min(found.layer[box] for box in frames[second])


def test_a_frame_that_needs_another_and_is_needed_by_it_follows_neither():
    assert successions(4, [(0, 1), (1, 2), (2, 3)], [(0, 2), (1, 3)]) == []


# ------------------------------------------------------------------ crossings and ports

some_ends = st.lists(st.lists(st.integers(0, 5), max_size=4), max_size=6)


@given(some_ends)
def test_crossings_are_pairs_of_arrows_that_change_sides(ends):
    pairs = [(place, end) for place, one in enumerate(ends) for end in one]
    assert crossings(ends) == sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(pairs, 2))


@given(st.lists(st.integers(0, 5), max_size=5), st.lists(st.integers(0, 5), max_size=5))
def test_a_gain_is_what_changing_places_saves(first, second):
    assert gain(sorted(first), sorted(second)) == crossings([first, second]) - crossings([second, first])


@given(st.lists(st.tuples(st.floats(-50, 50), st.sampled_from([1.0, 1e6])), min_size=1, max_size=8), st.floats(1, 100))
def test_arrows_at_a_side_are_in_order_apart_and_within_it(wanted, room):
    found = spread(wanted, [10.0] * (len(wanted) - 1), room)
    assert all(abs(place) <= room / 2 + 0.01 for place in found)
    gap = min(10.0, room / max(1, len(wanted) - 1))
    assert all(two - one >= gap - 0.02 for one, two in pairwise(found))


# ------------------------------------------------------------------ plans of all kinds


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 45))
def test_any_plan_is_placed_without_overlaps_and_arrows_pass_by(seed, boxes):
    plan = a_graph(seed, boxes)
    found = laid_out(plan)
    for one, two in combinations((*found.boxes,), 2):
        assert not overlap(one, two)
    for edge, curve in zip(plan.edges, found.edges, strict=True):
        assert on_border(curve[0], found.boxes[edge.tail])
        assert on_border(curve[-1], found.boxes[edge.head])
    assert not passes(plan, found)
    for frame, border in zip(plan.frames, found.frames, strict=True):
        for number, box in enumerate(found.boxes):
            assert inside(box, border) if number in frame.boxes else not overlap(box, border)
    for one, two in combinations(found.frames, 2):
        assert not overlap(one, two)


@settings(max_examples=40)
@given(some_pairs, st.permutations(range(8)))
def test_plans_with_circles_and_frames_anywhere_are_placed_too(pairs, order):
    frames = (Frame(tuple(order[:2])), Frame(tuple(order[2:5])))
    plan = Plan((CARD,) * 8, tuple(Edge(tail, head) for tail, head in pairs), frames)
    found = laid_out(plan)
    assert not any(overlap(one, two) for one, two in combinations(found.boxes, 2))
    for frame, border in zip(plan.frames, found.frames, strict=True):
        for number, box in enumerate(found.boxes):
            assert inside(box, border) if number in frame.boxes else not overlap(box, border)


def test_a_tree_has_no_crossings():
    edges = tuple(Edge(2 * node + 1 + side, node) for node in range(15) for side in (0, 1))
    found = laid_out(Plan((CARD,) * 31, edges))
    assert crossings_of(found) == 0


def crossings_of(found):
    """How many short arrows cross, by the places of their ends."""
    ends = [(curve[0][1], curve[-1][1], curve[0][0]) for curve in found.edges]
    return sum((a - c) * (b - d) < 0 for (a, b, x), (c, d, y) in combinations(ends, 2) if x == y)


def test_long_arrows_run_straight_between_boxes():
    plan = Plan((CARD,) * 6, (*(Edge(k, k + 1) for k in range(5)), Edge(0, 5)))
    curve = laid_out(plan).edges[5]
    places = [y for x, y in samples(curve) if 250 < x < 1000]
    assert max(places) - min(places) < 1


def test_arrows_pass_a_frame_on_one_side():
    """The one that leads around the layers of a network does not run through any."""
    plan = network(3)
    around = Plan(plan.boxes, (*plan.edges, Edge(5, 11)), plan.frames)
    skipping = laid_out(Plan((*plan.boxes, CARD), (*plan.edges, Edge(0, 16), Edge(15, 16)), plan.frames))
    assert not any(runs_through(samples(skipping.edges[-2]), frame) for frame in skipping.frames[:2])
    assert len(laid_out(around).edges) == len(around.edges)


def test_a_box_between_two_layers_does_not_push_one_below_the_other():
    plan = network(3)
    residual, W, out = range(16, 19)
    edges = (Edge(5, residual), Edge(15, residual), Edge(residual, out, True), Edge(W, out))
    found = laid_out(Plan((*plan.boxes, *(CARD,) * 3), plan.edges + edges, (*plan.frames, Frame((W, out)))))
    assert found.height < 1.3 * laid_out(plan).height


def test_the_data_runs_straight_through_the_layers_of_a_network():
    plan = network()
    found = laid_out(plan)
    places = {sum(sides(found.boxes[box])[1::2]) for frame in plan.frames for box in frame.boxes[2:]}
    assert len(places) == 1


def test_parts_that_do_not_hang_together_fill_rows():
    found = laid_out(Plan((CARD,) * 40, ()))
    assert found.width < 2500
    assert found.height < 1500


def test_the_title_of_a_frame_has_the_room_that_was_asked_for_in_every_direction():
    for direction in ("LR", "TB", "RL", "BT"):
        plan = neuron(direction)
        found = laid_out(plan)
        above = min(found.boxes[box].y for box in plan.frames[0].boxes) - found.frames[0].y
        assert above == 12 + 22


def test_a_hundred_boxes_take_a_moment_and_a_thousand_some_seconds():
    for boxes, seconds in ((100, 2.0), (1000, 20.0)):
        started = time.perf_counter()
        placed(a_graph(1, boxes, framed=False), "built-in", timeout=60)
        assert time.perf_counter() - started < seconds


def test_a_chain_of_five_thousand_neither_recurses_nor_hangs():
    assert placed(chain(5000), "built-in", timeout=60).height == 84


def test_one_box_with_hundreds_of_operands():
    plan = Plan((Box(30.0, 20.0),) * 301, tuple(Edge(k, 300) for k in range(300)))
    found = laid_out(plan)
    assert len(set(found.edges)) == 300


@pytest.mark.parametrize("direction", ["LR", "TB", "RL", "BT"])
def test_a_direction_turns_the_picture_and_nothing_else(direction):
    square = Box(80.0, 80.0)
    edges = (Edge(0, 1), Edge(0, 2), Edge(1, 3), Edge(2, 3))
    found = laid_out(Plan((square,) * 4, edges, (), direction))
    size = (360, 184) if direction in ("LR", "RL") else (184, 360)
    assert (found.width, found.height) == size
