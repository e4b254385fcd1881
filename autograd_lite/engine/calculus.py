"""Derivatives of functions: `grad` and `value_and_grad`, to any order."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from .backprop import back_propagate
from .recording import raw_of, record, resumed
from .rules.table import RULES, primitive, rule
from .tracing import current_trace, moment_of
from .value import Value

ArgNums = int | tuple[int, ...]


@primitive
def alias(x: Any) -> Any:
    """The same number under a new name: the variable of an inner derivative."""
    return x


rule(alias, lambda g, ans, x: g, symbol="=")


def value_and_grad(f: Callable[..., Any], argnums: ArgNums = 0) -> Callable[..., tuple[Any, Any]]:
    """A function that returns f's value and its gradient.

    Parameters
    ----------
    f : callable
        Takes scalars and arrays, returns one number. Written with NumPy and Python's operators.
    argnums : int or tuple of int
        Which positional arguments to differentiate with respect to.

    Returns
    -------
    callable
        ``(value, gradient)`` of the same arguments. The gradient has the argument's shape and
        dtype; for a tuple of argnums it is a tuple. Plain numbers in give plain numbers out;
        where the result depends on a Value outside, it is a Value, and can be differentiated again.

    Raises
    ------
    TypeError
        If f returns something that is not a Value: then it does not depend on its argument, or
        the graph was cut.
    ValueError
        If f returns more than one number.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> ag.value_and_grad(lambda w: np.sum(w**2))(np.array([1.0, 2.0]))
    (5.0, array([2., 4.]))
    """
    if not callable(f):
        raise TypeError(f"A function is differentiated, ag.grad(f)(x); {f!r} was given instead of the function f.")
    positions = checked_argnums(argnums)

    @wraps(f, updated=())
    def with_gradient(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        checked(positions, args, f)
        with resumed() as paused:
            variables = {i: variable(args[i]) for i in positions}
            since = min(v.index for v in variables.values())
            value = f(*(variables.get(i, x) for i, x in enumerate(args)), **kwargs)
            nested = any(isinstance(args[i], Value) for i in positions)
            gradients, value = gradients_of(value, [variables[i] for i in positions], since, nested, f)
        if paused:
            gradients, value = tuple(map(raw_of, gradients)), raw_of(value)
        return value, gradients if isinstance(argnums, tuple) else gradients[0]

    return with_gradient


def grad(f: Callable[..., Any], argnums: ArgNums = 0) -> Callable[..., Any]:
    """A function that returns f's gradient; ``grad(grad(f))`` is its second derivative.

    Parameters
    ----------
    f, argnums
        As for `value_and_grad`.

    Returns
    -------
    callable

    Examples
    --------
    >>> import autograd_lite as ag
    >>> f = lambda x: x**3
    >>> ag.grad(f)(2.0), ag.grad(ag.grad(f))(2.0)
    (12.0, 12.0)
    """
    with_value = value_and_grad(f, argnums)

    @wraps(f, updated=())
    def gradient(*args: Any, **kwargs: Any) -> Any:
        return with_value(*args, **kwargs)[1]

    return gradient


def checked_argnums(argnums: Any) -> tuple[int, ...]:
    """Argnums as a tuple, if they are whole numbers."""
    positions = argnums if isinstance(argnums, tuple) else (argnums,)
    if not positions or any(isinstance(i, bool) or not isinstance(i, int | np.integer) for i in positions):
        raise TypeError(
            f"argnums says which arguments to differentiate with respect to: a whole number, or a tuple of them, "
            f"counted from 0; argnums={argnums!r} was given."
        )
    return positions


def checked(positions: tuple[int, ...], args: tuple[Any, ...], f: Callable[..., Any]) -> None:
    for i in positions:
        if not 0 <= i < len(args):
            raise ValueError(
                f"The gradient of {name_of(f)} was asked for with respect to argument {i}, but it was "
                f"called with {len(args)} positional argument(s), numbered from 0."
            )


def variable(x: Any) -> Value:
    """What f is differentiated with respect to: new in every case, so that nothing older depends on it."""
    if not isinstance(x, Value):
        return Value(x)
    if not x.carries_gradient:
        raise TypeError(
            f"A derivative with respect to {x.described()} was asked for, which carries no gradient: it is the result "
            f"of a comparison, of rounding or counting, or was computed inside no_grad(). Give its numbers, v.data."
        )
    variable: Value = record(RULES[alias], (x,))
    return variable


def gradients_of(
    value: Any, variables: list[Value], since: int, nested: bool, f: Callable[..., Any]
) -> tuple[tuple[Any, ...], Any]:
    """The gradient with respect to each variable, and the value.

    Values come out where Values go in: if the derivative is taken inside another one (nested), or
    where older Values are behind the result.
    """
    check_result(value, f)
    if value.index < since:  # a Value from outside, which does not depend on the variables
        return tuple(Value(np.zeros_like(v)) for v in variables), value
    seed = np.ones_like(value) if value.ndim else 1.0
    written, as_values = back_propagate(value, seed, since, recorded=True if nested else None)
    gradients = tuple(settled(v.grad, v) for v in variables)
    for v in written:
        v.grad = None  # they were this call's own; a gradient with a graph would keep itself alive
    if not as_values:
        return gradients, value._data
    return tuple(map(as_variable, gradients)), value


def as_variable(gradient: Any) -> Value:
    """A gradient for the derivative outside. One that has none itself (that of abs is a sign) is a constant to it."""
    if isinstance(gradient, Value) and gradient.carries_gradient:
        return gradient
    if isinstance(gradient, Value) and current_trace() is not None:
        kept: Value = record(RULES[alias], (gradient,))  # another run may have another sign: it stays in the recording
        kept.index = moment_of(kept)
        return kept
    return Value(raw_of(gradient))


def check_result(value: Any, f: Callable[..., Any]) -> None:
    """Raise if a function did not return one number with a gradient."""
    if isinstance(value, list | tuple | dict):
        raise TypeError(
            f"{name_of(f)} returned a {type(value).__name__}; a gradient is that of one number. Add its parts up, "
            f"or differentiate one of them."
        )
    if not isinstance(value, Value) or not value.carries_gradient:
        what = value.described() if isinstance(value, Value) else f"{value!r} ({type(value).__name__})"
        raise TypeError(
            f"{name_of(f)} returned {what}, which has no gradient: it does not depend on the argument, or the "
            f"graph was cut on the way (by .data, .item(), a comparison or rounding)."
        )
    if value.size != 1:
        raise ValueError(
            f"{name_of(f)} returned {value.described()}; a gradient is that of one number. "
            f"Take np.sum(...) or np.mean(...) of it."
        )


def settled(gradient: Any, v: Value) -> Any:
    """A gradient to hand out: 0 where the value does not depend on v; never a borrowed array."""
    if gradient is None:
        return np.zeros_like(v) if v.ndim else 0.0
    return np.array(gradient) if isinstance(gradient, np.ndarray) else gradient


def name_of(f: Callable[..., Any]) -> str:
    return f"{getattr(f, '__name__', repr(f))}()"
