"""How long pictures take, that they can be stopped, and that nothing is paid for by who draws none."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograd_lite.drawing import GraphTooLarge, draw

from .graphs import chain, scalar_network, tangle, unrolled

ROOT = str(Path(__file__).parents[2])
posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to one process")


def network(values):
    """A network of single numbers, on as many examples as give about so many Values."""
    return scalar_network((8, 36, 36, 1)) if values == 5_000 else scalar_network((2, 16, 16, 1), examples=values // 648)


def steps(values):
    return unrolled(values // 5)


def processor_time_of(root):
    root.backward()
    began = time.process_time()
    drawing = draw(root)
    assert drawing.svg.startswith("<svg")
    assert len(drawing.view.cards) <= 60
    return time.process_time() - began


@pytest.mark.parametrize("graph", [network, steps], ids=lambda f: f.__name__)
def test_a_folded_picture_of_five_thousand_values_takes_two_seconds_at_most(graph):
    assert processor_time_of(graph(5_000)) < 2


@pytest.mark.slow
@pytest.mark.parametrize("graph", [network, steps, tangle, chain], ids=lambda f: f.__name__)
def test_a_folded_picture_of_fifty_thousand_values_takes_ten_seconds_at_most(graph):
    assert processor_time_of(graph(50_000)) < 10


def test_fifty_thousand_values_in_full_are_refused_at_once():
    root = chain(50_000)
    began = time.process_time()
    with pytest.raises(GraphTooLarge, match=r'detail="full".*max_nodes=1000'):
        draw(root, detail="full")
    assert time.process_time() - began < 2


FOR_EVER = """
import sys
sys.path.insert(0, {root!r})
from autograd_lite.drawing import draw
from tests.drawing.graphs import scalar_network
root = scalar_network((8, 14, 9, 1))
print(len(draw(root, detail="full").view.cards), flush=True)
while True:
    draw(root, detail="full", engine={engine!r}).scene
"""


@posix
@pytest.mark.parametrize(
    "engine", ["auto", pytest.param("built-in", marks=pytest.mark.slow), pytest.param("dot", marks=pytest.mark.slow)]
)
def test_an_interrupt_ends_the_drawing_of_nine_hundred_cards(engine):
    parent = subprocess.Popen(
        [sys.executable, "-c", FOR_EVER.format(root=ROOT, engine=engine)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert int(parent.stdout.readline()) > 850
    time.sleep(0.8)
    began = time.perf_counter()
    os.kill(parent.pid, signal.SIGINT)
    _, stderr = parent.communicate(timeout=30)
    assert time.perf_counter() - began < 1.5
    assert b"KeyboardInterrupt" in stderr


def test_who_draws_nothing_loads_nothing_of_it():
    script = (
        "import sys, autograd_lite as ag, numpy as np\n"
        "loss = np.tanh(ag.Value(1.0) * 2); loss.backward()\n"
        "print([name for name in sys.modules if 'drawing' in name or name in ('graphviz', 'matplotlib')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
