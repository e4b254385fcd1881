"""Programs of complex numbers: arguments, constants, passes, and what they refuse."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_same, by_itself, eager, parts

Z = np.array([1 + 2j, -0.5j, 3.0, complex(-0.0, -0.0)])
SPECIAL = [complex(a, b) for a in (0.0, -0.0, 1.5, math.inf, math.nan) for b in (0.0, -0.0, -2.0, -math.inf)]


def check(f: Any, *x: Any, examples: tuple[Any, ...] | None = None) -> ag.Program:
    program = ag.record(f, *(examples or x))
    assert_same(program(*x), eager(f, *x))
    assert_same(by_itself(program, *x), parts(program(*x)))
    return program


@pytest.mark.parametrize("number", SPECIAL, ids=repr)
@np.errstate(all="ignore")
def test_numbers_are_written_down_with_their_signs_and_infinities(number: complex) -> None:
    check(lambda z: (z + number, number - z, z * number, np.where(z == z, number, z)), 2 - 1j)
    check(lambda z: (z + number, number - z, z * number, np.where(z == z, number, z)), Z)
    check(lambda x: (x + number, x * np.full(3, number), x * np.array([number, 1j, 0])), np.ones(3))


IDENTITIES = {
    "times one": lambda z: (z * 1, 1.0 * z, z * np.ones(4), z * (1 + 0j)),
    "over one": lambda z: (z / 1, z**1, z / 1.0),
    "plus nothing": lambda z: (z + 0, z - 0, z + 0j),
    "twice negative": lambda z: (np.negative(-z), +z),
    "conjugates": lambda z: (np.conjugate(np.conjugate(z)), np.conjugate(np.real(z)), np.real(np.imag(z))),
    "square": lambda z: (z**2, z * z, np.square(z)),
    "both orders": lambda z: (z * (z + 1j), (z + 1j) * z),
    "stopped": lambda z: (ag.stop_gradient(z), np.copy(z), np.reshape(z, np.shape(z))),
}


@pytest.mark.parametrize("name", IDENTITIES)
@pytest.mark.parametrize("z", [*SPECIAL, Z, Z.astype(np.complex64), np.array(SPECIAL[:4])], ids=repr)
@np.errstate(all="ignore")
def test_an_identity_holds_to_the_last_bit_or_is_none(name: str, z: Any) -> None:
    check(IDENTITIES[name], z, examples=(z * 0 + 1j,))


def test_a_real_argument_is_one_of_a_complex_program_but_not_the_other_way_round() -> None:
    program = ag.record(lambda z: z * 2, 1j)
    assert_same((program(1.5), program(2), program(np.complex64(1j))), (3 + 0j, 4 + 0j, 2j))
    assert_same(ag.record(lambda z: z * 2, Z[:2])([1.0, 2]), np.array([2 + 0j, 4]))
    with pytest.raises(TypeError, match="a complex number, or give it the real part"):
        ag.record(lambda x: x * 2, 1.0)(1j)
    with pytest.raises(TypeError, match=r"np\.real\(x\)"):
        ag.record(lambda x: x * 2, np.ones(4))(Z)
    with pytest.raises(TypeError, match="complex64"):
        ag.record(lambda z: z * 2, Z)(Z.astype(np.complex64))
    assert "z: a complex number" in repr(ag.record(lambda z: z, 1j))


def test_a_compiled_function_has_a_program_for_real_and_for_complex_numbers() -> None:
    f = ag.compile(lambda z: z * z)
    assert [f(2.0), f(3), f(2j), f(np.complex128(3j)), f(Z)[0], f(np.ones(4))[0]] == [4.0, 9.0, -4, -9, Z[0] ** 2, 1.0]
    assert len(f.programs) == 4


def test_levels_and_chunks_are_for_real_numbers() -> None:
    def f(z: Any) -> Any:
        for _ in range(800):
            z = z * (0.5 + 0.1j) + 1
        return np.abs(z)

    program = check(ag.value_and_grad(f), 1 + 1j)
    assert program.form == "lines"
    for form in ("levels", "chunks"):
        with pytest.raises(ValueError, match="complex"):
            program.in_form(form)


@np.errstate(all="ignore")
def test_nothing_that_comes_in_stays_nothing_at_poles_of_complex_functions() -> None:
    z = np.array([0, 1j, 800j, 2.0, 1 + 1j])

    def f(z: Any) -> Any:
        finite = np.where(np.abs(z) > 1.2, np.log(z) * np.sin(z), 0)
        return np.sum(np.abs(np.tanh(finite))) + np.sum(np.real(np.where(np.abs(z) < 2, np.exp(z) / z, z)[1:2]))

    check(ag.value_and_grad(f), z, examples=(z + 0.3,))
    gradient = ag.grad(lambda z: np.abs(np.where(np.abs(z) > 1, np.log(z), z)))
    assert_same(ag.record(gradient, 2j)(0j), gradient(0j))  # of single numbers the interpreter knows


def test_functions_of_networks_take_complex_numbers_as_the_engine_does() -> None:
    def f(z: Any, x: Any) -> Any:
        return [g(part) for g in (ag.sigmoid, ag.relu, ag.softmax, ag.engine.log_softmax) for part in (z, x)]

    check(f, 1 - 1j, 0.5)
    check(f, Z, np.ones(3))


def test_weights_from_outside_may_be_complex() -> None:
    w = ag.Value(Z, name="w")
    gradient = ag.grad(lambda x: np.sum(np.abs(x * w) ** 2))
    program = ag.record(gradient, np.ones(4))
    for numbers in (Z, 2 * Z):
        w.data = numbers
        assert_same(program(np.ones(4)), gradient(np.ones(4)).data)


def test_large_constants_are_saved_and_loaded(tmp_path: Any) -> None:
    table = np.exp(1j * np.arange(40.0))
    program = check(lambda x: x * table, np.ones(40))
    path = program.save(tmp_path / "program.py")
    with np.load(path.with_suffix(".npz")) as constants:
        assert [constants[name].dtype for name in constants] == [np.complex128]


def test_the_factor_of_a_modulus_is_no_sign() -> None:
    def f(z: Any, w: Any) -> Any:
        product = z * w
        product.name = "product"
        return np.sum(np.sin(np.abs(product)) * np.abs(product))

    gradient = ag.grad(f, (0, 1))
    assert "sign product" in ag.record(gradient, np.ones(3), np.ones(3)).source
    assert "sign product" not in ag.record(gradient, Z, Z).source
