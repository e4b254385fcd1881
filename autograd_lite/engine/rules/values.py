"""What rules may know of a Value: that it is one, and its numbers. They stand below it and cannot import it."""

from typing import Any


def is_value(x: Any) -> bool:
    """True for a Value; anything else is a constant."""
    return hasattr(x, "carries_gradient")


def bare(x: Any) -> Any:
    """The numbers of a Value, for questions that are not recorded; anything else as it is."""
    return getattr(x, "_data", x)
