"""Notes: the factor of the chain rule that a backward line multiplies by, as a formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...engine import relu, sigmoid, sigmoid_crossentropy, softmax_crossentropy
from ..listing import Variable
from ..recording.reading import Factor

# From the names of the result and of the operands: the derivative with respect to each operand.
FACTORS: dict[Any, tuple[Callable[..., str], ...]] = {
    np.add: (lambda v, x, y: "1", lambda v, x, y: "1"),
    np.subtract: (lambda v, x, y: "1", lambda v, x, y: "-1"),
    np.multiply: (lambda v, x, y: y, lambda v, x, y: x),
    np.divide: (lambda v, x, y: f"1 / {y}", lambda v, x, y: f"-{v} / {y}"),
    np.power: (lambda v, x, y: power_slope(x, y), lambda v, x, y: f"{v} log {x}"),
    np.matmul: (lambda v, x, y: f"{y}ᵀ", lambda v, x, y: f"{x}ᵀ"),
    np.negative: (lambda v, x: "-1",),
    np.square: (lambda v, x: f"2 {x}",),
    np.sqrt: (lambda v, x: f"1 / (2 {v})",),
    np.exp: (lambda v, x: v,),
    np.log: (lambda v, x: f"1 / {x}",),
    np.sin: (lambda v, x: f"cos {x}",),
    np.cos: (lambda v, x: f"-sin {x}",),
    np.tanh: (lambda v, x: f"1 - {v}²",),
    np.abs: (lambda v, x: f"sign {x}",),
    np.sum: (lambda v, x: "1",),
    sigmoid: (lambda v, x: f"{v} (1 - {v})",),
    relu: (lambda v, x: f"1 where {v} > 0, else 0",),
    softmax_crossentropy: (lambda v, z, y: f"softmax({z}) - {y}",),
    sigmoid_crossentropy: (lambda v, z, y: f"sigmoid({z}) - {y}", lambda v, z, y: f"-{z}"),
}


def power_slope(x: str, y: str) -> str:
    """``3 x²``-like: the derivative of x ** y."""
    return f"2 {x}" if y in ("2", "2.0") else f"{y} {x}**({y} - 1)"


def note_text(factor: Factor, name: Callable[[Variable], str | None]) -> str:
    """``∂a/∂z = a (1 - a)``; "" where no formula is known.

    Parameters
    ----------
    factor : Factor
    name : callable
        The name of a variable in the source; None if it does not occur there.
    """
    names = [name(v) for v in factor.operands]
    v, to = name(factor.v), name(factor.to)
    position = factor.operands.index(factor.to)
    formula = FACTORS.get(factor.op.func)
    if formula is None or None in names or to is None:
        return ""
    if factor.op.func is np.abs and factor.to.dtype.kind == "c":  # no sign, but a direction
        return ""
    text = formula[position](v or "", *names)
    if v is None or v == to:
        return f"times {text}" if text != "1" else ""
    return f"∂{v}/∂{to} = {text}"
