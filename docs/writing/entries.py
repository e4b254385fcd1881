"""One entry of the reference for each function: its rules as formulas and as source, and what is tested."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.table import COMPOSITES, RULES, WITH_SETTINGS, Each, Operation, Together, parameters

from . import names, tested
from .formulas import Formula, as_letter, named
from .notation import Text, template_of
from .sources import body_of, evaluated, first_line, plain, rule_as_written, source_of, written

VARARGS = 4
"""Python's mark of a function that takes any number of arguments."""

RULES_OF_THE_PACKAGE = "autograd_lite.engine."


@dataclass
class Helper:
    """A function without a notation of its own that occurs in a formula.

    Attributes
    ----------
    signature : str
        LaTeX: the name with its parameters.
    formula : str
        LaTeX; empty if it does more than to return an expression.
    doc : str
        The first line of its docstring.
    code : str
        Its source; empty if the formula says it all, or if it is an operation with a section of its own.
    """

    name: str
    signature: str
    formula: str
    doc: str
    code: str


@dataclass
class Entry:
    """What a page says of one function.

    Attributes
    ----------
    func : callable
    name : str
        As users call it; for an operation of the engine's own, its name there.
    family : str
        The file of rules that it stands in.
    public : bool
        Users can call it.
    head : str
        LaTeX: the function itself.
    lines : list of (str, str)
        LaTeX: a derivative, and what it is.
    code : str
        As it stands in the file.
    settings : tuple of str
        Those that its formula does not show.
    text : str
        What its docstring says, where it is written with others.
    written_with : list of str
        The functions that it calls, where it has no rule of its own.
    special : str
        What happens with settings that the rule itself does not know.
    refused : list of str
        Operands whose derivative is not there.
    """

    func: Callable[..., Any]
    name: str
    family: str
    public: bool
    head: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)
    helpers: list[Helper] = field(default_factory=list)
    guarded: list[str] = field(default_factory=list)
    code: str = ""
    settings: tuple[str, ...] = ()
    text: str = ""
    written_with: list[str] = field(default_factory=list)
    special: str = ""
    refused: list[str] = field(default_factory=list)

    @property
    def composite(self) -> bool:
        return not self.lines

    @property
    def count(self) -> int:
        """How many functions it is: the distributions share their methods."""
        return 1 + len(names.others(self.func)) if self.name.startswith("scipy.stats.") else 1

    @property
    def slug(self) -> str:
        """The anchor that GitHub gives its heading."""
        return "".join(c for c in self.name.lower().replace(" ", "-") if c.isalnum() or c in "-_")


def rules_in(op: Operation) -> list[FunctionType | None]:
    """The rules as they were written: one that serves every operand once."""
    rules = op.rules
    return [rules.rule] if isinstance(rules, Each | Together) else list(rules)  # type: ignore[list-item, arg-type]


ROOMS = {"linalg": "scipy_linalg", "multivariate": "distributions", "stats": "distributions"}
"""The files of the package's room for SciPy, and the families whose rules they are written with."""


def family_of(func: Any) -> str:
    """The file that a rule or a composite stands in."""
    module = str(plain(func).__module__)
    own = module.rpartition(".")[2]
    return ROOMS.get(own, own) if module.startswith(names.OURS) else own


def all_entries() -> list[Entry]:
    """An entry for every function of the package that has a derivative, in the order of the tables."""
    families.complete()
    names.known()
    found = []
    for func, op in list(RULES.items()):
        rules = [rule for rule in rules_in(op) if rule is not None and not hasattr(rule, "refuses")]
        if rules and rules[0].__module__.startswith(RULES_OF_THE_PACKAGE):
            found.append(entry_of_rule(func, op, rules))
    found += [entry_of_composite(func, made) for func, made in COMPOSITES.items() if ours(made)]
    return found


def ours(func: Any) -> bool:
    """True for what the package wrote."""
    return str(plain(func).__module__).startswith("autograd_lite.")


def started(func: Callable[..., Any], family: str) -> Entry:
    """An entry with what is known of any function."""
    public = names.public(func)
    entry = Entry(func, public or func.__name__, family, bool(public))
    if func in WITH_SETTINGS:
        settings, made = WITH_SETTINGS[func]
        entry.special = (f"With {listed(settings)}: " if settings else "") + first_line(plain(made).__doc__)
    return entry


def listed(words: Any) -> str:
    """Names of code, with commas."""
    return ", ".join(f"`{word}`" for word in words)


# ---------------------------------------------------------------------------------- functions with rules


def entry_of_rule(func: Callable[..., Any], op: Operation, rules: list[FunctionType]) -> Entry:
    """The entry of a function that has derivative rules."""
    entry = started(func, family_of(rules[0]))
    skip = 3 if isinstance(op.rules, Each) else 2
    operands, entry.settings = parameters(rules[0], skip)
    letters = letters_of(rules[0], operands, any(map(about_matrices, rules)))
    entry.head = f"{letters['ans']} = {head(func, entry, operands, letters)}"
    entry.code = rule_as_written(func, rules[0])
    entry.refused = [n for n, rule in zip(operands, rules_in(op), strict=False) if hasattr(rule, "refuses")]
    if not entry.public:
        entry.text = first_line(plain(func).__doc__)
    found: dict[str, Callable[..., Any]] = {}
    for label, rule in labelled(op, operands, letters):
        latex, formula = formula_of(rule, letters_of(rule, parameters(rule, skip)[0], "G" in letters["g"]))
        entry.lines.append((label, latex))
        entry.guarded += [text for text in formula.guarded if text not in entry.guarded]
        found.update(formula.helpers)
    entry.helpers = list(explained(found, letters["ans"]))
    return entry


def labelled(op: Operation, operands: tuple[str, ...], letters: dict[str, str]) -> Iterator[tuple[str, FunctionType]]:
    """Each rule with the derivative that it gives, in LaTeX."""
    if isinstance(op.rules, Each):
        yield partial_derivative(r"\text{operand } i"), op.rules.rule  # type: ignore[misc]
    elif isinstance(op.rules, Together):
        each = [partial_derivative(letters[operand]) for operand in operands] or [partial_derivative(r"x_i"), r"\ldots"]
        yield rf"\left( {', '.join(each)} \right)", op.rules.rule  # type: ignore[misc]
    else:
        for operand, rule in zip(operands, op.rules, strict=True):
            if rule is not None and not hasattr(rule, "refuses"):
                yield partial_derivative(letters[operand]), rule  # type: ignore[misc]


def partial_derivative(letter: str) -> str:
    """The gradient of the loss with respect to an operand."""
    return rf"\frac{{\partial L}}{{\partial {letter}}}"


def letters_of(rule: FunctionType, operands: tuple[str, ...], matrices: bool) -> dict[str, str]:
    """How the names of a rule are written: its output is y, or the next letter that no operand has."""
    g, ans = parameters(rule, 0)[0][:2] if operands else ("g", "ans")
    if "i" in parameters(rule, 0)[0][:1]:
        g, ans = parameters(rule, 0)[0][1:3]
    taken = set(operands)
    output = next(letter for letter in "yzwuv" if letter not in taken)
    written_as = {g: "g", ans: output, "g": "g", "ans": output, **{name: as_letter(name) for name in operands}}
    return {k: v.upper() if matrices and len(v) == 1 else v for k, v in written_as.items()}


def about_matrices(rule: FunctionType) -> bool:
    """True if a rule multiplies matrices, so that they are written with capitals."""
    return any(
        (isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult))
        or (isinstance(node, ast.Attribute) and node.attr in ("T", "mT"))
        for node in ast.walk(written(rule))
    )


def head(func: Callable[..., Any], entry: Entry, operands: tuple[str, ...], letters: dict[str, str]) -> str:
    """The function itself, in LaTeX."""
    arguments = [letters.get(name, as_letter(name)) for name in operands]
    arguments += [rf"{as_letter(name)} \ldots" for name in rest_of(RULES[func])]
    template = template_of(func, entry.name) if entry.public else None
    if template is not None and template.takes(len(arguments)):
        return template.filled([Text(argument) for argument in arguments]).latex
    settings, entry.settings = entry.settings, ()  # those stand in the formula
    return named(entry.name.rpartition(".")[2], [*arguments, *map(as_letter, settings)]).latex


def rest_of(op: Operation) -> list[str]:
    """The name of a rule's parameter for any number of operands: ``*arrays``."""
    if not isinstance(op.rules, Each | Together):
        return []
    code = op.rules.rule.__code__
    return [code.co_varnames[code.co_argcount + code.co_kwonlyargcount]] if code.co_flags & VARARGS else []


def formula_of(func: FunctionType, letters: dict[str, str]) -> tuple[str, Formula]:
    """What a function returns as a formula; its name, where it does more than return an expression."""
    formula = Formula(letters, scope_of(func))
    body = body_of(written(func))
    if body is not None:
        return formula.latex(body), formula
    formula.helpers[func.__name__] = func
    operands = [name for name in parameters(func, 0)[0] if name != "i"]
    return named(func.__name__, [letters.get(name, as_letter(name)) for name in operands]).latex, formula


def scope_of(func: FunctionType) -> dict[str, Any]:
    """What the names in a function mean: those of its module, and of the function around it."""
    inner = zip(func.__code__.co_freevars, func.__closure__ or (), strict=True)
    return {**func.__globals__, **{name: cell.cell_contents for name, cell in inner}}


def explained(
    found: dict[str, Callable[..., Any]], output: str, seen: frozenset[str] = frozenset()
) -> Iterator[Helper]:
    """What the helpers in a formula are, and those in their formulas."""
    for name, func in found.items():
        inner = plain(func)
        if name in seen or not isinstance(inner, FunctionType):
            continue
        operands = parameters(inner, 0)[0]
        letters = {**{name: as_letter(name) for name in operands}, "ans": output}
        formula = Formula(letters, scope_of(inner))
        body = None if hasattr(func, "on_arrays") else body_of(written(inner))
        latex = formula.latex(body) if body is not None else ""
        if r"\texttt" in latex or r"\begin" in latex[1:] or len(latex) > LONGEST:
            latex = ""
        signature = named(name, [letters[o] for o in operands if o not in ("axis", "keepdims")]).latex
        here = source_of(inner)
        code = "" if latex or hasattr(func, "on_arrays") else here.as_written(here.statement_around(written(inner)))
        yield Helper(name, signature, latex, first_line(inner.__doc__), code)
        if latex:
            yield from explained(formula.helpers, output, seen | set(found))


LONGEST = 240
"""A formula of more letters than this says less than the sentence beside it."""


# ---------------------------------------------------------------------------------- functions written with others


def entry_of_composite(func: Callable[..., Any], made: Callable[..., Any]) -> Entry:
    """The entry of a function that is written with others."""
    inner = plain(made)
    entry = started(func, family_of(inner))
    entry.text = first_line(inner.__doc__)
    if isinstance(inner, FunctionType):
        node, here = written(inner), source_of(inner)
        entry.code = here.as_written(node if isinstance(node, ast.FunctionDef) else here.statement_around(node))
        entry.written_with = sorted(called_in(node, scope_of(inner), inner.__code__) - {entry.name})
    return entry


def called_in(node: ast.AST, scope: dict[str, Any], code: Any = None) -> set[str]:
    """The functions with rules that a function is written with, also those that its helpers call, by their names."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            func = evaluated(part.func, scope)
            if callable(func) and (func in RULES or func in COMPOSITES):
                found.add(names.public(func) or func.__name__)
            elif isinstance(func, FunctionType) and ours(func) and func.__code__ is not code:
                found |= called_in(written(func), scope_of(func), func.__code__)
        elif isinstance(part, ast.BinOp) and isinstance(part.op, ast.MatMult):
            found.add("@")
    return found


def flat() -> list[str]:
    """The functions that are recorded without a gradient."""
    families.complete()
    return sorted({names.public(func) for func, op in list(RULES.items()) if not op.differentiable} - {""})


def files_of(family: str) -> list[str]:
    """The modules of a family: of its rules, and of what is written with them."""
    written = [room for room, other in ROOMS.items() if other == family] or [family]
    paths = [f"engine.rules.{family}", *(f"scipy.{room}" for room in written)]
    return [f"autograd_lite.{path}" for path in paths if f"autograd_lite.{path}" in sys.modules]


__all__ = ["Entry", "Helper", "all_entries", "files_of", "flat", "listed", "tested"]
