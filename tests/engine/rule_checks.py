"""What the tests of the rules share: a case as one number, its derivatives along lines, and how they are measured."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .rule_cases import CASES, Case

Function = Callable[..., Any]

SEEDS = range(3)
"""Shapes without short axes, with axes of length 1 (or numbers), and with an empty one; see `Case.drawn_shapes`."""

ORDERS = (3, 2, 1)
"""To which order derivatives are measured for each of them."""


MANY = 8
"""A test runs through so many rows of one function: one test a row would spend more time on tests than on rows."""


def for_each(cases: list[Case], heavy: bool = False, one_in: int = 1) -> Any:
    """A decorator: run a test of one case for each of these, some rows of a function at a time.

    Parameters
    ----------
    heavy : bool
        Of a heavy test, rows that take long are slow ones, run by CI alone.
    one_in : int
        Of each function's rows the first of so many is run, and the others are slow ones.
    """
    groups: dict[tuple[Any, bool], list[Case]] = {}
    seen: dict[Any, int] = {}
    for case in cases:
        at = seen[case.func] = seen.get(case.func, -1) + 1
        groups.setdefault((case.func, (heavy and case.slow) or at % one_in != 0), []).append(case)
    rows = [
        pytest.param(some, id=some[0].name, marks=(pytest.mark.slow,) if slow else ())
        for (_, slow), group in groups.items()
        for some in (group[at : at + MANY] for at in range(0, len(group), MANY))
    ]

    def decorated(test: Callable[[Case], None]) -> Callable[[list[Case]], None]:
        def of_rows(rows: list[Case]) -> None:
            for case in rows:
                try:
                    test(case)
                except BaseException as error:
                    error.add_note(f"in the row {case!r}")
                    raise

        of_rows.__name__, of_rows.__doc__ = test.__name__, test.__doc__
        made: Callable[[list[Case]], None] = pytest.mark.parametrize("rows", rows)(of_rows)
        return made

    return decorated


complex_cases = [case for case in CASES if case.complex]
every_case = for_each(CASES)
every_complex_case = for_each(complex_cases)
every_elementwise_case = for_each([case for case in CASES if case.elementwise])
every_case_of_several = for_each([case for case in CASES if case.operands > 1])


# ------------------------------------------------------------------------- operands


def operands_of(case: Case, seed: int, dtype: Any = np.float64) -> list[Any]:
    """Operands of the shapes of this seed; numbers are NumPy's, and know their dtype."""
    drawn = case.arrays(case.drawn_shapes(seed), seed, np.dtype(dtype).kind == "c")
    return [x.astype(dtype)[()] for x in drawn]


def taken_by_numpy(case: Case, operands: list[Any]) -> bool:
    """False if NumPy does not take these itself, such as complex numbers to be inserted among real ones."""
    try:
        case.call(*operands)
    except (TypeError, ValueError, np.exceptions.ComplexWarning):
        return False
    return True


def directions_of(operands: list[Any], order: int) -> list[Any]:
    """A step for each operand, complex for a complex one; another for each order."""
    generator = np.random.default_rng([order, 7])
    steps = []
    for x in operands:
        step = np.asarray(generator.uniform(-1, 1, np.shape(x)))
        if np.iscomplexobj(x):
            step = step + 1j * generator.uniform(-1, 1, np.shape(x))
        steps.append(step.astype(x.dtype)[()])
    return steps


# ------------------------------------------------------------------------- a case as one number


def parts(result: Any) -> list[Any]:
    """All numbers and arrays of a nested result."""
    if isinstance(result, dict):
        result = list(result.values())
    return [p for part in result for p in parts(part)] if isinstance(result, list | tuple) else [result]


def kind(part: Any) -> str:
    """What its entries are: "f" for real numbers, "c" for complex ones."""
    return str((part.dtype if hasattr(part, "dtype") else np.asarray(part).dtype).kind)


@lru_cache(maxsize=4096)
def weights(i: int, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Any:
    """A weight for each entry of part i of a result, so that no two mistakes cancel."""
    generator = np.random.default_rng(i)
    drawn = generator.uniform(0.5, 1.5, shape)
    if dtype.kind == "c":
        drawn = drawn + 1j * generator.uniform(0.5, 1.5, shape)
    return np.asarray(drawn, dtype)[()]


def weights_of(part: Any, i: int) -> Any:
    dtype = part.dtype if hasattr(part, "dtype") else np.asarray(part).dtype
    return weights(i, np.shape(part), dtype)


def number(result: Any) -> Any:
    """A result as one real number: its entries and their squares, each times a weight of its own.

    The squares let gradients depend on where they are taken also if the function itself is linear: then the second
    derivative tests that its rule can be differentiated.
    """
    total: Any = 0.0
    for i, part in enumerate(parts(result)):
        if kind(part) in "fc":
            w = weights_of(part, i)
            term = np.sum(part * (w + 0.5 * w * part))
            total = total + (np.real(term) if kind(part) == "c" else term)
    return total


def seeds_of(result: Any) -> list[Any]:
    """The gradient of `number` with respect to each part of a result."""
    return [weights_of(part, i) * (1 + part) if kind(part) in "fc" else 0 for i, part in enumerate(parts(result))]


def dot(gradients: Any, steps: Any) -> Any:
    """How much a number moves along these steps, by its gradients."""
    total: Any = 0.0
    for g, u in zip(gradients, steps, strict=True):
        moved = np.sum(g * u)
        total = total + (np.real(moved) if kind(moved) == "c" else moved)
    return total


def number_of(case: Case) -> Function:
    """A function of the operands; also where the result does not depend on them, because they are empty."""

    def f(*x: Any) -> Any:
        found = number(case.call(*x))
        if isinstance(found, ag.Value) or not any(isinstance(v, ag.Value) for v in x):
            return found
        return found + sum(np.sum(np.real(v)) * 0 for v in x)

    return f


def gradients(case: Case, operands: list[Any]) -> list[Any]:
    """What ``backward()`` writes for each operand; 0 for one that no gradient reaches."""
    values = [x if isinstance(x, ag.Value) else ag.Value(x) for x in operands]
    number_of(case)(*values).backward()
    return [v.data * 0 if v.grad is None else v.grad for v in values]


# ------------------------------------------------------------------------- derivatives along lines


def along(f: Function, steps: list[Any]) -> Function:
    """The derivative of f along these steps, by back-propagation: again a function of f's operands."""
    gradient = ag.grad(f, tuple(range(len(steps))))
    return lambda *x: dot(gradient(*x), steps)


def along_forward(f: Function, steps: list[Any]) -> Function:
    """The same by forward mode."""
    return lambda *x: ag.jvp(f, x, tuple(steps))[1]


def slope(f: Callable[[float], float], h: float = 1e-3) -> float:
    """The derivative of f at 0, measured at four points: the error shrinks with h to the power of 4."""
    return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)


def measured(f: Function, operands: list[Any], steps: list[Any]) -> float:
    """The derivative of f along these steps by finite differences."""
    return slope(lambda t: float(f(*(x + t * u for x, u in zip(operands, steps, strict=True)))))


def assert_derivatives_agree_with_differences(case: Case, operands: list[Any], orders: int) -> None:
    """Each derivative, along a line of its own, is the slope of the one before; the first is that of NumPy alone."""
    f = number_of(case)
    for order in range(1, orders + 1):
        steps = directions_of(operands, order)
        derivative = along(f, steps)
        found, expected = derivative(*operands), measured(f, operands, steps)
        scale = max(1.0, abs(float(f(*operands))))
        np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-8 * scale, err_msg=f"order {order}")
        f = derivative


def in_single(x: Any) -> bool:
    return np.asarray(x).dtype in (np.float32, np.complex64)


def assert_close(found: Any, expected: Any, rounding: float | None = None) -> None:
    """The same up to rounding, as seen from the largest entry."""
    if rounding is None:
        rounding = 2e-4 if in_single(found) else 1e-11
    scale = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    np.testing.assert_allclose(found, expected, rtol=0, atol=rounding * scale)
