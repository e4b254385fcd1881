"""Recording: how an operation on Values becomes a Value that remembers it.

A `Node` is a Value's memory; the functions below fill it. What a node keeps is all that
back-propagation, pictures and programs ever read: the operation, its operands, the result.
"""

from __future__ import annotations

import numbers
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import numpy as np

from .explaining import misfit, missing_rule, not_numbers
from .rules import families
from .rules.table import (
    COMPOSITES,
    RULES,
    WITH_SETTINGS,
    MissingRule,
    Operation,
    full_name,
    positional_names,
    without_defaults,
)
from .tracing import current_trace, refuse_if_traced, traces

new = object.__new__
next_index = count().__next__
pausing_threads: set[int] = set()


class Node:
    """The memory of a Value: its data, its gradient, and how it was made.

    Attributes
    ----------
    op : Operation or None
        The operation that made it; None for data that a user wrapped.
    left, right : Node, float, tuple or None
        Two operands sit in slots of their own: a tuple for each node would double what the
        garbage collector walks, and cost about a fifth of a training step of scalars. Operations on
        arrays keep all their operands as one tuple in ``left``. Read them through `args`.
    index : int
        When it was made. Negative (``~moment``) if it carries no gradient.
    changed : int
        When the data of a wrapped Value were last changed; -1: never. Wrapped Values alone have it.
    """

    __slots__ = ("_data", "_snapshot", "changed", "grad", "index", "left", "name", "op", "right")

    _data: Any
    _snapshot: np.ndarray | None
    grad: Any
    op: Operation | None
    left: Any
    right: Any
    name: str | None
    index: int
    changed: int

    @property
    def args(self) -> tuple[Any, ...]:
        """The operands of the operation that made it, Values and constants alike."""
        if self.op is None:
            return ()
        if type(self.left) is tuple:
            return self.left
        return (self.left,) if self.op.operands == 1 else (self.left, self.right)

    @property
    def carries_gradient(self) -> bool:
        """False for the result of a comparison, of ``argmax`` or ``floor``: no slope to follow."""
        return self.index >= 0

    def replace(self, data: Any) -> None:
        """Give a wrapped Value new data of the same shape and dtype, without a copy.

        For optimizers, which have just computed the array and keep no other hold on it; users
        assign to ``data``. Whatever was computed from the old data is stale from now on.
        """
        if traces:
            refuse_if_traced(self, "a new value", "change")
        self._data = data
        self._snapshot = None
        self.changed = next_index()

    def changed_in_place(self) -> bool:
        """True if somebody wrote into the array since it was last used in an operation."""
        return self._snapshot is not None and not np.array_equal(self._snapshot, self._data, equal_nan=True)

    def data_to_record(self) -> Any:
        """The data for a new use, in an array that nobody else can write into.

        If somebody wrote into the array that was handed out, whatever was computed from it before
        is stale from now on.
        """
        if self._snapshot is None:
            return self._data
        if self.changed_in_place():
            self._snapshot = self._data.copy()
            self.changed = next_index()
        return self._snapshot

    def described(self) -> str:
        """The Value in words, for messages: ``w (a Value of shape (3, 2))``."""
        shape = np.shape(self._data)
        kind = f"a Value of shape {shape}" if shape else "a scalar Value"
        made = f" made by {self.op.symbol}" if self.op else ""
        return f"{self.name} ({kind}{made})" if self.name else f"{kind}{made}"


def wrapped(data: Any) -> float | complex | np.ndarray:
    """Data as a Value keeps them: a Python float (or complex number), or an array of floats of its own."""
    if isinstance(data, Node):
        raise TypeError(
            f"{data.described()} is a Value already. Use it as it is, or Value(v.data) for a new one "
            f"that is cut from its graph."
        )
    if isinstance(data, np.ma.MaskedArray):
        raise TypeError("A masked array would lose its mask. Fill it first: data.filled(0), or take data.compressed().")
    if isinstance(data, numbers.Real):
        try:
            return float(data)
        except OverflowError:
            raise OverflowError("A whole number is too large for a float (largest: 1.8e308).") from None
    if isinstance(data, numbers.Complex):
        return complex(data)
    try:
        array = np.array(data)
    except ValueError as error:
        if type(error) is not ValueError:
            raise
        raise ValueError(f"These data do not form an array, because their rows differ in length: {error}") from None
    if array.dtype.kind == "O" and not isinstance(data, np.ndarray):
        array = large_integers(array)
    if array.dtype.kind not in "fciub":
        raise TypeError(not_numbers(array))
    if array.dtype.kind not in "fc":
        array = array.astype(np.float64)
    return array if array.ndim else complex(array) if array.dtype.kind == "c" else float(array)


def large_integers(array: np.ndarray) -> np.ndarray:
    """A list of integers beyond 64 bits, which NumPy makes objects, as floats; anything else as it is."""
    if not all(isinstance(x, int | float) for x in array.ravel()):
        return array
    try:
        return array.astype(np.float64)
    except OverflowError:
        raise OverflowError("An integer among the data is too large for a float (largest: 1.8e308).") from None


def raw_of(x: Any) -> Any:
    """The bare data of a Value; anything else as it is."""
    return x._data if isinstance(x, Node) else x


def constant(x: Any) -> Any:
    """An operand that is no Value, as the graph keeps it: a number, or an array that stays as it is.

    A plain array is copied, because its owner may change it later and the gradient would silently
    be that of other numbers. An array that is read-only is trusted and not copied.
    """
    if type(x) is float:
        return x
    if type(x) is np.ndarray and x.dtype.kind in "fiubc":
        return np.array(x) if may_change(x) else x
    if type(x) is list or type(x) is tuple:
        x = np.asarray(x)
        x.flags.writeable = False
    if isinstance(x, np.ndarray):
        if x.dtype.kind not in "fiubc":
            raise TypeError(not_numbers(x))
        if isinstance(x, np.ma.MaskedArray | np.matrix):
            raise TypeError(
                f"A Value was combined with a {type(x).__name__}, which has arithmetic of its own. Use a plain array: "
                f"np.asarray(x), or x.filled(0) for a masked one."
            )
        return np.array(x) if may_change(x) else x
    if isinstance(x, np.generic) and x.dtype.kind in "fiubc":
        return x.item()
    if isinstance(x, int):
        return x if abs(x) < 2**63 else wrapped(x)
    if isinstance(x, numbers.Complex):
        return wrapped(x)
    raise TypeError(f"A Value was combined with {x!r} ({type(x).__name__}); expected a number, an array or a Value.")


def may_change(array: np.ndarray) -> bool:
    """True unless the array, and whatever it is a view of, is read-only."""
    base: Any = array
    while isinstance(base, np.ndarray):
        if base.flags.writeable:
            return True
        base = base.base
    return base is not None or type(array) is not np.ndarray


def call(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Call a NumPy function on Values, and record it."""
    op = RULES.get(func)
    if op is None:
        return call_another(func, args, kwargs)
    try:
        op, operands = op.bound(args, kwargs)
    except TypeError:
        if (written := written_for(func, args, kwargs, op)) is None:
            raise
        return written(*args, **without_defaults(kwargs))
    if op.settings:
        if any(isinstance(setting, Node) for setting in op.settings.values()):
            raise TypeError(
                f"{full_name(func)} was given a Value as a setting; settings such as axis are plain numbers. (While a "
                f"function is recorded, numbers among its arguments are Values. Give it the setting from outside: "
                f"lambda x: f(x, axis=0).)"
            )
        op.settings = {key: frozen(setting) for key, setting in op.settings.items()}
    return record(op, operands)


def written_for(
    func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], op: Operation
) -> Callable[..., Any] | None:
    """How a call that its rule does not know is written with others: ``np.where(mask)``, a setting by position."""
    families.complete()
    names, written = WITH_SETTINGS.get(func, ((), None))
    operands = len(args) if op.operands is None else op.operands
    by_position = zip(positional_names(func, op.keywords)[operands:], args[operands:], strict=False)
    unknown = without_defaults({**dict(by_position), **kwargs}).keys() - {*op.keywords}
    return written if unknown.issubset(names) else None


def call_another(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Call a function that is written with others, or whose rules were not needed before and are imported now."""
    imported = families.complete()
    if func in COMPOSITES:
        return COMPOSITES[func](*args, **without_defaults(kwargs))
    if imported and func in RULES:
        return call(func, args, kwargs)
    raise MissingRule(missing_rule(func))


def frozen(setting: Any) -> Any:
    """A setting that stays as it is now: its owner may shuffle an array of indices later."""
    if isinstance(setting, np.ndarray):
        return setting.copy()
    if isinstance(setting, list | tuple):
        return type(setting)(map(frozen, setting)) if type(setting) in (list, tuple) else setting
    return setting


def record(op: Operation, operands: tuple[Any, ...]) -> Any:
    """Compute an operation on raw data, and keep how it was made."""
    kept: list[Any] = []
    raw: list[Any] = []
    cls, carries, all_numbers = Node, False, op.scalar is not None and not op.settings
    for x in operands:
        if isinstance(x, Node):
            cls = type(x)
            data = x._data if x.op is not None or x._snapshot is None else x.data_to_record()
            carries = carries or x.index >= 0
        else:
            data = x = constant(x)
        if type(data) is not float and type(data) is not int:
            all_numbers = False
        kept.append(x)
        raw.append(data)
    if all_numbers:
        return record_floats(cls, op, kept, raw, carries)
    try:
        data = op.compute(*raw, **op.settings) if op.settings else op.compute(*raw)
    except ValueError as error:
        if type(error) is not ValueError:
            raise
        raise ValueError(misfit(op, kept, error)) from None
    return node(cls, data, op, tuple(kept), carries)


def record_floats(cls: type, op: Operation, kept: list[Any], raw: list[Any], carries: bool) -> Any:
    """Record an operation on Python floats; where Python raises, NumPy's inf or nan is the answer."""
    numbers = [float(r) for r in raw]
    try:
        data = op.scalar(*numbers)  # type: ignore[misc]
    except (ArithmeticError, ValueError):
        data = float(op.func(*map(np.float64, numbers)))
    left, *right = (k if isinstance(k, Node) else float(k) for k in kept)
    out = float_node(cls, data, op, left, right[0] if right else None)
    if not carries and out.index >= 0:
        out.index = ~out.index
    return out


def node(cls: type, data: Any, op: Operation, operands: tuple[Any, ...], carries: bool) -> Any:
    """A computed Value. Scalars are kept as Python numbers, never as 0-d arrays."""
    if type(data) is np.ndarray and data.ndim:
        is_float = data.dtype.kind in "fc"
    else:
        if isinstance(data, np.ndarray | np.generic):
            data = data.item()
        is_float = type(data) is float or type(data) is complex
    out = float_node(cls, data, op, operands, None)
    if not (carries and is_float and op.rules) and out.index >= 0:
        out.index = ~out.index  # negative: it carries no gradient
    return out


def float_node(cls: type, data: Any, op: Operation, left: Any, right: Any) -> Any:
    """A computed Value with its operands in their slots."""
    out: Any = new(cls)
    out._data = data
    out.grad = None
    out.op = op
    out.left = left
    out.right = right
    out.name = None
    out.index = next_index()
    if pausing_threads and threading.get_ident() in pausing_threads:
        out.index = ~out.index
        if current_trace() is None:  # a recording keeps how it was made, to make it again
            out.op, out.left, out.right, out._snapshot, out.changed = None, None, None, None, -1
    return out


@contextmanager
def resumed() -> Iterator[bool]:
    """Record, also inside `no_grad`: a derivative needs its graph. Tells whether recording was paused."""
    thread = threading.get_ident()
    paused = thread in pausing_threads
    pausing_threads.discard(thread)
    try:
        yield paused
    finally:
        if paused:
            pausing_threads.add(thread)


@contextmanager
def no_grad() -> Iterator[None]:
    """Compute without recording, in this thread: the results are constants.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> x = ag.Value(2.0)
    >>> with ag.no_grad():
    ...     y = x * x
    >>> y.carries_gradient
    False
    """
    thread = threading.get_ident()
    nested = thread in pausing_threads
    pausing_threads.add(thread)
    try:
        yield
    finally:
        if not nested:
            pausing_threads.discard(thread)


def reachable(root: Any) -> list[Any]:
    """Root and every Value that it was computed from, operands before what uses them.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> from autograd_lite.engine import reachable
    >>> x = Value(2.0, name="x")
    >>> [v.name or v.op.symbol for v in reachable(x * x + 1)]
    ['x', '*', '+']
    """
    found, todo = {root}, [root]
    for v in todo:
        for a in v.args:
            if isinstance(a, Node) and a not in found:
                found.add(a)
                todo.append(a)
    # A computed Value was always made after its operands; a leaf may have been assigned to since.
    return sorted(found, key=lambda v: (v.op is not None, v.index if v.index >= 0 else ~v.index))


def shown(data: Any) -> str:
    """Numbers for a repr."""
    return np.array2string(data, separator=", ", threshold=20) if isinstance(data, np.ndarray) else repr(data)
