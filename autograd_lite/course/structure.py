"""Structure: what kind of difference there is between an answer and the right one, whatever the mistake was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .comparing import Part, error_of, said

SPREAD = 1e-6
"""How much a constant may vary, relative to itself."""

TINY = 1e-3
"""An entry this much smaller than the largest one is held to the same distance as one of this size."""

SHOWN = 4

ZERO = "nothing was computed, or it was multiplied by 0"
TOO_LARGE = "a number becomes too large for the computer on the way, or is divided by 0, or is 0 in a logarithm"
TURNED = "a .T is missing or is too much"


@dataclass(frozen=True)
class Structure:
    """What was seen.

    Attributes
    ----------
    kind : str
    headline : str
    evidence : tuple of str
    says : str
        What would make such a difference; empty where that is not known.
    """

    kind: str
    headline: str
    evidence: tuple[str, ...]
    says: str = ""


def structure_of_all(cases: Sequence[tuple[Sequence[Part], Mapping[str, int]]]) -> Structure:
    """The structure in the first case; what would make it is said only if it is the same in all of them.

    Sizes differ from case to case: a ratio of 3 is n in one of them, and 3 in all of them if it is no n.
    """
    with np.errstate(all="ignore"):  # a wrong answer may be as large as a float can be
        found = [structure_of(parts, sizes) for parts, sizes in cases]
    names = [next((part.name for part in parts if not part.is_right), "") for parts, _ in cases]
    first = found[0]
    alike = [case for name, case in zip(names, cases, strict=True) if name == names[0]]
    found = [other for name, other in zip(names, found, strict=True) if name == names[0]]
    if first.kind == "ratio":
        part = next(part for part in cases[0][0] if not part.is_right)
        if not is_one_ratio(alike):
            return of_unlike(part, first.evidence)
        return Structure(first.kind, first.headline, first.evidence, common_meaning(alike))
    if all(other.kind == first.kind and other.says == first.says for other in found):
        return first
    return Structure(first.kind, first.headline, first.evidence)


Cases = Sequence[tuple[Sequence[Part], Mapping[str, int]]]


def common_meaning(cases: Cases) -> str:
    """What the ratio of the first wrong part can mean in every case; empty if there is no such thing."""
    wrong = [(next(part for part in parts if not part.is_right), sizes) for parts, sizes in cases]
    return shared_meaning([meanings_of(ratio_of(part), sizes) for part, sizes in wrong])


def shared_meaning(meanings: Sequence[Sequence[str]]) -> str:
    return next((says for says in meanings[0] if all(says in others for others in meanings)), "")


def is_one_ratio(cases: Cases) -> bool:
    """True if there is a ratio in every case, and it means something: several numbers have it, or all cases.

    Any number is some times as large as another one.
    """
    wrong = [(next(part for part in parts if not part.is_right), sizes) for parts, sizes in cases]
    ratios = [ratio_of(part) for part, _ in wrong]
    if any(ratio is None for ratio in ratios):
        return False
    if np.count_nonzero(flat(wrong[0][0].right)) > 1:
        return True
    if len(wrong) < 2:
        return False
    common = shared_meaning([meanings_of(ratio, sizes) for ratio, (_, sizes) in zip(ratios, wrong, strict=True)])
    return bool(common) or bool(np.allclose(np.array(ratios, float), float(ratios[0] or 0), rtol=SPREAD))


def of_unlike(part: Part, evidence: tuple[str, ...]) -> Structure:
    """What can be said of an answer whose ratio to the right one is no clue: of a single number, say."""
    if np.size(part.right) > 1:
        return Structure("different", f"{part.name} is wrong.", shown(part))
    given, right = float(flat(part.given)[0]), float(flat(part.right)[0])
    what = "has the wrong sign" if given * right < 0 else f"is {given / right:.4g} times what it should be"
    return Structure("different", f"{part.name} {what}.", evidence)


def structure_of(parts: Sequence[Part], sizes: Mapping[str, int]) -> Structure:
    """The structure of the difference in the first part that is wrong."""
    wrong = [part for part in parts if not part.is_right]
    if not wrong:
        return Structure("none", "", ())
    if swapped(parts):
        names = " and ".join(part.name for part in wrong)
        return Structure("swapped", f"{names} are right, but the one stands in the place of the other.", (), "they are "
                         "returned in the other order")  # fmt: skip
    part = wrong[0]
    if not part.is_numeric:
        given, right = said(part.given), said(part.right)
        what = "not what it should be" if given == right else f"{given}, where {right} belongs"
        return Structure("other", f"{part.name} is {what}.", ())
    for look in (not_finite, constant_ratio, constant_difference, transposed, some_right, all_equal):
        if found := look(part, sizes, parts):
            return found
    return Structure("different", f"{part.name} is wrong.", shown(part))


def swapped(parts: Sequence[Part]) -> bool:
    """True if two parts have taken each other's place."""
    wrong = [part for part in parts if not part.is_right]
    if len(wrong) != 2:
        return False
    (a, b) = wrong
    return error_of(a.given, b.right) < SPREAD and error_of(b.given, a.right) < SPREAD


def flat(x: Any) -> np.ndarray:
    return np.atleast_1d(np.asarray(x, dtype=complex if np.iscomplexobj(x) else float)).ravel()


def shown(part: Part, only: np.ndarray | None = None) -> tuple[str, ...]:
    """A line with the student's first numbers, or the first of some places."""
    numbers = flat(part.given if only is None else np.asarray(part.given)[only])
    dots, there = " …" if numbers.size > SHOWN else "", "" if only is None else " there"
    return (f"your {part.name.removeprefix('the ')}{there}: {'  '.join(f'{x:.4g}' for x in numbers[:SHOWN])}{dots}",)


def not_finite(part: Part, sizes: Mapping[str, int], parts: Sequence[Part]) -> Structure | None:
    given, right = flat(part.given), flat(part.right)
    bad = ~np.isfinite(given) & np.isfinite(right)
    if not bad.any():
        return None
    place = int(np.flatnonzero(bad)[0])
    what = "nan" if np.isnan(given[place]) else "infinite"
    if given.size == 1:
        return Structure("not finite", f"{part.name} is {what}.", (), TOO_LARGE)
    headline = f"{part.name} is {what} in {int(bad.sum())} of {given.size} places."
    others = "Everywhere else it is right." if error_of(given[~bad], right[~bad]) < SPREAD and not bad.all() else ""
    return Structure(
        "not finite", headline, (f"the first is entry {place + 1}", *([others] if others else [])), TOO_LARGE
    )


def constant_ratio(part: Part, sizes: Mapping[str, int], parts: Sequence[Part]) -> Structure | None:
    ratio = ratio_of(part)
    if ratio is None or f"{ratio:.4g}" == "1":
        return None
    if ratio == 0:
        return Structure("zero", f"{part.name} is 0 where it should not be.", shown(part), ZERO)
    meanings = meanings_of(ratio, sizes)
    ratios = [f"{other.name}: {r:.4g}" for other in parts if (r := ratio_of(other)) is not None]
    evidence = (f"yours / right:  {'   '.join(ratios)}",)
    each = "every entry is"
    if ratio == -1:
        headline = f"{part.name} has the wrong sign, and is right otherwise."
        return Structure("sign", headline, evidence, "a sign is turned")
    size = f"{ratio:.4g} times too large" if abs(ratio) > 1 else f"{1 / abs(ratio):.4g} times too small"
    sign = " and has the wrong sign" if ratio < 0 else ""
    form = f"has the right form, but {each}" if np.size(part.given) > 1 else "is"
    headline = f"{part.name} {form} {size}{sign}.".replace("-", "")
    return Structure("ratio", headline, evidence, meanings[0] if meanings else "")


def ratio_of(part: Part) -> float | None:
    """The constant ratio of an answer to the right one; None if it is not constant."""
    if not part.is_numeric:
        return None
    given, right = flat(part.given), flat(part.right)
    if given.dtype.kind == "c" or not np.all(np.isfinite(given)) or not np.any(right):
        return None
    with np.errstate(over="ignore", invalid="ignore"):  # an answer may be as large as a float can be
        ratio = float(given @ right / (right @ right))
        is_constant = np.max(np.abs(given - ratio * right)) <= SPREAD * np.max(np.abs(right)) * max(abs(ratio), 1)
    if not is_constant or not np.isfinite(ratio):
        return None
    return ratio if abs(ratio) > SPREAD else 0.0


def meanings_of(ratio: float | None, sizes: Mapping[str, int]) -> list[str]:
    """What a ratio can mean, the likeliest first."""
    if not ratio:
        return []
    a = abs(ratio)
    turned = ", and a sign is turned" if ratio < 0 else ""
    table: list[tuple[float, str]] = [(2.0, "there is a factor 2 too much"), (0.5, "a factor 2 is missing")]
    for name, n in sizes.items():
        table += [
            (n, f"it is {name} times too large: something is summed and not divided by {name}"),
            (1 / n, f"it is {name} times too small: something is divided by {name} once too often"),
            (1 / n**2, f"it is {name}² times too small: it is divided by {name} twice too often"),
            (n / 2, f"the ratio is {name}/2"), (2 / n, f"the ratio is 2/{name}"),
            (2 * n, f"the ratio is 2·{name}"), (1 / (2 * n), f"the ratio is 1/(2·{name})"),
            (n * n, f"the ratio is {name}²"), (n**0.5, f"the ratio is √{name}"), (n**-0.5, f"the ratio is 1/√{name}"),
            (n / (n - 1) if n > 1 else 0, f"it is divided by {name} − 1 and not by {name}"),
        ]  # fmt: skip
    for name, n in sizes.items():
        for other, k in sizes.items():
            if name != other:
                table += [(n / k, f"the ratio is {name}/{other}: it is divided by {other} and not by {name}"),
                          (n * k, f"the ratio is {name}·{other}"),
                          (1 / (n * k), f"the ratio is 1/({name}·{other})")]  # fmt: skip
    if ratio == -1:
        return ["a sign is turned"]
    return [says + turned for value, says in table if value and abs(a - value) <= SPREAD * value]


def constant_difference(part: Part, sizes: Mapping[str, int], parts: Sequence[Part]) -> Structure | None:
    given, right = flat(part.given), flat(part.right)
    if given.size < 3 or not np.all(np.isfinite(given)):
        return None
    difference = given - right
    if np.ptp(difference.real) > SPREAD * max(1.0, float(np.max(np.abs(right)))):
        return None
    amount = float(difference.real[0])
    headline = f"Every entry of {part.name} is {abs(amount):.4g} too {'large' if amount > 0 else 'small'}."
    return Structure("difference", headline, shown(part), "the same number is added everywhere, or is missing")


def transposed(part: Part, sizes: Mapping[str, int], parts: Sequence[Part]) -> Structure | None:
    if np.ndim(part.given) != 2 or np.shape(part.given)[0] != np.shape(part.given)[1]:
        return None
    if error_of(np.asarray(part.given).T, part.right) > SPREAD:
        return None
    return Structure("transposed", f"{part.name} is right, but transposed: rows and columns are exchanged.", (), TURNED)


def some_right(part: Part, sizes: Mapping[str, int], parts: Sequence[Part]) -> Structure | None:
    """Entries, rows or columns that are right beside others that are not."""
    given, right = np.asarray(part.given), np.asarray(part.right)
    if given.size < 3 or not given.ndim:
        return None
    size = np.abs(right)
    good = np.abs(given - right) <= SPREAD * np.maximum(size, TINY * (float(np.max(size)) or 1.0))
    if not good.any() or (good.sum() < 2 and given.size > 4):
        return None
    for axis, line in ((0, "row"), (1, "column")):
        if given.ndim == 2 and given.shape[axis] > 1:
            lines = good.all(axis=1 - axis)
            if lines.sum() == 1 and lines[-1] and not good[:-1].any() if axis == 0 else lines.sum() == 1 and lines[-1]:
                return Structure("last", f"Only the last {line} of {part.name} is right.", shown(part), "a loop "
                                 "overwrites what it found before, and the last turn is left")  # fmt: skip
    count = int((~good).sum())
    places = ", ".join(str(tuple(int(i) + 1 for i in place)).replace(",)", ")") for place in np.argwhere(~good)[:3])
    zero = " They are 0." if not np.any(given[~good]) else ""
    headline = f"{part.name} is right in {given.size - count} of {given.size} places, and wrong in {count}.{zero}"
    return Structure("some", headline, (f"wrong at {places}{' …' if count > 3 else ''}", *shown(part, only=~good)))


def all_equal(part: Part, sizes: Mapping[str, int], parts: Sequence[Part]) -> Structure | None:
    given, right = flat(part.given), flat(part.right)
    if (
        given.size < 3
        or np.ptp(given.real) > SPREAD * max(1.0, float(np.max(np.abs(given))))
        or np.ptp(right.real) == 0
    ):
        return None
    headline = f"All entries of {part.name} are the same, {given[0]:.4g}; they should differ."
    return Structure("equal", headline, (), "one number stands for all: an average or a sum over too much")
