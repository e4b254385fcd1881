"""Names as Keras writes them: ``"binary_crossentropy"`` for BinaryCrossentropy, and what was meant by a misspelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any


def snake_case(name: str) -> str:
    """``BinaryCrossentropy`` as ``binary_crossentropy``; ``SGD`` as ``sgd``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def free_name(wanted: str, taken: Collection[str]) -> str:
    """The name, or the first of ``name_1``, ``name_2`` … that is not taken.

    Examples
    --------
    >>> free_name("dense", {"dense", "dense_1"})
    'dense_2'
    """
    return next(n for n in [wanted, *(f"{wanted}_{i}" for i in range(1, len(taken) + 2))] if n not in taken)


def named(identifier: str, table: Mapping[str, Any], what: str) -> Any:
    """The entry of a table under a name, in Keras' spelling or in that of the class.

    Raises
    ------
    ValueError
        If there is none; the message lists the names, the nearest first.

    Examples
    --------
    >>> named("MeanSquaredError", {"mean_squared_error": 1}, "loss")
    1
    """
    key = identifier if identifier in table else snake_case(identifier)
    if key in table:
        return table[key]
    import difflib  # only where there is a misspelling to think about

    near = difflib.get_close_matches(key, table, n=1)
    meant = f" Did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"There is no {what} called {identifier!r}.{meant} Known: {', '.join(sorted(table))}.")


def named_or_made(identifier: Any, table: Mapping[str, Any], kind: type, what: str, example: str) -> Any:
    """A thing that was given by name (then it is made, with its defaults) or as an object.

    Raises
    ------
    ValueError
        If there is none of that name.
    TypeError
        If it is neither a name nor of that kind, such as a class that was not called.
    """
    if isinstance(identifier, str):
        return named(identifier, table, what)()
    if isinstance(identifier, kind):
        return identifier
    article = "An" if what[0] in "aeiou" else "A"
    meant = f" Did you mean {identifier.__name__}()?" if isinstance(identifier, type) else ""
    raise TypeError(f"{article} {what} is a name such as {example!r} or an object; {identifier!r} was given.{meant}")


def refuse(unknown: Mapping[str, Any], owner: Callable[..., Any], instead: Mapping[str, str]) -> None:
    """Raise if there are keyword arguments that a function does not have.

    Parameters
    ----------
    unknown : dict
        What its ``**unknown`` caught.
    owner : function or class
    instead : dict of str to str
        For names that people bring from elsewhere: what to write here.

    Raises
    ------
    TypeError
        It names the first of them, what to write instead, and what there is.

    Examples
    --------
    >>> refuse({}, named, {})
    """
    if not unknown:
        return
    import inspect  # only where there is something to complain about

    name = next(iter(unknown))
    takes = [p.name for p in inspect.signature(owner).parameters.values() if p.kind != p.VAR_KEYWORD]
    remedy = f" {instead[name]}" if name in instead else ""
    raise TypeError(f"{owner.__name__} has no argument {name}.{remedy} It takes {', '.join(takes)}.")
