"""The gradient of logistic regression."""


from autograd_lite.course.authoring import Call, Mistake, Variant, code, edit

DEFINES = ("gradient",)
AFTER = (9, 10, 11, 12)


def probes(rng):
    for m, n in ((7, 3), (11, 5)):
        X, w = rng.normal(size=(m, n)), rng.normal(size=n)
        y, b = (rng.random(m) < 0.5).astype(float), rng.normal()
        y[:2] = 0.0, 1.0
        yield Call(
            "gradient", X=X, y=y, w=w, b=float(b), says=f"X is {m}×{n}", sizes={"m": m, "n": n},
            parts=("dJ/dw", "dJ/db"),
        )  # fmt: skip


DIVIDED = "Look again at J = 1/m Σ L: what does the 1/m become in the gradient?"

MISTAKES = [
    Mistake("not divided by m", edit("/ m", ""), "the sums over the examples are not divided by m = {m}", DIVIDED,
            is_factor=True),
    Mistake("y - f", edit("f - y", "y - f"), "the error is taken the other way round, y − f", "Which sign has L's slope "
            "when f is too large?", is_factor=True),
    Mistake("only db divided", edit("X.T @ e / m", "X.T @ e"), "dJ/dw is a sum over the examples and not their mean",
            DIVIDED),
    Mistake("f (1 - f) too much", edit("e = f - y", "e = (f - y) * f * (1 - f)"), "the slope of the sigmoid, f (1 − f), "
            "is multiplied in once more: with cross-entropy it cancels", is_factor=True),
]  # fmt: skip

VARIANTS = [
    Variant("a loop", code('''
import numpy as np


def gradient(X, y, w, b):
    m, n = X.shape
    dw, db = np.zeros(n), 0.0
    for i in range(m):
        f = 1 / (1 + np.exp(-(np.dot(X[i], w) + b)))
        for j in range(n):
            dw[j] += (f - y[i]) * X[i, j]
        db += f - y[i]
    return dw / m, db / m
''')),
]  # fmt: skip
