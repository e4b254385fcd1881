"""`check_grad`: back-propagation held against finite differences, with a report of where they part.

The slope of f along one entry is measured at five points,
(8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h, whose error shrinks with h⁴
(Abramowitz & Stegun 1964, section 25.3, differentiation).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .calculus import grad, name_of
from .value import Value

STEP = float(np.cbrt(np.finfo(float).eps))  # small enough for sharp bends, with rounding errors near 1e-10


class GradientMismatch(AssertionError):
    """Back-propagation and finite differences disagree."""


class Comparison(NamedTuple):
    """One argument's gradient, found in two ways."""

    order: int
    argument: int
    back_propagated: np.ndarray
    measured: np.ndarray
    allowed: float
    kink: bool = False

    @property
    def error(self) -> np.ndarray:
        """How far the two are apart, entry by entry; inf where either is not a number."""
        difference = np.abs(self.back_propagated - self.measured)
        return np.where(np.isfinite(difference), difference, np.inf)

    @property
    def agrees(self) -> bool:
        """True if every entry is within the allowed error."""
        return bool(np.all(self.error <= self.allowed))

    @property
    def worst(self) -> tuple[int, ...]:
        """The index of the entry where they are farthest apart."""
        return tuple(int(i) for i in np.unravel_index(int(np.argmax(self.error)), self.error.shape))

    def __str__(self) -> str:
        which = f"argument {self.argument}" + (f", derivative of order {self.order}" if self.order > 1 else "")
        if self.agrees:
            worst = f"{self.error.max():.1e}" if self.error.size else "0"
            return f"{which}: agree (largest difference {worst} over {self.error.size} entries)"
        at = "".join(f"[{i}]" for i in self.worst)
        count = int(np.sum(self.error > self.allowed))
        found, measured = self.back_propagated[self.worst], self.measured[self.worst]
        lines = [
            f"{which}: {count} of {self.error.size} entries differ, most at x{at}:",
            f"    by back-propagation    {found: .10g}",
            f"    by finite differences  {measured: .10g}",
        ]
        hint = self.likely_mistake()
        return "\n".join([*lines, f"    {hint}"] if hint else lines)

    def likely_mistake(self) -> str | None:
        """What kind of mistake makes numbers like these, where one fits."""
        found, measured = self.back_propagated, self.measured
        if not np.all(np.isfinite(found)):
            return "A gradient is not finite: a division by 0, a log of 0 or an overflow in the rule."
        if self.kink:
            return "f has a kink here (its slopes left and right differ): no derivative, so nothing to compare."
        if not np.any(found):
            return "Every entry is 0: the rule returns 0, or the graph was cut before this argument."
        swapped = found.T
        if found.ndim > 1 and swapped.shape == measured.shape and np.allclose(swapped, measured, atol=self.allowed):
            return "The gradient is transposed."
        if found.ndim and found.size > 1 and np.allclose(found[::-1], measured, atol=self.allowed):
            return "The entries are in reverse order along the first axis."
        return ratio_in_words(found, measured, self.allowed)


def ratio_in_words(found: np.ndarray, measured: np.ndarray, allowed: float) -> str | None:
    """Name a constant factor, or a constant difference, between two gradients."""
    clear = np.abs(measured) > 1e3 * allowed
    if np.any(clear):
        ratios = found[clear] / measured[clear]
        ratio = float(np.median(ratios))
        if np.allclose(ratios, ratio, rtol=1e-4) and np.all(np.abs(found[~clear]) <= 1e4 * allowed):
            size = measured.size
            known = {-1.0: "the sign is wrong", 2.0: "a factor 2 too many", 0.5: "a factor 2 is missing"}
            known |= {float(size): f"not divided by the {size} entries", 1 / size: f"divided by the {size} entries"}
            word = next((w for r, w in known.items() if r != 1 and np.isclose(ratio, r, rtol=1e-4)), None)
            return f"Every entry is {ratio:.6g} times too large" + (f": {word}." if word else ".")
    difference = found - measured
    if difference.size > 1 and np.allclose(difference, difference.flat[0], atol=2 * allowed):
        return f"Every entry is off by the same {difference.flat[0]:.6g}: a term is missing, or one too many."
    return None


class GradientReport(NamedTuple):
    """What `check_grad` found: true if everything agrees; ``str()`` tells all."""

    function: str
    comparisons: tuple[Comparison, ...]

    def __bool__(self) -> bool:
        return all(c.agrees for c in self.comparisons)

    def __str__(self) -> str:
        verdict = "agrees" if self else "does not agree"
        lines = [f"The gradient of {self.function} {verdict} with finite differences."]
        return "\n".join(lines + [f"  {c}" for c in self.comparisons])


def check_grad(f: Callable[..., Any], *args: Any, order: int = 1, rtol: float = 1e-6) -> GradientReport:
    """Check back-propagation through f against finite differences.

    Parameters
    ----------
    f : callable
        Returns a number or an array; of an array, a fixed random combination of its entries is
        differentiated, so that no two mistakes cancel.
    *args : float or array_like of floats
        Where to check. Converted to float64. Integers, strings and booleans are passed on as they are.
    order : int
        Check derivatives up to this order: 2 also checks the gradient's own gradient.
    rtol : float
        Allowed error, as a part of the largest entry of the gradient (at least of a thousandth of f).

    Returns
    -------
    GradientReport

    Raises
    ------
    GradientMismatch
        With the report as its message: argument, index, both numbers, and the likely kind of
        mistake where one fits.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> bool(ag.check_grad(np.exp, np.array([0.0, 1.0]), order=2))
    True
    """
    if isinstance(order, bool) or not isinstance(order, int) or order < 1:
        raise ValueError(f"check_grad checks derivatives up to an order of at least 1; order={order!r} was given.")
    positions = [i for i, x in enumerate(args) if is_checkable(x)]
    if not positions:
        raise TypeError(
            f"check_grad({name_of(f)}) was given no floating-point argument to check; whole numbers are passed on as "
            f"they are. Write 3.0, or np.array(x, dtype=float)."
        )
    given = [np.asarray(x, float) if i in positions else x for i, x in enumerate(args)]
    comparisons: list[Comparison] = []
    scalar = combined(f, given, seed=0)
    for k in range(1, order + 1):
        for i in positions:
            comparisons.append(compared(scalar, given, i, k, rtol))
        if k < order:
            scalar = combined(grad(scalar, tuple(positions)), given, seed=k)
    report = GradientReport(name_of(f), tuple(comparisons))
    if not report:
        raise GradientMismatch(str(report))
    return report


def is_checkable(x: Any) -> bool:
    if isinstance(x, Value):
        raise TypeError("check_grad takes plain numbers and arrays, and wraps them itself; it was given a Value.")
    return not isinstance(x, bool | int | str | bytes) and x is not None and np.asarray(x).dtype.kind == "f"


def combined(f: Callable[..., Any], args: list[Any], seed: int) -> Callable[..., Any]:
    """A function with one number as its result: f's entries, each times a fixed random weight, summed."""

    def scalar(*xs: Any) -> Any:
        generator = np.random.default_rng(seed)
        results = f(*xs)
        if not isinstance(results, tuple | list) and np.ndim(results) == 0:
            return results
        total: Any = 0.0
        for part in results if isinstance(results, tuple | list) else (results,):
            weights = generator.uniform(0.5, 1.5, np.shape(part)) * generator.choice([-1, 1], np.shape(part))
            total = total + np.sum(part * weights)
        return total

    scalar.__name__ = getattr(f, "__name__", "f")
    return scalar


def compared(f: Callable[..., Any], args: list[Any], i: int, order: int, rtol: float) -> Comparison:
    """The gradient of f with respect to argument i, by back-propagation and by finite differences."""
    gradient = grad(f, i)(*args)  # a Value, if f reads Values of its own, such as a model's weights
    found = np.asarray(gradient.data if isinstance(gradient, Value) else gradient, float)
    measured = measured_gradient(f, args, i)
    # Differences of f carry rounding errors of about 1e-10 of f itself, however small the slope.
    size = abs(moved(f, args, i, None, 0.0))
    slopes = float(np.max(np.abs(measured), initial=0.0, where=np.isfinite(measured)))
    scale = max(slopes, 1e-3 * size if np.isfinite(size) else 0.0, 1e-300)
    comparison = Comparison(order, i, found, measured, rtol * scale)
    if comparison.agrees:
        return comparison
    return Comparison(order, i, found, measured, rtol * scale, has_kink(f, args, i, comparison.worst))


def measured_gradient(f: Callable[..., Any], args: list[Any], i: int) -> np.ndarray:
    """The slope along every entry of argument i."""
    x = np.asarray(args[i], float)
    slopes = np.empty(x.shape)
    for at in np.ndindex(x.shape):
        h = STEP * max(1.0, abs(float(x[at])))
        near = moved(f, args, i, at, h) - moved(f, args, i, at, -h)
        far = moved(f, args, i, at, 2 * h) - moved(f, args, i, at, -2 * h)
        slopes[at] = (8 * near - far) / (12 * h)
    return slopes


def moved(f: Callable[..., Any], args: list[Any], i: int, at: tuple[int, ...] | None, h: float) -> float:
    """The result with one entry of argument i moved by h (with none: where it is)."""
    x = np.array(args[i], float)
    if at is not None:
        x[at] += h
    result = f(*(Value(x) if j == i else a for j, a in enumerate(args)))
    return result.item() if isinstance(result, Value) else float(result)


def has_kink(f: Callable[..., Any], args: list[Any], i: int, at: tuple[int, ...]) -> bool:
    """True if the slopes to the left and to the right of a point differ by far more than rounding."""
    h = STEP * max(1.0, abs(float(np.asarray(args[i])[at])))
    here, right, left = (moved(f, args, i, at, s) for s in (0.0, h, -h))
    forward, backward = (right - here) / h, (here - left) / h
    return bool(abs(forward - backward) > 1e-2 * max(1.0, abs(forward), abs(backward)))
