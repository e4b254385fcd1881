"""Simpler arguments, and other ones: what experiments with wrong code are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from .authoring import Probe

Change = Callable[[Mapping[str, Any]], "Mapping[str, Any] | None"]


@dataclass(frozen=True)
class Experiment:
    """Simpler arguments.

    Attributes
    ----------
    tried : str
        ``b = 0``.
    look : str
        What to look at, if the answer is right then.
    changes : tuple of callable
        The new arguments, in several ways; None where it makes no sense.
    """

    tried: str
    look: str
    changes: tuple[Change, ...]


# ------------------------------------------------------------------------------- kinds of values


def is_number_or_array(value: Any) -> bool:
    return isinstance(value, int | float | np.ndarray) and np.asarray(value).dtype.kind in "iuf"


def is_label(value: Any) -> bool:
    """True for an array of zeros and ones."""
    return is_number_or_array(value) and bool(np.ndim(value) and np.size(value) and np.isin(value, (0, 1)).all())


def has_negative(value: Any) -> bool:
    return is_number_or_array(value) and bool(np.any(np.asarray(value) < 0))


def is_scalable(value: Any) -> bool:
    """True for what can be doubled."""
    return is_number_or_array(value) and np.asarray(value).dtype.kind == "f"


# ------------------------------------------------------------------------------- arguments


def experiments_with(probe: Probe, labels: set[str], signed: set[str]) -> Iterator[Experiment]:
    """Everything that can be tried with a probe's arguments; of which some are labels, and some of both signs."""
    scalable = [name for name, value in probe.arguments.items() if name not in labels
                and (is_scalable(value) or isinstance(value, dict))]  # fmt: skip
    for name, value in probe.arguments.items():
        if isinstance(value, dict):
            yield from (of_entry(name, one) for key in value for one in of_value(key, value[key], False))
        else:
            yield from of_value(name, value, name in labels, scalable == [name])
            if name in signed and is_scalable(value):
                yield from of_signs(name, np.asarray(value))
    lengths = list(probe.sizes.values())
    for name, n in probe.sizes.items():
        if n > 1 and lengths.count(n) == 1:
            yield Experiment(f"{name} = 1", f"What is different where {name} is larger?", (single(name, probe),))


def of_value(name: str, value: Any, are_labels: bool, alone: bool = False) -> Iterator[Experiment]:
    """What can be tried with one argument."""

    def one(tried: str, look: str, *makes: Callable[[Any], Any]) -> Experiment:
        return Experiment(tried, look, tuple(partial(with_new, name=name, make=make) for make in makes))

    if isinstance(value, bool) or not is_number_or_array(value):
        return
    x = np.asarray(value)
    larger = f"What is different where {name} is larger?"
    comes_in = f"What becomes of {name} on the way, and of what it is multiplied by?"
    if x.dtype.kind in "iu" and not x.ndim:
        if x > 1:
            yield one(f"{name} = 1", larger, lambda _: 1)
        return
    if x.any() and not alone:
        yield one(f"{name} = 0", comes_in, lambda v: v * 0)
    if are_labels:
        yield one(f"{name} = 1 everywhere", f"What does it do where {name} is not 1?", lambda v: v * 0 + 1)
    elif x.dtype.kind == "f":
        yield from of_floats(name, x, alone, one)


def of_floats(name: str, x: np.ndarray, alone: bool, one: Callable[..., Experiment]) -> Iterator[Experiment]:
    """What can be tried with a number or an array of such."""
    if x.ndim and x.size > 1 and not alone:
        yield one(f"all entries of {name} the same", f"Which entry of {name} belongs where?",
                  lambda v: v * 0 + v.max(), lambda v: v * 0 + v.min(), lambda v: v * 0 + v.mean())  # fmt: skip
    if x.ndim == 2 and x.shape[0] == x.shape[1] > 1:
        yield one(f"a symmetric {name}", f"Is {name}.T meant, or {name}?", symmetric)


def of_signs(name: str, x: np.ndarray) -> Iterator[Experiment]:
    """Numbers of one sign alone."""
    for word, other, make in (("positive", "negative", np.abs), ("negative", "positive", minus)):
        tried = f"{word} numbers in {name}" if x.ndim else f"a {word} {name}"
        changes = tuple(partial(with_new, name=name, make=way) for way in (make, partial(four_times, make=make)))
        yield Experiment(tried, f"What does it do where {name} is {other}?", changes)


def four_times(x: Any, make: Callable[[Any], Any]) -> Any:
    """Large numbers too: that they are small is another matter."""
    return 4 * make(x)


def minus(x: Any) -> Any:
    return -np.abs(x)


def with_new(arguments: Mapping[str, Any], name: str, make: Callable[[Any], Any]) -> Mapping[str, Any] | None:
    """Arguments of which one is another; None if there is no such one."""
    if name not in arguments or (new := make(arguments[name])) is None:
        return None
    return {**arguments, name: new}


def of_entry(name: str, inner: Experiment) -> Experiment:
    """An experiment with an entry of a dict."""

    def within(change: Change) -> Change:
        def changed(arguments: Mapping[str, Any]) -> Mapping[str, Any] | None:
            found = change(arguments[name])
            return None if found is None else {**arguments, name: found}

        return changed

    return replace(inner, changes=tuple(map(within, inner.changes)))


def single(name: str, probe: Probe) -> Callable[[Mapping[str, Any]], Mapping[str, Any] | None]:
    """Arguments of which every axis of one length has the first entry alone."""
    n = probe.sizes[name]

    def change(arguments: Mapping[str, Any]) -> Mapping[str, Any] | None:
        own = next((k for k in sorted({d for v in arguments.values() for d in np.shape(v)}) if k == n), None)
        if own is None or any(isinstance(v, dict) for v in arguments.values()):
            return None
        return {key: first_of(value, n) for key, value in arguments.items()}

    return change


def first_of(value: Any, n: int) -> Any:
    if not isinstance(value, np.ndarray):
        return value
    for axis, length in enumerate(value.shape):
        value = value.take([0], axis=axis) if length == n else value
    return value


def symmetric(x: np.ndarray) -> np.ndarray | None:
    return (x + x.T) / 2 if x.ndim == 2 and x.shape[0] == x.shape[1] else None


def others(arguments: Mapping[str, Any], labels: set[str]) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """Other arguments, each in two ways: another number or array, or one of which an end alone is another."""

    def whole(name: str, new: Callable[[Any], Any]) -> Change:
        return lambda given: with_new(given, name, new)

    def end(name: str, place: int, new: Callable[[Any], Any]) -> Change:
        def change(x: np.ndarray) -> np.ndarray:
            x = x.copy()
            x[place] = new(x)[place]
            return x

        return lambda given: with_new(given, name, change)

    for name, value in arguments.items():
        if is_scalable(value) or name in labels:
            ways = (turned,) if name in labels else (nearer, far)
            yield name, tuple(whole(name, way) for way in ways)
            if np.ndim(value) and len(value) > 2:
                what = "row" if np.ndim(value) == 2 else "entry"
                yield f"first {what} of {name}", tuple(end(name, 0, way) for way in ways)
                yield f"last {what} of {name}", tuple(end(name, -1, way) for way in ways)


def turned(label: Any) -> Any:
    return 1 - label


def nearer(x: Any) -> Any:
    return 0.6 * x + 0.17


def far(x: Any) -> Any:
    return 0 * x - 0.31
