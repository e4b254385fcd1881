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
