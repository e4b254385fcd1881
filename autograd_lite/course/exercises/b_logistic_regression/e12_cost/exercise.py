"""The cost of logistic regression."""

import numpy as np

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("cost",)
AFTER = (10, 11)


def probes(rng):
    X, y = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]), np.array([0.0, 1.0, 1.0])
    yield Call("cost", X=X, y=y, w=np.array([0.5, -1.5]), b=0.7, says="X is 3×2", sizes={"m": 3, "n": 2}, parts=("J",))
    for m, n in ((7, 3), (11, 5), (5, 5)):
        X, w = rng.normal(size=(m, n)), rng.normal(size=n)
        y, b = (rng.random(m) < 0.5).astype(float), rng.choice([-1, 1]) * rng.uniform(0.4, 1.2)
        sure = X @ w + b > 0
        y[:4] = sure[0], not sure[1], 0, 1
        yield Call("cost", X=X, y=y, w=w, b=float(b), says=f"X is {m}×{n}", sizes={"m": m, "n": n}, parts=("J",))


MEAN = "Should J grow if every example were in the data twice? J = 1/m Σ L."
MODEL = "Compute f as in step 1: g(w · x + b)."
LOSS = "Which arguments has bce, and in which order?"
ALL = "Which examples belong to Σ, i = 1 … m?"
PAIRS = "Print the shape of f, of y, and of bce(f, y): how many losses are there?"
LOSSES = "np.sum(bce(f, y)) / m"

MISTAKES = [
    Mistake("not divided by m", edit("/ m", ""), "the sum of the losses is not divided by m = {m}", MEAN,
            is_factor=True),
    Mistake("divided by 2m", edit("/ m", "/ (2 * m)"), "the sum is divided by 2m and not by m", MEAN, is_factor=True),
    Mistake("divided by n", edit("/ m", "/ X.shape[1]"), "the sum is divided by the number of features, n = {n}, and "
            "not by the number of examples, m = {m}", "Which axis of X are the examples?", is_factor=True),
    Mistake("divided by m − 1", edit("/ m", "/ (m - 1)"), "the sum is divided by m − 1 and not by m = {m}", MEAN,
            is_factor=True),
    Mistake("divided by m twice", edit("/ m", "/ m / m"), "the mean is divided by m = {m} once more", MEAN,
            is_factor=True),
    Mistake("divided by every number of X", edit("/ m", "/ X.size"), "the sum is divided by m·n, all numbers in X",
            MEAN, is_factor=True),
    Mistake("sign", edit("J = np", "J = -np"), "the sign is turned: the minus of the formula is in bce already",
            "Can a cost be negative?", is_factor=True),
    Mistake("every f with every y", edit(LOSSES, "np.mean(bce(f[:, None], y))"), "f is a column (m, 1) and y has shape "
            "(m,): NumPy pairs every f with every y, {m}² losses, and the mean is over all of these", PAIRS),
    Mistake("every f with every y, summed", edit("bce(f, y)", "bce(f[:, None], y)"), "f is a column (m, 1) and y has "
            "shape (m,): NumPy pairs every f with every y, and {m}² losses are summed", PAIRS, is_factor=True),
    Mistake("b forgotten", edit("X @ w + b", "X @ w"), "b is not added", MODEL, is_factor=True),
    Mistake("b subtracted", edit("X @ w + b", "X @ w - b"), "b is subtracted", MODEL, is_factor=True),
    Mistake("b for every feature", edit("X @ w + b", "np.sum(X * w + b, axis=1)"), "b is added inside the sum over the "
            "features, {n} times", MODEL, is_factor=True),
    Mistake("g forgotten", edit("g(X @ w + b)", "(X @ w + b)"), "z itself is taken for the probability, without g",
            MODEL, is_factor=True),
    Mistake("g twice", edit("g(X @ w + b)", "g(g(X @ w + b))"), "g is taken twice", MODEL, is_factor=True),
    Mistake("X transposed", edit("X @ w", "X.T @ w"), "X is transposed first, which runs only if m = n, and then mixes "
            "examples", "Print X.shape and w.shape."),
    Mistake("the last example alone", edit(LOSSES, "bce(f, y)[-1]"), "a loop overwrites the loss, and the last "
            "example's alone is left", "= or +=? " + ALL),
    Mistake("the last example, divided", edit("np.sum(bce(f, y))", "bce(f, y)[-1]"), "a loop overwrites the loss, and "
            "the last example's alone is left, divided by m", "= or +=? " + ALL, is_factor=True),
    Mistake("the first example alone", edit(LOSSES, "bce(f, y)[0]"), "the loss of the first example is returned",
            "Does the return stand inside the loop? " + ALL),
    Mistake("the first example, divided", edit("np.sum(bce(f, y))", "bce(f, y)[0]"), "the first example's loss alone "
            "is divided by m and returned", "Does the return stand inside the loop? " + ALL, is_factor=True),
    Mistake("divided inside the loop", edit(LOSSES, "0.0\n    for loss in bce(f, y):\n        J = (J + loss) / m"),
            "the division by m stands inside the loop, so that the first losses are divided again and again",
            "How often should be divided?"),
    Mistake("without the last example", edit("bce(f, y)", "bce(f, y)[:-1]"), "the loop ends one example too soon", ALL,
            is_factor=True),
    Mistake("without the first example", edit("bce(f, y)", "bce(f, y)[1:]"), "the loop begins with the second example",
            ALL, is_factor=True),
    Mistake("the examples of label 1", edit("bce(f, y)", "bce(f, y)[y == 1]"), "only the examples with y = 1 are "
            "counted", ALL, is_factor=True),
    Mistake("the examples of label 0", edit("bce(f, y)", "bce(f, y)[y == 0]"), "only the examples with y = 0 are "
            "counted", ALL, is_factor=True),
    Mistake("squared error", edit("bce(f, y)", "(f - y) ** 2"), "the squared error (f − y)² is taken for the loss",
            "Which loss is given?", is_factor=True),
    Mistake("absolute error", edit("bce(f, y)", "np.abs(f - y)"), "the distance |f − y| is taken for the loss",
            "Which loss is given?"),
    Mistake("f and y swapped", edit("bce(f, y)", "bce(y, f)"), "bce is given y first and f second", LOSS,
            is_factor=True),
    Mistake("labels crossed", edit("bce(f, y)", "bce(f, 1 - y)"), "1 − y stands in the place of y, or 1 − f in the "
            "place of f", LOSS),
    Mistake("rounded", edit("bce(f, y)", "bce(np.round(f), y)"), "f is rounded to 0 or 1 before its loss is taken",
            "Should f = 0.6 and f = 0.9 cost the same?"),
    Mistake("a vector", edit(LOSSES, "bce(f, y)"), "the losses are returned one by one, without their mean",
            "How many numbers is J?"),
    Mistake("a divided vector", edit(LOSSES, "bce(f, y) / m"), "every loss is divided by m, but they are not summed",
            "How many numbers is J?"),
    Mistake("loss of the means", edit(LOSSES, "bce(np.mean(f), np.mean(y))"), "the mean is taken of f and of y, and "
            "the loss of these", "Which comes first, the loss or the mean?"),
    Mistake("median", edit(LOSSES, "np.median(bce(f, y))"), "the median of the losses is taken and not their mean",
            MEAN),
    Mistake("the largest loss", edit(LOSSES, "np.max(bce(f, y))"), "the largest loss is taken and not their mean",
            MEAN),
    Mistake("root of the mean", edit("return J", "return np.sqrt(J)"), "a root is taken of the mean", "Is there a root "
            "in J = 1/m Σ L?"),
    Mistake("share of right answers", edit(LOSSES, "np.mean((f >= 0.5) == y)"), "the share of right answers is "
            "returned: that is the accuracy, and it comes later", "Which loss is given?"),
]  # fmt: skip

VARIANTS = [
    Variant("np.mean", edit(LOSSES, "np.mean(bce(f, y))")),
    Variant("dot products", edit(LOSSES, "-(np.dot(y, np.log(f)) + np.dot(1 - y, np.log(1 - f))) / m")),
    Variant("from z", edit("f = g(X @ w + b)", "z = np.dot(X, w) + b", LOSSES, "np.mean(np.logaddexp(0, z) - z * y)")),
    Variant("a loop", code('''
import math

import numpy as np


def cost(X, y, w, b):
    J = 0.0
    for x, label in zip(X, y):
        f = 1 / (1 + math.exp(-(sum(x * w) + b)))
        J -= math.log(f if label else 1 - f)
    return J / len(y)
''')),
]  # fmt: skip
