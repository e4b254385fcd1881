"""The contract: what an answer has to be before its numbers are looked at, and what an error in it means."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np

from .comparing import parts_of, wrong_form
from .diagnosis import Case, Diagnosis
from .running.child import Failure

FORM, RAISED = "form", "raised"

ERRORS = {
    "NameError": "A name is used that nothing has defined: is it misspelt, or is an import missing?",
    "RecursionError": "Functions call themselves, or each other, too deep: Python allows about a thousand calls inside "
    "each other.",
    "MemoryError": "It needs more memory than an exercise may have.",
    "ModuleNotFoundError": "Exercises use NumPy and Python's own library alone.",
    "SystemExit": "There is an exit() in it: an answer returns, it does not end the program.",
    "ZeroDivisionError": "Something is divided by 0.",
}
SHAPES = ("matmul", "not aligned", "broadcast", "shapes")


def not_python(source: str, file: str) -> tuple[Diagnosis, int | None] | None:
    """What is wrong with a file that Python cannot read, and on which line; None if it can."""
    try:
        compile(source, file, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        headline = f"Python cannot read the file: {getattr(error, 'msg', error)}."
        return Diagnosis(RAISED, "SyntaxError", headline, line_of(source, line)), line
    return None


def line_of(source: str, line: int | None) -> tuple[str, ...]:
    """A line of the student's, as evidence."""
    lines = source.splitlines()
    return (f"line {line}:  {lines[line - 1].strip()}",) if line and line <= len(lines) else ()


def undefined(missing: Sequence[str], there: Sequence[str]) -> Diagnosis:
    """What to say of a file that does not define what it should."""
    near = get_close_matches(missing[0], there, n=1, cutoff=0.6)
    says = f"There is {near[0]}: was it renamed?" if near else "Put its def back; `course reset` gives the file anew."
    return Diagnosis(FORM, "not defined", f"The file does not define {', '.join(missing)}.", (), says)


def broken(case: Case) -> Diagnosis | None:
    """What is wrong with the form of an answer; None if its numbers can be looked at."""
    given, right = case.given, case.right
    if given.unreadable:
        headline = f"It returns {given.unreadable}; numbers and plain arrays are what can be compared."
        return Diagnosis(FORM, "unreadable", headline)
    if given.changed and not right.changed:
        name = given.changed[0]
        says = (
            f"{name} belongs to whoever calls your function: compute something new, or work on a copy, {name}.copy()."
        )
        if isinstance(case.probe.arguments.get(name), dict | list):
            says += " A copied dict or list still holds the same arrays: copy these, too."
        return Diagnosis(FORM, "changed arguments", f"Your code changes its argument {name} in place.", (), says)
    if not given.has_value or not right.has_value:
        return None
    if are_cut_off(given.value, right.value):
        says = "An array of integers stays one. Begin with np.zeros(...), which holds floats, and divide by /, not //."
        return Diagnosis(FORM, "integers", "Your answer is made of whole numbers: decimals were cut off.", (), says)
    what, remedy = wrong_form(given.value, right.value, case.probe.parts)
    if what:
        return Diagnosis(FORM, "form", what, (case.probe.says,) if case.probe.says else (), remedy)
    return None


def are_cut_off(given: Any, right: Any) -> bool:
    """True if an answer is whole numbers where the right one is not, and is that one cut off."""
    for part in parts_of(given, right):
        if not part.is_numeric or part.is_right:
            continue
        a, b = np.asarray(part.given), np.asarray(part.right)
        if a.ndim and a.dtype.kind in "iu" and b.dtype.kind == "f" and np.array_equal(a, np.trunc(b)):
            return True
    return False


def raised(failure: Failure, where: str, source: str) -> Diagnosis:
    """What to say of an error in the student's code."""
    headline = f"{where}: {failure.error}: {failure.says}"
    return Diagnosis(RAISED, failure.error, headline, line_of(source, failure.line), meaning_of(failure))


def meaning_of(failure: Failure) -> str:
    """What an error means, in the words of a first course; empty if it speaks for itself."""
    if failure.error == "ValueError" and any(word in failure.says for word in SHAPES):
        return "Two shapes do not fit. Print the .shape of both: is one of them to be transposed?"
    if failure.error == "TypeError" and "'NoneType' object is not callable" in failure.says:
        return "Something that is called is None: was a function called, f(), where it was to be kept for later, f?"
    if failure.error == "TypeError" and "NoneType" in failure.says:
        return "Something is None here: is a return missing in the function that should have made it?"
    return ERRORS.get(failure.error, "")


def missing_file(needed: Iterable[str], failure: Failure | None) -> Diagnosis | None:
    """What to say if a file that an exercise imports is not there."""
    if failure is None or failure.error != "ModuleNotFoundError":
        return None
    slug = next((slug for slug in needed if f"'{slug}'" in failure.says), "")
    headline = f"This exercise uses your {slug}.py, and that is not beside it."
    return Diagnosis(FORM, "file missing", headline, (), f"Solve exercise {slug[1:3]} first.") if slug else None


def same_code(a: str, b: str) -> bool:
    """True for two sources that differ in spaces, comments and the text at the top alone."""
    try:
        return ast.dump(without_text(ast.parse(a))) == ast.dump(without_text(ast.parse(b)))
    except (SyntaxError, ValueError):
        return False


def without_text(module: ast.Module) -> ast.Module:
    """A file without the text at its top."""
    first = module.body[0] if module.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        module.body = module.body[1:]
    return module


def same_form(a: Any, b: Any) -> bool:
    return not wrong_form(a, b)[0] and not wrong_form(b, a)[0]
