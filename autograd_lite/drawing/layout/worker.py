"""pygraphviz in processes that stay: the first picture waits for one to start, later ones do not.

Each job takes a process that is idle, or starts one; so threads never wait for each other. A process that was too slow,
was interrupted or broke is ended; after many jobs one is ended too, since Graphviz loses a little memory in each.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO

from .process import SLICE, apart, close_pipes, complaint, kill

JOBS = 500
"""After so many jobs a process is ended: each loses about 10 kB."""
IDLE = 2
"""So many idle processes are kept."""

# Runs in the child. Whatever a library prints to its standard output goes to stderr; answers alone go to
# the pipe: four bytes of length, then the answer; the length 0 if Graphviz refused. The folder is that of
# pygraphviz, which -I may have hidden.
LOOP = """
import os, sys
answers = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
sys.path.append(sys.argv[1])
from pygraphviz import AGraph
questions = sys.stdin.buffer
while size := questions.read(4):
    text = questions.read(int.from_bytes(size, "big")).decode("ascii")
    try:
        graph = AGraph(string=text)
        answer = graph.draw(format="json0", prog="dot")
        graph.close()
    except Exception as problem:
        print(f"{type(problem).__name__}: {problem}", file=sys.stderr, flush=True)
        answer = b""
    answers.write(len(answer).to_bytes(4, "big") + answer)
    answers.flush()
"""


class WorkerBroke(RuntimeError):
    """Graphviz refused; the message holds what it said."""


class WorkerEnded(WorkerBroke):
    """The process ended before it answered."""


def folder() -> str:
    """Where pygraphviz is installed; empty if it is not, or if no Python can be started to run it."""
    if not sys.executable or getattr(sys, "frozen", False):
        return ""
    spec = importlib.util.find_spec("pygraphviz")
    return str(Path(spec.origin).parent.parent) if spec is not None and spec.origin else ""


class Worker:
    """One process, and what it was asked so far."""

    def __init__(self) -> None:
        self.jobs = 0
        self.thread: threading.Thread | None = None
        self.stderr = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close())
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-c", LOOP, folder()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.stderr,
                bufsize=0,
                **apart(),
            )
        except BaseException:
            self.stderr.close()
            raise

    def ask(self, question: bytes, until: float) -> bytes:
        """The answer; raises TimeoutError, WorkerBroke or WorkerEnded, and must be closed after any exception."""
        self.jobs += 1
        answers: list[bytes] = []
        # A thread of its own waits for the pipe: the only way that can be interrupted on every system.
        self.thread = thread = threading.Thread(target=self.exchange, args=(question, answers), daemon=True)
        thread.start()
        while thread.is_alive():
            left = until - monotonic()
            if left <= 0:
                raise TimeoutError
            thread.join(min(SLICE, left))
        said = self.said()
        if not answers:
            self.process.wait()
            raise WorkerEnded(said or f"it ended with exit status {self.process.returncode}")
        if not answers[0]:
            raise WorkerBroke(said or "no answer")
        return answers[0]

    def exchange(self, question: bytes, answers: list[bytes]) -> None:
        pipe, results = self.process.stdin, self.process.stdout
        assert pipe is not None
        assert results is not None
        with suppress(OSError, ValueError):  # it ended, or was ended
            data = memoryview(len(question).to_bytes(4, "big") + question)
            while data:
                data = data[pipe.write(data) :]
            size = int.from_bytes(read(results, 4), "big")
            answers.append(read(results, size))

    def said(self) -> str:
        """What it wrote to its standard error since this was last asked."""
        self.stderr.seek(0)
        text = self.stderr.read()
        self.stderr.seek(0)
        self.stderr.truncate()
        return complaint(text)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        kill(self.process)
        if self.thread is not None:
            self.thread.join(1.0)  # it reads from a pipe that is about to be closed
        close_pipes(self.process)
        self.stderr.close()


def read(pipe: IO[bytes], size: int) -> bytes:
    """Exactly so many bytes; raises OSError if there are no more."""
    data = b""
    while len(data) < size:
        part = pipe.read(size - len(data))
        if not part:
            raise OSError("the pipe was closed")
        data += part
    return data


class Workers:
    """The processes that are idle, and all that run."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.idle: list[Worker] = []
        self.running: set[Worker] = set()

    def ask(self, question: bytes, until: float) -> bytes:
        """The answer of a process to a question; raises TimeoutError, WorkerBroke or OSError."""
        while True:
            worker = self.take()
            fresh, healthy = not worker.jobs, False
            try:
                answer = worker.ask(question, until)
                healthy = True
                return answer
            except WorkerEnded:
                if fresh:
                    raise  # else it was perhaps ended by somebody while it was idle
            finally:
                self.give_back(worker, healthy)

    def take(self) -> Worker:
        """One that is idle and still runs, or a new one."""
        while True:
            with self.lock:
                worker = self.idle.pop() if self.idle else None
            if worker is None:
                break
            if worker.process.poll() is None:
                return worker
            self.give_back(worker, healthy=False)
        worker = Worker()
        with self.lock:
            self.running.add(worker)
        return worker

    def give_back(self, worker: Worker, healthy: bool) -> None:
        with self.lock:
            keep = healthy and worker.jobs < JOBS and len(self.idle) < IDLE
            if keep:
                self.idle.append(worker)
            else:
                self.running.discard(worker)
        if not keep:
            worker.close()

    def close(self) -> None:
        """End all; the next job starts a new one."""
        with self.lock:
            running, self.running, self.idle = self.running, set(), []
        for worker in running:
            with suppress(OSError):
                worker.close()

    def forget(self) -> None:
        """After a fork: the processes are the parent's; only this side's ends of the pipes are closed."""
        self.lock = threading.Lock()
        for worker in self.running:
            worker.process.returncode = 0  # not ours to wait for
            for pipe in (worker.process.stdin, worker.process.stdout, worker.stderr):
                if pipe is not None:
                    pipe.close()
        self.running, self.idle = set(), []


WORKERS = Workers()
atexit.register(WORKERS.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=WORKERS.forget)
