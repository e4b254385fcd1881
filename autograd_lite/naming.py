"""Names as Keras writes them: ``"binary_crossentropy"`` for BinaryCrossentropy, and what was meant by a misspelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


def snake_case(name: str) -> str:
    """``BinaryCrossentropy`` as ``binary_crossentropy``; ``SGD`` as ``sgd``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


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
