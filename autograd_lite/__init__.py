"""autograd_lite: see how a neural network is trained."""

__version__ = "0.1.0"

from .engine import *
