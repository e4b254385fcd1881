"""Back-propagation: from one Value back through everything that it was computed from.

Every Value has an ``index``, the moment at which it was made. A Value is always made after its
operands, so walking from the highest index to the lowest meets each Value once, after everything
that uses it: its gradient is then complete, and the derivative rules of its operation pass it on.

This module reads Values and writes their ``grad``; it does not import the class, so that
``Value.backward`` can call it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from .rules.elementwise import PLUS, TIMES, is_complex
from .rules.guard import nothing_from_nothing, nothing_where_nothing
from .tracing import Trace, current_trace

made_at = attrgetter("index")
walks: deque[tuple[int, int, int]] = deque(maxlen=10_000)
"""Of the last walks on Values: when they began and ended, and when their root was made. For pictures, which tell by it
what is a gradient."""

one_at_a_time = threading.RLock()  # threads that share leaves overwrite each other's gradients, but never mix them


class StaleGraph(RuntimeError):
    """A Value was changed after something was computed from it."""


class Tape(NamedTuple):
    """What a Value was computed from."""

    computed: list[Any]
    """Values that an operation made and that carry a gradient, the latest first."""
    leaves: list[Any]
    """Values that a user wrapped."""
    flat: list[Any]
    """Values that an operation made and that carry no gradient: masks, counts."""
    outside: list[Any]
    """Values that carry a gradient and were made before the tape begins: constants to it."""
    watched: list[Any]
    """All wrapped Values that were met, also constants and those made before: none may have been changed since."""

    def stale(self) -> tuple[Any, Any] | None:
        """A leaf that was changed after something was computed from it, and what was; None if there is none.

        What carries no gradient may be older than the change: a mask is a mask, whatever it was made from.
        """
        newest = -1
        for leaf in self.watched:
            leaf.data_to_record()  # takes note of a change in place
            newest = max(newest, leaf.changed)
        for v in reversed(self.computed):  # the oldest first: only those older than the last change matter
            if v.index > newest:
                break
            if (leaf := changed_operand(v)) is not None:
                return leaf, v
        return None


def changed_operand(v: Any) -> Any:
    """An operand of v that was changed after v was made."""
    Value = type(v)
    for a in v.args:
        if type(a) is Value and a.op is None and a.changed > v.index:
            return a
    return None


def tape(root: Any, since: int) -> Tape:
    """Everything that root was computed from, as far as it was made at ``since`` or later."""
    computed, others = behind(root, since)
    leaves: list[Any] = []
    flat: list[Any] = []
    outside: list[Any] = []
    watched: list[Any] = []
    for v in others:
        if v.op is None:
            watched.append(v)
        if v.op is None and (v.index >= since or not since):
            leaves.append(v)
        elif v.index >= 0:
            outside.append(v)
        elif v.op is not None and ~v.index >= since:
            flat.append(v)
    return Tape(computed, leaves, flat, outside, watched)


def behind(root: Any, since: int) -> tuple[list[Any], list[Any]]:
    """What root was computed from at ``since`` or later and carries a gradient, the latest first; and all others."""
    Value = type(root)
    seen, waiting = {root}, [root]
    computed: list[Any] = []
    others: list[Any] = []
    see, wait, keep = seen.add, waiting.append, computed.append
    while waiting:
        v = waiting.pop()
        while v.index >= since and v.op is not None:
            keep(v)
            a, b = v.left, v.right
            if type(b) is Value and b not in seen:  # it is followed at once, the other waits: nearly in order already
                see(b)
                if type(a) is Value and a not in seen:
                    see(a)
                    wait(a)
                v = b
            elif type(a) is Value and a not in seen:
                see(a)
                v = a
            else:
                break
        else:
            others.append(v)
            a = v.args if ~v.index >= since else None  # what was computed without a gradient has operands, too
        if type(a) is tuple:
            for x in a:
                if type(x) is Value and x not in seen:
                    see(x)
                    wait(x)
    computed.sort(key=made_at, reverse=True)
    return computed, others


def back_propagate(root: Any, seed: Any, since: int = 0, recorded: bool | None = False) -> tuple[list[Any], bool]:
    """Write into ``grad`` of every Value behind root the gradient of root with respect to it.

    Parameters
    ----------
    root : Value
        What is differentiated.
    seed : float or ndarray, the shape of root
        The gradient to start with; 1 for a loss.
    since : int
        Values with a smaller index are constants here, and are not written to.
    recorded : bool or None
        Run the rules on Values instead of arrays, so that the gradients are Values with a graph.
        None: if root also depends on Values from before ``since``.

    Returns
    -------
    reached : list of Value
        Every Value that was written to. Those that no gradient reaches have None.
    recorded : bool

    Raises
    ------
    StaleGraph
        If a Value was changed after something was computed from it. Then nothing was written.
    """
    found = tape(root, since)
    if (stale := found.stale()) is not None:
        raise StaleGraph(stale_message(*stale))
    if recorded is None:
        recorded = bool(found.outside)
    reached = found.computed + found.leaves + found.flat
    trace = current_trace() if recorded else None
    with one_at_a_time:
        for v in reached:
            v.grad = None
        root.grad = seed
        try:
            with np.errstate(invalid="ignore"):  # 0/0 and 0*inf are looked after by `nothing_from_nothing`
                if recorded:
                    began = type(root)(0.0).index  # a moment of its own
                    for v in found.computed:
                        pull_recorded(v, since, trace)
                    walks.append((began, type(root)(0.0).index, root.index))
                    if trace is not None:
                        trace.walks.append((root, [(v, v.grad) for v in reached if v.grad is not None]))
                else:
                    propagate_numbers(found.computed, since)
        except BaseException:
            for v in reached:
                v.grad = None  # no gradient rather than half of one
            raise
    return reached, recorded


def propagate_numbers(computed: list[Any], since: int) -> None:
    """Pass every gradient on, as plain numbers.

    An operation on Python floats is handled here and not by `pull`, which does the same for any
    operation: a graph of scalars has hundreds of thousands of them, and a call costs more than the
    arithmetic. For the same reason sums and products, nine in ten of them, do without their rules.
    """
    Value = type(computed[0]) if computed else None
    for v in computed:
        g, a, b, rules = v.grad, v.left, v.right, v.op.rules
        if type(a) is tuple or g is None:
            pull(v, since)
            continue
        if rules is PLUS:
            if type(a) is Value and a.index >= since:
                a.grad = g if a.grad is None else a.grad + g
            if type(b) is Value and b.index >= since:
                b.grad = g if b.grad is None else b.grad + g
            continue
        if rules is TIMES:
            d_left = g * (b._data if type(b) is Value else b)
            d_right = g * (a._data if type(a) is Value else a)
        else:
            try:
                d_left, d_right = slopes(v, g, a, b)
            except ArithmeticError:  # a pole: Python raises where NumPy answers inf or nan
                pull(v, since)
                continue
        if type(a) is Value and a.index >= since:
            if d_left != d_left and g == 0:
                d_left = 0.0  # nothing times any slope
            a.grad = d_left if a.grad is None else a.grad + d_left
        if type(b) is Value and b.index >= since:
            if d_right != d_right and g == 0:
                d_right = 0.0
            b.grad = d_right if b.grad is None else b.grad + d_right


def slopes(v: Any, g: float, a: Any, b: Any) -> tuple[Any, Any]:
    """What an operation on Python floats sends back to its operands, by its rules; None to a constant."""
    Value, ans, rules = type(v), v._data, v.op.rules
    x = a._data if type(a) is Value else a
    if len(rules) == 1:
        return as_float(rules[0](g, ans, x)), None
    y = b._data if type(b) is Value else b
    return (
        as_float(rules[0](g, ans, x, y)) if type(a) is Value else None,
        as_float(rules[1](g, ans, x, y)) if type(b) is Value else None,
    )


def stale_message(leaf: Any, user: Any) -> str:
    return (
        f"{leaf.described()} was changed after {user.described()} was computed from it, so the "
        f"recorded graph no longer belongs to the numbers. Compute the loss again (the forward "
        f"pass) before calling backward()."
    )


def as_float(slope: Any) -> float:
    """A rule's result as a Python float; what Python made complex is nan in real numbers."""
    if type(slope) is float:
        return slope
    return float("nan") if isinstance(slope, complex) else float(slope)


def pull(v: Any, since: int) -> None:
    """Pass v's gradient on to its operands, by the derivative rules of its operation: numbers to numbers."""
    g, op, operands = v.grad, v.op, v.left
    if g is None:  # reached only through operands that have no derivative
        return
    Value, ans, inputs, settings = type(v), v._data, [], op.settings
    if type(operands) is not tuple:
        operands = v.args
    if type(g) is np.ndarray:
        g.setflags(write=False)  # it is complete, and operands may share it
    for a in operands:
        inputs.append(a._data if type(a) is Value else a)
    for a, rule in zip(operands, op.rules):  # noqa: B905  `Each` has a rule for every operand
        if type(a) is not Value or a.index < since or rule is None:
            continue
        try:
            gradient = rule(g, ans, *inputs, **settings) if settings else rule(g, ans, *inputs)
        except ArithmeticError:
            gradient = applied(rule, g, ans, inputs, op)
        if op.elementwise and gradient is not g:
            gradient = nothing_from_nothing(g, gradient)
        data = a._data
        if (
            type(gradient) is not np.ndarray
            or type(data) is not np.ndarray
            or gradient.shape != data.shape
            or gradient.dtype is not data.dtype
        ):
            gradient = fitted(gradient, a, op, g)
        if a.grad is not None:
            gradient = a.grad + gradient
        elif a.op is None and type(gradient) is np.ndarray:
            gradient = owned(gradient, (g, ans, *inputs))
        a.grad = gradient


def pull_recorded(v: Any, since: int, trace: Trace | None) -> None:
    """The same with Values for numbers: the gradients have a graph, and can be differentiated again."""
    g, op, operands = v.grad, v.op, v.args
    if g is None:
        return
    Value = type(v)
    for a, rule in zip(operands, op.rules):  # noqa: B905
        if type(a) is not Value or a.index < since or rule is None:
            continue
        gradient = applied(rule, g, v, operands, op)
        if op.elementwise and gradient is not g:
            gradient = guarded(g, gradient, op, recorded=True)
        gradient = fitted(gradient, a, op, g)
        if trace is not None:
            trace.factors.append((gradient, v, a))
        a.grad = gradient if a.grad is None else a.grad + gradient


def applied(rule: Any, g: Any, ans: Any, inputs: Sequence[Any], op: Any) -> Any:
    """What a rule answers; at a pole, where Python's numbers raise, NumPy's inf or nan."""
    try:
        return rule(g, ans, *inputs, **op.settings)
    except ArithmeticError:
        kinds = {float: np.float64, complex: np.complex128}
        numbers = [kinds[type(n)](n) if type(n) in kinds else n for n in (g, ans, *inputs)]
        return rule(*numbers, **op.settings)


def guarded(g: Any, gradient: Any, op: Any, recorded: bool) -> Any:
    """An elementwise gradient that is 0 where nothing came in; while a program is recorded, a look in every run."""
    if not recorded or current_trace() is None:
        return nothing_from_nothing(g, gradient)
    if not hasattr(gradient, "_data"):
        return gradient
    return nothing_where_nothing(g, gradient, slope_of=op.func)


def fitted(gradient: Any, a: Any, op: Any, g: Any) -> Any:
    """A gradient with the shape and the dtype of the Value that it belongs to.

    A real number that became complex on the way (``g`` is complex) gets the real part of what comes back.
    """
    data = a._data
    if is_complex(gradient) and is_complex(g) and not is_complex(data):
        gradient = np.real(gradient)
    if type(data) is not np.ndarray:
        if np.ndim(gradient):
            gradient = np.sum(gradient)
        if isinstance(gradient, type(a)):
            return gradient if gradient.dtype.kind == a.dtype.kind else gradient.astype(a.dtype)
        return as_float(gradient) if type(data) is float else complex(gradient)
    if type(gradient) is not np.ndarray and not isinstance(gradient, type(a)):
        full = np.empty(data.shape, data.dtype)
        full.fill(as_float(gradient) if isinstance(gradient, complex) and data.dtype.kind != "c" else gradient)
        return full
    if gradient.shape != data.shape:
        try:
            gradient = summed_to(gradient, data.shape)
        except ValueError:
            raise ValueError(
                f"The derivative rule of {op.symbol} returned a gradient of shape {gradient.shape} for an operand of "
                f"shape {data.shape}; it must have the operand's shape, or broadcast to it."
            ) from None
    if gradient.dtype != data.dtype:
        gradient = gradient.astype(data.dtype)
    return gradient


def summed_to(gradient: Any, shape: tuple[int, ...]) -> Any:
    """The reverse of broadcasting: sum over every axis that was added or stretched.

    A rule may also return a gradient that is the same along an axis with length 1 there (or none):
    it is stretched.
    """
    added = gradient.ndim - len(shape)
    if added == 1 and len(shape) == 1 and shape[0] == gradient.shape[1]:  # of a bias: the commonest sum
        return np.matmul(ones(gradient.shape[0], gradient.dtype), gradient)
    if added > 0:
        gradient = gradient.sum(axis=tuple(range(added)) if added > 1 else 0)
        if gradient.shape == shape:
            return gradient
    stretched = tuple(
        [i for i, n in enumerate(shape) if n == 1 and gradient.ndim == len(shape) != 0 and gradient.shape[i] != 1]
    )
    if stretched:
        gradient = gradient.sum(axis=stretched, keepdims=True)
    return gradient if gradient.shape == shape else np.broadcast_to(gradient, shape)


@lru_cache(maxsize=64)
def ones(length: int, dtype: np.dtype) -> np.ndarray:
    """A vector of ones: its product with a matrix is the sum over rows, in a third of the time."""
    vector = np.ones(length, dtype)
    vector.flags.writeable = False
    return vector


def owned(gradient: Any, others: tuple[Any, ...]) -> Any:
    """A gradient that shares no memory with another array: a user may change it in place."""
    borrowed = gradient.base is not None
    for array in others:
        borrowed = borrowed or gradient is array
    return gradient.copy() if borrowed else gradient
