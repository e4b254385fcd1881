"""The numbers that a page of steps shows, step by step, in a browser: against finite differences."""

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite.drawing.graph import computed_behind
from autograd_lite.drawing.view import MINUS
from autograd_lite.stepping.lesson import BACKWARD, FORWARD

H = 1e-5


def neuron():
    w, x, b, y = (ag.Value(v, name=n) for v, n in ((0.8, "w"), (1.5, "x"), (-0.4, "b"), (1.0, "y")))
    p = ag.sigmoid(w * x + b)
    p.name = "p"
    return -(y * np.log(p) + (1 - y) * np.log(1.001 - p))


def diamond():
    x = ag.Value(0.7, name="x")
    u = np.sin(x * x)
    u.name = "u"
    return u * u + np.exp(-u) * x


def several_uses():
    a, b = ag.Value(-0.4, name="a"), ag.Value(0.2, name="b")
    c = a + b
    d = a * b + b**3
    c = c + c + 1 + np.tanh(c) - a
    d = d + d * 2 + ag.relu(b + a)
    e = c - d
    return e**2 / 2 + 10.0 / (e + 3.0)


def layer():
    rng = np.random.default_rng(0)
    w, b = ag.Value(rng.normal(size=(3, 2)), name="W"), ag.Value(rng.normal(size=2), name="b")
    return np.mean((np.tanh(rng.normal(size=(4, 3)) @ w + b) - 0.5) ** 2)


def loss_with(loss, moved, data):
    """The loss if one Value of its graph, given or computed, had other numbers."""
    now = {moved: data}
    for v in computed_behind([loss]):
        if v is not moved:
            now[v] = v.op.func(*(now.get(a, a.data) if isinstance(a, ag.Value) else a for a in v.args), **v.op.settings)
    return float(now[loss])


def difference(loss, v):
    """The slope of the loss by every entry of a Value; all of them as one array."""
    data = np.array(v.data, float)
    found = np.zeros_like(data)
    for place in np.ndindex(data.shape):
        step = np.zeros_like(data)
        step[place] = H
        found[place] = (loss_with(loss, v, data + step) - loss_with(loss, v, data - step)) / (2 * H)
    return found


def shown(page, card, part):
    """The numbers on a card, as they stand on the page."""
    texts = page.locator(f"svg [data-item=n{card}] text[data-part={part}]").all_text_contents()
    words = " ".join(texts).replace(MINUS, "-").replace("[", " ").replace("]", " ").replace(",", " ").split()
    return [float(word) for word in words if word not in ("·", "±", "…")]


def mean_and_std(array):
    return [array.mean(), array.std()] if array.size > 4 else list(array.ravel())


@pytest.mark.parametrize("by", ["arrow", "card"])
@pytest.mark.parametrize("made", [neuron, diamond, several_uses, layer])
def test_at_every_step_the_page_shows_what_finite_differences_give(visit, tmp_path, made, by):
    loss = made()
    steps = ag.steps(loss, by=by, precision=8, detail="full", engine="built-in")
    page = visit(steps.save(tmp_path / "steps.html")).page
    lesson = steps.lesson
    left = {i: sum(i in s.targets for s in lesson.steps if s.phase == BACKWARD) for i in range(len(lesson.view.cards))}
    checked = 0
    for step in lesson.steps:
        for i in step.targets:
            v = lesson.view.values[i]
            if step.phase == FORWARD:
                assert shown(page, i, "value")[:2] == pytest.approx(mean_and_std(np.asarray(v.data))[:2], abs=2e-8)
            if step.phase == BACKWARD:
                left[i] -= 1
                if not left[i]:  # everything that comes back has arrived
                    slopes = mean_and_std(difference(loss, v))
                    assert shown(page, i, "gradient") == pytest.approx(slopes, rel=1e-5, abs=1e-7)
                    checked += 1
                else:
                    assert shown(page, i, "gradient")
        not_yet = [
            i for i in left if left[i] and lesson.view.cards[i].carries_gradient and not step_reached(lesson, step, i)
        ]
        assert all(not shown(page, i, "gradient") for i in not_yet[:2])
        page.keyboard.press("ArrowRight")
    assert checked == sum(1 for v in lesson.view.values if v is not None and v.carries_gradient)


def step_reached(lesson, step, card):
    """True if something has come back to a card up to this step."""
    done = lesson.steps[: lesson.steps.index(step) + 1]
    return any(card in s.targets for s in done if s.phase == BACKWARD)
