"""micrograd's own modules and examples run on our Value, and give micrograd's numbers."""

import random

import numpy as np
import pytest

from autograd_lite import Value
from autograd_lite.datasets import moons

micrograd_engine = pytest.importorskip("micrograd.engine")
micrograd_nn = pytest.importorskip("micrograd.nn")


def moons_step(number, monkeypatch):
    """One step of micrograd's demo on its own MLP: the cost, and the gradient of every weight."""
    monkeypatch.setattr(micrograd_nn, "Value", number)
    random.seed(1337)
    model = micrograd_nn.MLP(2, [16, 16, 1])
    X, y = moons(n_samples=20, noise=0.1, seed=0)
    scores = [model([number(float(x)) for x in row]) for row in X]
    losses = [(1 + -float(2 * label - 1) * score).relu() for label, score in zip(y, scores, strict=True)]
    cost = sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in model.parameters())
    model.zero_grad()
    cost.backward()
    return cost.data, [p.grad for p in model.parameters()]


def test_micrograds_network_has_micrograds_cost_and_gradients(monkeypatch):
    theirs, ours = moons_step(micrograd_engine.Value, monkeypatch), moons_step(Value, monkeypatch)
    assert ours[0] == pytest.approx(theirs[0], rel=1e-13)
    np.testing.assert_allclose(ours[1], theirs[1], rtol=1e-11, atol=1e-15)


def readme(Value):
    """The example of micrograd's README."""
    a, b = Value(-4.0), Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    return g.data, a.grad, b.grad


def test_micrograds_readme_has_micrograds_numbers():
    assert readme(Value) == pytest.approx(readme(micrograd_engine.Value), rel=1e-13)


def test_micrograds_notebook_can_trace_our_graph():
    x = Value(2.0)
    y = (x * x + 1).relu()
    nodes, edges = set(), set()

    def build(v):
        if v not in nodes:
            nodes.add(v)
            for child in v._prev:
                edges.add((child, v))
                build(child)

    build(y)
    y.backward()
    assert sorted(n._op for n in nodes) == ["", "*", "+", "relu"]
    assert len(edges) == 3
    assert f"data {x.data:.4f} | grad {x.grad:.4f}" == "data 2.0000 | grad 4.0000"
