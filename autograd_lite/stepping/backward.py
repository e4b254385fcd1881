"""The steps back: one arrow a step, or one card a step where there are many."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..drawing.text import clean
from ..drawing.view import counted, some
from . import mathml as m
from .chain import MOST_TERMS, chain, sum_of, sum_of_chains, template_of, uses_of, via
from .entries import Entry, backward_entry, picture
from .forward import entry_name, entry_title, names_of
from .lesson import BACKWARD, GRADIENT, VALUE, Array, Step
from .mathml import RESULT, UPSTREAM
from .operations import backward_sentence
from .playing import Play, is_number
from .templates import Piece


def seed(play: Play) -> Step:
    """Where the way back begins."""
    i = play.root
    name = play.symbol(i).mathml
    formula = m.derivation([(m.partial(name, name), m.equal(play.number(1.0, RESULT).mathml))])
    sentence = (
        f"Back-propagation asks of every number: if it grew a little, how much would {play.loss_name} grow? For "
        f"{play.loss_name} itself the answer is 1."
    )
    return Step(
        BACKWARD, f"Start at {play.loss_name}", sentence, formula, targets=(i,), changes=(play.shown(i, GRADIENT),)
    )


def steps_by_arrow(play: Play) -> list[Step]:
    """One step for each arrow that a gradient travels along: one multiplication each."""
    steps, so_far = [], dict[int, list[Any]]()
    for head in reversed(range(len(play.cards))):
        for k in play.into[head]:
            back = play.sent(k)
            if back is not None:
                parts = so_far.setdefault(play.arrows[k].tail, [])
                parts.append(back)
                steps.append(step_along(play, k, parts))
    return steps


def steps_by_card(play: Play) -> list[Step]:
    """One step for each card, when all gradients that meet there are known."""
    return [
        step_to(play, i)
        for i in reversed(range(len(play.cards)))
        if i != play.root and play.has_gradient(i) and play.out_of[i]
    ]


# ------------------------------------------------------------------------------- one arrow


def step_along(play: Play, k: int, parts: list[Any]) -> Step:
    """A gradient travels back along an arrow; parts are what has come to its end so far, this one included."""
    arrow = play.arrows[k]
    head, tail = arrow.head, arrow.tail
    words, uses = play.words(head), uses_of(play, tail)
    sentence = backward_sentence(words, arrow.position, said(play, k)) + repeated(play, k)
    if uses > 1:
        sentence += met(play, tail, len(parts), uses)
    entry, arrays = worked_out(play, k, parts, uses)
    return Step(
        BACKWARD,
        f"Back through {words.title or 'the operation'}, to {play.cards[tail].name}",
        sentence,
        m.derivation(chain(play, k, parts, uses)),
        entry=entry[0],
        entry_title=entry[1],
        arrays=arrays,
        targets=(tail,),
        sources=(head,),
        arrows=(k,),
        changes=(play.shown(tail, GRADIENT, sum(parts[1:], parts[0])),),
    )


def said(play: Play, k: int) -> dict[str, str]:
    """What the parts of the operation at the end of an arrow are called in sentences."""
    arrow = play.arrows[k]
    names = names_of(play, arrow.head)
    others = [names[letter] for p, letter in enumerate("xyz"[: len(play.tails(arrow.head))]) if p != arrow.position]
    me = play.cards[arrow.tail].name
    return names | {"me": me, "other": others[0] if others else me}


def repeated(play: Play, k: int) -> str:
    """That a gradient is a sum, where its operand was repeated to fit."""
    arrow = play.arrows[k]
    own, shape = np.shape(play.data(arrow.tail)), np.shape(play.data(arrow.head))
    if own == shape or not play.operation(arrow.head).elementwise:
        return ""
    name = play.cards[arrow.tail].name
    return f" {name} was repeated to fit: its gradient is the sum over all places where it was used."


def met(play: Play, i: int, nth: int, uses: int) -> str:
    """That gradients add up."""
    name = play.cards[i].name
    if nth == 1:
        return f" {name} is used {uses} times; this is what comes back from one of them."
    left = uses - nth
    rest = "the sum is its gradient." if not left else "one more will come." if left == 1 else f"{left} more will come."
    return f" It is added to what came back to {name} before: {rest}"


def worked_out(play: Play, k: int, parts: list[Any], uses: int) -> tuple[tuple[str, str], tuple[Array, ...]]:
    """One entry of what travels back, and pictures of the arrays; empty for numbers."""
    arrow, back = play.arrows[k], np.asarray(parts[-1])
    if not back.ndim and is_number(play.gradient(arrow.head)):
        return ("", ""), ()
    entry = backward_entry(play, play.value(arrow.head), arrow.position, play.gradient(arrow.head), back)
    by = via(play, k, uses)
    pictures = pictures_of(play, k, parts, entry, by)
    if entry is None:
        return ("", ""), pictures
    value = play.number(back[entry.index].item(), RESULT).mathml
    lines = [(entry_name(m.in_brackets(by), entry.index), m.equal(entry.formula, value))]
    if len(parts) == uses > 1:
        numbers = [np.asarray(part)[entry.index].item() for part in parts]
        name = entry_name(m.in_brackets(play.by(arrow.tail)), entry.index)
        lines.append((name, m.equal(sum_of(play, numbers), play.number(sum(numbers), RESULT).mathml)))
    return (m.derivation(lines), entry_title(entry.index)), pictures


def pictures_of(play: Play, k: int, parts: list[Any], entry: Entry | None, by: str) -> tuple[Array, ...]:
    """The gradient that comes in, what it is multiplied by, what travels back, and what has met so far."""
    arrow = play.arrows[k]
    is_product = play.operation(arrow.head).func is np.matmul
    place = entry.places[0] if entry and entry.places and not is_product else None
    found = [picture(Piece(play.by(arrow.head)), play.gradient(arrow.head), UPSTREAM, place)]
    if "{" in (template_of(play, k) or "{"):  # an addition multiplies by nothing
        operands = play.operands(arrow.head)
        others = [(t, operands[p]) for p, t in enumerate(play.tails(arrow.head)) if p != arrow.position]
        found += [picture(play.symbol(t), data, VALUE) for t, data in others[:1]]
    found.append(picture(Piece(by), parts[-1], GRADIENT, entry.index if entry else None))
    if len(parts) > 1:
        found.append(picture(Piece(play.by(arrow.tail)), sum(parts[1:], parts[0]), GRADIENT))
    return tuple(p for p in found if p)


# ------------------------------------------------------------------------------- one card


def step_to(play: Play, i: int) -> Step:
    """Everything that comes back to a card, at once."""
    card = play.cards[i]
    arrows = [k for k in play.out_of[i] if play.has_gradient(play.arrows[k].head)]
    heads = tuple(dict.fromkeys(play.arrows[k].head for k in arrows))
    parts = [play.sent(k) for k in arrows]
    common: dict[str, Any] = {
        "targets": (i,), "sources": heads, "arrows": tuple(arrows), "changes": (play.shown(i, GRADIENT),),
    }  # fmt: skip
    if len(arrows) == 1 and parts[0] is not None:
        one = step_along(play, arrows[0], parts)
        return Step(
            BACKWARD, one.title, one.sentence, one.formula, one.entry, one.entry_title, one.arrays, **common
        )  # fmt: skip
    names = some([play.cards[head].name for head in heads], 4)
    if any(part is None for part in parts) or play.value(i) is None:
        return Step(BACKWARD, f"Back to {card.name}", through_folds(play, i, heads), arrays=of_card(play, i), **common)
    sentence = (
        f"{card.name} is used {len(arrows)} times, by {names}: the gradients that come back from its uses add up."
    )
    formula = m.derivation(sum_of_chains(play, i, arrows, parts))
    return Step(
        BACKWARD, f"Gradients meet at {card.name}", sentence, formula, arrays=of_card(play, i), **common
    )  # fmt: skip


def through_folds(play: Play, i: int, heads: tuple[int, ...]) -> str:
    """That a gradient comes back through operations that are not shown one by one."""
    inside = [c for c in (*heads, i) if play.cards[c].folds]
    count = sum(1 for c in inside for v in play.members(c) if v.op is not None)
    folded = (
        f", through {counted(count, 'operation')} that {'is' if count == 1 else 'are'} folded into "
        f"{some([play.cards[c].name for c in inside], 4)}"
    )
    return f"The gradient comes back from {some([play.cards[h].name for h in heads], 4)}{folded if count else ''}."


def of_card(play: Play, i: int) -> tuple[Array, ...]:
    """Pictures of a card's array and of its gradient; of a folded card also the gradients of what is learnt in it."""
    card, by = play.cards[i], m.inline(play.by(i))
    found = [
        picture(play.symbol(i), play.data(i), VALUE),
        picture(Piece(play.by(i)), play.gradient(i), GRADIENT),
    ]
    if card.folds and card.gradient_heat is not None:
        found.append(Array(by, card.shape.strip("(),").replace(", ", " × "), card.gradient_heat, None, GRADIENT))
        loss = play.symbol(play.root).mathml
        for v in play.learnt_on(i)[:MOST_TERMS]:
            caption = Piece(m.partial(loss, m.name(clean(v.name or "a weight", 24))))
            found.append(picture(caption, play.gradients[v], GRADIENT))
    return tuple(p for p in found if p)
