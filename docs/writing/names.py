"""What users call a function: ``np.linalg.det``, ``ag.relu``; and its other names."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

ROOMS = {
    "numpy": "np", "numpy.linalg": "np.linalg", "numpy.fft": "np.fft", "numpy.lib.scimath": "np.emath",
    "autograd_lite": "ag", "math": "math",
    "scipy.special": "scipy.special", "scipy.linalg": "scipy.linalg", "scipy.signal": "scipy.signal",
    "scipy.stats": "scipy.stats", "scipy.integrate": "scipy.integrate",
}  # fmt: skip
"""The modules whose functions people call, and how they write them."""

SCIPY = find_spec("scipy") is not None
if SCIPY:
    import scipy.special  # noqa: F401  (its rules are imported with those of NumPy)

OURS = "autograd_lite.scipy"
"""Its modules have SciPy's functions that do not reach a Value by NumPy's protocols."""


HERE = "autograd_lite."


def modules() -> Iterator[tuple[Any, str]]:
    """Each module whose functions people call, and its name."""
    for path, name in ROOMS.items():
        if SCIPY or not path.startswith("scipy"):
            yield import_module(path), name
    if SCIPY and find_spec(OURS) is not None:
        for part in ("special", "linalg", "signal", "stats", "integrate"):
            if find_spec(f"{OURS}.{part}") is not None:
                yield import_module(f"{OURS}.{part}"), f"{HERE}scipy.{part}"


@cache
def known() -> dict[Any, list[str]]:
    """All public names of each function."""
    found: dict[Any, list[str]] = {}
    for module, name in modules():
        for attribute in sorted(dir(module)):
            thing = None if attribute.startswith("_") else getattr(module, attribute, None)
            for function, own in functions_in(thing, f"{name}.{attribute}"):
                found.setdefault(function, []).append(own)
    return found


def functions_in(thing: Any, name: str) -> Iterator[tuple[Any, str]]:
    """A function with its name; for an object of the package's own, such as a distribution, its methods."""
    if type(thing).__module__.startswith(OURS):
        methods = {key: method for kind in type(thing).__mro__ for key, method in vars(kind).items()}
        yield from ((method, f"{name}.{key}") for key, method in methods.items() if callable(method) and key[0] != "_")
    elif callable(thing) and getattr(thing, "__hash__", None) is not None:
        yield thing, name


def public(func: Callable[..., Any]) -> str:
    """How users write a function; empty for what the engine keeps to itself."""
    names = [name.removeprefix(HERE) for name in known().get(func, [])]
    own = getattr(func, "__name__", "")
    return next((name for name in names if name.rpartition(".")[2] == own), names[0] if names else "")


def others(func: Callable[..., Any]) -> list[str]:
    """Its other names: ``np.abs`` is ``np.absolute``."""
    names = [name.removeprefix(HERE) for name in known().get(func, [])]
    return [name for name in dict.fromkeys(names) if name != public(func)]


def is_own(func: Callable[..., Any]) -> bool:
    """True for a function of SciPy's that only the package's own room has."""
    names = known().get(func, [])
    return bool(names) and all(name.startswith(HERE) for name in names)


__all__ = ["known", "math", "modules", "others", "public"]
