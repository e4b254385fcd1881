"""The last step: gradient descent changes what is learnt, and the loss is computed once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..drawing.text import clean
from ..drawing.view import MINUS, some
from ..engine import Value
from ..engine.recording import raw_of
from ..optimizers import SGD, Optimizer
from . import mathml as m
from .entries import largest
from .forward import entry_name
from .lesson import UPDATE, VALUE, Step
from .mathml import RESULT, UPSTREAM
from .playing import Play, is_number

WRITTEN_OUT = 6
"""For so many numbers the update is written out."""


def new_weights(play: Play, optimizer: Optimizer) -> dict[Value, Any]:
    """What the first step of an optimizer makes of what is learnt, by its formula; nothing is changed."""
    moved = {}
    for v in (v for i in play.learnt for v in play.learnt_on(i)):
        w, g = np.asarray(raw_of(v)), np.conj(np.asarray(play.gradients[v]))  # of complex numbers downhill is there
        memory = [np.zeros_like(g) for _ in optimizer.remembers]
        with np.errstate(all="ignore"):
            found = optimizer.update(w, g, *memory, learning_rate=optimizer.learning_rate, t=1.0)
        new = np.asarray(found[0] if isinstance(found, tuple) else found)
        moved[v] = new if new.ndim else new.item()
    return moved


def update_step(play: Play, optimizer: Optimizer, moved: dict[Value, Any], before: Any, loss_after: Any) -> Step | None:
    """Everything that is learnt moves against its gradient; None if nothing is learnt.

    Parameters
    ----------
    play : Play
    optimizer : Optimizer
    moved : dict
        See `new_weights`.
    before, loss_after : float or None
        The loss, and the loss with what was learnt.
    """
    if not moved:
        return None
    plain = type(optimizer) is SGD and not getattr(optimizer, "momentum", 0)
    title = "One step of gradient descent" if plain else f"One step of {type(optimizer).__name__}"
    names = [name for i in play.learnt for name in play.names_inside(i)]
    gradients = [play.gradients[v] for v in moved]
    if not all(np.all(np.isfinite(g)) for g in gradients):
        bad = next(name_of(v) for v, g in zip(moved, gradients, strict=True) if not np.all(np.isfinite(g)))
        sentence = f"No step is made: the gradient of {bad} is not finite, and {bad} would not be either."
        return Step(UPDATE, title, sentence, targets=tuple(play.learnt))
    if not any(np.any(g) for g in gradients):
        sentence = f"Every gradient is 0, so {some(names, 6)} stay where they are: it is flat here."
        return Step(UPDATE, title, sentence.replace("stay where they are", stays(names)), targets=tuple(play.learnt))
    many = len(names) > 1 or names[0].endswith("variables")
    sentence = f"{f'Each of {some(names, 6)}' if many else names[0]} moves a little against its gradient: downhill."
    if is_number(before) and is_number(loss_after):
        sentence += told(play, before, loss_after)
    cards = [i for i in play.learnt if play.value(i) is not None and play.value(i) in moved]
    lines = [line for i in cards[:WRITTEN_OUT] for line in written(play, i, optimizer, moved, plain)]
    if len(cards) > WRITTEN_OUT:
        lines.append(("", m.words(f"… and {len(cards) - WRITTEN_OUT} more in the same way")))
    changes = [play.shown(i, VALUE, moved[v]) for i in cards if (v := play.value(i)) is not None]
    return Step(UPDATE, title, sentence, m.derivation(lines), targets=tuple(play.learnt), changes=tuple(changes))


def name_of(v: Value) -> str:
    return clean(v.name, 24) if v.name else "a variable"


def stays(names: Sequence[str]) -> str:
    return "stay where they are" if len(names) > 1 else "stays where it is"


def told(play: Play, before: Any, after: Any) -> str:
    """What became of the loss."""
    name, old, new = play.loss_name, play.text(before).replace("-", MINUS), play.text(after).replace("-", MINUS)
    if not np.isfinite(after) or not np.isfinite(before):
        return f" Computed again, {name} is {new}; it was {old}."
    if after < before:
        if old == new:
            return f" Computed again, {name} is less by {play.text(before - after)}."
        return f" Computed again, {name} is {new} now: it was {old}."
    if after == before:
        return f" Computed again, {name} is {new} as before: the step was too short to be seen."
    return f" Computed again, {name} is {new}, and was {old}: the step was too long. Try a smaller learning rate."


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
    by = play.by(i)
    if np.iscomplexobj(raw_of(v)):
        by = m.row(m.words("conj"), m.in_brackets(by))
    rule = m.row(m.sign("←"), name, m.sign("−"), rate.mathml, m.sign("·"), by)
    old, gradient, new = (np.asarray(x) for x in (raw_of(v), np.conj(play.gradient(i)), moved[v]))  # type: ignore[index]
    index = largest(gradient) if gradient.ndim and gradient.size else ()
    left = entry_name(name, index) if index else ""
    if gradient.ndim and not index:
        return [(name, rule)]
    numbers = m.row(
        m.sign("←" if index else "="), play.number(old[index].item()).mathml, m.sign("−"), rate.mathml, m.sign("·"),
        play.number(gradient[index].item(), UPSTREAM).tight, m.sign("="), play.number(new[index].item(), RESULT).mathml,
    )  # fmt: skip
    return [(name, rule), (left, numbers)]
