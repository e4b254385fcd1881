"""Every operation on plain numbers, as it is written, gives the number and the type that the interpreter gives."""

from __future__ import annotations

import cmath
import itertools
import math
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from engine.rule_cases import of_the_package
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd_lite as ag
from autograd_lite.engine import Operation, sigmoid_crossentropy, softmax
from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.guard import unless_nothing
from autograd_lite.engine.rules.table import RULES, full_name
from autograd_lite.program.listing import Instruction, Variable, computed
from autograd_lite.program.recording.draws import draw
from autograd_lite.program.writing.helpers import OF_NUMBERS, of_number_source
from autograd_lite.program.writing.numbers import INFIX, Text, constant_text, number_text

FLOATS = [0.0, -0.0, 1.0, -1.5, 2.25, 700.0, -1e-300, 1e200, math.inf, -math.inf, math.nan]
WHOLE = [0, 1, -2, 5]
COMPLEX = [1j, complex(-0.0, -0.0), 1.5 - 2j, complex(math.inf, 1.0), complex(0.0, math.nan)]
NUMBERS = [*FLOATS, *WHOLE, *COMPLEX, True, False]
NAMES = ("x", "y", "z")


def namespace() -> dict[str, Any]:
    """What the source of a program can call."""
    names: dict[str, Any] = {"np": np, "math": math, "softmax": softmax, "unless_nothing": unless_nothing}
    names["scipy"] = sys.modules.get("scipy")
    names |= {func.__name__: getattr(func, "on_arrays", func) for func in RULES if hasattr(func, "on_arrays")}
    for func in OF_NUMBERS:
        exec(of_number_source(func, None), names)
    return names


AROUND = namespace()


def operation(func: Callable[..., Any], **chosen: Any) -> Operation:
    op = RULES[func]
    made = Operation(op.func, op.rules, op.operands, op.keywords, op.scalar, op.symbol)
    made.compute = op.compute
    made.settings = chosen
    return made


def instruction(op: Operation, operands: tuple[Any, ...], constant: tuple[bool, ...]) -> Instruction | None:
    """The instruction, if it makes one number of these; None if NumPy refuses them."""
    variables = tuple(Variable.constant(x) if c else Variable.like(x) for x, c in zip(operands, constant, strict=True))
    i = Instruction(op, variables, Variable(None, np.dtype(float)))
    try:
        found = computed(i, list(operands))
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, Warning):  # nobody can record that
        return None
    if type(found) not in (float, int, bool, complex):
        return None
    i.out = Variable.like(found)
    return i


def is_same(found: Any, wanted: Any) -> bool:
    """Of one type and equal to the last bit; any nan is as good as another."""
    if type(found) is not type(wanted):
        return False
    if type(wanted) is complex:
        return is_same(found.real, wanted.real) and is_same(found.imag, wanted.imag)
    if wanted != wanted:
        return bool(found != found)
    return bool(found == wanted and math.copysign(1, found) == math.copysign(1, wanted))


def check(i: Instruction, texts: list[Text], operands: tuple[Any, ...]) -> None:
    """What is written gives the same; or it raises at a pole, where a program asks the interpreter."""
    wanted, source = computed(i, list(operands)), number_text(i, texts).source
    try:
        found = eval(source, AROUND, dict(zip(NAMES, operands, strict=False)))
    except (ArithmeticError, ValueError):
        assert not cmath.isfinite(wanted), f"{source} raises, and {i.op!r} of {operands} is {wanted}"
        return
    assert is_same(found, wanted), f"{source} of {operands} is {found!r} instead of {wanted!r}"


families.complete()
FUNCTIONS = [
    (func, {})
    for func, op in RULES.items()
    if of_the_package(func)
    and op.operands in (1, 2, 3)
    and func is not draw
    and not func.__name__.startswith("put")
    and not full_name(func).startswith("scipy.")  # which prints of what is outside a function's domain
]
FUNCTIONS += [(np.round, {"decimals": 1}), (np.sum, {"axis": None}), (np.sum, {"keepdims": True})]
FUNCTIONS += [(np.mean, {"axis": None}), (np.reshape, {"shape": ()}), (np.isclose, {"rtol": 0.5})]
FUNCTIONS += [(np.broadcast_to, {"shape": ()}), (np.argmax, {"axis": None}), (np.var, {"ddof": 0})]


def operand_sets(count: int) -> Iterator[tuple[Any, ...]]:
    few = [0.0, -0.0, -1.5, math.nan, 3, 1.5 - 2j, True, False]
    yield from itertools.product(NUMBERS if count < 3 else few, repeat=count)


@pytest.mark.parametrize(("func", "chosen"), FUNCTIONS, ids=[f"{f.__name__}{s or ''}" for f, s in FUNCTIONS])
@np.errstate(all="ignore")
def test_an_operation_on_numbers_is_written_as_the_interpreter_computes_it(func: Any, chosen: dict[str, Any]) -> None:
    op = operation(func, **chosen)
    count = op.operands or 1
    for operands in operand_sets(count):
        if func in OF_NUMBERS and any(type(x) is complex for x in operands):
            continue  # another helper: the function itself
        for constant in {(False,) * count, (False,) * (count - 1) + (True,), (True,) + (False,) * (count - 1)}:
            i = instruction(op, operands, constant)
            if i is None or all(constant):
                continue
            names = [Text(name) for name in NAMES]
            texts = [
                constant_text(x) if c else names[n] for n, (x, c) in enumerate(zip(operands, constant, strict=True))
            ]
            check(i, texts, operands)


@np.errstate(all="ignore")
def test_nearly_every_elementwise_function_of_the_table_is_tried() -> None:
    counts = {func: RULES[func].operands or 1 for func, _ in FUNCTIONS}
    tried = [func for func, n in counts.items() if instruction(RULES[func], (0.5,) * n, (False,) * n)]
    assert {*INFIX, np.tanh, np.maximum, np.where, np.sum, np.sign, np.floor_divide, sigmoid_crossentropy} <= {*tried}
    assert len(tried) > 60


# ------------------------------------------------------------------------------- nested


OF_FLOATS = [
    np.add, np.subtract, np.multiply, np.divide, np.power, np.negative, np.abs, np.positive, np.sum, np.mean, np.exp,
    np.tanh, np.square, np.maximum, np.minimum, np.sign, np.where, ag.relu, ag.sigmoid, np.remainder, np.reciprocal,
    np.add, np.subtract, np.multiply, np.divide, np.negative, np.where, ag.relu,
]  # fmt: skip
OF_MASKS = [
    np.greater, np.less_equal, np.equal, np.not_equal, np.logical_and, np.logical_or, np.logical_not, np.logical_xor,
    np.bitwise_and, np.bitwise_or, np.bitwise_xor, np.invert, np.add, np.multiply, np.isnan,
]  # fmt: skip


class Nested:
    """A random expression: its source, and its value one instruction after the other."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.inputs = self.random.uniform(-2, 2, len(NAMES)).tolist()
        self.finite = True

    def leaf(self) -> tuple[Text, Any, Variable]:
        if self.random.integers(3):
            at = int(self.random.integers(len(NAMES)))
            return Text(NAMES[at]), self.inputs[at], Variable.like(0.5)
        value = [2.0, -1.5, 1.0, 0.5, -2.0, 3, 2.05, -1.0, 1e-7][self.random.integers(9)]
        return constant_text(value), value, Variable.constant(value)

    def made(self, depth: int, mask: bool = False) -> tuple[Text, Any, Variable]:
        """The text, the value and the variable of an expression."""
        if depth == 0 and not mask:
            return self.leaf()
        choice = (OF_MASKS if mask else OF_FLOATS)[self.random.integers(len(OF_MASKS if mask else OF_FLOATS))]
        masks = (
            0 if depth == 0 or choice in {np.greater, np.less_equal, np.equal, np.not_equal, np.isnan} else int(mask)
        )
        func = np.greater if mask and not masks and choice is not np.isnan else choice
        kinds = [bool(masks)] * (RULES[func].operands or 1)
        if func is np.where:
            kinds = [True, False, False]
        parts = [self.made(max(depth - 1, 0), kind) for kind in kinds]
        values = [value for _, value, _ in parts]
        i = Instruction(RULES[func], tuple(v for _, _, v in parts), Variable(None, np.dtype(float)))
        found = computed(i, values)
        i.out = Variable.like(found)
        self.finite = self.finite and math.isfinite(found)
        return number_text(i, [text for text, _, _ in parts]), found, i.out


@settings(max_examples=600)
@given(seed=st.integers(0, 10**6), depth=st.integers(1, 5), mask=st.booleans())
@np.errstate(all="ignore")
def test_nested_expressions_are_computed_in_the_order_in_which_they_were_recorded(
    seed: int, depth: int, mask: bool
) -> None:
    nested = Nested(seed)
    text, wanted, _ = nested.made(depth, mask)
    try:
        found = eval(text.source, AROUND, dict(zip(NAMES, nested.inputs, strict=True)))
    except (ArithmeticError, ValueError):
        assert not nested.finite, text.source
        return
    assert is_same(found, wanted), f"{text.source}: {found!r} instead of {wanted!r}"


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (lambda x, y: x * np.sum(x + y), "x * (x + y + 0.0)"),
        (lambda x, y: x - (y - x), "x - (y - x)"),
        (lambda x, y: x / (y * x), "x / (y * x)"),
        (lambda x, y: -(x**2), "-x**2"),
        (lambda x, y: (-x) ** 2, "(-x)**2"),
        (lambda x, y: x**-1 + y**2.05, "x**-1 + math.pow(y, 2.05)"),
        (lambda x, y: np.where((x > 0) & (y > 0), x, 0), "x if (x > 0.0) & (y > 0.0) else 0.0"),
        (lambda x, y: np.where(~(x > y), x, y), "x if not x > y else y"),
    ],
)
def test_what_is_written_reads_like_the_formula(f: Any, expected: str) -> None:
    source = ag.record(f, 1.5, 2.5).source
    assert expected in source.replace("> 0)", "> 0.0)"), source


def test_a_function_of_the_user_is_called_by_its_name(own_rules: None) -> None:
    @ag.primitive
    def cube(x: Any) -> Any:
        return x * x * x

    ag.rule(cube, lambda g, ans, x: 3 * g * x**2)
    program = ag.record(ag.value_and_grad(lambda x: cube(x + 1.0) * 2), 1.0)
    assert program(2.0) == (54.0, 54.0)
    assert "__main__" not in program.source


def test_functions_that_answer_yes_or_no_of_two_numbers_are_written() -> None:
    program = ag.record(lambda x, y: x * np.allclose(x, y) + np.array_equal(x, y), 1.0, 1.0)
    assert program(2.0, 2.0) == 3.0
    assert program(2.0, 3.0) == 0.0
