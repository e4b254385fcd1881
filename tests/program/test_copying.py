"""Functions that NumPy does not have: copied into a program with all that they read, or given to it as they are."""

from __future__ import annotations

import functools
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite.engine.rules import families
from autograd_lite.engine.rules.table import RULES, full_name
from autograd_lite.program.writing.calling import is_imported, path_of
from autograd_lite.program.writing.copying import Library, Uncopied, definition_of

from . import helpers_elsewhere
from .comparing import assert_same, by_itself, eager

X = np.array([0.5, -1.0, 2.0])
SCALE = 2.0
NAMED = {"axis": (0, -1), "order": None}
COMPLEX, LABEL, NOTHING = 1 - 2j, "sum", None


def scaled(x: Any) -> Any:
    return x * SCALE


@functools.cache
def nodes(n: int) -> np.ndarray:
    return np.linspace(0.0, 1.0, n)


def flat(func: Any, *settings: str) -> Any:
    """A primitive without a derivative."""
    made = ag.primitive(func)
    ag.no_gradient(made, 1, *settings)
    return made


def with_settings(*settings: str) -> Any:
    return lambda func: flat(func, *settings)


@flat
def measure(x: Any) -> Any:
    """Another function of this name is in `helpers_elsewhere`."""
    return scaled(x) - 1


@with_settings("kind", "table", "shift")
def with_everything(x: Any, *, kind: str = LABEL, table: Any = NAMED, shift: complex = COMPLEX) -> Any:
    """Calls, constants, comprehensions, inner functions, modules under other names."""
    total: Any = NOTHING

    def inner(y: Any, count: int = 3) -> Any:
        return y + sum(n for n in range(count)) + float(SCALE)

    for part in (inner(x), x * nodes(len(x)), helpers_elsewhere_scaled(x)):
        total = part if total is NOTHING else total + part
    return total * math.prod(table["axis"]) + shift.real if kind == "sum" else -total


helpers_elsewhere_scaled = helpers_elsewhere.scaled


@flat
@np.errstate(invalid="ignore")
def quiet(x: Any) -> Any:
    return np.where(x > 0, np.sqrt(x), 0)


@with_settings("depth")
def itself(x: Any, depth: int = 2) -> Any:
    return x if depth == 0 else itself.on_arrays(x * 2, depth=depth - 1)  # type: ignore[attr-defined]


@flat
def factorial(x: Any) -> Any:
    return x * again(4)


def again(n: int) -> int:
    return 1 if n < 2 else n * again(n - 1)


def made_here(factor: Any, helper: Any) -> Any:
    @flat
    def closure(x: Any) -> Any:
        return helper(x) * factor

    return closure


def check(f: Any, *x: Any) -> ag.Program:
    """The source computes by itself what the function computes."""
    program = ag.record(f, *x)
    assert_same(program(*x), eager(f, *x))
    found = program(*x)
    assert_same(by_itself(program, *x), list(found) if isinstance(found, tuple) else [found])
    return program


@pytest.mark.parametrize("func", [measure, with_everything, quiet, factorial], ids=lambda f: f.__name__)
def test_a_function_is_copied_with_all_that_it_calls_and_reads(func: Any) -> None:
    check(lambda x: func(x) + 1, X)
    check(lambda x: func(x, **({"kind": "product"} if func is with_everything else {})), X)


def test_functions_of_one_name_from_two_files_are_told_apart() -> None:
    program = check(lambda x: (measure(x), helpers_elsewhere.measure(x), measure(x + 1)), X)
    assert program.source.count("def measure") == 2
    assert program.source.count("def scaled") == 2


def test_nothing_else_is_called_as_a_helper_or_as_what_it_calls() -> None:
    def f(measure_2: Any, scaled: Any, sum: Any, len: Any) -> Any:
        return measure(measure_2) + with_everything(scaled) + sum * len

    check(f, X, X, X, X)


def test_a_program_is_not_called_as_its_helper() -> None:
    inner = measure

    def measure_(x: Any) -> Any:
        return inner(x)

    measure_.__name__ = "measure"
    check(measure_, X)


def test_constants_are_written_as_they_are() -> None:
    source = check(helpers_elsewhere.measure, X).source
    assert "WEIGHTS = np.array([1.0, 10.0, 100.0], np.float64)" in source
    assert "x * 3.0" in source


def test_what_an_inner_function_was_made_for_is_its_own() -> None:
    two, three = made_here(2.0, scaled), made_here(3.0, helpers_elsewhere.scaled)
    program = ag.record(lambda x: (two(x), three(x)), X)
    assert_same(program(X), (X * 4, X * 9))


CHANGING = [0.0]
counter = 0


@flat
def reads_a_list(x: Any) -> Any:
    return x + CHANGING[0]


@flat
def reads_a_small_name(x: Any) -> Any:
    return x + counter


@flat
def counts(x: Any) -> Any:
    global counter
    counter += 1
    return x * 1


class Method:
    factor = 2.0

    def times(self, x: Any) -> Any:
        return x * self.factor


def wrapped(func: Any) -> Any:
    @functools.wraps(func)
    def around(x: Any) -> Any:
        return func(x) + 1

    return around


@flat
@wrapped
def decorated(x: Any) -> Any:
    return x * 2


GIVEN = {
    "a lambda": flat(lambda x: x * 2),
    "a method": flat(Method().times),
    "a decorator of a user's own": decorated,
    "a name that may change": reads_a_small_name,
    "a function that changes something outside": counts,
    "a closure": made_here(2.0, scaled),
    "a ufunc of a user's own": None,
}


@pytest.mark.parametrize("name", [name for name, func in GIVEN.items() if func is not None])
def test_what_cannot_be_copied_is_given_and_cannot_be_saved(name: str, tmp_path: Path) -> None:
    func = GIVEN[name]
    program = ag.record(lambda x: func(x) + 1, X)
    assert_same(program(X), eager(func, X) + 1)
    numbers = ag.record(lambda x: func(x) + 1, 0.5)
    for made in (program, numbers, numbers.in_form("chunks"), numbers.in_form("levels")):
        with pytest.raises(ValueError, match="could not run by itself"):
            made.save(tmp_path / "program.py")


def test_a_function_that_reads_what_changes_reads_it_in_every_run() -> None:
    global counter
    program = ag.record(reads_a_small_name, X)
    for counter in (1, 5):
        assert_same(program(X), X + counter)


def test_a_function_whose_file_says_something_else_by_now_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "changing.py"
    path.write_text("def f(x):\n    return x * 2\n")
    for text, same in (("def f(x):\n    return x * 3\n", False), (path.read_text(), True)):
        names: dict[str, Any] = {}
        exec(compile(text, path, "exec"), names)
        if same:
            assert definition_of(names["f"])[0].name == "f"
        else:
            with pytest.raises(Uncopied):
                definition_of(names["f"])


def test_every_primitive_of_the_engine_stands_alone() -> None:
    families.complete()
    own = [f for f in RULES if not is_imported(f) and full_name(f).startswith("ag.")]
    library = Library({"np", "math"}).add(own)
    assert set(library.given) <= {"item_at", "put_at", "recomputed", "solution"}  # notations, and what is written out
    assert len(own) > 50


def test_every_function_of_numpy_and_scipy_is_found_under_its_name() -> None:
    families.complete()
    import scipy.special

    ours = [f for f in RULES if full_name(f).startswith(("np.", "scipy."))]
    assert [full_name(f) for f in ours if path_of(f) is None] == []
    assert path_of(scipy.special.erf) == "scipy.special.erf"
    assert path_of(np.frompyfunc(abs, 1, 1)) is None


def test_a_program_imports_scipy_only_where_it_calls_it(tmp_path: Path) -> None:
    special = pytest.importorskip("scipy.special")

    def f(x: Any) -> Any:
        return np.sum(special.erf(x) * special.gammaln(x * x + 1) + special.expn(2, x * x))

    program = check(ag.value_and_grad(f), X)
    assert "import numpy as np\nimport scipy.special\n" in program.source
    assert "scipy" not in ag.record(ag.grad(lambda x: np.sum(np.tanh(x))), X).source
    program.save(tmp_path / "program.py")
    run = "import runpy, sys; runpy.run_path(sys.argv[1]); assert 'scipy.special' in sys.modules"
    subprocess.run([sys.executable, "-I", "-c", run, tmp_path / "program.py"], check=True, timeout=60)


@pytest.mark.parametrize("form", ["lines", "chunks", "levels"])
def test_numbers_by_scipy_in_every_form(form: str) -> None:
    special = pytest.importorskip("scipy.special")

    def f(x: Any, y: Any) -> Any:
        return special.erf(x * y) + special.gammaln(y) * measure(x)

    program = ag.record(f, 0.5, 1.5).in_form(form)
    assert program(0.25, 2.5) == pytest.approx(eager(f, 0.25, 2.5), rel=1e-14)
    names: dict[str, Any] = {}
    exec(program.source, names)
    assert names[program.name](0.25, 2.5) == pytest.approx(eager(f, 0.25, 2.5), rel=1e-14)


def test_whole_numbers_that_a_function_tells_from_floats_stay_whole() -> None:
    special = pytest.importorskip("scipy.special")
    check(lambda x: np.ldexp(x, 3) + special.expn(2, np.abs(x)), X)
    program = ag.record(lambda x: np.ldexp(x, 3) * 2, 1.5)
    assert program(2.5) == 40.0
    with pytest.raises(ValueError, match="real numbers"):
        program.in_form("levels")


@with_settings("func", "table")
def applied(x: Any, func: Any = None, table: Any = None) -> Any:
    return func(x) if func else x


def test_functions_among_the_settings_of_an_operation_are_refused() -> None:
    with pytest.raises(ag.RecordingError, match="cannot write it down"):
        ag.record(lambda x: applied(x, func=np.tanh), X)
    check(lambda x: applied(x, table={"a": [1, (2.5, None)], "b": slice(1, None), "c": np.float32, "d": 1j}), X)
    check(lambda x: applied(x, table=np.array([1.0, np.nan, -0.0])), X)
    check(lambda x: applied(x, table=(np.dtype("c16"), {1}, frozenset(), b"x", ..., np.inf, -np.inf, np.int8(3))), X)


def test_an_optimizers_formula_may_call_functions_that_numpy_does_not_have() -> None:
    from autograd_lite.layers import Dense
    from autograd_lite.optimizers import Optimizer

    class Squashed(Optimizer):
        def update(self, w: Any, g: Any, *memory: Any, learning_rate: Any, t: Any) -> Any:
            return w - learning_rate * (ag.sigmoid(g) - 0.5) + learning_rate * measure(g)

    def weights(eagerly: bool) -> list[np.ndarray]:
        model = ag.Sequential([ag.Input(shape=(2,)), Dense(1, activation="sigmoid")], seed=0)
        model.compile(loss="mse", optimizer=Squashed(0.1), run_eagerly=eagerly)
        model.fit(np.ones((4, 2)), np.ones((4, 1)), epochs=2, verbose=0)
        if not eagerly:
            exec(model.program.source, {})  # nothing is missing at its head
            assert "def measure(" in model.program.source
        return [w.data for w in model.trainable_weights]

    assert_same(weights(False), weights(True))
