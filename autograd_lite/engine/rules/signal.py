"""SciPy's convolution, as functions that a Value can see.

Two forms of one sum are each other's way back: the *full* convolution has an entry wherever the two arrays overlap at
all, the *valid* one where the smaller lies inside the larger. The gradient meets the other operand reversed.
"""

from typing import Any

import numpy as np

from .table import primitive, rule


def reverse(x: Any) -> Any:
    """The entries in the opposite order along every axis."""
    return x[(slice(None, None, -1),) * np.ndim(x)]


@primitive
def convolve_full(x: Any, y: Any, method: str = "auto") -> Any:
    """The convolution, of length n + m - 1 along each axis."""
    from scipy.signal import convolve  # takes long to import, and is not needed by who needs other functions

    return convolve(x, y, "full", method)


@primitive
def convolve_valid(x: Any, y: Any, method: str = "auto") -> Any:
    """Its entries that need nothing from beyond x, which is not shorter than y along any axis: n - m + 1 of them."""
    from scipy.signal import convolve

    return convolve(x, y, "valid", method)


# fmt: off
rule(convolve_full,  lambda g, ans, x, y, method="auto": convolve_valid(g, reverse(y), method=method),
                     lambda g, ans, x, y, method="auto": convolve_valid(g, reverse(x), method=method))
rule(convolve_valid, lambda g, ans, x, y, method="auto": convolve_full(g, reverse(y), method=method),
                     lambda g, ans, x, y, method="auto": convolve_valid(reverse(x), g, method=method))
# fmt: on
