"""A gradient shares no memory with data or with another gradient: who changes it in place changes nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import autograd_lite as ag
from autograd_lite import Value


def test_a_gradient_that_is_changed_in_place_changes_no_other() -> None:
    x, y = Value([1.0, 2.0]), Value([3.0, 4.0])
    total = x + y
    shifted = total + 1.0
    folded = shifted.reshape(2, 1).reshape(2)
    loss = np.sum(folded)
    loss.backward()
    nodes = [x, y, total, shifted, folded]
    for changed in nodes:
        others = {v: v.grad.copy() for v in nodes if v is not changed}
        if not changed.grad.flags.writeable:
            continue  # it cannot be changed at all
        changed.grad *= 2.0
        for v, gradient in others.items():
            np.testing.assert_array_equal(v.grad, gradient)


def test_clipping_gradients_in_place_does_not_change_the_data() -> None:
    w, x = Value([1.0, 2.0]), Value([30.0, 40.0])
    loss = np.sum(w * x)
    loss.backward()
    for v in (w, x):
        np.clip(v.grad, -1, 1, out=v.grad)
    assert (w.data.tolist(), x.data.tolist()) == ([1.0, 2.0], [30.0, 40.0])
    loss.backward()
    assert (w.grad.tolist(), x.grad.tolist()) == ([30.0, 40.0], [1.0, 2.0])


@pytest.mark.usefixtures("own_rules")
def test_a_rule_that_returns_an_operand_or_the_result_gives_it_not_away() -> None:
    @ag.primitive
    def exponential(x: Any) -> Any:
        return np.exp(x)

    ag.rule(exponential, lambda g, ans, x: ans)  # right for a gradient of ones
    x = Value([0.0, 1.0])
    y = exponential(x)
    y.backward(np.ones(2))
    expected = y.data.copy()
    if x.grad.flags.writeable:
        x.grad *= 0.0
    np.testing.assert_array_equal(y.data, expected)
