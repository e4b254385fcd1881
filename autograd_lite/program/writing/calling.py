"""Calling: under which name a program finds a function, and what it has to import for that."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from ...engine.rules.table import full_name

Naming = Callable[[Callable[..., Any]], str]
"""What a program calls a function."""

LIBRARIES = {"numpy", "scipy"}


def path_of(func: Any) -> str | None:
    """Where NumPy or SciPy has a function, as people write it; None for what is to be found in neither.

    Examples
    --------
    >>> path_of(np.linalg.inv), path_of(np.add), path_of(path_of)
    ('np.linalg.inv', 'np.add', None)
    """
    top, *rest = full_name(func).split(".")
    found: Any = np if top == "np" else sys.modules.get("scipy") if top == "scipy" else None
    for part in rest if found is not None else ():
        found = getattr(found, part, None)
    return full_name(func) if found is func else None


def is_imported(func: Any) -> bool:
    """True for what a program finds in NumPy or SciPy; the rest are helpers."""
    return path_of(func) is not None


@cache
def tells_integers(func: np.ufunc) -> bool:
    """True if a whole number is not the same to a function as a float, in any place or in some: ``ldexp(x, 3)``.

    Examples
    --------
    >>> tells_integers(np.ldexp), tells_integers(np.left_shift), tells_integers(np.add)
    (True, True, False)
    """
    taken = [kinds for kinds in (set(loop.partition("->")[0]) for loop in func.types) if not kinds & {*"mMO"}]
    mixed = any(kinds & WHOLE and not kinds <= WHOLE for kinds in taken)
    return mixed or not any(kinds == {"d"} for kinds in taken)


WHOLE = set(np.typecodes["AllInteger"])


def plain_of(func: Any) -> Any:
    """A function as it computes with arrays, without the question whether an operand is a Value."""
    return getattr(func, "on_arrays", func)


def called(func: Callable[..., Any]) -> str:
    """The name of a function in a program where no other is called so."""
    return path_of(func) or func.__name__


def imported_path(thing: Any) -> str | None:
    """A module, function or class that Python's own library, NumPy or SciPy has, as ``module.name``; else None."""
    if isinstance(thing, ModuleType):
        return short(thing.__name__) if is_anywhere(thing.__name__) else None
    module, name = getattr(thing, "__module__", None), getattr(thing, "__qualname__", None)
    if isinstance(thing, np.ufunc):
        return path_of(thing)
    if not (isinstance(module, str) and isinstance(name, str) and is_anywhere(module)):
        return None
    for home in (module.lstrip("_"), module):  # operator.add says that it comes from _operator
        found: Any = sys.modules.get(home)
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is thing:
            return short(f"{home}.{name}")
    return None


def is_anywhere(module: str) -> bool:
    """True if a program may import it."""
    top = module.partition(".")[0]
    return module in sys.modules and (top in LIBRARIES or top in sys.stdlib_module_names)


def short(path: str) -> str:
    """``numpy.linalg`` as ``np.linalg``."""
    return "np" + path[5:] if path == "numpy" or path.startswith("numpy.") else path


def modules_in(paths: Iterable[str | None]) -> set[str]:
    """What is to be imported for some paths, besides NumPy: of each the longest part that is a module."""
    found = set()
    for path in paths:
        parts = path.split(".") if path is not None and not path.startswith("np.") else []
        modules = [module for end in range(len(parts)) if (module := ".".join(parts[: end + 1])) in sys.modules]
        found.update(modules[-1:])
    return found
