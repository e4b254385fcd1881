"""Where a cost that is inf or nan came from."""

from __future__ import annotations

from typing import Any

import numpy as np

from .engine import reachable


class NonFiniteError(FloatingPointError):
    """The cost is inf or nan, so training cannot go on."""


def culprit(cost: Any, learning_rate: float) -> str:
    """The first Value behind a cost that is not finite, in words, with what to do about it."""
    bad = next(v for v in reachable(cost) if not np.all(np.isfinite(v.data)))
    if bad.op is None:
        return (
            f"The cost is {cost.item()}, because the weights {bad.name} hold inf or nan. The steps were too long and "
            f"the weights grew beyond all bounds: try a learning rate below {learning_rate:g}, or scale the features."
        )
    sizes = ", ".join(f"up to {np.max(np.abs(getattr(a, 'data', a))):.3g}" for a in bad.args)
    return (
        f"The cost is {cost.item()}. The first operation whose result is not finite is {bad.described()}; its "
        f"operands are {sizes}. Numbers this large come from steps that are too long (the learning rate is "
        f"{learning_rate:g}) or from features that are not scaled."
    )
