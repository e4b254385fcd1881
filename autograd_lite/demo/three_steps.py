"""Logistic regression in the three steps, with `Value` and NumPy alone. The demo prints these very lines."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..engine import Value


def g(z: Any) -> Any:
    """The logistic function, or sigmoid."""
    return 1 / (1 + np.exp(-z))


def model(X: Any, w: Any, b: Any) -> Any:
    """Step 1: specify the model, f(x) = g(z) with z = w x + b."""
    z = X @ w + b
    return g(z)


def loss(f: Any, y: Any) -> Any:
    """Step 2: the loss of one example, L(f(x), y)."""
    return -y * np.log(f) - (1 - y) * np.log(1 - f)


def cost(X: Any, y: Any, w: Any, b: Any) -> Any:
    """Step 2: the cost J, the mean loss of all m examples."""
    return np.mean(loss(model(X, w, b), y))


def step(X: Any, y: Any, w: Value, b: Value, alpha: float) -> Any:
    """Step 3: back-propagation finds dJ/dw and dJ/db; go against them."""
    J = cost(X, y, w, b)
    J.backward()
    w.data -= alpha * w.grad
    b.data -= alpha * b.grad
    return J.item()
