"""What was seen of a training: curves of all epochs, and moments, of which there are never too many."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from ..drawing.embedding import as_json
from ..drawing.text import clean

MOST_MOMENTS, MOST_BYTES = 200, 2_400_000
MOST_POINTS = 2000
"""Points of a curve; of longer trainings every second one is kept, or every fourth, …"""


class Recording:
    """The record of one training, as text that a page reads.

    Parameters
    ----------
    most : int
        Moments that are kept. When there are more, every second one is forgotten.

    Attributes
    ----------
    epochs : list of int
        Those of the points of the curves, from 1.
    curves : dict of str to list of float
        What ``fit`` said of these epochs, by name: the loss, the metrics, ``val_…``.
    moments : list of (float, str)
        After which epoch, and what was seen, as JSON.
    stride : int
        Moments are this many epochs apart.
    """

    def __init__(self, most: int = MOST_MOMENTS, stride: int = 1) -> None:
        self.most, self.stride = most, stride
        self.epochs: list[int] = []
        self.curves: dict[str, list[float | None]] = {}
        self.moments: list[tuple[float, str]] = []
        self._step = 1

    def add_logs(self, epoch: int, logs: dict[str, Any]) -> None:
        """What ``fit`` says after an epoch, counted from 1."""
        if (epoch - 1) % self._step:
            return
        for name, value in logs.items():
            curve = self.curves.setdefault(name, [None] * len(self.epochs))
            curve.append(finite(value))
        self.epochs.append(epoch)
        for curve in self.curves.values():
            curve += [None] * (len(self.epochs) - len(curve))
        if len(self.epochs) > MOST_POINTS:
            self._step *= 2
            self.epochs = self.epochs[::2]
            self.curves = {name: curve[::2] for name, curve in self.curves.items()}

    def wants(self, epoch: float) -> bool:
        """True if this epoch, counted from 1, is one of those that are kept."""
        return epoch % self.stride == 0

    def add(self, epoch: float, moment: dict[str, Any], last: bool = False) -> None:
        """A moment; the first and the last one are always kept."""
        text = as_json({"e": epoch} | moment)
        while len(self.moments) >= self.most or (len(self.moments) > 8 and self.size + len(text) > MOST_BYTES):
            self.moments = self.moments[::2]
            self.stride *= 2
        if last or self.wants(epoch):
            self.moments.append((epoch, text))

    @property
    def size(self) -> int:
        """Characters of all moments."""
        return sum(len(text) for _, text in self.moments)

    def text(self, facts: dict[str, Any], only_last: bool = False) -> str:
        """Everything as JSON that can stand in a page."""
        curves = [{"name": clean(name, 40), "values": list(map(brief, curve))} for name, curve in self.curves.items()]
        head = as_json(facts | {"epochs": self.epochs, "curves": curves})
        moments = ",".join(text for _, text in (self.moments[-1:] if only_last else self.moments))
        return f'{head[:-1]},"moments":[{moments}]}}'


def finite(x: Any) -> float | None:
    """A number, or None for nan, infinities, and what is no number."""
    try:
        x = float(x)
    except (TypeError, ValueError):
        return None
    return x if math.isfinite(x) else None


def brief(x: float | None) -> float | None:
    """With six digits."""
    return None if x is None else float(f"{x:.6g}")


def briefly(numbers: Iterable[float | None]) -> list[float | None]:
    """With four digits each."""
    return [None if x is None else float(f"{x:.4g}") for x in numbers]
