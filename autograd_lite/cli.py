"""The command ``autograd-lite``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
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

COMMANDS = ("demo",)


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
        "numbers and a page that shows them into one folder. Files of an earlier run are replaced; "
        "other files in the folder are left alone.",
    )
    demo.add_argument(
        "--out",
        type=folder,
        default=Path("autograd_lite_demo"),
        metavar="DIR",
        help="folder for the results (default: ./autograd_lite_demo)",
    )
    demo.add_argument(
        "--seed", type=whole_number(0), default=0, metavar="N", help="another seed, other random numbers (default: 0)"
    )
    demo.add_argument(
        "--epochs", type=whole_number(1), default=100, metavar="N", help="epochs of each training (default: 100)"
    )
    return top


def whole_number(least: int) -> Callable[[str], int]:
    """A reader of whole numbers that are large enough; argparse puts the option's name before its message."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if number < least:
            raise argparse.ArgumentTypeError(f"{text!r} was given; it must be a whole number, {least} or more")
        return number

    return read


def folder(text: str) -> Path:
    """A path that is a folder, or can become one."""
    path = Path(text)
    if path.exists() and not path.is_dir():
        raise argparse.ArgumentTypeError(f"{text} is a file; the results need a folder")
    return path


def suggestion(arguments: Sequence[str]) -> str:
    """What a misspelt command should have been; empty if there is nothing to say."""
    given = next((a for a in arguments if not a.startswith("-")), COMMANDS[0])
    if given in COMMANDS:
        return ""
    near = get_close_matches(given, COMMANDS, n=1, cutoff=0.5)
    return f"there is no command {given!r}; " + (f"did you mean {near[0]!r}?" if near else f"there is {COMMANDS[0]!r}.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status: 0 done, 1 failed, 2 used wrongly."""
    arguments = parser()
    argv = sys.argv[1:] if argv is None else argv
    if misspelt := suggestion(argv):
        arguments.error(misspelt)
    options = arguments.parse_args(argv)
    if options.command is None:
        arguments.print_help()
        return 0
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that knows no "α" shows "?", and the story goes on
    from .demo import run  # the demo brings a terminal library along, which --version should not wait for

    try:
        run(options.out, seed=options.seed, epochs=options.epochs)
    except BrokenPipeError:  # whoever was reading has seen enough: autograd-lite demo | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"autograd-lite: the results could not be written to {options.out}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nautograd-lite: stopped.", file=sys.stderr)
        return 130
    return 0
