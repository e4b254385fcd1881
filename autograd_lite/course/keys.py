"""One key an action: keys that are read as they are pressed, and a terminal that is put back as it was."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

ENDS = ("SIGTERM", "SIGHUP")


class Keys:
    """The keyboard, in a ``with``. Where there is no terminal there are no keys, and time passes all the same.

    Attributes
    ----------
    are_there : bool
        Whether keys can be pressed.
    """

    def __init__(self) -> None:
        self.are_there = False
        self._put_back: list[Callable[[], Any]] = []

    def __enter__(self) -> Keys:
        try:
            self.are_there = sys.stdin is not None and sys.stdin.isatty()
        except ValueError:  # it is closed
            self.are_there = False
        if self.are_there and os.name == "posix":
            self._single_keys()
        for name in ENDS:
            self._on(name, ended)
        return self

    def __exit__(self, *_: object) -> None:
        while self._put_back:
            self._put_back.pop()()

    def _on(self, name: str, handler: Callable[[int, FrameType | None], Any]) -> None:
        """Do something at a signal, as long as this lasts."""
        number = getattr(signal, name, None)
        if number is not None:
            try:
                before = signal.signal(number, handler)
            except ValueError:  # not in the main thread
                return
            self._put_back.append(lambda: signal.signal(number, before))

    def _single_keys(self) -> None:
        """Keys come without Enter, and are not shown; Ctrl-C and Ctrl-Z do what they always do."""
        try:
            import termios
            import tty

            self._input = sys.stdin.fileno()
            before = termios.tcgetattr(self._input)
            tty.setcbreak(self._input, termios.TCSADRAIN)
        except Exception:  # a terminal of another kind
            self.are_there = False
            return
        self._put_back.append(lambda: termios.tcsetattr(self._input, termios.TCSADRAIN, before))
        self._on("SIGCONT", lambda *_: tty.setcbreak(self._input, termios.TCSADRAIN))

    def pressed(self, seconds: float) -> str:
        """The key that is pressed within so many seconds; empty if none is."""
        if not self.are_there:
            time.sleep(seconds)
            return ""
        return self._of_posix(seconds) if os.name == "posix" else of_windows(seconds)

    def _of_posix(self, seconds: float) -> str:
        import select

        if not select.select([self._input], [], [], seconds)[0]:
            return ""
        read = os.read(self._input, 64)
        if not read:  # the terminal is gone
            raise EOFError
        return read.decode("utf-8", "replace")[:1].lower()


def of_windows(seconds: float) -> str:
    import msvcrt

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if msvcrt.kbhit():  # type: ignore[attr-defined, unused-ignore]
            return str(msvcrt.getwch()).lower()  # type: ignore[attr-defined, unused-ignore]
        time.sleep(0.05)
    return ""


def ended(*_: object) -> None:
    """A signal that ends the program ends it through every ``finally``."""
    raise SystemExit(143)
