"""Value: a number or an array that remembers how it was made.

What this file is, in four sentences. A NumPy function is the primitive. A Value remembers which
ones were called on it: ``op`` (the function, with its settings) and ``args`` (its operands).
`backprop` walks that memory backwards. Everything else in the library reads a Value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .backprop import back_propagate
from .operators import Operators
from .recording import Node, call, next_index, reachable, shown, wrapped
from .rules.indexing import item, item_at, template
from .tracing import RecordingError, Trace, current_trace, refuse_if_traced, traces


class Value(Operators):
    """A scalar or a tensor that records what is computed from it.

    Parameters
    ----------
    data : float, complex, int, bool, ndarray or nested list of numbers
        Copied. Integers and booleans become float64; float32 stays float32; a scalar is kept as
        a Python float, or complex number.
    name : str, optional
        What pictures, programs and messages call it.

    Attributes
    ----------
    data : float or ndarray
        The number or numbers. Assigning to it (also ``v.data -= step``) changes a Value that you
        wrapped; a computed one is read-only.
    grad : float, ndarray or None
        The gradient of the last ``backward()`` with respect to this Value, of its shape and
        dtype; None until a ``backward()`` has reached it.
    op : Operation or None
        The operation that made it; None for a Value that you wrapped.
    args : tuple
        The operands of that operation: Values and constants.
    name : str or None

    Raises
    ------
    TypeError
        If the data are text, objects, or already a Value.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> x = Value(3.0, name="x")
    >>> y = x * x + 2 * x
    >>> y.backward()
    >>> x.grad
    8.0
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        raise TypeError(
            "Value cannot be subclassed: results would be of one class and their operands of another. Write "
            "functions of Values, or keep a Value as an attribute."
        )

    def __init__(self, data: Any, name: str | None = None) -> None:
        self._data = data if type(data) is float else wrapped(data)
        self._snapshot = None
        self.grad = None
        self.op = None
        self.left = None
        self.right = None
        self.name = name
        self.changed = -1
        self.index = next_index()

    # ------------------------------------------------------------------ what it holds

    @property
    def data(self) -> Any:
        """The number, or the array of numbers."""
        if traces:
            refuse_if_traced(self, ".data", "data")
        data = self._data
        if type(data) is np.ndarray:
            if self.op is not None:
                data = data.view()
                data.flags.writeable = False  # the rule of its operation still needs the numbers
            elif self._snapshot is None:
                # From now on somebody can write into it. What was computed from it keeps the array it had.
                self._snapshot, self._data = data, data.copy()
                data = self._data
        return data

    @data.setter
    def data(self, data: Any) -> None:
        if traces:
            refuse_if_traced(self, "an assignment to .data", "change")
        if self.op is not None:
            raise AttributeError(
                f"{self.described()} was computed, so its data cannot be assigned. Change the Values "
                f"that it was computed from and compute it again, or wrap new data: Value(data)."
            )
        if data is not self._data:
            data = wrapped(data)
            if np.shape(data) != np.shape(self._data):
                raise ValueError(
                    f"{self.described()} was given data of shape {np.shape(data)}; assigning to .data "
                    f"keeps the shape. For another shape make another Value."
                )
            if np.iscomplexobj(data) and not np.iscomplexobj(self._data):
                raise TypeError(
                    f"{self.described()} holds real numbers and was given complex ones. Make it complex from the "
                    f"start, Value(data + 0j), or assign a part: np.real(data)."
                )
            if type(data) is np.ndarray:
                data = data.astype(self.dtype, copy=False)
            elif type(self._data) is complex:
                data = complex(data)  # type: ignore[arg-type]
            self._data, self._snapshot = data, None
        elif type(data) is np.ndarray:
            self._snapshot = data.copy()
        self.changed = next_index()  # whatever was computed from the old data is stale now

    @property
    def _prev(self) -> set[Value]:
        """The Values among the operands, under the name that micrograd gives them."""
        return {a for a in self.args if isinstance(a, Value)}

    @property
    def _op(self) -> str:
        """The operation's symbol, under the name that micrograd gives it."""
        return self.op.symbol if self.op else ""

    # ------------------------------------------------------------------ gradients

    def backward(self, seed: Any = None, accumulate: bool = False) -> None:
        """Back-propagate: write into ``grad`` of every Value behind this one.

        Parameters
        ----------
        seed : float or array_like, the shape of this Value, optional
            The gradient to start with. A Value of one entry starts with 1.
        accumulate : bool
            Add to the gradients that are already there. By default they are overwritten, so that
            calling ``backward()`` twice, or forgetting ``zero_grad``, changes nothing.

        Raises
        ------
        ValueError
            If this Value has several entries and no seed is given, or the seed has another shape.
        StaleGraph
            If a Value was changed after this one was computed from it.

        Notes
        -----
        ``grad`` belongs to the Value, not to the call: threads that back-propagate to the same
        leaves overwrite each other's gradients (never mix them). `grad` has no such limit.

        Examples
        --------
        >>> import numpy as np
        >>> from autograd_lite import Value
        >>> w = Value([1.0, 2.0])
        >>> np.sum(w * w).backward()
        >>> w.grad
        array([2., 4.])
        """
        if not self.carries_gradient:
            raise ValueError(
                f"{self.described()} has no gradient to send back: it is the result of a comparison, of rounding "
                f"or of counting, or was computed inside no_grad(). Call backward() on the loss."
            )
        if (trace := current_trace()) is not None:
            self._backward_recorded(seed, accumulate, trace)
            return
        start = self._seed(seed)
        before = [(v, v.grad) for v in reachable(self) if v.grad is not None] if accumulate else []
        try:
            back_propagate(self, start)
        except BaseException:
            for v, gradient in before:
                v.grad = gradient
            raise
        for v, gradient in before:
            v.grad = gradient if v.grad is None else v.grad + gradient

    def _backward_recorded(self, seed: Any, accumulate: bool, trace: Trace) -> None:
        """The same while a function is recorded: every ``grad`` is a Value of the recording, until it ends."""
        if accumulate:
            raise RecordingError(
                "backward(accumulate=True) adds to gradients from before the recording, which a program does not "
                "know. Call backward() on the sum of the losses."
            )
        trace.gradients += [(v, v.grad) for v in reachable(self) if v.op is None]
        start = self._seed(seed)
        back_propagate(self, seed if isinstance(seed, Node) else start, recorded=True)

    def _seed(self, seed: Any) -> Any:
        data = self._data
        if seed is None:
            if type(data) is float:
                return 1.0
            if np.size(data) != 1:
                raise ValueError(
                    f"backward() was called on {self.described()}, which has {np.size(data)} entries. "
                    f"Back-propagation starts at one number, the cost: take np.mean(...) or np.sum(...) "
                    f"first, or give the gradient to start with, backward(seed), of shape {self.shape}."
                )
            if np.iscomplexobj(data):
                raise ValueError(
                    f"backward() was called on {self.described()}, which is complex. A cost is a real number: take "
                    f"np.real(v) or np.abs(v) first, or give the gradient to start with, backward(seed)."
                )
            return np.ones_like(data)
        seed = seed._data if isinstance(seed, Node) else wrapped(seed)
        if np.shape(seed) != self.shape:
            raise ValueError(
                f"backward(seed) on {self.described()} was given a seed of shape {np.shape(seed)}; "
                f"the seed is the gradient with respect to every entry, so it must have shape {self.shape}."
            )
        if np.iscomplexobj(seed) and not np.iscomplexobj(data):
            raise TypeError(f"backward(seed) on {self.described()}, which is real, was given a complex seed.")
        if type(data) is not np.ndarray:
            return seed if type(data) is float else complex(seed)  # type: ignore[arg-type]
        return np.array(seed, data.dtype)

    def zero_grad(self) -> None:
        """Forget the gradient. Not needed before ``backward()``, which overwrites; good habit elsewhere."""
        self.grad = None

    # ------------------------------------------------------------------ as one number

    def __float__(self) -> float:
        raise TypeError(
            f"A plain Python number made of {self.described()} would cut the graph in silence (float(v), "
            f"math.exp(v), x[0] = v, range(v) do that). Use v.item() for the number, np.exp(v) for the graph, "
            f"np.stack([...]) to build arrays."
        )

    __int__ = __index__ = __complex__ = __float__  # type: ignore[assignment]

    def __round__(self, digits: int | None = None) -> Any:
        raise TypeError(
            f"round() of {self.described()}: for the bare number round(v.item(), {digits}), for a Value (which "
            f'carries no gradient) np.round(v), to print f"{{v:.3f}}".'
        )

    def __bool__(self) -> bool:
        if traces:
            refuse_if_traced(self, "the truth", "bool")
        if np.ndim(self._data) == 0:
            return bool(self._data)
        raise ValueError(
            f"{self.described()} has {self.size} truth values, not one. Use np.where(condition, a, b) to "
            f"choose entry by entry, or np.any(...) or np.all(...) for one answer."
        )

    def item(self) -> float | complex:
        """The bare number of a Value with one entry, without its graph."""
        if traces:
            refuse_if_traced(self, "the bare number", "data")
        if type(self._data) is float:
            return self._data
        if np.size(self._data) != 1:
            raise ValueError(
                f"item() gives the number of a Value with one entry; {self.described()} has {self.size}. "
                f"Take one of them, v[i].item(), or all, v.data."
            )
        if np.ndim(self._data) == 0:
            return self._data if type(self._data) is complex else float(self._data)  # type: ignore[arg-type]
        return self._data.item()  # type: ignore[union-attr, no-any-return]

    def numpy(self) -> np.ndarray:
        """A copy of the numbers as a plain array, under the name that TensorFlow and PyTorch give it."""
        if traces:
            refuse_if_traced(self, "the array", "data")
        return np.array(self._data)

    # ------------------------------------------------------------------ Python's protocols

    def __len__(self) -> int:
        if np.ndim(self._data) == 0:
            raise TypeError(f"{self.described()} is one number: it has no length, and nothing to loop over.")
        return len(self._data)  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, index: Any) -> Any:
        places = [part for part in (index if isinstance(index, tuple) else (index,)) if isinstance(part, Operators)]
        if not places:
            return call(item, (self, index), {})
        if traces and current_trace() is not None and any(part.dtype == bool for part in places):
            raise RecordingError(
                f"{self.described()}[mask] has as many entries as the mask has True, which differs from run to run; "
                f"a program's shapes do not. Use np.where(mask, v, 0), and np.sum(mask) for their number."
            )
        return call(item_at, (self, *places), {"index": template(index, Node)})

    def __setitem__(self, index: Any, value: Any) -> None:
        raise TypeError(
            "Entries of a Value cannot be assigned, because what was computed from it would no longer be "
            "true. Use np.where(mask, new, v), or build it from parts: np.concatenate([v[:3], new, v[4:]])."
        )

    def __format__(self, spec: str) -> str:
        return format(self._data, spec) if spec else str(self)

    def __repr__(self) -> str:
        name = f", name={self.name!r}" if self.name else ""
        grad = "" if self.grad is None else f", grad={shown(self.grad)}"
        return f"Value({shown(self._data)}{grad}{name})"

    def __reduce__(self) -> Any:
        if self.op is not None:
            raise TypeError(
                f"{self.described()} was computed; copying, pickling or plotting it would cut it from its graph. "
                f"Use its numbers: v.data; for a copy Value(v.data)."
            )
        return (Value, (self._data, self.name))
