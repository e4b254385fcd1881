"""How the functions of this room are made known."""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import scipy.special  # noqa: F401  (its rules are imported with those of NumPy)

from ..engine.rules import families
from ..engine.rules.table import composite, primitive

families.complete()

F = TypeVar("F", bound=Callable[..., Any])


def offered(func: F) -> F:
    """Make a function that is written with others a peer of NumPy's that are (a decorator)."""
    peer = primitive(func)
    composite(peer)(func)
    return peer


def missing(module: str, name: str, names: list[str]) -> NoReturn:
    """What is said about a name that is not offered."""
    raise AttributeError(
        f"module {module!r} has no attribute {name!r}. Of SciPy's functions it has {', '.join(sorted(names))}."
    )
