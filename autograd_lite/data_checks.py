"""What people hand to a model, made into arrays, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .engine import Value


def as_array(data: Any, what: str) -> np.ndarray:
    """Data as an array of any kind.

    Raises
    ------
    TypeError
        If they are missing (None), a dict or a set.
    ValueError
        If they are rows of different lengths.

    Examples
    --------
    >>> as_array([[1, 2]], "X").shape
    (1, 2)
    """
    if data is None or isinstance(data, Mapping | set):
        given = "None" if data is None else f"a {type(data).__name__}"
        raise TypeError(f"{what} must be an array or a list of numbers; {given} was given.")
    if isinstance(data, Value):
        data = data.data
    try:
        return np.asarray(data)
    except ValueError as error:
        raise ValueError(f"{what} does not form an array, because its rows differ in length: {error}") from None


def features(X: Any, dtype: Any = np.float64) -> np.ndarray:
    """X as an array of floats of shape (m, features).

    Raises
    ------
    TypeError
        If X holds text, objects or complex numbers.
    ValueError
        If X is empty, has another number of axes, has rows of different lengths, or holds nan or inf.

    Examples
    --------
    >>> features([[1, 2, 3]])
    array([[1., 2., 3.]])
    """
    array = as_array(X, "X")
    if array.dtype.kind not in "fiub":
        raise TypeError(f"X must hold numbers; {first_odd(array, remedy_for_text)}")
    if array.ndim != 2:
        raise ValueError(
            f"X must have shape (examples, features); it has shape {array.shape}.{remedy_for_axes(array.ndim)}"
        )
    if array.size == 0:
        raise ValueError(f"X is empty: its shape is {array.shape}, but there must be examples, and features in them.")
    if array.dtype.kind == "f" and not np.all(np.isfinite(array)):
        row, col = (int(i) for i in np.argwhere(~np.isfinite(array))[0])
        count = int(np.sum(~np.isfinite(array)))
        raise ValueError(
            f"X holds {count} value(s) that are no finite numbers; the first is {array[row, col]} in example "
            f"{row}, feature {col}. Remove these examples or fill the values in, for example with the feature's mean."
        )
    return array.astype(dtype, copy=False)


def remedy_for_axes(axes: int) -> str:
    """What to write for features of so many axes."""
    if axes == 1:
        return " One feature: X.reshape(-1, 1). One example: X.reshape(1, -1)."
    return " One row an example: X.reshape(len(X), -1)." if axes > 2 else ""


def first_odd(array: np.ndarray, remedy: Callable[[Any], str] = lambda entry: "") -> str:
    """The first entry of an array of text or objects that is no number, and the remedy for it."""
    for index in np.ndindex(array.shape):
        entry = plain(array[index])
        if not isinstance(entry, int | float | np.number):
            at = f"the entry at {''.join(f'[{i}]' for i in index)}" if index else "it"
            return f"{at} is {entry!r} ({type(entry).__name__}).{remedy(entry)}"
    return f"its dtype is {array.dtype}: convert it with np.array(…, dtype=float)."


def plain(entry: Any) -> Any:
    """An entry of an array as Python writes it: ``'cat'`` and not ``np.str_('cat')``."""
    return entry.item() if isinstance(entry, np.generic) else entry


def remedy_for_text(entry: Any) -> str:
    """How text becomes numbers."""
    if not isinstance(entry, str):
        return ""
    try:
        float(entry)
    except ValueError:
        return " A category becomes columns of 0 and 1, one for each of its values."
    return " These are numbers written as text: X.astype(float)."


def same_length(X: np.ndarray, y: np.ndarray) -> None:
    """Raise if there is not one label for each example.

    Examples
    --------
    >>> same_length(np.ones((3, 2)), np.ones(3))
    """
    if y.ndim == 0:
        raise ValueError(f"There are {len(X)} examples in X, but y holds a single label, {plain(y[()])!r}.")
    if len(y) != len(X):
        turned = " Is X transposed? Try X.T." if X.ndim == 2 and len(y) == X.shape[1] else ""
        raise ValueError(
            f"There are {len(X)} examples in X, but y holds {len(y)} labels. There must be one for each; the shapes "
            f"are {X.shape} and {y.shape}.{turned}"
        )


def whole_number(value: Any, name: str, least: int = 1) -> int:
    """A setting such as epochs, as an int, if it is a whole number and large enough.

    Examples
    --------
    >>> whole_number(np.int64(3), "epochs")
    3
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name} must be a whole number, at least {least}; {name}={value!r} was given.")
    return int(value)


def two(pair: Any) -> tuple[Any, Any]:
    """``validation_data`` as the pair (X, y) that it must be."""
    if isinstance(pair, tuple | list) and len(pair) == 2:
        return pair[0], pair[1]
    if isinstance(pair, tuple | list):
        given = f"a {type(pair).__name__} of {len(pair)}"
    else:
        given = f"an array of shape {pair.shape}" if isinstance(pair, np.ndarray) else repr(pair)
    raise ValueError(f"validation_data is a pair (X, y); {given} was given.")
