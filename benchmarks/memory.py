"""Memory of training. Run by run.py: ``python memory.py program|eager peak|steps NETWORK``.

``peak``: the most that tracemalloc sees (it knows NumPy's arrays) from the model on, and above the
rest during one step. ``steps``: whether memory is flat from the 1,000th step to the 10,000th; first
without tracemalloc, for the size of the process, then with it.
"""

import json
import sys
import tracemalloc

from contenders import ours
from measuring import MEGABYTE, resident, resident_peak
from tasks import Unavailable, chosen


def peak(contender, task):
    """The most memory, over all and above what stays."""
    tracemalloc.start()
    step = getattr(ours, contender)(task)
    for _ in range(3):
        step()
    rest, most = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    step()
    above = tracemalloc.get_traced_memory()[1] - rest
    return {"stays, MB": rest / MEGABYTE, "at most, MB": most / MEGABYTE, "above in a step, MB": above / MEGABYTE}


def steps(contender, task):
    """Memory after 1,000 and after 10,000 steps."""
    step, figures = getattr(ours, contender)(task), {}

    def until(first, last, figures_of):
        for _ in range(first, last):
            step()
        figures.update({f"{name} {last // 1000}k": value for name, value in figures_of().items()})

    def process():
        return {"max RSS, MB": resident_peak(), "RSS, MB": resident()}

    def traced():
        now, most = tracemalloc.get_traced_memory()
        return {"traced, kB": now / 1024, "its max": most / 1024}

    until(0, 1_000, process)
    until(1_000, 10_000, process)
    tracemalloc.start()
    until(0, 1_000, traced)
    until(1_000, 10_000, traced)
    return figures


def main():
    contender, what, network = sys.argv[1:]
    try:
        figures = {"peak": peak, "steps": steps}[what](contender, chosen(network, "adam", "float32"))
    except Unavailable as missing:
        print(json.dumps({"unavailable": str(missing)}))
        return
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
