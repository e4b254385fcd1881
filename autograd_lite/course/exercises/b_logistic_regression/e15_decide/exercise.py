"""Decisions and accuracy."""

import numpy as np

from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("predict", "accuracy")
AFTER = (10,)


def probes(rng):
    for m, n in ((5, 2), (11, 3), (7, 7)):
        X, w, b = rng.normal(size=(m, n)), rng.normal(size=n), 0.75
        w[0], X[:5, 1:] = 0.25, 0.0
        X[:5, 0] = -3.0, -2.6, -0.2, -4.0, -1.1  # z is exactly 0, and 0.1, 0.7, -0.25, 0.475: all below 1
        side = np.where(np.arange(m - 5) == 0, 1, -1)[:, None]
        X[5:] = side * np.sign(w) * (np.abs(X[5:]) + 6)
        yield Call(
            "predict", X=X, w=w, b=b, says=f"predict, X is {m}×{n}, one f is exactly 0.5", sizes={"m": m, "n": n},
            parts=("ŷ",),
        )  # fmt: skip
    yield counting(np.array([1, 0, 1]), np.array([1.0, 0.0, 0.0]))
    for ones, zeros, wrong_ones, wrong_zeros, first in ((3, 1, 2, 1, True), (2, 5, 1, 3, False)):
        y_hat = np.repeat([1, 0, 1, 0], (ones, zeros, wrong_ones, wrong_zeros))
        y = np.repeat([1.0, 0.0, 0.0, 1.0], (ones, zeros, wrong_ones, wrong_zeros))
        order = rng.permutation(len(y))
        hits, misses = order[order < ones + zeros], order[order >= ones + zeros]
        ends = (hits[:1], misses[:1]) if first else (misses[:1], hits[:1])  # a hit at one end, a miss at the other
        order = np.concatenate([ends[0], rng.permutation(np.concatenate([hits[1:], misses[1:]])), ends[1]])
        yield counting(y_hat[order], y[order])


def counting(y_hat, y):
    """A question about the share of right answers."""
    return Call(
        "accuracy", y_hat=y_hat, y=y, says=f"accuracy of {len(y)} decisions", sizes={"m": len(y)}, parts=("accuracy",)
    )


TIE = "What does f = 0.5 become, by the text and by your code? (np.round takes 0.5 to the even number, 0.)"
ASK = "ŷ = 1 if f ≥ 0.5, else 0: which number is compared with which?"
SHARE = "Accuracy is (how many agree) / (how many there are). What is it if all agree, what if none?"
EVERY = "How many entries has y_hat == y, and which of them count?"
DECIDE = "f >= 0.5"
MAKE = "(f >= 0.5).astype(int)"
HITS = "np.sum(y_hat == y)"
COUNT = "hits / len(y)"

MISTAKES = [
    Mistake("a tie is a 0", edit(DECIDE, "f > 0.5"), "f = 0.5 becomes 0: with > instead of ≥, or with np.round", TIE,
            is_factor=True),
    Mistake("z against 0.5", edit(DECIDE, "(X @ w + b) >= 0.5"), "z is compared with 0.5, before g, so that an f from "
            "0.5 to 0.62 becomes 0", ASK, is_factor=True),
    Mistake("always 1", edit(DECIDE, "f >= 0"), "the bound is 0, or g is taken of f again before f is compared: that "
            "makes everything a 1", ASK, is_factor=True),
    Mistake("always 0", edit(DECIDE, "f >= 1"), "the bound is 1, or the decimals of f are cut off: that makes "
            "everything a 0", ASK, is_factor=True),
    Mistake("inverted", edit(DECIDE, "f < 0.5"), "0 and 1 have changed places", ASK, is_factor=True),
    Mistake("inverted, tie too", edit(DECIDE, "f <= 0.5"), "0 and 1 have changed places, but a tie is a 1 all the same",
            ASK, is_factor=True),
    Mistake("not decided", edit(MAKE, "f"), "the probabilities are returned as they are", "Which numbers can ŷ be?",
            is_factor=True),
    Mistake("z returned", edit(MAKE, "X @ w + b"), "z is returned", "Which numbers can ŷ be?", is_factor=True),
    Mistake("−1 and 1", edit(MAKE, "np.where(f >= 0.5, 1, -1)"), "the two answers are called −1 and 1, and not 0 and 1",
            "Which numbers can ŷ be?", is_factor=True),
    Mistake("against the mean", edit(DECIDE, "f >= np.mean(f)"), "the mean of all f is the bound and not 0.5", ASK,
            is_factor=True),
    Mistake("the largest f alone", edit(DECIDE, "f == np.max(f)"), "only the largest f becomes a 1", ASK,
            is_factor=True),
    Mistake("b forgotten", edit("predict_proba(X, w, b)\n    y", "predict_proba(X, w, 0)\n    y"), "f is computed "
            "without b", "Which three arguments has predict_proba?", is_factor=True),
    Mistake("one decision for all", edit(MAKE, "int(np.mean(f) >= 0.5)"), "one decision is returned, for the mean of "
            "all f", "How many rows has X, and how many answers are there?", is_factor=True),
    Mistake("is any", edit(MAKE, "int(np.any(f >= 0.5))"), "one answer is returned, whether any f is at least 0.5",
            "How many rows has X, and how many answers are there?", is_factor=True),
    Mistake("rows, not decisions", edit(MAKE, "np.flatnonzero(f >= 0.5)"), "the numbers of the rows with f ≥ 0.5 are "
            "returned", "Which numbers can ŷ be, and how many are there?"),
    Mistake("a column", edit("return y_hat", "return y_hat[:, None]"), "ŷ has a second axis, (m, 1) and not (m,)",
            "Which shape has y?", is_factor=True),
    Mistake("count", edit(COUNT, "hits"), "the hits are counted and not divided by m", SHARE, is_factor=True),
    Mistake("percent", edit(COUNT, "hits / len(y) * 100"), "it is given in percent, 100 times the share", SHARE,
            is_factor=True),
    Mistake("error rate", edit("y_hat == y)", "y_hat != y)"), "the misses are counted and not the hits, or |ŷ − y| is "
            "averaged", SHARE, is_factor=True),
    Mistake("number of misses", edit("y_hat == y)", "y_hat != y)", COUNT, "hits"), "the misses are counted, and not "
            "divided", SHARE),
    Mistake("every ŷ with every y", edit(HITS, "np.mean(y_hat[:, None] == y) * len(y)"), "one of the two is a column "
            "(m, 1): NumPy compares every ŷ with every y, and the mean is over m² comparisons", EVERY),
    Mistake("every ŷ with every y, summed", edit("y_hat == y)", "y_hat[:, None] == y)"), "one of the two is a column "
            "(m, 1): NumPy compares every ŷ with every y, m² times, and that is divided by m", EVERY),
    Mistake("0 at all times", edit(COUNT, "hits // len(y) * 1.0"), "// cuts the decimals off, or the arrays are "
            "compared as a whole, which is never true, or probabilities with labels: that leaves 0",
            "What is 5 // 7? What is 5 / 7?"),
    Mistake("all or nothing", edit(COUNT, "float(np.any(y_hat == y))"), "it is asked whether any two agree, and not "
            "how many", EVERY),
    Mistake("share of ones decided", edit(HITS, "np.sum(y_hat)"), "the mean of ŷ is taken, without looking at y",
            EVERY),
    Mistake("share of ones", edit(HITS, "np.sum(y)"), "the mean of y is taken, without looking at ŷ", EVERY),
    Mistake("hits of label 1 alone", edit(HITS, "np.sum(y_hat * y)"), "only the ones that were found are counted: a 0 "
            "that was found is a hit too", EVERY),
    Mistake("hits of label 0 alone", edit(HITS, "np.sum((1 - y_hat) * (1 - y))"), "only the zeros that were found are "
            "counted: a 1 that was found is a hit too", EVERY),
    Mistake("recall", edit(COUNT, "np.sum(y_hat * y) / np.sum(y)"), "it is the share of the true ones that were found: "
            "the recall", SHARE),
    Mistake("precision", edit(COUNT, "np.sum(y_hat * y) / np.sum(y_hat)"), "it is the share of the decided ones that "
            "are true: the precision", SHARE),
    Mistake("F1", edit(COUNT, "2 * np.sum(y_hat * y) / (np.sum(y_hat) + np.sum(y))"), "it is the F1 score", SHARE),
    Mistake("hits over ones", edit("/ len(y)", "/ np.sum(y)"), "the hits are divided by the number of ones and not by "
            "m", SHARE),
    Mistake("divided by m − 1", edit("/ len(y)", "/ (len(y) - 1)"), "the hits are divided by m − 1 and not by m",
            SHARE, is_factor=True),
    Mistake("totals compared", edit(COUNT, "1 - abs(np.mean(y_hat) - np.mean(y))"), "the number of ones in ŷ is "
            "compared with the number of ones in y, whoever they belong to", EVERY),
    Mistake("signed errors", edit(COUNT, "1 - np.mean(y_hat - y)"), "errors of both directions cancel in ŷ − y", EVERY),
    Mistake("mean of ŷ − y", edit(COUNT, "np.mean(y_hat - y)"), "it is the mean of ŷ − y, where errors of both "
            "directions cancel", EVERY),
    Mistake("the first example alone", edit(COUNT, "float(y_hat[0] == y[0])"), "only the first example is looked at: "
            "the return stands inside the loop", EVERY),
    Mistake("the last example alone", edit(COUNT, "float(y_hat[-1] == y[-1])"), "only the last example is looked at: a "
            "loop overwrites what it found before", EVERY),
    Mistake("the last example, divided", edit(HITS, "float(y_hat[-1] == y[-1])"), "the loop overwrites the number of "
            "hits, so that the last example alone is counted, and that is divided by m", "= or +=?", is_factor=True),
    Mistake("the first example, divided", edit(HITS, "float(y_hat[0] == y[0])"), "only the first example is counted, "
            "and that is divided by m", EVERY),
    Mistake("without the last example", edit("y_hat == y)", "(y_hat == y)[:-1])"), "the loop ends one example too soon",
            EVERY, is_factor=True),
    Mistake("without the first example", edit("y_hat == y)", "(y_hat == y)[1:])"), "the loop begins with the second "
            "example", EVERY, is_factor=True),
    Mistake("hits not counted", edit(COUNT, "(y_hat == y) * 1.0"), "the hits are returned one by one, as zeros and "
            "ones", SHARE),
]  # fmt: skip

VARIANTS = [
    Variant("truth values, np.mean", edit(MAKE, "f >= 0.5", HITS, "np.mean(y_hat == y)", COUNT, "hits")),
    Variant("the sign of z", edit(MAKE, "1.0 * (X @ w + b >= 0)", HITS, "len(y) - np.sum(np.abs(y_hat - y))")),
    Variant("np.where", edit(MAKE, "np.where(f < 0.5, 0, 1)", COUNT, "1 - np.mean((y_hat - y) ** 2)")),
    Variant("loops", code('''
import math

import numpy as np


def predict(X, w, b):
    y_hat = np.zeros(len(X))
    for i in range(len(X)):
        z = b
        for j in range(len(w)):
            z += X[i, j] * w[j]
        if 1 / (1 + math.exp(-z)) >= 0.5:
            y_hat[i] = 1
    return y_hat


def accuracy(y_hat, y):
    hits = 0
    for a, t in zip(y_hat, y):
        if a == t:
            hits += 1
    return hits / len(y)
''')),
]  # fmt: skip
