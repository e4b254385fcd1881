"""Write docs/functions.md, the list of the functions that Values record, from the engine's own tables.

python docs/write_functions.py            writes the page
python docs/write_functions.py --check    fails if the page is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import fill
from typing import Any

import autograd_lite
from autograd_lite.engine.operators import ANSWERED
from autograd_lite.engine.rules.table import COMPOSITES, RULES, Each, full_name

PAGE = Path(__file__).with_name("functions.md")

FAMILIES = {
    "elementwise": "Entry by entry",
    "reductions": "Many entries to one",
    "linalg": "Products of vectors and matrices",
    "shapes": "Shapes, joining, splitting",
    "indexing": "Taking entries out",
    "neural": "Functions of networks",
}

HEAD = """\
# The functions that a Value records

Most of NumPy's functions that a first course uses have a derivative rule, not all of NumPy's. Any
other raises `MissingRule`, which names the function and says what to do; one line adds a rule,
`ag.rule(func, lambda g, ans, x: ...)`.

Python's operators (`+ - * / // % ** @ < <= > >= == != & | ^ ~ abs`), indexing (`v[1:, 0]`), `v.T` and
methods such as `v.sum(axis=0)` lead to the same functions.

This page is written by `python docs/write_functions.py`; a test fails when it is out of date.
"""


def public(func: Callable[..., Any]) -> str:
    """How users call it; empty for what the engine keeps to itself."""
    name = full_name(func)
    if name.startswith("np."):
        return name
    return f"ag.{func.__name__}" if func.__name__ in autograd_lite.__all__ else ""


def family(rules: Any) -> str:
    """The file that the derivative rules stand in."""
    one = rules.rule if isinstance(rules, Each) else next(r for r in rules if r is not None)
    return str(one.__module__).rpartition(".")[2]


def page() -> str:
    """The page, from the tables as they are now."""
    found: dict[str, set[str]] = {name: set() for name in FAMILIES}
    flat = set()
    for func, op in RULES.items():
        if not op.differentiable:
            flat.add(public(func))
        else:
            found.setdefault(family(op.rules), set()).add(public(func))
    for func, written in COMPOSITES.items():
        found[written.__module__.rpartition(".")[2]].add(public(func))
    parts = [HEAD]
    for name, functions in found.items():
        parts.append(section(FAMILIES[name], functions) if functions - {""} else "")
    parts.append(section("Recorded, without a gradient", flat, "Their results have no slope to follow.\n\n"))
    answered = {public(func) for func in ANSWERED}
    parts.append(section("Answered, not recorded", answered, "Questions about shapes and types, and new arrays.\n\n"))
    return "\n".join(part for part in parts if part)


def section(title: str, names: set[str], remark: str = "") -> str:
    """A heading and a list of names, in alphabetical order."""
    listed = ", ".join(f"`{name}`" for name in sorted(names - {""}))
    return f"## {title}\n\n{remark}{fill(listed, 100, break_long_words=False, break_on_hyphens=False)}\n"


if __name__ == "__main__":
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        sys.exit("docs/functions.md is out of date: run python docs/write_functions.py")
