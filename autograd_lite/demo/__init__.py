"""The main job: the lecture's story, from logistic regression to a trained network, on real digits."""

from .story import run

__all__ = ["run"]
