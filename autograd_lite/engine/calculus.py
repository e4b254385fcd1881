"""Derivatives of functions, to any order, of plain and of nested arguments.

`grad` and `value_and_grad` of one number; `vjp` and `jvp`, the two products with the matrix of all derivatives,
from which everything else is made (see `matrices`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import numpy as np

from . import trees
from .backprop import back_propagate, one_at_a_time
from .forward import push_forward
from .recording import raw_of, resumed
from .value import Value
from .variables import (
    Call,
    among_values,
    as_variable,
    bundled,
    called,
    depends,
    fitting,
    name_of,
    plain_aux,
    rebuilt,
    settled,
    without_graph,
)

ArgNums = int | tuple[int, ...]


def value_and_grad(
    f: Callable[..., Any], argnums: ArgNums = 0, has_aux: bool = False
) -> Callable[..., tuple[Any, Any]]:
    """A function that returns f's value and its gradient.

    Parameters
    ----------
    f : callable
        Takes numbers, arrays, or nested lists, tuples and dicts of them, and returns one number. Written with
        NumPy and Python's operators.
    argnums : int or tuple of int
        Which positional arguments to differentiate with respect to.
    has_aux : bool
        f returns a pair: the number, and anything else, which is handed through.

    Returns
    -------
    callable
        ``(value, gradient)`` of the same arguments; with has_aux ``((value, aux), gradient)``. The gradient has
        the argument's shape, dtype and nesting; for a tuple of argnums it is a tuple. Plain numbers in give
        plain numbers out; where the result depends on a Value outside, it is a Value, and can be
        differentiated again. With respect to a complex z = x + iy it is ∂f/∂x - i ∂f/∂y.

    Raises
    ------
    TypeError
        If f returns something that is not a Value: then it does not depend on its argument, or
        the graph was cut. Also if its result is complex.
    ValueError
        If f returns more than one number.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> ag.value_and_grad(lambda w: np.sum(w**2))(np.array([1.0, 2.0]))
    (5.0, array([2., 4.]))
    >>> ag.grad(lambda p: p["w"] * 3 + p["b"])({"w": 1.0, "b": 2.0})
    {'w': 3.0, 'b': 1.0}
    """
    positions = checked_function(f, argnums)

    @wraps(f, updated=())
    def with_gradient(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        checked(positions, args, f)
        with resumed() as paused:
            call = called(f, args, kwargs, dict.fromkeys(positions), has_aux)
            gradients, value = gradients_of(call, f)
        aux = call.aux
        if not isinstance(value, Value) or paused:
            aux = plain_aux(call, paused)
        if paused:
            gradients, value = tuple(map(raw_of, gradients)), raw_of(value)
        return (value, aux) if has_aux else value, by_position(gradients, args, argnums)

    return with_gradient


def grad(f: Callable[..., Any], argnums: ArgNums = 0, has_aux: bool = False) -> Callable[..., Any]:
    """A function that returns f's gradient; ``grad(grad(f))`` is its second derivative.

    Parameters
    ----------
    f, argnums, has_aux
        As for `value_and_grad`.

    Returns
    -------
    callable
        Of the same arguments; with has_aux it returns ``(gradient, aux)``.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> f = lambda x: x**3
    >>> ag.grad(f)(2.0), ag.grad(ag.grad(f))(2.0)
    (12.0, 12.0)
    """
    with_value = value_and_grad(f, argnums, has_aux)

    @wraps(f, updated=())
    def gradient(*args: Any, **kwargs: Any) -> Any:
        value, gradient = with_value(*args, **kwargs)
        return (gradient, value[1]) if has_aux else gradient

    return gradient


def elementwise_grad(f: Callable[..., Any], argnums: ArgNums = 0) -> Callable[..., Any]:
    """The slope of a function at every entry of its argument: the gradient of the sum of its results.

    Parameters
    ----------
    f : callable
        Each entry of its result depends on the entries at its own place alone, as for ``np.tanh``. For others
        the result is the sum of the rows of `jacobian`.
    argnums
        As for `grad`.

    Returns
    -------
    callable
        The slopes have the argument's shape. Of a function with complex results they are its complex derivative,
        if it has one.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> ag.elementwise_grad(np.square)(np.array([1.0, 2.0, 3.0]))
    array([2., 4., 6.])
    """
    checked_function(f, argnums)

    @wraps(f, updated=())
    def total(*args: Any, **kwargs: Any) -> Any:
        parts = [np.sum(np.real(part)) for _, part in trees.leaves(f(*args, **kwargs))]
        return sum(parts[1:], parts[0]) if parts else 0.0

    return grad(total, argnums)


def vjp(f: Callable[..., Any], *primals: Any, has_aux: bool = False) -> tuple[Any, ...]:
    """The value of f, and a function that sends gradients back through it: products with the transposed Jacobian.

    Parameters
    ----------
    f : callable
        Takes and returns numbers, arrays, or nested lists, tuples and dicts of them.
    *primals
        Its arguments.
    has_aux : bool
        f returns a pair: what is differentiated, and anything else.

    Returns
    -------
    value
        What f returns.
    pull : callable
        ``pull(g)``, with g of the form of value: a tuple with a gradient for each argument. It may be called often.
    aux
        With has_aux.

    Raises
    ------
    ValueError, TypeError
        By pull, if g has another form, shape or dtype than the value.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> value, pull = ag.vjp(np.multiply, np.array([1.0, 2.0]), 3.0)
    >>> pull(np.array([1.0, 10.0]))
    (array([ 3., 30.]), 21.0)
    """
    checked_function(f, 0)
    with resumed() as paused:
        call = called(f, primals, {}, range(len(primals)), has_aux)
    outputs = call.outputs
    root = bundled(outputs) if outputs else None
    as_values = among_values(call, root) and not paused

    def pull(g: Any) -> tuple[Any, ...]:
        with resumed() as paused_now:
            seed = seed_for(call, g, outputs)
            gradients = pulled(root, seed, call) if root is not None else [settled(None, v) for v in call.variables]
        plain = paused or paused_now or not (as_values or isinstance(seed, Value))
        nested: tuple[Any, ...] = rebuilt(primals, map(raw_of if plain else as_variable, gradients))
        return nested

    value, aux = (call.result, call.aux) if as_values else (without_graph(call.result), plain_aux(call, paused))
    return (value, pull, aux) if has_aux else (value, pull)


def seed_for(call: Call, g: Any, outputs: list[Value]) -> Any:
    """The gradient to start with, given in the form of the result, for its `bundled` outputs; None without any."""
    if not trees.same_shape(g, call.result):
        raise TypeError(
            f"The gradient to send back must have the form of the result, {form(call.result)}; it has {form(g)}."
        )
    pairs = zip(trees.parts_like(g, call.result), (part for _, part in trees.leaves(call.result)), strict=True)
    seeds = [fitting(seed, part, "The gradient to send back") for seed, part in pairs if depends(part, call.since)]
    if len(outputs) < 2:
        return seeds[0] if seeds else None
    return np.concatenate([np.reshape(seed, (-1,)) for seed in seeds])


def form(tree: Any) -> str:
    """A tree in words: ``{'w': (2, 3), 'b': ()}``, the shapes of its leaves."""
    return str(trees.mapped(lambda part: np.shape(part), tree))


def pulled(root: Value, seed: Any, call: Call) -> list[Any]:
    """The gradient with respect to every variable of a call, from a seed of root."""
    recorded = True if call.nested or isinstance(seed, Value) else None
    with one_at_a_time:  # threads may pull the same value back
        written, as_values = back_propagate(root, seed, call.since, recorded)
        gradients = [settled(v.grad, v) for v in call.variables]
        for v in written:
            v.grad = None
    return list(map(as_variable, gradients)) if as_values else gradients


def jvp(f: Callable[..., Any], primals: Any, tangents: Any, has_aux: bool = False) -> tuple[Any, ...]:
    """The value of f and how it moves with its arguments: the product of the Jacobian and a step.

    Forward mode: the step is pushed through the graph by the same derivative rules. It costs as much for a
    thousand results as for one, where `vjp` costs as much for a thousand arguments as for one.

    Parameters
    ----------
    f : callable
        Takes and returns numbers, arrays, or nested lists, tuples and dicts of them.
    primals : tuple of arguments, or one argument
    tangents : like primals
        The step of each of them.
    has_aux : bool
        f returns a pair: what is differentiated, and anything else.

    Returns
    -------
    value, tangent
        What f returns, and its slope along the step, of the same form; aux last, with has_aux.

    Raises
    ------
    TypeError, ValueError
        If the tangents have not the form, shapes and dtypes of the primals.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> ag.jvp(np.square, np.array([1.0, 2.0]), np.array([1.0, 0.5]))
    (array([1., 4.]), array([2., 2.]))
    """
    checked_function(f, 0)
    if not isinstance(primals, tuple):
        primals, tangents = (primals,), (tangents,)
    if not trees.same_shape(tangents, primals):
        raise TypeError(
            f"The tangents must have the form of the arguments, {form(primals)}; they have {form(tangents)}."
        )
    with resumed() as paused:
        call = called(f, primals, {}, range(len(primals)), has_aux)
        steps = [
            fitting(step, v, "The tangent")
            for step, v in zip(trees.parts_like(tangents, primals), call.variables, strict=True)
        ]
        outputs = call.outputs
        root = bundled(outputs) if outputs else None
        as_values = among_values(call, root) or any(isinstance(step, Value) for step in steps)
        tangent = tangents_of(call, root, dict(zip(call.variables, steps, strict=True)), as_values)
    value, aux = call.result, call.aux
    if paused or not as_values:
        value, tangent, aux = without_graph(value), without_graph(tangent), plain_aux(call, paused)
    return (value, tangent, aux) if has_aux else (value, tangent)


def tangents_of(call: Call, root: Value | None, moved: dict[Any, Any], as_values: bool) -> Any:
    """How the result of a call, `bundled` in root, moves with its variables: in the form of the result.

    ``moved`` has the steps of variables; what is computed from them is added.
    """
    if root is not None:
        push_forward(root, moved, call.since, as_values)

    def of(part: Any) -> Any:
        step = moved.get(part) if isinstance(part, Value) else None
        if step is None:
            step = np.zeros_like(part) if np.ndim(part) else 0j if np.iscomplexobj(part) else 0.0
        return as_variable(step) if as_values else settled(step, part)

    return trees.mapped(of, call.result)


def gradients_of(call: Call, f: Callable[..., Any]) -> tuple[tuple[Any, ...], Any]:
    """The gradient with respect to each variable, and the value.

    Values come out where Values go in: if the derivative is taken inside another one (nested), or
    where older Values are behind the result.
    """
    value = call.result
    check_result(value, f)
    if value.index < call.since:  # a Value from outside, which does not depend on the variables
        return tuple(Value(np.zeros_like(v)) for v in call.variables), value
    seed = np.ones_like(value) if value.ndim else 1.0
    gradients = pulled(value, seed, call)
    as_values = any(isinstance(g, Value) for g in gradients)
    return tuple(gradients), value if as_values else value._data


def check_result(value: Any, f: Callable[..., Any]) -> None:
    """Raise if a function did not return one number with a gradient."""
    if isinstance(value, list | tuple | dict):
        raise TypeError(
            f"{name_of(f)} returned a {type(value).__name__}; a gradient is that of one number. Add its parts up, "
            f"differentiate one of them, or use ag.jacobian."
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
            f"Take np.sum(...) or np.mean(...) of it, or use ag.jacobian for all of them."
        )
    if value.dtype.kind == "c":
        raise TypeError(
            f"{name_of(f)} returned {value.described()}, which is complex; a gradient is that of a real number. Take "
            f"np.real(...) of it: where f has a complex derivative, the gradient of its real part is that derivative."
        )


def checked_function(f: Any, argnums: Any) -> tuple[int, ...]:
    """Argnums as a tuple, if f is a function and they are whole numbers."""
    if not callable(f):
        raise TypeError(f"A function is differentiated, ag.grad(f)(x); {f!r} was given instead of the function f.")
    positions = argnums if isinstance(argnums, tuple) else (argnums,)
    if not positions or any(isinstance(i, bool) or not isinstance(i, int | np.integer) for i in positions):
        raise TypeError(
            f"argnums says which arguments to differentiate with respect to: a whole number, or a tuple of them, "
            f"counted from 0; argnums={argnums!r} was given."
        )
    return positions


def by_position(parts: Iterable[Any], args: tuple[Any, ...], argnums: ArgNums) -> Any:
    """What was found for each variable, in the form of the arguments that were asked for."""
    positions = argnums if isinstance(argnums, tuple) else (argnums,)
    different = tuple(dict.fromkeys(positions))
    found = dict(zip(different, rebuilt(tuple(args[i] for i in different), parts), strict=True))
    return tuple(found[i] for i in positions) if isinstance(argnums, tuple) else found[argnums]


def checked(positions: tuple[int, ...], args: tuple[Any, ...], f: Callable[..., Any]) -> None:
    """Raise if an argument that is asked for was not given."""
    for i in positions:
        if not 0 <= i < len(args):
            raise ValueError(
                f"The gradient of {name_of(f)} was asked for with respect to argument {i}, but it was "
                f"called with {len(args)} positional argument(s), numbered from 0."
            )
