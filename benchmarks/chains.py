"""A long chain of scalar operations in the eager engine. Run by run.py: ``python chains.py COUNT``.

Prints the microseconds an operation takes, forward and backward, and the growth of the process'
peak memory; then what tracemalloc says of Python's own part, measured on a chain of its own.
"""

import json
import sys
import time
import tracemalloc

from measuring import MEGABYTE, resident_peak

from autograd_lite import Value


def chain(x, count):
    for _ in range(count // 2):
        x = x * 0.999 + 0.001
    return x


def main():
    count = int(sys.argv[1])
    x, before = Value(0.5), resident_peak()
    begun = time.perf_counter()
    y = chain(x, count)
    between = time.perf_counter()
    y.backward()
    end = time.perf_counter()
    peak = resident_peak() - before
    del y
    freed = time.perf_counter() - end
    tracemalloc.start()
    chain(x, 10_000).backward()
    traced = tracemalloc.get_traced_memory()[1] / 10_000
    figures = {
        "forward, µs/op": (between - begun) / count * 1e6,
        "backward, µs/op": (end - between) / count * 1e6,
        "freeing, µs/op": freed / count * 1e6,
        "peak, MB": peak,
        "peak, bytes/op": peak * MEGABYTE / count,
        "traced, bytes/op": traced,
    }
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
