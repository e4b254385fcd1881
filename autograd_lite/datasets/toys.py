"""Toy sets: points in the plane that a seed makes, each a shape that some model can or cannot learn.

All of them return ``(X, y)``, shuffled, with classes of equal size (or one apart). ``noise`` is the
standard deviation of a normal distribution that is added to each coordinate. The same seed gives the
same labels in the same order for any noise: more noise moves the same points farther.
Names of parameters are scikit-learn's where it has one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .checks import Seed, generator, not_negative, real, rows, whole

NEIGHBOURS = 2.0  # the distance from one centre of `blobs` to the next
XOR = np.array([[0, 0], [0, 1], [1, 1], [1, 0]], dtype=np.float64)


def moons(n_samples: int = 200, *, noise: float = 0.1, seed: Seed = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two half circles that reach into each other: no line separates them, a small network does.

    Parameters
    ----------
    n_samples : int
        How many points, of both classes together.
    noise : float
        Standard deviation of what is added to each coordinate.
    seed : int or Generator

    Returns
    -------
    X : ndarray of float64, shape (n_samples, 2)
    y : ndarray of int64, shape (n_samples,)
        0 on the upper half circle, 1 on the lower.

    Raises
    ------
    TypeError, ValueError
        If ``n_samples`` is no positive whole number, ``noise`` is negative or not finite, or ``seed``
        is no seed.

    Examples
    --------
    >>> X, y = moons(100)
    >>> X.shape, np.bincount(y)
    ((100, 2), array([50, 50]))
    """
    upper, lower = (np.linspace(0, np.pi, size) for size in class_sizes(n_samples))
    x = np.concatenate([np.cos(upper), 1 - np.cos(lower)])
    y = np.concatenate([np.sin(upper), 0.5 - np.sin(lower)])
    return shuffled(np.column_stack([x, y]), np.repeat([0, 1], [len(upper), len(lower)]), noise, generator(seed))


def circles(
    n_samples: int = 200, *, noise: float = 0.05, factor: float = 0.5, seed: Seed = 0
) -> tuple[np.ndarray, np.ndarray]:
    """A circle inside a circle: no line separates them, x² + y² does.

    Parameters
    ----------
    n_samples : int
        How many points, of both classes together.
    noise : float
        Standard deviation of what is added to each coordinate.
    factor : float, 0 <= factor < 1
        The radius of the inner circle; the outer radius is 1.
    seed : int or Generator

    Returns
    -------
    X : ndarray of float64, shape (n_samples, 2)
    y : ndarray of int64, shape (n_samples,)
        0 on the outer circle, 1 on the inner.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described, as in `moons`.

    Examples
    --------
    >>> X, y = circles(100, noise=0.0, factor=0.3)
    >>> np.hypot(*X[y == 1].T).round(6).max()
    np.float64(0.3)
    """
    factor = real(factor, "factor")
    if not 0 <= factor < 1:
        raise ValueError(
            f"factor must be from 0 to below 1, since it is the inner radius and the outer one is 1; "
            f"{factor:g} was given."
        )
    sizes = class_sizes(n_samples)
    angle = np.concatenate([np.linspace(0, 2 * np.pi, size, endpoint=False) for size in sizes])
    y = np.repeat([0, 1], sizes)
    X = np.where(y == 1, factor, 1.0)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return shuffled(X, y, noise, generator(seed))


def blobs(
    n_samples: int = 200, *, centers: Any = 3, noise: float = 0.3, seed: Seed = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Round clouds of points, one for each class.

    Parameters
    ----------
    n_samples : int
        How many points, of all classes together.
    centers : int or array_like of shape (K, features)
        The middle of each cloud; or how many, which then lie evenly on a circle around (0, 0), each
        2 from the next. (scikit-learn draws them at random, so that clouds may lie on each other.)
    noise : float
        Standard deviation of each coordinate around the centre; scikit-learn's ``cluster_std``.
    seed : int or Generator

    Returns
    -------
    X : ndarray of float64, shape (n_samples, 2), or (n_samples, features)
    y : ndarray of int64, shape (n_samples,)
        The row of ``centers``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described, as in `moons`.

    Examples
    --------
    >>> X, y = blobs(90, centers=[[0, 0], [4, 4]])
    >>> X[y == 1].mean(axis=0).round(1)
    array([4., 4.])
    """
    middles = blob_centers(centers)
    y = np.arange(whole(n_samples, "n_samples", 1)) % len(middles)
    return shuffled(middles[y], y, noise, generator(seed))


def linear(
    n_samples: int = 200, *, features: int = 2, margin: float = 0.1, noise: float = 0.0, seed: Seed = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Two classes that a line separates (a plane, for three features): logistic regression is enough.

    Parameters
    ----------
    n_samples : int
        How many points, of both classes together.
    features : int
        How many inputs.
    margin : float
        No point is nearer to the line than this, unless noise moves it there.
    noise : float
        Standard deviation of what is added to each coordinate *after* the labels are given. With
        noise, the line need not separate the classes any more.
    seed : int or Generator
        Chooses the line, too.

    Returns
    -------
    X : ndarray of float64, shape (n_samples, features)
    y : ndarray of int64, shape (n_samples,)

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described, as in `moons`.

    Examples
    --------
    >>> X, y = linear(100, features=3)
    >>> X.shape, np.bincount(y)
    ((100, 3), array([50, 50]))
    """
    margin, features = not_negative(margin, "margin"), whole(features, "features", 1)
    y = np.repeat([0, 1], class_sizes(n_samples))
    rng = generator(seed)
    w = rng.standard_normal(features)
    w /= np.linalg.norm(w)
    middle = rng.uniform(-0.5, 0.5)  # how far from the origin the line lies, so that a bias is needed
    distance = margin + 1 - rng.random(len(y))  # above the margin, even if that is 0
    anywhere = rng.uniform(-1, 1, (len(y), features))
    on_the_line = anywhere - np.outer(anywhere @ w, w)
    return shuffled(on_the_line + np.outer(middle + (2 * y - 1) * distance, w), y, noise, rng)


def xor(n_samples: int = 200, *, noise: float = 0.1, seed: Seed = 0) -> tuple[np.ndarray, np.ndarray]:
    """The corners of a square, where neighbours differ: 1 where exactly one of the inputs is 1.

    No line separates the classes; one hidden layer of two units is enough. With four points and no
    noise it is the truth table of "exclusive or".

    Parameters
    ----------
    n_samples : int
        How many points, of both classes together; each corner gets its part.
    noise : float
        Standard deviation of what is added to each coordinate.
    seed : int or Generator

    Returns
    -------
    X : ndarray of float64, shape (n_samples, 2)
    y : ndarray of int64, shape (n_samples,)

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described, as in `moons`.

    Examples
    --------
    >>> X, y = xor(4, noise=0.0)
    >>> sorted((int(a), int(b), int(c)) for (a, b), c in zip(X, y))
    [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]
    """
    corner = np.arange(whole(n_samples, "n_samples", 1)) % 4
    return shuffled(XOR[corner], corner % 2, noise, generator(seed))


def class_sizes(n_samples: int) -> tuple[int, int]:
    """The sizes of two classes: equal, or the first has one more."""
    half, odd = divmod(whole(n_samples, "n_samples", 1), 2)
    return half + odd, half


def blob_centers(centers: Any) -> np.ndarray:
    """The middle of each cloud, one a row."""
    if isinstance(centers, str) or not hasattr(centers, "__len__"):
        count = whole(centers, "centers", 1)
        angle = 2 * np.pi * np.arange(count) / count
        radius = NEIGHBOURS / 2 / np.sin(np.pi / count) if count > 1 else 0.0
        return radius * np.column_stack([np.cos(angle), np.sin(angle)])
    table = rows(centers, "centers", each="centre")
    if table.dtype.kind not in "fiu":
        raise TypeError(f"centers must hold numbers; an array of {table.dtype} was given.")
    if table.ndim != 2 or table.shape[1] == 0:
        raise ValueError(
            f"centers must be a whole number, or one row for each centre, such as [[0, 0], [1, 1]]; "
            f"an array of shape {table.shape} was given."
        )
    if not np.all(np.isfinite(table)):
        raise ValueError("centers must be finite numbers; an entry is infinite or NaN.")
    return table.astype(np.float64)


def shuffled(X: np.ndarray, y: np.ndarray, noise: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The points in random order, each moved by noise."""
    noise = not_negative(noise, "noise")
    order = rng.permutation(len(y))
    return X[order] + noise * rng.standard_normal(X.shape), y[order].astype(np.int64)
