"""SciPy's functions for Values, under SciPy's names: ``from autograd_lite.scipy.special import logsumexp``.

SciPy's ufuncs (``scipy.special.expit``) record Values as NumPy's do. Its Python functions turn what they are given into
plain arrays first, so they are written here again, with functions that have derivative rules.
They take plain arrays as well. What is missing raises AttributeError and names what is there.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

if find_spec("scipy") is None:
    raise ImportError('autograd_lite.scipy needs SciPy: pip install scipy, or pip install "autograd_lite[scipy]".')

ROOMS = ("integrate", "linalg", "signal", "special", "stats")


def __getattr__(name: str) -> Any:
    """Find what is imported on demand."""
    if name in ROOMS:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(ROOMS)}.")


def __dir__() -> list[str]:
    return list(ROOMS)
