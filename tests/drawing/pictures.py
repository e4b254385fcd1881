"""What the tests of drawing share: graphs, hostile names, and readers of SVG."""

import xml.etree.ElementTree as ET
from importlib.util import find_spec

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value
from autograd_lite.drawing.layout import available

needs_graphviz = pytest.mark.skipif(len(available()) < 2, reason="neither pygraphviz nor the program dot is installed")
needs_matplotlib = pytest.mark.skipif(not find_spec("matplotlib"), reason="matplotlib is not installed")

SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = [
    "<b>", "</b>", "<>", "<a>]; pwn [URL=\"javascript:alert(1)\"]; z [label=<b>", 'a"b', "a'b", "x\n", "\t", "\r\n", "",
    "\\N", "\\", "\\\\", "a\\", "\\G\\E\\l", "\0", "a\0b", "\x1b[31m", "\ud800", "a\udfffb", "\u202etxt.exe", "\u2066",
    "\u200f\u200e", "\ufeff", "\uffff", "x" * 20_000, "W" * 300, "javascript:alert(1)", "<script>alert(1)</script>",
    "</text></svg><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&amp;", "&#60;", "&", "--", "<!-- c -->",
    "]]>", "<![CDATA[", "{a|b}", "n0", "n0 -> n1", "label=\"x\"];", "%s %d {} {0}", "重み", "weights ∂L/∂w₁", "😀", "é́́́",
    "graph", "node", "strict", "   ", "\u2028", "\x85", "$(touch x)", "`x`", "{", "}", "#", "//", "/* */", "0", "-1",
    # of Mermaid: formulas, icons, its own placeholders, directives, Markdown; of LaTeX; of HTML; of Unicode
    "$$x^2$$", "fa:fa-ban", "ﬂ°°60¶ß", "%%{init: {}}%%", "1. x", "- x", "**b**", "end", "@{ shape: circle }", "a---b",
    "$\\frac{", "\\input{/etc/passwd}", "\\write18{id}", "^^4d", "\\end{document}", ",,", "?`", "%", "~", "<<x>>", "θ₁",
    "∇L", "</title>", "</style>", "</iframe>", "-->", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "<?xml?>",
    "<a href=vbscript:x>", "data:text/html,<script>alert(1)</script>", "\" onload=\"alert(1)", "' onload='alert(1)",
    "<svg/onload=alert(1)>",
    "\u200b", "\u200b\u200d", "w\u200b", "\u3164", "\u0301", "e" + "\u0301" * 500, "👨\u200d👩\u200d👧",
    "🏳️\u200d🌈", "مرحبا", "שלום",
    "\u2067אב\u2069", "\u206a", "\u206f", "\ufff9a\ufffb", "\U0001fffe", "\U000e0041", "\U0010ffff", "a\u00adb", "ﬁ",
]  # fmt: skip


def neuron():
    """The cost of one logistic unit, on scalars, after back-propagation."""
    x, w, b = Value(1.5, name="x"), Value(0.8, name="w"), Value(-0.4, name="b")
    p = ag.sigmoid(w * x + b)
    loss = -(0.25 * np.log(p) + 0.75 * np.log(1 - p))
    loss.backward()
    return loss


def network():
    """The cost of a network of two layers, on arrays, after back-propagation."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(8, 2)), rng.integers(0, 2, size=(8, 1))
    W1, b1 = Value(rng.normal(size=(2, 4)), name="W1"), Value(np.zeros(4), name="b1")
    W2, b2 = Value(rng.normal(size=(4, 1)), name="W2"), Value(np.zeros(1), name="b2")
    loss = np.mean((ag.sigmoid(ag.sigmoid(X @ W1 + b1) @ W2 + b2) - y) ** 2)
    loss.backward()
    return loss


def sum_of(names):
    """A graph with a scalar of each name."""
    total = Value(0.0, name="start")
    for name in names:
        total = total + Value(1.0, name=name)
    return total


def nodes_of(svg):
    """The cards of an SVG, as elements."""
    return [g for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("class") == "card"]


def text_of(element):
    """What an element shows, with ordinary blanks."""
    return "".join(text.text or "" for text in element.iter(f"{SVG}text")).replace("\u00a0", " ")
