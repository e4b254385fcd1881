"""`array`: nested lists that hold Values, as one Value."""

from __future__ import annotations

from typing import Any

import numpy as np

from .value import Value


def array(parts: Any) -> Any:
    """Build an array from nested lists of numbers and Values, and keep the graph.

    ``np.array([v, w])`` cannot: NumPy would have to make plain numbers of v and w.

    Parameters
    ----------
    parts : number, Value, array_like, or a nested list of them
        Lists on one level must have parts of one shape.

    Returns
    -------
    Value, or ndarray if there is no Value among the parts

    Raises
    ------
    ValueError
        If the parts of a list differ in shape.

    Examples
    --------
    >>> import autograd_lite as ag
    >>> v, w = ag.Value(1.0), ag.Value(2.0)
    >>> ag.array([[v, w], [w, 0.0]]).shape
    (2, 2)
    """
    if not holds_value(parts):
        return np.asarray(parts)
    if isinstance(parts, Value):
        return parts
    rows = [array(part) for part in parts]
    shapes = {np.shape(row) for row in rows}
    if len(shapes) > 1:
        raise ValueError(f"ag.array needs parts of one shape in a list; it was given parts of shapes {sorted(shapes)}.")
    return np.stack(rows)


def holds_value(parts: Any) -> bool:
    return isinstance(parts, Value) or (isinstance(parts, list | tuple) and any(map(holds_value, parts)))
