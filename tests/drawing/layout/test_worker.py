"""The processes of pygraphviz: they stay, they can be stopped, and they are replaced."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import pytest

from autograd_lite.drawing.layout import DrawingTimeout, Edge, Plan, placed, worker

from .plans import CARD, a_graph, huge, needs_pygraphviz, neuron

pytestmark = needs_pygraphviz
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see what still runs")
posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork, and no SIGINT to one process")

ROOT = str(Path(__file__).parents[3])


@pytest.fixture(autouse=True)
def none_left():
    worker.WORKERS.close()
    yield
    worker.WORKERS.close()


def is_running(pid):
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def gone(pid, within=2.0):
    until = time.monotonic() + within
    while time.monotonic() < until and is_running(pid):
        time.sleep(0.02)
    return not is_running(pid)


def idle():
    return [one.process.pid for one in worker.WORKERS.idle]


def test_one_process_does_one_job_after_the_other():
    placed(neuron(), "pygraphviz")
    first = idle()
    for seed in range(5):
        placed(a_graph(seed), "pygraphviz")
    assert idle() == first
    assert len(first) == 1


@needs_proc
def test_a_layout_that_takes_too_long_is_ended_and_the_next_job_works():
    placed(neuron(), "pygraphviz")
    (pid,) = idle()
    started = time.perf_counter()
    with pytest.raises(DrawingTimeout):
        placed(huge(), "pygraphviz", timeout=0.5)
    assert time.perf_counter() - started < 0.5 + 1.5
    assert gone(pid)
    assert not idle()
    assert placed(neuron(), "pygraphviz").engine == "pygraphviz"


@needs_proc
@posix
def test_a_process_that_was_killed_is_replaced():
    before = placed(neuron(), "pygraphviz")
    (pid,) = idle()
    os.kill(pid, signal.SIGKILL)
    assert placed(neuron(), "pygraphviz") == before
    assert idle() != [pid]


@posix
def test_a_process_that_breaks_in_the_middle_of_a_job_hands_it_to_the_next_engine():
    found = []
    thread = threading.Thread(target=lambda: found.append(placed(a_graph(0, 900, framed=False), timeout=60)))
    thread.start()
    until = time.monotonic() + 20
    while time.monotonic() < until and not worker.WORKERS.running:
        time.sleep(0.005)
    for one in list(worker.WORKERS.running):
        os.kill(one.process.pid, signal.SIGKILL)
    thread.join(60)
    assert found[0].engine in ("dot", "built-in")


def test_a_process_is_ended_after_many_jobs(monkeypatch):
    monkeypatch.setattr(worker, "JOBS", 3)
    pids = []
    for _ in range(4):
        placed(neuron(), "pygraphviz")
        pids += idle()
    assert len(pids) == 3
    assert pids[0] == pids[1] != pids[2]


def test_threads_do_not_wait_for_each_other_or_take_each_others_answers():
    plans = [a_graph(seed) for seed in range(12)]
    expected = [placed(plan, "pygraphviz") for plan in plans]
    found = {}

    def work(start):
        for number in range(start, 12, 4):
            found[number] = placed(plans[number], "pygraphviz")

    threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [found[number] for number in range(12)] == expected
    assert len(idle()) <= worker.IDLE
    assert len(worker.WORKERS.running) == len(idle())


def test_the_rest_of_python_runs_while_graphviz_works():
    placed(neuron(), "pygraphviz")
    ticks = []
    thread = threading.Thread(target=lambda: placed(a_graph(1, 700, framed=False), "pygraphviz", timeout=60))
    thread.start()
    while thread.is_alive():
        ticks.append(time.perf_counter())
        time.sleep(0.002)
    assert len(ticks) > 3


def test_what_a_library_prints_is_not_taken_for_the_answer(monkeypatch):
    noisy = worker.LOOP.replace("    try:", "    os.system('echo noise'); print('noise', flush=True)\n    try:")
    monkeypatch.setattr(worker, "LOOP", noisy)
    assert placed(neuron(), "pygraphviz").engine == "pygraphviz"


def test_a_process_that_prints_very_much_does_not_get_stuck(monkeypatch):
    noisy = worker.LOOP.replace("    try:", "    sys.stderr.write('Fontconfig warning: x\\n' * 50_000)\n    try:")
    monkeypatch.setattr(worker, "LOOP", noisy)
    for _ in range(2):
        assert placed(neuron(), "pygraphviz").engine == "pygraphviz"


def test_nothing_is_left_open():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        placed(neuron(), "pygraphviz")
        worker.WORKERS.close()
        gc.collect()
    assert not [one for one in caught if issubclass(one.category, ResourceWarning)]


# ------------------------------------------------------------------ in a program of its own

START = """
import os, sys, time
sys.path.insert(0, {root!r})
from autograd_lite.drawing.layout import placed, worker
from tests.drawing.layout.plans import huge, neuron
"""


def program(script):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", START.format(root=ROOT) + script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@needs_proc
@posix
@pytest.mark.parametrize("engine", ["pygraphviz", "built-in"])
def test_an_interrupt_ends_a_huge_layout_at_once(engine):
    parent = program(f"""
placed(neuron(), {engine!r})
plan = huge()
print(*[one.process.pid for one in worker.WORKERS.idle] or [os.getpid()], flush=True)
placed(plan, {engine!r}, timeout=60)
""")
    pid = int(parent.stdout.readline())
    time.sleep(0.5)
    started = time.perf_counter()
    os.kill(parent.pid, signal.SIGINT)
    _, stderr = parent.communicate(timeout=20)
    assert time.perf_counter() - started < 1.5
    assert b"KeyboardInterrupt" in stderr
    assert gone(pid)


@needs_proc
@posix
def test_processes_end_with_the_program():
    parent = program("placed(neuron(), 'pygraphviz'); print(worker.WORKERS.idle[0].process.pid)")
    output, stderr = parent.communicate(timeout=30)
    assert not stderr
    assert gone(int(output))


@needs_proc
@posix
def test_processes_end_when_the_program_is_killed():
    parent = program(
        "placed(neuron(), 'pygraphviz'); print(worker.WORKERS.idle[0].process.pid, flush=True); time.sleep(60)"
    )
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate(timeout=10)
    assert gone(pid)


@needs_proc
@posix
def test_a_fork_has_processes_of_its_own_and_leaves_its_parents_alone():
    parent = program("""
import warnings; warnings.simplefilter("ignore", DeprecationWarning)
first = placed(neuron(), 'pygraphviz')
pid = worker.WORKERS.idle[0].process.pid
child = os.fork()
if not child:
    assert not worker.WORKERS.idle
    assert placed(neuron(), 'pygraphviz') == first
    assert worker.WORKERS.idle[0].process.pid != pid
    sys.exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
assert placed(neuron(), 'pygraphviz') == first
assert worker.WORKERS.idle[0].process.pid == pid
print("done")
""")
    output, stderr = parent.communicate(timeout=60)
    assert (output.strip(), stderr) == (b"done", b"")


def test_nothing_is_started_before_a_layout_is_asked_for():
    parent = program("import threading; print(len(worker.WORKERS.running), threading.active_count())")
    assert parent.communicate(timeout=30)[0].split() == [b"0", b"1"]


def test_many_arrows_are_one_message():
    plan = Plan((CARD,) * 2, (Edge(0, 1),) * 300)  # more than a pipe holds at once
    assert len(set(placed(plan, "pygraphviz", timeout=60).edges)) == 300
