"""Templates: a short notation for formulas, ``{a} · (1 − {a})``, and MathML of it with names or numbers in its places.

The notation is that of the slopes in pictures (``drawing/symbols.py``), so that a page shows the formula that stands on
the arrow::

    sum      [−] product (+|−|>|< product)…
    product  power (·|/ power)…             a / b is a fraction
    power    atom [^ atom | ² | ³ | ᵀ]
    atom     number, {place}, (sum), [sum], |sum|, √ atom, function atom
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from . import mathml as m

TOKEN = re.compile(r"\s*(\{\w\}|\d+(?:\.\d+)?|[A-Za-zσΣ]+|[·×/^²³ᵀ()\[\]|√+−><=,])")
CLOSING = {"(": ")", "[": "]", "|": "|"}
RAISED = {"²": "2", "³": "3", "ᵀ": "T"}
FACTOR_SIGNS, TERM_SIGNS = ("·", "×", "/"), ("+", "−", ">", "<")


SUM, FUNCTION, PRODUCT, POWER, ATOM = range(5)
"""How tightly a formula holds together: ``a + b``, ``log x``, ``a · b``, ``x²``, ``x``."""


class Piece(NamedTuple):
    """A formula, and how tightly it holds together."""

    mathml: str
    level: int = ATOM

    def within(self, level: int) -> str:
        """In brackets, if what stands around it would tear it apart."""
        return self.mathml if self.level >= level else m.in_brackets(self.mathml)

    @property
    def tight(self) -> str:
        """As a factor."""
        return self.within(PRODUCT)


def filled(template: str, places: Mapping[str, Piece]) -> Piece:
    """The formula of a template.

    Parameters
    ----------
    template : str
        Of this package: no text of a user's.
    places : mapping from letters to pieces
        What stands in ``{x}``.

    Examples
    --------
    >>> print(filled("{x} · 2", {"x": Piece(m.number("-3"), SUM)}).mathml.replace(' stretchy="false"', ""))
    <mrow><mrow><mo>(</mo><mrow><mo>−</mo><mn>3</mn></mrow><mo>)</mo></mrow><mo>·</mo><mn>2</mn></mrow>
    """
    reader = Reader(TOKEN.findall(template), places)
    return reader.sum()


class Reader:
    """Reads a template from left to right."""

    def __init__(self, tokens: list[str], places: Mapping[str, Piece]) -> None:
        self.tokens = tokens
        self.places = places
        self.at = 0

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def sum(self) -> Piece:
        parts = []
        if self.next == "−":
            parts.append(m.sign(self.take()))
        first = self.product()
        if not parts and self.next not in TERM_SIGNS:
            return first
        parts.append(first.within(FUNCTION if parts else SUM))
        while self.next in TERM_SIGNS:
            parts += [m.sign(self.take()), self.product().within(FUNCTION)]
        return Piece(m.row(*parts), SUM)

    def product(self) -> Piece:
        begun = self.at
        found = self.power()
        while self.next in FACTOR_SIGNS:
            if self.take() == "/":  # the line of a fraction holds together what is above and below it
                above = self.without_brackets(found, begun)
                below = self.at
                found = Piece(m.fraction(above, self.without_brackets(self.power(), below)), POWER)
            else:
                right = self.power()  # as the last factor, log x needs no brackets
                product = m.row(found.tight, m.sign("·"), right.within(FUNCTION))
                found = Piece(product, min(PRODUCT, right.level) or PRODUCT)
        return found

    def without_brackets(self, found: Piece, begun: int) -> str:
        """What was just read from there on, without brackets around all of it."""
        if self.tokens[begun] != "(":
            return found.mathml
        again = Reader(self.tokens, self.places)
        again.at = begun
        return again.bare().mathml

    def power(self) -> Piece:
        base = self.atom()
        if self.next in RAISED:
            raised = m.element("mn" if self.next != "ᵀ" else "mi", RAISED[self.take()])
            return Piece(m.power(base.within(ATOM), raised), POWER)
        if self.next == "^":
            self.take()
            exponent = self.bare()
            return Piece(m.power(base.within(ATOM), exponent.mathml), POWER)
        return base

    def bare(self) -> Piece:
        """An atom whose brackets are not needed: a power is raised anyway."""
        if self.next != "(":
            return self.atom()
        self.take()
        inner = self.sum()
        self.take()
        return inner

    def atom(self) -> Piece:
        token = self.take()
        if token.startswith("{"):
            return self.places[token[1]]
        if token[0].isdigit():
            return Piece(m.number(token))
        if token == "√":
            return Piece(m.root(self.bare().mathml))
        if token in CLOSING:
            inner = self.sum()
            self.take()
            return Piece(m.row(m.sign(token), inner.mathml, m.sign(CLOSING[token])))
        return self.function(token)

    def function(self, word: str) -> Piece:
        """``cos x``, ``σ(x)``, ``max(0, x)``; or a letter alone, ``e``."""
        letter = m.element("mi", word)
        if self.next == "(":
            self.take()
            inner = [self.sum().mathml]
            while self.next == ",":
                inner += [m.sign(self.take()), self.sum().mathml]
            self.take()
            return Piece(m.row(letter, m.sign("("), *inner, m.sign(")")))
        if self.next.startswith("{") or (self.next and self.next[0].isalpha()):
            argument = self.power().within(FUNCTION if word == "Σ" else ATOM)
            return Piece(m.row(letter, '<mspace width="0.17em"/>', argument), FUNCTION)
        return Piece(letter)
