"""The last resort of folding: parts of any graph, by how far they are from its beginning."""

from __future__ import annotations

from collections.abc import Hashable

from .patterns import Folder
from .quotient import REGION, Fold

MOST = 24
"""A picture of more regions than this says less than one of fewer."""


def regions(folder: Folder, limit: int) -> None:
    """Fold into at most so many parts, whatever the graph looks like.

    Levels of depth are put together, as many as are needed; what hangs together in them is a region. If that are too
    many, all of them at one depth are one.
    """
    parts = folder.parts
    roots = {part for part in range(len(parts)) if parts.has_root(part)}
    if len(roots) >= max(limit // 2, 1):
        roots = set()
    room = max(limit - len(roots), 1)
    for count in (MOST, MOST // 2, MOST // 4, 2):
        if count > room:
            continue
        bucket = buckets(folder, count, roots)
        labels: list[Hashable] = [
            ("root", part) if part in roots else label
            for part, label in enumerate(hanging_together(folder, bucket, roots))
        ]
        if len(set(labels)) <= limit:
            folder.merge(labels, lambda label, group: Fold(REGION, form=REGION))
            if len(folder.parts) <= limit:
                return
            break
    parts = folder.parts
    roots = {part for part in range(len(parts)) if parts.has_root(part)} if roots else set()
    last_resort = roots if not any(parts.after[part] for part in roots) else set()
    bucket = buckets(folder, min(MOST, max(limit - len(last_resort), 1)), last_resort)
    labels = [("root", part) if part in last_resort else bucket[part] for part in range(len(parts))]
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
