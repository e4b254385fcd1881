"""Handwritten digits that come with the package. Where they are from, and their licence: DIGITS.md."""

from __future__ import annotations

import hashlib
import operator
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from reprlib import repr as shown

import numpy as np

CLASSES = range(10)
BRIGHTEST = 16  # a pixel counts the dark points in a block of 4×4

FILE = Path(__file__).with_name("digits.npz")
CONTENTS = {  # name: shape, and SHA-256 of the bytes
    "images": ((1797, 8, 8), "8f26b2bd9d135c256808f68f14fdabddde6d9c7f869ae419704b051f0f14b3b3"),
    "labels": ((1797,), "8ba4f891220f5e4c9c819638d1602d74b83618f167043c6da52a2a247841ddf0"),
}


def digits(
    classes: Iterable[int] | None = None, flatten: bool = True, scale: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Handwritten digits as images of 8×8 pixels, with the digit that each shows.

    1,797 images from 13 writers: the test set of "Optical Recognition of Handwritten Digits" by
    E. Alpaydin and C. Kaynak (1998). See DIGITS.md beside this file for its source and licence.

    Parameters
    ----------
    classes : collection of digits, optional
        Only these, such as ``(0, 1)``. The images stay in the order of the data, whatever the
        order of ``classes``, and the labels stay as they are. All ten by default.
    flatten : bool
        Each image as one row of 64 numbers, its first row of pixels first, instead of 8×8.
    scale : bool
        Brightness from 0 to 1, instead of 0 to 16. 0 is the paper.

    Returns
    -------
    X : ndarray of float64, shape (m, 64), or (m, 8, 8) if ``flatten`` is False
    y : ndarray of int64, shape (m,)

    Raises
    ------
    TypeError
        If ``classes`` is no collection of whole numbers.
    ValueError
        If ``classes`` is empty, names a digit twice, or names one that is none.
    OSError
        If the file of the package is missing or damaged.

    Examples
    --------
    >>> X, y = digits(classes=(0, 1))
    >>> X.shape, y[:6]
    ((360, 64), array([0, 1, 0, 1, 0, 1]))
    """
    images, labels = stored_digits()
    if classes is not None:
        chosen = np.isin(labels, chosen_classes(classes))
        images, labels = images[chosen], labels[chosen]
    X = images.astype(np.float64)
    if flatten:
        X = X.reshape(len(X), -1)
    if scale:
        X /= BRIGHTEST
    return X, labels.astype(np.int64)


def chosen_classes(classes: Iterable[int]) -> list[int]:
    """The digits that a caller asked for, each once."""
    if isinstance(classes, str) or not isinstance(classes, Iterable):
        raise TypeError(f"classes must be a collection of digits such as (0, 1) or (3,); {shown(classes)} was given.")
    chosen = [digit(c) for c in classes]
    if not chosen:
        raise ValueError("classes is empty; name at least one digit, such as (0, 1), or leave classes out for all ten.")
    twice = sorted({c for c in chosen if chosen.count(c) > 1})
    if twice:
        raise ValueError(f"classes names {twice[0]} more than once: {shown(chosen)}. Name each digit once.")
    return chosen


def digit(value: object) -> int:
    """One of 0 … 9."""
    try:
        if isinstance(value, bool | np.bool_):
            raise TypeError
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(
            f"classes must hold whole numbers 0..9; it holds {shown(value)}, a {type(value).__name__}."
        ) from None
    if number not in CLASSES:
        raise ValueError(f"classes must hold digits 0..9; it holds {number}, and no image shows that.")
    return number


@cache
def stored_digits() -> tuple[np.ndarray, np.ndarray]:
    """The images and labels of the package, read once; for reading only, since all callers share them."""
    images, labels = read_digits(FILE)
    images.setflags(write=False)
    labels.setflags(write=False)
    return images, labels


def read_digits(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """The images and labels in a file, if they are the ones that this package was released with."""
    remedy = "Install autograd_lite again: pip install --force-reinstall --no-deps autograd_lite"
    try:
        # opened here, because np.load leaves a damaged file open
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = [file[name] for name in CONTENTS]
    except FileNotFoundError:
        raise FileNotFoundError(f"The digits of this package are missing: there is no {path}. {remedy}") from None
    except Exception as error:  # a damaged file can fail anywhere in zipfile, zlib and NumPy
        raise OSError(
            f"The digits of this package cannot be read from {path}: {type(error).__name__}, {error}. {remedy}"
        ) from error
    for array, (name, (shape, sha256)) in zip(arrays, CONTENTS.items(), strict=True):
        if array.dtype != np.uint8 or array.shape != shape or hashlib.sha256(array.tobytes()).hexdigest() != sha256:
            raise OSError(f"The digits of this package are not as released: {name} in {path} differ. {remedy}")
    images, labels = arrays
    return images, labels
