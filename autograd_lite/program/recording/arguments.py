"""Arguments: what a program was recorded for, and whether a call brings the same."""

from __future__ import annotations

import copy
import numbers
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...engine import Value
from ...engine.recording import next_index, wrapped

FLOAT = np.dtype(float)


@dataclass(frozen=True, slots=True)
class Argument:
    """One array, number or setting among a function's arguments.

    Attributes
    ----------
    name : str
    shape : tuple of int, or None
        None for a number, a generator or a setting.
    dtype : dtype or None
        None for what is not numbers.
    setting : object
        Text, None, a function: part of the program as it was, and must come again.
    """

    name: str
    shape: tuple[int, ...] | None
    dtype: np.dtype | None
    setting: Any = None

    @classmethod
    def of(cls, name: str, example: Any) -> Argument:
        """What a call must bring to be like this example."""
        if isinstance(example, np.random.Generator):
            return cls(name, None, None, np.random.Generator)
        if not is_numeric(example):
            return cls(name, None, None, example)
        data = as_numbers(example, name)
        if isinstance(data, np.ndarray):
            return cls(name, data.shape, data.dtype)
        return cls(name, None, np.dtype(type(data)))

    @property
    def is_numeric(self) -> bool:
        return self.dtype is not None

    @property
    def is_complex(self) -> bool:
        return self.dtype is not None and self.dtype.kind == "c"

    @property
    def is_generator(self) -> bool:
        return self.setting is np.random.Generator

    def described(self) -> str:
        if not self.is_numeric:
            return "a generator" if self.is_generator else repr(self.setting)
        if self.shape is None:
            return "a complex number" if self.is_complex else "a number"
        return f"{self.dtype.name} of shape {self.shape}"  # type: ignore[union-attr]

    def fitted(self, given: Any) -> Any:
        """The argument of a call, as the program takes it.

        Raises
        ------
        TypeError, ValueError
            If it is not what the program was recorded for.
        """
        if type(given) is float and self.shape is None and self.dtype is FLOAT:
            return given
        if type(given) is np.ndarray and given.dtype is self.dtype and given.shape == self.shape:
            return given
        if not self.is_numeric:
            return self._same_setting(given)
        data = as_numbers(given, self.name)
        shape = data.shape if isinstance(data, np.ndarray) else None
        if shape != self.shape:
            raise ValueError(
                f"The program was recorded for {self.name} that is {self.described()}; it was called with "
                f"{f'an array of shape {shape}' if shape is not None else 'a number'}. A program's shapes are fixed: "
                f"record it again for others, or use ag.compile(f), which does."
            )
        if isinstance(data, np.ndarray) and data.dtype != self.dtype:
            return self._cast(data, given)
        return data if isinstance(data, np.ndarray) else self._number(data)

    def _number(self, data: float | complex) -> float | complex:
        """A real number where a complex one was expected is one; never the other way round."""
        if type(data) is complex and not self.is_complex:
            raise TypeError(
                f"The program was recorded for {self.name} that is a real number; it was called with {data!r}, which "
                f"is complex. Record it for a complex number, or give it the real part, {self.name}.real."
            )
        return complex(data) if self.is_complex else data

    def _cast(self, data: np.ndarray, given: Any) -> np.ndarray:
        """Whole numbers and booleans become the floats that were expected; nothing else changes its type in silence."""
        plain = not isinstance(given, np.ndarray) or data.dtype.kind in "iub"
        if plain and self.dtype is not None and np.can_cast(data.dtype, self.dtype, "same_kind"):
            return data.astype(self.dtype)
        drops = data.dtype.kind == "c" and not self.is_complex
        convert = f"np.real({self.name})" if drops else f"{self.name}.astype('{self.dtype}')"
        raise TypeError(
            f"The program was recorded for {self.name} that is {self.described()}; it was called with "
            f"{data.dtype.name}. Convert it, {convert}, or record it for {data.dtype.name}."
        )

    def _same_setting(self, given: Any) -> Any:
        if self.is_generator:
            if not isinstance(given, np.random.Generator):
                raise TypeError(
                    f"The program draws from {self.name}, np.random.default_rng() for example; {given!r} was given."
                )
            return given
        if given is self.setting or (type(given) is type(self.setting) and given == self.setting):
            return given
        raise ValueError(
            f"The program was recorded with {self.name}={self.setting!r}, which is part of it; it was called with "
            f"{given!r}. Record it again for that, or use ag.compile(f), which does."
        )


def is_numeric(example: Any) -> bool:
    """True for what is a variable of a program: numbers and arrays of numbers. The rest are settings."""
    if isinstance(example, bool | np.bool_):
        return False
    return isinstance(example, np.ndarray | numbers.Complex | list | Value)


def as_numbers(given: Any, name: str) -> Any:
    """A number as a float or complex, anything else as an array; integers and booleans in arrays stay what they are."""
    if isinstance(given, Value):
        raise TypeError(
            f"A program computes with plain numbers, and {name} is {given.described()}, whose graph would be cut. Give "
            f"its numbers, v.data; for gradients record a function that computes them: ag.record(ag.grad(f), x)."
        )
    if type(given) is np.ndarray and given.dtype.kind in "iubfc":
        if not given.dtype.isnative:
            given = given.astype(given.dtype.newbyteorder("="))
        return given if given.ndim else wrapped(given.item())
    if isinstance(given, list | tuple) and given:
        try:
            array = np.asarray(given)
        except (ValueError, TypeError):
            return wrapped(given)  # says what is wrong
        return array if array.dtype.kind in "iub" else wrapped(given)
    return wrapped(given)


def stand_in(example: Any, argument: Argument, differentiable: bool = True) -> Value:
    """A Value that stands for an argument while the function is recorded."""
    v: Any = object.__new__(Value)
    data = copy.deepcopy(example) if argument.is_generator else as_numbers(example, argument.name)
    if isinstance(data, np.ndarray):
        data = np.array(data)  # a copy: nothing that f does can reach the caller's
        data.flags.writeable = False
    v._data, v._snapshot, v.grad, v.op, v.left, v.right = data, None, None, None, None, None
    v.name, v.changed, v.index = argument.name, -1, next_index()
    has_slope = type(data) in (float, complex) or (isinstance(data, np.ndarray) and data.dtype.kind in "fc")
    if not (has_slope and differentiable):
        v.index = ~v.index
    return v  # type: ignore[no-any-return]
