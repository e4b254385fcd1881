"""Where arrows leave and reach a box: in the order in which they come, apart, straight ones in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .network import Network

LEAN = 0.2
"""How far an arrow that comes from aside meets its box aside, of the way between the two."""
APART = 10.0
"""Between two arrows at one side of a box."""
CORNER = 12.0
"""From a corner of a box to its first arrow."""

FIRM = 1e6
"""How firmly an arrow that can run straight wants its place."""

Ports = dict[tuple[int, bool], float]
"""By the number of a link, and whether it is its head: the place across."""


def ports(network: Network, between_boxes: float) -> Ports:
    """Where every link leaves and reaches its boxes."""
    found: Ports = {}
    sides: dict[tuple[int, bool], list[int]] = {}
    for number, link in enumerate(network.links):
        sides.setdefault((link.tail, False), []).append(number)
        sides.setdefault((link.head, True), []).append(number)
    for (node, at_head), numbers in sides.items():
        middle = network.place[node]
        room = max(network.across[node] - 2 * CORNER, network.across[node] / 2)
        next_to = {number: network.links[number].chain[-2 if at_head else 1] for number in numbers}
        near = {number: network.place[other] - middle for number, other in next_to.items()}
        numbers.sort(key=lambda number: (near[number], number))
        wanted = []  # where, and how firmly
        for number in numbers:
            # A long arrow runs straight on if it can; a short one comes from the middle of a box, and leans.
            way = near[number] * (LEAN if next_to[number] < network.boxes else 1.0)
            place = min(max(way, -room / 2), room / 2)
            wanted.append((place, FIRM if abs(place - near[number]) < 0.5 else 1.0))
        ends = [(network.links[number].tail, network.links[number].head) for number in numbers]
        widths = [max(between_boxes, network.links[number].across) for number in numbers]
        gaps = [width if one == two else APART for (one, two), width in zip(pairwise(ends), widths, strict=False)]
        for number, offset in zip(numbers, spread(wanted, gaps, room), strict=True):
            found[number, at_head] = middle + offset
    return found


def spread(wanted: Sequence[tuple[float, float]], gaps: Sequence[float], room: float) -> list[float]:
    """Places near those that are wanted, in the same order, at least the gaps apart, within ``room`` around 0.

    Parameters
    ----------
    wanted : sequence of (float, float)
        Places, and how firmly each is wanted.
    gaps : sequence of float
        Narrower if there is no room.
    room : float

    Returns
    -------
    list of float

    Examples
    --------
    >>> spread([(-1.0, 1.0), (1.0, 1.0)], [10.0], 60.0)
    [-5.0, 5.0]
    >>> spread([(-1.0, 1.0), (0.0, 1e6)], [10.0], 60.0)
    [-10.0, 0.0]
    >>> spread([(0.0, 1.0), (0.0, 1.0)], [24.0], 12.0)
    [-6.0, 6.0]
    """
    total = sum(gaps)
    scale = min(1.0, room / total) if total else 1.0
    steps = [0.0]
    for gap in gaps:
        steps.append(steps[-1] + gap * scale)
    blocks: list[tuple[float, float, int]] = []  # weighted sum, weight, how many: isotonic regression
    for (want, weight), step in zip(wanted, steps, strict=True):
        blocks.append(((want - step) * weight, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = (blocks[-1][0] + last[0], blocks[-1][1] + last[1], blocks[-1][2] + last[2])
    levels = [total / weight for total, weight, size in blocks for _ in range(size)]
    lowest, highest = -room / 2, room / 2 - steps[-1]
    return [round(min(max(level, lowest), highest) + step, 2) for level, step in zip(levels, steps, strict=True)]
