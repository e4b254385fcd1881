"""Composing: from what is in a picture and how its cards look to a `Scene`, with a layout in between."""

from __future__ import annotations

from math import ceil

from .cards import STACK, Face, face_of
from .chips import Chip, chip_of, placed_chips, queues_of, size_of
from .curves import polyline
from .directions import direction_of
from .layout import Box, Edge, Frame, Placed, Plan, Point, placed
from .scene import Curve, Item, Mark, Scene, Shape, Text, moved
from .view import Arrow, View, said_of
from .widths import width_of

MARGIN = 20.0

TITLE_SIZE, TITLE_HEIGHT, TITLE_GAP = 14.0, 20.0, 14.0
NOTE_SIZE, NOTE_HEIGHT, NOTE_GAP = 12.5, 18.0, 12.0
LEAST_WIDTH = 450.0
"""Pictures are at least so wide if words stand above or below them."""

FRAME_TITLE = 12.5
ACROSS = ("LR", "RL")
BETWEEN_RANKS, AROUND_CHIP, BETWEEN_BOXES = 56.0, 34.0, 26.0


def composed(view: View, direction: str = "LR", engine: str = "auto", timeout: float = 20.0) -> Scene:
    """The scene of a view.

    Parameters
    ----------
    view : View
    direction : {"LR", "TB", "RL", "BT"}
    engine : {"auto", "pygraphviz", "dot", "built-in"}
    timeout : float
        Seconds for the layout.

    Raises
    ------
    GraphvizNotFound, DrawingFailed, DrawingTimeout
        See `layout.placed`.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> from autograd_lite.drawing.reading import view_of
    >>> x = Value(3.0, name="x")
    >>> [item.id for item in composed(view_of(x * x), engine="built-in").items]
    ['title', 'e0', 'e1', 'n0', 'n1', 's0', 's1', 'caption']
    """
    faces = [face_of(card) for card in view.cards]
    chips = chips_of(view)
    queues = queues_of(chips, view.arrows, sides_of(faces, direction), direction in ACROSS)
    found = placed(plan_of(view, faces, chips, direction), engine, timeout)
    titles = places_of_titles(view, found)
    slopes = placed_chips(chips, queues, found, [(x, y, x + width, y + 22) for x, y, width in titles])
    left, top, right, bottom = extent(found, slopes)
    inner = max(right - left, LEAST_WIDTH)
    title, notes = wrapped(view.title, TITLE_SIZE, inner, True), noted(view, inner)
    head = TITLE_HEIGHT * len(title) + TITLE_GAP
    x, y = MARGIN - left + (inner - (right - left)) / 2, MARGIN + head - top
    below = y + bottom + (NOTE_GAP if notes else 0.0)
    items = [
        Item("title", "title", lines_of(title, MARGIN, TITLE_SIZE, TITLE_HEIGHT, "ink", inner)),
        *frames_of(view, found, titles, x, y),
        *arrows_of(view, found, x, y),
        *cards_of(view, faces, found, x, y),
        *slopes_of(view, slopes, x, y),
    ]
    if notes:
        items.append(Item("caption", "caption", lines_of(notes, below, NOTE_SIZE, NOTE_HEIGHT, "muted", inner)))
    height = below + NOTE_HEIGHT * len(notes) + MARGIN
    return Scene(ceil(inner + 2 * MARGIN), ceil(height), tuple(items), view.title, view.listing)


def direction_for(view: View) -> str:
    """Which way the arrows of a view should lead.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> from autograd_lite.drawing.reading import view_of
    >>> direction_for(view_of(Value(3.0) + 1))
    'LR'
    """
    faces, chips = [face_of(card) for card in view.cards], chips_of(view)
    return direction_of(plan_of(view, faces, chips, "LR"), plan_of(view, faces, chips, "TB"))


def chips_of(view: View) -> list[Chip | None]:
    """What stands on each arrow, on the ground that is behind it."""
    group_of = {card: i for i, group in enumerate(view.groups) for card in group.cards}
    return [
        chip_of(arrow, "frame" if group_of.get(arrow.tail, -1) == group_of.get(arrow.head, -2) else "paper")
        for arrow in view.arrows
    ]


def plan_of(view: View, faces: list[Face], chips: list[Chip | None], direction: str) -> Plan:
    """What the layout is asked: with room for the slopes between the cards."""
    along = direction in ACROSS
    sizes = [size_of(chip, along) for chip in chips]
    queues = queues_of(chips, view.arrows, sides_of(faces, direction), along)
    rooms = [length * of + AROUND_CHIP if length else 0.0 for (length, _), (_, of) in zip(sizes, queues, strict=True)]
    return Plan(
        tuple(Box(face.width + behind, face.height + behind) for face, behind in zip(faces, stacks(view), strict=True)),
        tuple(
            Edge(arrow.tail, arrow.head, bool(view.cards[arrow.tail].formula), room, across)
            for arrow, room, (_, across) in zip(view.arrows, rooms, sizes, strict=True)
        ),
        tuple(Frame(group.cards, title_width=width_of(group.title, FRAME_TITLE) + 8) for group in view.groups),
        direction,
        BETWEEN_RANKS,
        BETWEEN_BOXES,
    )


def sides_of(faces: list[Face], direction: str) -> list[float]:
    """How long the side of each card is where arrows leave and reach it."""
    return [face.height if direction in ACROSS else face.width for face in faces]


def stacks(view: View) -> list[float]:
    """How far the cards behind each card reach."""
    return [2 * STACK if card.folds else 0.0 for card in view.cards]


def extent(found: Placed, slopes: dict[int, tuple[Chip, Point]]) -> tuple[float, float, float, float]:
    """How far cards, arrows and slopes reach: to the left, up, to the right, down."""
    spans = [
        (x - chip.width / 2, x + chip.width / 2, y - chip.above, y + chip.below) for chip, (x, y) in slopes.values()
    ]
    spans.append((0.0, found.width, 0.0, found.height))
    left, right, top, bottom = zip(*spans, strict=True)
    return min(left), min(top), max(right), max(bottom)


def places_of_titles(view: View, found: Placed) -> list[tuple[float, float, float]]:
    """For each frame where its title begins, and its width: at the upper left, or where fewer arrows cross it."""
    lines = [polyline(points) for points in found.edges] if found.frames else []
    places = []
    for group, frame in zip(view.groups, found.frames, strict=False):
        width = min(width_of(group.title, FRAME_TITLE), frame.width - 24)
        room = frame.width - 24 - width
        starts = [frame.x + 12 + part * room for part in (0.0, 1.0, 0.5)]
        points = [x for line in lines for x, y in line if frame.y - 8 <= y <= frame.y + 30]
        crossed = [sum(start - 12 <= x <= start + width + 12 for x in points) for start in starts]
        places.append((starts[crossed.index(min(crossed))], frame.y, width))
    return places


def frames_of(
    view: View, found: Placed, titles: list[tuple[float, float, float]], x: float, y: float
) -> list[Item]:  # fmt: skip
    """A dashed frame around each group, with its title at its top."""
    items = []
    for i, (group, place, (start, top, width)) in enumerate(zip(view.groups, found.frames, titles, strict=False)):
        second = group.kind == "gradient"
        frame = Shape(
            place.x + x, place.y + y, place.width, place.height, 12, "frame", "gradient" if second else "line", 1.2,
            "6 4", part="frame",
        )  # fmt: skip
        colour = "gradient" if second else "muted"
        title = Text(start + x, top + y + 18, group.title, FRAME_TITLE, colour, length=width, part="title")
        items.append(Item(f"g{i}", "frame", (frame, title), group.title))
    return items


def arrows_of(view: View, found: Placed, x: float, y: float) -> list[Item]:
    items = []
    for i, (arrow, points) in enumerate(zip(view.arrows, found.edges, strict=True)):
        line = 1.5 + min(arrow.count - 1, 8) * 0.15  # several uses in one arrow
        curve = moved(Curve(points, "line", line, part="line"), x, y)
        items.append(Item(f"e{i}", "arrow", (curve,), words_of(view, arrow)))
    return items


def words_of(view: View, arrow: Arrow) -> str:
    """An arrow in words."""
    tail, head = view.cards[arrow.tail], view.cards[arrow.head]
    words = f"{tail.name} is used in {head.definition}"
    if arrow.count > 1:
        words += f" ({arrow.count:,} times)"
    said = said_of(arrow) or arrow.slope
    return f"{words}; {said}" if said else words


def cards_of(view: View, faces: list[Face], found: Placed, x: float, y: float) -> list[Item]:
    items = []
    for i, (card, face, box) in enumerate(zip(view.cards, faces, found.boxes, strict=True)):
        marks = tuple(moved(mark, box.x + x, box.y + y) for mark in face.marks)
        words = f"{card.sentence}; {card.statistics}" if card.statistics else card.sentence
        items.append(Item(f"n{i}", "card", marks, words))
    return items


def slopes_of(view: View, slopes: dict[int, tuple[Chip, Point]], x: float, y: float) -> list[Item]:
    return [
        Item(
            f"s{i}", "slope", tuple(moved(mark, px + x, py + y) for mark in chip.marks), words_of(view, view.arrows[i])
        )
        for i, (chip, (px, py)) in slopes.items()
    ]


# ------------------------------------------------------------------------------- words above and below


def noted(view: View, width: float) -> list[str]:
    """The lines below a picture."""
    return [line for note in (*view.folded, *view.notes) for line in wrapped(note, NOTE_SIZE, width)]


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """A sentence in lines that are not wider than that, if its words are not."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size, "sans", bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def lines_of(lines: list[str], top: float, size: float, height: float, colour: str, width: float) -> tuple[Mark, ...]:
    bold = colour == "ink"
    return tuple(
        Text(
            MARGIN, top + height * i + size, line, size, colour, bold=bold,
            length=min(width_of(line, size, "sans", bold), width), part="line",
        )
        for i, line in enumerate(lines)
    )  # fmt: skip
