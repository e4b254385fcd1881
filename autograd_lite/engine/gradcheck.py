"""`check_grad`: both modes of differentiation held against finite differences, with a report of where they part.

Back-propagation and forward mode are first compared along random directions, a few calls of f for any number of
entries. Where they part, or on demand, every entry is moved by itself. A slope is measured at four points,
(8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h, with an error that shrinks with h⁴
(Abramowitz & Stegun 1964, section 25.3, differentiation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from . import trees
from .calculus import grad, jvp
from .value import Value
from .variables import name_of, rebuilt

DIRECTIONS = 2
STEP = float(np.cbrt(np.finfo(float).eps))  # small enough for sharp bends, with rounding errors near 1e-10


class GradientMismatch(AssertionError):
    """Back-propagation and finite differences disagree."""


class Direction(NamedTuple):
    """The slope along one direction of one argument, found in three ways."""

    order: int
    argument: str
    back_propagated: float
    pushed_forward: float
    measured: float
    allowed: float
    kink: bool = False

    @property
    def error(self) -> float:
        """How far the farther one is from the measured slope; inf where it is not a number."""
        farthest = max(abs(self.back_propagated - self.measured), abs(self.pushed_forward - self.measured))
        return farthest if np.isfinite(farthest) else np.inf

    @property
    def agrees(self) -> bool:
        """True if both modes are within the allowed error."""
        return self.error <= self.allowed

    def __str__(self) -> str:
        which = described(self.argument, self.order)
        if self.agrees:
            return f"{which}: agree (largest difference {self.error:.1e} along random directions, in both modes)"
        lines = [
            f"{which}: the slopes along a random direction differ:",
            f"    by back-propagation    {self.back_propagated: .10g}",
            f"    by forward mode        {self.pushed_forward: .10g}",
            f"    by finite differences  {self.measured: .10g}",
        ]
        if self.kink:
            lines.append("    f has a kink here (its slopes to both sides differ): no derivative, nothing to compare.")
        elif abs(self.back_propagated - self.measured) <= self.allowed:
            lines.append("    Back-propagation is right: a rule on the way is not linear in g, g * g for example.")
        return "\n".join(lines)


def described(argument: str, order: int) -> str:
    """Which derivative: ``argument 0, derivative of order 2``."""
    return argument + (f", derivative of order {order}" if order > 1 else "")


class Comparison(NamedTuple):
    """One argument's gradient, found in two ways, entry by entry."""

    order: int
    argument: str
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
        which = described(self.argument, self.order)
        if self.agrees:
            worst = f"{self.error.max():.1e}" if self.error.size else "0"
            return f"{which}: agree (largest difference {worst} over {self.error.size} entries)"
        at = "".join(f"[{i}]" for i in self.worst)
        count = int(np.sum(self.error > self.allowed))
        lines = [
            f"{which}: {count} of {self.error.size} entries differ, most at x{at}:",
            f"    by back-propagation    {in_digits(self.back_propagated[self.worst])}",
            f"    by finite differences  {in_digits(self.measured[self.worst])}",
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
        if np.iscomplexobj(found) and np.allclose(np.conj(found), measured, rtol=0, atol=self.allowed):
            return "The gradient is conjugated: for z = x + iy it is ∂f/∂x - i ∂f/∂y."
        swapped = found.T
        if found.ndim > 1 and swapped.shape == measured.shape and np.allclose(swapped, measured, atol=self.allowed):
            return "The gradient is transposed."
        if found.ndim and found.size > 1 and np.allclose(found[::-1], measured, atol=self.allowed):
            return "The entries are in reverse order along the first axis."
        return ratio_in_words(found, measured, self.allowed)


def in_digits(number: Any, digits: int = 10) -> str:
    """A number with so many digits, its sign aligned; a complex one only where it is."""
    if np.iscomplexobj(number) and abs(number.imag) <= 10**-digits * abs(number):
        number = number.real
    return f"{number: .{digits}g}"


def ratio_in_words(found: np.ndarray, measured: np.ndarray, allowed: float) -> str | None:
    """Name a constant factor, or a constant difference, between two gradients."""
    clear = np.abs(measured) > 1e3 * allowed
    if np.any(clear):
        ratios = found[clear] / measured[clear]
        ratio = np.median(ratios.real) + (1j * np.median(ratios.imag) if np.iscomplexobj(ratios) else 0)
        if np.allclose(ratios, ratio, rtol=1e-4) and np.all(np.abs(found[~clear]) <= 1e4 * allowed):
            size = measured.size
            known = {-1.0: "the sign is wrong", 2.0: "a factor 2 too many", 0.5: "a factor 2 is missing"}
            known |= {float(size): f"not divided by the {size} entries", 1 / size: f"divided by the {size} entries"}
            word = next((w for r, w in known.items() if r != 1 and np.isclose(ratio, r, rtol=1e-4)), None)
            return f"Every entry is {in_digits(ratio, 6).strip()} times too large" + (f": {word}." if word else ".")
    difference = found - measured
    if difference.size > 1 and np.allclose(difference, difference.flat[0], atol=2 * allowed):
        return f"Every entry is off by the same {difference.flat[0]:.6g}: a term is missing, or one too many."
    return None


class GradientReport(NamedTuple):
    """What `check_grad` found: true if everything agrees; ``str()`` tells all."""

    function: str
    comparisons: tuple[Comparison | Direction, ...]

    def __bool__(self) -> bool:
        return all(c.agrees for c in self.comparisons)

    def __str__(self) -> str:
        verdict = "agrees" if self else "does not agree"
        lines = [f"The gradient of {self.function} {verdict} with finite differences."]
        return "\n".join(lines + [f"  {c}" for c in self.comparisons])


def check_grad(
    f: Callable[..., Any], *args: Any, order: int = 2, rtol: float = 1e-6, every_entry: bool = False
) -> GradientReport:
    """Check back-propagation and forward mode through f against finite differences.

    Parameters
    ----------
    f : callable
        Returns a number or an array, real or complex, or a nest of them; a fixed random combination of all entries is
        differentiated, so that no two mistakes cancel.
    *args : float, complex, array_like, or a nest of them
        Where to check. Converted to float64 or complex128. Integers, strings, booleans and None are passed on as
        they are.
    order : int
        Check derivatives up to this order: 2 also checks the gradient's own gradient.
    rtol : float
        Allowed error, as a part of the slope (at least of a thousandth of f).
    every_entry : bool
        Move every entry of every argument by itself, eight calls of f for each. By default a few random directions are
        tried, and single entries only where those disagree. An array of 10,000 entries can hide an
        error of a part in ten thousand in one of them from a direction, not from this.

    Returns
    -------
    GradientReport

    Raises
    ------
    GradientMismatch
        With the report as its message: argument, index, the numbers, and the likely kind of
        mistake where one fits.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> print(ag.check_grad(np.exp, np.array([0.0, 1.0]), order=1))  # doctest: +ELLIPSIS
    The gradient of exp() agrees with finite differences.
      argument 0: agree (largest difference ... along random directions, in both modes)
    """
    if isinstance(order, bool) or not isinstance(order, int) or order < 1:
        raise ValueError(f"check_grad checks derivatives up to an order of at least 1; order={order!r} was given.")
    point = Point(f, args)
    comparisons: list[Comparison | Direction] = []
    scalar = combined(point.called, seed=0)
    every = tuple(range(len(point.numbers)))
    for k in range(1, order + 1):
        for i in every:
            comparisons += compared(scalar, point, i, k, rtol, every_entry)
        if k < order:
            scalar = combined(grad(scalar, every), seed=k)
    report = GradientReport(name_of(f), tuple(comparisons))
    if not report:
        raise GradientMismatch(str(report))
    return report


class Point:
    """Where f is checked: the leaves of its arguments that can be moved, and the rest as it was given."""

    def __init__(self, f: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self._f, self._args = f, args
        leaves = [(f"argument {i}{place}", x) for i, arg in enumerate(args) for place, x in placed(arg)]
        self._leaves = [x for _, x in leaves]
        self._moving = [k for k, (_, x) in enumerate(leaves) if is_checkable(x)]
        if not self._moving:
            raise TypeError(
                f"check_grad({name_of(f)}) was given no floating-point argument to check; whole numbers are passed on "
                f"as they are. Write 3.0, or np.array(x, dtype=float)."
            )
        self.names = [leaves[k][0] for k in self._moving]
        self.numbers = [np.asarray(leaves[k][1]) for k in self._moving]
        self.numbers = [x.astype(complex if x.dtype.kind == "c" else float) for x in self.numbers]

    def called(self, *numbers: Any) -> Any:
        """What f returns for these in place of the numbers."""
        leaves = list(self._leaves)
        for k, x in zip(self._moving, numbers, strict=True):
            leaves[k] = x
        return self._f(*rebuilt(self._args, leaves))

    def moved(self, i: int, step: Any = 0.0) -> list[Any]:
        """The numbers as Values, those of argument i moved by a step."""
        return [Value(x + step if j == i else x) for j, x in enumerate(self.numbers)]


def placed(arg: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of an argument, each with its place as one writes it: ``['w'][0]``."""
    if not trees.is_container(arg):
        yield place, arg
        return
    for key, part in arg.items() if isinstance(arg, dict) else enumerate(arg):
        yield from placed(part, f"{place}[{key!r}]")


def is_checkable(x: Any) -> bool:
    """True for floating-point and complex numbers."""
    if isinstance(x, Value):
        raise TypeError("check_grad takes plain numbers and arrays, and wraps them itself; it was given a Value.")
    return not isinstance(x, bool | int | str | bytes) and x is not None and np.asarray(x).dtype.kind in "fc"


def combined(f: Callable[..., Any], seed: int) -> Callable[..., Any]:
    """A function with one number as its result: f's entries, each times a fixed random weight, summed."""

    def scalar(*xs: Any) -> Any:
        generator = np.random.default_rng(seed)
        parts = [part for _, part in trees.leaves(f(*xs))]
        if len(parts) == 1 and np.ndim(parts[0]) == 0 and not np.iscomplexobj(parts[0]):
            return parts[0]
        total: Any = 0.0
        for part in parts:
            weights = generator.uniform(0.5, 1.5, np.shape(part)) * generator.choice([-1, 1], np.shape(part))
            if np.iscomplexobj(part):
                weights = weights * np.exp(1j * generator.uniform(0, 2 * np.pi, np.shape(part)))
            total = total + np.sum(np.real(part * weights) if np.iscomplexobj(part) else part * weights)
        return total

    scalar.__name__ = getattr(f, "__name__", "f")
    return scalar


def compared(
    f: Callable[..., Any], point: Point, i: int, order: int, rtol: float, every_entry: bool
) -> list[Comparison | Direction]:
    """The derivative of f with respect to argument i, found in several ways: along directions, or entry by entry."""
    gradient = grad(f, i)(*point.numbers)  # a Value, if f reads Values of its own, such as a model's weights
    found = np.asarray(gradient.data if isinstance(gradient, Value) else gradient)
    if every_entry:
        return [by_entries(f, point, i, order, rtol, found)]
    along = [along_direction(f, point, i, order, rtol, found, seed) for seed in range(DIRECTIONS)]
    worst = max(along, key=lambda d: d.error / d.allowed)
    if worst.agrees or abs(worst.back_propagated - worst.measured) <= worst.allowed:
        return [worst]
    entries = by_entries(f, point, i, order, rtol, found)
    return [worst] if entries.agrees else [entries]


def along_direction(
    f: Callable[..., Any], point: Point, i: int, order: int, rtol: float, gradient: np.ndarray, seed: int
) -> Direction:
    """Both modes along a random direction, in which large entries take large steps."""
    x, generator = point.numbers[i], np.random.default_rng([seed, order, i])
    u = generator.uniform(0.5, 1, x.shape) * generator.choice([-1, 1], x.shape) * np.maximum(1.0, np.abs(x))
    if x.dtype.kind == "c":
        u = u * np.exp(1j * generator.uniform(0, 2 * np.pi, x.shape))
    steps = tuple(u if j == i else np.zeros_like(y) for j, y in enumerate(point.numbers))
    pushed = jvp(f, tuple(point.numbers), steps)[1]
    terms = np.real(gradient * u)
    measured = slope(lambda t: number_of(f(*point.moved(i, t * u))), STEP)
    size = abs(number_of(f(*point.moved(i))))
    scale = allowance(max(abs(measured), float(np.sqrt(np.sum(terms**2)))), size)
    found = Direction(
        order, point.names[i], float(np.sum(terms)), float(getattr(pushed, "data", pushed)), measured, rtol * scale
    )
    if found.agrees:
        return found
    return found._replace(kink=is_kink(lambda t: number_of(f(*point.moved(i, t * u))), STEP))


def by_entries(
    f: Callable[..., Any], point: Point, i: int, order: int, rtol: float, gradient: np.ndarray
) -> Comparison:
    """Back-propagation against differences, every entry of argument i moved by itself."""
    measured = np.empty(gradient.shape, gradient.dtype)
    for at in np.ndindex(gradient.shape):
        h = STEP * max(1.0, float(abs(point.numbers[i][at])))
        measured[at] = slope(moving(f, point, i, at), h)
        if gradient.dtype.kind == "c":
            measured[at] -= 1j * slope(moving(f, point, i, at, 1j), h)
    size = abs(number_of(f(*point.moved(i))))
    slopes = float(np.max(np.abs(measured), initial=0.0, where=np.isfinite(measured)))
    comparison = Comparison(order, point.names[i], gradient, measured, rtol * allowance(slopes, size))
    if comparison.agrees:
        return comparison
    at = comparison.worst
    kink = is_kink(moving(f, point, i, at), STEP * max(1.0, float(abs(point.numbers[i][at]))))
    return comparison._replace(kink=kink)


def allowance(slopes: float, size: float) -> float:
    """What an error is measured by: slopes, but differences of f carry rounding errors of about 1e-10 of f, too."""
    known = slopes if np.isfinite(slopes) else 0.0
    return max(known, 1e-3 * size if np.isfinite(size) else 0.0, 1e-300)


def moving(
    f: Callable[..., Any], point: Point, i: int, at: tuple[int, ...], unit: complex = 1.0
) -> Callable[[float], float]:
    """The result of f as a function of how far one entry of argument i is moved."""

    def along(t: float) -> float:
        step = np.zeros_like(point.numbers[i])
        step[at] = t * unit
        return number_of(f(*point.moved(i, step)))

    return along


def number_of(result: Any) -> float:
    """A result as a plain number."""
    return float(result.data if isinstance(result, Value) else result)


def slope(along: Callable[[float], float], h: float) -> float:
    """The derivative at 0 of a function of one number, from four points."""
    return (8 * (along(h) - along(-h)) - (along(2 * h) - along(-2 * h))) / (12 * h)


def is_kink(along: Callable[[float], float], h: float) -> bool:
    """True if the slopes to the left and to the right of 0 differ by far more than rounding."""
    here, right, left = along(0.0), along(h), along(-h)
    forward, backward = (right - here) / h, (here - left) / h
    return bool(abs(forward - backward) > 1e-2 * max(1.0, abs(forward), abs(backward)))
