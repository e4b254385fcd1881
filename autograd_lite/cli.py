"""The command ``autograd-lite``."""

from __future__ import annotations

import argparse
import os
import sys
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from .course.commands import DESCRIPTION as COURSE
from .course.commands import course_options, run_course
from .version import __version__

DESCRIPTION = """\
See how a neural network is trained: NumPy that differentiates itself, graphs
to look at, and Keras' own words for the three steps.
"""

EXAMPLES = """\
start here:
  autograd-lite demo                the lecture's story on real handwritten digits,
                                    with its pictures in ./autograd_lite_demo
  autograd-lite explain script.py   run a script of yours and step through its
                                    back-propagation on a page
  autograd-lite watch-training script.py
                                    run a script of yours and watch its trainings
  autograd-lite course start        exercises, from a slope to a network of your
                                    own; each knows which mistake you made
  python -c "import autograd_lite as ag; print(ag.grad(lambda x: x**2)(3.0))"

The README shows the library; `autograd-lite demo --help` the demo's options.
"""


@dataclass(frozen=True)
class Command:
    """One of the commands.

    Attributes
    ----------
    help, description : str
        In the list of all commands, and in its own help.
    options : callable
        Adds its arguments to its parser.
    run : callable
        Does it: from the arguments to an exit status.
    runs_script : bool
        What stands behind ``--`` are the arguments of a script.
    """

    help: str
    description: str
    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    runs_script: bool = False


# ------------------------------------------------------------------------------- demo


def demo_options(demo: argparse.ArgumentParser) -> None:
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


def run_demo(options: argparse.Namespace) -> int:
    from .demo import run  # the demo brings a terminal library along, which --version should not wait for

    try:
        run(options.out, seed=options.seed, epochs=options.epochs)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"autograd-lite: the results could not be written to {options.out}: {error}", file=sys.stderr)
        return 1
    return 0


# ------------------------------------------------------------------------------- explain


def explain_options(explain: argparse.ArgumentParser) -> None:
    explain.add_argument("script", type=Path, help="the script, run as `python script.py` would run it")
    explain.add_argument("--of", default="", metavar="NAME", help="the name of the loss in the script")
    explain.add_argument(
        "--out", type=page, default=Path("backprop.html"), metavar="PAGE", help="the page (default: ./backprop.html)"
    )
    explain.add_argument(
        "--learning-rate", type=rate, metavar="A", help="of the update that the page ends with (default: 0.1)"
    )
    explain.add_argument(
        "--detail", choices=("auto", "full", "neuron", "layer"), default="auto", help="how much of the graph is shown"
    )
    explain.add_argument("--open", action="store_true", help="open the page in the browser")


def run_explain(options: argparse.Namespace) -> int:
    from .explaining import explanation, left_by
    from .scripts import source_of

    try:
        source_of(options.script)
    except (OSError, ValueError) as problem:
        return failed(str(problem), 2)
    chosen = {} if options.learning_rate is None else {"learning_rate": options.learning_rate, "optimizer": None}
    out = options.out.absolute()  # the script may change the working folder
    left = left_by(options.script, options.arguments)
    early = left.ended is not None and left.ended.code not in (0, None)
    if early:
        said(f"{options.script} did not run to its end; what it left until then is explained, if there is a loss.")
    try:
        found = explanation(left, options.of, detail=options.detail, **chosen)
        found.steps.save(out)
    except (ValueError, TypeError, RuntimeError, OSError) as problem:
        status = failed(str(problem), 1)
    else:
        status = 0
        said(f"{out.name} plays {found.what}, forward and back, in {len(found.steps)} steps.")
        if options.open:
            webbrowser.open(out.as_uri())
    if early and left.ended is not None:
        raise left.ended  # with the script's own status
    return status


def rate(text: str) -> float:
    """A learning rate: a number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} was given; a learning rate is a number above 0")
    return number


# ------------------------------------------------------------------------------- watch-training


def watch_options(watch: argparse.ArgumentParser) -> None:
    watch.add_argument("script", type=Path, help="the script, run as `python script.py` would run it")
    watch.add_argument(
        "--out",
        type=page,
        default=Path("training.html"),
        metavar="PAGE",
        help="the page; a second training is shown in training-2.html (default: ./training.html)",
    )
    watch.add_argument(
        "--every",
        type=whole_number(1),
        metavar="N",
        help="look after every N epochs (default: as often as takes little time)",
    )
    watch.add_argument("--open", action="store_true", help="open the first page in the browser")


def run_watch(options: argparse.Namespace) -> int:
    from .models import Sequential
    from .scripts import run_script, source_of
    from .watching.fits import every_fit_watched

    try:
        source_of(options.script)
    except (OSError, ValueError) as problem:
        return failed(str(problem), 2)
    ended: SystemExit | None = None
    with every_fit_watched(Sequential, options.out, options.every, said, options.open) as watches:
        try:
            run_script(options.script, options.arguments)
        except SystemExit as stopped:
            ended = stopped
    if watches:
        said(f"{len(watches)} training{'s' if len(watches) > 1 else ''} watched; the pages play them back.")
    if ended is not None and ended.code not in (0, None):
        raise ended
    if not watches:
        return failed(
            f"{options.script} ended without a training: no model.fit(...) of a Sequential was called in it, so there "
            f"is nothing to watch. If it trains only when it is told to, give it its arguments: "
            f"autograd-lite watch-training {options.script} -- --train. A loop of your own with backward() in it is "
            f"shown step by step by autograd-lite explain {options.script}",
            1,
        )
    return 0


def said(sentence: str) -> None:
    """Tell what is going on, beside what a script prints."""
    print(f"autograd-lite: {sentence}", file=sys.stderr, flush=True)


def failed(why: str, status: int) -> int:
    said(why)
    return status


# ------------------------------------------------------------------------------- the table


COMMANDS: dict[str, Command] = {
    "demo": Command(
        "from logistic regression to a trained network, on real handwritten digits",
        "Tells the lecture's story in the terminal, trains (in a few seconds), and writes pictures, "
        "numbers and a page that shows them into one folder. Files of an earlier run are replaced; "
        "other files in the folder are left alone.",
        demo_options,
        run_demo,
    ),
    "explain": Command(
        "run a script and play the back-propagation of its loss, step by step",
        "Runs a script, finds its loss (the Value called loss, cost, L or J at its top level; or what backward() was "
        "called on last; or the last single number that has a name; or the cost of the model that it trains), and "
        "writes one page that plays the forward pass, the backward pass and a step of gradient descent with the "
        "numbers in the formulas. Arguments for the script go behind --.",
        explain_options,
        run_explain,
        runs_script=True,
    ),
    "watch-training": Command(
        "run a script and watch its trainings on a page that moves",
        "Runs a script, and shows every model.fit(...) in it on a page of its own: the loss, the graph with its "
        "weights and gradients, the decision boundary. The page keeps itself up to date while the script runs, and "
        "plays the training back afterwards. Nothing in the script has to be changed. Arguments for the script go "
        "behind --: autograd-lite watch-training script.py -- --epochs 20",
        watch_options,
        run_watch,
        runs_script=True,
    ),
    "course": Command("exercises that know which mistake you made", COURSE, course_options, run_course),
}


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
    for name, command in COMMANDS.items():
        usage = (
            f"autograd-lite {name} [options] script.py [-- arguments of the script]" if command.runs_script else None
        )
        command.options(commands.add_parser(name, help=command.help, description=command.description, usage=usage))
    return top


# ------------------------------------------------------------------------------- kinds of arguments


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


def page(text: str) -> Path:
    """A path where a page can be written."""
    path = Path(text)
    if path.suffix.lower() not in (".html", ".htm"):
        raise argparse.ArgumentTypeError(f"{text!r} was given; a page ends in .html")
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} was given; there is no folder {str(path.parent)!r}")
    return path.absolute()  # the script may change the working folder


# ------------------------------------------------------------------------------- main


def suggestion(arguments: Sequence[str]) -> str:
    """What a misspelt command should have been; empty if there is nothing to say."""
    given = next((a for a in arguments if not a.startswith("-")), "demo")
    if given in COMMANDS:
        return ""
    near = [name for name in COMMANDS if given in name] or get_close_matches(given, COMMANDS, n=1, cutoff=0.5)
    known = ", ".join(map(repr, COMMANDS))
    return f"there is no command {given!r}; " + (f"did you mean {near[0]!r}?" if near else f"there is {known}.")


def options_of(argv: Sequence[str]) -> argparse.Namespace:
    """The options, and in ``arguments`` those of a script; ends the program if it is used wrongly."""
    reader = parser()
    if misspelt := suggestion(argv):
        reader.error(misspelt)
    at = argv.index("--") if "--" in argv else len(argv)
    options = reader.parse_args(argv[:at])
    options.arguments = list(argv[at + 1 :])
    if options.arguments and not (options.command and COMMANDS[options.command].runs_script):
        reader.error(f"{options.command or 'this'} runs no script; it cannot do anything with {' '.join(argv[at:])}")
    if options.command is None:
        reader.print_help()
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status: 0 done, 1 failed, 2 used wrongly."""
    options = options_of(sys.argv[1:] if argv is None else argv)
    if options.command is None:
        return 0
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that knows no "α" shows "?", and the story goes on
    try:
        return COMMANDS[options.command].run(options)
    except BrokenPipeError:  # whoever was reading has seen enough: autograd-lite demo | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("\nautograd-lite: stopped.", file=sys.stderr)
        return 130
