"""The last step: gradient descent changes what is learnt, and the loss is computed once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..drawing.view import some
from ..engine import Value
from ..engine.recording import raw_of
from ..optimizers import SGD, Optimizer
from . import mathml as m
from .lesson import UPDATE, VALUE, Step
from .mathml import RESULT, UPSTREAM
from .playing import Play, is_number

WRITTEN_OUT = 6
"""For so many numbers the update is written out."""


def new_weights(play: Play, optimizer: Optimizer) -> dict[Value, Any]:
    """What the first step of an optimizer makes of what is learnt, by its formula; nothing is changed."""
    moved = {}
    for v in (v for i in play.learnt for v in play.learnt_on(i)):
        w, g = np.asarray(raw_of(v)), np.asarray(play.gradients[v])
        memory = [np.zeros_like(g) for _ in optimizer.remembers]
        with np.errstate(all="ignore"):
            found = optimizer.update(w, g, *memory, learning_rate=optimizer.learning_rate, t=1.0)
        new = np.asarray(found[0] if isinstance(found, tuple) else found)
        moved[v] = new if new.ndim else new.item()
    return moved


def update_step(play: Play, optimizer: Optimizer, moved: dict[Value, Any], loss_after: Any) -> Step | None:
    """Everything that is learnt moves against its gradient; None if nothing is learnt.

    Parameters
    ----------
    play : Play
    optimizer : Optimizer
    moved : dict
        See `new_weights`.
    loss_after : float or None
        The loss with what was learnt.
    """
    cards = [i for i in play.learnt if play.value(i) is not None and play.value(i) in moved]
    if not moved:
        return None
    names = [play.cards[i].name for i in play.learnt]
    before = raw_of(play.value(play.root)) if play.value(play.root) is not None else None
    sentence = f"Each of {some(names, 6)} moves a little against its gradient: downhill."
    if is_number(before) and is_number(loss_after):
        sentence += told(play, before, loss_after)
    plain = type(optimizer) is SGD and not getattr(optimizer, "momentum", 0)
    lines = [line for i in cards[:WRITTEN_OUT] for line in written(play, i, optimizer, moved, plain)]
    if len(cards) > WRITTEN_OUT:
        lines.append(("", m.words(f"… and {len(cards) - WRITTEN_OUT} more in the same way")))
    changes = [play.shown(i, VALUE, moved[v]) for i in cards if (v := play.value(i)) is not None]
    title = "One step of gradient descent" if plain else f"One step of {type(optimizer).__name__}"
    return Step(UPDATE, title, sentence, m.derivation(lines), targets=tuple(play.learnt), changes=tuple(changes))


def told(play: Play, before: Any, after: Any) -> str:
    """What became of the loss."""
    name, old, new = play.loss_name, play.text(before), play.text(after)
    if after < before:
        return f" Computed again, {name} is {new} now: it was {old}."
    return f" Computed again, {name} is {new}, not less than {old}: the step was too long. Try a smaller learning rate."


def written(
    play: Play, i: int, optimizer: Optimizer, moved: dict[Value, Any], plain: bool
) -> Sequence[tuple[str, str]]:
    """``w ← w − α ∂L/∂w = 0.8 − 0.1 · (−0.465) = 0.8465``."""
    v = play.value(i)
    name, rate = play.symbol(i).mathml, play.number(optimizer.learning_rate, exact=True)
    if not plain:
        step = m.words(f" moved by {type(optimizer).__name__}, learning rate {play.text(optimizer.learning_rate)}")
        result = [m.sign("="), play.number(moved[v], RESULT).mathml] if is_number(moved[v]) else []  # type: ignore[index]
        return [(name, m.row(m.sign("←"), name, step, *result))]
    rule = m.row(m.sign("←"), name, m.sign("−"), rate.mathml, m.sign("·"), play.by(i))
    if np.ndim(moved[v]):  # type: ignore[index]
        return [(name, rule)]
    old, gradient = play.number(raw_of(v)), play.number(play.gradient(i), UPSTREAM).tight
    numbers = m.row(
        m.sign("="), old.mathml, m.sign("−"), rate.mathml, m.sign("·"), gradient, m.sign("="),
        play.number(moved[v], RESULT).mathml,  # type: ignore[index]
    )  # fmt: skip
    return [(name, rule), ("", numbers)]
