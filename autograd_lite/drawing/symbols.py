"""Signs: the operation on a card, ``σ``, and what it does to a gradient on the way back, ``a · (1 − a)``.

The slopes here are the engine's rules (see ``engine/rules``) as formulas, for the reader; the numbers beside them are
computed by the rules themselves. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from ..engine import (
    Operation,
    log_softmax,
    relu,
    sigmoid,
    sigmoid_crossentropy,
    softmax,
    softmax_crossentropy,
)
from ..engine.rules.indexing import item
from ..engine.rules.shapes import cast, join
from ..engine.variables import alias
from .text import clean

BADGES = {
    "*": "×", "+": "+", "-": "−", "/": "÷", "**": "^", "neg": "−", "pos": "+", "@": "@", "sigmoid": "σ", "sum": "Σ",
    "prod": "Π", "sqrt": "√", "square": "x²", "sigmoid_crossentropy": "BCE", "softmax_crossentropy": "CE",
    "concatenate": "join", "reshape": "shape", "transpose": "xᵀ", "log_softmax": "logsm", "reciprocal": "1/x",
    "maximum": "max", "minimum": "min", "<=": "≤", ">=": "≥", "!=": "≠", "==": "=", "[ ]": "[ ]",
    "broadcast_to": "spread", "0 from 0": "0·∞", "product of others": "Π",
}  # fmt: skip
"""A short sign for operations whose symbol is long, or has a better one."""

BADGE_LIMIT = 7
INNER = re.compile(r"\([^()]*\)")

# x and y are the operands, a is the result.
# fmt: off
FACTORS: dict[Callable[..., Any], tuple[str, ...]] = {
    np.add:         ("1", "1"),
    np.subtract:    ("1", "−1"),
    np.multiply:    ("{y}", "{x}"),
    np.divide:      ("1 / {y}", "−{a} / {y}"),
    np.power:       ("{y} · {x}^({y} − 1)", "{a} · log {x}"),
    np.negative:    ("−1",),
    np.positive:    ("1",),
    np.square:      ("2 · {x}",),
    np.sqrt:        ("1 / (2 · {a})",),
    np.reciprocal:  ("−{a}²",),
    np.exp:         ("{a}",),
    np.expm1:       ("{a} + 1",),
    np.log:         ("1 / {x}",),
    np.log1p:       ("1 / (1 + {x})",),
    np.sin:         ("cos {x}",),
    np.cos:         ("−sin {x}",),
    np.tan:         ("1 + {a}²",),
    np.sinh:        ("cosh {x}",),
    np.cosh:        ("sinh {x}",),
    np.tanh:        ("1 − {a}²",),
    np.arctan:      ("1 / (1 + {x}²)",),
    np.abs:         ("sign {x}",),
    np.fabs:        ("sign {x}",),
    np.maximum:     ("[{x} > {y}]", "[{y} > {x}]"),
    np.minimum:     ("[{x} < {y}]", "[{y} < {x}]"),
    np.logaddexp:   ("e^({x} − {a})", "e^({y} − {a})"),
    sigmoid:        ("{a} · (1 − {a})",),
    relu:           ("[{x} > 0]",),
    sigmoid_crossentropy: ("σ({x}) − {y}", "−{x}"),
    alias:          ("1",),
}
"""What a gradient is multiplied by, for operations of which every entry has its own."""

RULES_OF_ARRAYS: dict[Callable[..., Any], tuple[str, ...]] = {
    np.matmul:      ("G · {y}ᵀ", "{x}ᵀ · G"),
    np.sum:         ("G to each entry",),
    np.mean:        ("G / {n} to each entry",),
    np.max:         ("G where {x} is largest",),
    np.min:         ("G where {x} is least",),
    np.prod:        ("G × the product of the others",),
    np.var:         ("G × 2 ({x} − mean) / {n}",),
    np.reshape:     ("G, reshaped",),
    np.expand_dims: ("G, reshaped",),
    np.squeeze:     ("G, reshaped",),
    np.transpose:   ("Gᵀ",),
    np.where:       ("", "G where {x}, else 0", "0 where {x}, else G"),
    cast:           ("G",),
    item:           ("G there, 0 elsewhere",),
    softmax:        ("{a} × (G − Σ {a} × G)",),
    log_softmax:    ("G − e^{a} × Σ G",),
    softmax_crossentropy: ("G × (softmax({x}) − {y})",),
    join:           ("its part of G",),
}
# fmt: on
"""The rules of operations on whole arrays, ``G`` being the gradient that comes in."""


def badge(op: Operation | None) -> str:
    """The operation as a sign or a short word; empty for what was given.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> badge((Value(2.0) * 3).op), badge(np.tanh(Value(2.0)).op), badge(None)
    ('×', 'tanh', '')
    """
    if op is None:
        return ""
    return BADGES.get(op.symbol) or clean(op.symbol, BADGE_LIMIT)


def factor(op: Operation, position: int, names: list[str], result: str) -> str:
    """What the gradient of an elementwise operation is multiplied by for one operand; empty if that is not short.

    Parameters
    ----------
    op : Operation
    position : int
        Of the operand.
    names : list of str
        What the operands are called.
    result : str
        What the result is called.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> x = Value(2.0)
    >>> factor(np.tanh(x).op, 0, ["x"], "a"), factor((x**2).op, 0, ["x", "2"], "a")
    ('1 − a²', '2 · x')
    """
    return filled((template_of(op, position, names),), 0, names, result)


def template_of(op: Operation, position: int, names: list[str]) -> str:
    """The factor with places for the names; empty if there is no short one."""
    if op.func is np.power and position == 0 and names[1] in ("1", "2", "3"):
        return {"1": "1", "2": "2 · {x}", "3": "3 · {x}²"}[names[1]]
    templates = FACTORS.get(op.func, ())
    return templates[position] if position < len(templates) else ""


def rule_of_arrays(op: Operation, position: int, names: list[str], result: str, entries: int = 1) -> str:
    """The rule of an operation on arrays in symbols, for one operand; empty if that is not short.

    Parameters
    ----------
    op, position, names, result
        As for `factor`.
    entries : int
        How many entries of the operand make one of the result.
    """
    if op.func in FACTORS:
        found = factor(op, position, names, result)
        outside = INNER.sub("", found)
        is_sum = outside.startswith("−") or " − " in outside or " + " in outside
        return f"× ({found})" if is_sum else f"× {found}" if found else ""
    templates = RULES_OF_ARRAYS.get(op.func, ())
    if op.func is join:
        position = 0
    if op.func is np.transpose and op.settings.get("axes") is not None:
        return "G, transposed back"
    return filled(templates, position, names, result, entries)


def filled(templates: tuple[str, ...], position: int, names: list[str], result: str, entries: int = 1) -> str:
    """A template with the names in it."""
    if position >= len(templates):
        return ""
    x, y = (bracketed(name) for name in (*names, "", "")[:2])
    return templates[position].format(x=x, y=y, a=bracketed(result), n=entries)


def bracketed(name: str) -> str:
    """A name that can stand in a formula: ``(-2)``, ``(my w)``."""
    return f"({name})" if name.startswith(("-", "−")) or " " in name else name
