"""What runs in the student's process: it loads the student's file and answers questions with what is defined there.

It knows no answers. It is started as a file by itself, so it imports the standard library and NumPy alone. The parent
uses the same functions for the reference and for wrong answers, so that all are asked in the same way.
"""

import base64
import builtins
import json
import os
import signal
import sys
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np

PRINTED = 2_000
"""Characters of what a student's code prints that are kept; of the rest the number is."""

DEEPEST, LARGEST = 8, 4_000_000
"""Of answers: how deep lists may be nested, and how many numbers an array may hold."""


class NotReadable(Exception):
    """An answer of a kind that no exercise asks for."""


# ------------------------------------------------------------------------------- numbers as text


def encoded(x: Any, depth: int = 0) -> Any:
    """Numbers, arrays and containers of them as JSON; only exact types, whose methods nobody can have replaced."""
    if depth > DEEPEST:
        raise NotReadable("a list that is nested too deep")
    kind = type(x)
    if x is None or kind in (bool, int, str):
        return x if kind is not int or abs(x) < 2**63 else float(x)
    if kind is float:
        return {"float": repr(x)}
    if kind is complex:
        return {"complex": [repr(x.real), repr(x.imag)]}
    if kind is np.ndarray and x.dtype.kind in "fiubc" and x.size <= LARGEST:
        return {
            "array": [x.dtype.str, list(x.shape), base64.b64encode(np.ascontiguousarray(x).tobytes()).decode("ascii")]
        }
    if isinstance(x, np.generic) and kind in (np.float64, np.float32, np.int64, np.int32, np.bool_, np.float16):
        return {"scalar": [x.dtype.str, repr(x.item())]}
    if isinstance(x, tuple) and kind is not tuple:  # a named one: read without its own methods
        x = tuple(tuple.__getitem__(x, k) for k in range(tuple.__len__(x)))
        kind = tuple
    if kind in (list, tuple):
        return {kind.__name__: [encoded(part, depth + 1) for part in x]}
    if kind is dict and all(type(key) is str for key in x):
        return {"dict": {key: encoded(part, depth + 1) for key, part in x.items()}}
    if kind is np.ndarray:
        raise NotReadable(f"an array of dtype {x.dtype}")
    raise NotReadable(f"an object of type {kind.__name__}")


def decoded(x: Any) -> Any:
    """The opposite of `encoded`."""
    if not isinstance(x, dict):
        return x
    ((kind, content),) = x.items()
    if kind == "float":
        return float(content)
    if kind == "complex":
        return complex(*map(float, content))
    if kind == "array":
        dtype, shape, data = content
        return np.frombuffer(base64.b64decode(data), np.dtype(dtype)).reshape(shape).copy()
    if kind == "scalar":
        dtype, text = content
        return np.dtype(dtype).type({"True": True, "False": False}.get(text) if "b" in dtype else float(text))
    if kind == "list":
        return [decoded(part) for part in content]
    if kind == "tuple":
        return tuple(decoded(part) for part in content)
    return {key: decoded(part) for key, part in content.items()}


# ------------------------------------------------------------------------------- questions


def evaluated(names: dict[str, Any], question: dict[str, Any], file: str) -> dict[str, Any]:
    """The answer of some code to a question: a value, or how it failed; and which arguments it changed.

    Parameters
    ----------
    names : dict
        What the code defines; it is not changed.
    question : dict
        ``setup``, ``returns`` and the encoded ``arguments`` of a probe.
    file : str
        The name of the code's file, to find its lines.
    """
    arguments = {name: decoded(x) for name, x in question["arguments"].items()}
    space = {**names, **arguments}
    try:
        exec(compiled(question["setup"], "exec"), space)
        value = eval(compiled(question["returns"], "eval"), space)
        answer: dict[str, Any] = {"value": encoded(value)}
    except NotReadable as problem:
        answer = {"unreadable": str(problem)}
    except BaseException as error:
        answer = {"failed": failure(error, file)}
    changed = [name for name, x in arguments.items() if not is_as_before(x, question["arguments"][name])]
    return answer | ({"changed": changed} if changed else {})


def is_as_before(x: Any, before: Any) -> bool:
    """True if an argument is what it was; what cannot even be read any more is not."""
    try:
        return bool(encoded(x) == before)
    except Exception:
        return False


@lru_cache(maxsize=512)
def compiled(source: str, mode: str) -> Any:
    """Lines of a check, compiled: many answers are asked for with the same lines."""
    return compile(source, "<the check>", mode)


def failure(error: BaseException, file: str) -> dict[str, Any]:
    """An error as text, with the last line of the student's file that led to it."""
    line, beside, place = None, "", error.__traceback__
    while place is not None:
        name = place.tb_frame.f_code.co_filename
        if name == file:
            line, beside = place.tb_lineno, ""
        elif is_beside(name):
            beside = f" (in {os.path.basename(name)}, line {place.tb_lineno})"
        place = place.tb_next
    if isinstance(error, SyntaxError) and error.filename == file:
        line = error.lineno
    try:
        says = str(error)
    except BaseException:
        says = "(its message cannot be read)"
    name = type(error).__name__
    return {"error": str(name)[:80], "says": says[:600] + beside, "line": line}


def is_beside(name: str) -> bool:
    """True if a name is that of a file in the student's folder: an earlier exercise that this one imports."""
    folder = os.path.dirname(name)
    ours = (os.path.dirname(os.__file__), os.path.dirname(is_beside.__code__.co_filename))
    return name.endswith(".py") and folder in sys.path and folder not in ours


class Printed:
    """Takes what is printed, and keeps its beginning."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text, self.length = "", 0

    def write(self, text: str) -> int:
        self.length += len(text)
        if len(self.text) < PRINTED:
            self.text += text[: PRINTED - len(self.text)]
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


# ------------------------------------------------------------------------------- the process


def limited(seconds: int, megabytes: int) -> None:
    """Limits that the operating system keeps, as far as it has them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, limit in (
        ("RLIMIT_CPU", seconds), ("RLIMIT_AS", megabytes * 2**20), ("RLIMIT_FSIZE", 10 * 2**20), ("RLIMIT_CORE", 0),
    ):  # fmt: skip
        try:
            resource.setrlimit(getattr(resource, what), (limit, limit + (what == "RLIMIT_CPU")))
        except (ValueError, OSError):  # macOS knows no limit of memory
            continue


def serve() -> None:
    """Answer questions until there are no more."""
    settings = json.loads(sys.argv[1])
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    limited(settings["seconds"], settings["megabytes"])
    sys.path[:0] = settings["path"]
    builtins.exit = builtins.quit = sys.exit  # type: ignore[assignment]  # which a start without `site` leaves out
    names: dict[str, Any] = {}
    file = settings["file"]
    while line := questions.readline():
        question = json.loads(line)
        if hasattr(signal, "alarm"):  # whoever asked may be gone, and nobody would stop this process
            signal.alarm(settings["patience"])
        sys.stdout = sys.stderr = printed = Printed()  # type: ignore[assignment]
        answer = loaded(question["source"], file, names) if "source" in question else evaluated(names, question, file)
        said = {"printed": printed.text, "length": printed.length} if printed.length else {}
        answers.write(json.dumps({"id": question["id"], **answer, **said}).encode() + b"\n")
        answers.flush()


def loaded(source: str, file: str, names: dict[str, Any]) -> dict[str, Any]:
    """Run a student's file."""
    module = ModuleType("answers")
    module.__file__ = file
    sys.modules["answers"] = module
    try:
        exec(compile(source, file, "exec"), module.__dict__)
    except BaseException as error:
        return {"failed": failure(error, file)}
    names.update(module.__dict__)
    return {"value": sorted(name for name in names if not name.startswith("__"))}


if __name__ == "__main__":
    serve()
