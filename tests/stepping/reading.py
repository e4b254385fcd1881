"""Formulas of a page read back: MathML as numbers, so that a test can ask whether both sides of a sign are equal."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import numpy as np

TAGS = {"math", "mtable", "mtr", "mtd", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msub", "msup", "msqrt"}
ATTRIBUTES = {"class", "display", "displaystyle", "stretchy", "width"}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "log": np.log, "sin": np.sin, "cos": np.cos, "tanh": np.tanh, "cosh": np.cosh, "sinh": np.sinh, "sign": np.sign,
    "max": max, "min": min, "σ": lambda z: 1 / (1 + math.exp(-z)),
    "BCE": lambda p, y: -y * math.log(p) - (1 - y) * math.log(1 - p),
}  # fmt: skip


ALLOWED = {"f": FUNCTIONS, "sqrt": math.sqrt, "abs": abs, "float": float, "nan": math.nan, "inf": math.inf}


class Unreadable(Exception):
    """A formula with words in it, or of arrays."""


def parsed(mathml: str) -> ET.Element:
    """The formula; it is well-formed, and holds nothing but the elements that formulas need."""
    root = ET.fromstring(mathml)
    for element in root.iter():
        assert element.tag in TAGS, element.tag
        assert set(element.attrib) <= ATTRIBUTES, element.attrib
    return root


def equations(mathml: str) -> list[list[list[ET.Element]]]:
    """Each line of a derivation as its sides; a line without a left side goes on with the one above."""
    found: list[list[list[ET.Element]]] = []
    for line in parsed(mathml).iter("mtr"):
        left, right = line
        sides: list[list[ET.Element]] = [list(left)] if len(left) else [found[-1][0] if found else []]
        for element in flat(list(right)):
            if element.tag == "mo" and element.text in ("=", "←"):
                sides.append([])
            else:
                sides[-1].append(element)
        found.append([side for side in sides if side])
    return found


def flat(elements: list[ET.Element]) -> list[ET.Element]:
    """Rows opened, as far as a sign of equality may be in them."""
    return [inner for e in elements for inner in (flat(list(e)) if e.tag == "mrow" and has_equality(e) else [e])]


def has_equality(element: ET.Element) -> bool:
    return any(inner.tag == "mo" and inner.text in ("=", "←") for inner in element.iter())


class Numbers:
    """Reads formulas with the numbers of a graph.

    Parameters
    ----------
    names : dict of str to float
    slopes : function of two names
        The derivative of the first by the second.
    """

    def __init__(self, names: dict[str, float], slopes: Callable[[str, str], float]) -> None:
        self.names = names
        self.slopes = slopes

    def value(self, side: list[ET.Element]) -> float:
        """The number that a side of an equation is."""
        return eval(self.python(side), {"__builtins__": {}}, ALLOWED)

    def python(self, elements: list[ET.Element]) -> str:
        words, inside_bars = [], False
        for at, element in enumerate(elements):
            tag, text = element.tag, element.text or ""
            if tag == "mtext":
                raise Unreadable(text)
            if tag == "mrow":
                words.append(f"({self.python(list(element))})")
            elif tag == "mn":
                words.append(text)
            elif tag == "mo" and text == "|":
                words.append(")" if inside_bars else "abs(")
                inside_bars = not inside_bars
            elif tag == "mo":
                words.append({"−": "-", "·": "*", "[": "float(", "]": ")"}.get(text, text))
            elif tag == "mspace":
                continue
            elif tag == "mi" and text in FUNCTIONS and text not in self.names:
                words.append(self.called(text, elements[at + 1 :]))
                break
            else:
                words.append(self.atom(element))
        return " ".join(words)

    def called(self, word: str, rest: list[ET.Element]) -> str:
        """A function, and what it is applied to: all the rest, as the templates write it."""
        inner = self.python(rest).strip()
        return f"f[{word!r}]{inner}" if inner.startswith("(") and inner.endswith(")") else f"f[{word!r}]({inner})"

    def atom(self, element: ET.Element) -> str:
        tag = element.tag
        if tag == "mi" and element.text == "e" and "e" not in self.names:
            return repr(math.e)
        if tag in ("mi", "msub"):
            name = "".join(element.itertext())
            if name not in self.names:
                raise Unreadable(name)
            return f"({self.names[name]!r})"
        if tag == "mfrac":
            above, below = ("".join(part.itertext()) for part in element)
            if above.startswith("∂") and below.startswith("∂"):
                return f"({self.slopes(above[1:], below[1:])!r})"
        first, *second = (self.python([part]) for part in element)
        pattern = {"mfrac": "({0})/({1})", "msup": "({0})**({1})", "msqrt": "sqrt({0})"}[tag]
        return f"({pattern.format(first, *second)})"
