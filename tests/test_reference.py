"""Rules as formulas: what docs/writing makes of a line of NumPy."""

import ast
import math
import re
import sys
from pathlib import Path

import numpy as np
import pytest

DOCS = Path(__file__).parents[1] / "docs"
sys.path.insert(0, str(DOCS))

from writing.formulas import Formula  # noqa: E402

LETTERS = {"g": "g", "ans": "z", "x": "x", "y": "y"}


def helper(x):
    return x


@pytest.mark.parametrize(
    ("code", "latex"),
    [
        ("g * np.cos(x)", r"g \cdot \cos x"),
        ("-g * ans / y", r"-\frac{g \cdot z}{y}"),
        ("0.5 * g / ans", r"\frac{g}{2 \, z}"),
        ("g * (1 - ans * ans)", r"g \cdot (1 - z^2)"),
        ("g / np.hypot(1, x) / np.hypot(1, x)", r"\frac{g}{1 + x^2}"),
        ("g / (x * math.log(2))", r"\frac{g}{x \cdot \ln 2}"),
        ("2 * g * x", r"2 \, g \cdot x"),
        ("-(g - y)", r"-(g - y)"),
        ("x - (y - g)", r"x - (y - g)"),
        ("x - -y", r"x - (-y)"),
        ("(x + y) ** 2", "(x + y)^2"),
        ("x ** (y - 1)", "x^{y - 1}"),
        ("np.power(x, y - 1)", "x^{y - 1}"),
        ("g * (x > y)", r"g \cdot \left[x > y\right]"),
        ("(x > y) + 0.5 * (x == y)", r"\left[x > y\right] + \frac{\left[x = y\right]}{2}"),
        ("-ans.T @ g @ ans.T", r"-z^{\mathsf T} \, g \, z^{\mathsf T}"),
        ("g - np.exp(ans) * np.sum(g, axis=axis, keepdims=True)", r"g - e^{z} \cdot \sum_{\mathrm{axis}} g"),
        ("g * x / np.where(ans == 0, 1, ans)", r"\frac{g \cdot x}{z^{\ast}}"),
        ("np.where(x > 0, g, 0)", r"\begin{cases} g & \text{where } x > 0 \\ 0 & \text{else} \end{cases}"),
        ("-1j * g if np.iscomplexobj(x) else 0 * g",
         r"\begin{cases} -i \cdot g & \text{where } x \text{ is complex} \\ 0 \, g & \text{else} \end{cases}"),
        ("helper(g)", r"\operatorname{helper}(g)"),
        ("np.sin(x) ** 2", r"(\sin x)^2"),
        ("np.sin(x + y)", r"\sin (x + y)"),
        ("g * np.conjugate(x)", r"g \cdot \overline{x}"),
    ],
)  # fmt: skip
def test_a_rule_as_a_formula(code, latex):
    formula = Formula(LETTERS, {"np": np, "math": math, "helper": helper})
    assert formula.latex(ast.parse(code, mode="eval").body) == latex


def test_a_helper_is_known_to_be_one():
    formula = Formula(LETTERS, {"helper": helper})
    formula.latex(ast.parse("g * helper(x)", mode="eval").body)
    assert formula.helpers == {"helper": helper}


@pytest.mark.parametrize("page", sorted((DOCS / "functions").glob("*.md")), ids=lambda page: page.stem)
def test_the_brackets_of_every_formula_close(page):
    text = page.read_text(encoding="utf-8")
    formulas = re.findall(r"```math\n(.*?)```", text, re.DOTALL) + re.findall(r"\$`(.*?)`\$", text)
    for formula in formulas:
        plain = formula.replace(r"\{", "").replace(r"\}", "")
        assert plain.count("{") == plain.count("}"), formula
        assert len(re.findall(r"\\left\b", plain)) == len(re.findall(r"\\right\b", plain)), formula
        assert plain.count(r"\begin{") == plain.count(r"\end{"), formula
