"""What the engine says when something does not work: what was given, what was expected, what to do."""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import Any

import numpy as np

from .rules.table import COMPOSITES, RULES, Operation, full_name

# How to write, with functions that have rules, what a first course uses and what has none.
REWRITES = {
    "norm": "np.sqrt(np.sum(v**2))", "average": "np.mean(v)", "append": "np.concatenate([v, w])",
    "trace": "np.einsum('ii->', v)", "diag": "np.einsum('ii->i', v)", "diagonal": "np.einsum('ii->i', v)",
    "vdot": "np.dot(v, w)", "flip": "v[::-1]", "diff": "v[1:] - v[:-1]", "ptp": "np.max(v) - np.min(v)",
    "tile": "np.concatenate([v, v])", "median": "np.mean(v), or v[i] with i = np.argsort(v.data)[len(v) // 2]",
    "sort": "v[np.argsort(v.data)]", "tril": "np.where(mask, v, 0)", "triu": "np.where(mask, v, 0)",
}  # fmt: skip


def missing_rule(func: Callable[..., Any]) -> str:
    """What to do about a function without a rule."""
    name = full_name(func)
    short = name.rpartition(".")[2]
    known = {full_name(f) for f in (*RULES, *COMPOSITES)}
    near = sorted(k for k in known if k.startswith("np.") and k.rpartition(".")[2][:2] == short[:2])[:6]
    hints = [f" Functions of a similar name that have one: {', '.join(near)}."] if near else []
    if short in REWRITES:
        hints.append(f" Here you can write {REWRITES[short]}.")
    return (
        f"{name} has no derivative rule.{''.join(hints)} Take v.data for the numbers without a gradient; or, if you "
        f"know the derivative, add it in a line: ag.rule({name}, lambda g, ans, x: g * ...), where ans is the result, "
        f"g the gradient with respect to it, and x the operand."
    )


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
