"""Running contenders in processes of their own, in turn, and printing what they say.

A contender is a script and its arguments. Its last line of output is JSON: ``seconds`` (a list),
``costs`` (the first ones, which all contenders must share), ``figures`` (other numbers by name,
with their unit in the name), or ``unavailable`` with a reason.
"""

import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
AT_START, AFTER_FIVE = 1e-4, 1e-3  # how far costs may differ, relatively; PyTorch's ε in Adam has another place
# The last two are JAX', the one before is tinygrad's.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUM_CPU_THREADS", "NPROC", "PJRT_NPROC")
failures = []


class OutOfContest(Exception):
    """A contender that gave no result; its message is the line to print."""


def measured(command, threads, extra, limit):
    """One run of a contender: what it printed, as a dict."""
    environment = os.environ | dict(extra)
    environment |= dict.fromkeys(THREADS, str(threads))
    script, *arguments = command
    full = [sys.executable, str(HERE / script), *map(str, arguments)]
    try:
        done = subprocess.run(full, capture_output=True, text=True, env=environment, check=False, timeout=limit)
    except subprocess.TimeoutExpired:
        raise OutOfContest(f"stopped after {limit} s") from None
    if done.returncode:
        failures.append(" ".join(map(str, command)))
        last = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        raise OutOfContest(f"FAILED: {last[:300]}")
    result = json.loads(done.stdout.splitlines()[-1])
    if "unavailable" in result:
        raise OutOfContest(f"not available: {result['unavailable']}")
    return result


def runs(contenders, rounds, threads, once=(), extra=None, limit=300):
    """The results of each contender, round after round, and the reasons of those left out.

    Parameters
    ----------
    contenders : dict
        The script and its arguments, by name.
    once : collection of names
        Those that are slow to start, and run in the first round alone.
    extra : dict, optional
        Environment variables, by name of contender.
    limit : int
        Seconds; a contender that takes longer is stopped.
    """
    results, out = {name: [] for name in contenders}, {}
    for turn in range(rounds):
        for name, command in contenders.items():
            if name in out or (turn and name in once):
                continue
            try:
                results[name].append(measured(command, threads, (extra or {}).get(name, {}), limit))
            except OutOfContest as reason:
                out[name] = str(reason)
                results.pop(name)
    return results, out


def contest(title, contenders, rounds, threads, once=(), extra=None):
    """Run the contenders in turn, and print their times and ratios to the first one that ran."""
    results, out = runs(contenders, rounds, threads, once, extra)
    exclude_other_tasks(title, results, out)
    print(f"\n{title} ({threads} thread(s), {rounds} round(s))")
    if results:
        print(f"  {'':26}{'median':>12}{'minimum':>12}{'ratio of medians':>19}{'of minima':>12}")
    ours = None
    for name, each in results.items():
        times = [s for result in each for s in result["seconds"]]
        median, least = statistics.median(times), min(times)
        ours = ours or (median, least)
        ratios = f"{median / ours[0]:>19.2f}{least / ours[1]:>12.2f}"
        print(f"  {name:26}{pretty(median):>12}{pretty(least):>12}{ratios}")
        for figure, value in each[-1].get("figures", {}).items():
            print(f"      {figure}: {value:.4g}")
    told_out(out)


def exclude_other_tasks(title, results, out):
    """Leave out whose first costs are not those of most contenders: it did something else."""
    for at, tolerance in ((0, AT_START), (5, AFTER_FIVE)):
        costs = {name: each[0]["costs"][at] for name, each in results.items() if len(each[0].get("costs") or ()) > at}
        if not costs:
            continue
        usual = statistics.median_low(costs.values())
        for name, cost in costs.items():
            if not math.isclose(cost, usual, rel_tol=tolerance):
                failures.append(f"{title}: {name}")
                out[name] = f"FAILED: cost {at} is {cost}, and {usual} with others: another task"
                results.pop(name)


def table(title, contenders, rounds, threads, limit=300):
    """Run the contenders in turn, and print the least of each figure over the rounds."""
    results, out = runs(contenders, rounds, threads, limit=limit)
    print(f"\n{title} ({threads} thread(s), {rounds} round(s), minima)")
    names = list(dict.fromkeys(figure for each in results.values() for r in each for figure in r["figures"]))
    if names:
        print("  " + f"{'':26}" + "".join(f"{name:>{max(len(name), 10) + 2}}" for name in names))
    for contender, each in results.items():
        least = [min((r["figures"].get(name, math.nan) for r in each), default=math.nan) for name in names]
        said = ("" if math.isnan(value) else f"{value:.4g}" for value in least)
        columns = (f"{text:>{max(len(name), 10) + 2}}" for name, text in zip(names, said, strict=True))
        print(f"  {contender:26}" + "".join(columns))
    told_out(out)


def told_out(out):
    """A line for each contender that is left out."""
    for name, reason in out.items():
        print(f"  {name:26}  {reason}")
    sys.stdout.flush()


def pretty(seconds):
    return f"{seconds * 1e3:.2f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.1f} µs"
