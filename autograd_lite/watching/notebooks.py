"""A page inside of a notebook: one output that is replaced. IPython is used where it runs, and never imported else."""

from __future__ import annotations

import sys
from typing import Any

from ..drawing.embedding import framed

HEIGHT = 900

UNTRUSTED = (
    "This is the network at the end of the training. The page that shows all of it is there when the notebook is "
    "trusted: run the cell, or choose File, Trust Notebook."
)


def in_notebook() -> bool:
    """True where IPython runs this code."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None


class Output:
    """One output of a notebook, shown again whenever there is something new."""

    def __init__(self) -> None:
        if not in_notebook():
            raise RuntimeError(
                "WatchTraining(path=None) shows the training in a notebook, and this is none. Give the page a name: "
                "WatchTraining('training.html')."
            )
        self._handle: Any = None

    def show(self, page: str, title: str, still: str = "") -> None:
        """Show a page in the place of the last one. It runs its own script, and nothing of the notebook's.

        A notebook that is not trusted takes the frame away and keeps what is in it: a still picture, and what to do.
        """
        display: Any = sys.modules["IPython"].display.display
        frame = framed(page, title, HEIGHT, f"{still}<p>{UNTRUSTED}</p>")
        bundle = {"text/html": f"<div>{frame}</div>", "text/plain": title}
        if self._handle is None:
            self._handle = display(bundle, raw=True, display_id=True)
        else:
            self._handle.update(bundle, raw=True)
