"""The student's process: started, asked, ended."""

from __future__ import annotations

import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..authoring import Probe
from . import driver

MEGABYTES = 1_500
LONGEST_LINE = 64 * 2**20
STARTING = 30.0
"""Seconds that Python and NumPy may take to start on a busy machine."""


@dataclass(frozen=True)
class Failure:
    """An answer that ended in an error.

    Attributes
    ----------
    error, says : str
        ``ValueError`` and its message.
    line : int or None
        Of the student's file.
    """

    error: str
    says: str
    line: int | None = None


@dataclass(frozen=True)
class Answer:
    """What some code answered to a probe.

    Attributes
    ----------
    value : Any
        Numbers, arrays, containers of them.
    failure : Failure or None
    unreadable : str
        Of what kind it was, if no exercise can ask for it: ``an object of type matrix``.
    changed : tuple of str
        The arguments that it changed.
    printed : str
        The beginning of what it printed.
    printed_length : int
    """

    value: Any = None
    failure: Failure | None = None
    unreadable: str = ""
    changed: tuple[str, ...] = ()
    printed: str = ""
    printed_length: int = 0

    @property
    def has_value(self) -> bool:
        return self.failure is None and not self.unreadable


class ChildEnded(Exception):
    """The student's process ended, or was ended, before it answered.

    Attributes
    ----------
    state : {"timeout", "killed", "left", "garbled"}
        It took too long; the system ended it (memory, a crash); it ended by itself (``os._exit``); it answered
        something that was not asked.
    says : str
        For the student.
    """

    def __init__(self, state: str, says: str) -> None:
        super().__init__(says)
        self.state = state
        self.says = says


def question_of(probe: Probe) -> dict[str, Any]:
    """A probe as the driver understands it."""
    arguments = {name: driver.encoded(x) for name, x in probe.arguments.items()}
    return {"setup": probe.setup, "returns": probe.returns, "arguments": arguments}


def answer_of(reply: Mapping[str, Any]) -> Answer:
    """What a reply says."""
    failed = reply.get("failed")
    return Answer(
        value=driver.decoded(reply["value"]) if "value" in reply else None,
        failure=Failure(str(failed["error"]), str(failed["says"]), failed["line"]) if failed else None,
        unreadable=str(reply.get("unreadable", "")),
        changed=tuple(map(str, reply.get("changed", ()))),
        printed=str(reply.get("printed", "")),
        printed_length=int(reply.get("length", 0)),
    )


def answer_here(names: dict[str, Any], probe: Probe, file: str = "<trusted>") -> Answer:
    """What code of our own answers, in this process: the reference, and wrong answers."""
    with np.errstate(all="ignore"):
        return answer_of(driver.evaluated(names, question_of(probe), file))


@dataclass
class Child:
    """A process with a student's code in it. Use it in a ``with``.

    Parameters
    ----------
    source : str
        The student's file.
    file : str
        Its name, for error messages.
    folder : Path, optional
        Where the student's other exercises can be imported from.
    seconds : float
        Of processor time in all, and twice as many on the clock for each question.
    """

    source: str
    file: str = "answers.py"
    folder: Path | None = None
    seconds: float = 5.0

    def __enter__(self) -> Child:
        self._room = tempfile.TemporaryDirectory(prefix="autograd_lite_")
        room = Path(self._room.name)
        path = [*numpy_alone(room / "libraries"), *([str(self.folder)] if self.folder else [])]
        settings = {"seconds": int(self.seconds) + 1, "megabytes": MEGABYTES, "path": path, "file": self.file}
        settings["patience"] = int(STARTING + 2 * self.seconds) + 5
        work = room / "work"
        work.mkdir()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", "-c", STARTER, json.dumps(settings), driver.__file__, *path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=work,
            env=environment(work), start_new_session=True,
        )  # fmt: skip
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._is_ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        self._room.cleanup()

    def _read(self) -> None:
        """Put every line that the child writes into the queue; an empty one when it has ended."""
        stream = self._process.stdout
        assert stream is not None
        with stream:
            while line := stream.readline(LONGEST_LINE):
                self._lines.put(line)
        self._lines.put(b"")

    # ------------------------------------------------------------------ questions

    def load(self) -> Answer:
        """Run the student's file.

        Raises
        ------
        ChildEnded
        """
        return self._ask({"source": self.source}, STARTING + 2 * self.seconds)

    def ask(self, probe: Probe, seconds: float | None = None) -> Answer:
        """Ask a question.

        Raises
        ------
        ChildEnded
        """
        return self._ask(question_of(probe), 2 * (seconds or self.seconds) + 1)

    def _ask(self, question: dict[str, Any], patience: float) -> Answer:
        label = secrets.token_hex(8)
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(json.dumps({"id": label, **question}).encode() + b"\n")
            stdin.flush()
        except OSError:
            raise self._ended() from None
        return answer_of(self._reply(label, patience))

    def _reply(self, label: str, patience: float) -> dict[str, Any]:
        """The answer with this label."""
        until = time.monotonic() + patience
        while True:
            try:
                line = self._lines.get(timeout=min(0.1, max(0.001, until - time.monotonic())))
            except queue.Empty:
                if time.monotonic() < until:
                    continue  # short waits: Ctrl-C is heard on every system
                self.end()
                raise ChildEnded("timeout", too_long(self.seconds)) from None
            if not line:
                raise self._ended()
            return read_reply(line, label)

    def _ended(self) -> ChildEnded:
        """Why the process ended."""
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:  # it has closed its ends of the pipes, and goes on
            self.end()
            return ChildEnded("garbled", GARBLED)
        if status in (-getattr(signal, "SIGXCPU", 24), -getattr(signal, "SIGKILL", 9)):
            return ChildEnded(
                "timeout" if status == -getattr(signal, "SIGXCPU", 24) else "killed", too_long(self.seconds)
            )
        if status < 0:
            name = signal.Signals(-status).name
            return ChildEnded("killed", f"Your code brought Python itself down ({name}). Endless recursion does that.")
        return ChildEnded(
            "left", f"Your code ended the program before it answered (exit status {status}): is there an exit() in it?"
        )

    def end(self) -> None:
        """End the process and everything that it started."""
        if not self._is_ended:  # only once: the number may belong to another process afterwards
            self._is_ended = True
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (OSError, AttributeError):
                self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self._reader.join(1)  # it closes the other pipe, unless a process that has run away holds it open


STARTER = """\
import sys
settings, driver = sys.argv[1], sys.argv[2]
sys.path[:0] = sys.argv[3:]
sys.argv = [driver, settings]
with open(driver, encoding="utf-8") as file:
    exec(compile(file.read(), driver, "exec"), {"__name__": "__main__", "__file__": driver})
"""


GARBLED = (
    "Your code disturbed the check itself: it started a second process (fork), or wrote into a file that it has not "
    "opened. Print with print() alone."
)


def read_reply(line: bytes, label: str) -> dict[str, Any]:
    """A line as the reply to the question with this label."""
    try:
        reply = json.loads(line)
        if reply.pop("id") == label:
            return dict(reply)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        pass
    raise ChildEnded("garbled", GARBLED)


def too_long(seconds: float) -> str:
    return (
        f"Your code took longer than {seconds:g} seconds and was stopped. Is there a loop that never ends, or a while "
        f"whose condition stays true?"
    )


def numpy_alone(folder: Path) -> list[str]:
    """A folder in which NumPy is the only library, where links can be made; else the one that NumPy is in."""
    home = Path(np.__file__).parent
    folder.mkdir()
    try:
        for library in (home, home.parent / "numpy.libs"):
            if library.is_dir():
                (folder / library.name).symlink_to(library, target_is_directory=True)
    except OSError:
        return [str(home.parent)]
    return [str(folder)]


def environment(home: Path) -> dict[str, str]:
    """Only what Python and NumPy need."""
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "LANG")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "HOME": str(home), "TMPDIR": str(home), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
    }  # fmt: skip
