"""Optimizers' formulas in place: whatever is remembered, the old vectors are read before they are written over."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograd_lite.program import InPlace, update_of

FORMULAS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "the weights before": (lambda w, g, m, *, learning_rate, t: (w - learning_rate * g + 0.1 * (w - m), w), ("m",)),
    "moved on": (lambda w, g, m, n, *, learning_rate, t: (w - learning_rate * g, n + w, m), ("m", "n")),
    "all moved on": (lambda w, g, m, n, *, learning_rate, t: (m, n, w), ("m", "n")),
    "one for both": (lambda w, g, m, n, *, learning_rate, t: (w - g, m + g, m + g), ("m", "n")),
    "the other way round": (lambda w, g, m, n, *, learning_rate, t: (w[::-1] * 2, w[::-1], w), ("m", "n")),
    "the same weights": (lambda w, g, m, *, learning_rate, t: (w, m + t * g), ("m",)),
}


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("size", [3, 100_000])
def test_old_vectors_are_read_before_they_are_written_over(name: str, size: int) -> None:
    formula, remembers = FORMULAS[name]
    if name == "the other way round" and size > 3:
        pytest.skip("it looks at several weights at once, so it cannot run on parts of them")
    update = InPlace(update_of(formula, remembers, size, np.float64))
    vectors = [np.random.default_rng(n).normal(size=size) for n in range(2 + len(remembers))]
    names = ("weights", "gradient", *remembers)
    for vector_name, numbers in zip(names, vectors, strict=True):
        update.namespace[vector_name][:] = numbers
    for t in (1.0, 2.0, 3.0):
        update(0.5, t)
        new, *memory = formula(*vectors, learning_rate=0.5, t=t)
        vectors = [np.array(v) for v in (new, vectors[1], *memory)]
        for vector_name, numbers in zip(names, vectors, strict=True):
            np.testing.assert_array_equal(update.namespace[vector_name], numbers, err_msg=vector_name)
