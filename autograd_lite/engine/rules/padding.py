"""``np.pad``, in each of its modes: axis by axis, with what stands before and behind."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from .creating import typed
from .shapes import joined
from .table import composite, primitive, rule
from .values import is_value

Pairs = list[tuple[int, int]]


def along(axis: int, start: int | None, stop: int | None) -> tuple[slice, ...]:
    """The index of a stretch of one axis."""
    return (*(slice(None),) * axis, slice(start, stop))


@primitive
def framed(x: Any, widths: Any = (), values: Any = 0) -> Any:
    """``np.pad`` with constants."""
    return np.pad(x, widths, constant_values=values)


def inside(g: Any, widths: Any) -> Any:
    """What lies inside a frame of these widths."""
    return g[tuple(slice(before, n - behind) for (before, behind), n in zip(widths, np.shape(g), strict=True))]


rule(framed, lambda g, ans, x, widths=(), values=0: inside(g, widths), symbol="pad")


# ---------------------------------------------------------------------------------- what stands at one side


def copied(x: Any, axis: int, places: Any) -> Any:
    """Entries at these places along an axis."""
    return np.take(x, places, axis=axis)


def constant(x: Any, axis: int, n: int, behind: bool, values: Any) -> Any:
    """One number."""
    return np.broadcast_to(values[axis, int(behind)], block_shape(x, axis, n))


def block_shape(x: Any, axis: int, n: int) -> tuple[int, ...]:
    shape = np.shape(x)
    return (*shape[:axis], n, *shape[axis + 1 :])


def places_beside(length: int, n: int, behind: bool, mode: Any) -> Any:
    """Where the n entries beside an axis of a length are copied from."""
    padded = np.pad(np.arange(length), (0, n) if behind else (n, 0), mode)
    return padded[length:] if behind else padded[:n]


def repeated(x: Any, axis: int, n: int, behind: bool, mode: Any) -> Any:
    """The edge, or what is met on going on in circles, or back and forth."""
    return copied(x, axis, places_beside(np.shape(x)[axis], n, behind, mode))


def mirrored(x: Any, axis: int, n: int, behind: bool, mode: Any) -> Any:
    """Back and forth, mirrored at the edge's height too: twice the edge less what is reflected.

    At place p the path has turned ``p // period`` times, and each turn adds twice the height of an edge.
    """
    length = np.shape(x)[axis]
    if length == 1:
        return repeated(x, axis, n, behind, "edge")
    shape = [n if i == axis else 1 for i in range(np.ndim(x))]
    place = np.arange(length, length + n) if behind else np.arange(-n, 0)
    turns = np.reshape(place // (length - (mode == "reflect")), shape)
    backwards = turns % 2
    first, last = (copied(x, axis, [end]) for end in (0, -1))
    reflected = repeated(x, axis, n, behind, mode)
    return reflected * (1 - 2 * backwards) + last * (turns + backwards) - first * (turns - backwards)


def ramp(x: Any, axis: int, n: int, behind: bool, values: Any) -> Any:
    """From a number at the outer end to the edge."""
    edge = copied(x, axis, -1 if behind else 0)
    rising = np.linspace(values[axis, int(behind)], edge, n, endpoint=False, axis=axis)
    return np.flip(rising, axis) if behind else rising


def statistic(x: Any, axis: int, n: int, behind: bool, lengths: Any, func: Callable[..., Any]) -> Any:
    """The maximum, mean ... of the entries next to the edge."""
    length = lengths[axis][int(behind)]
    length = np.shape(x)[axis] if length is None else min(length, np.shape(x)[axis])
    if length == 0 and func in (np.max, np.min):
        raise ValueError("stat_length of 0 yields no value for padding")
    start = np.shape(x)[axis] - length
    chunk = x[along(axis, start, None) if behind else along(axis, 0, length)]
    return np.broadcast_to(func(chunk, axis=axis, keepdims=True), block_shape(x, axis, n))


# ---------------------------------------------------------------------------------- np.pad

STATISTICS: dict[Any, Callable[..., Any]] = {"maximum": np.max, "minimum": np.min, "mean": np.mean, "median": np.median}

SETTING = {
    "constant": "constant_values", "empty": None, "edge": None, "wrap": None, "linear_ramp": "end_values",
    "reflect": "reflect_type", "symmetric": "reflect_type", **dict.fromkeys(STATISTICS, "stat_length"),
}  # fmt: skip
"""The setting that each mode knows."""


def pairs(numbers: Any, ndim: int) -> Pairs:
    """A pair of whole numbers for each axis, from one number, one pair, or a pair for each."""
    if isinstance(numbers, dict):
        given, numbers = numbers, [(0, 0)] * ndim
        for axis, width in given.items():
            numbers[axis] = width if isinstance(width, tuple) else (width, width)
    if np.asarray(numbers).dtype.kind not in "iu":
        raise TypeError("`pad_width` must be of integral type.")
    found = np.broadcast_to(numbers, (ndim, 2)).tolist()
    if any(n < 0 for pair in found for n in pair):
        raise ValueError("index can't contain negative values")
    return [(before, behind) for before, behind in found]


def beside(mode: Any, setting: Any, ndim: int) -> Callable[..., Any]:
    """What a mode puts beside an array: a function of the array, the axis, how many entries, and the side."""
    if mode in ("constant", "linear_ramp"):
        values = np.broadcast_to(0 if setting is None else setting, (ndim, 2))
        return partial(constant if mode == "constant" else ramp, values=values)
    if mode in STATISTICS:
        lengths = [(None, None)] * ndim if setting is None else pairs(setting, ndim)
        return partial(statistic, lengths=lengths, func=STATISTICS[mode])
    if setting not in (None, "even", "odd"):
        raise ValueError(f"np.pad takes reflect_type='even' or 'odd', not {setting!r}.")
    return partial(mirrored if setting == "odd" else repeated, mode=mode)


def checked_setting(mode: Any, settings: dict[str, Any]) -> Any:
    """The setting of a mode; None if it was not given."""
    if callable(mode):
        raise TypeError(
            "np.pad with a function as mode lets it write into an array, and a Value cannot be changed. Compute what "
            "stands beside, and join: np.concatenate([before, v, behind])."
        )
    if mode not in SETTING:
        raise ValueError(f"mode '{mode}' is not supported")
    if unsupported := set(settings) - {SETTING[mode]}:
        raise ValueError(f"unsupported keyword arguments for mode '{mode}': {unsupported}")
    return settings.get(SETTING[mode] or "")


@composite(np.pad)
def pad(array: Any, pad_width: Any, mode: Any = "constant", **settings: Any) -> Any:
    """``np.pad``: one axis after the other, and each at both ends."""
    setting = checked_setting(mode, settings)
    widths = pairs(pad_width, np.ndim(array))
    if mode == "empty" or (mode == "constant" and not is_value(setting)):
        return framed(array, widths=widths, values=0 if setting is None else setting)
    if np.size(array) == 0 and mode != "constant":
        if any(n == 0 and any(pair) for n, pair in zip(np.shape(array), widths, strict=True)):
            raise ValueError("can't extend an empty axis using modes other than 'constant' or 'empty'")
        return framed(array, widths=widths)
    padded, block = array, beside(mode, setting, np.ndim(array))
    for axis, (before, behind) in enumerate(widths):
        parts = [block(padded, axis, before, False)] if before else []
        parts += [padded, *([block(padded, axis, behind, True)] if behind else [])]
        padded = joined(parts, axis) if len(parts) > 1 else padded
    return typed(padded, array.dtype)
