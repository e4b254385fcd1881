"""What an exercise is made of: the words in which an author writes one. A folder's ``exercise.py`` uses nothing else.

An exercise is judged by probes: a few lines of code (of the author) that use the student's functions, and an expression
whose value is compared with what the reference gives. Probes hold no answers; the reference and the wrong answers never
enter the process in which a student's code runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = [
    "QUESTION", "Call", "Consistency", "Edit", "Finding", "Mistake", "Probe", "Remark", "Script", "Variant", "code",
    "edit",
]  # fmt: skip


QUESTION = "# the question"
"""A line of a probe's ``setup``: what stands above it helps to look at the answer, and is not shown to students."""


@dataclass(frozen=True)
class Probe:
    """A question to the student's code.

    Attributes
    ----------
    setup : str
        Lines that run first, in a namespace with the names of the student's file and the arguments.
    returns : str
        The expression whose value is compared.
    arguments : dict of str to numbers, arrays, and lists of them
    says : str
        What is asked, for the student: ``X is 7×3``.
    sizes : dict of str to int
        What a ratio between two answers can mean: ``{"m": 7, "n": 3}``; distinct primes.
    parts : tuple of str
        What the parts of a tuple are called: ``("dJ/dw", "dJ/db")``, from the end of the computation to its beginning
        where that can locate a mistake. Empty for a single answer.
    needs_same_twice : bool
        False where chance is allowed.
    """

    setup: str
    returns: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    says: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    needs_same_twice: bool = True


def Call(
    function: str,
    says: str = "",
    sizes: Mapping[str, int] | None = None,
    parts: Sequence[str] = (),
    **arguments: Any,
) -> Probe:
    """A call of one function of the student's: ``Call("gradient", X=X, y=y, w=w, b=b)``.

    Examples
    --------
    >>> Call("sigmoid", z=0.5).returns
    'sigmoid(z)'
    """
    if not isinstance(says, str):
        raise TypeError(f"Call({function!r}, …) takes the arguments of {function} by name: Call({function!r}, x=x).")
    return Probe("", f"{function}({', '.join(arguments)})", arguments, says, dict(sizes or {}), tuple(parts))


def Script(
    setup: str, returns: str, says: str = "", sizes: Mapping[str, int] | None = None, parts: Sequence[str] = (),
    **arguments: Any,
) -> Probe:  # fmt: skip
    """A few lines that use what the student wrote: ``Script("x = Value(2.0); y = x * x; y.backward()", "x.grad")``."""
    return Probe(setup, returns, arguments, says, dict(sizes or {}), tuple(parts))


@dataclass(frozen=True)
class Edit:
    """Another source, made from the reference by replacing text, or written in full.

    Attributes
    ----------
    replacements : tuple of (old, new)
        Each old text must be in the reference.
    source : str
        The whole file; then there are no replacements.
    """

    replacements: tuple[tuple[str, str], ...] = ()
    source: str = ""

    def of(self, reference: str) -> str:
        """The source.

        Raises
        ------
        ValueError
            If a text is not in the reference: it was changed, and the wrong answer was not.
        """
        if self.source:
            return self.source
        for old, new in self.replacements:
            if old not in reference:
                raise ValueError(f"{old!r} is not in the reference, so nothing can take its place.")
            reference = reference.replace(old, new)
        return reference


def edit(*texts: str) -> Edit:
    """The reference with some text replaced: ``edit("/ m", "")``; pairs of old and new.

    Examples
    --------
    >>> edit("+ b", "", "x", "w").of("x + b")
    'w '
    """
    if len(texts) % 2 or not texts:
        raise ValueError("edit() takes pairs: what is replaced, and by what.")
    return Edit(tuple(zip(texts[::2], texts[1::2], strict=True)))


def code(source: str) -> Edit:
    """A file in full, where replacing text would be longer."""
    return Edit(source=source)


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that has a name.

    Attributes
    ----------
    name : str
        Short, unique in the exercise: ``not divided by m``.
    change : Edit
    says : str
        Ends the sentence "Your numbers are exactly what one gets when …": ``the sum over the examples is not divided by
        m``. Without a full stop. ``{m}`` is filled with the sizes of the probe that is shown.
    look : str
        A question or a formula to look at again. Nothing that gives the answer away.
    is_factor : bool
        It can be made together with another one: pairs of such are recognised too.
    """

    name: str
    change: Edit
    says: str
    look: str = ""
    is_factor: bool = False


@dataclass(frozen=True)
class Variant:
    """Another correct answer, for `verify`: a loop, another order of summation."""

    name: str
    change: Edit


@dataclass(frozen=True)
class Remark:
    """A question that need not be answered as the reference does: if it is not, a right answer passes with a note.

    Attributes
    ----------
    probe : Probe
    says : str
        The note: what was tried, what came of it, and what would be better.
    """

    probe: Probe
    says: str


@dataclass(frozen=True)
class Consistency:
    """Two functions of the student's that have to agree: a value and its slope.

    Attributes
    ----------
    value, slope : str
        Expressions, as in a probe: ``cost(X, y, w, b)`` and ``gradient(X, y, w, b)[0]``.
    by : str
        The argument by which the slope is.
    value_says, slope_says : str
        What they are called: ``J``, ``dJ/dw``.
    """

    value: str
    slope: str
    by: str
    value_says: str
    slope_says: str


@dataclass(frozen=True)
class Finding:
    """What a `judge` has found. A judge ends by itself where going on makes no sense.

    Attributes
    ----------
    passed : bool
    check : str
        What was checked: ``the loss falls``.
    says : str
        If it was not passed: what was seen, in one or two sentences.
    look : str
    mistake : str
        The name of the wrong answer that was recognised, if one was: its ``says`` and ``look`` are shown with this.
    evidence : tuple of str
        Lines with the student's own numbers.
    """

    passed: bool
    check: str
    says: str = ""
    look: str = ""
    mistake: str = ""
    evidence: tuple[str, ...] = ()


Ask = Callable[[Probe], Any]
"""Asks the student's code, and gives the value; raises `AnswerFailed` where it fails."""


class AnswerFailed(Exception):
    """A student's function raised, or returned what cannot be read; ``str`` says so for the student."""
