"""How a row of the table of the tests is written: a function, its shapes, its domain, and calls of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograd_lite.engine.rules.table import full_name

Shape = tuple[int, ...]
Domain = Callable[[np.random.Generator, Shape], np.ndarray]

# ------------------------------------------------------------------------- where entries are drawn from


def between(low: float, high: float) -> Domain:
    return lambda generator, shape: generator.uniform(low, high, shape)


def off_zero(low: float, high: float) -> Domain:
    """Of either sign, and of this size."""
    return lambda generator, shape: generator.uniform(low, high, shape) * generator.choice([-1, 1], shape)


def grid(offset: float) -> Domain:
    """Different multiples of 0.2, plus an offset: no two entries are closer than the offsets are."""
    return lambda generator, shape: grid_points(generator, int(np.prod(shape, dtype=int))).reshape(shape) + offset


def grid_points(generator: np.random.Generator, n: int) -> np.ndarray:
    return 0.2 * (generator.permutation(n) - n // 2)


def with_zeros(generator: np.random.Generator, shape: Shape) -> np.ndarray:
    return generator.uniform(-2, 2, shape) * (generator.uniform(size=shape) < 0.6)


def inside_a_period(generator: np.random.Generator, shape: Shape) -> np.ndarray:
    return generator.integers(-2, 3, shape) + generator.uniform(0.3, 0.6, shape)


ANY = between(-2, 2)
FAR = off_zero(0.5, 2)
POS = between(0.3, 2)
APART = (grid(0), grid(0.1))


# ------------------------------------------------------------------------- rows


@dataclass(frozen=True, repr=False)
class Case:
    """One call of one function.

    Attributes
    ----------
    func : callable
        The function whose row it is, as the tables of the engine have it.
    call : callable
        What is called with the operands.
    shapes : str
        Their shapes; see `row`.
    domains : tuple of callable
        Where their entries are drawn from.
    name : str
        For the report of a test.
    complex : bool
        Complex operands are tried, too.
    orders : int
        Up to which order derivatives are held against finite differences.
    slow : bool
        Left to the slow tests where a test takes derivatives of derivatives.
    """

    func: Callable[..., Any]
    call: Callable[..., Any]
    shapes: str
    domains: tuple[Domain, ...]
    name: str
    complex: bool = False
    orders: int = 3
    slow: bool = False

    def __repr__(self) -> str:
        code = getattr(self.call, "__code__", None)  # a ufunc has none
        where = f", written in line {code.co_firstlineno}" if code else ""
        return f"{self.name} with shapes {self.shapes!r}{where}"

    @property
    def operands(self) -> int:
        return self.shapes.count(",") + 1

    @property
    def elementwise(self) -> bool:
        return "*" in self.shapes

    def with_lengths(self, length: dict[str, int]) -> tuple[Shape, ...]:
        """The shapes, with a length for each letter."""
        return tuple(
            tuple(length[c] if c.isalpha() else int(c) for c in term.strip("*")) for term in self.shapes.split(",")
        )

    def drawn_shapes(self, seed: int) -> tuple[Shape, ...]:
        """Shapes that fit, others for each seed: 0 has no short axes, 1 has axes of length 1, 2 has an empty one."""
        generator = np.random.default_rng([seed, len(self.name), len(self.shapes)])
        if self.elementwise:
            return broadcastable(generator, self.operands, seed)
        letters = sorted({c for c in self.shapes if c.isalpha()})
        if seed == 0:  # the same length twice would hide that two axes were taken for each other
            return self.with_lengths({c: 2 + i % 2 for i, c in enumerate(letters)})
        lengths = {c: int(generator.integers(1 if c.isupper() else 0, 4)) for c in letters}
        may_be_short = letters if seed == 1 else [c for c in letters if c.islower()]
        if seed < 3:
            lengths = {c: n or 1 for c, n in lengths.items()}
        if seed < 3 and may_be_short:
            lengths[may_be_short[int(generator.integers(len(may_be_short)))]] = 2 - seed
        return self.with_lengths(lengths)

    def arrays(self, shapes: tuple[Shape, ...], seed: int, complex: bool = False) -> list[np.ndarray]:
        """Operands of these shapes; complex ones have the imaginary part between -1 and 1."""
        generator = np.random.default_rng(seed)
        domains = self.domains * self.operands if len(self.domains) == 1 else self.domains
        drawn = [np.asarray(domain(generator, shape)) for domain, shape in zip(domains, shapes, strict=True)]
        return [x + 1j * generator.uniform(-1, 1, x.shape) for x in drawn] if complex else drawn


def broadcastable(generator: np.random.Generator, operands: int, seed: int) -> tuple[Shape, ...]:
    """Shapes of at most three axes that broadcast against each other, with lengths of 0 to 3."""
    whole = tuple(int(n) for n in generator.choice([1, 2, 2, 3], generator.integers(0, 4)))
    whole = {0: (2, 3), 1: (), 2: (0, *whole[1:])}.get(seed, whole)
    shapes = [whole]
    for i in range(operands - 1):
        cut = int(generator.integers(0, len(whole) + 1))
        stretched = i == 0 and seed == 0
        shapes.append((1, 3) if stretched else tuple(1 if generator.uniform() < 0.3 else n for n in whole[cut:]))
    return tuple(shapes[int(i)] for i in generator.permutation(operands))


CASES: list[Case] = []


def row(
    func: Callable[..., Any],
    shapes: str,
    domain: Domain | tuple[Domain, ...],
    *calls: Callable[..., Any],
    complex: bool = False,
    orders: int = 3,
    slow: bool = False,
) -> None:
    """Add one case for each call; without one, the function itself is called.

    Parameters
    ----------
    func : callable
        As the engine's tables have it: of NumPy, of SciPy, or a primitive of the engine.
    shapes : str
        Written with letters as in ``np.einsum``: ``"ij,jk"`` are two matrices that share a length. A small letter
        is a length of 0 to 3, a capital one of 1 to 3, a digit that length. ``"*"`` is any shape, and ``"*,*"``
        are any two shapes that broadcast, entry by entry.
    domain : callable, or a tuple with one for each operand
        Where entries are drawn from, away from kinks and poles.
    *calls : callable
    complex : bool
        Try complex operands, too. Entries get an imaginary part between -1 and 1.
    orders : int
        Up to which order derivatives are held against finite differences. Fewer than 3 only with a reason beside it.
    slow : bool
        A loop of many steps: derivatives of derivatives are left to the slow tests.
    """
    domains = domain if isinstance(domain, tuple) else (domain,)
    for call in calls or (func,):
        taken = sum(case.func is func for case in CASES)
        name = f"{full_name(func).rpartition('rules.')[2]}-{taken}"
        CASES.append(Case(func, call, shapes, domains, name, complex, orders, slow))


def along_axes(
    func: Callable[..., Any], domain: Domain, letters: str = "ijk", *, complex: bool = False, **settings: Any
) -> None:
    """A reduction over all entries, one axis, a negative axis, several axes, none, with and without keepdims."""
    i, j = letters[:2]
    for shapes, *calls in (
        (letters, lambda x: func(x, **settings), lambda x: func(x, keepdims=True, **settings)),
        (i + j, lambda x: func(x, axis=0, **settings), lambda x: func(x, -1, keepdims=True, **settings)),
        (letters, lambda x: func(x, axis=(0, -1), **settings), lambda x: func(x, axis=1, **settings)),
        (letters, lambda x: func(x, axis=(-1, 1), keepdims=True, **settings)),
        (i, lambda x: func(x, axis=(), **settings)),
        ("", lambda x: func(x, **settings)),
    ):
        row(func, shapes, domain, *calls, complex=complex)
