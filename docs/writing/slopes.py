"""Which functions that are written with others have results that carry a gradient: asked of their rows in the tests."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograd_lite import Value
from autograd_lite.engine.rules.table import COMPOSITES

from . import tested

TRIED = 6
"""How many rows of a function are run at most."""


def has_slope(func: Callable[..., Any]) -> bool:
    """True if some result of the function carries a gradient, in one of its rows."""
    if func not in COMPOSITES:
        return True
    written, found = COMPOSITES[func], []

    def watched(*args: Any, **kwargs: Any) -> Any:
        found.append(written(*args, **kwargs))
        return found[-1]

    COMPOSITES[func] = watched
    try:
        return any(call_of(case) or any(map(carries, found)) for case in tested.rows(func)[:TRIED])
    finally:
        COMPOSITES[func] = written


def call_of(case: Any) -> bool:
    """Run a row; True for a function that is called by itself, which no table hands on."""
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        result = case.call(*map(Value, case.arrays(case.drawn_shapes(1), 1)))
    return case.call is case.func and carries(result)


def carries(result: Any) -> bool:
    """True if a Value among the results carries a gradient."""
    return any(isinstance(part, Value) and part.carries_gradient for part in leaves(result))


def leaves(result: Any) -> Iterator[Any]:
    """The parts of a result, however nested."""
    if isinstance(result, list | tuple):
        for part in result:
            yield from leaves(part)
    else:
        yield result
