"""Compiling: a function that records itself for every kind of arguments that it meets."""

from __future__ import annotations

import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Any

import numpy as np

from ..engine import Value, trees
from ..engine.tracing import current_trace
from .program import Program, record
from .recording.arguments import is_numeric

MANY = 64
"""So many programs of one function raise a warning; so many are kept."""


class Compiled:
    """A function that is recorded once for each signature: shapes, dtypes, and settings that are no numbers.

    Attributes
    ----------
    programs : list of Program
        Those that were made, the latest last.
    """

    def __init__(self, f: Callable[..., Any]) -> None:
        self._f = f
        self._programs: OrderedDict[Hashable, Program] = OrderedDict()
        self._lock = threading.Lock()
        self._made = 0
        update_wrapper(self, f)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The function's result, computed by the program for such arguments."""
        leaves = [leaf for _, leaf in trees.leaves((args, kwargs))]
        if any(isinstance(leaf, Value) for leaf in leaves) or current_trace() is not None:
            return self._f(*args, **kwargs)  # a graph is asked for: record into that
        return self._program(signature(args, kwargs, leaves), args, kwargs)(*args, **kwargs)

    def _program(self, key: Hashable, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Program:
        with self._lock:
            if key in self._programs:
                self._programs.move_to_end(key)
                return self._programs[key]
            made = self._programs[key] = record(self._f, *args, **kwargs)
            self._made += 1
            if len(self._programs) > MANY:
                self._programs.popitem(last=False)
        if self._made % MANY == 0:
            warnings.warn(
                f"{getattr(self._f, '__name__', 'A compiled function')} was recorded {self._made} times, for as many "
                f"shapes, dtypes or settings, and each recording takes longer than a run. Give it arrays of few shapes "
                f"(pad the last batch), and numbers that change as floats, not as text or booleans.",
                stacklevel=3,
            )
        return made

    @property
    def programs(self) -> list[Program]:
        return list(self._programs.values())

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        """As a method of a class: each object's own, for what it records belongs to that object."""
        if instance is None:
            return self
        bound = Compiled(self._f.__get__(instance, owner))
        name = getattr(self._f, "__name__", "")
        if name and hasattr(instance, "__dict__"):
            instance.__dict__[name] = bound
        return bound

    def __repr__(self) -> str:
        return f"<compiled {getattr(self._f, '__name__', self._f)}: {len(self._programs)} programs>"


def signature(args: tuple[Any, ...], kwargs: dict[str, Any], leaves: list[Any]) -> Hashable:
    """Equal for arguments that one program serves."""
    named = tuple((k, structure(v)) for k, v in kwargs.items())
    return structure(args), named, tuple(map(kind, leaves))


def structure(tree: Any) -> Hashable:
    """How a tree is nested."""
    if not trees.is_container(tree):
        return None
    if isinstance(tree, dict):
        return tuple((key, structure(part)) for key, part in tree.items())
    return (type(tree).__name__, *map(structure, tree))


def kind(leaf: Any) -> Hashable:
    """Equal for two arguments that one program takes in the same place."""
    if type(leaf) is np.ndarray:
        return leaf.shape, leaf.dtype
    if isinstance(leaf, np.random.Generator):
        return np.random.Generator
    if is_numeric(leaf):
        if isinstance(leaf, list):
            return np.shape(leaf), np.asarray(leaf).dtype
        return complex if np.iscomplexobj(leaf) else float
    try:
        hash(leaf)
    except TypeError:
        return repr(leaf)
    return type(leaf), leaf


def compile(f: Callable[..., Any]) -> Compiled:
    """Make a function record itself as a program, once for each signature, and run that.

    Parameters
    ----------
    f : callable
        As for `record`. Called with Values it computes eagerly, so that its result has a graph.

    Returns
    -------
    Compiled

    Warns
    -----
    UserWarning
        If it is recorded again and again, because every call brings another shape or setting.

    Examples
    --------
    >>> import numpy as np, autograd_lite as ag
    >>> @ag.compile
    ... def norm(x):
    ...     return np.sqrt(np.sum(x * x))
    >>> norm(np.array([3.0, 4.0])), norm(np.array([2.0, 3.0, 6.0]))
    (5.0, 7.0)
    >>> norm
    <compiled norm: 2 programs>
    """
    if not callable(f):
        raise TypeError(f"A function is compiled, @ag.compile above its def; {f!r} was given in its place.")
    return Compiled(f)
