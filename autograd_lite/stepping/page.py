"""A lesson as one page that plays: one file with the graph, the formulas and the program; nothing from the network.

Everything can be read without the script too: the markup holds the numbers of the end, and all steps one below the
other. The script (``page_state.js``, ``page.js``) goes back to the first step and shows one at a time; paper gets all
of them again.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from importlib.resources import files
from typing import Any

from ..drawing.composing import MARGIN, composed
from ..drawing.embedding import as_json, digest
from ..drawing.palette import DARK, LIGHT, STEPS, THEMES, colour, heat_name, variables
from ..drawing.scene import Curve, Item, Scene, Shape, moved
from ..drawing.svg import FONTS, rules, svg_of
from ..drawing.view import MINUS
from .lesson import Change, Lesson
from .page_parts import bar, header, level, notes, numbers, program, steps

PRINTED = 60
"""Steps up to which all of them are printed; of more the one that is shown."""

INDENTED = re.compile("^ +", re.MULTILINE)
PAINTED = re.compile('(?<=class=")(?=[^"]*f-)([^"]*") fill="#[0-9a-f]{6}"')
"""A fill that a class gives too."""


def page_of(
    lesson: Lesson, theme: str = "auto", direction: str = "LR", engine: str = "auto", timeout: float = 20.0
) -> str:
    """The page.

    Parameters
    ----------
    lesson : Lesson
    theme : {"auto", "light", "dark"}
        "auto" follows the reader's. Whoever reads can change it.
    direction, engine, timeout
        See `drawing.composing.composed`.

    Raises
    ------
    ValueError
        If there is no such theme, or if a formula holds anything but MathML.

    Examples
    --------
    >>> from autograd_lite import Value
    >>> from autograd_lite.drawing.reading import view_of
    >>> from autograd_lite.stepping.lesson import Step
    >>> view = view_of(Value(3.0, name="x"))
    >>> lesson = Lesson(view, "A lesson", "", (Step("start", "Given", "Nothing else yet."),), (), ())
    >>> page_of(lesson, engine="built-in").startswith("<!DOCTYPE html>")
    True
    """
    if theme not in THEMES:
        raise ValueError(f"theme={theme!r}: there is no such theme. There are {', '.join(map(repr, THEMES))}.")
    scene = without_words(composed(lesson.view, direction, engine, timeout))
    style, script = stylesheet(), program_of_page()
    policy = (
        f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    chosen = "" if theme == "auto" else f' data-theme="{theme}"'
    wide = " wide" if any(line.shape for line in lesson.numbers) else ""
    many = ' class="many"' if len(lesson.steps) > PRINTED else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en"{chosen}{many}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(lesson.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{header(lesson)}\n<main>\n{stage(scene)}\n{bar(lesson)}\n"
        f'<div class="panels{wide}">\n{steps(lesson)}\n{program(lesson)}\n{numbers(lesson)}\n</div>\n{notes(lesson)}\n'
        f'</main>\n<script type="application/json" id="lesson">{as_json(data_of(lesson))}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


# ------------------------------------------------------------------------------- the graph


def stage(scene: Scene) -> str:
    """The place of the graph."""
    return (
        '<section class="stage" aria-label="The graph"><div class="pane" id="pane">'
        f"{lean(svg_of(scene, style=False))}</div></section>"
    )


def lean(svg: str) -> str:
    """The picture without what the style of the page says anyway."""
    for name, family in FONTS.items():
        if name != "sans":
            svg = svg.replace(f' font-family="{family}"', "")
    return PAINTED.sub(r"\1", svg)


def without_words(scene: Scene) -> Scene:
    """The picture without its title and its caption: a page has places for both."""
    items = [item for item in scene.items if item.kind not in ("title", "caption")]
    xs, ys = zip(*(point for item in items for point in corners(item)), strict=True)
    dx, dy = MARGIN - min(xs), MARGIN - min(ys)
    placed = tuple(replace(item, marks=tuple(moved(mark, dx, dy) for mark in item.marks)) for item in items)
    return replace(scene, width=max(xs) + dx + MARGIN, height=max(ys) + dy + MARGIN, items=placed)


def corners(item: Item) -> list[tuple[float, float]]:
    """Points that hold an item between them; its texts lie on its shapes."""
    found: list[tuple[float, float]] = []
    for mark in item.marks:
        if isinstance(mark, Shape):
            found += [(mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height)]
        elif isinstance(mark, Curve):
            found += mark.points
    return found


# ------------------------------------------------------------------------------- style and script


def stylesheet() -> str:
    """The colours of both themes, then the look of the page."""
    light, dark = (f"color-scheme:{theme};{variables(theme)}" for theme in (LIGHT, DARK))
    themes = (
        f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}"
    )
    return themes + rules(".autograd-lite") + text_of("page.css")


def program_of_page() -> str:
    """Both parts of the script in one block: their names are their own, and not those of the window."""
    return f'"use strict";\n{{\n{text_of("page_state.js")}{text_of("page.js")}}}\n'


def text_of(name: str) -> str:
    """A file beside this one, without the blanks at the beginnings of its lines."""
    return INDENTED.sub("", files(__package__).joinpath(name).read_text(encoding="utf-8"))


# ------------------------------------------------------------------------------- data


def data_of(lesson: Lesson) -> dict[str, Any]:
    """What the script needs to know; the words of the steps are in the markup."""
    played = [
        {
            "phase": step.phase,
            "targets": step.targets,
            "sources": step.sources,
            "arrows": step.arrows,
            "lines": step.lines,
            "changes": [change_of(change) for change in step.changes],
        }
        for step in lesson.steps
    ]
    shades = [colour(heat_name(i / STEPS)) for i in range(-STEPS, STEPS + 1)]
    cards = [f"{card.name} = {card.formula}" if card.formula else card.name for card in lesson.view.cards]
    return {
        "steps": played,
        "cards": cards,
        "heads": [arrow.head for arrow in lesson.view.arrows],
        "shades": shades,
        "infinite": [colour("nan"), colour("nan-mark")],
    }


def change_of(change: Change) -> dict[str, Any]:
    """A change with the shades of its cells as whole numbers: null for nan, beyond the last shade for infinities."""
    rows = [text.replace("-", MINUS) for text in change.rows]
    found: dict[str, Any] = {"card": change.card, "what": change.what, "rows": rows}
    if change.heat is not None:
        found["heat"] = [level(cell) for row in change.heat.cells for cell in row]
    return found
