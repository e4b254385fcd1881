"""A Value is a number, and an array: Python's operators, NumPy's methods, and how it prints and compares."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value

ARITHMETIC = [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow, operator.mod, operator.floordiv]
COMPARISONS = [operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne]
LOGIC = [operator.and_, operator.or_, operator.xor]

# What may stand on the other side of an operator.
OTHERS = {
    "float": 1.5,
    "int": 2,
    "bool": True,
    "np.float64": np.float64(1.5),
    "np.float32": np.float32(1.5),
    "np.int64": np.int64(2),
    "vector": np.array([1.5, 2.0, 0.5]),
    "integers": np.array([1, 2, 3]),
    "0-d array": np.array(1.5),
    "column": np.array([[0.5], [1.5]]),
    "list": [0.5, 1.5, 2.5],
    "tuple": (0.5, 1.5, 2.5),
    "Value": Value(1.5),
    "Value of a vector": Value([0.5, 1.5, 2.0]),
}
OURS = {"scalar": 2.0, "vector": np.array([1.0, 1.5, 2.0]), "matrix": np.array([[1.0, 2.0, 3.0], [0.5, 1.5, 2.5]])}

name_of: Callable[[Any], str] = lambda x: x if isinstance(x, str) else x.__name__  # noqa: E731


def raw(x: Any) -> Any:
    return x.data if isinstance(x, Value) else x


def assert_same_numbers(found: Any, expected: Any) -> None:
    assert isinstance(found, Value)
    assert found.shape == np.shape(expected)
    if np.asarray(expected).dtype.kind == "b":
        assert np.asarray(found.data).dtype.kind == "b"
    np.testing.assert_allclose(found.data, expected, rtol=4e-16)


@pytest.mark.parametrize("ours", OURS)
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("op", ARITHMETIC + COMPARISONS, ids=name_of)
def test_operators_take_anything_numeric_on_either_side(op: Callable[..., Any], other: str, ours: str) -> None:
    x, y = OURS[ours], OTHERS[other]
    assert_same_numbers(op(Value(x), y), op(np.asarray(x), np.asarray(raw(y))))
    assert_same_numbers(op(y, Value(x)), op(np.asarray(raw(y)), np.asarray(x)))


@pytest.mark.parametrize("ours", OURS)
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("op", ARITHMETIC[:5], ids=name_of)
def test_operators_with_anything_numeric_are_differentiated(op: Callable[..., Any], other: str, ours: str) -> None:
    for flip in (False, True):
        v, y = Value(OURS[ours]), OTHERS[other]

        def f(x: Any, y: Any, flip: bool = flip) -> Any:
            return op(y, x) if flip else op(x, y)

        np.sum(f(v, y)).backward()
        h, constant = 1e-6, np.asarray(raw(y), float)
        measured = (f(v.data + h, constant) - f(v.data - h, constant)) / (2 * h)
        np.testing.assert_allclose(np.sum(v.grad), np.sum(measured), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("op", [operator.add, operator.mul, operator.sub, operator.truediv])
def test_an_exact_fraction_is_a_number_like_any_other(op: Callable[..., Any]) -> None:
    """NumPy would make an object array of it, which carries no gradient."""
    for x in (2.0, np.array([1.0, 2.0])):
        for flip in (False, True):
            v = Value(x)
            out = op(Fraction(1, 2), v) if flip else op(v, Fraction(1, 2))
            assert_same_numbers(out, op(0.5, x) if flip else op(x, 0.5))
            assert out.dtype == np.float64
            assert out.carries_gradient


@pytest.mark.parametrize("op", LOGIC, ids=name_of)
def test_comparisons_combine_with_and_or_xor(op: Callable[..., Any]) -> None:
    x = np.array([-1.0, 0.5, 2.0])
    for plain, mask in ((x > 0, Value(x) > 0), (True, Value(1.0) > 0)):
        other = np.array([True, False, True])
        assert_same_numbers(op(mask, mask), op(plain, plain))
        assert_same_numbers(op(mask, other), op(plain, other))
        assert_same_numbers(op(other, mask), op(other, plain))
        assert_same_numbers(~mask, np.invert(plain))


def test_signs_and_absolute_values() -> None:
    for x in (-2.0, np.array([-1.5, 2.0])):
        v = Value(x)
        assert_same_numbers(-v, -x)
        assert_same_numbers(+v, +x)
        assert_same_numbers(abs(v), abs(x))


def test_matrix_products_with_arrays_and_lists_on_either_side() -> None:
    a, b = np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 4)
    for product in (Value(a) @ Value(b), Value(a) @ b, a @ Value(b), Value(a) @ b.tolist(), a.tolist() @ Value(b)):
        assert_same_numbers(product, a @ b)


def test_an_augmented_assignment_makes_a_new_value() -> None:
    v = Value(2.0)
    before = v
    v += 1
    v *= 3
    v -= 1.0
    v /= 2
    v **= 2
    assert before.data == 2.0
    assert v.data == 16.0
    v.backward()
    assert before.grad == pytest.approx(2 * 4.0 * 1.5)


def test_python_sums_and_products_of_values() -> None:
    values = [Value(float(i)) for i in range(1, 5)]
    total = sum(values)
    total.backward()
    assert total.data == 10.0
    assert [v.grad for v in values] == [1.0] * 4
    assert sum(v > 2 for v in values).data == 2


# ---------------------------------------------------------------------------------- micrograd's example


def test_micrograds_example_gives_its_published_numbers() -> None:
    a = Value(-4.0)
    b = Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    assert f"{g.data:.4f}" == "24.7041"
    assert f"{a.grad:.4f}" == "138.8338"
    assert f"{b.grad:.4f}" == "645.5773"


def test_a_graph_can_be_read_under_micrograds_names() -> None:
    a, b = Value(2.0), Value(3.0)
    assert (a * b)._prev == {a, b}
    assert (a * b)._op == "*"
    assert (a * a)._prev == {a}
    assert (a._prev, a._op) == (set(), "")


# ---------------------------------------------------------------------------------- ndarray's methods

METHODS: dict[str, Callable[[Any], Any]] = {
    "sum": lambda x: x.sum(),
    "sum axis": lambda x: x.sum(axis=0),
    "sum keepdims": lambda x: x.sum(1, keepdims=True),
    "sum of some": lambda x: x.sum(axis=0, where=np.array([True, False, True]), initial=1.0),
    "sum dtype": lambda x: x.sum(axis=0, dtype=np.float32),
    "sum as NumPy writes it": lambda x: x.sum(0, None, None, True),
    "mean": lambda x: x.mean(-1),
    "prod": lambda x: x.prod(axis=1),
    "max": lambda x: x.max(axis=0),
    "max initial": lambda x: x.max(axis=0, initial=4.0),
    "min": lambda x: x.min(keepdims=True),
    "var": lambda x: x.var(axis=0, ddof=1),
    "std": lambda x: x.std(axis=1),
    "argmax": lambda x: x.argmax(axis=1),
    "argmin": lambda x: x.argmin(),
    "any": lambda x: (x > 2).any(),
    "all": lambda x: (x > 2).all(axis=0),
    "reshape": lambda x: x.reshape(3, 2),
    "reshape tuple": lambda x: x.reshape((3, -1)),
    "reshape -1": lambda x: x.reshape(-1),
    "ravel": lambda x: x.ravel(),
    "flatten": lambda x: x.flatten(),
    "transpose": lambda x: x.transpose(),
    "transpose axes": lambda x: x.transpose(1, 0),
    "transpose tuple": lambda x: x.transpose((0, 1)),
    "transpose None": lambda x: x.transpose(None),
    "T": lambda x: x.T,
    "swapaxes": lambda x: x.swapaxes(0, 1),
    "T of a stack": lambda x: x.reshape(1, 2, 3).mT,
    "real": lambda x: x.real,
    "imag": lambda x: x.imag,
    "conj": lambda x: x.conj(),
    "conjugate": lambda x: x.conjugate(),
    "cumsum": lambda x: x.cumsum(axis=1),
    "cumprod": lambda x: x.cumprod(),
    "trace": lambda x: x.trace(),
    "diagonal": lambda x: x.diagonal(1),
    "repeat": lambda x: x.repeat(2, axis=0),
    "take": lambda x: x.take([0, 2], axis=1),
    "argsort": lambda x: (-x).argsort(axis=0),
    "argpartition": lambda x: (-x).argpartition(1),
    "nonzero": lambda x: (x > 2).nonzero()[1],
    "searchsorted": lambda x: x.ravel().searchsorted(2.0),
    "compress": lambda x: x.compress([True, False, True], axis=1),
    "choose": lambda x: (x > 2).choose([x, -x]),
    "flatten by columns": lambda x: x.flatten(order="F"),
    "ravel by columns": lambda x: x.ravel("F"),
    "argmax keepdims": lambda x: x.argmax(axis=1, keepdims=True),
    "squeeze": lambda x: x[:1].squeeze(),
    "squeeze axis": lambda x: x[:1].squeeze(axis=0),
    "dot": lambda x: x.dot(np.arange(3.0)),
    "clip": lambda x: x.clip(1.0, 4.0),
    "clip low": lambda x: x.clip(min=1.0),
    "round": lambda x: x.round(),
    "round decimals": lambda x: x.round(1),
    "copy": lambda x: x.copy(),
    "astype": lambda x: x.astype(np.float32),
    "astype complex": lambda x: x.astype(complex, copy=False),
    "shape": lambda x: x.sum() * len(x.shape),
    "indexing": lambda x: x[1, ::-1],
}


@pytest.mark.parametrize("method", METHODS)
def test_methods_are_those_of_an_array(method: str) -> None:
    x = np.array([[0.25, 1.5, 2.75], [3.5, 4.25, 5.125]])
    assert_same_numbers(METHODS[method](Value(x)), METHODS[method](x))


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "tanh", "sin", "cos"])
def test_methods_for_scalars_are_numpys_functions(name: str) -> None:
    for x in (0.75, np.array([0.5, 1.5])):
        assert_same_numbers(getattr(Value(x), name)(), getattr(np, name)(x))
    assert_same_numbers(Value(-1.0).relu(), 0.0)


def test_questions_about_shape_and_type_are_answered_and_not_recorded() -> None:
    x = Value(np.zeros((2, 3), np.float32))
    assert (np.shape(x), np.ndim(x), np.size(x)) == ((2, 3), 2, 6)
    assert (x.shape, x.ndim, x.size, len(x), x.dtype) == ((2, 3), 2, 6, 2, np.float32)
    assert np.result_type(x, np.float64) == np.float64
    assert type(np.zeros_like(x)) is np.ndarray
    assert (Value(1.0).shape, Value(1.0).dtype) == ((), np.float64)


@pytest.mark.parametrize("question", [np.shape, np.ndim, np.size])
def test_questions_may_name_their_argument(question: Callable[..., Any]) -> None:
    assert question(a=Value([1.0, 2.0])) == question(np.zeros(2))


# ---------------------------------------------------------------------------------- what it keeps


def test_a_scalar_is_kept_as_a_python_float() -> None:
    for data in (2, 2.0, True, np.float32(2), np.int8(2), np.array(2), np.array(2.0, np.float32), Fraction(2)):
        v = Value(data)
        assert type(v.data) is float
        assert type((v * 2).data) is type((v + np.array(1.0)).data) is type(np.sum(v * np.ones(3)).data) is float


def test_integers_and_booleans_become_float64_and_float32_stays() -> None:
    assert Value([1, 2]).dtype == Value([True, False]).dtype == Value(np.array([1], np.int8)).dtype == np.float64
    assert Value(np.ones(2, np.float32)).dtype == np.float32
    assert (Value(np.ones(2, np.float32)) * 2.0 + 1).dtype == np.float32


def test_a_value_has_a_copy_of_its_data() -> None:
    x = np.array([1.0, 2.0])
    v = Value(x)
    x[:] = 9
    assert v.data.tolist() == [1.0, 2.0]


def test_assigning_data_keeps_shape_and_dtype() -> None:
    v = Value(np.zeros(2, np.float32))
    v.data = [1, 2]
    assert v.dtype == np.float32
    v.data -= 0.5
    assert v.data.tolist() == [0.5, 1.5]
    with pytest.raises(ValueError, match=r"shape \(3,\)"):
        v.data = np.zeros(3)
    with pytest.raises(TypeError, match="Value"):
        v.data = Value([1.0, 2.0])
    with pytest.raises(AttributeError, match="computed"):
        (v * 2).data = np.zeros(2)


def test_data_of_a_computed_value_are_read_only() -> None:
    x = Value([1.0, 2.0])
    for y in (x * 2, x.T, x[:], x.reshape(2, 1), x > 0, np.exp(x)):
        with pytest.raises(ValueError, match="read-only"):
            y.data[0] = 5


def test_a_leaf_stays_writable_after_a_derivative_was_taken_at_it() -> None:
    w = Value([1.0, 2.0])

    def f(v: Any) -> Any:
        assert v.data.tolist() == [1.0, 2.0]
        return np.sum(v * v)

    ag.grad(f)(w)
    w.data[0] = 3.0
    assert w.data.tolist() == [3.0, 2.0]


# ---------------------------------------------------------------------------------- complex numbers


def test_a_complex_scalar_is_kept_as_a_python_complex_number() -> None:
    for data in (1 + 2j, np.complex128(1 + 2j), np.complex64(1 + 2j), np.array(1 + 2j)):
        v = Value(data)
        assert type(v.data) is complex
        assert (v.shape, v.ndim, v.size, v.dtype) == ((), 0, 1, np.complex128)
        assert type((v * 2).data) is type((v + np.array(1.0)).data) is type(np.sum(v * np.ones(3)).data) is complex
        assert type(np.abs(v).data) is type(v.real.data) is type(v.imag.data) is float


def test_complex_arrays_keep_their_precision_and_lists_become_arrays() -> None:
    assert Value([1, 2j]).dtype == Value([[1.0], [2j]]).dtype == np.complex128
    v = Value(np.array([1, 2j], np.complex64))
    assert v.dtype == (v * 2.0 + 1).dtype == (v * 1j).dtype == np.exp(v).dtype == np.complex64
    assert v.real.dtype == np.abs(v).dtype == np.float32
    np.sum(np.abs(v)).backward()
    assert v.grad.dtype == np.complex64


@pytest.mark.parametrize("other", [1j, 2.0, np.complex128(1 - 1j), np.array([1j, 2.0]), [1j, 2.0], Value([1j, 2.0])])
@pytest.mark.parametrize("op", [*ARITHMETIC[:5], operator.eq, operator.ne], ids=name_of)
def test_operators_take_complex_numbers_on_either_side(op: Callable[..., Any], other: Any) -> None:
    plain = np.asarray(raw(other))
    for ours in (1.5, 1 + 2j, np.array([2.0, 0.5]), np.array([1 + 2j, 0.5])):
        assert_same_numbers(op(Value(ours), other), op(np.asarray(ours), plain))
        assert_same_numbers(op(other, Value(ours)), op(plain, np.asarray(ours)))


def test_complex_numbers_are_compared_as_numpy_compares_them() -> None:
    """By their real parts, and where those are equal by their imaginary parts."""
    x, y = np.array([1 + 2j, 1 + 2j, 3j]), np.array([1 + 1j, 2.0, 3j])
    for op in COMPARISONS:
        assert_same_numbers(op(Value(x), y), op(x, y))
        assert [op(Value(a), b).data for a, b in zip(x, y, strict=True)] == op(x, y).tolist()
    assert Value(1j) == 1j
    assert Value(1j) != 1
    assert Value(1j)
    assert not Value(0j)


COMPLEX_METHODS = [
    "real", "imag", "conj", "conjugate", "sum", "mean", "prod", "reshape", "ravel", "T", "astype", "dot", "copy",
    "round", "max", "clip", "any",
]  # fmt: skip


@pytest.mark.parametrize("name", COMPLEX_METHODS)
def test_methods_of_complex_values_are_those_of_an_array(name: str) -> None:
    x = np.array([[1 + 2j, 3j], [0.25, 2 - 1j]])
    args = {"reshape": (4,), "astype": (np.complex64,), "dot": (x,), "clip": (0.5, 2.0), "round": (1,)}.get(name, ())
    found, expected = getattr(Value(x), name), getattr(x, name)
    assert_same_numbers(found(*args) if callable(found) else found, expected(*args) if callable(expected) else expected)


def test_complex_data_are_assigned_to_complex_values() -> None:
    v = Value([1 + 2j, 3.0])
    v.data = [1.0, 2j]
    v.data += 1
    assert v.data.tolist() == [2, 1 + 2j]
    v.data = np.array([1.0, 2.0])  # real numbers are complex ones, too
    assert v.dtype == np.complex128
    w = Value(1j)
    w.data = 2.0
    assert type(w.data) is complex
    assert (w * 1).data == 2


def test_a_real_number_among_complex_ones_gets_a_real_gradient() -> None:
    x, z = Value([2.0, 3.0]), Value([1 + 2j, 1j])
    np.sum(np.real(x * z) + np.imag(x * z)).backward()
    assert (x.grad.dtype, x.grad.tolist()) == (np.float64, [3.0, 1.0])
    assert z.grad.tolist() == [2 - 2j, 3 - 3j]
    for scalar in (Value(2.0), Value(2)):
        np.real(scalar * (1 + 2j)).backward()
        assert type(scalar.grad) is float
        assert scalar.grad == 1.0
