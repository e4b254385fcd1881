"""Where a function stands in its file: its syntax tree, and the lines as they were written."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from textwrap import dedent
from types import CodeType, FunctionType
from typing import Any

Written = ast.Lambda | ast.FunctionDef


class Source:
    """The text of a module, its tree, and the statement that each line of code belongs to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        self.lines = self.text.splitlines()
        self.tree = ast.parse(self.text)

    def functions(self) -> Iterator[Written]:
        """Every lambda and def of the module."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Written))

    def as_written(self, node: ast.stmt) -> str:
        """The whole lines of a statement, with the remarks at their ends and its decorators."""
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        return dedent("\n".join(self.lines[first - 1 : node.end_lineno]))

    def statement_around(self, node: ast.AST) -> ast.stmt:
        """The statement of the module itself (not one inside a function) that holds a node."""
        line = node.lineno  # type: ignore[attr-defined]
        return next(s for s in self.tree.body if s.lineno <= line <= (s.end_lineno or s.lineno))


@cache
def source(path: str) -> Source:
    """The source of a file, read once."""
    return Source(Path(path))


def source_of(func: FunctionType) -> Source:
    """The source of the module that a function was written in."""
    return source(func.__code__.co_filename)


def plain(func: Callable[..., Any]) -> Any:
    """What somebody wrote: the function inside a primitive, and inside a `partial`."""
    while True:
        inner = func.func if isinstance(func, partial) else getattr(func, "on_arrays", None)
        if inner is None:
            return func
        func = inner


def spans(node: Written, code: CodeType) -> bool:
    """True if a code object was compiled from a node: it lies inside, and no function lies between them."""
    places = [(p[0], p[2]) for p in code.co_positions() if p[0] is not None and p[2] is not None and p[3]]
    first = (node.lineno, node.col_offset)
    last = (node.end_lineno or node.lineno, node.end_col_offset or 0)
    return all(first <= place <= last for place in places)


def names_of(arguments: ast.arguments) -> list[str]:
    """The names of a function's parameters, as its code object lists them."""
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    rest = [a for a in (arguments.vararg, arguments.kwarg) if a]
    return [a.arg for a in [*listed, *rest]]


@cache
def written(func: FunctionType) -> Written:
    """The syntax tree of a lambda or def."""
    code = func.__code__
    count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
    names = list(code.co_varnames[:count])
    found = [
        node
        for node in source_of(func).functions()
        if isinstance(node, ast.Lambda) == (func.__name__ == "<lambda>") and names_of(node.args) == names
        if node.lineno <= code.co_firstlineno <= (node.end_lineno or 0) or getattr(node, "name", "") == func.__name__
        if spans(node, code)
    ]
    if not found:
        raise LookupError(f"{func.__name__} of {code.co_filename}, line {code.co_firstlineno}")
    return min(found, key=lambda node: (node.end_lineno or 0) - node.lineno)


@cache
def registrations(module: str) -> dict[int, str]:
    """The statements of a module that teach a function its rules, by the function's id."""
    here, scope = source(str(sys.modules[module].__file__)), vars(sys.modules[module])
    found: dict[int, str] = {}
    for statement in here.tree.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).startswith("rule"):
                func = evaluated(node.args[0], scope)
                if func is not None:
                    found[id(func)] = closed_up(here.as_written(statement))
    return found


GAP = re.compile(r"(?<=\S) {2,}(?!#)")


def closed_up(code: str) -> str:
    """Source without the gaps that align it with its neighbours; lines that follow stay below their place."""
    first, *rest = code.split("\n")
    closed = GAP.sub(" ", first)
    moved = first.find("lambda") - closed.find("lambda") if "lambda" in first else len(first) - len(closed)
    lines = [GAP.sub(" ", line) for line in rest]
    return "\n".join([closed, *(line[moved:] if line[:moved].isspace() else line for line in lines)])


def evaluated(node: ast.expr, scope: dict[str, Any]) -> Any:
    """The object that a dotted name means; None for what is no name, or is not there."""
    if isinstance(node, ast.Name):
        return scope.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(evaluated(node.value, scope), node.attr, None)
    return None


def definition(name: str, scope: dict[str, Any]) -> ast.expr | None:
    """The expression that a module assigns to a name of its own."""
    if "__file__" not in scope:
        return None
    for statement in source(str(scope["__file__"])).tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name:
            return statement.value
    return None


def rule_as_written(func: Callable[..., Any], rule: FunctionType) -> str:
    """The line or lines that teach a function its rules."""
    found = registrations(rule.__module__).get(id(func))
    if found is not None:
        return found
    here = source_of(rule)
    return here.as_written(here.statement_around(written(rule)))


def body_of(node: Written) -> ast.expr | None:
    """What a function returns, if it does nothing else."""
    if isinstance(node, ast.Lambda):
        return node.body
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None


def first_line(doc: str | None) -> str:
    """The first paragraph of a docstring, as one line."""
    return " ".join((doc or "").strip().partition("\n\n")[0].split())
