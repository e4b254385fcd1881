"""Counting how often arrows cross."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def crossings(ends: Sequence[Sequence[int]]) -> int:
    """How many arrows between two layers cross.

    Parameters
    ----------
    ends : sequence of sequence of int
        For each node of the first layer, in order, where in the second layer its arrows end.

    Returns
    -------
    int

    Examples
    --------
    >>> crossings([[1], [0]])
    1
    >>> crossings([[0, 2], [1]])
    1
    >>> crossings([[0, 0], [0, 1]])
    0
    """
    size = 1 + max((end for one in ends for end in one), default=0)
    tree = [0] * (size + 1)  # Fenwick's: how many arrows so far end at or before a place
    found = total = 0
    for one in ends:
        for end in one:
            at, before = end + 1, 0
            while at:
                before += tree[at]
                at &= at - 1
            found += total - before
        for end in one:
            at = end + 1
            while at <= size:
                tree[at] += 1
                at += at & -at
        total += len(one)
    return found


def gain(first: Sequence[int], second: Sequence[int]) -> int:
    """How many crossings fewer there are if two neighbours change places, by the sorted ends of their arrows.

    Examples
    --------
    >>> gain([1], [0])
    1
    >>> gain([0], [1, 2])
    -2
    """
    return pairs_less(second, first) - pairs_less(first, second)


def pairs_less(first: Sequence[int], second: Sequence[int]) -> int:
    """How many pairs of an end of each there are of which the first is less."""
    return sum(bisect_left(first, end) for end in second)
