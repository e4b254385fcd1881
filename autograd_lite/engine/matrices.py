"""Derivatives with more than one row: `jacobian`, `hessian`, and products with the latter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import numpy as np

from . import trees
from .calculus import ArgNums, by_position, checked, checked_function, grad, jvp, pulled, tangents_of
from .recording import raw_of, resumed
from .value import Value
from .variables import Call, called, depends, rebuilt

MODES = ("auto", "reverse", "forward")


def jacobian(f: Callable[..., Any], argnums: ArgNums = 0, mode: str = "auto") -> Callable[..., Any]:
    """A function that returns all derivatives of f: of every entry of its result, with respect to every entry of x.

    Parameters
    ----------
    f : callable
        Takes and returns numbers, arrays, or nested lists, tuples and dicts of them.
    argnums : int or tuple of int
        Which arguments to differentiate with respect to.
    mode : {"auto", "reverse", "forward"}
        Back-propagation once for each entry of the result, or a step forward for each entry of the arguments;
        auto takes the smaller number.

    Returns
    -------
    callable
        Of the same arguments. For an array x and an array result, the shape is that of the result, then that of x.
        A nested result gives a nest of Jacobians, and a nested argument (or a tuple of argnums) a nest in each.

    Raises
    ------
    ValueError
        If mode is none of the three.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> ag.jacobian(lambda x: np.outer(x, x)[0])(np.array([1.0, 2.0]))
    array([[2., 0.],
           [2., 1.]])
    """
    positions = checked_function(f, argnums)
    if mode not in MODES:
        raise ValueError(f"mode={mode!r} was given to jacobian; it is one of {', '.join(map(repr, MODES))}.")

    @wraps(f, updated=())
    def with_rows(*args: Any, **kwargs: Any) -> Any:
        checked(positions, args, f)
        with resumed() as paused:
            call = called(f, args, kwargs, dict.fromkeys(positions), has_aux=False)
            entries = sum(np.size(part) for _, part in trees.leaves(call.result))
            forward = mode == "forward" or (mode == "auto" and sum(v.size for v in call.variables) < entries)
            blocks = columns(call) if forward else rows(call)
            found = [list(map(raw_of, block)) if paused else block for block in blocks]
        return rebuilt(call.result, [by_position(block, args, argnums) for block in found])

    return with_rows


def rows(call: Call) -> list[list[Any]]:
    """For each leaf of the result its Jacobian with respect to each variable, by back-propagation."""
    found = []
    for _, part in trees.leaves(call.result):
        if not depends(part, call.since):
            found.append([np.zeros(np.shape(part) + v.shape) for v in call.variables])
            continue
        pulls = [pulled(part, seed, call) for seed in basis(part)]
        found.append([assembled([row[i] for row in pulls], np.shape(part), v) for i, v in enumerate(call.variables)])
    return found


def columns(call: Call) -> list[list[Any]]:
    """The same by forward mode: one step along each entry of each variable."""
    outputs = [part for _, part in trees.leaves(call.result)]
    found: list[list[Any]] = [[] for _ in outputs]
    for v in call.variables:
        pushes: list[list[Any]] = []
        for step in basis(v):
            steps = [step if w is v else np.zeros_like(w) if w.ndim else type(w._data)(0) for w in call.variables]
            tangent, _ = tangents_of(call, steps)
            pushes.append([part for _, part in trees.leaves(tangent)])
        for k, part in enumerate(outputs):
            block = assembled([push[k] for push in pushes], v.shape, part)
            last = tuple(range(np.ndim(part)))
            found[k].append(np.moveaxis(block, tuple(a - len(last) for a in last), last) if v.ndim and last else block)
    return found


def basis(v: Value) -> Iterator[Any]:
    """Arrays of zeros with a single 1, one for each entry of v."""
    if not v.ndim:
        yield type(v._data)(1)
        return
    for at in np.ndindex(v.shape):
        unit = np.zeros(v.shape, v.dtype)
        unit[at] = 1
        yield unit


def assembled(parts: list[Any], shape: tuple[int, ...], like: Any) -> Any:
    """Derivatives one for each entry of a shape, as one array of that shape and their own."""
    if not shape:
        return parts[0]
    if not parts:
        return np.zeros(shape + np.shape(like), like.dtype if isinstance(like, Value) else float)
    return np.reshape(np.stack(parts), shape + np.shape(parts[0]))


def hessian(f: Callable[..., Any], argnums: ArgNums = 0) -> Callable[..., Any]:
    """A function that returns all second derivatives of f.

    Parameters
    ----------
    f : callable
        Returns one number, or an array: then there is a Hessian for each entry.
    argnums
        As for `jacobian`.

    Returns
    -------
    callable
        Of the same arguments. For an array x its shape is that of the result, then twice that of x; nested arguments
        (or a tuple of argnums) give a nest in a nest.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> ag.hessian(lambda x: x[0] ** 2 * x[1])(np.array([1.0, 3.0]))
    array([[6., 2.],
           [2., 0.]])
    """
    return jacobian(jacobian(f, argnums, mode="reverse"), argnums, mode="forward")


def hvp(f: Callable[..., Any], primals: Any, tangents: Any) -> Any:
    """The product of the Hessian of f and a step: how the gradient changes along it, without the matrix itself.

    A step forward through back-propagation: the cost of a few gradients, whatever the number of entries.

    Parameters
    ----------
    f : callable
        Returns one number.
    primals : tuple of arguments, or one argument
    tangents : like primals
        The step.

    Returns
    -------
    tuple, or array
        Like primals.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> ag.hvp(lambda x: np.sum(x**3), np.array([1.0, 2.0]), np.array([1.0, 10.0]))
    array([  6., 120.])
    """
    single = not isinstance(primals, tuple)
    primals, tangents = ((primals,), (tangents,)) if single else (primals, tangents)
    product = jvp(grad(f, tuple(range(len(primals)))), primals, tangents)[1]
    return product[0] if single else product
