"""A small network neuron by neuron: each weight is a line between two of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..drawing.text import clean
from ..engine import Value

MOST_UNITS, MOST_LINES = 16, 260


class Neurons:
    """The neurons of a small network of dense layers.

    Attributes
    ----------
    facts : dict
        ``units``: how many there are in each column, the inputs first; ``layers``: what the columns are called.
    """

    def __init__(self, layers: list[tuple[str, Value, Value | None]]) -> None:
        self._layers = layers
        units = [layers[0][1].shape[0], *(kernel.shape[1] for _, kernel, _ in layers)]
        self.facts = {"units": units, "layers": ["inputs", *(name for name, _, _ in layers)]}

    def seen(self) -> list[list[Any]]:
        """For each layer: the kernel, its gradient, the bias and its gradient, each as one list of numbers."""
        return [
            [flat(kernel.data), flat(kernel.grad), flat(None if bias is None else bias.data),
             flat(None if bias is None else bias.grad)]
            for _, kernel, bias in self._layers
        ]  # fmt: skip


def neurons_of(model: Any) -> Neurons | None:
    """The neurons, if the layers are dense, follow each other and are small enough for a picture of all weights."""
    layers: list[tuple[str, Value, Value | None]] = []
    for layer in model.layers:
        weights = list(layer.weights)
        if not weights:
            continue
        if len(weights) > 2 or weights[0].ndim != 2 or (len(weights) == 2 and weights[1].ndim != 1):
            return None
        if layers and layers[-1][1].shape[1] != weights[0].shape[0]:
            return None
        layers.append((clean(str(layer.name or "layer"), 20), weights[0], weights[1] if len(weights) == 2 else None))
    small = all(max(kernel.shape) <= MOST_UNITS for _, kernel, _ in layers)
    if not layers or not small or sum(kernel.data.size for _, kernel, _ in layers) > MOST_LINES:
        return None
    return Neurons(layers)


def flat(array: Any) -> list[float | None]:
    """The entries row by row with three digits; None for what is not finite."""
    if array is None:
        return []
    return [float(f"{x:.3g}") if np.isfinite(x) else None for x in np.ravel(array).tolist()]
