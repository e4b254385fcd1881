"""The pages: an index, docs/functions.md, and one page a family of rules in docs/functions/."""

from __future__ import annotations

import sys
from textwrap import fill
from typing import Any

from autograd_lite.engine.operators import ANSWERED
from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.table import METHODS

from . import names, peers, tested
from .entries import Entry, all_entries, files_of, flat, listed
from .sections import markdown, section
from .slopes import has_slope
from .sources import first_line

FIRST = ["elementwise", "reductions", "linalg", "shapes", "indexing", "neural"]
"""The families that are always imported, in reading order; those that are imported on demand follow."""

OWN = "own"

INDEX = """\
# The functions that a Value records

{count} functions have derivatives here, to any order, in reverse and forward mode: NumPy's{scipy} and a few that
networks need. {rules} have a rule, one line of NumPy; {composites} are written with those. Click a function to see its
rule as a formula and as source, and how far it is tested.

Any other function raises `MissingRule`, which names it and says what to do; one line adds a rule,
`ag.rule(func, lambda g, ans, x: ...)`.

Python's operators (`+ - * / // % ** @ < <= > >= == != & | ^ ~ abs`), indexing (`v[1:, 0]`), `v.T` and
methods such as `v.sum(axis=0)` lead to the same functions.

These pages are written by `python docs/write_functions.py`; a test fails when they are out of date.
"""

LEGEND = """\
> In the formulas $`g = \\partial L / \\partial y`$ is the gradient of the loss $`L`$ with respect to the output
> $`y`$ (`ans` in the code; $`z`$ where an operand is called y), products $`\\cdot`$ are entry by entry, and
> $`[\\ldots]`$ is 1 where the condition holds, else 0. $`z^{\\ast}`$ is $`z`$ with 1 in place of 0. Gradients are
> summed back over broadcast axes afterwards.
"""


def pages() -> dict[str, str]:
    """Every page by its path below docs/, as it should be."""
    by_family = grouped(all_entries())
    made = {f"functions/{family}.md": family_page(family, found) for family, found in by_family.items()}
    return {"functions.md": index_page(by_family), **made, "functions/ufunc_methods.md": methods_page()}


def grouped(entries: list[Entry]) -> dict[str, list[Entry]]:
    """The entries of each page: a family that has no public function goes to the engine's own operations."""
    order = [*FIRST, *families.ON_DEMAND, *families.OF_SCIPY]
    order += sorted({entry.family for entry in entries} - set(order))
    found = {family: [entry for entry in entries if entry.family == family] for family in order}
    public = {family: some for family, some in found.items() if any(entry.public for entry in some)}
    rest = [entry for family, some in found.items() if family not in public for entry in some]
    return {**public, OWN: rest}


def title_of(family: str, entries: list[Entry]) -> tuple[str, str]:
    """The heading of a page, and what follows the colon: from the docstring of its file of rules, or of its room."""
    if family == OWN:
        return "The engine's own operations", ""
    in_room = all(names.is_own(entry.func) for entry in entries if entry.public)
    files = files_of(family)
    title, _, rest = first_line(sys.modules[files[-1 if in_room else 0]].__doc__).rstrip(".").partition(": ")
    return markdown(title), markdown(rest)


# ---------------------------------------------------------------------------------- a page of one family


def family_page(family: str, entries: list[Entry]) -> str:
    """The page of a family: its public functions, then the engine's own operations that those need."""
    title, rest = title_of(family, entries)
    public, own = [e for e in entries if e.public], [e for e in entries if not e.public]
    source = "" if family == OWN else f"Source: {', '.join(map(file_link, files_of(family)))}. "
    parts = [f"# {title}\n", f"{rest[:1].upper()}{rest[1:]}\n" if rest else ""]
    parts += [f"{source}[All functions](../functions.md)\n", overview(public or own), LEGEND]
    mixed = with_complex(public or own) not in ("all", "none")
    parts += [section(entry, mixed) for entry in public]
    if own:
        parts += ["## Operations of the engine's own\n\nWhat the functions above are made of.\n"] if public else []
        parts += [section(entry, mixed) for entry in own]
    return "\n".join(part for part in parts if part)


def file_link(module: str) -> str:
    """A link to the source of a module."""
    path = module.replace(".", "/") + ".py"
    return f"[{path.removeprefix('autograd_lite/')}](../../{path})"


def overview(entries: list[Entry]) -> str:
    """The names of all functions, and how far they are tested."""
    below = any(tested.of(entry.func).fewest < 3 or not tested.of(entry.func).rows for entry in entries)
    orders = "to the third order" + (", or as said below" if below else "")
    numbers = with_complex(entries)
    kinds = "for real numbers" if numbers == "none" else f"with complex numbers, too: {numbers}"
    text = f"The tests hold every one against finite differences {orders}; {kinds}.\n"
    return links(sorted(entries, key=lambda e: e.name), "") + "\n" + text


def with_complex(entries: list[Entry]) -> str:
    """Which functions are tested with complex numbers, in as few names as possible."""
    tried = {entry.name for entry in entries if tested.of(entry.func).complex}
    rest = {entry.name for entry in entries} - tried
    if not tried or not rest:
        return "none" if not tried else "all"
    return f"all but {listed(sorted(rest))}" if len(rest) < len(tried) else listed(sorted(tried))


def links(entries: list[Entry], page: str) -> str:
    """The names of functions, each a link to its section."""
    return ",\n".join(f"[`{entry.name}`]({page}#{entry.slug})" for entry in entries) + "\n"


# ---------------------------------------------------------------------------------- the index


def index_page(by_family: dict[str, list[Entry]]) -> str:
    """All functions by family, each a link."""
    every = [entry for found in by_family.values() for entry in found if entry.public]
    public = [entry for entry in every if has_slope(entry.func)]
    rest = [entry for entry in every if entry not in public]
    scipy = any("scipy" in entry.name for entry in public)
    count = sum(entry.count for entry in public)
    composites = sum(entry.count for entry in public if entry.composite)
    head = INDEX.format(
        count=count, rules=count - composites, composites=composites, scipy=", SciPy's," if scipy else ""
    )
    parts = [head, peers.summary(count)]
    for family, found in by_family.items():
        own = sorted((entry for entry in found if entry in public), key=lambda e: e.name)
        page = f"functions/{family}.md"
        if own:
            parts.append(f"## [{title_of(family, found)[0]}]({page})\n\n{links(own, page)}")
    parts.append(own_section(by_family.get(OWN, [])))
    parts.append(f"## Methods of ufuncs\n\n{listed(METHODS)}: [what they do](functions/ufunc_methods.md).\n")
    tried = [entry.name for entry in rest if tested.rows(entry.func)]
    text = "Their results have no slope to follow."
    parts.append(names_section("Recorded, without a gradient", text, [*flat(), *tried]))
    text = "They write into an array, which a Value does not allow; they say what to write instead."
    parts.append(names_section("Refused", text, [e.name for e in rest if not tested.rows(e.func)]))
    answered = [names.public(func) for func in list[Any](ANSWERED)]
    parts.append(names_section("Answered, not recorded", "Questions about shapes and types, and new arrays.", answered))
    return "\n".join(part for part in parts if part)


def own_section(entries: list[Entry]) -> str:
    """A link to the operations that users do not call."""
    names_of_all = listed(entry.name for entry in entries)
    return f"## [Operations of the engine's own](functions/{OWN}.md)\n\n{names_of_all}\n" if entries else ""


def names_section(title: str, remark: str, found: list[str]) -> str:
    """A heading and a list of names, in alphabetical order."""
    text = fill(listed(sorted(found)), 100, break_long_words=False, break_on_hyphens=False)
    return f"## {title}\n\n{remark}\n\n{text}\n"


def methods_page() -> str:
    """The methods of ufuncs."""
    parts = ["# Methods of ufuncs\n", "Every ufunc with a rule has them on Values. [All functions](../functions.md)\n"]
    for name, func in METHODS.items():
        parts.append(f"### ufunc.{name}\n\n{markdown(first_line(func.__doc__))}\n")
    return "\n".join(parts)
