"""Looking at a program: its lines in tracebacks and debuggers, its costs, and that nothing of it stays behind."""

from __future__ import annotations

import gc
import inspect
import linecache
import sys
import traceback
import tracemalloc
import weakref
from typing import Any

import numpy as np
import pytest

import autograd_lite as ag

X = np.linspace(-1, 1, 12).reshape(4, 3)


def f(x: Any, w: Any) -> Any:
    hidden = np.tanh(x @ w)
    hidden.name = "hidden"
    return np.mean(hidden**2)


def lines_of(filename: str) -> list[str]:
    return linecache.getlines(filename)


@ag.primitive
def refusing(x: Any) -> Any:
    if np.any(x > 100):
        raise RuntimeError("too large for me")
    return x * 1.0


def test_the_traceback_of_an_error_shows_the_very_line_and_names_the_operation(own_rules: None) -> None:
    ag.rule(refusing, lambda g, ans, x: g)

    def g(x: Any) -> Any:
        y = refusing(x * 2)
        y.name = "layer_output"
        return np.sum(np.sin(x)) + np.sum(y)

    program = ag.record(g, X)
    with pytest.raises(RuntimeError, match="too large") as error:
        program(X + 1000)
    frames = [frame for frame in traceback.extract_tb(error.value.__traceback__) if frame.filename.startswith("<")]
    assert frames
    frame = frames[0]
    assert "refusing" in frame.line
    assert frame.line.strip() == program.source.splitlines()[frame.lineno - 1].strip()
    note = "".join(error.value.__notes__)
    assert "refusing" in note
    assert "layer_output" in note
    assert str(frame.lineno) in note
    assert len(error.value.__notes__) == 1
    assert program(X) == pytest.approx(np.sum(np.sin(X)) + np.sum(X * 2))


def test_an_error_in_a_generator_is_explained_too() -> None:
    class Broken(np.random.Generator):
        def random(self, *args: Any, **kwargs: Any) -> Any:
            raise OSError("no more numbers")

    program = ag.record(lambda x, rng: x * rng.random(3), X, np.random.default_rng(0))
    with pytest.raises(OSError, match="no more") as error:
        program(X, Broken(np.random.PCG64()))
    assert "draw" in "".join(error.value.__notes__)


def test_every_program_has_a_file_name_of_its_own() -> None:
    programs = [ag.record(f, X + i, np.ones((3, 2))) for i in range(3)]
    others = ag.record(lambda x: x * 2, X)
    names = [name for name in linecache.cache if lines_of(name) and "".join(lines_of(name)) == programs[0].source]
    assert len(names) >= 3
    assert others.source not in ["".join(lines_of(name)) for name in names]
    linecache.checkcache()
    assert "".join(lines_of(names[0])) == programs[0].source


def test_a_debugger_steps_through_the_source_line_by_line() -> None:
    program = ag.record(f, X, np.ones((3, 2)))
    seen: list[tuple[str, int]] = []
    code: list[Any] = []

    def trace(frame: Any, event: str, _: Any) -> Any:
        if frame.f_code.co_filename.startswith("<program"):
            code.append(frame.f_code)
            if event == "line":
                seen.append((frame.f_code.co_filename, frame.f_lineno))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        program(X, np.ones((3, 2)))
    finally:
        sys.settrace(before)
    lines = [linecache.getline(*at) for at in seen]
    assert any("np.tanh(" in line and "hidden" in line for line in lines)
    assert all(line.rstrip() in program.source.splitlines() for line in lines)
    assert inspect.getsource(code[0]) in program.source


def make_and_drop(count: int) -> list[weakref.ref[ag.Program]]:
    dead = []
    for i in range(count):
        program = ag.record(ag.value_and_grad(f, (0, 1)), X, np.ones((3, 2 + i % 3)))
        program(X, np.ones((3, 2 + i % 3)))
        dead.append(weakref.ref(program))
    return dead


def test_programs_that_nobody_holds_leave_nothing_behind() -> None:
    make_and_drop(5)
    gc.collect()
    before = len(linecache.cache)
    tracemalloc.start()
    make_and_drop(5)
    gc.collect()
    first = tracemalloc.get_traced_memory()[0]
    dead = make_and_drop(60)
    gc.collect()
    last = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert not any(r() for r in dead)
    assert len(linecache.cache) <= before
    assert last - first < 100_000  # 60 programs of 10 kB or more


def test_a_program_is_freed_without_the_garbage_collector() -> None:
    gc.collect()
    gc.disable()
    try:
        alive = make_and_drop(3)
        assert not any(r() for r in alive)
    finally:
        gc.enable()


def test_running_a_program_allocates_nothing_that_grows() -> None:
    program, w = ag.record(ag.value_and_grad(f, (0, 1)), X, np.ones((3, 2))), np.ones((3, 2))
    for _ in range(10):
        program(X, w)
    tracemalloc.start()
    program(X, w)
    first = tracemalloc.get_traced_memory()[0]
    for _ in range(500):
        program(X, w)
    assert tracemalloc.get_traced_memory()[0] - first < 15_000  # 30 bytes a run: less than any object
    tracemalloc.stop()


def test_a_recording_keeps_neither_examples_nor_values_alive() -> None:
    class Array(np.ndarray):
        pass

    w = ag.Value(np.ones(3))
    program = ag.record(lambda x: np.sum(x * w), np.ones(3))
    alive = weakref.ref(program)
    del program
    gc.collect()
    assert alive() is None
    np.sum(w * 2).backward()
    np.testing.assert_array_equal(w.grad, [2, 2, 2])


# ------------------------------------------------------------------------- costs


def test_the_cost_of_a_matrix_product_is_counted_by_hand() -> None:
    cost = ag.record(lambda x, w: x @ w, np.ones((32, 400)), np.ones((400, 25))).cost()
    assert cost.operations == 1
    assert cost.flops == 2 * 32 * 400 * 25
    assert cost.buffer_bytes == 32 * 25 * 8
    assert cost.eager_bytes == 32 * 25 * 8


def test_the_cost_of_a_small_network_is_what_one_counts_by_hand() -> None:
    m, n, h = 32, 400, 25

    def cost_of_network(x: Any, W: Any, b: Any, y: Any) -> Any:
        return np.mean((np.tanh(x @ W + b) - y) ** 2)

    examples = (
        np.ones((m, n), np.float32),
        np.ones((n, h), np.float32),
        np.ones(h, np.float32),
        np.ones((m, h), np.float32),
    )
    forward = ag.record(cost_of_network, *examples).cost()
    products = 2 * m * n * h
    assert products + 4 * m * h <= forward.flops <= products + 8 * m * h
    assert 5 <= forward.operations <= 7
    backward = ag.record(ag.value_and_grad(cost_of_network, (1, 2)), *examples).cost()
    assert 2 * products < backward.flops < 2.2 * products + 25 * m * h
    assert backward.buffer_bytes < backward.eager_bytes
    assert backward.buffer_bytes >= 4 * (n * h + m * h)
    assert f"{backward.flops:,}" in str(backward)


def test_views_cost_nothing() -> None:
    cost = ag.record(lambda x: (x.T, np.reshape(x, -1), x[1:]), np.ones((30, 40))).cost()
    assert (cost.operations, cost.flops, cost.eager_bytes) == (0, 0, 0)


def test_buffers_are_used_again() -> None:
    def deep(x: Any) -> Any:
        for _ in range(50):
            x = np.tanh(x) * 0.5 + np.sin(x)
        return x

    cost = ag.record(deep, np.ones((100, 100))).cost()
    assert cost.buffer_bytes <= 4 * 80_000
    assert cost.eager_bytes >= 150 * 80_000


def test_a_saved_program_says_what_cannot_be_saved(tmp_path: Any, own_rules: None) -> None:
    namespace: dict[str, Any] = {"ag": ag, "np": np}
    exec("@ag.primitive\ndef typed_in(x):\n    return x * 3.0", namespace)
    typed_in = namespace["typed_in"]
    ag.rule(typed_in, lambda g, ans, x: 3 * g)
    program = ag.record(lambda x: typed_in(x), X)
    np.testing.assert_array_equal(program(X), X * 3)
    with pytest.raises(ValueError, match="typed_in"):
        program.save(tmp_path / "program.py")
    assert list(tmp_path.iterdir()) == []


def test_a_function_of_the_users_own_that_calls_the_librarys_runs_beside_them(own_rules: None) -> None:
    @ag.primitive
    def both(x: Any) -> Any:
        return ag.sigmoid(x) * ag.softmax(x) + ag.relu(x)

    ag.rule(both, lambda g, ans, x: g * ans)
    gradient = ag.value_and_grad(lambda x: np.sum(both(x) * ag.sigmoid(x) + ag.softmax(x) + ag.relu(x)))
    value, slope = ag.record(gradient, X)(X + 1)
    expected = gradient(X + 1)
    assert value == expected[0]
    np.testing.assert_array_equal(slope, expected[1])
