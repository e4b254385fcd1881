"""A student's script, run in this process as ``python script.py`` would run it, for a page about it.

What happens in it can be watched without a change in it: see `every_fit_told`.
"""

from __future__ import annotations

import builtins
import inspect
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from .callbacks import Callback, as_list

__all__ = ["every_fit_told", "run_script"]

MAIN = "__main__"


def run_script(
    path: str | os.PathLike[str], arguments: Sequence[str] = (), names: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Run a script to its end, and give the names that it leaves.

    It finds what it would find under ``python script.py``: its arguments in ``sys.argv``, its folder in ``sys.path``,
    ``__name__ == "__main__"``. An error in it is shown as Python shows it, without the lines of this package that run
    the script.

    Parameters
    ----------
    path : str or path
    arguments : list of str
        What stands behind the script's name on its command line.
    names : dict, optional
        Is given the names that the script leaves, also if it does not run to its end.

    Returns
    -------
    dict of str to Any

    Raises
    ------
    FileNotFoundError, IsADirectoryError, PermissionError, ValueError
        If there is no such script, or it is something else; nothing was run.
    SystemExit
        If the script calls ``sys.exit``, with its status; if an error ends it, with status 1.
    KeyboardInterrupt
        If somebody stops it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     script = Path(folder) / "double.py"
    ...     _ = script.write_text("import sys; x = 2 * int(sys.argv[1])", encoding="utf-8")
    ...     run_script(script, ["21"])["x"]
    42
    """
    path = Path(path)
    source = source_of(path)
    file = os.path.abspath(path)
    module = main_module(file)
    with as_main(module, [str(path), *map(str, arguments)]):
        try:
            exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)
        except Exception as error:
            show(error, file)
            raise SystemExit(1) from None
        finally:
            if names is not None:
                names.update(vars(module))
    return vars(module)


def source_of(path: Path) -> bytes:
    """The text of a script, or why there is none."""
    if path.is_dir():
        raise IsADirectoryError(f"{str(path)!r} is a folder; a script is a file: {str(path / 'script.py')!r}, say.")
    if not path.exists():
        near = sorted(p.name for p in path.parent.glob("*.py"))[:5] if path.parent.is_dir() else []
        there = f" There is {', '.join(near)}." if near else ""
        raise FileNotFoundError(f"There is no script {str(path)!r}; the folder here is {os.getcwd()}.{there}")
    if path.suffix == ".ipynb":
        raise ValueError(
            f"{str(path)!r} is a notebook, no script. Save it as one first: jupyter nbconvert --to script {path.name}"
        )
    try:
        return path.read_bytes()
    except PermissionError:
        raise PermissionError(f"The script {str(path)!r} may not be read by you: look at its permissions.") from None


def main_module(file: str) -> ModuleType:
    """An empty module that takes the place of ``__main__``."""
    module = ModuleType(MAIN)
    module.__file__ = file
    module.__loader__ = SourceFileLoader(MAIN, file)
    module.__dict__.update(__builtins__=builtins, __cached__=None)
    return module


@contextmanager
def as_main(module: ModuleType, argv: list[str]) -> Iterator[None]:
    """The module is ``__main__`` for a while, with these arguments; then everything is as it was."""
    before = sys.argv, sys.path, sys.modules[MAIN]
    sys.argv, sys.path, sys.modules[MAIN] = argv, [os.path.dirname(str(module.__file__)), *sys.path], module
    try:
        yield
    finally:
        sys.argv, sys.path, sys.modules[MAIN] = before


def show(error: Exception, file: str) -> None:
    """Show an error as Python does, from the script's own lines on; a script may have changed how that is."""
    trace: TracebackType | None = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename != file:
        trace = trace.tb_next
    error.__traceback__ = trace
    sys.stdout.flush()  # what it printed comes first
    sys.excepthook(type(error), error, trace)


@contextmanager
def every_fit_told(trainer: type, callbacks: Callable[[], Sequence[Callback]]) -> Iterator[None]:
    """While this lasts, each ``fit`` of such models tells some more callbacks what it does.

    Parameters
    ----------
    trainer : class
        Of the models: ``Sequential``.
    callbacks : callable
        Makes those of one call of ``fit``.
    """
    fit, own = trainer.fit, "fit" in vars(trainer)  # type: ignore[attr-defined]
    signature = inspect.signature(fit)

    @wraps(fit)
    def telling(*args: Any, **settings: Any) -> Any:
        try:
            given = signature.bind(*args, **settings)
        except TypeError:
            return fit(*args, **settings)  # which says what is wrong with the call
        given.arguments["callbacks"] = [*as_list(given.arguments.get("callbacks")), *callbacks()]
        return fit(*given.args, **given.kwargs)

    trainer.fit = telling  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if own:
            trainer.fit = fit  # type: ignore[attr-defined]
        else:
            del trainer.fit  # type: ignore[attr-defined]
