"""The chain rule along an arrow: in symbols, its slope worked out, with numbers; and sums where gradients meet."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..drawing import symbols
from ..drawing.slopes import local_slope
from ..drawing.text import clean
from . import mathml as m
from .forward import pieces
from .mathml import LOCAL, RESULT, UPSTREAM
from .playing import Play, is_number
from .templates import Piece, filled

MOST_TERMS = 4
"""Sums of up to so many gradients are written out."""


def uses_of(play: Play, i: int) -> int:
    """How many arrows bring a gradient back to a card."""
    return sum(1 for k in play.out_of[i] if play.sent(k) is not None)


def via(play: Play, k: int, uses: int) -> str:
    """∂L/∂x; where several gradients meet at x, with the card that this one comes through."""
    arrow = play.arrows[k]
    by = play.by(arrow.tail)
    if uses == 1:
        return by
    place = play.place(k)
    return m.row(by, m.words(" via "), play.symbol(arrow.head).mathml, *([m.words(f", {place}")] if place else []))


def along(play: Play, k: int) -> str:
    """∂m/∂w; with a number, where one card is several operands of another: ∂(x·x)/∂x is something else."""
    arrow = play.arrows[k]
    slope = m.partial(play.symbol(arrow.head).mathml, play.symbol(arrow.tail).mathml)
    place = play.place(k)
    return f"<msub>{m.row(slope)}{m.element('mtext', place)}</msub>" if place else slope


def chain(play: Play, k: int, parts: list[Any], uses: int) -> list[tuple[str, str]]:
    """The chain rule in symbols, the slope, the rule with numbers; and the sum where gradients meet."""
    arrow = play.arrows[k]
    left, of_arrow = via(play, k, uses), along(play, k)
    back, g = parts[-1], play.gradient(arrow.head)
    if not (is_number(back) and is_number(g)):
        return chain_of_arrays(play, k, left)
    lines = [(left, m.row(m.sign("="), play.by(arrow.head), m.sign("·"), of_arrow))]
    slope = local_slope(play.value(arrow.head), arrow.position)
    if slope is None:
        return [*lines, ("", m.equal(play.number(back, RESULT).mathml))]
    lines.append((of_arrow, m.equal(*slope_with_numbers(play, k, slope))))
    upstream = play.number(g, UPSTREAM).tight
    local = play.number(slope, LOCAL, exact="{" not in (template_of(play, k) or "{")).tight
    lines.append((left, m.equal(m.row(upstream, m.sign("·"), local), play.number(back, RESULT).mathml)))
    return lines + met_lines(play, arrow.tail, parts, uses)


def met_lines(play: Play, i: int, parts: list[Any], uses: int) -> list[tuple[str, str]]:
    """The sum of the gradients that have met so far."""
    if len(parts) < 2:
        return []
    left = play.by(i) if len(parts) == uses else m.row(play.by(i), m.words(" so far"))
    total = sum(parts[1:], parts[0])
    return [(left, m.equal(sum_of(play, parts), play.number(total, RESULT).mathml))]


def sum_of(play: Play, parts: list[Any]) -> str:
    """The latest of some numbers, with plus signs between them."""
    shown = [play.number(part).tight for part in parts[-MOST_TERMS:]]
    if len(parts) > MOST_TERMS:
        shown.insert(0, m.words(f"{len(parts) - MOST_TERMS} more"))
    return m.row(*[p for term in shown for p in (m.sign("+"), term)][1:])


def sum_of_chains(play: Play, i: int, arrows: list[int], parts: list[Any]) -> list[tuple[str, str]]:
    """∂L/∂x as a sum over the uses of x, in symbols and with numbers."""
    terms = [m.row(play.by(play.arrows[k].head), m.sign("·"), along(play, k)) for k in arrows[:MOST_TERMS]]
    if len(arrows) > MOST_TERMS:
        terms.append(m.words(f"… {len(arrows) - MOST_TERMS} more"))
    lines = [(play.by(i), m.equal(m.row(*[p for term in terms for p in (m.sign("+"), term)][1:])))]
    if all(map(is_number, parts)):
        lines.append(("", m.equal(sum_of(play, parts), play.number(play.gradient(i), RESULT).mathml)))
    return lines


# ------------------------------------------------------------------------------- the slope


def slope_with_numbers(play: Play, k: int, slope: Any) -> list[str]:
    """``p (1 − p)``, ``0.69 · (1 − 0.69)``, ``0.2139``."""
    arrow = play.arrows[k]
    number = play.number(slope, LOCAL).mathml
    template = template_of(play, k)
    if not template or (template.startswith("[") and slope not in (0, 1)):  # at a tie it is neither
        return [number]
    if "{" not in template:
        return [m.row(filled(template, {}).mathml, kind=LOCAL)] if is_same(template, slope) else [number]
    tails = play.tails(arrow.head)
    named = pieces(play, arrow.head, [play.symbol(t) for t in tails])
    numbers = [play.plugged(arrow.head, position) for position in range(len(tails))]
    places = pieces(play, arrow.head, numbers) | {"a": play.number(play.data(arrow.head))}
    plugged = [filled(template, places).mathml] if template not in ("{x}", "{y}", "{a}") else []
    return [filled(template, named).mathml, *plugged, number]


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
    """The rule of an operation on arrays in symbols, of the gradient that comes in; and its shapes."""
    arrow = play.arrows[k]
    g = Piece(m.row(play.by(arrow.head), kind=UPSTREAM))
    lines = [(left, m.row(m.sign("="), rule_in_symbols(play, k, g)))]
    shapes = [np.shape(x) for x in (play.sent(k), play.gradient(arrow.head))]
    if any(shapes):
        said = [" × ".join(map(str, shape)) or "one number" for shape in shapes]
        text = f"{said[0]}, like {play.cards[arrow.tail].name}"
        lines.append(("", m.words(text if shapes[0] == shapes[1] else f"from {said[1]} to {text}")))
    return lines


def rule_in_symbols(play: Play, k: int, g: Piece) -> str:
    """``G · Yᵀ``, ``G · a (1 − a)``; for operations without a short one in words."""
    arrow = play.arrows[k]
    op, tails, operands = play.operation(arrow.head), play.tails(arrow.head), play.operands(arrow.head)
    named = pieces(play, arrow.head, [play.symbol(t) for t in tails]) | {"g": g}
    if op.func is np.matmul and len(tails) == 2:
        both = all(np.ndim(x) == 1 for x in operands)
        return filled(
            (("{g} · {y}", "{x} · {g}") if both else ("{g} · {y}ᵀ", "{x}ᵀ · {g}"))[arrow.position], named
        ).mathml
    if template := template_of(play, k):
        slope = m.row(filled(template, named).tight, kind=LOCAL)
        product = g.mathml if template == "1" else m.row(g.tight, m.sign("·"), slope)
        summed = np.shape(operands[arrow.position]) != np.shape(play.data(arrow.head))
        return m.row(m.element("mo", "Σ"), product) if summed else product
    if op.func in (np.sum, np.mean):
        part = filled(
            "1 / {n} · {g}" if op.func is np.mean and named["n"].mathml != "<mn>1</mn>" else "{g}", named
        ).mathml
        return m.row(part, m.words(" for each entry"))
    return rule_in_words(play, k, g)


def rule_in_words(play: Play, k: int, g: Piece) -> str:
    """A rule that has no template, as pictures write it."""
    arrow = play.arrows[k]
    op = play.operation(arrow.head)
    names = [play.cards[t].name for t in play.tails(arrow.head)]
    entries = np.size(play.operands(arrow.head)[arrow.position]) // max(np.size(play.data(arrow.head)), 1)
    rule = symbols.rule_of_arrays(op, arrow.position, names, play.cards[arrow.head].name, entries)
    rule = rule or f"by the rule of {clean(op.symbol, 20)}"
    if rule.startswith("G"):
        return m.row(g.mathml, m.words(f" {rule.removeprefix('G').strip(' ,')}"))
    return m.row(m.words(f"{rule}, of G = "), g.mathml)
