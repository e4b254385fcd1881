"""Speed beside the peers: ``python benchmarks/run.py [scalars] [tensors] [imports] [--rounds N] [--threads N]``.

Every contender runs in a process of its own, in turn, round after round, so that a machine whose
speed drifts slows them all. Printed: the median and the minimum over all steps of all rounds, and
the ratios to autograd_lite. The first costs of all contenders must agree, or nothing is printed.
Peers: ``pip install --group peers`` (or torch and micrograd by hand); a missing one is left out.
"""

import argparse
import importlib.util
import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NEEDS = {"micrograd": "micrograd", "micrograd nogc": "micrograd", "pytorch": "torch"}


def measured(script, *arguments, threads):
    """One run of a contender: what it printed, as a dict."""
    environment = os.environ | dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads)
    )
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def contest(title, script, contenders, rounds, threads):
    """Run the contenders in turn, and print their times and ratios."""
    contenders = {
        name: arguments
        for name, arguments in contenders.items()
        if name not in NEEDS or importlib.util.find_spec(NEEDS[name])
    }
    seconds = {name: [] for name in contenders}
    first = {}
    for _ in range(rounds):
        for name, arguments in contenders.items():
            result = measured(script, *arguments, threads=threads)
            seconds[name] += result["seconds"]
            first[name] = result.get("first")
    ours = next(iter(contenders))
    for name, cost in first.items():
        if cost is not None and not math.isclose(cost, first[ours], rel_tol=1e-4):
            raise SystemExit(f"{title}: {name} starts at cost {cost}, {ours} at {first[ours]}: not the same task.")
    print(f"\n{title} ({threads} thread(s), {rounds} rounds)")
    print(f"  {'':22}{'median':>12}{'minimum':>12}{'ratio of medians':>19}{'of minima':>12}")
    for name, times in seconds.items():
        median, least = statistics.median(times), min(times)
        ratios = median / statistics.median(seconds[ours]), least / min(seconds[ours])
        print(f"  {name:22}{pretty(median):>12}{pretty(least):>12}{ratios[0]:>19.2f}{ratios[1]:>12.2f}", flush=True)


def pretty(seconds):
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.0f} µs"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tasks", nargs="*", help="scalars, tensors, imports; all if none is named")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    tasks = options.tasks or ["scalars", "tensors", "imports"]
    if "scalars" in tasks:
        contenders = {
            "autograd_lite": ("autograd_lite", 10),
            "micrograd": ("micrograd", 6),
            "micrograd nogc": ("micrograd", 6, "nogc"),
        }
        contest(
            "micrograd's moons network, scalars, one step", "scalars.py", contenders, options.rounds, options.threads
        )
    if "tensors" in tasks:
        for rule in ("sgd", "adam"):
            for dtype in ("float32", "float64"):
                contenders = {n: (n, rule, dtype, 500) for n in ("autograd_lite", "pytorch", "numpy")}
                title = f"400-25-15-1, batch 32, {rule}, {dtype}, one step"
                contest(title, "tensors.py", contenders, options.rounds, options.threads)
    if "imports" in tasks:
        contest(
            "import autograd_lite, after numpy",
            "imports.py",
            {"autograd_lite": ()},
            3 * options.rounds,
            options.threads,
        )


if __name__ == "__main__":
    main()
