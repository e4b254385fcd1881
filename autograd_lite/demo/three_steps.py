"""Logistic regression in the three steps, with `Value` and NumPy alone. The demo prints these very lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..engine import Value


def model(X: Any, w: Any, b: Any) -> Any:
    """Step 1: specify the model, f(x) = g(w·x + b), g the logistic function."""
    z = X @ w + b
    return 1 / (1 + np.exp(-z))


def loss(f: Any, y: Any) -> Any:
    """Step 2: the loss of one example, L(f(x), y)."""
    return -y * np.log(f) - (1 - y) * np.log(1 - f)


def cost(X: Any, y: Any, w: Any, b: Any) -> Any:
    """Step 2: the cost, the loss averaged over all m examples."""
    return np.mean(loss(model(X, w, b), y))


def gradient_descent(
    X: np.ndarray, y: np.ndarray, alpha: float, epochs: int, each: Callable[[int, float], None]
) -> tuple[Value, Value, list[float]]:
    """Step 3: back-propagation finds dJ/dw, dJ/db; w, b go against them."""
    w = Value(np.zeros(X.shape[1]), name="w")
    b = Value(0.0, name="b")
    costs = []
    for epoch in range(epochs):
        J = cost(X, y, w, b)
        J.backward()
        w.data -= alpha * w.grad
        b.data -= alpha * b.grad
        costs.append(J.item())
        each(epoch, J.item())
    return w, b, costs
