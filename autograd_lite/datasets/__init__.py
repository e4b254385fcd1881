"""Data to learn from: handwritten digits, toy sets for two inputs, and what prepares them. It imports NumPy alone."""

from .encoding import one_hot
from .handwritten import digits
from .splitting import train_test_split
from .toys import blobs, circles, linear, moons, xor

__all__ = [
    "blobs",
    "circles",
    "digits",
    "linear",
    "moons",
    "one_hot",
    "train_test_split",
    "xor",
]
