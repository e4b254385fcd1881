"""The parts of a page that plays, as markup: words are escaped here, formulas are looked at before they are let in."""

from __future__ import annotations

import html
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from itertools import groupby

from ..drawing.palette import ROLES, STEPS, colour, heat_name
from ..drawing.view import CONSTANT, FOLDED, INPUT, LOSS, OPERATION, PARAMETER, Card, Heat
from .lesson import BACKWARD, FORWARD, START, UPDATE, Array, Lesson, Numbers, Step

DOTS = 40
"""Steps up to which each has a dot; of more there is a slider."""

FEW, IN_THE_BAR = 18, 28
"""Steps up to which dots are large, and up to which they stand beside the buttons."""

MIXED = "In the graph and in the table only what is changed here is new: the pale numbers are those before the step."

PHASES = {START: "Given", FORWARD: "Forward pass", BACKWARD: "Backward pass", UPDATE: "Update"}
SPEEDS = ("0.5", "1", "2", "4")

MATHML = frozenset({
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup",
    "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "class", "display", "displaystyle", "stretchy", "mathvariant", "scriptlevel", "width", "height", "depth",
    "lspace", "rspace", "accent", "accentunder", "columnalign", "xmlns", "fence", "separator", "form",
    "linethickness", "columnspacing", "rowspacing", "voffset",
})  # fmt: skip

ICONS = {
    "first": "M5 4h2v12H5zM16 4v12L8 10z",
    "back": "M13 4v12L5 10z",
    "play": "M6 3.5v13L16.5 10z",
    "next": "M7 4v12l8-6z",
    "last": "M13 4h2v12h-2zM4 4v12l8-6z",
    "whole": "M3 3h6v2H5v4H3zM11 3h6v6h-2V5h-4zM3 11h2v4h4v2H3zM15 11h2v6h-6v-2h4z",
    "theme": "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 2v12a6 6 0 0 1 0-12z",
}

NEVER_STRETCHED = re.compile('<mo stretchy="false">([∂=·−+×←])</mo>')
"""No browser stretches these: to say so would make pages longer."""

say = html.escape


def formula(text: str) -> str:
    """MathML as it is, if it is nothing else: a formula is the only markup that comes from elsewhere.

    Examples
    --------
    >>> formula("<mi>x</mi>")
    '<math><mi>x</mi></math>'
    >>> formula("<math><script>1</script></math>")
    Traceback (most recent call last):
    ...
    ValueError: A formula holds <script>, which is no MathML that a page shows. Write texts with mathml.words().
    """
    if not text:
        return ""
    whole = text if text.lstrip().startswith("<math") else f"<math>{text}</math>"
    try:
        root = ET.fromstring(whole)
    except ET.ParseError as error:
        raise ValueError(f"A formula is not well-formed: {error}. It begins {whole[:60]!r}.") from None
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        foreign = [name for name in element.attrib if name not in ATTRIBUTES]
        if tag not in MATHML or foreign:
            what = f"<{tag}>" + (f" with {', '.join(foreign)}" if foreign else "")
            raise ValueError(
                f"A formula holds {what}, which is no MathML that a page shows. Write texts with mathml.words()."
            )
    return NEVER_STRETCHED.sub(r"<mo>\1</mo>", whole)


def icon(name: str) -> str:
    return f'<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{ICONS[name]}"/></svg>'


# ------------------------------------------------------------------------------- above the panels


def header(lesson: Lesson) -> str:
    """The title, what is computed, what the colours mean, and the button for dark and light."""
    words = "".join(f'<li class="{name}">{say(word)}</li>' for name, word in legend(lesson.view.cards))
    return (
        f'<header><h1>{say(lesson.title)}</h1><p class="whole">{formula(lesson.formula)}</p>'
        f'<ul class="legend" aria-label="Colours">{words}</ul>'
        f'<button type="button" id="theme" class="square" aria-label="Dark or light" title="Dark or light (D)">'
        f"{icon('theme')}</button></header>"
    )


def legend(cards: Iterable[Card]) -> list[tuple[str, str]]:
    """For each colour in the graph its name and the word for what has it."""
    words: dict[str, list[str]] = {}
    for card in cards:
        name, word = ROLES[card.role][0], OPERATION if card.role == FOLDED else card.role
        word = INPUT if word == CONSTANT else word
        if word not in words.setdefault(name, []):
            words[name].append(word)
    shown = [(name, " or ".join(sorted(words[name]))) for name in (INPUT, PARAMETER, OPERATION, LOSS) if name in words]
    return [*shown, ("forward", "forward"), ("gradient", "gradient"), ("slope", "local slope")]


def bar(lesson: Lesson) -> str:
    """Buttons, the steps as dots or as a slider, the speed. Nothing of it is there without the script."""
    many = len(lesson.steps)
    buttons = [
        ("first", "First step", "", "square"), ("back", "Back", "Back", ""), ("play", "Play", "Play", ""),
        ("next", "Next", "Next", "main"), ("last", "Last step", "", "square"),
    ]  # fmt: skip
    row = "".join(
        f'<button type="button" id="{name}" class="{kind}" aria-label="{label}" title="{label}">'
        f"{icon(name)}{f'<span>{text}</span>' if text else ''}</button>"
        for name, label, text, kind in buttons
    )
    speeds = "".join(f'<option value="{s}"{" selected" if s == "1" else ""}>{s} ×</option>' for s in SPEEDS)
    track = dots(lesson.steps) if many <= DOTS else slider(many)
    return (
        f'<div class="bar" role="group" aria-label="Steps"><div class="buttons">{row}</div>{track}'
        f'<div class="end"><p class="where" id="where">{many} steps</p>'
        f'<select id="speed" aria-label="Speed" title="Speed">{speeds}</select>'
        f'<button type="button" class="square" id="whole" hidden>{icon("whole")}</button></div></div>'
        '<p class="unseen" id="said" role="status" aria-live="polite"></p>'
    )


def dots(steps: tuple[Step, ...]) -> str:
    """A dot a step, those of a phase together under its name."""
    parts, k = [], 0
    for phase, group in groupby(steps, lambda step: step.phase):
        row = ""
        for step in group:
            k += 1
            label = say(f"Step {k}: {step.title}")
            row += f'<li><button type="button" class="dot" aria-label="{label}" title="{label}"></button></li>'
        word = PHASES[phase].split()[0]
        parts.append(f'<div class="{phase}"><span aria-hidden="true">{word}</span><ol start="{k}">{row}</ol></div>')
    small = (" many" if len(steps) > FEW else "") + (" row" if len(steps) > IN_THE_BAR else "")
    return f'<nav class="dots{small}" id="dots" aria-label="All steps">{"".join(parts)}</nav>'


def slider(many: int) -> str:
    return f'<input type="range" id="slider" min="1" max="{many}" value="{many}" step="1" aria-label="Step">'


# ------------------------------------------------------------------------------- the panels


def steps(lesson: Lesson) -> str:
    """All steps; the script shows one of them."""
    items = "".join(step_of(step) for step in lesson.steps)
    return f'<section class="panel steps" aria-label="This step"><ol id="steps">{items}</ol></section>'


def step_of(step: Step) -> str:
    """The words of a step, its formula, its arrays, the entry that is worked out."""
    body = [
        f'<p class="phase">{PHASES[step.phase]}</p><h2>{say(step.title)}</h2>',
        f'<p class="sentence">{say(step.sentence)}</p>',
    ]
    if step.formula:
        body.append(f'<div class="formula">{formula(step.formula)}</div>')
    work = f'<div class="arrays">{"".join(map(array, step.arrays))}</div>' if step.arrays else ""
    if step.entry:
        title = f"<h3>{say(step.entry_title)}</h3>" if step.entry_title else ""
        work += f'<div class="entry">{title}<div class="formula">{formula(step.entry)}</div></div>'
    if work:
        body.append(f'<div class="work">{work}</div>')
    if step.phase == UPDATE:
        body.append(f'<p class="mixed">{MIXED}</p>')
    return f'<li class="step {step.phase}">{"".join(body)}</li>'


def array(picture: Array) -> str:
    """A small picture of an array, what it is, and its shape."""
    return (
        f'<figure class="{picture.kind}">{heat_picture(picture)}<figcaption>{formula(picture.caption)} '
        f"<small>{say(picture.shape)}</small></figcaption></figure>"
    )


CELL, PITCH, CUT = 15, 17, 10


def heat_picture(picture: Array) -> str:
    """Cells, those of one shade in one path; around the chosen one a frame."""
    heat, chosen = picture.heat, picture.chosen
    width, height = PITCH * len(heat.cells[0]) + 2, PITCH * len(heat.cells) + 2
    more = f'<text class="more" x="{width / 2:g}" y="{height + 6}">…</text>' if heat.cut else ""
    all_of_it = height + (CUT if more else 0)
    places: dict[str, str] = {}
    signs = ""
    for i, row in enumerate(heat.cells):
        for j, cell in enumerate(row):
            x, y = PITCH * j + 2, PITCH * i + 2
            finite = cell is not None and math.isfinite(cell)
            shade = colour(heat_name(cell)) if finite and cell is not None else colour("nan")
            places[shade] = places.get(shade, "") + f"M{x} {y}h{CELL}v{CELL}h-{CELL}z"
            if not finite:
                sign = "×" if cell is None else "▲" if cell > 0 else "▼"
                signs += f'<text x="{x + CELL / 2:g}" y="{y + 12}" fill="{colour("nan-mark")}">{sign}</text>'
    paths = "".join(f'<path fill="{shade}" d="{d}"/>' for shade, d in places.items())
    frame = ""
    if chosen and chosen[0] < len(heat.cells) and chosen[1] < len(heat.cells[0]):
        x, y = PITCH * chosen[1] + 1, PITCH * chosen[0] + 1
        frame = f'<rect class="chosen" x="{x}" y="{y}" width="{PITCH}" height="{PITCH}" rx="2"/>'
    words = heat_words(heat, picture)
    return (
        f'<svg class="heat" role="img" aria-label="{say(words)}" width="{width}" height="{all_of_it}" '
        f'viewBox="0 0 {width} {all_of_it}">{paths}{signs}{frame}{more}</svg>'
    )


def heat_words(heat: Heat, picture: Array) -> str:
    """The picture in words."""
    words = f"Heat-map, shape {picture.shape}, blue below zero, brown above"
    if heat.cut:
        words += ", averaged block by block"
    return (
        f"{words}; row {picture.chosen[0] + 1}, column {picture.chosen[1] + 1} is worked out"
        if picture.chosen
        else words
    )


def level(cell: float | None) -> int | None:
    """The shade of a cell as a whole number: None for nan, one beyond the last shade for an infinity."""
    if cell is None:
        return None
    return round(cell * STEPS) if math.isfinite(cell) else int(math.copysign(STEPS + 1, cell))


def program(lesson: Lesson) -> str:
    """The program, line by line."""
    if not lesson.code:
        return ""
    lines = "".join(f"<li><code>{say(line) or ' '}</code></li>" for line in lesson.code)
    return (
        '<section class="panel program" aria-label="The program"><h2>Program '
        '<small id="unmarked" hidden>this step has no line of its own</small></h2>'
        f'<ol class="scrolls" id="code" tabindex="0" aria-label="Lines">{lines}</ol></section>'
    )


def numbers(lesson: Lesson) -> str:
    """The table of all numbers, with those of the end."""
    rows = "".join(map(numbers_row, lesson.numbers))
    root = lesson.view.cards[(lesson.view.results or (len(lesson.view.cards) - 1,))[0]].name
    return (
        '<section class="panel numbers" aria-label="All numbers"><details open><summary>All numbers</summary>'
        '<div class="scrolls" id="numbers" tabindex="0" role="group" aria-label="Table"><table><thead><tr>'
        '<th scope="col">name</th><th scope="col">role</th><th scope="col" class="n">value</th>'
        f'<th scope="col" class="n">∂{say(root)}/∂name</th></tr></thead><tbody>{rows}</tbody></table></div>'
        "</details></section>"
    )


def numbers_row(line: Numbers) -> str:
    """A line of the table; the entries of an array are behind its name."""
    name = f"<i>{say(line.name)}</i>"
    if line.shape:
        name += f" <small>{say(line.shape)}</small>"
    if line.entries:
        value, partial, gradient = line.entries.partition("\n∂")
        name = f"<details><summary>{name}</summary><pre>{say(value)}</pre>"
        name += f'<pre class="g">{say(partial.strip() + gradient)}</pre></details>' if gradient else "</details>"
    quiet = ' class="n quiet"' if line.gradient == "no gradient" else ' class="n g"'
    return (
        f'<tr data-card="{line.card}"><th scope="row">{name}</th><td>{say(line.role)}</td>'
        f'<td class="n">{say(line.value)}</td><td{quiet}>{say(line.gradient)}</td></tr>'
    )


def notes(lesson: Lesson) -> str:
    """What the page leaves out; the keys."""
    items = "".join(f"<li>{say(note)}</li>" for note in lesson.notes)
    keys = (
        '<p class="keys"><kbd>←</kbd> <kbd>→</kbd> step · <kbd>space</kbd> play or pause · <kbd>Home</kbd> '
        "<kbd>End</kbd> first, last · <kbd>D</kbd> dark or light · a click on a card goes to its step</p>"
    )
    without = "<noscript><p>The page plays with JavaScript. Without it, it shows the end, and all steps.</p></noscript>"
    return f"<footer>{f'<ul>{items}</ul>' if items else ''}{keys}{without}</footer>"
