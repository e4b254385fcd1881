"""What people hand to a model, made into arrays, or refused with the reason."""

from __future__ import annotations

from typing import Any

import numpy as np

from .engine import Value


def features(X: Any, dtype: Any = np.float64, what: str = "X") -> np.ndarray:
    """X as an array of floats of shape (m, features).

    Raises
    ------
    TypeError
        If X holds text, objects or complex numbers.
    ValueError
        If X is empty, has another number of axes, has rows of different lengths, or holds nan or inf.
    """
    if isinstance(X, Value):
        X = X.data
    try:
        array = np.asarray(X)
    except ValueError as error:
        raise ValueError(f"{what} does not form an array, because its rows differ in length: {error}") from None
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{what} must hold numbers; {first_odd(array)}")
    if array.ndim != 2:
        hint = " One feature: X.reshape(-1, 1). One example: X.reshape(1, -1)." if array.ndim == 1 else ""
        raise ValueError(f"{what} must have shape (examples, features); it has shape {array.shape}.{hint}")
    if array.size == 0:
        raise ValueError(f"{what} is empty: its shape is {array.shape}, but training needs examples and features.")
    if array.dtype.kind == "f" and not np.all(np.isfinite(array)):
        row, col = (int(i) for i in np.argwhere(~np.isfinite(array))[0])
        count = int(np.sum(~np.isfinite(array)))
        raise ValueError(
            f"{what} holds {count} value(s) that are no finite numbers; the first is {array[row, col]} in example "
            f"{row}, feature {col}. Remove these examples or fill the values in, for example with the feature's mean."
        )
    return array.astype(dtype, copy=False)


def first_odd(array: np.ndarray) -> str:
    """The first entry of an array of text or objects that is no number."""
    for index in np.ndindex(array.shape):
        entry = array[index]
        if not isinstance(entry, int | float | np.number):
            at = "".join(f"[{i}]" for i in index)
            return f"the entry at {at} is {entry!r} ({type(entry).__name__})."
    return f"its dtype is {array.dtype}: use np.array(X, dtype=float)."


def same_length(X: np.ndarray, y: Any, what: str = "y") -> None:
    """Raise if there is not one label for each example."""
    length = len(y) if np.ndim(y) else None
    if length != len(X):
        got = f"{length} labels" if length is not None else f"a single label {y!r}"
        raise ValueError(f"There are {len(X)} examples in X, but {what} holds {got}. There must be one for each.")


def whole_number(value: Any, name: str, least: int = 1) -> int:
    """A setting such as epochs, as an int, if it is a whole number and large enough."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name} must be a whole number, at least {least}; {name}={value!r} was given.")
    return int(value)
