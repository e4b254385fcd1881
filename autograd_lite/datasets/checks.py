"""Checks of arguments that the data sets share: each returns the value in one known type, or says what is wrong."""

from __future__ import annotations

import math
import numbers
import operator
from reprlib import repr as shown
from typing import Any

import numpy as np

Seed = int | np.random.Generator


def whole(value: Any, name: str, least: int) -> int:
    """A whole number that is not smaller than ``least``."""
    expected = f"{name} must be a whole number, {least} or more"
    try:
        if isinstance(value, bool | np.bool_):  # NumPy 2.0 would take its own for 0 and 1
            raise TypeError
        number = operator.index(value)
    except TypeError:
        is_float = isinstance(value, numbers.Real) and not isinstance(value, bool)
        hint = f" Write {name}={int(value)}." if is_float and float(value).is_integer() else ""
        raise TypeError(f"{expected}; {shown(value)} was given, a {type(value).__name__}.{hint}") from None
    if number < least:
        raise ValueError(f"{expected}; {number} was given.")
    return number


def real(value: Any, name: str) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number; {shown(value)} was given, a {type(value).__name__}.")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{name} must be a finite number; {number} was given.")
    return number


def not_negative(value: Any, name: str) -> float:
    """A finite number, 0 or more."""
    number = real(value, name)
    if number < 0:
        raise ValueError(f"{name} must be 0 or more; {number:g} was given.")
    return number


def generator(seed: Any) -> np.random.Generator:
    """The random numbers that belong to a seed; a Generator is taken as it is, and moves on."""
    if isinstance(seed, np.random.Generator):
        return seed
    if seed is None:
        raise TypeError(
            "seed=None would give other numbers in each run. Use a whole number such as seed=0, or, "
            "if that is what you want, seed=np.random.default_rng()."
        )
    return np.random.default_rng(whole(seed, "seed", 0))


def rows(values: Any, name: str, each: str = "example") -> np.ndarray:
    """An array with at least one row, one for ``each`` of something."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} must be one array, all of its rows of one shape. NumPy says: {error}") from error
    if array.ndim == 0:
        raise TypeError(f"{name} must have one row for each {each}; {shown(values)} was given, which has none.")
    if len(array) == 0:
        raise ValueError(f"{name} is empty (shape {array.shape}); it must have one row for each {each}.")
    return array
