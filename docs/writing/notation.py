r"""How functions are written in formulas: ``np.sqrt(x)`` is ``\sqrt{x}``.

A template has the arguments as ``#0``, ``#1``. What stands around it decides about brackets: see `Text`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

SUM, PRODUCT, CALL, POWER, ATOM = range(5)
"""How strongly a formula holds together. A product takes a sum in brackets, a power takes anything but an atom."""


class Text(NamedTuple):
    """A formula in LaTeX, and how strongly it holds together."""

    latex: str
    strength: int = ATOM

    def inside(self, strength: int) -> str:
        """The formula, in brackets if what stands around it holds together more strongly."""
        return self.latex if self.strength >= strength else brackets(self.latex)


def brackets(latex: str) -> str:
    """In brackets, as high as what stands inside."""
    return rf"\left({latex}\right)" if is_high(Text(latex)) else f"({latex})"


def is_high(text: Text) -> bool:
    """True for what is higher than a line."""
    return any(sign in text.latex for sign in (r"\frac", r"\begin", r"\sum", r"\prod", "^{"))


class Template(NamedTuple):
    """How a function is written: the LaTeX, how strongly it holds together, and how strongly each argument must."""

    latex: str
    strength: int = ATOM
    arguments: int = SUM
    second: int | None = None

    def takes(self, count: int) -> bool:
        """True if it is made for this number of arguments."""
        return count == 1 + ("#1" in self.latex)

    def filled(self, arguments: Sequence[Text]) -> Text:
        """The formula with its arguments."""
        latex = self.latex
        if any(map(is_high, arguments)) and r"\left" not in latex:
            latex = latex.replace("(", r"\left(").replace(")", r"\right)")
        for i, argument in enumerate(arguments):
            strength = self.second if i and self.second is not None else self.arguments
            latex = latex.replace(f"#{i}", argument.inside(strength))
        return Text(latex.replace("{1^2 +", "{1 +"), self.strength)


def sign(latex: str) -> Template:
    r"""A function without brackets around a short argument: ``\sin x``."""
    return Template(latex + " #0", CALL, POWER)


def letter(latex: str) -> Template:
    r"""A function with a letter of its own, and brackets: ``\Gamma(x)``."""
    return Template(latex + r"(#0)", ATOM)


def letters(latex: str) -> Template:
    r"""A function of two arguments with a letter of its own: ``B(a, b)``."""
    return Template(latex + r"(#0, #1)", ATOM)


NUMPY: dict[str, Template] = {
    **{name: sign("\\" + name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "arcsin", "arccos")},
    **{name: sign(rf"\operatorname{{{name}}}") for name in ("arcsinh", "arccosh", "arctanh", "sign", "sinc")},
    "log": sign(r"\ln"),
    "log2": sign(r"\log_2"),
    "log10": sign(r"\log_{10}"),
    "log1p": Template(r"\ln(1 + #0)"),
    "exp": Template("e^{#0}", POWER),
    "exp2": Template("2^{#0}", POWER),
    "expm1": Template("e^{#0} - 1", SUM),
    "sqrt": Template(r"\sqrt{#0}"),
    "cbrt": Template(r"\sqrt[3]{#0}"),
    "hypot": Template(r"\sqrt{#0^2 + #1^2}", ATOM, ATOM),
    "square": Template("#0^2", POWER, ATOM),
    "reciprocal": Template(r"\frac{1}{#0}", PRODUCT),
    "absolute": Template(r"\left\lvert #0 \right\rvert"),
    "fabs": Template(r"\left\lvert #0 \right\rvert"),
    "conjugate": Template(r"\overline{#0}"),
    "real": sign(r"\operatorname{Re}"),
    "imag": sign(r"\operatorname{Im}"),
    "negative": Template("-#0", SUM, PRODUCT),
    "positive": Template("#0"),
    "floor": Template(r"\left\lfloor #0 \right\rfloor"),
    "ceil": Template(r"\left\lceil #0 \right\rceil"),
    "add": Template("#0 + #1", SUM),
    "subtract": Template("#0 - #1", SUM, PRODUCT),
    "multiply": Template(r"#0 \cdot #1", PRODUCT, PRODUCT),
    "divide": Template(r"\frac{#0}{#1}", PRODUCT),
    "floor_divide": Template(r"\left\lfloor \frac{#0}{#1} \right\rfloor"),
    "remainder": Template(r"#0 \bmod #1", SUM, POWER),
    "power": Template("#0^{#1}", POWER, ATOM, SUM),
    "float_power": Template("#0^{#1}", POWER, ATOM, SUM),
    "matmul": Template(r"#0 \, #1", PRODUCT, CALL),
    "maximum": letters(r"\max"),
    "minimum": letters(r"\min"),
    "degrees": Template(r"\frac{180}{\pi} \, #0", PRODUCT, CALL),
    "rad2deg": Template(r"\frac{180}{\pi} \, #0", PRODUCT, CALL),
    "radians": Template(r"\frac{\pi}{180} \, #0", PRODUCT, CALL),
    "deg2rad": Template(r"\frac{\pi}{180} \, #0", PRODUCT, CALL),
    "logical_not": Template(r"\lnot #0", CALL, ATOM),
    "logical_and": Template(r"#0 \land #1", SUM, POWER),
    "logical_or": Template(r"#0 \lor #1", SUM, POWER),
    "isinf": Template(r"\left\lvert #0 \right\rvert = \infty", SUM, SUM),
    "linalg.inv": Template("#0^{-1}", POWER, ATOM),
    "linalg.pinv": Template("#0^{+}", POWER, ATOM),
    "linalg.det": sign(r"\det"),
}  # fmt: skip
"""NumPy's functions that have a notation of their own, by name."""

SPECIAL: dict[str, Template] = {
    "gamma": letter(r"\Gamma"),
    "gammaln": Template(r"\ln \left\lvert \Gamma(#0) \right\rvert", CALL),
    "loggamma": Template(r"\ln \Gamma(#0)", CALL),
    "rgamma": Template(r"\frac{1}{\Gamma(#0)}", PRODUCT),
    "psi": letter(r"\psi"),
    "digamma": letter(r"\psi"),
    "polygamma": Template(r"\psi^{(#0)}(#1)"),
    "beta": letters(r"\mathrm{B}"),
    "betaln": Template(r"\ln \left\lvert \mathrm{B}(#0, #1) \right\rvert", CALL),
    "gammainc": letters("P"),
    "gammaincc": letters("Q"),
    "zeta": letters(r"\zeta"),
    "expit": letter(r"\sigma"),
    "xlogy": Template(r"#0 \ln #1", PRODUCT, ATOM),
    "xlog1py": Template(r"#0 \ln(1 + #1)", PRODUCT, CALL),
    **{name: letter(rf"\operatorname{{{name}}}") for name in ("erf", "erfc", "erfi", "erfcx", "erfinv", "erfcinv")},
    **{f"{name}{n}": letter(f"{name.upper()}_{n}") for name in "jyik" for n in (0, 1)},
    **{f"{name}{n}e": Template(rf"e^{{-\lvert #0 \rvert}} {name.upper()}_{n}(#0)", PRODUCT)
       for name in "i" for n in (0, 1)},
    **{f"{name}{v}": Template(rf"{name.upper()}_{{#0}}(#1)")
       for name, v in (("j", "v"), ("y", "v"), ("y", "n"), ("i", "v"), ("k", "v"), ("j", "n"), ("k", "n"))},
}  # fmt: skip
"""SciPy's special functions that have a letter of their own, by name."""

MATH = {
    "math.log": NUMPY["log"], "math.sqrt": NUMPY["sqrt"], "math.exp": NUMPY["exp"], "math.gamma": SPECIAL["gamma"],
    "math.factorial": Template("#0!", ATOM, ATOM),
}  # fmt: skip
"""Functions of Python's own module, of plain numbers."""

CONSTANTS: dict[str, str] = {
    "np.pi": r"\pi", "math.pi": r"\pi", "np.e": "e", "math.e": "e", "np.inf": r"\infty", "math.inf": r"\infty",
    "np.nan": r"\mathrm{nan}", "np.euler_gamma": r"\gamma", "math.tau": r"2 \pi",
}  # fmt: skip

OVER_AXES: dict[str, str] = {
    "sum": r"\sum", "prod": r"\prod", "max": r"\max", "min": r"\min", "mean": r"\operatorname{mean}",
    "cumsum": r"\operatorname{cumsum}",
}  # fmt: skip
"""Functions along axes, which stand below the sign."""


def template_of(func: Callable[..., Any], name: str) -> Template | None:
    """How a function is written, if it has a notation of its own.

    Parameters
    ----------
    func : callable
    name : str
        As `names.public` gives it: ``np.exp``, ``scipy.special.gamma``.
    """
    module, _, own = name.rpartition(".")
    if name in MATH:
        return MATH[name]
    if module.endswith("special"):
        return SPECIAL.get(own)
    if func is np.abs:
        return NUMPY["absolute"]
    return NUMPY.get(name.removeprefix("np.")) if name.startswith("np.") else None
