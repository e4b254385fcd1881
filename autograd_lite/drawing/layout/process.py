"""Processes that make pictures: started so that nothing but us can stop them, and ended with all their children.

Never in this process: Graphviz cannot be interrupted, holds Python's lock as long as it takes, and a fault in it would
end the program that asked for a picture.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from time import monotonic
from typing import Any

NOISE = re.compile(r"^Fontconfig|Pango-WARNING|^\s*$|^Warning: graph has \d+ nodes")

SLICE = 0.1
"""Seconds that are waited at one go: on Windows Ctrl-C is only heard in between."""


def apart() -> dict[str, Any]:
    """Start the process in a group of its own, so that it can be ended with its children, and by nothing else."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            with suppress(ProcessLookupError, PermissionError):  # it ended by itself just now
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def complaint(stderr: bytes) -> str:
    """What a process complained about, without what libraries say whatever happens."""
    lines = stderr.decode("utf-8", "replace").splitlines()
    return "\n".join(line for line in lines if not NOISE.search(line))


def answered(command: list[str], question: bytes, until: float) -> tuple[bytes, str, int]:
    """What a program writes when it is asked, what it complains about, and its exit status; nothing outlives this call.

    Raises
    ------
    TimeoutError
        If it is not finished at the time ``until`` of the monotonic clock.
    OSError
        If it cannot be started.
    """
    with tempfile.TemporaryFile() as file:  # a pipe would be forgotten half filled when the first wait ends
        file.write(question)
        file.seek(0)
        process = subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **apart())
    try:
        while True:
            left = until - monotonic()
            try:
                output, stderr = process.communicate(timeout=max(0.0, min(SLICE, left)))
                return output, complaint(stderr), process.returncode
            except subprocess.TimeoutExpired:
                if left <= SLICE:
                    raise TimeoutError from None
    finally:
        kill(process)
        close_pipes(process)
