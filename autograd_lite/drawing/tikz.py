"""A scene as TikZ, for LaTeX: the same places, the fonts of the document."""

from __future__ import annotations

from dataclasses import replace

from .curves import tip
from .palette import COLOURS, LIGHT, colour
from .scene import Curve, Mark, Scene, Shape, Text
from .widths import width_of

# What stands for a sign that LaTeX acts on, or that its fonts lack. A kern keeps "--" and ",," from becoming one sign.
SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}\kern0pt{}", ">": r"\textgreater{}\kern0pt{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "'": r"\textquotesingle{}",
    "-": r"{-\kern0pt}", ",": r"{,\kern0pt}",
    "∂": r"\ensuremath{\partial}", "×": r"\ensuremath{\times}", "−": r"\ensuremath{-}",
    "·": r"\ensuremath{\cdot}", "→": r"\ensuremath{\to}", "±": r"\ensuremath{\pm}", "…": r"\ldots{}",
    "ᵀ": r"\ensuremath{^{\top}}",
    "√": r"\ensuremath{\surd}", "≤": r"\ensuremath{\le}", "≥": r"\ensuremath{\ge}", "▲": r"\ensuremath{\blacktriangle}",
    "▼": r"\ensuremath{\blacktriangledown}", "ᵢ": r"\ensuremath{_i}", "∇": r"\ensuremath{\nabla}",
    "∞": r"\ensuremath{\infty}", "\ufffd": r"\ensuremath{\blacklozenge}",  # LuaTeX stops at a U+FFFD
}  # fmt: skip

GREEK = (
    r"α\alpha β\beta γ\gamma δ\delta ε\varepsilon ζ\zeta η\eta θ\theta ι\iota κ\kappa λ\lambda μ\mu ν\nu ξ\xi π\pi "
    r"ρ\rho σ\sigma τ\tau υ\upsilon φ\varphi χ\chi ψ\psi ω\omega Γ\Gamma Δ\Delta Θ\Theta Λ\Lambda Ξ\Xi Π\Pi Σ\Sigma "
    r"Φ\Phi Ψ\Psi Ω\Omega"
)
SPECIAL |= {pair[0]: rf"\ensuremath{{{pair[1:]}}}" for pair in GREEK.split()}
SPECIAL |= {digit: rf"\ensuremath{{_{i}}}" for i, digit in enumerate("₀₁₂₃₄₅₆₇₈₉")}
SPECIAL |= {digit: rf"\ensuremath{{^{i}}}" for i, digit in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}

LATIN = 0x250
"""Letters below are in the fonts of LaTeX."""

FONTS = {"sans": r"\sffamily", "mono": r"\ttfamily", "serif": r"\rmfamily"}
ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}

SCALE = 0.75
"""Points of LaTeX for a pixel."""

LONGEST = 16_000
"""Pixels: TeX knows no number above 16,384, and readers of PDF no page much longer. Larger pictures are shrunk."""


MORE_LETTERS = r"""% Some signs are not in the fonts of LaTeX; these have more of them. CJK and emoji need others.
\IfFontExistsTF{DejaVu Sans Mono}{\setsansfont{DejaVu Sans}\setmonofont{DejaVu Sans Mono}\setmainfont{DejaVu Serif}}{}
"""


def document_of(tikz: str) -> str:
    """A document with nothing but the picture in it."""
    return (
        "% Set with lualatex or xelatex.\n\\documentclass[tikz,border=4pt]{standalone}\n\\usepackage{fontspec}\n"
        "\\usepackage{amssymb}\n\\usepackage{textcomp}\n"
        + (MORE_LETTERS if any(ord(c) >= LATIN for c in tikz) else "")
        + "\\begin{document}\n" + tikz + "\\end{document}\n"
    )  # fmt: skip


def tikz_of(scene: Scene, theme: str = LIGHT) -> str:
    """The ``tikzpicture``.

    Parameters
    ----------
    scene : Scene
    theme : {"light", "dark"}
    """
    if (longest := max(scene.width, scene.height)) > LONGEST:
        scene = shrunk(scene, LONGEST / longest)
    used = {name for item in scene.items for mark in item.marks for name in colours_of(mark)} | {"paper"}
    lines = [r"\begin{tikzpicture}[x=0.75pt,y=-0.75pt]"]
    lines += [
        f"\\definecolor{{al-{name}}}{{HTML}}{{{colour(name, theme)[1:].upper()}}}" for name in COLOURS if name in used
    ]
    lines.append(f"\\fill[al-paper] (0,0) rectangle ({plain(scene.width)},{plain(scene.height)});")
    for item in scene.items:
        lines.append(f"% {item.id}")
        for mark in item.marks:
            lines += written(mark)
    return "\n".join([*lines, r"\end{tikzpicture}", ""])


def shrunk(scene: Scene, part: float) -> Scene:
    """The scene in a smaller size."""
    items = tuple(replace(item, marks=tuple(smaller(mark, part) for mark in item.marks)) for item in scene.items)
    return replace(scene, width=scene.width * part, height=scene.height * part, items=items)


def smaller(mark: Mark, part: float) -> Mark:
    if isinstance(mark, Curve):
        return replace(mark, points=tuple((x * part, y * part) for x, y in mark.points), line=mark.line * part)
    lengths = (
        ("x", "y", "size", "length") if isinstance(mark, Text) else ("x", "y", "width", "height", "radius", "line")
    )
    return replace(mark, **{name: getattr(mark, name) * part for name in lengths})


def colours_of(mark: Mark) -> list[str]:
    if isinstance(mark, Text):
        return [mark.colour]
    if isinstance(mark, Curve):
        return [mark.stroke]
    return [name for name in (mark.fill, mark.stroke) if name]


def plain(x: float) -> str:
    return f"{x:.2f}".rstrip("0").rstrip(".")


def place(point: tuple[float, float]) -> str:
    return f"({plain(point[0])},{plain(point[1])})"


def written(mark: Mark) -> list[str]:
    if isinstance(mark, Shape):
        return [shape(mark)]
    if isinstance(mark, Text):
        return [text(mark)]
    points = list(mark.points)
    lines = []
    if mark.arrow:
        triangle, points[-1] = tip(mark.points)
        lines.append(f"\\fill[al-{mark.stroke}] {' -- '.join(map(place, triangle))} -- cycle;")
    pieces = [
        f" .. controls {place(points[i])} and {place(points[i + 1])} .. {place(points[i + 2])}"
        for i in range(1, len(points) - 2, 3)
    ]
    options = [f"al-{mark.stroke}", f"line width={plain(SCALE * mark.line)}pt", *dashed(mark.dashes)]
    return [f"\\draw[{','.join(options)}] {place(points[0])}{''.join(pieces)};", *lines]


def shape(mark: Shape) -> str:
    options = [f"fill=al-{mark.fill}"] if mark.fill else []
    if mark.stroke:
        options += [f"draw=al-{mark.stroke}", f"line width={plain(SCALE * mark.line)}pt", *dashed(mark.dashes)]
    if mark.radius:
        radius = min(mark.radius, mark.width / 2, mark.height / 2)
        options.append(f"rounded corners={plain(SCALE * radius)}pt")
    return (
        f"\\path[{','.join(options)}] {place((mark.x, mark.y))} rectangle "
        f"{place((mark.x + mark.width, mark.y + mark.height))};"
    )


def dashed(dashes: str) -> list[str]:
    if not dashes:
        return []
    on, off = (float(part) * SCALE for part in dashes.split())
    return [f"dash pattern=on {plain(on)}pt off {plain(off)}pt"]


def text(mark: Text) -> str:
    size = mark.size * SCALE
    natural = width_of(mark.text, mark.size, mark.font, mark.bold)
    if mark.length and natural > mark.length:
        size *= mark.length / natural
    style = FONTS[mark.font] + (r"\bfseries" if mark.bold else "") + (r"\itshape" if mark.italic else "")
    options = f"anchor={ANCHORS[mark.anchor]},inner sep=0pt,outer sep=0pt,text=al-{mark.colour}"
    font = f"\\fontsize{{{plain(size)}}}{{{plain(1.2 * size)}}}\\selectfont{style}"
    return f"\\node[{options}] at {place((mark.x, mark.y))} {{{font} {escaped(mark.text)}}};"


def escaped(words: str) -> str:
    """Text as LaTeX shows it letter by letter."""
    return "".join(SPECIAL.get(c, c) for c in words)
