"""A student's process: whatever is in a file, the check goes on and nothing else is harmed."""

import os
import time

import numpy as np
import pytest

from autograd_lite.course.authoring import Call, Script
from autograd_lite.course.running import driver
from autograd_lite.course.running.child import Answer, Child, ChildEnded

QUESTION = Call("f", x=np.arange(3.0))


def asked(source: str, seconds: float = 1.0, probe=QUESTION) -> Answer:
    with Child(source, seconds=seconds) as child:
        child.load()
        return child.ask(probe)


@pytest.mark.parametrize(
    "value",
    [
        1, 2.5, -0.0, float("inf"), 1 + 2j, True, None, "text", [1.0, 2], (1, (2.0, None)), {"a": np.arange(3)},
        np.float64(0.1), np.float32(0.1), np.bool_(True), np.int64(3), np.zeros((2, 0)), np.array([[1]], dtype=np.int8),
        np.array(3.0), np.ones(3, bool), np.arange(6.0).reshape(2, 3).T,
    ],
)  # fmt: skip
def test_numbers_arrays_and_containers_come_back_as_they_were(value):
    back = driver.decoded(driver.encoded(value))
    assert type(back) is type(value)
    np.testing.assert_equal(back, value)
    if isinstance(value, np.ndarray | np.generic):
        assert back.dtype == value.dtype


def test_nan_comes_back():
    assert np.isnan(driver.decoded(driver.encoded(float("nan"))))


def test_an_answer_is_a_value():
    answer = asked("def f(x):\n    return x * 2, 3.0")
    np.testing.assert_array_equal(answer.value[0], [0.0, 2.0, 4.0])
    assert answer.value[1] == 3.0


def test_what_is_printed_is_kept_apart_and_not_all_of_it():
    answer = asked("def f(x):\n    print('y' * 10**8)\n    return 1")
    assert answer.value == 1
    assert answer.printed_length == 10**8 + 1
    assert len(answer.printed) <= driver.PRINTED


def test_arguments_that_are_changed_are_named():
    assert asked("def f(x):\n    x += 1\n    return 0").changed == ("x",)


def test_a_script_uses_what_the_student_wrote():
    probe = Script("v = V(2.0)\nw = v", "w.twice()")
    assert (
        asked(
            "class V:\n    def __init__(self, x): self.x = x\n    def twice(self): return 2 * self.x", probe=probe
        ).value
        == 4.0
    )


@pytest.mark.parametrize(
    ("source", "error", "line"),
    [
        ("def f(x):\n    return 1 / 0", "ZeroDivisionError", 2),
        ("def f(x):\n    y = [0] * 10**11\n    return y", "MemoryError", 2),
        ("def f(x):\n    raise SystemExit(3)", "SystemExit", 2),
        ("def f(x):\n    import scipy", "ModuleNotFoundError", 2),
        ("def f(x):\n    import autograd_lite", "ModuleNotFoundError", 2),
        ("def f(x):\n    return f(x)", "RecursionError", 2),
        ("class E(Exception):\n    def __str__(self): raise self\ndef f(x):\n    raise E", "E", 4),
    ],
)
def test_an_error_has_its_name_and_the_students_line(source, error, line):
    failure = asked(source).failure
    assert failure is not None
    assert (failure.error, failure.line) == (error, line)


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nclass A(np.ndarray): pass\ndef f(x):\n    return x.view(A)",
        "import numpy as np\nclass A(np.ndarray):\n    def __array_ufunc__(self, *a, **k): return True\n"
        "def f(x):\n    return np.ones(3).view(A)",
        "class F(float):\n    def __eq__(self, other): return True\ndef f(x):\n    return F(1)",
        "def f(x):\n    return lambda: 1",
        "def f(x):\n    y = []\n    y.append(y)\n    return y",
        "def f(x):\n    return {1: 2}",
    ],
)
def test_an_answer_of_another_kind_is_not_read(source):
    answer = asked(source)
    assert answer.unreadable
    assert not answer.has_value


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("import os\ndef f(x):\n    os._exit(0)", "left"),
        ("import os\ndef f(x):\n    for k in range(3, 30):\n        try: os.write(k, b'{\"id\": 1, \"value\": 1}\\n')\n"
         "        except OSError: pass\n    return 1", "garbled"),
        ("import os, signal\ndef f(x):\n    os.kill(os.getpid(), signal.SIGKILL)", "killed"),
        ("import os, signal\ndef f(x):\n    os.kill(os.getpid(), signal.SIGSEGV)", "killed"),
    ],
)  # fmt: skip
def test_a_process_that_ends_is_reported(source, state):
    with pytest.raises(ChildEnded) as ended:
        asked(source)
    assert ended.value.state == state
    assert ended.value.says.startswith("Your code")


@pytest.mark.parametrize("body", ["while True: pass", "import time; time.sleep(60)"])
def test_what_never_ends_is_stopped(body):
    began = time.monotonic()
    with pytest.raises(ChildEnded) as ended:
        asked(f"def f(x):\n    {body}", seconds=0.2)
    assert ended.value.state == "timeout"
    assert time.monotonic() - began < 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_nothing_that_was_started_goes_on(tmp_path):
    mark = tmp_path / "alive"
    source = (
        "import os, time\ndef f(x):\n    if os.fork() == 0:\n        for _ in range(40): time.sleep(0.05)\n"
        f"        open({str(mark)!r}, 'w').close()\n        os._exit(0)\n    return 1"
    )
    assert asked(source).value == 1
    time.sleep(2.5)
    assert not mark.exists()


def test_the_students_folder_can_be_imported_from(tmp_path):
    (tmp_path / "mine.py").write_text("y = 5", encoding="utf-8")
    with Child("import mine\ndef f(x):\n    return mine.y", folder=tmp_path) as child:
        child.load()
        assert child.ask(QUESTION).value == 5


def test_an_error_in_a_file_beside_is_said_to_be_there(tmp_path):
    (tmp_path / "mine.py").write_text("def g(x):\n    return 1 / (0 * x[0])", encoding="utf-8")
    with Child("import numpy as np, mine\ndef f(x):\n    return mine.g([0])", folder=tmp_path) as child:
        child.load()
        failure = child.ask(QUESTION).failure
    assert failure.line == 3
    assert failure.says == "division by zero (in mine.py, line 2)"


def test_an_error_in_a_library_is_said_to_be_in_the_students_line():
    failure = asked("import random\ndef f(x):\n    return random.choice([])").failure
    assert failure.line == 3
    assert "random.py" not in failure.says


def test_the_place_where_code_runs_is_empty_and_taken_away():
    answer = asked("import os\ndef f(x):\n    open('left', 'w').close()\n    return [os.getcwd(), *os.listdir()]")
    folder, *files = answer.value
    assert files == ["left"]
    assert not os.path.exists(folder)


def test_who_closes_the_channel_is_not_waited_for():
    began = time.monotonic()
    with pytest.raises(ChildEnded) as ended:
        asked("import os, time\ndef f(x):\n    os.closerange(3, 256)\n    time.sleep(30)")
    assert ended.value.state == "garbled"
    assert time.monotonic() - began < 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_who_runs_away_is_not_waited_for():
    began = time.monotonic()
    source = (
        "import os, time\ndef f(x):\n    if os.fork() == 0:\n        os.setsid()\n        time.sleep(8)\n    return 1"
    )
    assert asked(source).value == 1
    assert time.monotonic() - began < 6


@pytest.mark.parametrize("line", ["xs.append(object())", "xs[0] = lambda: 1"])
def test_an_argument_that_became_unreadable_is_a_changed_one(line):
    answer = asked(f"def f(xs):\n    {line}\n    return 1", probe=Call("f", xs=[1.0, 2.0]))
    assert (answer.value, answer.changed) == (1, ("xs",))
