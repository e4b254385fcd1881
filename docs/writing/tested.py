"""What the tests cover: read from the table of rows that every derivative rule is held against."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ORDERS = ("no", "first", "second", "third")


@dataclass
class Tested:
    """How far the tests of one function go."""

    rows: int = 0
    complex: bool = False
    orders: int = 0
    fewest: int = 3
    because: str = ""


@cache
def by_function() -> dict[Callable[..., Any], list[Any]]:
    """The rows of each function."""
    from engine.rule_cases import CASES  # type: ignore[import-not-found]

    found: dict[Callable[..., Any], list[Any]] = {}
    for case in CASES:
        found.setdefault(case.func, []).append(case)
    return found


def rows(func: Callable[..., Any]) -> list[Any]:
    """The rows of a function."""
    return by_function().get(func, [])


@cache
def table() -> dict[Callable[..., Any], Tested]:
    """What is tested, by function."""
    found: dict[Callable[..., Any], Tested] = {}
    for func, cases in by_function().items():
        orders = [case.orders for case in cases]
        found[func] = Tested(len(cases), any(case.complex for case in cases), max(orders), min(orders))
    for func, because in reasons().items():
        found.setdefault(func, Tested()).because = because
    return found


def reasons() -> dict[Callable[..., Any], str]:
    """Why some functions are tried to a lower order: the remark beside ``orders=`` in their row, or above it."""
    found = {}
    for module in [m for name, m in sys.modules.items() if name.startswith("engine.rule_cases.")]:
        lines = Path(str(module.__file__)).read_text(encoding="utf-8").splitlines()
        for i, line in enumerate(lines):
            if not re.search(r"\borders=[012]\b", line):
                continue
            remark = line.partition("  # ")[2] or (lines[i - 1].partition("# ")[2] if "#" in lines[i - 1] else "")
            func = first_argument(lines, i, vars(module))
            if func is not None and remark:
                found[func] = remark.strip()
    return found


def first_argument(lines: list[str], at: int, scope: dict[str, Any]) -> Any:
    """The function of the row that ends, or goes on, in this line."""
    while at >= 0 and not (match := re.match(r"\s*(?:row|along_axes)\(([\w.]+),", lines[at])):
        at -= 1
    name, *attributes = match[1].split(".") if match else ("",)
    thing = scope.get(name)
    for attribute in attributes:
        thing = getattr(thing, attribute, None)
    return thing


def of(func: Callable[..., Any]) -> Tested:
    """How far the tests of a function go."""
    return table().get(func, Tested())


def exception(func: Callable[..., Any]) -> str:
    """A sentence, if a function is not tested to the third order in every form."""
    known = of(func)
    if not known.rows or known.fewest == 3:
        return ""
    because = f": {known.because}" if known.because else ""
    where = "Tested" if known.orders == known.fewest else "In some forms tested"
    return f"{where} to the {ORDERS[known.fewest]} order{because}."
