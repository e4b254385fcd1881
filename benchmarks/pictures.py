"""Time and memory of ``draw``: ``python benchmarks/pictures.py [--rounds N]`` prints a table.

Each line is measured in processes of its own: from ``draw(loss)`` to the text of the SVG, the first time (with the
import of the drawing room, and with a process for Graphviz that starts), and again. Processor time is that of both
processes; memory is what the peak of this one lies above its size before, and the peak of pygraphviz' process.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
from itertools import pairwise
from time import perf_counter

from measuring import resident, resident_peak

LIMITS = {5_000: 2.0, 50_000: 10.0}
"""Seconds that a folded picture of so many Values may take."""

NETWORKS = {10: ((2, 1), 1), 100: ((4, 4, 3, 1), 1), 1_000: ((8, 16, 10, 1), 1), 5_000: ((8, 36, 36, 1), 1),
            50_000: ((2, 16, 16, 1), 80)}  # fmt: skip
"""About so many Values: the units of a network of single numbers, and how many examples it sees."""

JOBS = [
    *((count, "auto", "auto") for count in NETWORKS),
    *((f"{count} recurrent", "auto", "auto") for count in (5_000, 50_000)),
    *((f"{count} tangled", "auto", "auto") for count in (5_000, 50_000)),
    *((count, "full", engine) for count in (10, 100, 1_000) for engine in ("built-in", "pygraphviz", "dot")),
]


def network(count):
    """The cost of a network of single numbers, as micrograd would write it."""
    import numpy as np

    from autograd_lite import Value

    sizes, examples = NETWORKS[count]
    rng = random.Random(0)
    layers = [
        [([Value(rng.uniform(-1, 1)) for _ in range(a)], Value(0.1)) for _ in range(b)] for a, b in pairwise(sizes)
    ]
    cost = Value(0.0)
    for _ in range(examples):
        x = [Value(rng.uniform(-1, 1)) for _ in range(sizes[0])]
        for layer in layers:
            x = [np.tanh(sum((w * v for w, v in zip(weights, x, strict=True)), b)) for weights, b in layer]
        cost = cost + (x[0] - 1.0) ** 2
    return cost


def recurrent(count):
    """A recurrent network: nine Values a step, all of them alike and each computed from the one before."""
    import numpy as np

    from autograd_lite import Value

    rng = random.Random(0)
    u, w, b, v = (Value(x) for x in (0.3, 0.9, 0.1, 1.2))
    h, loss = Value(0.0), Value(0.0)
    for _ in range(count // 9):
        h = np.tanh(w * h + u * rng.uniform(-1, 1) + b)
        loss = loss + (v * h - rng.uniform(-1, 1)) ** 2
    return loss


def tangled(count):
    """A graph without any structure: the worst case."""
    import numpy as np

    from autograd_lite import Value

    rng = random.Random(1)
    values = [Value(rng.random()) for _ in range(20)]
    for _ in range(count // 2):
        a, b = rng.choice(values[-200:]), rng.choice(values[-2000:])
        values.append((a * b, a - b, np.tanh(a))[rng.randrange(3)])
    while len(values) > 1:  # nothing is left over
        values.append(values.pop(0) + values.pop(0))
    return values[0]


def processor():
    """Processor time of this process and of those that it has ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def one(graph, detail, engine):
    """A line of the table, measured in this process."""
    number, _, kind = graph.partition(" ")
    loss = {"": network, "recurrent": recurrent, "tangled": tangled}[kind](int(number))
    loss.backward()
    before, rest, begin = processor(), resident(), perf_counter()
    from autograd_lite.drawing import draw
    from autograd_lite.drawing.layout.worker import WORKERS

    drawing = draw(loss, detail=detail, engine=engine)
    size = len(drawing.svg)
    first = perf_counter() - begin
    WORKERS.close()
    used = processor() - before
    draw(loss, detail=detail, engine=engine).svg  # noqa: B018  (starts Graphviz again)
    begin = perf_counter()
    draw(loss, detail=detail, engine=engine).svg  # noqa: B018
    again = perf_counter() - begin
    workers = [resident_peak(worker.process.pid) for worker in WORKERS.running]
    WORKERS.close()
    from autograd_lite import reachable

    return {
        "values": len(reachable(loss)), "cards": len(drawing.view.cards), "first": first, "again": again,
        "processor": used, "peak": resident_peak() - rest,
        "graphviz": max(workers, default=0.0), "size": size / 1000,
    }  # fmt: skip


def measured(job, rounds):
    """The least of each figure in some rounds of a job: whatever else the machine does only adds."""
    found = []
    for _ in range(rounds):
        done = subprocess.run(
            [sys.executable, __file__, "--one", *map(str, job)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["failed"])[-1]
        found.append(json.loads(done.stdout.splitlines()[-1]))
    return {key: min(one[key] for one in found) for key in found[0]}


def row(job, found):
    graph, detail, engine = job
    number, _, kind = str(graph).partition(" ")
    what = f"{int(number):,}" + (f", {kind}" if kind else "")
    if isinstance(found, str):
        return f"| {what} | {detail} | {engine} | {found[:90]} |"
    graphviz = f" + {found['graphviz']:.0f}" if found["graphviz"] else ""
    return (
        f"| {what} ({found['values']:,}) | {detail} | {engine} | {found['cards']:,.0f} | {found['first']:.2f} s "
        f"| {found['again']:.2f} s | {found['processor']:.2f} s | {found['peak']:.0f}{graphviz} MB "
        f"| {found['size']:,.0f} kB |"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="of which the least counts")
    parser.add_argument("--one", nargs=3, help="measure one line in this process: graph, detail, engine")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(*options.one)))
        return
    late = []
    print("| Values | detail | engine | cards | first | again | processor | memory | SVG |")
    print("|---|---|---|---|---|---|---|---|---|")
    for job in JOBS:
        found = measured(job, options.rounds)
        print(row(job, found), flush=True)
        limit = LIMITS.get(int(str(job[0]).split()[0]))
        if limit and (isinstance(found, str) or found["processor"] > limit):
            late.append(job)
    if late:
        sys.exit(f"too slow: {late}")


if __name__ == "__main__":
    main()
