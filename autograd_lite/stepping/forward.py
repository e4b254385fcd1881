"""The steps forward: what was given, and one step for each card that is computed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..drawing.text import clean
from ..drawing.view import CONSTANT, MINUS, counted, some
from ..engine import Value
from ..engine.recording import raw_of
from . import mathml as m
from .entries import forward_entry, picture, subscripts
from .lesson import FORWARD, GRADIENT, START, VALUE, Array, Step
from .playing import Play, is_number
from .templates import Piece, filled


def start(play: Play) -> Step:
    """Nothing is known but what was given."""
    cards = range(len(play.cards))
    given = [i for i in cards if play.is_given(i)]
    changes = [play.unknown(i, what) for i in cards for what in (VALUE, GRADIENT) if what == GRADIENT or i not in given]
    changes += [play.shown(i, VALUE) for i in given]
    names = [play.cards[i].name for i in given if play.cards[i].role != CONSTANT]
    names += [name for i in cards if play.cards[i].folds and i not in given for name in names_of_leaves(play, i)]
    sentence = (
        f"Given: {some(names, 8)}. Everything else is computed from it, and then every slope, from the end to the "
        f"beginning."
    )
    return Step(START, "What is given", sentence, targets=tuple(given), changes=tuple(c for c in changes if c.rows))


def names_of_leaves(play: Play, i: int) -> list[str]:
    """What was given and is folded into a card."""
    leaves = [v for v in play.members(i) if v.op is None]
    names = [clean(v.name, 24) for v in leaves if v.name]
    return [*names, *([counted(len(leaves) - len(names), "unnamed variable")] if len(leaves) > len(names) else [])]


def forward_steps(play: Play) -> list[Step]:
    """One step for each card, operands before what uses them."""
    return [forward_step(play, i) for i in range(len(play.cards)) if not play.is_given(i)]


def forward_step(play: Play, i: int) -> Step:
    card, v, arrows = play.cards[i], play.value(i), play.into[i]
    sources = tuple(dict.fromkeys(play.arrows[k].tail for k in arrows))
    common: dict[str, Any] = {
        "targets": (i,), "sources": sources, "arrows": tuple(arrows), "changes": (play.shown(i, VALUE),),
    }  # fmt: skip
    title = f"Compute {card.name}"
    if v is None:
        names = [*(play.cards[s].name for s in sources), *names_of_leaves(play, i)]
        sentence = f"{counted(card.folds, 'Value')} are folded into this card: they are computed from {some(names, 6)}."
        return Step(FORWARD, title, sentence, folded_formula(play, i), **common)
    sentence = play.words(i).forward.format_map(names_of(play, i))
    entry, arrays = worked_out(play, i, v)
    return Step(
        FORWARD, title, sentence, formula(play, i, v), entry=entry[0], entry_title=entry[1], arrays=arrays, **common
    )


def names_of(play: Play, i: int) -> dict[str, str]:
    """What the operands and the result of a card are called in sentences."""
    names = [play.cards[t] for t in play.tails(i)]
    said = [card.name.replace("-", MINUS) if card.role == CONSTANT else card.name for card in names]
    x, y, z = [*said, "it", "it", "it"][:3]
    operands = play.operands(i)
    entries = np.size(operands[0]) // max(np.size(play.data(i)), 1) if operands else 0
    return {"x": x, "y": y, "z": z, "a": play.cards[i].name, "n": f"{entries:,}"}


def formula(play: Play, i: int, v: Value) -> str:
    """``z = σ(x) = 1/(1+e⁻ˣ)``, below it with numbers, and what comes out."""
    operands = play.operands(i)
    symbols = pieces(play, i, [play.symbol(t) for t in play.tails(i)])
    words = play.words(i)
    left = play.symbol(i).mathml
    if not words.formula or len(operands) > 2:
        lines = [(left, m.equal(m.words(play.cards[i].formula)))]
    else:
        written = [filled(words.formula, symbols).mathml]
        written += [filled(words.written_out, symbols).mathml] if words.written_out else []
        lines = [(left, m.equal(*written))]
    if is_number(raw_of(v)) and all(map(is_number, operands)):
        lines += with_numbers(play, i, v, operands)
    elif is_number(raw_of(v)):
        lines.append(("", m.equal(play.number(raw_of(v), "result").mathml)))
    elif play.operation(i).func is np.matmul:
        lines.append(("", m.equal(m.words(shapes_of_product(operands, v)))))
    return m.derivation(lines)


def with_numbers(play: Play, i: int, v: Value, operands: list[Any]) -> list[tuple[str, str]]:
    """The formula with numbers plugged in, and its result."""
    words = play.words(i)
    result = play.number(raw_of(v), "result").mathml
    if not words.formula or len(operands) > 2:
        return [("", m.equal(result))]
    numbers = [play.plugged(i, position) for position in range(len(operands))]
    plugged = filled(words.written_out or words.formula, pieces(play, i, numbers)).mathml
    return [("", m.equal(plugged, result))]


def pieces(play: Play, i: int, operands: list[Piece]) -> dict[str, Piece]:
    """What stands in the places of a template."""
    x, y = [*operands, Piece(""), Piece("")][:2]
    return {"x": x, "y": y, "a": play.symbol(i), "n": Piece(m.number(names_of(play, i)["n"]))}


def shapes_of_product(operands: list[Any], v: Value) -> str:
    """``(8 × 4) · (4 × 2), so 8 × 2``."""
    said = [" × ".join(map(str, np.shape(x))) for x in operands]
    return f"({said[0]}) · ({said[1]}), so {' × '.join(map(str, v.shape))}"


def folded_formula(play: Play, i: int) -> str:
    """What is written on a folded card."""
    card = play.cards[i]
    right = m.words(card.formula or f"{card.folds:,} operations")
    return m.derivation([(play.symbol(i).mathml, m.row(m.sign(":" if "→" in card.formula else "="), right))])


def worked_out(play: Play, i: int, v: Value) -> tuple[tuple[str, str], tuple[Array, ...]]:
    """One entry of an array with its numbers, and pictures of what it comes from; empty for numbers."""
    tails, operands, result = play.tails(i), play.operands(i), raw_of(v)
    if all(is_number(x) for x in (*operands, result)):
        return ("", ""), ()
    entry = forward_entry(play, play.operation(i), operands, result)
    places = entry.places if entry and entry.places else (None,) * len(tails)
    is_product = play.operation(i).func is np.matmul
    found = [
        picture(play.symbol(tail), x, VALUE, None if is_product else place)
        for tail, x, place in zip(tails, operands, places, strict=False)
    ]
    found.append(picture(play.symbol(i), result, VALUE, entry.index if entry else None))
    pictures = tuple(p for p in found if p)
    if entry is None:
        return ("", ""), pictures
    value = play.number(np.asarray(result)[entry.index].item(), "result").mathml
    name = entry_name(play.symbol(i).mathml, entry.index)
    written = m.derivation([(name, m.equal(entry.formula, value))])
    return (written, entry_title(entry.index)), pictures


def entry_name(name: str, index: tuple[int, ...]) -> str:
    """A name with the place of an entry as its index."""
    return f"<msub>{m.row(name)}{m.element('mtext', subscripts(index))}</msub>" if index else name


def entry_title(index: tuple[int, ...]) -> str:
    return f"Entry ({subscripts(index)}), worked out" if index else "Worked out"
