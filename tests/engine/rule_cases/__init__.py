"""The table of the tests: every function with a derivative rule, how it is called, and where it is smooth.

A file a family, as in ``engine/rules``. To add a function, add a `row` to its family's file; the tests find it by
themselves, and fail while a function of the engine's tables has none.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.table import COMPOSITES, METHODS, RULES, WITH_SETTINGS

SCIPY = find_spec("scipy") is not None
if SCIPY:
    import scipy.special  # noqa: F401  (its rules are imported with those of NumPy)
families.complete()

from autograd_lite.engine.rules.selecting import WRITES  # noqa: E402

from . import (  # noqa: E402, F401  (each adds its rows)
    calculus,
    complex_parts,
    elementwise,
    factoring,
    fourier,
    indexing,
    linalg,
    masked,
    methods,
    ordering,
    products,
    rearranging,
    reductions,
    selecting,
    sequences,
    settings,
    shapes,
    solving,
    statistics,
    transcendental,
)
from .table import CASES, Case  # noqa: E402

if SCIPY:
    from . import distributions, integration, scipy_linalg, signal, special  # noqa: F401


def of_the_package(func: Callable[..., Any]) -> bool:
    """True if NumPy, SciPy or the package wrote it: tests and examples in docstrings register functions too."""
    top = (getattr(func, "__module__", None) or "numpy").split(".")[0]
    return isinstance(func, np.ufunc) or top in ("numpy", "scipy", "autograd_lite")


# Read when this file is imported: before the doctests, which register rules of their own, run.
DIFFERENTIABLE = [f for f, op in RULES.items() if op.differentiable and of_the_package(f)]
WRITTEN_WITH_OTHERS = [
    *(f for f in COMPOSITES if of_the_package(f) and f not in WRITES),
    *(written for name, written in METHODS.items() if name != "at"),
    *(written for _, written in WITH_SETTINGS.values()),
]

__all__ = ["CASES", "DIFFERENTIABLE", "SCIPY", "WRITTEN_WITH_OTHERS", "Case"]
