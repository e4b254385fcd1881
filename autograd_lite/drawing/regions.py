"""The last resort of folding: parts of any graph, by how far they are from its beginning."""

from __future__ import annotations

from collections.abc import Hashable

from .patterns import Folder
from .quotient import REGION, Fold

MOST = 16
"""A picture of more regions than this says less than one of fewer."""


def regions(folder: Folder, limit: int) -> None:
    """Fold into at most so many parts, whatever the graph looks like.

    Levels of depth are put together, as many as are needed. What hangs together in them is a region if it is large;
    all small ones at one depth are one.
    """
    parts = folder.parts
    roots = {part for part in range(len(parts)) if parts.has_root(part)}
    if 4 * len(roots) > limit:
        roots = set()
    bucket = buckets(folder, max(1, min(MOST, 2 * limit // 5)), roots)
    labels: list[Hashable] = [("small", number) for number in bucket]
    sizes: dict[int, int] = {}
    together = hanging_together(folder, bucket, roots)
    for part, region in enumerate(together):
        sizes[region] = sizes.get(region, 0) + len(parts.members[part])
    for part, region in enumerate(together):
        if sizes[region] * limit > 4 * len(folder.graph):  # so that there are at most a quarter of the limit of them
            labels[part] = ("large", region)
    put_together(folder, labels, roots)
    if len(folder.parts) > limit:  # because groups were held apart, or cycles were
        parts = folder.parts
        roots = (
            {part for part in range(len(parts)) if parts.has_root(part) and not parts.after[part]} if roots else roots
        )
        put_together(folder, list(buckets(folder, min(MOST, max(limit - len(roots), 1)), roots)), roots)


def put_together(folder: Folder, labels: list[Hashable], roots: set[int]) -> None:
    """Make regions of these labels; what was asked for stays outside."""
    labels = [("root", part) if part in roots else label for part, label in enumerate(labels)]
    folder.merge(labels, lambda label, group: Fold(REGION, form=REGION))


def buckets(folder: Folder, count: int, roots: set[int]) -> list[int]:
    """For each part a number from 0 to count - 1 that never shrinks along an arrow: its depth, in steps.

    About equally many parts lie on each step.
    """
    parts = folder.parts
    depth = [0] * len(parts)
    for part, used in enumerate(parts.before):
        depth[part] = max((depth[u] + 1 for u in used), default=0)
    for part in reversed(range(len(parts))):  # what is given stands beside what uses it first
        if parts.is_leaf(part) and parts.after[part]:
            depth[part] = min(depth[u] for u in parts.after[part])
    at_depth: dict[int, int] = {}
    for part, level in enumerate(depth):
        at_depth[level] = at_depth.get(level, 0) + (part not in roots)
    total, passed, number = max(sum(at_depth.values()), 1), 0, {}
    for level in sorted(at_depth):
        number[level] = min(passed * count // total, count - 1)
        passed += at_depth[level]
    return [number[level] for level in depth]


def hanging_together(folder: Folder, bucket: list[int], roots: set[int]) -> list[int]:
    """For each part the first of those in its bucket that it is connected with."""
    parts = folder.parts
    above = list(range(len(parts)))

    def top(part: int) -> int:
        while above[part] != part:
            above[part] = above[above[part]]
            part = above[part]
        return part

    for part, used in enumerate(parts.before):
        for other in used:
            together = bucket[other] == bucket[part] and folder.same_zone(other, part)
            if together and part not in roots and other not in roots:
                a, b = sorted((top(other), top(part)))
                above[b] = a
    return [top(part) for part in range(len(parts))]
