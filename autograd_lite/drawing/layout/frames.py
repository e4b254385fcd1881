"""Which frames follow which: layers of a network should stand in one row, not one above the other."""

from __future__ import annotations

from collections.abc import Sequence


def framed(count: int, frames: Sequence[Sequence[int]]) -> list[int]:
    """For each box the number of its frame, -1 if it is in none."""
    frame_of = [-1] * count
    for number, boxes in enumerate(frames):
        for box in boxes:
            frame_of[box] = number
    return frame_of


def successions(count: int, edges: Sequence[tuple[int, int]], frames: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Pairs of frames of which the second is computed from the first, and the first not from the second.

    Only pairs with no third frame between them; to let each begin where the one before ends makes no circle.

    Parameters
    ----------
    count : int
        The number of boxes.
    edges : sequence of (int, int)
    frames : sequence of sequence of int
        The boxes of each frame.

    Returns
    -------
    list of (int, int)

    Examples
    --------
    >>> successions(4, [(0, 1), (1, 2), (2, 3)], [(0, 1), (3,)])
    [(0, 1)]
    >>> successions(3, [(0, 1), (1, 2)], [(0, 2), (1,)])
    []
    """
    frame_of = framed(count, frames)
    heads: list[list[int]] = [[] for _ in range(count)]
    for tail, head in edges:
        heads[tail].append(head)
    near = [reached(number, heads, frames, frame_of, through=False) for number in range(len(frames))]
    far = [reached(number, heads, frames, frame_of, through=True) for number in range(len(frames))]
    pairs = [(first, second) for first, others in enumerate(near) for second in sorted(others)]
    return [(first, second) for first, second in pairs if first not in far[second]]


def reached(
    start: int, heads: list[list[int]], frames: Sequence[Sequence[int]], frame_of: list[int], through: bool
) -> set[int]:
    """The other frames that arrows lead to from one frame; only the next ones, or ``through`` these to others.

    All boxes of a frame count as one.
    """
    found: set[int] = set()
    stack = list(frames[start])
    seen = set(stack)
    while stack:
        for head in heads[stack.pop()]:
            if head in seen:
                continue
            number = frame_of[head]
            if number < 0:
                seen.add(head)
                stack.append(head)
            elif number not in found and number != start:
                found.add(number)
                if through:
                    seen.update(frames[number])
                    stack.extend(frames[number])
    return found
