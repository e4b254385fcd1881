"""Functions of your own in the graph: `custom` rules, `stop_gradient`, `checkpoint`."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import numpy as np

from . import trees
from .calculus import vjp
from .recording import raw_of
from .rules.table import Rule, no_gradient, primitive, rule, rule_together
from .tracing import current_trace
from .value import Value
from .variables import rebuilt

F = TypeVar("F", bound=Callable[..., Any])


def custom(*rules: Rule | None) -> Callable[[F], F]:
    """Give a function derivative rules of your own, one for each operand (a decorator).

    It is one operation in the graph, and what happens inside is not recorded: for a result that another library
    computes, or a derivative that is known in a better form.

    Parameters
    ----------
    *rules : callable or None
        As for `rule`: ``rule(g, ans, *operands, **settings)``. Forward mode follows from the same rules; for higher
        orders they must be written with functions that can be differentiated.

    Returns
    -------
    callable

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> @ag.custom(lambda g, ans, x: g / (1 + np.exp(-x)))
    ... def softplus(x):
    ...     return np.logaddexp(0, x)
    >>> ag.grad(softplus)(0.0)
    0.5
    """

    def with_rules(f: F) -> F:
        made = primitive(f)
        rule(made, *rules)
        return made

    return with_rules


def stop_gradient(x: Any) -> Any:
    """The same numbers, through which no gradient flows back: a constant for the derivative.

    Parameters
    ----------
    x : Value, array_like, or a nested list, tuple or dict of them

    Returns
    -------
    Value, or what x is

    Examples
    --------
    >>> import autograd_lite as ag
    >>> ag.grad(lambda x: x * ag.stop_gradient(x))(3.0)
    3.0
    """
    return trees.mapped(stopped, x)


@primitive
def stopped(x: Any) -> Any:
    """The same number, whose gradient is not followed."""
    return x


no_gradient(stopped, symbol="stop_gradient")


def checkpoint(f: F) -> F:
    """Keep nothing of what f computes inside, and compute it again when its gradient is wanted (a decorator).

    Back-propagation needs the numbers in between, and a deep network's fill the memory. A checkpointed part keeps its
    arguments and its result alone, for the price of computing it twice.

    Parameters
    ----------
    f : callable
        Takes and returns numbers, arrays, or nested lists, tuples and dicts of them. It must give the same each
        time, and read no Values but its arguments.

    Returns
    -------
    callable

    Raises
    ------
    TypeError
        When it is called, if f uses a Value that is not among its arguments.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> layer = ag.checkpoint(lambda x: np.tanh(np.tanh(x)))
    >>> ag.grad(layer)(0.0)
    1.0
    """

    @wraps(f, updated=())
    def checkpointed(*args: Any, **kwargs: Any) -> Any:
        leaves = [raw_of(leaf) if is_mask(leaf) else leaf for _, leaf in trees.leaves((args, kwargs))]
        operands = [leaf for leaf in leaves if isinstance(leaf, Value)]
        if not operands or current_trace() is not None:  # a program keeps no more than it needs in any case
            return f(*args, **kwargs)
        is_operand = [isinstance(leaf, Value) for leaf in leaves]
        others = [None if operand else leaf for leaf, operand in zip(leaves, is_operand, strict=True)]
        form = rebuilt((args, kwargs), [None] * len(leaves))
        result: list[Any] = []

        def run(*numbers: Any) -> Any:
            given = iter(numbers)
            new = [next(given) if operand else other for operand, other in zip(is_operand, others, strict=True)]
            new_args, new_kwargs = rebuilt(form, new)
            found = with_arrays(f(*new_args, **new_kwargs))
            parts = [(np.shape(part), np.result_type(part)) for _, part in trees.leaves(found)]
            result[:] = [trees.mapped(lambda _: None, found), parts]
            return flat(found)

        return unflattened(recomputed(*operands, run=run), *result)

    return checkpointed  # type: ignore[return-value]


def is_mask(x: Any) -> bool:
    """True for a Value that carries no gradient, such as a mask or a place."""
    return isinstance(x, Value) and not x.carries_gradient


@primitive
def recomputed(*operands: Any, run: Callable[..., Any] = lambda *operands: None) -> Any:
    """The result of a checkpointed function, as one array."""
    found = run(*operands)
    if isinstance(found, Value):
        raise TypeError(
            "A checkpointed function used a Value that is not among its arguments; its gradient would be lost. "
            "Give it as an argument."
        )
    return found


def pulled_again(g: Any, operands: tuple[Any, ...], run: Callable[..., Any]) -> tuple[Any, ...]:
    """The gradients of a checkpointed function: run it again, with a graph, and go back through that."""
    gradients: tuple[Any, ...] = vjp(run, *operands)[1](g)
    return gradients


rule_together(
    recomputed,
    lambda g, ans, *operands, run=None: pulled_again(g, operands, run),
    symbol="checkpoint",
)


def with_arrays(found: Any) -> Any:
    """A result with arrays for bare numbers: a list of them is a list of results here, as a list of Values is."""

    def opened(leaf: Any) -> Any:
        if isinstance(leaf, list):
            return list(map(with_arrays, leaf))
        return leaf if isinstance(leaf, Value) else np.asarray(leaf)

    return trees.mapped(opened, found)


def flat(found: Any) -> Any:
    """A result as one array: itself, or all leaves of a nested one end to end."""
    if not trees.is_container(found):
        return found
    return np.concatenate([np.reshape(part, (-1,)) for _, part in trees.leaves(found)])


def unflattened(array: Any, form: Any, kinds: list[tuple[tuple[int, ...], np.dtype[Any]]]) -> Any:
    """The reverse of `flat`; ``kinds`` has the shapes and dtypes of the leaves."""
    if not trees.is_container(form):
        return array
    ends = [int(n) for n in np.cumsum([math.prod(shape) for shape, _ in kinds])]
    parts = [
        of_dtype(np.reshape(array[end - math.prod(shape) : end], shape), dtype)
        for end, (shape, dtype) in zip(ends, kinds, strict=True)
    ]
    return rebuilt(form, parts)


def of_dtype(part: Any, dtype: np.dtype[Any]) -> Any:
    """A part as it was before it was joined to others of a wider dtype."""
    if dtype.kind == "b":
        return part != 0
    if part.dtype.kind == "c" and dtype.kind != "c":
        part = np.real(part)
    return part.astype(dtype) if dtype.kind in "fc" and part.dtype != dtype else part
