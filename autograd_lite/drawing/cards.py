"""How a card looks: its size, and its marks from its own upper left corner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from .heat_marks import GAP, heat_marks, heat_size
from .numerals import Row
from .palette import ROLES, ROWS
from .scene import Mark, Shape, Text
from .view import CHANGED, CONSTANT, LOSS, MINUS, OPERATION, PARAMETER, RESULT, VARIABLE, Card, Heat
from .widths import width_of

WIDTH, NARROW, HEIGHT, RADIUS, STRIP = 150.0, 104.0, 84.0, 10.0, 8.0
LEFT, RIGHT = STRIP + 10.0, 12.0
"""From the borders to the text."""

HEAD, FORMULA, LINE, TWO_LINES, GAP_ABOVE, BELOW = 34.0, 17.0, 19.0, 30.0, 5.0, 7.0
"""Heights: of the name, of the formula below it, of a row, of one beside a small picture, free above and below rows."""

STACK = 4.0
"""By how much the cards behind a folded one stand out."""

WIDEST = 340.0
"""Whatever is longer is squeezed: a formula of many names, say."""

NAME, UNNAMED, WORD, BADGE, LABEL, NUMBER, LONG, SMALL = 19.0, 16.0, 12.0, 13.0, 12.5, 13.5, 11.5, 11.0
"""Sizes of text."""

LONG_FROM, LONG_TOTAL = 22, 28
"""Characters from which numbers are written smaller, and sums in two lines."""

BADGE_HEIGHT, BADGE_LEAST = 20.0, 26.0


@dataclass(frozen=True)
class Face:
    """What a card looks like.

    Attributes
    ----------
    width, height : float
    marks : tuple of Mark
        From (0, 0), its upper left corner.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Block:
    """Some rows under each other, with a small picture of an array on their left."""

    width: float
    height: float
    draw: Callable[[float, float], list[Mark]]
    """From the right end of the numbers and the top to marks."""


def face_of(card: Card) -> Face:
    """The card as marks.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> from autograd_lite.drawing.reading import view_of
    >>> face = face_of(view_of(Value(3.0, name="x")).cards[0])
    >>> face.width, face.height, [mark.text for mark in face.marks if isinstance(mark, Text)]
    (150.0, 84.0, ['x', 'variable', 'value', '3.0000', 'gradient', '·'])
    """
    blocks = blocks_of(card)
    name, formula = name_of(card), formula_of(card)
    right = right_of_name(card)
    inner = max(
        (WIDTH if blocks else NARROW) - LEFT - RIGHT,
        name.length + 12 + sum(mark_width for mark_width, _ in right),
        formula.length if formula else 0.0,
        *(block.width for block in blocks),
    )
    inner = ceil(min(inner, WIDEST))
    width = LEFT + inner + RIGHT
    top = HEAD + (FORMULA if formula else 0.0)
    height = float(top + 2)
    if blocks:
        height = float(ceil(max(top + GAP_ABOVE + sum(block.height for block in blocks) + BELOW, HEIGHT)))
    marks = ground(card, width, height)
    room = inner - 12 - sum(mark_width for mark_width, _ in right)
    marks.append(replace(name, length=max(room, 20.0)))
    end = width - RIGHT
    for mark_width, draw in right:
        marks += draw(end)
        end -= mark_width
    if formula:
        marks.append(replace(formula, length=inner))
    if blocks:
        marks.append(Shape(STRIP, top, width - STRIP - 2, 1.0, fill="hair", part="rule"))
    y = top + GAP_ABOVE
    for block in blocks:
        marks += block.draw(width - RIGHT, y)
        y += block.height
    return Face(width, height, tuple(marks))


def ground(card: Card, width: float, height: float) -> list[Mark]:
    """The card itself, its strip, and for a folded one the cards behind it."""
    colour, tint = ROLES[card.role]
    border, line, dashes = colour, 1.2, ""
    if card.role in (PARAMETER, VARIABLE, LOSS, RESULT):
        line = 2.0
    if "vanishing" in card.warnings:
        border, line, dashes = "muted", 2.0, "6 4"
    elif not card.carries_gradient:
        dashes = "4 3"
    if card.alarm or "exploding" in card.warnings:
        border, line, dashes = "alarm", 4.0, ""
    elif card.changed:
        border, line, dashes = "alarm", 2.0, "6 4"
    marks: list[Mark] = []
    if card.folds:
        marks += [
            Shape(step, step, width, height, RADIUS, tint, colour, 1.2, part="behind") for step in (2 * STACK, STACK)
        ]
    marks += [
        Shape(0, 0, width, height, RADIUS, tint, "", part="ground"),
        Shape(0, 0, STRIP + RADIUS, height, RADIUS, colour, "", part="strip"),
        Shape(STRIP, 0, RADIUS + 4, height, 0, tint, "", part="ground"),
        Shape(0, 0, width, height, RADIUS, "", border, line, dashes, part="border"),
    ]
    return marks


def name_of(card: Card) -> Text:
    """What it is called; names that nobody gave are smaller and grey."""
    own = card.named or (card.role == CONSTANT and not card.folds)
    size, font = (NAME, "serif") if own else (UNNAMED, "serif")
    y = 23.0
    length = width_of(card.name, size, font, bold=True)
    return Text(
        LEFT, y, card.name, size, "ink" if own else "muted", "start", font, own, True, length, part="name"
    )  # fmt: skip


def formula_of(card: Card) -> Text | None:
    if not card.formula:
        return None
    text = card.formula if card.holds else f"= {card.formula}"
    return Text(
        LEFT,
        HEAD + 8,
        text,
        LABEL - 0.5,
        "ink",
        font="mono",
        length=width_of(text, LABEL - 0.5, "mono"),
        part="formula",
    )


Drawn = tuple[float, Callable[[float], list[Mark]]]
"""A width, and what makes marks of a right end."""


def right_of_name(card: Card) -> list[Drawn]:
    """The operation in a pill, the shape, and the role as a word; from the right."""
    found: list[Drawn] = []
    if card.badge:
        text_width = width_of(card.badge, BADGE, "sans", bold=True)
        pill = max(BADGE_LEAST, text_width + 12)

        def badge(end: float) -> list[Mark]:
            y = (HEAD - BADGE_HEIGHT) / 2
            text = Text(
                end - pill / 2, y + 14.7, card.badge, BADGE, "ink", "middle", bold=True, length=pill - 8, part="badge"
            )
            return [Shape(end - pill, y, pill, BADGE_HEIGHT, BADGE_HEIGHT / 2, "paper", "line", 1.0, part="pill"), text]

        found.append((pill + 6, badge))
    for word in words_of(card):
        word_width = width_of(word, WORD)

        def written(end: float, word: str = word, word_width: float = word_width) -> list[Mark]:
            return [Text(end, 22.0, word, WORD, "muted", "end", length=word_width, part="role")]

        found.append((word_width + 8, written))
    return found


def words_of(card: Card) -> list[str]:
    shape = card.shape.removeprefix("(").removesuffix(")").removesuffix(",").replace(", ", "×")
    if card.folds and not card.badge:
        return [word for word in (shape, card.role) if word]
    role = "" if card.role == OPERATION or (card.badge and card.role not in (LOSS, RESULT)) else card.role
    return [word for word in (shape, role) if word]


# ------------------------------------------------------------------------------- rows


def blocks_of(card: Card) -> list[Block]:
    """Everything below the name."""
    blocks = []
    for word in alarming(card):
        blocks.append(line_of(word, "alarm", bold=True, part="alarm"))
    value = [row for row in card.rows if not is_of_gradient(card, row)]
    gradient = [row for row in card.rows if is_of_gradient(card, row)]
    if value:
        blocks.append(with_heat(card, value, "value"))
    if gradient:
        blocks.append(with_heat(card, gradient, "gradient"))
    elif value and not card.carries_gradient:
        blocks.append(line_of("no gradient", "muted", part="gradient"))
    blocks += [line_of(line, "gradient", size=LONG, font="mono", part="total") for line in lines_of_total(card.total)]
    if card.folds:
        what = "constants" if card.role == CONSTANT else "Values"
        blocks.append(line_of(f"{card.folds:,} {what} in it", "muted", part="folds"))
    return blocks


def lines_of_total(total: str) -> list[str]:
    """Where gradients meet, in lines that are not much longer than a card is wide.

    Examples
    --------
    >>> lines_of_total("12 + (−0.2498) + 0.8183 + … 9 more = 1.3499")
    ['12 + (−0.2498) + 0.8183', '+ … 9 more = 1.3499']
    """
    lines: list[str] = []
    for part in total.replace(" + ", "\n+ ").replace(" = ", "\n= ").splitlines():
        if lines and len(lines[-1]) + len(part) < LONG_TOTAL:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines


def alarming(card: Card) -> list[str]:
    words = [card.alarm] if card.alarm else []
    return [*words, *card.warnings, *([CHANGED] if card.changed else [])]


def is_of_gradient(card: Card, row: Row) -> bool:
    """True for the rows of the gradient, which follow those of the value."""
    place = next((i for i, other in enumerate(card.rows) if "gradient" in other.label), len(card.rows))
    return any(row is other for other in card.rows[place:])


def line_of(
    text: str, colour: str, size: float = WORD, font: str = "sans", bold: bool = False, part: str = ""
) -> Block:
    """One line of its own."""
    width = width_of(text, size, font, bold)

    def draw(end: float, y: float) -> list[Mark]:
        return [Text(LEFT, y + 14, text, size, colour, font=font, bold=bold, length=min(width, end - LEFT), part=part)]

    return Block(width, LINE, draw)


def with_heat(card: Card, rows: list[Row], part: str) -> Block:
    """Rows of labels and numbers, with the small picture of the array if they do not hold every entry."""
    heat = card.heat if part == "value" else card.gradient_heat
    if heat is not None and any("[" in row.text for row in rows):
        heat = None
    if heat is not None and part == "value":
        rows = [row for row in rows if "min … max" not in row.label] or rows
    if heat is not None:
        return beside_heat(heat, rows, part)
    width = max(row_width(row) for row in rows)

    def draw(end: float, y: float) -> list[Mark]:
        return [mark for i, row in enumerate(rows) for mark in row_marks(row, LEFT, end, y + LINE * i + 14, part)]

    return Block(width, LINE * len(rows), draw)


def beside_heat(heat: Heat, rows: list[Row], part: str) -> Block:
    """The small picture of an array on the left; on the right each label above its number."""
    heat_width, heat_height = heat_size(heat)
    content = TWO_LINES * len(rows)
    height = max(content, heat_height) + 6
    numbers = [row.text.replace("-", MINUS) for row in rows]
    width = heat_width + GAP + max(width_of(text, LONG, "mono") for text in numbers)

    def draw(end: float, y: float) -> list[Mark]:
        marks = heat_marks(heat, LEFT, y + (height - heat_height) / 2, part)
        top, room = y + (height - content) / 2, end - LEFT - heat_width - GAP
        for row, text in zip(rows, numbers, strict=True):
            label = min(width_of(row.label, SMALL), room)
            marks.append(Text(end, top + 10, row.label, SMALL, "muted", "end", length=label, part="label"))
            marks.append(
                Text(
                    end, top + 24, text, LONG, ROWS[row.kind], "end", "mono", True,
                    length=min(width_of(text, LONG, "mono"), room), part=part,
                )
            )  # fmt: skip
            top += TWO_LINES
        return marks

    return Block(width, height, draw)


def number_of(row: Row) -> tuple[str, float]:
    """The text of a row, with the sign that is as wide as a plus, and its size."""
    text = row.text.replace("-", MINUS)
    return text, NUMBER if len(text) < LONG_FROM else LONG


def row_width(row: Row) -> float:
    text, size = number_of(row)
    label = width_of(row.label, LABEL) + 12 if row.label else 0.0
    return label + width_of(text, size, "mono")


def row_marks(row: Row, left: float, right: float, y: float, part: str) -> list[Mark]:
    """The label on the left, the number on the right."""
    text, size = number_of(row)
    label_width = min(width_of(row.label, LABEL), (right - left) / 2)
    room = right - left - (label_width + 8 if row.label else 0)
    number = Text(
        right, y, text, size, ROWS[row.kind], "end", "mono", row.kind != "quiet", False,
        min(width_of(text, size, "mono"), room), part=part,
    )  # fmt: skip
    if not row.label:
        return [number]
    return [Text(left, y, row.label, LABEL, "muted", length=label_width, part="label"), number]
