"""How ``np.exp(v)``, ``v * w + 1`` and ``v.sum()`` are recorded: protocols, operators, methods."""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import Any

import numpy as np

from .recording import Node, call, constant, float_node, new, next_index, pausing_threads, raw_of, record
from .rules import families
from .rules.neural import relu
from .rules.shapes import cast
from .rules.table import COMPOSITES, METHODS, RULES, WITH_SETTINGS, Operation, full_name, without_defaults

Operator = Callable[[Any, Any], Any]
OPERANDS = (Node, np.ndarray, numbers.Number, np.generic, list, tuple)


def binary(ufunc: np.ufunc) -> tuple[Operator, Operator]:
    """An operator and its reflection, ``v * x`` and ``x * v``; short where both sides are floats."""
    op = RULES[ufunc]
    compute = op.scalar

    def forward(self: Any, other: Any) -> Any:
        x, cls = self._data, type(self)
        y = other._data if type(other) is cls else other
        if type(x) is float and compute is not None and self.index >= 0 and (type(y) is float or type(y) is int):
            try:
                if type(other) is int:
                    other = y = float(other)
                data = compute(x, y)
            except (ArithmeticError, ValueError):
                return operate(op, self, other)  # a pole: NumPy answers inf or nan, with its warning
            if pausing_threads:
                return float_node(cls, data, op, self, other)
            out: Any = new(cls)  # what `float_node` does, without a call: a seventh of the time of an operation
            out._data = data
            out.grad = None
            out.op = op
            out.left = self
            out.right = other
            out.name = None
            out.index = next_index()
            return out
        if type(other) is cls:
            return record(op, (self, other))
        return operate(op, self, other)

    def reflected(self: Any, other: Any) -> Any:
        y = self._data
        if type(y) is float and compute is not None and self.index >= 0 and type(other) in (int, float):
            try:
                other = float(other)
                return float_node(type(self), compute(other, y), op, other, self)
            except (ArithmeticError, ValueError):
                pass
        return operate(op, other, self)

    return forward, reflected


def operate(op: Operation, left: Any, right: Any) -> Any:
    """An operator on any two things; what is not a number is left to the other side's reflection."""
    if isinstance(left, OPERANDS) and isinstance(right, OPERANDS):
        return record(op, (left, right))
    if (isinstance(left, str) or isinstance(right, str)) and op.func not in (np.equal, np.not_equal):
        constant(left if isinstance(left, str) else right)  # says what is wrong with it
    return NotImplemented


def unary(func: Callable[..., Any]) -> Callable[[Any], Any]:
    """An operator or method of one operand, ``-v`` or ``v.tanh()``; short where it is a float."""
    op = RULES[func]
    compute = op.scalar

    def method(self: Any) -> Any:
        x = self._data
        if type(x) is float and compute is not None and self.index >= 0:
            try:
                return float_node(type(self), compute(x), op, self, None)
            except (ArithmeticError, ValueError):
                pass
        return record(op, (self,))

    return method


def method(func: Callable[..., Any]) -> Callable[..., Any]:
    """A method of arrays that NumPy has as a function, too: ``v.sum(axis=0)`` is ``np.sum(v, axis=0)``."""

    def calling(self: Any, *args: Any, **settings: Any) -> Any:
        return func(self, *args, **settings)

    calling.__name__, calling.__doc__ = func.__name__, f"``{full_name(func)}`` of this Value."
    return calling


def in_place(name: str, instead: str) -> Callable[..., Any]:
    """A method of arrays that would change a Value, which is refused."""

    def refusing(self: Any, *args: Any, **settings: Any) -> Any:
        raise TypeError(
            f"v.{name}(...) would change {self.described()} in place, and what was computed from it would no longer "
            f"be true. A new one is made with {instead}."
        )

    return refusing


# Questions about shapes and types: answered, not recorded.
ANSWERED = {
    np.shape, np.ndim, np.size, np.result_type, np.zeros_like, np.ones_like, np.empty_like, np.iscomplexobj,
    np.isrealobj, np.can_cast, np.min_scalar_type, np.common_type, np.einsum_path,
}  # fmt: skip


class Operators(Node):
    """What makes a node behave as a number and as an array."""

    __slots__ = ()

    # ------------------------------------------------------------------ NumPy's protocols

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method == "__call__" and not kwargs:
            return call(ufunc, inputs, kwargs)
        if kwargs.get("out") is not None:
            raise TypeError(
                f"{full_name(ufunc)} was asked to write a Value into an existing array (out=, or += on "
                f"a plain array). An array cannot remember how it was computed: write x = x + v."
            )
        if method != "__call__":
            families.complete()
            return METHODS[method](ufunc, *inputs, **without_defaults(kwargs))
        return call(ufunc, inputs, kwargs)

    def __array_function__(self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        if func in ANSWERED:
            return func(*map(raw_of, args), **{key: raw_of(value) for key, value in kwargs.items()})
        if func in COMPOSITES:
            return COMPOSITES[func](*args, **without_defaults(kwargs))
        if kwargs and func in WITH_SETTINGS:
            names, written = WITH_SETTINGS[func]
            said = without_defaults(kwargs)
            if not said.keys().isdisjoint(names):
                return written(*args, **said)
        return call(func, args, kwargs)

    def __array__(self, *args: Any, **kwargs: Any) -> np.ndarray:
        raise TypeError(
            f"{self.described()} would lose its graph if it became a plain array (np.array, np.asarray, "
            f"np.full, or x.dot(v) do that). To join Values use np.stack([v, w]) or ag.array([[v, w], ...]); "
            f"np.array and np.full keep the graph with like=v; to multiply write x @ v; functions of SciPy "
            f"that do it are in autograd_lite.scipy, such as autograd_lite.scipy.special.logsumexp; for the bare "
            f"numbers take v.data."
        )

    # ------------------------------------------------------------------ Python's operators

    __add__, __radd__ = binary(np.add)
    __sub__, __rsub__ = binary(np.subtract)
    __mul__, __rmul__ = binary(np.multiply)
    __truediv__, __rtruediv__ = binary(np.divide)
    __floordiv__, __rfloordiv__ = binary(np.floor_divide)
    __mod__, __rmod__ = binary(np.remainder)
    __pow__, __rpow__ = binary(np.power)
    __matmul__, __rmatmul__ = binary(np.matmul)  # type: ignore[arg-type]
    __and__, __rand__ = binary(np.bitwise_and)
    __or__, __ror__ = binary(np.bitwise_or)
    __xor__, __rxor__ = binary(np.bitwise_xor)
    __lt__, _ = binary(np.less)
    __le__, _ = binary(np.less_equal)
    __gt__, _ = binary(np.greater)
    __ge__, _ = binary(np.greater_equal)
    __eq__, _ = binary(np.equal)  # type: ignore[assignment]
    __ne__, _ = binary(np.not_equal)  # type: ignore[assignment]
    __hash__ = object.__hash__  # by identity, though == compares entry by entry
    del _

    def __divmod__(self, other: Any) -> tuple[Any, Any]:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> tuple[Any, Any]:
        return other // self, other % self

    __neg__ = unary(np.negative)
    __pos__ = unary(np.positive)
    __abs__ = unary(np.abs)
    __invert__ = unary(np.invert)
    exp = unary(np.exp)
    log = unary(np.log)
    sqrt = unary(np.sqrt)
    tanh = unary(np.tanh)
    sin = unary(np.sin)
    cos = unary(np.cos)
    relu = unary(relu)

    # ------------------------------------------------------------------ ndarray's methods

    @property
    def shape(self) -> tuple[int, ...]:
        """The length along each axis; ``()`` for a scalar."""
        return self._data.shape if type(self._data) is np.ndarray else ()

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return self._data.ndim if type(self._data) is np.ndarray else 0

    @property
    def size(self) -> int:
        """The number of entries."""
        return int(np.size(self._data))

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the entries: float64 unless you gave float32."""
        return self._data.dtype if type(self._data) is np.ndarray else np.dtype(type(self._data))

    @property
    def T(self) -> Any:
        """The transpose."""
        return np.transpose(self)  # type: ignore[call-overload]

    @property
    def mT(self) -> Any:
        """The transpose of each matrix in a stack."""
        return np.swapaxes(self, -1, -2)  # type: ignore[call-overload]

    @property
    def real(self) -> Any:
        """The real part."""
        return np.real(self)  # type: ignore[call-overload]

    @property
    def imag(self) -> Any:
        """The imaginary part."""
        return np.imag(self)  # type: ignore[call-overload]

    conj = conjugate = method(np.conjugate)
    ravel = flatten = method(np.ravel)
    sum = method(np.sum)
    prod = method(np.prod)
    mean = method(np.mean)
    var = method(np.var)
    std = method(np.std)
    max = method(np.max)
    min = method(np.min)
    argmax = method(np.argmax)
    argmin = method(np.argmin)
    any = method(np.any)
    all = method(np.all)
    cumsum = method(np.cumsum)
    cumprod = method(np.cumprod)
    argsort = method(np.argsort)
    argpartition = method(np.argpartition)
    searchsorted = method(np.searchsorted)
    nonzero = method(np.nonzero)
    take = method(np.take)
    choose = method(np.choose)
    repeat = method(np.repeat)
    diagonal = method(np.diagonal)
    trace = method(np.trace)
    dot = method(np.dot)
    clip = method(np.clip)
    round = method(np.round)
    copy = method(np.copy)
    squeeze = method(np.squeeze)
    swapaxes = method(np.swapaxes)

    def compress(self, condition: Any, axis: Any = None) -> Any:
        return np.compress(condition, self, axis=axis)  # type: ignore[call-overload]

    def reshape(self, *shape: Any, **settings: Any) -> Any:
        return np.reshape(self, shape[0] if len(shape) == 1 else shape, **settings)

    def transpose(self, *axes: Any) -> Any:
        return np.transpose(self, (axes[0] if len(axes) == 1 else axes) or None)

    sort = in_place("sort", "v = np.sort(v)")
    partition = in_place("partition", "v = np.partition(v, kth)")
    resize = in_place("resize", "v = np.resize(v, shape)")
    fill = in_place("fill", "v = np.where(mask, number, v)")
    put = itemset = in_place("put", "v = np.where(mask, new, v)")

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        if self.dtype.kind == "c" and not np.issubdtype(dtype, np.complexfloating):
            raise TypeError(
                f"astype({np.dtype(dtype).name}) would drop the imaginary part of {self.described()}. Take np.real(v), "
                f"np.imag(v) or np.abs(v)."
            )
        if not np.issubdtype(dtype, np.inexact):
            raise TypeError(
                f"astype({np.dtype(dtype).name}) would leave {self.described()} without a gradient: only "
                f"floating-point numbers have one. For whole numbers of the data use v.data.astype(...)."
            )
        return cast(self, dtype=np.dtype(dtype))
