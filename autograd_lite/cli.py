"""The command ``autograd-lite``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .version import __version__

DESCRIPTION = """\
See how a neural network is trained: NumPy that differentiates itself, graphs
to look at, and Keras' own words for the three steps.
"""

EXAMPLES = """\
start here:
  autograd-lite demo                the lecture's story on real handwritten digits,
                                    with its pictures in ./autograd_lite_demo
  python -c "import autograd_lite as ag; print(ag.grad(lambda x: x**2)(3.0))"

The README shows the library; `autograd-lite demo --help` the demo's options.
"""


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="autograd-lite",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"autograd_lite {__version__}")
    commands = top.add_subparsers(dest="command", metavar="command", title="commands")
    demo = commands.add_parser(
        "demo",
        help="from logistic regression to a trained network, on real handwritten digits",
        description="Tells the lecture's story in the terminal, trains (in a few seconds), and writes pictures, "
        "numbers and a page that shows them into one folder.",
    )
    demo.add_argument(
        "--out",
        type=Path,
        default=Path("autograd_lite_demo"),
        metavar="DIR",
        help="folder for the results (default: ./autograd_lite_demo)",
    )
    demo.add_argument(
        "--seed", type=int, default=0, metavar="N", help="another seed, other random numbers (default: 0)"
    )
    demo.add_argument("--epochs", type=int, default=100, metavar="N", help="epochs of each training (default: 100)")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status: 0 done, 1 failed, 2 used wrongly."""
    arguments = parser()
    options = arguments.parse_args(argv)
    if options.command is None:
        arguments.print_help()
        return 0
    if options.epochs < 1 or options.seed < 0:
        arguments.error("--epochs must be at least 1 and --seed at least 0.")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that knows no "α" shows "?", and the story goes on
    from .demo import run  # the demo brings a terminal library along, which --version should not wait for

    try:
        run(options.out, seed=options.seed, epochs=options.epochs)
    except OSError as error:
        print(f"autograd-lite: the results could not be written to {options.out}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nautograd-lite: stopped.", file=sys.stderr)
        return 130
    return 0
