"""Training as a page or notebook output that moves, and can be played back: ``WatchTraining``."""

from .callback import WatchTraining

__all__ = ["WatchTraining"]
