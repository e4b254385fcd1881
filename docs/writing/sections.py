"""The section of one function on its page."""

from __future__ import annotations

from . import names, tested
from .entries import Entry, Helper, listed

WIDE = 220
"""LaTeX of more letters than this is given a line for each equation."""

FOLDED = 4
"""Source of more lines than this is folded away, where it is no rule."""


def section(entry: Entry, some_complex: bool) -> str:
    """All that is said of one function; some_complex: of its page, some are tested with complex numbers."""
    parts = [f"### {entry.name}\n", f"{markdown(without_name(entry))}\n" if entry.text else ""]
    parts += [mathematics(entry), meanings(entry.helpers), code(entry), facts(entry, some_complex)]
    return "\n".join(part for part in parts if part)


def without_name(entry: Entry) -> str:
    """What a docstring says after ``np.hfft: ``, which stands above."""
    own, _, rest = entry.text.partition(": ")
    if own.strip("`") != entry.name or not rest:
        return entry.text
    return rest[0].upper() + rest[1:]


def mathematics(entry: Entry) -> str:
    """The function and its derivatives, as LaTeX that GitHub shows."""
    if not entry.lines:
        return ""
    lines = [entry.head, *(f"{label} = {formula}" for label, formula in entry.lines)]
    if len(lines) == 2 and r"\begin" not in "".join(lines) and sum(map(len, lines)) < WIDE:
        text = r" \qquad ".join(lines)
    else:
        aligned = " \\\\[1.5ex]\n".join(line.replace(" = ", " &= ", 1) for line in lines)
        text = f"\\begin{{aligned}}\n{aligned}\n\\end{{aligned}}"
    return f"```math\n{text}\n```\n"


def meanings(helpers: list[Helper]) -> str:
    """What the helpers in a formula do."""
    lines = []
    for helper in helpers:
        formula = helper.signature + (f" = {helper.formula}" if helper.formula else "")
        lines.append(f"* $`{formula.replace(FRACTION, HIGH_FRACTION)}`$: {markdown(helper.doc)}\n")
    return "".join(lines)


FRACTION, HIGH_FRACTION = r"\frac", r"\dfrac"


def code(entry: Entry) -> str:
    """The source: a rule as it is, a longer function folded."""
    block = f"```py\n{entry.code}\n```\n"
    if entry.composite and entry.code.count("\n") >= FOLDED:
        return f"<details><summary>Source</summary>\n\n{block}\n</details>\n"
    helpers = "\n\n\n".join(helper.code for helper in entry.helpers if helper.code)
    if helpers:
        summary = f"<summary>Source of {helpers_named(entry)}</summary>"
        block += f"\n<details>{summary}\n\n```py\n{helpers}\n```\n\n</details>\n"
    return block if entry.code else ""


def helpers_named(entry: Entry) -> str:
    """The helpers that have their source in a section."""
    return ", ".join(f"<code>{helper.name}</code>" for helper in entry.helpers if helper.code)


def facts(entry: Entry, some_complex: bool) -> str:
    """What else there is to say, in short sentences."""
    also = names.others(entry.func) if entry.public else []
    said = [
        "From `autograd_lite.scipy`." if names.is_own(entry.func) else "",
        f"Also {listed(also)}." if also else "",
        f"Settings: {listed(entry.settings)}." if entry.settings else "",
        "Complex numbers too." if some_complex and tested.of(entry.func).complex else "",
        f"A gradient for {listed(entry.refused)} is not known, and raises." if entry.refused else "",
        markdown(entry.special),
        f"Written with {listed(entry.written_with)}." if entry.written_with else "",
        tested.exception(entry.func),
    ]
    text = " ".join(sentence for sentence in said if sentence)
    return f"{text}\n" if text else ""


def markdown(doc: str) -> str:
    """A line of a docstring: ``code`` with single backticks, and a list of operators as code."""
    if "`" not in doc and (doc[:1] in ("+", "-", "*") or "_" in doc):
        return f"`{doc}`"
    return doc.replace("``", "`")
