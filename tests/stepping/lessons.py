"""Lessons made by hand, for tests of pages: one neuron, arrays, a thousand steps, hostile names."""

from dataclasses import replace

import numpy as np

import autograd_lite as ag
from autograd_lite import Value
from autograd_lite.drawing.heat import heat_of
from autograd_lite.drawing.reading import view_of
from autograd_lite.drawing.view import MINUS, is_constant
from autograd_lite.stepping.lesson import Array, Change, Lesson, Numbers, Step

from . import formulas as m


def neuron():
    """The cost of one logistic unit; of numbers."""
    x, w, b = Value(1.5, name="x"), Value(0.8, name="w"), Value(-0.4, name="b")
    product = w * x
    product.name = "m"
    z = product + b
    z.name = "z"
    p = ag.sigmoid(z)
    p.name = "p"
    loss = -np.log(p)
    loss.name = "L"
    loss.backward()
    inner = m.sign("(") + m.name("w") + m.sign("·") + m.name("x") + m.sign("+") + m.name("b") + m.sign(")")
    formula = m.name("L") + m.sign("=") + m.sign(MINUS) + m.words("log ") + m.name("σ") + inner
    code = ("x, w, b = 1.5, 0.8, -0.4", "m = w * x", "z = m + b", "p = sigmoid(z)", "L = -log(p)", "L.backward()",
            "w -= 0.1 * w.grad")  # fmt: skip
    return lesson_of_view(view_of(loss, inputs=[x]), formula, code)


def arrays():
    """The cost of a network of two layers, on arrays."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(8, 2)), rng.integers(0, 2, size=(8, 1))
    W1, b1 = Value(rng.normal(size=(2, 4)), name="W1"), Value(np.zeros(4), name="b1")
    W2, b2 = Value(rng.normal(size=(4, 1)), name="W2"), Value(np.zeros(1), name="b2")
    loss = np.mean((ag.sigmoid(np.tanh(X @ W1 + b1) @ W2 + b2) - y) ** 2)
    loss.backward()
    code = tuple(f"line_{i} = of(a, program)" for i in range(40))
    return lesson_of_view(view_of(loss), "", code)


def long_one(steps=1000):
    """A chain of a thousand steps."""
    x = Value(0.5, name="x")
    total = x
    for _ in range(steps // 2 - 1):
        total = total + 0.001
    total.backward()
    return lesson_of_view(
        view_of(total, detail="full", max_nodes=2 * steps),
        "",
        ("x = 0.5", "total = total + 0.001", "total.backward()", "x -= 0.1 * x.grad"),
    )


def hostile(names):
    total = Value(0.0, name="start")
    for name in names:
        total = total * Value(1.0, name=name)
    total.backward()
    lesson = lesson_of_view(view_of(total, detail="full"), "", tuple(names))
    return replace(lesson, title="</title><script>alert(1)</script>", notes=tuple(names))


# ------------------------------------------------------------------------------- steps of any graph


def lesson_of_view(view, formula, code):
    """Simple steps: what is given, each operation, each use on the way back, the update of what is green."""
    given = [i for i, card in enumerate(view.cards) if not card.formula]
    root = len(view.cards) - 1
    steps = [
        Step("start", "What is given", "The numbers that the program begins with. Nothing else is known yet.",
             targets=tuple(given), lines=(0,), changes=tuple(shown(view, i, "value") for i in given))
    ]  # fmt: skip
    computed = [i for i in range(len(view.cards)) if i not in given]
    steps += [forward(view, i, 1 + k, len(code)) for k, i in enumerate(computed)]
    steps.append(
        Step("backward", f"The gradient of {view.cards[root].name} by itself", "It changes as itself: by 1.",
             derivation(view, root, "1.0000"), targets=(root,), lines=(len(code) - 2,),
             changes=(shown(view, root, "gradient"),))
    )  # fmt: skip
    for k, arrow in sorted(enumerate(view.arrows), key=lambda pair: -pair[1].head):
        if view.cards[arrow.tail].carries_gradient:
            steps.append(backward(view, k, arrow, len(code)))
    learnt = [i for i in given if view.cards[i].role in ("variable", "parameter")]
    steps.append(
        Step("update", "Gradient descent", "A small step against the gradient.", targets=tuple(learnt),
             lines=(len(code) - 1,), changes=tuple(updated(view, i) for i in learnt))
    )  # fmt: skip
    numbers = tuple(
        Numbers(i, card.name, card.role, card.shape, " ".join(rows_of(card, "value")),
                " ".join(rows_of(card, "gradient")) if card.carries_gradient else "no gradient",
                str(np.round(entries, 4)) if (entries := data_of(view, i)) is not None and np.ndim(entries) else "")
        for i, card in enumerate(view.cards) if not is_constant(card) or card.shape
    )  # fmt: skip
    return Lesson(view, "Back-propagation, step by step", formula, tuple(steps), code, numbers, ("Made by hand.",))


def data_of(view, i):
    return view.values[i].data if isinstance(view.values[i], Value) else None


def rows_of(card, what):
    place = next((k for k, row in enumerate(card.rows) if "gradient" in row.label), len(card.rows))
    rows = card.rows[:place] if what == "value" else card.rows[place:]
    return tuple(row.text.replace("-", MINUS) for row in rows)


def shown(view, i, what):
    card = view.cards[i]
    return Change(i, what, rows_of(card, what), card.heat if what == "value" else card.gradient_heat)


def updated(view, i):
    rows = tuple(f"{text}!" for text in rows_of(view.cards[i], "value"))
    return Change(i, "value", rows, view.cards[i].gradient_heat)


def forward(view, i, k, lines):
    card = view.cards[i]
    arrows = tuple(k for k, arrow in enumerate(view.arrows) if arrow.head == i)
    tails = tuple(view.arrows[k].tail for k in arrows)
    equation = m.derivation(
        (m.name(card.name), m.sign("="), m.words(card.formula)),
        ("", m.sign("="), m.row(*map(m.number, rows_of(card, "value")[:1]), kind="result")),
    )
    return Step(
        "forward", f"{card.name} = {card.formula}", "An operation of numbers that are known.", equation,
        arrays=tuple(picture(view, j) for j in (*tails, i) if heat(view, j)), targets=(i,), sources=tails,
        arrows=arrows, lines=(min(k, lines - 1),), changes=(shown(view, i, "value"),),
    )  # fmt: skip


def backward(view, k, arrow, lines):
    tail, head = view.cards[arrow.tail], view.cards[arrow.head]
    up = rows_of(head, "gradient")[0] if head.carries_gradient else "·"
    upstream = m.named(m.number(up), "upstream", f"upstream, at {head.name}")
    local = m.named(m.number(arrow.local.removeprefix("× ") or "·"), "local", "local slope")
    pictures = tuple(
        Array(m.partial("L", view.cards[i].name), view.cards[i].shape, g, (0, 0), kind)
        for i, kind in ((arrow.head, "upstream"), (arrow.tail, "gradient")) if (g := view.cards[i].gradient_heat)
    )  # fmt: skip
    number = " ".join(rows_of(tail, "gradient"))
    return Step(
        "backward", f"Through {head.badge or head.name}, to {tail.name}",
        f"The gradient at {head.name}, times the local slope of {head.name} by {tail.name}.",
        derivation(view, arrow.tail, number, upstream + m.sign("·") + local),
        derivation(view, arrow.tail, number) if pictures else "", "Entry (1, 1), worked out" if pictures else "",
        pictures, (arrow.tail,), (arrow.head,), (k,), (lines - 2,), (shown(view, arrow.tail, "gradient"),),
    )  # fmt: skip


def derivation(view, i, number, middle=""):
    parts = [m.sign("="), middle] if middle else []
    left = m.partial(view.cards[-1].name, view.cards[i].name)
    return m.derivation((left, *parts, m.sign("="), m.row(m.number(number), kind="result")))


def heat(view, i):
    data = data_of(view, i)
    return view.cards[i].heat or (heat_of(data) if data is not None and np.ndim(data) else None)


def picture(view, i):
    return Array(m.name(view.cards[i].name), view.cards[i].shape, heat(view, i), None, "value")


def not_finite():
    """An array with a nan and an infinity, and a name in which fonts differ."""
    bad = Value(np.array([[1.0, np.nan, np.inf, 2.0, 3.0]]), name="😀")
    with np.errstate(all="ignore"):
        loss = np.mean(bad * 2.0)
        loss.backward()
    return lesson_of_view(view_of(loss), "", ("x = bad", "y = x * 2", "loss = mean(y)", "loss.backward()", "update()"))
