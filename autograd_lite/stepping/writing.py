"""Writing a lesson: a loss becomes the steps of a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ..drawing.folding import Collapse
from ..drawing.reading import Inputs, view_of
from ..drawing.view import MINUS
from ..engine import Value
from ..engine.recording import raw_of
from ..optimizers import SGD, Optimizer
from . import mathml as m
from .backward import seed, steps_by_arrow, steps_by_card
from .forward import forward_steps, names_of, start
from .lesson import BACKWARD, FORWARD, GRADIENT, UPDATE, VALUE, Lesson, Numbers, Step
from .playing import Play, gradients_behind, rows_of_card
from .source import Source, source_of
from .templates import Piece, filled
from .update import new_weights, update_step

FEW_STEPS = 40
"""A lesson of more steps goes back by cards and not by arrows, if nobody says which."""

LONGEST_FORMULA, DEEPEST = 12, 4
"""Operations of the longest formula that stands in the title, and how deep they may be nested."""

SHOWN_ENTRIES = 64
"""Arrays of up to so many entries are written out in the table."""


def lesson_of(
    loss: Value,
    *,
    learning_rate: float | None = 0.1,
    optimizer: Optimizer | None = None,
    by: str = "auto",
    precision: int = 4,
    detail: str = "auto",
    max_nodes: int | None = None,
    inputs: Inputs = (),
    collapse: Collapse | None = None,
) -> Lesson:
    """The steps through the graph of a loss; see `steps` for the parameters."""
    gradients = gradients_behind(loss)
    view = view_of(
        loss, precision, max_nodes, detail=detail, inputs=inputs, collapse=collapse, gradients=gradients
    )  # fmt: skip
    play = Play(view, gradients, precision)
    mover = optimizer or (SGD(learning_rate=learning_rate) if learning_rate else None)
    plain = mover.learning_rate if type(mover) is SGD and not mover.momentum else None
    source = source_of(play, loss, plain)
    steps = [start(play), *forward_steps(play), seed(play), *back_steps(play, by)]
    if mover is not None:
        moved = new_weights(play, mover)
        if last := update_step(play, mover, moved, raw_of(loss), source.loss_at(moved)):
            steps.append(last)
    return Lesson(
        view=view,
        title="Back-propagation, step by step",
        formula=whole_formula(play),
        steps=tuple(with_lines(play, step, source) for step in steps),
        code=source.lines,
        numbers=tuple(numbers_of(play, i) for i in range(len(view.cards)) if view.cards[i].rows),
        notes=(*(note.replace("draw(", "steps(") for note in view.folded), *view.notes),
    )


def back_steps(play: Play, by: str) -> list[Step]:
    """The way back: by arrows where that is short and nothing is folded."""
    arrows = sum(1 for arrow in play.arrows if play.has_gradient(arrow.tail))
    computed = sum(1 for i in range(len(play.cards)) if not play.is_given(i))
    short = arrows + computed + 3 <= FEW_STEPS and not any(card.folds for card in play.cards)
    return steps_by_arrow(play) if by == "arrow" or (by == "auto" and short) else steps_by_card(play)


def with_lines(play: Play, step: Step, source: Source) -> Step:
    """A step with the lines of the program that do it; a gradient that is passed unchanged has none of its own."""
    where = {FORWARD: source.forward, BACKWARD: source.backward, UPDATE: source.update}.get(step.phase, {})
    for cards in (step.targets, step.sources):
        lines = {line for i in cards for v in play.members(i) for line in where.get(v, ())}
        if lines or step.phase != BACKWARD:
            break
    return replace(step, lines=tuple(sorted(lines)))


# ------------------------------------------------------------------------------- the formula in the title


def whole_formula(play: Play) -> str:
    """``L = BCE(σ(w · x + b), y)``: everything between what was given and the loss; empty if it is too long."""
    computed = [i for i in range(len(play.cards)) if not play.is_given(i)]
    if len(computed) > LONGEST_FORMULA or any(play.cards[i].folds for i in range(len(play.cards))):
        return ""
    found: dict[int, Piece] = {}
    depth: dict[int, int] = {}
    for i in range(len(play.cards)):
        tails = [play.arrows[k].tail for k in play.into[i]]
        v = play.value(i)
        words = play.words(i) if v is not None and v.op is not None else None
        if words is None:
            found[i], depth[i] = play.symbol(i), 0
            continue
        if not words.formula or len(tails) > 2:
            return ""
        depth[i] = 1 + max(depth[t] for t in tails)
        x, y = [*(found[t] for t in tails), Piece(""), Piece("")][:2]
        found[i] = filled(words.formula, {"x": x, "y": y, "n": Piece(m.number(names_of(play, i)["n"]))})
    name = play.cards[play.root].name
    return m.inline(m.row(m.name(name), m.sign("="), found[play.root].mathml))


# ------------------------------------------------------------------------------- the table


def numbers_of(play: Play, i: int) -> Numbers:
    """A line of the table."""
    card = play.cards[i]
    value = " ".join(rows_of_card(card, VALUE)).replace("-", MINUS)
    gradient = " ".join(rows_of_card(card, GRADIENT)).replace("-", MINUS)
    shape = card.shape.strip("(),").replace(", ", " × ")
    return Numbers(
        i, card.name, card.role, shape, value, gradient if card.carries_gradient else "no gradient", entries(play, i)
    )


def entries(play: Play, i: int) -> str:
    """All entries of a small array, and of its gradient."""
    data = play.data(i)
    if not np.ndim(data) or not 0 < np.size(data) <= SHOWN_ENTRIES:
        return ""
    said = [written_out(play.cards[i].name, data, play)]
    gradient = play.gradient(i)
    if gradient is not None:
        said.append(written_out(f"∂{play.loss_name}/∂{play.cards[i].name}", gradient, play))
    return "\n".join(said)


def written_out(name: str, array: Any, play: Play) -> str:
    """A name, and below it the rows of an array."""
    matrix = np.reshape(array, (-1, np.shape(array)[-1]))
    rows = [[play.text(x.item()).replace("-", MINUS) for x in row] for row in matrix]
    width = max(len(text) for row in rows for text in row)
    return "\n".join([f"{name} =", *("  ".join(text.rjust(width) for text in row) for row in rows)])
