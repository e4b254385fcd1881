"""Callbacks: what is told of each step of training, and may look, print, draw or stop it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["Callback", "CallbackList", "History"]

Logs = dict[str, float]


class Callback:
    """Told by ``fit`` of each batch and epoch; the names are Keras'. Override what you need.

    Attributes
    ----------
    model : Sequential
        The model that is trained. ``self.model.stop_training = True`` ends training after the epoch.
    params : dict
        ``epochs``, ``steps`` (batches an epoch).

    Examples
    --------
    >>> class Printer(Callback):
    ...     def on_epoch_end(self, epoch, logs):
    ...         print(epoch, logs["loss"])
    """

    model: Any = None
    params: dict[str, Any] = {}

    def on_train_begin(self) -> None:
        """Before the first epoch."""

    def on_train_end(self) -> None:
        """After the last epoch, also when training was interrupted."""

    def on_epoch_begin(self, epoch: int) -> None:
        """Before an epoch; they are counted from 0."""

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """After an epoch, with ``loss``, the metrics, and ``val_…`` of both."""

    def on_train_batch_begin(self, batch: int) -> None:
        """Before a batch of this epoch; they are counted from 0."""

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        """After a batch, with its own ``loss``."""


class History(Callback):
    """What ``fit`` returns: the cost and the metrics of every epoch.

    Attributes
    ----------
    history : dict of str to list of float
        ``history["loss"][k]`` is the cost in epoch k, the mean over its batches while the weights moved.
    epoch : list of int
    """

    def __init__(self) -> None:
        self.history: dict[str, list[float]] = {}
        self.epoch: list[int] = []

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        self.epoch.append(epoch)
        for name, value in logs.items():
            self.history.setdefault(name, []).append(value)

    def __repr__(self) -> str:
        if not self.epoch:
            return "<History of no epochs>"
        last = ", ".join(f"{name} {values[-1]:.4g}" for name, values in self.history.items())
        return f"<History of {len(self.epoch)} epochs: {last}>"


class CallbackList:
    """Several callbacks, told one after the other."""

    def __init__(self, callbacks: Iterable[Callback], model: Any, params: dict[str, Any]) -> None:
        self.callbacks = list(callbacks)
        for callback in self.callbacks:
            if not isinstance(callback, Callback):
                raise TypeError(f"fit takes Callback objects as callbacks; {callback!r} is none.")
            callback.model = model
            callback.params = params

    def tell(self, event: str, *args: Any) -> None:
        """Call the method of this name on each."""
        for callback in self.callbacks:
            getattr(callback, event)(*args)
