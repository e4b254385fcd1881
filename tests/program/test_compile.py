"""Compiled functions: one program for each signature, found again when it comes back."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

from .comparing import assert_same, eager

X = np.array([[1.0, -2.0, 3.0], [0.5, 0.0, -1.0]])


def f(x: Any, scale: Any = 2.0, *, of: str = "all") -> Any:
    return np.sum(np.tanh(x) * scale, axis={"all": None, "columns": 0, "rows": 1}[of])


def test_one_program_a_signature() -> None:
    compiled = ag.compile(f)
    for x in (X, X + 1, X[:1], X, X.astype(np.float32), X[:1] * 2, X.astype(np.float32)):
        assert_same(compiled(x), eager(f, x))
    assert len(compiled.programs) == 3
    assert "3 programs" in repr(compiled)


def test_numbers_of_all_kinds_are_one_signature() -> None:
    compiled = ag.compile(lambda x: x * x + 1)
    for x in (2.0, 3, np.float32(2), np.int64(4), np.float64(0.5)):
        assert compiled(x) == float(x) ** 2 + 1
    assert len(compiled.programs) == 1


def test_settings_defaults_and_keywords_make_signatures() -> None:
    compiled = ag.compile(f)
    assert_same(compiled(X), eager(f, X))
    assert_same(compiled(X, 3.0), plain_f(X, 3.0))
    assert_same(compiled(X, scale=4.0), plain_f(X, 4.0))
    assert_same(compiled(X, of="columns"), plain_f(X, 2.0, of="columns"))
    assert_same(compiled(X, of="rows"), plain_f(X, 2.0, of="rows"))
    assert_same(compiled(x=X, scale=3.0, of="all"), plain_f(X, 3.0))
    assert len(compiled.programs) <= 6


def plain_f(x: Any, scale: Any, **settings: Any) -> Any:
    return f(ag.Value(x), scale, **settings).data


def test_an_axis_is_not_a_variable() -> None:
    compiled = ag.compile(lambda x, axis: np.sum(x, axis=axis))
    with pytest.raises(TypeError):
        compiled(X, 0)  # whole numbers are variables; an axis is a setting: give it by a closure


def test_lists_of_equal_shape_are_one_signature() -> None:
    compiled = ag.compile(lambda x: np.sum(x * x))
    for x in ([1.0, 2.0], [3.0, 4.0], [1, 2], [True, False]):
        assert compiled(x) == float(np.sum(np.square(np.array(x, float))))
    assert len(compiled.programs) <= 3
    assert compiled([[1.0], [2.0]]) == 5.0


def test_a_float_after_a_whole_number_is_not_rounded() -> None:
    for first, second in ((2, 2.5), (np.int64(2), 2.5), ([1, 2], [1.5, 2.5]), (np.array([1, 2]), np.array([1.5, 2.5]))):
        compiled = ag.compile(lambda x: np.sum(x * 2.0))
        assert compiled(first) == np.sum(np.asarray(first) * 2.0)
        assert compiled(second) == np.sum(np.asarray(second) * 2.0)


def test_true_and_one_are_different_settings() -> None:
    compiled = ag.compile(lambda x, flag: x * 2 if flag is True else x)
    assert compiled(3.0, True) == 6.0
    assert compiled(3.0, None) == 3.0
    assert compiled(3.0, False) == 3.0


def test_values_give_a_graph() -> None:
    compiled = ag.compile(f)
    v = ag.Value(X)
    y = compiled(v)
    assert isinstance(y, ag.Value)
    y.backward()
    w = ag.Value(X)
    f(w).backward()
    assert_same(v.grad, w.grad)
    assert compiled.programs == []


def test_the_gradient_of_a_compiled_function_and_the_compiled_gradient_are_the_gradient() -> None:
    expected = ag.grad(f)(X)
    assert_same(ag.grad(ag.compile(f))(X), expected)
    assert_same(ag.compile(ag.grad(f))(X), expected)
    assert_same(ag.compile(ag.grad(ag.compile(f)))(X), expected)
    second = ag.grad(ag.grad(lambda x: np.sin(x) ** 2))
    assert ag.compile(second)(0.3) == second(0.3)


def test_a_compiled_function_may_call_another_and_itself() -> None:
    inner = ag.compile(lambda x: np.tanh(x) * 2)

    @ag.compile
    def power(x: Any, n: Any = (None, None, None)) -> Any:
        return x * power(x, n[1:]) if n else inner(x)

    expected = X**3 * np.tanh(X) * 2
    np.testing.assert_allclose(power(X), expected, rtol=1e-14)
    assert len(power.programs) == 1
    assert inner.programs == []
    np.testing.assert_allclose(inner(X), np.tanh(X) * 2, rtol=1e-15)


def test_it_keeps_the_functions_name_and_documentation() -> None:
    @ag.compile
    def cost(x: Any) -> Any:
        """What it costs."""
        return x * x

    assert (cost.__name__, cost.__doc__) == ("cost", "What it costs.")
    assert cost.__wrapped__(3.0) == 9.0


class Model:
    def __init__(self, weight: float) -> None:
        self.w = ag.Value(weight)

    @ag.compile
    def predict(self, x: Any) -> Any:
        return x * self.w

    @staticmethod
    @ag.compile
    def twice(x: Any) -> Any:
        return 2 * x


class Slotted:
    __slots__ = ("w",)

    def __init__(self, weight: float) -> None:
        self.w = ag.Value(weight)

    @ag.compile
    def predict(self, x: Any) -> Any:
        return x * self.w


@pytest.mark.parametrize("kind", [Model, Slotted])
def test_methods_belong_to_their_objects(kind: Any) -> None:
    one, other = kind(2.0), kind(3.0)
    for _ in range(2):
        assert (one.predict(5.0), other.predict(5.0)) == (10.0, 15.0)
    one.w.data = 7.0
    assert (one.predict(5.0), other.predict(5.0)) == (35.0, 15.0)
    if kind is Model:
        assert Model.twice(4.0) == 8.0
        assert len(one.predict.programs) == 1


def test_an_object_with_a_compiled_method_is_freed() -> None:
    import gc
    import weakref

    model = Model(2.0)
    model.predict(1.0)
    alive = weakref.ref(model)
    del model
    gc.collect()
    assert alive() is None


def test_many_signatures_warn_once_in_a_while_and_old_programs_go() -> None:
    compiled = ag.compile(lambda x: np.sum(x))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for n in range(1, 140):
            assert compiled(np.ones(n)) == n
    assert len(caught) == 2
    assert "139" not in str(caught[0].message)
    assert "shapes" in str(caught[0].message)
    assert caught[0].filename == __file__
    assert len(compiled.programs) <= 64
    assert compiled(np.ones(1)) == 1


def test_an_error_while_recording_is_raised_each_time() -> None:
    @ag.compile
    def branching(x: Any) -> Any:
        return x if x > 0 else -x

    for _ in range(2):
        with pytest.raises(ag.RecordingError, match=r"np\.where"):
            branching(1.0)
    assert branching.programs == []
    assert branching(ag.Value(-2.0)).item() == 2.0


def test_wrong_arguments_are_the_functions_own_error() -> None:
    compiled = ag.compile(f)
    for args, kwargs in (((), {}), ((X, 1.0, 2.0), {}), ((X,), {"unknown": 1})):
        with pytest.raises(TypeError):
            compiled(*args, **kwargs)


def test_nested_arguments_of_equal_structure_are_one_signature() -> None:
    compiled = ag.compile(lambda p: np.sum(p["W"] * p["b"][0]))
    for k in range(3):
        assert compiled({"W": np.ones(3) * k, "b": (np.ones(3),)}) == 3 * k
    assert compiled({"W": np.ones(2), "b": [np.ones(2)]}) == 2
    assert len(compiled.programs) == 2


def test_the_order_of_a_dict_does_not_mix_up_its_parts() -> None:
    compiled = ag.compile(lambda p: p["a"] - p["b"])
    assert compiled({"a": 5.0, "b": 3.0}) == 2.0
    assert compiled({"b": 3.0, "a": 5.0}) == 2.0
    program = ag.record(lambda p: p["a"] - p["b"], {"a": 5.0, "b": 3.0})
    assert program({"b": 3.0, "a": 5.0}) == 2.0


def test_the_order_of_keywords_does_not_mix_up_arguments() -> None:
    compiled = ag.compile(lambda **p: p["a"] - p["b"])
    assert compiled(a=5.0, b=3.0) == 2.0
    assert compiled(b=3.0, a=5.0) == 2.0
    program = ag.record(lambda **p: p["a"] - p["b"], a=5.0, b=3.0)
    assert program(b=3.0, a=5.0) == 2.0
