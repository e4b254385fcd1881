"""The course: exercises that know which mistake was made.

``autograd-lite course start`` makes a workspace; in notebooks it is ``%%exercise 13``.
An exercise is a folder in `exercises`; `checking` runs a student's file in a process of its own (`running`) and says
what is wrong with it (`contract`, `diagnosis`).
"""

from __future__ import annotations

from typing import Any

__all__ = ["load_ipython_extension"]


def load_ipython_extension(ipython: Any) -> None:
    """What ``%load_ext autograd_lite.course`` does: there is a ``%%exercise`` from now on."""
    from .notebook import exercise

    ipython.register_magic_function(exercise, "cell", "exercise")
