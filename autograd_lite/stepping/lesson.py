"""What a page plays: the steps of back-propagation through one graph, as plain data that knows nothing of pages.

Everything here is text for a reader, and MathML that this package made; user's names in it are cleaned, and in MathML
escaped.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..drawing.view import Heat, View

START, FORWARD, BACKWARD, UPDATE = "start", "forward", "backward", "update"
PHASES = (START, FORWARD, BACKWARD, UPDATE)

VALUE, GRADIENT = "value", "gradient"


@dataclass(frozen=True)
class Change:
    """What a card shows from a step on.

    Attributes
    ----------
    card : int
    what : {"value", "gradient"}
    rows : tuple of str
        The numbers, a row of the card each: as many as the card has of them in the end. While nothing is known, ``·``.
    heat : Heat or None
        Of an array.
    """

    card: int
    what: str
    rows: tuple[str, ...]
    heat: Heat | None = None


@dataclass(frozen=True)
class Array:
    """A small picture of an array beside a formula.

    Attributes
    ----------
    caption : MathML
    shape : str
        ``8 × 4``
    heat : Heat
    chosen : tuple of int or None
        The cell (row, column) that is worked out, or that holds the entry that is, if the picture is of all entries.
    kind : {"value", "upstream", "local", "gradient"}
    """

    caption: str
    shape: str
    heat: Heat
    chosen: tuple[int, int] | None = None
    kind: str = VALUE


@dataclass(frozen=True)
class Step:
    """One step: what is computed, from what, and how.

    Attributes
    ----------
    phase : {"start", "forward", "backward", "update"}
    title : str
        ``Through the multiply, to w``.
    sentence : str
        What happens, in one or two plain sentences.
    formula : MathML
        The rule, and below it the rule with numbers plugged in: one ``<math>`` element, or empty.
    entry : MathML
        Of arrays: one chosen entry, worked out with its numbers; or empty.
    entry_title : str
        ``Entry (2, 1), worked out``
    arrays : tuple of Array
        Small pictures of the arrays in the formula, in its order.
    targets : tuple of int
        The cards whose numbers are found in this step.
    sources : tuple of int
        The cards that they are found from: on the way back the one that the gradient comes from.
    arrows : tuple of int
        Those along which numbers travel; on the way back from head to tail.
    lines : tuple of int
        The lines of the program that do it, from 0.
    changes : tuple of Change
    """

    phase: str
    title: str
    sentence: str
    formula: str = ""
    entry: str = ""
    entry_title: str = ""
    arrays: tuple[Array, ...] = ()
    targets: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    arrows: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Numbers:
    """A line in the table of all numbers, with those of the end.

    Attributes
    ----------
    card : int
    name, role, shape : str
    value, gradient : str
        On one line; ``no gradient`` where there is none.
    entries : str
        All entries of an array and of its gradient, a row of the array a line; empty where there are too many.
    """

    card: int
    name: str
    role: str
    shape: str
    value: str
    gradient: str
    entries: str = ""


@dataclass(frozen=True)
class Lesson:
    """A graph, and the steps through it.

    Attributes
    ----------
    view : View
        With the numbers of the end: before the update.
    title : str
        ``Back-propagation, step by step``
    formula : MathML
        What is computed: ``L = BCE(σ(w·x + b), y)``, inline; or empty if it is too long.
    steps : tuple of Step
        The first one shows what was given and nothing else.
    code : tuple of str
        The program, line by line.
    numbers : tuple of Numbers
    notes : tuple of str
        What the page leaves out, and how to see it: a sentence each.
    """

    view: View
    title: str
    formula: str
    steps: tuple[Step, ...]
    code: tuple[str, ...]
    numbers: tuple[Numbers, ...]
    notes: tuple[str, ...] = ()
