"""Patterns: what wrong numbers have to do with the right ones and with the arguments, in every case that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from .comparing import Part, error_of
from .structure import SPREAD, Structure, flat, meanings_of, ratio_of, shared_meaning, shown

Cases = Sequence[tuple[Part, Mapping[str, Any]]]
"""The first wrong part of each case, and the arguments."""

FEW, MANY = 3, 12


def pattern_in(cases: Cases, sizes: Sequence[Mapping[str, int]]) -> Structure | None:
    """A pattern that is the same in all cases."""
    alike = [k for k, (part, _) in enumerate(cases) if part.name == cases[0][0].name]
    cases, sizes = [cases[k] for k in alike], [sizes[k] for k in alike]
    if not all(part.is_numeric and np.isfinite(flat(part.given)).all() for part, _ in cases):
        return None
    if not all(np.isfinite(flat(part.right)).all() for part, _ in cases) or count(cases) < FEW:
        return None
    with np.errstate(all="ignore"):
        if found := step(cases, sizes):
            return found
        return next(filter(None, (look(cases) for look in LOOKS)), None)


def count(cases: Cases) -> int:
    return sum(np.size(part.right) for part, _ in cases)


def found_as(kind: str, cases: Cases, headline: str, says: str) -> Structure:
    return Structure(kind, headline, shown(cases[0][0]), says)


def shared(cases: Cases) -> Iterator[str]:
    """The arguments that are numbers or arrays in all cases."""
    for name, value in cases[0][1].items():
        if isinstance(value, float | np.ndarray) and all(name in arguments for _, arguments in cases):
            yield name


def arrays_of(cases: Cases, name: str) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """An argument in the shape of the answer, and the answer beside the right one; none where it has no such shape."""
    for part, arguments in cases:
        x, right = np.asarray(arguments[name], float), np.asarray(part.right, float)
        if x.ndim == 1 and right.ndim == 2 and len(x) == right.shape[0] != right.shape[1]:
            x = x[:, None] * np.ones(right.shape)
        if x.ndim and x.shape != right.shape:
            return
        yield x * np.ones(right.shape), np.asarray(part.given, float), right


def holds(cases: Cases, name: str, test: Callable[[np.ndarray, np.ndarray, np.ndarray], bool]) -> bool:
    """True if a test of an argument, the answer and the right one is passed in every case."""
    found = [test(*one) for one in arrays_of(cases, name)]
    return len(found) == len(cases) and all(found)


# ------------------------------------------------------------------------------- whole answers


def an_argument(cases: Cases) -> Structure | None:
    name = cases[0][0].name
    for argument in shared(cases):
        if all(error_of(part.given, arguments[argument]) < SPREAD for part, arguments in cases):
            return found_as(
                "argument", cases, f"{name} is {argument} itself, unchanged.", f"What is done with {argument}?"
            )
    return None


def rounded(cases: Cases) -> Structure | None:
    name = cases[0][0].name
    cases = [case for case in cases if case[0].name == name and case[0].is_numeric]
    if count(cases) < FEW or not any(np.any(flat(part.given)) for part, _ in cases):  # nothing but 0 is not rounded
        return None
    if all(error_of(part.given, np.trunc(part.right)) < 1e-9 for part, _ in cases):
        return found_as(
            "rounded", cases, f"{name} is right but for its decimals: they are cut off.", "Where do they vanish?"
        )
    for digits in range(5):
        if all(error_of(part.given, np.round(part.right, digits)) < 1e-9 for part, _ in cases):
            places = f"rounded to {digits} decimal{'s' if digits > 1 else ''}" if digits else "rounded to whole numbers"
            return found_as("rounded", cases, f"{cases[0][0].name} is right, but {places}.", "Return it unrounded.")
    return None


def in_other_places(cases: Cases) -> Structure | None:
    for part, _ in cases:
        given, right = np.sort(flat(part.given)), np.sort(flat(part.right))
        if given.dtype.kind == "c" or error_of(given, right) > SPREAD or np.ptp(right) == 0:
            return None
    headline = f"{cases[0][0].name} has the right numbers, but in other places."
    return found_as("places", cases, headline, "In which order do they come: by rows, by columns, from which end?")


def entries_of_an_argument(cases: Cases) -> Structure | None:
    """Every number of the first answer stands in an argument as it is, and the right numbers do not."""
    (part, arguments), *_ = cases
    for argument in shared(cases):
        x = np.asarray(arguments[argument], float)
        if (
            np.size(part.given) > 1
            and np.any(np.mod(flat(part.given).real, 1))
            and x.ndim
            and are_in(part.given, x)
            and not are_in(part.right, x)
        ):
            headline = f"Every number in {part.name} is an entry of {argument}, just as it stands there."
            return found_as("entries", cases, headline, f"What is to be done with the entries of {argument}?")
    return None


def step(cases: Cases, sizes: Sequence[Mapping[str, int]]) -> Structure | None:
    """What is new in an argument is a multiple of what it should be: w moves, and m times too far."""
    name, meanings, first = cases[0][0].name, [], 0.0
    for (part, arguments), own in zip(cases, sizes, strict=True):
        x = arguments.get(name)
        if not isinstance(x, np.ndarray) or np.shape(x) != np.shape(part.right) or x.size < 2:
            return None
        ratio = ratio_of(Part(name, np.asarray(part.given) - x, np.asarray(part.right) - x))
        if ratio:
            first = first or ratio
            meanings.append(meanings_of(ratio, own))
    if not meanings or not (says := shared_meaning(meanings)):
        return None
    amount = f"{abs(first):.4g} times as far as it should" if abs(first) != 1 else "just as far as it should"
    return found_as(
        "step",
        cases,
        f"{name} moves {amount}{', the other way' if first < 0 else ''}.",
        f"{says[:1].upper()}{says[1:]}.",
    )


def are_in(numbers: Any, x: np.ndarray) -> bool:
    return bool(np.all(np.min(np.abs(flat(numbers)[:, None] - x.ravel()), axis=1) < 1e-12)) and x.size < 1000


def diagonal(cases: Cases) -> Structure | None:
    for part, _ in cases:
        given, right = np.asarray(part.given), np.asarray(part.right)
        if given.ndim != 2 or given.shape[0] != given.shape[1] or len(given) < 2:
            return None
        good = np.abs(given - right) <= SPREAD * np.max(np.abs(right))
        if not np.array_equal(good, np.eye(len(good), dtype=bool)):
            return None
    headline = f"{cases[0][0].name} is right on the diagonal, and wrong everywhere else."
    says = "A transpose leaves the diagonal as it is: are rows and columns exchanged in some of what is added?"
    return found_as("diagonal", cases, headline, says)


# ------------------------------------------------------------------------------- arguments


def times_an_argument(cases: Cases) -> Structure | None:
    name = cases[0][0].name
    for argument in shared(cases):
        if holds(cases, argument, lambda x, given, right: varies(x, right) and error_of(given, x * right) < SPREAD):
            return found_as("times", cases, f"{name} is multiplied by {argument}, and right otherwise.",
                            f"Where does the factor {argument} come from?")  # fmt: skip
        if holds(cases, argument, lambda x, given, right: varies(x, right) and error_of(given * x, right) < SPREAD):
            return found_as("times", cases, f"{name} is right but for a factor {argument}, which is missing or is "
                            "divided by.", f"How does {argument} come in?")  # fmt: skip
    if count(cases) > FEW and all(error_of(part.given, np.square(part.right)) < SPREAD for part, _ in cases):
        return found_as("times", cases, f"{name} is squared.", "Is a square too much, or a root missing?")
    return None


def varies(x: np.ndarray, right: np.ndarray) -> bool:
    """True if multiplying by x makes a difference that is no accident."""
    return bool(np.max(np.abs(x - 1)) > SPREAD and right.any())


def plus_an_argument(cases: Cases) -> Structure | None:
    name = cases[0][0].name
    for argument in shared(cases):
        for word, is_so in (("added to", is_added), ("subtracted from", is_subtracted)):
            if holds(cases, argument, is_so):
                return found_as("plus", cases, f"{argument} is {word} what would be right for {name}.",
                                f"What is {argument} to be used for?")  # fmt: skip
    return None


def is_added(x: np.ndarray, given: np.ndarray, right: np.ndarray) -> bool:
    return error_of(given - right, x) < SPREAD


def is_subtracted(x: np.ndarray, given: np.ndarray, right: np.ndarray) -> bool:
    return error_of(right - given, x) < SPREAD


CONDITIONS: tuple[tuple[str, Callable[[np.ndarray], np.ndarray]], ...] = (
    ("is positive", lambda x: x > 0), ("is negative", lambda x: x < 0), ("is 0", lambda x: x == 0),
    ("is not 0", lambda x: x != 0), ("is 1", lambda x: x == 1), ("is not 1", lambda x: x != 1),
    ("is not negative", lambda x: x >= 0), ("is not positive", lambda x: x <= 0), ("is above 0.5", lambda x: x > 0.5),
    ("is below 0.5", lambda x: x < 0.5),
)  # fmt: skip


def where(cases: Cases) -> Structure | None:
    """Wrong exactly where an argument has a property."""
    name = cases[0][0].name
    for argument in shared(cases):
        arrays = [one for one in arrays_of(cases, argument) if one[0].ndim]
        if len(arrays) < len(cases):
            continue
        bad = np.concatenate(
            [np.ravel(np.abs(given - right) > SPREAD * np.max(np.abs(right))) for _, given, right in arrays]
        )
        x = np.concatenate([np.ravel(x) for x, _, _ in arrays])
        for says, holds_for in CONDITIONS:
            if bad.any() and not bad.all() and len(bad) > FEW and np.array_equal(bad, holds_for(x)):
                return found_as("where", cases, f"{name} is wrong where {argument} {says}, and right everywhere else.",
                                f"What does your code do where {argument} {says}?")  # fmt: skip
    return None


def by_size(cases: Cases) -> Structure | None:
    """Right where the right numbers are large, wrong where they are small, or the other way round."""
    given, right = (np.concatenate([flat(getattr(part, which)) for part, _ in cases]) for which in ("given", "right"))
    good = np.abs(given - right) <= SPREAD * np.max(np.abs(right))
    if right.dtype.kind == "c" or min(good.sum(), (~good).sum()) <= FEW:
        return None
    for sign, words in ((1, ("above", "below")), (-1, ("below", "above"))):
        low, high = np.max(sign * right[~good]), np.min(sign * right[good])
        if low < high and (limit := next((x for x in (0.0, 0.5) if low <= sign * x <= high), None)) is not None:
            headline = (
                f"{cases[0][0].name} is right where it is {words[0]} {limit:g}, and wrong where it is {words[1]}."
            )
            return found_as("size", cases, headline, "Is something cut off on the way, by a maximum, a clip or a mask?")
    return None


def between(cases: Cases) -> Structure | None:
    """Numbers outside [0, 1], where all the right ones are inside."""
    given, right = (np.concatenate([flat(getattr(part, which)) for part, _ in cases]) for which in ("given", "right"))
    if (
        len(right) < MANY
        or np.ptp(right) == 0
        or right.min() < 0
        or right.max() > 1
        or (given.min() >= 0 and given.max() <= 1)
    ):
        return None
    name = cases[0][0].name
    return found_as("between", cases, f"The right numbers for {name} all lie between 0 and 1; yours do not.",
                    "Which step sees to it that it does?")  # fmt: skip


# ------------------------------------------------------------------------------- rows and columns


def sums(cases: Cases) -> Structure | None:
    """Rows or columns whose right sums are all the same, and whose own are not."""
    parts = [part for part, _ in cases if np.ndim(part.right) == 2]
    if len(parts) < len(cases) or sum(len(part.right) for part in parts) < FEW:
        return None
    for axis, line in ((1, "row"), (0, "column")):
        right = np.concatenate([np.sum(part.right, axis=axis) for part in parts])
        given = [np.sum(part.given, axis=axis) for part in parts]
        if len(right) < FEW or min(np.shape(part.right)[axis] for part in parts) < 2 or np.ptp(right) > 1e-9:
            continue
        total = float(np.round(right[0], 9)) + 0.0
        if total in (0.0, 1.0) and all(np.max(np.abs(sums - total)) > 1e-6 for sums in given):
            first = "  ".join(f"{x:.4g}" for x in given[0][:4])
            name = parts[0].name
            evidence = (f"your sums: {first}{' …' if len(given[0]) > 4 else ''}",)
            says = f"Over which axis goes the sum for one {line}?"
            says = says if total else f"What makes the entries of one {line} cancel each other?"
            headline = f"The sum of every {line} of {name} should be {total:g}; yours is not."
            return Structure("sums", headline, evidence, says)
    return None


def by_lines(cases: Cases) -> Structure | None:
    """Columns or rows that are right up to a factor, or a number added, of their own."""
    pairs = [(np.asarray(part.given, float), np.asarray(part.right, float)) for part, _ in cases]
    if any(right.ndim != 2 or min(right.shape) < 2 for _, right in pairs) or max(min(r.shape) for _, r in pairs) < FEW:
        return None
    name = cases[0][0].name
    for axis, line in ((0, "column"), (1, "row")):
        for fits, headline, says in (
            (differs_by, f"In every {line} of {name} the same number is added, another one in each.",
             f"Look at what is added or subtracted once for each {line}."),
            (scaled_by, f"Every {line} of {name} is right but for a factor of its own.",
             f"Look at what is multiplied or divided by once for each {line}."),
            (stretched_by, f"Every {line} of {name} is right but for a shift and a stretch of its own.",
             f"Look at what is subtracted from each {line}, and at what it is divided by."),
        ):  # fmt: skip
            if all(fits(given, right, axis) for given, right in pairs):
                return found_as("lines", cases, headline, says)
    return None


def differs_by(given: np.ndarray, right: np.ndarray, axis: int) -> bool:
    return bool(np.max(np.ptp(given - right, axis=axis)) <= SPREAD * np.max(np.abs(right)))


def scaled_by(given: np.ndarray, right: np.ndarray, axis: int) -> bool:
    size = np.sum(right * right, axis=axis, keepdims=True)
    factor = np.sum(given * right, axis=axis, keepdims=True) / np.where(size, size, 1)
    fits = np.max(np.abs(given - factor * right)) <= SPREAD * np.max(np.abs(right))
    return bool(fits and np.all(factor[size > 0]) and np.ptp(factor[size > 0]) > SPREAD)


def stretched_by(given: np.ndarray, right: np.ndarray, axis: int) -> bool:
    if right.shape[axis] < FEW:
        return True  # any two points lie on a line
    a, b = (x - x.mean(axis=axis, keepdims=True) for x in (given, right))
    return bool(a.any() and scaled_by(a, b, axis))


LOOKS = (an_argument, rounded, in_other_places, sums, entries_of_an_argument, times_an_argument, plus_an_argument,
         where, diagonal, by_lines, by_size, between)  # fmt: skip
"""In this order: from what leaves no doubt to what is only seen."""
