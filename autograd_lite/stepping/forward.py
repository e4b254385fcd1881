"""The steps forward: what was given, and one step for each card that is computed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..drawing.view import counted, some
from ..engine import Value
from ..engine.recording import raw_of
from . import mathml as m
from .entries import forward_entry, picture, subscripts
from .lesson import FORWARD, GRADIENT, START, VALUE, Array, Step
from .operations import words_of
from .playing import Play, is_number
from .templates import Piece, filled


def start(play: Play) -> Step:
    """Nothing is known but what was given."""
    given = [i for i in range(len(play.cards)) if play.is_given(i)]
    changes = [play.unknown(i, what) for i in range(len(play.cards)) for what in (VALUE, GRADIENT)]
    changes = [c for c in changes if c.rows and (c.what == GRADIENT or c.card not in given)]
    changes += [play.shown(i, VALUE) for i in given]
    names = [play.cards[i].name for i in given if not play.cards[i].role.startswith("constant")]
    sentence = (
        f"Given: {some(names, 8)}. Everything else is computed from it, and then every slope, from the end to the "
        f"beginning."
    )
    return Step(START, "What is given", sentence, targets=tuple(given), changes=tuple(c for c in changes if c.rows))


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
        sentence = (
            f"{counted(card.folds, 'Value')} are folded into this card: they are computed from "
            f"{some([play.cards[s].name for s in sources], 6)}."
        )
        return Step(FORWARD, title, sentence, folded_formula(play, i), **common)
    names = names_of(play, i)
    words = words_of(play.operation(i))
    sentence = words.forward.format_map(names)
    entry, arrays = worked_out(play, i, v)
    return Step(
        FORWARD, title, sentence, formula(play, i, v), entry=entry[0], entry_title=entry[1], arrays=arrays, **common
    )


def names_of(play: Play, i: int) -> dict[str, str]:
    """What the operands and the result of a card are called in sentences."""
    x, y = [*(play.cards[t].name for t in play.tails(i)), "it", "it"][:2]
    operands = play.operands(i)
    entries = np.size(operands[0]) // max(np.size(play.data(i)), 1) if operands else 0
    return {"x": x, "y": y, "a": play.cards[i].name, "n": f"{entries:,}"}


def formula(play: Play, i: int, v: Value) -> str:
    """``z = σ(x) = 1/(1+e⁻ˣ)``, below it with numbers, and what comes out."""
    operands = play.operands(i)
    symbols = pieces(play, i, [play.symbol(t) for t in play.tails(i)])
    words = words_of(play.operation(i))
    left = play.symbol(i).mathml
    if not words.formula or len(operands) > 2:
        right = m.words(play.cards[i].formula)
    else:
        right = filled(words.formula, symbols).mathml
        if words.written_out:
            right = m.row(right, m.sign("="), filled(words.written_out, symbols).mathml)
    lines = [(left, m.row(m.sign("="), right))]
    if is_number(raw_of(v)) and all(map(is_number, operands)):
        lines += with_numbers(play, i, v, operands)
    elif is_number(raw_of(v)):
        lines.append(("", m.row(m.sign("="), play.number(raw_of(v), "result").mathml)))
    elif play.operation(i).func is np.matmul:
        lines.append(("", m.row(m.sign("="), m.words(shapes_of_product(operands, v)))))
    return m.derivation(lines)


def with_numbers(play: Play, i: int, v: Value, operands: list[Any]) -> list[tuple[str, str]]:
    """The formula with numbers plugged in, and its result."""
    words = words_of(play.operation(i))
    result = play.number(raw_of(v), "result").mathml
    if not words.formula or len(operands) > 2:
        return [("", m.row(m.sign("="), result))]
    numbers = [play.plugged(i, position) for position in range(len(operands))]
    plugged = filled(words.written_out or words.formula, pieces(play, i, numbers)).mathml
    return [("", m.row(m.sign("="), plugged, m.sign("="), result))]


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
    written = m.derivation([(name, m.row(m.sign("="), entry.formula, m.sign("="), value))])
    return (written, entry_title(entry.index)), pictures


def entry_name(name: str, index: tuple[int, ...]) -> str:
    """A name with the place of an entry as its index."""
    return f"<msub>{m.row(name)}{m.element('mtext', subscripts(index))}</msub>" if index else name


def entry_title(index: tuple[int, ...]) -> str:
    return f"Entry ({subscripts(index)}), worked out" if index else "Worked out"
