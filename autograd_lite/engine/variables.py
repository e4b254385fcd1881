"""Variables: what a function is differentiated with respect to, and what it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from . import trees
from .backprop import tape
from .recording import raw_of, record
from .rules.shapes import join
from .rules.table import RULES, primitive, rule
from .tracing import current_trace, moment_of
from .value import Value


@primitive
def alias(x: Any) -> Any:
    """The same number under a new name: the variable of an inner derivative."""
    return x


rule(alias, lambda g, ans, x: g, symbol="=")


def variable(x: Any) -> Value:
    """What f is differentiated with respect to: new in every case, so that nothing older depends on it."""
    if not isinstance(x, Value):
        return Value(x)
    if not x.carries_gradient:
        raise TypeError(
            f"A derivative with respect to {x.described()} was asked for, which carries no gradient: it is the result "
            f"of a comparison, of rounding or counting, or was computed inside no_grad(). Give its numbers, v.data."
        )
    made: Value = record(RULES[alias], (x,))
    return made


class Call(NamedTuple):
    """A function called on variables.

    Attributes
    ----------
    variables : list of Value
        All leaves of the arguments that are differentiated, in their order.
    since : int
        Values that were made earlier are constants here.
    nested : bool
        An argument was a Value: the derivative is taken inside another one.
    result : nested list, tuple or dict
        What the function returned.
    aux : object
        What it returned besides, with ``has_aux``.
    """

    variables: list[Value]
    since: int
    nested: bool
    result: Any
    aux: Any = None

    @property
    def outputs(self) -> list[Value]:
        """The leaves of the result that were computed from variables, or beside them."""
        return [part for _, part in trees.leaves(self.result) if depends(part, self.since)]


def called(
    f: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], positions: Iterable[int], has_aux: bool
) -> Call:
    """Call f with the leaves of some of its arguments as variables."""
    variables: list[Value] = []
    nested = False

    def opened(x: Any) -> Value:
        nonlocal nested
        nested = nested or isinstance(x, Value)
        variables.append(variable(x))
        return variables[-1]

    chosen = {i: trees.mapped(opened, args[i]) for i in positions}
    if not variables:
        raise TypeError(f"{name_of(f)} was given nothing to differentiate with respect to: an empty list or dict.")
    result = f(*(chosen.get(i, x) for i, x in enumerate(args)), **kwargs)
    aux = None
    if has_aux:
        if not isinstance(result, tuple) or len(result) != 2:
            raise TypeError(
                f"With has_aux=True {name_of(f)} must return a pair, (what is differentiated, anything else); it "
                f"returned {type(result).__name__}."
            )
        result, aux = result
    return Call(variables, min(v.index for v in variables), nested, result, aux)


def bundled(outputs: list[Value]) -> Value:
    """Several results as one vector, so that one walk meets everything behind them; a single one as it is."""
    if len(outputs) == 1:
        return outputs[0]
    begins = (0, *(int(n) for n in np.cumsum([v.size for v in outputs])))
    made: Value = join(*(np.reshape(v, (-1,)) for v in outputs), axis=0, begins=begins)  # type: ignore[call-overload]
    return made


def among_values(call: Call, root: Value | None) -> bool:
    """True if the derivatives of a call are Values: an argument was one, or the result depends on others from outside.

    ``root`` has its outputs, `bundled`.
    """
    if call.nested or (root is not None and tape(root, call.since).outside):
        return True
    return any(isinstance(part, Value) and 0 <= part.index < call.since for _, part in trees.leaves(call.result))


def plain_aux(call: Call, paused: bool) -> Any:
    """What a function returned besides, with bare numbers for Values, but those that depend on Values outside."""

    def plain(part: Any) -> Any:
        if paused or not isinstance(part, Value) or not part.carries_gradient:
            return raw_of(part)
        return part if part.index < call.since or tape(part, call.since).outside else part._data

    return trees.mapped(plain, call.aux)


def depends(x: Any, since: int) -> bool:
    """True for a Value that was computed from variables (or from others made as late)."""
    return isinstance(x, Value) and x.index >= since


def settled(gradient: Any, v: Value) -> Any:
    """A gradient to hand out: 0 where the value does not depend on v; never a borrowed array."""
    if gradient is None:
        return np.zeros_like(v) if v.ndim else type(v._data)(0)
    return np.array(gradient) if isinstance(gradient, np.ndarray) else gradient


def as_variable(gradient: Any) -> Value:
    """A gradient for the derivative outside. One that has none itself (that of abs is a sign) is a constant to it."""
    if isinstance(gradient, Value) and gradient.carries_gradient:
        return gradient
    if isinstance(gradient, Value) and current_trace() is not None:
        kept: Value = record(RULES[alias], (gradient,))  # another run may have another sign: it stays in the recording
        kept.index = moment_of(kept)
        return kept
    return Value(raw_of(gradient))


def without_graph(tree: Any) -> Any:
    """A result with the bare numbers in place of its Values."""
    return trees.mapped(raw_of, tree)


def rebuilt(tree: Any, parts: Iterable[Any]) -> Any:
    """A tree of this form with these leaves, in order."""
    following = iter(parts)
    return trees.mapped(lambda _: next(following), tree)


def fitting(given: Any, v: Any, what: str) -> Any:
    """A seed or tangent for a Value, with its shape and dtype."""
    shape, dtype = np.shape(v), v.dtype
    if not isinstance(given, Value):
        given = Value(given)._data
    if np.shape(given) != shape:
        raise ValueError(
            f"{what} of {v.described()} has shape {np.shape(given)}; it must have the shape of what it belongs to."
        )
    if np.iscomplexobj(given) and dtype.kind != "c":
        raise TypeError(f"{what} of {v.described()}, which is real, is complex.")
    if isinstance(given, Value):
        return given if given.dtype == dtype else given.astype(dtype)
    return type(v._data)(given) if not shape else given.astype(dtype, copy=False)


def name_of(f: Callable[..., Any]) -> str:
    """A function's name, for messages."""
    return f"{getattr(f, '__name__', repr(f))}()"
