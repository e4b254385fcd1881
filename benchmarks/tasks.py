"""What is trained: the networks, their data and first weights, the same for every contender."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

RATES = {"sgd": 0.1, "adam": 0.001}
BETA_1, BETA_2 = 0.9, 0.999  # Adam as it is in Keras and in PyTorch by itself
EPSILON = 1e-8  # so small that it does not matter that Keras and PyTorch add it in different places


class Unavailable(Exception):
    """A contender cannot run here, and that is no error: its message says what is missing."""


@dataclass(frozen=True)
class Task:
    """A network on a batch, and the optimizer and the type of number that it is trained with."""

    sizes: tuple[int, ...]
    batch: int
    hidden: str = "sigmoid"
    rule: str = "sgd"
    dtype: str = "float32"

    @property
    def classes(self):
        """How many classes there are; 2 are one sigmoid output, more are a softmax."""
        return max(self.sizes[-1], 2)

    @property
    def rate(self):
        """The length of the step."""
        return RATES[self.rule]

    def start(self):
        """The data and the first weights: X, y, [W, b, W, b, …]. Labels of a softmax are a vector of integers."""
        rng = np.random.default_rng(0)
        X, y = rng.random((self.batch, self.sizes[0])).astype(self.dtype), rng.integers(0, self.classes, self.batch)
        weights = []
        for n, units in pairwise(self.sizes):
            limit = np.sqrt(6 / (n + units))
            weights += [rng.uniform(-limit, limit, (n, units)).astype(self.dtype), np.zeros(units, self.dtype)]
        return X, y.reshape(-1, 1).astype(self.dtype) if self.classes == 2 else y, weights


LECTURE = (400, 25, 15, 1)
NETWORKS = {
    "lecture": {"sizes": LECTURE, "batch": 32},
    "fullbatch": {"sizes": LECTURE, "batch": 1000},
    "wide": {"sizes": (784, 512, 512, 10), "batch": 128, "hidden": "relu"},
    "logistic": {"sizes": (100, 1), "batch": 10_000},
}


def chosen(network, rule, dtype):
    """A task by the words of the command line."""
    return Task(**NETWORKS[network], rule=rule, dtype=dtype)
