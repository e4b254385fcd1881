"""Helpers: the functions that NumPy does not have, as source at the head of a program."""

from __future__ import annotations

import ast
import builtins
import dis
import inspect
import math
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ...engine import log_softmax, relu, sigmoid, sigmoid_crossentropy, softmax, softmax_crossentropy
from ...engine.rules.guard import nothing_where_nothing
from ...engine.rules.indexing import is_basic, put, put_at
from ...engine.rules.neural import FEW
from ..listing import Instruction

# Written into `out`, step by step as the engine computes them, so that nothing is allocated.
IN_PLACE_SOURCE: dict[Callable[..., Any], str] = {
    sigmoid: """
def sigmoid(z, out=None):  # 1 / (1 + e^-z), for any z without overflow
    e = np.exp(np.negative(np.maximum(z, {lowest}, out=out), out=out), out=out)
    return np.reciprocal(np.add(e, {one}, out=out), out=out)
""",
    relu: """
def relu(z, out=None):  # max(z, 0)
    return np.maximum(z, {zero}, out=out)
""",
    nothing_where_nothing: """
def nothing_where_nothing(came, gradient, out):  # where no gradient came, none goes on: 0 times inf is 0 here
    np.copyto(out, gradient)
    if np.isnan(np.vdot(out, out)):
        out[(came == 0) & np.isnan(out)] = 0
    return out
""",
    softmax: """
def softmax(z, out=None, axis=-1):  # e^z_j / sum of e^z_k; the largest z is subtracted first
    e = np.exp(np.subtract(z, z.max(axis=axis, keepdims=True), out=out), out=out)
    return np.divide(e, e.sum(axis=axis, keepdims=True), out=out)
""",
    log_softmax: """
def log_softmax(z, out=None, axis=-1):  # the logarithm of softmax
    z = np.subtract(z, z.max(axis=axis, keepdims=True), out=out)
    return np.subtract(z, np.log(np.exp(z).sum(axis=axis, keepdims=True)), out=out)
""",
    put: """
def put(g, index, out):  # zeros, with g at an index
    out[...] = 0
    out[index] = g
    return out
""",
    put_at: """
def put_at(g, index, out):  # zeros, with g added at an index, which may name an entry twice
    out[...] = 0
    np.add.at(out, index, g)
    return out
""",
    sigmoid_crossentropy: """
def sigmoid_crossentropy(z, y, out=None):  # -y log f - (1 - y) log(1 - f) of f = sigmoid(z), exact for any z
    return np.subtract({softplus}, y * z, out=out)
""",
    softmax_crossentropy: """
def softmax_crossentropy(z, y, out=None):  # {meaning} of f = softmax(z)
    z = z - z.max(axis=-1, keepdims=True)
    log_f = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    return np.negative({chosen}, out=out)
""",
}

SOFTPLUS = {
    True: "np.logaddexp({zero}, z, out=out)",
    False: "np.add(np.log1p(np.exp(-np.abs(z)), out=out), np.maximum(z, {zero}), out=out)",
}
"""log(1 + e^z) as the engine computes it: of few entries in few calls, of many in fast ones."""

CHOSEN = {
    True: ("-log f_y", "np.take_along_axis(log_f, y[..., None], axis=-1)[..., 0]"),
    False: ("-sum of y_j log f_j", "np.sum(y * log_f, axis=-1)"),
}
"""The loss of a softmax for class numbers, and for rows."""

OF_NUMBERS: dict[Callable[..., Any], tuple[str, str]] = {
    sigmoid: ("z", "1 / (1 + math.exp(-max(z, -700.0)))"),
    sigmoid_crossentropy: ("z, y", "max(z, 0.0) + math.log1p(math.exp(-abs(z))) - y * z"),
    softmax: ("z, axis=-1", "z - z + 1.0"),
    log_softmax: ("z, axis=-1", "z - z"),
}
"""The same of one plain number: parameters and result."""


def of_number_source(func: Callable[..., Any], in_place: str | None) -> str:
    """A helper for numbers; with ``out``, for arrays too, if the program has both."""
    parameters, result = OF_NUMBERS[func]
    if in_place is None:
        return f"\ndef {func.__name__}({parameters}):\n    return {result}\n"
    definition, _, body = in_place.strip("\n").partition("\n")
    return f"\n{definition}\n    if type({parameters[0]}) is float:\n        return {result}\n{body}\n"


def helper_of(i: Instruction) -> Callable[..., Any]:
    """The function of our own that an instruction calls in a program."""
    if i.op.func is put and not is_basic(i.op.settings.get("index", ())):
        return put_at
    return i.op.func


def in_place_source(i: Instruction) -> str:
    """A helper's source for the arrays of an instruction."""
    text, z = IN_PLACE_SOURCE[helper_of(i)], i.operands[0]
    if i.op.func is sigmoid_crossentropy:
        text = text.replace("{softplus}", SOFTPLUS[math.prod(z.shape or ()) < FEW])
    if i.op.func is softmax_crossentropy:
        meaning, chosen = CHOSEN[len(i.operands[1].shape or ()) < len(z.shape or ())]
        text = text.replace("{meaning}", meaning).replace("{chosen}", chosen)
    return text


def general_source(func: Callable[..., Any]) -> str:
    """A helper's source for a program that needs it for several dtypes or shapes: it looks at each run."""
    text = IN_PLACE_SOURCE[func]
    choices = {
        "{softplus}": f"({SOFTPLUS[True]} if z.size < {FEW} else {SOFTPLUS[False]})",
        "{chosen}": f"({CHOSEN[True][1]} if y.ndim < z.ndim else {CHOSEN[False][1]})",
        "{meaning}": CHOSEN[False][0],
        "{lowest}": f"({lowest(np.float64)} if z.dtype.itemsize == 8 else {lowest(np.float32)})",
        "{zero}": "0",
        "{one}": "1",
    }
    for mark, choice in choices.items():
        text = text.replace(mark, choice)
    return text


def lowest(dtype: Any) -> float:
    """Below this z, e^-z overflows."""
    return -700.0 if np.dtype(dtype).itemsize == 8 else -87.0


def source_of(func: Callable[..., Any], anywhere: bool = True) -> str | None:
    """A function's source without decorator and annotations; None where Python does not know it.

    It must mean the same anywhere, with NumPy and math alone, or there is none either.

    Examples
    --------
    >>> from autograd_lite.engine import relu
    >>> print(source_of(relu))
    def relu(x):
        return _plain(np.maximum(x, 0))
    """
    plain = getattr(func, "on_arrays", func)
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(plain)))
    except (OSError, TypeError, SyntaxError):
        return None
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef):
        return None
    definition.decorator_list, definition.returns = [], None
    for arg in (*definition.args.args, *definition.args.kwonlyargs, *definition.args.posonlyargs):
        arg.annotation = None
    for star in (definition.args.vararg, definition.args.kwarg):
        if star is not None:
            star.annotation = None
    if ast.get_docstring(definition) and len(definition.body) > 1:
        definition.body = definition.body[1:]
    WithNumbers(plain.__globals__).visit(definition)
    if anywhere and not all(map(stands_alone(plain), names_read(definition))):
        return None
    return ast.unparse(definition)


def names_read(definition: ast.FunctionDef) -> set[str]:
    """The names that a function reads and does not bind."""
    names = [node for node in ast.walk(definition) if isinstance(node, ast.Name)]
    arguments = definition.args
    bound = {a.arg for a in (*arguments.args, *arguments.posonlyargs, *arguments.kwonlyargs)}
    bound |= {a.arg for a in (arguments.vararg, arguments.kwarg) if a is not None}
    bound |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names} - bound


def stands_alone(plain: Any) -> Callable[[str], bool]:
    """Whether a name means the same in a program as where a function was defined."""

    def known(name: str) -> bool:
        meant = plain.__globals__.get(name)
        if name in ("np", "math"):
            return meant is (np if name == "np" else math)
        return inspect.isfunction(meant) or (meant is None and hasattr(builtins, name))

    return known


class WithNumbers(ast.NodeTransformer):
    """Writes a module's constant numbers where a function reads them."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self._names.get(node.id)
        return ast.Constant(value) if type(value) in (int, float) and isinstance(node.ctx, ast.Load) else node


def with_what_they_call(functions: Iterable[Callable[..., Any]]) -> list[Callable[..., Any]]:
    """These functions, and the Python functions that they call, those that are called first."""
    found: list[Callable[..., Any]] = []
    seen = set()

    def add(func: Callable[..., Any]) -> None:
        if func in seen:
            return
        seen.add(func)
        plain = getattr(func, "on_arrays", func)
        code = getattr(plain, "__code__", None)
        names = [i.argval for i in dis.get_instructions(code) if i.opname == "LOAD_GLOBAL"] if code else []
        for name in names:  # not those of attributes: np.pad is no helper that is called pad
            called = plain.__globals__.get(name)
            if inspect.isfunction(called):
                add(called)
        found.append(func)

    for func in functions:
        add(func)
    return found
