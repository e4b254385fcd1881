"""Scenes: everything lies inside the picture, every text inside its card, and every state of a Value can be seen."""

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value
from autograd_lite.drawing import draw
from autograd_lite.drawing.layout.plan import DIRECTIONS
from autograd_lite.drawing.palette import COLOURS
from autograd_lite.drawing.scene import Curve, Shape, Text
from autograd_lite.drawing.widths import width_of

from .graphs import cost_of, dense, random_graph, scalar_network
from .pictures import HOSTILE, network, neuron, sum_of


def not_finite():
    x = Value(np.array([[1.0, 0, -2, 3, 4], [1, 2, 3, 4, 5]]), name="X")
    with np.errstate(all="ignore"):
        loss = np.sum(np.log(x) * Value(np.full((2, 5), 1e5), name="W"))
        loss.backward()
    return loss


def complex_numbers():
    loss = np.real(np.sum(Value(np.arange(9.0) * (1 - 2j), name="z") * 1j))
    loss.backward()
    return loss


def changed():
    w, b = Value(1.0, name="w"), Value(1.0, name="<b>")
    loss = w**2 + b
    w.data, b.data = 0.8, 0.9
    return loss


GRAPHS = {
    "one Value": lambda: Value(1.0), "neuron": neuron, "network": network, "nan": not_finite,
    "complex": complex_numbers, "model": lambda: dense(4, 1, features=2), "layers": lambda: cost_of(dense(4, 1)),
    "folded": lambda: scalar_network((4, 9, 9, 1)), "changed": changed, "by chance": lambda: random_graph(1, 30),
    "arrays": lambda: random_graph(2, 15, named=True, arrays=True), "hostile": lambda: sum_of(HOSTILE[:25]),
    "empty": lambda: Value(np.zeros((0, 3)), name="none") * 2, "matrix": lambda: Value(np.eye(2), name="I") @ np.eye(2),
    "long name": lambda: Value(1.0, name="W" * 300) * Value(np.ones((2, 3, 4)), name="重み" * 40),
}  # fmt: skip


@pytest.fixture(scope="module", params=GRAPHS)
def scene(request):
    return draw(GRAPHS[request.param](), engine="built-in").scene


def spans(mark):
    """The smallest rectangle around a mark: left, top, right, bottom."""
    if isinstance(mark, Shape):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    if isinstance(mark, Curve):
        xs, ys = zip(*mark.points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)
    width = drawn_width(mark)
    left = mark.x - {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
    return left, mark.y - mark.size, left + width, mark.y + 0.3 * mark.size


def drawn_width(text):
    """How wide a text is at most: a writer squeezes it to its length."""
    natural = width_of(text.text, text.size, text.font, text.bold)
    return min(natural, text.length) if text.length else natural


def texts(scene):
    return [mark.text for item in scene.items for mark in item.marks if isinstance(mark, Text)]


def test_everything_lies_inside_the_picture(scene):
    for item in scene.items:
        for mark in item.marks:
            left, top, right, bottom = spans(mark)
            assert left >= 0, (item.id, mark)
            assert top >= 0, (item.id, mark)
            assert right <= scene.width + 0.5, (item.id, mark)
            assert bottom <= scene.height + 0.5, (item.id, mark)


def test_every_text_of_a_card_lies_inside_it(scene):
    for item in scene.items:
        if item.kind == "card":
            left, top, right, bottom = spans(next(mark for mark in item.marks if mark.part == "border"))
            for mark in item.marks:
                if mark.part != "behind":
                    a, b, c, d = spans(mark)
                    assert left <= a + 0.01, mark
                    assert c <= right + 0.01, mark
                    assert top <= b + 0.01, mark
                    assert d <= bottom + 0.01, mark


def test_texts_of_a_card_do_not_overlap(scene):
    for item in scene.items:
        if item.kind == "card":
            found = [mark for mark in item.marks if isinstance(mark, Text) and not mark.part.startswith("heat")]
            for i, mark in enumerate(found):
                for other in found[:i]:
                    if mark.y == other.y:
                        (a, _, b, _), (c, _, d, _) = spans(mark), spans(other)
                        assert b <= c + 0.01 or d <= a + 0.01, (mark, other)


def test_cards_do_not_overlap(scene):
    boxes = [spans(mark) for item in scene.items if item.kind == "card" for mark in item.marks if mark.part == "border"]
    for i, (a, b, c, d) in enumerate(boxes):
        for e, f, g, h in boxes[:i]:
            assert c <= e or g <= a or d <= f or h <= b


def test_every_text_says_how_wide_it_may_become(scene):
    assert all(mark.length > 0 for item in scene.items for mark in item.marks if isinstance(mark, Text))


def test_every_colour_is_in_the_palette(scene):
    for item in scene.items:
        for mark in item.marks:
            for name in ("fill", "stroke", "colour"):
                assert getattr(mark, name, "") in {"", *COLOURS}


def test_ids_are_numbers_and_unlike(scene):
    ids = [item.id for item in scene.items]
    assert len(set(ids)) == len(ids)
    assert all(i in ("title", "caption") or (i[0] in "nesg" and i[1:].isdigit()) for i in ids)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("graph", [neuron, network, GRAPHS["layers"]])
def test_slopes_cover_no_card_and_no_other_slope(direction, graph):
    scene = draw(graph(), direction=direction).scene
    boxes = [
        spans(mark)
        for item in scene.items
        for mark in item.marks
        if (item.kind == "card" and mark.part == "border") or (item.kind == "slope" and mark.part == "pill")
    ]
    overlaps = 0.0
    for i, (a, b, c, d) in enumerate(boxes):
        for e, f, g, h in boxes[:i]:
            overlaps += max(0.0, min(c, g) - max(a, e)) * max(0.0, min(d, h) - max(b, f))
    assert overlaps < 50


def test_two_uses_are_two_arrows_whose_slopes_can_both_be_read():
    x = Value(3.0, name="x")
    for direction in DIRECTIONS:
        scene = draw(x * x, direction=direction, engine="built-in").scene
        assert sum(item.kind == "arrow" for item in scene.items) == 2
        (a, b, c, d), (e, f, g, h) = [
            spans(mark) for item in scene.items if item.kind == "slope" for mark in item.marks if mark.part == "pill"
        ]
        assert c <= e or g <= a or d <= f or h <= b


def test_what_is_not_computed_and_what_has_no_gradient_and_zero_look_unlike():
    w = Value(1.0, name="w")
    assert "·" in texts(draw(w * 2).scene)
    loss = w * 0.0
    loss.backward()
    assert "0.0000" in texts(draw(loss).scene)
    assert "no gradient" in texts(draw((w > 0.5) * w).scene)


def border_of(scene, number):
    item = next(item for item in scene.items if item.id == f"n{number}")
    return next(mark for mark in item.marks if mark.part == "border")


def test_alarms_have_a_border_and_a_word():
    scene = draw(not_finite()).scene
    assert "nan starts here" in texts(scene)
    assert {border_of(scene, i).stroke for i in range(4)} == {"alarm"}
    assert "The first nan is in v1 = log(X)." in texts(scene)
    scene = draw(changed()).scene
    assert texts(scene).count("changed since") == 2
    tiny = Value(1e-9, name="w") * 1.0
    loss = tiny * Value(1.0, name="a") * 1e-9 + Value(1.0, name="b") * 1.0
    loss.backward()
    scene = draw(loss).scene
    assert "vanishing" in texts(scene)
    assert any(mark.part == "border" and mark.dashes == "6 4" for item in scene.items for mark in item.marks)


def test_arrays_are_shown_as_small_pictures_with_marks_for_what_is_not_finite():
    scene = draw(not_finite()).scene
    marks = [mark for item in scene.items for mark in item.marks if mark.part == "heat-value"]
    assert {mark.text for mark in marks if isinstance(mark, Text)} == {"×", "▼"}
    assert any(isinstance(mark, Shape) and mark.fill == "heat8" for mark in marks)


def test_where_gradients_meet_the_sum_is_on_the_card():
    x = Value(3.0, name="x")
    y = x * x
    y.backward()
    assert "3 + 3 = 6" in texts(draw(y).scene)


def test_a_folded_card_looks_like_a_stack_and_says_how_much_is_in_it():
    scene = draw(scalar_network((4, 9, 9, 1))).scene
    assert any("Values in it" in text for text in texts(scene))
    assert any(mark.part == "behind" for item in scene.items for mark in item.marks)
    assert any(text.startswith("Folded: ") for text in texts(scene))


def test_groups_are_framed_and_titled():
    scene = draw(dense(4, 1, features=2)).scene
    frames = [item for item in scene.items if item.kind == "frame"]
    assert [item.id for item in frames] == ["g0", "g1"]
    assert "dense: 2 → 4, tanh" in texts(scene)


def test_the_same_graph_gives_the_same_scene():
    assert draw(network()).scene == draw(network()).scene


def test_a_picture_of_many_values_is_made_all_the_same():
    x = Value(1.0, name="x")
    for _ in range(3000):
        x = x * 1.0001
    scene = draw(x, engine="built-in").scene
    assert 0 < len(scene.items) < 300


def test_the_title_is_in_the_picture():
    loss = neuron()
    drawing = draw(loss)
    assert drawing.scene.title == drawing.view.title
    assert (
        " ".join(mark.text for item in drawing.scene.items if item.kind == "title" for mark in item.marks)
        == ag.draw(loss).view.title
    )
