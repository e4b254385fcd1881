"""`array`: nested lists that hold Values, as one Value."""

from __future__ import annotations

from typing import Any

from .rules.shapes import nested_array


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
    return nested_array(parts)
