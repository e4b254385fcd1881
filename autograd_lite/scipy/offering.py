"""How the functions of this room are made known."""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import scipy.special  # noqa: F401  (its rules are imported with those of NumPy)

from ..engine.rules import families
from ..engine.rules.table import composite

families.complete()

F = TypeVar("F", bound=Callable[..., Any])


def offered(func: F) -> F:
    """A function that is written with others, in the engine's list of those (a decorator)."""
    composite(func)(func)
    return func


def missing(module: str, name: str, names: list[str]) -> NoReturn:
    """What is said about a name that is not offered."""
    raise AttributeError(
        f"module {module!r} has no attribute {name!r}. Of SciPy's functions it has {', '.join(sorted(names))}."
    )
