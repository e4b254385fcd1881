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
from .variables import Call, among_values, bundled, called, depends, rebuilt

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

    Notes
    -----
    Of complex numbers: the derivative of a complex result with respect to a real x is complex. With respect to a
    complex z it is the complex derivative, where f has one; otherwise ∂/∂x - i ∂/∂y of the real part, as in `grad`.

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
            blocks = (columns if forward else rows)(call)
            found = [list(map(raw_of, block)) if paused else block for block in blocks]
        return rebuilt(call.result, [by_position(block, args, argnums) for block in found])

    return with_rows


def rows(call: Call) -> list[list[Any]]:
    """For each leaf of the result its Jacobian with respect to each variable, by back-propagation."""
    nested = among_values(call, together(call))
    found = []
    for _, part in trees.leaves(call.result):
        if not depends(part, call.since):
            zeros = [np.zeros(np.shape(part) + v.shape, complex_like(v.dtype, part)) for v in call.variables]
            found.append(list(map(Value, zeros)) if nested else zeros)
            continue
        pulls = [pulled_entry(part, unit, call) for unit in basis(part)]
        found.append(
            [
                assembled([row[i] for row in pulls], np.shape(part), v.shape, complex_like(v.dtype, part))
                for i, v in enumerate(call.variables)
            ]
        )
    return found


def pulled_entry(part: Value, unit: Any, call: Call) -> list[Any]:
    """One row; of a complex entry with respect to a real variable, those of the real and of the imaginary part."""
    row = pulled(part, unit, call)
    if part.dtype.kind != "c" or all(v.dtype.kind == "c" for v in call.variables):
        return row
    imaginary = pulled(part, unit * -1j, call)
    both = zip(row, imaginary, call.variables, strict=True)
    return [re if v.dtype.kind == "c" else re + 1j * im for re, im, v in both]


def columns(call: Call) -> list[list[Any]]:
    """The same by forward mode: one step along each entry of each variable."""
    root = together(call)
    nested = among_values(call, root)
    parts = [part for _, part in trees.leaves(call.result)]
    found: list[list[Any]] = [[] for _ in parts]
    for v in call.variables:
        pushes = [pushed_entry(v, unit, call, root, nested) for unit in basis(v)]
        for k, part in enumerate(parts):
            block = assembled([push[k] for push in pushes], v.shape, np.shape(part), complex_like(v.dtype, part))
            last = tuple(range(np.ndim(part)))
            found[k].append(np.moveaxis(block, tuple(a - len(last) for a in last), last) if v.ndim and last else block)
    return found


def pushed_entry(v: Value, unit: Any, call: Call, root: Value | None, nested: bool) -> list[Any]:
    """One column: an entry x + iy of a complex variable makes two steps, and is ∂f/∂x - i ∂f/∂y of the real part."""

    def along(step: Any) -> list[Any]:
        return list(trees.parts_like(tangents_of(call, root, {v: step}, nested), call.result))

    if v.dtype.kind != "c":
        return along(unit)
    return [np.real(x) - 1j * np.real(y) for x, y in zip(along(unit), along(unit * 1j), strict=True)]


def together(call: Call) -> Value | None:
    """All outputs of a call, `bundled`."""
    return bundled(call.outputs) if call.outputs else None


def complex_like(dtype: np.dtype[Any], part: Any) -> np.dtype[Any]:
    """The dtype of a derivative of part: complex if that is."""
    return np.result_type(dtype, np.complex64) if np.iscomplexobj(part) else dtype


def basis(v: Value) -> Iterator[Any]:
    """Arrays of zeros with a single 1, one for each entry of v."""
    if not v.ndim:
        yield type(v._data)(1)
        return
    for at in np.ndindex(v.shape):
        unit = np.zeros(v.shape, v.dtype)
        unit[at] = 1
        yield unit


def assembled(parts: list[Any], shape: tuple[int, ...], rest: tuple[int, ...], dtype: np.dtype[Any]) -> Any:
    """Derivatives of shape rest, one for each entry of a shape, as one array of both."""
    if not shape:
        return parts[0]
    if not parts:
        return np.zeros(shape + rest, dtype)
    return np.reshape(np.stack(parts), shape + rest)


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
