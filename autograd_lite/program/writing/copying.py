"""Copying: Python functions as source that means the same anywhere, with what they call and the constants they read."""

from __future__ import annotations
import __future__

import ast
import builtins
import dis
import functools
import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from ...engine import RecordingError
from .calling import called, imported_path, modules_in, plain_of
from .literals import setting_text
from .names import free_name, identifier

MOST_ENTRIES = 1000
"""Arrays with more are not copied."""

LONGEST = 60
"""Constants whose text is longer get a name."""

KEPT = (functools.cache, functools.lru_cache, np.errstate)
"""Decorators that are copied; those of the package only say what a function is to the engine."""


class Uncopied(Exception):
    """A function means something that its text alone does not say."""


class Library:
    """The functions that a program needs and that neither NumPy nor SciPy has.

    Parameters
    ----------
    taken : set of str
        Names that are taken; those of the functions are added.

    Attributes
    ----------
    names : dict
        What each function is called: as where it was defined, unless another is called so.
    texts : dict
        The source of each by its name, and of the constants that they read; what is called first comes first.
    given : dict
        Functions that cannot be copied, by name. A program gets them as they are, and cannot be saved.
    modules : set of str
        What is to be imported.
    words : set of str
        Python's own functions that are called; nothing else may have their names.
    """

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.names: dict[Any, str] = {}
        self.texts: dict[str, str] = {}
        self.given: dict[str, Callable[..., Any]] = {}
        self.modules: set[str] = set()
        self.words: set[str] = set()

    def add(self, functions: Iterable[Callable[..., Any]]) -> Library:
        """Copy these functions too; whatever one of them reads, or the whole of it is given."""
        for func in functions:
            plain = plain_of(func)
            if plain in self.names:
                continue
            names, texts, modules, words = dict(self.names), dict(self.texts), set(self.modules), set(self.words)
            taken = set(self.taken)
            try:
                self._copy(plain)
            except Uncopied:
                self.names, self.texts, self.modules, self.words = names, texts, modules, words
                self.taken.intersection_update(taken)
                name = self.names[plain] = self._free(getattr(plain, "__name__", "function"))
                self.given[name] = plain
        self.taken.update(self.words)
        return self

    def called(self, func: Callable[..., Any]) -> str:
        """The name of a function in the program."""
        return self.names.get(plain_of(func)) or called(func)

    def _free(self, wish: str) -> str:
        """The name that was given where something was defined, if nothing else is called so."""
        if wish != identifier(wish) or wish in self.taken:
            return free_name(wish, self.taken)
        self.taken.add(wish)
        return wish

    # ------------------------------------------------------------------ one function

    def _copy(self, plain: Any) -> str:
        """Copy a function, after what it calls; return its name."""
        if plain in self.names:
            return self.names[plain]
        definition, raw = definition_of(plain)
        name = self.names[plain] = self._free(definition.name)  # before the rest: it may call itself
        bound, read = names_in(definition)
        texts = {n: self._text(n, meaning(n, raw)) for n in sorted(read)}
        replaced = {n: text for n, text in texts.items() if text != n}
        if bound & {*replaced, *(text.partition(".")[0] for text in replaced.values())}:
            raise Uncopied("a name means one thing here and another there")
        definition.name = name
        self.texts[name] = ast.unparse(Renamed(replaced).visit(definition))
        return name

    def _text(self, name: str, meant: Any) -> str:
        """What a name is called in the program."""
        if meant is MISSING:
            self.words.add(name)
            return name
        if (path := imported_path(meant)) is not None:
            self.modules.update(modules_in([path]))
            return path
        plain = plain_of(meant)
        if isinstance(plain, FunctionType) or hasattr(plain, "cache_info"):
            return self._copy(plain)
        if name != name.upper():
            raise Uncopied(f"{name} may change: what never does is written in capitals")
        try:
            text = setting_text(meant)
        except RecordingError:
            raise Uncopied(f"{name} is a {type(meant).__name__}") from None
        if np.size(meant) > MOST_ENTRIES:
            raise Uncopied(f"{name} is long")
        if len(text) <= LONGEST and not isinstance(meant, np.ndarray):
            return text
        constant = self._free(name)
        self.texts[constant] = f"{constant} = {text}"
        return constant


# ------------------------------------------------------------------------- a function's text


@functools.lru_cache(maxsize=512)
def source_text(filename: str, code: CodeType) -> str:
    """The text of a function in its file; reading it takes longer than all the rest."""
    return textwrap.dedent(inspect.getsource(code))


def definition_of(plain: Any) -> tuple[ast.FunctionDef, FunctionType]:
    """The definition of a function without annotations, docstring, and the decorators of the package.

    Raises
    ------
    Uncopied
        If Python does not know it, or it is no longer what the file says.
    """
    raw = inspect.unwrap(plain)
    if not isinstance(raw, FunctionType):
        raise Uncopied("not written in Python")
    try:
        tree = ast.parse(source_text(raw.__code__.co_filename, raw.__code__))
    except (OSError, TypeError, SyntaxError):
        raise Uncopied("the source is not known") from None
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef) or not is_code_of(tree, raw):
        raise Uncopied("the source is not that of a function, or has changed")
    decorators = [d for d in definition.decorator_list if is_kept(d, raw)]
    if len(decorators) != layers(plain):
        raise Uncopied("it is wrapped in something else")
    definition.decorator_list = decorators
    plainly: ast.FunctionDef = Unannotated().visit(definition)
    if ast.get_docstring(plainly) and len(plainly.body) > 1:
        plainly.body = plainly.body[1:]
    return plainly, raw


def text_alone(func: Callable[..., Any]) -> str:
    """The text of a function, whatever the names in it mean."""
    return ast.unparse(definition_of(func)[0])


def is_code_of(tree: ast.Module, raw: FunctionType) -> bool:
    """True if a text, read again, has the names and numbers of the code that runs: the file may have been changed."""
    definition: Any = tree.body[0]
    bare = ast.FunctionDef(**{**dict(ast.iter_fields(definition)), "decorator_list": []})
    annotated = raw.__code__.co_flags & __future__.annotations.compiler_flag
    whole = compiled(ast.copy_location(bare, definition), annotated)
    return any(said_in(code) == said_in(raw.__code__) for code in codes(whole))


def said_in(code: CodeType) -> tuple[Any, ...]:
    """The names and constants of a piece of code; what a closure reads is a name of another kind.

    Text of several lines, such as a docstring, is left out: here it is indented otherwise.
    """
    constants = [repr(c) for c in code.co_consts if not isinstance(c, CodeType) and "\n" not in str(c)]
    return code.co_name, code.co_varnames, sorted((*code.co_names, *code.co_freevars)), constants


def layers(plain: Any) -> int:
    """How many decorators have wrapped a function."""
    count = 0
    while hasattr(plain, "__wrapped__"):
        plain, count = plain.__wrapped__, count + 1
    return count


def is_kept(decorator: ast.expr, raw: FunctionType) -> bool:
    """True for a decorator that is copied."""
    wanted = decorator.func if isinstance(decorator, ast.Call) else decorator
    try:
        found = eval(ast.unparse(wanted), raw.__globals__)
    except Exception:  # defined where nobody can look any more
        return False
    return any(found is kept for kept in KEPT)


def compiled(definition: ast.stmt, flags: int = 0) -> CodeType:
    made: CodeType = compile(ast.Module([definition], []), "<copied>", "exec", flags, dont_inherit=True)
    return made


def codes(code: CodeType) -> Iterator[CodeType]:
    """A piece of code, and all that is defined in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


READS = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"}


def names_in(definition: ast.FunctionDef) -> tuple[set[str], set[str]]:
    """The names that a function binds, and those that it reads from outside.

    Raises
    ------
    Uncopied
        If it changes something outside, or imports from the package.
    """
    imports = [node for node in ast.walk(definition) if isinstance(node, ast.ImportFrom)]
    if any(node.level or "autograd_lite" in str(node.module) for node in imports):
        raise Uncopied("it imports from the package")
    whole, *inside = codes(compiled(ast.fix_missing_locations(definition)))
    bound = {name for code in inside for name in (*code.co_varnames, *code.co_cellvars)}
    steps = [step for code in (whole, *inside) for step in dis.get_instructions(code)]
    if any(step.opname in ("STORE_GLOBAL", "DELETE_GLOBAL") for step in steps):
        raise Uncopied("it changes something outside")
    return bound, {str(step.argval) for step in steps if step.opname in READS}


MISSING = object()


def meaning(name: str, raw: FunctionType) -> Any:
    """What a name means where a function was defined; MISSING for one of Python's own functions.

    Raises
    ------
    Uncopied
        If it means nothing.
    """
    cells = dict(zip(raw.__code__.co_freevars, raw.__closure__ or (), strict=True))
    try:
        found = cells[name].cell_contents if name in cells else raw.__globals__.get(name, MISSING)
    except ValueError:  # not assigned yet
        raise Uncopied(f"{name} is not known yet") from None
    if found is MISSING and not hasattr(builtins, name):
        raise Uncopied(f"{name} is not known")
    return found


class Unannotated(ast.NodeTransformer):
    """Takes the annotations out of a function: they may name what a program does not have."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        self.generic_visit(node)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt | None:
        self.generic_visit(node)
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        return ast.copy_location(ast.Assign([node.target], node.value), node)


class Renamed(ast.NodeTransformer):
    """Writes something else where a name is read."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._trees = {name: ast.parse(text, mode="eval").body for name, text in texts.items()}

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._trees.get(node.id, node) if isinstance(node.ctx, ast.Load) else node
