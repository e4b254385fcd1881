"""Callbacks: what is told of each step of training, and may look, print, draw or stop it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

__all__ = ["Callback", "CallbackList", "History"]

Logs = dict[str, float]


class Callback:
    """Told by ``fit`` of each batch and epoch; the names are Keras'. Override what you need.

    Every method is given ``logs``, as in Keras: a dict, empty at the beginning of something. A
    method of yours may leave that last parameter out.

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
    sees_weights = True  # between the steps of an epoch; of a callback that does not, training is faster

    def set_data(self, x: Any, y: Any) -> None:
        """Before training: the examples and labels that it will see, as arrays. They are not to be changed."""

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Before the first epoch."""

    def on_train_end(self, logs: Logs | None = None) -> None:
        """After the last epoch, also when training was interrupted; with the last epoch's numbers."""

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Before an epoch; they are counted from 0."""

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """After an epoch, with ``loss``, the metrics, and ``val_…`` of both."""

    def on_train_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
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

    def plot(self, ax: Any = None, metrics: str | Sequence[str] | None = None, log: bool = False) -> Any:
        """Draw the cost and the metrics, of training and of validation, against the epoch.

        Parameters
        ----------
        ax : matplotlib Axes, or a sequence of them, optional
            Where to draw; else in a new figure of pyplot, with a panel for each quantity.
        metrics : str or list of str, optional
            Which, such as ``"loss"``; all by default.
        log : bool
            A logarithmic axis for the cost.

        Returns
        -------
        matplotlib Axes, or ndarray of Axes
            One if ``ax`` is one or ``metrics`` is one name; else an array of them, a panel each.

        Raises
        ------
        ValueError
            If there are no epochs yet, or there is no curve of that name.
        ImportError
            If matplotlib is not installed.

        Examples
        --------
        >>> from matplotlib.figure import Figure
        >>> history = History()
        >>> history.on_epoch_end(0, {"loss": 0.7, "val_loss": 0.8})
        >>> [line.get_label() for line in history.plot(ax=Figure().subplots()).lines]
        ['training', 'validation']
        """
        from .plots import training_curves  # only for those who plot

        return training_curves(self, ax, metrics, log)

    def __repr__(self) -> str:
        if not self.epoch:
            return "<History of no epochs>"
        last = ", ".join(f"{name} {values[-1]:.4g}" for name, values in self.history.items())
        return f"<History of {len(self.epoch)} epochs: {last}>"


EVENTS = {
    "on_train_begin": 0, "on_train_end": 0, "on_epoch_begin": 1, "on_epoch_end": 1, "on_train_batch_begin": 1,
    "on_train_batch_end": 1,
}  # fmt: skip
"""What is told, and how many arguments come before ``logs``."""


class CallbackList:
    """Several callbacks, told one after the other; of each event only those that do something about it.

    Raises
    ------
    TypeError
        If one is no Callback.
    """

    def __init__(
        self, callbacks: Iterable[Callback], model: Any, params: dict[str, Any], data: tuple[Any, Any] | None = None
    ) -> None:
        self.callbacks = list(callbacks)
        for callback in self.callbacks:
            if not isinstance(callback, Callback):
                meant = f" Did you mean {callback.__name__}()?" if isinstance(callback, type) else ""
                raise TypeError(f"fit takes Callback objects as callbacks; {callback!r} is none.{meant}")
            callback.model = model
            callback.params = params
            if data is not None:
                callback.set_data(*data)
        self.told = {
            event: [listener(getattr(c, event), before) for c in self.callbacks if listens(c, event)]
            for event, before in EVENTS.items()
        }

    @property
    def sees_steps(self) -> bool:
        """True if somebody is told of each batch and may look at the weights then."""
        return any(
            c.sees_weights and (listens(c, "on_train_batch_begin") or listens(c, "on_train_batch_end"))
            for c in self.callbacks
        )

    def tell(self, event: str, *args: Any) -> None:
        """Call the method of this name on each."""
        for told in self.told[event]:
            told(*args)


def listens(callback: Callback, event: str) -> bool:
    """True if the callback has a method of its own for this event."""
    return getattr(getattr(callback, event), "__func__", None) is not getattr(Callback, event)


def listener(method: Callable[..., Any], before: int) -> Callable[..., Any]:
    """The method, or where it takes no ``logs``, the method without them."""
    try:
        inspect.signature(method).bind(*range(before + 1))
    except TypeError:
        return lambda *args: method(*args[:before])
    return method


def as_list(callbacks: Callback | Iterable[Callback] | None) -> list[Callback]:
    """What was given to ``fit``: none, one, or several callbacks.

    Raises
    ------
    TypeError
        If it is something else.

    Examples
    --------
    >>> as_list(None), as_list(History())
    ([], [<History of no epochs>])
    """
    if callbacks is None:
        return []
    if isinstance(callbacks, Callback):
        return [callbacks]
    if isinstance(callbacks, type) or not isinstance(callbacks, Iterable):
        meant = f" Did you mean [{callbacks.__name__}()]?" if isinstance(callbacks, type) else ""
        raise TypeError(f"callbacks is a list of Callback objects; {callbacks!r} was given.{meant}")
    return list(callbacks)
