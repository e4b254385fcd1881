"""Diagnosis: which mistake a wrong answer was made by. Asked only of answers that are wrong.

From what is certain to what is not: a wrong answer that has a name, two of them at once, a slope that is right for the
student's own value, the layer in which it begins, the structure of the difference, experiments with simpler arguments;
else the smallest case, no guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from .authoring import Edit, Finding, Mistake, Probe
from .comparing import Part, parts_of, same, sentence
from .consistency import inconsistent
from .exercise import Exercise
from .experiments import experience
from .patterns import pattern_in, rounded
from .running.child import Answer, Failure, answer_here
from .structure import Structure, meanings_of, ratio_of, shared_meaning, structure_of_all

NAMED, PAIR, SEVERAL, STRUCTURE, CONSISTENT, LAYER, EXPERIMENT, SMALLEST = (
    "named", "pair", "several", "structure", "consistency", "layer", "experiment", "smallest"
)  # fmt: skip
JUDGED = "judged"
TELLING = ("ratio", "last", "some", "difference", "sign", "transposed", "swapped", "equal")
"""Structures that help also where it is not known what makes them."""

SHOWN = 4

PAIRS = 600
"""So many pairs of mistakes are tried; pairs that change the same line are none."""


@dataclass(frozen=True)
class Diagnosis:
    """What is said of a wrong answer.

    Attributes
    ----------
    kind : {"named", "pair", "several", "structure", "consistency", "layer", "experiment", "smallest",
        "judged"}
    name : str
        Of the mistake, or of both; else what was found.
    headline : str
        What is wrong with the numbers, as a property: ``every entry of dJ/dw is 7 times too large``.
    evidence : tuple of str
        Lines with the student's own numbers.
    says : str
        What would give these numbers.
    look : str
        What to look at again.
    """

    kind: str
    name: str
    headline: str
    evidence: tuple[str, ...] = ()
    says: str = ""
    look: str = ""


@dataclass(frozen=True)
class Case:
    """A probe, the student's answer, and the reference's."""

    probe: Probe
    given: Answer
    right: Answer

    @property
    def parts(self) -> list[Part]:
        return parts_of(self.given.value, self.right.value, self.probe.parts)


def diagnosed(exercise: Exercise, cases: Sequence[Case], ask: Any) -> Diagnosis:
    """Why answers are wrong.

    Parameters
    ----------
    exercise : Exercise
    cases : sequence of Case
        All probes, answered; at least one is wrong.
    ask : callable
        Asks the student's code.
    """
    all_wrong = [case for case in cases if not agrees(case.given, case.right)]
    wrong, readable = all_wrong[0], [case for case in all_wrong if case.given.has_value]
    seen = (
        structure_of_all([(case.parts, case.probe.sizes) for case in readable])
        if readable
        else Structure("raised", "", ())
    )
    if found := named(exercise, cases):
        return of_mistakes(NAMED, [found], wrong, seen)
    several, unexplained = each_in_its_place(exercise, cases)
    if several and not unexplained:
        return of_mistakes(SEVERAL, several, wrong, seen)
    if readable and (rough := rounded(firsts_of(readable))):
        return Diagnosis(STRUCTURE, rough.kind, rough.headline, rough.evidence, "", rough.says)
    likely = possible(exercise, cases)
    if pair := paired(exercise, likely, cases):
        return of_mistakes(PAIR, pair, wrong, seen)
    if multiple := multiplied(exercise, likely, cases):
        return of_multiple(*multiple, wrong, seen)
    clue = clue_of(exercise, readable, seen, ask)
    if wrong.given.has_value and (words := inconsistent(exercise, wrong.probe, ask)):
        says = sentences(words.says, as_sentence(clue.says))
        return Diagnosis(CONSISTENT, words.name, words.headline, clue.evidence, says, clue.look or words.look)
    if several:
        return in_part(of_mistakes(SEVERAL, several, wrong, seen), unexplained)
    if place := located(exercise, wrong):
        headline = clue.headline or f"{place[0]} is the first part that is wrong."
        return Diagnosis(
            LAYER, place[0], headline, clue.evidence, sentences(place[1], as_sentence(clue.says)), clue.look
        )
    if clue.kind:
        return clue
    return some_cases(wrong, seen, cases) or Diagnosis(SMALLEST, "not recognised", seen.headline, smallest(wrong, seen))


def clue_of(exercise: Exercise, readable: Sequence[Case], seen: Structure, ask: Any) -> Diagnosis:
    """What numbers and experiments show of a mistake that has no name; of no kind if that is nothing."""
    if not readable:
        return Diagnosis("", "", seen.headline, seen.evidence)
    if seen.says:
        return Diagnosis(STRUCTURE, seen.kind, seen.headline, seen.evidence, seen.says)
    pattern = pattern_in(firsts_of(readable), [case.probe.sizes for case in readable])
    if pattern is not None:
        return Diagnosis(STRUCTURE, pattern.kind, pattern.headline, pattern.evidence, "", pattern.says)
    says, look = experience(exercise, [case.probe for case in readable], ask)
    if says:
        return Diagnosis(EXPERIMENT, "experiment", seen.headline, seen.evidence, says, look)
    kind = STRUCTURE if seen.kind in TELLING else ""
    return Diagnosis(kind, seen.kind, seen.headline, seen.evidence)


def firsts_of(cases: Sequence[Case]) -> list[tuple[Part, Mapping[str, Any]]]:
    """The first wrong part of each case, and the arguments."""
    return [(next(part for part in case.parts if not part.is_right), case.probe.arguments) for case in cases]


def as_sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def sentences(*texts: str) -> str:
    """Several remarks one behind the other."""
    found = [text for text in texts if text]
    if len(found) < 2:
        return "".join(found)
    return " ".join(text + ("" if text.endswith((".", "?")) else ".") for text in found)


def agrees(given: Answer, right: Answer) -> bool:
    """True for two answers that are the same: values up to rounding, or errors of one kind."""
    if given.has_value and right.has_value:
        return same(given.value, right.value)
    if given.failure and right.failure:
        return same_failure(given.failure, right.failure)
    return bool(given.unreadable and right.unreadable)


def same_failure(a: Failure, b: Failure) -> bool:
    """True for two errors that say the same, whatever numbers are in them."""
    return a.error == b.error and (a.error == "RecursionError" or gist(a.says) == gist(b.says))


def gist(says: str) -> str:
    """An error's message without its numbers; that two shapes do not fit is said in many ways."""
    if any(word in says for word in ("matmul", "not aligned", "broadcast")):
        return "shapes"
    return "".join(letter for letter in says if not letter.isdigit())


# ------------------------------------------------------------------------------- named


def named(exercise: Exercise, cases: Sequence[Case]) -> Mistake | None:
    """The wrong answer that gives the student's numbers on every probe."""
    for mistake in exercise.mistakes:
        if all(agrees(case.given, exercise.answer(mistake.change, case.probe)) for case in cases):
            return mistake
    return None


def gives(exercise: Exercise, change: Edit, cases: Sequence[Case]) -> bool:
    """True if a change of the reference answers every probe as the student does."""
    try:
        names = exercise.names(change)
    except Exception:
        return False
    return all(agrees(case.given, answer_here(names, case.probe)) for case in cases)


def each_in_its_place(exercise: Exercise, cases: Sequence[Case]) -> tuple[list[Mistake], list[Case]]:
    """Mistakes in different places, of which each explains some probes; and the cases that none of them explains.

    A mistake is there if the student's answers are its answers wherever these are not the right ones.
    """
    unexplained = {k for k, case in enumerate(cases) if not agrees(case.given, case.right)}
    found = []
    for mistake in exercise.mistakes:
        places = wrong_in(exercise, mistake, cases)
        if places & unexplained and any(cases[k].given.has_value for k in places):
            found.append(mistake)
            unexplained -= places
    return found, [cases[k] for k in sorted(unexplained)]


def in_part(diagnosis: Diagnosis, unexplained: Sequence[Case]) -> Diagnosis:
    """A diagnosis that does not explain everything, and says so."""
    first = unexplained[0].probe
    more = f"wrong as well, in another way: {first.says or first.returns}"
    return replace(diagnosis, name=f"{diagnosis.name} and more", evidence=(*diagnosis.evidence, more),
                   says=diagnosis.says.replace("Your numbers are", "Some of your numbers are"))  # fmt: skip


def wrong_in(exercise: Exercise, mistake: Mistake, cases: Sequence[Case]) -> set[int]:
    """The probes that a wrong answer fails, if the student's answers to these are the same; else none."""
    places = set()
    for k, case in enumerate(cases):
        answer = exercise.answer(mistake.change, case.probe)
        if not agrees(answer, case.right):
            if not agrees(case.given, answer):
                return set()
            places.add(k)
    return places


def paired(exercise: Exercise, likely: Sequence[Mistake], cases: Sequence[Case]) -> list[Mistake]:
    """Two mistakes that together give the student's numbers."""
    changes = [mistake for mistake in likely if mistake.change.replacements]
    pairs = sorted(combinations(changes, 2), key=lambda pair: -sum(m.is_factor for m in pair))  # the likeliest first
    tried = 0
    for a, b in pairs:
        orders = [both_of(a, b, exercise.reference), both_of(b, a, exercise.reference)]
        if not (a.is_factor and b.is_factor) and (None in orders or orders[0] != orders[1]):
            continue  # the one changes what the other has made: neither of them is there as it is
        for both in {change.source: change for change in orders if change is not None}.values():
            if gives(exercise, both, cases):
                return [a, b]
            tried += 1
        if tried >= PAIRS:
            break
    return []


def possible(exercise: Exercise, cases: Sequence[Case]) -> list[Mistake]:
    """The wrong answers with a name that leave right whatever is right in the student's: the others were not made."""
    right = [(case, part.name) for case in cases if case.given.has_value for part in case.parts if part.is_right]

    def leaves_right(mistake: Mistake) -> bool:
        return all(is_right_in(case, name, exercise.answer(mistake.change, case.probe)) for case, name in right)

    return list(filter(leaves_right, exercise.mistakes))


def is_right_in(case: Case, name: str, answer: Answer) -> bool:
    """True if a part of an answer is right."""
    if not answer.has_value:
        return False
    return any(
        part.is_right for part in parts_of(answer.value, case.right.value, case.probe.parts) if part.name == name
    )


def multiplied(exercise: Exercise, likely: Sequence[Mistake], cases: Sequence[Case]) -> tuple[Mistake, str] | None:
    """A wrong answer with a name that gives the student's numbers up to factors with a meaning; and these.

    Where all that is wrong is a multiple of what is right, this would be the longer story.
    """
    wrong = [case for case in cases if not agrees(case.given, case.right)]
    if len(wrong) < 2 or not all(case.given.has_value for case in cases):
        return None
    if factors_from([(case, case.right) for case in cases]):
        return None
    for mistake in likely:
        if factors := factors_from([(case, exercise.answer(mistake.change, case.probe)) for case in cases]):
            return mistake, factors
    return None


def factors_from(pairs: Sequence[tuple[Case, Answer]]) -> str:
    """By which factors the student's answers are multiples of others; empty if by none that is known."""
    found: dict[str, list[list[str]]] = {}
    for case, answer in pairs:
        if not answer.has_value:
            return ""
        for part in parts_of(case.given.value, answer.value, case.probe.parts):
            if not part.is_right:
                found.setdefault(part.name, []).append(meanings_of(ratio_of(part), case.probe.sizes))
    says: dict[str, list[str]] = {}
    for name, meanings in found.items():
        says.setdefault(shared_meaning(meanings), []).append(name)
    if "" in says:
        return ""
    return "; ".join(f"{meaning} ({', '.join(names)})" for meaning, names in says.items())


def of_multiple(mistake: Mistake, factors: str, wrong: Case, seen: Structure) -> Diagnosis:
    """What to say of a wrong answer with a name, times a factor."""
    found = of_mistakes(NAMED, [mistake], wrong, seen)
    says = found.says.replace("Your numbers are", "Two things are off. Up to a factor, your numbers are")
    return replace(found, kind=PAIR, name=f"{mistake.name} + a factor", says=f"{says} The factor: {factors}.")


def both_of(a: Mistake, b: Mistake, reference: str) -> Edit | None:
    """Both changes, the one after the other; None if the first leaves nothing for the second."""
    try:
        return Edit(source=b.change.of(a.change.of(reference)))
    except ValueError:
        return None


def of_mistakes(kind: str, mistakes: Sequence[Mistake], wrong: Case, seen: Structure) -> Diagnosis:
    sizes = dict(wrong.probe.sizes)
    said = [filled(mistake.says, sizes) for mistake in mistakes]
    looks = dict.fromkeys(filled(mistake.look, sizes) for mistake in mistakes if mistake.look)
    if kind == PAIR:
        says = f"Two things are off. Your numbers are exactly what one gets when {said[0]}, and {said[1]}."
    elif kind == SEVERAL and len(said) > 1:
        says = f"{len(said)} things are off. Your numbers are exactly what one gets when {'; and when '.join(said)}."
    else:
        says = f"Your numbers are exactly what one gets when {said[0]}."
    if not wrong.given.has_value:
        says = says.replace("Your numbers are exactly what one gets", "That is exactly what happens")
    headline = seen.headline or failure_says(wrong)
    return Diagnosis(
        kind, " + ".join(m.name for m in mistakes), headline, seen.evidence, says, " ".join(map(sentence, looks))
    )


def of_finding(exercise: Exercise, finding: Finding) -> Diagnosis:
    """What a judge's finding says, and what the wrong answer says that it has recognised."""
    mistake = next((m for m in exercise.mistakes if m.name == finding.mistake), None)
    if mistake is None:
        return Diagnosis(JUDGED, finding.check, finding.says, finding.evidence, "", finding.look)
    says = f"That is what one gets when {mistake.says}."
    return Diagnosis(NAMED, mistake.name, finding.says, finding.evidence, says, mistake.look or finding.look)


def filled(text: str, sizes: dict[str, int]) -> str:
    """A text with the sizes of a probe in it."""
    for name, size in sizes.items():
        text = text.replace(f"{{{name}}}", str(size))
    return text


def failure_says(case: Case) -> str:
    failure = case.given.failure
    return f"It raises {failure.error}: {failure.says}" if failure else f"It returns {case.given.unreadable}."


# ------------------------------------------------------------------------------- not named


def located(exercise: Exercise, wrong: Case) -> tuple[str, str] | None:
    """The first part that is wrong, from the end of the computation on, and what that means."""
    if not wrong.given.has_value:
        return None
    first = next((part.name for part in wrong.parts if not part.is_right), "")
    return (first, exercise.locates[first]) if first in exercise.locates else None


def some_cases(wrong: Case, seen: Structure, cases: Sequence[Case]) -> Diagnosis | None:
    """In which cases the same function is right, if there are any; and in which it is wrong."""
    alike = [case for case in cases if case.probe.returns == wrong.probe.returns and case.probe.says]
    right = [case.probe.says for case in alike if agrees(case.given, case.right)]
    others = [case.probe.says for case in alike if not agrees(case.given, case.right)]
    if not right or not others:
        return None
    lists = [f"{'; '.join(some[:SHOWN])}{' …' if len(some) > SHOWN else ''}" for some in (right, others)]
    says = f"Right: {lists[0]}. Wrong: {lists[1]}."
    return Diagnosis(
        STRUCTURE, "some cases", seen.headline, seen.evidence, says, "What do the wrong ones have in common?"
    )


def smallest(wrong: Case, seen: Structure) -> tuple[str, ...]:
    """The smallest case that is wrong, with what was given and what came out."""
    given = [f"{name} = {short(x)}" for name, x in wrong.probe.arguments.items() if len(short(x)) < 90]
    return (*given[:6], *seen.evidence)


def short(x: Any) -> str:
    """A number or an array on one line."""
    import numpy as np

    if isinstance(x, np.ndarray):
        return np.array2string(x, precision=4, separator=", ", max_line_width=10_000, threshold=24).replace("\n", "")
    return f"{x:.6g}" if isinstance(x, float) else str(x)
