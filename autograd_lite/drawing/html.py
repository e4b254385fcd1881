"""A scene as a page of its own, or as an image in somebody else's. No script, nothing from the network."""

from __future__ import annotations

import base64
import html

from .embedding import digest
from .palette import DARK, LIGHT, variables
from .scene import Scene
from .svg import stylesheet, svg_of

LOOK = (
    "body{margin:0;padding:16px;background:var(--paper);color:var(--ink);"
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}"
    "main{max-width:100%}.picture{overflow-x:auto}svg{display:block;max-width:none;height:auto}"
    ".legend{display:flex;flex-wrap:wrap;gap:4px 20px;margin:12px 0;font-size:13px;color:var(--muted)}"
    ".legend div{display:flex;align-items:center;gap:6px}"
    ".legend div::before{content:'';width:12px;height:12px;border-radius:3px}"
    "details{margin-top:16px;border-top:1px solid var(--hair);padding-top:12px}"
    "summary{cursor:pointer;color:var(--muted)}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;"
    "font:13px/1.6 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace}"
)

LEAST_SCALE = 0.8
"""Of an image: letters that are smaller cannot be read, so a wide picture scrolls instead."""

KEYS = {
    "parameter": "variable, parameter: what can be learnt",
    "input": "input, constant",
    "operation": "operation",
    "loss": "loss, result: what was asked for",
    "gradient": "gradient",
    "slope": "what a gradient is multiplied by on its way back",
}
"""What the colours say, by their names."""


def page_of(scene: Scene, theme: str = "auto") -> str:
    """The page.

    Parameters
    ----------
    scene : Scene
    theme : {"auto", "light", "dark"}
    """
    style = f":root{{color-scheme:{scheme(theme)};{variables(DARK if theme == DARK else LIGHT)}}}"
    if theme == "auto":
        style += f"@media(prefers-color-scheme:dark){{:root{{{variables(DARK)}}}}}"
    keys = "".join(f".legend .{name}::before{{background:var(--{name})}}" for name in KEYS)
    style += LOOK + keys + stylesheet(theme) + on_paper(scene, theme)
    picture = svg_of(scene, theme, style=False)
    legend = "".join(f'<div class="{name}">{words}</div>' for name, words in KEYS.items())
    policy = f"default-src 'none'; style-src '{digest(style)}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{html.escape(scene.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f'<div class="picture" tabindex="0" role="group" aria-label="The picture">{picture}</div>\n'
        f'<div class="legend">{legend}</div>\n'
        f"<details>\n<summary>The picture in words</summary>\n<pre>{html.escape(scene.description)}</pre>\n</details>\n"
        "</main>\n</body>\n</html>\n"
    )


def on_paper(scene: Scene, theme: str) -> str:
    """Printed, the picture is light, and small enough for a page: paper does not scroll."""
    return (
        f"@page{{size:{'landscape' if scene.width > scene.height else 'portrait'};margin:1cm}}"
        f"@media print{{:root,.autograd-lite.{theme}{{color-scheme:light;{variables(LIGHT)}}}body{{padding:0}}"
        f".picture{{overflow:visible}}svg{{width:100%;max-width:{scene.width}px;max-height:calc(100vh - 110px)}}"
        ".legend div::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
        "details:not([open]){display:none}}"
    )


def scheme(theme: str) -> str:
    return "light dark" if theme == "auto" else theme


def image_of(scene: Scene, svg: str) -> str:
    """A scene that has been written as SVG, as an image for another page: a notebook's that is not trusted shows it.

    It is as wide as there is room, never larger than it was made nor too small to be read.
    """
    data = base64.b64encode(svg.encode("utf-8")).decode("ascii")
    least, most = round(LEAST_SCALE * scene.width), round(scene.width)
    return (
        f'<div style="overflow-x:auto"><img alt="{html.escape(scene.description)}" '
        f'src="data:image/svg+xml;base64,{data}" '
        f'style="width:100%;min-width:{least}px;max-width:{most}px;height:auto"/></div>'
    )
