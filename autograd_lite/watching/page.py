"""One self-contained page: the record as data, the picture, a script that plays them. Nothing from the network.

While training goes on, the page asks its own file for what is new: it opens the file once more in a hidden frame, which
hands the data over (`live.js`). So nobody's scrolling, theme or place in the record is lost, without any server.
"""

from __future__ import annotations

import html
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

from ..drawing.embedding import digest
from ..drawing.palette import COLOURS, DARK, LIGHT, variables
from ..drawing.svg import FONTS

SCRIPTS = (
    "base.js",
    "charts.js",
    "graph.js",
    "neurons.js",
    "boundary.js",
    "maps.js",
    "sizes.js",
    "player.js",
    "live.js",
    "main.js",
)

SERIES = (
    ("#1559c4", "#7fb2ff"), ("#b4410e", "#ff9e64"), ("#1f7a4d", "#58c98f"), ("#7a2fe0", "#b794ff"),
    ("#0b7285", "#4dd0e1"), ("#b000b0", "#ff7bff"), ("#7d5700", "#e0b84c"), ("#5d6675", "#9aa4b5"),
    ("#a3154b", "#ff8fab"), ("#3d5a00", "#a8d14f"),
)  # fmt: skip
"""Colours of curves and classes, light and dark; each at least 4.5 : 1 on the page."""

OWN = {
    "cold": ("#2166ac", "#6db3f2"), "warm": ("#b25809", "#ff9e64"),
    "ground-cold": ("#8fb8dc", "#1d4468"), "ground-zero": ("#f7f7f7", "#1b202b"), "ground-warm": ("#e5b583", "#6b3a0c"),
} | {f"series{i}": pair for i, pair in enumerate(SERIES)}  # fmt: skip


def page_of(data: str, facts: dict[str, Any], svg: str, running: bool) -> str:
    """The page.

    Parameters
    ----------
    data : str
        The record as JSON that can stand in a page.
    facts : dict
        ``title`` and ``about``, cleaned.
    svg : str
        The picture with the newest numbers, for those who run no script.
    running : bool
        True while training goes on: the page may open its own file.
    """
    style, script = styles(), scripts()
    frames = " frame-src 'self' file:;" if running else ""
    policy = (
        f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}';{frames} base-uri 'none'; "
        f"form-action 'none'"
    )
    return Template(text_of("page.html")).substitute(
        policy=policy, style=style, script=script, data=data, svg=svg,
        title=html.escape(str(facts["title"])), about=html.escape(str(facts["about"])),
    )  # fmt: skip


@cache
def text_of(name: str) -> str:
    """A file beside this one."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def scripts() -> str:
    """The script of the page: its files in one function, so that nothing of them is to be seen from outside."""
    return "(() => {\n'use strict';\n" + "\n".join(text_of(name) for name in SCRIPTS) + "\n})();"


@cache
def styles() -> str:
    """The colours of both themes, and how the page looks."""
    light, dark = (declarations(theme) for theme in (LIGHT, DARK))
    changing = [name for name, pair in COLOURS.items() if pair[0] != pair[1]]
    paints = [f".f-{name}{{fill:var(--{name})}}.s-{name}{{stroke:var(--{name})}}" for name in changing]
    fonts = [f"svg .{name}{{font-family:{family}}}" for name, family in FONTS.items()]
    return (
        f":root{{color-scheme:light dark;{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f":root[data-theme=light]{{color-scheme:light;{light}}}:root[data-theme=dark]{{color-scheme:dark;{dark}}}"
        f"@media print{{:root,:root[data-theme]{{color-scheme:light;{light}}}}}"
        f"{''.join(paints)}{''.join(fonts)}\n{text_of('page.css')}"
    )


def declarations(theme: str) -> str:
    """All colours of a theme as variables of CSS."""
    own = ";".join(f"--{name}:{pair[theme == DARK]}" for name, pair in OWN.items())
    return f"{variables(theme)};{own}"
