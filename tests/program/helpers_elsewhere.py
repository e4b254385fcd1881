"""Functions with the names of others, as they come together from two files."""

from typing import Any

import numpy as np

import autograd_lite as ag

SCALE = 3.0
WEIGHTS = np.array([1.0, 10.0, 100.0])


def scaled(x: Any) -> Any:
    return x * SCALE


@ag.primitive
def measure(x: Any) -> Any:
    """Another function of this name is in `test_copying`."""
    return scaled(x) + np.sum(WEIGHTS)


ag.no_gradient(measure)
