"""Nested arguments and results: lists, tuples and dicts of arrays, taken apart and put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np


def is_container(thing: Any) -> bool:
    """True for what is taken apart: a dict or tuple, or a list that is not simply an array written down."""
    if type(thing) is float or type(thing) is np.ndarray:  # by far the commonest
        return False
    return isinstance(thing, dict | tuple) or (isinstance(thing, list) and not all_numbers(thing))


def all_numbers(thing: Any) -> bool:
    """True for a number, and for nested lists of nothing but numbers: NumPy would make one array of it."""
    if isinstance(thing, list):
        return bool(thing) and all(map(all_numbers, thing))
    return isinstance(thing, bool | int | float | complex | np.generic)


def leaves(tree: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every part that is no container, with a name that says where it is.

    Examples
    --------
    >>> list(leaves({"W": 1.0, "b": [(2.0, 3.0)]}, "p"))
    [('p_W', 1.0), ('p_b_0_0', 2.0), ('p_b_0_1', 3.0)]
    """
    if not is_container(tree):
        yield name, tree
        return
    for key, part in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield from leaves(part, f"{name}_{key}" if name else str(key))


def parts_like(tree: Any, model: Any) -> Iterator[Any]:
    """The parts of a tree in the order in which another one of the same shape has them.

    Examples
    --------
    >>> list(parts_like({"b": 2.0, "W": 1.0}, {"W": 0.0, "b": 0.0}))
    [1.0, 2.0]
    """
    if not is_container(model):
        yield tree
        return
    for key in model if isinstance(model, dict) else range(len(model)):
        yield from parts_like(tree[key], model[key])


def mapped(change: Callable[[Any], Any], tree: Any) -> Any:
    """The same tree with every part changed, in the order of `leaves`.

    Examples
    --------
    >>> mapped(lambda x: -x, {"W": 1.0, "b": (2.0, 3.0)})
    {'W': -1.0, 'b': (-2.0, -3.0)}
    """
    if not is_container(tree):
        return change(tree)
    if isinstance(tree, dict):
        return {key: mapped(change, part) for key, part in tree.items()}
    parts = [mapped(change, part) for part in tree]
    if hasattr(tree, "_fields"):  # a named tuple
        return type(tree)(*parts)
    return parts if isinstance(tree, list) else tuple(parts)


def same_shape(tree: Any, model: Any) -> bool:
    """True if a tree has the containers, keys and lengths of another; a list of numbers may be either.

    Examples
    --------
    >>> same_shape([1.0, 2.0], [0.0, (0.0,)]), same_shape([1.0, (2.0,)], [0.0, (0.0,)])
    (False, True)
    """
    if not is_container(model):
        return not is_container(tree)
    if not isinstance(tree, dict | list | tuple) or len(tree) != len(model):
        return False
    if isinstance(model, dict):
        return (
            isinstance(tree, dict) and tree.keys() == model.keys() and all(same_shape(tree[k], model[k]) for k in tree)
        )
    return not isinstance(tree, dict) and all(map(same_shape, tree, model))
