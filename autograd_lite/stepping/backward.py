"""The steps back: the chain rule, one arrow a step, or one card a step where there are many."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..drawing import symbols
from ..drawing.slopes import local_slope
from ..drawing.text import clean
from ..drawing.view import counted, some
from . import mathml as m
from .entries import backward_entry, picture
from .forward import entry_name, entry_title, names_of, pieces
from .lesson import BACKWARD, GRADIENT, VALUE, Array, Step
from .mathml import LOCAL, RESULT, UPSTREAM
from .operations import backward_sentence, words_of
from .playing import Play, is_number
from .templates import Piece, filled

MOST_TERMS = 4
"""Sums of up to so many gradients are written out."""


def seed(play: Play) -> Step:
    """Where the way back begins."""
    i = play.root
    name = play.symbol(i).mathml
    formula = m.derivation([(m.partial(name, name), m.row(m.sign("="), play.number(1.0, RESULT).mathml))])
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
    words = words_of(play.operation(head))
    me = play.cards[tail].name
    sentence = backward_sentence(words, arrow.position, said(play, k))
    uses = sum(1 for other in play.out_of[tail] if play.sent(other) is not None)
    if uses > 1:
        sentence += met(play, tail, len(parts), uses)
    total = parts[0] if len(parts) == 1 else sum(parts[1:], parts[0])
    lines = chain(play, k, parts, uses)
    entry, arrays = worked_out(play, k, parts[-1])
    return Step(
        BACKWARD,
        f"Back through {words.title or 'the operation'}, to {me}",
        sentence,
        m.derivation(lines),
        entry=entry[0],
        entry_title=entry[1],
        arrays=arrays,
        targets=(tail,),
        sources=(head,),
        arrows=(k,),
        changes=(play.shown(tail, GRADIENT, total),),
    )


def said(play: Play, k: int) -> dict[str, str]:
    """What the parts of the operation at the end of an arrow are called in sentences."""
    arrow = play.arrows[k]
    names = names_of(play, arrow.head)
    others = [play.cards[t].name for p, t in enumerate(play.tails(arrow.head)) if p != arrow.position]
    me = play.cards[arrow.tail].name
    return names | {"me": me, "other": others[0] if others else me}


def met(play: Play, i: int, nth: int, uses: int) -> str:
    """That gradients add up."""
    name = play.cards[i].name
    if nth == 1:
        return f" {name} is used {uses} times; this is what comes back from the first of them."
    rest = "the sum is its gradient." if nth == uses else f"{uses - nth} more will come."
    return f" It is added to what came back to {name} before: {rest}"


def chain(play: Play, k: int, parts: list[Any], uses: int) -> list[tuple[str, str]]:
    """The chain rule in symbols, the slope, the rule with numbers; and the sum where gradients meet."""
    arrow = play.arrows[k]
    head = play.symbol(arrow.head).mathml
    by_head, of_arrow = play.by(arrow.head), m.partial(head, play.symbol(arrow.tail).mathml)
    left = play.by(arrow.tail) if uses == 1 else m.row(play.by(arrow.tail), m.words(" via "), head)
    back, g = parts[-1], play.gradient(arrow.head)
    if not (is_number(back) and is_number(g)):
        return chain_of_arrays(play, k, left)
    lines = [(left, m.row(m.sign("="), by_head, m.sign("·"), of_arrow))]
    slope = local_slope(play.value(arrow.head), arrow.position)
    if slope is None:
        return [*lines, ("", m.row(m.sign("="), play.number(back, RESULT).mathml))]
    lines.append((of_arrow, m.row(m.sign("="), *slope_with_numbers(play, k, slope))))
    upstream = play.number(g, UPSTREAM).tight
    local = play.number(slope, LOCAL, exact="{" not in (template_of(play, k) or "{")).tight
    result = m.row(m.sign("="), play.number(back, RESULT).mathml)
    lines.append((left, m.row(m.sign("="), upstream, m.sign("·"), local, result)))
    return lines + met_lines(play, arrow.tail, parts, uses)


def met_lines(play: Play, i: int, parts: list[Any], uses: int) -> list[tuple[str, str]]:
    """The sum of the gradients that have met so far."""
    if len(parts) < 2 or len(parts) > MOST_TERMS:
        return []
    terms = [p for part in parts for p in (m.sign("+"), play.number(part).tight)][1:]
    total = sum(parts[1:], parts[0])
    left = play.by(i) if len(parts) == uses else m.row(play.by(i), m.words(" so far"))
    return [(left, m.row(m.sign("="), *terms, m.sign("="), play.number(total, RESULT).mathml))]


def slope_with_numbers(play: Play, k: int, slope: Any) -> list[str]:
    """``p (1 − p) = 0.69 · (1 − 0.69) = 0.2139``, as short as it can be."""
    arrow = play.arrows[k]
    number = play.number(slope, LOCAL).mathml
    template = template_of(play, k)
    if not template:
        return [number]
    if "{" not in template:
        return [m.row(filled(template, {}).mathml, kind=LOCAL)] if is_same(template, slope) else [number]
    tails = play.tails(arrow.head)
    named = pieces(play, arrow.head, [play.symbol(t) for t in tails])
    parts = [filled(template, named).mathml, m.sign("=")]
    numbers = [play.plugged(arrow.head, position) for position in range(len(tails))]
    places = pieces(play, arrow.head, numbers) | {"a": play.number(play.data(arrow.head))}
    if template not in ("{x}", "{y}", "{a}"):
        parts += [filled(template, places).mathml, m.sign("=")]
    return [*parts, number]


def template_of(play: Play, k: int) -> str:
    """The formula of a slope, if it has a short one."""
    arrow = play.arrows[k]
    names = [play.cards[t].name for t in play.tails(arrow.head)]
    return symbols.template_of(play.operation(arrow.head), arrow.position, names)


def is_same(template: str, slope: Any) -> bool:
    """True if a template without places is this very number."""
    return bool(float(template.replace("−", "-")) == slope)


# ------------------------------------------------------------------------------- arrays


def chain_of_arrays(play: Play, k: int, left: str) -> list[tuple[str, str]]:
    """The rule of an operation on arrays in symbols, ``G`` being the gradient that comes in; and its shapes."""
    arrow = play.arrows[k]
    head, tail = arrow.head, arrow.tail
    g = Piece(m.row(play.by(head), kind=UPSTREAM))
    lines = [(left, m.row(m.sign("="), rule_in_symbols(play, k, g)))]
    back, incoming = play.sent(k), play.gradient(head)
    shapes = [np.shape(x) for x in (back, incoming)]
    if any(shapes):
        said = [" × ".join(map(str, shape)) or "one number" for shape in shapes]
        text = f"{said[0]}, like {play.cards[tail].name}"
        lines.append(("", m.words(text if shapes[0] == shapes[1] else f"from {said[1]} to {text}")))
    return lines


def rule_in_symbols(play: Play, k: int, g: Piece) -> str:
    """``G · Yᵀ``, ``G · a (1 − a)``; for operations without a short one in words."""
    arrow = play.arrows[k]
    op = play.operation(arrow.head)
    tails = play.tails(arrow.head)
    named = pieces(play, arrow.head, [play.symbol(t) for t in tails]) | {"g": g}
    if op.func is np.matmul and len(tails) == 2:
        return filled("{g} · {y}ᵀ" if arrow.position == 0 else "{x}ᵀ · {g}", named).mathml
    if template := template_of(play, k):
        summed = np.shape(play.data(arrow.tail)) != np.shape(play.data(arrow.head))
        slope = m.row(filled(template, named).tight, kind=LOCAL)
        product = g.mathml if template == "1" else m.row(g.tight, m.sign("·"), slope)
        return m.row(m.element("mo", "Σ"), product) if summed else product
    if op.func in (np.sum, np.mean):
        part = filled("1 / {n} · {g}" if op.func is np.mean else "{g}", named).mathml
        return m.row(part, m.words(" for each entry"))
    names = [play.cards[t].name for t in tails]
    rule = (
        symbols.rule_of_arrays(op, arrow.position, names, play.cards[arrow.head].name) or f"by the rule of {op.symbol}"
    )
    if rule.startswith("G"):
        return m.row(g.mathml, m.words(f" {rule.removeprefix('G').strip(' ,')}"))
    return m.row(m.words(f"{rule}, of G = "), g.mathml)


def worked_out(play: Play, k: int, back: Any) -> tuple[tuple[str, str], tuple[Array, ...]]:
    """One entry of what travels back, and pictures of the arrays; empty for numbers."""
    arrow = play.arrows[k]
    head, tail = arrow.head, arrow.tail
    v, g = play.value(head), play.gradient(head)
    is_product = play.operation(head).func is np.matmul
    if is_number(back) and is_number(g):
        return ("", ""), ()
    entry = backward_entry(play, v, arrow.position, g, back) if np.ndim(back) else None
    operands = play.operands(head)
    others = [(t, operands[p]) for p, t in enumerate(play.tails(head)) if p != arrow.position]
    place = entry.places[0] if entry and entry.places and np.ndim(back) and not is_product else None
    found = [picture(Piece(play.by(head)), g, UPSTREAM, place)]
    if "{" in (template_of(play, k) or "{"):  # an addition multiplies by nothing
        found += [picture(play.symbol(t), data, VALUE) for t, data in others[:1]]
    found.append(picture(Piece(play.by(tail)), back, GRADIENT, entry.index if entry else None))
    pictures = tuple(p for p in found if p)
    if entry is None:
        return ("", ""), pictures
    value = play.number(np.asarray(back)[entry.index].item(), RESULT).mathml
    name = entry_name(m.in_brackets(play.by(tail)), entry.index)
    written = m.derivation([(name, m.row(m.sign("="), entry.formula, m.sign("="), value))])
    return (written, entry_title(entry.index)), pictures


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
        inside = sum(play.cards[head].folds for head in heads) + card.folds
        sentence = f"The gradient comes back from {names}, by the rules of the {counted(inside, 'Value')} folded there."
        return Step(BACKWARD, f"Back to {card.name}", sentence, arrays=of_card(play, i), **common)
    sentence = (
        f"{card.name} is used {len(arrows)} times, by {names}: the gradients that come back from its uses add up."
    )
    return Step(
        BACKWARD, f"Gradients meet at {card.name}", sentence, m.derivation(sum_of_chains(play, i, arrows, parts)),
        arrays=of_card(play, i), **common,
    )  # fmt: skip


def sum_of_chains(play: Play, i: int, arrows: list[int], parts: list[Any]) -> list[tuple[str, str]]:
    """∂L/∂x as a sum over the uses of x, in symbols and with numbers."""
    some_arrows = arrows[:MOST_TERMS]
    terms = [
        term
        for k in some_arrows
        for term in (
            m.sign("+"), play.by(play.arrows[k].head), m.sign("·"),
            m.partial(play.symbol(play.arrows[k].head).mathml, play.symbol(i).mathml),
        )
    ][1:]  # fmt: skip
    more = [m.sign("+"), m.words(f"… {len(arrows) - MOST_TERMS} more")] if len(arrows) > MOST_TERMS else []
    lines = [(play.by(i), m.row(m.sign("="), *terms, *more))]
    if all(map(is_number, parts)):
        numbers = [t for part in parts[:MOST_TERMS] for t in (m.sign("+"), play.number(part).tight)][1:]
        total = play.number(play.gradient(i), RESULT).mathml
        lines.append(("", m.row(m.sign("="), *numbers, *more, m.sign("="), total)))
    return lines


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
