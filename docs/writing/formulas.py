r"""A derivative rule as a formula: ``g * np.cos(x)`` is ``g \cdot \cos x``, read from its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from .names import public
from .notation import ATOM, CALL, CONSTANTS, OVER_AXES, POWER, PRODUCT, SUM, Text, brackets, template_of
from .sources import definition, evaluated

RELATIONS = {
    ast.Eq: "=", ast.NotEq: r"\ne", ast.Lt: "<", ast.LtE: r"\le", ast.Gt: ">", ast.GtE: r"\ge",
    ast.Is: "=", ast.IsNot: r"\ne", ast.In: r"\in", ast.NotIn: r"\notin",
}  # fmt: skip
JOINED = {ast.BitAnd: r"\land", ast.BitOr: r"\lor", ast.And: r"\land", ast.Or: r"\lor"}
UNSAID = frozenset({"axis", "keepdims"})
"""Settings that are handed on to helpers; the formula is easier to read without them."""

TRANSPOSED = r"^{\mathsf T}"
OPEN_ENDED = (r"\sum", r"\prod", r"\operatorname{mean}", r"\max_", r"\min_")
"""What takes in all that follows: in a product it stands last, or in brackets."""


class Formula:
    """Writes the expressions of one rule.

    Parameters
    ----------
    names : dict
        How the names of the rule are written: ``{"ans": "y"}``.
    scope : dict
        What the names of its module mean.

    Attributes
    ----------
    helpers : dict
        The functions without a notation of their own that occurred, by name.
    guarded : list of str
        What is written with a star: 1 stands in its place where it is 0.
    """

    def __init__(self, names: dict[str, str], scope: dict[str, Any]) -> None:
        self.names = names
        self.scope = scope
        self.helpers: dict[str, Callable[..., Any]] = {}
        self.guarded: list[str] = []

    def write(self, node: ast.expr) -> Text:
        """Any expression."""
        writer = getattr(self, f"write_{type(node).__name__.lower()}", None)
        return writer(node) if writer else as_code(node)

    def latex(self, node: ast.expr) -> str:
        """The same as LaTeX, where no brackets are needed."""
        return self.write(node).latex

    # ------------------------------------------------------------------ names and numbers

    def write_name(self, node: ast.Name) -> Text:
        """An operand by its letter, a setting by its name, a constant of the module by what it is."""
        if node.id in self.names:
            return Text(self.names[node.id])
        defined = definition(node.id, self.scope) if isinstance(self.scope.get(node.id), float) else None
        return self.write(defined) if defined is not None else Text(as_letter(node.id))

    def write_constant(self, node: ast.Constant) -> Text:
        """A number."""
        value = node.value
        if isinstance(value, complex):
            return Text("i" if value == 1j else f"{value.imag:g} i", ATOM if value == 1j else PRODUCT)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return as_code(node)
        return Text(f"{value:g}")

    def write_attribute(self, node: ast.Attribute) -> Text:
        r"""``x.T``, ``np.pi``, ``x.shape``."""
        if (name := ast.unparse(node)) in CONSTANTS:
            return Text(CONSTANTS[name])
        if node.attr in ("T", "mT"):
            return Text(self.write(node.value).inside(ATOM) + TRANSPOSED, POWER)
        return named(node.attr, [self.latex(node.value)])

    def write_subscript(self, node: ast.Subscript) -> Text:
        """Entries of an array."""
        inside = ast.unparse(node.slice).removeprefix("(").removesuffix(")")
        is_operand = isinstance(node.slice, ast.Name)
        return Text(f"{self.write(node.value).inside(ATOM)}[{self.latex(node.slice) if is_operand else code(inside)}]")

    def write_tuple(self, node: ast.Tuple) -> Text:
        """Several results, or a shape."""
        return Text(brackets(", ".join(map(self.latex, node.elts))))

    # ------------------------------------------------------------------ + - * / ** @

    def write_unaryop(self, node: ast.UnaryOp) -> Text:
        """A sign, or not."""
        if isinstance(node.op, ast.USub):
            return self.product(node)
        if isinstance(node.op, ast.UAdd):
            return self.write(node.operand)
        return Text(rf"\lnot {self.write(node.operand).inside(ATOM)}", CALL)

    def write_binop(self, node: ast.BinOp) -> Text:
        """A sum, a product, a power, or a choice of two conditions."""
        if isinstance(node.op, ast.Mult | ast.Div):
            return self.product(node)
        if isinstance(node.op, ast.Add | ast.Sub):
            right = self.bracketed(node.right).inside(SUM if isinstance(node.op, ast.Add) else PRODUCT)
            sign = "+" if isinstance(node.op, ast.Add) else "-"
            if right.startswith("-"):
                right = brackets(right)
            return Text(f"{self.bracketed(node.left).latex} {sign} {right}", SUM)
        if isinstance(node.op, ast.Pow):
            return self.power(self.write(node.left), self.latex(node.right))
        if isinstance(node.op, ast.MatMult):
            return self.matrix_product(node)
        if type(node.op) in JOINED:
            sides = [self.condition(side) for side in (node.left, node.right)]
            return Text(f" {JOINED[type(node.op)]} ".join(sides), SUM)
        if isinstance(node.op, ast.FloorDiv):
            return Text(rf"\left\lfloor \frac{{{self.latex(node.left)}}}{{{self.latex(node.right)}}} \right\rfloor")
        return as_code(node)

    def matrix_product(self, node: ast.BinOp) -> Text:
        """Matrices side by side; a sign before the first one stands before all."""
        first, second = self.write(node.left), self.write(node.right)
        sign = "-" if first.latex.startswith("-") and " + " not in first.latex and " - " not in first.latex else ""
        left = first.latex[1:] if sign else first.inside(PRODUCT)
        return Text(rf"{sign}{left} \, {second.inside(CALL)}", SUM if sign else PRODUCT)

    def power(self, base: Text, exponent: str) -> Text:
        """A power; that of a root with exponent 2 is what stands below the root."""
        root = r"\sqrt{"
        if exponent == "2" and base.latex.startswith(root) and closing(base.latex, len(root)) == len(base.latex) - 1:
            return Text(base.latex[len(root) : -1], SUM)
        if exponent == "0.5":
            return Text(rf"\sqrt{{{base.latex}}}")
        return Text(f"{base.inside(ATOM)}^{exponent if len(exponent) == 1 else braced(exponent)}", POWER)

    def product(self, node: ast.expr) -> Text:
        """A chain of factors and divisors as one fraction, the numbers first."""
        above: list[Text] = []
        below: list[Text] = []
        negative = self.collect(node, above, below, False)
        sign = "-" if negative else ""
        strength = SUM if negative else PRODUCT
        over = self.factors(above)
        if below:
            return Text(rf"{sign}\frac{{{over.latex}}}{{{self.factors(below).latex}}}", strength)
        return Text(sign + over.inside(PRODUCT), SUM) if negative else over

    def collect(self, node: ast.expr, above: list[Text], below: list[Text], negative: bool) -> bool:
        """Sort the factors of a product into those above the line and those below; True if it is negative."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return self.collect(node.operand, above, below, not negative)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
            negative = self.collect(node.left, above, below, negative)
            sides = (above, below) if isinstance(node.op, ast.Mult) else (below, above)
            return self.collect(node.right, *sides, negative)
        if isinstance(node, ast.Constant) and node.value in (0.5, 0.25):
            below.append(Text(f"{1 / node.value:g}"))
        else:
            above.append(self.bracketed(node))
        return negative

    def bracketed(self, node: ast.expr) -> Text:
        """A factor; a comparison among factors is 1 where it holds."""
        if is_condition(node):
            return Text(rf"\left[{self.latex(node)}\right]")
        return self.write(node)

    def factors(self, texts: list[Text]) -> Text:
        """Factors side by side; equal ones as a power."""
        ordered = sorted(texts, key=lambda text: not is_number(text.latex))
        counted = {text: ordered.count(text) for text in ordered}
        parts = [text if n == 1 else self.power(text, str(n)) for text, n in counted.items()]
        if len(parts) < 2:
            return parts[0] if parts else Text("1")
        latex = ""
        for part, after in zip_longest(parts, parts[1:]):
            latex += part.inside(CALL if after and part.latex.startswith(OPEN_ENDED) else PRODUCT)
            latex += "" if after is None else r" \, " if is_number(part.latex) else r" \cdot "
        return Text(latex, PRODUCT)

    # ------------------------------------------------------------------ conditions

    def condition(self, node: ast.expr) -> str:
        """A comparison, in words where it asks for the kind of a number."""
        if isinstance(node, ast.Call):
            asked = ast.unparse(node.func).rpartition(".")[2]
            if asked in QUESTIONS and len(node.args) == 1:
                return rf"{self.latex(node.args[0])} \text{{ {QUESTIONS[asked]}}}"
        return self.latex(node)

    def write_compare(self, node: ast.Compare) -> Text:
        """``x > 0``, ``a < x < b``."""
        text = self.latex(node.left)
        for op, right in zip(node.ops, node.comparators, strict=True):
            text += f" {RELATIONS[type(op)]} {self.latex(right)}"
        return Text(text, SUM)

    def write_boolop(self, node: ast.BoolOp) -> Text:
        """And, or."""
        if not all(is_condition(value) for value in node.values):
            return as_code(node)
        return Text(f" {JOINED[type(node.op)]} ".join(map(self.condition, node.values)), SUM)

    def write_ifexp(self, node: ast.IfExp) -> Text:
        """One thing or the other."""
        return self.cases(node.body, node.test, node.orelse)

    def cases(self, if_true: ast.expr, test: ast.expr, if_false: ast.expr) -> Text:
        """Two formulas with the condition beside them; a third where the second is a choice again."""
        lines = rf"{self.latex(if_true)} & \text{{where }} {self.condition(test)} \\ "
        other = choice(if_false)
        if other:
            rest = self.cases(*other).latex.removeprefix(r"\begin{cases} ")
        else:
            rest = rf"{self.latex(if_false)} & \text{{else}} \end{{cases}}"
        return Text(r"\begin{cases} " + lines + rest, PRODUCT)

    # ------------------------------------------------------------------ calls

    def write_call(self, node: ast.Call) -> Text:
        """A function in its own notation, else by its name."""
        func = evaluated(node.func, self.scope)
        name = public(func) if func is not None else ""
        own = name.rpartition(".")[2]
        if func is None and isinstance(node.func, ast.Attribute) and node.func.attr not in ("get",):
            return named(node.func.attr, [self.latex(node.func.value), *self.arguments(node)])
        if name == "np.where" and len(node.args) == 3:
            return self.where(*node.args)
        if is_transpose(name, node):
            return Text(self.write(node.args[0]).inside(ATOM) + TRANSPOSED, POWER)
        if name.startswith("np.") and own in OVER_AXES and name.count(".") == 1:
            return self.over_axes(OVER_AXES[own], node)
        template = template_of(func, name or ast.unparse(node.func)) if func is not None else None
        if template is not None and not node.keywords and template.takes(len(node.args)):
            return template.filled([self.bracketed(a) for a in node.args])
        if func is not None and not name.startswith("np."):
            self.helpers[own or getattr(func, "__name__", "")] = func
        unsaid = UNSAID if not name.startswith("np.") else frozenset[str]()
        return named(own or ast.unparse(node.func).removeprefix("np."), self.arguments(node, unsaid))

    def arguments(self, node: ast.Call, unsaid: frozenset[str] = UNSAID) -> list[str]:
        """The arguments of a call, without the settings that are only handed on."""
        given = [a for a in node.args if not (isinstance(a, ast.Name) and a.id in unsaid)]
        said = [k for k in node.keywords if k.arg and k.arg not in UNSAID]
        settings = [f"{code(k.arg or '')}={self.latex(k.value)}" for k in said if not same_name(k)]
        return [*(self.latex(a) for a in given), *settings]

    def over_axes(self, sign: str, node: ast.Call) -> Text:
        """A sum, product, largest entry or mean along an axis."""
        axis = next((k.value for k in node.keywords if k.arg == "axis"), node.args[1] if len(node.args) > 1 else None)
        below = "" if axis is None else f"_{{{self.latex(axis)}}}"
        return Text(f"{sign}{below} {self.bracketed(node.args[0]).inside(PRODUCT)}", PRODUCT)

    def where(self, test: ast.expr, if_true: ast.expr, if_false: ast.expr) -> Text:
        """``np.where``: cases; or a star, where 1 takes the place of 0."""
        if is_zero_test(test, if_true, if_false):
            text = self.write(if_false)
            self.guarded.append(text.latex)
            return Text(text.inside(ATOM) + r"^{\ast}", POWER)
        return self.cases(if_true, test, if_false)

    def write_starred(self, node: ast.Starred) -> Text:
        """All of a list."""
        return Text(rf"{self.latex(node.value)} \ldots")


QUESTIONS = {
    "iscomplexobj": "is complex", "is_complex": "is complex", "isrealobj": "is real", "isinf": "is infinite",
    "isnan": "is nan", "isfinite": "is finite", "ndim": "has axes",
}  # fmt: skip


# ---------------------------------------------------------------------------------- what is asked of a tree


def is_condition(node: ast.expr) -> bool:
    """True for what is either true or false."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        return is_condition(node.left) and is_condition(node.right)
    if isinstance(node, ast.BoolOp):
        return all(map(is_condition, node.values))
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not | ast.Invert)
    return isinstance(node, ast.Compare)


def is_zero_test(test: ast.expr, if_true: ast.expr, if_false: ast.expr) -> bool:
    """True for ``np.where(x == 0, 1, x)``: a divisor that is kept from being 0."""
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.ops[0], ast.Eq)
        and ast.unparse(test.comparators[0]) == "0"
        and ast.unparse(if_true) in ("1", "1.0")
        and ast.dump(test.left) == ast.dump(if_false)
    )


def is_transpose(name: str, node: ast.Call) -> bool:
    """True for the transpose of matrices, also of a stack of them."""
    rest = [ast.unparse(a) for a in node.args[1:]]
    if ast.unparse(node.func) in ("swap", "matrices_transposed"):
        return True
    swaps = name == "np.swapaxes" and sorted(rest) == ["-1", "-2"]
    plain = name == "np.transpose" and not rest and not node.keywords
    return swaps or plain or name in ("np.matrix_transpose", "np.linalg.matrix_transpose")


def choice(node: ast.expr) -> tuple[ast.expr, ast.expr, ast.expr] | None:
    """The parts of a choice: what if true, the test, what if false."""
    if isinstance(node, ast.IfExp):
        return node.body, node.test, node.orelse
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.where" and len(node.args) == 3:
        test, if_true, if_false = node.args
        return None if is_zero_test(test, if_true, if_false) else (if_true, test, if_false)
    return None


def same_name(keyword: ast.keyword) -> bool:
    """``axis=axis`` says nothing new."""
    return isinstance(keyword.value, ast.Name) and keyword.value.id == keyword.arg and keyword.arg in UNSAID


# ---------------------------------------------------------------------------------- LaTeX


def is_number(latex: str) -> bool:
    """True for digits alone."""
    return latex.replace(".", "", 1).isdigit()


def braced(latex: str) -> str:
    """In braces, which LaTeX does not show."""
    return "{" + latex + "}"


def closing(latex: str, at: int) -> int:
    """Where the brace that was opened before this place is closed."""
    depth = 1
    for i in range(at, len(latex)):
        depth += (latex[i] == "{") - (latex[i] == "}")
        if depth == 0:
            return i
    return len(latex)


GREEK = {
    "lam": "lambda", "lmbda": "lambda",
    **{name: name for name in ("alpha", "beta", "gamma", "delta", "theta", "mu", "sigma", "kappa", "omega", "phi")},
}  # fmt: skip


def as_letter(name: str) -> str:
    r"""``x`` as it is, ``x1`` with an index, ``mask`` upright."""
    if len(name) == 1:
        return name
    if name in GREEK:
        return rf"\{GREEK[name]}"
    if len(name) == 2 and name[1].isdigit():
        return f"{name[0]}_{name[1]}"
    return rf"\mathrm{{{escaped(name)}}}"


def named(name: str, arguments: list[str]) -> Text:
    """A function by its name."""
    return Text(rf"\operatorname{{{escaped(name)}}}{brackets(', '.join(arguments))}")


PLAIN = {
    **{sign: "\\" + sign for sign in "_#%&${}"}, "\\": r"\backslash ", "^": r"\wedge ", "~": r"\sim ",
}  # fmt: skip


def escaped(text: str) -> str:
    """Text with what LaTeX would read as a command made plain."""
    return "".join(PLAIN.get(sign, sign) for sign in text)


def code(text: str) -> str:
    """Python in a formula."""
    return rf"\texttt{{{escaped(text)}}}"


def as_code(node: ast.expr) -> Text:
    """An expression for which there is no notation."""
    return Text(code(ast.unparse(node)))
