"""The rows of the rules' tests, run by another library: the same call, with its functions in place of NumPy's."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from types import CellType, CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np
from engine.rule_cases import CASES, Case

import autograd_lite as ag
from autograd_lite.engine.rules.table import full_name


class Lacking(Exception):
    """The other library does not have a function that a row calls."""


class Room:
    """A module of another library in place of NumPy's or SciPy's: what it does not have raises `Lacking`.

    Parameters
    ----------
    modules : module or namespace
        Asked one after the other.
    names : dict
        Functions that are not found by their name.
    """

    def __init__(self, *modules: Any, **names: Any) -> None:
        self.modules = modules
        self.names = names

    def __getattr__(self, name: str) -> Any:
        if name in self.names:
            return self.names[name]
        for module in self.modules:
            if hasattr(module, name):
                found = getattr(module, name)
                return Room(found) if isinstance(found, ModuleType) else found
        raise Lacking(name)


OUR_SCIPY = "autograd_lite.scipy"


Theirs = Callable[[Callable[..., Any], list[np.ndarray], list[np.ndarray]], tuple[Any, Any]]


class Peer:
    """Another library, and where it parts from this one.

    Parameters
    ----------
    numpy, scipy, ours : Room
        What stands in place of NumPy, of SciPy (and ``autograd_lite.scipy``), and of ``autograd_lite``.
    theirs : callable
        ``theirs(call, arrays, gradients)``: the values of a call, and what arrives at its operands.
    unlike : dict
        Functions that are not compared, and why: they mean something else there, or are wrong.
    unlike_complex : dict
        The same, for complex numbers alone.
    nan_there : dict
        Functions whose gradient is nan there where it is finite here, and where that is.
    stretched : frozenset
        Functions whose gradients are not summed back to the shape of their operand there.
    refused : dict
        Why some calls raise there, each with the names of the functions for which that is so. Any other function
        must take every row.
    """

    def __init__(
        self,
        numpy: Room,
        scipy: Room,
        ours: Room,
        theirs: Theirs,
        *,
        unlike: dict[str, str],
        unlike_complex: dict[str, str],
        nan_there: dict[str, str],
        refused: dict[str, str],
        stretched: frozenset[str] = frozenset(),
    ) -> None:
        self.rooms = {"numpy": numpy, "scipy": scipy, "autograd_lite": ours}
        self.theirs = theirs
        self.unlike, self.unlike_complex, self.nan_there = unlike, unlike_complex, nan_there
        self.stretched = stretched
        self.refused = {name for names in refused.values() for name in names.split()}

    def room(self, path: str) -> Any:
        """What stands for a module: ``numpy.linalg``, ``autograd_lite.scipy.special``."""
        parts = path.removeprefix("autograd_lite.").split(".") if path.startswith(OUR_SCIPY) else path.split(".")
        return self.reached(self.rooms[parts[0]], parts[1:])

    def counterpart(self, func: Callable[..., Any]) -> Any:
        """The function that has the same name; raises `Lacking`."""
        name = full_name(func)
        if name.startswith("np."):
            return self.reached(self.rooms["numpy"], name.split(".")[1:])
        if name.startswith("scipy."):
            parts = [part for part in name.split(".")[1:] if not part.startswith("_")]
            return self.reached(self.rooms["scipy"], parts)
        module = getattr(func, "__module__", None) or ""
        if module.startswith("autograd_lite.scipy."):
            return self.reached(self.rooms["scipy"], [module.split(".")[2], func.__name__])
        if getattr(ag, func.__name__, None) is func:
            return getattr(self.rooms["autograd_lite"], func.__name__)
        raise Lacking(name)

    def reached(self, found: Any, parts: list[str]) -> Any:
        """What stands at the end of a dotted name; raises `Lacking`."""
        for part in parts:
            if not hasattr(found, part) and not isinstance(found, Room):
                raise Lacking(part)
            found = getattr(found, part)
        return found

    def rebuilt(self, thing: Any) -> Any:
        """A module, a function, a row's call, or a list of them, made of the other library's; or what it was."""
        if isinstance(thing, ModuleType):
            top = thing.__name__.split(".")[0]
            return self.room(thing.__name__) if top in self.rooms else thing
        if isinstance(getattr(thing, "__self__", None), np.ufunc):  # np.add.reduce
            return self.reached(self.counterpart(thing.__self__), [thing.__name__])
        if isinstance(thing, np.ufunc) or is_recorded(thing):
            return self.counterpart(thing)
        if isinstance(thing, FunctionType):
            return self.with_other_names(thing)
        return [self.rebuilt(part) for part in thing] if type(thing) is list else thing

    def with_other_names(self, call: FunctionType) -> FunctionType:
        """A call whose names mean what the other library has."""
        used = names_in(call.__code__)
        scope = {name: self.rebuilt(value) if name in used else value for name, value in call.__globals__.items()}
        cells = tuple(CellType(self.rebuilt(cell.cell_contents)) for cell in call.__closure__ or ())
        made = FunctionType(
            call.__code__, scope, call.__name__, tuple(map(self.rebuilt, call.__defaults__ or ())), cells
        )
        made.__kwdefaults__ = {name: self.rebuilt(value) for name, value in (call.__kwdefaults__ or {}).items()}
        return made


def is_recorded(thing: Any) -> bool:
    """True for NumPy's and SciPy's functions, and for ours."""
    module = (getattr(thing, "__module__", None) or "").split(".")[0]
    return callable(thing) and not isinstance(thing, type) and module in ("numpy", "scipy", "autograd_lite")


def names_in(code: CodeType) -> set[str]:
    """The names of the module that a function uses, also inside the functions that it defines."""
    inner = [names_in(part) for part in code.co_consts if isinstance(part, CodeType)]
    return set(code.co_names).union(*inner)


# ---------------------------------------------------------------------------------- what is compared


def functions() -> dict[str, list[Case]]:
    """The rows of each function, by its name."""
    found: dict[str, list[Case]] = {}
    for case in CASES:
        found.setdefault(full_name(case.func), []).append(case)
    return found


Row = tuple[Case, Any, bool]
"""A row, its call made of another library's functions, and whether with complex numbers."""


def runnable(peer: Peer) -> dict[str, list[Row]]:
    """The rows that another library can run, by the name of their function."""
    found = {name: list(rebuilt_rows(peer, name, cases)) for name, cases in functions().items()}
    return {name: rows for name, rows in found.items() if rows and name not in peer.unlike}


def rebuilt_rows(peer: Peer, name: str, cases: list[Case]) -> Iterator[Row]:
    """Each row whose functions the other library has."""
    for complex in (False, True):
        for case in cases:
            if complex and (not case.complex or name in peer.unlike_complex):
                continue
            try:
                yield case, peer.rebuilt(case.call), complex
            except Lacking:
                continue


def compare(peer: Peer, name: str, rows: list[Row]) -> int:
    """Hold the values and gradients of some rows against those of another library; how many it could run."""
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        return sum(compared(peer, name, row) for row in rows)


def compared(peer: Peer, name: str, row: Row) -> bool:
    """The same for one row."""
    case, call, complex = row
    arrays = operands(case, complex)
    found = ours(case.call, arrays)
    if found is None:
        return False
    values, gradients, back = found
    try:
        their_values, expected = peer.theirs(call, arrays, gradients)
    except Exception as error:
        if name in peer.refused or isinstance(error, Lacking):
            return False
        raise
    if name in peer.stretched and any(np.shape(e) != x.shape for e, x in zip(expected, arrays, strict=True)):
        return False
    assert_same(values, their_values, f"{case!r}, value", 1e-9, name in peer.nan_there)
    assert_same(back, expected, f"{case!r}, gradient", 1e-7, name in peer.nan_there)
    return True


def spread(rows: list[Row], most: int) -> list[Row]:
    """As many rows, from the first to the last at even distances."""
    if len(rows) <= most:
        return rows
    return [rows[i * (len(rows) - 1) // (most - 1)] for i in range(most)]


def operands(case: Case, complex: bool = False) -> list[np.ndarray]:
    """Operands with lengths 2, 3, 4 … for the letters of a row, or shapes that broadcast."""
    if case.elementwise:
        shapes: Any = ((2, 3), (3,), (2, 1), (1, 3))[: case.operands]
    else:
        letters = sorted({c for c in case.shapes if c.isalpha()}, key=str.lower)
        shapes = case.with_lengths({c: 2 + i for i, c in enumerate(letters)})
    return case.arrays(shapes, seed=3, complex=complex)


def smooth(result: Any) -> tuple[Any, ...]:
    """The parts of a result that have a slope."""
    parts = list(result) if isinstance(result, list | tuple) else [result]
    return tuple(part for part in parts if np.issubdtype(kind(part), np.inexact))


def kind(part: Any) -> Any:
    """The dtype of a number, an array, or what stands for one in another library."""
    return part.dtype if hasattr(part, "dtype") else np.result_type(part)


def seeds(parts: tuple[Any, ...]) -> list[np.ndarray]:
    """A gradient for each part of a result."""
    generator = np.random.default_rng(9)
    drawn = [generator.uniform(0.5, 1.5, np.shape(part)) for part in parts]
    turned = [generator.uniform(0.5, 1.5, np.shape(part)) for part in parts]
    kinds = [np.issubdtype(kind(part), np.complexfloating) for part in parts]
    return [g + 1j * h if turns else g for g, h, turns in zip(drawn, turned, kinds, strict=True)]


def ours(call: Callable[..., Any], arrays: list[np.ndarray]) -> tuple[Any, Any, Any] | None:
    """Our values, the gradients that are sent back, and what arrives; None for a dtype that complex numbers lack."""
    try:
        values, pull = ag.vjp(lambda *xs: smooth(call(*xs)), *arrays)
    except TypeError as error:
        if "would drop imaginary parts" in str(error):
            return None
        raise
    gradients = seeds(values)
    return values, gradients, pull(tuple(gradients))


def assert_same(found: Any, expected: Any, what: str, rel: float, where_finite: bool = False) -> None:
    """Every number within a part of the largest; where_finite: ours are finite, and theirs may be nan."""
    assert len(found) == len(expected), what
    for i, (f, e) in enumerate(zip(map(np.asarray, found), map(np.asarray, expected), strict=True)):
        assert f.shape == e.shape, f"{what} {i}: {f.shape} and {e.shape}"
        if where_finite:
            assert np.all(np.isfinite(f)), f"{what} {i}"
            f, e = f[np.isfinite(e)], e[np.isfinite(e)]
        scale = max(float(np.max(np.abs(e[np.isfinite(e)]), initial=0.0)), 1.0)
        np.testing.assert_allclose(f, e, rtol=rel, atol=rel * scale, err_msg=f"{what} {i}")
