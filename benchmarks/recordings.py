"""What a program costs before it runs. Run by run.py: ``python recordings.py lecture|chain|graph COUNT FORM``.

COUNT is the number of scalar operations of the function; its program has those of the gradient
besides. Prints the seconds of recording, writing and loading, of the first run and of the best of
the next ones, and the growth of the process' peak memory.
"""

import json
import sys
import time

from contenders.ours import model_of, program_of
from measuring import resident_peak
from scalars import recorded
from tasks import Unavailable, chosen


def lecture(count, form):
    """The program of the lecture's training step, and a function that runs it."""
    model, X, y = model_of(chosen("lecture", "adam", "float32"))
    return lambda: program_of(model, len(X)), lambda program: program.step(X, y)


def chain(count, form):
    """One number that is multiplied and added to, again and again."""

    def f(x):
        for _ in range(count // 2):
            x = x * 0.999 + 0.001
        return x

    return of(f, [0.5], form)


def graph(count, form):
    """A hundred numbers, each replaced in turn by its mean with another: wide, deep, and every node used twice."""

    def f(*numbers):
        numbers = list(numbers)
        for i in range(count // 2):
            here, there = i % 100, (7 * i + 1) % 100
            numbers[here] = (numbers[here] + numbers[there]) * 0.5
        return sum(numbers)

    return of(f, [i / 100 for i in range(100)], form)


def of(f, numbers, form):
    """How to make the program of f and its gradient at these numbers, and how to run it."""
    import autograd_lite as ag

    if not hasattr(ag, "record"):
        raise Unavailable("this autograd_lite has no record")
    with_gradient = ag.value_and_grad(f, argnums=tuple(range(len(numbers))))
    return lambda: recorded(with_gradient, numbers, form), lambda program: program(*numbers)


def seconds_of(f, *arguments):
    begun = time.perf_counter()
    result = f(*arguments)
    return time.perf_counter() - begun, result


def main():
    kind, count, form = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    try:
        make, run = {"lecture": lecture, "chain": chain, "graph": graph}[kind](count, form)
        before = resident_peak()
        made, program = seconds_of(make)
    except (ImportError, Unavailable) as missing:
        print(json.dumps({"unavailable": str(missing)}))
        return
    first, _ = seconds_of(run, program)
    again = min(seconds_of(run, program)[0] for _ in range(3))
    figures = {"made, s": made, "first run, s": first, "a run, ms": again * 1e3}
    if count:
        figures["made, µs/operation"] = made / count * 1e6
    print(json.dumps({"figures": figures | {"peak, MB": resident_peak() - before}}))


if __name__ == "__main__":
    main()
