"""Where a cost, a gradient or a weight that is inf or nan came from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from .engine import Value, reachable


class NonFiniteError(FloatingPointError):
    """The cost, a gradient or a weight is inf or nan, so training cannot go on."""


def below(limit: float) -> Callable[..., bool]:
    """Whether a number is too small. A complex one never is: it has roots and logarithms, but for a pole."""
    return lambda x, *_: bool(np.any(x < limit)) and not np.iscomplexobj(x)


def at_most(limit: float) -> Callable[..., bool]:
    return lambda x, *_: bool(np.any(x == limit if np.iscomplexobj(x) else x <= limit))


def beyond(limit: float) -> Callable[..., bool]:
    return lambda x, *_: bool(np.any(np.abs(x) > limit)) and not np.iscomplexobj(x)


def no_power(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether a power is not a finite number: a root of a negative number, or a negative power of 0."""
    of_zero = (a == 0) & (np.real(b) < 0)
    roots = False if np.iscomplexobj(a) or np.iscomplexobj(b) else (a < 0) & (b != np.floor(b))
    return bool(np.any(of_zero | roots))


# What an operation cannot do, whatever the learning rate: function, when, in words.
OUTSIDE: dict[Any, tuple[Callable[..., bool], str]] = {
    np.log: (at_most(0), "a number that is not positive has no finite logarithm"),
    np.log2: (at_most(0), "a number that is not positive has no finite logarithm"),
    np.log10: (at_most(0), "a number that is not positive has no finite logarithm"),
    np.log1p: (at_most(-1), "log(1 + x) needs x greater than -1"),
    np.sqrt: (below(0), "a negative number has no real square root"),
    np.arcsin: (beyond(1), "no real angle has a sine beyond 1"),
    np.arccos: (beyond(1), "no real angle has a cosine beyond 1"),
    np.arccosh: (below(1), "no real number has a hyperbolic cosine below 1"),
    np.divide: (lambda a, b: bool(np.any(b == 0)), "a denominator is 0"),
    np.reciprocal: (lambda x: bool(np.any(x == 0)), "a denominator is 0"),
    np.power: (no_power, "a negative number has no real root, and 0 no negative power"),
}


def culprit(cost: Any, learning_rate: float) -> str:
    """The first Value behind a cost that is not finite, in words, with what to do about it.

    Examples
    --------
    >>> x = Value([4.0, -1.0], name="x")
    >>> with np.errstate(invalid="ignore"):
    ...     print(culprit(np.mean(np.log(x)), 0.1).split(". ")[1])
    The first operation whose result is not finite is a Value of shape (2,) made by log; its operand is -1 … 4
    """
    bad = next((v for v in reachable(cost) if not np.all(np.isfinite(v.data))), cost)
    if bad.op is None:
        return f"The cost is {cost.item()}, because {too_far(bad, learning_rate)}"
    operands = [np.asarray(getattr(a, "data", a)) for a in bad.args]
    noun = "operand is" if len(operands) == 1 else "operands are"
    found = (
        f"The cost is {cost.item()}. The first operation whose result is not finite is {bad.described()}; its "
        f"{noun} {' and '.join(map(span, operands))}. "
    )
    impossible, why = OUTSIDE.get(bad.op.func, (None, ""))
    if impossible is not None and impossible(*operands):
        return f"{found}There {why}: keep the operand away from there, or use a function that is defined there."
    return (
        f"{found}Numbers this large come from steps that are too long (the learning rate is {learning_rate:g}) or "
        f"from features that are not scaled."
    )


def span(operand: np.ndarray) -> str:
    """``smallest … largest`` of an operand; of a complex one, how far from 0 its entries are."""
    if operand.size == 0:
        return "empty"
    if np.iscomplexobj(operand) and operand.size > 1:
        return f"of modulus {span(np.abs(operand))}"
    low, high = (operand.item(),) * 2 if operand.size == 1 else (np.min(operand), np.max(operand))
    return f"{low:.3g}" if low == high else f"{low:.3g} … {high:.3g}"


def too_far(weights: Value, learning_rate: float) -> str:
    return (
        f"the weights {weights.name or weights.described()} hold inf or nan. The steps were too long and the weights "
        f"grew beyond all bounds: try a learning rate below {learning_rate:g}, or scale the features."
    )


def check_weights(weights: Iterable[Value], learning_rate: float) -> None:
    """Raise if weights are not finite after the last step, when no cost is computed with them any more.

    Raises
    ------
    NonFiniteError
        It names the weights.

    Examples
    --------
    >>> check_weights([Value([1.0, 2.0])], learning_rate=0.1)
    """
    for w in weights:
        if not np.all(np.isfinite(w.data)):
            raise NonFiniteError(f"After this step {too_far(w, learning_rate)}")


def finite(flat: np.ndarray) -> bool:
    """True if no entry of a vector is inf or nan.

    One product says so, unless it overflows: twice as fast as asking each entry. ``vdot``
    does not warn of an overflow, where ``dot`` does.

    Examples
    --------
    >>> finite(np.array([1e200, 0.0])), finite(np.array([np.inf, 0.0]))
    (True, False)
    """
    return math.isfinite(np.vdot(flat, flat).real) or bool(np.all(np.isfinite(flat)))


def bad_gradient(gradients: Iterable[Any], variables: Iterable[Value]) -> str:
    """The first gradient that is not finite, in words.

    Examples
    --------
    >>> bad_gradient([np.inf], [Value(0.0, name="w")]).split(",")[0]
    'The gradient of w (a scalar Value) is inf'
    """
    gradient, variable = next((g, v) for g, v in zip(gradients, variables, strict=True) if not np.all(np.isfinite(g)))
    wrong = np.argwhere(~np.isfinite(np.asarray(gradient)))[0]
    at = f" at index {tuple(int(i) for i in wrong)}" if len(wrong) else ""
    return (
        f"The gradient of {variable.described()} is {np.asarray(gradient)[tuple(wrong)]}{at}, so no step was made. "
        f"Somewhere behind the cost a slope is infinite or not defined, as that of sqrt or log at 0."
    )
