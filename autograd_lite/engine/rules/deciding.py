"""What decides how many entries there are: masks, and places that are left out."""

from typing import Any

import numpy as np

from ..tracing import RecordingError, current_trace
from .values import bare, is_value


def settled(x: Any, what: str) -> Any:
    """The bare numbers of something that decides about a shape.

    A program's shapes are the same in every run, so while a function is recorded they may not be computed.
    """
    if not is_value(x):
        return x
    trace = current_trace()
    if trace is not None and not trace.is_constant(x):
        raise RecordingError(
            f"{what} gives as many entries as the numbers of {x.described()} say (a mask, for one). They "
            f"differ from run to run, and a program's shapes do not. Use np.where(mask, v, 0), and np.sum(mask) for "
            f"their number."
        )
    return np.asarray(bare(x))
