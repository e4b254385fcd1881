"""Data in two parts: one to train on, one to test on."""

from __future__ import annotations

import numbers
from reprlib import repr as shown
from typing import Any

import numpy as np

from .checks import Seed, generator, rows


def train_test_split(
    X: Any, y: Any, test_size: float | int = 0.2, seed: Seed = 0, stratify: bool = True
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Data in two parts, shuffled: one to train on, one that training never sees.

    Parameters
    ----------
    X : array_like, shape (m, ...)
        One row for each example.
    y : array_like, shape (m,) or (m, 1); any shape (m, ...) if ``stratify`` is False
    test_size : float or int
        The part that is for testing, between 0 and 1 (rounded to whole examples); or how many examples.
    seed : int or Generator
    stratify : bool
        Give each class its share in both parts: to the nearest example where that is possible, and
        at least one on each side. For numbers to predict (regression), choose False.

    Returns
    -------
    X_train, X_test, y_train, y_test : ndarray
        Copies, in scikit-learn's order.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as ``stratify=y``: here it is True or False.
    ValueError
        If X and y differ in length or are empty; if a part would be left without examples, or, when
        stratified, without an example of some class; if y is not made of classes.

    Examples
    --------
    >>> X, y = np.arange(20).reshape(10, 2), [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    >>> X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5)
    >>> np.bincount(y_train), np.bincount(y_test)
    (array([4, 1]), array([4, 1]))
    """
    X, y = rows(X, "X"), rows(y, "y")
    if len(X) != len(y):
        raise ValueError(f"X and y must have one row for each example; X has {len(X)} rows and y has {len(y)}.")
    if not isinstance(stratify, bool | np.bool_):
        raise TypeError(
            f"stratify must be True (each class of y keeps its share) or False; {shown(stratify)} was given."
        )
    n_test = size_of_test(test_size, len(y))
    order = generator(seed).permutation(len(y))
    for_test = stratified(y, order, n_test) if stratify else np.arange(len(y)) < n_test
    train, test = order[~for_test], order[for_test]
    return X[train], X[test], y[train], y[test]


def size_of_test(test_size: Any, m: int) -> int:
    """How many of m examples are for testing."""
    expected = "test_size must be a part between 0 and 1, such as 0.2, or a whole number of examples, 1 or more"
    if isinstance(test_size, bool) or not isinstance(test_size, numbers.Real):
        raise TypeError(f"{expected}; {shown(test_size)} was given, a {type(test_size).__name__}.")
    size, counted = float(test_size), isinstance(test_size, numbers.Integral)
    if not (size >= 1 if counted else 0 < size < 1):
        hint = f" Write test_size={size:.0f}." if size >= 1 and size.is_integer() else ""
        raise ValueError(f"{expected}; {test_size} was given.{hint}")
    n_test = round(size if counted else size * m)
    if not 0 < n_test < m:
        left = "to test on" if n_test < 1 else "to train on"
        raise ValueError(
            f"Of {m} examples, test_size={test_size} puts {n_test} into the test part: none is left {left}. "
            f"Choose another test_size, or get more examples."
        )
    return n_test


def stratified(y: np.ndarray, order: np.ndarray, n_test: int) -> np.ndarray:
    """Which places in an order are for testing: of each class the first, as many as are its share; bool, shape (m,)."""
    classes, which, sizes = classes_of(y)
    check_classes(classes, sizes, n_test)
    which = which[order]
    by_class = np.argsort(which, kind="stable")
    place = np.empty(len(y), dtype=np.intp)  # the how-manieth example of its class, from 0
    place[by_class] = np.arange(len(y)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    for_test: np.ndarray = place < shares(sizes, n_test)[which]
    return for_test


def classes_of(y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The classes in y, which of them each example has, and how often each occurs."""
    remedy = "For anything but classes use stratify=False."
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if y.ndim != 1:
        raise ValueError(
            f"stratify=True needs one label for each example, shape ({len(y)},); y has shape {y.shape}. {remedy} "
            f"One-hot rows can be made after the split."
        )
    if y.dtype.kind == "f" and not np.all(whole := np.isfinite(y) & (y == np.floor(y))):
        raise ValueError(
            f"stratify=True needs classes, such as whole numbers or names; y holds {y[~whole][0]}. {remedy}"
        )
    try:
        classes, which, sizes = np.unique(y, return_inverse=True, return_counts=True)
    except TypeError as error:
        raise TypeError(f"stratify=True needs labels of one type, which can be sorted ({error}). {remedy}") from error
    return classes, which, sizes


def check_classes(classes: np.ndarray, sizes: np.ndarray, n_test: int) -> None:
    """Raise unless each class can have an example in both parts."""
    m, remedy = int(sizes.sum()), "Or use stratify=False."
    if sizes.min() < 2:
        raise ValueError(
            f"stratify=True puts each class into both parts, but class {classes[sizes.argmin()]} has only 1 "
            f"example of {m}. Get more examples, or leave that class out. {remedy}"
        )
    smaller = min(n_test, m - n_test)
    if smaller < len(sizes):
        part = "test" if n_test == smaller else "training"
        raise ValueError(
            f"stratify=True puts each class into both parts, but {len(sizes)} classes do not fit into a {part} part "
            f"of {smaller} of {m}. Choose another test_size. {remedy}"
        )


def shares(sizes: np.ndarray, n_test: int) -> np.ndarray:
    """How many examples of each class are for testing: in proportion, at least 1, and n_test in total."""
    total = sizes.sum()
    counts: np.ndarray = np.clip(n_test * sizes // total, 1, sizes - 1)
    while missing := n_test - counts.sum():
        owed = n_test * sizes / total - counts
        if missing > 0:
            counts[np.argmax(np.where(counts < sizes - 1, owed, -np.inf))] += 1
        else:
            counts[np.argmin(np.where(counts > 1, owed, np.inf))] -= 1
    return counts
