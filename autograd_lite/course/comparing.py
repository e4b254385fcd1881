"""Comparing: whether an answer is right, and if it is not even of the right form, what is wrong with its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

RIGHT, RIGHT_IN_FLOAT32 = 1e-6, 5e-5
"""How far a right answer may be from the reference's, relative to its largest entry: in float64, in float32."""


@dataclass(frozen=True)
class Part:
    """One part of an answer beside the reference's.

    Attributes
    ----------
    name : str
        ``dJ/dw``; ``the answer`` if there is one alone.
    given, right : Any
        Arrays, numbers, or something else.
    """

    name: str
    given: Any
    right: Any

    @property
    def is_numeric(self) -> bool:
        """True if both are numbers or arrays of one shape."""
        return is_numeric(self.given) and is_numeric(self.right) and np.shape(self.given) == np.shape(self.right)

    @property
    def is_right(self) -> bool:
        return error_of(self.given, self.right) <= RIGHT or self.is_right_in_float32

    @property
    def is_right_in_float32(self) -> bool:
        dtype = getattr(self.given, "dtype", None)
        return dtype == np.float32 and error_of(self.given, self.right) <= RIGHT_IN_FLOAT32


def is_numeric(x: Any) -> bool:
    return isinstance(x, int | float | complex | np.generic | np.ndarray) and np.asarray(x).dtype.kind in "fiubc"


def error_of(given: Any, right: Any) -> float:
    """How far an answer is from the right one, relative to the largest entry; infinite if it is of another form."""
    if type(given) is float and type(right) is float and given - given == right - right == 0:  # most often
        return abs(given - right) / (abs(right) or 1.0)
    if not (is_numeric(given) and is_numeric(right)):
        same = type(given) is type(right) and given == right
        return 0.0 if same else np.inf
    if np.shape(given) != np.shape(right):
        return np.inf
    a, b = np.asarray(given), np.asarray(right)
    if a.size == 0:
        return 0.0
    kind = complex if "c" in (a.dtype.kind, b.dtype.kind) else float
    a, b = a.astype(kind, copy=False), b.astype(kind, copy=False)
    with np.errstate(all="ignore"):
        distance, scale = float(np.abs(a - b).max()), float(np.abs(b).max())
    if np.isfinite(distance) and np.isfinite(scale):
        return distance / (scale or 1.0)
    finite = np.isfinite(b)
    if not np.array_equal(np.isfinite(a), finite) or not np.array_equal(a[~finite], b[~finite], equal_nan=True):
        return np.inf
    scale = float(np.max(np.abs(b[finite]), initial=0.0))
    return float(np.max(np.abs(a[finite] - b[finite]), initial=0.0)) / (scale or 1.0)


def parts_of(given: Any, right: Any, names: Sequence[str] = ()) -> list[Part]:
    """The parts of an answer: those of a tuple or list, of a dict, or the answer itself.

    Examples
    --------
    >>> [part.name for part in parts_of((1.0, 2.0), (1.0, 3.0), ("dw", "db"))]
    ['dw', 'db']
    """
    if isinstance(right, dict) and isinstance(given, dict):
        return [Part(key, given.get(key), value) for key, value in right.items()]
    if isinstance(right, list | tuple) and isinstance(given, list | tuple) and len(given) == len(right):
        labels = names if len(names) == len(right) else [f"part {k + 1}" for k in range(len(right))]
        found = []
        for label, a, b in zip(labels, given, right, strict=True):
            found += [Part(label, a, b)] if not isinstance(b, list | tuple | dict) else parts_within(label, a, b)
        return found
    return [Part(names[0] if len(names) == 1 else "the answer", given, right)]


def parts_within(label: str, given: Any, right: Any) -> list[Part]:
    """The parts of a part: ``dW[0]``."""
    inner = parts_of(given, right)
    if len(inner) == 1 and inner[0].name == "the answer":
        return [Part(label, given, right)]
    return [Part(f"{label} {part.name.removeprefix('part ')}", part.given, part.right) for part in inner]


def is_right(given: Any, right: Any) -> bool:
    """True for an answer that is right in all its parts."""
    if isinstance(right, list | tuple) != isinstance(given, list | tuple):
        return False
    if isinstance(right, list | tuple) and len(given) != len(right):
        return False
    if isinstance(right, dict) and (not isinstance(given, dict) or given.keys() != right.keys()):
        return False
    return all(part.is_right for part in parts_of(given, right))


def same(a: Any, b: Any) -> bool:
    """True for two answers that are the same up to rounding."""
    return is_right(a, b) and is_right(b, a)


# ------------------------------------------------------------------------------- form


def said(x: Any) -> str:
    """What kind of thing an answer is."""
    if x is None:
        return "None"
    if isinstance(x, np.ndarray):
        return f"an array of shape {x.shape}" if x.ndim else "an array without axes"
    if isinstance(x, bool | np.bool_):
        return "a truth value"
    if is_numeric(x):
        return "a number"
    if isinstance(x, list | tuple | dict):
        return f"a {type(x).__name__} of {len(x)}"
    return f"a {type(x).__name__}"


def wrong_form(given: Any, right: Any, names: Sequence[str] = ()) -> tuple[str, str]:
    """What is wrong with the form of an answer, and what would mend it; two empty texts if nothing is."""
    if given is None and right is not None:
        return nothing_returned()
    if isinstance(right, list | tuple):
        return wrong_form_of_several(given, right, names)
    if isinstance(right, dict):
        return wrong_form_of_dict(given, right)
    for part in parts_of(given, right, names):
        if found := wrong_form_of_part(part):
            return found
    return "", ""


def wrong_form_of_several(given: Any, right: Sequence[Any], names: Sequence[str]) -> tuple[str, str]:
    what = f" ({', '.join(names)})" if names else ""
    if given is None:
        return nothing_returned()
    if not isinstance(given, list | tuple):
        return f"It returns {said(given)}, where {len(right)} answers belong{what}.", "return them with commas between."
    if len(given) != len(right):
        return f"It returns {len(given)} answers; there are {len(right)}{what}.", ""
    problems = [found for part in parts_of(given, right, names) if (found := wrong_form_of_part(part))]
    if problems and len(right) == 2 and not any(map(wrong_form_of_part, parts_of([*given][::-1], right, names))):
        order = f" The order is {', '.join(names)}." if names else ""
        return "The two answers have each other's form.", f"Were they returned in the other order?{order}"
    return problems[0] if problems else ("", "")


def wrong_form_of_dict(given: Any, right: dict[str, Any]) -> tuple[str, str]:
    if given is None:
        return nothing_returned()
    if not isinstance(given, dict):
        return f"It returns {said(given)}, where a dict with {', '.join(map(repr, right))} belongs.", ""
    if missing := [key for key in right if key not in given]:
        return f"The dict that it returns has no {', '.join(map(repr, missing))}.", ""
    for part in parts_of(given, right):
        if found := wrong_form_of_part(part):
            return found
    return "", ""


def wrong_form_of_part(part: Part) -> tuple[str, str] | None:
    """What is wrong with the form of one part."""
    given, right, name = part.given, part.right, part.name
    its = "It returns" if name == "the answer" else f"{name} is"
    if given is None and right is not None:
        still = f"{name} is still None.", "Is it computed, and returned?"
        return nothing_returned() if name == "the answer" else still
    if isinstance(right, list | tuple | dict):
        return None
    if is_numeric(right) and not is_numeric(given):
        if isinstance(given, list | tuple) and np.ndim(right):
            return f"{its} {said(given)}, where an array belongs.", "np.array(...) makes one of it."
        return f"{its} {said(given)}, where {said(right)} belongs.", ""
    if is_numeric(right) and np.shape(given) != np.shape(right):
        return f"{its} {said(given)}, where {said(right)} belongs.", mended(np.shape(given), np.shape(right))
    if is_numeric(right) and np.iscomplexobj(given) and not np.iscomplexobj(right):
        return f"{its} complex, where real numbers belong.", "Where does the imaginary part come from?"
    return None


def nothing_returned() -> tuple[str, str]:
    return "It returns None.", "Is there a return at the end, with what you computed behind it?"


def mended(given: tuple[int, ...], right: tuple[int, ...]) -> str:
    """What makes the one shape of the other.

    Examples
    --------
    >>> mended((3, 1), (3,)), mended((5, 3), (3, 5)), mended((7, 3), (3,))
    ('.ravel() makes one of the other, but where did the second axis come from?', 'That is its transpose: .T', '')
    """
    if given[::-1] == right and len(given) > 1:
        return "That is its transpose: .T"
    if not right and int(np.prod(given)) == 1:
        return "It has one entry: take it out, with [0] or .item()."
    if sorted(n for n in given if n != 1) == sorted(n for n in right if n != 1):
        if len(given) > len(right):
            return ".ravel() makes one of the other, but where did the second axis come from?"
        return f".reshape{right} makes one of the other; or keepdims=True where it was summed."
    if not right and given:
        return "Is a sum or a mean missing?"
    return ""


def sentence(text: str) -> str:
    """With a sign at its end, so that another one can follow.

    Examples
    --------
    >>> sentence("J = 1/m Σ L"), sentence("Which sign?"), sentence("")
    ('J = 1/m Σ L.', 'Which sign?', '')
    """
    return text if not text or text[-1] in ".?!:" else f"{text}."
