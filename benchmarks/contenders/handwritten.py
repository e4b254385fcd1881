"""NumPy by hand, as well as it goes: the bar. Nothing is allocated in a step.

Every result is written into a buffer made before. All weights are views of one vector, and so are
all gradients: the update is a few calls on whole vectors, cut in blocks that stay in the cache.
Activations lie one example a column; where a unit of constant output 1 stands below them, the bias
is a column of the weights, and one product gives the gradient of both. Numbers are 0-d arrays,
which ufuncs take faster than Python's. A sum over the examples is a product with ones.
"""

import math
import os
from math import nan, sqrt

import numpy as np
from tasks import BETA_1, BETA_2, EPSILON, Unavailable

BLOCK = 2**18  # bytes of each vector that are updated at once: Adam's five fit into the cache together


def blocks(*vectors):
    """The vectors cut into parts of BLOCK bytes, the first parts together, then the second ones, …"""
    length = BLOCK // vectors[0].itemsize
    return [tuple(v[i : i + length] for v in vectors) for i in range(0, len(vectors[0]), length)]


def updater(task, w, g):
    """A function without arguments that changes the vector of weights w against that of gradients g."""
    scratch = np.empty(BLOCK // w.itemsize, w.dtype)
    multiply, subtract = np.multiply, np.subtract
    if task.rule == "sgd":
        alpha, parts = np.array(task.rate, w.dtype), blocks(w, g)

        def sgd():
            for w, g in parts:
                t = scratch[: len(w)]
                subtract(w, multiply(g, alpha, t), w)

        return sgd
    add, sqrt_of, divide, number = np.add, np.sqrt, np.divide, w.dtype.type
    # m and v without their factors 1 - β, which are in the step's length and in ε instead: two calls fewer.
    parts = [(*p, scratch[: len(p[0])]) for p in blocks(w, g, np.zeros_like(w), np.zeros_like(w))]
    beta_1, beta_2, alpha = (np.array(x, w.dtype) for x in (BETA_1, BETA_2, 0))
    epsilon = np.array(EPSILON / sqrt(1 - BETA_2), w.dtype)
    factor, powers = task.rate * (1 - BETA_1) / sqrt(1 - BETA_2), [1.0, 1.0]

    def adam():
        powers[0] *= BETA_1
        powers[1] *= BETA_2
        alpha.fill(number(factor * sqrt(1 - powers[1]) / (1 - powers[0])))
        for w, g, m, v, t in parts:
            add(multiply(m, beta_1, m), g, m)
            multiply(v, beta_2, v)
            add(v, multiply(g, g, t), v)
            add(sqrt_of(v, t), epsilon, t)
            multiply(divide(m, t, t), alpha, t)
            subtract(w, t, w)

    return adam


def laid_out(*shapes, dtype):
    """One vector, and arrays of these shapes that are its parts."""
    vector, views, at = np.zeros(sum(map(np.prod, shapes)), dtype), [], 0
    for shape in shapes:
        size = int(np.prod(shape))
        views.append(vector[at : at + size].reshape(shape))
        at += size
    return vector, *views


def step_maker(task):
    """The step written for this network."""
    return {1: logistic, 3: wide if task.hidden == "relu" else lecture}[len(task.sizes) - 1](task)


def first_products(X, W1, t1, D1, dW1):
    """The two large products, t1 = W1 Xᵀ and dW1 = D1 X, each as a function and what it is given; the parts of dW1.

    OpenBLAS is faster at products of fewer than 100³ multiplications, up to twice; np.matmul goes
    through a stack of them by itself. A small batch is one part, and dW1 is written at once; so it
    is with several threads, which share large products alone.
    """
    (m, n), units = X.shape, len(W1)
    if m <= 100 or os.environ.get("OMP_NUM_THREADS") != "1":
        return (np.dot, W1, X.T, t1), (np.dot, D1, X, dW1), None
    few, more = math.gcd(m, 40), math.gcd(m, 100)
    parts = np.empty((m // more, units, n), X.dtype)
    forward = W1, X.reshape(-1, few, n).transpose(0, 2, 1), t1.reshape(units, -1, few).transpose(1, 0, 2)
    backward = D1.reshape(units, -1, more).transpose(1, 0, 2), X.reshape(-1, more, n), parts
    return (np.matmul, *forward), (np.matmul, *backward), parts


def lecture(task):
    """Two hidden layers of sigmoid units, one output: forward, backward, update."""
    X, y, (W, b, V, c, U, d) = task.start()
    (m, n), (units, others), dtype = X.shape, task.sizes[1:3], task.dtype
    shapes = (units, n), (units, 1), (others, units + 1), (1, others + 1)
    w, W1, b1, W2, W3 = laid_out(*shapes, dtype=dtype)
    g, dW1, db1, dW2, dW3 = laid_out(*shapes, dtype=dtype)
    W1[:], b1[:, 0], W2[:, :-1], W2[:, -1], W3[:, :-1], W3[:, -1] = W.T, b, V.T, c, U.T, d
    A1, A2 = np.ones((units + 1, m), dtype), np.ones((others + 1, m), dtype)  # the last row stays 1
    a1, a2, A1T, A2T, W2T, W3T = A1[:-1], A2[:-1], A1.T, A2.T, W2[:, :-1].T, W3[:, :-1].T
    t1, t2, t3, D1, D2, D3, z = (np.empty((k, m), dtype) for k in (units, others, 1, units, others, 1, 1))
    (first, *forward), (last, *backward), parts = first_products(X, W1, t1, D1, dW1)
    y, ones, one, count = y.reshape(1, m), np.ones(m, dtype), np.array(1, dtype), np.array(m, dtype)
    y_row, z_row, D3_row, into_b1, several = y[0], z[0], D3[0], db1.reshape(units), parts is not None
    dot, add, subtract, multiply = np.dot, np.add, np.subtract, np.multiply
    divide, exp, log, negative, reciprocal = np.divide, np.exp, np.log, np.negative, np.reciprocal
    total, update = np.add.reduce, updater(task, w, g)

    def step():
        first(*forward)
        add(t1, b1, t1)
        reciprocal(add(exp(negative(t1, t1), t1), one, t1), a1)
        dot(W2, A1, t2)
        reciprocal(add(exp(negative(t2, t2), t2), one, t2), a2)
        dot(W3, A2, z)
        add(exp(negative(z, t3), t3), one, t3)  # 1 + exp(-z): of it come both f and the cost
        log(t3, D3)
        cost = (dot(ones, D3_row) + dot(ones, z_row) - dot(y_row, z_row)) / m
        divide(subtract(reciprocal(t3, t3), y, D3), count, D3)
        dot(D3, A2T, dW3)
        dot(W3T, D3, D2)
        multiply(D2, multiply(a2, subtract(one, a2, t2), t2), D2)
        dot(D2, A1T, dW2)
        dot(W2T, D2, D1)
        multiply(D1, multiply(a1, subtract(one, a1, t1), t1), D1)
        last(*backward)
        if several:
            total(parts, 0, None, dW1)
        dot(D1, ones, into_b1)
        update()
        return float(cost)

    return step


def products(task):
    """The matrix products of that step and nothing else: what no engine on NumPy can save."""
    X, _, _ = task.start()
    (m, n), (units, others), dtype = X.shape, task.sizes[1:3], task.dtype
    W1, W2, W3 = (np.full(s, 0.1, dtype) for s in ((units, n), (others, units), (1, others)))
    dW1, dW2, dW3 = (np.empty_like(W) for W in (W1, W2, W3))
    A1, A2, D1, D2, D3 = (np.full((k, m), 0.1, dtype) for k in (units, others, units, others, 1))
    Z1, Z2, Z3 = (np.empty_like(D) for D in (D1, D2, D3))
    A1T, A2T, W2T, W3T, dot = A1.T, A2.T, W2.T, W3.T, np.dot
    (first, *forward), (last, *backward), _ = first_products(X, W1, Z1, D1, dW1)

    def step():
        first(*forward)
        dot(W2, A1, Z2)
        dot(W3, A2, Z3)
        dot(D3, A2T, dW3)
        dot(W3T, D3, D2)
        dot(D2, A1T, dW2)
        dot(W2T, D2, D1)
        last(*backward)
        return nan

    return step


def wide(task):
    """Two hidden layers of relu units, a softmax: forward, backward, update. One example a row here."""
    X, y, weights = task.start()
    w, *views = laid_out(*(v.shape for v in weights), dtype=task.dtype)
    for view, weight in zip(views, weights, strict=True):
        view[:] = weight
    W1, b1, W2, b2, W3, b3 = views
    g, dW1, db1, dW2, db2, dW3, db3 = laid_out(*(v.shape for v in weights), dtype=task.dtype)
    m, dtype, (_, units, others, classes) = len(X), task.dtype, task.sizes
    A1, A2, D1, D2, Z = (np.empty((m, k), dtype) for k in (units, others, units, others, classes))
    mask1, mask2, column = np.empty((m, units), bool), np.empty((m, others), bool), np.empty((m, 1), dtype)
    XT, A1T, A2T, W2T, W3T, ones = X.T, A1.T, A2.T, W2.T, W3.T, np.ones(m, dtype)
    zero, count, rows, row = np.array(0, dtype), np.array(m, dtype), np.arange(m), column[:, 0]
    dot, add, maximum, greater, multiply = np.dot, np.add, np.maximum, np.greater, np.multiply
    subtract, divide, exp, log, update = np.subtract, np.divide, np.exp, np.log, updater(task, w, g)

    def step():
        maximum(add(dot(X, W1, A1), b1, A1), zero, A1)
        maximum(add(dot(A1, W2, A2), b2, A2), zero, A2)
        add(dot(A2, W3, Z), b3, Z)
        subtract(Z, maximum.reduce(Z, 1, None, column, True), Z)
        right = add.reduce(Z[rows, y])
        add.reduce(exp(Z, Z), 1, None, column, True)
        divide(Z, column, Z)
        cost = (add.reduce(log(row, row)) - right) / m
        Z[rows, y] -= 1
        divide(Z, count, Z)
        dot(A2T, Z, dW3)
        dot(ones, Z, db3)
        multiply(dot(Z, W3T, D2), greater(A2, zero, mask2), D2)
        dot(A1T, D2, dW2)
        dot(ones, D2, db2)
        multiply(dot(D2, W2T, D1), greater(A1, zero, mask1), D1)
        dot(XT, D1, dW1)
        dot(ones, D1, db1)
        update()
        return float(cost)

    return step


def logistic(task):
    """One sigmoid unit: two products of a matrix and a vector, and little else."""
    if task.rule != "sgd":
        raise Unavailable("logistic regression is written for plain gradient descent")
    X, y, (W, _) = task.start()
    (m, n), dtype, y = X.shape, task.dtype, y[:, 0]
    w, bias, g = W[:, 0].copy(), np.zeros((), dtype), np.empty(n, dtype)
    z, t, ones = np.empty(m, dtype), np.empty(m, dtype), np.ones(m, dtype)
    one, alpha = np.array(1, dtype), np.array(task.rate / m, dtype)
    dot, add, subtract, multiply = np.dot, np.add, np.subtract, np.multiply
    exp, log, negative, reciprocal, total = np.exp, np.log, np.negative, np.reciprocal, np.add.reduce

    def step():
        add(dot(X, w, z), bias, z)
        cost = total(z) - dot(y, z)
        add(exp(negative(z, z), z), one, z)
        cost += total(log(z, t))
        subtract(reciprocal(z, z), y, z)
        subtract(w, multiply(dot(z, X, g), alpha, g), w)
        subtract(bias, multiply(dot(ones, z), alpha), bias)
        return float(cost) / m

    return step
