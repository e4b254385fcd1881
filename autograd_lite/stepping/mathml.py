"""MathML: the few elements that the formulas need. Every text of a user's is escaped here, and nowhere else.

No braces or brackets that stretch: they need a font for mathematics, which not every reader has.
"""

from __future__ import annotations

import html
import re

from ..drawing.view import MINUS

NUMBERED = re.compile(r"([^\W\d_]{1,3})_?(\d{1,3})")
POWER_OF_TEN = re.compile(r"(.+)e([+-]?)0*(\d+)")

UPSTREAM, LOCAL, RESULT = "upstream", "local", "result"
"""Classes: the gradient that comes in, what it is multiplied by, and what was found."""


def element(tag: str, text: str) -> str:
    """An element with text in it."""
    return f"<{tag}>{html.escape(text, quote=False)}</{tag}>"


def row(*parts: str, kind: str = "") -> str:
    """Parts beside each other."""
    return f'<mrow class="{kind}">{"".join(parts)}</mrow>' if kind else f"<mrow>{''.join(parts)}</mrow>"


def sign(text: str) -> str:
    """An operator: ``=``, ``·``, ``(``; it never stretches."""
    return f'<mo stretchy="false">{html.escape(text, quote=False)}</mo>'


def words(text: str) -> str:
    """Words; blanks at their ends, which MathML takes away, become blanks that stay."""
    inner = text.strip(" ")
    before, after = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    return element("mtext", "\u00a0" * before + inner + "\u00a0" * after if inner else "\u00a0")


def fraction(above: str, below: str) -> str:
    return f"<mfrac>{row(above)}{row(below)}</mfrac>"


def power(base: str, exponent: str) -> str:
    return f"<msup>{row(base)}{row(exponent)}</msup>"


def root(inner: str) -> str:
    return f"<msqrt>{inner}</msqrt>"


def in_brackets(inner: str) -> str:
    return row(sign("("), inner, sign(")"))


def name(text: str) -> str:
    """A name; a number at its end is an index: w1, x_2.

    Examples
    --------
    >>> name("z"), name("w1")
    ('<mi>z</mi>', '<msub><mi>w</mi><mn>1</mn></msub>')
    """
    if found := NUMBERED.fullmatch(text):
        return f"<msub>{element('mi', found[1])}{element('mn', found[2])}</msub>"
    return element("mi", text)


def number(text: str) -> str:
    """A number as the cards write it, with its own minus sign, and its exponent as a power of ten.

    Examples
    --------
    >>> number("-0.5")
    '<mrow><mo stretchy="false">−</mo><mn>0.5</mn></mrow>'
    """
    text = text.replace(MINUS, "-")
    if found := POWER_OF_TEN.fullmatch(text):
        exponent = number(f"{found[2].replace('+', '')}{found[3]}")
        return row(number(found[1]), sign("·"), power(element("mn", "10"), exponent))
    if text.startswith("-"):
        return row(sign(MINUS), element("mn", text[1:]))
    return element("mn", text)


def partial(of: str, by: str) -> str:
    """∂of/∂by, both MathML."""
    return fraction(row(sign("∂"), of), row(sign("∂"), by))


def derivation(lines: list[tuple[str, str]]) -> str:
    """Lines under each other, their signs of equality too."""
    rows = "".join(f"<mtr><mtd>{left}</mtd><mtd>{right}</mtd></mtr>" for left, right in lines)
    return (
        f'<math display="block"><mtable class="derivation" displaystyle="true">{rows}</mtable></math>' if rows else ""
    )


def inline(inner: str) -> str:
    return f"<math>{inner}</math>"


def equal(*sides: str) -> str:
    """``= a = b``: what says the same as the side before is left out."""
    kept: list[str] = []
    for side in sides:
        if not kept or plain(side) != plain(kept[-1]):
            kept.append(side)
    return row(*(part for side in kept for part in (sign("="), side)))


def plain(mathml: str) -> str:
    """The letters and signs of a formula alone, without brackets around all of it."""
    text = re.sub(r"<[^>]*>", "", mathml)
    return text[1:-1] if text.startswith("(") and text.endswith(")") and text.count("(") == 1 else text
