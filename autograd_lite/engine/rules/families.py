"""Families of rules that are imported when one of their functions is first met.

A first network needs sums, products and a few more. The rest of NumPy, and SciPy, cost nothing until
somebody uses them: neither time at import nor memory.
"""

from __future__ import annotations

import sys
import threading
from importlib import import_module

from .table import importing

ON_DEMAND = [
    "complex_parts", "methods", "transcendental", "masked", "statistics", "quantiles", "ordering", "sequences",
    "polynomials", "creating", "padding", "rearranging", "selecting", "products", "norms", "solving", "factoring",
    "fourier",
]  # fmt: skip
"""Families of NumPy's functions."""

OF_SCIPY = ["special", "scipy_linalg", "signal", "distributions"]
"""Families of SciPy's functions, which are met only where SciPy is imported already."""

loaded: set[str] = set()
one_at_a_time = threading.RLock()


def complete() -> bool:
    """Import the families that are still missing; True if there were any."""
    wanted = [*ON_DEMAND, *(OF_SCIPY if "scipy.special" in sys.modules else [])]
    if loaded.issuperset(wanted):
        return False
    with one_at_a_time:
        for name in wanted:
            if name in loaded:
                continue
            importing.append(name)
            try:
                import_module(f".{name}", __package__)
            finally:
                importing.pop()
            loaded.add(name)
    return True
