"""Speed and memory beside the peers: ``python benchmarks/run.py [tasks] [--rounds N] [--threads N]``.

Every contender runs in a process of its own, in turn, round after round, so that a machine whose
speed drifts slows them all. Printed: the median and the minimum over all steps of all rounds, and
the ratios to the first contender, ours. The costs of all contenders must agree at the first step
and after five, or the one that differs is left out and the run fails.
Peers: ``pip install --group peers``; a missing one is left out, and a line says so.
"""

import argparse
import sys

from contest import contest, failures, table

OURS = ("program", "eager")
SLOW = (
    "torch.compile",
    "torch.compile, whole",
    "tinygrad",
)  # their first steps take seconds: they run in the first round alone
TORCHES = ("pytorch", "pytorch fused", "torch.compile", "torch.compile, whole")
PEERS = (*TORCHES, "jax jit", "jax scan", "autograd", "mygrad", "tinygrad")
FLOATS = ("float32", "float64")


def network(title, contenders, name, rule, dtype, steps, options):
    """A contest of networks.py."""
    commands = {c: ("networks.py", c, name, rule, dtype, steps) for c in contenders}
    contest(f"{title}, {rule}, {dtype}, one step", commands, options.rounds, options.threads, SLOW)


def tensors(options):
    for rule in ("adam", "sgd"):
        for dtype in FLOATS:
            contenders = [*OURS, *PEERS, "numpy", "numpy out=", "products alone"]
            if rule == "sgd":
                contenders.remove("pytorch fused")
            network("400-25-15-1, batch 32", contenders, "lecture", rule, dtype, 500, options)


def fullbatch(options):
    contenders = (*OURS, "pytorch", "jax jit", "numpy", "numpy out=", "products alone")
    for dtype in FLOATS:
        network("400-25-15-1, batch 1000", contenders, "fullbatch", "sgd", dtype, 300, options)


def wide(options):
    contenders = (*OURS, *TORCHES, "jax jit", "numpy out=")
    network("784-512-512-10, relu, softmax, batch 128", contenders, "wide", "adam", "float32", 100, options)
    commands = {c: ("memory.py", c, "peak", "wide") for c in OURS}
    table("784-512-512-10, batch 128, adam, float32: memory", commands, 1, options.threads)


def logistic(options):
    contenders = (*OURS, "pytorch", "jax jit", "numpy", "numpy out=")
    for dtype in FLOATS:
        title = "logistic regression, 10000 examples of 100 features"
        network(title, contenders, "logistic", "sgd", dtype, 300, options)


def scalars(options):
    names = {"program, straight-line": 300, "program, levels": 300, "eager": 10, "micrograd": 6, "micrograd nogc": 6}
    commands = {name: ("scalars.py", name, steps) for name, steps in names.items()}
    contest("micrograd's moons network, scalars, one step", commands, options.rounds, options.threads)


def fits(options):
    names = (*OURS, "keras on jax", "keras on torch")
    commands = {name: ("fits.py", name, 10) for name in names}
    backends = {f"keras on {backend}": {"KERAS_BACKEND": backend} for backend in ("jax", "torch")}
    title = "an epoch of fit: 1000 examples, 400-25-15-1, batch 32, adam, float32, shuffled"
    contest(title, commands, options.rounds, options.threads, extra=backends)


def recording(options):
    commands = {"lecture's training step": ("recordings.py", "lecture", 0, "")}
    for form in ("straight", "levels"):
        for kind in ("chain", "graph"):
            for count in (1_000, 10_000, 100_000, 500_000):
                if (kind, form) != ("chain", "levels"):  # each level would hold one operation
                    commands[f"{kind}, {count:,}, {form}"] = ("recordings.py", kind, count, form)
    title = "recording, writing and loading a program with its gradients"
    table(title, commands, 1, options.threads, limit=60)


def chain(options):
    commands = {"eager, 1,000,000": ("chains.py", 1_000_000), "eager, 10,000": ("chains.py", 10_000)}
    table("a chain of scalar operations", commands, options.rounds, options.threads)


def forward(options):
    for task, title in (
        ("chain", "a hundred elementwise functions of 10,000 numbers"),
        ("network", "the cost of 400-25-15-1, batch 32"),
        ("product", "a product of matrices, 300 x 300"),
    ):
        commands = {c: ("forward.py", c, task) for c in ("autograd_lite", "HIPS autograd", "JAX, compiled")}
        table(f"forward mode: {title}", commands, options.rounds, options.threads)


def checkpoints(options):
    commands = {kind: ("checkpoints.py", kind) for kind in ("plain", "checkpointed")}
    table("a hundred layers tanh(A @ W), plain and checkpointed", commands, options.rounds, options.threads)


def memory(options):
    commands = {c: ("memory.py", c, "steps", "lecture") for c in OURS}
    table("memory over 10,000 steps: 400-25-15-1, batch 32, adam, float32", commands, 1, options.threads)


def imports(options):
    contest(
        "import autograd_lite, after numpy", {"autograd_lite": ("imports.py",)}, 3 * options.rounds, options.threads
    )


TASKS = (tensors, fullbatch, wide, logistic, scalars, fits, recording, chain, forward, checkpoints, memory, imports)


def main():
    tasks = {task.__name__: task for task in TASKS}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tasks", nargs="*", metavar="task", help=f"{', '.join(tasks)}; all if none is named")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    if unknown := set(options.tasks) - set(tasks):
        parser.error(f"no task is called {', '.join(sorted(unknown))}; there are {', '.join(tasks)}")
    for name in options.tasks or tasks:
        tasks[name](options)
    if failures:
        sys.exit("Failed: " + "; ".join(failures))


if __name__ == "__main__":
    main()
