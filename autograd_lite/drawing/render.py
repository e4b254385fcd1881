"""DOT source to SVG, PNG or PDF, by Graphviz in a process of its own that can be stopped.

Never in this process: a layout cannot be interrupted, holds Python's lock as long as it takes,
and a fault in it would end the program that asked for a picture.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .layout.errors import DrawingFailed as DrawingFailed
from .layout.errors import DrawingTimeout as DrawingTimeout
from .layout.errors import GraphvizNotFound as GraphvizNotFound
from .layout.process import apart, complaint, kill

# Runs in the child. Whatever a library prints to its standard output goes to stderr; the picture
# alone goes to the pipe. The folder is that of pygraphviz, which -I may have hidden.
WORKER = """
import os, sys
pipe = os.fdopen(os.dup(1), "wb")
os.dup2(2, 1)
sys.path.append(sys.argv[2])
from pygraphviz import AGraph
graph = AGraph(string=sys.stdin.buffer.read().decode("utf-8"))
pipe.write(graph.draw(format=sys.argv[1], prog="dot"))
pipe.close()
"""

REFUSAL = re.compile(r"^(dot: )?Error:", re.MULTILINE)

PNG_DPI = 144


def rendered(dot: str, fmt: str, timeout: float) -> bytes:
    """The picture of a DOT source.

    Parameters
    ----------
    dot : str
    fmt : {"svg", "png", "pdf"}
    timeout : float
        Seconds after which the layout is stopped.

    Returns
    -------
    bytes

    Raises
    ------
    GraphvizNotFound
        If no engine is installed.
    DrawingTimeout
        If the layout takes longer; its process has then been ended.
    DrawingFailed
        If every engine refused.
    """
    if fmt == "png":
        dot = dot.replace("{", f"{{\n\tdpi={PNG_DPI}", 1)
    engines = commands(fmt)
    if not engines:
        raise GraphvizNotFound(
            "Pictures need Graphviz, and neither pygraphviz nor the program 'dot' was found. Install one of them: "
            "`pip install pygraphviz` (it brings Graphviz along), or the program from https://graphviz.org/download. "
            "Without it, draw(value).describe() lists the graph in words and draw(value).dot is its DOT source."
        )
    complaints = []
    for command in engines:
        picture, complaint = run(command, dot.encode("utf-8"), timeout)
        if picture and not complaint:
            return picture
        complaints.append(complaint or "Graphviz returned nothing.")
    raise DrawingFailed("Graphviz could not make the picture:\n" + "\n".join(complaints))


def commands(fmt: str) -> list[list[str]]:
    """The commands that can render, the one to prefer first."""
    found = []
    spec = importlib.util.find_spec("pygraphviz")
    if spec is not None and spec.origin and sys.executable:
        folder = str(Path(spec.origin).parent.parent)
        found.append([sys.executable, "-I", "-c", WORKER, fmt, folder])
    program = shutil.which("dot")
    if program:
        found.append([program, f"-T{fmt}"])
    return found


def run(command: list[str], source: bytes, timeout: float) -> tuple[bytes, str]:
    """What the command wrote, and what it complained about; nothing of it outlives this call."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **apart()
    )
    try:
        picture, stderr = process.communicate(source, timeout)
    except subprocess.TimeoutExpired:
        raise DrawingTimeout(
            f"Graphviz did not finish the layout in {timeout:g} s and was stopped. Draw a smaller part of the graph, "
            f"or allow more time: draw(value, timeout={3 * timeout:g})."
        ) from None
    finally:
        if process.poll() is None:  # too slow, or Ctrl-C
            kill(process)
            process.communicate()
    said = complaint(stderr)
    failed = process.returncode != 0 or REFUSAL.search(said)
    return picture, (said or f"exit status {process.returncode}") if failed else ""
