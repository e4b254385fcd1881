"""0 times any slope is 0: what keeps a gradient of nothing from becoming nan."""

from __future__ import annotations

from typing import Any

import numpy as np

from .table import primitive, rule


def nothing_from_nothing(g: Any, gradient: Any) -> Any:
    """An elementwise gradient that is 0 and not nan where no gradient came in: 0 times any slope is 0.

    That makes ``np.where(x > 0, np.log(x), 0.0)`` safe: the branch that is not taken sends back 0.
    """
    raw = gradient if type(gradient) is np.ndarray else getattr(gradient, "_data", gradient)
    if type(raw) is np.ndarray:
        entries = raw.ravel()
        squares = entries.dot(entries)  # nan if an entry is, in a third of the time of np.isnan(raw).any()
        return gradient if squares == squares else np.where((g == 0) & np.isnan(gradient), 0, gradient)
    return type(raw)(0) if raw != raw and getattr(g, "_data", g) == 0 else gradient


@primitive
def nothing_where_nothing(came: Any, gradient: Any, slope_of: Any = None) -> Any:
    """`nothing_from_nothing` as an operation of a recording, which must look anew in every run.

    ``slope_of`` is the function whose slope it is: where that is always finite, a program needs no look.
    """
    return nothing_from_nothing(came, gradient)


@primitive
def unless_nothing(came: Any, gradient: Any, g: Any, slope_of: Any = None) -> Any:
    """The derivative of `nothing_where_nothing`: g, but 0 where that made 0 of nan."""
    return np.where((came == 0) & np.isnan(gradient), 0, g)


rule(
    nothing_where_nothing,
    None,
    lambda g, ans, came, gradient, slope_of=None: unless_nothing(came, gradient, g, slope_of=slope_of),
    symbol="0 from 0",
)
rule(
    unless_nothing,
    None,
    None,
    lambda g, ans, came, gradient, inner, slope_of=None: unless_nothing(came, gradient, g, slope_of=slope_of),
    symbol="0 from 0",
)
