"""What SciPy's distributions need besides special functions; ``autograd_lite/scipy`` writes them with those."""

from typing import Any

import numpy as np

from .table import primitive, rule


@primitive
def on_simplex(x: Any, summed: bool = True) -> Any:
    """Entries between 0 and 1 that sum to 1 along the first axis, as they are; others raise ValueError."""
    if np.min(x, initial=0) < 0 or np.max(x, initial=1) > 1:
        raise ValueError("Each entry of 'x' must be between 0 and 1: they are parts of a whole.")
    if summed and np.any(np.abs(np.sum(x, axis=0) - 1) > (1e-9 if x.dtype == np.float64 else 1e-5)):
        raise ValueError("The entries of 'x' along its first axis must sum to 1; or leave the last one out.")
    return x


rule(on_simplex, lambda g, ans, x, summed=True: g)
