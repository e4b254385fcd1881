"""What the engine says when something does not work: what was given, what was expected, what to do."""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import Any

import numpy as np

from .rules.table import COMPOSITES, RULES, Operation, full_name

def missing_rule(func: Callable[..., Any]) -> str:
    """What to do about a function without a rule."""
    name = full_name(func)
    near = similar(name)
    hint = f" Functions of a similar name that have one: {', '.join(near)}." if near else ""
    operands = ["x", "y", "z", "w"][: func.nin if isinstance(func, np.ufunc) else 1]
    rules = ", ".join(f"lambda g, ans, {', '.join(operands)}: g * ..." for _ in operands)
    return (
        f"{name} has no derivative rule.{hint} Take v.data for the numbers without a gradient; or, if you "
        f"know the derivative, add it in a line: ag.rule({name}, {rules}), where ans is the result, g the gradient "
        f"with respect to it, and {' and '.join(operands)} the operand{'s, a rule for each' * (len(operands) > 1)}."
    )


def similar(name: str) -> list[str]:
    """Up to six functions that have a rule and a similar name, the most similar first."""
    from difflib import SequenceMatcher  # rarely needed, and slow to import

    def likeness(known: str) -> float:
        return SequenceMatcher(None, short, known.rpartition(".")[2]).ratio()

    short = name.rpartition(".")[2]
    known = {full_name(f) for f, op in RULES.items() if op.differentiable} | {full_name(f) for f in COMPOSITES}
    likely = sorted((k for k in known if k.startswith(("np.", "scipy."))), key=lambda k: (-likeness(k), k))
    return [k for k in likely if likeness(k) > 0.6 or k.rpartition(".")[2][:3] == short[:3]][:6]


def misfit(op: Operation, operands: list[Any], error: ValueError) -> str:
    """Why NumPy could not compute an operation, with the operands by name and shape."""
    them = " and ".join(
        x.described() if hasattr(x, "described") else f"an array of shape {np.shape(x)}" if np.ndim(x) else repr(x)
        for x in operands
    )
    settings = "".join(f", {key}={value!r}" for key, value in op.settings.items())
    hint = ""
    if op.func is np.matmul and len(operands) == 2:
        left, right = (np.shape(x) for x in operands)
        hint = (
            f" In x @ y the last length of x must be the first of y (the last but one, if y has more axes); here "
            f"{left} meets {right}. Is a transpose (.T) missing?"
        )
    return f"{op.symbol} does not work on {them}{settings}.{hint} NumPy says: {error}"


def not_numbers(array: np.ndarray) -> str:
    """Why an array cannot be wrapped, with the first entry that is to blame."""
    first = array.ravel()[0] if array.size else None
    kinds = {
        "U": "text", "S": "bytes", "O": "Python objects", "M": "dates", "m": "durations",
    }  # fmt: skip
    what = kinds.get(array.dtype.kind, str(array.dtype))
    if array.dtype.kind == "O":
        culprit = next((x for x in array.ravel() if not isinstance(x, numbers.Complex)), first)
        return (
            f"A Value holds numbers; these data are an object array (first entry that is no number: "
            f"{culprit!r}, a {type(culprit).__name__}). Make it a float array: np.array(data, dtype=float)."
        )
    return f"A Value holds numbers; these data are {what} (first entry: {first!r})."
